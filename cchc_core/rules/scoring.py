"""One criterion, one answer, one score.

Points are rounded half up to four decimals once, where the rule ends; everything before is exact.
Source of the kinds and modifiers: the two printed criteria sets (see :mod:`cchc_core.rules.kinds`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.rules.decimals import ZERO, format_points, round_points
from cchc_core.rules.entries import EMPTY, Answer, Entry
from cchc_core.rules.explain import explained, heading, is_blank, most, one_line
from cchc_core.rules.kinds import EFFECT_NAMES, Checklist, Effect, Leaf
from cchc_core.rules.outcomes import DoesNotApply, outcome_of
from cchc_core.rules.period import YEAR_END, PeriodView
from cchc_core.rules.problems import AnswerRefused

__all__ = ["RULE_VERSION", "YEAR_END", "PeriodView", "Score", "Status", "score"]

RULE_VERSION = "1"
"""Raised whenever the same answer could come out otherwise; stored beside every cached score."""


class Status(StrEnum):
    """Where a criterion stands."""

    MISSING = "missing"
    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    AWAITING = "awaiting"
    VOIDED = "voided"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome for one criterion; points in four decimals.

    ``not_due_points`` is the part of ``effective_max`` that cannot be earned yet. A bonus or a penalty has no effective
    maximum: its points come on top, or are negative. ``before_cap`` is the score as its answer gives it where a cap on
    bonuses or penalties counts less of it (see :mod:`cchc_core.rubric.capping`).
    """

    points: Decimal
    effective_max: Decimal
    status: Status
    explanation: str
    not_due_points: Decimal = ZERO
    is_external: bool = False
    before_cap: "Score | None" = None

    @property
    def open_points(self) -> Decimal:
        """Give the part of the maximum that is due and not earned; of a penalty, what it takes off."""
        if not self.effective_max:
            return max(-self.points, ZERO)
        return self.effective_max - self.not_due_points - self.points


def score(leaf: Leaf, entry: Entry | None, period: PeriodView = YEAR_END) -> Score:
    """Score what is entered for a criterion.

    Raises AnswerRefused when the rule cannot take the answer; nothing is guessed or capped silently.

    >>> from cchc_core.rules.entries import LevelAnswer
    >>> from cchc_core.rules.kinds import Level, Levels
    >>> leaf = Leaf(Decimal("0.5"), Levels((Level("Có", Decimal("0.5")), Level("Không", Decimal("0")))))
    >>> score(leaf, Entry(LevelAnswer(0))).points
    Decimal('0.5000')
    """
    entry = EMPTY if entry is None else entry
    _refuse_contradictions(entry)
    _refuse_modifiers(leaf, entry, period)
    not_due = _not_due_points(leaf, entry, period)
    if entry.voided is not None:
        return _voided(leaf, entry.answer, entry.voided, period)
    if entry.not_applicable is not None:
        return _outside(leaf, f"Không áp dụng, {_without(leaf)}: {one_line(entry.not_applicable)}")
    if entry.answer is not None:
        return _answered(leaf, entry.answer, period, not_due)
    if leaf.is_external:
        return _score(leaf, ZERO, Status.AWAITING, f"{heading(leaf)} chờ kết quả, chưa có điểm {most(leaf)}.")
    if not_due == leaf.max_points and not_due > 0:
        return _score(leaf, ZERO, Status.NOT_DUE, _why_not_due(leaf), not_due)
    why = f"{heading(leaf)} {_WHILE_EMPTY[leaf.effect]} {most(leaf)}."
    return _score(leaf, ZERO, Status.MISSING, why, not_due)


_WHILE_EMPTY: Final[Mapping[Effect, str]] = {
    Effect.NORMAL: f"chưa chấm, tính {format_points(ZERO)} điểm",
    Effect.BONUS: "chưa nhập, chưa cộng điểm nào",
    Effect.PENALTY: "chưa nhập, chưa trừ điểm nào",
}


def _why_not_due(leaf: Leaf) -> str:
    if leaf.is_adjustment:
        return f"{heading(leaf)} chưa đến kỳ, chưa tính {most(leaf)}."
    return f"Chưa đến kỳ: {format_points(leaf.max_points)} điểm chưa thể đạt trong kỳ này."


def _without(leaf: Leaf) -> str:
    if leaf.is_adjustment:
        return f"không tính {EFFECT_NAMES[leaf.effect].lower()}"
    return f"hạ điểm chuẩn {format_points(leaf.max_points)}"


def _voided(leaf: Leaf, answer: Answer | None, reason: str, period: PeriodView) -> Score:
    if answer is not None:
        _answered(leaf, answer, period, ZERO)  # the answer comes back when the voiding is lifted: it must be sound
    taken = f"tính {format_points(ZERO)} trên {format_points(leaf.max_points)}"
    return _score(leaf, ZERO, Status.VOIDED, f"Bị huỷ điểm, {taken}: {one_line(reason)}")


def _score(leaf: Leaf, points: Decimal, status: Status, why: str, not_due: Decimal = ZERO) -> Score:
    if leaf.is_adjustment:
        return Score(_counted(leaf, points), ZERO, status, why, ZERO, leaf.is_external)
    return Score(points, round_points(leaf.max_points), status, why, not_due, leaf.is_external)


def _counted(leaf: Leaf, points: Decimal) -> Decimal:
    return -points or ZERO if leaf.effect is Effect.PENALTY else points


def _outside(leaf: Leaf, why: str) -> Score:
    return Score(ZERO, ZERO, Status.NOT_APPLICABLE, why, ZERO, leaf.is_external)


def _answered(leaf: Leaf, answer: Answer, period: PeriodView, not_due: Decimal) -> Score:
    try:
        outcome = outcome_of(leaf, answer, period)
    except DoesNotApply as why:
        empty = f"{heading(leaf)} mẫu số bằng 0 nên không áp dụng, {_without(leaf)}."
        return _outside(leaf, empty if leaf.is_adjustment else str(why))
    why_points = explained(leaf, outcome.arithmetic, _counted(leaf, outcome.points))
    return _score(leaf, outcome.points, Status.SCORED, why_points, not_due)


def _refuse_contradictions(entry: Entry) -> None:
    if sum((entry.answer is not None, entry.not_applicable is not None, entry.not_due)) > 1:
        raise AnswerRefused("Chỉ chọn một: câu trả lời, «không áp dụng» hoặc «chưa đến kỳ».")
    if entry.voided is not None and (entry.not_applicable is not None or entry.not_due):
        raise AnswerRefused("«Huỷ điểm» chỉ đi cùng câu trả lời hoặc đứng một mình; hãy bỏ một trong hai.")


def _refuse_modifiers(leaf: Leaf, entry: Entry, period: PeriodView) -> None:
    if entry.not_applicable is not None and leaf.not_applicable_clause is None:
        raise AnswerRefused(
            "Tiêu chí này không có điều khoản hạ điểm chuẩn nên không chọn được «không áp dụng»; hãy chấm điểm."
        )
    # A penalty earns nothing that could be taken away again; voiding it would only hide what it takes off.
    if entry.voided is not None and (leaf.void_condition is None or leaf.effect is Effect.PENALTY):
        raise AnswerRefused("Tiêu chí này không có điều kiện huỷ điểm; hãy bỏ phần huỷ điểm.")
    for reason, label in ((entry.not_applicable, "Không áp dụng"), (entry.voided, "Huỷ điểm")):
        if reason is not None and is_blank(reason):
            raise AnswerRefused(f"{label}: cần ghi rõ lý do bằng chữ, không để trống.")
    if entry.not_due:
        _refuse_not_due(leaf, period)
    elif entry.answer is not None and not period.has_reached(leaf.due_period):
        raise AnswerRefused("Tiêu chí này chưa đến kỳ nên chưa thể chấm; hãy chấm khi đến kỳ.")


def _refuse_not_due(leaf: Leaf, period: PeriodView) -> None:
    if not period.is_provisional:
        raise AnswerRefused("«Chưa đến kỳ» chỉ dùng cho bảng chấm tạm tính theo quý, không dùng cho bảng năm.")
    if leaf.is_external:
        raise AnswerRefused("Điểm do bên ngoài chấm: để trống nghĩa là đang chờ, không chọn «chưa đến kỳ».")


def _not_due_points(leaf: Leaf, entry: Entry, period: PeriodView) -> Decimal:
    whole = round_points(leaf.max_points)
    if leaf.is_external:
        return ZERO
    if entry.not_due or not period.has_reached(leaf.due_period):
        return whole
    if not isinstance(leaf.rule, Checklist):
        return ZERO
    within_reach = sum((item.points for item in leaf.rule.items if period.has_reached(item.due_period)), ZERO)
    return whole - min(whole, round_points(within_reach))
