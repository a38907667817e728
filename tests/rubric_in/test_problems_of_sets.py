"""What is wrong in a set is named by its cell with what to do; a file that is no set is refused in words."""

import pytest

from cchc_core.errors import BadText
from cchc_core.rubric_in.importing import read_set_file
from tests.rubric_in.sets import set_of
from tests.tasks_in.sheets import csv_of, zip_of


@pytest.mark.parametrize(
    ("table", "where", "problem", "to_do"),
    [
        (
            "| 1 | A | 1 | | |\n| 1.1 | B | 1 | | |\n| 1.1 | C | 1 | | |",
            "dòng 4, cột 1 (A)",
            "mã «1.1» đã có ở",
            "đánh lại mã",
        ),
        (
            "| 1 | A | 1 | | |\n| 1.2.1 | B | 1 | | |",
            "dòng 3, cột 1 (A)",
            "mã 1.2.1 không có dòng 1.2",
            "thêm dòng 1.2",
        ),
        ("| 1 | A | 1 | | |\n| 1.1 | B | một | | |", "dòng 3, cột 3 (C)", "«một» không phải là điểm", "ghi một số"),
        ("| 1 | A | 1 | | |\n| 1.1 | B | 1.234 | | |", "dòng 3, cột 3 (C)", "1,234 hoặc 1.234", "dấu phẩy thập phân"),
        ("| 1 | A | 1 | | |\n| 1.1 | B | 0,12345 | | |", "dòng 3, cột 3 (C)", "quá bốn chữ số", "bốn chữ số thập phân"),
        ("| 1 | A | 1 | | |\n| 1.1 |  | 1 | | |", "dòng 3, cột 2 (B)", "mã 1.1 không có nội dung", "ghi nội dung"),
        ("| 1 | A | 1 | | |\n| Điều 5 | B | 1 | | |", "dòng 3, cột 1 (A)", "không phải là mã", "ghi mã như I, 1"),
        ("|  | Kế hoạch | 1 | | |\n| 1 | A | 1 | | |", "dòng 2, cột 1 (A)", "có điểm nhưng không có mã", "ghi mã"),
    ],
)
def test_what_is_wrong_is_named_by_its_cell_with_what_to_do(table: str, where: str, problem: str, to_do: str) -> None:
    found = [each for each in set_of(table).problems if where in each.where]
    assert any(problem in each.problem and to_do in each.to_do for each in found)


def test_a_set_with_problems_still_gives_the_rows_that_were_read() -> None:
    found = set_of("| 1 | A | 1 | | |\n| 1.1 | B | một | | |\n| 1.2 | C | 1 | | |")
    assert len(found.problems) == 1
    assert [each.code for each in found.nodes] == ["1", "1.1", "1.2"]


def test_leaves_without_points_are_a_note_and_no_problem() -> None:
    found = set_of("| 1 | A | 1 | | |\n| 1.1 | B | 1 | | |\n| 1.2 | C |  | | |")
    assert found.problems == ()
    assert "Chưa có điểm tối đa: 1.2." in found.notes


def test_a_file_without_any_table_of_criteria_says_what_a_table_needs() -> None:
    found = read_set_file(csv_of("| Kính gửi | Sở |\n| Xin chào | các bạn |"), "a.csv", year=2026)
    assert found.nodes == ()
    assert "không tìm thấy dòng tiêu đề" in found.problems[0].problem


def test_two_columns_that_both_say_points_are_a_problem() -> None:
    found = set_of("| 1 | A | 1 | 2 |\n| 1.1 | B | 1 | 2 |", head="| STT | Tiêu chí | Điểm chuẩn | Điểm tối đa |")
    assert any("đều là «Điểm tối đa»" in each.problem for each in found.problems)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(BadText, match="tệp rỗng"):
        read_set_file(b"", "a.xlsx", year=2026)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zip_of({"xl/workbook.xml": b"x", "xl/x.xml": b" " * (60 << 20)}), "lớn bất thường"),
        (zip_of({"xl/workbook.xml": b"x", "xl/vbaProject.bin": b"x"}), "macro"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook".encode("utf-16-le"), "Excel cũ"),
        (b"<html><table></table></html>", "trang web"),
    ],
)
def test_a_hostile_or_old_file_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(BadText, match=said) as refused:
        read_set_file(content, "bo.xlsx", year=2026)
    assert "Hãy " in str(refused.value)


def test_a_file_of_far_too_many_rows_is_no_set() -> None:
    content = ("STT;Nội dung tiêu chí;Điểm\n" + "1;Kế hoạch;1\n" * 10_001).encode()
    with pytest.raises(BadText, match=r"quá 10\.000 dòng"):
        read_set_file(content, "bo.csv", year=2026)


def test_codes_that_never_end_nest_no_deeper_than_a_set_can() -> None:
    found = set_of("\n".join("| 1 | Kế hoạch | 1 | | |" for _ in range(60)))
    depth: dict[str | None, int] = {None: 0}
    for each in found.nodes:
        depth[each.code] = depth[each.parent] + 1
    assert max(depth.values()) <= 7
    assert any("đã có ở" in problem.problem for problem in found.problems)


def test_points_of_levels_in_a_column_of_their_own_are_refused_with_a_way_to_write_them() -> None:
    found = set_of("| 1 | Chỉ đạo | 1 | Đúng hạn | 1 |", head="| STT | Tiêu chí | Điểm tối đa | Phương án | Điểm |")
    assert ["«Đúng hạn: 1»" in each.to_do for each in found.problems] == [True]
    assert [(each.name, each.field) for each in found.columns][3] == ("Phương án", "Cách chấm")
