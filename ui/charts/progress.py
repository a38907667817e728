"""How far the year has come: what stands against the target."""

from decimal import Decimal

import plotly.graph_objects as go

from cchc_core.rules.decimals import ZERO, format_number, format_percent, format_points, percent_of
from cchc_core.targets import Need
from ui.charts import look


def progress_bar(
    points: Decimal | None, target: Need | None, effective_max: Decimal, *, is_illustrative: bool
) -> go.Figure:
    """Draw one bar of what stands within the maximum, with the target as a line.

    All three are points; of an illustrative set they are criteria: met, to be met, applicable. ``points`` is None while
    nothing was entered. The maximum is the period's and the target the year's, so the line has the target's own words;
    above the maximum it is drawn where it is, beyond the bar. Bonuses can take the points beyond it too.
    """
    whole = max(effective_max, points or ZERO, ZERO if target is None else target.needed)
    figure = go.Figure()
    for name, value, color, width in (
        ("Tối đa", effective_max, look.EMPTY, 0.8),
        ("Đạt", points or ZERO, look.EARNED, 0.46),
    ):
        figure.add_bar(
            name=name,
            orientation="h",
            y=["bar"],
            x=[look.placed(value)],
            marker=look.filled(color, ""),
            width=width,
            hoverinfo="skip",
        )
    _label(figure, _standing(points, effective_max, is_illustrative=is_illustrative), y=1.02, anchor="bottom")
    if target is not None:
        _add_target(figure, target.needed, whole, f"Chỉ tiêu {target.aim}")
    figure.update_layout(
        **look.layout(124),
        barmode="overlay",
        showlegend=False,
        xaxis={"range": [0, look.placed(whole or Decimal(1))], "type": "linear", "visible": False, "fixedrange": True},
        yaxis={"type": "category", "visible": False, "fixedrange": True},
    )
    figure.update_layout(margin={"t": 34, "b": 30})
    return figure


def _label(figure: go.Figure, text: str, *, y: float, anchor: str) -> None:
    figure.add_annotation(
        xref="paper",
        yref="paper",
        x=0,
        y=y,
        text=text,
        showarrow=False,
        xanchor="left",
        yanchor=anchor,
        font={"color": look.TEXT_COLOR, "size": 15},
    )


def _standing(points: Decimal | None, whole: Decimal, *, is_illustrative: bool) -> str:
    if points is None and whole:
        return f"Chưa có kết quả trên {_amount(whole, is_illustrative=is_illustrative)}"
    points = points or ZERO
    if is_illustrative:
        return f"Đạt <b>{format_number(points)}/{format_number(whole)}</b> tiêu chí"
    percent = percent_of(points, whole)
    if percent is None:
        return "Không có điểm chuẩn nên không có tỷ lệ"
    return f"<b>{format_percent(percent)}</b> · {format_points(points)} / {format_points(whole)} điểm"


def _amount(whole: Decimal, *, is_illustrative: bool) -> str:
    return f"{format_number(whole)} tiêu chí" if is_illustrative else f"{format_points(whole)} điểm"


def _add_target(figure: go.Figure, target: Decimal, whole: Decimal, words: str) -> None:
    at = look.placed(target)
    figure.add_shape(
        type="line", x0=at, x1=at, yref="paper", y0=-0.08, y1=1, line={"color": look.TEXT_COLOR, "width": 3}
    )
    figure.add_annotation(
        x=at,
        yref="paper",
        y=-0.1,
        text=words,
        showarrow=False,
        xanchor=look.side(target, whole),
        yanchor="top",
        font={"color": look.TEXT_COLOR, "size": 13},
    )
