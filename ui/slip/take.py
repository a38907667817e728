"""Taking a slip away: for which criteria, and the link to its file."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from cchc_core import workspace
from cchc_core.addresses import SLIPS_PATH
from cchc_core.permissions import Role
from cchc_core.scoring import Sheet
from cchc_core.slip.scope import By, Scope, scopes
from cchc_core.store.users import User
from ui import rights

PART: Final = "phan"
_WIDGET: Final = "_slip_part"
_BY_NAMES: Final[Mapping[By, str]] = {By.SECTION: "Lĩnh vực", By.ROOM: "Phòng, đơn vị", By.GIVEN: "Giao cho"}
_LONGEST: Final = 90


def draw(user: User, sheet: Sheet) -> None:
    """Draw the choice of criteria and the link."""
    st.markdown("##### 1. Tải phiếu về")
    listed = {_name(scope): scope for scope in scopes(workspace.current().database, sheet)}
    asked = st.query_params.get(PART)
    st.session_state[_WIDGET] = asked if asked in listed else _first(user, listed)
    chosen = st.selectbox(
        "Phiếu dành cho",
        options=list(listed),
        format_func=lambda name: _label(listed[name]),
        key=_WIDGET,
        on_change=_remember,
    )
    if not rights.may_export(user, sheet):
        st.info("Vai trò của bạn chưa được xuất tệp này ở trạng thái hiện tại.")
        return
    scope = listed[chosen]
    query = "" if scope.by is By.ALL else f"?{urlencode({scope.by.value: scope.key})}"
    st.link_button(
        f"Tải phiếu {len(scope.codes)} tiêu chí (.xlsx)",
        f"{SLIPS_PATH}/{sheet.assessment.id}.xlsx{query}",
        type="primary",
        icon=":material/download:",
    )
    st.caption(
        "Mỗi tiêu chí có ô nhập theo cách tính của nó, tài liệu phải có và đã gắn. Ô không phải nhập đã khoá; kết quả "
        "đang có được ghi sẵn."
    )


def _name(scope: Scope) -> str:
    return scope.by if scope.by is By.ALL else f"{scope.by}:{scope.key}"


def _first(user: User, listed: Mapping[str, Scope]) -> str:
    """Give what people most likely come for: a room its own criteria, the office all."""
    own = f"{By.ROOM}:{user.unit_id}"
    return own if user.role is Role.ROOM and own in listed else next(iter(listed))


def _label(scope: Scope) -> str:
    count = f"({len(scope.codes)} tiêu chí)"
    if scope.by is By.ALL:
        return f"Cả bảng {count}"
    name = scope.name if len(scope.name) <= _LONGEST else f"{scope.name[:_LONGEST].rstrip()}…"
    return f"{_BY_NAMES[scope.by]}: {name} {count}"


def _remember() -> None:
    st.query_params[PART] = str(st.session_state[_WIDGET])
