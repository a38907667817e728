"""The criteria behind a figure of the board: whoever adds them up gets the figure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import streamlit as st

from cchc_core.asks_for import shortened
from cchc_core.board import Board
from cchc_core.figures import COUNTED, Figure, behind, figure_count, figure_points
from cchc_core.rubric.model import Criterion
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.sheet import Sheet
from ui import current, navigation, row
from ui.heading import assessment_line
from ui.words import literal, points_unit, sentence_case

FIGURE_TITLES: Final[Mapping[Figure, str]] = {
    Figure.EARNED: "Tiêu chí đã đạt điểm",
    Figure.LOST: "Tiêu chí bị mất điểm",
    Figure.MISSING: "Tiêu chí chưa chấm",
    Figure.NOT_DUE: "Tiêu chí chưa đến kỳ",
    Figure.AWAITING: "Tiêu chí chờ bên ngoài chấm",
    Figure.NOT_APPLICABLE: "Tiêu chí không áp dụng",
    Figure.UNCONFIRMED: "Tiêu chí chưa xác nhận",
    Figure.WITHIN_REACH: "Tiêu chí còn có thể đạt điểm",
    Figure.LOST_FOR_GOOD: "Tiêu chí không lấy lại được điểm",
    Figure.SECURED: "Tiêu chí đã có điểm cho cả năm",
    Figure.OUTSIDE: "Tiêu chí bên ngoài chấm trong năm",
    Figure.SELF: "Tiêu chí đơn vị tự chấm",
    Figure.EXTERNAL: "Tiêu chí bên ngoài chấm",
    Figure.ALL: "Tất cả tiêu chí",
    Figure.OWN_LOST: "Tiêu chí tự chấm bị mất điểm",
    Figure.OUTSIDE_LOST: "Tiêu chí bị mất điểm ở phần bên ngoài chấm",
    Figure.MAXIMUM: "Điểm chuẩn của từng tiêu chí",
    Figure.EFFECTIVE_MAX: "Điểm chuẩn của các tiêu chí áp dụng",
    Figure.SELF_MAX: "Điểm tối đa ở phần đơn vị tự chấm",
    Figure.EXTERNAL_MAX: "Điểm tối đa ở phần bên ngoài chấm",
    Figure.MET: "Tiêu chí đạt điểm tối đa",
    Figure.APPLICABLE: "Tiêu chí áp dụng",
    Figure.BONUS: "Điểm thưởng",
    Figure.PENALTY: "Điểm trừ",
}
_WHAT_COUNTS: Final[Mapping[Figure, str]] = {
    Figure.EARNED: "đang có",
    Figure.LOST: "đã mất khi chấm dưới mức tối đa hoặc bị huỷ",
    Figure.MISSING: "chưa chấm, đang tính 0",
    Figure.NOT_DUE: "chưa thể đạt trong kỳ này",
    Figure.AWAITING: "chờ nơi khác công bố",
    Figure.NOT_APPLICABLE: "được hạ khỏi điểm chuẩn",
    Figure.UNCONFIRMED: "lấy từ kỳ khác, chưa ai xác nhận",
    Figure.WITHIN_REACH: "còn có thể đạt đến cuối năm",
    Figure.LOST_FOR_GOOD: "không lấy lại được trong năm",
    Figure.SECURED: "đơn vị đã đạt, tính đến cuối năm",
    Figure.OUTSIDE: "do bên ngoài chấm, tính đến cuối năm",
    Figure.SELF: "đang có ở phần đơn vị tự chấm",
    Figure.EXTERNAL: "đang có ở phần bên ngoài chấm",
    Figure.ALL: "đang có",
    Figure.OWN_LOST: "đã mất ở phần đơn vị tự chấm",
    Figure.OUTSIDE_LOST: "đã mất ở phần bên ngoài chấm",
    Figure.MAXIMUM: "theo bộ tiêu chí, chưa hạ",
    Figure.EFFECTIVE_MAX: "sau khi hạ phần không áp dụng",
    Figure.SELF_MAX: "nhiều nhất ở phần đơn vị tự chấm",
    Figure.EXTERNAL_MAX: "nhiều nhất ở phần bên ngoài chấm",
    Figure.MET: "đạt điểm tối đa",
    Figure.APPLICABLE: "áp dụng cho đơn vị",
    Figure.BONUS: "được thưởng, cộng thêm ngoài điểm chuẩn",
    Figure.PENALTY: "bị trừ khỏi tổng điểm",
}
_LONGEST_TITLE = 120


def show(board: Board, figure: Figure) -> None:
    """Draw the criteria behind a figure, of the whole set or of the section that the address names."""
    sheet = board.sheet
    st.title(FIGURE_TITLES[figure])
    st.markdown(assessment_line(sheet))
    section = _draw_section_picker(sheet)
    there = behind(sheet, board.forecast, figure, section)
    st.markdown(_sum(board, figure, section, len(there)))
    if not there:
        st.info("Không có tiêu chí nào như vậy. Hãy chọn lĩnh vực khác hoặc trở về bảng điểm.")
    for leaf, part in there:
        _draw_link(sheet, leaf, part)
    query = {current.ASSESSMENT: sheet.assessment.id}
    with st.container(horizontal=True):
        st.page_link(navigation.BOARD, label="Về bảng điểm", icon=":material/bar_chart:", query_params=query)
        st.page_link(
            navigation.LOST, label="Mọi tiêu chí mất điểm", icon=":material/trending_down:", query_params=query
        )


def _sum(board: Board, figure: Figure, section: str | None, count: int) -> str:
    """Print the figure that was clicked, of the section it was clicked for."""
    sheet = board.sheet
    if figure in COUNTED:
        return f"**{figure_count(sheet, figure, section)} tiêu chí** {_WHAT_COUNTS[figure]}"
    points = format_points(figure_points(sheet, board.forecast, figure, section))
    percent = f" ({_percent(sheet, section)})" if figure is Figure.EARNED and not sheet.rubric.is_illustrative else ""
    return f"**{points} {points_unit(sheet.rubric)}** {_WHAT_COUNTS[figure]}{percent} · **{count} tiêu chí**"


def _percent(sheet: Sheet, section: str | None) -> str:
    # A percent of the board leads here too, to the points that it is made of.
    totals = sheet.totals.total if section is None else sheet.totals.sections[section]
    return f"{format_percent(totals.percent)} của {format_points(totals.effective_max)}"


def _draw_section_picker(sheet: Sheet) -> str | None:
    titles = {section.code: section.title for section in sheet.rubric.sections}
    wanted = st.query_params.get(current.SECTION)
    st.session_state["_figure_section"] = wanted if wanted in titles else ""
    chosen: str = st.selectbox(
        "Lĩnh vực",
        options=["", *titles],
        format_func=lambda code: f"{code} · {sentence_case(titles[code])}" if code else "Cả bộ tiêu chí",
        key="_figure_section",
        on_change=_remember_section,
    )
    return chosen or None


def _remember_section() -> None:
    if chosen := st.session_state["_figure_section"]:
        st.query_params[current.SECTION] = chosen
    else:
        st.query_params.pop(current.SECTION, None)


def _draw_link(sheet: Sheet, leaf: Criterion, part: Decimal) -> None:
    score = sheet.scores[leaf.code]
    title = literal(shortened(leaf.title, _LONGEST_TITLE))
    st.page_link(
        navigation.SCORING,
        label=f"**{format_points(part)}** · **{literal(leaf.code)}** {title} {row.badge(score)}",
        query_params=navigation.criterion_address(sheet.assessment.id, leaf.section, leaf.code),
    )
