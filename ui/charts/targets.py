"""Promised percents against what was reached: a bar for each, its goal as a mark across it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

import plotly.graph_objects as go

from cchc_core.plan_targets.keeping import Measured
from cchc_core.plan_targets.measuring import OUTCOME_NAMES, Outcome, goal_words, shown
from ui.charts import look

MOST_BARS: Final = 40
_LONGEST: Final = 62
_LOOKS: Final = {Outcome.MET: (look.EARNED, ""), Outcome.NOT_MET: (look.MISSING, "/")}
_HUNDRED: Final = Decimal(100)
_STEP: Final = 20


def can_be_drawn(measured: Measured) -> bool:
    """Tell whether a target is a percent of which the actual value is known."""
    return measured.goal.is_percent and isinstance(measured.actual, Decimal)


def target_bars(drawn: Sequence[Measured]) -> go.Figure:
    """Draw a bar for each target; colour and pattern tell whether it is met, a mark where its goal stands.

    The text of a target stands above its bar, so that the bar keeps the whole width of a phone.
    """
    bars = list(drawn)[:MOST_BARS]
    figure = go.Figure()
    for outcome, (color, pattern) in _LOOKS.items():
        _add_bars(figure, outcome, color, pattern, bars)
    for place, measured in enumerate(bars):
        _add_goal(figure, place, measured)
    whole = max([_HUNDRED, *(_number(each.goal.value) for each in bars), *(_number(each.actual) for each in bars)])
    marks = list(range(0, int(whole) + 1, _STEP if whole <= 2 * _HUNDRED else _STEP * 5))
    figure.update_layout(
        **look.layout(100 + 52 * len(bars)) | {"margin": {"l": 16, "r": 26, "t": 8, "b": 8}},
        annotations=[_name(place, measured) for place, measured in enumerate(bars)],
        xaxis={
            "range": [0, look.placed(whole + whole / 200)],
            "type": "linear",
            # Said, because the browser leaves out a last mark that lies on the very edge.
            "tickvals": marks,
            "ticktext": [f"{mark} %" for mark in marks],
            "tickfont": {"color": look.TEXT_COLOR},
            "automargin": True,
            "fixedrange": True,
        },
        yaxis={
            "type": "linear",
            "range": [len(bars) - 0.65, -0.85],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    )
    return figure


def _add_bars(figure: go.Figure, outcome: Outcome, color: str, pattern: str, bars: Sequence[Measured]) -> None:
    there = [(place, each) for place, each in enumerate(bars) if each.outcome is outcome]
    if not there:
        return
    figure.add_bar(
        uid=outcome.value,
        name=OUTCOME_NAMES[outcome],
        orientation="h",
        y=[place for place, _ in there],
        x=[look.placed(_number(each.actual)) for _, each in there],
        customdata=[[look.line_of(each.target.text), look.line_of(_standing(each))] for _, each in there],
        marker=look.filled(color, pattern),
        width=0.36,
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
    )


def _add_goal(figure: go.Figure, place: int, measured: Measured) -> None:
    at = look.placed(_number(measured.goal.value))
    figure.add_shape(
        type="line", x0=at, x1=at, y0=place - 0.26, y1=place + 0.26, line={"color": look.TEXT_COLOR, "width": 3}
    )


def _name(place: int, measured: Measured) -> dict[str, Any]:
    text = look.shortened(f"{measured.target.ordinal}. {measured.target.text}", _LONGEST)
    return {
        "x": 0,
        "y": place - 0.24,
        # What it comes to stands first: a phone cuts the end.
        "text": f"<b>{look.line_of(_standing(measured))}</b> · {look.line_of(text)}",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "font": {"color": look.TEXT_COLOR, "size": 12},
    }


def _standing(measured: Measured) -> str:
    actual = "" if measured.actual is None else shown(measured.goal, measured.actual)
    return f"{actual} / {goal_words(measured.goal)}"


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
