"""The form that opens a new assessment: the set, the unit, its kind where that matters, the period, the source."""

from collections.abc import Mapping

import streamlit as st

from cchc_core import body_kinds, listing, periods, permissions, workspace
from cchc_core.carrying import carry_sources
from cchc_core.errors import CchcError
from cchc_core.permissions import Action, State
from cchc_core.rubric.bodies import BODY_KIND_NAMES, BodyKind
from cchc_core.rubric.model import Rubric
from cchc_core.rubric.tailoring import depends_on_kind, kinds_to_choose, tailored
from cchc_core.rubric_shelf import current_rubrics
from cchc_core.rules.decimals import format_points
from cchc_core.setting_up import departments_to_open, units_to_open
from cchc_core.store.units import Unit
from cchc_core.store.users import User
from ui import carry_choice, navigation
from ui.carry_choice import Opening
from ui.current import ASSESSMENT
from ui.words import day, literal, points_unit

KIND_LABEL = "Loại cơ quan, đơn vị"
UNIT_LABEL = "Chấm cho"


def show(user: User) -> None:
    """Draw the form and open what was asked for; its page is shown next."""
    st.subheader("Mở bảng chấm điểm mới")
    rubrics, problems = current_rubrics(workspace.current().database)
    for problem in problems:
        st.error(literal(problem), icon=":material/description:")
    if not rubrics:
        return
    with st.container(border=True):
        opening = _choose(user, rubrics)
        if opening is None or not st.button("Mở bảng chấm điểm", type="primary"):
            return
    try:
        made = carry_choice.open_assessment(user, opening)
    except CchcError as why:
        st.error(literal(str(why)))
        return
    st.switch_page(navigation.SCORING, query_params={ASSESSMENT: made.id})


def _choose(user: User, rubrics: Mapping[str, Rubric]) -> Opening | None:
    """Draw the fields; None as long as something is missing, which is said."""
    rubric_id = st.selectbox("Bộ tiêu chí", list(rubrics), format_func=lambda name: rubrics[name].full_name)
    unit = _choose_unit(user)
    if unit is None:
        return None
    rubric = rubrics[rubric_id]
    kind = _choose_kind(rubric, unit) if depends_on_kind(rubric) else None
    period = _choose_period(user, rubric, unit)
    if period is None or (kind is None and depends_on_kind(rubric)):
        return None
    source_id = _choose_source(user, unit.id, rubric, period)
    return Opening(unit.id, rubric, period, source_id, kind)


def _choose_unit(user: User) -> Unit | None:
    database = workspace.current().database
    departments = {unit.id: unit for unit in departments_to_open(database, user)}
    if not departments:
        st.info("Bạn chưa thuộc đơn vị nào nên chưa mở được bảng. Hãy nhờ Quản trị xếp bạn vào một đơn vị.")
        return None
    department_id = st.selectbox("Đơn vị", list(departments), format_func=lambda each: departments[each].name)
    below = {unit.id: unit for unit in units_to_open(database, user, department_id)}
    if len(below) == 1:
        return departments[department_id]
    unit_id = st.selectbox(
        UNIT_LABEL,
        list(below),
        format_func=lambda each: below[each].name,
        help="Bảng của cả Sở, của một đơn vị trực thuộc hoặc của một phòng (theo bộ tiêu chí nội bộ).",
    )
    return below[unit_id]


def _choose_kind(rubric: Rubric, unit: Unit) -> BodyKind | None:
    """Ask what kind of body the unit is; what was said before is chosen already, where the set is meant for it."""
    known = body_kinds.body_kind_of(workspace.current().database, unit.id)
    offered = kinds_to_choose(rubric)
    if known is not None and known not in offered:
        st.warning(
            f"{literal(unit.name)} đang được ghi là «{BODY_KIND_NAMES[known]}», loại mà bộ tiêu chí này không áp dụng. "
            "Hãy chọn bộ tiêu chí khác; chỉ chọn loại khác dưới đây nếu loại đã ghi là sai."
        )
    first = known if known in offered else None
    if known is None:
        first = body_kinds.likely_kind(unit, rubric)
    kind = st.selectbox(
        KIND_LABEL,
        offered,
        index=None if first is None else offered.index(first),
        format_func=BODY_KIND_NAMES.__getitem__,
        placeholder="Chọn loại",
        key=f"_kind {rubric.id} {unit.id}",
        help="Bộ tiêu chí này phân biệt theo loại: tiêu chí dành cho loại khác không tính vào điểm tối đa.",
    )
    if kind is None:
        st.info("Hãy chọn loại của đơn vị để biết những tiêu chí nào áp dụng.")
    else:
        cut = tailored(rubric, kind)
        st.caption(f"Áp dụng {len(cut.leaves)} tiêu chí, {format_points(cut.max_points())} {points_unit(cut)}.")
    return kind


def _choose_period(user: User, rubric: Rubric, unit: Unit) -> periods.PeriodTemplate | None:
    opened = listing.of_units(workspace.current().database, user, [unit.id])
    there = {assessment.period_code for assessment in opened if assessment.rubric_id == rubric.id}
    templates = {period.code: period for period in _periods_of(rubric) if period.code not in there}
    if not templates:
        st.info("Mọi kỳ của bộ tiêu chí này đều đã có bảng chấm điểm. Hãy mở từ danh sách ở trên.")
        return None
    code = st.selectbox("Kỳ", list(templates), format_func=lambda name: _period_label(templates[name]))
    return templates[code]


def _choose_source(user: User, unit_id: str, rubric: Rubric, period: periods.PeriodTemplate) -> str | None:
    # Who opens an assessment without answering in it, as an administrator does, opens it empty.
    if not permissions.may(user.role, Action.ANSWER, State.DRAFT):
        return None
    sources = carry_sources(workspace.current().database, user, unit_id=unit_id, rubric=rubric, period=period)
    return carry_choice.choose(sources, rubric)


def _periods_of(rubric: Rubric) -> tuple[periods.PeriodTemplate, ...]:
    try:
        return periods.periods_for(rubric.id, rubric.year)
    except periods.PeriodFileError as why:
        for problem in why.problems:
            st.error(literal(str(problem)), icon=":material/description:")
        return ()


def _period_label(period: periods.PeriodTemplate) -> str:
    kind = "tạm tính" if period.is_provisional else "gửi thẩm định"
    return f"{period.title} ({kind}; số liệu {day(period.data_from)} – {day(period.data_to)})"
