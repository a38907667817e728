"""A printed set becomes a tree, whatever its layout; what is odd is told, what is wrong is a problem at its cell."""

from decimal import Decimal

import pytest

from cchc_core.rubric_in.importing import read_set_file
from tests.rubric_in.sets import HEAD, lines, node, points, set_of, set_of_book, shape
from tests.tasks_in.sheets import book_of

PARTS = """
|  | TỔNG CỘNG: | 100,0000 |  |  |
| I | KẾT QUẢ THỰC HIỆN | 63,0000 |  |  |
| 1 | CÔNG TÁC CHỈ ĐẠO | 14,5000 |  |  |
| 1.1 | Kế hoạch CCHC năm | 0,5000 | - Kế hoạch (năm 2026); / - Tờ trình |  |
|  | Đúng thời hạn | 0,5000 |  |  |
|  | Không đúng | 0 |  |  |
| 1.2 | Tuyên truyền | 2,0 |  |  |
| 1.2.1 | Tin, bài | 1,5 | Tin, bài | theo quý |
| 1.2.2 | Hội thi | 0,5 |  |  |
| II | TÁC ĐỘNG | 37,0000 |  |  |
| 1 | Tác động của chỉ đạo | 18 |  |  |
| 1.1 | Nâng cao chỉ số | 1 |  |  |
"""


def test_parts_sections_and_criteria_are_told_apart_and_codes_that_repeat_get_their_part_in_front() -> None:
    found = set_of(PARTS)
    assert found.problems == ()
    assert shape(found) == [
        ("I", "part", None),
        ("I.1", "section", "I"),
        ("I.1.1", "criterion", "I.1"),
        ("I.1.2", "criterion", "I.1"),
        ("I.1.2.1", "criterion", "I.1.2"),
        ("I.1.2.2", "criterion", "I.1.2"),
        ("II", "part", None),
        ("II.1", "section", "II"),
        ("II.1.1", "criterion", "II.1"),
    ]
    assert found.declared_total == Decimal(100)
    assert points(found)["I.1"] == "14.5000"


def test_a_row_without_a_code_is_a_line_of_the_criterion_above_with_its_points() -> None:
    found = set_of(PARTS)
    assert lines(found, "I.1.1") == [("Đúng thời hạn", Decimal("0.5000")), ("Không đúng", Decimal(0))]
    assert node(found, "I.1.1").lines[1].place == "Tệp CSV, dòng 7"


def test_every_leaf_and_no_group_has_a_proposal() -> None:
    found = set_of(PARTS)
    groups = {each.parent for each in found.nodes}
    assert all((each.proposal is None) is (each.code in groups) for each in found.nodes)


def test_the_documents_of_a_cell_are_parted_and_their_dates_kept() -> None:
    evidence = node(set_of(PARTS), "I.1.1").evidence
    assert [(each.text, each.dates) for each in evidence] == [
        ("Kế hoạch", "năm 2026"),
        ("Tờ trình", None),
    ]


def test_the_note_of_a_row_is_kept_under_the_key_of_the_file() -> None:
    assert node(set_of(PARTS), "I.1.2.1").texts == {"note": "theo quý"}


def test_sections_in_roman_numbers_are_sections_when_criteria_stand_right_below() -> None:
    found = set_of(
        """
| I | CHỈ ĐẠO, ĐIỀU HÀNH | 3 |  |  |
| 1 | Kế hoạch | 1 |  |  |
| 2 | Báo cáo | 2 |  |  |
| II | THỂ CHẾ | 2 |  |  |
| 1 | Rà soát | 2 |  |  |
"""
    )
    assert shape(found) == [
        ("I", "section", None),
        ("I.1", "criterion", "I"),
        ("I.2", "criterion", "I"),
        ("II", "section", None),
        ("II.1", "criterion", "II"),
    ]


def test_roman_sections_over_codes_of_their_number_are_found() -> None:
    found = set_of(
        "| I | CHỈ ĐẠO | 2 | | |\n"
        "| 1.1 | A | 1 | | |\n"
        "| 1.2 | B | 1 | | |\n"
        "| II | THỂ CHẾ | 1 | | |\n"
        "| 2.1 | C | 1 | | |"
    )
    assert found.problems == ()
    assert [(code, parent) for code, _, parent in shape(found)] == [
        ("I", None),
        ("1.1", "I"),
        ("1.2", "I"),
        ("II", None),
        ("2.1", "II"),
    ]


def test_letters_over_roman_numbers_are_parts() -> None:
    found = set_of(
        "| A | PHẦN CHUNG | 2 | | |\n"
        "| I | CHỈ ĐẠO | 2 | | |\n"
        "| 1 | Kế hoạch | 2 | | |\n"
        "| B | RIÊNG | 1 | | |\n"
        "| I | THỂ CHẾ | 1 | | |\n"
        "| 1 | Rà soát | 1 | | |"
    )
    assert shape(found) == [
        ("A", "part", None),
        ("A.I", "section", "A"),
        ("A.I.1", "criterion", "A.I"),
        ("B", "part", None),
        ("B.I", "section", "B"),
        ("B.I.1", "criterion", "B.I"),
    ]


def test_what_a_row_calls_itself_counts_for_more_than_how_it_is_numbered() -> None:
    found = set_of(
        "| Lĩnh vực 1 | Chỉ đạo | 1 | | |\n"
        "| Tiêu chí 1.1 | Kế hoạch | 1 | | |\n"
        "| Lĩnh vực 2 | Thể chế | 1 | | |\n"
        "| 2.1 | Rà soát | 1 | | |"
    )
    assert [(code, kind) for code, kind, _ in shape(found)] == [
        ("1", "section"),
        ("1.1", "criterion"),
        ("2", "section"),
        ("2.1", "criterion"),
    ]


def test_letters_below_a_criterion_are_criteria_when_they_add_up_and_levels_when_they_do_not() -> None:
    found = set_of(
        """
| 1 | CHỈ ĐẠO | 2 |  |  |
| 1.1 | Ban hành | 1 |  |  |
| a) | Kế hoạch | 0,4 |  |  |
| b) | Báo cáo | 0,6 |  |  |
| 1.2 | Thời hạn | 1 |  |  |
| a) | Đúng hạn | 1 |  |  |
| b) | Trễ hạn | 0 |  |  |
"""
    )
    assert [code for code, _, _ in shape(found)] == ["1", "1.1", "1.1.a", "1.1.b", "1.2"]
    assert lines(found, "1.2") == [("a) Đúng hạn", Decimal(1)), ("b) Trễ hạn", Decimal(0))]


def test_a_cell_with_several_lines_and_as_many_points_pairs_them() -> None:
    found = set_of(
        "| 1 | CHỈ ĐẠO | 2 | | |\n"
        "| 1.1 | Hội thi 1. Tham gia 2. Trả lời đúng 3. Đạt giải | 2 0,5000 1,0000 0,5000 | | |"
    )
    assert node(found, "1.1").max_points == Decimal(2)
    assert [each for _, each in lines(found, "1.1")] == [Decimal("0.5"), Decimal(1), Decimal("0.5")]


def test_points_that_fit_no_lines_are_told_and_not_guessed() -> None:
    found = set_of("| 1 | CHỈ ĐẠO | 2 | | |\n| 1.1 | Kế hoạch năm | 2 0,5 1,0 | | |")
    assert lines(found, "1.1") == []
    assert any("số điểm in không khớp số dòng chữ" in note for note in found.notes)


def test_a_section_without_criteria_becomes_one_and_says_so() -> None:
    found = set_of("| 1 | CHỈ ĐẠO | 1 | | |\n| 1.1 | Kế hoạch | 1 | | |\n| 2 | SÁNG KIẾN | 2 | Quyết định | |")
    assert shape(found)[2:] == [("2", "section", None), ("2.1", "criterion", "2")]
    assert node(found, "2.1").max_points == Decimal(2)
    assert node(found, "2.1").evidence[0].text == "Quyết định"
    assert any("chính nó thành một tiêu chí, mã 2.1" in note for note in found.notes)


def test_bonuses_without_a_code_get_the_next_one() -> None:
    found = set_of(
        "| I | CHỈ ĐẠO | 1 | | |\n| 1 | Kế hoạch | 1 | | |\n|  | ĐIỂM THƯỞNG | 2 | | |\n| 1 | Sáng kiến | 2 | | |"
    )
    assert [code for code, _, _ in shape(found)] == ["I", "I.1", "II", "II.1"]


def test_points_with_a_minus_are_a_penalty_of_that_size() -> None:
    found = set_of("| 1 | CHỈ ĐẠO | 1 | | |\n| 1.1 | Chậm báo cáo | -0,5 | | |")
    assert node(found, "1.1").max_points == Decimal("0.5")
    proposal = node(found, "1.1").proposal
    assert proposal is not None
    assert proposal.effect.value == "penalty"


def test_a_header_that_stands_again_is_the_next_page_of_the_same_table() -> None:
    found = set_of(
        f"| 1 | CHỈ ĐẠO | 1 | | |\n| 1.1 | Kế hoạch | 1 | | |\n{HEAD}\n"
        "|  | Đúng hạn | 1 | | |\n| 1.2 | Báo cáo | 1 | | |"
    )
    assert [code for code, _, _ in shape(found)] == ["1", "1.1", "1.2"]
    assert lines(found, "1.1") == [("Đúng hạn", Decimal(1))]


def test_a_row_that_numbers_the_columns_is_no_criterion() -> None:
    found = set_of("| (1) | (2) | (3) | (4) | (5) |\n| 1 | CHỈ ĐẠO | 1 | | |\n| 1.1 | Kế hoạch | 1 | | |")
    assert [code for code, _, _ in shape(found)] == ["1", "1.1"]


def test_points_that_others_give_are_not_read_and_told() -> None:
    found = set_of(
        "| 1 | CHỈ ĐẠO | 1 | 0,5 |\n| 1.1 | Kế hoạch | 1 | 0,5 |",
        head="| TT | Nội dung | Điểm chuẩn | Điểm tự chấm |",
    )
    assert points(found) == {"1": "1", "1.1": "1"}
    assert any("«Điểm tự chấm» là điểm do người chấm ghi" in note for note in found.notes)
    assert [column.field for column in found.columns] == ["Mã", "Nội dung tiêu chí", "Điểm tối đa", ""]


def test_a_header_of_two_rows_is_read_by_its_lower_names() -> None:
    found = set_of(
        "| 1 | CHỈ ĐẠO | 1 | |\n| 1.1 | Kế hoạch | 1 | |",
        head="| TT | Tiêu chí | Điểm | |\n|  |  | Tối đa | Tự chấm |",
    )
    assert points(found) == {"1": "1", "1.1": "1"}


def test_levels_in_columns_side_by_side_become_a_tree() -> None:
    found = set_of(
        """
| 1. Chỉ đạo | 1.1. Kế hoạch | 1.1.1. Ban hành | 0,5 |
|  |  | 1.1.2. Thực hiện | 1 |
|  | 1.2. Báo cáo | 1.2.1. Đúng hạn | 1 |
| 2. Thể chế | 2.1. Rà soát | 2.1.1. Kế hoạch | 1 |
""",
        head="| Lĩnh vực | Tiêu chí | Tiêu chí thành phần | Điểm |",
    )
    assert found.problems == ()
    assert [code for code, _, _ in shape(found)] == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2", "2.1", "2.1.1"]
    assert points(found)["1.1.2"] == "1"


def test_levels_without_codes_are_numbered_and_told() -> None:
    found = set_of(
        "| Chỉ đạo | Kế hoạch | 0,5 |\n|  | Báo cáo | 1 |\n| Thể chế | Rà soát | 1 |",
        head="| Lĩnh vực | Tiêu chí | Điểm |",
    )
    assert shape(found) == [
        ("1", "section", None),
        ("1.1", "criterion", "1"),
        ("1.2", "criterion", "1"),
        ("2", "section", None),
        ("2.1", "criterion", "2"),
    ]
    assert any("bảng không in mã ở từng cấp" in note for note in found.notes)


def test_codes_in_front_of_titles_are_read_and_numbers_of_lines_are_not() -> None:
    found = set_of(
        "| I. CHỈ ĐẠO | 2 |\n"
        "| 1.1. Kế hoạch | 1 |\n"
        "| 1. Đúng hạn | 1 |\n"
        "| 2. Trễ hạn | 0 |\n"
        "| 1.2. Báo cáo | 1 |\n"
        "| 1.3. Họp | 1 |",
        head="| Nội dung tiêu chí | Điểm tối đa |",
    )
    assert [code for code, _, _ in shape(found)] == ["I", "1.1", "1.2", "1.3"]
    assert [text for text, _ in lines(found, "1.1")] == ["1. Đúng hạn", "2. Trễ hạn"]


def test_a_heading_whose_code_is_not_printed_is_found_by_the_codes_below() -> None:
    found = set_of(
        "| 1 | CHỈ ĐẠO | 1 | | |\n"
        "| 1.1 | Kế hoạch | 1 | | |\n"
        "|  | CẢI CÁCH THỂ CHẾ | 3 | | |\n"
        "| 2.1 | Rà soát | 3 | | |"
    )
    assert found.problems == ()
    assert shape(found)[2:] == [("2", "section", None), ("2.1", "criterion", "2")]
    assert any("«CẢI CÁCH THỂ CHẾ» không in mã; theo các mã bên dưới, được đọc là 2" in note for note in found.notes)


def test_what_stands_below_the_signature_is_not_read() -> None:
    found = set_of("| 1 | CHỈ ĐẠO | 1 | | |\n| 1.1 | Kế hoạch | 1 | | |\n|  | NƠI NHẬN: | | | |\n|  | Như trên | | | |")
    assert lines(found, "1.1") == []
    assert any("coi là hết bảng" in note for note in found.notes)


def test_the_head_above_the_table_gives_title_issuer_year_and_document() -> None:
    found = set_of(
        f"""
| UBND TỈNH BẮC AN | | | | |
| BỘ TIÊU CHÍ | | | | |
| ĐÁNH GIÁ CẢI CÁCH HÀNH CHÍNH CỦA SỞ | | | | |
| (Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2025 của UBND tỉnh Bắc An) | | | | |
{HEAD}
| 1 | CHỈ ĐẠO | 1 | | |
| 1.1 | Kế hoạch | 1 | | |
""",
        head="",
    )
    assert found.title == "BỘ TIÊU CHÍ ĐÁNH GIÁ CẢI CÁCH HÀNH CHÍNH CỦA SỞ"
    assert found.issuer == "UBND tỉnh Bắc An"
    assert found.year == 2025
    assert found.document.startswith("Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2025")


def test_a_year_that_nothing_names_is_the_one_that_was_asked_for() -> None:
    assert set_of("| 1 | CHỈ ĐẠO | 1 | | |\n| 1.1 | Kế hoạch | 1 | | |", year=2031).year == 2031


def test_parts_on_two_sheets_are_one_set() -> None:
    first = f"{HEAD}\n| I | KẾT QUẢ | 1 | | |\n| 1 | CHỈ ĐẠO | 1 | | |\n| 1.1 | Kế hoạch | 1 | | |"
    second = f"{HEAD}\n| II | TÁC ĐỘNG | 1 | | |\n| 1 | CHẤT LƯỢNG | 1 | | |\n| 1.1 | Hài lòng | 1 | | |"
    found = set_of_book(first, second, names=("Phần I", "Phần II"))
    assert found.problems == ()
    assert [each.code for each in found.nodes] == ["I", "I.1", "I.1.1", "II", "II.1", "II.1.1"]
    assert node(found, "II.1.1").place == "Trang tính «Phần II», dòng 4"


def test_two_sets_in_one_file_are_asked_about_and_the_chosen_one_is_read() -> None:
    one = f"{HEAD}\n| 1 | CHỈ ĐẠO | 1 | | |\n| 1.1 | Kế hoạch của sở | 1 | | |"
    other = f"{HEAD}\n| 1 | CHỈ ĐẠO | 2 | | |\n| 1.1 | Kế hoạch của huyện | 2 | | |"
    content = book_of(one, other, names=("Sở", "Huyện"))
    asked = read_set_file(content, "bo.xlsx", year=2026)
    assert asked.tables == ("Sở", "Huyện")
    assert asked.nodes == ()
    assert [each.sentence for each in asked.problems] == [
        "Cả tệp: có 2 bảng tiêu chí khác nhau: «Sở», «Huyện». Hãy chọn bảng cần đọc."
    ]
    found = read_set_file(content, "bo.xlsx", year=2026, tables=("Huyện",))
    assert found.problems == ()
    assert node(found, "1.1").title == "Kế hoạch của huyện"
    assert found.file_sha256 == asked.file_sha256


def test_a_table_without_points_beside_one_that_has_them_is_left_out_and_told() -> None:
    tasks = "| STT | Nhiệm vụ | Sản phẩm |\n| 1 | Kế hoạch | Kế hoạch |\n| 2 | Báo cáo | Báo cáo |"
    found = set_of_book(tasks, f"{HEAD}\n| 1 | CHỈ ĐẠO | 1 | | |\n| 1.1 | Kế hoạch | 1 | | |", names=("PL1", "PL2"))
    assert [each.code for each in found.nodes] == ["1", "1.1"]
    assert "Trang tính «PL1»: bảng «PL1» không có cột điểm, không đọc." in found.notes


def test_a_set_without_points_is_read_and_says_that_it_has_none() -> None:
    found = set_of("| 1 | CHỈ ĐẠO | Kế hoạch |\n| 1.1 | Ban hành | Quyết định |", head="| STT | Nội dung | Sản phẩm |")
    assert found.problems == ()
    assert any("bảng không có cột điểm" in note for note in found.notes)


def test_cells_merged_downwards_belong_to_each_of_their_rows() -> None:
    def merge(book: object) -> None:
        sheet = book.active  # type: ignore[attr-defined]
        sheet.merge_cells("A3:A5")
        sheet.merge_cells("D3:D6")

    found = set_of_book(
        f"{HEAD}\n| 1 | CHỈ ĐẠO | 2 | | |\n| 1.1 | Kế hoạch | 1 | Kế hoạch CCHC | |\n"
        "|  | Đúng hạn | 1 | | |\n|  | Trễ | 0 | | |\n| 1.2 | Báo cáo | 1 | | |",
        change=merge,
    )
    assert [each.code for each in found.nodes] == ["1", "1.1", "1.2"]
    assert lines(found, "1.1") == [("Đúng hạn", Decimal(1)), ("Trễ", Decimal(0))]
    assert [each.text for each in node(found, "1.2").evidence] == ["Kế hoạch CCHC"]
    assert [each.text for each in node(found, "1.1").evidence] == ["Kế hoạch CCHC"]


def test_a_column_of_how_to_score_gives_lines_and_leads_and_helpers_one_text() -> None:
    found = set_of(
        "| 1 | CHỈ ĐẠO | 1 | | | |\n"
        "| 1.1 | Kế hoạch | 1 | Đúng hạn: 1 điểm / Trễ hạn: 0 điểm | Văn phòng | Các phòng |",
        head="| STT | Tiêu chí | Điểm | Phương pháp tính | Đơn vị chủ trì | Phối hợp |",
    )
    assert [text for text, _ in lines(found, "1.1")] == ["Đúng hạn: 1 điểm", "Trễ hạn: 0 điểm"]
    assert node(found, "1.1").texts == {"responsible": "Văn phòng; phối hợp: Các phòng"}


@pytest.mark.parametrize("title", ["BỘ TIÊU CHÍ CHẤM ĐIỂM CÁC PHÒNG NĂM 2027", "Nội dung chấm điểm năm 2027"])
def test_a_title_right_above_the_header_is_the_title_of_the_set(title: str) -> None:
    table = f"| {title} | | |\n| STT | Nội dung | Điểm |\n| 1 | Chỉ đạo | 1 |\n| 1.1 | Kế hoạch | 1 |"
    found = set_of(table, head="")
    assert (found.title, found.year) == (title, 2027)
    assert [each.name for each in found.columns] == ["STT", "Nội dung", "Điểm"]


def test_a_plain_list_of_criteria_is_one_section() -> None:
    found = set_of("| 1 | Kế hoạch | 1 |\n| 2 | Báo cáo | 2 |\n| 3 | Họp | 3 |", head="| STT | Nội dung | Điểm |")
    assert shape(found) == [
        ("I", "section", None),
        ("1", "criterion", "I"),
        ("2", "criterion", "I"),
        ("3", "criterion", "I"),
    ]
    assert any("không chia lĩnh vực" in note for note in found.notes)


LEVELS_IN_EVERY_ROW = """
| Chỉ đạo | Kế hoạch | Đúng hạn | 1 |
| Chỉ đạo | Kế hoạch | Đủ nội dung | 2 |
| Chỉ đạo | Báo cáo | Đúng hạn | 3 |
| Thể chế | Báo cáo | Đúng hạn | 4 |
"""


def test_levels_that_are_written_in_every_row_are_one_level_each() -> None:
    found = set_of(LEVELS_IN_EVERY_ROW, head="| Lĩnh vực | Tiêu chí | Tiêu chí thành phần | Điểm |")
    assert [each.code for each in found.nodes] == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2", "2.1", "2.1.1"]
    assert [points(found)[code] for code in ("1.1.1", "1.1.2", "1.2.1", "2.1.1")] == ["1", "2", "3", "4"]


def test_points_at_the_end_of_a_title_count_where_no_column_has_them_and_are_told() -> None:
    rows = (
        "I | Chỉ đạo (10 điểm) |",
        "1 | Kế hoạch: 4,5 điểm |",
        "2 | Thưởng (tối đa 5 điểm) |",
        "3 | Họp (1 điểm) | 2",
    )
    found = set_of("\n".join(f"| {row} |" for row in rows), head="| STT | Nội dung | Điểm |")
    assert points(found) == {"I": "10", "1": "4.5", "2": None, "3": "2"}
    assert any(note.endswith("không có ở cột điểm: I, 1.") for note in found.notes)
