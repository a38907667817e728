"""What does not add up in a criteria set.

A *warning* is a flaw of the print, shown and never repaired. An *error* means that the set cannot be scored as it
stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cchc_core.rubric.leaf_checks import FOUR_DECIMALS, MOST_DECIMALS, is_capped, leaf_problems
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.decimals import ZERO, decimals_of, format_number, format_points
from cchc_core.rules.kinds import Levels

__all__ = ["Finding", "errors", "findings", "is_capped", "leaf_problems"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw: where it stands (a code, or None for the whole set), how grave, and a Vietnamese sentence."""

    code: str | None
    level: str
    message: str


@lru_cache(maxsize=16)
def findings(rubric: Rubric) -> tuple[Finding, ...]:
    """List what does not add up, warnings of the print and errors of the data, in printed order."""
    return (
        *_sum_findings(rubric),
        *_declared_findings(rubric),
        *_leaf_findings(rubric),
        *_exclusion_findings(rubric),
    )


def errors(rubric: Rubric) -> tuple[Finding, ...]:
    """List only what keeps the set from being scored."""
    return tuple(finding for finding in findings(rubric) if finding.level == "error")


def _sum_findings(rubric: Rubric) -> Iterator[Finding]:
    for criterion in rubric.criteria:
        if not criterion.is_leaf:
            below = _declared_or_added(rubric, rubric.children(criterion.code))
            yield from _declared_against(criterion.code, f"Nhóm {criterion.code}", criterion.declared_max, below)
        elif criterion.declared_max not in (None, criterion.max_points):
            yield _leaf_declares_otherwise(criterion)
    for section in rubric.sections:
        below = _declared_or_added(rubric, rubric.children(section.code))
        yield from _declared_against(section.code, f"Lĩnh vực {section.code}", section.declared_max, below)
    for part in rubric.parts:
        below = sum((_section_declares(rubric, s.code) for s in rubric.sections if s.part == part.code), ZERO)
        yield from _declared_against(part.code, f"Phần {part.code}", part.declared_max, below)
    yield from _total_findings(rubric)


def _leaf_declares_otherwise(leaf: Criterion) -> Finding:
    declared, used = format_points(leaf.declared_max or ZERO), format_points(leaf.max_points)
    message = f"Tiêu chí {leaf.code}: văn bản in {declared} điểm nhưng cách tính cho tới {used}. Bảng điểm dùng {used}."
    return Finding(leaf.code, "warning", f"{message} Hãy hỏi lại nơi ban hành.")


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


def _declared_findings(rubric: Rubric) -> Iterator[Finding]:
    for code, points in _declared(rubric):
        if points is not None and (decimals_of(points) > MOST_DECIMALS or points < 0):
            where = "Tổng cộng" if code is None else code
            yield Finding(code, "error", f"{where}: điểm in {format_number(points)} {FOUR_DECIMALS}")


def _declared(rubric: Rubric) -> Iterator[tuple[str | None, Decimal | None]]:
    yield from ((part.code, part.declared_max) for part in rubric.parts)
    yield from ((section.code, section.declared_max) for section in rubric.sections)
    for criterion in rubric.criteria:
        if criterion.leaf is None or criterion.declared_max != criterion.max_points:
            yield criterion.code, criterion.declared_max
    yield None, rubric.declared_total


def _leaf_findings(rubric: Rubric) -> Iterator[Finding]:
    for criterion in rubric.leaves:
        for problem in leaf_problems(criterion.scored):
            yield Finding(criterion.code, "error", f"Tiêu chí {criterion.code}: {problem}")
        if is_capped(criterion.scored):
            top = format_points(criterion.max_points)
            message = f"Tiêu chí {criterion.code}: các ý cộng lại vượt điểm chuẩn {top}; phần vượt không được tính."
            yield Finding(criterion.code, "warning", message)


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
