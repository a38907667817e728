"""Boards of sets where there is nothing to divide by: no points at all, or none that apply."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from cchc_core import planning, scoring
from cchc_core.permissions import Role
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rules.kinds import Levels
from cchc_core.scoring import Assessment
from cchc_core.targets import TargetKind
from tests.pages.board_page import open_board
from tests.pages.screen import Office
from tests.store.world import RUBRIC, YES_NO, period

NOTHING = Decimal("0.0000")


def of_levels(points: Decimal, *, is_illustrative: bool) -> Rubric:
    """Make a set of two criteria, each worth so much, that need not apply."""
    levels = Levels(tuple(replace(level, points=min(level.points, points)) for level in YES_NO.levels))

    def worth(leaf: Criterion) -> Criterion:
        return replace(
            leaf, leaf=replace(leaf.scored, max_points=points, rule=levels, not_applicable_clause="Nếu không có")
        )

    return replace(
        RUBRIC,
        criteria=tuple(worth(leaf) for leaf in RUBRIC.criteria[:2]),
        exclusions=(),
        points_source="illustrative" if is_illustrative else "official",
    )


def opened(office: Office, rubric: Rubric, code: str = "q3") -> Assessment:
    (department,) = scoring.list_departments(office.database)
    officer = office.person(Role.OFFICER)
    return scoring.create_assessment(
        office.database, officer, unit_id=department.id, rubric=rubric, period=period(code)
    )


@pytest.mark.parametrize("is_illustrative", [False, True])
@pytest.mark.parametrize("is_answered", [False, True])
def test_a_set_without_points_says_so_and_shows_no_percent(
    office: Office, is_illustrative: bool, is_answered: bool
) -> None:
    assessment = opened(office, of_levels(NOTHING, is_illustrative=is_illustrative))
    if is_answered:
        office.save(assessment.id, "1.1", {"level": 0}, Role.OFFICER)
    page = open_board(office, assessment.id)
    assert "Bộ tiêu chí này không có điểm chuẩn nào" in page.words
    assert re.findall(r"\d+ ?%", page.everything()) == []
    assert page.cards["Mất điểm"][0] == "0,0000"


@pytest.mark.parametrize("is_illustrative", [False, True])
def test_a_board_where_nothing_applies_says_so_and_divides_by_nothing(office: Office, is_illustrative: bool) -> None:
    assessment = opened(office, of_levels(Decimal("1.0000"), is_illustrative=is_illustrative))
    kind = TargetKind.CRITERIA if is_illustrative else TargetKind.PERCENT
    planning.set_target(
        office.database,
        office.person(Role.OFFICER),
        assessment_id=assessment.id,
        section=None,
        kind=kind,
        value=Decimal(1),
    )
    for code in ("1.1", "1.2"):
        office.save(assessment.id, code, {"not_applicable": "Không có"}, Role.OFFICER)
    page = open_board(office, assessment.id)
    assert page.board.sheet.totals.total.effective_max == 0
    assert "Không có tiêu chí nào áp dụng: điểm chuẩn sau khi hạ là 0" in page.words
    assert page.cards["Chỉ tiêu năm"][1] == "không có gì để đạt"
    assert page.cards["Không áp dụng"][0] == "2,0000"
    assert page.board.needs[None].explanation in page.words
    if is_illustrative:
        assert page.cards["Đạt"][0] == "0/0"


def test_the_periods_of_such_a_set_are_compared_without_an_error(office: Office) -> None:
    rubric = of_levels(NOTHING, is_illustrative=False)
    earlier = opened(office, rubric, "q1")
    office.save(earlier.id, "1.1", {"level": 0}, Role.OFFICER)
    later = opened(office, rubric, "q3")
    office.save(later.id, "1.1", {"level": 1}, Role.OFFICER)
    page = open_board(office, later.id)
    assert page.board.against_previous is not None
    assert "hông đổi so với kỳ trước" in page.words
