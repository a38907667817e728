"""Adding documents, new versions of their files, changing what is said of them, and ending them."""

from typing import BinaryIO

from cchc_core.errors import BadText, NotFound, StaleText
from cchc_core.evidence.drafts import WHERE, DocumentDraft, columns_of
from cchc_core.evidence.incoming import Incoming, enter, naming, take_in
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.reach import may_keep, reach_of, seen, unknown_document
from cchc_core.evidence.settled import refuse_changes_of_document
from cchc_core.offices import belongs, require
from cchc_core.permissions import OfficeAction
from cchc_core.rights import office_refusal, permits_in_office
from cchc_core.store import attachments, documents, task_documents
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.documents import Document, FileVersion
from cchc_core.store.users import User
from cchc_core.text import clean_line

__all__ = [
    "Document",
    "DocumentDraft",
    "DocumentKind",
    "FileVersion",
    "add_document",
    "add_file",
    "change_document",
    "document_for",
    "duplicates",
    "end_document",
]

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def add_document(
    database: Database,
    user: User,
    department_id: str,
    year: int,
    unit_id: str,
    draft: DocumentDraft,
    file: BinaryIO | None = None,
    file_name: str = "",
) -> Document:
    """Keep a document of a unit, with its file or its link or both.

    Raises NotFound, NotAllowedInOffice (a room adds for itself alone), BadText, SecretRefused, FileRefused,
    StorageError. Then nothing of it is kept.
    """
    columns = columns_of(draft, file_name)
    if file is None and not columns["link"]:
        raise BadText(WHERE, problem="chưa có tệp và cũng chưa có liên kết", to_do="Hãy chọn tệp hoặc dán địa chỉ.")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise BadText(WHERE, problem=f"năm {year} nằm ngoài khoảng 2000 đến 2100", to_do="Hãy chọn lại năm.")
    with database.read() as connection:
        _require_unit(connection, user, department_id, unit_id)
    came = None if file is None else take_in(database, unit_id, file, file_name)
    with naming(database, came) as connection:
        _require_unit(connection, user, department_id, unit_id)
        row = {"department_id": department_id, "unit_id": unit_id, "year": year, **columns}
        names = () if came is None else (came.name,)
        document_id = documents.add(connection, row, user.actor, now_utc(), names)
        if came is not None:
            _enter(connection, user, _row(connection, document_id), came)
        return _stored(connection, document_id)


def add_file(database: Database, user: User, document_id: str, file: BinaryIO, file_name: str) -> Document:
    """Add a new version of a document's file; the versions before it stay.

    The same content as that of the newest version adds nothing. Raises NotFound, NotAllowedInOffice, NotAllowed for a
    document that proves something handed in, SecretRefused, FileRefused, StorageError.
    """
    with database.read() as connection:
        before = _kept(connection, user, document_id)
        draft = _stored(connection, document_id)
    columns_of(DocumentDraft(draft.kind), file_name)
    came = take_in(database, before["unit_id"], file, file_name)
    with naming(database, came) as connection:
        before = _kept(connection, user, document_id)
        newest = _stored(connection, document_id).file
        if newest is None or (newest.sha256, newest.file_name) != (came.sha256, came.name):
            _enter(connection, user, before, came)
            attachments.count_changes(connection, attachments.of_documents(connection, (document_id,)))
        return _stored(connection, document_id)


def change_document(
    database: Database,
    user: User,
    document_id: str,
    draft: DocumentDraft,
    expected_version: int,
    *,
    unit_id: str | None = None,
    year: int | None = None,
) -> Document:
    """Change what is said of a document; ``unit_id`` gives it to another unit of the department.

    ``expected_version`` is the version that was on the screen. Raises as :func:`add_document` and :func:`add_file`,
    and StaleText when somebody else has changed it in the meantime.
    """
    changes = columns_of(draft)
    with database.write() as connection:
        before = _kept(connection, user, document_id)
        changes |= {"unit_id": unit_id or before["unit_id"], "year": before["year"] if year is None else year}
        shown = _stored(connection, document_id)
        if all(before[name] == value for name, value in changes.items()):
            return shown
        if changes["unit_id"] != before["unit_id"]:
            _require_unit(connection, user, before["department_id"], changes["unit_id"])
        if not _FIRST_YEAR <= changes["year"] <= _LAST_YEAR:
            raise BadText(WHERE, problem=f"năm {year} nằm ngoài khoảng 2000 đến 2100", to_do="Hãy chọn lại năm.")
        if not changes["link"] and not shown.files:
            raise BadText(WHERE, problem="tài liệu này không có tệp nên cần có liên kết", to_do="Hãy dán địa chỉ.")
        _refuse_stale(shown, expected_version)
        documents.change(connection, before, changes, user.actor)
        attachments.count_changes(connection, attachments.of_documents(connection, (document_id,)))
        return _stored(connection, document_id)


def end_document(database: Database, user: User, document_id: str, expected_version: int) -> None:
    """Take a document out that proves nothing any more; its rows and files stay, nobody sees it again.

    Raises NotFound, NotAllowedInOffice, StaleText, BadText while it still proves a criterion or a task.
    """
    with database.write() as connection:
        before = _kept(connection, user, document_id)
        shown = _stored(connection, document_id)
        _refuse_stale(shown, expected_version)
        codes = sorted({row["code"] for row in attachments.of_documents(connection, (document_id,))})
        tasks = task_documents.of_documents(connection, (document_id,))
        if codes or tasks:
            where = [f"tiêu chí {', '.join(codes)}"] if codes else []
            where += [f"{len(tasks)} nhiệm vụ"] if tasks else []
            raise BadText(
                WHERE,
                problem=f"tài liệu đang được dùng ở {' và '.join(where)}",
                to_do="Hãy gỡ tài liệu khỏi những nơi ấy rồi bỏ khỏi kho.",
            )
        documents.change(connection, before, {"ended_utc": now_utc()}, user.actor)


def document_for(database: Database, user: User, document_id: str) -> Document:
    """Give a document to somebody who may see it. Raises NotFound, NotAllowedInOffice."""
    with database.read() as connection:
        return seen(connection, user, document_id)


def duplicates(database: Database, user: User, sha256: str, *, besides: str = "") -> tuple[Document, ...]:
    """List the documents with a file of this very content among those that somebody may see, oldest first.

    One that the person may not see is not told of in any way. ``besides`` is a document that is not meant.
    """
    with database.read() as connection:
        found = documents.with_content(connection, reach_of(connection, user), sha256)
        of = directory(connection).department_of
        return tuple(
            document
            for document in found
            if document.id != besides
            # Who sees the newest version of a file alone is told of that one alone.
            and (
                permits_in_office(user, OfficeAction.VIEW_DOCUMENTS, document.department_id, of)
                or (document.file is not None and document.file.sha256 == sha256)
            )
        )


def _enter(connection: Connection, user: User, document: Row, came: Incoming) -> None:
    enter(connection, user, document["unit_id"], came)
    documents.add_file(connection, document, came.sha256, came.name, came.extension, user.actor)


def _require_unit(connection: Connection, user: User, department_id: str, unit_id: str) -> None:
    require(connection, user, OfficeAction.KEEP_DOCUMENTS, department_id)
    if not belongs(connection, department_id, unit_id):
        raise NotFound(WHERE, thing="đơn vị", key=clean_line(unit_id)[:40])
    of = directory(connection).department_of
    if unit_id != user.unit_id and not permits_in_office(user, OfficeAction.VIEW_ALL_DOCUMENTS, department_id, of):
        raise office_refusal(user, OfficeAction.KEEP_DOCUMENTS, "của phòng, đơn vị khác")


def _kept(connection: Connection, user: User, document_id: str) -> Row:
    """Give the row of a document that a person may change now."""
    seen(connection, user, document_id)
    row = _row(connection, document_id)
    if not may_keep(connection, user, row):
        raise office_refusal(user, OfficeAction.KEEP_DOCUMENTS, "của phòng, đơn vị khác")
    refuse_changes_of_document(connection, user, document_id)
    return row


def _row(connection: Connection, document_id: str) -> Row:
    row = documents.row_of(connection, document_id)
    if row is None:
        raise unknown_document(document_id)
    return row


def _stored(connection: Connection, document_id: str) -> Document:
    return documents.of_rows(connection, [_row(connection, document_id)])[0]


def _refuse_stale(shown: Document, expected_version: int) -> None:
    if shown.version != expected_version:
        raise StaleText(
            WHERE,
            version=shown.version,
            who=shown.changed_by_name,
            when_utc=shown.changed_at_utc,
            stored=shown.title,
        )
