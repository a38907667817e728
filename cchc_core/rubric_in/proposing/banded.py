"""Bands: lines that each name a range of one measured figure."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from cchc_core.rubric_in.proposing.formulas import formula_in
from cchc_core.rubric_in.proposing.ranges import Range, range_in
from cchc_core.rubric_in.proposing.wording import Reading, Row, Wording
from cchc_core.rules.decimals import HUNDRED, ZERO, format_number
from cchc_core.rules.explain import quote, range_of
from cchc_core.rules.kinds import PERCENT, Band, Bands, Linear

_REST = re.compile(r"\b(?:con lai|khong dat|khong thuoc|ngoai ra)\b")
_UNIT_END = re.compile(r"[.;:,(]|\s[-–=]\s|\bthi\b|\bduoc\b|\btro\b|\d")
_WIDEST_WHOLE_GAP = 1


def read_bands(wording: Wording) -> Reading | None:
    """Read lines with ranges as bands; two lines "100 %" and "dưới 100 %" with a sentence behind are levels."""
    found = _banded(wording)
    if found is None or not _is_measured(found):
        return None
    percent = any(span.is_percent for _, span in found)
    unit = PERCENT if percent else _unit(found)
    if not unit:
        return None
    bands = _with_ends([_band(row, span, wording.most) for row, span in found], percent)
    if any(band is None for band in bands):
        return None
    joined, remarks = _joined([band for band in bands if band is not None])
    rule = Bands(_measure(wording), unit, tuple(joined), _holes(joined))
    reason = f"{len(joined)} dòng ghi khoảng giá trị: " + "; ".join(range_of(band, unit) for band in joined) + "."
    return Reading(rule, 0.6 if remarks else 0.92, " ".join([reason, *remarks]))


def _banded(wording: Wording) -> list[tuple[Row, Range]] | None:
    rows = [row for row in wording.rows if row.points is not None or formula_in(row.words)]
    spans = [range_in(row.plain) for row in rows]
    if spans and spans[-1] is None and len(rows) > 2 and rows[-1].points == 0 and _REST.search(rows[-1].plain):
        spans[-1] = _below_all([span for span in spans if span is not None])
    found = [(row, span) for row, span in zip(rows, spans, strict=True) if span is not None]
    return found if len(found) == len(rows) and len(found) > 1 else None


def _below_all(spans: list[Range]) -> Range | None:
    lowest = min((span.lower for span in spans if span.lower is not None), default=None)
    return None if lowest is None else Range(None, lowest, False, False, any(span.is_percent for span in spans), 0)


def _is_measured(found: list[tuple[Row, Range]]) -> bool:
    """Tell bands from two levels that happen to name 100 %, and from lines that only mention a figure."""
    spans = [span for _, span in found]
    if len({(span.lower, span.upper) for span in spans}) < len(spans):
        return False
    if len({span.is_percent for span in spans}) > 1 and not any(span.is_percent for span in spans[:1]):
        return False
    if any(formula_in(row.words) for row, _ in found):
        return True
    return not (len(spans) == 2 and any(span.is_one_value for span in spans))


def _unit(found: list[tuple[Row, Range]]) -> str:
    """The words right behind the last figure of a line: "lần lương cơ sở/người/tháng"."""
    for row, span in found:
        rest = row.text[span.end :]
        end = _UNIT_END.search(row.plain[span.end :])
        unit = (rest[: end.start()] if end else rest).strip(" )")
        if span.end and re.search(r"\w", unit):
            return unit
    return ""


def _measure(wording: Wording) -> str:
    return wording.title.text.rstrip(" .:;")


def _band(row: Row, span: Range, most: Decimal | None) -> Band | None:
    sides = (span.lower, span.upper, span.includes_lower, span.includes_upper)
    formula = formula_in(row.words)
    if formula is None:
        return None if row.points is None else Band(*sides, points=row.points)
    factor = most if formula.factor is None else formula.factor
    return None if factor is None else Band(*sides, linear=Linear(factor / HUNDRED, ZERO))


def _with_ends(bands: list[Band | None], percent: bool) -> list[Band | None]:
    """Close open ends of a percent at 0 and 100."""
    if not percent:
        return bands
    closed: list[Band | None] = []
    for band in bands:
        if band is not None and band.lower is None:
            band = replace(band, lower=Decimal(0), includes_lower=True)
        if band is not None and band.upper is None:
            band = replace(band, upper=HUNDRED, includes_upper=True)
        closed.append(band)
    return closed


def _joined(bands: list[Band]) -> tuple[list[Band], list[str]]:
    """Settle bounds that the print gives to two bands, or leaves between two whole numbers; each is told."""
    order = sorted(range(len(bands)), key=lambda at: (bands[at].lower is not None, bands[at].lower or ZERO))
    settled, remarks = list(bands), []
    for left, right in pairwise(order):
        below, above = settled[left], settled[right]
        if below.upper is None or above.lower is None:
            continue
        gap = above.lower - below.upper
        shared = gap == 0 and below.includes_upper and above.includes_lower and below.lower != below.upper
        whole_numbers = (
            0 < gap <= _WIDEST_WHOLE_GAP and below.upper == int(below.upper) and above.lower == int(above.lower)
        )
        if shared or whole_numbers:
            settled[left] = replace(below, upper=above.lower, includes_upper=False)
            remarks.append(f"Bản in không rõ tại {format_number(above.lower)}: hiểu là thuộc khoảng bên trên.")
    return settled, remarks


def _holes(bands: list[Band]) -> tuple[Decimal, ...]:
    """Single values that the print leaves without a band."""
    ends = {band.upper for band in bands if band.upper is not None}
    starts = {band.lower for band in bands if band.lower is not None}
    return tuple(sorted(end for end in ends & starts if not any(band.holds(end) for band in bands)))


def only_part_of_bands(wording: Wording) -> str | None:
    """Say that only one range is printed, so that the others are missing; None where it is not so."""
    rows = [row for row in wording.pointed if range_in(row.plain)]
    if len(wording.pointed) != 1 or len(rows) != 1:
        return None
    return f"Chỉ còn một khoảng được in ({quote(rows[0].text)}); các khoảng khác và điểm của chúng không có."
