"""Which department and year a page of tasks, documents or figures shows: those of the open assessment, or as chosen."""

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from cchc_core import listing, offices, workspace
from cchc_core.offices import Office
from cchc_core.permissions import OfficeAction, may_in_office
from cchc_core.store.users import User
from ui import current, navigation
from ui.words import VIETNAM

YEAR = "nam"
EARLIEST, LATEST = 2000, 2100


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page is open for; ``assessment_id`` is the open assessment where it is of this department."""

    office: Office
    year: int
    assessment_id: str | None


def open_desk(user: User, action: OfficeAction) -> Desk | None:
    """Give the department and the year to show, or say that there is none for this person and give None.

    The department is that of the open assessment; the year is the one in the address, else the assessment's.
    """
    database = workspace.current().database
    reached = offices.offices_for(database, user, action)
    if not reached:
        st.info(_nothing_to_see(user, action), icon=":material/flag:")
        st.page_link(navigation.HOME, label="Về trang «Bắt đầu»", icon=":material/flag:")
        return None
    opened = st.query_params.get(current.ASSESSMENT)
    assessment = listing.find(database, user, opened) if opened else None
    office = reached[0]
    if assessment is not None:
        holding = [each for each in reached if each.name_of(assessment.unit_id)]
        office = holding[0] if holding else office
    is_here = assessment is not None and bool(office.name_of(assessment.unit_id))
    year = _named_year() or (assessment.year if assessment is not None and is_here else datetime.now(VIETNAM).year)
    return Desk(office, year, assessment.id if assessment is not None and is_here else None)


def _nothing_to_see(user: User, action: OfficeAction) -> str:
    if not may_in_office(user.role, action):
        return "Trang này là việc của đơn vị tự chấm điểm, vai trò của bạn không xem được."
    return "Chưa có đơn vị nào để xem ở trang này. Hãy mở trang «Bắt đầu» để thêm đơn vị."


def choose_year(desk: Desk) -> None:
    """Draw the field for the year; the address keeps what is chosen."""
    key = "_office_year"
    st.session_state[key] = desk.year
    st.number_input("Năm", EARLIEST, LATEST, step=1, key=key, on_change=_remember_year, args=(key,), width=130)


def _remember_year(key: str) -> None:
    st.query_params[YEAR] = str(int(st.session_state[key]))


def _named_year() -> int | None:
    text = st.query_params.get(YEAR, "")
    return int(text) if text.isascii() and text.isdigit() and EARLIEST <= int(text[:6]) <= LATEST else None
