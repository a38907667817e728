"""The year so far, period by period, and where the forecast sees its end."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

import plotly.graph_objects as go

from cchc_core.rubric.model import Rubric
from cchc_core.rules.decimals import HUNDRED, format_percent
from cchc_core.trend import FORECAST_MARKS, MARK_NAMES, Mark, TrendPoint
from ui.charts import look

MOST_LABELS: Final = 12
_FAN: Final = {
    Mark.LOW: ("Thấp", "dashdot", "triangle-down"),
    Mark.EXPECTED: ("Dự kiến", "dot", "diamond"),
    Mark.HIGH: ("Cao", "dash", "triangle-up"),
}


def trend_chart(points: Iterable[TrendPoint], rubric: Rubric) -> go.Figure:
    """Draw where each period stood as a line and the forecasts as a dashed fan from the last one that was scored.

    Official sets in percent of the effective maximum; illustrative ones in criteria met, which nobody forecasts. A
    period without figures stays a gap. Where there are more periods than a chart can carry, the last ones are drawn.
    """
    listed = tuple(points)
    scored = [point for point in listed if not point.is_forecast]
    kept = scored[-(look.MOST_MARKS - 2 * len(FORECAST_MARKS)) :]
    codes = list(dict.fromkeys(point.period_code for point in (*kept, *(p for p in listed if p.is_forecast))))
    figure = go.Figure()
    _add_line(figure, kept, rubric)
    if not rubric.is_illustrative:
        _add_fan(figure, listed, next((point for point in reversed(kept) if point.percent is not None), None))
    figure.update_layout(**look.layout(320), xaxis=_periods(codes, listed), yaxis=_values(kept, listed, rubric))
    figure.update_layout(margin={"l": 8, "b": 28})
    if all(point.is_gap for point in kept):
        _say_nothing_is_scored(figure)
    return figure


def _say_nothing_is_scored(figure: go.Figure) -> None:
    figure.add_annotation(
        xref="paper", yref="paper", x=0.5, y=0.5, text="Chưa có kỳ nào được chấm", showarrow=False, font={"size": 15}
    )


def _add_line(figure: go.Figure, points: Sequence[TrendPoint], rubric: Rubric) -> None:
    words = [_words(point, is_illustrative=rubric.is_illustrative) for point in points]
    figure.add_scatter(
        uid=Mark.SCORED.value,
        name="Tiêu chí đạt" if rubric.is_illustrative else "Tỷ lệ điểm đạt",
        x=[point.period_code for point in points],
        y=[_height(point, is_illustrative=rubric.is_illustrative) for point in points],
        mode="lines+markers+text" if len(points) <= MOST_LABELS else "lines+markers",
        text=words,
        textposition=_positions(points, is_illustrative=rubric.is_illustrative),
        textfont={"color": look.TEXT_COLOR, "size": 13},
        line={"color": look.NAVY, "width": 3},
        marker={"color": look.NAVY, "size": 9},
        connectgaps=False,
        cliponaxis=False,
        customdata=[[look.line_of(point.period_title), text] for point, text in zip(points, words, strict=True)],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )


def _height(point: TrendPoint, *, is_illustrative: bool) -> str | None:
    if is_illustrative:
        return None if point.met is None else str(point.met)
    return None if point.percent is None else look.placed(point.percent)


def _positions(points: Sequence[TrendPoint], *, is_illustrative: bool) -> list[str]:
    # Each label is held where the line that comes in does not run: left of a rise, right of a fall.
    heights = [Decimal(_height(point, is_illustrative=is_illustrative) or 0) for point in points]
    before = [Decimal(0), *heights][: len(heights)]
    return ["top right" if now < earlier else "top left" for earlier, now in zip(before, heights, strict=True)]


def _words(point: TrendPoint, *, is_illustrative: bool) -> str:
    if is_illustrative:
        return "" if point.met is None else f"{point.met}/{point.applicable}"
    return "" if point.percent is None else format_percent(point.percent)


def _add_fan(figure: go.Figure, points: Sequence[TrendPoint], last: TrendPoint | None) -> None:
    for point in points:
        if not point.is_forecast or point.percent is None:
            continue
        name, dash, symbol = _FAN[point.mark]
        start = [] if last is None else [last]
        figure.add_scatter(
            uid=point.mark.value,
            name=f"{name} {format_percent(point.percent)}",
            x=[each.period_code for each in (*start, point)],
            y=[look.placed(each.percent) for each in (*start, point) if each.percent is not None],
            mode="lines+markers",
            line={"color": look.NAVY, "width": 2, "dash": dash},
            marker={"color": look.NAVY, "opacity": 1, "size": [*(0 for _ in start), 10], "symbol": symbol},
            cliponaxis=False,
            customdata=[[look.line_of(point.period_title), MARK_NAMES[point.mark], format_percent(point.percent)]]
            * (len(start) + 1),
            hovertemplate="%{customdata[0]}: %{customdata[1]} %{customdata[2]}<extra></extra>",
        )


def _periods(codes: Sequence[str], points: Sequence[TrendPoint]) -> dict[str, Any]:
    titles = {point.period_code: look.line_of(point.period_title) for point in points}
    named = codes[:: -(-len(codes) // MOST_LABELS) or 1]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": codes,
        "tickvals": named,
        "ticktext": [titles[code] for code in named],
        "range": [-0.75, max(len(codes), 1) - 0.6],
        "tickfont": {"color": look.TEXT_COLOR, "size": 13},
        "showgrid": False,
    }


def _values(drawn: Sequence[TrendPoint], with_forecasts: Sequence[TrendPoint], rubric: Rubric) -> dict[str, Any]:
    # Room above the largest value for its label.
    if rubric.is_illustrative:
        most = max((point.applicable or 0 for point in drawn), default=0) or 1
        scale: dict[str, Any] = {"range": [0, str(Decimal(most) * Decimal("1.12"))], "nticks": 6, "tickformat": ",d"}
    else:
        # Only bonuses take a percent above 100.
        top = max((point.percent for point in with_forecasts if point.percent is not None), default=HUNDRED)
        scale = {"range": [0, int(max(top, HUNDRED)) + 12], "dtick": 20, "tick0": 0, "ticksuffix": " %"}
    grid = {"gridcolor": look.EMPTY, "zeroline": True, "zerolinecolor": look.NOT_DUE}
    return {"type": "linear", "tickfont": {"color": look.TEXT_COLOR}, "automargin": True, **grid, **scale}
