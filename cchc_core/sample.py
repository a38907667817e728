"""A database to try things out in, marked as sample data.

One department scores three periods by two criteria sets, the third one carried forward in part and not all confirmed;
two units below it score the third period by one of the sets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from cchc_core.periods import PeriodTemplate, periods_for
from cchc_core.permissions import Role, State
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import read_rubric
from cchc_core.sample_answers import STAGES, sample_answers
from cchc_core.sample_office import fill_office
from cchc_core.sample_plans import look_ahead
from cchc_core.store import answers, assessments, log, periods, rubrics, units, users
from cchc_core.store.answers import Save
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.units import UnitKind

SEED = 20_240_914
DEPARTMENT = "Sở Thông tin và Truyền thông (dữ liệu mẫu)"
ROOMS = ("Văn phòng Sở", "Thanh tra Sở", "Phòng Công nghệ thông tin", "Phòng Bưu chính, Viễn thông")
SUBORDINATES = ("Trung tâm Công nghệ thông tin và Truyền thông", "Trung tâm Chuyển đổi số")
RUBRICS = ("soctrang-tttt-2022", "namdinh-tnmt-2024")
_STATES = (State.APPROVED, State.APPROVED, State.DRAFT)
_REVISED_EVERY = 17
_UNCONFIRMED_EVERY = 6


def fill_sample(database: Database) -> None:
    """Fill an empty database with sample data; one that has them all already is left alone."""
    users.ensure_trial_users(database)
    with database.read() as connection:
        is_filled = bool(units.present(connection))
    if not is_filled:
        _fill_assessments(database)
    officer = next(user for user in users.trial_users(database) if user.role is Role.OFFICER)
    fill_office(database, officer)


def _fill_assessments(database: Database) -> None:
    """Add the department with its assessments, all of it or nothing."""
    people = {user.role: user for user in users.trial_users(database)}
    with database.write() as connection:
        department, *below = _add_units(connection)
        by_role = {role: user.actor for role, user in people.items()}
        made: dict[str, str] = {}
        for plan in sorted(_plans(department, below), key=lambda plan: (plan.period.data_to, plan.seed)):
            added = _add_assessment(connection, plan, by_role, made.get(plan.rubric.id))
            if plan.unit_id == department:
                made[plan.rubric.id] = added
        for rubric_id, assessment_id in made.items():
            look_ahead(connection, assessment_id, read_rubric(rubric_id), by_role)


@dataclass(frozen=True, slots=True)
class _Plan:
    unit_id: str
    rubric: Rubric
    period: PeriodTemplate
    state: State
    seed: int = SEED

    def at(self, share: float) -> datetime:
        """Give a time between two weeks before the internal due day and the evening of it."""
        due = datetime.combine(self.period.internal_due, time(9, 30))
        return due - timedelta(days=14) * (1 - share)


def _plans(department: str, below: Sequence[str]) -> Iterator[_Plan]:
    for rubric_id in RUBRICS:
        rubric = read_rubric(rubric_id)
        by_code = {period.code: period for period in periods_for(rubric_id, rubric.year)}
        for code, state in zip(STAGES, _STATES, strict=True):
            yield _Plan(department, rubric, by_code[code], state)
    rubric = read_rubric(RUBRICS[0])
    last = next(period for period in periods_for(rubric.id, rubric.year) if period.code == STAGES[-1])
    for number, unit_id in enumerate(below, start=1):
        yield _Plan(unit_id, rubric, last, State.DRAFT, SEED + number)


def _add_units(connection: Connection) -> tuple[str, ...]:
    """Give the ids of the department and of the units below it that score themselves."""
    (department,) = units.add(connection, [(DEPARTMENT, UnitKind.DEPARTMENT, None)], log.SYSTEM)
    rooms = units.add(connection, [(name, UnitKind.ROOM, department.id) for name in ROOMS], log.SYSTEM)
    centres = units.add(connection, [(name, UnitKind.SUBORDINATE, department.id) for name in SUBORDINATES], log.SYSTEM)
    users.place_trial_users(connection, department.id, rooms[0].id, log.SYSTEM)
    return (department.id, *(centre.id for centre in centres))


def _add_assessment(connection: Connection, plan: _Plan, people: dict[Role, log.Actor], before_id: str | None) -> str:
    rubric, officer, room = plan.rubric, people[Role.OFFICER], people[Role.ROOM]
    sha256 = rubrics.pin(connection, rubric, officer)
    of_year = periods_for(rubric.id, rubric.year)
    period_ids = periods.ensure(connection, rubric.id, rubric.year, of_year, officer)
    assessment_id = assessments.add(
        connection,
        unit_id=plan.unit_id,
        rubric_id=rubric.id,
        rubric_sha256=sha256,
        period_id=period_ids[plan.period.code],
        actor=officer,
        state=plan.state,
        at_utc=plan.at(0),
    )
    orders = {period.code: period.order for period in of_year}
    view = periods.view(plan.period.code, is_provisional=plan.period.is_provisional, orders=orders)
    made = sample_answers(rubric, view, plan.seed)
    saves = [
        Save(answer.code, 1, answer.entry_json, answer.note, answer.score, at_utc=plan.at(index / len(made)))
        for index, answer in enumerate(made)
    ]
    if plan.state is State.DRAFT and plan.seed == SEED and before_id is not None:
        saves = _carried(connection, saves, before_id)
    halves = len(saves) // 2
    answers.store_first(connection, assessment_id, saves[:halves], room)
    answers.store_first(connection, assessment_id, saves[halves:], officer)
    for save in saves[::_REVISED_EVERY]:
        if save.carried_from is None:
            _revise(connection, assessment_id, save, officer, plan.at(1))
    return assessment_id


def _carried(connection: Connection, saves: list[Save], before_id: str) -> list[Save]:
    """Let some of the answers that are as they were be carried ones that nobody has confirmed yet."""
    before = {row.code: row.entry_json for row in answers.of_assessment(connection, before_id)}
    same = [save.code for save in saves if save.entry_json == before.get(save.code)]
    waiting = set(same[::_UNCONFIRMED_EVERY])
    return [
        replace(save, action=log.LogAction.CARRY, carried_from=before_id) if save.code in waiting else save
        for save in saves
    ]


def _revise(connection: Connection, assessment_id: str, save: Save, actor: log.Actor, at_utc: datetime) -> None:
    before = answers.of_criterion(connection, assessment_id, save.code)
    note = "Văn phòng Sở đã rà soát lại với phòng, giữ nguyên kết quả."
    revised = replace(save, version=2, self_note=note, action=log.LogAction.NOTE, at_utc=at_utc)
    answers.store(connection, assessment_id, revised, before, actor)
