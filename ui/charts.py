"""Charts of totals. Every chart has the same figures in a table beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from cchc_core.rubric.model import Rubric
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.totals import RubricTotals, Totals
from ui.words import sentence_case

LONGEST_LINE = 26


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
    Share("Không áp dụng", "#d9dee3", "x", "not_applicable"),
)


def section_bars(rubric: Rubric, totals: RubricTotals) -> go.Figure:
    """Draw a bar for each section, split by where its points stand; patterns repeat what colours say."""
    labels = [_label(section.code, section.title) for section in rubric.sections]
    by_section: Mapping[str, Totals] = totals.sections
    figure = go.Figure()
    for share in SHARES:
        points = [share.of(by_section[section.code]) for section in rubric.sections]
        if not any(points):
            continue
        figure.add_bar(
            name=share.name,
            orientation="h",
            y=labels,
            x=[str(value) for value in points],
            customdata=[format_points(value) for value in points],
            marker={"color": share.color, "pattern": {"shape": share.pattern, "solidity": 0.25}},
            hovertemplate="%{y}<br>" + share.name + ": %{customdata} điểm<extra></extra>",
        )
    _annotate(figure, rubric, totals, labels)
    figure.update_layout(
        barmode="stack",
        height=120 + 46 * len(labels),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        xaxis={"title": {"text": "điểm"}, "rangemode": "tozero", "separatethousands": False},
        yaxis={"autorange": "reversed", "automargin": True},
        separators=",.",
        dragmode=False,
    )
    return figure


def _annotate(figure: go.Figure, rubric: Rubric, totals: RubricTotals, labels: list[str]) -> None:
    for section, label in zip(rubric.sections, labels, strict=True):
        shown = totals.sections[section.code]
        percent = "" if rubric.is_illustrative else f" · {format_percent(shown.percent)}"
        figure.add_annotation(
            x=str(shown.max_points),
            y=label,
            text=f"{format_points(shown.points)}{percent}",
            showarrow=False,
            xanchor="left",
            xshift=6,
        )


def _label(code: str, title: str) -> str:
    words, lines = f"{code} {sentence_case(title)}".split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) >= LONGEST_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    shown = lines[:2] if len(lines) <= 2 else [lines[0], lines[1] + " …"]
    return "<br>".join(shown)
