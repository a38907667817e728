"""The plans that come along: every task, group and target of the print; what is odd in it is said, not repaired."""

from collections import Counter
from decimal import Decimal

import pytest

from cchc_core.plans.files import list_plans, plan_path, read_plan, readable_plans
from cchc_core.rubric_files import read_rubric

XAY_DUNG, SOC_TRANG, KHANH_HOA, TNMT = (
    "namdinh-sxd-2024",
    "soctrang-tttt-2022",
    "khanhhoa-snv-2024",
    "namdinh-tnmt-2024",
)

COUNTS = {
    XAY_DUNG: {"I": 8, "II": 10, "III": 6, "IV": 4, "V": 2, "VI": 3, "VII": 2, "VIII": 6, "IX": 2},
    SOC_TRANG: {"1": 4, "2": 6, "3": 5, "4": 6, "5": 5, "6": 10, "7": 9},
    KHANH_HOA: {
        "A.I": 3, "A.II": 1, "A.III": 2, "A.IV": 1, "A.V": 1,
        "B.I": 7, "B.II": 2, "B.III": 11, "B.IV": 5, "B.V": 6, "B.VI": 4, "B.VII": 5,
    },
    TNMT: {"1": 15, "2": 9, "3": 19, "4": 11, "5": 19, "6": 10, "7": 23, "8": 15},
}  # fmt: skip


@pytest.mark.parametrize("plan_id", COUNTS)
def test_every_group_has_the_tasks_of_the_print_in_its_order(plan_id: str) -> None:
    plan = read_plan(plan_id)
    assert [group.code for group in plan.groups] == list(COUNTS[plan_id])
    assert Counter(task.group for task in plan.tasks) == COUNTS[plan_id]
    places = [list(COUNTS[plan_id]).index(task.group) for task in plan.tasks]
    assert places == sorted(places)


def test_the_plans_have_as_many_tasks_and_targets_as_the_documents() -> None:
    plans, problems = readable_plans()
    assert problems == ()
    assert set(plans) == set(COUNTS) == set(list_plans())
    assert {name: len(plan.tasks) for name, plan in plans.items()} == {
        XAY_DUNG: 43,
        SOC_TRANG: 45,
        KHANH_HOA: 48,
        TNMT: 121,
    }
    assert {name: len(plan.targets) for name, plan in plans.items()} == {
        XAY_DUNG: 19,
        SOC_TRANG: 0,
        KHANH_HOA: 32,
        TNMT: 0,
    }
    parts = Counter(task.code.partition(".")[0] for task in plans[KHANH_HOA].tasks)
    assert parts == {"A": 8, "B": 40}


def test_codes_are_those_of_the_print() -> None:
    assert [task.code for task in read_plan(XAY_DUNG).tasks] == [str(number) for number in range(1, 44)]
    assert [task.code for task in read_plan(SOC_TRANG).tasks_of("6")] == [f"6.{number}" for number in range(1, 11)]
    for task in read_plan(KHANH_HOA).tasks:
        assert task.code.rpartition(".")[0] == task.group


@pytest.mark.parametrize("plan_id", COUNTS)
def test_every_task_says_where_it_stands_in_the_document(plan_id: str) -> None:
    assert all(task.source and "ục" in task.source for task in read_plan(plan_id).tasks)
    assert all(target.where for target in read_plan(plan_id).targets)


def test_the_criteria_of_the_environment_department_are_its_tasks() -> None:
    plan, rubric = read_plan(TNMT), read_rubric(TNMT)
    assert [(group.code, group.title) for group in plan.groups] == [(s.code, s.title) for s in rubric.sections]
    assert len(plan.tasks) == len(rubric.leaves) == 121
    for task, leaf in zip(plan.tasks, rubric.leaves, strict=True):
        assert (task.code, task.group, task.title) == (leaf.code, leaf.section, leaf.title)
        assert [product.text for product in task.products] == [evidence.text for evidence in leaf.evidence]
        assert (task.time, task.funding, task.lead) == (leaf.deadline, leaf.funding, leaf.responsible)
        assert (task.note, task.print_note, task.source) == (leaf.note, leaf.print_note, leaf.reference)
    assert sum(task.lead is None for task in plan.tasks) == 22
    # The cells of 8.1.2 and 8.2.2 hold a way of scoring, which stands in their notes.
    bare = [task.code for task in plan.tasks if not task.products]
    assert bare == ["1.5", "8.1.2", "8.2.2", "8.3.3", "8.4.2", "8.5", "8.6"]
    # 6.1.1 and 7.6.1 ask for 2023 in a plan of 2024.
    assert all("2023" in (plan.task(code).print_note or "") for code in ("6.1.1", "7.6.1", "7.4.5.d"))


def test_a_date_that_is_one_product_s_is_not_the_others() -> None:
    task = read_plan(TNMT).task("1.1.1")
    assert [task.time_of(product) for product in task.products] == ["Kế hoạch trước ngày 31/12/2023", None, None]
    task = read_plan(KHANH_HOA).task("B.VI.4")
    assert (task.time, task.products[0].time) == ("Trong năm 2024", "Đến ngày 15/12/2024")
    assert task.times == ("Trong năm 2024", "Đến ngày 15/12/2024")


def test_what_is_odd_in_the_plan_of_construction_is_kept_and_said() -> None:
    plan = read_plan(XAY_DUNG)
    assert [task.code for task in plan.tasks if not task.products] == ["18"]
    assert plan.task("30").lead == "Văn phòng Sở; Các đơn vị trực thuộc Sở"
    assert [task.code for task in plan.tasks if task.time == "Tháng 12/2023"] == ["12", "36", "38"]
    assert "năm 2023" in plan.task("11").title
    odd = [task.code for task in plan.tasks if task.print_note]
    assert odd == ["11", "12", "16", "18", "22", "30", "36", "37", "38"]
    assert not any(task.is_uncertain or task.how or task.note for task in plan.tasks)
    assert all(task.lead and task.coordinating and task.time and task.funding for task in plan.tasks)


def test_the_targets_of_construction_are_those_of_the_body_and_the_hidden_one() -> None:
    targets = read_plan(XAY_DUNG).targets
    assert [target.value for target in targets] == [100, 100, 70, *[100] * 5, 20, *[100] * 9, 40]
    assert Counter(target.operator for target in targets) == {"=": 16, ">": 2, ">=": 1}
    (satisfied,) = [target for target in targets if "tối thiểu 100%" in target.text]
    assert (satisfied.operator, satisfied.value) == (">=", Decimal(100))
    assert satisfied.print_note
    (hidden,) = read_plan(XAY_DUNG).targets_of("37")
    assert (hidden.value, hidden.deadline) == (Decimal(40), "trong năm")


def test_what_is_uncertain_in_soc_trang_stays_so() -> None:
    plan = read_plan(SOC_TRANG)
    assert {task.code: task.uncertain for task in plan.tasks if task.is_uncertain} == {
        "1.2": ("lead", "coordinating"),
        "1.4": ("time",),
        "2.3": ("lead", "coordinating"),
        "2.4": ("lead", "coordinating", "time"),
        "2.5": ("time", "lead"),
        "3.1": ("products",),
        "3.2": ("products",),
        "3.4": ("products", "lead", "coordinating", "time"),
        "5.2": ("time",),
        "5.3": ("products", "time"),
        "7.5": ("products", "lead", "coordinating", "time"),
        "7.6": ("products",),
        "7.8": ("products", "lead"),
    }
    assert all(task.print_note for task in plan.tasks if task.is_uncertain)
    assert [task.code for task in plan.tasks if task.time is None] == ["2.4", "5.2", "5.3"]
    assert [task.code for task in plan.tasks if not task.products] == ["3.4", "7.5", "7.8"]
    assert len(plan.task("6.10").products) == 6
    assert plan.task("7.1").time is not None
    assert "Trong vòng 30 kể từ" in str(plan.task("7.1").time)


def test_khanh_hoa_leads_nobody_in_a_column_and_says_how() -> None:
    plan = read_plan(KHANH_HOA)
    assert all(task.how and task.products and task.time for task in plan.tasks)
    assert not any(task.lead or task.coordinating or task.funding for task in plan.tasks)
    assert [len(plan.task(code).products) for code in ("B.I.2", "B.I.7", "B.VI.1", "B.VII.4")] == [2, 4, 3, 4]


def test_the_targets_of_khanh_hoa_are_tied_to_their_tasks() -> None:
    plan = read_plan(KHANH_HOA)
    goal = plan.targets[0]
    assert (goal.operator, goal.value, goal.unit, goal.task) == (">", Decimal(87), "%", None)
    assert all(target.task for target in plan.targets[1:])
    four = [(target.operator, str(target.value)) for target in plan.targets_of("B.VII.4")]
    assert four == [(">=", "60"), (">=", "80"), (">=", "60"), (">=", "30")]
    assert [target.value for target in plan.targets_of("B.I.5")] == [100, 30, 0]
    assert [target.value for target in plan.targets if isinstance(target.value, str)] == ["Tốt"]
    assert [target.task for target in plan.targets if target.repeats] == ["B.VI.3", "B.VII.3"]
    (spent,) = plan.targets_of("B.VI.4")
    assert spent.deadline == "Đến ngày 15/12/2024"


@pytest.mark.parametrize("plan_id", COUNTS)
def test_a_plan_is_found_by_its_id_alone(plan_id: str) -> None:
    assert read_plan(plan_id) is read_plan(plan_id)
    assert plan_path(plan_id).stem == plan_id == read_plan(plan_id).id
    with pytest.raises(KeyError):
        read_plan(f"../plans/{plan_id}")
