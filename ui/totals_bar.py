"""The totals that stay in sight while scoring: the open section, the whole set, and when the last save was."""

import streamlit as st

from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.rules.scoring import Status
from cchc_core.scoring import Sheet
from cchc_core.totals import Totals
from cchc_core.unconfirmed import unconfirmed
from ui import adjusted
from ui.saving import form_state
from ui.words import clock_time, points_unit


def show(sheet: Sheet, section_code: str) -> None:
    """Draw the bar; what others score is kept apart from what the department scores itself."""
    section, total = sheet.totals.sections[section_code], sheet.totals.total
    lines = [
        f"**{section_code}:** {_points(section)}{_illustrative(sheet)}{_beside(section)} · {_scored(section)}"
        f"{_unconfirmed(sheet, section_code)}",
        f"**Cả bộ:** {_points(total)}{_percent(sheet, total)}{_beside(total)} · {_scored(total)}{_unconfirmed(sheet)}",
        f"Tự chấm {format_points(total.self_points)} / {format_points(total.self_max)} · "
        f"bên ngoài {format_points(total.external_points)} / {format_points(total.external_max)}",
    ]
    saved = _saved(sheet)
    if saved:
        lines.append(saved)
    st.markdown("  \n".join(lines))


def _points(totals: Totals) -> str:
    return f"**{format_points(totals.points)}** / {format_points(totals.effective_max)}"


def _illustrative(sheet: Sheet) -> str:
    return " điểm minh hoạ" if sheet.rubric.is_illustrative else ""


def _percent(sheet: Sheet, totals: Totals) -> str:
    return _illustrative(sheet) or f" ({format_percent(totals.percent)})"


def _beside(totals: Totals) -> str:
    words = adjusted.beside(totals)
    return f" · {words}" if words else ""


def _scored(totals: Totals) -> str:
    done = totals.leaves - totals.counts[Status.MISSING] - totals.counts[Status.AWAITING]
    entered = f"{totals.adjustments_done}/{totals.adjustments} dòng thưởng, trừ"
    words = [f"{done}/{totals.leaves}"] if totals.leaves else []
    return "đã chấm " + ", ".join([*words, *([entered] if totals.adjustments else [])])


def _unconfirmed(sheet: Sheet, section_code: str | None = None) -> str:
    waiting = unconfirmed(sheet, section_code)
    if not waiting.count:
        return ""
    points = f"{format_points(waiting.points)} {points_unit(sheet.rubric)}"
    return f" · :orange-badge[chưa xác nhận {waiting.count} tiêu chí ({points})]"


def _saved(sheet: Sheet) -> str:
    state = form_state(sheet.assessment.id)
    if unsaved := state.unsaved_codes:
        return f":red-badge[{len(unsaved)} tiêu chí CHƯA LƯU: {', '.join(unsaved)}]"
    if state.last_saved is not None:
        saved = state.last_saved
        return f":green-badge[Đã lưu {saved.code} lúc {clock_time(saved.changed_at_utc)}]"
    return ""
