"""Bars for a television: few, wide, and with letters that are read from across the room."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import plotly.graph_objects as go

from ui.charts import look

LETTERS: Final = 38
"""Height of the letters in pixels, on a picture 1920 pixels wide."""

CONFIG: Final[dict[str, Any]] = {"staticPlot": True, "displayModeBar": False}
_LONGEST_NAME: Final = 38
_NAMES, _FIGURES = 760, 260
_HEIGHT, _LEGEND = 730, 70


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of part that bars are made of."""

    name: str
    color: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its parts (points, or criteria) in the order of the kinds, and the figure at its end.

    ``target`` is in percent of the whole bar.
    """

    name: str
    parts: tuple[Decimal, ...]
    figure: str
    target: Decimal | None = None


def bars(kinds: Sequence[Part], listed: Sequence[Bar]) -> go.Figure:
    """Draw bars of one length, each split in percent of its own whole, with its name before it and a figure behind."""
    figure = _figure(kinds, listed)
    for place, bar in enumerate(listed):
        if bar.target is not None:
            _add_target(figure, place, bar.target)
        _write(figure, place, f"<b>{look.line_of(bar.figure)}</b>", x=1.012, anchor="left")
        name = look.line_of(look.shortened(bar.name, _LONGEST_NAME))
        _write(figure, place, name, x=-0.012, anchor="right")
    figure.update_layout(height=_HEIGHT, margin={"l": _NAMES, "r": _FIGURES, "t": 4, "b": _LEGEND})
    return figure


def big_bar(kinds: Sequence[Part], bar: Bar) -> go.Figure:
    """Draw one bar over the whole width, with its target as a line."""
    figure = _figure(kinds, [bar])
    if bar.target is not None:
        _add_target(figure, 0, bar.target)
    figure.update_layout(height=240, margin={"l": 0, "r": 0, "t": 4, "b": _LEGEND})
    return figure


def _figure(kinds: Sequence[Part], listed: Sequence[Bar]) -> go.Figure:
    figure = go.Figure()
    for number, kind in enumerate(kinds):
        points = [bar.parts[number] for bar in listed]
        if not any(points):
            continue
        figure.add_bar(
            name=kind.name,
            orientation="h",
            y=list(range(len(listed))),
            x=[look.placed(value) for value in points],
            width=0.66,
            marker={
                "color": kind.color,
                "pattern": {"shape": kind.pattern, "solidity": 0.2, "size": 14},
                "line": {"width": 0},
            },
        )
    figure.update_layout(
        **look.layout(_HEIGHT),
        barmode="stack",
        barnorm="percent",
        showlegend=True,
        xaxis={"range": [0, 100], "type": "linear", "visible": False, "fixedrange": True},
        yaxis={
            "range": [len(listed) - 0.5, -0.5],
            "type": "linear",
            "visible": False,
            "fixedrange": True,
        },
    )
    font = {"color": look.TEXT_COLOR, "size": LETTERS}
    figure.update_layout(
        font=font, legend={"font": font, "x": 0.5, "xanchor": "center", "xref": "container", "y": 0, "yanchor": "top"}
    )
    return figure


def _write(figure: go.Figure, place: int, text: str, *, x: float, anchor: str) -> None:
    figure.add_annotation(
        xref="paper",
        x=x,
        y=place,
        text=text,
        showarrow=False,
        xanchor=anchor,
        yanchor="middle",
        font={"color": look.TEXT_COLOR, "size": LETTERS},
    )


def _add_target(figure: go.Figure, place: int, percent: Decimal) -> None:
    at = look.placed(percent)
    figure.add_shape(
        type="line", x0=at, x1=at, y0=place - 0.48, y1=place + 0.48, line={"color": look.TEXT_COLOR, "width": 7}
    )
