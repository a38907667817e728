"""A row of a draft as the named texts of its form, and back into the keys of a criteria-set file."""

from collections.abc import Mapping
from typing import Any

from cchc_core.rubric_drafts import tree
from cchc_core.rubric_drafts.model import DraftNode
from cchc_core.rubric_in.model import NodeKind
from ui.rubrics.typed_numbers import maybe_plain, typed

Json = dict[str, Any]

_GROUP = ("declared_max", "note")
_CRITERION = ("evidence", "deadline", "responsible", "funding", "note", "print_note")
_LEAF = ("max_points", "effect", "declared_max", *_CRITERION, "not_applicable_clause", "void_condition", "due_period")
_NUMBERS: Mapping[str, str] = {"max_points": "Điểm chuẩn", "declared_max": "Điểm văn bản in"}
_DATES, _OTHERS = "thời gian:", "cơ quan khác theo dõi"
NORMAL = "normal"


def names(node: DraftNode) -> tuple[str, ...]:
    """Name the fields of a row beside code and title: a part or section has few, what is scored has most."""
    if node.kind is not NodeKind.CRITERION:
        return _GROUP
    return _LEAF if tree.is_leaf(node) else ("declared_max", *_CRITERION)


def to_texts(node: DraftNode) -> dict[str, str]:
    """Spread a row over the fields of its form."""
    return {
        "code": node.code,
        "title": node.title,
        **{name: _text(name, node.fields.get(name)) for name in names(node)},
    }


def _text(name: str, value: object) -> str:
    if name in _NUMBERS:
        return typed(value)
    if name == "evidence":
        return "\n".join(_evidence_line(line) for line in value) if isinstance(value, list) else ""
    if name == "effect":
        return str(value or NORMAL)
    return str(value or "")


def _evidence_line(line: Json) -> str:
    dates = f" | {_DATES} {line['dates']}" if line.get("dates") else ""
    return f"{line['text']}{dates}{'' if line.get('brought_by_unit', True) else f' | {_OTHERS}'}"


def to_changes(node: DraftNode, texts: Mapping[str, str]) -> Json:
    """Give what a save changes, nothing where nothing was changed. Raises BadText for a number that is none."""
    before = to_texts(node)
    changed = {name for name, text in texts.items() if text != before.get(name)}
    changes: Json = {name: texts[name] for name in ("code", "title") if name in changed}
    fields = {name: _value(name, texts[name]) for name in names(node) if name in changed}
    return {**changes, **({"fields": fields} if fields else {})}


def _value(name: str, text: str) -> object:
    if name in _NUMBERS:
        return maybe_plain(_NUMBERS[name], text)
    if name == "evidence":
        return [_evidence(line) for line in text.splitlines() if line.strip()]
    if name == "effect":
        return None if text == NORMAL else text
    return text.strip() or None


def _evidence(line: str) -> Json:
    text, *told = (part.strip() for part in line.split(" | "))
    dates = next((part[len(_DATES) :].strip() for part in told if part.lower().startswith(_DATES)), None)
    kept = [part for part in told if not part.lower().startswith(_DATES) and part.lower() != _OTHERS]
    return {
        "text": " | ".join([text, *kept]),
        "dates": dates or None,
        "brought_by_unit": all(part.lower() != _OTHERS for part in told),
    }
