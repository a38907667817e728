"""The first page: what is here, and the next step; never blank."""

from collections.abc import Sequence

import streamlit as st

from cchc_core import listing, permissions, scoring, workspace
from cchc_core.comparison import has_data
from cchc_core.errors import CchcError
from cchc_core.permissions import STATE_TITLES, Action, State, may_open_assessment, may_set_up
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.scoring import Assessment, Sheet
from cchc_core.store.users import User
from ui import current, navigation, opening_form, rights
from ui.current import ASSESSMENT
from ui.todo import home_block
from ui.words import NO_RESULTS, day, literal, points_unit

MOST_CARDS = 30
_DONE = "_home_done"


def show(user: User) -> None:
    """Draw what is here for this user and what can be done next."""
    st.title("Bảng điểm CCHC")
    st.markdown("Chấm điểm cải cách hành chính của Sở theo từng quý: chấm tới đâu thấy điểm tới đó, và có tệp để nộp.")
    if done := st.session_state.pop(_DONE, None):
        st.success(literal(done))
    database = workspace.current().database
    if workspace.current().is_sample:
        st.info(_about_sample(user), icon=":material/school:")
    if not scoring.list_departments(database):
        _first_step(user)
        return
    chosen = current.department_id()
    home_block.show(user)
    _draw_assessments(user, listing.of_department(database, user, chosen) if chosen else ())
    if may_open_assessment(user.role):
        opening_form.show(user)


def _about_sample(user: User) -> str:
    sentences = [
        "Đây là **dữ liệu mẫu**: một Sở với vài phòng, hai bộ tiêu chí, ba kỳ của mỗi bộ; hai đơn vị trực thuộc "
        "cùng chấm Quý III.",
        "Quý III của Sở được kết chuyển một phần từ kỳ trước và đang chờ xác nhận.",
    ]
    if permissions.may(user.role, Action.ANSWER, State.DRAFT):
        sentences.append("Quý I và 6 tháng đã duyệt nên chỉ xem được; hãy chấm thử ở **Quý III**.")
    if may_set_up(user.role):
        sentences.append("Khi muốn làm thật, bấm «Bỏ dữ liệu mẫu» ở đầu trang.")
    return " ".join(sentences)


def _first_step(user: User) -> None:
    st.subheader("Bước 1: khai báo đơn vị")
    if not may_set_up(user.role):
        st.info("Chưa có đơn vị nào. Hãy bấm «Đăng xuất hoặc đổi vai» và vào với vai Cán bộ đầu mối để khai báo.")
        return
    st.markdown("Dữ liệu đang trống. Hãy ghi tên Sở và các phòng; bước sau là chọn bộ tiêu chí và kỳ.")
    with st.form("department", border=True):
        name = st.text_input("Tên đơn vị", placeholder="Sở Tài nguyên và Môi trường", max_chars=300)
        rooms = st.text_area("Các phòng, mỗi dòng một phòng", placeholder="Văn phòng Sở\nThanh tra Sở")
        if not st.form_submit_button("Tạo đơn vị", type="primary"):
            return
    try:
        listed = [room.strip() for room in rooms.splitlines() if room.strip()]
        scoring.create_department(workspace.current().database, user, name, listed)
    except CchcError as why:
        st.error(literal(str(why)))
        return
    st.session_state[_DONE] = f"Đã tạo đơn vị {name.strip()}. Bước tiếp theo: mở bảng chấm điểm."
    st.rerun()


def _draw_assessments(user: User, assessments: tuple[Assessment, ...]) -> None:
    st.subheader("Các bảng chấm điểm")
    if not assessments:
        if may_open_assessment(user.role):
            st.info("Chưa có bảng nào. Hãy mở bảng đầu tiên ở bên dưới.")
        else:
            st.info(
                "Chưa có bảng nào dành cho vai trò của bạn: vai Thẩm định chỉ xem bảng năm đã gửi thẩm định, "
                "các vai khác xem bảng của đơn vị mình. Hãy chờ cán bộ đầu mối mở bảng; trong lúc đó có thể xem "
                "trang **Bộ tiêu chí**."
            )
    if len(assessments) <= MOST_CARDS:
        _draw_cards(user, assessments)
        return
    unit_id = current.unit_id()
    _draw_cards(user, sorted(assessments, key=lambda assessment: assessment.unit_id != unit_id)[:MOST_CARDS])
    st.info(
        f"Còn {len(assessments) - MOST_CARDS} bảng nữa chưa hiện ở đây. Hãy chọn ở ô «Đơn vị» và ô "
        f"«{current.PICKER_LABEL}» trong danh mục bên trái."
    )


def _draw_cards(user: User, assessments: Sequence[Assessment]) -> None:
    for assessment in assessments:
        _draw_card(user, assessment)


def _draw_card(user: User, assessment: Assessment) -> None:
    sheet = scoring.open_sheet(workspace.current().database, user, assessment.id)
    with st.container(border=True):
        st.markdown(
            f"**{literal(assessment.period_title)} {assessment.year}** · {literal(assessment.rubric_title)}  \n"
            f":gray[{literal(assessment.unit_name)} · {STATE_TITLES[assessment.state]}{_due(assessment)}]  \n"
            f"{_standing(sheet)}"
        )
        with st.container(horizontal=True):
            words = "Chấm điểm" if rights.may(user, sheet, Action.ANSWER) else "Xem từng tiêu chí"
            query = {ASSESSMENT: assessment.id}
            st.page_link(navigation.SCORING, label=words, icon=":material/edit_note:", query_params=query)
            st.page_link(navigation.BOARD, label="Bảng điểm", icon=":material/bar_chart:", query_params=query)
            st.page_link(navigation.REPORTS, label="Xuất tệp", icon=":material/description:", query_params=query)


def _due(assessment: Assessment) -> str:
    return f" · hạn nội bộ {day(assessment.internal_due)}" if assessment.internal_due else ""


def _standing(sheet: Sheet) -> str:
    total = sheet.totals.total
    if not has_data(total):
        return f"**{NO_RESULTS}** trên {format_points(total.effective_max)} {points_unit(sheet.rubric)}"
    points = f"**{format_points(total.points)}** / {format_points(total.effective_max)}"
    return (
        f"{points} điểm minh hoạ"
        if sheet.rubric.is_illustrative
        else f"{points} điểm ({format_percent(total.percent)})"
    )
