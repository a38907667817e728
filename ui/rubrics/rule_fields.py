"""A rule as the named fields of its form, and back: all texts, a number for each line of a list.

Fields by kind: levels and checklist ``text N``, ``points N`` (``ratio N`` for a checklist); bands ``from N``,
``from_in N``, ``to N``, ``to_in N``, ``points N``, ``factor N``, ``constant N``; count ``points N``; the others by the
names of the contract.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cchc_core.errors import BadText
from ui.rubrics.typed_numbers import maybe_plain, plain, typed

Json = dict[str, Any]
Fields = Mapping[str, str]

KINDS: Mapping[str, str] = {
    "levels": "Chọn một mức",
    "checklist": "Đánh dấu các ý đạt",
    "ratio": "Theo tỷ lệ",
    "bands": "Theo khoảng",
    "count": "Theo số trường hợp",
    "compare": "So với năm trước",
    "external": "Do bên ngoài chấm",
    "manual": "Nhập điểm",
}
YES, NO = "có", "không"
_LISTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "levels": ("levels", ("text", "points")),
    "checklist": ("items", ("text", "points", "ratio")),
    "bands": ("bands", ("from", "from_in", "to", "to_in", "points", "factor", "constant")),
    "count": ("points_by_count", ("points",)),
}
_SINGLES: Mapping[str, tuple[str, ...]] = {
    "ratio": ("numerator", "denominator", "floor_percent", "empty_denominator"),
    "bands": ("measure", "unit"),
    "count": ("of",),
    "compare": ("of", "higher", "equal", "lower"),
    "external": ("source",),
    "manual": ("reason", "step"),
}
_OTHERWISE: Mapping[str, str] = {"empty_denominator": "refuse", "unit": "%", "step": "0,05", "of": "Số trường hợp"}
_NUMBERS = ("floor_percent", "higher", "equal", "lower", "step")
LEAST_LINES: Mapping[str, int] = {"levels": 2, "checklist": 2, "bands": 2, "count": 2}


def columns(kind: str) -> tuple[str, ...]:
    """Name the fields of a line of a kind that has lines."""
    return _LISTS[kind][1] if kind in _LISTS else ()


def singles(kind: str) -> tuple[str, ...]:
    """Name the fields that stand once."""
    return _SINGLES.get(kind, ())


def lines_in(rule: Json | None, kind: str, printed: Sequence[Json]) -> int:
    """Count the lines to begin with: those of the rule, else those that are printed, but as many as are needed."""
    if kind not in _LISTS:
        return 0
    stored = rule is not None and rule["kind"] == kind
    count = len(rule[_LISTS[kind][0]]) if rule is not None and stored else len(printed) if kind in _PRINTED else 0
    return max(count, LEAST_LINES[kind])


_PRINTED = ("levels", "checklist")


def to_fields(rule: Json | None, kind: str, lines: int, printed: Sequence[Json] = ()) -> dict[str, str]:
    """Spread a rule over the fields of a form of that kind.

    A rule of another kind fills none of them; then levels and checklists begin with the lines as printed.
    """
    same = rule if rule is not None and rule["kind"] == kind else None
    fields = {name: _single(same, name) for name in singles(kind)}
    listed = _lines_of(same, kind, printed)
    for place in range(lines):
        line = listed[place] if place < len(listed) else {}
        fields |= {f"{name} {place}": line.get(name, _empty(name)) for name in columns(kind)}
    return fields


def _single(rule: Json | None, name: str) -> str:
    value = rule.get(name) if rule is not None else _OTHERWISE.get(name)
    if value is None:
        return ""
    return typed(value) if name in _NUMBERS and rule is not None else str(value)


def _empty(name: str) -> str:
    return {"ratio": NO, "from_in": YES, "to_in": NO}.get(name, "")


def _lines_of(rule: Json | None, kind: str, printed: Sequence[Json]) -> list[dict[str, str]]:
    if rule is None:
        of_print = printed if kind in _PRINTED else ()
        return [{"text": str(line["text"]), "points": typed(line.get("points"))} for line in of_print]
    if kind not in _LISTS:
        return []
    stored = rule[_LISTS[kind][0]]
    if kind == "count":
        return [{"points": typed(points)} for points in stored]
    return [_band(line) if kind == "bands" else _level(line) for line in stored]


def _level(line: Json) -> dict[str, str]:
    return {
        "text": str(line["text"]),
        "points": typed(line["points"]),
        "ratio": YES if line.get("ratio") else NO,
    }


def _band(line: Json) -> dict[str, str]:
    linear = line.get("linear") or {}
    return {
        "from": typed(line.get("from")),
        "from_in": YES if line.get("from_inclusive") else NO,
        "to": typed(line.get("to")),
        "to_in": YES if line.get("to_inclusive") else NO,
        "points": typed(line.get("points")),
        "factor": typed(linear.get("factor")),
        "constant": typed(linear.get("constant")),
    }


def to_rule(kind: str, fields: Fields, before: Json | None = None) -> Json:
    """Make the rule that the fields hold; lines that hold nothing are left out. Raises BadText, naming the line.

    ``before`` is the rule that stood there: what its form does not show (periods of items, known gaps) stays.
    """
    rule: Json = {"kind": kind}
    for name in singles(kind):
        rule[name] = _read_single(name, fields.get(name, ""))
    if kind in _LISTS:
        key, names = _LISTS[kind]
        lines = [line for line in _typed_lines(fields, names) if not _is_blank(line)]
        read = _READ[kind]
        rule[key] = [read(f"Dòng {place}", line) for place, line in enumerate(lines, start=1)]
        if len(lines) < (1 if kind in ("checklist", "bands") else 2):
            raise BadText("Cách tính", problem="chưa đủ dòng", to_do="Hãy điền ít nhất hai mức, hoặc một ý.")
    return _with_what_is_not_shown(rule, before)


def _typed_lines(fields: Fields, names: Sequence[str]) -> list[dict[str, str]]:
    places = sorted({int(field.rpartition(" ")[2]) for field in fields if field.rpartition(" ")[0] in names})
    return [{name: str(fields.get(f"{name} {place}", "")).strip() for name in names} for place in places]


def _is_blank(line: Mapping[str, str]) -> bool:
    return not any(text for name, text in line.items() if name not in ("ratio", "from_in", "to_in"))


def _read_single(name: str, text: str) -> str | None:
    line = " ".join(text.split())
    if name == "floor_percent":
        return maybe_plain("Ngưỡng phần trăm", line)
    if name in _NUMBERS:
        return plain(_NAMES.get(name, name), line)
    if not line:
        raise BadText(_NAMES.get(name, name), problem="đang để trống", to_do="Hãy điền vào ô này.")
    return line


_NAMES = {
    "numerator": "Tử số",
    "denominator": "Mẫu số",
    "measure": "Đo cái gì",
    "unit": "Đơn vị tính",
    "of": "Đếm, so cái gì",
    "source": "Nguồn điểm",
    "reason": "Vì sao nhập tay",
    "step": "Bước điểm",
    "higher": "Điểm khi cao hơn",
    "equal": "Điểm khi bằng",
    "lower": "Điểm khi thấp hơn",
}


def _read_level(where: str, line: Mapping[str, str]) -> Json:
    if not line["text"]:
        raise BadText(where, problem="có điểm mà chưa có nội dung", to_do="Hãy ghi nội dung của mức, của ý.")
    return {"text": line["text"], "points": plain(f"{where}, ô điểm", line["points"])}


def _read_item(where: str, line: Mapping[str, str]) -> Json:
    return {**_read_level(where, line), "ratio": line["ratio"] == YES}


def _read_band(where: str, line: Mapping[str, str]) -> Json:
    bounds: Json = {
        "from": maybe_plain(f"{where}, ô từ", line["from"]),
        "to": maybe_plain(f"{where}, ô đến", line["to"]),
        "from_inclusive": line["from_in"] == YES,
        "to_inclusive": line["to_in"] == YES,
    }
    if not line["factor"]:
        return {**bounds, "points": plain(f"{where}, ô điểm", line["points"])}
    if line["points"]:
        raise BadText(
            where, problem="vừa có điểm cố định vừa có hệ số nhân", to_do="Hãy xoá một trong hai: điểm, hoặc hệ số."
        )
    factor = plain(f"{where}, ô hệ số", line["factor"])
    return {**bounds, "linear": {"factor": factor, "constant": maybe_plain(where, line["constant"]) or "0"}}


def _read_count(where: str, line: Mapping[str, str]) -> str:
    return plain(f"{where}, ô điểm", line["points"])


_READ: Mapping[str, Callable[[str, Mapping[str, str]], Json | str]] = {
    "levels": _read_level,
    "checklist": _read_item,
    "bands": _read_band,
    "count": _read_count,
}


def _with_what_is_not_shown(rule: Json, before: Json | None) -> Json:
    if before is None or before["kind"] != rule["kind"]:
        return rule
    if before.get("known_gaps"):
        rule["known_gaps"] = before["known_gaps"]
    if rule["kind"] == "checklist":
        due = {item["text"]: item["due_period"] for item in before["items"] if item.get("due_period")}
        for item in rule["items"]:
            if item["text"] in due:
                item["due_period"] = due[item["text"]]
    return rule
