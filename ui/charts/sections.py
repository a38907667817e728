"""The sections as bars, split by where their points stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from cchc_core.comparison import has_data
from cchc_core.figures import Figure
from cchc_core.rubric.model import Rubric, Section
from cchc_core.rules.decimals import ZERO, format_percent, format_points
from cchc_core.shares import Shares, joined, shares
from cchc_core.totals import RubricTotals
from ui.charts import look
from ui.words import points_unit, sentence_case

LONGEST_TITLE = 30


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a bar: what it is called, its colour and pattern, which of the shares it stands for, what is behind.

    What others score has an outline in navy, so that the department's own part is seen apart.
    """

    name: str
    color: str
    pattern: str
    attribute: str
    behind: Figure
    is_external: bool = False

    def of(self, of_section: Shares) -> Decimal:
        """Give the points of this part."""
        points: Decimal = getattr(of_section, self.attribute)
        return points


SHARES = (
    Share("Đã đạt", look.EARNED, "", "earned", Figure.SELF),
    Share("Mất điểm", look.LOST, "/", "lost", Figure.OWN_LOST),
    Share("Chưa chấm", look.MISSING, "", "missing", Figure.MISSING),
    Share("Chưa đến kỳ", look.NOT_DUE, ".", "not_due", Figure.NOT_DUE),
    Share("Bên ngoài đã chấm", look.EXTERNAL_GIVEN, "\\", "external_given", Figure.EXTERNAL, is_external=True),
    Share("Mất ở phần bên ngoài", look.EXTERNAL_LOST, "-", "external_lost", Figure.OUTSIDE_LOST, is_external=True),
    Share("Chờ bên ngoài", look.AWAITING, "|", "awaiting", Figure.AWAITING, is_external=True),
    Share("Không áp dụng", look.NOT_APPLICABLE, "x", "not_applicable", Figure.NOT_APPLICABLE),
)


@dataclass(frozen=True, slots=True)
class _Bar:
    code: str
    title: str
    address: str | None
    shares: Shares
    has_data: bool


def section_bars(rubric: Rubric, totals: RubricTotals, addresses: Mapping[str, str] | None = None) -> go.Figure:
    """Draw a bar for each section, split by where its points stand; patterns repeat what colours say.

    The name and figures of a section stand above its bar, so that the bar keeps the whole width of a phone; the name
    leads to the section's address where one is given. Where there are more sections than a chart can carry,
    neighbours share a bar.
    """
    bars = _bars(rubric, totals, addresses or {})
    figure = go.Figure()
    for share in SHARES:
        _add_share(figure, share, bars, points_unit(rubric))
    figure.update_layout(
        **look.layout(130 + 52 * len(bars)),
        barmode="stack",
        annotations=_names(rubric, bars),
        xaxis={
            "title": look.axis_title(points_unit(rubric)),
            "tickfont": {"color": look.TEXT_COLOR},
            "type": "linear",
            "range": [
                0,
                look.placed(
                    max((bar.shares.max_points + bar.shares.bonus for bar in bars), default=ZERO) or Decimal(1)
                ),
            ],
            "separatethousands": True,
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


def choice(share: Share, section: str) -> str:
    """Name what a click on a part of a bar chooses: its figure and its section."""
    return f"{share.behind.value} {section}"


def _bars(rubric: Rubric, totals: RubricTotals, addresses: Mapping[str, str]) -> list[_Bar]:
    single = [_single(section, totals, addresses) for section in rubric.sections]
    size = -(-len(single) * len(SHARES) // look.MOST_MARKS)
    return single if size <= 1 else [_joined(single[at : at + size]) for at in range(0, len(single), size)]


def _single(section: Section, totals: RubricTotals, addresses: Mapping[str, str]) -> _Bar:
    of_section = totals.sections[section.code]
    title, address = sentence_case(section.title), addresses.get(section.code)
    return _Bar(section.code, title, address, shares(of_section), has_data(of_section))


def _joined(bars: Sequence[_Bar]) -> _Bar:
    if len(bars) == 1:
        return bars[0]
    title = f"({len(bars)} lĩnh vực)"
    together, are_begun = joined(bar.shares for bar in bars), any(bar.has_data for bar in bars)
    return _Bar(f"{bars[0].code} … {bars[-1].code}", title, None, together, are_begun)


def _add_share(figure: go.Figure, share: Share, bars: Sequence[_Bar], unit: str) -> None:
    # Nothing is sent for no points: an outline around nothing would still be seen.
    there = [(place, bar, points) for place, bar in enumerate(bars) if (points := share.of(bar.shares))]
    if not there:
        return
    figure.add_bar(
        uid=share.attribute,
        name=share.name,
        ids=[choice(share, bar.code) if bar.address else "" for _, bar, _ in there],
        orientation="h",
        y=[place for place, _, _ in there],
        x=[look.placed(points) for _, _, points in there],
        customdata=[
            [look.line_of(f"{bar.code} {bar.title}"), f"{format_points(points)} {unit}"] for _, bar, points in there
        ],
        marker=look.filled(share.color, share.pattern, look.NAVY if share.is_external else ""),
        width=0.42,
        hovertemplate="%{customdata[0]}<br>" + share.name + ": %{customdata[1]}<extra></extra>",
    )


def _names(rubric: Rubric, bars: Sequence[_Bar]) -> list[dict[str, Any]]:
    # By place, not by code: a chart takes the code "1" for a number.
    return [
        {
            "x": 0,
            "y": place,
            "text": _name(rubric, bar),
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 11,
            "font": {"color": look.TEXT_COLOR, "size": 13},
        }
        for place, bar in enumerate(bars)
    ]


def _name(rubric: Rubric, bar: _Bar) -> str:
    name = look.line_of(f"{bar.code} {look.shortened(bar.title, LONGEST_TITLE)}")
    linked = name if bar.address is None else look.link(name, bar.address)
    if not bar.has_data:
        return f"{linked} · chưa có kết quả"
    percent = "" if rubric.is_illustrative else f" · {format_percent(bar.shares.percent)}"
    return f"{linked} <b>{format_points(bar.shares.points)}</b>{percent}"
