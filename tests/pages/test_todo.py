"""Việc cần làm: what it lists is what the core lists, a room sees its own, and nobody sees what is not theirs."""

from typing import Any

import pytest

from cchc_core.permissions import Role, State
from cchc_core.rules.decimals import format_points
from cchc_core.store.users import User
from cchc_core.task_links.keeping import confirm, links_of
from cchc_core.tasks.draft import TaskDraft
from cchc_core.tasks.model import Task
from cchc_core.todo.reading import MOST_SHOWN, Todo, read_todo
from cchc_core.todo.urging import urged, urging_text
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import HOME, TODO, Office, Screen, as_read
from tests.pages.task_desk import ROOM, day, department, plan, tasks_of, today

YEAR = 2022
_STRANGE = "Phòng Lạ"


def _three(office: Office, year: int = YEAR) -> tuple[Task, ...]:
    """Store three tasks: overdue and the room's, due soon, and far away; the first two serve criteria."""
    plan(
        office,
        TaskDraft("1", "Sáng kiến, giải pháp mới trong CCHC", lead_text=ROOM, time_text=day(-10)),
        TaskDraft("2", "Tinh giản biên chế", lead_text=_STRANGE, time_text=day(3)),
        TaskDraft("3", "Họp giao ban", lead_text=_STRANGE, time_text=day(90)),
        year=year,
    )
    return tasks_of(office, year)


def _link(office: Office, task: Task, *codes: str, rubric_id: str = SOC_TRANG) -> None:
    for code in codes:
        confirm(
            office.database,
            office.person(Role.OFFICER),
            task_id=task.id,
            assessment_id=office.assessment(rubric_id).id,
            code=code,
        )


def _open(office: Office, role: Role = Role.OFFICER, rubric_id: str = SOC_TRANG, **query: str) -> Screen:
    return office.screen(role).open(TODO, bang=office.assessment(rubric_id).id, **query)


def _todo(office: Office, role: Role = Role.OFFICER, rubric_id: str = SOC_TRANG) -> Todo:
    opened = office.assessment(rubric_id)
    user: User = office.person(role)
    return read_todo(office.database, user, department(office), opened.year, today(), assessment_id=opened.id)


def _links(screen: Screen, words: str) -> list[str]:
    return [link.label.removeprefix(words).strip() for link in screen.elements("page_link") if words in link.label]


def test_tasks_and_criteria_are_listed_as_the_core_lists_them(office: Office) -> None:
    first, second, _ = _three(office)
    _link(office, first, "I.1.5.3")
    _link(office, second, "I.5.3")
    screen, todo = _open(office), _todo(office)
    assert [as_read(each) for each in _links(screen, "Mở nhiệm vụ")] == ["1", "2"]
    shown = [each.criterion.code for each in todo.unscored[:MOST_SHOWN]]
    assert [as_read(each) for each in _links(screen, "Mở phiếu chấm")] == shown
    read = as_read(screen.texts())
    assert "Quá 10 ngày" in read
    assert "Tiêu chí I.1.5.3 · **2,0000 điểm** chưa đạt" in read
    assert "Còn 3 ngày" in read


def test_the_cards_are_the_sums_of_the_lists(office: Office) -> None:
    first, second, _ = _three(office)
    _link(office, first, "I.1.5.3", "I.5.3")
    _link(office, second, "I.5.3")
    todo = _todo(office)
    cards = {card.label: (card.value, card.delta) for card in _open(office).at.metric}
    unscored = sum(each.points for each in todo.unscored)
    assert cards == {
        "Nhiệm vụ quá hạn": ("1", "2,5000 điểm chưa đạt"),
        "Hạn trong 7 ngày": ("1", "0,5000 điểm chưa đạt"),
        "Hạn 8 đến 30 ngày": ("0", "0,0000 điểm chưa đạt"),
        "Tiêu chí chưa chấm": (str(len(todo.unscored)), f"{format_points(unscored)} điểm đang tính 0"),  # type: ignore[arg-type]
        "Thiếu tài liệu": ("0", "0,0000 điểm đã tự chấm"),
    }


def test_more_lines_than_fit_are_shown_by_a_switch(office: Office) -> None:
    plan(office, *(TaskDraft(str(n), f"Việc {n}", time_text=day(-n)) for n in range(1, 12)), year=YEAR)
    screen = _open(office)
    assert len(_links(screen, "Mở nhiệm vụ")) == MOST_SHOWN
    next(toggle for toggle in screen.at.toggle if toggle.label == "Hiện cả 11").set_value(True)
    assert len(_links(screen.run(), "Mở nhiệm vụ")) == 11


def test_a_room_sees_its_own_and_has_nobody_to_urge(office: Office) -> None:
    first, second, _ = _three(office)
    _link(office, first, "I.1.5.3")
    _link(office, second, "I.5.3")
    screen = _open(office, Role.ROOM)
    assert [as_read(each) for each in _links(screen, "Mở nhiệm vụ")] == ["1"]
    assert [as_read(each) for each in _links(screen, "Mở phiếu chấm")] == ["I.1.5.3"]
    assert "Tinh giản biên chế" not in screen.texts()
    assert "Kính gửi" not in _texts(_open(office, Role.ROOM, muc="don-doc"))


@pytest.mark.parametrize("part", ["viec", "don-doc", "diem", "gan-tieu-chi"])
@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_an_appraiser_finds_nothing_to_do(office: Office, part: str, state: State) -> None:
    first, *_ = _three(office)
    _link(office, first, "I.1.5.3")
    opened = office.assessment(SOC_TRANG, "year")
    office.put_into(opened.id, state)
    screen = office.screen(Role.APPRAISER).open(TODO, bang=opened.id, nam=str(YEAR), muc=part)
    assert "Sáng kiến" not in screen.texts()
    assert "vai trò của bạn không xem được" in screen.texts()
    home = office.screen(Role.APPRAISER).open(HOME, bang=opened.id)
    assert "Việc cần làm" not in [header.value for header in home.at.subheader]
    assert "Sáng kiến" not in home.texts()


def test_the_first_page_begins_with_what_presses_most(office: Office) -> None:
    first, *_ = _three(office)
    _link(office, first, "I.1.5.3")
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(HOME, bang=opened.id)
    assert screen.at.subheader[0].value == "Việc cần làm"
    assert "**1** nhiệm vụ quá hạn · **1** nhiệm vụ đến hạn trong 7 ngày" in screen.texts()
    assert "2,0000 điểm" in screen.texts()
    assert "Xem tất cả việc cần làm" in [link.label for link in screen.elements("page_link")]


def test_a_set_without_printed_points_says_that_its_points_are_illustrative(office: Office) -> None:
    first, *_ = _three(office, 2024)
    code = office.sheet(office.assessment(NAM_DINH).id).rubric.leaves[0].code
    _link(office, first, code, rubric_id=NAM_DINH)
    for part in ("viec", "don-doc"):
        read = as_read(_texts(_open(office, rubric_id=NAM_DINH, muc=part)))
        assert "điểm minh hoạ" in read
        assert not [line for line in read.splitlines() if "0000 điểm" in line and "0000 điểm minh hoạ" not in line]


def test_a_year_without_an_assessment_shows_its_tasks_and_says_what_is_missing(office: Office) -> None:
    _three(office, 2030)
    screen = _open(office, nam="2030")
    assert [as_read(each) for each in _links(screen, "Mở nhiệm vụ")] == ["1", "2"]
    assert "Năm 2030 chưa có bảng chấm điểm" in screen.texts()
    assert "chưa có bảng chấm điểm" in _open(office, nam="2030", muc="gan-tieu-chi").texts()


def test_the_text_to_send_is_the_cores_for_the_chosen_room(office: Office) -> None:
    first, *_ = _three(office)
    _link(office, first, "I.1.5.3")
    screen = _open(office, muc="don-doc")
    rooms = {room.name: room for room in urged(_todo(office))}
    assert _code(screen) == urging_text(office.database, _todo(office), rooms[ROOM])
    box = next(box for box in screen.at.selectbox if box.label == "Phòng, đơn vị")
    other = next(option for option in box.options if option.startswith("Chưa rõ"))
    box.set_value(_key_of(box, other))
    assert f"Tinh giản biên chế (nhiệm vụ 2; hạn {day(3)}, còn 3 ngày; {_STRANGE})." in _code(screen.run())
    assert screen.at.query_params["phong"] == "chua-ro"


def _key_of(box: Any, label: str) -> str:
    return "chua-ro" if label.startswith("Chưa rõ") else label


def _code(screen: Screen) -> str:
    (box,) = screen.at.code
    return str(box.value)


def _texts(screen: Screen) -> str:
    return "\n".join([screen.texts(), *(str(box.value) for box in screen.at.code)])


def test_what_hangs_on_tasks_is_drawn_by_room_day_and_person(office: Office) -> None:
    first, *_ = _three(office)
    _link(office, first, "I.1.5.3")
    screen = _open(office, muc="diem")
    assert [header.value for header in screen.at.subheader] == [
        "Theo phòng, đơn vị",
        "Theo thời hạn",
        "Theo người thực hiện",
    ]
    for table in screen.at.table:
        *_, total = table.value.values.tolist()
        assert [as_read(cell) for cell in total[1:]] == ["2,0000", "2,0000", "3", "1", "1"]


def test_choosing_among_suggestions_links_the_chosen_and_drops_the_rest(office: Office) -> None:
    first, *_ = _three(office)
    screen = _open(office, muc="gan-tieu-chi")
    boxes = [box for box in screen.at.checkbox if str(box.key).startswith(f"choose {first.id} ")]
    codes = [str(box.key).rpartition(" ")[2] for box in boxes]
    assert "I.1.5.3" in codes
    assert not any(box.value for box in boxes)
    next(box for box in boxes if str(box.key).endswith(" I.1.5.3")).set_value(True)
    screen.press(f"settle {first.id}")
    links = links_of(office.database, office.person(Role.OFFICER), first.id, office.assessment(SOC_TRANG).id)
    assert links.codes == {"I.1.5.3"}
    assert {link.code for link in links.refused} == set(codes) - {"I.1.5.3"}
    assert f"settle {first.id}" not in [str(button.key) for button in screen.at.button]


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_may_not_link_is_not_offered_to(office: Office, role: Role) -> None:
    _three(office)
    screen = _open(office, role, muc="gan-tieu-chi")
    assert not [button for button in screen.at.button if str(button.key).startswith("settle ")]
    assert "Mọi nhiệm vụ đều đã gắn" not in screen.texts()
    assert "Nhiệm vụ quá hạn" in [card.label for card in screen.at.metric]


def test_words_of_a_task_are_shown_letter_by_letter(office: Office) -> None:
    hostile = "Báo cáo **đậm** [liên kết](http://example.com) <b>x</b> :red[đỏ]"
    plan(office, TaskDraft("1", hostile, lead_text=ROOM, time_text=day(-1)), year=YEAR)
    for part in ("viec", "gan-tieu-chi"):
        assert hostile in as_read(_open(office, muc=part).texts())
        assert hostile not in _open(office, muc=part).texts()
