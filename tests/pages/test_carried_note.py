"""Kết quả cũ: what was answered to a criterion before it changed, shown beside its form until it is put away."""

from dataclasses import replace

import pytest

from cchc_core import scoring
from cchc_core.carrying import carry_forward
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from cchc_core.store import users
from tests.offices import NAM_DINH
from tests.pages.screen import SCORING, Office, Screen, as_read
from tests.running_year import version_of

CODE = "1.1.2"
OLD_TITLE = read_rubric(NAM_DINH).criterion(CODE).title


@pytest.fixture
def target_id(office: Office) -> str:
    """Carry last year's answer into a set in which its criterion reads differently."""
    source = office.assessment(NAM_DINH, "year")
    office.save(source.id, CODE, {"level": 0})
    old = read_rubric(NAM_DINH)
    rewritten = replace(old.criterion(CODE), title="Nội dung *khác* của kế hoạch")
    rubric = version_of(old, rubric_id="ban-2025", year=2025, changed=(rewritten,))
    officer = office.person(Role.OFFICER)
    period = periods_for("ban-2025", 2025)[0]
    opened = scoring.create_assessment(office.database, officer, unit_id=source.unit_id, rubric=rubric, period=period)
    carry_forward(office.database, officer, source_id=source.id, target_id=opened.id)
    return opened.id


def _opened(office: Office, target_id: str, role: Role = Role.OFFICER) -> Screen:
    return office.screen(role).open(SCORING, bang=target_id, lv="1", tc=CODE)


def _put_away_keys(screen: Screen) -> list[str]:
    return [str(button.key) for button in screen.at.button if str(button.key).startswith("put away")]


def test_the_old_result_stands_in_the_details_and_is_put_away(office: Office, target_id: str) -> None:
    screen = _opened(office, target_id)
    shown = as_read(screen.texts())
    assert "Kết quả cũ** · Năm 2024" in shown
    assert f"Tiêu chí {CODE} «{OLD_TITLE}»" in shown
    assert "Bộ tiêu chí mới: đổi nội dung." in shown
    assert office.stored(target_id, CODE) is None
    (key,) = _put_away_keys(screen)
    screen.press(key).run()
    assert "Kết quả cũ" not in as_read(screen.texts()).replace("Cất kết quả cũ", "")
    assert _put_away_keys(screen) == []


def test_the_old_result_is_never_in_the_self_note(office: Office, target_id: str) -> None:
    assert _opened(office, target_id).widget(target_id, CODE, "note").value == ""


def test_who_only_looks_sees_the_old_result_and_cannot_put_it_away(office: Office, target_id: str) -> None:
    screen = _opened(office, target_id, Role.LEADER)
    assert "Kết quả cũ" in screen.texts()
    assert _put_away_keys(screen) == []


def test_another_criterion_shows_none(office: Office, target_id: str) -> None:
    assert "Kết quả cũ" not in office.screen().open(SCORING, bang=target_id, lv="1", tc="1.1.1").texts()


def test_a_person_whose_session_ended_puts_nothing_away(office: Office, target_id: str) -> None:
    screen = _opened(office, target_id)
    (key,) = _put_away_keys(screen)
    users.end_session(office.database, str(screen.token))
    screen.press(key)
    assert _put_away_keys(_opened(office, target_id)) == [key]
