"""An assessment starts from an earlier one: where it is opened, and once it is open."""

from dataclasses import replace

import pytest

from cchc_core import scoring
from cchc_core.periods import periods_for
from cchc_core.permissions import Role, State
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.scoring import Status
from cchc_core.scoring import Assessment
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import HOME, SCORING, Office, as_read
from tests.running_year import version_of

ANSWERS = {"1.1.1": 1, "1.1.2": 0, "2.1.1": 0}
_EXPANDER = "Kết chuyển từ kỳ trước"


def _answered(office: Office, period_code: str, rubric_id: str = NAM_DINH) -> Assessment:
    opened = office.assessment(rubric_id, period_code)
    for code, level in ANSWERS.items():
        office.save(opened.id, code, {"level": level})
    return opened


def _waiting(office: Office, assessment_id: str) -> dict[str, str | None]:
    return {code: stored.carried_from for code, stored in office.sheet(assessment_id).answers.items()}


def test_a_new_assessment_starts_from_the_nearest_earlier_one_and_says_what_was_carried(office: Office) -> None:
    first = _answered(office, "q1")
    screen = office.screen().open(HOME).press_labelled("Mở bảng chấm điểm")
    half = office.assessment(NAM_DINH, "h1")
    assert _waiting(office, half.id) == dict.fromkeys(ANSWERS, first.id)
    assert screen.title() == "Chấm điểm"
    assert screen.at.query_params["bang"] == half.id
    assert "Đã chép 3 kết quả từ Quý I 2024, chờ xác nhận." in as_read(screen.texts())
    screen.open(SCORING, bang=half.id, lv="2")
    assert "Đã chép 3 kết quả" in screen.texts()
    screen.press("carried seen")
    assert "Đã chép 3 kết quả" not in screen.texts()


def test_the_sources_are_the_earlier_ones_the_same_set_first_and_an_empty_start_last(office: Office) -> None:
    (box,) = [box for box in office.screen().open(HOME).elements("selectbox") if box.label == "Kết chuyển từ"]
    names = [name.split(" · ")[0] for name in box.options]
    assert names == ["Quý I 2024", "Năm 2022", "Quý III 2022", "Quý I 2022", "Không kết chuyển, bắt đầu từ đầu"]
    assert box.options[1].endswith(office.assessment(SOC_TRANG).rubric_title)


def test_an_empty_start_copies_nothing(office: Office) -> None:
    _answered(office, "q1")
    screen = office.screen().open(HOME).choose("Kết chuyển từ", "").press_labelled("Mở bảng chấm điểm")
    half = office.assessment(NAM_DINH, "h1")
    assert screen.at.query_params["bang"] == half.id
    assert _waiting(office, half.id) == {}
    assert "Đã chép" not in screen.texts()


def test_who_opens_assessments_without_answering_in_them_opens_them_empty(office: Office) -> None:
    _answered(office, "q1")
    screen = office.screen(Role.ADMIN).open(HOME)
    assert not any(box.label == "Kết chuyển từ" for box in screen.elements("selectbox"))
    screen.press_labelled("Mở bảng chấm điểm")
    assert _waiting(office, office.assessment(NAM_DINH, "h1").id) == {}


def test_what_cannot_be_opened_says_so_and_carries_nothing(office: Office) -> None:
    _answered(office, "q1")
    screen = office.screen().open(HOME)
    office.screen().open(HOME).press_labelled("Mở bảng chấm điểm")
    lines = office.log_lines()
    screen.press_labelled("Mở bảng chấm điểm")
    assert "đã có" in as_read(screen.texts())
    assert office.log_lines() == lines


def test_an_open_assessment_is_carried_into_once_and_says_so_the_second_time(office: Office) -> None:
    first, third = _answered(office, "q1"), office.assessment(NAM_DINH)
    office.save(third.id, "1.1.1", {"level": 0})
    screen = office.screen().open(SCORING, bang=third.id, lv="1")
    assert [box.label for box in screen.elements("expander")] == [_EXPANDER]
    screen.press("carry")
    assert "Đã chép 2 kết quả từ Quý I 2024" in as_read(screen.texts())
    assert "1 tiêu chí đã có kết quả" in screen.texts()
    assert _waiting(office, third.id) == {"1.1.1": None, "1.1.2": first.id, "2.1.1": first.id}
    assert screen.widget(third.id, "1.1.2", "level").value == 0
    lines = office.log_lines()
    screen.press("carry")
    assert "Không có gì để chép thêm từ Quý I 2024" in as_read(screen.texts())
    assert office.log_lines() == lines


def test_another_source_can_be_chosen(office: Office) -> None:
    source, target = _answered(office, "q1"), office.assessment(NAM_DINH, "year")
    screen = office.screen().open(SCORING, bang=target.id, lv="1")
    (box,) = [box for box in screen.elements("selectbox") if box.label == "Bảng nguồn"]
    assert [name.split(" · ")[0] for name in box.options[:2]] == ["Quý III 2024", "Quý I 2024"]
    screen.choose("Bảng nguồn", source.id).press("carry")
    assert _waiting(office, target.id) == dict.fromkeys(ANSWERS, source.id)


def test_criteria_that_changed_or_are_gone_are_named_by_their_codes(office: Office) -> None:
    source = _answered(office, "year")
    old = read_rubric(NAM_DINH)
    rewritten = replace(old.criterion("1.1.2"), title="Nội dung khác")
    rubric = version_of(old, rubric_id="ban-2025", year=2025, changed=(rewritten,), without=("2.1.1",))
    target = scoring.create_assessment(
        office.database,
        office.person(Role.OFFICER),
        unit_id=source.unit_id,
        rubric=rubric,
        period=periods_for("ban-2025", 2025)[0],
    )
    screen = office.screen().open(SCORING, bang=target.id, lv="1")
    screen.press("carry")
    shown = as_read(screen.texts())
    assert "Đã chép 1 kết quả từ Năm 2024" in shown
    assert "hãy chấm lại: 1.1.2." in shown
    assert "không còn trong bộ tiêu chí này: 2.1.1." in shown
    assert _waiting(office, target.id) == {"1.1.1": source.id}
    assert office.score(target.id, "1.1.2").status is Status.MISSING


def test_the_first_assessment_of_all_and_who_only_looks_find_nothing_to_carry(office: Office) -> None:
    first, third = office.assessment(SOC_TRANG, "q1"), office.assessment(SOC_TRANG)
    assert not office.screen().open(SCORING, bang=first.id).elements("expander")
    assert not office.screen(Role.LEADER).open(SCORING, bang=third.id).elements("expander")
    office.put_into(third.id, State.APPROVED)
    assert not office.screen().open(SCORING, bang=third.id).elements("expander")


@pytest.mark.parametrize("is_locked", [False, True])
def test_what_was_closed_meanwhile_is_not_carried_into_and_says_why(office: Office, is_locked: bool) -> None:
    _answered(office, "q1")
    third = office.assessment(NAM_DINH)
    screen = office.screen().open(SCORING, bang=third.id, lv="1")
    office.put_into(third.id, State.DRAFT if is_locked else State.APPROVED, is_locked=is_locked)
    lines = office.log_lines()
    screen.press("carry")
    assert "không được chấm điểm" in screen.errors()
    assert office.log_lines() == lines


def test_a_forged_press_of_who_may_not_answer_carries_nothing(office: Office) -> None:
    _answered(office, "q1")
    third = office.assessment(NAM_DINH)
    screen = office.screen().open(SCORING, bang=third.id, lv="1")
    lines = office.log_lines()
    screen.token = office.screen(Role.LEADER).token
    screen.press("carry")
    assert _waiting(office, third.id) == {}
    assert office.log_lines() == lines
    assert "vai trò «Lãnh đạo» không được chấm điểm" in screen.errors()
