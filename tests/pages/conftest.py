"""A database of its own for every test, copied from one that was filled once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_core import workspace
from tests.offices import open_quarters
from tests.pages.screen import Office


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data directories to copy: `sample`; `empty`; `blank`, a department that has scored nothing of what it opened."""
    folder = tmp_path_factory.mktemp("templates")
    workspace.open_workspace(folder / "sample").close()
    workspace.open_workspace(folder / "empty", with_sample=False).close()
    blank = workspace.open_workspace(folder / "blank", with_sample=False)
    open_quarters(blank.database)
    blank.close()
    return folder


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
