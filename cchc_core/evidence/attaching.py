"""Attaching documents to what they prove: criteria of a unit's year, and tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cchc_core.errors import AlreadyThere, BadText, NotFound, StaleText
from cchc_core.evidence.reach import newest, reach_of, seen, unknown_document
from cchc_core.evidence.settled import refuse_changes_from_elsewhere
from cchc_core.permissions import Action, OfficeAction
from cchc_core.reaching import leaf_of, permitted, year_line
from cchc_core.rights import office_refusal, permits_in_office
from cchc_core.rubric.model import Criterion
from cchc_core.store import attachments, documents, rubrics, task_documents, year_lines
from cchc_core.store.assessments import Assessment
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.documents import Document
from cchc_core.store.users import User
from cchc_core.text import clean_line

MOST_PART_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Attached:
    """A document as it proves a criterion: by which part of it (mục, trang), for which line of what is asked for.

    ``evidence_line`` counts the criterion's evidence from 0, None for none of its lines. The document comes with the
    version of its file that counts alone.
    """

    id: str
    code: str
    document: Document
    evidence_line: int | None
    part_text: str
    period_ordinal: int
    version: int
    changed_by_name: str


def attach(
    database: Database,
    user: User,
    assessment_id: str,
    code: str,
    document_id: str,
    evidence_line: int | None = None,
    part_text: str = "",
) -> str:
    """Attach a document to a criterion from this period on, and give the id of the attachment.

    What is attached in a later period of the year already is brought forward to this one. What was taken off in this
    period or before it is attached anew. Raises NotFound, NotAllowed
    (also where the year's own assessment shows it and is no draft any more), NotAllowedInOffice for a document that
    the person may not see, BadText, AlreadyThere.
    """
    where = f"Tài liệu của tiêu chí {clean_line(code)[:40]}"
    part = _part(where, part_text)
    with database.write() as connection:
        assessment = permitted(connection, user, Action.ATTACH, assessment_id)
        criterion = leaf_of(rubrics.pinned(connection, assessment.rubric_sha256), code)
        _check_line(where, criterion, evidence_line)
        document = seen(connection, user, document_id)
        if document.department_id != directory(connection).department_of.get(assessment.unit_id):
            raise unknown_document(document_id)
        line = year_line(assessment)
        row: Row = {
            "document_id": document.id,
            "unit_id": line.unit_id,
            "rubric_id": line.rubric_id,
            "year": line.year,
            "code": code,
            "period_ordinal": assessment.period_order,
            "evidence_line": evidence_line,
            "part_text": part,
            "ended_from": None,
            "ended_utc": None,
        }
        refuse_changes_from_elsewhere(connection, user, row, assessment)
        same = attachments.alike(connection, row)
        if any(attachments.is_shown_in(other, assessment.period_order) for other in same):
            raise AlreadyThere(where, thing="tài liệu", key=document.title[:80])
        later = [other for other in same if other["period_ordinal"] > assessment.period_order]
        if not later:
            return attachments.add(connection, row, user.actor, assessment_id)
        before = min(later, key=lambda other: int(other["period_ordinal"]))
        forward = {"period_ordinal": assessment.period_order, "part_text": part or before["part_text"]}
        attachments.change(connection, before, forward, user.actor, assessment_id)
        return str(before["id"])


def change_part(
    database: Database,
    user: User,
    assessment_id: str,
    attachment_id: str,
    *,
    part_text: str,
    evidence_line: int | None,
    expected_version: int,
) -> None:
    """Change by which part a document proves a criterion, and for which line of what is asked for.

    Raises NotFound, NotAllowed, BadText, AlreadyThere, StaleText.
    """
    with database.write() as connection:
        assessment, before = _attached(connection, user, assessment_id, attachment_id)
        where = f"Tài liệu của tiêu chí {before['code']}"
        changes: Row = {"part_text": _part(where, part_text), "evidence_line": evidence_line}
        if all(before[name] == value for name, value in changes.items()):
            return
        criterion = leaf_of(rubrics.pinned(connection, assessment.rubric_sha256), before["code"])
        _check_line(where, criterion, evidence_line)
        _refuse_stale(connection, where, before, expected_version)
        others = attachments.alike(connection, {**before, **changes})
        if any(other["id"] != before["id"] and attachments.meet(other, before) for other in others):
            raise AlreadyThere(where, thing="tài liệu này ở", key="dòng minh chứng đã chọn")
        attachments.change(connection, before, changes, user.actor, assessment_id)


def detach(
    database: Database, user: User, assessment_id: str, attachment_id: str, *, expected_version: int | None = None
) -> None:
    """Take a document off a criterion from this period on; periods before it that show it go on showing it.

    The document stays, and so does the trace of what it proved. Raises NotFound, NotAllowed, StaleText.
    """
    with database.write() as connection:
        assessment, before = _attached(connection, user, assessment_id, attachment_id)
        if expected_version is not None:
            _refuse_stale(connection, f"Tài liệu của tiêu chí {before['code']}", before, expected_version)
        is_shown_before = before["period_ordinal"] < assessment.period_order
        end: Row = {"ended_from": assessment.period_order} if is_shown_before else {"ended_utc": now_utc()}
        attachments.change(connection, before, end, user.actor, assessment_id)


def attachments_of(
    connection: Connection, assessment: Assessment, code: str | None = None
) -> dict[str, tuple[Attached, ...]]:
    """Read what is attached in an assessment by criterion: in its period or before it, and not taken off by then.

    It comes by the lines that the criterion asks for, and as the documents were added.

    ``code`` asks for one criterion alone. For whoever was found to be allowed to look at the assessment.
    """
    rows = attachments.of_line(connection, year_line(assessment), assessment.period_order, code)
    known = documents.of_ids(connection, {row["document_id"] for row in rows})
    by_code: dict[str, list[Attached]] = {}
    for row in rows:
        if row["document_id"] in known:
            by_code.setdefault(row["code"], []).append(_made(connection, row, known))
    return {code: tuple(sorted(attached, key=_place)) for code, attached in by_code.items()}


def _place(attached: Attached) -> tuple[bool, int, datetime, str]:
    line = attached.evidence_line
    return line is None, line or 0, attached.document.created_at_utc, attached.id


def _made(connection: Connection, row: Row, known: Mapping[str, Document]) -> Attached:
    version, who, _ = year_lines.last_change(connection, row)
    document = newest(known[row["document_id"]])
    return Attached(
        row["id"],
        row["code"],
        document,
        row["evidence_line"],
        row["part_text"],
        row["period_ordinal"],
        version,
        who,
    )


def attach_to_task(
    database: Database, user: User, task_id: str, document_id: str, occurrence_id: str | None = None
) -> str:
    """Hang a document on a task as its result, or on one of its occurrences, and give the id of that.

    Raises NotFound, NotAllowedInOffice for who may not report on the task or not see the document, AlreadyThere.
    """
    where = "Tài liệu của nhiệm vụ"
    with database.write() as connection:
        task = _reported(connection, user, task_id)
        if occurrence_id is not None and task_documents.occurrence(connection, task_id, occurrence_id) is None:
            raise NotFound(where, thing="lần thực hiện", key=clean_line(occurrence_id)[:40])
        document = seen(connection, user, document_id)
        if document.department_id != task["department_id"]:
            raise unknown_document(document_id)
        same = (document.id, occurrence_id)
        if any(
            (row["document_id"], row["occurrence_id"]) == same for row in task_documents.of_task(connection, task_id)
        ):
            raise AlreadyThere(where, thing="tài liệu", key=document.title[:80])
        return task_documents.add(connection, document.id, task_id, occurrence_id, user.actor)


def detach_from_task(database: Database, user: User, task_document_id: str) -> None:
    """Take a document off a task; the document stays. Raises NotFound, NotAllowedInOffice."""
    with database.write() as connection:
        row = task_documents.find(connection, task_document_id)
        if row is None:
            raise NotFound("Tài liệu của nhiệm vụ", thing="tài liệu đã gắn", key=clean_line(task_document_id)[:40])
        _reported(connection, user, row["task_id"])
        task_documents.end(connection, row, user.actor)


@dataclass(frozen=True, slots=True)
class TaskDocument:
    """A document as it hangs on a task; ``occurrence_id`` is None for the task as a whole."""

    id: str
    task_id: str
    occurrence_id: str | None
    document: Document


def documents_of_task(database: Database, user: User, task_id: str) -> tuple[TaskDocument, ...]:
    """List the documents of a task that somebody may see. Raises NotFound, NotAllowedInOffice."""
    with database.read() as connection:
        task = _task(connection, user, OfficeAction.VIEW_TASKS, task_id)
        rows = task_documents.of_task(connection, task["id"])
        ids = {row["document_id"] for row in rows}
        known = documents.of_ids(connection, documents.reached(connection, reach_of(connection, user), ids))
        return tuple(
            TaskDocument(row["id"], row["task_id"], row["occurrence_id"], known[row["document_id"]])
            for row in rows
            if row["document_id"] in known
        )


def _attached(connection: Connection, user: User, assessment_id: str, attachment_id: str) -> tuple[Assessment, Row]:
    """Give an attachment that the person may change from an assessment that shows it."""
    assessment = permitted(connection, user, Action.ATTACH, assessment_id)
    row = attachments.find(connection, attachment_id)
    if (
        row is None
        or attachments.line_of(row) != year_line(assessment)
        or not attachments.is_shown_in(row, assessment.period_order)
    ):
        raise NotFound("Tài liệu của tiêu chí", thing="tài liệu đã gắn", key=clean_line(attachment_id)[:40])
    refuse_changes_from_elsewhere(connection, user, row, assessment)
    return assessment, row


def _reported(connection: Connection, user: User, task_id: str) -> Row:
    task = _task(connection, user, OfficeAction.REPORT_TASKS, task_id)
    of = directory(connection).department_of
    may_all = permits_in_office(user, OfficeAction.REPORT_ALL_TASKS, task["department_id"], of)
    if not may_all and (task["room_id"] is None or task["room_id"] != user.unit_id):
        raise office_refusal(user, OfficeAction.REPORT_ALL_TASKS)
    return task


def _task(connection: Connection, user: User, action: OfficeAction, task_id: str) -> Row:
    task = task_documents.task(connection, task_id)
    if task is None:
        raise NotFound("Tài liệu của nhiệm vụ", thing="nhiệm vụ", key=clean_line(task_id)[:40])
    if not permits_in_office(user, action, task["department_id"], directory(connection).department_of):
        raise office_refusal(user, action)
    return task


def _check_line(where: str, criterion: Criterion, evidence_line: int | None) -> None:
    if evidence_line is not None and not 0 <= evidence_line < len(criterion.evidence):
        raise NotFound(where, thing="dòng minh chứng thứ", key=str(evidence_line + 1))


def _part(where: str, text: str) -> str:
    part = " ".join(clean_line(text).split())
    if len(part) > MOST_PART_CHARACTERS:
        raise BadText(
            where,
            problem=f"phần chứng minh dài {len(part)} ký tự, quá {MOST_PART_CHARACTERS} ký tự",
            to_do="Hãy chỉ ghi mục, trang chứng minh, như «Mục II.3, trang 4».",
        )
    return part


def _refuse_stale(connection: Connection, where: str, row: Row, expected_version: int) -> None:
    version, who, when = year_lines.last_change(connection, row)
    if version != expected_version:
        stored = row["part_text"] or "chưa ghi phần chứng minh"
        raise StaleText(where, version=version, who=who, when_utc=when, stored=stored)
