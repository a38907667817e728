"""Chỉ tiêu thống kê: the form section by section, this year beside last year."""

from collections.abc import Sequence

import streamlit as st

from cchc_core import workspace
from cchc_core.addresses import FIGURES_PATH
from cchc_core.indicators.keeping import TwoYears, read_two_years
from cchc_core.indicators.model import Indicator, Section
from cchc_core.indicators.printed import title_of
from cchc_core.store.users import User
from cchc_core.text import fold
from ui.indicators import figure_row
from ui.indicators.figure_row import DrawTotals
from ui.office import Desk
from ui.words import literal, sentence_case

SECTION, SEARCH, MISSING_ONLY = "muc-so", "tim", "con-thieu"
MOST_FOUND = 30


def show(user: User, desk: Desk) -> None:
    """Draw the form of the year: what is entered so far, one section, and the files to take away."""
    years = read_two_years(workspace.current().database, user, desk.office.id, desk.year)
    sections = years.form.sections
    section = next((each for each in sections if each.code == st.query_params.get(SECTION)), sections[0])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _draw_picker(years, section)
        _draw_search()
        _draw_switch()
    draw_totals = _place_totals(section)
    draw_totals(years)
    _draw_rows(desk, years, section, draw_totals)
    _draw_downloads(desk)


def asked_for(indicators: Sequence[Indicator]) -> list[Indicator]:
    """List what a department is asked for: not what another level alone reports."""
    return [indicator for indicator in indicators if not indicator.is_of_level_only]


def _count(years: TwoYears, indicators: Sequence[Indicator]) -> str:
    wanted = asked_for(indicators)
    return f"{sum(years.is_complete(each.code) for each in wanted)}/{len(wanted)}"


def _draw_picker(years: TwoYears, section: Section) -> None:
    labels = {
        each.code: f"{each.code} · {sentence_case(each.title)} ({_count(years, years.form.of_section(each.code))})"
        for each in years.form.sections
    }
    key = "_figures_section"
    st.session_state[key] = section.code
    st.selectbox(
        "Lĩnh vực",
        options=list(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=_remember,
        args=(key, SECTION),
        width=460,
    )


def _draw_search() -> None:
    key = "_figures_search"
    st.session_state[key] = st.query_params.get(SEARCH, "")
    st.text_input(
        "Tìm trong mọi lĩnh vực",
        key=key,
        placeholder="ví dụ: biên chế",
        on_change=_remember,
        args=(key, SEARCH),
        max_chars=80,
        width=260,
    )


def _draw_switch() -> None:
    key = "_figures_missing"
    st.session_state[key] = MISSING_ONLY in st.query_params
    st.toggle("Chỉ hiện dòng còn thiếu", key=key, on_change=_remember, args=(key, MISSING_ONLY))


def _remember(key: str, parameter: str) -> None:
    if chosen := st.session_state[key]:
        st.query_params[parameter] = "1" if chosen is True else str(chosen)
    else:
        st.query_params.pop(parameter, None)
    if parameter == SECTION:
        st.query_params.pop(SEARCH, None)


def _place_totals(section: Section) -> DrawTotals:
    """Keep a place for the counts that every row can draw into."""
    with st.container(key="totals"):
        place = st.empty()

    def draw(years: TwoYears) -> None:
        here, whole = _count(years, years.form.of_section(section.code)), _count(years, years.form.indicators)
        others = len(years.form.indicators) - len(asked_for(years.form.indicators))
        left_out = f" :gray[(không kể {others} chỉ tiêu mà chỉ cấp khác báo cáo)]" if others else ""
        words = f"Đã nhập năm {years.year}: **{here}** chỉ tiêu của lĩnh vực · **{whole}** của cả biểu{left_out}"
        place.markdown(words)

    return draw


def _draw_rows(desk: Desk, years: TwoYears, section: Section, draw_totals: DrawTotals) -> None:
    wanted = st.query_params.get(SEARCH, "")
    found = _found(years, wanted) if wanted.strip() else list(years.form.of_section(section.code))
    if MISSING_ONLY in st.query_params:
        found = [each for each in asked_for(found) if not years.is_complete(each.code)]
    if not found:
        st.info("Không có chỉ tiêu nào hợp với ô tìm và ô lọc. Hãy xoá ô tìm hoặc tắt «Chỉ hiện dòng còn thiếu».")
    told = None
    for indicator in found[:MOST_FOUND]:
        group = years.form.group_of(indicator)
        if group is not None and group != told:
            st.markdown(
                f"##### {literal(group.number)} {literal(group.title)}", help=group.note and literal(group.note)
            )
        told = group
        figure_row.show(desk.office.id, years, indicator.code, draw_totals)
    if len(found) > MOST_FOUND:
        st.caption(f"Hiện {MOST_FOUND} trong {len(found)} chỉ tiêu tìm thấy; hãy ghi thêm từ vào ô tìm.")


def _found(years: TwoYears, wanted: str) -> list[Indicator]:
    words = fold(wanted).split()
    return [
        each for each in years.form.indicators if all(word in fold(f"{each.code} {title_of(each)}") for word in words)
    ]


def _draw_downloads(desk: Desk) -> None:
    address = f"{FIGURES_PATH}/{desk.office.id}/{desk.year}/thong-ke"
    with st.container(horizontal=True, key="downloads-figures"):
        st.link_button("Tải biểu thống kê (.xlsx)", f"{address}.xlsx", icon=":material/download:")
        st.link_button("Tải số liệu hai năm (.csv)", f"{address}.csv", icon=":material/download:")
