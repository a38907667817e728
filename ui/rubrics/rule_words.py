"""A rule in words: how the points of a criterion come about, line by line, as Markdown."""

from collections.abc import Iterator
from typing import assert_never

from cchc_core.rules import kinds
from cchc_core.rules.decimals import format_number, format_points
from cchc_core.rules.explain import range_of
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    Effect,
    EmptyDenominator,
    External,
    Item,
    Leaf,
    Levels,
    Manual,
    Ratio,
    Rule,
)
from cchc_core.rules.period import period_name
from ui.words import literal

EFFECT_NAMES = {Effect.NORMAL: "Điểm chuẩn", **kinds.EFFECT_NAMES}
EMPTY_NAMES = {
    EmptyDenominator.REFUSE: "không tính được, phải hỏi lại",
    EmptyDenominator.FULL: "tính đủ điểm",
    EmptyDenominator.ZERO: "tính 0 điểm",
    EmptyDenominator.NOT_APPLICABLE: "không áp dụng, hạ điểm chuẩn",
}


def rule_lines(rule: Rule) -> tuple[str, ...]:  # noqa: C901 (one case a kind)
    """Say how a rule gives points, one line for each level, item, band or case."""
    match rule:
        case Levels(levels):
            return tuple(_line(format_points(level.points), level.text) for level in levels)
        case Checklist(items):
            return tuple(_item(item) for item in items)
        case Ratio():
            return tuple(_ratio(rule))
        case Bands():
            return (literal(rule.measure), *(_band(band, rule.unit) for band in rule.bands))
        case Count():
            last = len(rule.points_by_count) - 1
            cases = enumerate(rule.points_by_count)
            of = (literal(rule.of),)
            return of + tuple(_line(format_points(p), f"{n}{' trở lên' if n == last else ''}") for n, p in cases)
        case Compare():
            outcomes = (("cao hơn", rule.higher), ("bằng", rule.equal), ("thấp hơn", rule.lower))
            return (
                literal(rule.of),
                *(_line(format_points(points), f"{words} năm trước") for words, points in outcomes),
            )
        case External(source):
            return (f"Nguồn điểm: {literal(source)}",)
        case Manual(step, reason):
            return (literal(reason), f"Nhập theo bước {format_points(step)}")
    assert_never(rule)


def modifier_lines(leaf: Leaf) -> tuple[str, ...]:
    """Say what else holds for a criterion: lowering, voiding, when it falls due."""
    named = {
        "Hạ điểm chuẩn": leaf.not_applicable_clause,
        "Huỷ điểm": leaf.void_condition,
        "Chấm được từ kỳ": leaf.due_period and period_name(leaf.due_period),
    }
    return tuple(f"*{name}:* {literal(text)}" for name, text in named.items() if text)


def _line(points: str, words: str) -> str:
    return f"- **{literal(points)}** · {literal(words)}"


def _item(item: Item) -> str:
    ratio = " *(theo tỷ lệ phần trăm)*" if item.is_ratio else ""
    due = f" *(từ kỳ {literal(period_name(item.due_period))})*" if item.due_period else ""
    return f"{_line(format_points(item.points), item.text)}{ratio}{due}"


def _ratio(rule: Ratio) -> Iterator[str]:
    yield "Điểm chuẩn × tử số ÷ mẫu số"
    yield f"- *Tử số:* {literal(rule.numerator)}"
    yield f"- *Mẫu số:* {literal(rule.denominator)}"
    if rule.floor_percent is not None:
        yield f"- Dưới {literal(format_number(rule.floor_percent))} % tính 0 điểm"
    if rule.empty_denominator is not EmptyDenominator.REFUSE:
        yield f"- Mẫu số bằng 0: {EMPTY_NAMES[rule.empty_denominator]}"


def _band(band: Band, unit: str) -> str:
    if band.points is not None:
        return _line(format_points(band.points), range_of(band, unit))
    if band.linear is None:
        return f"- {literal(range_of(band, unit))}"
    constant = f" + {format_number(band.linear.constant)}" if band.linear.constant else ""
    return f"- {literal(range_of(band, unit))}: {literal(f'giá trị × {format_number(band.linear.factor)}{constant}')}"
