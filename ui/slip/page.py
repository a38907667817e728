"""The page «Phiếu Excel»: taking a slip away, and bringing it back."""

import streamlit as st

from cchc_core.scoring import Sheet
from cchc_core.store.users import User
from ui import rights
from ui.heading import assessment_line
from ui.slip import bring, take


def show(user: User, sheet: Sheet) -> None:
    """Draw both halves for the open assessment."""
    st.title("Phiếu Excel")
    st.markdown(assessment_line(sheet))
    st.markdown(
        "Dành cho phòng, đơn vị không vào được phần mềm: tải phiếu về, nhập ngoại tuyến (điểm tự tính ngay trong "
        "Excel), rồi tải lên lại. Chỉ những ô đã sửa được nhận, và điểm luôn được tính lại ở đây."
    )
    bring.draw_told()
    with st.container(border=True):
        take.draw(user, sheet)
    with st.container(border=True):
        st.markdown("##### 2. Nhận phiếu về")
        if rights.may_answer(user, sheet):
            bring.draw(user, sheet)
        else:
            st.info("Vai trò của bạn không nhận phiếu vào bảng này ở trạng thái hiện tại.", icon=":material/lock:")
