"""``verify`` on the command line: what it says of sound data, of a changed file, and where there is nothing."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_core import workspace
from cchc_core.cli import main

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("sample")
    workspace.open_workspace(folder).close()
    yield folder
    workspace.close_workspace()


@pytest.fixture
def data(sample: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample, tmp_path / "data")


def _a_file(data: Path) -> Path:
    folder = data / workspace.SAMPLE_FOLDER / "files"
    return min(path for path in folder.rglob("*") if path.is_file())


def test_sound_data_pass(data: Path, capsys: Output) -> None:
    assert main(["verify", "--data", str(data)]) == 0
    assert "Không có gì sai lệch." in capsys.readouterr().out


def test_a_file_that_was_changed_is_named(data: Path, capsys: Output) -> None:
    with _a_file(data).open("ab") as file:
        file.write(b"x")
    assert main(["verify", "--data", str(data), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    (finding,) = report["findings"]
    assert finding["code"] == "KT-11"
    assert report["log_lines"] > 1000


def test_a_file_that_is_missing_is_named_to_people(data: Path, capsys: Output) -> None:
    _a_file(data).unlink()
    assert main(["verify", "--data", str(data)]) == 1
    said = capsys.readouterr()
    assert "KT-10" in said.err
    assert "Có 1 điều không khớp." in said.out


def test_a_folder_without_data_is_refused_and_stays_empty(tmp_path: Path, capsys: Output) -> None:
    assert main(["verify", "--data", str(tmp_path)]) == 2
    assert "DK-08" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
