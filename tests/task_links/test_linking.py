"""Going through the tasks that serve nothing yet."""

import pytest

from cchc_core import scoring
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from cchc_core.store.verify import verify
from cchc_core.task_links.keeping import links_of, refuse, settle
from cchc_core.task_links.linking import PER_PAGE, LinkingPage, unlinked_tasks
from cchc_core.tasks.model import TaskKind
from tests.task_links.desk import OFFICE_ROOM, OTHER_ROOM, Desk

INDEX = read_rubric("soctrang-tttt-2022")


@pytest.fixture
def index_id(desk: Desk) -> str:
    """The id of an assessment by a real set, whose words can be suggested by."""
    year = next(period for period in periods_for(INDEX.id, INDEX.year) if period.code == "year")
    admin = desk.person(Role.ADMIN)
    return scoring.create_assessment(desk.database, admin, unit_id=desk.department_id, rubric=INDEX, period=year).id


def _page(desk: Desk, number: int = 1, room_id: str | None = None) -> LinkingPage:
    found = unlinked_tasks(desk.database, desk.officer, desk.department_id, INDEX.year, page=number, room_id=room_id)
    assert found is not None
    return found


def test_tasks_that_serve_nothing_are_listed_a_page_at_a_time(desk: Desk, index_id: str) -> None:
    for number in range(PER_PAGE + 1):
        desk.task(f"Việc {number}", year=INDEX.year)
    first, last = _page(desk), _page(desk, 99)
    assert first.assessment_id == index_id
    assert [each.task.title for each in first.tasks] == [f"Việc {number}" for number in range(PER_PAGE)]
    assert ([each.task.title for each in last.tasks], last.number, last.pages, last.total) == (
        [f"Việc {PER_PAGE}"],
        2,
        2,
        PER_PAGE + 1,
    )


def test_what_is_chosen_is_linked_and_the_rest_is_not_suggested_again(desk: Desk, index_id: str) -> None:
    task = desk.task("Thực hiện tinh giản biên chế; tuyển dụng viên chức", year=INDEX.year)
    (only,) = _page(desk).tasks
    strengths = {each.criterion.code: each.strength for each in only.offered}
    assert "I.5.3" in strengths
    assert len(strengths) > 1
    chosen = {"I.5.3": strengths.pop("I.5.3")}
    settle(desk.database, desk.officer, task_id=task, assessment_id=index_id, confirmed=chosen, refused=strengths)
    assert _page(desk).tasks == ()
    links = links_of(desk.database, desk.officer, task, index_id)
    assert links.codes == {"I.5.3"}
    assert {link.code: link.strength for link in links.refused} == strengths
    assert not {each.criterion.code for each in links.offered} & {"I.5.3", *strengths}
    assert verify(desk.database).findings == ()


def test_a_task_whose_suggestions_were_all_refused_stays_in_the_list_without_any(desk: Desk, index_id: str) -> None:
    task = desk.task("Sáng kiến, giải pháp mới trong CCHC tại Sở", year=INDEX.year)
    before = _page(desk).tasks[0].offered
    strengths = {each.criterion.code: each.strength for each in before}
    settle(desk.database, desk.officer, task_id=task, assessment_id=index_id, confirmed={}, refused=strengths)
    (only,) = _page(desk).tasks
    assert {each.criterion.code for each in only.offered}.isdisjoint(strengths)


def test_what_somebody_else_decided_meanwhile_stays(desk: Desk, index_id: str) -> None:
    task = desk.task("Thực hiện tinh giản biên chế", year=INDEX.year)
    refuse(desk.database, desk.officer, task_id=task, assessment_id=index_id, code="I.5.3")
    settle(desk.database, desk.officer, task_id=task, assessment_id=index_id, confirmed={"I.5.3": 80}, refused={})
    assert links_of(desk.database, desk.officer, task, index_id).codes == frozenset()


def test_one_code_that_there_is_not_decides_on_none(desk: Desk, index_id: str) -> None:
    task = desk.task("Nhiệm vụ", year=INDEX.year)
    with pytest.raises(NotFound):
        settle(
            desk.database,
            desk.officer,
            task_id=task,
            assessment_id=index_id,
            confirmed={"I.5.3": 80, "khong-co": 50},
            refused={},
        )
    assert links_of(desk.database, desk.officer, task, index_id).codes == frozenset()


def test_a_remedy_and_what_is_linked_are_not_in_the_list(desk: Desk, index_id: str) -> None:
    desk.task("Khắc phục", year=INDEX.year, kind=TaskKind.REMEDY, remedy_code="1.1")
    task = desk.task("Đã gắn", year=INDEX.year)
    settle(desk.database, desk.officer, task_id=task, assessment_id=index_id, confirmed={"I.5.3": 80}, refused={})
    assert _page(desk).total == 0


def test_a_room_may_ask_for_its_own(desk: Desk, index_id: str) -> None:
    desk.task("Của phòng", year=INDEX.year)
    desk.task("Của phòng khác", room=OTHER_ROOM, year=INDEX.year)
    listed = _page(desk, room_id=desk.rooms[OFFICE_ROOM]).tasks
    assert [each.task.title for each in listed] == ["Của phòng"]
    assert index_id


def test_without_an_assessment_there_is_no_set_to_suggest_by(desk: Desk) -> None:
    assert unlinked_tasks(desk.database, desk.officer, desk.department_id, 2030) is None


def test_an_appraiser_sees_none_of_it(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        unlinked_tasks(desk.database, desk.person(Role.APPRAISER), desk.department_id, 2024)
