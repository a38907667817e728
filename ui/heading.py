"""The line below a page's title: whose assessment is open, of which period, by which set, in which state."""

from cchc_core.permissions import STATE_TITLES
from cchc_core.sheet import Sheet
from ui.words import literal


def assessment_line(sheet: Sheet) -> str:
    """Name the unit, the period, the criteria set and the state of an assessment."""
    assessment = sheet.assessment
    return (
        f"**{literal(assessment.unit_name)}** · {literal(assessment.period_title)} {assessment.year} · "
        f"{literal(sheet.rubric.title)} · {STATE_TITLES[assessment.state]}"
    )
