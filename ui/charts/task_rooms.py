"""The tasks of each room as a bar, split by how they stand; patterns repeat what colours say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from cchc_core.rules.decimals import format_percent
from cchc_core.tasks.totals import RoomTotals
from ui.charts import look

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    color: str
    pattern: str
    of: Callable[[RoomTotals], int]


PARTS: Final = (
    _Part("Sớm hạn", look.EARNED, "", lambda room: room.early),
    _Part("Đúng hạn", look.WITHIN_REACH, ".", lambda room: room.on_time),
    _Part("Xong, không có hạn", look.EXTERNAL_GIVEN, "", lambda room: room.undated),
    _Part("Xong quá hạn", look.EXTERNAL_LOST, "-", lambda room: room.late),
    _Part("Còn hạn", look.AWAITING, "", lambda room: room.open),
    _Part("Sắp đến hạn", look.MISSING, "\\", lambda room: room.due_soon),
    _Part("Chưa có hạn", look.NOT_DUE, ".", lambda room: room.no_due),
    _Part("Quá hạn chưa xong", look.LOST, "/", lambda room: room.overdue),
    _Part("Không thực hiện", look.NOT_APPLICABLE, "x", lambda room: room.dropped),
)


def task_bars(rooms: Sequence[RoomTotals]) -> go.Figure:
    """Draw a bar for each room, its name and how much is done above it; the longest bars where there are too many."""
    most = look.MOST_MARKS // len(PARTS)
    drawn = rooms if len(rooms) <= most else sorted(rooms, key=lambda room: -room.tasks)[:most]
    figure = go.Figure()
    for part in PARTS:
        if any(part.of(room) for room in drawn):
            _add(figure, part, drawn)
    figure.update_layout(
        **look.layout(150 + 52 * len(drawn)),
        barmode="stack",
        annotations=[_name(place, room) for place, room in enumerate(drawn)],
        xaxis={
            "title": look.axis_title("nhiệm vụ"),
            "tickfont": {"color": look.TEXT_COLOR},
            "tickformat": "d",
            "range": [0, max((room.tasks for room in drawn), default=1) or 1],
            "fixedrange": True,
        },
        yaxis={
            "type": "linear",
            "range": [len(drawn) - 0.65, -0.85],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    )
    return figure


def _add(figure: go.Figure, part: _Part, rooms: Sequence[RoomTotals]) -> None:
    counts = [part.of(room) for room in rooms]
    figure.add_bar(
        x=counts,
        y=list(range(len(rooms))),
        orientation="h",
        width=0.36,
        name=part.name,
        marker=look.filled(part.color, part.pattern),
        customdata=[look.line_of(room.name) for room in rooms],
        hovertemplate=f"%{{customdata}}<br>{part.name}: %{{x}} nhiệm vụ<extra></extra>",
    )


def _name(place: int, room: RoomTotals) -> dict[str, Any]:
    name = look.line_of(look.shortened(room.name, _LONGEST_NAME))
    return {
        "x": 0,
        "y": place,
        "text": f"{name} <b>{room.done}/{room.tasks}</b> · {format_percent(room.completion_percent)}",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 13,
        "font": {"color": look.TEXT_COLOR, "size": 13},
    }
