"""Units side by side, one row each, one column for each section."""

from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go

from cchc_core.heat import Cell, Row, aggregated
from cchc_core.rules.decimals import format_number, format_percent, format_points
from ui.charts import look

NO_DATA: Final = "chưa có số liệu"
LONGEST_NAME: Final = 46
# Pale all along, so that dark figures are read on every one; weak cells are warm, strong ones cool, which people who
# do not see red and green tell apart. The ends are fixed: a colour means the same on every board.
_SCALE: Final = [[0.0, "#e88b5a"], [0.5, "#f6c9a5"], [0.75, "#f5f1e6"], [0.9, "#bcd3ea"], [1.0, "#86aede"]]
_ROW_HEIGHT, _GAP = 50, 22
_AXIS: Final[dict[str, Any]] = {"type": "linear", "showgrid": False, "zeroline": False, "ticks": ""}


def heat_map(rows: Sequence[Row], columns: Sequence[tuple[str, str]], *, is_illustrative: bool) -> go.Figure:
    """Draw a matrix of units and sections; ``columns`` are (code, title), a cell says its figure.

    Official sets: percent of the effective maximum of each unit. Illustrative ones: criteria met of those that apply.
    A cell without figures stays white and says so; more cells than a chart can carry are joined first.
    """
    # Each row takes one mark more, its name.
    drawn = aggregated(rows, look.MOST_MARKS * len(columns) // (len(columns) + 1))
    figure = go.Figure()
    _add_cells(figure, drawn, columns, is_illustrative=is_illustrative)
    _add_names(figure, drawn)
    figure.update_layout(
        **look.layout(60 + _ROW_HEIGHT * len(drawn)),
        showlegend=False,
        xaxis={
            "side": "top",
            "range": [-0.5, len(columns) - 0.5],
            "tickvals": list(range(len(columns))),
            "ticktext": [look.line_of(code) for code, _ in columns],
            "tickangle": 0,
            "tickfont": {"color": look.TEXT_COLOR, "size": 12},
            **_AXIS,
        },
        yaxis={"range": [len(drawn) - 0.5, -0.8], "showticklabels": False, **_AXIS},
    )
    return figure


def _add_cells(
    figure: go.Figure, drawn: Sequence[Row], columns: Sequence[tuple[str, str]], *, is_illustrative: bool
) -> None:
    figure.add_heatmap(
        x=list(range(len(columns))),
        y=list(range(len(drawn))),
        z=[[_color(cell) for cell in row.cells] for row in drawn],
        text=[_texts(row, is_illustrative=is_illustrative) for row in drawn],
        texttemplate="%{text}",
        textfont={"size": 12, "color": look.TEXT_COLOR},
        customdata=[
            [
                [look.line_of(row.name), look.line_of(f"{code} {title}"), _words(cell, is_illustrative=is_illustrative)]
                for cell, (code, title) in zip(row.cells, columns, strict=True)
            ]
            for row in drawn
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        zmin=0,
        zmax=100,
        colorscale=_SCALE,
        showscale=False,
        xgap=2,
        ygap=_GAP,
    )


def _add_names(figure: go.Figure, drawn: Sequence[Row]) -> None:
    # Above its cells, in the gap between two rows: beside them a name would take half of a phone.
    figure.add_scatter(
        x=[-0.5] * len(drawn),
        y=[place - 0.5 for place in range(len(drawn))],
        mode="text",
        text=[_name(row) for row in drawn],
        textposition="middle right",
        textfont={"size": 13, "color": look.TEXT_COLOR},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _name(row: Row) -> str:
    name = look.line_of(look.shortened(row.name, LONGEST_NAME))
    return f"{name} · {NO_DATA}" if _is_empty(row) else name


def _is_empty(row: Row) -> bool:
    return all(cell is None for cell in row.cells)


def _texts(row: Row, *, is_illustrative: bool) -> list[str]:
    empty = "" if _is_empty(row) else '<span style="font-size:9px">chưa có<br>số liệu</span>'
    return [empty if cell is None else _text(cell, is_illustrative=is_illustrative) for cell in row.cells]


def _color(cell: Cell | None) -> str | None:
    percent = None if cell is None else cell.percent
    return None if percent is None else look.placed(percent)


def _text(cell: Cell, *, is_illustrative: bool) -> str:
    if is_illustrative and cell.whole:
        return f"{format_number(cell.part)}/{format_number(cell.whole)}"
    return format_percent(cell.percent).removesuffix(" %")


def _words(cell: Cell | None, *, is_illustrative: bool) -> str:
    if cell is None:
        return NO_DATA
    if not cell.whole:
        return "không có tiêu chí nào áp dụng"
    if is_illustrative:
        return f"đạt {format_number(cell.part)}/{format_number(cell.whole)} tiêu chí"
    return f"{format_percent(cell.percent)} · {format_points(cell.part)} / {format_points(cell.whole)} điểm"
