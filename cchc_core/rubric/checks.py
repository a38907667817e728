"""What does not add up in a criteria set.

A *warning* is a flaw of the print, shown and never repaired. An *error* means that the set cannot be scored as it stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.decimals import HUNDRED, ZERO, decimals_of, format_number, format_points
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


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw: where it stands (a code, or None for the whole set), how grave, and a Vietnamese sentence."""

    code: str | None
    level: str
    message: str


def findings(rubric: Rubric) -> tuple[Finding, ...]:
    """List what does not add up, warnings of the print and errors of the data, in printed order."""
    return (*_sum_findings(rubric), *_leaf_findings(rubric), *_exclusion_findings(rubric))


def errors(rubric: Rubric) -> tuple[Finding, ...]:
    """List only what keeps the set from being scored."""
    return tuple(finding for finding in findings(rubric) if finding.level == "error")


def _sum_findings(rubric: Rubric) -> Iterator[Finding]:
    for criterion in rubric.criteria:
        if not criterion.is_leaf:
            below = _declared_or_added(rubric, rubric.children(criterion.code))
            yield from _declared_against(criterion.code, f"Nhóm {criterion.code}", criterion.declared_max, below)
        elif criterion.declared_max is not None:
            where = f"Tiêu chí {criterion.code}"
            yield from _declared_against(criterion.code, where, criterion.declared_max, criterion.max_points)
    for section in rubric.sections:
        below = _declared_or_added(rubric, rubric.children(section.code))
        yield from _declared_against(section.code, f"Lĩnh vực {section.code}", section.declared_max, below)
    for part in rubric.parts:
        below = sum((_section_declares(rubric, s.code) for s in rubric.sections if s.part == part.code), ZERO)
        yield from _declared_against(part.code, f"Phần {part.code}", part.declared_max, below)
    yield from _total_findings(rubric)


def _declared_or_added(rubric: Rubric, criteria: Iterable[Criterion]) -> Decimal:
    # A flaw is reported once, where it stands: above it the declared figure is taken as good.
    declared = (c.declared_max if c.declared_max is not None else rubric.max_points(c.code) for c in criteria)
    return sum(declared, ZERO)


def _section_declares(rubric: Rubric, code: str) -> Decimal:
    declared = rubric.section(code).declared_max
    return rubric.max_points(code) if declared is None else declared


def _declared_against(code: str, where: str, declared: Decimal | None, added: Decimal) -> Iterator[Finding]:
    if declared is not None and declared != added:
        yield Finding(
            code,
            "warning",
            f"{where}: văn bản in {format_points(declared)} điểm nhưng các tiêu chí bên dưới cộng lại được "
            f"{format_points(added)}. Bảng điểm dùng số cộng được; hãy hỏi lại nơi ban hành.",
        )


def _total_findings(rubric: Rubric) -> Iterator[Finding]:
    declared, added = rubric.declared_total, rubric.max_points()
    by_sections = sum((_section_declares(rubric, section.code) for section in rubric.sections), ZERO)
    if declared is None or declared == by_sections:
        return
    own = sum((leaf.max_points for leaf in rubric.leaves if not leaf.scored.is_external), ZERO)
    hint = " Số in bằng đúng phần đơn vị tự chấm." if declared == own else ""
    yield Finding(
        None,
        "warning",
        f"Tổng cộng: văn bản in {format_points(declared)} điểm, các lĩnh vực in cộng lại {format_points(by_sections)}, "
        f"các tiêu chí cộng lại {format_points(added)}.{hint} Bảng điểm dùng số cộng từ các tiêu chí.",
    )


def _leaf_findings(rubric: Rubric) -> Iterator[Finding]:
    for criterion in rubric.leaves:
        for problem in leaf_problems(criterion.scored):
            yield Finding(criterion.code, "error", f"Tiêu chí {criterion.code}: {problem}")


def leaf_problems(leaf: Leaf) -> tuple[str, ...]:
    """List why a leaf cannot be scored as it stands, each with what to do."""
    problems = [*_point_problems(leaf), *_reach_problems(leaf)]
    if isinstance(leaf.rule, Bands):
        problems.extend(_band_problems(leaf.rule))
    if leaf.is_external and leaf.due_period is not None:
        problems.append("do bên ngoài chấm nên không mang kỳ đến hạn; hãy bỏ due_period.")
    return tuple(problems)


def _point_problems(leaf: Leaf) -> Iterator[str]:
    if leaf.max_points <= 0:
        yield "điểm chuẩn phải lớn hơn 0; hãy điền max_points."
    for points in (leaf.max_points, *_printed_points(leaf.rule)):
        if decimals_of(points) > 4:
            yield f"điểm {format_number(points)} có hơn bốn chữ số thập phân; hãy viết tối đa bốn chữ số."
        if points < 0:
            yield f"điểm {format_number(points)} là số âm; hãy kiểm tra lại."


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
    if reachable is None:
        return
    if reachable < leaf.max_points:
        yield f"cách tính chỉ đạt nhiều nhất {_shown(reachable)} trên điểm chuẩn {top}; hãy sửa điểm các mức hoặc max_points."
    elif reachable > leaf.max_points:
        yield f"cách tính cho tới {_shown(reachable)}, vượt điểm chuẩn {top}; hãy sửa điểm các mức hoặc max_points."


def _shown(exact: Fraction) -> str:
    return format_number(Decimal(exact.numerator) / Decimal(exact.denominator))


def _reachable(leaf: Leaf) -> Fraction | None:
    match leaf.rule:
        case Checklist(items):
            return sum((Fraction(item.points) for item in items), Fraction(0))
        case Bands():
            return max((_top_of(band) for band in leaf.rule.bands), default=Fraction(0))
        case Manual(step):
            steps = Fraction(leaf.max_points) // Fraction(step) if step > 0 else 0
            return Fraction(step) * steps
        case Ratio() | External():
            return None
        case Levels() | Count() | Compare():
            return Fraction(max(_printed_points(leaf.rule), default=ZERO))
    assert_never(leaf.rule)


def _top_of(band: Band) -> Fraction:
    if band.linear is None:
        return Fraction(band.points or ZERO)
    ends = [Fraction(bound) for bound in (band.lower, band.upper) if bound is not None]
    values = [Fraction(band.linear.factor) * end + Fraction(band.linear.constant) for end in ends]
    return max(values, default=Fraction(0))


def _band_problems(rule: Bands) -> Iterator[str]:
    for band in rule.bands:
        if band.lower is not None and band.upper is not None and _is_empty(band):
            yield f"khoảng từ {format_number(band.lower)} đến {format_number(band.upper)} không chứa giá trị nào."
    ordered = sorted(rule.bands, key=lambda band: (band.lower is not None, band.lower or ZERO, not band.includes_lower))
    for left, right in zip(ordered, ordered[1:], strict=False):
        yield from _seam_problems(left, right, rule.known_gaps)
    if rule.is_percent and ordered:
        yield from _percent_end_problems(ordered)


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


def _percent_end_problems(ordered: list[Band]) -> Iterator[str]:
    first, last = ordered[0], ordered[-1]
    if not first.holds(ZERO):
        yield "không có khoảng nào chứa 0 %; hãy thêm khoảng thấp nhất."
    if not last.holds(HUNDRED):
        yield "không có khoảng nào chứa 100 %; hãy thêm khoảng cao nhất."


def _exclusion_findings(rubric: Rubric) -> Iterator[Finding]:
    for exclusion in rubric.exclusions:
        first, second = exclusion.criteria
        counts = [_level_count(rubric, code) for code in (first, second)]
        for pair in sorted(exclusion.contradictions):
            if any(not 0 <= index < count for index, count in zip(pair, counts, strict=True)):
                yield Finding(
                    first,
                    "error",
                    f"Cặp loại trừ {first}/{second}: mức {list(pair)} không có; hãy sửa contradictions.",
                )


def _level_count(rubric: Rubric, code: str) -> int:
    rule = rubric.criterion(code).scored.rule
    return len(rule.levels) if isinstance(rule, Levels) else 0
