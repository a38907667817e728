"""Every total of a workbook against the core's: on the form, and on the summary."""

from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc_core.rules.scoring import Status
from cchc_core.scoring import Sheet
from cchc_core.totals import Totals
from tests.workbook.desk import percent_value, rows_of, totals_of

FORM = {
    "C": "max_points",
    "E": "effective_max",
    "F": "self_points",
    "G": "external_points",
    "H": "points",
}
SUMMARY = (
    {
        "C": "max_points",
        "D": "effective_max",
        "E": "points",
        "G": "lost",
        "H": "at_risk",
        "I": "not_due",
        "J": "awaiting",
    },
    {"C": "self_max", "D": "self_points", "F": "due_max", "H": "external_max", "I": "external_points"},
)
SHARES: tuple[dict[str, str], ...] = ({"F": "percent"}, {"E": "self_percent", "G": "due_percent"})
ADJUSTED = {"C": "bonus", "D": "penalty", "F": "points", "G": "adjustments", "H": "adjustments_done"}
COUNTS = {
    "C": Status.SCORED,
    "D": Status.VOIDED,
    "E": Status.MISSING,
    "F": Status.AWAITING,
    "G": Status.NOT_DUE,
    "H": Status.NOT_APPLICABLE,
}


def differences(book: Workbook, sheet: Sheet) -> list[str]:
    """List where a workbook of an official criteria set says something else than the core."""
    return [*_form_differences(book["Bảng điểm"], sheet), *_summary_differences(book["Tổng hợp"], sheet)]


def _form_differences(form: Worksheet, sheet: Sheet) -> list[str]:
    found: list[str] = []
    for (kind, code), row in rows_of(form, sheet.rubric).items():
        if kind == "leaf":
            score = sheet.scores[code]
            expected: dict[str, Any] = {"E": score.effective_max, "H": score.points}
        else:
            totals = totals_of(sheet, kind, code)
            expected = {column: getattr(totals, name) for column, name in FORM.items()}
            found += _unequal(form, f"I{row}", percent_value(totals.percent))
        for column, value in expected.items():
            found += _unequal(form, f"{column}{row}", float(value))
    return found


def _summary_differences(summary: Worksheet, sheet: Sheet) -> list[str]:
    found: list[str] = []
    names = [("part", p.code, p.title) for p in sheet.rubric.parts]
    names += [("section", s.code, s.title) for s in sheet.rubric.sections]
    for kind, code, title in [*names, ("total", "", "TỔNG CỘNG")]:
        totals = totals_of(sheet, kind, code)
        rows = [row for row in range(1, summary.max_row + 1) if summary.cell(row, 2).value == title]
        assert len(rows) == 3 + bool(sheet.rubric.adjustments), (title, rows)
        for table, row in enumerate(rows[:2]):
            found += _row_differences(summary, row, totals, SUMMARY[table], SHARES[table])
        for column, status in COUNTS.items():
            found += _unequal(summary, f"{column}{rows[2]}", totals.counts[status])
        found += _unequal(summary, f"I{rows[2]}", totals.leaves)
        for row in rows[3:]:
            found += _row_differences(summary, row, totals, ADJUSTED, {})
            found += _unequal(summary, f"E{row}", float(totals.points - totals.bonus + totals.penalty))
    return found


def _row_differences(
    summary: Worksheet, row: int, totals: Totals, sums: dict[str, str], shares: dict[str, str]
) -> list[str]:
    found: list[str] = []
    for column, name in sums.items():
        found += _unequal(summary, f"{column}{row}", float(getattr(totals, name)))
    for column, name in shares.items():
        found += _unequal(summary, f"{column}{row}", percent_value(getattr(totals, name)))
    return found


def _unequal(sheet: Worksheet, cell: str, expected: float | None) -> list[str]:
    value = sheet[cell].value
    same = value in (None, "") if expected is None else value == pytest.approx(expected, abs=1e-9)
    return [] if same else [f"{sheet.title}!{cell}: {value!r}, core {expected!r}"]
