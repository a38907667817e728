"""The cells of one row of the main sheet."""

from decimal import Decimal

from cchc_core.workbook import formulas as f
from cchc_core.workbook.lines import Line
from cchc_core.workbook.styles import Styles
from cchc_core.workbook.xlsx import Format, Worksheet

_COLUMNS = f.column_index(f.STATUS) + 1


class Row:
    """Writes one row of the main sheet's table, cell by cell, in its level's formats."""

    def __init__(self, sheet: Worksheet, styles: Styles, line: Line) -> None:
        self._sheet, self._styles, self._line = sheet, styles, line
        if line.span > 1:
            for index in range(_COLUMNS):
                style = styles.cell(line.kind, "empty")
                sheet.merge_range(line.row - 1, index, line.row + line.span - 2, index, "", style)

    def text(self, column: str, text: str, role: str) -> None:
        """Write text that stays text."""
        self._sheet.write_string(*self._place(column), text, self._style(role))

    def points(self, column: str, points: Decimal, role: str = "points") -> None:
        """Write points as a number."""
        self._sheet.write_number(*self._place(column), float(points), self._style(role))

    def formula(self, column: str, formula: str, value: Decimal | str | None, role: str = "points") -> None:
        """Write a live formula with the core's value stored beside it; None is shown as nothing."""
        stored = value if isinstance(value, str) else "" if value is None else float(value)
        self._sheet.write_formula(*self._place(column), formula, self._style(role), stored)

    def blank(self, column: str, role: str) -> None:
        """Leave a cell empty, with its format."""
        self._sheet.write_blank(*self._place(column), None, self._style(role))

    def typed(self, column: str, value: Decimal | str | None, role: str) -> None:
        """Write what somebody may type over, or leave its cell empty."""
        if value is None:
            self.blank(column, role)
        elif isinstance(value, str):
            self.text(column, value, role)
        else:
            self.points(column, value, role)

    def _place(self, column: str) -> tuple[int, int]:
        return self._line.row - 1, f.column_index(column)

    def _style(self, role: str) -> Format:
        return self._styles.cell(self._line.kind, role)
