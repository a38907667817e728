"""Text that a cell can hold, and how much room it takes."""

import re

from cchc_core.text import nfc

MOST_CHARACTERS = 32_767
"""What a cell of Excel holds, counted in UTF-16 units."""
CONTINUED = "… (còn tiếp trong phần mềm)"

# XML 1.0 has no place for these, escaped or not; a single one makes the whole workbook unreadable.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def cell_text(text: str) -> str:
    """Give a text as a cell may hold it: no control characters, composed letters, cut where a cell ends.

    >>> cell_text("=1+1\\x00\\r\\n")
    '=1+1\\n'
    """
    cleaned = _FORBIDDEN.sub("", nfc(text.replace("\r\n", "\n").replace("\r", "\n")))
    return cleaned if len(cleaned) * 2 <= MOST_CHARACTERS or _units(cleaned) <= MOST_CHARACTERS else _cut(cleaned)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str) -> str:
    room = MOST_CHARACTERS - len(CONTINUED)
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return kept.rstrip() + CONTINUED


def lines_of(text: str, width: float) -> int:
    """Estimate how many lines a text takes when it is wrapped at words; ``width`` is in average small letters.

    >>> lines_of("một hai ba", 7), lines_of("một\\nhai", 40), lines_of("x" * 90, 40)
    (2, 2, 3)
    """
    return sum(_wrapped(paragraph, width) for paragraph in text.split("\n"))


def _wrapped(paragraph: str, width: float) -> int:
    room = width / 1.42 if paragraph.isupper() else width
    if len(paragraph) <= room:
        return 1
    lines, used = 1, -1.0
    for word in paragraph.split(" "):
        used += 1 + len(word)
        if used > room and used > len(word):
            lines += 1
            used = len(word)
        while used > room:
            lines += 1
            used -= room
    return lines
