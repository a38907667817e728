"""Which assessment, section and criterion are open. The URL says so; the session only remembers it between pages."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from cchc_core import listing, scoring, workspace
from cchc_core.errors import CchcError
from cchc_core.listing import Place, Places
from cchc_core.permissions import State
from cchc_core.scoring import Assessment, Sheet
from cchc_core.store.users import User
from ui.words import literal

ASSESSMENT = "bang"
SECTION = "lv"
CRITERION = "tc"
FILTER = "loc"
SEARCH = "tim"
PICKER_LABEL = "Bảng chấm điểm đang mở"
_DEPARTMENT = "_department_picker"
_UNIT = "_unit_picker"
_PICKER = "_assessment_picker"


def choose_assessment(user: User) -> Assessment | None:
    """Draw the pickers in the sidebar and give the open assessment.

    Department and unit are asked for only where there is more than one to see. None when the user has no assessment to
    see, or when the URL names one that is not there for this user: the page then says so instead of showing another
    one as if it were meant.
    """
    database = workspace.current().database
    places = listing.places(database, user)
    st.session_state.update({_DEPARTMENT: None, _UNIT: None})
    if not places:
        return None
    opened = _opened(user, places)
    department_id = places.department_of(opened.unit_id) if opened else _first_department(user, places)
    units = places.units_of(department_id)
    unit_id = opened.unit_id if opened else units[0].id
    st.session_state.update({_DEPARTMENT: department_id, _UNIT: unit_id, _PICKER: opened.id if opened else None})
    if opened:
        st.query_params[ASSESSMENT] = opened.id
    _pick_place("Sở, ngành", places.departments, _DEPARTMENT, _follow_department, user)
    _pick_place("Đơn vị", units, _UNIT, _follow_unit, user)
    _pick_assessment(listing.of_units(database, user, [unit_id]), has_one=opened is not None)
    return opened


def _opened(user: User, places: Places) -> Assessment | None:
    database = workspace.current().database
    named = st.query_params.get(ASSESSMENT)
    wanted = named or st.session_state.get(_PICKER)
    found = listing.find(database, user, wanted) if wanted else None
    if found or named:
        return found
    return _most_current(user, listing.of_department(database, user, _first_department(user, places)))


def _first_department(user: User, places: Places) -> str:
    own = user.unit_id and places.department_of(user.unit_id)
    ids = [department.id for department in places.departments]
    return own if own in ids else ids[0]


def _most_current(user: User, assessments: Sequence[Assessment], like: Assessment | None = None) -> Assessment | None:
    """Give what people most likely came for: of their own unit, a draft rather than what is closed, the newest.

    One by the same criteria set for the same period as ``like`` comes before all that.
    """
    return max(
        assessments,
        key=lambda a: (
            like is not None and (a.rubric_id, a.period_id) == (like.rubric_id, like.period_id),
            a.unit_id == user.unit_id,
            a.state is State.DRAFT,
            a.year,
            a.period_order,
        ),
        default=None,
    )


def _pick_place(label: str, places: Sequence[Place], key: str, follow: Callable[[User], None], user: User) -> None:
    if len(places) < 2:
        return
    names = _told_apart({place.id: place.name for place in places})
    st.sidebar.selectbox(
        label, options=list(names), format_func=names.__getitem__, key=key, on_change=follow, args=(user,)
    )


def _pick_assessment(assessments: Sequence[Assessment], *, has_one: bool) -> None:
    labels = _told_apart({a.id: f"{a.period_title} {a.year} · {a.rubric_title}" for a in assessments})
    st.sidebar.selectbox(
        PICKER_LABEL,
        options=list(labels),
        format_func=labels.__getitem__,
        index=0 if has_one else None,
        placeholder="Hãy chọn một bảng",
        key=_PICKER,
        on_change=_follow_picker,
    )


def _told_apart(labels: Mapping[str, str]) -> dict[str, str]:
    """Number what is called alike: a list takes equal labels for one choice."""
    met: Counter[str] = Counter()
    apart = {}
    for key, label in labels.items():
        met[label] += 1
        apart[key] = label if met[label] == 1 else f"{label} ({met[label]})"
    return apart


def _follow_department(user: User) -> None:
    _open_like(user, listing.of_department(workspace.current().database, user, st.session_state[_DEPARTMENT]))


def _follow_unit(user: User) -> None:
    _open_like(user, listing.of_units(workspace.current().database, user, [st.session_state[_UNIT]]))


def _open_like(user: User, assessments: Sequence[Assessment]) -> None:
    before = listing.find(workspace.current().database, user, st.session_state.get(_PICKER) or "")
    wanted = _most_current(user, assessments, before)
    if wanted is not None:
        _open(wanted.id)


def _follow_picker() -> None:
    _open(st.session_state[_PICKER])


def _open(opened: str) -> None:
    st.query_params[ASSESSMENT] = opened
    for name in (SECTION, CRITERION, SEARCH):
        st.query_params.pop(name, None)


def department_id() -> str | None:
    """Give the department whose assessments are chosen from; None when there is none to see."""
    chosen: str | None = st.session_state.get(_DEPARTMENT)
    return chosen


def unit_id() -> str | None:
    """Give the unit whose assessments are chosen from; None when there is none to see."""
    chosen: str | None = st.session_state.get(_UNIT)
    return chosen


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
