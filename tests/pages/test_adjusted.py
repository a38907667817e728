"""A set with bonuses and penalties on the pages: their sign, their caps, and figures that agree everywhere."""

import pytest

from cchc_core import scoring
from cchc_core.figures import Figure
from cchc_core.permissions import Role
from cchc_core.scoring import Assessment
from tests.adjusted_set import ADJUSTED, ANSWERS
from tests.pages.board_page import open_board
from tests.pages.screen import BOARD, CHECKS, LOST, REPORTS, SCORING, TODO, WHAT_IF, Office, as_read
from tests.store.world import period


@pytest.fixture
def assessment(office: Office) -> Assessment:
    (department,) = scoring.list_departments(office.database)
    officer = office.person(Role.OFFICER)
    return scoring.create_assessment(
        office.database, officer, unit_id=department.id, rubric=ADJUSTED, period=period("year")
    )


def answered(office: Office, assessment: Assessment) -> None:
    for code, raw in ANSWERS.items():
        office.save(assessment.id, code, raw, Role.OFFICER)


def test_the_form_says_what_is_added_or_taken_off_and_up_to_which_cap(office: Office, assessment: Assessment) -> None:
    answered(office, assessment)
    words = as_read(office.screen().open(SCORING, bang=assessment.id, lv="2").texts())
    assert "điểm thưởng tối đa 2,0000" in words
    assert "Mức trần: điểm thưởng của 2.1 tối đa 2,5000; điểm thưởng của cả bộ tiêu chí tối đa 3,0000." in words
    assert "Số điểm bị trừ (tối đa 2,0000)" in words
    assert "**+0,5000 điểm** — Điểm thưởng, nhập điểm:" in words
    assert "**−1,5000 điểm** — Điểm trừ, nhập điểm:" in words
    assert "chỉ tính +0,5000 điểm vì điểm thưởng của 2.1 tối đa 2,5000." in words
    assert "Trừ 1,5000" in words
    assert "2.1 · Thưởng :gray[(ngoài điểm chuẩn)]" in words
    assert "đã nhập 5/6 dòng thưởng, trừ" in words
    assert "thưởng +3,0000, trừ −2,5000" in words


def test_a_penalty_typed_on_the_form_is_taken_off(office: Office, assessment: Assessment) -> None:
    screen = office.screen().open(SCORING, bang=assessment.id, lv="2")
    screen.put(assessment.id, "2.3", "points", "0,75")
    assert str(office.points(assessment.id, "2.3")) == "-0.7500"
    assert "**−0,7500 điểm** — Điểm trừ" in as_read(screen.run().texts())


def test_the_board_has_a_card_for_each_and_the_percent_counts_them(office: Office, assessment: Assessment) -> None:
    answered(office, assessment)
    page = open_board(office, assessment.id)
    assert page.cards["Tổng điểm"] == ("97,50 %", "9,7500 / 10,0000 điểm")
    assert page.cards["Điểm thưởng"][0] == "3,0000"
    assert page.cards["Điểm trừ"][0] == "2,5000"
    assert page.cards["Mất điểm"][0] == "3,2500"


def test_a_board_without_bonuses_and_penalties_has_no_card_for_them(office: Office) -> None:
    page = open_board(office, office.assessment("soctrang-tttt-2022").id)
    assert not {"Điểm thưởng", "Điểm trừ"} & set(page.cards)


def test_every_page_of_such_a_set_is_drawn(office: Office, assessment: Assessment) -> None:
    screen = office.screen()
    assert screen.open(SCORING, bang=assessment.id, lv="2").title() == "Chấm điểm"
    assert screen.open(BOARD, bang=assessment.id).title()
    answered(office, assessment)
    for page in (SCORING, LOST, WHAT_IF, CHECKS, REPORTS, TODO):
        assert screen.open(page, bang=assessment.id).title()


def test_the_criteria_behind_a_figure_are_listed(office: Office, assessment: Assessment) -> None:
    answered(office, assessment)
    screen = office.screen()
    shown = {Figure.BONUS: "3,0000", Figure.PENALTY: "2,5000", Figure.EARNED: "9,7500", Figure.LOST: "3,2500"}
    for figure, points in shown.items():
        words = as_read(screen.open(LOST, bang=assessment.id, xem=figure.value).texts())
        assert f"**{points} điểm**" in words


def test_a_penalty_is_among_the_lost_points_with_its_own_reason(office: Office, assessment: Assessment) -> None:
    answered(office, assessment)
    words = as_read(office.screen().open(LOST, bang=assessment.id).texts())
    assert "Bị trừ điểm" in words
    assert "Đang bị trừ 1,5000 điểm" in words
