"""What a criterion still asks for, in one plain Vietnamese line: what would bring the points that are missing."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Final, assert_never

from cchc_core.rules.answers import (
    Answer,
    CompareAnswer,
    CountAnswer,
    RatioAnswer,
    TickAnswer,
)
from cchc_core.rules.decimals import HUNDRED, ZERO, format_number, format_points
from cchc_core.rules.explain import one_line, range_of
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    Effect,
    External,
    Item,
    Leaf,
    Levels,
    Linear,
    Manual,
    Ratio,
)
from cchc_core.rules.period import PeriodView

LONGEST_TEXT = 160
_LONGEST_ITEM = 80
_MOST_ITEMS = 3
_FOUR_DECIMALS = Decimal("0.0001")


def shortened(text: str, most: int = LONGEST_TEXT) -> str:
    """Put a text on one line and cut it between two words; a word that fills the whole line is cut through.

    >>> shortened("Đạt một phần", 9)
    'Đạt một…'
    """
    line = one_line(text)
    if len(line) <= most:
        return line
    whole_words, space, _ = line[:most].rpartition(" ")
    return (whole_words if space else line[: most - 1]).rstrip() + "…"


def missing_still_asks(leaf: Leaf, period: PeriodView, *, is_refused: bool = False) -> str:
    """Say what a criterion asks for that has no answer, or one that its rule does not take any more."""
    state = "Kết quả đã lưu không còn hợp với cách tính, hãy chấm lại" if is_refused else "Chưa nhập kết quả"
    return f"{state}; {_UNANSWERED.get(leaf.effect) or _wanted(leaf, None, period)}"


_UNANSWERED: Final[Mapping[Effect, str]] = {
    Effect.BONUS: "nhập khi có kết quả được thưởng",
    Effect.PENALTY: "xác nhận không có gì bị trừ, hoặc nhập phần bị trừ",
}


def voided_still_asks(leaf: Leaf) -> str:
    """Say what a criterion asks for whose points were taken."""
    condition = f": {shortened(leaf.void_condition)}" if leaf.void_condition else ""
    return f"Khắc phục và gỡ huỷ điểm{condition}"


def answered_still_asks(leaf: Leaf, answer: Answer, missing: Decimal, period: PeriodView) -> str:
    """Say what an answer lacks for full points; ``missing`` are the points that it leaves open, or takes off."""
    if leaf.effect is Effect.PENALTY:
        return f"Đang bị trừ {format_points(missing)} điểm; khắc phục rồi nhập lại nếu không còn bị trừ"
    match leaf.rule:
        case External(source):
            return f"Bên ngoài chấm thiếu {format_points(missing)} điểm; nguồn: {shortened(source)}"
        case Manual():
            return f"Cần đủ yêu cầu của tiêu chí để được thêm {format_points(missing)} điểm (nhập tay)"
        case _:
            return _as_sentence(_wanted(leaf, answer, period))


def _as_sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _wanted(leaf: Leaf, answer: Answer | None, period: PeriodView) -> str:  # noqa: C901 (one line a kind)
    match leaf.rule:
        case Levels(levels):
            best = max(levels, key=lambda level: level.points)
            return f"cần đạt mức: {shortened(best.text)}"
        case Checklist() as rule:
            return _by_items(rule, answer if isinstance(answer, TickAnswer) else None, period)
        case Ratio() as rule:
            return _by_ratio(rule, answer if isinstance(answer, RatioAnswer) else None)
        case Bands() as rule:
            return f"{_best_band(rule, leaf.max_points)} ({shortened(rule.measure, _LONGEST_ITEM)})"
        case Count() as rule:
            return _by_count(rule, answer.count if isinstance(answer, CountAnswer) else None)
        case Compare() as rule:
            return _by_comparison(rule, answer if isinstance(answer, CompareAnswer) else None)
        case External(source):
            return f"chờ kết quả của bên ngoài: {shortened(source)}"
        case Manual():
            return f"đủ điểm là {format_points(leaf.max_points)} (nhập tay)"
    assert_never(leaf.rule)


def _by_items(rule: Checklist, answer: TickAnswer | None, period: PeriodView) -> str:
    answer = TickAnswer(frozenset()) if answer is None else answer
    worth = [
        (index, item)
        for index, item in enumerate(rule.items)
        if item.points > 0 and period.has_reached(item.due_period) and index not in answer.ticked
    ]
    unmet = [item for _, item in worth if not item.is_ratio]
    parts = [f"còn {len(unmet)} ý chưa đạt: {_listed(unmet)}"] if unmet else []
    parts.extend(_missing_percents(worth, answer))
    return "; ".join(parts) or "cần thêm ý đạt"


def _listed(items: list[Item]) -> str:
    named = "; ".join(f"«{shortened(item.text, _LONGEST_ITEM)}»" for item in items[:_MOST_ITEMS])
    more = len(items) - _MOST_ITEMS
    return f"{named} và {more} ý khác" if more > 0 else named


def _missing_percents(items: list[tuple[int, Item]], answer: TickAnswer) -> Iterator[str]:
    for index, item in items:
        missing = HUNDRED - answer.percents.get(index, ZERO)
        if item.is_ratio and missing > 0:
            yield f"còn thiếu {format_number(missing)} % ở ý «{shortened(item.text, _LONGEST_ITEM)}»"


def _by_ratio(rule: Ratio, answer: RatioAnswer | None) -> str:
    if answer is None:
        return f"đủ điểm khi đạt 100 % ({shortened(rule.denominator, _LONGEST_ITEM)})"
    if answer.denominator == 0:
        return "cần có số liệu để tính: mẫu số đang bằng 0"
    wanted = format_number(answer.denominator)
    more = format_number(answer.denominator - answer.numerator)
    return f"cần thêm {more} (đủ {wanted}/{wanted}): {shortened(rule.numerator, _LONGEST_ITEM)}"


def _best_band(rule: Bands, max_points: Decimal) -> str:
    best = max(rule.bands, key=lambda band: _most_of(band, max_points))
    if best.linear is None or best.linear.factor == 0:
        return f"cần {range_of(best, rule.unit)}"
    value, is_within = _best_value(best, best.linear, max_points)
    return f"cần {'đạt' if is_within else 'sát'} {format_number(value)} {rule.unit}"


def _most_of(band: Band, max_points: Decimal) -> Decimal:
    line = band.linear
    if line is None:
        return band.points or ZERO
    if line.factor == 0:
        return line.constant
    end = band.upper if line.factor > 0 else band.lower
    return max_points if end is None else min(max_points, line.factor * end + line.constant)


def _best_value(band: Band, line: Linear, max_points: Decimal) -> tuple[Decimal, bool]:
    """Give the value at which a line brings the most, and whether it is still within the band."""
    rises = line.factor > 0
    end, holds = (band.upper, band.includes_upper) if rises else (band.lower, band.includes_lower)
    if end is not None and line.factor * end + line.constant <= max_points:
        return end, holds
    capped = (Fraction(max_points) - Fraction(line.constant)) / Fraction(line.factor)
    rounding = ROUND_CEILING if rises else ROUND_FLOOR
    exact = Decimal(capped.numerator) / Decimal(capped.denominator)
    return exact.quantize(_FOUR_DECIMALS, rounding=rounding), True


def _by_count(rule: Count, now: int | None) -> str:
    points, last = rule.points_by_count, len(rule.points_by_count) - 1
    best = points.index(max(points))
    number = f"{format_number(Decimal(best))} trường hợp"
    if now is not None and now > best:
        return f"giảm còn {number}: {shortened(rule.of, _LONGEST_ITEM)}"
    reached = f"từ {number} trở lên" if best == last and best > 0 else number
    return f"cần đạt {reached}: {shortened(rule.of, _LONGEST_ITEM)}"


def _by_comparison(rule: Compare, answer: CompareAnswer | None) -> str:
    ways = ((rule.higher, "cao hơn"), (rule.equal, "bằng"), (rule.lower, "thấp hơn"))
    _, wanted = max(ways, key=lambda way: way[0])
    before = f" ({format_number(answer.last_year)})" if answer is not None else ""
    return f"cần {wanted} năm trước{before}: {shortened(rule.of, _LONGEST_ITEM)}"
