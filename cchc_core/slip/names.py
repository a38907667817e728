"""Names and places of a Phiếu Excel: its sheets, its columns, its keys."""

from typing import Final

VERSION: Final = 1
"""Of the form of the workbook: raised when a workbook of before could be read wrongly."""

FORM, SUMMARY, PROOFS, GUIDE = "Phiếu chấm", "Tổng hợp", "Tài liệu kiểm chứng", "Hướng dẫn"
LISTS, HIDDEN = "_muc", "_phieu"
MARK: Final = "x"

NUMBER, TITLE, MAX, INPUT, EFFECTIVE, POINTS, STATE, SAID, PROOF = "ABCDEFGHI"
KEY, SIDE, ANSWERED, PROBLEM, RAW = "JKLMN"
"""Hidden columns: which field a row is, what a leaf's points do to the total (1 part of the maximum, 2 bonus,
3 penalty), whether there is an answer (2: it makes the criterion not apply), what is wrong, the points of its rule."""

LAST_TEXT: Final = SAID
"""Texts are typed into cells that reach from the input column to this one."""

NORMAL_SIDE, BONUS_SIDE, PENALTY_SIDE = 1, 2, 3
HEADER_ROW: Final = 6
FIRST_ROW: Final = HEADER_ROW + 1
TO_MEND: Final = "Cần sửa"
_BETWEEN: Final = "|"


def index_of(letter: str) -> int:
    """Give the number of a column, from 0."""
    return ord(letter) - ord("A")


def key_of(code: str, field: str) -> str:
    """Name a field of a criterion as its row does.

    >>> key_of("I.1.2", "numerator")
    'I.1.2|numerator'
    """
    return f"{code}{_BETWEEN}{field}"


def read_key(text: str) -> tuple[str, str] | None:
    """Give code and field of a row's key, None for what is no key.

    >>> read_key("I.1.2|numerator"), read_key("I.1.2")
    (('I.1.2', 'numerator'), None)
    """
    code, between, field = text.partition(_BETWEEN)
    return (code, field) if between and code and field else None
