"""The native chart of the summary: for each section what is earned, lost, not scored, not due and awaited."""

from typing import TYPE_CHECKING

from cchc_core.workbook.lines import Board, Kind, totals_of
from cchc_core.workbook.names import SUMMARY
from cchc_core.workbook.xlsx import FONT, Book, Worksheet

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet

# Together a bar is as long as the effective maximum. The colours differ in lightness too, for print without colour.
_SERIES = (
    ("Điểm đạt được", "E", "#1F6F43"),
    ("Điểm mất", "G", "#C0392B"),
    ("Chưa chấm", "H", "#F2B134"),
    ("Chưa đến kỳ", "I", "#C9CFD6"),
    ("Chờ bên ngoài", "J", "#7FA8D1"),
)
_FIRST_COLUMN = 10
_MOST_LABEL = 48
_SIZE = {"width": 1070, "height": 520}
_SMALL = {"name": FONT, "size": 10}


def add_chart(book: Book, sheet: Worksheet, content: "Sheet", board: Board, *, table_row: int, at_row: int) -> None:
    """Draw the sections of the table that begins at a row as stacked bars, the first on top."""
    illustrative = " (điểm minh hoạ)" if content.rubric.is_illustrative else ""
    last_row = _write_data(sheet, content, board, table_row)
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for index, (name, _, colour) in enumerate(_SERIES, start=_FIRST_COLUMN + 1):
        chart.add_series(
            {
                "name": name,
                "categories": [SUMMARY, table_row - 1, _FIRST_COLUMN, last_row - 1, _FIRST_COLUMN],
                "values": [SUMMARY, table_row - 1, index, last_row - 1, index],
                "fill": {"color": colour},
                "gap": 45,
            }
        )
    chart.set_title({"name": f"Điểm theo lĩnh vực{illustrative}", "name_font": {"name": FONT, "size": 14}})
    chart.set_y_axis({"reverse": True, "num_font": _SMALL})
    chart.set_x_axis({"num_format": "#,##0.0", "num_font": _SMALL, "major_gridlines": {"visible": True}})
    chart.set_legend({"position": "bottom", "font": {"name": FONT, "size": 11}})
    chart.show_hidden_data()
    chart.set_size(_SIZE)
    about = f"Biểu đồ điểm theo lĩnh vực{illustrative}; số liệu ở bảng 1."
    sheet.insert_chart(at_row - 1, 0, chart, {"description": about, "y_offset": 4})


def _write_data(sheet: Worksheet, content: "Sheet", board: Board, table_row: int) -> int:
    """Repeat the sections without the parts in hidden columns: not every program draws a range with gaps."""
    row = table_row - 1
    for order, line in enumerate(board.summarised):
        if line.kind is not Kind.SECTION:
            continue
        row += 1
        title = line.title if len(line.title) <= _MOST_LABEL else line.title[: _MOST_LABEL - 1].rstrip() + "…"
        sheet.write_string(row - 1, _FIRST_COLUMN, f"{line.code}. {title}")
        totals = totals_of(content, line)
        values = (totals.points, totals.lost, totals.at_risk, totals.not_due, totals.awaiting)
        for index, ((_, column, _), value) in enumerate(zip(_SERIES, values, strict=True), start=_FIRST_COLUMN + 1):
            sheet.write_formula(row - 1, index, f"={column}{table_row + order}", None, float(value))
    sheet.set_column(_FIRST_COLUMN, _FIRST_COLUMN + len(_SERIES), None, None, {"hidden": True})
    return row
