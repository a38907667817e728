"""What people put into a draft, as it is kept: cleaned, held to the keys of a criteria-set file, points as texts."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from cchc_core.errors import BadText
from cchc_core.rubric_drafts.model import DraftHead, Json
from cchc_core.rubric_drafts.words import NAMES, in_words, where_words
from cchc_core.rubric_in.model import NodeKind
from cchc_core.rubric_schema import CriterionFile, PartFile, RubricFile, SectionFile
from cchc_core.rules.decimals import decimals_of
from cchc_core.schema_messages import real_errors, sentence_of
from cchc_core.text import clean_line

MOST_CODE: Final = 40
MOST_TITLE: Final = 4_000
MOST_TEXT: Final = 8_000
MOST_LIST: Final = 400
_KEEPS_NONE: Final = "declared_max"
_SCHEMAS: Final[Mapping[NodeKind, type[BaseModel]]] = {
    NodeKind.PART: PartFile,
    NodeKind.SECTION: SectionFile,
    NodeKind.CRITERION: CriterionFile,
}
_NOT_FIELDS: Final = frozenset({"code", "parent", "part", "title", "rule", "place"})
_HEAD_LIST: Final = ("applies_to", "caps", "exclusions")


def code_of(where: str, text: str) -> str:
    """Give a code as it is kept. Raises BadText for none, or one that is too long."""
    return _line(where, "mã", text, MOST_CODE)


def title_of(where: str, text: str) -> str:
    """Give a title as it is kept. Raises BadText for none, or one that is too long."""
    return _line(where, "tên", text, MOST_TITLE)


def _line(where: str, what: str, text: str, most: int) -> str:
    line = " ".join(clean_line(text).split())
    if not line:
        raise BadText(where, problem=f"chưa ghi {what}", to_do=f"Hãy ghi {what} rồi lưu lại.")
    if len(line) > most:
        raise BadText(where, problem=f"{what} dài {len(line)} ký tự, quá {most} ký tự", to_do="Hãy viết gọn lại.")
    return line


def with_fields(where: str, kind: NodeKind, fields: Json, changes: Mapping[str, object]) -> Json:
    """Give a row's fields with some of them changed; None or an empty text takes one out. Raises BadText."""
    wrong = sorted(_NOT_FIELDS & changes.keys())
    if wrong:
        raise BadText(where, problem=f"không sửa {', '.join(wrong)} ở đây", to_do="Hãy sửa ở ô dành cho mục ấy.")
    changed = dict(fields)
    for name, value in changes.items():
        clean = _plain(where, value)
        if name == _KEEPS_NONE and clean is None and name in fields and fields[name] is None:
            continue
        if clean in (None, "", [], {}):
            changed.pop(name, None)
        else:
            changed[name] = clean
    _check_fields(where, kind, changed)
    return changed


def rule_of(where: str, rule: Mapping[str, object]) -> Json:
    """Give a rule in the form of the contract as it is kept. Raises BadText for what is none."""
    clean = _plain(where, dict(rule))
    sample = {"code": "1", "parent": "1", "title": "1", "max_points": "1", "rule": clean}
    _validate(where, CriterionFile, sample)
    return dict(clean)


def head_of(where: str, head: DraftHead) -> DraftHead:
    """Give a head as it is kept; issuer and document may be missing until it is issued. Raises BadText."""
    texts = {name: " ".join(clean_line(getattr(head, name)).split()) for name in ("title", "issuer", "document")}
    lists: dict[str, Any] = {name: _plain(where, list(getattr(head, name))) for name in _HEAD_LIST}
    document = " ".join(clean_line(head.points_document or "").split()) or None
    total = _plain(where, head.declared_total) or None
    kept = DraftHead(
        title=title_of(where, texts["title"]),
        issuer=_within(where, "nơi ban hành", texts["issuer"]),
        year=head.year,
        document=_within(where, "văn bản ban hành", texts["document"]),
        points_source=head.points_source,
        declared_total=total,
        points_document=None if document is None else _within(where, NAMES["points_document"], document),
        **{name: tuple(value) for name, value in lists.items()},
    )
    _validate(where, RubricFile, file_head("mau", kept) | _SAMPLE)
    return kept


def file_head(rubric_id: str, head: DraftHead) -> Json:
    """Write a head with the keys of a criteria-set file; what a file leaves out when empty is left out."""
    extras = {"points_document": head.points_document, **{name: list(getattr(head, name)) for name in _HEAD_LIST}}
    return {
        "id": rubric_id,
        "title": head.title or "–",
        "issuer": head.issuer or "–",
        "year": head.year,
        "document": head.document or "–",
        "points_source": head.points_source,
        "declared_total": head.declared_total,
        **{name: value for name, value in extras.items() if value},
    }


def points_text(points: Decimal) -> str:
    """Write points with four decimals, or with as many as somebody gave, for the checks to refuse.

    >>> points_text(Decimal("0.5")), points_text(Decimal("0.00005"))
    ('0.5000', '0.00005')
    """
    return f"{points:.4f}" if decimals_of(points) <= 4 else format(points, "f")


_SAMPLE: Final[Json] = {
    "sections": [{"code": "1", "title": "1"}],
    "criteria": [{"code": "2", "parent": "1", "title": "1"}],
}


def _within(where: str, what: str, text: str) -> str:
    if len(text) > MOST_TITLE:
        raise BadText(where, problem=f"{what} dài {len(text)} ký tự, quá {MOST_TITLE}", to_do="Hãy viết gọn lại.")
    return text


def _check_fields(where: str, kind: NodeKind, fields: Json) -> None:
    of_parent = {"parent": "1"} if kind is NodeKind.CRITERION else {}
    _validate(where, _SCHEMAS[kind], {"code": "1", "title": "1", **of_parent, **fields})


def _validate(where: str, schema: type[BaseModel], document: Json) -> None:
    try:
        schema.model_validate(document)
    except ValidationError as why:
        first, *others = (f"{where_words(each['loc'])}: {in_words(sentence_of(each))}" for each in real_errors(why))
        more = f" (và {len(others)} chỗ khác)" if others else ""
        problem, _, to_do = first.partition("; ")
        wanted = to_do[:1].upper() + to_do[1:] if to_do else "Hãy sửa lại rồi lưu."
        raise BadText(where, problem=f"{problem.rstrip('.')}{more}", to_do=wanted) from why


def _plain(where: str, value: object) -> Any:
    """Give a value as JSON keeps it: texts cleaned, numbers as texts, nothing longer than is kept."""
    match value:
        case str():
            return _short_text(where, value)
        case Decimal():
            return points_text(value)
        case Mapping():
            return {str(name): _plain(where, each) for name, each in value.items()}
        case list() | tuple():
            if len(value) > MOST_LIST:
                raise BadText(where, problem=f"có {len(value)} dòng, quá {MOST_LIST}", to_do="Hãy bớt dòng.")
            return [_plain(where, each) for each in value]
    return value


def _short_text(where: str, text: str) -> str:
    clean = clean_line(text)
    if len(clean) > MOST_TEXT:
        raise BadText(where, problem=f"một ô dài {len(clean)} ký tự, quá {MOST_TEXT}", to_do="Hãy viết gọn lại.")
    return clean
