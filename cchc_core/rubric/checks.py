"""What does not add up in a criteria set.

A *warning* is a flaw of the print, shown and never repaired. An *error* means that the set cannot be scored as it
stands. What is only worth a second look is the business of :mod:`cchc_core.rubric.notes`.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from cchc_core.rubric.finding import Finding
from cchc_core.rubric.leaf_checks import FOUR_DECIMALS, MOST_DECIMALS, is_capped, leaf_problems
from cchc_core.rubric.model import Rubric
from cchc_core.rubric.sum_checks import sum_findings
from cchc_core.rules.decimals import decimals_of, format_number, format_points
from cchc_core.rules.kinds import Levels

__all__ = ["Finding", "errors", "findings", "is_capped", "leaf_problems", "placed"]


@lru_cache(maxsize=16)
def findings(rubric: Rubric) -> tuple[Finding, ...]:
    """List what does not add up, warnings of the print and errors of the data, in printed order."""
    return placed(
        rubric,
        (
            *sum_findings(rubric),
            *_declared_findings(rubric),
            *_leaf_findings(rubric),
            *_exclusion_findings(rubric),
        ),
    )


def errors(rubric: Rubric) -> tuple[Finding, ...]:
    """List only what keeps the set from being scored."""
    return tuple(finding for finding in findings(rubric) if finding.level == "error")


def placed(rubric: Rubric, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Give findings the places of their criteria in the file that the set was brought in from."""
    places = {criterion.code: criterion.place for criterion in rubric.criteria if criterion.place}
    return tuple(replace(each, place=places.get(each.code or "", each.place)) for each in found) if places else found


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
