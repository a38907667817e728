"""Importing a plan on the page of tasks: every problem is named, and nothing is stored as long as there is one."""

import pytest

from cchc_core.plans.files import read_plan
from cchc_core.table_files import to_xlsx
from cchc_core.tasks.draft import draft_of
from cchc_core.tasks.plan_form import form_of_draft
from tests.pages.screen import Office, Screen, as_read
from tests.pages.task_desk import open_page, tasks_of
from tests.tasks_in.sheets import HEAD, book_of, csv_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _bring(screen: Screen, content: bytes, name: str = "ke-hoach.xlsx") -> Screen:
    box = next(box for box in screen.elements("file_uploader") if box.label == "Tệp kế hoạch")
    box.set_value((name, content, _XLSX))
    return screen.run()


def test_the_plan_of_xay_dung_is_imported_from_a_workbook_with_its_43_tasks(office: Office) -> None:
    shipped = draft_of(read_plan("namdinh-sxd-2024"))
    screen = _bring(open_page(office, year=2026), to_xlsx(form_of_draft(shipped)))
    assert "**Đọc được 43 nhiệm vụ:**" in screen.texts()
    assert tasks_of(office, 2024) == ()
    screen.press("import plan")
    assert "Đã nhập 43 nhiệm vụ" in screen.texts()
    assert screen.at.query_params["nam"] == "2024"
    stored = tasks_of(office, 2024)
    assert [(task.code, task.title) for task in stored] == [(task.code, task.title) for task in shipped.tasks]
    for before, after in zip(shipped.tasks, stored, strict=True):
        parts = [(each.product, each.due, each.reading) for each in before.occurrences(2024)]
        assert [(each.product, each.due, each.reading) for each in after.occurrences] == parts


def test_title_year_and_issuer_can_be_changed_before_the_import(office: Office) -> None:
    screen = _bring(open_page(office), book_of(f"{HEAD}\n| 1 | Lập kế hoạch | Kế hoạch |"))
    box = next(box for box in screen.at.text_input if box.label == "Tên kế hoạch")
    box.set_value("Kế hoạch của tôi")
    year = next(box for box in screen.at.number_input if box.label == "Năm của kế hoạch")
    year.set_value(2025)
    screen.run().press("import plan")
    assert [task.title for task in tasks_of(office, 2025)] == ["Lập kế hoạch"]
    assert "«Kế hoạch của tôi» vào năm 2025" in as_read(screen.texts())


def test_every_problem_is_named_by_its_place_and_nothing_can_be_imported(office: Office) -> None:
    content = book_of(f"{HEAD}\n| | Không số | x |\n| 2 | | x |\n| 3 | Ba | x |")
    screen = _bring(open_page(office), content)
    assert "Tệp có 2 chỗ cần sửa" in screen.errors()
    rows = [[as_read(cell) for cell in row] for row in screen.at.table[0].value.values.tolist()]
    assert [row[0] for row in rows] == ["Trang tính «Trang 1», dòng 2, cột A", "Trang tính «Trang 1», dòng 3, cột B"]
    assert not screen.has_button("import plan")
    assert tasks_of(office) == ()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "tệp rỗng"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook".encode("utf-16-le"), "định dạng Excel cũ (.xls"),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
        ("a.xlsx", b"PK\x03\x04 hong", "tệp hỏng"),
        ("a.xlsx", b"chu thuong", "không phải bảng tính Excel"),
        ("a.pdf", b"%PDF-1.7 chu", "không phải bảng tính Excel"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_another_one_is_read_after_it(
    office: Office, name: str, content: bytes, said: str
) -> None:
    screen = _bring(open_page(office), content, name)
    assert "**CHƯA NHẬP.**" in screen.errors()
    assert said in screen.errors()
    _bring(screen, csv_of(f"{HEAD}\n| 1 | Lập | Kế hoạch |"), "tot.csv")
    assert screen.errors() == ""
    assert screen.has_button("import plan")


def test_of_two_sheets_one_is_chosen(office: Office) -> None:
    content = book_of(f"{HEAD}\n| 1 | Một | x |", f"{HEAD}\n| 1 | Hai | x |", names=("Sở", "Phòng"))
    screen = _bring(open_page(office), content)
    assert "có 2 trang tính có bảng nhiệm vụ" in as_read(" ".join(map(str, screen.at.table[0].value.values.tolist())))
    screen.choose("Trang tính có bảng nhiệm vụ", "Phòng").press("import plan")
    assert [task.title for task in tasks_of(office)] == ["Hai"]


def test_a_sheet_that_was_chosen_of_one_file_is_asked_for_anew_of_another(office: Office) -> None:
    first = book_of(f"{HEAD}\n| 1 | Một | x |", f"{HEAD}\n| 1 | Hai | x |", names=("Sở", "Phòng"))
    second = book_of(f"{HEAD}\n| 1 | Ba | x |", f"{HEAD}\n| 1 | Bốn | x |", names=("Quý I", "Quý II"))
    screen = _bring(open_page(office), first).choose("Trang tính có bảng nhiệm vụ", "Phòng")
    assert not _bring(screen, second).has_button("import plan")
    screen.choose("Trang tính có bảng nhiệm vụ", "Quý II").press("import plan")
    assert [task.title for task in tasks_of(office)] == ["Bốn"]


def test_the_same_file_is_not_imported_twice(office: Office) -> None:
    content = book_of(f"{HEAD}\n| 1 | Lập kế hoạch | Kế hoạch |")
    _bring(open_page(office), content).press("import plan")
    screen = _bring(open_page(office), content).press("import plan")
    assert "Chưa nhập." in screen.errors()
    assert "đã có" in screen.errors()
    assert len(tasks_of(office)) == 1


def test_what_a_workbook_says_is_shown_letter_by_letter(office: Office) -> None:
    odd = "[x](http://a) **đậm**"
    screen = _bring(open_page(office), book_of(f"| STT | Nhiệm vụ | Chủ trì | {odd} |\n| | {odd} | x | y |"))
    for kind, text in screen.shown():
        assert odd not in text or kind == "arrow_data_frame"
    assert odd in as_read(screen.texts())
