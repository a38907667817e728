from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cchc_core import planning, scoring, workspace
from cchc_core.board import board_version, read_board
from cchc_core.carrying import open_carried
from cchc_core.confirming import confirm
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from cchc_core.scoring import Assessment
from cchc_core.store import users
from cchc_core.store.log import LogAction
from cchc_core.store.users import User
from cchc_core.targets import TargetKind
from cchc_core.workspace import Workspace
from tests.offices import NAM_DINH, SOC_TRANG, open_quarters
from tests.running_year import opened, version_of
from tests.store.world import RUBRIC, make_world

TODAY = date(2022, 9, 1)


class Desk:
    """A department with its quarters, and the people in it."""

    def __init__(self, space: Workspace) -> None:
        self.database = space.database
        self.assessments = open_quarters(space.database)
        self.people = {user.role: user for user in users.trial_users(space.database)}

    @property
    def officer(self) -> User:
        return self.people[Role.OFFICER]

    def save(self, assessment: Assessment, code: str, raw: dict[str, object]) -> None:
        stored = scoring.open_sheet(self.database, self.officer, assessment.id).answers.get(code)
        scoring.save_entry(
            self.database,
            self.officer,
            assessment_id=assessment.id,
            code=code,
            raw=raw,
            expected_version=stored.version if stored else 0,
        )

    def carry(self, source: Assessment, period_code: str) -> Assessment:
        rubric = read_rubric(source.rubric_id)
        period = next(p for p in periods_for(rubric.id, rubric.year) if p.code == period_code)
        carried, _ = open_carried(
            self.database, self.officer, unit_id=source.unit_id, rubric=rubric, period=period, source_id=source.id
        )
        return carried


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield Desk(workspace.open_workspace(tmp_path, with_sample=False))
    workspace.close_workspace()


def test_the_board_of_an_empty_assessment_has_no_data_and_breaks_nowhere(desk: Desk) -> None:
    for assessment in desk.assessments.values():
        board = read_board(desk.database, desk.officer, assessment.id, TODAY)
        assert board.sheet.totals.total.points == 0
        assert sum(item.at_stake for item in board.items) == board.sheet.totals.total.at_risk
        assert board.unconfirmed.count == 0
        assert board.year_ago is None


def test_the_figures_of_a_carried_quarter_agree_and_are_compared_with_the_one_before(desk: Desk) -> None:
    first = desk.assessments[SOC_TRANG, "q1"]
    desk.save(first, "I.1.5.1", {"level": 0})
    desk.save(first, "I.1.6", {"count": 4})
    half = desk.carry(first, "h1")
    board = read_board(desk.database, desk.officer, half.id, TODAY)
    assert board.previous is not None
    assert board.previous.assessment.id == first.id
    assert (board.unconfirmed.count, board.unconfirmed.points) == (2, board.sheet.totals.total.points)
    assert board.against_previous is not None
    assert board.against_previous.total.points_now == board.against_previous.total.points_before
    assert sum(item.unconfirmed for item in board.items) == board.unconfirmed.points
    confirm(desk.database, desk.officer, half.id, board.unconfirmed.codes)
    assert read_board(desk.database, desk.officer, half.id, TODAY).unconfirmed.count == 0


def test_a_target_says_what_is_still_needed_on_every_board_of_the_year(desk: Desk) -> None:
    first, third = desk.assessments[SOC_TRANG, "q1"], desk.assessments[SOC_TRANG, "q3"]
    planning.set_target(
        desk.database,
        desk.officer,
        assessment_id=first.id,
        section="I.1",
        kind=TargetKind.PERCENT,
        value=Decimal(80),
    )
    for assessment in (first, third):
        board = read_board(desk.database, desk.officer, assessment.id, TODAY)
        assert set(board.needs) == {"I.1"}
        assert board.needs["I.1"].needed == board.sheet.totals.sections["I.1"].effective_max * 4 / 5


def test_targets_and_remedies_are_among_the_last_changes_of_every_period_of_the_year(desk: Desk) -> None:
    first, third = desk.assessments[SOC_TRANG, "q1"], desk.assessments[SOC_TRANG, "q3"]
    planning.set_target(
        desk.database, desk.officer, assessment_id=first.id, section="I.1", kind=TargetKind.PERCENT, value=Decimal(80)
    )
    planning.save_remedy(
        desk.database,
        desk.officer,
        assessment_id=first.id,
        code="I.1.6",
        action_text="Đôn đốc",
        expected_version=0,
    )
    desk.save(first, "I.1.5.1", {"level": 0})
    shown = {
        of.id: [(c.action, c.subject) for c in read_board(desk.database, desk.officer, of.id, TODAY).changes]
        for of in (first, third, desk.assessments[NAM_DINH, "q3"])
    }
    of_year = [(LogAction.REMEDY, "I.1.6"), (LogAction.TARGET, "I.1")]
    assert shown[first.id][:3] == [(LogAction.ANSWER, "I.1.5.1"), *of_year]
    assert shown[third.id][:2] == of_year
    assert (LogAction.ANSWER, "I.1.5.1") not in shown[third.id]
    assert not set(of_year) & set(shown[desk.assessments[NAM_DINH, "q3"].id])


def test_whatever_a_board_shows_moves_its_version(desk: Desk) -> None:
    first, third = desk.assessments[SOC_TRANG, "q1"], desk.assessments[SOC_TRANG, "q3"]
    seen = {board_version(desk.database, desk.officer, third.id)}

    def moved() -> bool:
        now = board_version(desk.database, desk.officer, third.id)
        is_new = now not in seen
        seen.add(now)
        return is_new

    assert not moved()
    desk.save(third, "I.1.5.1", {"level": 0})
    assert moved()
    desk.save(first, "I.1.5.1", {"level": 0})
    assert moved()
    where: dict[str, Any] = {"assessment_id": third.id, "code": "I.1.6"}
    planning.set_expected(desk.database, desk.officer, **where, raw={"count": 0})
    assert moved()
    planning.set_final(desk.database, desk.officer, **where, is_final=True)
    assert moved()
    planning.save_remedy(
        desk.database,
        desk.officer,
        assessment_id=third.id,
        code="I.1.6",
        action_text="Đôn đốc",
        expected_version=0,
    )
    assert moved()
    planning.set_target(
        desk.database,
        desk.officer,
        assessment_id=first.id,
        section=None,
        kind=TargetKind.PERCENT,
        value=Decimal(80),
    )
    assert moved()
    desk.save(desk.assessments[NAM_DINH, "q3"], "1.1.1", {"level": 0})
    assert moved()


def test_a_year_ago_by_last_years_set_moves_the_version_of_the_board_that_compares_with_it(tmp_path: Path) -> None:
    world = make_world(tmp_path, "q1")
    following = opened(world, "q1", version_of(RUBRIC, rubric_id="mau-2025", year=2025))
    board = read_board(world.database, world.officer, following.assessment_id, TODAY)
    assert board.year_ago is not None
    assert board.year_ago.assessment.id == world.assessment_id
    before = board_version(world.database, world.officer, following.assessment_id)
    world.save("1.1", {"level": 0})
    assert board_version(world.database, world.officer, following.assessment_id) != before
    world.database.close()


def test_a_board_is_refused_like_its_assessment(desk: Desk) -> None:
    appraiser, year = desk.people[Role.APPRAISER], desk.assessments[SOC_TRANG, "year"]
    for read in (read_board, board_version):
        with pytest.raises(NotAllowed):
            read(desk.database, appraiser, year.id)
        with pytest.raises(NotFound):
            read(desk.database, desk.officer, "khong-co")
