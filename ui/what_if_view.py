"""Thử điểm: other answers tried out, with nothing stored in the assessment."""

from collections.abc import Iterable

import streamlit as st

from cchc_core import trying, workspace
from cchc_core.asks_for import shortened
from cchc_core.best_answers import best_answers, left_out_words
from cchc_core.permissions import Action
from cchc_core.rules.decimals import format_points
from cchc_core.sheet import Sheet
from cchc_core.status_names import STATUS_NAMES
from cchc_core.store.users import User
from cchc_core.trying import Attempt
from ui import adjusted, current, navigation, rights, scenario_bar, what_if_rows, what_if_state, what_if_sums
from ui.heading import assessment_line
from ui.what_if_state import WhatIf
from ui.words import literal, sentence_case

_PICKED, _SECTION = "_what_if_picked", "_what_if_section"
_LONGEST_TITLE = 110


def show(user: User, sheet: Sheet) -> None:
    """Draw the page for the open assessment."""
    st.title("Thử điểm")
    st.markdown(assessment_line(sheet))
    if not rights.may(user, sheet, Action.VIEW_PLANNING):
        _say_closed(sheet)
        return
    may_try = rights.may(user, sheet, Action.KEEP_SCENARIO)
    st.caption("Đổi thử câu trả lời để xem điểm đổi thế nào. Không có gì được ghi vào bảng chấm điểm.")
    state = what_if_state.of(sheet.assessment.id)
    scenario_bar.follow_address(user, sheet, state)
    if may_try:
        _follow_criterion(sheet, state)
    what_if_state.read_fields(state, sheet)
    attempt = trying.attempt(workspace.current().database, user, sheet.assessment.id, state.entries)
    what_if_sums.draw_bar(attempt)
    scenario_bar.draw_opened(user, sheet, state)
    if may_try:
        _draw_pickers(state, attempt)
    else:
        st.info("Vai trò của bạn chỉ xem phương án đã lưu. Hãy mở một phương án ở cuối trang.", icon=":material/lock:")
    _draw_trial(user, state, attempt, may_try=may_try)
    if may_try:
        scenario_bar.draw_keeping(user, sheet, state)
    scenario_bar.draw_list(user, sheet, state, attempt)


def _say_closed(sheet: Sheet) -> None:
    st.info(
        "Vai trò của bạn không có phần thử điểm: phương án, chỉ tiêu và dự báo là việc nội bộ của đơn vị được chấm. "
        "Hãy xem kết quả ở trang «Bảng điểm».",
        icon=":material/lock:",
    )
    query = {current.ASSESSMENT: sheet.assessment.id}
    st.page_link(navigation.BOARD, label="Về bảng điểm", icon=":material/bar_chart:", query_params=query)


def _follow_criterion(sheet: Sheet, state: WhatIf) -> None:
    """Take the criterion that an address brings along; it leaves the address, or dropping it would bring it back."""
    code = current.criterion_code()
    if code is None:
        return
    current.open_criterion(None)
    if code not in sheet.scores:
        st.warning(f"Bộ tiêu chí này không có tiêu chí «{literal(code[:40])}». Hãy chọn trong danh sách bên dưới.")
    elif code not in state.tried:
        what_if_state.add(state, sheet, code)


def _draw_pickers(state: WhatIf, attempt: Attempt) -> None:
    sheet = attempt.real
    codes = [leaf.code for leaf in sheet.rubric.leaves if leaf.code not in state.tried]
    with st.container(horizontal=True, vertical_alignment="bottom", key="what-if-picker"):
        picked = st.selectbox(
            "Tiêu chí muốn thử",
            options=codes,
            format_func=lambda code: _criterion_label(sheet, code),
            index=None,
            key=_PICKED,
            placeholder="gõ mã hoặc chữ để tìm",
        )
        is_pressed = st.button("Thử", key="try criterion", type="primary", icon=":material/science:")
    if is_pressed and picked is None:
        st.info("Hãy chọn một tiêu chí trong ô bên cạnh rồi bấm «Thử».")
    elif is_pressed and picked in codes:
        what_if_state.add(state, sheet, picked)
        st.rerun()
    with st.expander("Thử nhanh: lấy hết điểm còn có thể đạt", icon=":material/bolt:", key="what-if-quick"):
        _draw_quick_ways(state, attempt)
    if state.said:
        st.info(literal(state.said), icon=":material/info:")
        state.said = ""


def _criterion_label(sheet: Sheet, code: str) -> str:
    title = shortened(sheet.rubric.criterion(code).title, _LONGEST_TITLE)
    score = sheet.scores[code]
    figures = adjusted.out_of(sheet.rubric.criterion(code), score)
    return f"{code} · {title} ({figures}, {STATUS_NAMES[score.status].lower()})"


def _draw_quick_ways(state: WhatIf, attempt: Attempt) -> None:
    sheet = attempt.real
    open_codes = [code for code, leaf in attempt.forecast.leaves.items() if leaf.within_reach > 0]
    sections = [each.code for each in sheet.rubric.sections if attempt.forecast.sections[each.code].within_reach > 0]
    if not open_codes:
        st.markdown("Không còn tiêu chí nào lấy thêm được điểm trong năm.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        section = st.selectbox("Của lĩnh vực", sections, format_func=lambda c: _section_label(attempt, c), key=_SECTION)
        if st.button("Thử lấy hết điểm còn có thể đạt", key="try section"):
            _try_best(state, sheet, [c for c in open_codes if sheet.rubric.criterion(c).section == section])
    pair = attempt.needs.get(None)
    if pair is None:
        st.caption("Khi năm có chỉ tiêu (đặt ở trang Bảng điểm), ở đây thử được ngay các tiêu chí vừa đủ để đạt.")
    elif pair[0].closing:
        st.markdown(literal(pair[0].explanation))
        if st.button(f"Thử {len(pair[0].closing)} tiêu chí vừa đủ để đạt chỉ tiêu", key="try closing"):
            _try_best(state, sheet, pair[0].closing)


def _section_label(attempt: Attempt, code: str) -> str:
    within = format_points(attempt.forecast.sections[code].within_reach)
    return f"{code} · {sentence_case(attempt.real.rubric.section(code).title)} (còn {within})"


def _try_best(state: WhatIf, sheet: Sheet, codes: Iterable[str]) -> None:
    best = best_answers(sheet, codes)
    for code, raw in best.entries.items():
        what_if_state.add(state, sheet, code, raw)
    said = [f"Đã thử mức cao nhất cho {len(best.entries)} tiêu chí."]
    state.said = " ".join([*said, *([left_out_words(best.left_out)] if best.left_out else [])])
    st.rerun()


def _draw_trial(user: User, state: WhatIf, attempt: Attempt, *, may_try: bool) -> None:
    if not state.tried:
        if may_try:
            st.info("Chưa thử gì. Hãy chọn một tiêu chí rồi bấm «Thử», hoặc mở một phương án đã lưu.")
        return
    what_if_rows.show(state, attempt, may_try=may_try)
    what_if_sums.draw_table(attempt)
    scenario_bar.draw_downloads(user, state, attempt)
