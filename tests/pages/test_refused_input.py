from decimal import Decimal

import pytest

from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import SCORING, Office

# Criterion, what is typed (the last field is the one that is refused), a part of the reason.
REFUSED = (
    ("I.1.2", (("numerator", "mười tám"),), "cần một số"),
    ("I.1.2", (("numerator", "1"), ("denominator", "0")), "Mẫu số bằng 0"),
    ("I.1.2", (("numerator", "0"), ("denominator", "0")), "bộ tiêu chí không nói cách tính"),
    ("I.1.2", (("numerator", "-1"), ("denominator", "20")), "không được âm"),
    ("I.1.6", (("count", "1,5"),), "số nguyên không âm"),
    ("I.1.6", (("count", "-1"),), "số nguyên không âm"),
    ("I.1.6", (("count", "NaN"),), "cần một số"),
    ("I.3.5.1", (("value", "100,01"),), "Phần trăm phải từ 0 đến 100"),
    ("I.6.4", (("value", "0,3"),), "không thuộc khoảng nào"),
    ("I.1.4.3", (("percent 1", "101"),), "phần trăm phải từ 0 đến 100"),
    ("I.1.4.3", (("percent 1", "nhiều"),), "Ý 2"),
    ("I.1.1", (("points", "0,5001"),), "Điểm phải từ 0 đến 0,5000"),
    ("I.1.1", (("points", "0,01"),), "bội của 0,0250"),
    ("II.1.4", (("points", "15,5"), ("source", "Báo cáo 5")), "Điểm phải từ 0 đến 15,0000"),
    ("II.1.4", (("points", "12"),), "Còn thiếu nguồn"),
    ("II.1.4", (("points", "12"), ("percent", "80"), ("source", "Báo cáo 5")), "xoá một trong hai ô"),
    ("II.1.1", (("this_year", "90,1"),), "Còn thiếu số liệu năm trước"),
)


@pytest.mark.parametrize(("code", "typed", "reason"), REFUSED)
def test_what_is_refused_is_marked_with_the_reason_stays_in_the_form_and_is_not_stored(
    office: Office, code: str, typed: tuple[tuple[str, str], ...], reason: str
) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, tc=code)
    lines = office.log_lines()
    for field, value in typed:
        screen.put(opened.id, code, field, value)
    assert "**CHƯA LƯU.**" in screen.errors()
    assert reason in screen.errors()
    assert f"1 tiêu chí CHƯA LƯU: {code}" in screen.texts()
    for field, value in typed:
        assert screen.widget(opened.id, code, field).value == value
    assert office.stored(opened.id, code) is None
    assert office.log_lines() == lines
    screen.press(f"give up {code}")
    assert screen.errors() == ""
    assert [screen.widget(opened.id, code, field).value for field, _ in typed] == [""] * len(typed)


def test_a_refused_value_leaves_the_stored_one_and_giving_up_shows_it_again(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1")
    screen.put(opened.id, "I.1.6", "count", "1")
    screen.put(opened.id, "I.1.6", "count", "một")
    assert office.points(opened.id, "I.1.6") == Decimal("1.5")
    assert "1,5000 / 2,0000 điểm" in screen.texts()
    screen.press("give up I.1.6")
    assert screen.widget(opened.id, "I.1.6", "count").value == "1"


def test_a_value_that_is_not_saved_stays_marked_while_other_criteria_are_saved(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1")
    screen.put(opened.id, "I.1.6", "count", "một")
    screen.put(opened.id, "I.1.4.2", "level", 0)
    assert "1 tiêu chí CHƯA LƯU: I.1.6" in screen.texts()
    screen.run()
    assert "**CHƯA LƯU.**" in screen.errors()
    assert screen.widget(opened.id, "I.1.6", "count").value == "một"
    assert office.points(opened.id, "I.1.4.2") == Decimal("0.5")


@pytest.mark.parametrize(("reading", "points"), [("1,234", "0.0617"), ("1234", "1")])
def test_a_number_that_reads_two_ways_offers_both_and_saves_the_chosen_one(
    office: Office, reading: str, points: str
) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, lv="I.1")
    screen.put(opened.id, "I.1.2", "denominator", "20")
    screen.put(opened.id, "I.1.2", "numerator", "1.234")
    assert "có thể là 1,234 hoặc 1234" in screen.errors()
    assert [screen.has_button(f"reading I.1.2 numerator {other}") for other in ("1,234", "1234")] == [True, True]
    assert office.stored(opened.id, "I.1.2") is None
    screen.press(f"reading I.1.2 numerator {reading}")
    assert screen.errors() == ""
    assert screen.widget(opened.id, "I.1.2", "numerator").value == reading
    assert office.points(opened.id, "I.1.2") == Decimal(points)


def test_a_note_of_a_megabyte_is_refused_by_its_length_and_kept_in_its_field(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen().open(SCORING, bang=opened.id, tc="1.1.1")
    note = "ghi chú " * 131_072
    screen.put(opened.id, "1.1.1", "note", note)
    assert "quá mức 20000 ký tự" in screen.errors()
    assert "Hãy rút gọn" in screen.errors()
    assert len(screen.errors()) < 1_000
    assert office.stored(opened.id, "1.1.1") is None
    assert screen.widget(opened.id, "1.1.1", "note").value == note


@pytest.mark.parametrize(
    ("code", "field"),
    [("I.1.2", "numerator"), ("I.1.4.3", "percent 1"), ("I.1.1", "points"), ("II.1.4", "source")],
)
def test_a_megabyte_in_a_field_is_refused_whole_and_not_cut(office: Office, code: str, field: str) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen().open(SCORING, bang=opened.id, tc=code)
    if field == "source":
        screen.put(opened.id, code, "points", "12")
    screen.put(opened.id, code, field, "9" * 1_048_576)
    assert "**CHƯA LƯU.**" in screen.errors()
    assert len(screen.errors()) < 1_000
    assert office.stored(opened.id, code) is None


def test_a_reason_of_a_megabyte_is_refused_whole_and_not_cut(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen().open(SCORING, bang=opened.id, tc="4.2")
    screen.put(opened.id, "4.2", "reason not_applicable", "lý do " * 174_763)
    screen.press("not_applicable on 4.2")
    assert "dài quá 2000 ký tự" in screen.errors()
    assert len(screen.errors()) < 1_000
    assert office.stored(opened.id, "4.2") is None
