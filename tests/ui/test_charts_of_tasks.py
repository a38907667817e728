"""Charts of tasks: every task and every due day is in them once, marks stay few, names are shown letter by letter."""

from datetime import date, timedelta

import pytest

from cchc_core.tasks.life import Timeliness
from cchc_core.tasks.timeline import Mark, Timeline
from cchc_core.tasks.totals import RoomTotals
from ui.charts import MOST_MARKS, marks
from ui.charts.task_rooms import task_bars
from ui.charts.task_timeline import task_timeline

TODAY = date(2026, 6, 1)
DAY = date(2026, 3, 31)
COUNTS = {"early": 1, "on_time": 2, "undated": 1, "late": 3, "open": 4, "due_soon": 1, "no_due": 2, "overdue": 5}
ROOM = RoomTotals(room_id="a", name="Văn phòng <b>Sở</b>", tasks=20, done=7, dropped=1, **COUNTS)


def _mark(day: date = DAY, stand: Timeliness = Timeliness.OVERDUE, room: str = "a", task: str = "t") -> Mark:
    return Mark(day, stand, room, f"Phòng {room}", task_id=task, code="1", title=f"Việc {task} <i>")


def test_the_parts_of_a_bar_add_up_to_the_tasks_of_the_room() -> None:
    figure = task_bars([ROOM])
    assert sum(trace.x[0] for trace in figure.data) == 20
    assert len({trace.marker.color + trace.marker.pattern.shape for trace in figure.data}) == len(figure.data)


def test_a_bar_says_its_room_letter_by_letter_and_how_much_is_done() -> None:
    (name,) = task_bars([ROOM]).layout.annotations
    assert name.text == "Văn phòng &lt;b&gt;Sở&lt;/b&gt; <b>7/20</b> · 35,00 %"


def test_no_room_and_thousands_of_rooms_are_drawn_with_few_marks() -> None:
    assert len(task_bars([]).data) == 0
    assert marks(task_bars([ROOM] * 5_000)) <= MOST_MARKS


def test_due_days_that_fall_together_and_stand_alike_are_one_mark_with_their_number() -> None:
    line = Timeline((_mark(task="t1"), _mark(task="t2"), _mark(room="b"), _mark(stand=Timeliness.EARLY)), False)
    overdue, early = task_timeline(line, 2026, TODAY).data
    assert (list(overdue.text), list(early.text)) == (["2", ""], [""])
    assert overdue.customdata[0] == "<b>31/03/2026</b> · 2 hạn<br>1 Việc t1 &lt;i&gt;<br>1 Việc t2 &lt;i&gt;"


def test_a_mark_of_one_task_is_chosen_as_that_task_and_no_two_marks_are_taken_for_one() -> None:
    line = Timeline((_mark(task="t1"), _mark(task="t2"), _mark(room="b", task="t3"), _mark(room="c", task="t4")), False)
    (trace,) = task_timeline(line, 2026, TODAY).data
    assert list(trace.ids[1:]) == ["t3", "t4"]
    assert len(set(trace.ids)) == 3
    assert not {"t1", "t2"} & set(trace.ids)


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 2, 1)])
def test_a_day_outside_the_year_is_within_the_chart(day: date) -> None:
    first, last = task_timeline(Timeline((_mark(day),), False), 2026, TODAY).layout.xaxis.range
    assert first < day.isoformat() < last


def test_a_year_of_thousands_of_due_days_stays_within_what_a_browser_draws() -> None:
    days = [date(2026, 1, 1) + timedelta(days=each % 365) for each in range(5_000)]
    line = Timeline(tuple(_mark(day, room=str(place % 5)) for place, day in enumerate(days)), False)
    assert marks(task_timeline(line, 2026, TODAY)) <= MOST_MARKS


def test_today_is_marked_in_its_own_year_alone() -> None:
    line = Timeline((_mark(),), False)
    assert len(task_timeline(line, 2026, TODAY).layout.shapes) == 1
    assert len(task_timeline(line, 2026, date(2028, 1, 1)).layout.shapes) == 0
