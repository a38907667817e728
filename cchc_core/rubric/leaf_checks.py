"""Why a leaf cannot be scored as it stands: points, reach, bands."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from cchc_core.rules.decimals import HUNDRED, ZERO, decimals_of, format_number, format_points
from cchc_core.rules.explain import range_of
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    External,
    Leaf,
    Levels,
    Manual,
    Ratio,
    Rule,
)

MOST_DECIMALS = 4
FOUR_DECIMALS = "phải là số không âm, tối đa bốn chữ số thập phân; hãy sửa lại."


def leaf_problems(leaf: Leaf) -> tuple[str, ...]:
    """List why a leaf cannot be scored as it stands, each with what to do."""
    problems = [*_point_problems(leaf), *_reach_problems(leaf)]
    if isinstance(leaf.rule, Bands):
        problems.extend(_band_problems(leaf.rule))
    if leaf.is_external and leaf.due_period is not None:
        problems.append("do bên ngoài chấm nên không mang kỳ đến hạn; hãy bỏ due_period.")
    return tuple(problems)


def is_capped(leaf: Leaf) -> bool:
    """Tell whether items or a line add up to more than the maximum, each alone staying within it."""
    reachable = _reachable(leaf)
    return reachable is not None and reachable > leaf.max_points and not _above_max(leaf)


def _point_problems(leaf: Leaf) -> Iterator[str]:
    if leaf.max_points <= 0:
        yield "điểm chuẩn phải lớn hơn 0; hãy điền max_points."
    for points in dict.fromkeys((leaf.max_points, *_printed_points(leaf.rule))):
        if decimals_of(points) > MOST_DECIMALS or points < 0:
            yield f"điểm {format_number(points)} {FOUR_DECIMALS}"
    floor = leaf.rule.floor_percent if isinstance(leaf.rule, Ratio) else None
    if floor is not None and not 0 <= floor <= HUNDRED:
        yield f"mức sàn {format_number(floor)} % phải từ 0 đến 100; hãy sửa floor_percent."


def _printed_points(rule: Rule) -> tuple[Decimal, ...]:
    match rule:
        case Levels(levels):
            return tuple(level.points for level in levels)
        case Checklist(items):
            return tuple(item.points for item in items)
        case Bands():
            return tuple(band.points for band in rule.bands if band.points is not None)
        case Count():
            return rule.points_by_count
        case Compare():
            return (rule.higher, rule.equal, rule.lower)
        case Manual(step):
            return (step,)
        case Ratio() | External():
            return ()
    assert_never(rule)


def _reach_problems(leaf: Leaf) -> Iterator[str]:
    reachable, top = _reachable(leaf), format_points(leaf.max_points)
    todo = "hãy sửa điểm các mức hoặc max_points."
    if reachable is not None and reachable < leaf.max_points:
        yield f"cách tính chỉ đạt nhiều nhất {_shown(reachable)} trên điểm chuẩn {top}; {todo}"
    for points in _above_max(leaf):
        yield f"có mức {format_points(points)} điểm, vượt điểm chuẩn {top}; {todo}"


def _above_max(leaf: Leaf) -> tuple[Decimal, ...]:
    return tuple(points for points in dict.fromkeys(_printed_points(leaf.rule)) if points > leaf.max_points)


def _shown(exact: Fraction) -> str:
    return format_number(Decimal(exact.numerator) / Decimal(exact.denominator))


def _reachable(leaf: Leaf) -> Fraction | None:
    match leaf.rule:
        case Checklist(items):
            return sum((Fraction(item.points) for item in items), Fraction(0))
        case Bands():
            return max((_top_of(band, leaf) for band in leaf.rule.bands), default=Fraction(0))
        case Manual(step):
            steps = Fraction(leaf.max_points) // Fraction(step) if step > 0 else 0
            return Fraction(step) * steps
        case Ratio() | External():
            return None
        case Levels() | Count() | Compare():
            return Fraction(max(_printed_points(leaf.rule), default=ZERO))
    assert_never(leaf.rule)


def _top_of(band: Band, leaf: Leaf) -> Fraction:
    if band.linear is None:
        return Fraction(band.points or ZERO)
    lower, upper = band.lower, band.upper
    if isinstance(leaf.rule, Bands) and leaf.rule.is_percent:
        lower, upper = (ZERO if lower is None else lower), (HUNDRED if upper is None else upper)
    end = upper if band.linear.factor > 0 else lower
    if band.linear.factor and end is None:
        return Fraction(leaf.max_points)  # the line rises without end, and the maximum caps it
    return Fraction(band.linear.factor) * Fraction(end or ZERO) + Fraction(band.linear.constant)


def _band_problems(rule: Bands) -> Iterator[str]:
    for band in rule.bands:
        if (band.points is None) == (band.linear is None):
            yield f"khoảng {range_of(band, rule.unit)} cần đúng một trong hai: points hoặc linear."
        if band.lower is not None and band.upper is not None and _is_empty(band):
            yield f"khoảng từ {format_number(band.lower)} đến {format_number(band.upper)} không chứa giá trị nào."
    ordered = sorted(rule.bands, key=lambda band: (band.lower is not None, band.lower or ZERO, not band.includes_lower))
    for left, right in pairwise(ordered):
        yield from _seam_problems(left, right, rule.known_gaps)
    for gap in rule.known_gaps:
        if any(band.holds(gap) for band in rule.bands):
            yield f"known_gaps ghi {format_number(gap)} nhưng giá trị này thuộc một khoảng; hãy bỏ đi."
    if rule.is_percent:
        yield from _percent_end_problems(rule)


def _is_empty(band: Band) -> bool:
    if band.lower is None or band.upper is None or band.lower < band.upper:
        return False
    return band.lower > band.upper or not (band.includes_lower and band.includes_upper)


def _seam_problems(left: Band, right: Band, known_gaps: tuple[Decimal, ...]) -> Iterator[str]:
    if left.upper is None or right.lower is None:
        yield "hai khoảng chồng lên nhau; hãy sửa cận của các khoảng."
        return
    end, start = format_number(left.upper), format_number(right.lower)
    if left.upper > right.lower or (left.upper == right.lower and left.includes_upper and right.includes_lower):
        yield f"hai khoảng chồng lên nhau quanh {start}; hãy sửa cận của các khoảng."
    elif left.upper < right.lower:
        yield f"không có khoảng nào cho giá trị giữa {end} và {start}; hãy thêm khoảng."
    elif not (left.includes_upper or right.includes_lower) and left.upper not in known_gaps:
        yield f"giá trị đúng {end} không thuộc khoảng nào; hãy sửa cận, hoặc ghi vào known_gaps nếu văn bản in như vậy."


def _percent_end_problems(rule: Bands) -> Iterator[str]:
    for end in (ZERO, HUNDRED):
        if end not in rule.known_gaps and not any(band.holds(end) for band in rule.bands):
            yield f"không có khoảng nào chứa {format_number(end)} %; hãy thêm khoảng."
