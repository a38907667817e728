"""What a person types for one criterion, as named fields, and the raw answer it makes.

A form keeps texts as typed ("12,5"); numbers are read here, the Vietnamese way. A form that is not finished, or that
reads two ways, makes no answer, and says why. Fields by kind of rule:

- levels: ``level`` (int or None); checklist: ``tick N`` (bool) and ``percent N`` (text) by item number;
- ratio ``numerator``, ``denominator``; bands ``value``; count ``count``; compare ``this_year``, ``last_year``;
- manual ``points``; external ``points``, ``percent``, ``source``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rules.answers import FIELD_NAMES, Entry, entry_to_json
from cchc_core.rules.decimals import format_number, format_points, parse_vietnamese
from cchc_core.rules.kinds import Bands, Checklist, Compare, Count, External, Leaf, Levels, Manual, Ratio
from cchc_core.rules.problems import AmbiguousNumber, NotANumber

Fields = Mapping[str, object]

_NUMBER_FIELDS: dict[type, tuple[str, ...]] = {
    Ratio: ("numerator", "denominator"),
    Bands: ("value",),
    Count: ("count",),
    Compare: ("this_year", "last_year"),
    Manual: ("points",),
}
_POINTS = ("points",)


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """A field whose number reads two ways, with both readings as unambiguous text."""

    field: str
    typed: str
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collected:
    """What a form makes: a raw answer (``{}`` clears it), or None with the reasons why it is not saved yet."""

    raw: dict[str, object] | None
    problems: tuple[str, ...] = ()
    two_readings: tuple[TwoReadings, ...] = ()


def field_names(leaf: Leaf) -> tuple[str, ...]:
    """Name the fields of a criterion's form, in the order they are filled."""
    match leaf.rule:
        case Levels():
            return ("level",)
        case Checklist(items):
            return tuple(f"{'percent' if item.is_ratio else 'tick'} {index}" for index, item in enumerate(items))
        case External():
            return ("points", "percent", "source")
        case rule:
            return _NUMBER_FIELDS[type(rule)]


def empty_value(field: str) -> object:
    """Give what an unfilled field holds."""
    if field == "level":
        return None
    return False if field.startswith("tick ") else ""


def fill(leaf: Leaf, entry: Entry) -> dict[str, object]:
    """Spread an entry over the fields of its form."""
    fields = {name: empty_value(name) for name in field_names(leaf)}
    if entry.answer is None:
        return fields
    written = entry_to_json(Entry(entry.answer))
    for index in _listed(written.pop("ticked", ())):
        fields[f"tick {index}"] = True
    for index, percent in _paired(written.pop("percents", {})):
        fields[f"percent {index}"] = _to_type(Decimal(percent))
    for name, value in written.items():
        fields[name] = value if name in ("level", "source") else _typed(name, str(value))
    return fields


def _listed(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _paired(value: object) -> tuple[tuple[str, str], ...]:
    return tuple((str(k), str(v)) for k, v in value.items()) if isinstance(value, Mapping) else ()


def _typed(name: str, number: str) -> str:
    return format_points(Decimal(number)) if name in _POINTS else _to_type(Decimal(number))


def _to_type(number: Decimal) -> str:
    """Write a number as a field holds it: no points between thousands, so that it reads in one way only."""
    return format_number(number).replace(".", "")


def collect(leaf: Leaf, fields: Fields) -> Collected:
    """Make the raw answer from what was typed; all fields empty clears the answer."""
    match leaf.rule:
        case Levels():
            level = fields.get("level")
            return Collected({} if level is None else {"level": level})
        case Checklist() as rule:
            return _collect_items(rule, fields)
        case External():
            return _collect_external(fields)
        case rule:
            return _collect_numbers(_NUMBER_FIELDS[type(rule)], fields)


class _Reader:
    """Reads typed numbers and remembers what could not be read."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.two_readings: list[TwoReadings] = []

    def number(self, field: str, typed: str, label: str) -> str:
        try:
            return str(parse_vietnamese(typed.strip().removesuffix("%")))
        except AmbiguousNumber as why:
            readings = tuple(_to_type(reading) for reading in why.readings)
            self.two_readings.append(TwoReadings(field, typed.strip(), readings))
            offered = " hoặc ".join(readings)
            self.problems.append(f"{label}: «{typed.strip()}» có thể là {offered}; hãy chọn một cách đọc.")
        except NotANumber as why:
            self.problems.append(f"{label}: {why}; đã nhập «{typed.strip()[:40]}».")
        return ""

    def collected(self, raw: dict[str, object]) -> Collected:
        if self.problems:
            return Collected(None, tuple(self.problems), tuple(self.two_readings))
        return Collected(raw)


def _collect_items(rule: Checklist, fields: Fields) -> Collected:
    reader, ticked, percents = _Reader(), [], {}
    for index, item in enumerate(rule.items):
        if not item.is_ratio and fields.get(f"tick {index}"):
            ticked.append(index)
        typed = str(fields.get(f"percent {index}") or "").strip()
        if item.is_ratio and typed:
            percents[str(index)] = reader.number(f"percent {index}", typed, f"Ý {index + 1}")
    raw: dict[str, object] = {"ticked": ticked}
    return reader.collected(raw | ({"percents": percents} if percents else {}))


def _collect_numbers(names: tuple[str, ...], fields: Fields) -> Collected:
    typed = {name: str(fields.get(name) or "").strip() for name in names}
    if not any(typed.values()):
        return Collected({})
    reader = _Reader()
    read = {name: reader.number(name, text, FIELD_NAMES[name].capitalize()) for name, text in typed.items() if text}
    missing = [FIELD_NAMES[name].lower() for name, text in typed.items() if not text]
    if missing and not reader.problems:
        return Collected(None, (f"Còn thiếu {', '.join(missing)}.",))
    return reader.collected(dict(read))


def _collect_external(fields: Fields) -> Collected:
    typed = {name: str(fields.get(name) or "").strip() for name in ("points", "percent", "source")}
    if not any(typed.values()):
        return Collected({})
    if typed["points"] and typed["percent"]:
        return Collected(None, ("Chỉ nhập điểm hoặc phần trăm, hãy xoá một trong hai ô.",))
    if not (typed["points"] or typed["percent"]):
        return Collected(None, ("Còn thiếu điểm hoặc phần trăm.",))
    name = "points" if typed["points"] else "percent"
    reader = _Reader()
    raw: dict[str, object] = {name: reader.number(name, typed[name], FIELD_NAMES[name].capitalize())}
    if not reader.problems and not typed["source"]:
        return Collected(None, ("Còn thiếu nguồn của điểm (văn bản, báo cáo công bố điểm).",))
    return reader.collected({**raw, "source": typed["source"]})
