"""What a trial comes to: the totals and the year's targets beside the real ones, and the table of what moved."""

from decimal import Decimal

import streamlit as st

from cchc_core.beside import Line, beside, beside_table, total_beside
from cchc_core.rules.decimals import format_number, format_percent, format_points
from cchc_core.sheet import Sheet
from cchc_core.table import Table
from cchc_core.targets import Need, TargetKind
from cchc_core.trying import Attempt
from ui import tables
from ui.words import literal, points_unit


def draw_bar(attempt: Attempt) -> None:
    """Draw the bar that stays in sight: the whole set and the overall target, really and in the trial."""
    with st.container(key="totals"):
        st.markdown("  \n".join([_total(attempt), *_target(attempt)]))


def _total(attempt: Attempt) -> str:
    real, tried = attempt.real.totals.total, attempt.trial.sheet.totals.total
    unit = points_unit(attempt.real.rubric)
    if attempt.real.rubric.is_illustrative:
        first = f"{format_points(real.points)} {unit}, đạt {real.met}/{real.applicable} tiêu chí"
        second = f"{format_points(tried.points)} {unit}, đạt {tried.met}/{tried.applicable} tiêu chí"
    else:
        first = f"{format_points(real.points)} {unit} ({format_percent(real.percent)})"
        second = f"{format_points(tried.points)} {unit} ({format_percent(tried.percent)})"
    moved = moved_badge(total_beside(attempt.real, attempt.trial.sheet))
    return f"**Cả bộ:** thật {first} → thử **{second}** {moved}"


def moved_badge(line: Line | None) -> str:
    """Say by how much a line moved, as a coloured word; None is one that did not."""
    if line is None or not line.difference:
        return ":gray-badge[không đổi]"
    word, color = ("tăng", "green") if line.difference > 0 else ("giảm", "red")
    return f":{color}-badge[{word} {format_points(abs(line.difference))}]"


def _target(attempt: Attempt) -> list[str]:
    pair = attempt.needs.get(None)
    return [] if pair is None else [f"**Chỉ tiêu năm {_aim(pair[0])}:** thật {_gap(pair[0])} → thử **{_gap(pair[1])}**"]


def _aim(need: Need) -> str:
    target = need.target
    if target.kind is TargetKind.PERCENT:
        return f"{format_number(target.value)} %"
    return _figure(need, target.value)


def _gap(need: Need) -> str:
    if need.is_met:
        return "đã đạt"
    if need.is_expected:
        return f"dự kiến đạt, gồm {need.hope}"
    return f"còn thiếu {_figure(need, need.gap)}" if need.maximum > 0 else "không có gì để đạt"


def _figure(need: Need, figure: Decimal) -> str:
    is_count = need.target.kind is TargetKind.CRITERIA
    return f"{format_number(figure)} tiêu chí" if is_count else f"{format_points(figure)} điểm"


def draw_table(attempt: Attempt) -> None:
    """Draw what moved, really and in the trial, and each target of the year in full."""
    st.subheader("Thật và thử")
    tables.draw(beside_table(attempt.lines, attempt.real.rubric))
    for section, (now, then) in attempt.needs.items():
        name = "Cả bộ" if section is None else section
        st.markdown(f"**{name}** · Thật: {literal(now.explanation)}  \n**Thử: {literal(then.explanation)}**")


def draw_comparison(first: Sheet, second: Sheet, names: tuple[str, str]) -> None:
    """Draw two trials of one assessment beside each other."""
    tables.draw(_compared(first, second, names))


def _compared(first: Sheet, second: Sheet, names: tuple[str, str]) -> Table:
    return beside_table(beside(first, second), first.rubric, names, "so-sanh-phuong-an")
