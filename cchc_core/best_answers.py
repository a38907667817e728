"""The answers that bring the most points, as far as a rule names them: for trying out what could still be won.

Nothing is made up: a rule that counts or measures something is answered so only from figures that are there already.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rules.answers import CompareAnswer, Entry, RatioAnswer, entry_to_json, read_entry
from cchc_core.rules.decimals import format_number
from cchc_core.rules.kinds import Bands, Checklist, Compare, Count, Effect, External, Leaf, Levels, Manual, Ratio
from cchc_core.rules.period import PeriodView
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import score
from cchc_core.sheet import Sheet

Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BestAnswers:
    """Raw answers by code that bring more points than there are now, and the codes where none could be named."""

    entries: Mapping[str, Raw]
    left_out: tuple[str, ...]


def best_answers(sheet: Sheet, codes: Iterable[str]) -> BestAnswers:
    """Find for each criterion the answer that brings the most points in the assessment's period."""
    entries: dict[str, Raw] = {}
    left_out: list[str] = []
    for code in codes:
        stored = sheet.answers.get(code)
        leaf = sheet.rubric.criterion(code).scored
        best = best_answer(leaf, None if stored is None else stored.entry, sheet.period, sheet.scores[code].points)
        if best is None:
            left_out.append(code)
        else:
            entries[code] = best
    return BestAnswers(entries, tuple(left_out))


def best_answer(leaf: Leaf, entry: Entry | None, period: PeriodView, more_than: Decimal) -> Raw | None:
    """Give the raw answer that brings the most points, or None where none is known to bring more than there are.

    Others score what is external, so it has none. Of a penalty it is the answer that takes nothing off.
    """
    tried = ((_points(leaf, raw, period), raw) for raw in _candidates(leaf, entry, period))
    scored = [(points, raw) for points, raw in tried if points is not None]
    if not scored:
        return None
    points, best = max(scored, key=lambda pair: pair[0])
    return best if points > more_than else None


def _points(leaf: Leaf, raw: Raw, period: PeriodView) -> Decimal | None:
    try:
        return score(leaf, read_entry(leaf, raw), period).points
    except AnswerRefused:
        return None


def _candidates(leaf: Leaf, entry: Entry | None, period: PeriodView) -> Iterator[Raw]:  # noqa: C901 (one line a kind)
    answer = None if entry is None else entry.answer
    takes_off = leaf.effect is Effect.PENALTY
    match leaf.rule:
        case Levels(levels):
            yield from ({"level": index} for index in range(len(levels)))
        case Checklist() as rule:
            yield {"ticked": []} if takes_off else _all_items(rule, period)
        case Ratio():
            if isinstance(answer, RatioAnswer):
                yield {**entry_to_json(Entry(answer)), "numerator": "0" if takes_off else str(answer.denominator)}
        case Bands() as rule:
            ends = {end for band in rule.bands for end in (band.lower, band.upper) if end is not None}
            yield from ({"value": f"{end:f}"} for end in sorted(ends))
        case Count(points_by_count=points):
            yield from ({"count": count} for count in range(len(points)))
        case Compare():
            if isinstance(answer, CompareAnswer):
                yield from _compared(answer)
        case Manual():
            yield {"points": "0" if takes_off else f"{leaf.max_points:f}"}
        case External():
            return


def _all_items(rule: Checklist, period: PeriodView) -> Raw:
    due = [(index, item) for index, item in enumerate(rule.items) if period.has_reached(item.due_period)]
    raw: dict[str, object] = {"ticked": [index for index, item in due if not item.is_ratio and item.points > 0]}
    percents = {str(index): "100" for index, item in due if item.is_ratio}
    return raw | ({"percents": percents} if percents else {})


def _compared(answer: CompareAnswer) -> Iterator[Raw]:
    for step in (1, 0, -1):
        this_year = answer.last_year + step
        if this_year >= 0:
            yield {"this_year": f"{this_year:f}", "last_year": f"{answer.last_year:f}"}


def left_out_words(codes: Iterable[str]) -> str:
    """Say in one line which criteria nobody can answer without figures, or not in this period."""
    listed = list(codes)
    named = ", ".join(listed[:10])
    more = f" và {format_number(Decimal(len(listed) - 10))} tiêu chí khác" if len(listed) > 10 else ""
    return f"Không tự thử được {named}{more}: cần số liệu, hoặc chưa đến kỳ. Hãy chọn từng tiêu chí để tự nhập."
