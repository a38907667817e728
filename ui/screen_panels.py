"""What the big screen shows in turn: the total, the sections, the units, what is due soon."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

import streamlit as st

from cchc_core.board import Board
from cchc_core.comparison import has_data
from cchc_core.due_soon import Due
from cchc_core.rules.decimals import ZERO, format_number, format_percent, format_points, percent_of
from cchc_core.rules.explain import signed
from cchc_core.rules.scoring import Status
from cchc_core.targets import Need, TargetKind
from cchc_core.titles import sentence_case
from cchc_core.totals import Totals
from cchc_core.units_board import UnitRow, UnitsBoard
from ui import adjusted, screen_bars
from ui.charts import look
from ui.screen_bars import Bar, Part
from ui.words import day, literal

NO_DATA = "chưa có"
MOST_BARS: Final = 14
MOST_DUE: Final = 5
_LONGEST_TEXT: Final = 100
_T = TypeVar("_T")

_POINTS: Final = (
    Part("Đã đạt", look.EARNED),
    Part("Mất", look.LOST, "slanted"),
    Part("Chưa chấm", look.MISSING),
    Part("Chưa đến kỳ", look.NOT_DUE),
    Part("Chờ bên ngoài", look.AWAITING, "upright"),
)
_CRITERIA: Final = (Part("Đạt", look.EARNED), Part("Chưa đạt", look.NOT_DUE))


@dataclass(frozen=True, slots=True)
class Panel:
    """One turn of the screen: its title, and how a page of it is drawn (pages count from 0)."""

    title: str
    draw: Callable[[int], None]
    pages: int = 1


def panels(board: Board, units: UnitsBoard) -> tuple[Panel, ...]:
    """List the panels in their order; units only where there are several."""
    sections = len(board.sheet.rubric.sections)
    listed = [
        Panel("Toàn bộ tiêu chí", lambda _: _draw_total(board)),
        Panel("Theo lĩnh vực", lambda page: _draw_sections(board, page), _pages(sections, MOST_BARS)),
    ]
    if len(units.rows) > 1:
        listed.append(Panel("Theo đơn vị", lambda page: _draw_units(units, page), _pages(len(units.rows), MOST_BARS)))
    listed.append(Panel("Sắp đến hạn", lambda page: _draw_due(board, page), _pages(len(board.due), MOST_DUE)))
    return tuple(listed)


def _pages(many: int, most: int) -> int:
    return max(1, -(-many // most))


def _draw_total(board: Board) -> None:
    total, need = board.sheet.totals.total, board.needs.get(None)
    is_illustrative = board.sheet.rubric.is_illustrative
    with st.container(horizontal=True, vertical_alignment="center", key="screen-total"):
        with st.container(key="screen-figure"):
            st.markdown(_main_figure(total, is_illustrative=is_illustrative))
        with st.container(key="screen-facts"):
            st.markdown("\n\n".join(_facts(board)))
    if total.applicable:
        bar = _bar("", total, need, is_illustrative=is_illustrative)
        said = [format_number(part) if is_illustrative else format_points(part) for part in bar.parts]
        screen_bars.draw_big(_kinds(board), bar, said)
    if need is not None:
        with st.container(key="screen-target"):
            st.markdown(_target_words(need))


def _main_figure(total: Totals, *, is_illustrative: bool) -> str:
    if not has_data(total):
        return NO_DATA
    if total.adjustments and not total.leaves:
        return signed(total.points)
    return f"{total.met}/{total.applicable}" if is_illustrative else format_percent(total.percent)


def _facts(board: Board) -> list[str]:
    total = board.sheet.totals.total
    if not has_data(total):
        # The line goes on where the large figure beside it stops: chưa có – kết quả nào.
        return ["**kết quả nào**", _whole(total, is_illustrative=board.sheet.rubric.is_illustrative)]
    if board.sheet.rubric.is_illustrative:
        return [
            "**tiêu chí đạt**",
            f"Chưa đạt **{total.applicable - total.met}** tiêu chí",
            f"trong đó chưa chấm **{total.counts[Status.MISSING]}**",
        ]
    expected = board.forecast.total.expected_percent
    on_top = f" ({adjusted.beside(total)})" if total.adjustments else ""
    return [
        f"**{format_points(total.points)}** / {format_points(total.effective_max)} điểm{on_top}",
        f"Sở tự chấm **{format_points(total.self_points)}** / {format_points(total.self_max)}",
        f"Bên ngoài chấm **{format_points(total.external_points)}** / {format_points(total.external_max)}",
        f"Dự kiến cuối năm **{format_percent(expected)}**",
    ]


def _whole(total: Totals, *, is_illustrative: bool) -> str:
    if is_illustrative:
        return f"trên **{total.applicable}** tiêu chí"
    return f"trên **{format_points(total.effective_max)}** điểm"


def _target_words(need: Need) -> str:
    kind, value = need.target.kind, format_number(need.target.value)
    unit = {TargetKind.PERCENT: "%", TargetKind.POINTS: "điểm", TargetKind.CRITERIA: "tiêu chí"}[kind]
    aim = f"Chỉ tiêu **{value} {unit}**"
    if need.is_met:
        return f"{aim} · đã đạt"
    if need.is_expected:
        return f"{aim} · dự kiến đạt, gồm **{need.hope}**"
    gap = f"{format_number(need.gap)} tiêu chí" if kind is TargetKind.CRITERIA else f"{format_points(need.gap)} điểm"
    return f"{aim} · còn thiếu **{gap}**"


def _kinds(board: Board) -> Sequence[Part]:
    return _CRITERIA if board.sheet.rubric.is_illustrative else _POINTS


def _bar(name: str, totals: Totals, need: Need | None, *, is_illustrative: bool) -> Bar:
    is_begun = has_data(totals)
    figure = _main_figure(totals, is_illustrative=is_illustrative)
    # The bar is the period's maximum, which what is expected not to apply any more is still part of.
    whole = Decimal(totals.applicable) if is_illustrative else totals.effective_max + totals.bonus
    target = None if need is None else percent_of(need.needed, whole)
    if is_illustrative:
        not_met = Decimal(totals.applicable - totals.met) if is_begun else ZERO
        parts: tuple[Decimal, ...] = (Decimal(totals.met), not_met)
    else:
        parts = (totals.points, totals.lost, totals.at_risk, totals.not_due, totals.awaiting)
    return Bar(name, parts, figure, target)


def _draw_sections(board: Board, page: int) -> None:
    sheet = board.sheet
    listed = [
        _bar(
            f"{section.code} {sentence_case(section.title)}",
            sheet.totals.sections[section.code],
            board.needs.get(section.code),
            is_illustrative=sheet.rubric.is_illustrative,
        )
        for section in _page(sheet.rubric.sections, page, MOST_BARS)
    ]
    screen_bars.draw_rows(_kinds(board), listed)


def _draw_units(units: UnitsBoard, page: int) -> None:
    listed = [_unit_bar(row, is_illustrative=units.is_illustrative) for row in _page(units.rows, page, MOST_BARS)]
    screen_bars.draw_rows(_CRITERIA if units.is_illustrative else _POINTS, listed)


def _unit_bar(row: UnitRow, *, is_illustrative: bool) -> Bar:
    if row.total is None:
        return Bar(row.unit_name, (ZERO,) * len(_POINTS), NO_DATA)
    return _bar(row.unit_name, row.total, None, is_illustrative=is_illustrative)


def _draw_due(board: Board, page: int) -> None:
    if not board.due:
        st.markdown("Không có việc nào quá hạn hoặc đến hạn trong 30 ngày tới.")
        return
    rows = ["| Ngày | Thời hạn | Việc |", "|---|---|---|"]
    rows += [f"| {day(due.day)} | {_left(due)} | {_what(due)} |" for due in _page(board.due, page, MOST_DUE)]
    with st.container(key="screen-due"):
        st.markdown("\n".join(rows))


def _left(due: Due) -> str:
    if due.is_overdue:
        return f":red[**quá hạn {-due.days} ngày**]"
    return "**hôm nay**" if due.days == 0 else f"còn {due.days} ngày"


def _what(due: Due) -> str:
    code = "" if due.code is None else f"**{literal(due.code)}** "
    return code + literal(look.shortened(due.what, _LONGEST_TEXT))


def _page(listed: Sequence[_T], page: int, most: int) -> Sequence[_T]:
    return listed[page * most : (page + 1) * most]
