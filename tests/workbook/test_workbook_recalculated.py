"""What a program computes that opens the workbook, also after somebody has typed over what is in it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook

from cchc_core.rubric_files import read_rubric
from cchc_core.rules.scoring import Status
from cchc_core.scoring import Sheet
from tests.workbook.compare import differences
from tests.workbook.conftest import NewDesk
from tests.workbook.desk import Answer, carried_on, exported, opened, rows_of, some_answers
from tests.workbook.office import recalculated
from tests.workbook.small import SMALL

SOCTRANG = read_rubric("soctrang-tttt-2022")
# Typed into the workbook, and saved in the core: a level, a count, a mark set, a mark taken away, others' points.
TYPED: dict[str, tuple[str, float, Answer]] = {
    "I.1.2": ("F", 0.3333, {"numerator": "1", "denominator": "3"}),
    "I.1.6": ("F", 2, {"count": 0}),
    "II.1.4": ("G", 12.75, {"points": "12.75", "source": "Báo cáo"}),
}


@dataclass(frozen=True)
class Case:
    """A recalculated workbook and the sheet whose totals it must show."""

    book: Workbook
    sheet: Sheet


@pytest.fixture(scope="module")
def cases(new_desk: NewDesk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    """All workbooks of this module, recalculated in one run."""
    wanted = {
        "year": _untouched(new_desk, "year"),
        "quarter": _untouched(new_desk, "h1"),
        "typed": _typed_over(new_desk),
        "typed in a quarter": _typed_in_a_quarter(new_desk),
        "nothing applies": _nothing_applies(new_desk),
        "voided": _voided(new_desk),
        "carried": _carried(new_desk),
    }
    folder: Path = tmp_path_factory.mktemp("office")
    results = recalculated(folder, {name: book for name, (book, _) in wanted.items()})
    return {name: Case(opened(results[name], values=True), sheet) for name, (_, sheet) in wanted.items()}


def _untouched(new_desk: NewDesk, period: str) -> tuple[Workbook, Sheet]:
    desk = new_desk(SOCTRANG, period)
    desk.save(some_answers(SOCTRANG))
    return opened(exported(desk.sheet()), values=False), desk.sheet()


def _typed_over(new_desk: NewDesk) -> tuple[Workbook, Sheet]:
    """Type over points, mark a criterion as not applicable, take such a mark away, empty one."""
    desk = new_desk(SOCTRANG)
    desk.save(some_answers(SOCTRANG))
    before = desk.sheet()
    book = opened(exported(before), values=False)
    form = book["Bảng điểm"]
    rows = rows_of(form, SOCTRANG)
    for code, (column, points, _) in TYPED.items():
        form[f"{column}{rows['leaf', code]}"] = points
    clauses = [leaf.code for leaf in SOCTRANG.leaves if leaf.scored.not_applicable_clause is not None]
    marked = next(code for code in clauses if before.scores[code].points > 0)
    unmarked = next(code for code in clauses if before.scores[code].status is Status.NOT_APPLICABLE)
    emptied = next(code for code, score in before.scores.items() if score.points > 0 and code[:4] == "I.7.")
    form[f"D{rows['leaf', marked]}"] = "x"
    form[f"D{rows['leaf', unmarked]}"] = None
    form[f"F{rows['leaf', emptied]}"] = None
    changes: dict[str, Answer] = {code: answer for code, (_, _, answer) in TYPED.items()}
    desk.save({**changes, marked: {"not_applicable": "không được giao"}, unmarked: {}, emptied: {}})
    return book, desk.sheet()


def _typed_in_a_quarter(new_desk: NewDesk) -> tuple[Workbook, Sheet]:
    """Type fewer points into a checklist of which half is not due, and take a mark away from what is not due."""
    desk = new_desk(SMALL, "h1")
    desk.save({"2.2": {"ticked": [0]}, "2.3": {"not_applicable": "không được giao"}})
    book = opened(exported(desk.sheet()), values=False)
    form = book["Bảng điểm"]
    rows = rows_of(form, SMALL)
    form[f"F{rows['leaf', '2.2']}"] = 0
    form[f"D{rows['leaf', '2.3']}"] = None
    desk.save({"2.2": {"ticked": []}, "2.3": {}})
    return book, desk.sheet()


def _nothing_applies(new_desk: NewDesk) -> tuple[Workbook, Sheet]:
    """Mark in the workbook every criterion as not applicable."""
    desk = new_desk(SMALL)
    desk.save({"1.1.1": {"level": 0}})
    book = opened(exported(desk.sheet()), values=False)
    form = book["Bảng điểm"]
    for (kind, _), row in rows_of(form, SMALL).items():
        if kind == "leaf":
            form[f"D{row}"] = "x"
    desk.save({leaf.code: {"not_applicable": "không được giao"} for leaf in SMALL.leaves})
    return book, desk.sheet()


def _voided(new_desk: NewDesk) -> tuple[Workbook, Sheet]:
    desk = new_desk(SMALL)
    desk.save({"1.1.1": {"level": 0}, "1.1.2": {"level": 0, "voided": "tài liệu bị sửa"}})
    return opened(exported(desk.sheet()), values=False), desk.sheet()


def _carried(new_desk: NewDesk) -> tuple[Workbook, Sheet]:
    quarter = new_desk(SOCTRANG, "q1")
    quarter.save(some_answers(SOCTRANG))
    desk = carried_on(quarter, "q3")
    return opened(exported(desk.sheet()), values=False), desk.sheet()


@pytest.mark.parametrize(
    "name", ["year", "quarter", "typed", "typed in a quarter", "nothing applies", "voided", "carried"]
)
def test_every_recalculated_total_is_the_cores(cases: dict[str, Case], name: str) -> None:
    assert differences(cases[name].book, cases[name].sheet) == []


def test_typing_over_points_changed_what_was_compared(cases: dict[str, Case]) -> None:
    before, after = cases["year"].sheet.totals.total, cases["typed"].sheet.totals.total
    assert before.points != after.points
    assert before.external_points != after.external_points
    assert before.counts != after.counts


def test_a_quarter_has_points_that_are_not_due(cases: dict[str, Case]) -> None:
    assert cases["quarter"].sheet.totals.total.not_due > 0
    assert cases["typed in a quarter"].sheet.totals.total.counts[Status.NOT_DUE] == 1


def test_where_nothing_applies_the_percent_is_empty_and_divides_by_nothing(cases: dict[str, Case]) -> None:
    book = cases["nothing applies"].book
    total = rows_of(book["Bảng điểm"], SMALL)["total", ""]
    assert book["Bảng điểm"][f"E{total}"].value == 0
    assert book["Bảng điểm"][f"I{total}"].value in (None, "")
    errors = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "e"]
    assert errors == []


def test_statuses_follow_what_is_typed(cases: dict[str, Case]) -> None:
    for case in cases.values():
        form = case.book["Bảng điểm"]
        for (kind, code), row in rows_of(form, case.sheet.rubric).items():
            if kind == "leaf":
                assert form[f"M{row}"].value == STATUS_WORDS[case.sheet.scores[code].status], code


STATUS_WORDS = {
    Status.SCORED: "Đã chấm",
    Status.MISSING: "Chưa chấm",
    Status.AWAITING: "Chờ bên ngoài",
    Status.NOT_DUE: "Chưa đến kỳ",
    Status.NOT_APPLICABLE: "Không áp dụng",
    Status.VOIDED: "Bị huỷ điểm",
}
