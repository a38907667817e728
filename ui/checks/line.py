"""One finding: how many points, which criterion, what is wrong, what to do, and the way there."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from cchc_core.asks_for import shortened
from cchc_core.handing_in.model import CHECK_NAMES, LEVEL_NAMES, Check, Finding, Level
from cchc_core.rules.decimals import format_points
from cchc_core.sheet import Sheet
from ui import current, navigation
from ui.documents.addresses import DOCUMENT
from ui.words import literal, points_unit

_COLORS: Final[Mapping[Level, str]] = {Level.RISK: "red", Level.MEND: "orange", Level.KNOW: "blue"}
_LONGEST_TITLE = 180


def show(sheet: Sheet, finding: Finding) -> None:
    """Draw a finding; no widget of it writes anything."""
    with st.container(border=True, key=f"lost-line-check-{_place(finding)}"):
        st.markdown(_text(sheet, finding))
        with st.container(horizontal=True):
            _draw_ways(sheet, finding)


def _draw_ways(sheet: Sheet, finding: Finding) -> None:
    assessment_id = sheet.assessment.id
    if finding.criterion is not None:
        st.page_link(
            navigation.SCORING,
            label=f"Mở phiếu chấm {literal(finding.code)}",
            icon=":material/edit_note:",
            query_params=navigation.criterion_address(assessment_id, finding.criterion.section, finding.code),
        )
    if finding.document_id is not None:
        st.page_link(
            navigation.DOCUMENTS,
            label="Mở tài liệu",
            icon=":material/folder_open:",
            query_params={current.ASSESSMENT: assessment_id, DOCUMENT: finding.document_id},
        )
    if finding.check is Check.FIGURE:
        st.page_link(
            navigation.INDICATORS,
            label="Mở số liệu thống kê",
            icon=":material/monitoring:",
            query_params={current.ASSESSMENT: assessment_id},
        )
    if finding.check is Check.ILLUSTRATIVE:
        st.page_link(navigation.RUBRICS, label="Xem bộ tiêu chí", icon=":material/account_tree:")


def _place(finding: Finding) -> str:
    code = finding.code.replace(".", "-") or "set"
    return f"{finding.check.value}-{code}-{finding.document_id or ''}"


def _text(sheet: Sheet, finding: Finding) -> str:
    points = f"**{format_points(finding.points)} {points_unit(sheet.rubric)}**"
    badges = f":{_COLORS[finding.level]}-badge[{LEVEL_NAMES[finding.level]}] :gray-badge[{CHECK_NAMES[finding.check]}]"
    lines = [f"{points} · {_subject(finding)} {badges}", literal(finding.message)]
    lines.append(f"**Cách khắc phục:** {literal(finding.remedy)}")
    if finding.responsible:
        lines.append(f":gray[Phụ trách: {literal(finding.responsible)}]")
    return "  \n".join(lines)


def _subject(finding: Finding) -> str:
    if finding.criterion is None:
        return "Cả bộ tiêu chí"
    return f"**{literal(finding.code)}** {literal(shortened(finding.criterion.title, _LONGEST_TITLE))}"
