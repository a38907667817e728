"""A file that was brought in before: where it is already, so that nobody does the work twice."""

import streamlit as st

from cchc_core.rubric_drafts.keeping import SameFile
from ui import navigation
from ui.rubrics import places
from ui.words import literal


def draw(earlier: SameFile) -> None:
    """Say where the same file is already, with the ways there."""
    if not earlier:
        return
    st.warning(
        "Đúng tệp này đã được đưa vào rồi. Hãy mở bản đã có, hoặc cứ tạo thêm một bản soạn.",
        icon=":material/content_copy:",
    )
    for draft in earlier.drafts:
        st.page_link(
            navigation.RUBRICS,
            label=f"Bản soạn «{literal(draft.head.title)}»",
            icon=":material/edit_document:",
            query_params=places.of_draft(draft.id),
        )
    for version in earlier.versions:
        st.page_link(
            navigation.RUBRICS,
            label=f"Phiên bản {version.number} của «{literal(version.title)}»",
            icon=":material/account_tree:",
            query_params=places.of_version(version),
        )
