"""Where a criterion takes its inputs from, in the scoring form: shown, confirmed, never written by itself."""

from typing import Any

import pytest

from cchc_core.indicators import keeping
from cchc_core.permissions import Role, State
from cchc_core.scoring import Assessment
from cchc_core.store.indicator_values import FigureLine
from cchc_core.tasks.keeping import adopt_plan
from tests.offices import SOC_TRANG
from tests.pages.screen import Office, Screen, as_read

PLAN, SHARE = "I.1.2", "I.3.5.1"
MARK = "Số liệu nguồn khác kết quả"


def _open(office: Office, code: str, role: Role = Role.OFFICER) -> tuple[Assessment, Screen]:
    opened = office.assessment(SOC_TRANG)
    return opened, office.screen(role).open(bang=opened.id, lv=code.rpartition(".")[0][:3], tc=code)


def _field(screen: Screen, assessment_id: str, code: str, name: str) -> Any:
    key = f"{assessment_id}|{code}|{name}"
    if not any(box.key == key for box in screen.at.selectbox):
        screen.run()
    return next(box for box in screen.at.selectbox if box.key == key)


def _choose(screen: Screen, assessment_id: str, code: str, kind: str, **inputs: str) -> Screen:
    _field(screen, assessment_id, code, "source").set_value(kind)
    screen.run()
    for name, value in inputs.items():
        _field(screen, assessment_id, code, f"source {name}").set_value(value)
    return screen.press(f"save source {code}")


def _enter(office: Office, percent: str, version: int = 0) -> None:
    unit_id = office.assessment(SOC_TRANG).unit_id
    line = FigureLine(unit_id, "sonla-2024", 2022, "II.2.4.1")
    keeping.save_figures(
        office.database, office.person(Role.OFFICER), line, ["1200", percent], expected_version=version
    )


def test_the_plans_completion_is_shown_and_taken_over_by_a_click(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    plan_id = adopt_plan(office.database, office.person(Role.OFFICER), opened.unit_id, SOC_TRANG)
    _, screen = _open(office, PLAN)
    _choose(screen, opened.id, PLAN, "plan", plan=plan_id, figure="done")
    assert "0/45 nhiệm vụ đã hoàn thành" in as_read(screen.texts())
    assert MARK in screen.texts()
    assert office.stored(opened.id, PLAN) is None
    screen.press(f"take figures {PLAN}")
    stored = office.stored(opened.id, PLAN)
    assert stored is not None
    assert dict(stored.entry_json) == {"numerator": "0", "denominator": "45"}
    screen.run()
    assert "khớp với số liệu nguồn" in screen.texts()
    assert MARK not in screen.texts()
    assert screen.widget(opened.id, PLAN, "denominator").value == "45"


def test_a_changed_figure_is_marked_and_nothing_is_rewritten(office: Office) -> None:
    _enter(office, "96,5")
    opened, screen = _open(office, SHARE)
    _choose(screen, opened.id, SHARE, "indicator", value="sonla-2024/II.2.4.1/1")
    screen.press(f"take figures {SHARE}")
    before = office.points(opened.id, SHARE)
    _enter(office, "97", version=1)
    _, again = _open(office, SHARE)
    assert MARK in again.texts()
    assert office.points(opened.id, SHARE) == before


def test_figures_that_changed_after_they_were_shown_are_not_taken_over(office: Office) -> None:
    _enter(office, "96,5")
    opened, screen = _open(office, SHARE)
    _choose(screen, opened.id, SHARE, "indicator", value="sonla-2024/II.2.4.1/1")
    _enter(office, "97", version=1)
    button = next(each for each in screen.at.button if each.key == f"take figures {SHARE}")
    button.click()
    screen.run()
    assert "số liệu vừa thay đổi" in screen.errors()
    assert office.stored(opened.id, SHARE) is None


def test_a_criterion_that_was_closed_shows_its_source_again(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    plan_id = adopt_plan(office.database, office.person(Role.OFFICER), opened.unit_id, SOC_TRANG)
    _, screen = _open(office, PLAN)
    _choose(screen, opened.id, PLAN, "plan", plan=plan_id, figure="early")
    screen.press(f"details {PLAN}").run()
    assert not screen.has_button(f"save source {PLAN}")
    screen.press(f"details {PLAN}").run()
    fields = [_field(screen, opened.id, PLAN, name).value for name in ("source", "source plan", "source figure")]
    assert fields == ["plan", plan_id, "early"]


@pytest.mark.parametrize(("state", "is_locked"), [(State.DRAFT, True), (State.APPROVED, False)])
def test_what_is_locked_or_approved_shows_the_figures_and_takes_nothing(
    office: Office, state: State, is_locked: bool
) -> None:
    _enter(office, "96,5")
    opened, screen = _open(office, SHARE)
    _choose(screen, opened.id, SHARE, "indicator", value="sonla-2024/II.2.4.1/1")
    office.put_into(opened.id, state, is_locked=is_locked)
    _, again = _open(office, SHARE)
    assert "Theo số liệu nguồn" in again.texts()
    assert not again.has_button(f"take figures {SHARE}")
    assert not again.has_button(f"save source {SHARE}")
    # A button that is still on an old screen writes nothing either.
    next(each for each in screen.at.button if each.key == f"take figures {SHARE}").click()
    screen.run()
    assert office.stored(opened.id, SHARE) is None


def test_a_choice_that_is_not_finished_is_refused_with_what_to_do(office: Office) -> None:
    opened, screen = _open(office, SHARE)
    _choose(screen, opened.id, SHARE, "indicator")
    assert "chưa chọn chỉ tiêu" in screen.errors()


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_may_not_answer_sees_the_difference_and_no_button(office: Office, role: Role) -> None:
    _enter(office, "96,5")
    opened, screen = _open(office, SHARE)
    _choose(screen, opened.id, SHARE, "indicator", value="sonla-2024/II.2.4.1/1")
    _, other = _open(office, SHARE, role)
    assert "Theo số liệu nguồn" in other.texts()
    assert not other.has_button(f"take figures {SHARE}")
    assert not other.has_button(f"save source {SHARE}")


def test_a_criterion_that_people_answer_by_themselves_has_no_source(office: Office) -> None:
    opened, screen = _open(office, "I.1.1")
    assert not screen.has_button("save source I.1.1")
    assert "Số liệu nguồn" not in screen.texts()
    assert opened.rubric_id == SOC_TRANG
