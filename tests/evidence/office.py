"""Two departments with rooms, people of every role, assessments, tasks, and a way to give them documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

from cchc_core import scoring, screens
from cchc_core.evidence import keeping
from cchc_core.evidence.keeping import Document, DocumentDraft, DocumentKind
from cchc_core.permissions import Role, State
from cchc_core.scoring import Assessment
from cchc_core.store import kept, units, users
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User
from tests.evidence.files import pdf
from tests.offices import SOC_TRANG, open_quarters

CODE, OTHER_CODE = "I.1.6", "I.1.5.1"
YEAR = 2022
PEOPLE = ("officer", "room", "other_room", "leader", "admin", "appraiser", "stranger", "screen", "nowhere")


@dataclass(frozen=True)
class Office:
    """The department ``department`` with two rooms, and another one ``elsewhere``; people by name."""

    database: Database
    department: str
    room: str
    other_room: str
    elsewhere: str
    people: dict[str, User]
    opened: dict[str, Assessment]

    def document(
        self,
        who: str = "officer",
        unit: str | None = None,
        *,
        data: bytes | None = None,
        name: str = "văn bản.pdf",
        department: str | None = None,
        abstract: str = "Triển khai nhiệm vụ",
        link: str = "",
        kind: DocumentKind = DocumentKind.PLAN,
        number: str = "12/KH-SXD",
    ) -> Document:
        """Keep a document; without ``data`` its file differs from every other."""
        department = department or self.department
        draft = DocumentDraft(kind, number, date(YEAR, 1, 5), "Sở Thử nghiệm", abstract, link)
        content = pdf(new_id()) if data is None else data
        return keeping.add_document(
            self.database,
            self.people[who],
            department,
            YEAR,
            unit or department,
            draft,
            BytesIO(content) if content else None,
            name,
        )

    def put_in(self, period: str, state: State, *, is_locked: bool = False) -> None:
        """Bring an assessment into a state, as handing it in will."""
        with self.database.write() as connection:
            connection.run(
                "UPDATE assessments SET state = :state, is_locked = :locked WHERE id = :id",
                state=state.value,
                locked=is_locked,
                id=self.opened[period].id,
            )

    def task(self, room: str | None, department: str | None = None) -> str:
        """Add a task of a room."""
        row = dict.fromkeys(_TEXTS, "") | {
            "department_id": department or self.department,
            "year": YEAR,
            "plan_id": None,
            "kind": "assigned",
            "ordinal": 1,
            "title": "Rà soát thủ tục",
            "room_id": room,
            "uncertain": "[]",
            "assigning_date": None,
            "remedy_unit_id": None,
            "remedy_rubric_id": None,
            "remedy_code": None,
            "ended_utc": None,
        }
        with self.database.write() as connection:
            return kept.add(connection, kept.TASKS, [row], self.people["officer"].actor)[0]

    def end_task(self, task_id: str) -> None:
        """Take a task out."""
        with self.database.write() as connection:
            row = kept.find(connection, kept.TASKS, task_id)
            assert row is not None
            kept.change(connection, kept.TASKS, row, {"ended_utc": now_utc()}, self.people["officer"].actor)

    def move(self, who: str, unit_id: str | None) -> User:
        """Put a person into another unit, and give them as they are then."""
        with self.database.write() as connection:
            _move(connection, self.people[who].id, unit_id)
        self.people[who] = self.again(who)
        return self.people[who]

    def again(self, who: str) -> User:
        """Look a person up anew."""
        found = users.find(self.database, self.people[who].id)
        assert found is not None
        return found


_TEXTS = (
    *("code", "group_code", "group_title", "lead_text", "person", "coordinating", "time_text", "funding", "how"),
    *("note", "print_note", "source", "assigning_body", "assigning_number", "search_text"),
)


def _move(connection: Connection, user_id: str, unit_id: str | None) -> None:
    connection.change_structure()
    connection.run("UPDATE users SET unit_id = CAST(:unit AS VARCHAR) WHERE id = :id", unit=unit_id, id=user_id)


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """Open a new database in a folder with all of it."""
    database = Database.open(folder / "cchc.duckdb")
    try:
        users.ensure_trial_users(database)
        yield fill(database)
    finally:
        database.close()


def reopen(office: Office, folder: Path) -> Office:
    """Open a database again, or a copy of it, with everybody who is in it."""
    return replace(office, database=Database.open(folder / "cchc.duckdb"), people=dict(office.people))


def fill(database: Database) -> Office:
    """Fill a database that has its trial users and nothing else."""
    opened = open_quarters(database)
    trial = {user.role: user for user in users.trial_users(database)}
    department = opened[SOC_TRANG, "q1"].unit_id
    admin = trial[Role.ADMIN]
    elsewhere = scoring.create_department(database, admin, "Sở Khác", ["Phòng của sở khác"]).id
    room = trial[Role.ROOM].unit_id
    assert room is not None
    with database.write() as connection:
        (other,) = units.add(connection, [("Phòng Hai", units.UnitKind.ROOM, department)], admin.actor)
        more = [
            User(new_id(), "Cán bộ phòng hai", Role.ROOM, other.id),
            User(new_id(), "Cán bộ sở khác", Role.OFFICER, elsewhere),
            User(new_id(), "Phòng không nơi nào", Role.ROOM, None),
        ]
        users.add(connection, more)
    token = screens.open_screen(database, trial[Role.OFFICER], opened[SOC_TRANG, "year"].id)
    screen = users.screen_of(database, token)
    assert screen is not None
    people = {
        "officer": trial[Role.OFFICER],
        "room": trial[Role.ROOM],
        "other_room": more[0],
        "leader": trial[Role.LEADER],
        "admin": admin,
        "appraiser": trial[Role.APPRAISER],
        "stranger": more[1],
        "screen": screen,
        "nowhere": more[2],
    }
    of_year = {period: opened[SOC_TRANG, period] for period in ("q1", "q3", "year")}
    return Office(database, department, room, other.id, elsewhere, people, of_year)
