"""Việc khắc phục: what will be done about a criterion that loses points, by whom and by when."""

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from cchc_core import workspace
from cchc_core.attention import Item
from cchc_core.days import read_day
from cchc_core.errors import CchcError, StaleText
from cchc_core.permissions import Action
from cchc_core.planning import MOST_REMEDY_CHARACTERS, MOST_RESPONSIBLE_CHARACTERS, save_remedy
from cchc_core.sheet import Sheet
from cchc_core.store.remedies import Remedy
from cchc_core.store.users import User
from ui import access, current, navigation, rights
from ui.words import clock_time, day, literal

_FIELDS = ("action", "responsible", "due")


@dataclass
class _Typed:
    """What the session knows of a remedy's form: the version it was filled from, and what is typed and not saved."""

    version: int = -1
    unsaved: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    conflict: StaleText | None = None
    is_saved: bool = False
    is_page_behind: bool = False


def draw(user: User, sheet: Sheet, item: Item) -> None:
    """Draw what is planned, how the year may end, and the form for whoever may plan."""
    assessment_id, code = sheet.assessment.id, item.criterion.code
    if item.forecast is not None:
        st.caption(f"Dự báo cuối năm: {literal(item.forecast.explanation)}")
    st.page_link(
        navigation.WHAT_IF,
        label="Thử điểm với tiêu chí này",
        icon=":material/science:",
        query_params={current.ASSESSMENT: assessment_id, current.CRITERION: code},
    )
    if not rights.may(user, sheet, Action.PLAN_REMEDY):
        st.info("Bạn xem được việc khắc phục nhưng không ghi được ở vai trò và trạng thái này.", icon=":material/lock:")
        return
    typed = _typed(assessment_id, code)
    if typed.is_page_behind:
        # Who is responsible is counted above the list too.
        typed.is_page_behind = False
        st.rerun(scope="app")
    _fill(assessment_id, code, typed, item.remedy)
    _draw_form(assessment_id, item, typed)


def _typed(assessment_id: str, code: str) -> _Typed:
    typed: _Typed = st.session_state.setdefault(f"remedy of {assessment_id} {code}", _Typed())
    return typed


def _key(assessment_id: str, code: str, name: str) -> str:
    return f"remedy|{assessment_id}|{code}|{name}"


def _fill(assessment_id: str, code: str, typed: _Typed, remedy: Remedy | None) -> None:
    version = 0 if remedy is None else remedy.version
    is_new = typed.version != version and not typed.unsaved
    for name, value in (typed.unsaved or _stored(remedy)).items():
        key = _key(assessment_id, code, name)
        if is_new or key not in st.session_state:
            st.session_state[key] = value
    if is_new:
        typed.version = version


def _stored(remedy: Remedy | None) -> dict[str, str]:
    if remedy is None:
        return dict.fromkeys(_FIELDS, "")
    due = "" if remedy.due is None else day(remedy.due)
    return {"action": remedy.action_text, "responsible": remedy.responsible, "due": due}


def _draw_form(assessment_id: str, item: Item, typed: _Typed) -> None:
    code = item.criterion.code
    with st.form(f"remedy form {code}", border=False, enter_to_submit=False):
        st.text_area(
            "Việc sẽ làm",
            key=_key(assessment_id, code, "action"),
            max_chars=MOST_REMEDY_CHARACTERS,
            height=80,
            placeholder="ví dụ: bổ sung báo cáo quý còn thiếu, gửi Sở Nội vụ",
        )
        with st.container(horizontal=True):
            st.text_input(
                "Người, đơn vị thực hiện",
                key=_key(assessment_id, code, "responsible"),
                max_chars=MOST_RESPONSIBLE_CHARACTERS,
                placeholder=item.criterion.responsible or "ví dụ: Văn phòng Sở",
                width=420,
            )
            st.text_input(
                "Hạn (ngày/tháng/năm)",
                key=_key(assessment_id, code, "due"),
                max_chars=20,
                placeholder="ví dụ 05/09/2026",
                width=200,
            )
        st.form_submit_button(
            "Lưu việc khắc phục",
            key=f"save remedy {code}",
            type="primary",
            on_click=_saver(assessment_id, code, is_over=False),
        )
    _draw_outcome(assessment_id, item, typed)


def _draw_outcome(assessment_id: str, item: Item, typed: _Typed) -> None:
    code, remedy = item.criterion.code, item.remedy
    if typed.problem:
        st.error(f"**CHƯA LƯU.** {literal(typed.problem)}", icon=":material/error:")
        with st.container(horizontal=True):
            if typed.conflict is not None:
                over = _saver(assessment_id, code, is_over=True)
                st.button("Lưu nội dung của tôi", key=f"remedy over {code}", type="primary", on_click=over)
            st.button("Lấy nội dung đã lưu", key=f"remedy stored {code}", on_click=_give_up, args=(assessment_id, code))
    elif typed.is_saved and remedy is None:
        st.success("Đã xoá việc khắc phục.")
    elif remedy is not None:
        when = clock_time(remedy.changed_at_utc)
        st.caption(f"{literal(remedy.changed_by_name)} lưu lúc {when}. Muốn bỏ thì xoá trắng cả ba ô rồi lưu.")


def _saver(assessment_id: str, code: str, *, is_over: bool) -> Callable[[], None]:
    def run() -> None:
        user = access.current_user()
        if user is not None:
            _save(user, assessment_id, code, is_over=is_over)

    return run


def _save(user: User, assessment_id: str, code: str, *, is_over: bool) -> None:
    typed = _typed(assessment_id, code)
    now = {name: str(st.session_state.get(_key(assessment_id, code, name)) or "") for name in _FIELDS}
    version = typed.conflict.version if is_over and typed.conflict is not None else typed.version
    typed.problem, typed.conflict, typed.is_saved = "", None, False
    try:
        due = read_day("Hạn khắc phục", now["due"])
        save_remedy(
            workspace.current().database,
            user,
            assessment_id=assessment_id,
            code=code,
            action_text=now["action"],
            responsible=now["responsible"],
            due=due,
            expected_version=version,
        )
    except CchcError as why:
        typed.unsaved, typed.problem = now, str(why)
        typed.conflict = why if isinstance(why, StaleText) else None
        # What was written against an older version stays so until somebody decides.
        typed.version = version
    else:
        typed.unsaved, typed.is_saved, typed.version, typed.is_page_behind = {}, True, -1, True


def _give_up(assessment_id: str, code: str) -> None:
    typed = _typed(assessment_id, code)
    typed.unsaved, typed.problem, typed.conflict, typed.version = {}, "", None, -1
