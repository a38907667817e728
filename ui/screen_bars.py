"""Bars for a television: pictures that grow with the screen, between names and figures that are text.

A chart of the other pages measures itself in pixels and takes a moment to appear; a television has any number of pixels
and changes its picture every few seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import streamlit as st

from cchc_core.stacking import stacked
from ui.charts import look
from ui.words import literal

_WIDTH, _BIG_WIDTH = 780, 1808
_TALLEST, _BIG_HEIGHT, _SWATCH = 64, 120, 34
_ROWS_HEIGHT = 520
_PATTERNS: Final = (
    '<pattern id="slanted" width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="4" height="16" fill="#ffffff" fill-opacity="0.6"/></pattern>'
    '<pattern id="upright" width="16" height="16" patternUnits="userSpaceOnUse">'
    f'<rect width="3" height="16" fill="{look.NAVY}" fill-opacity="0.5"/></pattern>'
)


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of part that bars are made of; a pattern repeats what its colour says."""

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


def draw_rows(kinds: Sequence[Part], bars: Sequence[Bar]) -> None:
    """Draw a row for each bar, its name before it and its figure behind, then name the kinds of parts."""
    height = min(_TALLEST, _ROWS_HEIGHT // max(1, len(bars)))
    with st.container(key="screen-bars"):
        for number, bar in enumerate(bars):
            with st.container(horizontal=True, vertical_alignment="center", key=f"screen-row-{number}"):
                st.markdown(literal(bar.name))
                st.image(picture(kinds, bar, _WIDTH, height), alt="", width="stretch")
                st.markdown(f"**{literal(bar.figure)}**")
    there = [kind for number, kind in enumerate(kinds) if any(bar.parts[number] for bar in bars)]
    marks = [(_swatch(kind), kind.name) for kind in there]
    if any(bar.target is not None for bar in bars):
        marks.append((_svg("", _SWATCH, _SWATCH, _target(Decimal(50))), "Chỉ tiêu"))
    _name_marks(marks)


def draw_big(kinds: Sequence[Part], bar: Bar, figures: Sequence[str]) -> None:
    """Draw one bar over the whole width and name its parts with their figures."""
    with st.container(key="screen-big-bar"):
        st.image(picture(kinds, bar, _BIG_WIDTH, _BIG_HEIGHT), alt="", width="stretch")
    shown = [(kind, said) for kind, part, said in zip(kinds, bar.parts, figures, strict=True) if part]
    _name_marks([(_swatch(kind), f"{kind.name} **{said}**") for kind, said in shown])


def picture(kinds: Sequence[Part], bar: Bar, width: int, height: int) -> str:
    """Draw the parts of a bar side by side, each as long as its share of the whole, and the target across them."""
    parts = "".join(
        _rect(kind, f'x="{start}%" width="{length}%" y="8%" height="84%"')
        for kind, (start, length) in zip(kinds, stacked(bar.parts), strict=False)
        if length
    )
    return _svg(parts or _nothing(), width, height, _target(bar.target))


def _target(percent: Decimal | None) -> str:
    if percent is None:
        return ""
    return (
        f'<line x1="{percent}%" x2="{percent}%" y1="0" y2="100%" stroke="#ffffff" stroke-width="14"/>'
        f'<line x1="{percent}%" x2="{percent}%" y1="0" y2="100%" stroke="{look.TEXT_COLOR}" stroke-width="8"/>'
    )


def _nothing() -> str:
    return (
        f'<rect x="0.5%" width="99%" y="12%" height="76%" fill="none" stroke="{look.NOT_DUE}" stroke-width="3" '
        'stroke-dasharray="12 10"/>'
    )


def _rect(kind: Part, place: str) -> str:
    pattern = f'<rect {place} fill="url(#{kind.pattern})"/>' if kind.pattern else ""
    return f'<rect {place} fill="{kind.color}"/>{pattern}'


def _svg(shapes: str, width: int, height: int, above: str = "") -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><defs>{_PATTERNS}</defs>{shapes}{above}</svg>'


def _swatch(kind: Part) -> str:
    return _svg(_rect(kind, 'width="100%" height="100%"'), _SWATCH, _SWATCH)


def _name_marks(marks: Sequence[tuple[str, str]]) -> None:
    with st.container(horizontal=True, horizontal_alignment="center", key="screen-kinds"):
        for number, (mark, words) in enumerate(marks):
            with st.container(horizontal=True, vertical_alignment="center", key=f"screen-kind-{number}"):
                st.image(mark, alt="", width=_SWATCH)
                st.markdown(words, width="content")
