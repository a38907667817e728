"""One test for each way of answering: what stands in the store after the widget was used."""

from decimal import Decimal
from typing import Any

import pytest

from cchc_core import scoring
from cchc_core.forms import fill
from cchc_core.permissions import Role
from cchc_core.rules.kinds import Leaf
from cchc_core.rules.scoring import Status
from cchc_core.store.log import LogAction
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import SCORING, Office
from ui.words import literal

Steps = tuple[tuple[str, object], ...]

# Criterion, what is done in its form, what is stored, its points: worked out from the print by hand.
ANSWERED: tuple[tuple[str, Steps, dict[str, Any], str], ...] = (
    ("I.1.4.2", (("level", 0),), {"level": 0}, "0.5"),
    ("I.1.4.2", (("level", 0), ("level", 1)), {"level": 1}, "0"),
    ("I.1.5.3", (("tick 1", True),), {"ticked": [1]}, "1"),
    ("I.1.5.3", (("tick 1", True), ("tick 2", True)), {"ticked": [1, 2]}, "1.5"),
    ("I.1.5.3", (("tick 1", True), ("tick 1", False)), {"ticked": []}, "0"),
    ("I.1.4.3", (("percent 1", "80"),), {"ticked": [], "percents": {"1": "80"}}, "0.8"),
    ("I.1.4.3", (("tick 0", True), ("percent 1", "33,333 %")), {"ticked": [0], "percents": {"1": "33.333"}}, "0.8333"),
    ("I.1.2", (("numerator", "18"), ("denominator", "20")), {"numerator": "18", "denominator": "20"}, "0.9"),
    ("I.1.2", (("denominator", "1.000,5"), ("numerator", "2000")), {"numerator": "2000", "denominator": "1000.5"}, "1"),
    ("I.3.5.1", (("value", "96,5"),), {"value": "96.5"}, "0.4825"),
    ("I.3.5.1", (("value", "94,99%"),), {"value": "94.99"}, "0"),
    ("I.1.6", (("count", "1"),), {"count": 1}, "1.5"),
    ("I.1.6", (("count", "12"),), {"count": 12}, "0"),
    ("II.1.1", (("this_year", "90,1"), ("last_year", "88")), {"this_year": "90.1", "last_year": "88"}, "1"),
    ("II.1.1", (("this_year", "88"), ("last_year", "88,0")), {"this_year": "88", "last_year": "88.0"}, "0.5"),
    ("II.1.4", (("points", "12,75"), ("source", "Báo cáo 5")), {"points": "12.75", "source": "Báo cáo 5"}, "12.75"),
    ("II.1.4", (("source", "Báo cáo 5"), ("percent", "87")), {"percent": "87", "source": "Báo cáo 5"}, "13.05"),
    ("I.1.1", (("points", "0,475"),), {"points": "0.475"}, "0.475"),
)


@pytest.mark.parametrize(("code", "steps", "entry", "points"), ANSWERED)
def test_what_is_answered_is_stored_scored_logged_and_confirmed(
    office: Office, code: str, steps: Steps, entry: dict[str, Any], points: str
) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, tc=code)
    for field, value in steps:
        screen.put(opened.id, code, field, value)
    stored = office.stored(opened.id, code)
    assert stored is not None
    assert (stored.entry_json, stored.changed_by_name) == (entry, office.person(Role.OFFICER).name)
    score = office.score(opened.id, code)
    assert (score.points, score.status) == (Decimal(points), Status.SCORED)
    newest = scoring.history(office.database, office.person(Role.OFFICER), opened.id, code)[0]
    assert (newest.action, newest.actor_name) == (LogAction.ANSWER, office.person(Role.OFFICER).name)
    assert newest.new is not None
    assert (newest.new["entry"], Decimal(newest.new["points"])) == (entry, Decimal(points))
    assert f"Đã lưu {code} lúc" in screen.texts()
    assert "CHƯA LƯU" not in screen.texts()
    another_tab = office.screen().open(SCORING, bang=opened.id, tc=code)
    assert literal(score.explanation) in another_tab.texts()
    for field, value in fill(opened_leaf(office, opened.id, code), stored.entry).items():
        assert another_tab.widget(opened.id, code, field).value == value


def opened_leaf(office: Office, assessment_id: str, code: str) -> Leaf:
    return office.sheet(assessment_id).rubric.criterion(code).scored


def test_half_a_form_is_marked_and_saved_once_it_is_whole(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1")
    screen.put(opened.id, "I.1.2", "numerator", "18")
    assert "Còn thiếu mẫu số." in screen.errors()
    assert office.stored(opened.id, "I.1.2") is None
    assert "1 tiêu chí CHƯA LƯU: I.1.2" in screen.texts()
    screen.put(opened.id, "I.1.2", "denominator", "20")
    assert screen.errors() == ""
    assert office.points(opened.id, "I.1.2") == Decimal("0.9")


def test_emptying_every_field_clears_the_answer(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1")
    screen.put(opened.id, "I.1.6", "count", "2")
    screen.put(opened.id, "I.1.6", "count", "")
    assert office.score(opened.id, "I.1.6").status is Status.MISSING


def test_the_self_note_is_stored_beside_the_answer_and_both_stay(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, tc="I.1.6")
    screen.put(opened.id, "I.1.6", "count", "0")
    screen.put(opened.id, "I.1.6", "note", "Theo báo cáo số 12\nngày 3/9")
    stored = office.stored(opened.id, "I.1.6")
    assert stored is not None
    assert (stored.self_note, stored.entry_json) == ("Theo báo cáo số 12\nngày 3/9", {"count": 0})
    newest = scoring.history(office.database, office.person(Role.OFFICER), opened.id, "I.1.6")[0]
    assert (newest.action, (newest.new or {})["note"]) == (LogAction.NOTE, stored.self_note)
    screen.put(opened.id, "I.1.6", "note", "")
    again = office.stored(opened.id, "I.1.6")
    assert again is not None
    assert (again.self_note, again.entry_json) == ("", {"count": 0})


def test_not_applicable_takes_a_reason_lowers_the_maximum_and_can_be_taken_back(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    code = "I.2.1.2"
    screen = office.screen().open(SCORING, bang=opened.id, tc=code)
    screen.press(f"not_applicable on {code}")
    assert "cần ghi rõ bằng chữ" in screen.errors()
    assert office.stored(opened.id, code) is None
    screen.put(opened.id, code, "reason not_applicable", "Không được giao soạn thảo")
    screen.press(f"not_applicable on {code}")
    score = office.score(opened.id, code)
    assert (score.status, score.effective_max) == (Status.NOT_APPLICABLE, Decimal(0))
    assert "Không được giao soạn thảo" in score.explanation
    assert screen.errors() == ""
    screen.press(f"not_applicable off {code}")
    assert office.score(opened.id, code).status is Status.MISSING
    screen.put(opened.id, code, "level", 0)
    assert office.points(opened.id, code) == Decimal(1)


def test_not_due_is_for_a_quarter_and_can_be_taken_back(office: Office) -> None:
    opened = office.assessment(SOC_TRANG, "q1")
    code = "I.1.4.2"
    screen = office.screen().open(SCORING, bang=opened.id, tc=code)
    screen.press(f"not due {code}")
    assert office.score(opened.id, code).status is Status.NOT_DUE
    screen.press(f"not due {code}")
    assert office.score(opened.id, code).status is Status.MISSING
    year = office.assessment(SOC_TRANG, "year")
    assert not office.screen().open(SCORING, bang=year.id, tc=code).has_button(f"not due {code}")


def test_a_voided_criterion_gives_nothing_and_gets_its_answer_back(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    code = "7.4.4"
    screen = office.screen().open(SCORING, bang=opened.id, tc=code)
    screen.put(opened.id, code, "level", 0)
    screen.press(f"voided on {code}")
    assert "cần ghi rõ bằng chữ" in screen.errors()
    assert office.points(opened.id, code) == Decimal(1)
    screen.put(opened.id, code, "reason voided", "Văn bản bị chỉnh sửa")
    screen.press(f"voided on {code}")
    score = office.score(opened.id, code)
    assert (score.status, score.points, score.effective_max) == (Status.VOIDED, Decimal(0), Decimal(1))
    screen.put(opened.id, code, "level", 1)
    stored = office.stored(opened.id, code)
    assert stored is not None
    assert stored.entry_json == {"level": 1, "voided": "Văn bản bị chỉnh sửa"}
    screen.press(f"voided off {code}")
    assert office.points(opened.id, code) == Decimal("0.5")


def test_an_answer_is_cleared_with_one_press_and_the_form_is_empty_again(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    code = "I.1.4.2"
    screen = office.screen().open(SCORING, bang=opened.id, tc=code)
    screen.put(opened.id, code, "level", 0)
    screen.press(f"clear {code}")
    assert office.score(opened.id, code).status is Status.MISSING
    assert screen.widget(opened.id, code, "level").value is None
    assert not screen.has_button(f"clear {code}")


def test_what_is_not_due_yet_cannot_be_ticked(office: Office) -> None:
    opened = office.assessment(SOC_TRANG, "q1")
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1")
    assert not screen.widget(opened.id, "I.1.4.1", "tick 0").disabled
    assert screen.widget(opened.id, "I.1.4.1", "tick 3").disabled
    screen.forge(opened.id, "I.1.4.1", "tick 3", True)
    assert office.stored(opened.id, "I.1.4.1") is None


def test_answers_that_contradict_each_other_are_flagged_at_both_criteria_and_on_the_board(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen().open(SCORING, bang=opened.id, lv="8")
    screen.put(opened.id, "8.1.2", "level", 0)
    assert not screen.at.warning
    screen.put(opened.id, "8.1.3", "level", 1)
    flagged = [box.value for box in screen.at.warning]
    assert len(flagged) == 2
    assert all("8\\.1\\.2 và 8\\.1\\.3 trả lời trái nhau" in text for text in flagged)
    for page in ("board", "reports"):
        assert "trả lời trái nhau" in office.screen(Role.LEADER).open(page, bang=opened.id).texts()
    screen.put(opened.id, "8.1.3", "level", 0)
    assert not screen.at.warning


def test_saving_goes_on_after_another_assessment_was_opened_in_the_same_tab(office: Office) -> None:
    first, second = office.assessment(SOC_TRANG, "q1"), office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=first.id)
    screen.put(first.id, "I.1.4.2", "level", 0)
    screen.open(SCORING, bang=second.id)
    assert screen.widget(second.id, "I.1.4.2", "level").value is None
    screen.put(second.id, "I.1.4.2", "level", 1)
    assert [office.points(opened.id, "I.1.4.2") for opened in (first, second)] == [Decimal("0.5"), Decimal(0)]
