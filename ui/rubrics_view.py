"""The criteria sets that come with the product: what they ask, how each is scored, what the print gets wrong."""

import pandas as pd
import streamlit as st

from cchc_core.rubric.checks import findings
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rubric_files import readable_rubrics
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import screen_name
from ui.words import literal, points_unit, sentence_case

_RUBRIC = "bo"


def show() -> None:
    """Draw one criteria set, section by section."""
    st.title("Bộ tiêu chí")
    rubric = _choose()
    if rubric is None:
        return
    points = "điểm minh hoạ, văn bản không in điểm" if rubric.is_illustrative else "điểm chính thức"
    st.markdown(
        f"**{literal(rubric.title)}**  \n{literal(rubric.issuer)} · năm {rubric.year} · {literal(rubric.document)}  \n"
        f"{len(rubric.sections)} lĩnh vực · {len(rubric.leaves)} tiêu chí · "
        f"**{format_points(rubric.max_points())}** {points}"
    )
    for finding in findings(rubric):
        st.warning(literal(finding.message), icon=":material/rule:")
    for section in rubric.sections:
        total = format_points(rubric.max_points(section.code))
        unit = points_unit(rubric)
        with st.expander(literal(f"{section.code} · {sentence_case(section.title)} ({total} {unit})")):
            st.dataframe(_table(rubric, section.code), hide_index=True, key=f"rubric {section.code}")


def _choose() -> Rubric | None:
    rubrics, problems = readable_rubrics()
    for problem in problems:
        st.error(literal(problem), icon=":material/description:")
    if not rubrics:
        return None
    wanted = st.query_params.get(_RUBRIC)
    st.session_state["_rubric"] = wanted if wanted in rubrics else next(iter(rubrics))
    st.selectbox(
        "Bộ tiêu chí",
        list(rubrics),
        format_func=lambda name: rubrics[name].full_name,
        key="_rubric",
        on_change=_remember,
    )
    return rubrics[st.session_state["_rubric"]]


def _remember() -> None:
    st.query_params[_RUBRIC] = st.session_state["_rubric"]


def _table(rubric: Rubric, section: str) -> pd.DataFrame:
    rows = [_row(rubric, criterion) for criterion in rubric.criteria if criterion.section == section]
    return pd.DataFrame(rows)


def _row(rubric: Rubric, criterion: Criterion) -> dict[str, str]:
    return {
        "Mã": criterion.code,
        "Tiêu chí": criterion.title,
        "Điểm minh hoạ" if rubric.is_illustrative else "Điểm chuẩn": format_points(rubric.max_points(criterion.code)),
        "Cách tính": screen_name(criterion.leaf.rule) if criterion.leaf else "",
        "Tài liệu kiểm chứng": "; ".join(line.text for line in criterion.evidence),
        "Về bản in": criterion.print_note or "",
    }
