"""A draft copied from a version that is here: for another year, another unit, or as its next version."""

import streamlit as st

from cchc_core import rubric_shelf, workspace
from cchc_core.board import today_in_vietnam
from cchc_core.errors import CchcError
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_shelf import RubricVersion
from cchc_core.store.users import User
from ui import access
from ui.office import EARLIEST, LATEST
from ui.rubrics import new_set_names, places, told

_FROM, _AS, _YEAR = "_rubric_copy_from", "_rubric_copy_as", "_rubric_copy_year"
_OWN, _NEXT = "own", "next"
_PURPOSES = {
    _OWN: "Thành một bộ tiêu chí mới (năm khác, đơn vị khác)",
    _NEXT: "Thành phiên bản mới của chính bộ ấy",
}


def draw(user: User) -> None:
    """Draw the choice of the version to copy and what the copy is to be."""
    st.markdown(
        "Năm nay tỉnh chỉ sửa vài chỗ? Chép bộ năm trước rồi sửa: nội dung, điểm, cách tính và tài liệu kiểm chứng đi "
        "theo, cách tính coi như đã xác nhận."
    )
    versions = {each.sha256: each for each in rubric_shelf.list_versions(workspace.current().database)}
    if not versions:
        st.info("Chưa có bộ nào để chép. Hãy chọn cách khác.", icon=":material/inbox:")
        return
    st.selectbox("Chép từ", list(versions), format_func=lambda sha256: _label(versions[sha256]), key=_FROM)
    st.radio("Bản chép", list(_PURPOSES), format_func=_PURPOSES.__getitem__, key=_AS)
    if st.session_state[_AS] == _OWN:
        st.session_state.setdefault(_YEAR, today_in_vietnam().year)
        st.number_input("Năm của bộ mới", EARLIEST, LATEST, key=_YEAR, width=160)
    st.button("Chép thành bản soạn", key="copy set", type="primary", icon=":material/content_copy:", on_click=_copy)


def _label(version: RubricVersion) -> str:
    state = " (đã thôi dùng)" if version.is_ended else ""
    return f"{version.issuer}, {version.year}: {version.title}, phiên bản {version.number}{state}"


def _copy() -> None:
    user = access.current_user()
    if user is None:
        return
    database, sha256 = workspace.current().database, str(st.session_state[_FROM])
    try:
        if st.session_state[_AS] == _NEXT:
            draft = keeping.start_copy(database, user, sha256)
        else:
            year = int(st.session_state[_YEAR])
            copied = rubric_shelf.rubric_of(database, sha256)
            rubric_id = new_set_names.new_id(user, copied.title, copied.issuer, year)
            draft = keeping.start_copy(database, user, sha256, rubric_id=rubric_id, year=year)
    except CchcError as why:
        told.problem(f"Chưa chép được. {why}")
        return
    told.success("Đã chép thành bản soạn. Hãy sửa tên, văn bản ban hành và những tiêu chí đã khác.")
    places.go(places.of_draft(draft.id))
