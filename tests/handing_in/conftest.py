"""A department of its own for every test that needs one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handing_in.desk import Desk, make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A department with both sets opened and nothing scored."""
    made = make_desk(tmp_path)
    yield made
    made.database.close()
