"""One criterion with points at stake, as a fragment of its own: opened, it shows what is done about it."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from cchc_core import workspace
from cchc_core.asks_for import shortened
from cchc_core.attention import REASON_NAMES, Item, Reason
from cchc_core.board import Board, read_board
from cchc_core.errors import CchcError
from cchc_core.forecast import LeafForecast
from cchc_core.rules.decimals import format_points
from cchc_core.sheet import Sheet
from cchc_core.store.remedies import Remedy
from ui import access, current, navigation, remedy_form
from ui.words import day, literal, points_unit

_COLORS: Final[Mapping[Reason, str]] = {
    Reason.VOIDED: "red",
    Reason.NOT_SCORED: "orange",
    Reason.NOT_MET: "red",
    Reason.BELOW: "violet",
    Reason.TAKEN_OFF: "red",
    Reason.UNCONFIRMED: "blue",
    Reason.OVERDUE: "red",
    Reason.NO_EVIDENCE: "gray",
}
_LONGEST_TITLE = 180
_OPENED_HERE = "_lost_opened_here"


def was_opened_here(code: str) -> bool:
    """Tell whether a line was opened by a click where it stands, and not by an address."""
    return bool(st.session_state.get(_OPENED_HERE) == code)


def _fragment_key(code: str) -> str:
    return f"lost {code}"


def show(board: Board, code: str) -> None:
    """Draw the line of a criterion as its own fragment."""
    assessment_id = board.sheet.assessment.id
    # The page has read the board for all lines. A session keeps its fragments, so none of them may keep the board.
    at_hand = [board]

    @st.fragment(key=_fragment_key(code))
    def line() -> None:
        user = access.require_user_in_fragment()
        try:
            now = at_hand.pop() if at_hand else read_board(workspace.current().database, user, assessment_id)
        except CchcError as why:
            st.error(literal(str(why)))
            return
        item = next((item for item in now.items if item.criterion.code == code), None)
        with st.container(border=True, key=f"lost-line-{code.replace('.', '-')}"):
            if item is None:
                st.success(f"Tiêu chí {literal(code)} không còn mất điểm.")
                return
            _draw(now, item)
            if now.shows_planning and current.criterion_code() == code:
                remedy_form.draw(user, now.sheet, item)

    line()


def _draw(board: Board, item: Item) -> None:
    code, sheet = item.criterion.code, board.sheet
    st.markdown(_text(sheet, item))
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        st.page_link(
            navigation.SCORING,
            label="Mở phiếu chấm",
            icon=":material/edit_note:",
            query_params=navigation.criterion_address(sheet.assessment.id, item.criterion.section, code),
        )
        if board.shows_planning:
            _draw_toggle(code)


def _draw_toggle(code: str) -> None:
    is_open = current.criterion_code() == code
    st.button(
        "Đóng" if is_open else "Việc khắc phục",
        key=f"remedy of {code}",
        type="tertiary",
        icon=":material/expand_less:" if is_open else ":material/build:",
        on_click=_toggle,
        args=(code, is_open),
    )


def _text(sheet: Sheet, item: Item) -> str:
    unit = points_unit(sheet.rubric)
    badges = " ".join(f":{_COLORS[reason]}-badge[{REASON_NAMES[reason]}]" for reason in item.reasons)
    title = literal(shortened(item.criterion.title, _LONGEST_TITLE))
    lines = [f"**{format_points(item.at_stake)} {unit}** · **{literal(item.criterion.code)}** {title} {badges}"]
    if item.asks_for:
        lines.append(f"Còn cần: {literal(item.asks_for)}")
    facts = [_outlook(item.forecast)] if item.forecast else []
    if item.responsible:
        facts.append(f":gray[Phụ trách: {literal(item.responsible)}]")
    lines.append(" · ".join(facts))
    if item.remedy is not None:
        lines.append(f"**Khắc phục:** {_remedy(item.remedy)}")
    return "  \n".join(line for line in lines if line)


def _outlook(forecast: LeafForecast) -> str:
    if forecast.external > 0:
        return ":blue-badge[Bên ngoài chấm]"
    if forecast.within_reach > 0:
        return f":green-badge[Còn lấy được {format_points(forecast.within_reach)}]"
    if forecast.lost > 0:
        return f":gray-badge[Không lấy lại được {format_points(forecast.lost)} trong năm]"
    return ":green-badge[Không mất điểm cuối năm]"


def _remedy(remedy: Remedy) -> str:
    by_whom = f" · {literal(remedy.responsible)}" if remedy.responsible else ""
    due = f" · hạn {day(remedy.due)}" if remedy.due else ""
    return f"{literal(remedy.action_text)}{by_whom}{due}"


def _toggle(code: str, is_open: bool) -> None:
    before = current.criterion_code()
    current.open_criterion(None if is_open else code)
    st.session_state[_OPENED_HERE] = code
    if before is not None and before != code:
        st.rerun([_fragment_key(code), _fragment_key(before)])
