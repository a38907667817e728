"""A department of one's own that plans and is scored by real papers of 2024, and strangers of another department."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import FilePayload, Locator

from cchc_core import scoring, workspace
from cchc_core.periods import periods_for
from cchc_core.permissions import ROLE_TITLES, Role
from cchc_core.rubric_files import read_rubric
from cchc_core.store import users
from cchc_core.store.clock import new_id
from cchc_core.store.directory import directory
from cchc_core.store.users import User
from tests.browser.conftest import Server, running
from tests.offices import NAM_DINH

RUBRIC: Final = read_rubric(NAM_DINH)
ROOMS: Final = ("Văn phòng Sở", "Thanh tra Sở", "Phòng Quản lý xây dựng")


@dataclass
class Department:
    """A department of one's own with its year's assessment, and strangers' sessions of another department."""

    server: Server
    id: str
    assessment_id: str
    strangers: dict[Role, "Stranger"]


@dataclass(frozen=True)
class Stranger:
    """Somebody of another department, and the session that they are signed in with."""

    id: str
    token: str


@contextmanager
def running_department(data_dir: Path) -> Iterator[Department]:
    """Serve a department with rooms and an empty assessment of the year; strangers are signed in already."""
    own = workspace.open_workspace(data_dir, with_sample=False)
    database = own.database
    admin = next(user for user in users.trial_users(database) if user.role is Role.ADMIN)
    top = scoring.create_department(database, admin, "Sở Xây dựng", list(ROOMS))
    year = next(period for period in periods_for(RUBRIC.id, RUBRIC.year) if not period.is_provisional)
    opened = scoring.create_assessment(database, admin, unit_id=top.id, rubric=RUBRIC, period=year)
    other = scoring.create_department(database, admin, "Sở Giao thông vận tải", ["Văn phòng Sở"])
    with database.write() as connection:
        of = directory(connection).department_of
        room = next(unit for unit, department in of.items() if department == other.id != unit)
        places = {Role.LEADER: other.id, Role.ROOM: room}
        people = [User(new_id(), f"{ROLE_TITLES[role]} của Sở khác", role, place) for role, place in places.items()]
        users.add(connection, people)
    strangers = {each.role: Stranger(each.id, users.start_session(database, each.id)) for each in people}
    own.close()
    with running(data_dir) as server:
        yield Department(server, top.id, opened.id, strangers)


def put_in(scope: Locator, label: str, *files: tuple[str, str, bytes]) -> None:
    """Choose files in an uploader."""
    uploader = scope.get_by_test_id("stFileUploader").filter(has_text=label)
    chosen = [FilePayload(name=name, mimeType=kind, buffer=content) for name, kind, content in files]
    uploader.locator("input[type=file]").set_input_files(chosen)
