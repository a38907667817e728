from datetime import date
from decimal import Decimal

import pytest

from cchc_core.errors import BadText, NotAllowedInOffice, NotFound, StaleText
from cchc_core.indicators import keeping as figures
from cchc_core.indicators.files import list_indicators, read_indicators
from cchc_core.indicators.picking import pick
from cchc_core.indicators.values import ValuesRefused
from cchc_core.permissions import Role
from cchc_core.plan_targets import keeping
from cchc_core.plan_targets.actuals import choices
from cchc_core.plan_targets.keeping import TargetDraft
from cchc_core.plan_targets.measuring import Outcome
from cchc_core.plan_targets.task_figures import TASK_FIGURES
from cchc_core.plans.files import list_plans, read_plan
from cchc_core.store.indicator_values import FigureLine
from cchc_core.store.verify import verify
from cchc_core.tasks.keeping import Assigned, add_assigned, copy_plan, end_plan, report, task_for
from cchc_core.tasks.life import TaskState
from tests.plan_targets.conftest import KHANH_HOA, XAY_DUNG, Promised


def test_the_two_plans_bring_their_nineteen_and_thirty_two_targets_in_printed_order(promised: Promised) -> None:
    assert {plan: len(promised.of(plan).listed) for plan in promised.plans} == {XAY_DUNG: 19, KHANH_HOA: 32}
    for shipped in promised.plans:
        printed = [target.text for target in read_plan(shipped).targets]
        assert [each.target.text for each in promised.of(shipped).listed] == printed


def test_what_another_column_says_again_is_counted_once(promised: Promised) -> None:
    plan = promised.of(KHANH_HOA)
    assert sum(plan.count(each) for each in Outcome) == 30


def test_a_deadline_is_read_where_the_print_names_a_day(promised: Promised) -> None:
    spent = promised.target("tỷ lệ giải ngân").target
    assert (spent.deadline_text, spent.deadline) == ("Đến ngày 15/12/2024", date(2024, 12, 15))
    assert promised.target("công bố 100% quy trình").target.deadline is None


def test_every_shipped_target_is_measured_by_something_that_exists() -> None:
    named = [t.actual_from for shipped in list_plans() for t in read_plan(shipped).targets if t.actual_from]
    assert len(named) == 6
    for source in named:
        kind, _, key = source.partition(":")
        assert key in TASK_FIGURES if kind == "tasks" else pick(key) is not None


def test_the_assigned_work_tells_by_itself_how_much_was_done_early_and_late(promised: Promised) -> None:
    early = promised.target("30% công việc được giải quyết sớm hạn")
    assert (early.outcome, early.actual) == (Outcome.NO_DATA, None)
    database, officer = promised.database, promised.user()
    for number, done_on in enumerate((date(2024, 3, 1), date(2024, 3, 31), None), start=1):
        work = Assigned(title=f"Việc {number}", due=date(2024, 3, 31), assigning_body="UBND tỉnh")
        task = task_for(database, officer, add_assigned(database, officer, promised.department_id, 2024, work))
        (occurrence,) = task.occurrences
        if done_on is not None:
            report(
                database,
                officer,
                occurrence.id,
                state=TaskState.DONE,
                done_on=done_on,
                expected_version=occurrence.version,
            )
    early = promised.target("30% công việc được giải quyết sớm hạn")
    assert (early.actual, early.outcome, early.distance) == (Decimal("33.33"), Outcome.MET, "vượt 3,33 %")
    late = promised.target("không có công việc trễ hạn")
    assert (late.actual, late.outcome) == (Decimal(1), Outcome.NOT_MET)
    assert promised.target("nhiệm vụ được UBND tỉnh giao").actual == Decimal("66.67")


def test_a_figure_that_is_typed_beside_another_source_is_refused_and_not_lost_in_silence(promised: Promised) -> None:
    words, source = "được tiếp nhận và giải quyết đúng hạn", "indicator:sonla-2024/II.2.4.1/1"
    with pytest.raises(BadText, match="Nhập tay"):
        promised.measure(words, source, actual="98")
    promised.measure(words, "typed:", actual="98,5")
    # What was typed before still stands in the field when another source is chosen.
    assert promised.measure(words, source, actual="98,5").target.source == "indicator"


def test_a_computed_percent_just_below_its_goal_is_not_met(promised: Promised) -> None:
    words, source = "được tiếp nhận và giải quyết đúng hạn", "indicator:sonla-2024/II.6.5.2/result"
    line = FigureLine(promised.department_id, "sonla-2024", 2024, "II.6.5.2")
    figures.save_figures(promised.database, promised.user(), line, ["49999", "50000"], expected_version=0)
    assert promised.measure(words, source).outcome is Outcome.NOT_MET


def test_an_indicator_gives_the_actual_value_as_soon_as_it_is_entered(promised: Promised) -> None:
    words = "được tiếp nhận và giải quyết đúng hạn"
    assert promised.target(words).outcome is Outcome.NO_DATA
    line = FigureLine(promised.department_id, "sonla-2024", 2024, "II.2.4.1")
    figures.save_figures(promised.database, promised.user(), line, ["1200", "98,5"], expected_version=0)
    found = promised.target(words)
    assert (found.actual, found.outcome, found.distance) == (Decimal("98.5"), Outcome.NOT_MET, "còn thiếu 1,5 %")
    assert "II.2.4.1" in found.whence


def test_a_typed_figure_is_kept_with_its_note_and_dropped_with_its_source(promised: Promised) -> None:
    found = promised.measure("ít nhất 02 sáng kiến", "typed:", "3", "theo Quyết định số 5")
    assert (found.actual, found.whence, found.target.note) == (Decimal(3), "nhập tay", "theo Quyết định số 5")
    assert promised.measure("ít nhất 02 sáng kiến", "", "3").actual is None


def test_a_grade_is_typed_and_measured(promised: Promised) -> None:
    assert promised.measure("đạt loại Tốt trở lên", "typed:", "khá").outcome is Outcome.NOT_MET


def test_a_percent_takes_percents_and_a_number_takes_numbers(promised: Promised) -> None:
    form = read_indicators(list_indicators()[0])
    percent, number, grade = (
        dict(choices(promised.target(words).goal, form))
        for words in ("30% công việc", "không có công việc trễ hạn", "đạt loại Tốt")
    )
    assert "tasks:assigned.early" in percent
    assert "indicator:sonla-2024/II.6.5.1/result" in percent
    assert "indicator:sonla-2024/I.1.1/0" not in percent
    assert "tasks:assigned.late" in number
    assert "indicator:sonla-2024/I.1.1/0" in number
    assert list(grade) == ["", "typed:"]


def test_what_is_no_source_or_no_figure_is_refused_and_nothing_is_stored(promised: Promised) -> None:
    words = "30% công việc"
    with pytest.raises(NotFound):
        promised.measure(words, "indicator:sonla-2024/I.1.1/0")
    with pytest.raises(ValuesRefused):
        promised.measure(words, "typed:", "nhiều")
    assert promised.target(words).target.version == 1


def test_a_target_that_somebody_else_changed_meanwhile_is_not_overwritten(promised: Promised) -> None:
    promised.measure("ít nhất 02 sáng kiến", "typed:", "3")
    target = promised.target("ít nhất 02 sáng kiến").target
    with pytest.raises(StaleText, match="«3;"):
        keeping.measure(
            promised.database, promised.user(), target.id, source="typed:", actual="4", note="", expected_version=1
        )


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.APPRAISER])
def test_who_may_not_enter_figures_is_refused(promised: Promised, role: Role) -> None:
    target = promised.target("ít nhất 02 sáng kiến").target
    with pytest.raises(NotAllowedInOffice):
        keeping.measure(
            promised.database, promised.user(role), target.id, source="typed:", actual="1", note="", expected_version=1
        )


def test_an_appraiser_does_not_see_what_was_promised(promised: Promised) -> None:
    with pytest.raises(NotAllowedInOffice):
        promised.read(Role.APPRAISER)


def test_a_promise_of_ones_own_is_added_and_taken_out(promised: Promised) -> None:
    draft = TargetDraft("Số hoá 90% hồ sơ", ">=", "90%", "%", "Trước ngày 01/12/2024", "3")
    added = keeping.add_target(promised.database, promised.user(), promised.plans[XAY_DUNG], draft)
    last = promised.of(XAY_DUNG).listed[-1]
    assert (last.target.id, last.goal.value, last.target.deadline) == (added, Decimal(90), date(2024, 11, 30))
    keeping.end_target(promised.database, promised.user(), added, expected_version=1)
    assert len(promised.of(XAY_DUNG).listed) == 19


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (TargetDraft("", ">=", "90", "%"), "chưa ghi nội dung chỉ tiêu"),
        (TargetDraft("a", "~", "90", "%"), "chưa chọn cách so sánh"),
        (TargetDraft("a", ">=", "1.234", "%"), "đọc được hai cách"),
        (TargetDraft("a", ">=", "nhiều", "%"), "không phải là số"),
        (TargetDraft("a", ">=", "-1", "%"), "số âm"),
        (TargetDraft("a", ">=", "1", ""), "chưa ghi đơn vị tính"),
        (TargetDraft("a" * 501, ">=", "1", "%"), "501 ký tự"),
    ],
)
def test_a_promise_that_cannot_be_meant_is_refused(promised: Promised, draft: TargetDraft, said: str) -> None:
    with pytest.raises(BadText, match=said):
        keeping.add_target(promised.database, promised.user(), promised.plans[XAY_DUNG], draft)


def test_a_copied_plan_promises_the_same_for_its_year_with_nothing_reached(promised: Promised) -> None:
    promised.measure("ít nhất 02 sáng kiến", "typed:", "3", "xong")
    copied = copy_plan(promised.database, promised.user(), promised.plans[KHANH_HOA], 2025)
    (plan,) = promised.read(year=2025)
    assert (plan.plan_id, len(plan.listed)) == (copied, 32)
    assert all((each.actual, each.target.note) == (None, "") for each in plan.listed)
    spent = next(each.target for each in plan.listed if "giải ngân" in each.target.text)
    assert (spent.deadline_text, spent.deadline) == ("Đến ngày 15/12/2025", date(2025, 12, 15))
    assert "năm 2025" in spent.text


def test_a_plan_that_is_taken_out_takes_its_targets_along(promised: Promised) -> None:
    end_plan(promised.database, promised.user(), promised.plans[KHANH_HOA])
    assert [each.plan_id for each in promised.read()] == [promised.plans[XAY_DUNG]]


def test_what_is_stored_is_what_the_log_says(promised: Promised) -> None:
    promised.measure("ít nhất 02 sáng kiến", "typed:", "3", "xong")
    assert verify(promised.database).findings == ()
