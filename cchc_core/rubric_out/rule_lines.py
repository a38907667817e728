"""The lines that a province prints below a criterion's title: what earns which points."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from cchc_core.rubric.model import Criterion
from cchc_core.rules.decimals import HUNDRED, ZERO, format_number, format_points
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    EmptyDenominator,
    External,
    Item,
    Leaf,
    Levels,
    Manual,
    Ratio,
)
from cchc_core.text import fold

LOWERED = "hạ điểm chuẩn"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A line below a title and the points printed beside it (None: nothing is printed there)."""

    text: str
    points: Decimal | None = None


def rule_lines(criterion: Criterion) -> tuple[RuleLine, ...]:
    """Write the rule of a leaf, then its clauses, as lines; a group has none.

    Source: the form of Sóc Trăng (Kế hoạch CCHC 2022, Phụ lục 02): one line for each level or item with its points,
    formulas in words.
    """
    leaf = criterion.leaf
    if leaf is None:
        return ()
    return (*_lines(leaf), *_clauses(criterion, leaf))


def _lines(leaf: Leaf) -> Iterator[RuleLine]:  # noqa: C901 (one branch a kind)
    rule = leaf.rule
    match rule:
        case Levels(levels):
            yield from (RuleLine(level.text, level.points) for level in levels)
        case Checklist(items):
            yield from (RuleLine(_item(item), item.points) for item in items)
        case Ratio():
            yield from _ratio(rule, leaf.max_points)
        case Bands(bands=bands):
            yield from (RuleLine(_band(band, rule), band.points) for band in bands)
        case Count():
            yield from _count(rule)
        case Compare(of=of):
            sides = (("cao hơn", rule.higher), ("bằng", rule.equal), ("thấp hơn", rule.lower))
            yield from (RuleLine(f"{of} {word} năm trước", points) for word, points in sides)
        case External(source):
            yield RuleLine(f"Điểm do bên ngoài chấm: {source}")
        case Manual(step, reason):
            yield RuleLine(f"Chấm bằng tay trong khung điểm tối đa, bước {format_number(step)} điểm: {reason}")
        case _:
            assert_never(rule)


def _item(item: Item) -> str:
    plain = fold(item.text)
    if not item.is_ratio or plain.startswith(("ty le", "ti le")) or "ty le %" in plain:
        return item.text
    return f"{item.text}: tính theo (Tỷ lệ % đạt được x {format_number(item.points)} điểm):100%"


def _ratio(rule: Ratio, most: Decimal) -> Iterator[RuleLine]:
    yield RuleLine(
        f"Điểm đạt được tính theo công thức: (a/b) x {format_number(most)} điểm; trong đó a là {rule.numerator}; "
        f"b là {rule.denominator}",
        most,
    )
    if rule.floor_percent is not None:
        yield RuleLine(f"Dưới {format_number(rule.floor_percent)}%", ZERO)
    if rule.empty_denominator is EmptyDenominator.FULL:
        yield RuleLine("Không phát sinh trường hợp nào (b = 0) thì được điểm tối đa")
    if rule.empty_denominator is EmptyDenominator.NOT_APPLICABLE:
        yield RuleLine(f"Không phát sinh trường hợp nào (b = 0) thì {LOWERED}")
    if rule.empty_denominator is EmptyDenominator.ZERO:
        yield RuleLine("Không phát sinh trường hợp nào (b = 0) thì không có điểm")


def _band(band: Band, rule: Bands) -> str:
    text = _range(band, rule.is_percent, "%" if rule.is_percent else f" {rule.unit}")
    if band.linear is None:
        return text
    rest = f" + {format_number(band.linear.constant)}" if band.linear.constant else ""
    if rule.is_percent:
        factor = format_number(band.linear.factor * HUNDRED)
        return f"{text}, điểm đánh giá tính theo công thức: (Tỷ lệ % x {factor} điểm):100%{rest}"
    return f"{text}, điểm đánh giá tính theo công thức: giá trị x {format_number(band.linear.factor)}{rest}"


def _range(band: Band, is_percent: bool, unit: str) -> str:
    # The ends of a percent need no words: nothing lies below 0 or above 100.
    lower = None if is_percent and band.lower == 0 and band.includes_lower else band.lower
    upper = None if is_percent and band.upper == HUNDRED and lower not in (None, HUNDRED) else band.upper
    if lower is not None and lower == upper:
        return f"Đạt {format_number(lower)}{unit}"
    start = "" if lower is None else f"{'Từ' if band.includes_lower else 'Trên'} {format_number(lower)}"
    if lower is not None and upper is not None:
        until = f"{'' if band.includes_upper else 'dưới '}{format_number(upper)}{unit}"
        return f"{start}{unit if is_percent else ''} đến {until}"
    if upper is not None:
        return f"{'Đến' if band.includes_upper else 'Dưới'} {format_number(upper)}{unit}"
    if lower is None:
        return "Mọi giá trị"
    return f"{start}{unit}{' trở lên' if band.includes_lower else ''}"


def _count(rule: Count) -> Iterator[RuleLine]:
    last = len(rule.points_by_count) - 1
    yield RuleLine(f"Tính theo: {rule.of}")
    for count, points in enumerate(rule.points_by_count):
        more = " trở lên" if count == last else ""
        yield RuleLine(f"{count:02d} trường hợp{more}" if count else "Không có trường hợp nào", points)


def _clauses(criterion: Criterion, leaf: Leaf) -> Iterator[RuleLine]:
    clause = leaf.not_applicable_clause
    if clause is not None and fold(clause) not in fold(criterion.title):
        told = any(word in fold(clause) for word in ("ha diem chuan", "ha chuan", "khong ap dung"))
        yield RuleLine(clause if told else f"{clause} ({LOWERED})")
    if leaf.void_condition is not None:
        text = leaf.void_condition
        yield RuleLine(text if "0 diem" in fold(text) or "huy" in fold(text) else f"Huỷ điểm: {text}")


def is_announced(leaf: Leaf) -> bool:
    """Tell whether a rule can be printed with points in its lines (a ratio's single line carries the maximum)."""
    return any(line.points is not None for line in _lines(leaf))


def points_words(points: Decimal | None) -> str:
    """Print points, or nothing where there are none."""
    return "" if points is None else format_points(points)
