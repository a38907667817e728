"""What the sample expects of the year: targets, expected answers, a criterion given up, remedies of lost points."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from cchc_core.permissions import Role
from cchc_core.reaching import year_line
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.kinds import Levels
from cchc_core.rules.scoring import Score, Status
from cchc_core.store import answers, assessments, log, outlooks, remedies, targets
from cchc_core.store.connection import Connection
from cchc_core.store.outlooks import Expectation
from cchc_core.targets import TargetKind
from cchc_core.tasks.remedies import follow

_REMEDIES = (
    ("Rà soát, bổ sung tài liệu kiểm chứng và đôn đốc phòng chủ trì hoàn thành.", "Văn phòng Sở", 20),
    ("Ban hành văn bản chấn chỉnh; lãnh đạo Sở giao ban theo dõi hằng tuần.", "Thanh tra Sở", 35),
)
_TARGETS: Mapping[bool, tuple[tuple[str, TargetKind, Decimal], ...]] = {
    False: (("", TargetKind.PERCENT, Decimal(90)), ("I.1", TargetKind.PERCENT, Decimal(95))),
    True: (("", TargetKind.CRITERIA, Decimal(110)),),
}


def look_ahead(connection: Connection, assessment_id: str, rubric: Rubric, people: Mapping[Role, log.Actor]) -> None:
    """Add what the sample expects of an assessment's year."""
    assessment = assessments.find(connection, assessment_id)
    if assessment is None:
        raise KeyError(assessment_id)
    line, officer = year_line(assessment), people[Role.OFFICER]
    for section, kind, value in _TARGETS[rubric.is_illustrative]:
        targets.store(connection, line, section, kind.value, format(value, "f"), people[Role.LEADER], assessment_id)
    scores = {row.code: row.score for row in answers.of_assessment(connection, assessment_id)}
    lost = list(_lost(rubric, scores))
    for leaf, (action, who, days) in zip(lost, _REMEDIES, strict=False):
        due = None if assessment.outward_due is None else assessment.outward_due + timedelta(days=days)
        remedies.store(connection, line, leaf.code, action, who, due, officer, assessment_id)
        follow(connection, officer, line, leaf.code, action, who, due)
    wanted = [Expectation(leaf.code, {"level": _best(leaf)}, is_final=False) for leaf in _open(rubric, scores)]
    given_up = [Expectation(leaf.code, {}, is_final=True) for leaf in lost[2:3]]
    outlooks.store_many(connection, assessment_id, [*wanted[:2], *given_up], officer)


def _lost(rubric: Rubric, scores: Mapping[str, Score | None]) -> Iterator[Criterion]:
    for leaf in rubric.leaves:
        score = scores.get(leaf.code)
        if (
            score is not None
            and score.status is Status.SCORED
            and score.open_points > 0
            and not leaf.scored.is_external
        ):
            yield leaf


def _open(rubric: Rubric, scores: Mapping[str, Score | None]) -> Iterator[Criterion]:
    for leaf in rubric.leaves:
        if leaf.code not in scores and isinstance(leaf.scored.rule, Levels):
            yield leaf


def _best(leaf: Criterion) -> int:
    rule = leaf.scored.rule
    levels = rule.levels if isinstance(rule, Levels) else ()
    return max(range(len(levels)), key=lambda index: levels[index].points)
