"""A draft held to the rules of a criteria-set file: the set that it makes, and everything that is wrong with it."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

from pydantic import ValidationError

from cchc_core.rubric.model import Rubric
from cchc_core.rubric.notes import every_finding
from cchc_core.rubric_drafts.manual import manual_rule
from cchc_core.rubric_drafts.model import Draft, DraftNode, Json, RuleState
from cchc_core.rubric_drafts.official_marks import leaves_without, names_number_and_date
from cchc_core.rubric_drafts.references import pairs_of
from cchc_core.rubric_drafts.tree import is_leaf
from cchc_core.rubric_drafts.values import file_head
from cchc_core.rubric_drafts.words import in_words, where_words
from cchc_core.rubric_files import period_codes, period_problems
from cchc_core.rubric_in.model import NodeKind
from cchc_core.rubric_schema import RubricFile
from cchc_core.schema_messages import real_errors, sentence_of

ERROR: Final = "error"
WARNING: Final = "warning"
NOTE: Final = "note"
_MOST_KEPT: Final = 16
_LISTS: Final[Mapping[str, NodeKind]] = {
    "parts": NodeKind.PART,
    "sections": NodeKind.SECTION,
    "criteria": NodeKind.CRITERION,
}


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """One flaw: the row it stands at (None: the whole set), its code and place in the source, and a sentence.

    An *error* keeps the draft from being issued; a *warning* is a flaw of the print, shown and never repaired; a
    *note* is worth a look.
    """

    node_id: str | None
    code: str
    place: str
    level: str
    message: str


@dataclass(frozen=True, slots=True)
class Built:
    """What a draft makes: the set, or None where it cannot be put together yet, and every finding in printed order."""

    rubric: Rubric | None
    findings: tuple[DraftFinding, ...]

    @property
    def errors(self) -> tuple[DraftFinding, ...]:
        """Give what keeps the draft from being issued."""
        return tuple(finding for finding in self.findings if finding.level == ERROR)


def build(draft: Draft) -> Built:
    """Put a draft together and check it; one that did not change since is not checked again."""
    with _lock:
        known = _kept.get(draft.id)
        if known is not None and known[0] == draft:
            _kept.move_to_end(draft.id)
            return known[1]
    built = _build(draft)
    with _lock:
        _kept[draft.id] = (draft, built)
        _kept.move_to_end(draft.id)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return built


_kept: OrderedDict[str, tuple[Draft, Built]] = OrderedDict()
_lock = Lock()


def _build(draft: Draft) -> Built:
    found = [*_head_findings(draft), *_leaf_findings(draft)]
    rows = {kind: [node for node in draft.nodes if node.kind is kind] for kind in NodeKind}
    rubric: Rubric | None = None
    if not draft.nodes:
        found.append(_of_set(ERROR, "Bản soạn chưa có dòng nào; hãy thêm lĩnh vực và tiêu chí."))
    elif any("max_points" not in node.fields for node in draft.nodes if is_leaf(node)):
        pass  # what the sums are cannot be said before every leaf has its points
    else:
        rubric = _checked(draft, rows, found)
    order = {node.id: place for place, node in enumerate(draft.nodes)}
    found.sort(key=lambda finding: -1 if finding.node_id is None else order.get(finding.node_id, -1))
    return Built(rubric, tuple(dict.fromkeys(found)))


def _checked(draft: Draft, rows: Mapping[NodeKind, Sequence[DraftNode]], found: list[DraftFinding]) -> Rubric | None:
    file, shape = _file(draft, rows)
    found.extend(shape)
    if file is None:
        return None
    tree = [_at(rows, where, ERROR, sentence) for where, sentence in file.tree_problems()]
    found.extend(tree)
    found.extend(_period_findings(draft, rows, file))
    if tree:
        return None
    rubric = file.to_rubric()
    by_code = {node.code: node for node in draft.nodes}
    for finding in every_finding(rubric):
        node = by_code.get(finding.code or "")
        found.append(
            _of_node(node, finding.level, finding.message) if node else _of_set(finding.level, finding.message)
        )
    return rubric


def _file(
    draft: Draft, rows: Mapping[NodeKind, Sequence[DraftNode]]
) -> tuple[RubricFile | None, tuple[DraftFinding, ...]]:
    try:
        return RubricFile.model_validate(document_of(draft)), ()
    except ValidationError as why:
        errors = real_errors(why)
    found = (_at(rows, each["loc"], ERROR, _said(each["loc"], sentence_of(each))) for each in errors)
    return None, tuple(found)


def document_of(draft: Draft) -> Json:
    """Write a draft with the keys of a criteria-set file; a leaf that waits for its rule stands as scored by hand."""
    codes = {node.id: node.code for node in draft.nodes}
    head = replace(draft.head, exclusions=pairs_of(draft).standing)
    document: Json = {**file_head(draft.rubric_id, head), **{name: [] for name in _LISTS}}
    for node in draft.nodes:
        document[_NAMES[node.kind]].append(_WRITE[node.kind](node, codes.get(node.parent_id or "")))
    return document


_NAMES: Final = {kind: name for name, kind in _LISTS.items()}


def _part(node: DraftNode, _parent: str | None) -> Json:
    return {"code": node.code, "title": node.title, **node.fields}


def _section(node: DraftNode, parent: str | None) -> Json:
    return {"code": node.code, "part": parent, "title": node.title, **node.fields}


def _criterion(node: DraftNode, parent: str | None) -> Json:
    place = {"place": node.place} if node.place else {}
    own: Json = {"code": node.code, "parent": parent, "title": node.title, **node.fields, **place}
    if not is_leaf(node):
        return own
    rule = node.rule if node.rule is not None else manual_rule(node.fields.get("max_points"), node.proposal)
    return {**own, "rule": rule}


_WRITE: Final[Mapping[NodeKind, Callable[[DraftNode, str | None], Json]]] = {
    NodeKind.PART: _part,
    NodeKind.SECTION: _section,
    NodeKind.CRITERION: _criterion,
}


def _head_findings(draft: Draft) -> Iterator[DraftFinding]:
    head = draft.head
    for name, text in (("nơi ban hành", head.issuer), ("văn bản ban hành", head.document)):
        if not text:
            yield _of_set(ERROR, f"Phần chung: chưa ghi {name}; hãy ghi trước khi ban hành.")
    for sentence in pairs_of(draft).told:
        yield _of_set(WARNING, sentence)
    if head.points_source != "official":
        yield from _may_be_official(draft)
        return
    if not names_number_and_date(head.points_document or head.document):
        sentence = "Phần chung: điểm ghi là chính thức nhưng văn bản chưa có số và ngày; hãy ghi cho đủ."
        yield _of_set(WARNING, sentence)
    for node in leaves_without(draft.nodes, head.points_document) if head.points_document else ():
        sentence = f"Tiêu chí {node.code}: điểm không lấy từ «{head.points_document}»; hãy nhập điểm chính thức."
        yield _of_node(node, ERROR, sentence)


def _may_be_official(draft: Draft) -> Iterator[DraftFinding]:
    leaves = [node for node in draft.nodes if is_leaf(node)]
    if draft.file_sha256 and leaves and all("max_points" in node.fields for node in leaves):
        yield _of_set(
            NOTE,
            "Phần chung: mọi tiêu chí trong tệp đều có điểm nhưng đang ghi là điểm minh hoạ; nếu là điểm chính thức "
            "thì hãy ghi số, ngày của văn bản rồi chọn điểm chính thức.",
        )


def _leaf_findings(draft: Draft) -> Iterator[DraftFinding]:
    for node in filter(is_leaf, draft.nodes):
        if "max_points" not in node.fields:
            sentence = f"Tiêu chí {node.code}: chưa có điểm chuẩn; hãy nhập điểm, hoặc thêm tiêu chí con bên dưới."
            yield _of_node(node, ERROR, sentence)
        if node.rule is None:
            sentence = f"Tiêu chí {node.code}: chưa xác nhận cách tính; hãy chọn cách tính hoặc để nhập điểm tay."
            yield _of_node(node, ERROR, sentence)
        elif node.rule_state is RuleState.PROPOSED:
            sentence = f"Tiêu chí {node.code}: chưa xác nhận cách tính; hãy xem đề xuất rồi xác nhận hoặc sửa."
            yield _of_node(node, ERROR, sentence)


def _period_findings(
    draft: Draft, rows: Mapping[NodeKind, Sequence[DraftNode]], file: RubricFile
) -> Iterator[DraftFinding]:
    known = period_codes(draft.rubric_id, draft.head.year)
    for node, criterion in zip(rows[NodeKind.CRITERION], file.criteria, strict=True):
        leaf = criterion.to_leaf()
        for sentence in () if leaf is None else period_problems(leaf, known):
            yield _of_node(node, ERROR, f"Tiêu chí {node.code}: {sentence}")


def _said(where: Sequence[str | int], sentence: str) -> str:
    inside = where[2:] if where and where[0] in _LISTS else where
    words = where_words(inside)
    return f"{words}: {sentence}" if words else sentence


def _at(
    rows: Mapping[NodeKind, Sequence[DraftNode]], where: Sequence[str | int], level: str, sentence: str
) -> DraftFinding:
    kind = _LISTS.get(str(where[0])) if where else None
    if kind is None or len(where) < 2 or not isinstance(where[1], int):
        return _of_set(level, sentence)
    node = rows[kind][where[1]]
    return _of_node(node, level, f"Mục {node.code}: {sentence}")


def _of_set(level: str, sentence: str) -> DraftFinding:
    return DraftFinding(None, "", "", level, in_words(sentence))


def _of_node(node: DraftNode, level: str, sentence: str) -> DraftFinding:
    return DraftFinding(node.id, node.code, node.place, level, in_words(sentence))
