"""How a comparison says what a criterion asks: its rule line by line, its points, what else holds."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, assert_never

from cchc_core.rubric.bodies import BODY_KIND_NAMES, BodyKind
from cchc_core.rubric.model import Cap
from cchc_core.rules.decimals import format_number, format_points
from cchc_core.rules.explain import range_of
from cchc_core.rules.kinds import (
    EFFECT_NAMES,
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
    Rule,
    screen_name,
)
from cchc_core.rules.period import period_name

_EMPTY: Final[Mapping[EmptyDenominator, str]] = {
    EmptyDenominator.FULL: "mẫu số bằng 0: đủ điểm",
    EmptyDenominator.ZERO: "mẫu số bằng 0: 0 điểm",
    EmptyDenominator.NOT_APPLICABLE: "mẫu số bằng 0: không áp dụng",
    EmptyDenominator.REFUSE: "",
}


def points_words(points: Decimal | None) -> str:
    """Print points; nothing for None."""
    return "" if points is None else format_points(points)


def kind_words(kinds: Iterable[BodyKind]) -> str:
    """Name the kinds of bodies that something is meant for."""
    return "; ".join(BODY_KIND_NAMES[kind] for kind in BodyKind if kind in set(kinds)) or "mọi cơ quan, đơn vị"


def cap_words(caps: Iterable[Cap]) -> str:
    """Name the caps of a set."""
    return "; ".join(
        f"{EFFECT_NAMES[cap.effect]} {'của cả bộ' if cap.node is None else cap.node}: tối đa {format_points(cap.most)}"
        for cap in caps
    )


def modifiers(leaf: Leaf) -> dict[str, str]:
    """Say what holds beside the rule, by name; what does not hold is empty."""
    return {
        "Hạ điểm chuẩn": leaf.not_applicable_clause or "",
        "Huỷ điểm": leaf.void_condition or "",
        "Kỳ đến hạn": period_name(leaf.due_period or ""),
        "Loại điểm": EFFECT_NAMES.get(leaf.effect, ""),
    }


def rule_words(leaf: Leaf) -> str:
    """Say how a criterion is scored: the kind of its rule, then a line for each level, item, band or case."""
    return "\n".join((screen_name(leaf.rule), *_lines(leaf.rule)))


def _lines(rule: Rule) -> Iterator[str]:  # noqa: C901 (one case a kind)
    match rule:
        case Levels(levels):
            yield from (_line(level.text, level.points) for level in levels)
        case Checklist(items):
            yield from map(_item, items)
        case Ratio():
            yield from _ratio(rule)
        case Bands(measure, unit, bands, _):
            yield from (measure, *(_band(band, unit) for band in bands))
        case Count(of, points):
            last = len(points) - 1
            yield of
            yield from (_line(f"{n}{' trở lên' if n == last else ''}", each) for n, each in enumerate(points))
        case Compare(of, higher, equal, lower):
            yield of
            outcomes = ("cao hơn", higher), ("bằng", equal), ("thấp hơn", lower)
            yield from (_line(f"{words} năm trước", each) for words, each in outcomes)
        case External(source):
            yield source
        case Manual(step, reason):
            yield from (reason, f"bước {format_points(step)}")
        case _:
            assert_never(rule)


def _line(words: str, points: Decimal) -> str:
    return f"{words}: {format_points(points)}"


def _item(item: Item) -> str:
    ratio = " (theo tỷ lệ %)" if item.is_ratio else ""
    due = f" (từ kỳ {period_name(item.due_period)})" if item.due_period else ""
    return f"{_line(item.text, item.points)}{ratio}{due}"


def _ratio(rule: Ratio) -> Iterator[str]:
    yield f"tử số: {rule.numerator}"
    yield f"mẫu số: {rule.denominator}"
    if rule.floor_percent is not None:
        yield f"dưới {format_number(rule.floor_percent)} %: 0 điểm"
    if words := _EMPTY[rule.empty_denominator]:
        yield words


def _band(band: Band, unit: str) -> str:
    if band.linear is None:
        return f"{range_of(band, unit)}: {points_words(band.points)}"
    constant = f" + {format_number(band.linear.constant)}" if band.linear.constant else ""
    return f"{range_of(band, unit)}: giá trị × {format_number(band.linear.factor)}{constant}"
