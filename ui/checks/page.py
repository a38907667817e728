"""Kiểm tra trước khi nộp: what may not survive the appraisal, the most claimed points first."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from cchc_core import workspace
from cchc_core.handing_in import tables
from cchc_core.handing_in.checking import Checked, Weight, check, weights
from cchc_core.handing_in.model import LEVEL_NAMES, Finding, Level
from cchc_core.handing_in.narrowing import OF_THE_SET, Choice, Narrowing, choices, narrowed
from cchc_core.permissions import Action
from cchc_core.rules.decimals import format_points
from cchc_core.sheet import Sheet
from cchc_core.store.users import User
from ui import current, downloads, navigation, rights
from ui.checks import line
from ui.heading import assessment_line
from ui.url_filter import UrlFilter
from ui.words import points_unit, sentence_case

PER_PAGE: Final = 30
LEVEL, CHECK, RESPONSIBLE, PAGE = "muc", "loai", "tn", "trang"
_NOTHING: Final = "không có phát hiện nào"
_FILTERS: Final = {
    "level": UrlFilter("Mức", LEVEL, (PAGE,), _NOTHING, 226),
    "check": UrlFilter("Việc kiểm tra", CHECK, (PAGE,), _NOTHING, 226),
    "section": UrlFilter("Lĩnh vực", current.SECTION, (PAGE,), _NOTHING, 226),
    "responsible": UrlFilter("Đơn vị phụ trách", RESPONSIBLE, (PAGE,), _NOTHING, 226, names_nobody=True),
}
_MEANINGS: Final[Mapping[Level, str]] = {
    Level.RISK: "thẩm định có thể không công nhận",
    Level.MEND: "bổ sung thì chắc chắn hơn",
    Level.KNOW: "không phải lỗi, nhưng phải nói rõ",
}


def show(user: User, sheet: Sheet) -> None:
    """Draw the page for the open assessment."""
    st.title("Kiểm tra trước khi nộp")
    st.markdown(assessment_line(sheet))
    if not rights.may(user, sheet, Action.VIEW_PLANNING):
        st.info(
            "Trang này giúp đơn vị tự rà soát trước khi nộp nên chỉ đơn vị xem được. Hãy xem điểm ở «Bảng điểm».",
            icon=":material/lock:",
        )
        return
    with st.spinner("Đang đối chiếu tài liệu, ngày tháng và tệp…"):
        checked = check(workspace.current().database, user, sheet.assessment.id)
    st.caption(
        "Mỗi dòng là điểm tự chấm mà có thể không qua được thẩm định. Phần «theo dõi của Sở…» do cơ quan khác mang "
        "tới nên không tính là thiếu; ngày tháng mà bản in không nói rõ thì không bắt lỗi."
    )
    if not checked.findings:
        _draw_nothing_found(checked)
        return
    _draw_weights(checked)
    _draw_list(user, checked)


def _draw_nothing_found(checked: Checked) -> None:
    query = {current.ASSESSMENT: checked.sheet.assessment.id}
    if checked.sheet.totals.total.points > 0:
        st.success("Không phát hiện điều gì. Mọi điểm tự chấm đều có chứng minh.", icon=":material/check_circle:")
        st.page_link(navigation.BOARD, label="Về bảng điểm", icon=":material/bar_chart:", query_params=query)
        return
    st.info("Bảng này chưa có điểm tự chấm nào để kiểm tra. Hãy chấm điểm trước.", icon=":material/edit_note:")
    st.page_link(navigation.SCORING, label="Chấm điểm", icon=":material/edit_note:", query_params=query)


def _draw_weights(checked: Checked) -> None:
    unit = f" · {points_unit(checked.sheet.rubric)}" if checked.sheet.rubric.is_illustrative else ""
    with st.container(horizontal=True, key="board-open"):
        for weight in weights(checked.findings):
            if weight.findings:
                st.metric(
                    f"{LEVEL_NAMES[weight.level]}{unit}",
                    format_points(weight.points),
                    _weight_words(weight),
                    delta_color="off",
                    delta_arrow="off",
                    border=True,
                    width=300,
                )


def _weight_words(weight: Weight) -> str:
    over = f" ở {weight.criteria} tiêu chí" if weight.criteria else ""
    return f"{weight.findings} phát hiện{over}: {_MEANINGS[weight.level]}"


def _draw_list(user: User, checked: Checked) -> None:
    sheet = checked.sheet
    listed = narrowed(checked.findings, _draw_filters(checked))
    st.markdown(f"**{len(listed)} phát hiện**, xếp theo điểm đang tự chấm từ nhiều đến ít")
    if not listed:
        st.info("Không có phát hiện nào hợp với các ô lọc. Hãy chọn «Tất cả» ở một ô.")
    for finding in _page_of(listed):
        line.show(sheet, finding)
    if rights.may_export(user, sheet):
        downloads.links(sheet.assessment.id, tables.KEY, downloads.WHOLE_LIST)


def _page_of(listed: Sequence[Finding]) -> Sequence[Finding]:
    pages = max(1, -(-len(listed) // PER_PAGE))
    if pages == 1:
        return listed
    named = st.query_params.get(PAGE, "")
    page = min(max(int(named), 1), pages) if named.isascii() and named.isdigit() and len(named) < 6 else 1
    st.session_state["_check_page"] = page
    st.selectbox(
        f"Trang (mỗi trang {PER_PAGE} phát hiện)",
        options=range(1, pages + 1),
        format_func=lambda number: f"{number} / {pages}",
        key="_check_page",
        on_change=_turn_page,
        width=240,
    )
    return listed[(page - 1) * PER_PAGE : page * PER_PAGE]


def _draw_filters(checked: Checked) -> Narrowing:
    now = Narrowing(**{side: field.chosen() for side, field in _FILTERS.items()})
    with st.container(horizontal=True):
        for side, found in choices(checked.findings, checked.sheet.rubric, now).items():
            _FILTERS[side].draw(f"_check_{side}", {choice.key: _label(side, choice) for choice in found})
    return now


def _label(side: str, choice: Choice) -> str:
    is_section = side == "section" and choice.key != OF_THE_SET
    name = f"{choice.key} · {sentence_case(choice.name)}" if is_section else choice.name
    return f"{name} ({choice.count})"


def _turn_page() -> None:
    st.query_params[PAGE] = str(st.session_state["_check_page"])
