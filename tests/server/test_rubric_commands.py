"""Criteria sets on the command line while the server has the data open: it runs the commands and keeps the result."""

import json
from pathlib import Path

import pytest

from cchc_core.cli import main
from cchc_core.control import verify_data
from tests.server.conftest import Served

SMALL = Path(__file__).parents[1] / "rubric" / "small.yaml"
Output = pytest.CaptureFixture[str]


def run(capsys: Output, *arguments: object) -> tuple[int, str, str]:
    code = main(["rubric", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_set_is_brought_in_listed_compared_and_taken_out_through_the_server(
    served: Served, tmp_path: Path, capsys: Output
) -> None:
    path, data = tmp_path / "bộ.yaml", ("--data", served.data_dir)
    path.write_text(SMALL.read_text(encoding="utf-8").replace("id: bo-nho", "id: bo-qua-may-chu"), encoding="utf-8")
    code, out, _ = run(capsys, "import", path, *data, "--issue", "--json")
    assert code == 0
    version = json.loads(out)["version"]
    assert (version["id"], version["number"]) == ("bo-qua-may-chu", 1)
    _, out, _ = run(capsys, "list", *data)
    assert "bo-qua-may-chu@1" in out
    code, out, _ = run(capsys, "diff", "bo-qua-may-chu", path, *data)
    assert (code, out.splitlines()[-1]) == (0, "Không đổi 5.")
    assert run(capsys, "export", "bo-qua-may-chu", "--out", tmp_path / "ra.yaml", *data)[0] == 0
    assert "code: I.1.1" in (tmp_path / "ra.yaml").read_text(encoding="utf-8")
    assert verify_data(served.data_dir)["findings"] == []


def test_a_file_with_problems_is_refused_by_the_server_in_words(served: Served, tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "sai.yaml"
    path.write_text("id: sai", encoding="utf-8")
    code, _, err = run(capsys, "import", path, "--data", served.data_dir)
    assert code == 2
    assert "sai.yaml" in err
    assert run(capsys, "import", path, "--data", served.data_dir, "--id", "x" * 99)[0] == 2
