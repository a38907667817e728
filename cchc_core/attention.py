"""Tiêu chí mất điểm: every lost, missing or unconfirmed point, why it is so, and what it still asks for.

Over all items, what is lost, missing and unconfirmed adds up to the totals of the assessment.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.asks_for import answered_still_asks, missing_still_asks, shortened, voided_still_asks
from cchc_core.forecast import Forecast, LeafForecast
from cchc_core.proof import lacks_proof
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.decimals import ZERO
from cchc_core.rules.kinds import Checklist, Effect, Leaf
from cchc_core.rules.period import PeriodView
from cchc_core.rules.scoring import Score, Status
from cchc_core.sheet import Sheet
from cchc_core.store.answers import StoredAnswer
from cchc_core.store.remedies import Remedy
from cchc_core.unconfirmed import is_unconfirmed, unconfirmed_points


class Reason(StrEnum):
    """Why points are at stake, by the name that addresses give it.

    All but the last two can be the main reason, in this order; the last two are added marks.
    """

    VOIDED = "bi-huy"
    NOT_SCORED = "chua-cham"
    NOT_MET = "chua-dat"
    BELOW = "duoi-muc"
    TAKEN_OFF = "bi-tru"
    UNCONFIRMED = "chua-xac-nhan"
    OVERDUE = "qua-han"
    NO_EVIDENCE = "thieu-tlkc"


REASON_NAMES: Final[Mapping[Reason, str]] = {
    Reason.VOIDED: "Bị huỷ điểm",
    Reason.NOT_SCORED: "Chưa chấm",
    Reason.NOT_MET: "Chưa đạt",
    Reason.BELOW: "Dưới mức",
    Reason.TAKEN_OFF: "Bị trừ điểm",
    Reason.UNCONFIRMED: "Chưa xác nhận",
    Reason.OVERDUE: "Quá hạn",
    Reason.NO_EVIDENCE: "Thiếu TLKC",
}
_LONGEST_EVIDENCE = 80


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion with points at stake: ``lost`` as it is scored or voided, ``missing``, or ``unconfirmed``.

    ``reasons`` begins with the main one. ``forecast`` is None where none was given.
    """

    criterion: Criterion
    score: Score
    lost: Decimal
    missing: Decimal
    unconfirmed: Decimal
    reasons: tuple[Reason, ...]
    asks_for: str
    responsible: str
    remedy: Remedy | None = None
    forecast: LeafForecast | None = None

    @property
    def at_stake(self) -> Decimal:
        """Give all points that are lost, missing or unconfirmed here."""
        return self.lost + self.missing + self.unconfirmed

    @property
    def main_reason(self) -> Reason:
        """Give the reason that the item is counted under."""
        return self.reasons[0]


_NO_REMEDIES: Final[Mapping[str, Remedy]] = {}


def items(
    sheet: Sheet,
    remedies: Mapping[str, Remedy] = _NO_REMEDIES,
    today: date | None = None,
    forecast: Forecast | None = None,
) -> tuple[Item, ...]:
    """List what needs attention, the most points first, then in printed order.

    A criterion that nobody has scored or confirmed is listed even where it is worth nothing, but for a bonus, which
    nobody has to enter. Without ``today`` no day is held against anybody.
    """
    listed = [
        _item(sheet, leaf, remedies.get(leaf.code), today, forecast)
        for leaf in sheet.rubric.leaves
        if _needs_attention(sheet, leaf)
    ]
    return tuple(sorted(listed, key=lambda item: -item.at_stake))


def _needs_attention(sheet: Sheet, leaf: Criterion) -> bool:
    return waits_for_answer(sheet, leaf) or _lost(sheet.scores[leaf.code]) > 0 or is_unconfirmed(sheet, leaf.code)


def waits_for_answer(sheet: Sheet, leaf: Criterion) -> bool:
    """Tell whether somebody has to enter a result: a penalty too, that there is none, but no bonus."""
    return sheet.scores[leaf.code].status is Status.MISSING and leaf.scored.effect is not Effect.BONUS


def _lost(score: Score) -> Decimal:
    return score.open_points if score.status in (Status.SCORED, Status.VOIDED) else ZERO


def _missing(score: Score) -> Decimal:
    return score.open_points if score.status is Status.MISSING else ZERO


def _item(sheet: Sheet, leaf: Criterion, remedy: Remedy | None, today: date | None, forecast: Forecast | None) -> Item:
    score, stored = sheet.scores[leaf.code], sheet.answers.get(leaf.code)
    lacks_evidence = lacks_proof(sheet, leaf)
    reasons = [*_main_reasons(sheet, leaf.code)]
    if _is_overdue(sheet, leaf, remedy, today):
        reasons.append(Reason.OVERDUE)
    if lacks_evidence:
        reasons.append(Reason.NO_EVIDENCE)
    asked = (_asked(leaf.scored, score, stored, sheet.period), _confirmation(sheet, leaf.code))
    evidence = _evidence(leaf) if lacks_evidence else ""
    return Item(
        criterion=leaf,
        score=score,
        lost=_lost(score),
        missing=_missing(score),
        unconfirmed=unconfirmed_points(sheet, leaf.code),
        reasons=tuple(reasons),
        asks_for=". ".join(part.rstrip(".") for part in (*asked, evidence) if part),
        responsible=(remedy.responsible if remedy else "") or leaf.responsible or "",
        remedy=remedy,
        forecast=None if forecast is None else forecast.leaves[leaf.code],
    )


def _main_reasons(sheet: Sheet, code: str) -> list[Reason]:
    score = sheet.scores[code]
    reasons = []
    if score.status is Status.VOIDED:
        reasons.append(Reason.VOIDED)
    elif score.status is Status.MISSING:
        reasons.append(Reason.NOT_SCORED)
    elif _lost(score) > 0:
        reasons.append(_why_lost(score))
    if is_unconfirmed(sheet, code):
        reasons.append(Reason.UNCONFIRMED)
    return reasons


def _why_lost(score: Score) -> Reason:
    if score.points < 0:
        return Reason.TAKEN_OFF
    return Reason.BELOW if score.points > 0 else Reason.NOT_MET


def _asked(leaf: Leaf, score: Score, stored: StoredAnswer | None, period: PeriodView) -> str:
    if score.status is Status.VOIDED:
        return voided_still_asks(leaf)
    if score.status is Status.MISSING:
        is_refused = stored is not None and stored.entry.is_empty and bool(stored.entry_json)
        return missing_still_asks(leaf, period, is_refused=is_refused)
    answer = stored.entry.answer if stored is not None else None
    if answer is None or score.open_points <= 0:
        return ""
    return answered_still_asks(leaf, answer, score.open_points, period)


def _confirmation(sheet: Sheet, code: str) -> str:
    return "Xác nhận kết quả lấy từ kỳ khác" if is_unconfirmed(sheet, code) else ""


def _evidence(leaf: Criterion) -> str:
    asked = [line.text for line in leaf.evidence if line.brought_by_unit]
    more = f" và {len(asked) - 1} tài liệu khác" if len(asked) > 1 else ""
    first = shortened(asked[0], _LONGEST_EVIDENCE).rstrip(" .;")
    return f"Cần TLKC: {first}{more}"


def _is_overdue(sheet: Sheet, leaf: Criterion, remedy: Remedy | None, today: date | None) -> bool:
    score = sheet.scores[leaf.code]
    is_missing = score.status is Status.MISSING
    if is_missing and _is_due_before(leaf.scored, sheet.period):
        return True
    if is_missing and _is_past(sheet.assessment.internal_due, today):
        return True
    if remedy is None or remedy.is_settled or score.open_points <= 0:
        return False
    return _is_past(remedy.due, today)


def _is_past(day: date | None, today: date | None) -> bool:
    return day is not None and today is not None and day < today


def _is_due_before(leaf: Leaf, period: PeriodView) -> bool:
    """Tell whether all of a criterion has a due period before this one, of a quarter or of the year."""
    dues = [leaf.due_period]
    if isinstance(leaf.rule, Checklist):
        dues = [item.due_period or leaf.due_period for item in leaf.rule.items]
    return all(due is not None and due != period.code and period.has_reached(due) for due in dues)


@dataclass(frozen=True, slots=True)
class Group:
    """Some items taken together; ``key`` is what an address names them by."""

    key: str
    name: str
    count: int
    at_stake: Decimal


def by_section(listed: Iterable[Item], rubric: Rubric) -> tuple[Group, ...]:
    """Group items by section, in printed order."""
    listed = tuple(listed)
    sections = ((section.code, section.title) for section in rubric.sections)
    return _groups(sections, listed, lambda item, code: item.criterion.section == code)


def by_responsible(listed: Iterable[Item]) -> tuple[Group, ...]:
    """Group items by who is responsible, the most points first; those that name nobody have an empty key."""
    listed = tuple(listed)
    names = dict.fromkeys(item.responsible for item in listed)
    groups = _groups(
        ((name, name or "Chưa ghi đơn vị") for name in names), listed, lambda item, name: item.responsible == name
    )
    return tuple(sorted(groups, key=lambda group: -group.at_stake))


def by_reason(listed: Iterable[Item]) -> tuple[Group, ...]:
    """Group items by their main reason: every item is in one group."""
    return _groups(_names(REASON_NAMES), tuple(listed), lambda item, reason: item.main_reason == reason)


def by_mark(listed: Iterable[Item]) -> tuple[Group, ...]:
    """Group items by every reason they bear: an item is in as many groups as it has reasons."""
    return _groups(_names(REASON_NAMES), tuple(listed), lambda item, reason: reason in item.reasons)


def _names(named: Mapping[Reason, str]) -> Iterable[tuple[str, str]]:
    return ((reason.value, name) for reason, name in named.items())


def _groups(
    named: Iterable[tuple[str, str]], listed: Sequence[Item], is_in: Callable[[Item, str], bool]
) -> tuple[Group, ...]:
    found = ((key, name, [item for item in listed if is_in(item, key)]) for key, name in named)
    return tuple(Group(key, name, len(inside), _at_stake(inside)) for key, name, inside in found if inside)


def _at_stake(listed: Iterable[Item]) -> Decimal:
    return sum((item.at_stake for item in listed), ZERO)
