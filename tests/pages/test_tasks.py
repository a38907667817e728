"""The page of tasks: what it lists is what the core lists, and it is drawn for each as far as they may."""

import re

import pytest

from cchc_core.permissions import Role
from cchc_core.tasks import asked
from cchc_core.tasks.draft import TaskDraft
from cchc_core.tasks.keeping import adopt_plan
from cchc_core.tasks.life import TaskState
from cchc_core.tasks.listing import PER_PAGE
from cchc_core.tasks.query import DueFilter
from cchc_core.tasks.totals import room_totals
from tests.pages.screen import Office, as_read
from tests.pages.task_desk import ROOM, YEAR, department, listed, open_page, plan, tasks_of, three_tasks, today


def test_a_year_without_tasks_shows_the_ways_to_add_some(office: Office) -> None:
    screen = open_page(office)
    assert "chưa có nhiệm vụ nào. Hãy nhập kế hoạch từ Excel" in screen.texts()
    assert screen.has_button("adopt plan")
    assert [box.label for box in screen.elements("file_uploader")] == ["Tệp kế hoạch"]


@pytest.mark.parametrize("role", [Role.LEADER, Role.ROOM, Role.ADMIN])
def test_who_may_not_plan_is_told_whom_to_ask(office: Office, role: Role) -> None:
    screen = open_page(office, role)
    assert "nhờ cán bộ đầu mối nhập kế hoạch" in screen.texts()
    assert not screen.has_button("adopt plan")
    assert not screen.at.get("file_uploader")


def test_an_appraiser_finds_no_tasks(office: Office) -> None:
    three_tasks(office)
    screen = open_page(office, Role.APPRAISER)
    assert "Lập kế hoạch rà soát" not in screen.texts()
    assert "vai trò của bạn không xem được" in screen.texts()


def test_a_shipped_plan_is_taken_over_for_the_open_year(office: Office) -> None:
    screen = open_page(office, year=2025)
    screen.at.selectbox(key="_tasks_shipped").set_value("namdinh-sxd-2024")
    screen.run().press("adopt plan")
    assert "Đã lấy kế hoạch cho năm 2025." in as_read(screen.texts())
    assert len(tasks_of(office, 2025)) == 43
    assert "**43 nhiệm vụ** · trang 1/2" in screen.texts()
    assert "đã có" in screen.press("adopt plan").errors()
    assert len(tasks_of(office, 2025)) == 43


def test_the_cards_count_what_the_core_counts(office: Office) -> None:
    three_tasks(office)
    cards = [(card.label, card.value) for card in open_page(office).at.metric]
    assert cards == [
        ("Nhiệm vụ", "3"),
        ("Hoàn thành", "0"),
        ("Quá hạn", "1"),
        ("Đến hạn", "1"),
        ("Đến hạn", "1"),
        ("Chưa có hạn", "1"),
    ]


def test_pages_are_turned_and_a_page_beyond_the_last_is_the_last(office: Office) -> None:
    plan(office, *(TaskDraft(str(number), f"Việc {number}") for number in range(1, 36)))
    ids = [task.id for task in tasks_of(office)]
    screen = open_page(office)
    assert listed(screen) == ids[:PER_PAGE]
    assert listed(screen.press("tasks after")) == ids[PER_PAGE:]
    assert screen.at.query_params["trang"] == "2"
    assert listed(screen.press("tasks before")) == ids[:PER_PAGE]
    assert listed(open_page(office, trang="99")) == ids[PER_PAGE:]
    assert listed(open_page(office, trang="-1")) == ids[:PER_PAGE]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"han": "qua-han"}, ["1"]),
        ({"han": "7-ngay"}, ["2"]),
        ({"han": "chua-co-han"}, ["3"]),
        ({"tt": "chua-lam"}, ["1", "2", "3"]),
        ({"tt": "hoan-thanh"}, []),
        ({"phong": "chua-ro"}, ["2", "3"]),
        ({"nhom": "II"}, ["3"]),
        ({"loai": "duoc-giao"}, []),
        ({"tim": "BAO CAO"}, ["2"]),
        ({"tim": "giao ban", "han": "qua-han"}, []),
        ({"xep": "gap"}, ["1", "2", "3"]),
        ({"tt": "sai", "han": "", "xep": "?"}, ["1", "2", "3"]),
    ],
)
def test_each_filter_of_an_address_lists_what_it_says(office: Office, query: dict[str, str], codes: list[str]) -> None:
    code_of = {task.id: task.code for task in three_tasks(office)}
    screen = open_page(office, Role.OFFICER, YEAR, **query)
    assert [code_of[task_id] for task_id in listed(screen)] == codes
    assert f"**{len(codes)} nhiệm vụ**" in screen.texts()
    assert ("Không có nhiệm vụ nào hợp với các ô lọc" in screen.texts()) is (not codes)


def test_a_choice_says_how_many_tasks_are_behind_it_and_is_written_into_the_address(office: Office) -> None:
    tasks = three_tasks(office)
    screen = open_page(office)
    due = next(box for box in screen.at.selectbox if box.label == "Hạn")
    assert "Quá hạn, chưa hoàn thành (1)" in due.options
    assert f"{ROOM} (1)" in next(box for box in screen.at.selectbox if box.label == "Phòng, đơn vị").options
    screen.choose("Hạn", "qua-han")
    assert screen.at.query_params["han"] == "qua-han"
    assert listed(screen) == [tasks[0].id]
    assert listed(screen.press("tasks no filter")) == [task.id for task in tasks]
    assert "han" not in screen.at.query_params


def test_every_word_of_an_address_has_a_choice_of_the_core() -> None:
    assert set(asked.STATES) == set(TaskState)
    assert set(asked.DUES) == set(DueFilter)
    words = [*asked.STATES.values(), *asked.DUES.values(), *asked.KINDS.values(), *asked.ORDERS.values()]
    assert all(re.fullmatch("[a-z0-9-]+", word) for word in words)


def test_an_address_opens_a_task_and_puts_it_first(office: Office) -> None:
    tasks = three_tasks(office)
    screen = open_page(office, nv=tasks[2].id)
    assert listed(screen)[0] == tasks[2].id
    assert screen.has_button(f"save report {tasks[2].occurrences[0].id}")


def test_an_opened_task_that_the_filters_leave_out_is_shown_all_the_same(office: Office) -> None:
    tasks = three_tasks(office)
    screen = open_page(office, nv=tasks[2].id, han="qua-han")
    assert listed(screen) == [tasks[2].id, tasks[0].id]
    assert "không nằm trong các nhiệm vụ đang lọc" in screen.texts()


def test_an_address_with_a_task_that_is_none_says_so(office: Office) -> None:
    tasks = three_tasks(office)
    screen = open_page(office, nv="../*khong*")
    assert "không tìm thấy nhiệm vụ «../*khong*»" in as_read(screen.texts())
    assert listed(screen) == [task.id for task in tasks]


def test_the_board_has_a_column_for_each_state_and_a_card_leads_to_the_task(office: Office) -> None:
    tasks = three_tasks(office)
    screen = open_page(office, kieu="cot")
    assert "**Chưa thực hiện** (3)" in screen.texts()
    assert "**Hoàn thành** (0)" in screen.texts()
    screen.press(f"open card {tasks[1].id}")
    assert listed(screen)[0] == tasks[1].id
    assert screen.at.query_params["kieu"] == "bang"


def test_a_column_shows_the_most_urgent_and_leads_to_all_of_them(office: Office) -> None:
    plan(office, *(TaskDraft(str(number), f"Việc {number}") for number in range(1, 20)))
    screen = open_page(office, kieu="cot")
    assert sum(str(button.key).startswith("open card") for button in screen.at.button) == 12
    assert len(listed(screen.press("all not_started"))) == 19


def test_the_rooms_are_those_of_the_core_and_lead_to_their_tasks(office: Office) -> None:
    three_tasks(office)
    person = office.person(Role.LEADER)
    totals = room_totals(office.database, person, department(office), 2026, today())
    rows = open_page(office, Role.LEADER, kieu="theo-phong").at.table[0].value.values.tolist()
    assert [(row[0].split("]")[0].lstrip("["), row[1]) for row in rows[:-1]] == [
        (room.name, str(room.tasks)) for room in totals
    ]
    assert rows[-1][:2] == ["Cộng", "3"]
    assert f"phong={totals[0].room_id}" in rows[0][0]
    assert "phong=chua-ro" in rows[1][0]


def test_the_line_of_days_has_the_same_figures_by_month_as_a_table(office: Office) -> None:
    three_tasks(office)
    table = open_page(office, kieu="thoi-gian").at.table[0].value
    assert sum(int(count) for count in table["Số hạn"]) == 2


def test_tasks_without_any_day_say_what_to_do_instead_of_a_chart(office: Office) -> None:
    plan(office, TaskDraft("1", "Việc"))
    screen = open_page(office, kieu="thoi-gian")
    assert "chưa có hạn nào. Hãy mở từng nhiệm vụ để ghi hạn" in screen.texts()


def test_the_files_are_led_to_with_the_filters_that_hold(office: Office) -> None:
    three_tasks(office)
    base = f"/nhiem-vu-tep/{department(office)}/2026/"
    screen = open_page(office, han="qua-han", kieu="bang", nv="x")
    links = [link.proto.url for link in screen.elements("link_button") if link.proto.url.startswith(base)]
    files = ["mau.xlsx", "danh-sach.xlsx", "danh-sach.csv", "phu-luc-1.xlsx", "ke-hoach.xlsx", "lich.ics"]
    assert links == [base + files[0], *(f"{base}{file}?han=qua-han" for file in files[1:])]


def test_what_people_typed_is_shown_letter_by_letter(office: Office) -> None:
    odd = "**đậm** [x](http://a) :red[đỏ] $x$ <b>"
    plan(office, TaskDraft("1", odd, "I", odd, lead_text=odd, note=odd, time_text=odd))
    (task,) = tasks_of(office)
    for view in ("bang", "cot"):
        shown = open_page(office, kieu=view, nv=task.id).texts()
        assert odd in as_read(shown)
        assert "[x](http://a)" not in "\n".join(line for line in shown.splitlines() if "**1**" in line)


def test_a_plan_is_copied_to_another_year_and_taken_out(office: Office) -> None:
    adopted = adopt_plan(office.database, office.person(Role.OFFICER), department(office), "soctrang-tttt-2022")
    screen = open_page(office, year=2022)
    screen.at.number_input(key=f"copy to {adopted}").set_value(2023)
    screen.run().press(f"copy {adopted}")
    assert "Đã chép kế hoạch sang năm 2023" in screen.texts()
    assert screen.at.query_params["nam"] == "2023"
    assert len(tasks_of(office, 2023)) == 45
    screen = open_page(office, year=2022)
    assert screen.at.button(key=f"end {adopted}").disabled
    screen.at.checkbox(key=f"end sure {adopted}").set_value(True)
    screen.run().press(f"end {adopted}")
    assert tasks_of(office, 2022) == ()
    assert len(tasks_of(office, 2023)) == 45
