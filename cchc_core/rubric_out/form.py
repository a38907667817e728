"""The form that provinces print, as rows: head, columns, parts to lines, total. Word and Excel draw it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.rubric.bodies import BODY_KIND_NAMES, BodyKind
from cchc_core.rubric.model import Cap, Criterion, Evidence, Part, Rubric, Section
from cchc_core.rubric_out.rule_lines import rule_lines
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import Effect, Leaf
from cchc_core.text import fold

EFFECT_NOTES: Final[Mapping[Effect, str]] = {
    Effect.BONUS: "Điểm thưởng: cộng thêm ngoài điểm chuẩn.",
    Effect.PENALTY: "Điểm trừ: trừ vào tổng điểm.",
}
ILLUSTRATIVE: Final = "Điểm trong bảng là điểm minh hoạ: văn bản ban hành không in điểm."
TOTAL: Final = "TỔNG CỘNG"


class RowKind(StrEnum):
    """What a printed row is."""

    PART = "part"
    SECTION = "section"
    GROUP = "group"
    LEAF = "leaf"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of the form: which text it shows, its printed name, and its share of the width."""

    field: str
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class FormRow:
    """A printed row; ``texts`` has the columns besides number, content and points. A line belongs to the leaf above."""

    kind: RowKind
    code: str
    text: str
    points: Decimal | None
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """A criteria set as it is printed; ``below`` stands under the table."""

    issuer: str
    title: str
    about: tuple[str, ...]
    alert: str | None
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    total: Decimal
    below: tuple[str, ...]


_CONTENT: Final = (
    FormColumn("code", "STT", 7),
    FormColumn("text", "Lĩnh vực / Tiêu chí / Tiêu chí thành phần", 50),
    FormColumn("points", "Điểm chuẩn", 11),
)
_MORE: Final = (
    FormColumn("evidence", "Tài liệu kiểm chứng", 32),
    FormColumn("deadline", "Thời gian hoàn thành", 16),
    FormColumn("funding", "Nguồn kinh phí", 16),
    FormColumn("responsible", "Chủ trì thực hiện", 19),
    FormColumn("note", "Ghi chú", 18),
)


def form_of(rubric: Rubric) -> Form:
    """Lay a criteria set out as it is printed. Points are the printed ones, errors of the print included.

    Columns that nothing fills are left out. Source: Sóc Trăng (Kế hoạch CCHC 2022, Phụ lục 02) and Nam Định
    (Sở TN&MT, phụ lục 2024).
    """
    rows = tuple(_rows(rubric))
    used = tuple(column for column in _MORE if any(row.texts.get(column.field) for row in rows))
    return Form(
        rubric.issuer,
        rubric.title,
        tuple(_about(rubric)),
        ILLUSTRATIVE if rubric.is_illustrative else None,
        (*_content_columns(rubric), *used),
        rows,
        rubric.max_points() if rubric.declared_total is None else rubric.declared_total,
        tuple(_caps_in_words(rubric, None)),
    )


def printed_code(rubric: Rubric, criterion: Criterion) -> str:
    """Give a criterion's code as printed: without the part's, which a key has in front."""
    part = rubric.section(criterion.section).part
    return _without_part(criterion.code, part)


def _without_part(code: str, part: str | None) -> str:
    return code.removeprefix(f"{part}.") if part is not None else code


def _content_columns(rubric: Rubric) -> Iterator[FormColumn]:
    for column in _CONTENT:
        illustrative = column.field == "points" and rubric.is_illustrative
        yield FormColumn(column.field, f"{column.name} (minh hoạ)", column.share) if illustrative else column


def _about(rubric: Rubric) -> Iterator[str]:
    if str(rubric.year) not in rubric.title:
        yield f"Năm {rubric.year}"
    if rubric.document:
        yield f"({rubric.document})"
    if rubric.points_document:
        yield f"(Điểm theo {rubric.points_document})"
    if rubric.applies_to:
        yield f"({_bodies(rubric.applies_to)})"


def _bodies(kinds: tuple[BodyKind, ...]) -> str:
    return f"Áp dụng cho: {'; '.join(BODY_KIND_NAMES[kind] for kind in kinds)}"


def _rows(rubric: Rubric) -> Iterator[FormRow]:
    parts = {part.code: part for part in rubric.parts}
    opened: str | None = None
    for section in rubric.sections:
        if section.part is not None and section.part != opened:
            yield _part_row(rubric, parts[section.part])
        opened = section.part
        yield _section_row(rubric, section)
        for criterion in rubric.criteria:
            if criterion.section == section.code:
                yield from _criterion_rows(rubric, criterion)


def _part_row(rubric: Rubric, part: Part) -> FormRow:
    points = rubric.part_max_points(part.code) if part.declared_max is None else part.declared_max
    return FormRow(RowKind.PART, part.code, part.title, points, {})


def _section_row(rubric: Rubric, section: Section) -> FormRow:
    points = rubric.max_points(section.code) if section.declared_max is None else section.declared_max
    texts = {"note": _joined(_caps_in_words(rubric, section.code))}
    return FormRow(RowKind.SECTION, _without_part(section.code, section.part), section.title, points, texts)


def _criterion_rows(rubric: Rubric, criterion: Criterion) -> Iterator[FormRow]:
    kind = RowKind.LEAF if criterion.is_leaf else RowKind.GROUP
    points = criterion.max_points if criterion.is_leaf else criterion.declared_max
    if points is None:
        points = rubric.max_points(criterion.code)
    yield FormRow(kind, printed_code(rubric, criterion), criterion.title, points, _texts(rubric, criterion))
    for line in rule_lines(criterion):
        yield FormRow(RowKind.LINE, "", f"- {line.text}", line.points, {})


def _texts(rubric: Rubric, criterion: Criterion) -> Mapping[str, str]:
    return {
        "evidence": _evidence(criterion.evidence),
        "deadline": criterion.deadline or "",
        "funding": criterion.funding or "",
        "responsible": criterion.responsible or "",
        "note": _joined(_notes(rubric, criterion)),
    }


def _evidence(evidence: tuple[Evidence, ...]) -> str:
    texts = [_proof(proof) for proof in evidence]
    return texts[0] if len(texts) == 1 else "\n".join(f"- {text}" for text in texts)


def _proof(proof: Evidence) -> str:
    told = proof.dates is None or fold(proof.dates) in fold(proof.text)
    return proof.text if told else f"{proof.text.rstrip(' .;')} ({proof.dates})"


def _notes(rubric: Rubric, criterion: Criterion) -> Iterator[str]:
    if criterion.leaf is not None:
        yield from _leaf_notes(criterion.leaf, criterion.declared_max)
    if criterion.applies_to:
        yield f"{_bodies(criterion.applies_to)}."
    if criterion.note:
        yield criterion.note
    yield from _caps_in_words(rubric, criterion.code)


def _leaf_notes(leaf: Leaf, declared: Decimal | None) -> Iterator[str]:
    if leaf.effect is not Effect.NORMAL:
        yield EFFECT_NOTES[leaf.effect]
    if declared not in (None, leaf.max_points):
        yield f"Bản gốc in {format_points(declared or leaf.max_points)} điểm."


def _caps_in_words(rubric: Rubric, node: str | None) -> Iterator[str]:
    for cap in rubric.caps:
        if cap.node == node:
            yield _cap(cap)


def _cap(cap: Cap) -> str:
    name = "Điểm thưởng" if cap.effect is Effect.BONUS else "Điểm trừ"
    where = " của cả bộ tiêu chí" if cap.node is None else ""
    return f"{name} tối đa{where}: {format_points(cap.most)}."


def _joined(notes: Iterator[str]) -> str:
    return "\n".join(notes)
