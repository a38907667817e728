"""Criteria sets brought in from files and written out again, on the command line."""

import json
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from cchc_core import workspace
from cchc_core.commands import OWNER
from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric.tailoring import tailored
from cchc_core.rubric_cli.served import MOST_BYTES
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_files import load_rubric, read_rubric, rubric_path
from cchc_core.rubric_shelf import versions_of
from cchc_core.rubric_yaml import to_yaml
from tests.rubric_cli.conftest import Ask, Run

SMALL = Path(__file__).parents[1] / "rubric" / "small.yaml"
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "noi-bo-phong.yaml"
SOC_TRANG = "soctrang-tttt-2022"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The small set with other points for one level and another total."""
    text = SMALL.read_text(encoding="utf-8").replace("Trả đúng hạn", "Trả kết quả đúng hạn")
    path = tmp_path / "sửa.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def table(path: Path, *rows: tuple[object, ...]) -> Path:
    """Write a table as a province might."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng"), *rows):
        book.active.append(row)
    book.save(path)
    return path


def a_table(folder: Path, points: object = 1) -> Path:
    return table(
        folder / "bộ mới.xlsx",
        ("1", "CÔNG TÁC CHỈ ĐẠO", 3, None),
        ("1.1", "Ban hành kế hoạch đúng thời gian quy định", points, "Kế hoạch"),
        ("1.2", "Tỷ lệ hoàn thành kế hoạch. Tính điểm theo công thức: Số việc hoàn thành/số việc được giao", 2, "BC"),
    )


def test_a_yaml_file_becomes_a_draft_that_only_waits_to_be_issued(run: Run, ask: Ask, data: Path) -> None:
    told = ask("rubric", "import", SMALL, "--data", data)
    assert (told["id"], told["leaves"], told["to_confirm"], told["version"]) == ("bo-nho", 4, 0, None)
    assert [finding for finding in told["findings"] if finding["level"] == "error"] == []
    kept = ask("rubric", "list", "--data", data)
    assert [draft["id"] for draft in kept["drafts"]] == ["bo-nho"]
    assert "bo-nho" not in [version["id"] for version in kept["versions"]]
    _, out, _ = run("rubric", "list", "--data", data)
    assert "(bản soạn) bo-nho" in out


def test_a_yaml_file_is_issued_at_once_where_that_is_asked_for(run: Run, ask: Ask, data: Path) -> None:
    told = ask("rubric", "import", SMALL, "--data", data, "--issue", "--note", "Ban hành lần đầu")
    version = told["version"]
    assert (version["id"], version["number"], version["note"]) == ("bo-nho", 1, "Ban hành lần đầu")
    assert version["sha256"] == fingerprint(load_rubric(SMALL))
    kept = ask("rubric", "list", "--data", data)
    assert kept["drafts"] == []
    _, out, _ = run("rubric", "list", "--data", data)
    assert "bo-nho@1  Bộ tiêu chí nhỏ (Sở Nội vụ, 2024): 4 tiêu chí, 5,0000 điểm [mới nhất]" in out


def test_what_the_command_line_did_was_done_by_the_system(ask: Ask, data: Path, changed: Path) -> None:
    ask("rubric", "import", SMALL, "--data", data, "--issue")
    ask("rubric", "import", changed, "--data", data)
    database = workspace.open_workspace(data).database
    (draft,) = keeping.list_drafts(database, OWNER)
    (version,) = versions_of(database, "bo-nho")
    workspace.close_workspace()
    assert (draft.changed_by_name, version.issued_by_name) == ("Hệ thống", "Hệ thống")


def test_what_was_brought_in_is_shown_checked_and_exported_by_id_number_and_fingerprint(
    run: Run, ask: Ask, data: Path, changed: Path, tmp_path: Path
) -> None:
    first = ask("rubric", "import", SMALL, "--data", data, "--issue")["version"]
    second = ask("rubric", "import", changed, "--data", data, "--issue")["version"]
    assert (first["number"], second["number"]) == (1, 2)
    assert ask("rubric", "check", "bo-nho", "--data", data)["findings"] == []
    for name, sha256 in (
        ("bo-nho", second["sha256"]),
        ("bo-nho@1", first["sha256"]),
        (first["sha256"], first["sha256"]),
        (second["sha256"][:12], second["sha256"]),
    ):
        out = tmp_path / "ra.yaml"
        assert run("rubric", "export", name, "--out", out, "--data", data)[0] == 0
        assert fingerprint(load_rubric(out)) == sha256
    assert run("rubric", "export", "bo-nho", "--version", 1, "--out", out, "--data", data)[0] == 0
    assert fingerprint(load_rubric(out)) == first["sha256"]
    titles = [criterion["title"] for criterion in ask("rubric", "show", "bo-nho@2", "--data", data)["criteria"]]
    assert "Trả kết quả đúng hạn" in titles
    assert "các bộ có sẵn: bo-nho@2, bo-nho@1, " in run("rubric", "show", "bo-nho@7", "--data", data)[2]


@pytest.mark.parametrize("name", ["bo-nho", "bo-nho@7", "0123456789ab", "bo-nho@1"])
def test_a_set_that_is_not_there_is_refused_in_words(run: Run, data: Path, name: str) -> None:
    code, out, err = run("rubric", "show", name, "--data", data)
    assert (code, out) == (2, "")
    assert f"không có bộ tiêu chí «{name}»" in err


def test_the_same_file_is_known_again_and_kept_once(run: Run, ask: Ask, data: Path) -> None:
    ask("rubric", "import", SMALL, "--data", data)
    code, _, err = run("rubric", "import", SMALL, "--data", data)
    assert code == 2
    assert "đã có nội dung của tệp small.yaml trong «bản soạn bo-nho»" in err
    assert len(ask("rubric", "list", "--data", data)["drafts"]) == 1


def test_a_set_that_is_a_version_already_is_not_issued_again_and_leaves_no_draft(
    run: Run, ask: Ask, data: Path, tmp_path: Path
) -> None:
    same = tmp_path / "soc-trang.yaml"
    same.write_text("# một ghi chú\n" + rubric_path(SOC_TRANG).read_text(encoding="utf-8"), encoding="utf-8")
    code, _, err = run("rubric", "import", same, "--data", data, "--issue")
    assert code == 2
    assert "phiên bản giống hệt" in err
    assert ask("rubric", "list", "--data", data)["drafts"] == []


def test_a_yaml_file_with_problems_names_every_one_and_keeps_nothing(
    run: Run, ask: Ask, data: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "sai.yaml"
    text = SMALL.read_text(encoding="utf-8").replace("max_points: 2.0000", "max_points: hai")
    wrong.write_text(text.replace("code: I.1.3", "code: I.1.2"), encoding="utf-8")
    code, out, err = run("rubric", "import", wrong, "--data", data)
    assert (code, out) == (2, "")
    assert "sai.yaml, dòng" in err
    code, out, _ = run("rubric", "import", wrong, "--data", data, "--json")
    assert code == 2
    assert all("sai.yaml" in problem["problem"] for problem in json.loads(out)["problems"])
    assert ask("rubric", "list", "--data", data)["drafts"] == []


def test_a_copy_that_is_cut_down_to_a_kind_of_body_is_no_set_to_bring_in(
    run: Run, ask: Ask, data: Path, tmp_path: Path
) -> None:
    cut = tmp_path / "rút gọn.yaml"
    cut.write_text(to_yaml(tailored(load_rubric(EXAMPLE), BodyKind.ROOM)), encoding="utf-8")
    code, _, err = run("rubric", "import", cut, "--data", data)
    assert code == 2
    assert "đã rút gọn cho «Phòng, ban thuộc Sở»" in err
    assert ask("rubric", "list", "--data", data)["drafts"] == []


def test_a_file_that_is_far_too_large_is_not_even_read(run: Run, data: Path, tmp_path: Path) -> None:
    large = tmp_path / "lớn.yaml"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    code, _, err = run("rubric", "import", large, "--data", data)
    assert code == 2
    assert "tệp lớn hơn 25 MB" in err


def test_a_table_becomes_a_draft_whose_rules_wait_to_be_confirmed(
    run: Run, ask: Ask, data: Path, tmp_path: Path
) -> None:
    path = a_table(tmp_path)
    read = ask("rubric", "check", path, "--year", 2025)
    assert (read["year"], read["leaves"]) == (2025, 2)
    told = ask("rubric", "import", path, "--data", data, "--year", 2025, "--id", "bo-moi-2025")
    assert (told["id"], told["leaves"], told["to_confirm"]) == ("bo-moi-2025", 2, 2)
    assert told["version"] is None
    assert "chưa xác nhận cách tính" in str(told["findings"])


def test_a_table_is_not_issued_before_anybody_looked_at_its_rules(
    run: Run, ask: Ask, data: Path, tmp_path: Path
) -> None:
    code, _, err = run("rubric", "import", a_table(tmp_path), "--data", data, "--issue")
    assert code == 2
    assert "phải có người xác nhận" in err
    assert ask("rubric", "list", "--data", data)["drafts"] == []


def test_a_table_with_problems_names_sheet_row_and_column_and_keeps_nothing(
    run: Run, ask: Ask, data: Path, tmp_path: Path
) -> None:
    path = a_table(tmp_path, points="một điểm rưỡi")
    for command in (("rubric", "check", path), ("rubric", "import", path, "--data", data)):
        code, out, err = run(*command)
        assert (code, out) == (2, "")
        assert "dòng 3, cột C" in err
    assert ask("rubric", "list", "--data", data)["drafts"] == []


@pytest.mark.parametrize("name", ["không-có.yaml", "không-có.xlsx"])
def test_a_file_that_is_not_there_is_refused_in_words(run: Run, data: Path, tmp_path: Path, name: str) -> None:
    code, _, err = run("rubric", "import", tmp_path / name, "--data", data)
    assert code == 2
    assert "không có tệp này" in err


def test_a_folder_without_data_is_refused_and_stays_empty(run: Run, tmp_path: Path) -> None:
    for command in (("import", SMALL), ("list",), ("show", "bo-nho")):
        code, _, err = run("rubric", *command, "--data", tmp_path)
        assert code == 2
        assert "DK-08" in err
    assert list(tmp_path.iterdir()) == []


def test_a_set_of_the_product_is_written_in_every_form(run: Run, tmp_path: Path) -> None:
    for suffix in ("yaml", "xlsx", "docx"):
        code, out, _ = run("rubric", "export", SOC_TRANG, "--out", tmp_path / f"bộ.{suffix}")
        assert (code, out) == (0, f"Đã ghi {tmp_path / f'bộ.{suffix}'}\n")
    assert fingerprint(load_rubric(tmp_path / "bộ.yaml")) == fingerprint(read_rubric(SOC_TRANG))
    sheet = openpyxl.load_workbook(tmp_path / "bộ.xlsx").active
    assert sheet is not None
    assert "Kế hoạch CCHC hàng năm" in str([[cell.value for cell in row] for row in sheet.iter_rows()])
    (printed, *_) = Document(str(tmp_path / "bộ.docx")).tables
    assert len(printed.rows) > 101


@pytest.mark.parametrize("name", ["bộ.pdf", "bộ", "không/có/bộ.yaml"])
def test_a_file_that_cannot_be_written_is_refused_in_words(run: Run, tmp_path: Path, name: str) -> None:
    code, out, err = run("rubric", "export", SOC_TRANG, "--out", tmp_path / name)
    assert (code, out) == (2, "")
    assert "hãy ghi tên tệp" in err or "Hãy sửa đường dẫn" in err
    assert list(tmp_path.rglob("*.yaml*")) == []
