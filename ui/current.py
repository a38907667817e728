"""Which assessment, section and criterion are open. The URL says so; the session only remembers it between pages."""

from collections.abc import Iterable

import streamlit as st

from cchc_core import scoring, workspace
from cchc_core.errors import CchcError
from cchc_core.permissions import State
from cchc_core.scoring import Assessment, Sheet
from cchc_core.store.users import User
from ui.words import literal

ASSESSMENT = "bang"
SECTION = "lv"
CRITERION = "tc"
FILTER = "loc"
SEARCH = "tim"
_PICKER = "_assessment_picker"


def _label(assessment: Assessment, *, with_unit: bool) -> str:
    unit = f" · {assessment.unit_name}" if with_unit else ""
    return f"{assessment.period_title} · {assessment.rubric_id}{unit}"


def choose_assessment(user: User) -> Assessment | None:
    """Draw the picker in the sidebar and give the open assessment.

    None when the user has none to see, or when the URL names one that is not there for this user: the page then says
    so instead of showing another one as if it were meant.
    """
    assessments = {a.id: a for a in scoring.list_assessments(workspace.current().database, user)}
    if not assessments:
        return None
    named = st.query_params.get(ASSESSMENT)
    wanted = named or st.session_state.get(_PICKER)
    if not named and wanted not in assessments:
        wanted = _most_current(assessments.values()).id
    opened = assessments.get(wanted or "")
    has_many_units = len({assessment.unit_id for assessment in assessments.values()}) > 1
    st.session_state[_PICKER] = opened.id if opened else None
    if opened:
        st.query_params[ASSESSMENT] = opened.id
    st.sidebar.selectbox(
        "Bảng chấm điểm đang mở",
        options=list(assessments),
        format_func=lambda key: _label(assessments[key], with_unit=has_many_units),
        index=0 if opened else None,
        placeholder="Hãy chọn một bảng",
        key=_PICKER,
        on_change=_follow_picker,
    )
    return opened


def _most_current(assessments: Iterable[Assessment]) -> Assessment:
    """Give what people most likely came for: a draft rather than what is closed, the newest of them."""
    return max(assessments, key=lambda a: (a.state is State.DRAFT, a.year, a.period_order))


def _follow_picker() -> None:
    st.query_params[ASSESSMENT] = st.session_state[_PICKER]
    for name in (SECTION, CRITERION, SEARCH):
        st.query_params.pop(name, None)


def assessment_id() -> str | None:
    """Give the id of the open assessment, as the frame settled it for this run."""
    return st.query_params.get(ASSESSMENT)


def require_sheet(user: User) -> Sheet:
    """Give the open assessment with its answers and totals, or say what to do next and stop the page."""
    wanted = assessment_id()
    if wanted is None:
        st.title("Bảng điểm CCHC")
        st.info("Chưa có bảng chấm điểm nào dành cho vai trò của bạn. Hãy mở trang **Bắt đầu** để biết việc cần làm.")
        st.stop()
    return sheet_of(user, wanted)


def sheet_of(user: User, wanted: str) -> Sheet:
    """Give an assessment by id; what cannot be opened is said on the page, which stops."""
    try:
        return scoring.open_sheet(workspace.current().database, user, wanted)
    except CchcError as why:
        st.title("Bảng điểm CCHC")
        st.error(literal(str(why)))
        st.stop()


def section_code(sheet: Sheet) -> str:
    """Give the open section: that of the open criterion, else the one in the URL, else the first."""
    opened = criterion_code()
    if opened is not None and opened in sheet.scores:
        return sheet.rubric.criterion(opened).section
    codes = [section.code for section in sheet.rubric.sections]
    wanted = st.query_params.get(SECTION)
    return wanted if wanted in codes else codes[0]


def criterion_code() -> str | None:
    """Give the criterion whose details are open."""
    return st.query_params.get(CRITERION)


def open_criterion(code: str | None) -> None:
    """Open the details of a criterion, or close them."""
    if code is None:
        st.query_params.pop(CRITERION, None)
    else:
        st.query_params[CRITERION] = code
