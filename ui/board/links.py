"""From a figure of the board to the criteria behind it."""

from urllib.parse import urlencode

import streamlit as st

from cchc_core.addresses import LOST_PATH
from cchc_core.asks_for import shortened
from cchc_core.figures import Figure
from cchc_core.rubric.model import Criterion
from ui import navigation
from ui.words import literal

BEHIND = "Xem tiêu chí"


def figure_link(assessment_id: str, figure: Figure, section: str | None = None, label: str = BEHIND) -> None:
    """Draw a link to the criteria behind a figure."""
    st.page_link(
        navigation.LOST,
        label=label,
        icon=":material/arrow_forward:",
        query_params=navigation.figure_address(assessment_id, figure, section),
    )


def figure_path(assessment_id: str, figure: Figure, section: str | None = None) -> str:
    """Give the address of the criteria behind a figure, for links inside charts and tables."""
    return f"{LOST_PATH}?{urlencode(navigation.figure_address(assessment_id, figure, section))}"


def criterion_link(assessment_id: str, criterion: Criterion, before: str) -> None:
    """Draw a link to the form of a criterion; ``before`` is Markdown that stands in front of its name."""
    st.page_link(
        navigation.SCORING,
        label=f"{before} · {literal(criterion.code)} {literal(shortened(criterion.title, 110))}",
        query_params=navigation.criterion_address(assessment_id, criterion.section, criterion.code),
    )
