"""A database of its own for every test, copied from one that was filled once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_core import scoring, workspace
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from cchc_core.store import users
from cchc_core.store.database import Database
from tests.pages.screen import NAM_DINH, SOC_TRANG, Office


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data directories to copy: `sample`; `empty`; `blank`, a department that has scored nothing of what it opened."""
    folder = tmp_path_factory.mktemp("templates")
    workspace.open_workspace(folder / "sample").close()
    workspace.open_workspace(folder / "empty", with_sample=False).close()
    blank = workspace.open_workspace(folder / "blank", with_sample=False)
    _open_quarters(blank.database)
    blank.close()
    return folder


def _open_quarters(database: Database) -> None:
    people = {user.role: user for user in users.trial_users(database)}
    department = scoring.create_department(database, people[Role.ADMIN], "Sở Thử nghiệm", ["Văn phòng Sở"])
    for rubric_id in (SOC_TRANG, NAM_DINH):
        rubric = read_rubric(rubric_id)
        for period in periods_for(rubric_id, rubric.year):
            if period.code in ("q1", "q3", "year"):
                scoring.create_assessment(
                    database, people[Role.ADMIN], unit_id=department.id, rubric=rubric, period=period
                )


@pytest.fixture
def office(
    request: pytest.FixtureRequest, templates: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """An open database: `blank` unless the test is parametrized with another one."""
    name = getattr(request, "param", "blank")
    shutil.copytree(templates / name, tmp_path / name)
    opened = workspace.open_workspace(tmp_path / name, with_sample=name == "sample")
    office = Office(opened.database)
    monkeypatch.setattr("ui.access.session_token", lambda: office.asking)
    yield office
    workspace.close_workspace()
