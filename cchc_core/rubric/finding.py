"""What a check of a criteria set says: where, how grave, and a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw: where it stands (a code, or None for the whole set), how grave, and a Vietnamese sentence.

    ``level`` is "error" (the set cannot be scored as it stands), "warning" (the print contradicts itself) or "note"
    (worth a second look). ``place`` is where it stood in the file that the set was brought in from, '' for unknown.
    """

    code: str | None
    level: str
    message: str
    place: str = ""
