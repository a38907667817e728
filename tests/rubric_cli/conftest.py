"""A data directory of the test's own, empty of sets, and the command line on it."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cchc_core import workspace
from cchc_core.cli import main
from cchc_core.store.verify import verify

Run = Callable[..., tuple[int, str, str]]
Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory without sample data, to copy."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    workspace.open_workspace(folder, with_sample=False)
    workspace.close_workspace()
    return folder


@pytest.fixture
def data(empty: Path, tmp_path: Path) -> Iterator[Path]:
    """A data directory of the test's own; whatever the test did to it, it must still be whole."""
    folder = shutil.copytree(empty, tmp_path / "data")
    yield folder
    opened = workspace.open_workspace(folder, with_sample=False)
    assert verify(opened.database).findings == ()
    workspace.close_workspace()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; gives its exit code and what it said on both streams."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def ask(run: Run) -> Ask:
    """Run a command that succeeds, and read its JSON."""

    def ask(*arguments: object) -> Any:
        code, out, err = run(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    return ask
