"""What a scorer enters for one criterion, and its JSON form.

The form is the one of ANSWERS.json: ``{"level": 0}``, ``{"ticked": [0, 2], "percents": {"1": "80"}}``,
``{"numerator": "18", "denominator": "20"}``, ``{"value": "96.5"}``, ``{"count": 2}``, ``{"this_year": "90.1",
"last_year": "88"}``, ``{"points": "0.25"}``, ``{"points" or "percent": …, "source": …}``,
``{"not_applicable": reason}``,
``{"not_due": true}``, and ``{"voided": reason}`` alone or beside an answer. ``{}`` is no answer.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar, assert_never

from cchc_core.rules.decimals import format_number, parse_plain
from cchc_core.rules.entries import (
    EMPTY,
    Answer,
    CompareAnswer,
    CountAnswer,
    Entry,
    LevelAnswer,
    PercentAnswer,
    PointsAnswer,
    RatioAnswer,
    TickAnswer,
    ValueAnswer,
)
from cchc_core.rules.explain import is_blank, one_line
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

__all__ = [
    "EMPTY",
    "FIELD_NAMES",
    "MOST_REASON_CHARACTERS",
    "Answer",
    "CompareAnswer",
    "CountAnswer",
    "Entry",
    "LevelAnswer",
    "PercentAnswer",
    "PointsAnswer",
    "RatioAnswer",
    "TickAnswer",
    "ValueAnswer",
    "entry_to_json",
    "read_entry",
]

MOST_REASON_CHARACTERS = 2_000
_Key = TypeVar("_Key", str, int)


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
                written["percents"] = {str(index): _text(percents[index]) for index in sorted(percents)}
            return written
        case CountAnswer(count):
            return {"count": count}
        case RatioAnswer() | ValueAnswer() | CompareAnswer() | PointsAnswer() | PercentAnswer():
            values = ((name, getattr(answer, name)) for name in answer.__slots__)
            return {name: _text(value) for name, value in values if value is not None}
    assert_never(answer)


def _text(value: Decimal | str) -> str:
    return value if isinstance(value, str) else f"{value:f}"


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
        raise AnswerRefused(f"Số trường hợp phải là số nguyên không âm; đã nhập {format_number(number)}.")
    return CountAnswer(int(number))


def _read_ticks(rule: Rule, raw: dict[str, object]) -> Answer:
    _expect(rule, raw, set(raw) & {"ticked", "percents"} or {"ticked"})
    ticked, percents = raw.get("ticked", []), raw.get("percents", {})
    if not isinstance(ticked, list | tuple) or not isinstance(percents, Mapping):
        raise AnswerRefused("Các ý đạt là một danh sách số thứ tự; tỷ lệ là các cặp số thứ tự và phần trăm.")
    indexes = [_whole(index, "Ý được đánh dấu") for index in ticked]
    if len(set(indexes)) != len(indexes):
        raise AnswerRefused("Có ý được đánh dấu hai lần; mỗi ý chỉ đánh dấu một lần.")
    by_index = {_index(key): value for key, value in percents.items()}
    if len(by_index) != len(percents):
        raise AnswerRefused("Có ý mang hai tỷ lệ; mỗi ý chỉ có một tỷ lệ.")
    labels = {index: (value, f"Tỷ lệ phần trăm của ý {index}") for index, value in by_index.items()}
    return TickAnswer(frozenset(indexes), _each_number(labels))


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
    return _each_number({name: (raw[name], FIELD_NAMES[name]) for name in names})


def _each_number(labelled: Mapping[_Key, tuple[object, str]]) -> dict[_Key, Decimal]:
    """Read all numbers of an answer, or refuse with every one that is none."""
    read: dict[_Key, Decimal] = {}
    problems: list[str] = []
    for key, (value, label) in labelled.items():
        try:
            read[key] = _number(value, label)
        except AnswerRefused as why:
            problems.extend(why.problems)
    if problems:
        raise AnswerRefused(*problems)
    return read


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
    given = _names(raw) or "không có gì"
    raise AnswerRefused(f"Cách tính «{screen_name(rule).lower()}» cần đúng các trường: {wanted}; đã nhận: {given}.")


def _refuse_extras(rest: dict[str, object], why: str) -> None:
    if rest:
        raise AnswerRefused(f"Thừa trường {_names(rest)}: {why}.")


def _names(raw: Mapping[str, object]) -> str:
    return ", ".join(sorted(one_line(str(name)[:40]) for name in raw))


def _reason(raw: dict[str, object], name: str, label: str) -> str | None:
    if name not in raw:
        return None
    text = raw.pop(name)
    if not isinstance(text, str) or is_blank(text):
        raise AnswerRefused(f"{label}: cần ghi rõ bằng chữ, không để trống.")
    if len(text) > MOST_REASON_CHARACTERS:
        raise AnswerRefused(f"{label}: dài quá {MOST_REASON_CHARACTERS} ký tự; hãy viết gọn lại.")
    return one_line(text)


def _number(value: object, label: str) -> Decimal:
    try:
        return parse_plain(value)
    except NotANumber as why:
        raise AnswerRefused(f"{label}: {why}; đã nhận {_seen(value)}.") from None


def _whole(value: object, label: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise AnswerRefused(f"{label} phải là số thứ tự (0, 1, 2 …); đã nhận {_seen(value)}.")
    return value


def _index(key: object) -> int:
    if isinstance(key, str) and key.isascii() and key.isdigit() and len(key) <= 4:
        return int(key)
    raise AnswerRefused(f"Tỷ lệ phải ghi cho số thứ tự của ý (0, 1, 2 …); đã nhận {_seen(key)}.")


def _seen(value: object) -> str:
    """Quote what was given, shortly and on one line; what is neither text nor number is only named."""
    if isinstance(value, str):
        return f"«{one_line(value[:40])}»"
    if isinstance(value, Decimal) or (isinstance(value, int) and abs(value) < 10**15):
        return f"«{str(value)[:40]}»"
    return {int: "một số quá lớn", float: "một số", type(None): "null"}.get(type(value), "một danh sách hay đối tượng")
