from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cchc_core.answer_sources import keeping
from cchc_core.answer_sources.model import SourceKind, source_kinds
from cchc_core.errors import BadText, NotAllowed, NotFound, StaleText
from cchc_core.periods import periods_for
from cchc_core.permissions import Role, State
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.kinds import Bands, Compare, Count, Ratio
from cchc_core.scoring import create_assessment, list_assessments
from cchc_core.store import log, units
from cchc_core.store.units import UnitKind
from cchc_core.store.verify import verify
from cchc_core.tasks.listing import find_tasks
from cchc_core.tasks.query import Query
from tests.answer_sources.conftest import TODAY, Scored
from tests.offices import SOC_TRANG

PLAN, WORK, SHARE, GROWTH, COUNTED = "I.1.2", "I.1.6", "I.3.5.1", "II.1.1", "I.4.5.3"
WHOLE = "I.7.2.2"


def test_ratios_bands_counts_and_comparisons_take_figures_and_nothing_else_does() -> None:
    takers = {leaf.code for leaf in read_rubric(SOC_TRANG).leaves if source_kinds(leaf.scored.rule)}
    of_kind = {
        leaf.code
        for leaf in read_rubric(SOC_TRANG).leaves
        if isinstance(leaf.scored.rule, Ratio | Bands | Count | Compare)
    }
    assert takers == of_kind
    assert {PLAN, WORK, SHARE, GROWTH, COUNTED} <= takers


def test_the_plans_completion_gives_numerator_and_denominator(scored: Scored) -> None:
    scored.choose(PLAN, SourceKind.PLAN, {"plan": scored.plan_id, "figure": "done"})
    found = scored.proposal(PLAN)
    assert found.raw == {"numerator": "0", "denominator": "45"}
    assert found.score is not None
    assert found.score.points == Decimal("0.0000")
    assert found.differs
    assert "0/45 nhiệm vụ đã hoàn thành" in found.lines[0]


def test_assigned_work_that_is_late_or_not_done_is_counted(scored: Scored) -> None:
    scored.choose(WORK, SourceKind.ASSIGNED, {"assigning": "", "figure": "late_or_not_done"})
    assert scored.proposal(WORK).raw is None
    scored.assign("sớm", date(2022, 3, 1))
    scored.assign("muộn", date(2022, 4, 2))
    scored.assign("chưa xong", None)
    scored.assign("chưa xong của bộ", None, body="Bộ Thông tin và Truyền thông")
    found = scored.proposal(WORK)
    assert (found.raw, found.score and found.score.points) == ({"count": "3"}, Decimal("0.5000"))
    scored.choose(WORK, SourceKind.ASSIGNED, {"assigning": "ubnd tỉnh", "figure": "late_or_not_done"}, version=1)
    assert scored.proposal(WORK).raw == {"count": "2"}


def test_an_indicators_percent_is_measured_by_bands(scored: Scored) -> None:
    scored.choose(SHARE, SourceKind.INDICATOR, {"value": "sonla-2024/II.2.4.1/1"})
    assert "Chưa có số liệu II.2.4.1 năm 2022" in scored.proposal(SHARE).problem
    scored.enter("II.2.4.1", "1200", "96,5")
    found = scored.proposal(SHARE)
    assert (found.raw, found.score and found.score.points) == ({"value": "96.5"}, Decimal("0.4825"))


def test_a_comparison_takes_both_years_of_one_indicator(scored: Scored) -> None:
    scored.choose(GROWTH, SourceKind.INDICATOR, {"this_year": "sonla-2024/II.6.6.5/0"})
    scored.enter("II.6.6.5", "90,1")
    assert scored.proposal(GROWTH).raw is None
    scored.enter("II.6.6.5", "88", year=2021)
    found = scored.proposal(GROWTH)
    assert found.raw == {"this_year": "90.1", "last_year": "88"}


def test_a_ratio_takes_two_counts(scored: Scored) -> None:
    counts = {"numerator": "sonla-2024/I.2.4/0", "denominator": "sonla-2024/I.2.3/0"}
    scored.choose(COUNTED, SourceKind.INDICATOR, counts)
    scored.enter("I.2.4", "3")
    scored.enter("I.2.3", "0")
    found = scored.proposal(COUNTED)
    assert found.raw is None
    assert "mẫu số" in found.problem.lower()
    scored.enter("I.2.3", "4", version=1)
    assert scored.proposal(COUNTED).raw == {"numerator": "3", "denominator": "4"}


def test_no_score_changes_until_a_person_confirms_what_was_shown(scored: Scored) -> None:
    scored.enter("II.2.4.1", "1200", "96,5")
    scored.choose(SHARE, SourceKind.INDICATOR, {"value": "sonla-2024/II.2.4.1/1"})
    assert SHARE not in scored.sheet().answers
    scored.confirm(SHARE, scored.shown(SHARE))
    assert scored.sheet().scores[SHARE].points == Decimal("0.4825")
    assert not scored.proposal(SHARE).differs
    scored.enter("II.2.4.1", "1200", "97", version=1)
    assert scored.sheet().scores[SHARE].points == Decimal("0.4825")
    assert scored.proposal(SHARE).differs


def test_nobody_confirms_figures_that_they_have_not_seen(scored: Scored) -> None:
    scored.enter("II.2.4.1", "1200", "96,5")
    scored.choose(SHARE, SourceKind.INDICATOR, {"value": "sonla-2024/II.2.4.1/1"})
    shown = scored.shown(SHARE)
    scored.enter("II.2.4.1", "1200", "97", version=1)
    with pytest.raises(BadText, match="vừa thay đổi"):
        scored.confirm(SHARE, shown)
    assert SHARE not in scored.sheet().answers


def test_a_source_taken_out_after_it_was_shown_is_not_confirmed(scored: Scored) -> None:
    scored.choose(PLAN, SourceKind.PLAN, {"plan": scored.plan_id, "figure": "done"})
    shown = scored.shown(PLAN)
    scored.choose(PLAN, SourceKind.NONE, {}, version=1)
    with pytest.raises(BadText, match="vừa thay đổi"):
        scored.confirm(PLAN, shown)
    assert PLAN not in scored.sheet().answers


@pytest.mark.parametrize("name", ["UBND tỉnh", "uỷ ban nhân dân tỉnh", "Ủy ban nhân dân Tỉnh"])
def test_a_body_is_found_by_its_full_name_and_its_abbreviation(scored: Scored, name: str) -> None:
    for body in ("UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh", "Uỷ ban nhân dân tỉnh Sóc Trăng", "UBND huyện Kế Sách"):
        scored.assign("chưa xong", None, body=body)
    scored.choose(WORK, SourceKind.ASSIGNED, {"assigning": name, "figure": "late_or_not_done"})
    found = scored.proposal(WORK)
    assert (found.raw, found.score and found.score.points) == ({"count": "3"}, Decimal("0.5000"))
    assert found.lines[-1] == "Cơ quan giao không tính: UBND huyện Kế Sách (1 nhiệm vụ)"


def test_a_quarter_counts_work_as_it_stood_on_its_last_day(scored: Scored) -> None:
    scored.assign("đúng hạn", date(2022, 3, 31))
    scored.assign("muộn", date(2022, 10, 2))
    scored.assign("chưa xong", None)
    scored.assign("giao sau kỳ", None, assigned_on=date(2022, 9, 15))
    scored.choose(WORK, SourceKind.ASSIGNED, {"assigning": "", "figure": "late_or_not_done"})
    counts = {code: _of_period(scored, code).proposal(WORK).raw for code in ("q1", "q3", "year")}
    # By 14/3 nothing was due; what was assigned the day after the third quarter counts in the year alone.
    assert counts == {"q1": {"count": "0"}, "q3": {"count": "2"}, "year": {"count": "3"}}
    assert "tính đến hết ngày 14/09/2022" in _of_period(scored, "q3").proposal(WORK).lines[0]


def test_a_quarter_counts_what_was_done_of_the_whole_years_plan_by_its_last_day(scored: Scored) -> None:
    scored.choose(PLAN, SourceKind.PLAN, {"plan": scored.plan_id, "figure": "done"})
    tasks = find_tasks(
        scored.database, scored.user(), Query(scored.assessment.unit_id, 2022, plan_id=scored.plan_id), today=TODAY
    ).tasks
    single = [task.occurrences[0] for task in tasks if len(task.occurrences) == 1]
    for occurrence, day in zip(single, (date(2022, 3, 14), date(2022, 3, 15), date(2022, 11, 1)), strict=False):
        scored.finish(occurrence, day)
    done = {code: _of_period(scored, code).shown(PLAN)["numerator"] for code in ("q1", "q3", "year")}
    assert done == {"q1": "1", "q3": "2", "year": "3"}
    assert _of_period(scored, "q1").shown(PLAN)["denominator"] == "45"


def test_figures_of_the_year_say_in_a_quarter_that_they_are_the_years(scored: Scored) -> None:
    scored.enter("II.2.4.1", "1200", "96,5")
    scored.choose(SHARE, SourceKind.INDICATOR, {"value": "sonla-2024/II.2.4.1/1"})
    assert any("cả năm" in line for line in _of_period(scored, "q1").proposal(SHARE).lines)
    assert not any("cả năm" in line for line in scored.proposal(SHARE).lines)


def test_a_computed_percent_is_measured_unrounded(scored: Scored) -> None:
    # 99.996 %: two decimals would make 100 % of it, and full points.
    scored.choose(WHOLE, SourceKind.INDICATOR, {"value": "sonla-2024/II.6.5.2/result"})
    scored.enter("II.6.5.2", "49998", "50000")
    found = scored.proposal(WHOLE)
    assert (found.raw, found.score and found.score.points) == ({"value": "99.996"}, Decimal("0.2500"))


def test_the_percent_of_tasks_is_as_exact_as_the_points_need(scored: Scored) -> None:
    for title, done_on in (("một", date(2022, 3, 1)), ("hai", date(2022, 3, 31)), ("ba", None)):
        scored.assign(title, done_on)
    scored.choose(WHOLE, SourceKind.ASSIGNED, {"assigning": "", "figure": "on_time"})
    assert scored.shown(WHOLE) == {"value": "66.6666666667"}


def test_the_same_figure_written_otherwise_is_no_difference(scored: Scored) -> None:
    scored.enter("II.2.4.1", "1200", "96,5")
    scored.choose(SHARE, SourceKind.INDICATOR, {"value": "sonla-2024/II.2.4.1/1"})
    scored.save(SHARE, {"value": "96.50"})
    assert not scored.proposal(SHARE).differs


def test_what_somebody_put_aside_is_not_asked_about_again(scored: Scored) -> None:
    scored.choose(PLAN, SourceKind.PLAN, {"plan": scored.plan_id, "figure": "done"})
    quarter = _of_period(scored, "q3")
    assert quarter.proposal(PLAN).differs
    quarter.save(PLAN, {"not_due": True})
    assert not quarter.proposal(PLAN).differs


def _of_period(scored: Scored, code: str) -> Scored:
    listed = list_assessments(scored.database, scored.user())
    found = next(each for each in listed if each.rubric_id == SOC_TRANG and each.period_code == code)
    return replace(scored, assessment=found)


def test_a_source_is_of_the_year_and_all_its_periods_show_it(scored: Scored) -> None:
    scored.choose(PLAN, SourceKind.PLAN, {"plan": scored.plan_id, "figure": "done"})
    with scored.database.read() as connection:
        found = keeping.proposals(connection, scored.user(), scored.sheet(), TODAY)
    assert list(found) == [PLAN]
    assert _of_period(scored, "q1").proposal(PLAN).raw == found[PLAN].raw


def test_a_source_that_is_taken_out_proposes_nothing(scored: Scored) -> None:
    scored.choose(PLAN, SourceKind.PLAN, {"plan": scored.plan_id, "figure": "done"})
    scored.choose(PLAN, SourceKind.NONE, {}, version=1)
    assert keeping.proposal(scored.database, scored.user(), scored.sheet(), PLAN, TODAY) is None
    assert verify(scored.database).findings == ()


@pytest.mark.parametrize(
    ("code", "source", "inputs", "error"),
    [
        ("I.1.1", SourceKind.PLAN, {"figure": "done"}, BadText),
        (PLAN, SourceKind.PLAN, {"figure": "done"}, BadText),
        (PLAN, SourceKind.PLAN, {"plan": "khongco", "figure": "done"}, BadText),
        (PLAN, SourceKind.ASSIGNED, {"figure": "late"}, BadText),
        (PLAN, SourceKind.INDICATOR, {"numerator": "sonla-2024/I.1.1/0"}, BadText),
        (SHARE, SourceKind.INDICATOR, {"value": "sonla-2024/I.1.1/0"}, NotFound),
        (GROWTH, SourceKind.PLAN, {"figure": "done"}, BadText),
        ("I.9.9", SourceKind.NONE, {}, NotFound),
    ],
)
def test_a_source_that_does_not_fit_is_refused(
    scored: Scored, code: str, source: SourceKind, inputs: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        scored.choose(code, source, inputs)


def test_what_somebody_else_chose_meanwhile_is_not_overwritten(scored: Scored) -> None:
    scored.choose(PLAN, SourceKind.PLAN, {"plan": scored.plan_id, "figure": "done"}, role=Role.ROOM)
    with pytest.raises(StaleText):
        scored.choose(PLAN, SourceKind.PLAN, {"plan": scored.plan_id, "figure": "early"})


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.APPRAISER])
def test_who_may_not_answer_may_not_choose_and_still_sees_the_difference(scored: Scored, role: Role) -> None:
    inputs = {"plan": scored.plan_id, "figure": "done"}
    with pytest.raises(NotAllowed):
        scored.choose(PLAN, SourceKind.PLAN, inputs, role=role)
    scored.choose(PLAN, SourceKind.PLAN, inputs)
    found = keeping.proposal(scored.database, scored.user(role), scored.sheet(), PLAN, TODAY)
    # The department's own figures are not the appraiser's to see.
    assert (found is None) is (role is Role.APPRAISER)


def test_after_handing_in_no_source_is_changed(scored: Scored) -> None:
    with scored.database.write() as connection:
        connection.run(
            "UPDATE assessments SET state = :state WHERE id = :id", state=State.SUBMITTED.value, id=scored.assessment.id
        )
    with pytest.raises(NotAllowed):
        scored.choose(PLAN, SourceKind.PLAN, {"plan": scored.plan_id, "figure": "done"})


def test_a_unit_below_does_not_take_the_departments_figures(scored: Scored) -> None:
    with scored.database.write() as connection:
        (centre,) = units.add(connection, [("Trung tâm", UnitKind.SUBORDINATE, scored.assessment.unit_id)], log.SYSTEM)
    rubric = read_rubric(SOC_TRANG)
    period = next(each for each in periods_for(SOC_TRANG, 2022) if each.code == "q3")
    own = create_assessment(scored.database, scored.user(), unit_id=centre.id, rubric=rubric, period=period)
    below = Scored(scored.database, own, scored.plan_id)
    with pytest.raises(BadText):
        below.choose(PLAN, SourceKind.PLAN, {"plan": scored.plan_id, "figure": "done"})
    assert not keeping.takes_figures(
        scored.database, scored.user(), below.sheet(), below.sheet().rubric.criterion(PLAN)
    )
