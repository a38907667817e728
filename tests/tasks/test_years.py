"""Years in printed texts when a plan is copied: deadlines move, documents and stretches of years stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_core.plans.files import list_plans, read_plan
from cchc_core.tasks.years import moved_time, moved_title
from cchc_core.text import nfc
from cchc_core.time_reading import read_time


@pytest.mark.parametrize(
    ("printed", "moved"),
    [
        ("Trước ngày 15/01/2024", "Trước ngày 15/01/2025"),
        ("Trước ngày 31/12/2023", "Trước ngày 31/12/2024"),
        ("Quý I/2024", "Quý I/2025"),
        ("Thường xuyên trong năm 2024", "Thường xuyên trong năm 2025"),
        ("Quý I", "Quý I"),
        ("Theo Kế hoạch số 43/KH-STTTT ngày 31/12/2021", "Theo Kế hoạch số 43/KH-STTTT ngày 31/12/2021"),
        ("Theo Nghị định 61/2018/NĐ-CP, trước 30/6/2024", "Theo Nghị định 61/2018/NĐ-CP, trước 30/6/2025"),
        ("Theo Quyết định số 12/QĐ-UBND năm 2020", "Theo Quyết định số 12/QĐ-UBND năm 2020"),
        ("Giai đoạn 2021-2025", "Giai đoạn 2021-2025"),
        ("Số 120240 không phải năm", "Số 120240 không phải năm"),
    ],
)
def test_a_printed_time_moves_with_its_plan(printed: str, moved: str) -> None:
    assert moved_time(printed, 2024, 2025) == moved


@pytest.mark.parametrize(
    ("printed", "moved"),
    [
        ("Kế hoạch CCHC năm 2024", "Kế hoạch CCHC năm 2025"),
        ("Báo cáo kết quả năm 2023", "Báo cáo kết quả năm 2023"),
        ("Mục tiêu đến năm 2024", "Mục tiêu đến năm 2024"),
        ("Thực hiện giai đoạn 2024-2030", "Thực hiện giai đoạn 2024-2030"),
        ("Thực hiện Quyết định 5/QĐ-BNV năm 2024", "Thực hiện Quyết định 5/QĐ-BNV năm 2024"),
    ],
)
def test_a_title_moves_by_its_plans_own_year_alone(printed: str, moved: str) -> None:
    assert moved_title(printed, 2024, 2025) == moved


@given(st.text(max_size=60), st.integers(2001, 2098))
def test_moving_to_the_same_year_changes_nothing(text: str, year: int) -> None:
    assert moved_time(text, year, year) == moved_title(text, year, year) == nfc(text)


@pytest.mark.parametrize("plan_id", list_plans())
def test_every_shipped_time_is_read_one_year_later_when_it_is_moved(plan_id: str) -> None:
    plan = read_plan(plan_id)
    for text in {text for task in plan.tasks for text in task.times}:
        before = read_time(text, plan.year)
        after = read_time(moved_time(text, plan.year, plan.year + 1), plan.year + 1)
        assert [(due.date.month, due.date.year + 1) for due in before.due] == [
            (due.date.month, due.date.year) for due in after.due
        ]
        assert before.kind is after.kind
