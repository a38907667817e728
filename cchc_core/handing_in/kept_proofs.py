"""What documents and answers say of an assessment, kept until its change number moves on.

Thousands of documents take seconds to read and a moment to look through again; every change of an answer, of a document
or of an attachment raises the change number. Files and figures lie outside it and are looked at each time.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from cchc_core.evidence.attaching import Attached, attachments_of
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.handing_in.findings import standing
from cchc_core.handing_in.model import Finding, Proof
from cchc_core.sheet import Sheet
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.documents import FileVersion

_MOST_KEPT: Final = 16
_WITHOUT_PARTS: Final = frozenset({DocumentKind.PICTURE, DocumentKind.LINK})


@dataclass(frozen=True, slots=True)
class KeptProof:
    """A document as it proves a criterion, with the file whose state is asked for each time."""

    code: str
    proof: Proof
    file: FileVersion | None


@dataclass(frozen=True, slots=True)
class KeptProofs:
    """All that proves anything in an assessment, and what was found of it."""

    change_number: int
    proofs: tuple[KeptProof, ...]
    standing: tuple[Finding, ...]


_Kept = OrderedDict[str, KeptProofs]
_kept: WeakKeyDictionary[Database, _Kept] = WeakKeyDictionary()
_lock = Lock()


def read_proofs(database: Database, connection: Connection, sheet: Sheet) -> KeptProofs:
    """Read what proves anything in an assessment, or take it as kept if nothing has changed since."""
    assessment = sheet.assessment
    with _lock:
        known = _kept.get(database, _Kept()).get(assessment.id)
    if known is not None and known.change_number == assessment.change_number:
        return known
    read = _read(connection, sheet)
    with _lock:
        ours = _kept.setdefault(database, _Kept())
        ours[assessment.id] = read
        ours.move_to_end(assessment.id)
        while len(ours) > _MOST_KEPT:
            ours.popitem(last=False)
    return read


def _read(connection: Connection, sheet: Sheet) -> KeptProofs:
    by_code = attachments_of(connection, sheet.assessment)
    proofs = tuple(
        KeptProof(code, proof_of(each), each.document.file) for code, listed in by_code.items() for each in listed
    )
    return KeptProofs(sheet.assessment.change_number, proofs, standing(sheet, _by_code(proofs)))


def _by_code(proofs: tuple[KeptProof, ...]) -> Mapping[str, list[Proof]]:
    listed: dict[str, list[Proof]] = {}
    for each in proofs:
        listed.setdefault(each.code, []).append(each.proof)
    return listed


def proof_of(attached: Attached) -> Proof:
    """Give the plain facts of a document as it is attached to a criterion, its file taken for whole."""
    document = attached.document
    return Proof(
        document_id=document.id,
        title=document.title,
        is_plan=document.kind is DocumentKind.PLAN,
        wants_number=document.kind.wants_number,
        wants_part=document.kind not in _WITHOUT_PARTS,
        number=document.number,
        doc_date=document.doc_date,
        evidence_line=attached.evidence_line,
        part_text=attached.part_text,
        has_content=bool(document.file or document.link),
    )
