"""Carrying an assessment forward (kết chuyển): a new period starts from what an earlier one knew.

Answers are copied and stay unconfirmed until somebody confirms or changes them. States, points given by an appraiser
and explanations are never copied; points are computed anew for the new period. From another year also what belongs to
that year alone stays behind: results of outside bodies, figures of two years, voidings and self notes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cchc_core.errors import CannotCarry
from cchc_core.permissions import Action
from cchc_core.reaching import may_view, permitted
from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.changes import changed_leaves, removed_leaves, unchanged_codes
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.answers import entry_to_json, read_entry
from cchc_core.rules.entries import EMPTY, Entry
from cchc_core.rules.kinds import Checklist, Compare, Leaf
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import score
from cchc_core.setting_up import open_in
from cchc_core.sheet import Sheet, read_sheet
from cchc_core.store import answers, assessments, log, outlooks
from cchc_core.store.answers import Save, StoredAnswer
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.log import LogAction
from cchc_core.store.outlooks import Expectation
from cchc_core.store.periods import PeriodLike
from cchc_core.store.users import User

_WHERE = "Kết chuyển"
_THERE = "đã có kết quả hoặc thuyết minh"


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the earlier answers, by the codes of the criteria.

    ``copied`` stand in the new assessment now, unconfirmed; of ``noted`` the self note came alone, where there was no
    answer or none that fits; ``kept`` had something there already, which was left alone. ``changed`` read differently
    in the new set, ``removed`` are not in it any more; ``left`` belong to the other year alone, or are not taken by
    the rule in the new period.
    """

    source: Assessment
    copied: tuple[str, ...]
    noted: tuple[str, ...]
    kept: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def message(self) -> str:
        """Say in Vietnamese what was done and what is left to do."""
        whence = f"{self.source.period_title} {self.source.year}"
        if self.copied:
            done = f"Đã chép {len(self.copied)} kết quả từ {whence}, chờ xác nhận."
        elif self.noted:
            done = f"{whence} chưa có kết quả nào dùng được cho bảng này."
        elif self.kept:
            done = f"Không có gì để chép thêm từ {whence}: {len(self.kept)} tiêu chí {_THERE} trong bảng này."
        else:
            done = f"{whence} chưa có kết quả nào dùng được cho bảng này; không chép gì."
        has_more = bool(self.kept and (self.copied or self.noted))
        kept = f" {len(self.kept)} tiêu chí {_THERE} nên giữ nguyên." if has_more else ""
        return done + kept + "".join(self._notes())

    def _notes(self) -> list[str]:
        notes = (
            (self.noted, "chưa có kết quả nên chỉ chép thuyết minh"),
            (self.changed, "nội dung hoặc cách tính đã thay đổi nên không chép, hãy chấm lại"),
            (self.removed, "không còn trong bộ tiêu chí này"),
            (self.left, "có kết quả chỉ dùng cho kỳ hoặc năm cũ nên không chép, hãy chấm lại khi đến kỳ"),
        )
        return [f" {len(codes)} tiêu chí {words}: {', '.join(codes)}." for codes, words in notes if codes]


def carry_sources(
    database: Database, user: User, *, unit_id: str, rubric: Rubric, period: PeriodLike
) -> tuple[Assessment, ...]:
    """List what a new assessment could be carried from, the most fitting first: earlier ones of the same unit.

    The same criteria set comes before others, later periods before earlier ones.
    """
    with database.read() as connection:
        mine = [a for a in assessments.of_unit(connection, unit_id) if may_view(connection, user, a)]
    earlier = [a for a in mine if (a.year, a.period_order) < (rubric.year, period.order)]
    return tuple(sorted(earlier, key=lambda a: (a.rubric_id == rubric.id, a.year, a.period_order, a.id), reverse=True))


def open_carried(
    database: Database,
    user: User,
    *,
    unit_id: str,
    rubric: Rubric,
    period: PeriodLike,
    source_id: str,
    body_kind: BodyKind | None = None,
) -> tuple[Assessment, Carried]:
    """Open an assessment and carry an earlier one forward into it, both or neither.

    Raises what :func:`cchc_core.setting_up.create_assessment` and :func:`carry_forward` raise.
    """
    with database.write() as connection:
        opened = open_in(connection, user, unit_id=unit_id, rubric=rubric, period=period, body_kind=body_kind)
        source = permitted(connection, user, Action.VIEW, source_id)
        # Opening is not answering: an administrator may do the one alone.
        target = permitted(connection, user, Action.ANSWER, opened.id)
        carried = _carry(database, connection, user, source, target)
        return permitted(connection, user, Action.VIEW, opened.id), carried


def carry_forward(database: Database, user: User, *, source_id: str, target_id: str) -> Carried:
    """Copy the answers of an earlier assessment into one that is worked on; what stands there already is left alone.

    Doing it twice copies nothing the second time. Raises NotFound; NotAllowed without the right to look at the one and
    to answer in the other; CannotCarry for another unit, the same assessment or a later period.
    """
    with database.write() as connection:
        source = permitted(connection, user, Action.VIEW, source_id)
        target = permitted(connection, user, Action.ANSWER, target_id)
        return _carry(database, connection, user, source, target)


def _carry(database: Database, connection: Connection, user: User, source: Assessment, target: Assessment) -> Carried:
    _refuse_misfits(source, target)
    before, now = read_sheet(database, connection, source), read_sheet(database, connection, target)
    answered = {code: stored for code, stored in before.answers.items() if stored.entry_json}
    unchanged = unchanged_codes(before.rubric, now.rubric)
    same = [code for code in unchanged if code in answered]
    there = {code for code, stored in now.answers.items() if stored.entry_json or stored.self_note}
    saves = {code: _copy(answered[code], now.rubric.criterion(code), source, target) for code in same}
    wanted = {code: save for code, save in saves.items() if save is not None and code not in there}
    notes = [_note(before.answers[code], now) for code in unchanged if _has_note(before, code) and code not in there]
    noted = {save.code: save for save in notes if save.code not in wanted} if source.year == target.year else {}
    carried = Carried(
        source,
        copied=tuple(wanted),
        noted=tuple(noted),
        kept=tuple(code for code in same if code in there),
        changed=_answered(changed_leaves(before.rubric, now.rubric), answered),
        removed=_answered(removed_leaves(before.rubric, now.rubric), answered),
        left=tuple(code for code in same if saves[code] is None and code not in there),
    )
    _store(connection, user, now, [*wanted.values(), *noted.values()])
    if source.year == target.year:
        _carry_outlooks(connection, user, before, now)
    if wanted or noted:
        _log(connection, user, carried, target)
    return carried


def _store(connection: Connection, user: User, now: Sheet, saves: list[Save]) -> None:
    first = [save for save in saves if save.code not in now.answers]
    if first:
        answers.store_first(connection, now.assessment.id, first, user.actor)
    # What somebody cleared has a history, which goes on.
    for save in saves:
        if save.code in now.answers:
            before = answers.of_criterion(connection, now.assessment.id, save.code)
            version = now.answers[save.code].version + 1
            answers.store(connection, now.assessment.id, replace(save, version=version), before, user.actor)


def _answered(leaves: tuple[Criterion, ...], answered: Mapping[str, StoredAnswer]) -> tuple[str, ...]:
    return tuple(leaf.code for leaf in leaves if leaf.code in answered)


def _refuse_misfits(source: Assessment, target: Assessment) -> None:
    if source.unit_id != target.unit_id:
        problem = f"bảng nguồn là của {source.unit_name}, không phải của {target.unit_name}"
    elif (source.year, source.period_order) >= (target.year, target.period_order):
        problem = f"{source.period_title} {source.year} không trước {target.period_title} {target.year}"
    else:
        return
    raise CannotCarry(_WHERE, problem=problem)


def _copy(stored: StoredAnswer, criterion: Criterion, source: Assessment, target: Assessment) -> Save | None:
    """Give what is to be stored in the new assessment; None when nothing of the answer fits there."""
    is_same_year = source.year == target.year
    kept = _KEPT[is_same_year](stored.entry, criterion)
    if kept.not_due and not _stays_not_due(criterion.scored, target):
        # It has become due: an open criterion, not an answer.
        return None
    if kept.is_empty:
        return None
    raw: Mapping[str, Any] = entry_to_json(kept)
    try:
        scored = score(criterion.scored, read_entry(criterion.scored, raw), target.period)
    except AnswerRefused:
        return None
    note = stored.self_note if is_same_year else ""
    return Save(stored.code, 1, raw, note, scored, LogAction.CARRY, carried_from=source.id)


def _has_note(before: Sheet, code: str) -> bool:
    return code in before.answers and bool(before.answers[code].self_note)


def _note(stored: StoredAnswer, now: Sheet) -> Save:
    """Give a self note alone: without an answer there is nothing to confirm."""
    scored = score(now.rubric.criterion(stored.code).scored, EMPTY, now.assessment.period)
    return Save(stored.code, 1, {}, stored.self_note, scored, LogAction.CARRY)


def _within_a_year(entry: Entry, criterion: Criterion) -> Entry:
    return entry


def _from_another_year(entry: Entry, criterion: Criterion) -> Entry:
    if criterion.scored.is_external:
        return Entry(not_applicable=entry.not_applicable)
    if isinstance(criterion.scored.rule, Compare):
        # «This year» and «last year» are other years now.
        return Entry(not_applicable=entry.not_applicable, not_due=entry.not_due)
    return Entry(entry.answer, entry.not_applicable, None, entry.not_due)


_KEPT: Mapping[bool, Callable[[Entry, Criterion], Entry]] = {True: _within_a_year, False: _from_another_year}


def _stays_not_due(leaf: Leaf, target: Assessment) -> bool:
    dues = [leaf.due_period]
    if isinstance(leaf.rule, Checklist):
        dues = [item.due_period or leaf.due_period for item in leaf.rule.items]
    # What has no due period falls due with the year.
    has_come = all(due is not None and target.period.has_reached(due) for due in dues)
    return target.is_provisional and not has_come


def _carry_outlooks(connection: Connection, user: User, before: Sheet, now: Sheet) -> None:
    same = set(unchanged_codes(before.rubric, now.rubric)) - set(now.outlooks)
    wanted = [
        Expectation(code, outlook.expected_json, outlook.is_final)
        for code, outlook in before.outlooks.items()
        if code in same and (outlook.expected_json or outlook.is_final)
    ]
    outlooks.store_many(connection, now.assessment.id, wanted, user.actor)


def _log(connection: Connection, user: User, carried: Carried, target: Assessment) -> None:
    new: log.Json = {"from": carried.source.id, "copied": len(carried.copied), "removed": list(carried.removed)}
    line = log.Line(LogAction.CARRY_FORWARD, target.id, new=new, assessment_id=target.id, actor=user.actor)
    log.append(connection, [line])
