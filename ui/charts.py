"""Charts of totals. Every chart has the same figures in a table beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape

import plotly.graph_objects as go

from cchc_core.rubric.model import Rubric
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.totals import RubricTotals, Totals
from ui.words import points_unit, sentence_case

LONGEST_TITLE = 34
TEXT_COLOR = "#16233a"


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a bar: what it is called, its colour, and its points among the totals."""

    name: str
    color: str
    pattern: str
    attribute: str

    def of(self, totals: Totals) -> Decimal:
        """Give the points of this part."""
        if self.attribute == "not_applicable":
            return totals.max_points - totals.effective_max
        points: Decimal = getattr(totals, self.attribute)
        return points


SHARES = (
    Share("Đã đạt", "#1b7f4b", "", "points"),
    Share("Mất điểm", "#b3261e", "/", "lost"),
    Share("Chưa chấm", "#f0a500", "", "at_risk"),
    Share("Chưa đến kỳ", "#9aa5b1", ".", "not_due"),
    Share("Chờ bên ngoài", "#5b8def", "", "awaiting"),
    Share("Không áp dụng", "#aab4c0", "x", "not_applicable"),
)


def section_bars(rubric: Rubric, totals: RubricTotals) -> go.Figure:
    """Draw a bar for each section, split by where its points stand; patterns repeat what colours say.

    The name and figures of a section stand above its bar, so that the bar keeps the whole width of a phone.
    """
    codes = [section.code for section in rubric.sections]
    titles = [f"{section.code} {escape(sentence_case(section.title))}" for section in rubric.sections]
    by_section: Mapping[str, Totals] = totals.sections
    figure = go.Figure()
    for share in SHARES:
        points = [share.of(by_section[code]) for code in codes]
        if not any(points):
            continue
        figure.add_bar(
            name=share.name,
            orientation="h",
            y=codes,
            x=[str(value) for value in points],
            customdata=[[title, format_points(value)] for title, value in zip(titles, points, strict=True)],
            marker={"color": share.color, "pattern": {"shape": share.pattern, "solidity": 0.25}},
            width=0.42,
            hovertemplate="%{customdata[0]}<br>" + share.name + ": %{customdata[1]} điểm<extra></extra>",
        )
    _name_bars(figure, rubric, totals)
    unit = points_unit(rubric)
    figure.update_layout(
        barmode="stack",
        height=110 + 52 * len(codes),
        margin={"l": 4, "r": 8, "t": 8, "b": 8},
        font={"color": TEXT_COLOR},
        legend={"orientation": "h", "y": 1.01, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        xaxis={
            "title": {"text": unit},
            "tickfont": {"color": TEXT_COLOR},
            "rangemode": "tozero",
            "separatethousands": False,
        },
        yaxis={"autorange": "reversed", "showticklabels": False, "type": "category"},
        separators=",.",
        dragmode=False,
    )
    return figure


def _name_bars(figure: go.Figure, rubric: Rubric, totals: RubricTotals) -> None:
    for section in rubric.sections:
        figure.add_annotation(
            x=0,
            y=section.code,
            text=_name(rubric, section.code, section.title, totals.sections[section.code]),
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            yshift=11,
            font={"color": TEXT_COLOR, "size": 13},
        )


def _name(rubric: Rubric, code: str, title: str, totals: Totals) -> str:
    sentence = sentence_case(title)
    short = sentence if len(sentence) <= LONGEST_TITLE else sentence[:LONGEST_TITLE].rpartition(" ")[0] + " …"
    percent = "" if rubric.is_illustrative else f" · {format_percent(totals.percent)}"
    return f"{code} {escape(short)} <b>{format_points(totals.points)}</b>{percent}"
