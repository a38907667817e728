"""What the print declares, held against what its criteria add up to, at every level.

Bonuses and penalties stand beside the maximum. Some prints count them in what they declare of a group and some do not,
so either is taken as right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rubric.finding import Finding
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.decimals import ZERO, format_points


@dataclass(frozen=True, slots=True)
class _Sum:
    """What stands below a node: the maximum, and beside it bonuses and penalties as far as caps count them."""

    counted: Decimal
    beside: Decimal = ZERO

    def __add__(self, other: "_Sum") -> "_Sum":
        return _Sum(self.counted + other.counted, self.beside + other.beside)

    def fits(self, declared: Decimal) -> bool:
        return declared in (self.counted or self.beside, self.counted + self.beside)

    @property
    def shown(self) -> Decimal:
        return self.counted or self.beside


_NOTHING = _Sum(ZERO)


def sum_findings(rubric: Rubric) -> Iterator[Finding]:
    """List declared maxima that are not what they should be; a flaw is told once, at the node where it stands."""
    for criterion in rubric.criteria:
        if not criterion.is_leaf:
            below = _below(rubric, criterion.code)
            yield from _against(rubric, criterion.code, f"Nhóm {criterion.code}", criterion.declared_max, below)
        elif criterion.declared_max not in (None, criterion.max_points):
            yield _leaf_declares_otherwise(criterion)
    for section in rubric.sections:
        below = _below(rubric, section.code)
        yield from _against(rubric, section.code, f"Lĩnh vực {section.code}", section.declared_max, below)
    for part in rubric.parts:
        below = _added(_of_section(rubric, each.code) for each in rubric.sections if each.part == part.code)
        yield from _against(rubric, part.code, f"Phần {part.code}", part.declared_max, below, f"part {part.code}")
    yield from _total_findings(rubric)


def _leaf_declares_otherwise(leaf: Criterion) -> Finding:
    declared, used = format_points(leaf.declared_max or ZERO), format_points(leaf.max_points)
    message = f"Tiêu chí {leaf.code}: văn bản in {declared} điểm nhưng cách tính cho tới {used}. Bảng điểm dùng {used}."
    return Finding(leaf.code, "warning", f"{message} Hãy hỏi lại nơi ban hành.")


def _below(rubric: Rubric, code: str) -> _Sum:
    """Add up the children of a section or group, of each what it declares: its own flaw is told at its own place."""
    return _within_caps(rubric, code, _added(_of_criterion(rubric, child) for child in rubric.children(code)))


def _added(sums: Iterable[_Sum]) -> _Sum:
    return sum(sums, _NOTHING)


def _of_criterion(rubric: Rubric, criterion: Criterion) -> _Sum:
    if not criterion.is_leaf:
        return _declared_or(criterion.declared_max, _from_leaves(rubric, criterion.code))
    points = criterion.max_points if criterion.declared_max is None else criterion.declared_max
    return _Sum(ZERO, points) if criterion.is_adjustment else _Sum(points)


def _of_section(rubric: Rubric, code: str) -> _Sum:
    return _declared_or(rubric.section(code).declared_max, _from_leaves(rubric, code))


def _declared_or(declared: Decimal | None, added: _Sum) -> _Sum:
    if declared is None or added.fits(declared):
        return added
    return _Sum(declared, added.beside) if added.counted else _Sum(ZERO, declared)


def _from_leaves(rubric: Rubric, code: str) -> _Sum:
    beside = sum((leaf.max_points for leaf in rubric.leaves_of(code) if leaf.is_adjustment), ZERO)
    return _within_caps(rubric, code, _Sum(rubric.max_points(code), beside))


def _within_caps(rubric: Rubric, code: str | None, found: _Sum) -> _Sum:
    caps = [cap.most for cap in rubric.caps if cap.node == code]
    return _Sum(found.counted, min(found.beside, sum(caps, ZERO))) if caps else found


def _against(
    rubric: Rubric, code: str, where: str, declared: Decimal | None, below: _Sum, node: str | None = None
) -> Iterator[Finding]:
    if declared is None or below.fits(declared):
        return
    hint = " Số in bằng đúng phần đơn vị tự chấm." if declared == _self_scored(rubric, node or code) else ""
    yield Finding(
        code,
        "warning",
        f"{where}: văn bản in {format_points(declared)} điểm nhưng các tiêu chí bên dưới cộng lại được "
        f"{format_points(below.shown)}.{hint} Bảng điểm dùng số cộng được; hãy hỏi lại nơi ban hành.",
    )


def _self_scored(rubric: Rubric, code: str | None) -> Decimal | None:
    """Add up what the unit scores itself; None where nothing is scored by others, so that the two sums are one."""
    leaves = rubric.leaves if code is None else rubric.leaves_of(code)
    own = sum((leaf.counted_max for leaf in leaves if not leaf.scored.is_external), ZERO)
    return own if own and any(leaf.scored.is_external for leaf in leaves) else None


def _total_findings(rubric: Rubric) -> Iterator[Finding]:
    declared, added = rubric.declared_total, rubric.max_points()
    by_sections = _within_caps(rubric, None, _added(_of_section(rubric, section.code) for section in rubric.sections))
    if declared is None or by_sections.fits(declared):
        return
    hint = " Số in bằng đúng phần đơn vị tự chấm." if declared == _self_scored(rubric, None) else ""
    yield Finding(
        None,
        "warning",
        f"Tổng cộng: văn bản in {format_points(declared)} điểm, các lĩnh vực in cộng lại "
        f"{format_points(by_sections.shown)}, các tiêu chí cộng lại {format_points(added)}.{hint} "
        "Bảng điểm dùng số cộng từ các tiêu chí.",
    )
