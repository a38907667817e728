"""Codes of printed criteria: taken from a cell or from the front of a title, compared token by token.

A code is text: "5.010" and "5.10" are two codes, and "1.10" is not 1.1.
"""

import re
from dataclasses import dataclass
from typing import Final

from cchc_core.text import fold

ROMAN, UPPER, NUMBER, LOWER, DOTTED = "roman", "upper", "number", "lower", "dotted"
_LETTERS: Final = "abcdđefghijklmnopqrstuvwxyz"
_ROMAN: Final = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_TOKEN: Final = r"(?:\d{1,4}|[IVX]{1,6}|[A-ZĐ]|[a-zđ])"  # noqa: S105 (a part of a code, no secret)
_CODE: Final = re.compile(rf"{_TOKEN}(?:\.{_TOKEN}|(?<=\d)[a-zđ](?![a-zđ]))*")
_LABEL: Final = re.compile(
    r"(phần|lĩnh vực|lv|tiêu chí thành phần|tctp|tiêu chí|tc|nhóm|mục|chương)\s*(?:số\s*)?(?=[\dIVXA-Z(]|thứ )",
    re.IGNORECASE,
)
_ORDINALS: Final = {"nhat": "I", "hai": "II", "ba": "III", "bon": "IV", "tu": "IV", "nam": "V", "sau": "VI"}
_BULLET: Final = re.compile(r"[-–—+*•●○▪\uf0b7]+")
_IN_TITLE: Final = re.compile(rf"(?P<code>{_TOKEN}(?:\.{_TOKEN})*)(?:\s*[.:)\-–]\s*|\s+)(?P<title>\S.*)", re.DOTALL)
_LONGEST = 24
_NAMES: Final = {
    "phan": "part",
    "linh vuc": "section",
    "lv": "section",
    "tieu chi": "criterion",
    "tc": "criterion",
    "tieu chi thanh phan": "criterion",
    "tctp": "criterion",
}


@dataclass(frozen=True, slots=True)
class Code:
    """A code as printed, without what stands around it; ``names`` is what it calls itself: part, section, criterion."""

    text: str
    tokens: tuple[str, ...]
    names: str = ""
    has_comma: bool = False

    @property
    def style(self) -> str:
        """Say how it is written: one roman, letter or number, or several with points between."""
        return style_of(self.tokens[0]) if len(self.tokens) == 1 else DOTTED


def style_of(token: str) -> str:
    """Say how one token is written; I, V and X are taken for roman numbers.

    >>> style_of("IV"), style_of("B"), style_of("3"), style_of("đ")
    ('roman', 'upper', 'number', 'lower')
    """
    if token.isdecimal():
        return NUMBER
    if _ROMAN.fullmatch(token):
        return ROMAN
    return UPPER if token.isupper() else LOWER


def value_of(token: str) -> int:
    """Give the place of a token in its row: IV is 4, b is 2, "07" is 7.

    >>> value_of("IX"), value_of("b"), value_of("C"), value_of("010")
    (9, 2, 3, 10)
    """
    if token.isdecimal():
        return int(token)
    if _ROMAN.fullmatch(token):
        digits = [{"I": 1, "V": 5, "X": 10}[letter] for letter in token]
        following = [*digits[1:], 0]
        return sum(-one if one < other else one for one, other in zip(digits, following, strict=True))
    return _LETTERS.find(token.lower()) + 1


def roman(number: int) -> str:
    """Write a small number as a roman one.

    >>> roman(4), roman(12)
    ('IV', 'XII')
    """
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def is_bullet(text: str) -> bool:
    """Tell whether a cell holds a dash or a dot alone."""
    return _BULLET.fullmatch(text.strip()) is not None


def parse_code(text: str) -> Code | None:
    """Read a cell as a code; None for what is none.

    >>> parse_code("1.1.").text, parse_code("a)").text, parse_code("Lĩnh vực 2").names, parse_code("Phần thứ nhất").text
    ('1.1', 'a', 'section', 'I')
    """
    names, rest = _label(text.strip())
    bare = re.sub(r"\s*\.\s*", ".", rest).strip("()[]. :;-–\t")
    bare, has_comma = (bare.replace(",", "."), True) if re.fullmatch(r"\d+(,\d+)+", bare) else (bare, False)
    if len(bare) > _LONGEST or not _CODE.fullmatch(bare):
        return None
    return Code(bare, _tokens(bare), names, has_comma)


def split_title(text: str) -> tuple[Code, str] | None:
    """Part a title that begins with its code; None where it begins with none.

    >>> code, title = split_title("LĨNH VỰC 1: CÔNG TÁC CHỈ ĐẠO")
    >>> code.text, code.names, title
    ('1', 'section', 'CÔNG TÁC CHỈ ĐẠO')
    """
    names, rest = _label(text.strip())
    found = _IN_TITLE.fullmatch(rest)
    if found is None or len(found["code"]) > _LONGEST or not _is_code_in_front(found, names):
        return None
    return Code(found["code"], _tokens(found["code"]), names), found["title"].strip()


def _is_code_in_front(found: re.Match[str], names: str) -> bool:
    """Tell a code from a word: «A lô» and «100% văn bản» begin with none."""
    code, between = found["code"], found.string[found.end("code") : found.start("title")]
    is_marked = any(mark in between for mark in ".:)\n")
    is_code = is_marked or bool(names) or len(_tokens(code)) > 1
    is_number = code.replace(".", "").isdecimal()
    return is_code and not (is_number and re.match(r"[%\d]", found["title"]) is not None and not is_marked)


def _label(text: str) -> tuple[str, str]:
    found = _LABEL.match(text)
    if found is None:
        return "", text
    rest = text[found.end() :]
    ordinal = re.match(r"thứ\s+(\w+)", rest, re.IGNORECASE)
    if ordinal and (number := _ORDINALS.get(fold(ordinal[1]))):
        rest = number + rest[ordinal.end() :]
    return _NAMES.get(fold(found[1]), "group"), rest


def _tokens(code: str) -> tuple[str, ...]:
    parts = re.findall(r"\d+|[A-ZĐ]+|[a-zđ]", code)
    return tuple(parts)
