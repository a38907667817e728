"""The database that pages are measured on: the sample, and people who are signed in to it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from cchc_core import planning, scoring, workspace
from cchc_core.permissions import Role, State
from cchc_core.rubric.model import Criterion
from cchc_core.rules.answers import LevelAnswer
from cchc_core.rules.kinds import Levels
from cchc_core.scoring import Assessment, Sheet
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.log import LogAction
from cchc_core.store.users import User
from cchc_core.targets import TargetKind

RUBRIC = "namdinh-tnmt-2024"
SECTION = "5"
"""Nineteen leaves, all of them `levels`."""


@dataclass(frozen=True, slots=True)
class Target:
    """A criterion to be answered with two levels in turn that give different points; the second is stored already."""

    section: str
    code: str
    levels: tuple[int, int]


@dataclass(frozen=True, slots=True)
class World:
    """A data directory that no server has open yet."""

    data_dir: Path
    assessment_id: str
    tokens: tuple[str, ...]
    targets: tuple[Target, ...]
    saves: int

    @property
    def target(self) -> Target:
        """Give the first criterion of the section of nineteen."""
        return next(target for target in self.targets if target.section == SECTION)


def make_world(data_dir: Path, sessions: int = 1, fill: Callable[[Database], object] | None = None) -> World:
    """Fill a data directory with the sample and with what ``fill`` adds, set a target, sign the focal officer in."""
    database = workspace.open_workspace(data_dir).database
    try:
        officer = _officer(database)
        tokens = tuple(users.start_session(database, officer.id) for _ in range(sessions))
        _set_target(database, officer)
        if fill is not None:
            fill(database)
        sheet = open_draft(database)
        return World(data_dir, sheet.assessment.id, tokens, tuple(_targets(sheet)), _logged_answers(database))
    finally:
        workspace.close_workspace()


def open_draft(database: Database) -> Sheet:
    """Give the sample's assessment that is still worked on: 121 leaves."""
    officer = _officer(database)
    draft = next(a for a in scoring.list_assessments(database, officer) if _is_wanted(a))
    return scoring.open_sheet(database, officer, draft.id)


def count_saves(data_dir: Path) -> int:
    """Count the answers in the change log of a data directory that no server has open."""
    database = workspace.open_workspace(data_dir).database
    try:
        return _logged_answers(database)
    finally:
        workspace.close_workspace()


def _set_target(database: Database, officer: User) -> None:
    planning.set_target(
        database,
        officer,
        assessment_id=open_draft(database).assessment.id,
        section=None,
        kind=TargetKind.CRITERIA,
        value=Decimal(100),
    )


def _logged_answers(database: Database) -> int:
    with database.read() as connection:
        row = connection.row(
            "SELECT count(*) AS saves FROM change_log WHERE action = :action", action=LogAction.ANSWER.value
        )
    return int(row["saves"]) if row else 0


def _officer(database: Database) -> User:
    return next(user for user in users.trial_users(database) if user.role is Role.OFFICER)


def _is_wanted(assessment: Assessment) -> bool:
    return assessment.rubric_id == RUBRIC and assessment.state is State.DRAFT


def _targets(sheet: Sheet) -> list[Target]:
    excluded = {code for exclusion in sheet.rubric.exclusions for code in exclusion.criteria}
    return [
        Target(leaf.section, leaf.code, (last - stored, stored))
        for leaf in sheet.rubric.leaves
        if leaf.code not in excluded and (last := _last_level(leaf)) and (stored := _stored(sheet, leaf)) in (0, last)
    ]


def _last_level(leaf: Criterion) -> int:
    return len(leaf.scored.rule.levels) - 1 if isinstance(leaf.scored.rule, Levels) else 0


def _stored(sheet: Sheet, leaf: Criterion) -> int | None:
    stored = sheet.answers.get(leaf.code)
    if stored is None or stored.entry.voided is not None or not isinstance(stored.entry.answer, LevelAnswer):
        return None
    return stored.entry.answer.level


def sample_sheet() -> Sheet:
    """Give the draft of fresh sample data, read."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        try:
            return open_draft(workspace.open_workspace(Path(folder)).database)
        finally:
            workspace.close_workspace()
