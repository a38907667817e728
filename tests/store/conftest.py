from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_core.store.database import Database
from tests.store.world import World, make_world


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "cchc.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.database.close()
