"""The year of tasks on a line of days: a mark for the due days of a room that fall together and stand alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import plotly.graph_objects as go

from cchc_core.tasks.life import TIMELINESS_NAMES, Timeliness
from cchc_core.tasks.timeline import Mark, Timeline
from ui.charts import look

_LOOKS: Final[Mapping[Timeliness, tuple[str, str, float]]] = {
    Timeliness.OVERDUE: (look.LOST, "x", -0.14),
    Timeliness.DUE_SOON: (look.MISSING, "diamond", 0.0),
    Timeliness.OPEN: (look.EXTERNAL_GIVEN, "circle-open", 0.0),
    Timeliness.LATE: (look.EXTERNAL_LOST, "triangle-down", 0.13),
    Timeliness.ON_TIME: (look.WITHIN_REACH, "square", 0.26),
    Timeliness.EARLY: (look.EARNED, "circle", 0.39),
    Timeliness.DROPPED: (look.NOT_DUE, "line-ew-open", 0.39),
}
_ROW, _LONGEST_NAME, _MOST_NAMED, _LONGEST_TITLE = 100, 60, 6, 70
_MARGIN: Final = timedelta(days=12)


@dataclass
class _Spot:
    """What falls on one day in one room and stands alike."""

    day: date
    row: int
    many: int = 0
    marks: list[Mark] = field(default_factory=list)


def task_timeline(line: Timeline, year: int, today: date) -> go.Figure:
    """Draw a row for each room; a mark says how many due days it stands for and names the first of them."""
    rooms = list(dict.fromkeys((mark.room_id, mark.room_name) for mark in _by_room(line.marks)))
    rows = {room_id: place for place, (room_id, _) in enumerate(rooms)}
    figure = go.Figure()
    for timeliness in _LOOKS:
        if spots := _spots(line.marks, timeliness, rows):
            _add(figure, timeliness, spots)
    first, last = _ends(line.marks, year)
    figure.update_layout(
        **look.layout(150 + _ROW * len(rooms)),
        annotations=[_name(place, name, first) for place, (_, name) in enumerate(rooms)],
        showlegend=True,
        shapes=_today_line(today) if first <= today <= last else [],
        xaxis={
            "type": "date",
            "range": [first.isoformat(), last.isoformat()],
            "dtick": "M1",
            "tickformat": "T%-m",
            "ticklabelmode": "period",
            "tickfont": {"color": look.TEXT_COLOR},
            "showgrid": True,
            "gridcolor": "#e3e8ef",
        },
        yaxis={
            "type": "linear",
            "range": [len(rooms) - 0.5, -0.6],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    )
    return figure


def _by_room(marks: Iterable[Mark]) -> list[Mark]:
    # The unknown room comes last; the others stand in the order of their names as the core sorts them.
    return sorted(marks, key=lambda mark: (not mark.room_id, mark.room_name))


def _spots(marks: Iterable[Mark], timeliness: Timeliness, rows: Mapping[str, int]) -> list[_Spot]:
    spots: dict[tuple[date, int], _Spot] = {}
    for mark in marks:
        if mark.timeliness is timeliness:
            place = (mark.day, rows[mark.room_id])
            spot = spots.setdefault(place, _Spot(*place))
            spot.many += mark.many
            if len(spot.marks) < _MOST_NAMED:
                spot.marks.append(mark)
    return list(spots.values())


def _add(figure: go.Figure, timeliness: Timeliness, spots: Sequence[_Spot]) -> None:
    color, symbol, shift = _LOOKS[timeliness]
    figure.add_scatter(
        x=[spot.day.isoformat() for spot in spots],
        y=[spot.row + shift for spot in spots],
        mode="markers+text",
        name=TIMELINESS_NAMES[timeliness],
        # One due day is a mark, several are a larger one with their number.
        text=[str(spot.many) if spot.many > 1 else "" for spot in spots],
        textposition="middle right",
        textfont={"size": 11, "color": look.TEXT_COLOR},
        marker={
            "color": color,
            "symbol": symbol,
            "size": [min(22, 10 + spot.many) for spot in spots],
            "line": {"color": color, "width": 2},
            "opacity": 1,
        },
        # Marks of one id would be drawn as one.
        ids=[_chosen_as(spot) for spot in spots],
        customdata=[_words(spot) for spot in spots],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _chosen_as(spot: _Spot) -> str:
    return spot.marks[0].task_id if spot.many == 1 else f"{spot.day} {spot.row}"


def _words(spot: _Spot) -> str:
    many = f" · {spot.many} hạn" if spot.many > 1 else ""
    lines = [f"<b>{spot.day:%d/%m/%Y}</b>{many}"]
    for mark in spot.marks:
        if mark.task_id:
            title = look.shortened(" ".join(filter(None, (mark.code, mark.title))), _LONGEST_TITLE)
            lines.append(look.line_of(title))
    if spot.many > len(spot.marks) and spot.marks[0].task_id:
        lines.append(f"và {spot.many - len(spot.marks)} hạn nữa")
    return "<br>".join(lines)


def _ends(marks: Sequence[Mark], year: int) -> tuple[date, date]:
    days = [mark.day for mark in marks]
    return min(date(year, 1, 1), *days) - _MARGIN, max(date(year, 12, 31), *days) + _MARGIN


def _name(place: int, name: str, first: date) -> dict[str, Any]:
    return {
        "x": first.isoformat(),
        "y": place - 0.3,
        "text": look.line_of(look.shortened(name, _LONGEST_NAME)),
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 0,
        "font": {"color": look.TEXT_COLOR, "size": 13},
    }


def _today_line(today: date) -> list[dict[str, Any]]:
    day = today.isoformat()
    return [
        {
            "type": "line",
            "x0": day,
            "x1": day,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": look.LOST, "width": 1, "dash": "dot"},
            "label": {
                "text": "hôm nay",
                "textposition": "end",
                "textangle": 0,
                "font": {"size": 11, "color": look.LOST},
            },
        }
    ]
