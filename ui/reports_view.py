"""What is handed in: the scored workbook, and the documents that prove it."""

import streamlit as st

from cchc_core.addresses import BUNDLES_PATH, CATALOGUES_PATH
from cchc_core.rules.decimals import format_points
from cchc_core.rules.scoring import Status
from cchc_core.scoring import Sheet, contradictions
from cchc_core.store.users import User
from ui import current, navigation, rights
from ui.words import literal


def show(user: User, sheet: Sheet) -> None:
    """Draw what stands in the way of handing in, and the link to the workbook."""
    assessment, total = sheet.assessment, sheet.totals.total
    st.title("Báo cáo và xuất")
    st.markdown(
        f"**{literal(assessment.unit_name)}** · {literal(assessment.period_title)} {assessment.year} · "
        f"{literal(sheet.rubric.title)}"
    )
    _draw_checks(sheet)
    with st.container(border=True):
        illustrative = " điểm minh hoạ" if sheet.rubric.is_illustrative else " điểm"
        st.markdown(
            f"##### Bảng tự đánh giá, chấm điểm (Excel)\n"
            f"{format_points(total.points)} / {format_points(total.effective_max)}{illustrative} · "
            f"{total.leaves} tiêu chí. Công thức còn sống: sửa một điểm, mọi tổng và tỷ lệ tự tính lại. "
            "Có trang tổng hợp với biểu đồ và trang tiêu chí mất điểm; in trên khổ A4 ngang."
        )
        if rights.may_export(user, sheet):
            st.link_button(
                "Tải bảng điểm (.xlsx)", f"/xuat/{assessment.id}.xlsx", type="primary", icon=":material/download:"
            )
        else:
            st.info("Vai trò của bạn chưa được xuất tệp này ở trạng thái hiện tại.")
    _draw_slip(sheet)
    _draw_documents(user, sheet)


def _draw_slip(sheet: Sheet) -> None:
    with st.container(border=True):
        st.markdown(
            "##### Phiếu Excel\n"
            "Cho phòng, đơn vị nhập ngoại tuyến: phiếu có ô nhập theo từng cách tính, tự tính điểm; nhập xong tải lên "
            "lại."
        )
        st.page_link(
            navigation.SLIP,
            label="Tải phiếu về, nhận phiếu lại",
            icon=":material/table_view:",
            query_params={current.ASSESSMENT: sheet.assessment.id},
        )


def _draw_documents(user: User, sheet: Sheet) -> None:
    with st.container(border=True):
        st.markdown(
            f"##### Tài liệu kiểm chứng\n"
            f"{len(sheet.attached)} / {sheet.totals.total.leaves} tiêu chí có tài liệu. Trọn bộ là một gói .zip, "
            "mỗi tiêu chí một thư mục theo thứ tự của bộ tiêu chí, kèm danh mục; liên kết là tệp .url."
        )
        if rights.may_export(user, sheet):
            assessment_id = sheet.assessment.id
            with st.container(horizontal=True):
                st.link_button(
                    "Tải trọn bộ TLKC (.zip)", f"{BUNDLES_PATH}/{assessment_id}.zip", icon=":material/folder_zip:"
                )
                st.link_button(
                    "Danh mục TLKC (.xlsx)", f"{CATALOGUES_PATH}/{assessment_id}.xlsx", icon=":material/list_alt:"
                )


def _draw_checks(sheet: Sheet) -> None:
    counts = sheet.totals.total.counts
    if counts[Status.MISSING]:
        st.warning(f"Còn {counts[Status.MISSING]} tiêu chí chưa chấm, đang tính 0 điểm.", icon=":material/pending:")
    if counts[Status.AWAITING]:
        st.info(f"Còn {counts[Status.AWAITING]} tiêu chí chờ điểm bên ngoài.", icon=":material/hourglass_empty:")
    for contradiction in contradictions(sheet):
        st.warning(literal(contradiction.message), icon=":material/compare_arrows:")
    if not counts[Status.MISSING] and not counts[Status.AWAITING]:
        st.success("Đã chấm đủ mọi tiêu chí.")
