"""What a file printed stays known when somebody puts another value in its place: a sentence in the note."""

from decimal import Decimal
from typing import Final

from cchc_core.rubric_drafts.model import DraftNode, Json
from cchc_core.rubric_in.model import NodeKind
from cchc_core.rules.decimals import format_points

_OFFICIAL: Final = "points_from"


def with_print_note(before: DraftNode, code: str, title: str, fields: Json) -> Json:
    """Give the new fields of a row with the printed values that it leaves told in its note, and only those.

    Nothing happens where neither code, title nor points change, so a person may reword or drop the note.
    """
    printed = before.proposal.get("printed")
    was, now = (before.code, before.title, _points(before.fields)), (code, title, _points(fields))
    if not isinstance(printed, dict) or was == now:
        return fields
    name = "print_note" if before.kind is NodeKind.CRITERION else "note"
    text = str(fields.get(name) or "")
    for sentence in _sentences(printed, *was):
        text = text.replace(sentence, "")
    told = " ".join([*text.split(), *_sentences(printed, *now)])
    others = {key: value for key, value in fields.items() if key != name}
    return {**others, name: told} if told else others


def without_official_mark(before: DraftNode, fields: Json) -> Json:
    """Give a row's proposal without the mark of official points, where the points are others now."""
    if _points(before.fields) == _points(fields):
        return before.proposal
    return {name: value for name, value in before.proposal.items() if name != _OFFICIAL}


def _points(fields: Json) -> str | None:
    return fields.get("max_points", fields.get("declared_max"))


def _sentences(printed: Json, code: str, title: str, points: str | None) -> list[str]:
    told = []
    if printed.get("code") not in (None, code):
        told.append(f"Bản in ghi mã «{printed['code']}».")
    if printed.get("title") not in (None, title):
        told.append(f"Bản in ghi tên «{printed['title']}».")
    on_paper = printed.get("points")
    if on_paper is not None and (points is None or Decimal(points) != Decimal(on_paper)):
        told.append(f"Bản in ghi {format_points(Decimal(on_paper))} điểm.")
    return told
