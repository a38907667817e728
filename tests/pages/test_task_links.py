"""Tasks and criteria beside each other: an opened task with what it serves, an opened criterion with its tasks."""

from collections.abc import Callable

import pytest

from cchc_core.permissions import Role, State
from cchc_core.task_links.keeping import confirm, links_of, refuse
from cchc_core.task_links.model import TaskLinks
from cchc_core.tasks.draft import TaskDraft
from cchc_core.tasks.model import Task
from tests.offices import SOC_TRANG
from tests.pages.screen import SCORING, Office, Screen, as_read
from tests.pages.task_desk import ROOM, day, open_page, plan, tasks_of

YEAR = 2022


@pytest.fixture
def task(office: Office) -> Task:
    """A task of the room whose words name a criterion."""
    draft = TaskDraft("7.9", "Sáng kiến, giải pháp mới trong CCHC tại Sở", lead_text=ROOM, time_text=day(-2))
    plan(office, draft, year=YEAR)
    (only,) = tasks_of(office, YEAR)
    return only


def _opened(office: Office, task: Task, role: Role = Role.OFFICER) -> Screen:
    return open_page(office, role, YEAR, nv=task.id, bang=office.assessment(SOC_TRANG).id)


def _links(office: Office, task: Task) -> TaskLinks:
    return links_of(office.database, office.person(Role.OFFICER), task.id, office.assessment(SOC_TRANG).id)


def test_a_suggestion_is_linked_by_a_click_and_taken_out_by_another(office: Office, task: Task) -> None:
    screen = _opened(office, task)
    assert "Giống" in screen.texts()
    screen.press(f"link on {task.id} I.1.5.3")
    assert _links(office, task).codes == {"I.1.5.3"}
    assert "**Phục vụ 1 tiêu chí, gắn với 2,0000 điểm chưa đạt**" in screen.texts()
    screen.press(f"link off {task.id} I.1.5.3")
    assert _links(office, task).codes == frozenset()
    assert not screen.has_button(f"link on {task.id} I.1.5.3")


def test_a_suggestion_that_is_refused_is_not_made_again(office: Office, task: Task) -> None:
    screen = _opened(office, task).press(f"link no {task.id} I.1.5.3")
    assert [link.code for link in _links(office, task).refused] == ["I.1.5.3"]
    assert not _opened(office, task).has_button(f"link on {task.id} I.1.5.3")
    assert "CHƯA LƯU" not in screen.texts()


def test_any_criterion_is_linked_by_hand_also_one_refused_before(office: Office, task: Task) -> None:
    screen = _opened(office, task).press(f"link no {task.id} I.1.5.3")
    screen.at.selectbox(key=f"link by hand {task.id}").set_value("I.1.5.3")
    screen.run().press(f"link hand {task.id} I.1.5.3")
    (served,) = _links(office, task).served
    assert (served.criterion.code, served.link and served.link.version) == ("I.1.5.3", 2)


def test_who_clicks_on_what_somebody_else_has_changed_is_told(office: Office, task: Task) -> None:
    opened, officer = office.assessment(SOC_TRANG).id, office.person(Role.OFFICER)

    def decide(decision: Callable[..., None], version: int) -> None:
        named = {"task_id": task.id, "assessment_id": opened, "code": "I.1.5.3"}
        decision(office.database, officer, **named, expected_version=version)

    decide(confirm, 0)
    screen = _opened(office, task)
    decide(refuse, 1)
    decide(confirm, 2)
    screen.press(f"link off {task.id} I.1.5.3")
    assert "CHƯA LƯU" in screen.errors()
    assert "đã lưu nội dung khác" in screen.errors()
    assert _links(office, task).codes == {"I.1.5.3"}


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_may_only_look_sees_the_links_without_a_button(office: Office, task: Task, role: Role) -> None:
    assert "Chưa gắn với tiêu chí nào." in _opened(office, task, role).texts()
    _opened(office, task).press(f"link on {task.id} I.1.5.3")
    screen = _opened(office, task, role)
    assert "Phục vụ 1 tiêu chí" in screen.texts()
    assert not [button for button in screen.at.button if str(button.key).startswith("link ")]


def test_a_criterion_shows_its_tasks_with_state_and_day(office: Office, task: Task) -> None:
    opened = office.assessment(SOC_TRANG)
    _opened(office, task).press(f"link on {task.id} I.1.5.3")
    screen = office.screen().open(SCORING, bang=opened.id, tc="I.1.5.3")
    read = as_read(screen.texts())
    assert "**Nhiệm vụ phục vụ tiêu chí này (1)**" in read
    assert "7.9 Sáng kiến, giải pháp mới trong CCHC tại Sở" in read
    assert f"hạn {day(-2)}" in read
    assert "Quá hạn" in read
    assert "Mở nhiệm vụ 7.9" in [as_read(link.label) for link in screen.elements("page_link")]
    assert "Chưa có nhiệm vụ nào gắn" in office.screen().open(SCORING, bang=opened.id, tc="I.1.1").texts()


def test_an_appraiser_sees_no_tasks_at_a_criterion(office: Office, task: Task) -> None:
    year = office.assessment(SOC_TRANG, "year")
    _opened(office, task).press(f"link on {task.id} I.1.5.3")
    office.put_into(year.id, State.SUBMITTED)
    screen = office.screen(Role.APPRAISER).open(SCORING, bang=year.id, tc="I.1.5.3")
    assert "Sáng kiến, giải pháp mới trong CCHC" in screen.texts()
    assert "Nhiệm vụ phục vụ" not in screen.texts()
    assert "tại Sở" not in screen.texts()
    assert "Chưa có nhiệm vụ nào gắn" not in screen.texts()
