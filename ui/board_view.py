"""The board of one assessment: totals, sections as bars and as a table, what is lost and what is missing."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from cchc_core import scoring, workspace
from cchc_core.permissions import STATE_TITLES
from cchc_core.rubric.checks import findings
from cchc_core.rubric.model import Criterion
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.rules.scoring import Score, Status
from cchc_core.scoring import Sheet
from cchc_core.status_names import STATUS_NAMES
from cchc_core.store.users import User
from cchc_core.totals import Totals
from ui import access, charts, history, navigation
from ui.words import literal, sentence_case

POLL_SECONDS = 3
MOST_LINKS = 15
_DRAWN = "_board_drawn"


def show(user: User, sheet: Sheet) -> None:
    """Draw the board and keep following other people's saves."""
    st.title("Bảng điểm")
    assessment = sheet.assessment
    st.markdown(
        f"**{literal(assessment.unit_name)}** · {literal(assessment.period_title)} {assessment.year} · "
        f"{literal(sheet.rubric.title)} · {STATE_TITLES[assessment.state]}"
    )
    if assessment.is_provisional:
        st.caption("Điểm quý là điểm tự chấm tạm tính, dùng nội bộ; chỉ điểm năm được gửi thẩm định.")
    st.session_state[_DRAWN] = (assessment.id, assessment.change_number)
    _follow(assessment.id)
    _draw_warnings(sheet)
    _draw_totals(sheet)
    _draw_sections(sheet)
    _draw_open_points(sheet)
    _draw_last_changes(user, sheet)
    _draw_findings(sheet)


def _draw_findings(sheet: Sheet) -> None:
    found = findings(sheet.rubric)
    if found:
        with st.expander(f"{len(found)} chỗ bản in của bộ tiêu chí không khớp", icon=":material/rule:"):
            st.markdown("\n".join(f"- {literal(finding.message)}" for finding in found))


def _follow(assessment_id: str) -> None:
    @st.fragment(run_every=POLL_SECONDS, key="board poll")
    def poll() -> None:
        access.require_user_in_fragment()
        now = scoring.change_number(workspace.current().database, assessment_id)
        if st.session_state.get(_DRAWN) != (assessment_id, now):
            st.rerun(scope="app")
        st.caption("Tự cập nhật khi có người lưu thay đổi.")

    poll()


def _draw_warnings(sheet: Sheet) -> None:
    if sheet.rubric.is_illustrative:
        st.warning(
            "Bộ tiêu chí này in ra không có điểm. Điểm dưới đây là **điểm minh hoạ**, không dùng để xếp hạng; "
            "hãy nhập điểm chính thức khi có văn bản.",
            icon=":material/info:",
        )
    for contradiction in scoring.contradictions(sheet):
        st.warning(literal(contradiction.message), icon=":material/compare_arrows:")


def _draw_totals(sheet: Sheet) -> None:
    with st.container(horizontal=True, key="board-totals"):
        for name, figure, beside in _headline(sheet):
            st.metric(name, figure, beside, delta_color="off", delta_arrow="off", border=True, width=230)
    total = sheet.totals.total
    open_points = [
        ("Mất điểm", total.lost),
        ("Chưa chấm", total.at_risk),
        ("Chưa đến kỳ", total.not_due),
        ("Chờ bên ngoài", total.awaiting),
    ]
    with st.container(horizontal=True, key="board-open"):
        for name, points in open_points:
            st.metric(name, format_points(points), border=True, width=230)


def _headline(sheet: Sheet) -> list[tuple[str, str, str]]:
    total = sheet.totals.total
    if sheet.rubric.is_illustrative:
        points = format_points(total.points)
        return [
            ("Đạt", f"{total.met}/{total.applicable}", "tiêu chí"),
            ("Điểm minh hoạ", points, f"trên {format_points(total.effective_max)}"),
        ]
    return [
        _card("Tổng điểm", total.points, total.effective_max, total.percent),
        _card("Sở tự chấm", total.self_points, total.self_max, total.self_percent),
        _card("Tự chấm, phần đã đến kỳ", total.self_points, total.due_max, total.due_percent),
        _card("Bên ngoài chấm", total.external_points, total.external_max, None),
    ]


def _card(name: str, points: Decimal, maximum: Decimal, percent: Decimal | None) -> tuple[str, str, str]:
    share = "" if percent is None else f" · {format_percent(percent)}"
    return name, format_points(points), f"trên {format_points(maximum)}{share}"


def _pair(points: Decimal, maximum: Decimal) -> str:
    return f"{format_points(points)} / {format_points(maximum)}"


def _draw_sections(sheet: Sheet) -> None:
    st.subheader("Theo lĩnh vực, điểm minh hoạ" if sheet.rubric.is_illustrative else "Theo lĩnh vực")
    figure = charts.section_bars(sheet.rubric, sheet.totals)
    st.plotly_chart(figure, key="section bars", config={"displayModeBar": False, "locale": "vi"})
    st.dataframe(_section_table(sheet), hide_index=True, width="stretch", key="section table")


def _section_table(sheet: Sheet) -> pd.DataFrame:
    rows = [
        _table_row(sheet, f"{section.code} {sentence_case(section.title)}", sheet.totals.sections[section.code])
        for section in sheet.rubric.sections
    ]
    return pd.DataFrame([*rows, _table_row(sheet, "Cộng", sheet.totals.total)])


def _table_row(sheet: Sheet, name: str, totals: Totals) -> dict[str, str]:
    share = {} if sheet.rubric.is_illustrative else {"Tỷ lệ": format_percent(totals.percent)}
    return {
        "Lĩnh vực": name,
        "Điểm": format_points(totals.points),
        "Điểm chuẩn": format_points(totals.max_points),
        "Sau khi hạ": format_points(totals.effective_max),
        **share,
        "Mất": format_points(totals.lost),
        "Chưa chấm": format_points(totals.at_risk),
        "Chưa đến kỳ": format_points(totals.not_due),
        "Chờ bên ngoài": format_points(totals.awaiting),
        "Sở tự chấm": _pair(totals.self_points, totals.self_max),
        "Bên ngoài": _pair(totals.external_points, totals.external_max),
    }


def _draw_open_points(sheet: Sheet) -> None:
    st.subheader("Tiêu chí mất điểm và chưa chấm")
    worth = [(leaf, sheet.scores[leaf.code]) for leaf in sheet.rubric.leaves]
    listed = sorted(((leaf, score) for leaf, score in worth if _counts(score)), key=lambda pair: -pair[1].open_points)
    if not listed:
        st.success("Không có tiêu chí nào mất điểm hoặc chưa chấm.")
        return
    show_all = st.toggle(f"Hiện cả {len(listed)} tiêu chí", key="_show_all") if len(listed) > MOST_LINKS else True
    for leaf, score in listed if show_all else listed[:MOST_LINKS]:
        _draw_link(sheet, leaf, score)


def _counts(score: Score) -> bool:
    return score.open_points > 0 and score.status in (Status.SCORED, Status.VOIDED, Status.MISSING)


def _draw_link(sheet: Sheet, leaf: Criterion, score: Score) -> None:
    why = "Mất điểm" if score.status is Status.SCORED else STATUS_NAMES[score.status]
    title = leaf.title if len(leaf.title) <= 110 else leaf.title[:109].rstrip() + "…"
    st.page_link(
        navigation.SCORING,
        label=f"**{format_points(score.open_points)}** · {why} · {literal(leaf.code)} {literal(title)}",
        query_params=navigation.criterion_address(sheet.assessment.id, leaf.section, leaf.code),
    )


def _draw_last_changes(user: User, sheet: Sheet) -> None:
    changes = scoring.recent_changes(workspace.current().database, user, sheet.assessment.id, 5)
    if changes:
        st.subheader("Thay đổi gần nhất")
        st.markdown(history.lines(changes, with_subject=True))
