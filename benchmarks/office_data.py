"""A department's year with thousands of tasks and documents, or with the plain data of one department.

Both begin as the sample with a shipped plan taken over by the product's own use case. What comes on top goes in by the
statement with which the store keeps all such rows, so that every row is logged; its texts are those of the shipped
plans in turn.
"""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice

from benchmarks.world import open_draft
from cchc_core.board import today_in_vietnam
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.vault import Vault, vault_of
from cchc_core.permissions import Role
from cchc_core.plans.files import list_plans, read_plan
from cchc_core.scoring import Sheet
from cchc_core.store import kept, plans, tasks, units, users
from cchc_core.store.clock import new_id, now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.task_links import CONFIRMED
from cchc_core.store.units import UnitKind
from cchc_core.store.users import User
from cchc_core.tasks.draft import TaskDraft, draft_of
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.model import TaskKind
from cchc_core.tasks.plan_keeping import adopt_plan
from cchc_core.text import fold
from cchc_core.time_reading import TimeKind

PLAN = "namdinh-tnmt-2024"
"""A shipped plan of the year that the sample's department scores itself for."""
_STATES = (TaskState.DONE, TaskState.NOT_STARTED, TaskState.DONE, TaskState.IN_PROGRESS, TaskState.DONE)
_DAYS = 330
_OCCURRENCES = (1, 1, 2, 4)
_FILE_KINDS = (DocumentKind.REPORT, DocumentKind.PLAN, DocumentKind.DECISION, DocumentKind.LETTER, DocumentKind.FORM)


@dataclass(frozen=True, slots=True)
class Size:
    """How many tasks and documents there are, the shipped plan's among them, and the bytes of each file."""

    tasks: int
    documents: int
    file_bytes: int = 3_000


PLAIN = Size(tasks=200, documents=60)
"""What one department has in a year: its plan, some assigned work, and documents for half of its criteria."""
LARGE = Size(tasks=5_000, documents=5_000)


@dataclass(frozen=True, slots=True)
class Office:
    """A department's year as the use cases are asked for it."""

    department_id: str
    year: int
    assessment_id: str
    officer: User


def fill_office(database: Database, size: Size) -> Office:
    """Put so many tasks and documents into the sample, tied to each other and to the criteria of its draft."""
    officer = next(user for user in users.trial_users(database) if user.role is Role.OFFICER)
    sheet = open_draft(database)
    assessment = sheet.assessment
    office = Office(assessment.unit_id, assessment.year, assessment.id, officer)
    with database.read() as connection:
        has_plan = any(plan.origin == PLAN for plan in plans.of_department(connection, assessment.unit_id))
    if not has_plan:
        adopt_plan(database, officer, office.department_id, PLAN, office.year)
    codes = [leaf.code for leaf in sheet.rubric.leaves]
    with database.write() as connection:
        task_ids = _add_tasks(connection, office, size.tasks)
        _link(connection, officer, assessment.rubric_id, codes, task_ids)
        document_ids = add_documents(database, connection, office, size.documents, size.file_bytes)
        attach_documents(connection, sheet, officer, document_ids)
        results = zip(document_ids[::2], cycle(task_ids[::3]), strict=False)
        rows: list[Row] = [
            {"document_id": document, "task_id": task, "occurrence_id": None, "ended_utc": None}
            for document, task in results
        ]
        kept.add(connection, kept.TASK_DOCUMENTS, rows, officer.actor)
    database.checkpoint()
    return office


def _known(connection: Connection, office: Office) -> list[str]:
    rows = connection.rows(
        "SELECT id FROM tasks WHERE department_id = :department_id AND year = :year AND ended_utc IS NULL "
        "ORDER BY kind, plan_id, ordinal, id",
        department_id=office.department_id,
        year=office.year,
    )
    return [row["id"] for row in rows]


def _drafts() -> Iterator[TaskDraft]:
    return cycle([task for plan in list_plans() for task in draft_of(read_plan(plan)).tasks])


def _add_tasks(connection: Connection, office: Office, in_all: int) -> list[str]:
    """Add assigned work until there are so many tasks, and give the ids of all."""
    rooms = [unit.id for unit in units.present(connection) if unit.kind is UnitKind.ROOM]
    known = _known(connection, office)
    first = tasks.next_ordinal(connection, office.department_id, office.year, TaskKind.ASSIGNED)
    drafts = list(islice(_drafts(), max(0, in_all - len(known))))
    rows: list[Row] = []
    parts: list[Row] = []
    for place, draft in enumerate(drafts, start=first):
        row: Row = {
            "id": new_id(),
            "department_id": office.department_id,
            "year": office.year,
            "kind": TaskKind.ASSIGNED.value,
            "ordinal": place,
            "title": draft.title,
            "room_id": rooms[place % len(rooms)] if place % 7 else None,
            "person": f"Người thực hiện {place % 40}",
            "time_text": draft.time_text,
            "assigning_body": "Uỷ ban nhân dân tỉnh",
            "assigning_number": f"{place}/UBND-VP",
            "assigning_date": date(office.year, 1 + place % 12, 1 + place % 28),
        }
        rows.append(row)
        parts += _occurrences(row["id"], place, draft)
    if rows:
        tasks.add(connection, rows, [[draft.title] for draft in drafts], office.officer.actor)
        kept.add(connection, kept.OCCURRENCES, parts, office.officer.actor)
    return [*known, *(row["id"] for row in rows)]


def _occurrences(task_id: str, place: int, draft: TaskDraft) -> Iterator[Row]:
    """Spread due days over a year that ends a month from now: some overdue, some soon."""
    for ordinal in range(1, _OCCURRENCES[place % len(_OCCURRENCES)] + 1):
        state = _STATES[(place + ordinal) % len(_STATES)]
        due = today_in_vietnam() + timedelta(days=35 - (place * 37 + ordinal * 91) % _DAYS)
        is_done = state is TaskState.DONE
        done_on = min(due + timedelta(days=place % 9 - 5), today_in_vietnam()) if is_done else None
        yield {
            "task_id": task_id,
            "ordinal": ordinal,
            "product": draft.products[0].text if draft.products else draft.title[:80],
            "time_text": draft.time_text,
            "time_kind": TimeKind.DATE.value,
            "reading": f"Hạn {due:%d/%m/%Y}.",
            "due": due,
            "is_corrected": False,
            "state": state.value,
            "done_on": done_on,
            "reason": "",
            "result_number": f"{place}/BC-STTTT" if is_done else "",
            "result_date": done_on,
            "result_abstract": "",
            "ended_utc": None,
        }


def _link(connection: Connection, officer: User, rubric_id: str, codes: Sequence[str], task_ids: Sequence[str]) -> None:
    """Let every task serve a criterion and every third one another: links that people confirmed."""
    told = connection.rows("SELECT task_id, code FROM task_links WHERE rubric_id = :rubric_id", rubric_id=rubric_id)
    known = {(row["task_id"], row["code"]) for row in told}
    pairs = [(task, codes[place % len(codes)]) for place, task in enumerate(task_ids)]
    pairs += [(task, codes[(place * 5 + 1) % len(codes)]) for place, task in enumerate(task_ids) if place % 3 == 0]
    rows: list[Row] = [
        {"task_id": task, "rubric_id": rubric_id, "code": code, "state": CONFIRMED, "strength": 50}
        for task, code in dict.fromkeys(pairs)
        if (task, code) not in known
    ]
    kept.add(connection, kept.TASK_LINKS, rows, officer.actor)


def add_documents(
    database: Database, connection: Connection, office: Office, many: int, file_bytes: int
) -> tuple[str, ...]:
    """Keep documents, each with a file of its own of so many bytes, and give their ids."""
    actor, moment = office.officer.actor, now_utc()
    owners = [unit.id for unit in units.present(connection) if unit.kind is not UnitKind.SUBORDINATE]
    rows: list[Row] = []
    for place, draft in enumerate(islice(_drafts(), many)):
        row: Row = {
            "department_id": office.department_id,
            "unit_id": owners[place % len(owners)],
            "year": office.year,
            "kind": _FILE_KINDS[place % len(_FILE_KINDS)].value,
            "number": f"{place}/BC-STTTT",
            "doc_date": date(office.year, 1 + place % 12, 1 + place % 28),
            "issuer": "Sở Thông tin và Truyền thông",
            "abstract": draft.title,
            "link": "",
            "is_confirmed": place % 10 != 0,
            "created_by": actor.id,
            "created_utc": moment - timedelta(minutes=place),
            "ended_utc": None,
        }
        found_by = (row["number"], row["issuer"], row["abstract"], _file_name(place))
        rows.append({**row, "search_text": fold(" ".join(map(str, found_by)))})
    ids = kept.add(connection, kept.DOCUMENTS, rows, actor)
    vault = vault_of(database)
    stored = [_store(vault, _content(place, file_bytes)) for place in range(many)]
    about = {"purge_reason": "", "purged_utc": None}
    files: list[Row] = [{"sha256": sha256, "size_bytes": size, **about} for sha256, size in stored]
    kept.add(connection, kept.STORED_FILES, files, actor)
    versions: list[Row] = [
        {
            "document_id": document_id,
            "file_version": 1,
            "sha256": sha256,
            "file_name": _file_name(place),
            "extension": "pdf",
        }
        for place, (document_id, (sha256, _)) in enumerate(zip(ids, stored, strict=True))
    ]
    kept.add(connection, kept.DOCUMENT_FILES, versions, actor)
    return ids


def attach_documents(connection: Connection, sheet: Sheet, officer: User, document_ids: Sequence[str]) -> None:
    """Attach each document to a criterion of an assessment, to them in turn; every fifth one without its part."""
    assessment, leaves = sheet.assessment, sheet.rubric.leaves
    rows: list[Row] = [
        {
            "document_id": document_id,
            "unit_id": assessment.unit_id,
            "rubric_id": assessment.rubric_id,
            "year": assessment.year,
            "code": leaf.code,
            "period_ordinal": assessment.period_order,
            "evidence_line": 0 if leaf.evidence else None,
            "part_text": f"Mục II.{place % 9 + 1}, trang {place % 30 + 1}" if place % 5 else "",
            "ended_from": None,
            "ended_utc": None,
        }
        for place, (document_id, leaf) in enumerate(zip(document_ids, cycle(leaves), strict=False))
    ]
    kept.add(connection, kept.ATTACHMENTS, rows, officer.actor, assessment_id=assessment.id)


def _store(vault: Vault, content: bytes) -> tuple[str, int]:
    """Lay a content into its place; unlike the vault it does not wait for the disk, thrice for each."""
    sha256 = hashlib.sha256(content).hexdigest()
    place = vault.path_of(sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return sha256, len(content)


def _file_name(place: int) -> str:
    return f"Báo cáo số {place}.pdf"


def _content(place: int, size: int) -> bytes:
    """Give the bytes of a file that differs from every other one and does not shrink when it is packed."""
    return b"%PDF-1.7\n" + random.Random(place).randbytes(size - 9)
