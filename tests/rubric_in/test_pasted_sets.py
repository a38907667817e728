"""Text out of a PDF: columns by tabs, by gaps or lost; page heads and numbers in between."""

import time
from decimal import Decimal

import pytest

from cchc_core.errors import BadText
from cchc_core.rubric_in.importing import read_set_text
from tests.rubric_in.sets import lines, points

WITH_TABS = """BỘ TIÊU CHÍ NĂM 2026

STT\tNỘI DUNG TIÊU CHÍ\tĐIỂM TỐI ĐA
1\tCHỈ ĐẠO, ĐIỀU HÀNH\t2,0000
1.1\tKế hoạch\t1,0000
\tĐúng hạn\t1,0000
\tTrễ hạn\t0,0000

SỐ T\tNỘI DUNG TIÊU CHÍ\tĐIỂM TỐI ĐA
1.2\tBáo cáo\t1,0000
"""
WITHOUT_COLUMNS = """BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH
STT Nội dung tiêu chí Điểm tối đa
I CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH 3,0
1.1 Ban hành kế hoạch cải cách hành chính
của sở, ngành 1,0
- Đúng thời hạn 1,0
- Không đúng thời hạn 0,0
12
STT Nội dung tiêu chí Điểm tối đa
1.2 Tỷ lệ hồ sơ đúng hạn 2,0
Dưới 70% không có điểm
II CẢI CÁCH THỂ CHẾ
5,0
2.1 Rà soát văn bản 5,0
"""


def test_tabs_are_columns_and_a_misspelt_head_of_a_page_changes_nothing() -> None:
    found = read_set_text(WITH_TABS, year=2026)
    assert found.problems == ()
    assert points(found) == {"1": "2.0000", "1.1": "1.0000", "1.2": "1.0000"}
    assert lines(found, "1.1") == [("Đúng hạn", Decimal(1)), ("Trễ hạn", Decimal(0))]
    assert found.nodes[1].place == "Văn bản dán vào, dòng 5"
    assert found.title == "BỘ TIÊU CHÍ NĂM 2026"


def test_wide_gaps_are_columns() -> None:
    found = read_set_text(WITH_TABS.replace("\t", "     "), year=2026)
    assert [each.code for each in found.nodes] == ["1", "1.1", "1.2"]


def test_lost_columns_are_found_again_by_codes_in_front_and_points_at_the_end() -> None:
    found = read_set_text(WITHOUT_COLUMNS, year=2026)
    assert found.problems == ()
    assert points(found) == {"I": "3.0", "1.1": "1.0", "1.2": "2.0", "II": "5.0", "2.1": "5.0"}
    assert found.nodes[1].title == "Ban hành kế hoạch cải cách hành chính của sở, ngành"
    assert lines(found, "1.1") == [("- Đúng thời hạn", Decimal(1)), ("- Không đúng thời hạn", Decimal(0))]
    assert lines(found, "1.2") == [("Dưới 70% không có điểm", None)]
    assert found.nodes[2].place == "Văn bản dán vào, dòng 10"


def test_the_name_of_the_text_stands_in_every_place() -> None:
    assert read_set_text(WITH_TABS, year=2026, name="QĐ 12").nodes[0].place == "QĐ 12, dòng 4"


@pytest.mark.parametrize(
    ("text", "said"), [("", "chưa có chữ nào"), (" \n\t\n", "chưa có chữ nào"), ("a" * 500_001, "quá")]
)
def test_a_text_that_is_none_or_endless_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadText, match=said):
        read_set_text(text, year=2026)


def test_codes_that_slipped_below_their_titles_are_given_back_and_told() -> None:
    rows = ["STT\tNỘI DUNG TIÊU CHÍ\tĐIỂM TỐI ĐA", "1\tCHỈ ĐẠO\t3,0"]
    for place in range(1, 4):
        rows += [f"\tTiêu chí {place}\t1,0", f"1.{place}\t1. Đạt\t1,0", "\t2. Không đạt\t0,0"]
    found = read_set_text("\n".join(rows), year=2026)
    assert found.problems == ()
    assert [(each.code, each.title) for each in found.nodes[1:]] == [(f"1.{n}", f"Tiêu chí {n}") for n in range(1, 4)]
    assert lines(found, "1.2") == [("1. Đạt", Decimal(1)), ("2. Không đạt", Decimal(0))]
    assert any("Mã in lệch xuống dưới tên tiêu chí" in note for note in found.notes)


def test_a_line_for_each_cell_is_a_table_too() -> None:
    cells = [["STT", "Nội dung", "Sản phẩm"], ["1", "CHỈ ĐẠO", ""], ["1.1", "Kế hoạch", "Kế hoạch\nBáo cáo"]]
    text = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in cells)
    found = read_set_text(text, year=2026)
    assert [(each.code, each.title) for each in found.nodes] == [("1", "CHỈ ĐẠO"), ("1.1", "Kế hoạch")]
    assert [each.text for each in found.nodes[1].evidence] == ["Kế hoạch", "Báo cáo"]


def test_two_parts_that_were_both_printed_as_1_are_told_apart() -> None:
    text = WITH_TABS.replace("1\tCHỈ", "1\tKẾT QUẢ THỰC HIỆN\t2,0000\n1\tCHỈ").rstrip()
    found = read_set_text(f"{text}\nII\tTÁC ĐỘNG\t1,0\n1\tCHẤT LƯỢNG\t1,0\n1.1\tHài lòng\t1,0", year=2026)
    assert [each.code for each in found.nodes] == ["I", "I.1", "I.1.1", "I.1.2", "II", "II.1", "II.1.1"]
    assert any("trùng với dòng ngay dưới; được đọc là I" in note for note in found.notes)


WHOLE_DOCUMENT = f"""KẾ HOẠCH
I. MỤC ĐÍCH
1. Thực hiện theo Phụ lục 02 đính kèm.

PHỤ LỤC 01
PHÂN CÔNG NHIỆM VỤ
STT\tNHIỆM VỤ\tĐƠN VỊ CHỦ TRÌ
1\tBan hành kế hoạch\tVăn phòng
1.1\tTự kiểm tra\tThanh tra

PHỤ LỤC 02
{WITH_TABS}"""


def test_of_a_whole_document_only_the_annex_with_the_criteria_is_read() -> None:
    found = read_set_text(WHOLE_DOCUMENT, year=2026)
    assert found.problems == ()
    assert points(found) == points(read_set_text(WITH_TABS, year=2026))
    assert found.nodes[0].place == "Văn bản dán vào, phụ lục 02, dòng 15"
    assert any(note.startswith("Văn bản dán vào: không có bảng") for note in found.notes)


def test_two_annexes_with_criteria_are_chosen_from() -> None:
    text = f"PHỤ LỤC 01\n{WITH_TABS}\nPHỤ LỤC 02\n{WITH_TABS}"
    asked = read_set_text(text, year=2026)
    assert [each.to_do for each in asked.problems] == ["Hãy chọn bảng cần đọc."]
    found = read_set_text(text, year=2026, tables=asked.tables[:1])
    assert found.problems == ()
    assert len(found.nodes) == 3


def test_a_problem_of_pasted_text_speaks_of_lines_and_not_of_cells() -> None:
    told = [each.sentence for each in read_set_text(f"{WITH_TABS}1.1\tHọp\tmột\n", year=2026).problems]
    assert len(told) == 2
    assert not any("cột" in each.split(":")[0] or "định dạng ô" in each for each in told)


WHOLE_POINTS = """BỘ TIÊU CHÍ NĂM 2026
TT Lĩnh vực/Tiêu chí Điểm tối đa
1 CÔNG TÁC CHỈ ĐẠO 10
1.1 Kế hoạch CCHC 4
1.1.1 Ban hành kế hoạch 2
Đúng hạn 2
Chậm 1
Không ban hành 0
1.1.2 Mức độ hoàn thành trong quý 4
năm 2026 2
(Tỷ lệ % x 2)/100%. Nếu tỷ lệ < 0,7 thì điểm đánh giá là 0
1.2 Báo cáo 6
2 CẢI CÁCH THỂ CHẾ 5
2.1 Rà soát văn bản 5
TỔNG CỘNG 15
"""


def test_whole_points_at_the_ends_of_lines_are_points_but_quarters_and_years_are_not() -> None:
    found = read_set_text(WHOLE_POINTS, year=2026)
    assert found.problems == ()
    assert found.declared_total == 15
    assert points(found) == {
        "1": "10", "1.1": "4", "1.1.1": "2", "1.1.2": "2", "1.2": "6", "2": "5", "2.1": "5",
    }  # fmt: skip
    assert lines(found, "1.1.1") == [("Đúng hạn", Decimal(2)), ("Chậm", Decimal(1)), ("Không ban hành", Decimal(0))]
    assert [text for text, _ in lines(found, "1.1.2")] == ["(Tỷ lệ % x 2)/100%. Nếu tỷ lệ < 0,7 thì điểm đánh giá là 0"]


def test_a_text_whose_titles_end_in_figures_only_now_and_then_keeps_them() -> None:
    text = "1 CHỈ ĐẠO\n1.1 Kế hoạch 5\n1.2 Báo cáo\n1.3 Kiểm tra\n1.4 Tuyên truyền"
    assert set(points(read_set_text(text, year=2026)).values()) == {None}


def test_a_long_run_of_spaces_is_read_at_once() -> None:
    started = time.perf_counter()
    read_set_text(f"1{' ' * 20_000}2\n1.1 Kế hoạch 1\n", year=2026)
    assert time.perf_counter() - started < 2
