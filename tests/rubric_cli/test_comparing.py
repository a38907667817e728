"""Two criteria sets compared on the command line: files, sets of the product, versions that are kept."""

from pathlib import Path

import openpyxl
import pytest

from tests.rubric_cli.conftest import Ask, Run

SMALL = Path(__file__).parents[1] / "rubric" / "small.yaml"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    text = SMALL.read_text(encoding="utf-8")
    text = text.replace("title: Trả đúng hạn", "title: Công khai thủ tục hành chính trên trang thông tin điện tử")
    text = text.replace("max_points: 2.0000", "max_points: 3.0000").replace("points: 1.5000", "points: 2.5000")
    path = tmp_path / "sửa.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_set_differs_in_nothing_from_itself(run: Run, ask: Ask) -> None:
    told = ask("rubric", "diff", SMALL, SMALL)
    assert (told["unchanged"], told["lines"], told["head"]) == (5, [], [])
    code, out, _ = run("rubric", "diff", SMALL, SMALL)
    assert code == 0
    assert out.splitlines()[-1] == "Không đổi 5."


def test_what_differs_is_told_criterion_by_criterion(run: Run, ask: Ask, changed: Path) -> None:
    told = ask("rubric", "diff", SMALL, changed)
    kinds = {line["new_code"] or line["old_code"]: line["kinds"] for line in told["lines"]}
    assert kinds["I.1.1.2"][0] == "points"
    assert "renamed" in kinds["I.1.2"]
    assert told["counts"]["points"] == 1
    _, out, _ = run("rubric", "diff", SMALL, changed)
    assert "~ I.1.1.2  Báo cáo [Đổi điểm" in out
    assert "    Điểm chuẩn: 2,0000 → 3,0000" in out
    assert "Tổng: 5,0000 điểm → 6,0000 điểm" in out


def test_the_comparison_is_written_as_a_workbook(run: Run, changed: Path, tmp_path: Path) -> None:
    out = tmp_path / "so sánh.xlsx"
    code, said, _ = run("rubric", "diff", SMALL, changed, "--out", out)
    assert (code, said.splitlines()[-1]) == (0, f"Đã ghi {out}")
    book = openpyxl.load_workbook(out)
    assert "Khác nhau" in book.sheetnames


def test_versions_that_are_kept_are_compared_by_number(ask: Ask, data: Path, changed: Path) -> None:
    for path in (SMALL, changed):
        ask("rubric", "import", path, "--data", data, "--issue")
    told = ask("rubric", "diff", "bo-nho@1", "bo-nho@2", "--data", data)
    assert [line["new_code"] for line in told["lines"]] == ["I.1.1.2", "I.1.2"]
    against_file = ask("rubric", "diff", "bo-nho", changed, "--data", data)
    assert against_file["lines"] == []


def test_a_side_that_is_not_there_is_refused_in_words(run: Run) -> None:
    code, out, err = run("rubric", "diff", SMALL, "khong-co")
    assert (code, out) == (2, "")
    assert "không có bộ tiêu chí «khong-co»" in err
