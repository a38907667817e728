"""Due days as people correct them, and occurrences that are added to a task or taken out of it."""

from datetime import date

from cchc_core.errors import BadText
from cchc_core.holidays import read_calendar
from cchc_core.permissions import OfficeAction
from cchc_core.store import kept, occurrences, tasks
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.tasks import texts
from cchc_core.tasks.draft import OccurrenceDraft
from cchc_core.tasks.model import Occurrence, Task
from cchc_core.tasks.reach import named, occurrence_row, permitted, refuse_remedy, refuse_stale
from cchc_core.tasks.reporting import said
from cchc_core.time_reading import Offset, TimeKind, read_time
from cchc_core.working_days import NoCalendar, end_of_term

_SET_BY_HAND = "Hạn do người lập ghi."


def correct_due(database: Database, user: User, occurrence_id: str, due: date | None, *, expected_version: int) -> int:
    """Set the due day of an occurrence over the one that was read, or none; give the version that is stored then.

    Raises NotFound, NotAllowedInOffice, BadText, StaleText.
    """
    with database.write() as connection:
        row, task = _plannable(connection, user, occurrence_id)
        texts.known_day(named(task), "hạn", due)
        if row["due"] == due:
            return int(row["version"])
        reading = read_time(row["time_text"], task.year).sentence if row["time_text"] else _SET_BY_HAND
        return _set_due(connection, user, (row, task), due, reading, expected_version)


def correct_due_from_event(
    database: Database, user: User, occurrence_id: str, event: date, *, expected_version: int
) -> int:
    """Count the due day of an occurrence whose printed term runs from an event, and set it; give the new version.

    The day of the event is not counted (Bộ luật Dân sự 2015, Điều 147). Raises NotFound, NotAllowedInOffice,
    StaleText, BadText for a time that is no term of days, and for a year whose public holidays are not known.
    """
    with database.write() as connection:
        row, task = _plannable(connection, user, occurrence_id)
        where = named(task)
        texts.known_day(where, "ngày phát sinh việc", event)
        reading = read_time(row["time_text"], task.year)
        due = _end_of(where, reading.offset, event)
        told = f"{reading.sentence} Tính từ ngày {event:%d/%m/%Y}: hạn {due:%d/%m/%Y}."
        if (row["due"], row["reading"]) == (due, told):
            return int(row["version"])
        return _set_due(connection, user, (row, task), due, told, expected_version)


def term_of(occurrence: Occurrence, year: int) -> Offset | None:
    """Give the term of an occurrence that runs from an event, with its days; None for any other time."""
    offset = read_time(occurrence.time_text, year).offset
    return None if offset is None or offset.days is None else offset


def _end_of(where: str, offset: Offset | None, event: date) -> date:
    if offset is None or not offset.days:
        raise BadText(
            where,
            problem="thời gian in trong kế hoạch không nêu số ngày kể từ một việc",
            to_do="Hãy ghi thẳng ngày hạn.",
        )
    try:
        return end_of_term(event, offset.days, read_calendar(), working=offset.working)
    except NoCalendar as unknown:
        raise BadText(
            where,
            problem=f"chưa có lịch nghỉ lễ năm {unknown.year} nên chưa đếm được hạn",
            to_do=f"Hãy ghi thẳng ngày hạn, hoặc nhờ quản trị thêm tệp data/holidays/{unknown.year}.yaml.",
        ) from None


def add_occurrence(database: Database, user: User, task_id: str, *, product: str = "", due: date | None = None) -> str:
    """Add something further that a task is to deliver, a product or another time of it, and give its id.

    Raises NotFound, NotAllowedInOffice, BadText for one with neither product nor day.
    """
    with database.write() as connection:
        task = permitted(connection, user, OfficeAction.PLAN_TASKS, task_id)
        where = named(task)
        refuse_remedy(task, where)
        text = texts.line(where, "sản phẩm", product, texts.MOST_TITLE)
        texts.known_day(where, "hạn", due)
        if not text and due is None:
            raise BadText(where, problem="chưa ghi sản phẩm hoặc hạn", to_do="Hãy ghi ít nhất một trong hai.")
        kind = TimeKind.OPEN if due is None else TimeKind.DATE
        draft = OccurrenceDraft(text, "", kind, _SET_BY_HAND if due else "", due, is_corrected=due is not None)
        place = max((each.ordinal for each in task.occurrences), default=0) + 1
        (occurrence_id,) = occurrences.add(connection, [(task.id, place, draft)], user.actor)
        tasks.reindex(connection, task.id)
        return occurrence_id


def end_occurrence(database: Database, user: User, occurrence_id: str, *, expected_version: int) -> None:
    """Take an occurrence out of its task; the last one stays.

    Raises NotFound, NotAllowedInOffice, BadText, StaleText.
    """
    with database.write() as connection:
        row, task = _plannable(connection, user, occurrence_id)
        refuse_stale(named(task), *_shown(connection, row, expected_version))
        if len(task.occurrences) == 1:
            raise BadText(
                named(task),
                problem="nhiệm vụ chỉ còn một lần thực hiện",
                to_do="Hãy bỏ cả nhiệm vụ, hoặc báo «không thực hiện» kèm lý do.",
            )
        kept.change(connection, kept.OCCURRENCES, row, {"ended_utc": now_utc()}, user.actor)
        tasks.reindex(connection, task.id)


def _plannable(connection: Connection, user: User, occurrence_id: str) -> tuple[Row, Task]:
    row = occurrence_row(connection, occurrence_id)
    task = permitted(connection, user, OfficeAction.PLAN_TASKS, row["task_id"])
    refuse_remedy(task, named(task))
    return row, task


def _shown(connection: Connection, row: Row, expected_version: int) -> tuple[Occurrence, int, str]:
    stored = occurrences.occurrence_of(connection, row)
    return stored, expected_version, said(stored)


def _set_due(
    connection: Connection, user: User, of: tuple[Row, Task], due: date | None, reading: str, expected_version: int
) -> int:
    row, task = of
    refuse_stale(named(task), *_shown(connection, row, expected_version))
    changes = {"due": due, "reading": reading, "is_corrected": True}
    kept.change(connection, kept.OCCURRENCES, row, changes, user.actor)
    return int(row["version"]) + 1
