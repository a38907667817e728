"""Checking an assessment before it is handed in: what is stored is read here and judged by the pure findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from cchc_core.answer_sources.keeping import proposals
from cchc_core.answer_sources.proposing import Proposal
from cchc_core.board import today_in_vietnam
from cchc_core.evidence.vault import Vault, vault_of
from cchc_core.handing_in.file_states import state_of
from cchc_core.handing_in.findings import broken_files, differing, ordered
from cchc_core.handing_in.kept_proofs import KeptProofs, read_proofs
from cchc_core.handing_in.model import Check, Clash, FileState, Finding, Level, Proof
from cchc_core.handing_in.same_figures import clashes
from cchc_core.indicators.keeping import two_years
from cchc_core.permissions import Action
from cchc_core.reaching import permitted, sheet_for
from cchc_core.rules.decimals import ZERO, format_points
from cchc_core.sheet import Sheet
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.users import User


@dataclass(frozen=True, slots=True)
class Checked:
    """An assessment with what was found in it, the most claimed points first."""

    sheet: Sheet
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """How many findings of a level there are, over how many criteria, and the points claimed by those."""

    level: Level
    findings: int
    criteria: int
    points: Decimal


def check(database: Database, user: User, assessment_id: str, today: date | None = None) -> Checked:
    """Find what may not survive the appraisal, for who prepares the assessment; ``today`` is Vietnam's unless given.

    Raises NotFound, NotAllowed.
    """
    with database.read() as connection:
        assessment = permitted(connection, user, Action.VIEW_PLANNING, assessment_id)
        sheet = sheet_for(database, connection, user, assessment)
        kept = read_proofs(database, connection, sheet)
        clashing = _clashes(connection, user, sheet, today or today_in_vietnam())
    # Outside the transaction: files are read through here.
    broken = broken_files(sheet, _broken(vault_of(database), kept))
    return Checked(sheet, ordered(sheet, (*kept.standing, *broken, *differing(sheet, clashing))))


def _clashes(connection: Connection, user: User, sheet: Sheet, today: date) -> Sequence[Clash]:
    """Find figures that differ from the chosen source of a criterion, else from the indicator of the same name."""
    assessment = sheet.assessment
    department_id = directory(connection).department_of[assessment.unit_id]
    if assessment.unit_id != department_id:
        # Figures are those of the whole department; a unit below it scores its own.
        return ()
    from_sources = [
        Clash(code, _told(sheet, code, proposal))
        for code, proposal in proposals(connection, user, sheet, today).items()
        if proposal.differs and proposal.score is not None and _is_answered(sheet, code)
    ]
    known, told = two_years(connection, department_id, assessment.year), {clash.code for clash in from_sources}
    by_name = clashes(sheet, known.form, known.values)
    return (*from_sources, *(clash for clash in by_name if clash.code not in told))


def _is_answered(sheet: Sheet, code: str) -> bool:
    stored = sheet.answers.get(code)
    return stored is not None and stored.entry.answer is not None


def _told(sheet: Sheet, code: str, proposal: Proposal) -> str:
    given = ZERO if proposal.score is None else proposal.score.points
    return (
        f"Nguồn số liệu của tiêu chí nay cho {format_points(given)} điểm, phiếu chấm đang ghi "
        f"{format_points(sheet.scores[code].points)} điểm. {'; '.join(proposal.lines)}."
    )


def _broken(vault: Vault, kept: KeptProofs) -> dict[str, list[Proof]]:
    """Pick the documents whose file is not whole, or that have nothing to show, with how they are found."""
    found: dict[str, list[Proof]] = {}
    for each in kept.proofs:
        state = None if each.file is None else state_of(vault, each.file)
        if state is not FileState.WHOLE and not (state is None and each.proof.has_content):
            found.setdefault(each.code, []).append(replace(each.proof, file_state=state))
    return found


def weights(found: Sequence[Finding]) -> tuple[Weight, ...]:
    """Add findings up by level; the points of a criterion count once in each."""
    return tuple(_weight(level, [finding for finding in found if finding.level is level]) for level in Level)


def _weight(level: Level, found: Sequence[Finding]) -> Weight:
    claimed: dict[str, Decimal] = {}
    for finding in found:
        claimed[finding.code] = max(finding.points, claimed.get(finding.code, ZERO))
    return Weight(level, len(found), len(claimed.keys() - {""}), sum(claimed.values(), ZERO))


def counts(found: Sequence[Finding]) -> Mapping[Check, int]:
    """Count findings by what was checked, in the order of the checks; those without any are left out."""
    listed = [finding.check for finding in found]
    return {check: listed.count(check) for check in Check if check in listed}
