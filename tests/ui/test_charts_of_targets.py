from datetime import date, datetime
from decimal import Decimal

import pytest

from cchc_core.plan_targets.keeping import Measured
from cchc_core.plan_targets.measuring import goal_of
from cchc_core.store.plan_targets import StoredTarget
from ui.charts.targets import MOST_BARS, can_be_drawn, target_bars


def _measured(ordinal: int, operator: str, value: str, actual: str | None, unit: str = "%") -> Measured:
    stored = StoredTarget(
        id=f"t{ordinal}",
        department_id="d",
        year=2024,
        plan_id="p",
        ordinal=ordinal,
        text=f"Chỉ tiêu <b>{ordinal}</b>",
        operator=operator,
        value=value,
        unit=unit,
        deadline_text="",
        deadline=date(2024, 12, 31),
        task_code="",
        where="",
        is_repeat=False,
        print_note="",
        source="typed",
        source_key="",
        actual=actual or "",
        note="",
        version=1,
        changed_by_name="",
        changed_at_utc=datetime(2024, 1, 1),  # noqa: DTZ001 (naive, as stored)
    )
    return Measured(stored, goal_of(operator, value, unit), None if actual is None else Decimal(actual), "nhập tay")


def test_percents_with_a_figure_are_drawn_and_nothing_else() -> None:
    listed = [_measured(1, ">=", "30", "25.5"), _measured(2, "=", "0", "1", "việc"), _measured(3, ">=", "30", None)]
    assert [can_be_drawn(each) for each in listed] == [True, False, False]


def test_each_target_has_a_bar_of_its_outcome_a_mark_at_its_goal_and_its_text() -> None:
    figure = target_bars([_measured(1, ">=", "30", "25.5"), _measured(2, ">", "87", "90")])
    drawn = {trace.name: (list(trace.y), list(trace.x)) for trace in figure.data}
    assert drawn == {"Đạt": ([1], ["90"]), "Chưa đạt": ([0], ["25.5"])}
    assert [shape.x0 for shape in figure.layout.shapes] == ["30", "87"]
    texts = [note.text for note in figure.layout.annotations]
    assert texts[0].startswith("<b>25,5 % / từ 30 %</b>")
    assert all("&lt;b&gt;" in text for text in texts)


def test_an_actual_value_above_a_hundred_percent_stays_in_the_picture() -> None:
    figure = target_bars([_measured(1, ">=", "110", "120")])
    assert list(figure.layout.xaxis.range) == [0, "120.6"]


@pytest.mark.parametrize(("actual", "last"), [("40", 100), ("119", 100), ("120", 120), ("900", 900)])
def test_the_axis_names_its_last_round_percent_and_stays_readable(actual: str, last: int) -> None:
    axis = target_bars([_measured(1, ">=", "30", actual)]).layout.xaxis
    marks = list(axis.tickvals)
    assert (marks[0], marks[-1], axis.ticktext[-1]) == (0, last, f"{last} %")
    assert len(marks) <= 11


def test_no_more_is_drawn_than_a_chart_can_carry() -> None:
    figure = target_bars([_measured(number, ">=", "30", "40") for number in range(MOST_BARS + 5)])
    assert len(figure.layout.annotations) == MOST_BARS
