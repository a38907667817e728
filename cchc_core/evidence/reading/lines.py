"""Lines of a paper's text with the column that they stand in: what PDF and Word files are both turned into."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cchc_core.text import clean_line, nfc


class Side(StrEnum):
    """Where a line stands: in the two columns of the head, or over the whole width."""

    LEFT = "left"
    RIGHT = "right"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; ``is_centred`` and ``is_bold`` tell headings from what runs over the page.

    A Word file says itself what is centred; for a PDF, where it is guessed from where a line stands, bold letters help.
    """

    text: str
    side: Side = Side.WHOLE
    is_centred: bool = False
    is_bold: bool = False


def tidy(text: str) -> str:
    """Give a line with single spaces and composed letters, without what cannot be seen."""
    return " ".join(clean_line(nfc(text)).split())


def of_side(lines: Iterable[Line], side: Side) -> tuple[str, ...]:
    """Give the texts of the lines of one column."""
    return tuple(line.text for line in lines if line.side is side)
