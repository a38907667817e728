"""What the compared pages share: the form of a criterion that saves as the product does, and the totals."""

from collections.abc import Callable

import streamlit as st

from cchc_core.rubric.model import Criterion
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import Levels, screen_name
from cchc_core.rules.scoring import Score
from cchc_core.scoring import Sheet
from ui import current, saving, totals_bar
from ui.answer_forms import Form
from ui.saving import NOTE, widget_key
from ui.words import literal


def form(sheet: Sheet, criterion: Criterion) -> Form:
    """Give the form of a criterion; a change is saved, then Streamlit draws the page again."""

    def save() -> None:
        user = saving.user_for_saving()
        if user is not None:
            saving.save_form(current.sheet_of(user, sheet.assessment.id), user, criterion)

    return Form(sheet.assessment.id, criterion, sheet.period, save, is_disabled=False)


def draw_totals(sheet: Sheet, section: str) -> None:
    """Draw the totals where the benchmark looks for them."""
    with st.container(key="totals"):
        totals_bar.show(sheet, section)


def facts(criterion: Criterion) -> str:
    """Name the kind of rule and the maximum."""
    return f"{screen_name(criterion.scored.rule)} · điểm chuẩn {format_points(criterion.max_points)}"


def result(score: Score) -> str:
    """Give points and explanation."""
    points, most = format_points(score.points), format_points(score.effective_max)
    return f"{points} / {most} — {literal(score.explanation)}"


def evidence(criterion: Criterion) -> str:
    """List what the criterion asks for."""
    return "\n".join(f"- {literal(line.text)}" for line in criterion.evidence) or "Văn bản không nêu."


def note_key(sheet: Sheet, criterion: Criterion) -> str:
    """Name the field of the self note."""
    return widget_key(sheet.assessment.id, criterion.code, NOTE)


def note_saver(sheet: Sheet, criterion: Criterion) -> Callable[[], None]:
    """Give the callback that saves the self note."""

    def save() -> None:
        user = saving.user_for_saving()
        if user is not None:
            saving.save_note(sheet, user, criterion)

    return save


def level_label(rule: Levels, index: int) -> str:
    """Give the text of a level with its points."""
    level = rule.levels[index]
    return f"**{format_points(level.points)}** · {literal(level.text)}"
