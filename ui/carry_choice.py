"""Carrying an earlier assessment forward: the choice where one is opened, the same in one that is worked on."""

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from cchc_core import carrying, scoring, workspace
from cchc_core.carrying import Carried
from cchc_core.earlier import sources_for
from cchc_core.errors import CchcError
from cchc_core.periods import PeriodTemplate
from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.model import Rubric
from cchc_core.scoring import Assessment, Sheet
from cchc_core.store.users import User
from ui import rights
from ui.saving import user_for_saving
from ui.words import literal

_NOTHING = ""


def choose(sources: Collection[Assessment], rubric: Rubric) -> str | None:
    """Draw the choice of what a new assessment starts from; None for an empty start."""
    if not sources:
        return None
    named = {source.id: _name(source, rubric) for source in sources}
    named[_NOTHING] = "Không kết chuyển, bắt đầu từ đầu"
    chosen = st.selectbox(
        "Kết chuyển từ",
        list(named),
        format_func=named.__getitem__,
        help="Kết quả của bảng được chọn được chép sang và chờ xác nhận từng tiêu chí.",
    )
    return chosen or None


def _name(source: Assessment, rubric: Rubric) -> str:
    name = f"{source.period_title} {source.year}"
    return name if source.rubric_id == rubric.id else f"{name} · {source.rubric_title}"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new assessment is to be: ``source_id`` is what it is carried from, ``kind`` what kind the unit is."""

    unit_id: str
    rubric: Rubric
    period: PeriodTemplate
    source_id: str | None
    kind: BodyKind | None = None


def open_assessment(user: User, opening: Opening) -> Assessment:
    """Open an assessment, carried forward where a source is given; its page then says what was carried.

    Raises what the core refuses; then nothing is opened.
    """
    database = workspace.current().database
    if opening.source_id is None:
        return scoring.create_assessment(
            database,
            user,
            unit_id=opening.unit_id,
            rubric=opening.rubric,
            period=opening.period,
            body_kind=opening.kind,
        )
    made, carried = carrying.open_carried(
        database,
        user,
        unit_id=opening.unit_id,
        rubric=opening.rubric,
        period=opening.period,
        source_id=opening.source_id,
        body_kind=opening.kind,
    )
    _remember(made.id, carried)
    return made


def _remember(assessment_id: str, carried: Carried) -> None:
    st.session_state[_told(assessment_id)] = carried


def _told(assessment_id: str) -> str:
    return f"carried into {assessment_id}"


def show(sheet: Sheet, user: User) -> None:
    """Draw what was carried last, until it is put away, and the way to carry more into an open assessment."""
    _draw_carried(sheet.assessment.id)
    if why := st.session_state.pop(_refused(sheet.assessment.id), None):
        st.error(literal(why), icon=":material/error:")
    if not rights.may_answer(user, sheet):
        return
    sources = sources_for(workspace.current().database, user, sheet)
    if not sources:
        return
    with st.expander("Kết chuyển từ kỳ trước", icon=":material/move_down:"):
        st.caption(
            "Chép kết quả của một bảng trước vào những tiêu chí còn trống; kết quả đã có trong bảng này giữ nguyên. "
            "Mỗi kết quả chép sang đều chờ xác nhận."
        )
        named = {source.id: _name(source, sheet.rubric) for source in sources}
        key = f"carry into {sheet.assessment.id}"
        st.selectbox("Bảng nguồn", list(named), format_func=named.__getitem__, key=key)
        st.button("Kết chuyển", key="carry", on_click=_carry, args=(sheet.assessment.id, key))


def _refused(assessment_id: str) -> str:
    return f"not carried into {assessment_id}"


def _carry(assessment_id: str, key: str) -> None:
    source_id = str(st.session_state.get(key) or "")
    user = user_for_saving()
    if user is None:
        return
    try:
        carried = carrying.carry_forward(
            workspace.current().database, user, source_id=source_id, target_id=assessment_id
        )
    except CchcError as why:
        st.session_state[_refused(assessment_id)] = str(why)
    else:
        _remember(assessment_id, carried)


def _draw_carried(assessment_id: str) -> None:
    carried: Carried | None = st.session_state.get(_told(assessment_id))
    if carried is None:
        return
    has_to_do = carried.changed or carried.removed or carried.left
    box = st.warning if has_to_do else st.success
    box(literal(carried.message), icon=":material/move_down:")
    st.button(
        "Ẩn thông báo kết chuyển",
        key="carried seen",
        type="tertiary",
        icon=":material/close:",
        on_click=_forget,
        args=(assessment_id,),
    )


def _forget(assessment_id: str) -> None:
    st.session_state.pop(_told(assessment_id), None)
