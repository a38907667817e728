"""Points as they are printed beside a criterion: one or several in a cell, with a unit, a sign, a comma or a point."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from cchc_core.rules.decimals import format_number, parse_vietnamese
from cchc_core.rules.problems import AmbiguousNumber, NotANumber

_UNIT: Final = re.compile(r"(?:điểm|đ)\b\.?", re.IGNORECASE)
_AROUND: Final = "()[] \t;:*"
_NUMBER: Final = re.compile(r"[+\-–−]?\s?\d[\d.,]*", re.ASCII)
_DECIMAL_POINT: Final = re.compile(r"0\.\d{3}|\d+\.\d{1,2}|\d+\.\d{4,}", re.ASCII)
# A scan sets «0,5000» and «0,0000» side by side as «0,50000,0000».
_GLUED: Final = re.compile(r"(\d{1,2},\d{4})(?=\d{1,2},\d{4})")
_THREE_DECIMALS: Final = re.compile(r"\d{1,3}\.\d{3}", re.ASCII)
_AT_END: Final = re.compile(r"[(:–-]\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*điểm\s*\)?\s*[.;:]?$", re.IGNORECASE)
_MOST_POINTS, _MOST_DECIMALS = Decimal(10_000), Decimal("0.0001")
_FLOAT_NOISE: Final = Decimal("0.000000001")


class BadPoints(Exception):
    """A cell that should hold points does not; ``to_do`` says how to put it right."""

    def __init__(self, problem: str, to_do: str) -> None:
        self.problem = problem
        self.to_do = to_do
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class PointsStyle:
    """How a column writes its points; ``has_decimal_points`` is set where "0.500" stands and no comma does."""

    has_decimal_points: bool = False


def style_of_column(texts: Iterable[str]) -> PointsStyle:
    """See how a column writes its points, so that "1.000" among "0.500" is one point and no thousand."""
    pieces = [piece for text in texts for piece in _pieces(text)]
    has_comma = any("," in piece for piece in pieces)
    return PointsStyle(not has_comma and any(_DECIMAL_POINT.fullmatch(piece) for piece in pieces))


def points_in(text: str, style: PointsStyle = PointsStyle(), *, is_number: bool = False) -> tuple[Decimal, ...]:
    """Read every number of a cell as points; none for an empty one.

    ``is_number``: the cell held a number itself, not text. Raises BadPoints.

    >>> points_in("0,5000\\n1,0 điểm"), points_in("(tối đa 2 điểm)"), points_in("-0,5")
    ((Decimal('0.5000'), Decimal('1.0')), (Decimal('2'),), (Decimal('-0.5'),))
    """
    if is_number:
        return (_from_float(text),)
    pieces = _pieces(text)
    if not pieces and text.strip(" -–—./\n\t") != "":
        raise _no_number(text)
    return tuple(_read(piece, style) for piece in pieces)


def points_at_end(title: str) -> Decimal | None:
    """Give the points that a title ends in, where no column has them; None for a limit or a figure read two ways.

    >>> points_at_end("Kế hoạch (4,5 điểm)"), points_at_end("Điểm thưởng (tối đa 5 điểm)")
    (Decimal('4.5'), None)
    """
    found = _AT_END.search(title)
    try:
        return _read(found[1], PointsStyle()) if found else None
    except BadPoints:
        return None


def _pieces(text: str) -> list[str]:
    """Give the numbers of a cell one by one; nothing where something else than numbers stands there."""
    without = _UNIT.sub(" ", re.sub(r"tối đa|không quá|đến", " ", text, flags=re.IGNORECASE))
    apart = _GLUED.sub(r"\1 ", re.sub(r"(?<=[+\-–−])\s+(?=\d)", "", without))
    parts = [part.strip(_AROUND) for part in re.split(r"[\s;/]+", apart)]
    filled = [part for part in parts if part.strip("-–—.")]
    return filled if all(_NUMBER.fullmatch(part) for part in filled) else []


def _read(piece: str, style: PointsStyle) -> Decimal:
    plain = piece.replace("–", "-").replace("−", "-").replace(" ", "").rstrip(".,")
    if style.has_decimal_points and _THREE_DECIMALS.fullmatch(plain.lstrip("+-")):
        return _kept(Decimal(plain), piece)
    try:
        return _kept(parse_vietnamese(plain), piece)
    except AmbiguousNumber as why:
        as_decimal, as_thousands = (format_number(reading) for reading in why.readings)
        raise BadPoints(
            f"«{piece}» đọc được hai cách: {as_decimal} hoặc {as_thousands}",
            f"Hãy ghi lại điểm với dấu phẩy thập phân, ví dụ {as_decimal}.",
        ) from why
    except NotANumber as why:
        raise _no_number(piece) from why


def _from_float(text: str) -> Decimal:
    number = Decimal(text)
    rounded = number.quantize(_MOST_DECIMALS) if abs(number) < _MOST_POINTS else number
    # A sum of the spreadsheet is 0.30000000000000004.
    return _kept(rounded if abs(rounded - number) < _FLOAT_NOISE else number, text)


def _kept(number: Decimal, shown: str) -> Decimal:
    if abs(number) >= _MOST_POINTS:
        raise BadPoints(f"«{shown}» quá lớn đối với một điểm số", "Hãy kiểm tra lại điểm ở ô này.")
    if number != number.quantize(_MOST_DECIMALS):
        raise BadPoints(f"«{shown}» có quá bốn chữ số thập phân", "Hãy ghi điểm với tối đa bốn chữ số thập phân.")
    return number


def _no_number(text: str) -> BadPoints:
    shown = " ".join(text.split())[:60]
    return BadPoints(f"«{shown}» không phải là điểm", "Hãy ghi một số, ví dụ 0,5; chữ khác thì chuyển sang Ghi chú.")
