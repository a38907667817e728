"""Taking a slip over: every change of it or none, points computed by the core, each change in the history."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cchc_core.errors import BadText
from cchc_core.permissions import Action
from cchc_core.reaching import permitted
from cchc_core.rules.answers import entry_to_json
from cchc_core.slip.comparing import compare_in
from cchc_core.slip.model import Applied, Change, Choice, Comparison, Keep, Part, Slip
from cchc_core.store import answers
from cchc_core.store.answers import AnswerRow, Save
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.log import LogAction
from cchc_core.store.users import User

_WHERE: Final = "Nhận Phiếu Excel"
_LOOK_AGAIN: Final = "Hãy xem lại phần so sánh rồi bấm nhận lần nữa; chưa có gì được lưu."


def apply_slip(database: Database, user: User, slip: Slip, choices: Mapping[str, Choice]) -> Applied:
    """Store what a slip changes, in one transaction; twice is once: then there is nothing left to store.

    The slip is compared again inside it, so that ``choices`` (by code, one for each conflict) hold for the stored
    answers that the person saw. Raises NotFound, NotAllowed; BadText for problems in the slip, a conflict without a
    choice, and for one whose stored answer has changed since it was chosen; then nothing is stored.
    """
    with database.write() as connection:
        assessment = permitted(connection, user, Action.ANSWER, slip.assessment_id)
        comparison = compare_in(connection, assessment, slip)
        _refuse_problems(comparison)
        _refuse_open_conflicts(comparison, choices)
        kept = [change.code for change in comparison.conflicts if choices[change.code].keep is Keep.THEIRS]
        wanted = [_chosen(change, choices) for change in comparison.changes]
        taken = [change for change in wanted if change is not None]
        _store(connection, user, assessment.id, taken)
        return Applied(tuple(change.code for change in taken), tuple(kept))


def _refuse_problems(comparison: Comparison) -> None:
    if comparison.problems:
        first = comparison.problems[0]
        raise BadText(
            _WHERE,
            problem=f"phiếu có {len(comparison.problems)} chỗ cần sửa, trước hết là {first.where}: {first.problem}",
            to_do="Hãy sửa hết trong phiếu, lưu rồi tải lên lại.",
        )


def _refuse_open_conflicts(comparison: Comparison, choices: Mapping[str, Choice]) -> None:
    for change in comparison.conflicts:
        choice = choices.get(change.code)
        if choice is None:
            problem = f"tiêu chí {change.code} vừa có kết quả khác trong phần mềm và chưa chọn giữ bên nào"
        elif choice.version != change.version:
            problem = f"tiêu chí {change.code} vừa được {change.stored_by or 'người khác'} đổi lần nữa"
        else:
            continue
        raise BadText(_WHERE, problem=problem, to_do=_LOOK_AGAIN)


def _chosen(change: Change, choices: Mapping[str, Choice]) -> Change | None:
    """Give the change as chosen: where theirs is kept, only what nobody else touched is left, if anything."""
    if not change.conflicts or choices[change.code].keep is Keep.MINE:
        return change
    parts = change.parts - change.conflicts
    if not parts:
        return None
    keeps_entry, keeps_note = Part.ENTRY in change.conflicts, Part.NOTE in change.conflicts
    side = change.stored if keeps_entry else change.mine
    note = change.stored.note if keeps_note else change.mine.note
    return replace(change, parts=parts, mine=replace(side, note=note))


def _store(connection: Connection, user: User, assessment_id: str, taken: list[Change]) -> None:
    rows = {row.code: row for row in answers.of_assessment(connection, assessment_id)}
    first = [_save(change, None) for change in taken if change.code not in rows]
    if first:
        answers.store_first(connection, assessment_id, first, user.actor)
    for change in taken:
        row = rows.get(change.code)
        if row is not None and change.parts - {Part.CONFIRMED}:
            answers.store(connection, assessment_id, _save(change, row), row, user.actor)
    confirmed = {change.code for change in taken if Part.CONFIRMED in change.parts}
    if confirmed:
        now = answers.of_assessment(connection, assessment_id)
        answers.confirm(connection, assessment_id, [row for row in now if row.code in confirmed], user.actor)


def _save(change: Change, row: AnswerRow | None) -> Save:
    is_answer = Part.ENTRY in change.parts
    # A note alone says nothing about the answer that it goes with: that stays as it is stored, confirmed or not.
    entry_json = entry_to_json(change.mine.entry) if is_answer or row is None else row.entry_json
    return Save(
        change.code,
        1 if row is None else row.version + 1,
        entry_json,
        change.mine.note,
        # What the answer gives by itself is kept, as everywhere: what of it counts depends on the others.
        change.mine.score.before_cap or change.mine.score,
        LogAction.ANSWER if is_answer else LogAction.NOTE,
        carried_from=None if is_answer or row is None else row.carried_from,
    )
