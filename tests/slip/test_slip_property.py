"""Any answers typed into a slip: the spreadsheet program computes the core's points, and back come the same answers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from cchc_core.rubric.capping import capped
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.answers import EMPTY, Entry
from cchc_core.scoring import Sheet
from cchc_core.slip.applying import apply_slip
from cchc_core.slip.comparing import compare_slip
from cchc_core.slip.fields import fields_of
from cchc_core.status_names import STATUS_NAMES
from tests.slip.answers import entries
from tests.slip.conftest import NewDesk
from tests.slip.kinds_set import EVERY_KIND
from tests.slip.workbooks import (
    EFFECTIVE,
    FORM,
    INPUT_COLUMN,
    POINTS,
    SAID,
    STATE,
    back,
    book_of,
    leaf_rows,
    rows_of,
    slip_of,
)
from tests.workbook.desk import Desk
from tests.workbook.office import recalculated

SETS = {"soctrang": "soctrang-tttt-2022", "namdinh": "namdinh-tnmt-2024"}


@pytest.fixture(scope="module")
def desks(new_desk: NewDesk) -> Mapping[str, Desk]:
    """The two shipped sets at the end of a year, and every kind of rule in a quarter and in a year."""
    shipped = {name: new_desk(read_rubric(rubric)) for name, rubric in SETS.items()}
    return {**shipped, "quarter": new_desk(EVERY_KIND, "q3"), "year": new_desk(EVERY_KIND)}


# Without shrinking: each example takes a run of LibreOffice.
@settings(
    max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate)
)
@given(data=st.data())
def test_typed_answers_score_in_a_spreadsheet_as_in_the_core_and_come_back_as_they_are(
    desks: Mapping[str, Desk], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    books, wanted = {}, {}
    for name, desk in desks.items():
        sheet = desk.sheet()
        wanted[name] = {leaf.code: data.draw(entries(leaf.scored, sheet.period)) for leaf in sheet.rubric.leaves}
        books[name] = book_of(slip_of(sheet))
        _type(books[name][FORM], sheet, wanted[name])
    folder: Path = tmp_path_factory.mktemp("office")
    results = recalculated(folder, books)
    for name, desk in desks.items():
        content = results[name].read_bytes()
        _take_over(desk, content, wanted[name])
        assert _differences(book_of(content, values=True)[FORM], desk.sheet()) == []
        again = slip_of(desk.sheet())
        assert _said(book_of(content, values=True)[FORM]) == _said(book_of(again, values=True)[FORM])


def _type(form: Worksheet, sheet: Sheet, wanted: Mapping[str, Entry]) -> None:
    rows = rows_of(form)
    for leaf in sheet.rubric.leaves:
        for field in fields_of(leaf, sheet.period, wanted[leaf.code], f"ghi chú {leaf.code}"):
            value: Any = field.value
            is_number = value is not None and not isinstance(value, str)
            form.cell(rows[f"{leaf.code}|{field.name}"], INPUT_COLUMN).value = float(value) if is_number else value


def _take_over(desk: Desk, content: bytes, wanted: Mapping[str, Entry]) -> None:
    slip = back(content)
    comparison = compare_slip(desk.database, desk.officer, slip)
    assert comparison.problems == ()
    assert comparison.conflicts == ()
    apply_slip(desk.database, desk.officer, slip, {})
    stored = desk.sheet().answers
    assert {code: _entry(desk.sheet(), code) for code in wanted} == wanted
    assert {stored[code].self_note for code in wanted} == {f"ghi chú {code}" for code in wanted}
    assert compare_slip(desk.database, desk.officer, slip).changes == ()


def _entry(sheet: Sheet, code: str) -> Entry:
    return sheet.answers[code].entry if code in sheet.answers else EMPTY


def _differences(form: Worksheet, sheet: Sheet) -> list[str]:
    scores = capped(sheet.rubric, sheet.scores)
    found = []
    for code, row in leaf_rows(form).items():
        score = scores[code]
        core = (float(score.effective_max), float(score.points), STATUS_NAMES[score.status])
        theirs = tuple(form.cell(row, column).value for column in (EFFECTIVE, POINTS, STATE))
        if core != theirs:
            found.append(f"{code}: {theirs}, not {core}; {form.cell(row, SAID).value}")
    totals = sheet.totals.total
    bottom = next(row for row in range(form.max_row, 0, -1) if form.cell(row, POINTS).value is not None)
    sums = tuple(form.cell(bottom, column).value for column in (3, EFFECTIVE, POINTS))
    core_sums = tuple(float(each) for each in (totals.max_points, totals.effective_max, totals.points))
    return found if sums == core_sums else [*found, f"total: {sums}, not {core_sums}"]


def _said(form: Worksheet) -> dict[str, tuple[Any, Any]]:
    rows = {**leaf_rows(form), "headline": 4}
    return {code: (form.cell(row, SAID).value, form.cell(row, 1).value) for code, row in rows.items()}
