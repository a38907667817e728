"""What a printed plan becomes: one occurrence for each product and each time, held to what ``plan show`` says."""

from datetime import date

import pytest

from cchc_core.plans.document import plan_to_json
from cchc_core.plans.files import list_plans, read_plan
from cchc_core.plans.model import Product
from cchc_core.tasks.draft import TaskDraft, draft_of, occurrences_of
from cchc_core.time_reading import TimeKind


def _parts(plan_id: str, code: str) -> list[tuple[str, str, date | None]]:
    plan = read_plan(plan_id)
    task = next(task for task in draft_of(plan).tasks if task.code == code)
    return [(each.product[:10], each.time_text[:10], each.due) for each in task.occurrences(plan.year)]


@pytest.mark.parametrize("plan_id", list_plans())
def test_the_due_days_of_every_shipped_task_are_those_that_the_plan_shows(plan_id: str) -> None:
    plan = read_plan(plan_id)
    shown = {task["code"]: {due["date"] for due in task["due"]} - {None} for task in plan_to_json(plan)["tasks"]}
    drafted = {
        task.code: {each.due.isoformat() for each in task.occurrences(plan.year) if each.due}
        for task in draft_of(plan).tasks
    }
    assert drafted == shown


@pytest.mark.parametrize("plan_id", list_plans())
def test_every_product_of_a_shipped_plan_is_delivered_at_least_once(plan_id: str) -> None:
    plan = read_plan(plan_id)
    for task, draft in zip(plan.tasks, draft_of(plan).tasks, strict=True):
        parts = draft.occurrences(plan.year)
        assert parts
        assert {product.text for product in task.products} <= {each.product for each in parts}
        assert set(task.times) <= {each.time_text for each in parts}
        assert all(each.reading for each in parts)


def test_a_task_that_recurs_is_due_each_time() -> None:
    assert [due for _, _, due in _parts("khanhhoa-snv-2024", "B.I.4")] == [
        date(2024, month, 13) for month in (3, 6, 9, 12)
    ]


def test_products_have_their_own_dates_and_another_products_date_is_not_theirs() -> None:
    assert _parts("namdinh-tnmt-2024", "1.1.1") == [
        ("Kế hoạch C", "Kế hoạch t", date(2023, 12, 30)),
        ("Báo cáo CC", "", None),
        ("Báo cáo ki", "", None),
    ]


def test_two_products_with_two_dates_take_them_in_printed_order() -> None:
    assert _parts("soctrang-tttt-2022", "7.1") == [
        ("Kế hoạch t", "Trong vòng", date(2022, 1, 27)),
        ("Báo cáo kế", "Trong vòng", date(2022, 12, 31)),
    ]


def test_the_time_of_the_column_and_the_one_in_the_title_are_both_held() -> None:
    assert [due for _, _, due in _parts("soctrang-tttt-2022", "7.8")] == [
        date(2022, 12, 31),
        *(date(2022, month, 16) for month in (3, 6, 9, 12)),
    ]


def test_the_products_own_date_stands_beside_the_column() -> None:
    assert [(product, due) for product, _, due in _parts("khanhhoa-snv-2024", "B.VI.4")] == [
        ("Đến ngày 1", date(2024, 12, 15)),
        ("", date(2024, 12, 31)),
    ]


def test_a_recurring_time_is_each_products() -> None:
    parts = occurrences_of([("Báo cáo", "hàng quý"), ("Biên bản", "hàng quý")], 2024)
    assert [(each.product, each.due) for each in parts] == [
        (product, date(2024, month, day))
        for product in ("Báo cáo", "Biên bản")
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    ]


def test_a_task_of_which_nothing_is_printed_is_still_delivered_once() -> None:
    (only,) = TaskDraft("1", "Việc").occurrences(2024)
    assert (only.product, only.due, only.time_kind) == ("", None, TimeKind.OPEN)
    assert "không ghi thời gian" in only.reading


def test_two_products_of_the_same_name_are_two() -> None:
    twice = TaskDraft("1", "Việc", products=(Product("Báo cáo"), Product("Báo cáo")), time_text="Quý I")
    assert [(each.product, each.due) for each in twice.occurrences(2024)] == [("Báo cáo", date(2024, 3, 31))] * 2


def test_a_remark_is_said_beside_the_reading_of_each_day() -> None:
    parts = occurrences_of([("", "hàng quý"), ("Sổ", "Quý I")], 2024, ("Năm trước khác.", ""))
    assert [each.reading.endswith("Năm trước khác.") for each in parts] == [True] * 4 + [False]
