"""Plans out of workbooks: what was printed comes back as it was, every problem is named by sheet, row and column."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl.styles import Font

from cchc_core.plans.files import read_plan
from cchc_core.table_files import to_csv, to_xlsx
from cchc_core.tasks.draft import PlanDraft, draft_of
from cchc_core.tasks.import_columns import Field
from cchc_core.tasks.importing import Preview, read_plan_file
from cchc_core.tasks.plan_form import blank_form, form_of_draft
from tests.tasks_in.sheets import HEAD, book_of, csv_of

_COLUMNS = ("code", "title", "group_code", "group_title", "lead_text", "coordinating", "time_text", "funding")


def _read(content: bytes, name: str = "ke-hoach.xlsx", sheet: str | None = None) -> Preview:
    return read_plan_file(content, name, year=2025, sheet=sheet)


def _said(preview: Preview) -> list[str]:
    return [problem.sentence for problem in preview.problems]


def _draft(preview: Preview) -> PlanDraft:
    assert _said(preview) == []
    assert preview.draft is not None
    return preview.draft


@pytest.mark.parametrize(
    ("plan_id", "count"), [("namdinh-sxd-2024", 43), ("soctrang-tttt-2022", 45), ("khanhhoa-snv-2024", 48)]
)
@pytest.mark.parametrize("write", [to_xlsx, to_csv])
def test_a_shipped_plan_that_was_taken_away_comes_back_the_same(
    plan_id: str, count: int, write: Callable[[Any], bytes]
) -> None:
    shipped = draft_of(read_plan(plan_id))
    name = "ke-hoach.xlsx" if write is to_xlsx else "ke-hoach.csv"
    draft = _draft(_read(write(form_of_draft(shipped)), name))
    assert len(draft.tasks) == count
    for before, after in zip(shipped.tasks, draft.tasks, strict=True):
        assert [getattr(after, key) for key in _COLUMNS] == [getattr(before, key) for key in _COLUMNS]
        assert (after.how, after.note) == (before.how.strip(), before.note.strip())
        assert after.occurrences(shipped.year) == before.occurrences(shipped.year)


def test_the_head_of_the_sheet_gives_title_issuer_and_year() -> None:
    table = f"| SỞ XÂY DỰNG |\n| KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2024 |\n\n{HEAD}\n| 1 | Rà soát | Báo cáo |"
    draft = _draft(_read(book_of(table)))
    assert (draft.title, draft.issuer, draft.year) == ("KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2024", "SỞ XÂY DỰNG", 2024)
    assert draft.origin == "ke-hoach.xlsx"


def test_what_a_plan_is_attached_to_gives_neither_its_title_nor_its_year() -> None:
    for attached in (
        "(Kèm theo Kế hoạch số 155/KH-SXD ngày 29/12/2023 của Sở Xây dựng)",
        "Ban hành kèm theo Kế hoạch 1",
    ):
        table = f"| KẾ HOẠCH CCHC NĂM 2024 |\n| {attached} |\n{HEAD}\n| 1 | Rà soát | Báo cáo |"
        draft = _draft(_read(book_of(table)))
        assert (draft.title, draft.year) == ("KẾ HOẠCH CCHC NĂM 2024", 2024)


def test_columns_are_known_by_many_names_and_in_any_order() -> None:
    table = (
        "| Ghi chú | Cơ quan phối hợp | Số TT | Nội dung công việc | Thời hạn hoàn thành | Kết quả, sản phẩm "
        "| Phòng, đơn vị chủ trì thực hiện | Nguồn kinh phí | Biện pháp | Tỷ lệ |\n"
        "| g | p | 1 | Lập kế hoạch | Quý I/2025 | Kế hoạch | Văn phòng | k | b | 30% |"
    )
    preview = _read(book_of(table))
    (task,) = _draft(preview).tasks
    assert (task.code, task.title, task.time_text, task.products[0].text) == (
        "1",
        "Lập kế hoạch",
        "Quý I/2025",
        "Kế hoạch",
    )
    assert (task.lead_text, task.coordinating, task.funding, task.how, task.note) == ("Văn phòng", "p", "k", "b", "g")
    assert [column.field for column in preview.columns if column.letters == "J"] == [None]
    assert "Trang tính «Trang 1», dòng 1, cột J: cột «Tỷ lệ» không thuộc kế hoạch, không nhập." in preview.notes


def test_a_header_of_two_rows_is_read_as_one() -> None:
    def merge(book: Any) -> None:
        for ref in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
            book.worksheets[0].merge_cells(ref)

    table = (
        "| STT | Nhiệm vụ | Đơn vị | | Thời gian |\n| | | Chủ trì | Phối hợp | |\n"
        "| (1) | (2) | (3) | (4) | (5) |\n| 1 | Lập kế hoạch | Văn phòng | Các phòng | Quý I |"
    )
    (task,) = _draft(_read(book_of(table, change=merge))).tasks
    assert (task.lead_text, task.coordinating, task.time_text) == ("Văn phòng", "Các phòng", "Quý I")


def test_roman_numbers_capitals_and_letters_head_groups() -> None:
    table = (
        f"{HEAD}\n| A | PHẦN CHUNG |\n| I | Chỉ đạo |\n| 1 | Lập kế hoạch | Kế hoạch |\n| II. Thể chế |\n"
        "| 1. | Rà soát | Báo cáo |\n| B | PHẦN RIÊNG |\n| I | Tài chính |\n| 1 | Chi tiêu | Quy chế |"
    )
    tasks = _draft(_read(book_of(table))).tasks
    assert [(task.code, task.group_code, task.group_title) for task in tasks] == [
        ("A.I.1", "A.I", "Chỉ đạo"),
        ("A.II.1", "A.II", "Thể chế"),
        ("B.I.1", "B.I", "Tài chính"),
    ]


def test_a_number_with_numbers_below_it_heads_a_group_and_capitals_do_without_a_number() -> None:
    table = f"{HEAD}\n| 1 | Thể chế |\n| 1.1 | Rà soát | Báo cáo |\n| | CẢI CÁCH KHÁC |\n| 2 | Họp | Biên bản |"
    tasks = _draft(_read(book_of(table))).tasks
    assert [(task.code, task.group_code, task.group_title) for task in tasks] == [
        ("1.1", "1", "Thể chế"),
        ("2", "", "CẢI CÁCH KHÁC"),
    ]


def test_what_is_merged_downwards_counts_for_each_of_its_rows() -> None:
    def merge(book: Any) -> None:
        for ref in ("A2:A3", "B2:B3", "D2:D4"):
            book.worksheets[0].merge_cells(ref)

    table = (
        f"{HEAD}\n| 1 | Lập kế hoạch | Kế hoạch | Văn phòng Sở | | Quý I/2025 |\n| | | Báo cáo | | | Quý IV/2025 |\n"
        "| 2 | Họp | Biên bản |"
    )
    first, second = _draft(_read(book_of(table, change=merge))).tasks
    assert [(each.product, each.due) for each in first.occurrences(2025)] == [
        ("Kế hoạch", date(2025, 3, 31)),
        ("Báo cáo", date(2025, 12, 31)),
    ]
    assert (first.lead_text, second.lead_text) == ("Văn phòng Sở", "Văn phòng Sở")


def test_each_line_of_the_products_is_a_product_and_a_wrapped_line_is_none() -> None:
    table = f"{HEAD}\n| 1 | Lập | - Kế hoạch kiểm tra / - Báo cáo kết quả / gửi Sở Nội vụ / + Biên bản |"
    (task,) = _draft(_read(book_of(table))).tasks
    assert [product.text for product in task.products] == [
        "Kế hoạch kiểm tra",
        "Báo cáo kết quả gửi Sở Nội vụ",
        "Biên bản",
    ]


def test_a_further_row_without_number_brings_a_product_or_another_time() -> None:
    table = f"{HEAD}\n| 1 | Lập | Kế hoạch | A | | Quý I |\n| | | Báo cáo | B | | Quý II |\n| | | | | | Quý III |"
    (task,) = _draft(_read(book_of(table))).tasks
    assert task.lead_text == "A; B"
    assert [(each.product, each.due) for each in task.occurrences(2025)] == [
        ("Kế hoạch", date(2025, 3, 31)),
        ("Báo cáo", date(2025, 6, 30)),
        ("", date(2025, 9, 30)),
    ]


def test_days_months_and_years_of_excel_are_read_as_they_are_shown() -> None:
    def put(book: Any) -> None:
        sheet = book.worksheets[0]
        for row, (value, shown) in enumerate(
            ((date(2025, 9, 15), "dd/mm/yyyy"), (date(2025, 9, 1), "mm/yyyy"), (2025, "General")),
            start=2,
        ):
            sheet.cell(row, 6, value).number_format = shown

    table = f"{HEAD}\n| 1 | Một |\n| 2 | Hai |\n| 3 | Ba |"
    tasks = _draft(_read(book_of(table, change=put))).tasks
    assert [task.time_text for task in tasks] == ["15/09/2025", "Tháng 9/2025", "Năm 2025"]
    dues = [occurrence.due for task in tasks for occurrence in task.occurrences(2025)]
    assert dues == [date(2025, 9, 15), date(2025, 9, 30), date(2025, 12, 31)]


def test_numbers_of_excel_are_codes_in_one_column_and_numbers_in_another() -> None:
    def put(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet["A2"], sheet["G2"] = 1.0, 15.5

    (task,) = _draft(_read(book_of(f"{HEAD}\n| | Họp | Biên bản |", change=put))).tasks
    assert (task.code, task.funding) == ("1", "15,5")


def test_a_header_that_stands_again_and_the_signatures_are_no_tasks() -> None:
    table = f"{HEAD}\n| 1 | Một | Báo cáo |\n{HEAD}\n| 2 | Hai | Báo cáo |\n| 3 |\n\n| Nơi nhận: |\n| - Như trên; |"
    preview = _read(book_of(table))
    assert [task.code for task in _draft(preview).tasks] == ["1", "2"]
    assert "Trang tính «Trang 1», dòng 5: chỉ có STT, không nhập." in preview.notes
    assert "Trang tính «Trang 1», dòng 7: coi là hết bảng; các dòng từ đây không nhập." in preview.notes


def test_tasks_without_a_column_of_numbers_are_numbered_and_that_is_said() -> None:
    preview = _read(book_of("| Nhiệm vụ | Chủ trì | Thời gian |\n| Một | A | Quý I |\n| Hai | B | Quý II |"))
    assert [task.code for task in _draft(preview).tasks] == ["1", "2"]
    assert any("không có cột STT" in note for note in preview.notes)


def _formula(book: Any) -> None:
    book.worksheets[0]["C2"] = "=A1&B1"


def _error(book: Any) -> None:
    book.worksheets[0]["D2"] = "#REF!"
    book.worksheets[0]["D2"].data_type = "e"


def _old_font(book: Any) -> None:
    book.worksheets[0]["B2"] = "KÕ ho¹ch"
    book.worksheets[0]["B2"].font = Font(name=".VnTime")


def _date_as_number(book: Any) -> None:
    book.worksheets[0]["A2"] = date(2025, 2, 1)
    book.worksheets[0]["A2"].number_format = "dd/mm/yyyy"


_AT = "Trang tính «Trang 1», dòng "
_PROBLEMS: list[tuple[str, Callable[[Any], None] | None, list[str]]] = [
    (
        "| Tên | Tuổi |\n| An | 30 |",
        None,
        ["Trang tính «Trang 1»: không tìm thấy dòng tiêu đề của bảng nhiệm vụ. Bảng cần"],
    ),
    (HEAD, None, ["Trang tính «Trang 1»: dưới dòng tiêu đề không có nhiệm vụ nào"]),
    (f"{HEAD}\n| | Lập kế hoạch | Kế hoạch |", None, [f"{_AT}2, cột A: thiếu số thứ tự của nhiệm vụ «Lập kế hoạch»"]),
    (f"{HEAD}\n| 7 | | Kế hoạch |", None, [f"{_AT}2, cột B: thiếu tên nhiệm vụ"]),
    (f"{HEAD}\n| - | Lập | Kế hoạch |", None, [f"{_AT}2, cột A: «-» không phải là số thứ tự"]),
    (f"{HEAD}\n| | | Kế hoạch |", None, [f"{_AT}2, cột B: dòng không có STT và tên nhiệm vụ"]),
    (
        f"{HEAD}\n| 1 | Một | x |\n| 2 | Hai | x |\n| 1 | Ba | x |\n| 2 | Bốn | x |",
        None,
        [f"{_AT}4, cột A: số thứ tự «1» đã có ở dòng 2", f"{_AT}5, cột A: số thứ tự «2» đã có ở dòng 3"],
    ),
    (f"{HEAD}\n| 1 | Lập |", _formula, [f"{_AT}2, cột C: ô là công thức nhưng tệp không lưu giá trị"]),
    (f"{HEAD}\n| 1 | Lập |", _error, [f"{_AT}2, cột D: ô đang báo lỗi của Excel"]),
    (f"{HEAD}\n| 1 | Lập |", _old_font, [f"{_AT}2, cột B: chữ gõ bằng phông cũ"]),
    (f"{HEAD}\n| 1 | Lập | x |", _date_as_number, [f"{_AT}2, cột A: Excel đã đổi số thứ tự thành ngày (01/02/2025)"]),
    (f"{HEAD}\n| 1 | {'x' * 2001} | x |", None, [f"{_AT}2, cột B: «Nhiệm vụ» dài 2001 ký tự"]),
    (f"{HEAD} Sản phẩm |\n| 1 | Lập | x |", None, [f"{_AT}1, cột J: cột này và cột C đều là «Sản phẩm»"]),
    (
        f"{HEAD}\n| 1 | Lập | x |\n\n| STT | Công việc | Thời hạn | Chủ trì |\n| 1 | Họp | Quý I | A |",
        None,
        [f"{_AT}4: có bảng thứ hai với các cột khác bảng ở dòng 1"],
    ),
]


@pytest.mark.parametrize(("table", "change", "said"), _PROBLEMS)
def test_every_problem_is_named_by_its_place_and_nothing_is_imported(
    table: str, change: Callable[[Any], None] | None, said: list[str]
) -> None:
    preview = _read(book_of(table, change=change))
    assert preview.draft is None
    assert len(preview.problems) == len(said)
    for found, wanted in zip(_said(preview), said, strict=True):
        assert found.startswith(wanted)
    assert all(len(problem.to_do) > 10 for problem in preview.problems)


def test_all_problems_of_a_file_are_named_at_once() -> None:
    table = f"{HEAD}\n| | Một | x |\n| 2 | | x |\n| 3 | Ba | x |\n| * | Bốn | x |"
    assert [problem.where for problem in _read(book_of(table)).problems] == [
        "Trang tính «Trang 1», dòng 2, cột A",
        "Trang tính «Trang 1», dòng 3, cột B",
        "Trang tính «Trang 1», dòng 5, cột A",
    ]


def test_problems_stand_in_the_order_of_the_rows_whatever_they_are() -> None:
    table = f"{HEAD}\n| 1 | Một | x |\n| 1 | Hai | x |\n| | Ba | x |"
    assert [problem.row for problem in _read(book_of(table)).problems] == [3, 4]


def test_a_day_that_there_is_not_is_named_and_the_print_is_kept() -> None:
    times = ["Trước ngày 31/11/2025", "32/13/2025", "30/11/2025"]
    rows = "\n".join(f"| {place} | Việc {place} | x | A | B | {time} |" for place, time in enumerate(times, start=1))
    preview = _read(book_of(f"{HEAD}\n{rows}"))
    said = [note.split(":")[0] for note in preview.notes if "có ngày không có trên lịch" in note]
    assert said == ["Trang tính «Trang 1», dòng 2, cột F", "Trang tính «Trang 1», dòng 3, cột F"]
    assert [task.time_text for task in _draft(preview).tasks] == times
    dues = [task.occurrences(2025)[0].due for task in _draft(preview).tasks]
    assert dues == [None, None, date(2025, 11, 30)]


def test_of_two_sheets_with_a_table_one_is_to_be_chosen() -> None:
    content = book_of(f"{HEAD}\n| 1 | Một | x |", f"{HEAD}\n| 1 | Hai | x |", "| chữ |", names=("Sở", "Phòng", "Bìa"))
    preview = _read(content)
    assert (preview.sheets, preview.draft) == (("Sở", "Phòng"), None)
    assert "«Sở», «Phòng»" in _said(preview)[0]
    assert [task.title for task in _draft(_read(content, sheet="Phòng")).tasks] == ["Hai"]


def test_a_hidden_sheet_is_not_read_and_that_is_said() -> None:
    def hide(book: Any) -> None:
        book.worksheets[1].sheet_state = "hidden"

    preview = _read(book_of(f"{HEAD}\n| 1 | Một | x |", f"{HEAD}\n| 1 | Hai | x |", names=("Sở", "Cũ"), change=hide))
    assert [task.title for task in _draft(preview).tasks] == ["Một"]
    assert "Trang tính «Cũ» đang ẩn nên không đọc." in preview.notes


def test_a_csv_file_names_its_places_too_and_says_that_its_letters_were_changed() -> None:
    preview = _read(csv_of("| STT | Nhiem vu | San pham |\n| | Rà soát | x |", "cp1258"), "a.csv")
    assert _said(preview)[0].startswith("Tệp CSV, dòng 2, cột 1 (A): thiếu số thứ tự của nhiệm vụ «Rà soát»")
    assert any("Windows-1258" in note for note in preview.notes)


def test_the_form_to_fill_in_is_read_without_a_problem() -> None:
    draft = _draft(_read(to_xlsx(blank_form(2026)), "mau.xlsx"))
    assert (draft.year, [task.group_title for task in draft.tasks]) == (2026, ["Công tác chỉ đạo, điều hành"] * 2)


def test_the_columns_that_were_recognised_are_named() -> None:
    preview = _read(book_of(f"{HEAD}\n| 1 | Một | x |"))
    assert [(column.letters, column.field) for column in preview.columns] == list(zip("ABCDEFGHI", Field, strict=True))
