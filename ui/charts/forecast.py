"""The forecast of the year: four sums that add up to the maximum, the three totals it may end at, and the target."""

from decimal import Decimal
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from cchc_core.rubric.model import Rubric
from cchc_core.rules.decimals import format_percent, format_points
from ui.charts import look
from ui.words import points_unit

if TYPE_CHECKING:
    from cchc_core.forecast import Sums

PARTS = (
    ("Đã đạt", "earned", look.EARNED, ""),
    ("Còn có thể đạt", "within_reach", look.WITHIN_REACH, "\\"),
    ("Đã mất", "lost", look.LOST, "/"),
    ("Bên ngoài chấm", "external", look.AWAITING, "|"),
)
ENDS = (("Thấp", "low"), ("Dự kiến", "expected"), ("Cao", "high"))
_BAR, _RANGE, _TOP, _BOTTOM = 1.0, 0.42, 1.75, -0.75


def forecast_bar(sums: "Sums", needed: Decimal | None, rubric: Rubric) -> go.Figure:
    """Draw where the year's points stand, and below it where the year may end: low, expected, high.

    ``needed`` are the points of the target. A target of an illustrative set counts criteria, which have no place on
    an axis of points: none is drawn there.
    """
    target = None if rubric.is_illustrative else needed
    most = sums.effective_max + sums.bonus
    whole = max(most, target or most)
    figure = go.Figure()
    for name, attribute, color, pattern in PARTS:
        _add_part(figure, name, getattr(sums, attribute), (color, pattern), points_unit(rubric))
    _add_range(figure, sums, whole, with_percent=not rubric.is_illustrative)
    if target is not None:
        _add_target(figure, target, whole)
    figure.update_layout(
        **look.layout(310),
        barmode="stack",
        xaxis={
            "range": [0, look.placed(whole or Decimal(1))],
            "type": "linear",
            "title": look.axis_title(points_unit(rubric)),
            "tickfont": {"color": look.TEXT_COLOR},
            "separatethousands": True,
            "fixedrange": True,
        },
        yaxis={"range": [_BOTTOM, _TOP], "visible": False, "fixedrange": True},
    )
    return figure


def _add_part(figure: go.Figure, name: str, points: Decimal, look_of: tuple[str, str], unit: str) -> None:
    figure.add_bar(
        name=f"{name} {format_points(points)}",
        orientation="h",
        y=[_BAR],
        x=[look.placed(points)],
        width=0.62,
        marker=look.filled(*look_of),
        customdata=[[name, f"{format_points(points)} {unit}"]],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )


def _add_range(figure: go.Figure, sums: "Sums", whole: Decimal, *, with_percent: bool) -> None:
    ends = [(name, getattr(sums, key), getattr(sums, f"{key}_percent")) for name, key in ENDS]
    figure.add_scatter(
        name="Dự báo cuối năm",
        x=[look.placed(points) for _, points, _ in ends],
        y=[_RANGE] * len(ends),
        mode="lines+markers",
        line={"color": look.NAVY, "width": 3},
        marker={
            "color": look.NAVY,
            "opacity": 1,
            "size": [12, 14, 12],
            "symbol": ["line-ns-open", "diamond", "line-ns-open"],
        },
        hoverinfo="skip",
        showlegend=False,
    )
    for depth, (name, points, percent) in enumerate(_least_crossed(ends, whole), start=1):
        share = f" ({format_percent(percent)})" if with_percent and percent is not None else ""
        figure.add_annotation(
            x=look.placed(points),
            y=_RANGE,
            ax=0,
            ay=2 + 21 * depth,
            text=f"{name} <b>{format_points(points)}</b>{share}",
            showarrow=True,
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=look.NAVY,
            xanchor=look.side(points, whole),
            standoff=6,
            bgcolor=look.GROUND,
            borderpad=1,
            font={"color": look.TEXT_COLOR, "size": 13},
        )


_End = tuple[str, Decimal, Decimal | None]


def _least_crossed(ends: list[_End], whole: Decimal) -> list[_End]:
    """Order labels from the line downwards so that no leader crosses a label that is held at the same side."""
    right = [end for end in ends if look.side(end[1], whole) == "right"]
    left = [end for end in ends if look.side(end[1], whole) == "left"]
    return [*right, *reversed(left)]


def _add_target(figure: go.Figure, target: Decimal, whole: Decimal) -> None:
    at = look.placed(target)
    figure.add_shape(
        type="line", x0=at, x1=at, y0=_RANGE - 0.1, y1=1.45, line={"color": look.TEXT_COLOR, "width": 2, "dash": "dot"}
    )
    figure.add_annotation(
        x=at,
        y=1.45,
        text=f"Chỉ tiêu <b>{format_points(target)}</b>",
        showarrow=False,
        xanchor=look.side(target, whole),
        yanchor="bottom",
        font={"color": look.TEXT_COLOR, "size": 13},
    )
