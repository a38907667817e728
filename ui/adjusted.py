"""How bonuses and penalties are said wherever points are shown: with their sign, beside the maximum."""

from cchc_core.rubric.capping import cap_words, caps_above
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.decimals import format_points
from cchc_core.rules.explain import signed
from cchc_core.rules.kinds import EFFECT_NAMES
from cchc_core.rules.scoring import Score
from cchc_core.totals import Totals
from ui.words import literal


def out_of(criterion: Criterion, score: Score) -> str:
    """Print a score: out of its effective maximum, or with its sign where it is a bonus or a penalty."""
    if criterion.is_adjustment:
        return signed(score.points)
    return f"{format_points(score.points)} / {format_points(score.effective_max)}"


def worth(criterion: Criterion, illustrative: str = "") -> str:
    """Say what a criterion is worth: its maximum, or what it adds or takes off at most."""
    maximum = format_points(criterion.max_points)
    effect = EFFECT_NAMES.get(criterion.scored.effect)
    return (
        f"điểm chuẩn {illustrative}{maximum}" if effect is None else f"{effect.lower()} {illustrative}tối đa {maximum}"
    )


def caps_of(rubric: Rubric, criterion: Criterion) -> str:
    """Say in Markdown which caps a bonus or a penalty counts against; empty where there is none."""
    words = cap_words(caps_above(rubric, criterion)) if criterion.is_adjustment else ""
    return literal(f"Mức trần: {words}.") if words else ""


def beside(totals: Totals) -> str:
    """Say what bonuses and penalties come to: "thưởng +1,0000, trừ −0,5000"; empty where there are none at all."""
    if not totals.adjustments:
        return ""
    return f"thưởng {signed(totals.bonus)}, trừ {signed(-totals.penalty)}"
