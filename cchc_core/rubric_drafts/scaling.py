"""The points inside a rule when its leaf gets another maximum: in proportion, where that comes out exactly."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final, assert_never

from pydantic import TypeAdapter

from cchc_core.rubric.document import rule_to_json
from cchc_core.rubric_drafts.model import Json
from cchc_core.rule_schema import RuleFile
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    External,
    Item,
    Level,
    Levels,
    Linear,
    Manual,
    Ratio,
    Rule,
)

_RULE: Final[TypeAdapter[RuleFile]] = TypeAdapter(RuleFile)
_POINTS_PLACES, _LINE_PLACES = 4, 10


class _NotExact(Exception):
    """A point would need more decimals than points have."""


def rule_from_json(rule: Json) -> Rule:
    """Read a rule that was stored in the form of the contract."""
    return _RULE.validate_python(rule).to_rule()


def scaled(rule: Json, old: Decimal, new: Decimal) -> Json | None:
    """Give a rule for another maximum: levels, items and lines in proportion; None where that is not exact.

    Points by hand keep their steps, a ratio and points of others need nothing.
    """
    try:
        return rule_to_json(_scaled(rule_from_json(rule), Fraction(new) / Fraction(old)))
    except _NotExact:
        return None


def _scaled(rule: Rule, by: Fraction) -> Rule:
    match rule:
        case Levels(levels):
            return Levels(tuple(Level(level.text, _points(level.points, by)) for level in levels))
        case Checklist(items):
            return Checklist(tuple(_item(item, by) for item in items))
        case Bands():
            return replace(rule, bands=tuple(_band(band, by) for band in rule.bands))
        case Count():
            return replace(rule, points_by_count=tuple(_points(points, by) for points in rule.points_by_count))
        case Compare(of, higher, equal, lower):
            return Compare(of, _points(higher, by), _points(equal, by), _points(lower, by))
        case Ratio() | External() | Manual():
            return rule
    assert_never(rule)


def _item(item: Item, by: Fraction) -> Item:
    return replace(item, points=_points(item.points, by))


def _band(band: Band, by: Fraction) -> Band:
    points = None if band.points is None else _points(band.points, by)
    line = band.linear
    if line is not None:
        line = Linear(_exact(line.factor, by, _LINE_PLACES), _exact(line.constant, by, _LINE_PLACES))
    return replace(band, points=points, linear=line)


def _points(points: Decimal, by: Fraction) -> Decimal:
    return _exact(points, by, _POINTS_PLACES)


def _exact(number: Decimal, by: Fraction, places: int) -> Decimal:
    shifted = Fraction(number) * by * 10**places
    if shifted.denominator != 1:
        raise _NotExact
    return Decimal(shifted.numerator).scaleb(-places)
