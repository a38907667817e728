"""A draft that begins with nothing but its head."""

import streamlit as st

from cchc_core import workspace
from cchc_core.board import today_in_vietnam
from cchc_core.errors import CchcError
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.model import DraftHead
from cchc_core.store.users import User
from ui import access
from ui.rubrics import head_fields, new_set_names, places, told

_NAME = "rubric empty"


def draw(user: User) -> None:
    """Draw the fields of the head and the button that begins."""
    st.markdown(
        "Dành cho bộ nhỏ, như bộ tiêu chí nội bộ cho các phòng. Bộ của tỉnh thì nên đưa vào từ tệp: chương trình đọc "
        "và đề xuất cách tính, bạn chỉ soát lại."
    )
    head_fields.draw(_NAME, year=today_in_vietnam().year)
    st.button("Bắt đầu soạn", key="empty set", type="primary", icon=":material/edit_document:", on_click=_start)


def _start() -> None:
    user, head = access.current_user(), head_fields.typed(_NAME)
    if user is None:
        return
    wanted = DraftHead(head.title, head.issuer, head.year, head.document, points_source="official")
    try:
        rubric_id = new_set_names.new_id(user, head.title, head.issuer, head.year)
        draft = keeping.start_empty(workspace.current().database, user, rubric_id=rubric_id, head=wanted)
    except CchcError as why:
        told.problem(f"Chưa bắt đầu được. {why}")
        return
    told.success("Đã có bản soạn. Hãy thêm lĩnh vực đầu tiên, rồi các tiêu chí của lĩnh vực.")
    places.go(places.of_draft(draft.id))
