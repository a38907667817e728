import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evidence.office import Office, open_office, reopen


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Office]:
    """A filled database that is closed: copying it costs less than filling one."""
    folder = tmp_path_factory.mktemp("filled")
    with open_office(folder) as opened:
        return folder, opened


@pytest.fixture
def office(tmp_path: Path, filled: tuple[Path, Office]) -> Iterator[Office]:
    shutil.copytree(filled[0], tmp_path / "data")
    opened = reopen(filled[1], tmp_path / "data")
    yield opened
    opened.database.close()
