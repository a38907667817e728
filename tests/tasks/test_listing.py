"""Filters, search, order and paging in SQL: each compared with the same asked of the tasks in Python."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.errors import NotAllowedInOffice, NotFound
from cchc_core.permissions import Role
from cchc_core.store import task_queries
from cchc_core.tasks import listing
from cchc_core.tasks.life import TaskState, Timeliness
from cchc_core.tasks.listing import DUE_NAMES, NO_ROOM, ORDER_NAMES, Choice, DueFilter, Order, Page, Query
from cchc_core.tasks.model import Task, TaskKind
from cchc_core.text import fold
from tests.tasks.busy_desk import open_busy_desk
from tests.tasks.desk import TODAY, YEAR, Desk

days = st.dates(date(2024, 1, 1), date(2025, 2, 1))


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_busy_desk(tmp_path_factory.mktemp("busy"))
    yield opened
    opened.world.database.close()


@pytest.fixture(scope="module")
def all_tasks(busy: Desk) -> tuple[Task, ...]:
    return busy.tasks()


def _find(desk: Desk, query: Query, today: date = TODAY, page: int = 1, per_page: int = 30) -> Page:
    return listing.find_tasks(desk.world.database, desk.officer, query, today=today, page=page, per_page=per_page)


def _open_days(task: Task) -> list[date]:
    return [each.due for each in task.occurrences if each.due and each.state.is_open]


def _within(task: Task, today: date, days: int) -> bool:
    return any(today <= due <= today + timedelta(days=days) for due in _open_days(task))


_BY_DUE: Mapping[DueFilter, Callable[[Task, date], bool]] = {
    DueFilter.OVERDUE: lambda task, today: any(due < today for due in _open_days(task)),
    DueFilter.SOON_7: lambda task, today: _within(task, today, 7),
    DueFilter.SOON_30: lambda task, today: _within(task, today, 30),
    DueFilter.NO_DUE: lambda task, today: any(each.due is None and each.state.is_open for each in task.occurrences),
}


def _is_asked_for(task: Task, query: Query, today: date) -> bool:
    searched = fold(" ".join((task.code, task.title, task.group_title, task.lead_text, task.person)))
    searched += " " + " ".join(fold(each.product) for each in task.occurrences) + " " + fold(task.assigning_body)
    return (
        query.plan_id in (None, task.plan_id)
        and query.kind in (None, task.kind)
        and query.room_id in (None, task.room_id or "")
        and query.group in (None, task.group_code)
        and query.state in (None, task.state)
        and (query.due is None or _BY_DUE[query.due](task, today))
        and all(word in searched for word in fold(query.text).split())
    )


@settings(max_examples=80)
@given(
    st.none() | st.sampled_from(TaskKind),
    st.none() | st.sampled_from(["", "Văn phòng", "Phòng Một"]),
    st.none() | st.sampled_from(["I", "II", ""]),
    st.none() | st.sampled_from(TaskState),
    st.none() | st.sampled_from(DueFilter),
    st.sampled_from(["", "", "bao cao", "BÁO CÁO 100%", "rà soát_", "%", "_", "!", "san pham 1", "ubnd tinh", "'"]),
    days,
)
def test_sql_finds_what_python_finds(
    busy: Desk,
    all_tasks: tuple[Task, ...],
    kind: TaskKind | None,
    room: str | None,
    group: str | None,
    state: TaskState | None,
    due: DueFilter | None,
    text: str,
    today: date,
) -> None:
    room_id = busy.unit(room).id if room else room
    query = Query(busy.department_id, YEAR, kind=kind, room_id=room_id, group=group, state=state, due=due, text=text)
    expected = {task.id for task in all_tasks if _is_asked_for(task, query, today)}
    page = _find(busy, query, today, per_page=500)
    assert {task.id for task in page.tasks} == expected
    assert (page.total, page.pages, page.number) == (len(expected), 1, 1)


@settings(max_examples=15)
@given(days)
def test_sql_says_how_each_task_stands_as_python_does(busy: Desk, all_tasks: tuple[Task, ...], today: date) -> None:
    expected: dict[tuple[str, Timeliness], int] = {}
    for task in all_tasks:
        key = (task.state.value, task.timeliness(today))
        expected[key] = expected.get(key, 0) + 1
    found: dict[tuple[str, Timeliness], int] = {}
    with busy.world.database.read() as connection:
        for row in task_queries.standings(connection, Query(busy.department_id, YEAR), today):
            key = (row["state"], task_queries.STANDING[row["stand"]])
            found[key] = found.get(key, 0) + row["many"]
    assert found == expected


def test_every_kind_state_and_standing_occurs_in_what_is_compared(all_tasks: tuple[Task, ...]) -> None:
    assert {task.kind for task in all_tasks} == set(TaskKind)
    assert {task.state for task in all_tasks} == set(TaskState)
    assert {task.timeliness(TODAY) for task in all_tasks} == set(Timeliness)


@pytest.mark.parametrize("per_page", [1, 7, 30])
@pytest.mark.parametrize("order", Order)
def test_pages_join_up_to_everything_in_one_order(busy: Desk, order: Order, per_page: int) -> None:
    query = Query(busy.department_id, YEAR, order=order)
    whole = busy.tasks(order=order)
    first = _find(busy, query, per_page=per_page)
    pages = [_find(busy, query, page=number, per_page=per_page) for number in range(1, first.pages + 1)]
    assert [task.id for page in pages for task in page.tasks] == [task.id for task in whole]
    assert {(page.total, page.pages) for page in pages} == {(len(whole), -(-len(whole) // per_page))}


@pytest.mark.parametrize(("page", "shown"), [(0, 1), (-3, 1), (99, 3), (2, 2)])
def test_a_page_that_does_not_exist_is_the_nearest_one(busy: Desk, page: int, shown: int) -> None:
    found = _find(busy, Query(busy.department_id, YEAR), page=page)
    assert (found.number, found.pages) == (shown, 3)
    assert found.tasks


def test_nothing_found_is_one_empty_page(busy: Desk) -> None:
    assert _find(busy, Query(busy.department_id, YEAR, text="không có việc này")) == Page((), 0, 1, 1)
    assert _find(busy, Query(busy.department_id, 2031)) == Page((), 0, 1, 1)


def _sorted(values: Sequence[tuple[object, ...]]) -> bool:
    return all(first <= second for first, second in pairwise(values))


def test_the_orders_are_what_they_are_called(busy: Desk) -> None:
    never = date.max
    printed = busy.tasks(order=Order.PRINTED)
    kinds = [list(TaskKind).index(task.kind) for task in printed]
    assert kinds == sorted(kinds)
    assert _sorted([(kind, task.plan_id or "", task.ordinal) for kind, task in zip(kinds, printed, strict=True)])
    by_due = [task.next_due or never for task in busy.tasks(order=Order.DUE)]
    assert by_due == sorted(by_due)
    urgent = busy.tasks(order=Order.URGENT)
    rank = [(list(Timeliness).index(task.timeliness(TODAY)), task.next_due or never) for task in urgent]
    opened = [key for key, task in zip(rank, urgent, strict=True) if task.state.is_open]
    assert opened == sorted(opened)
    assert [task.state.is_open for task in urgent] == sorted((task.state.is_open for task in urgent), reverse=True)
    rooms = [task.room_name for task in busy.tasks(order=Order.ROOM)]
    assert list(dict.fromkeys(rooms)) == ["Phòng Một", "Văn phòng", ""]


def _many(choices: Sequence[Choice]) -> dict[str, int]:
    return {choice.key: choice.many for choice in choices}


@settings(max_examples=25)
@given(
    st.none() | st.sampled_from(TaskKind),
    st.none() | st.sampled_from(["", "Văn phòng"]),
    st.none() | st.sampled_from(TaskState),
    st.none() | st.sampled_from(DueFilter),
    st.sampled_from(["", "bao cao"]),
)
def test_each_choice_counts_what_the_other_filters_leave(
    busy: Desk,
    all_tasks: tuple[Task, ...],
    kind: TaskKind | None,
    room: str | None,
    state: TaskState | None,
    due: DueFilter | None,
    text: str,
) -> None:
    room_id = busy.unit(room).id if room else room
    query = Query(busy.department_id, YEAR, kind=kind, room_id=room_id, state=state, due=due, text=text)
    choices = listing.choices(busy.world.database, busy.officer, query, today=TODAY)

    def left(without: Query) -> int:
        return sum(_is_asked_for(task, without, TODAY) for task in all_tasks)

    def some(counts: dict[str, int]) -> dict[str, int]:
        return {key: many for key, many in counts.items() if many}

    assert _many(choices.states) == some({str(each): left(replace(query, state=each)) for each in TaskState})
    assert _many(choices.kinds) == some({str(each): left(replace(query, kind=each)) for each in TaskKind})
    assert _many(choices.dues) == some({str(each): left(replace(query, due=each)) for each in DueFilter})
    rooms = (NO_ROOM, busy.unit("Văn phòng").id, busy.unit("Phòng Một").id)
    assert _many(choices.rooms) == some({each: left(replace(query, room_id=each)) for each in rooms})
    assert _many(choices.groups) == some({each: left(replace(query, group=each)) for each in ("I", "II")})
    plans = {task.plan_id for task in all_tasks if task.plan_id}
    assert _many(choices.plans) == some({each: left(replace(query, plan_id=each)) for each in plans})


def test_choices_are_named_and_ordered_as_people_read_them(busy: Desk) -> None:
    choices = listing.choices(busy.world.database, busy.officer, Query(busy.department_id, YEAR), today=TODAY)
    assert [choice.name for choice in choices.rooms] == ["Phòng Một", "Văn phòng", "Chưa rõ phòng, đơn vị"]
    assert [choice.name for choice in choices.groups] == ["I Chỉ đạo", "II Thể chế"]
    assert [choice.name for choice in choices.kinds] == ["Theo kế hoạch", "Được giao", "Khắc phục tiêu chí"]
    assert [choice.name for choice in choices.plans] == ["Kế hoạch năm 2024", "Kế hoạch thứ hai năm 2024"]
    assert set(DUE_NAMES) == set(DueFilter)
    assert set(ORDER_NAMES) == set(Order)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ROOM, Role.LEADER, Role.ADMIN])
def test_everybody_of_the_office_finds_the_same(busy: Desk, role: Role) -> None:
    query = Query(busy.department_id, YEAR)
    found = listing.find_tasks(busy.world.database, busy.world.people[role], query, today=TODAY)
    assert found == _find(busy, query)


def test_an_appraiser_finds_nothing_and_neither_does_a_stranger(busy: Desk) -> None:
    query, database = Query(busy.department_id, YEAR), busy.world.database
    for read in (listing.find_tasks, listing.everything, listing.choices):
        with pytest.raises(NotAllowedInOffice):
            read(database, busy.world.people[Role.APPRAISER], query, today=TODAY)
        with pytest.raises(NotFound):
            read(database, busy.officer, replace(query, department_id="khongco"), today=TODAY)


def test_tasks_of_another_department_are_not_among_them(desk: Desk) -> None:
    desk.take()
    stranger = desk.other_officer()
    assert stranger.unit_id is not None
    found = listing.find_tasks(desk.world.database, stranger, Query(stranger.unit_id, YEAR), today=TODAY)
    assert found.total == 0


def test_what_is_listed_is_whole(busy: Desk) -> None:
    assert busy.is_whole()
