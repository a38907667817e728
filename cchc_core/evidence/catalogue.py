"""The list of documents by criterion (Danh mục tài liệu kiểm chứng) of an assessment."""

from collections.abc import Iterable, Mapping
from typing import Final

from cchc_core.evidence.attaching import attachments_of
from cchc_core.evidence.packing import Packed, packed
from cchc_core.permissions import Action
from cchc_core.reaching import permitted
from cchc_core.rubric.model import Rubric
from cchc_core.store import rubrics
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.table import Column, Kind, Table, Value
from cchc_core.workbook import names

KEY: Final = "danh-muc-tai-lieu"
TITLE: Final = "Danh mục tài liệu kiểm chứng"
_COLUMNS: Final = (
    Column("STT", Kind.COUNT),
    Column("Mã", Kind.TEXT),
    Column("Tiêu chí", Kind.TEXT),
    Column("Minh chứng theo yêu cầu", Kind.TEXT),
    Column("Loại", Kind.TEXT),
    Column("Số, ký hiệu", Kind.TEXT),
    Column("Ngày ban hành", Kind.DATE),
    Column("Cơ quan ban hành", Kind.TEXT),
    Column("Trích yếu", Kind.TEXT),
    Column("Phần chứng minh", Kind.TEXT),
    Column("Tệp, liên kết", Kind.TEXT),
    Column("Ghi chú", Kind.TEXT),
)


def catalogue_table(database: Database, user: User, assessment_id: str) -> Table:
    """List what proves each criterion of an assessment, in printed order. Raises NotFound, NotAllowed."""
    return taken_catalogue(database, user, assessment_id)[1]


def taken_catalogue(database: Database, user: User, assessment_id: str) -> tuple[Assessment, Table]:
    """Give the list together with the assessment that it was taken from. Raises NotFound, NotAllowed."""
    with database.read() as connection:
        assessment, rubric, documents = read_packed(connection, user, assessment_id)
    return assessment, table_of(assessment, rubric, documents)


def read_packed(
    connection: Connection, user: User, assessment_id: str
) -> tuple[Assessment, Rubric, tuple[Packed, ...]]:
    """Read what is attached in an assessment, for who may take files away from it. Raises NotFound, NotAllowed."""
    permitted(connection, user, Action.VIEW, assessment_id)
    assessment = permitted(connection, user, Action.EXPORT, assessment_id)
    rubric = rubrics.pinned(connection, assessment.rubric_sha256)
    return assessment, rubric, packed(rubric, attachments_of(connection, assessment))


def table_of(
    assessment: Assessment, rubric: Rubric, documents: Iterable[Packed], trouble: Mapping[str, str] | None = None
) -> Table:
    """Make the list; ``trouble`` says what was wrong with a content, by its SHA-256."""
    listed = tuple(documents)
    rows = tuple(_row(number, each, trouble or {}) for number, each in enumerate(listed, start=1))
    proved = len({each.criterion.code for each in listed})
    whose = f"{assessment.unit_name}, {names.period_name(assessment)}. {rubric.title}."
    note = f"{whose} Có tài liệu cho {proved}/{len(rubric.leaves)} tiêu chí."
    return Table(KEY, TITLE, _COLUMNS, rows, note)


def _row(number: int, each: Packed, trouble: Mapping[str, str]) -> tuple[Value, ...]:
    criterion, attached, document = each.criterion, each.attached, each.attached.document
    line = attached.evidence_line
    asked = criterion.evidence[line].text if line is not None and line < len(criterion.evidence) else ""
    return (
        number,
        criterion.code,
        criterion.title,
        asked,
        document.kind.label,
        document.number,
        document.doc_date,
        document.issuer,
        document.abstract,
        attached.part_text,
        "\n".join(filter(None, (each.path, document.link))),
        _remark(each, trouble),
    )


def _remark(each: Packed, trouble: Mapping[str, str]) -> str:
    file = each.attached.document.file
    if file is None:
        return ""
    return "nội dung tệp đã bị huỷ" if file.is_purged else trouble.get(file.sha256, "")
