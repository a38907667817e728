"""Links are made by people alone: suggested, confirmed, refused, taken out, and seen by whom."""

import pytest

from cchc_core import scoring
from cchc_core.errors import NotAllowed, NotFound, StaleText
from cchc_core.periods import periods_for
from cchc_core.permissions import Role, State
from cchc_core.rubric_files import read_rubric
from cchc_core.store.verify import verify
from cchc_core.task_links import keeping
from cchc_core.task_links.model import LinkState, TaskLinks
from cchc_core.tasks.model import TaskKind
from tests.running_year import stranger_of
from tests.task_links.desk import OTHER_ROOM, Desk


def _links(desk: Desk, task_id: str, role: Role = Role.OFFICER) -> TaskLinks:
    return keeping.links_of(desk.database, desk.person(role), task_id, desk.assessment_id)


def _refuse(desk: Desk, task_id: str, code: str, version: int = 0, role: Role = Role.OFFICER) -> None:
    keeping.refuse(
        desk.database,
        desk.person(role),
        task_id=task_id,
        assessment_id=desk.assessment_id,
        code=code,
        expected_version=version,
    )


def test_a_task_serves_nothing_until_somebody_says_so(desk: Desk) -> None:
    task = desk.task("Tiêu chí 1.1")
    assert _links(desk, task).served == ()
    desk.link(task, "1.1", "1.3")
    assert [served.criterion.code for served in _links(desk, task).served] == ["1.1", "1.3"]
    assert verify(desk.database).findings == ()


def test_what_was_suggested_is_kept_with_its_strength(desk: Desk) -> None:
    task = desk.task("Tiêu chí một")
    keeping.confirm(
        desk.database, desk.officer, task_id=task, assessment_id=desk.assessment_id, code="1.2", strength=61
    )
    (served,) = _links(desk, task).served
    assert served.link is not None
    assert (served.link.strength, served.link.state, served.link.changed_by_name) == (
        61,
        LinkState.CONFIRMED,
        desk.officer.name,
    )


def test_suggestions_come_from_the_open_set_and_go_when_they_are_decided_on(desk: Desk) -> None:
    rubric = read_rubric("soctrang-tttt-2022")
    admin = desk.person(Role.ADMIN)
    year = next(period for period in periods_for(rubric.id, rubric.year) if period.code == "year")
    made = scoring.create_assessment(desk.database, admin, unit_id=desk.department_id, rubric=rubric, period=year)
    task = desk.task("Sáng kiến, giải pháp mới trong CCHC tại Sở", year=rubric.year)

    def offered() -> list[str]:
        found = keeping.links_of(desk.database, desk.officer, task, made.id).offered
        return [each.criterion.code for each in found]

    before = offered()
    assert before[0] == "I.1.5.3"
    keeping.refuse(desk.database, desk.officer, task_id=task, assessment_id=made.id, code=before[0], strength=90)
    assert offered() == before[1:]
    keeping.confirm(
        desk.database, desk.officer, task_id=task, assessment_id=made.id, code=before[0], expected_version=1
    )
    found = keeping.links_of(desk.database, desk.officer, task, made.id)
    assert [each.criterion.code for each in found.served] == [before[0]]
    assert found.refused == ()


def test_a_link_that_is_taken_out_is_remembered_as_refused(desk: Desk) -> None:
    task = desk.task("Nhiệm vụ")
    desk.link(task, "1.1")
    _refuse(desk, task, "1.1", version=1)
    links = _links(desk, task)
    assert links.served == ()
    assert [(link.code, link.version) for link in links.refused] == [("1.1", 2)]
    assert verify(desk.database).findings == ()


def test_who_decides_on_what_somebody_else_has_changed_meanwhile_is_told(desk: Desk) -> None:
    task = desk.task("Nhiệm vụ")
    desk.link(task, "1.1")
    _refuse(desk, task, "1.1", version=1)
    with pytest.raises(StaleText, match="không phục vụ tiêu chí"):
        keeping.confirm(
            desk.database,
            desk.officer,
            task_id=task,
            assessment_id=desk.assessment_id,
            code="1.1",
            expected_version=1,
        )
    assert _links(desk, task).served == ()


def test_saying_the_same_twice_is_no_change(desk: Desk) -> None:
    task = desk.task("Nhiệm vụ")
    desk.link(task, "1.1", "1.1")
    (served,) = _links(desk, task).served
    assert served.link is not None
    assert served.link.version == 1


def test_a_remedy_serves_the_criterion_that_it_mends_without_being_linked(desk: Desk) -> None:
    task = desk.task("Bổ sung báo cáo", kind=TaskKind.REMEDY, remedy_code="1.4")
    (served,) = _links(desk, task).served
    assert (served.criterion.code, served.link) == ("1.4", None)
    assert [each.id for each in keeping.tasks_serving(desk.database, desk.officer, desk.sheet(), "1.4")] == [task]


def test_a_criterion_tells_the_tasks_that_serve_it(desk: Desk) -> None:
    first, second, other = (desk.task(title) for title in ("Một", "Hai", "Ba"))
    desk.link(first, "1.1")
    desk.link(second, "1.1", "1.2")
    desk.link(other, "1.2")
    _refuse(desk, second, "1.2", version=1)
    sheet = desk.sheet()

    def serving(code: str) -> list[str]:
        return [task.title for task in keeping.tasks_serving(desk.database, desk.officer, sheet, code)]

    assert (serving("1.1"), serving("1.2"), serving("1.3")) == (["Một", "Hai"], ["Ba"], [])


def test_a_link_moves_open_pages_of_the_assessment_along(desk: Desk) -> None:
    task = desk.task("Nhiệm vụ")
    before = scoring.change_number(desk.database, desk.assessment_id)
    desk.link(task, "1.1")
    assert scoring.change_number(desk.database, desk.assessment_id) == before + 1


def test_a_room_links_its_own_tasks_and_no_others(desk: Desk) -> None:
    room = desk.person(Role.ROOM)
    own, others = desk.task("Của phòng"), desk.task("Của phòng khác", room=OTHER_ROOM)
    desk.link(own, "1.1", user=room)
    with pytest.raises(NotAllowed, match="phòng, đơn vị khác"):
        desk.link(others, "1.1", user=room)
    assert (_links(desk, own, Role.ROOM).may_link, _links(desk, others, Role.ROOM).may_link) == (True, False)


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_may_look_may_not_link(desk: Desk, role: Role) -> None:
    task = desk.task("Nhiệm vụ")
    desk.link(task, "1.1")
    assert not _links(desk, task, role).may_link
    with pytest.raises(NotAllowed):
        desk.link(task, "1.2", user=desk.person(role))


@pytest.mark.parametrize("role", [Role.APPRAISER, Role.SCREEN])
@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_an_appraiser_sees_nothing_of_tasks_and_links(desk: Desk, role: Role, state: State) -> None:
    task = desk.task("Nhiệm vụ")
    desk.link(task, "1.1")
    sheet = desk.sheet()
    desk.put_into(state)
    person = desk.person(Role.APPRAISER)
    if role is Role.SCREEN:
        person = type(person)("man-hinh", "Màn hình", Role.SCREEN, desk.department_id)
    assert keeping.tasks_serving(desk.database, person, sheet, "1.1") == ()
    with pytest.raises(NotAllowed):
        keeping.links_of(desk.database, person, task, desk.assessment_id)
    with pytest.raises(NotAllowed):
        desk.stakes(person)


def test_another_department_sees_and_links_nothing(desk: Desk) -> None:
    task = desk.task("Nhiệm vụ")
    sheet = desk.sheet()
    desk.link(task, "1.1")
    stranger = stranger_of(desk)
    assert keeping.tasks_serving(desk.database, stranger, sheet, "1.1") == ()
    with pytest.raises(NotAllowed):
        keeping.links_of(desk.database, stranger, task, desk.assessment_id)
    with pytest.raises(NotAllowed):
        desk.link(task, "1.2", user=stranger)


def test_what_is_not_there_is_refused(desk: Desk) -> None:
    task = desk.task("Nhiệm vụ")
    for code in ("9.9", "2", ""):
        with pytest.raises(NotFound):
            desk.link(task, code)
    with pytest.raises(NotFound):
        desk.link("khongco", "1.1")
    with pytest.raises(NotFound):
        desk.link("' OR 1=1 --", "1.1")


def test_a_task_of_another_year_is_not_linked_by_this_years_assessment(desk: Desk) -> None:
    task = desk.task("Nhiệm vụ năm sau", year=2025)
    with pytest.raises(NotFound, match="năm 2025"):
        desk.link(task, "1.1")
