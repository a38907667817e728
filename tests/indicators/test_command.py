"""`indicator list`: the JSON that others read, the lines that people read, and bad files told on the right stream."""

import json
from pathlib import Path

import pytest

from cchc_core.cli import main
from cchc_core.indicators import files
from cchc_core.indicators.files import read_indicators
from cchc_core.indicators.listing import indicators_to_json, lines_of

Output = pytest.CaptureFixture[str]
SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")


def test_the_statistics_are_listed_as_the_contract_says(capsys: Output) -> None:
    assert main(["indicator", "list", "--json"]) == 0
    out, err = capsys.readouterr()
    rows = json.loads(out)
    assert (len(rows), err) == (104, "")
    assert rows == indicators_to_json(read_indicators("sonla-2024"))
    for row in rows:
        assert list(row) == ["code", "section", "group", "title", "unit", "kind", "level"]
        assert all(isinstance(row[key], str) and row[key] for key in ("code", "section", "title", "unit", "kind"))
        assert all(row[key] is None or isinstance(row[key], str) for key in ("group", "level"))


def test_the_statistics_are_listed_for_people_by_section(capsys: Output) -> None:
    assert main(["indicator", "list"]) == 0
    out, err = capsys.readouterr()
    assert (out.splitlines(), err) == (list(lines_of(read_indicators("sonla-2024"))), "")


@pytest.mark.parametrize("as_json", [False, True])
def test_a_bad_file_is_told_beside_what_can_be_read(
    capsys: Output, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    (tmp_path / "bieu-nho.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "hong.yaml").write_text("id: hong\n", encoding="utf-8")
    monkeypatch.setattr(files, "INDICATORS_DIR", tmp_path)
    assert main(["indicator", "list", *(["--json"] if as_json else [])]) == 1
    out, err = capsys.readouterr()
    listed = len(json.loads(out)) if as_json else len([line for line in out.splitlines() if line.endswith("]")])
    assert listed == 5
    assert all(line.startswith("hong.yaml, dòng ") for line in err.splitlines())
    assert err
