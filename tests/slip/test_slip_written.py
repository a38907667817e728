"""A slip as it leaves the product: what may be typed where, what stands in it, and for which criteria it is."""

import re
from collections.abc import Iterator, Mapping

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import ZERO
from cchc_core.scoring import Sheet
from cchc_core.slip.model import ProofLink
from cchc_core.slip.names import read_key
from cchc_core.status_names import STATUS_NAMES
from tests.adjusted_set import ADJUSTED
from tests.adjusted_set import ANSWERS as ADJUSTMENTS
from tests.slip.conftest import NewDesk
from tests.slip.kinds_set import EVERY_KIND
from tests.slip.workbooks import (
    EFFECTIVE,
    FORM,
    INPUT_COLUMN,
    POINTS,
    SAID,
    STATE,
    TITLE_COLUMN,
    book_of,
    leaf_rows,
    rows_of,
    slip_of,
)
from tests.workbook.desk import Answer, some_answers
from tests.workbook.small import HOSTILE, SMALL

ANSWERS: dict[str, Answer] = {
    "1.1": {"not_applicable": "không được giao"},
    "1.3": {"ticked": [0], "percents": {"1": "50"}},
    "1.5.1": {"numerator": "18", "denominator": "20"},
    "1.10": {"percent": "87.5", "source": "Báo cáo điều tra"},
    "2.1.1": {"count": 3},
    "2.1.2": {"level": 0},
    "2.2.2": {"level": 0},
}


@pytest.fixture(scope="module")
def sheets(new_desk: NewDesk) -> Mapping[str, Sheet]:
    """Sheets with most criteria answered."""
    shipped, every = new_desk(read_rubric("soctrang-tttt-2022"), "q3"), new_desk(EVERY_KIND)
    shipped.save(some_answers(shipped.sheet().rubric))
    every.save(ANSWERS)
    return {"shipped": shipped.sheet(), "every": every.sheet(), "hostile": new_desk(SMALL, "h1").sheet()}


@pytest.fixture(scope="module")
def books(sheets: Mapping[str, Sheet]) -> Mapping[str, bytes]:
    """Their slips."""
    return {name: slip_of(sheet) for name, sheet in sheets.items()}


def test_every_criterion_has_input_cells_and_only_these_can_be_typed_into(
    books: Mapping[str, bytes], sheets: Mapping[str, Sheet]
) -> None:
    for name, content in books.items():
        form = book_of(content)[FORM]
        rows = rows_of(form)
        assert list(leaf_rows(form)) == [leaf.code for leaf in sheets[name].rubric.leaves]
        assert form.protection.sheet
        unlocked = {cell.row for row in form.iter_rows() for cell in row if not cell.protection.locked}
        closed = {rows[key] for key in rows if form.cell(rows[key], INPUT_COLUMN).protection.locked}
        assert unlocked == set(rows.values()) - closed
        assert {form.cell(row, INPUT_COLUMN + 1).value for row in closed} <= {"chưa đến kỳ"}


def test_the_other_sheets_are_protected_or_hidden(books: Mapping[str, bytes]) -> None:
    book = book_of(books["shipped"])
    assert {sheet.title: (sheet.sheet_state, sheet.protection.sheet) for sheet in book} == {
        "Phiếu chấm": ("visible", True),
        "Tổng hợp": ("visible", True),
        "Tài liệu kiểm chứng": ("visible", True),
        "Hướng dẫn": ("visible", True),
        "_muc": ("veryHidden", False),
        "_phieu": ("veryHidden", False),
    }


@pytest.mark.parametrize("name", ["shipped", "every"])
def test_beside_each_formula_stands_what_the_core_computed(
    books: Mapping[str, bytes], sheets: Mapping[str, Sheet], name: str
) -> None:
    form, sheet = book_of(books[name], values=True)[FORM], sheets[name]
    for code, row in leaf_rows(form).items():
        score = sheet.scores[code]
        shown = tuple(form.cell(row, column).value for column in (EFFECTIVE, POINTS, STATE))
        assert shown == (float(score.effective_max), float(score.points), STATUS_NAMES[score.status]), code


def test_no_formula_is_longer_and_no_text_in_it_longer_than_a_spreadsheet_takes(books: Mapping[str, bytes]) -> None:
    for content in books.values():
        formulas = [text for text in _formulas(book_of(content)[FORM]) if text.startswith("=")]
        assert max(map(len, formulas)) < 8_192
        literals = [piece for text in formulas for piece in re.findall(r'"((?:[^"]|"")*)"', text)]
        assert max(map(len, literals)) <= 255


def _formulas(form: Worksheet) -> Iterator[str]:
    return (str(cell.value) for row in form.iter_rows() for cell in row if cell.data_type == "f")


def test_text_that_looks_like_a_formula_stays_text(books: Mapping[str, bytes]) -> None:
    form = book_of(books["hostile"])[FORM]
    titles = {
        form.cell(row, TITLE_COLUMN).value: form.cell(row, TITLE_COLUMN).data_type for row in range(7, form.max_row)
    }
    assert titles["=1+1"] == "s"
    assert titles[HOSTILE] == "s"


def test_levels_are_chosen_from_a_list_and_figures_are_guarded(books: Mapping[str, bytes]) -> None:
    book = book_of(books["every"])
    form, rows = book[FORM], rows_of(book[FORM])
    guards = {key: guard for guard in form.data_validations.dataValidation for key in _guarded(rows, guard.sqref)}
    assert set(guards) == {key for key in rows if not key.endswith(("|note", "|source", "not_applicable", "voided"))}
    assert (guards["1.1|level"].type, guards["1.1|level"].formula1) == ("list", "_muc!$A$1:$A$2")
    assert "không gõ dấu %" in guards["1.3|item.1"].prompt
    assert (guards["1.3|item.0"].type, guards["1.3|item.0"].formula1) == ("list", '"x"')
    assert (guards["1.3|item.1"].formula1, guards["1.3|item.1"].formula2) == ("0", "100")
    assert guards["1.8|count"].type == "whole"
    assert guards["1.11|points"].formula2 == f"$C${rows['1.11|points'] - 1}"


def _guarded(rows: Mapping[str, int], ranges: object) -> list[str]:
    cells = set(str(ranges).split())
    return [key for key, row in rows.items() if f"D{row}" in cells]


def test_what_is_there_is_written_in_and_what_cannot_be_earned_yet_is_closed(books: Mapping[str, bytes]) -> None:
    form = book_of(books["every"])[FORM]
    values = {key: form.cell(row, INPUT_COLUMN).value for key, row in rows_of(form).items()}
    assert values["1.1|not_applicable"] == "không được giao"
    assert (values["1.3|item.0"], values["1.3|item.1"], values["1.3|item.2"]) == ("x", 50, None)
    assert (values["1.5.1|numerator"], values["1.5.1|denominator"]) == (18, 20)
    assert (values["1.10|percent"], values["1.10|source"]) == (87.5, "Báo cáo điều tra")
    assert values["2.1.2|level"] == "1. Có (1,0000 điểm)"
    assert "1.12|level" in values


def test_a_criterion_that_is_not_due_takes_no_answer(new_desk: NewDesk) -> None:
    form = book_of(slip_of(new_desk(EVERY_KIND, "q3").sheet()))[FORM]
    keys = set(rows_of(form))
    assert "1.12|level" not in keys
    assert {"1.12|not_applicable", "1.12|note"} <= keys
    assert "1.1|not_due" in keys


def test_a_slip_for_some_criteria_adds_up_only_these(sheets: Mapping[str, Sheet]) -> None:
    sheet = sheets["every"]
    codes = ["1.3", "1.5.1", "1.10"]
    form = book_of(slip_of(sheet, codes), values=True)[FORM]
    assert list(leaf_rows(form)) == codes
    total = form.max_row
    points = sum((sheet.scores[code].points for code in codes), ZERO)
    assert (form.cell(total, TITLE_COLUMN).value, form.cell(total, POINTS).value) == ("TỔNG CỘNG", float(points))
    assert "các tiêu chí trong phiếu này" in form["A4"].value


def test_a_slip_of_some_criteria_leaves_of_a_cap_what_the_others_leave(new_desk: NewDesk) -> None:
    desk = new_desk(ADJUSTED)
    desk.save(ADJUSTMENTS)
    part = slip_of(desk.sheet(), ["2.2", "2.3"])
    formulas, values = book_of(part)[FORM], book_of(part, values=True)[FORM]
    bonus, penalty = (leaf_rows(formulas)[code] for code in ("2.2", "2.3"))
    # What is not in it counts: 2.1.1 and 2.1.2 take 2.5 of the 3 points of all bonuses, 1.2 takes 1 of 2.5.
    assert "ROUND(0.5-" in formulas.cell(bonus, POINTS).value
    assert "ROUND(1.75-" in formulas.cell(penalty, POINTS).value
    assert "ROUND(1.5-" in formulas.cell(penalty, POINTS).value
    assert values.cell(bonus, POINTS).value == 0.5
    assert "đã kể phần của tiêu chí ngoài phiếu" in values.cell(bonus, SAID).value


def test_documents_stand_beside_the_criterion_and_on_a_sheet_of_their_own_with_links(
    sheets: Mapping[str, Sheet],
) -> None:
    address = "https://so.example.vn/tai-lieu-tep/a/1"
    attached = {"1.3": [ProofLink("Báo cáo 12/BC (trang 3)", address), ProofLink("Sổ")]}
    book = book_of(slip_of(sheets["every"], None, attached))
    form = book[FORM]
    beside = form.cell(leaf_rows(form)["1.3"], 9).value
    assert beside.splitlines() == [
        "Cần có:",
        "- Báo cáo 1.3",
        "- theo dõi của Sở Nội vụ [cơ quan khác theo dõi]",
        "Đã gắn:",
        "+ Báo cáo 12/BC (trang 3)",
        "+ Sổ",
    ]
    listed = book["Tài liệu kiểm chứng"]
    links = {cell.value: cell.hyperlink.target for row in listed.iter_rows() for cell in row if cell.hyperlink}
    assert links == {"Báo cáo 12/BC (trang 3)": address}
    assert sum(listed.cell(row, 1).value == "1.3" for row in range(1, listed.max_row + 1)) == 4


def test_a_key_names_code_and_field() -> None:
    assert read_key("I.1.2|item.0") == ("I.1.2", "item.0")
    assert [read_key(text) for text in ("", "I.1.2", "|x", "x|")] == [None] * 4


def test_illustrative_points_are_called_so(new_desk: NewDesk) -> None:
    form = book_of(slip_of(new_desk(read_rubric("namdinh-tnmt-2024")).sheet()), values=True)[FORM]
    assert "ĐIỂM MINH HOẠ" in form["A5"].value
    assert "điểm minh hoạ" in form["A4"].value
    assert "%" not in str(form.cell(form.max_row, 8).value)
