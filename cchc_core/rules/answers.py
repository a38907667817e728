"""What a scorer enters for one criterion, and its JSON form.

The form is the one of ANSWERS.json: ``{"level": 0}``, ``{"ticked": [0, 2], "percents": {"1": "80"}}``,
``{"numerator": "18", "denominator": "20"}``, ``{"value": "96.5"}``, ``{"count": 2}``, ``{"this_year": "90.1",
"last_year": "88"}``, ``{"points": "0.25"}``, ``{"points" or "percent": …, "source": …}``, ``{"not_applicable": reason}``,
``{"not_due": true}``, and ``{"voided": reason}`` alone or beside an answer. ``{}`` is no answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from cchc_core.rules.decimals import parse_plain
from cchc_core.rules.kinds import (
    Bands,
    Checklist,
    Compare,
    Count,
    External,
    Leaf,
    Levels,
    Manual,
    Ratio,
    Rule,
    screen_name,
)
from cchc_core.rules.problems import AnswerRefused, NotANumber

MOST_REASON_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class LevelAnswer:
    """The chosen level, counted from 0."""

    level: int


@dataclass(frozen=True, slots=True)
class TickAnswer:
    """The ticked items, and a percent for each ratio item that has one."""

    ticked: frozenset[int]
    percents: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RatioAnswer:
    """The two figures of a ratio."""

    numerator: Decimal
    denominator: Decimal


@dataclass(frozen=True, slots=True)
class ValueAnswer:
    """One measured value."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """How many cases."""

    count: int


@dataclass(frozen=True, slots=True)
class CompareAnswer:
    """This year's figure and last year's."""

    this_year: Decimal
    last_year: Decimal


@dataclass(frozen=True, slots=True)
class PointsAnswer:
    """Points given by hand or by others; others name their source."""

    points: Decimal
    source: str | None = None


@dataclass(frozen=True, slots=True)
class PercentAnswer:
    """A percent of the maximum given by others."""

    percent: Decimal
    source: str


Answer = (
    LevelAnswer | TickAnswer | RatioAnswer | ValueAnswer | CountAnswer | CompareAnswer | PointsAnswer | PercentAnswer
)


@dataclass(frozen=True, slots=True)
class Entry:
    """All that is entered for a criterion: an answer, or why there is none."""

    answer: Answer | None = None
    not_applicable: str | None = None
    voided: str | None = None
    not_due: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all is entered."""
        return self == EMPTY


EMPTY = Entry()


def read_entry(leaf: Leaf, raw: object) -> Entry:
    """Read the JSON form of what is entered for a criterion.

    Raises AnswerRefused when the form does not fit the criterion's rule. Ranges are the rule's business
    (:func:`cchc_core.rules.scoring.score`).
    """
    if not isinstance(raw, Mapping):
        raise AnswerRefused('Câu trả lời phải là một đối tượng có tên trường, ví dụ {"level": 0}.')
    rest = dict(raw)
    voided = _reason(rest, "voided", "Huỷ điểm")
    if "not_applicable" in rest:
        reason = _reason(rest, "not_applicable", "Không áp dụng")
        _refuse_extras(rest, "«không áp dụng» không đi cùng câu trả lời khác")
        return Entry(not_applicable=reason, voided=voided)
    if "not_due" in rest:
        if rest.pop("not_due") is not True:
            raise AnswerRefused("Trường not_due chỉ nhận giá trị true.")
        _refuse_extras(rest, "«chưa đến kỳ» không đi cùng câu trả lời khác")
        return Entry(not_due=True, voided=voided)
    answer = _read_answer(leaf.rule, rest) if rest else None
    return Entry(answer=answer, voided=voided)


def entry_to_json(entry: Entry) -> dict[str, object]:
    """Write an entry in the form that :func:`read_entry` reads; ``{}`` for an empty one."""
    written = _answer_to_json(entry.answer) if entry.answer is not None else {}
    if entry.not_applicable is not None:
        written["not_applicable"] = entry.not_applicable
    if entry.not_due:
        written["not_due"] = True
    if entry.voided is not None:
        written["voided"] = entry.voided
    return written


def _answer_to_json(answer: Answer) -> dict[str, object]:
    match answer:
        case LevelAnswer(level):
            return {"level": level}
        case TickAnswer(ticked, percents):
            written: dict[str, object] = {"ticked": sorted(ticked)}
            if percents:
                written["percents"] = {str(index): str(percents[index]) for index in sorted(percents)}
            return written
        case CountAnswer(count):
            return {"count": count}
        case RatioAnswer() | ValueAnswer() | CompareAnswer() | PointsAnswer() | PercentAnswer():
            values = ((name, getattr(answer, name)) for name in answer.__slots__)
            return {name: str(value) for name, value in values if value is not None}
    assert_never(answer)


def _read_answer(rule: Rule, raw: dict[str, object]) -> Answer:
    readers: dict[type, Callable[[Rule, dict[str, object]], Answer]] = {
        Levels: _read_level,
        Checklist: _read_ticks,
        Ratio: lambda r, f: RatioAnswer(**_numbers(r, f, "numerator", "denominator")),
        Bands: lambda r, f: ValueAnswer(**_numbers(r, f, "value")),
        Count: _read_count,
        Compare: lambda r, f: CompareAnswer(**_numbers(r, f, "this_year", "last_year")),
        External: _read_external,
        Manual: lambda r, f: PointsAnswer(_numbers(r, f, "points")["points"]),
    }
    return readers[type(rule)](rule, raw)


def _read_level(rule: Rule, raw: dict[str, object]) -> Answer:
    _expect(rule, raw, {"level"})
    return LevelAnswer(_whole(raw["level"], "Mức được chọn"))


def _read_count(rule: Rule, raw: dict[str, object]) -> Answer:
    _expect(rule, raw, {"count"})
    number = _number(raw["count"], "Số trường hợp")
    if number < 0 or number != int(number):
        raise AnswerRefused(f"Số trường hợp phải là số nguyên không âm; đã nhập {number}.")
    return CountAnswer(int(number))


def _read_ticks(rule: Rule, raw: dict[str, object]) -> Answer:
    _expect(rule, raw, set(raw) & {"ticked", "percents"} or {"ticked"})
    ticked, percents = raw.get("ticked", []), raw.get("percents", {})
    if not isinstance(ticked, list | tuple) or not isinstance(percents, Mapping):
        raise AnswerRefused("Các ý đạt là một danh sách số thứ tự; tỷ lệ là các cặp số thứ tự và phần trăm.")
    indexes = [_whole(index, "Ý được đánh dấu") for index in ticked]
    if len(set(indexes)) != len(indexes):
        raise AnswerRefused("Có ý được đánh dấu hai lần; mỗi ý chỉ đánh dấu một lần.")
    read = {_index(key): _number(value, "Tỷ lệ phần trăm") for key, value in percents.items()}
    if len(read) != len(percents):
        raise AnswerRefused("Có ý mang hai tỷ lệ; mỗi ý chỉ có một tỷ lệ.")
    return TickAnswer(frozenset(indexes), read)


def _read_external(rule: Rule, raw: dict[str, object]) -> Answer:
    if "points" in raw and "percent" in raw:
        raise AnswerRefused("Chỉ nhập điểm hoặc phần trăm, không nhập cả hai.")
    wanted = "percent" if "percent" in raw else "points"
    _expect(rule, raw, {wanted, "source"})
    source = _reason(raw, "source", "Nguồn của điểm")
    number = _number(raw[wanted], "Điểm" if wanted == "points" else "Phần trăm")
    return PointsAnswer(number, source) if wanted == "points" else PercentAnswer(number, source or "")


def _numbers(rule: Rule, raw: dict[str, object], *names: str) -> dict[str, Decimal]:
    _expect(rule, raw, set(names))
    return {name: _number(raw[name], FIELD_NAMES[name]) for name in names}


FIELD_NAMES = {
    "level": "mức",
    "ticked": "các ý đạt",
    "percents": "tỷ lệ của các ý",
    "numerator": "Tử số",
    "denominator": "Mẫu số",
    "value": "Giá trị đo được",
    "count": "số trường hợp",
    "this_year": "Số liệu năm nay",
    "last_year": "Số liệu năm trước",
    "points": "Điểm",
    "percent": "Phần trăm",
    "source": "nguồn",
}


def _expect(rule: Rule, raw: dict[str, object], names: set[str]) -> None:
    if set(raw) == names:
        return
    wanted = ", ".join(f"{name} ({FIELD_NAMES[name].lower()})" for name in sorted(names))
    given = ", ".join(sorted(str(name)[:40] for name in raw)) or "không có gì"
    raise AnswerRefused(f"Cách tính «{screen_name(rule).lower()}» cần đúng các trường: {wanted}; đã nhận: {given}.")


def _refuse_extras(rest: dict[str, object], why: str) -> None:
    if rest:
        raise AnswerRefused(f"Thừa trường {', '.join(sorted(str(name)[:40] for name in rest))}: {why}.")


def _reason(raw: dict[str, object], name: str, label: str) -> str | None:
    if name not in raw:
        return None
    text = raw.pop(name)
    if not isinstance(text, str) or not text.strip():
        raise AnswerRefused(f"{label}: cần ghi rõ bằng chữ, không để trống.")
    if len(text) > MOST_REASON_CHARACTERS:
        raise AnswerRefused(f"{label}: dài quá {MOST_REASON_CHARACTERS} ký tự; hãy viết gọn lại.")
    return " ".join(text.split())


def _number(value: object, label: str) -> Decimal:
    try:
        return parse_plain(value)
    except NotANumber as why:
        raise AnswerRefused(f"{label}: {why}; đã nhận «{str(value)[:40]}».") from None


def _whole(value: object, label: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise AnswerRefused(f"{label} phải là số thứ tự (0, 1, 2 …); đã nhận «{str(value)[:40]}».")
    return value


def _index(key: object) -> int:
    if isinstance(key, str) and key.isascii() and key.isdigit() and len(key) <= 4:
        return int(key)
    raise AnswerRefused(f"Tỷ lệ phải ghi cho số thứ tự của ý (0, 1, 2 …); đã nhận «{str(key)[:40]}».")
