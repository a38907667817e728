"""Where one criterion is heading by the year's end: what is earned, what can still be won, what is lost for good.

For every criterion: earned + within_reach + lost + external = effective_max + bonus, and low <= expected <= high.
A bonus that nobody has entered or expects is not counted on; what a penalty takes off counts as within reach while it
can still be mended.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.forecast_rate import Rate
from cchc_core.rules.decimals import ZERO, format_points
from cchc_core.rules.explain import one_line, signed
from cchc_core.rules.kinds import EFFECT_NAMES, Checklist, Effect, Leaf
from cchc_core.rules.period import YEAR_END, PeriodView
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import Score, Status, score
from cchc_core.status_names import STATUS_NAMES
from cchc_core.store.answers import StoredAnswer
from cchc_core.store.outlooks import Outlook


class Basis(StrEnum):
    """What the expected points of a criterion rest on, the firmest first.

    Of a criterion that is scored for the part that was due, it is what the rest is guessed by.
    """

    KNOWN = "known"
    EXPECTED = "expected"
    KEPT = "kept"
    LAST_YEAR = "last_year"
    RATE = "rate"
    NOTHING = "nothing"


BASIS_NAMES: Final[Mapping[Basis, str]] = {
    Basis.KNOWN: "Đã rõ",
    Basis.EXPECTED: "Kết quả dự kiến cuối năm",
    Basis.KEPT: "Giữ như hiện nay",
    Basis.LAST_YEAR: "Theo năm trước",
    Basis.RATE: "Theo tỷ lệ đã chấm",
    Basis.NOTHING: "Chưa có căn cứ",
}


@dataclass(frozen=True, slots=True)
class LeafForecast:
    """The year's end of one criterion; points in four decimals.

    ``external`` is the whole effective maximum of what others score, and 0 elsewhere. ``is_open`` tells whether its
    points can still change by what the unit does or by what others give. ``bonus`` is what a bonus adds at best, as far
    as somebody has entered or expects it, and 0 elsewhere.
    """

    code: str
    effective_max: Decimal
    earned: Decimal
    within_reach: Decimal
    lost: Decimal
    external: Decimal
    low: Decimal
    expected: Decimal
    high: Decimal
    basis: Basis
    is_open: bool
    explanation: str
    bonus: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one criterion in the present period.

    ``last_year`` is its score of the year before; ``rate`` what the unit's scored criteria have reached so far.
    """

    code: str
    leaf: Leaf
    period: PeriodView
    score: Score
    stored: StoredAnswer | None
    outlook: Outlook | None
    last_year: Score | None
    rate: Rate | None


def forecast_leaf(known: Known) -> LeafForecast:
    """Forecast one criterion; an expected answer that the rule refuses is left out, and the explanation says so."""
    now = known.score
    if now.status is Status.NOT_APPLICABLE:
        return _outside(known, Basis.KNOWN, f"Không áp dụng, không tính vào điểm cả năm.{_unused(known)}")
    why_closed = _why_closed(known)
    if why_closed is not None:
        return _closed(known, why_closed)
    expectation, refusal = _expected_score(known)
    if expectation is not None and expectation.status is Status.NOT_APPLICABLE:
        why = f"{STATUS_NAMES[now.status]}: dự kiến cuối năm không áp dụng nên không tính vào điểm cả năm"
        return _outside(known, Basis.EXPECTED, f"{why} ({_quoted(expectation)}).")
    return _open(known, expectation, refusal)


def is_past_due(leaf: Leaf, period: PeriodView) -> bool:
    """Tell whether everything of a criterion fell due in periods before the present one.

    What has no due period falls due with the year. Nothing of the year can come later than its own assessment.
    """
    if not period.is_provisional:
        return True
    dues = [leaf.due_period]
    if isinstance(leaf.rule, Checklist):
        dues = [item.due_period or leaf.due_period for item in leaf.rule.items]
    return all(due is not None and due != period.code and period.has_reached(due) for due in dues)


def _why_closed(known: Known) -> str | None:
    if known.score.status is Status.VOIDED:
        return "bị huỷ điểm, gỡ huỷ điểm thì tính lại"
    if known.leaf.is_external:
        return "bên ngoài đã chấm" if known.score.status is Status.SCORED else None
    if known.outlook is not None and known.outlook.is_final:
        return "đã chốt, không lấy thêm điểm được nữa"
    stored = known.stored
    is_settled = stored is not None and stored.entry.answer is not None and stored.is_confirmed
    if not is_settled or not is_past_due(known.leaf, known.period):
        return None
    return "đã qua kỳ đến hạn và đã xác nhận" if known.period.is_provisional else "đã chấm trong kỳ năm"


def _closed(known: Known, why: str) -> LeafForecast:
    points, whole = known.score.points, known.score.effective_max
    is_external = known.leaf.is_external
    bonus = _on_top(known, points)
    lost = ZERO if is_external else whole + bonus - points
    return LeafForecast(
        code=known.code,
        effective_max=whole,
        earned=ZERO if is_external else points,
        within_reach=ZERO,
        lost=lost,
        external=whole + bonus if is_external else ZERO,
        low=points,
        expected=points,
        high=points,
        basis=Basis.KNOWN,
        is_open=False,
        explanation=f"{_outcome(known, lost)}: {why}.{_unconfirmed(known)}{_unused(known)}",
        bonus=bonus,
    )


def _on_top(known: Known, most: Decimal) -> Decimal:
    return most if known.leaf.effect is Effect.BONUS else ZERO


def _outcome(known: Known, lost: Decimal) -> str:
    points = known.score.points
    if known.leaf.is_adjustment:
        return f"{EFFECT_NAMES[known.leaf.effect]}, tính {signed(points)} điểm"
    missed = f", mất {format_points(lost)} điểm" if lost else ""
    return f"Được {format_points(points)} trên {format_points(known.score.effective_max)} điểm{missed}"


def _outside(known: Known, basis: Basis, why: str) -> LeafForecast:
    return LeafForecast(
        known.code, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, basis, False, f"{why}{_unconfirmed(known)}"
    )


def _open(known: Known, expectation: Score | None, refusal: str) -> LeafForecast:
    points, whole = known.score.points, known.score.effective_max
    is_external = known.leaf.is_external
    basis, expected, how = _expected_points(known, expectation)
    bonus = _on_top(known, max(points, expected))
    shown = signed(expected) if known.leaf.is_adjustment else format_points(expected)
    return LeafForecast(
        code=known.code,
        effective_max=whole,
        earned=points,
        within_reach=ZERO if is_external else whole + bonus - points,
        lost=ZERO,
        external=whole + bonus if is_external else ZERO,
        low=min(points, expected),
        expected=expected,
        high=whole + bonus,
        basis=basis,
        is_open=_can_change(known) or basis is Basis.EXPECTED,
        explanation=f"{_standing(known)}; dự kiến {shown} điểm{how}.{_unconfirmed(known)}{refusal}",
        bonus=bonus,
    )


def _can_change(known: Known) -> bool:
    if known.leaf.effect is Effect.BONUS:
        return known.score.points < known.leaf.max_points
    is_unanswered = known.leaf.is_adjustment and known.score.status is not Status.SCORED
    return is_unanswered or known.score.points < known.score.effective_max


def _standing(known: Known) -> str:
    points, whole = known.score.points, known.score.effective_max
    status = STATUS_NAMES[known.score.status]
    if known.leaf.is_adjustment:
        return f"{EFFECT_NAMES[known.leaf.effect]}: {status.lower()}, tính {signed(points)} điểm"
    if known.leaf.is_external:
        return f"{status}, tối đa {format_points(whole)} điểm"
    if points == whole:
        return f"{status}, đạt đủ {format_points(whole)} điểm"
    return f"{status}, được {format_points(points)} điểm, còn có thể đạt {format_points(whole - points)} điểm"


def _expected_points(known: Known, expectation: Score | None) -> tuple[Basis, Decimal, str]:
    now = known.score
    if expectation is not None:
        return Basis.EXPECTED, expectation.points, f" theo kết quả dự kiến cuối năm ({_quoted(expectation)})"
    if now.points > 0 or now.status is Status.SCORED:
        return _kept(known)
    return _guessed(known, now.effective_max)


def _kept(known: Known) -> tuple[Basis, Decimal, str]:
    now = known.score
    basis, more, how = _guessed(known, now.not_due_points)
    if not now.not_due_points or basis is Basis.NOTHING:
        return Basis.KEPT, now.points, " nếu giữ như hiện nay"
    # What is not due yet is neither won nor lost: it is guessed like a criterion that nobody has scored.
    expected = min(now.points + more, now.effective_max)
    kept = f", gồm {format_points(now.points)} nếu giữ như hiện nay"
    return basis, expected, f"{kept} và {format_points(more)} của phần chưa đến kỳ{how}"


def _guessed(known: Known, whole: Decimal) -> tuple[Basis, Decimal, str]:
    before, rate = known.last_year, known.rate
    if known.leaf.is_adjustment:
        return Basis.NOTHING, ZERO, " vì không tính trước điểm thưởng, điểm trừ"
    if before is not None and before.effective_max > 0 and before.status in (Status.SCORED, Status.VOIDED):
        last = Rate(before.points, before.effective_max)
        return Basis.LAST_YEAR, last.of(whole), f" theo năm trước ({_share(last, whole)})"
    if rate is not None:
        return Basis.RATE, rate.of(whole), f" theo tỷ lệ của phần đã chấm ({_share(rate, whole)})"
    return Basis.NOTHING, ZERO, " vì chưa có căn cứ để dự kiến"


def _share(rate: Rate, whole: Decimal) -> str:
    return f"{format_points(whole)} × {format_points(rate.points)} ÷ {format_points(rate.effective_max)}"


def _expected_score(known: Known) -> tuple[Score | None, str]:
    outlook = known.outlook
    if outlook is None or not outlook.expected_json:
        return None, ""
    if outlook.expected is None:
        return None, " Kết quả dự kiến đã lưu không còn hợp với cách tính nên không dùng."
    try:
        expectation = score(known.leaf, outlook.expected, YEAR_END)
    except AnswerRefused as refused:
        return None, f" Kết quả dự kiến không dùng được: {one_line(str(refused))}"
    return expectation, ""


def _quoted(expectation: Score) -> str:
    text = expectation.explanation.removesuffix(".")
    return text[0].lower() + text[1:]


def _unconfirmed(known: Known) -> str:
    stored = known.stored
    return "" if stored is None or stored.is_confirmed else " Kết quả chưa xác nhận."


def _unused(known: Known) -> str:
    return " Kết quả dự kiến không dùng đến." if known.outlook is not None and known.outlook.expected_json else ""
