"""What proves points of the sample department: documents with their files, links from tasks, counted figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from cchc_core.evidence.attaching import attach, attach_to_task
from cchc_core.evidence.keeping import DocumentDraft, DocumentKind, add_document
from cchc_core.evidence.listing import DocumentQuery, find_documents
from cchc_core.indicators import keeping as figures
from cchc_core.indicators.model import Figure, FigureKind
from cchc_core.offices import Office
from cchc_core.plan_targets import keeping as plan_targets
from cchc_core.store import assessments
from cchc_core.store.assessments import Assessment
from cchc_core.store.database import Database
from cchc_core.store.indicator_values import FigureLine
from cchc_core.store.users import User
from cchc_core.task_links import keeping as task_links
from cchc_core.tasks.listing import everything
from cchc_core.tasks.query import Query

FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "sample"
RUBRIC: Final = "soctrang-tttt-2022"
_ISSUER = "Sở Thông tin và Truyền thông"
_SEED = 20_240_916
_COUNTED_YEARS: Final = (2021, 2022, 2023, 2024)
_LEFT_OPEN_EVERY = 5
_MOST = 45
_REACHED: Final = ("100", "96", "82", "100", "91,5", "100", "98,2", "100", "25", "100", "100", "88")


@dataclass(frozen=True, slots=True)
class _Proof:
    """A document of the sample: its file in data/sample, or its link; what it proves, by which line and part."""

    file: str
    draft: DocumentDraft
    proves: tuple[tuple[str, int | None, str], ...] = ()
    task: str = ""


_PROOFS: Final = (
    _Proof(
        "ke-hoach-cchc-2022.pdf",
        DocumentDraft(
            DocumentKind.PLAN,
            "05/KH-STTTT",
            date(2022, 1, 14),
            _ISSUER,
            "Thực hiện công tác cải cách hành chính năm 2022 (văn bản mẫu)",
            is_confirmed=True,
        ),
        (("I.1.1", 0, "Toàn văn"),),
        "7.1",
    ),
    _Proof(
        "bao-cao-quy-1-2022.pdf",
        DocumentDraft(
            DocumentKind.REPORT,
            "21/BC-STTTT",
            date(2022, 3, 15),
            _ISSUER,
            "Kết quả thực hiện công tác cải cách hành chính quý I năm 2022 (văn bản mẫu)",
            is_confirmed=True,
        ),
        (("I.1.3", 0, "Toàn văn"), ("I.1.2", None, "")),
        "7.8",
    ),
    _Proof(
        "quyet-dinh-ra-soat-2022.pdf",
        DocumentDraft(
            DocumentKind.DECISION,
            "33/QĐ-STTTT",
            date(2022, 2, 28),
            _ISSUER,
            "Ban hành Kế hoạch rà soát, đánh giá thủ tục hành chính năm 2022 (văn bản mẫu)",
            is_confirmed=True,
        ),
    ),
    _Proof(
        "",
        DocumentDraft(
            DocumentKind.LINK,
            issuer=_ISSUER,
            abstract="Chuyên mục cải cách hành chính trên trang thông tin điện tử (liên kết mẫu)",
            link="https://example.vn/cai-cach-hanh-chinh",
            is_confirmed=True,
        ),
        (("I.1.4.1", None, "Trang đầu của chuyên mục"),),
    ),
)
# Read in both documents, task by task: docs/suggested-links.md.
_LINKS: Final[Mapping[str, tuple[str, ...]]] = {
    "7.1": ("I.1.1", "I.1.2"),
    "7.2": ("I.1.4.1",),
    "7.3": ("I.1.5.1",),
    "7.8": ("I.1.3",),
    "2.3": ("I.7.1.2",),
    "6.4": ("I.7.1.3", "I.7.1.4"),
    "6.10": ("I.7.2.1",),
}


def fill_proofs(database: Database, officer: User, office: Office) -> None:
    """Fill in the documents, links and figures that are not there yet."""
    with database.read() as connection:
        mine = assessments.of_unit(connection, office.id)
    by_order = [each for each in mine if each.rubric_id == RUBRIC]
    opened = max(by_order, key=lambda each: each.period_order)
    task_ids = {
        task.code: task.id
        for task in everything(database, officer, Query(office.id, opened.year), today=date(opened.year, 12, 31))
    }
    _keep_documents(database, officer, office, opened, task_ids)
    _link(database, officer, opened, task_ids)
    for year in _COUNTED_YEARS:
        _count(database, officer, office, year)
        _measure(database, officer, office, year)


def _keep_documents(
    database: Database, officer: User, office: Office, opened: Assessment, task_ids: Mapping[str, str]
) -> None:
    if find_documents(database, officer, DocumentQuery(office.id)).total:
        return
    for proof in _PROOFS:
        document = _kept(database, officer, office, opened.year, proof)
        for code, line, part in proof.proves:
            attach(database, officer, opened.id, code, document, line, part)
        if proof.task:
            attach_to_task(database, officer, task_ids[proof.task], document)


def _kept(database: Database, officer: User, office: Office, year: int, proof: _Proof) -> str:
    if not proof.file:
        return add_document(database, officer, office.id, year, office.id, proof.draft).id
    with (FOLDER / proof.file).open("rb") as file:
        return add_document(database, officer, office.id, year, office.id, proof.draft, file, proof.file).id


def _link(database: Database, officer: User, opened: Assessment, task_ids: Mapping[str, str]) -> None:
    for task, codes in _LINKS.items():
        known = task_links.links_of(database, officer, task_ids[task], opened.id)
        for code in codes:
            if code not in known.codes:
                task_links.confirm(database, officer, task_id=task_ids[task], assessment_id=opened.id, code=code)


def _count(database: Database, officer: User, office: Office, year: int) -> None:
    """Count most of the figures of the first section; the others are left for people to enter."""
    two = figures.read_two_years(database, officer, office.id, year)
    chance = Random(_SEED + year)  # noqa: S311 (sample data)
    most: dict[str | None, int] = {}
    for place, indicator in enumerate(two.form.of_section(two.form.sections[0].code)):
        # A group counts what was planned first, then what was done of it.
        numbers = [_number(figure, chance, most.get(indicator.group, _MOST)) for figure in indicator.figures]
        most[indicator.group] = numbers[0]
        if place % _LEFT_OPEN_EVERY and indicator.code not in two.this:
            line = FigureLine(office.id, two.form.id, year, indicator.code)
            figures.save_figures(database, officer, line, [str(number) for number in numbers], expected_version=0)


def _measure(database: Database, officer: User, office: Office, year: int) -> None:
    """Say of the first promised figures of each plan how far they have come."""
    for plan in plan_targets.read_targets(database, officer, office.id, year, date(year, 12, 31)):
        for measured, actual in zip(plan.listed, _REACHED, strict=False):
            if measured.target.version == 1 and not plan_targets.source_of(measured.target):
                plan_targets.measure(
                    database,
                    officer,
                    measured.target.id,
                    source="typed:",
                    actual=actual,
                    note="",
                    expected_version=1,
                )


def _number(figure: Figure, chance: Random, most: int) -> int:
    if figure.kind is FigureKind.YES_NO:
        return 1
    return chance.randint(70, 100) if figure.kind is FigureKind.PERCENT else chance.randint(most - most // 5, most)
