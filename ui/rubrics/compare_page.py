"""Two versions beside each other, as the address names them."""

import streamlit as st

from cchc_core import rubric_shelf, workspace
from cchc_core.addresses import RUBRIC_FILES_PATH
from cchc_core.rubric_shelf import RubricVersion
from cchc_core.store.users import User
from ui import navigation
from ui.rubrics import compare_view, places, told
from ui.words import literal


def show(user: User) -> None:
    """Draw the comparison of the opened version with the older one that the address names."""
    asked = st.query_params
    new = _find(asked.get(places.RUBRIC, ""), asked.get(places.NUMBER, ""))
    rubric_id, _, number = asked[places.COMPARE].rpartition("@")
    old = _find(rubric_id, number)
    if new is None or old is None:
        st.title("So sánh phiên bản")
        st.warning("Không có phiên bản để so sánh như địa chỉ này nêu. Hãy chọn lại.", icon=":material/link_off:")
        st.page_link(navigation.RUBRICS, label="Mọi bộ tiêu chí", query_params=places.of_list())
        return
    with st.container(key="rubrics-back"):
        st.page_link(
            navigation.RUBRICS,
            label=f"Về phiên bản {new.number}, {literal(new.issuer)}, {new.year}",
            icon=":material/arrow_back:",
            query_params=places.of_version(new),
        )
    st.title("So sánh phiên bản")
    told.draw()
    st.markdown(f"**Cũ:** {_named(old)}  \n**Mới:** {_named(new)}")
    with st.container(horizontal=True, vertical_alignment="center", key="downloads-compare"):
        address = f"{RUBRIC_FILES_PATH}/so-sanh/{old.sha256}/{new.sha256}.xlsx"
        st.link_button("Tải bảng so sánh (.xlsx)", address, icon=":material/download:")
        st.page_link(
            navigation.RUBRICS,
            label="Đổi chiều so sánh",
            icon=":material/swap_horiz:",
            query_params=places.of_version(old, **{places.COMPARE: places.named(new)}),
        )
    compare_view.show(user, old.sha256, new.sha256)


def _find(rubric_id: str, number: str) -> RubricVersion | None:
    versions = rubric_shelf.versions_of(workspace.current().database, rubric_id)
    return next((each for each in versions if str(each.number) == number), None)


def _named(version: RubricVersion) -> str:
    return f"{literal(version.issuer)}, {version.year}: {literal(version.title)} (phiên bản {version.number})"
