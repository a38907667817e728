from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cchc_core.rubric.model import Rubric
from tests.workbook.desk import Desk, open_desk

NewDesk = Callable[..., Desk]


@pytest.fixture(scope="module")
def new_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewDesk]:
    """Opens desks, each with a database of its own, and closes them."""
    desks: list[Desk] = []

    def make(rubric: Rubric, period: str = "year") -> Desk:
        folder: Path = tmp_path_factory.mktemp("desk")
        desks.append(open_desk(folder, rubric, period))
        return desks[-1]

    yield make
    for desk in desks:
        desk.database.close()
