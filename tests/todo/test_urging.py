"""Đôn đốc: what each room owes, as a table and as a text to send."""

from datetime import timedelta

from cchc_core import scoring
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import ZERO
from cchc_core.store import kept
from cchc_core.table import ILLUSTRATIVE_NOTE
from cchc_core.task_links.keeping import confirm
from cchc_core.task_links.stakes import NO_ROOM_NAME, DueGroup
from cchc_core.todo.reading import Todo, read_todo
from cchc_core.todo.urging import MOST_IN_A_TEXT, Urged, rooms_table, urged, urging_table, urging_text
from tests.offices import NAM_DINH
from tests.task_links.desk import OFFICE_ROOM, ONE, OTHER_ROOM, TODAY, YEAR, Desk

_LATE = TODAY - timedelta(days=3)


def _todo(desk: Desk, year: int = YEAR, assessment_id: str | None = None) -> Todo:
    return read_todo(desk.database, desk.officer, desk.department_id, year, TODAY, assessment_id=assessment_id)


def _only(desk: Desk) -> Urged:
    (room,) = urged(_todo(desk))
    return room


def test_rooms_that_owe_something_soon_are_listed_the_most_points_first(desk: Desk) -> None:
    desk.task("Không điểm", due=_LATE)
    desk.link(desk.task("Có điểm", room=OTHER_ROOM, due=TODAY + timedelta(days=5)), "1.1")
    desk.task("Xa", room=None, due=TODAY + timedelta(days=31))
    desk.task("Không hạn", room=None)
    assert [(room.name, len(room.all_tasks)) for room in urged(_todo(desk))] == [(OTHER_ROOM, 1), (OFFICE_ROOM, 1)]


def test_what_hangs_on_a_rooms_tasks_counts_each_criterion_once(desk: Desk) -> None:
    for title in ("Một", "Hai"):
        desk.link(desk.task(title, due=_LATE), "1.1")
    room = _only(desk)
    assert (room.stake.points, room.stake.criteria, room.stake.overdue) == (ONE, 1, 2)


def test_a_task_whose_room_is_not_known_is_urged_too(desk: Desk) -> None:
    desk.task("Không rõ phòng", room=None, due=_LATE)
    assert (_only(desk).name, _only(desk).room_id) == (NO_ROOM_NAME, "")


def test_the_text_names_the_room_every_task_its_day_and_what_hangs_on_it(desk: Desk) -> None:
    desk.link(desk.task("Gửi báo cáo quý.", due=_LATE, person="Chị Hoa"), "1.1", "1.4")
    desk.task("Rà soát", due=TODAY)
    desk.task("Tập huấn", due=TODAY + timedelta(days=20))
    text = urging_text(desk.database, _todo(desk), _only(desk))
    assert text.splitlines()[0] == "Kính gửi: Văn phòng Sở"
    assert (
        "Đến ngày 15/06/2024 còn 1 nhiệm vụ quá hạn, 1 nhiệm vụ đến hạn trong 7 ngày, "
        "1 nhiệm vụ đến hạn trong 8 đến 30 ngày. Gắn với 2,0000 điểm chưa đạt ở 2 tiêu chí."
    ) in text
    assert "1. Gửi báo cáo quý (hạn 12/06/2024, quá 3 ngày; Chị Hoa; tiêu chí 1.1, 1.4; 2,0000 điểm)." in text
    assert "1. Rà soát (hạn 15/06/2024, hôm nay)." in text
    assert "1. Tập huấn (hạn 05/07/2024, còn 20 ngày)." in text


def test_a_text_of_very_many_tasks_says_how_many_more_there_are(desk: Desk) -> None:
    for number in range(MOST_IN_A_TEXT + 2):
        desk.task(f"Việc {number}", due=_LATE if number % 2 else TODAY)
    text = urging_text(desk.database, _todo(desk), _only(desk))
    assert text.count("Việc ") == MOST_IN_A_TEXT
    assert "… và 2 nhiệm vụ khác" in text


def test_the_table_holds_everything_that_is_urged_and_only_that(desk: Desk) -> None:
    desk.link(desk.task("Muộn", due=_LATE, person="Anh Ba"), "1.1")
    desk.task("Sắp đến", room=OTHER_ROOM, due=TODAY + timedelta(days=7))
    desk.task("Xa", due=TODAY + timedelta(days=90))
    table = urging_table(desk.database, _todo(desk))
    names = [column.name for column in table.columns]
    shown = [names.index(name) for name in ("Phòng, đơn vị", "Nhiệm vụ", "Hạn", "Tình trạng", "Điểm chưa đạt")]
    assert [tuple(row[place] for place in shown) for row in table.rows] == [
        (OFFICE_ROOM, "Muộn", _LATE, "quá 3 ngày", ONE),
        (OTHER_ROOM, "Sắp đến", TODAY + timedelta(days=7), "còn 7 ngày", ZERO),
    ]


def test_without_an_assessment_no_points_are_told(desk: Desk) -> None:
    desk.task("Năm sau", year=2025, due=_LATE)
    todo = _todo(desk, 2025)
    (room,) = urged(todo)
    assert "điểm" not in urging_text(desk.database, todo, room)
    assert urging_table(desk.database, todo).rows[0][-1] is None


def test_illustrative_points_are_called_so(desk: Desk) -> None:
    rubric = read_rubric(NAM_DINH)
    year = next(each for each in periods_for(rubric.id, rubric.year) if each.code == "year")
    made = scoring.create_assessment(
        desk.database, desk.person(Role.ADMIN), unit_id=desk.department_id, rubric=rubric, period=year
    )
    task = desk.task("Kế hoạch", due=_LATE)
    confirm(desk.database, desk.officer, task_id=task, assessment_id=made.id, code=rubric.leaves[0].code)
    todo = _todo(desk, assessment_id=made.id)
    (room,) = urged(todo)
    text = urging_text(desk.database, todo, room)
    assert text.count("điểm minh hoạ") == text.count("điểm ")
    assert urging_table(desk.database, todo).note.endswith(ILLUSTRATIVE_NOTE)
    assert len(todo.ranked[DueGroup.OVERDUE]) == 1


def test_the_table_of_rooms_counts_what_each_owes_and_the_points_once(desk: Desk) -> None:
    for title in ("Một", "Hai"):
        desk.link(desk.task(title, due=_LATE), "1.1")
    desk.task("Ba", due=TODAY + timedelta(days=3))
    desk.task("Bốn", room=OTHER_ROOM, due=TODAY + timedelta(days=10))
    table = rooms_table(_todo(desk))
    assert table.rows == ((OFFICE_ROOM, ONE, 2, 1, 0, 1), (OTHER_ROOM, ZERO, 0, 0, 1, 0))
    assert [column.name for column in table.columns][1:3] == ["Điểm chưa đạt", "Quá hạn"]


def test_the_lead_as_printed_is_named_where_no_room_was_recognised(desk: Desk) -> None:
    task = desk.task("Duy trì ISO", room=None, due=_LATE)
    with desk.database.write() as connection:
        before = kept.find(connection, kept.TASKS, task)
        assert before is not None
        kept.change(connection, kept.TASKS, before, {"lead_text": "Thư ký ISO"}, desk.officer.actor)
    text = urging_text(desk.database, _todo(desk), _only(desk))
    assert text.startswith("Kính gửi: các phòng, đơn vị liên quan")
    assert "Duy trì ISO (hạn 12/06/2024, quá 3 ngày; Thư ký ISO)." in text
