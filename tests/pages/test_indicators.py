"""The page of figures: what is typed is saved field by field, read in one way only, and never lost."""

from decimal import Decimal
from typing import Any

import pytest

from cchc_core.indicators import keeping
from cchc_core.indicators.keeping import TwoYears, form_of
from cchc_core.permissions import Role
from cchc_core.scoring import list_departments
from cchc_core.store.indicator_values import FigureLine
from tests.pages.screen import INDICATORS, Office, Screen, as_read

FORM = form_of(2024)


def _department(office: Office) -> str:
    return list_departments(office.database)[0].id


def _line(office: Office, code: str, year: int = 2024) -> FigureLine:
    return FigureLine(_department(office), FORM.id, year, code)


def _read(office: Office) -> TwoYears:
    return keeping.read_two_years(office.database, office.person(Role.OFFICER), _department(office), 2024)


def _open(office: Office, role: Role = Role.OFFICER, section: str = "I", tim: str = "", missing: str = "") -> Screen:
    query = {"nam": "2024", "muc-so": section, "tim": tim, "con-thieu": missing}
    return office.screen(role).open(INDICATORS, **{name: value for name, value in query.items() if value})


def _field(screen: Screen, office: Office, code: str, name: str = "0", year: int = 2024) -> Any:
    key = f"figure|{_department(office)}|{FORM.id}|{year}|{code}|{name}"
    if not any(box.key == key for box in (*screen.at.text_input, *screen.at.selectbox)):
        screen.run()
    return next(box for box in (*screen.at.text_input, *screen.at.selectbox) if box.key == key)


def _type(screen: Screen, office: Office, code: str, text: str, name: str = "0", year: int = 2024) -> Screen:
    _field(screen, office, code, name, year).set_value(text)
    return screen.run()


def _codes(screen: Screen) -> list[str]:
    keys = [str(box.key).split("|") for box in (*screen.at.text_input, *screen.at.selectbox)]
    return list(dict.fromkeys(key[4] for key in keys if key[0] == "figure"))


def test_a_section_shows_each_of_its_indicators_with_fields_for_both_years(office: Office) -> None:
    for section in FORM.sections:
        screen = _open(office, section=section.code)
        assert _codes(screen) == [each.code for each in FORM.of_section(section.code)]
        for each in FORM.of_section(section.code):
            for place in range(len(each.figures)):
                assert {_field(screen, office, each.code, str(place), year).value for year in (2023, 2024)} == {""}


def test_a_figure_is_saved_as_soon_as_it_is_typed_and_the_difference_is_told(office: Office) -> None:
    screen = _open(office)
    _type(screen, office, "I.1.1", "1 200", year=2023)
    _type(screen, office, "I.1.1", "1188")
    assert [_read(office).values("I.1.1", is_last=last)[0] for last in (True, False)] == [1200, 1188]
    assert _field(screen, office, "I.1.1", year=2023).value == "1200"
    screen.run()
    assert "Chênh lệch **−12**" in screen.texts()
    assert "**1/16** chỉ tiêu của lĩnh vực · **1/100** của cả biểu" in screen.texts()


def test_a_number_with_two_readings_offers_what_fits_and_stays_until_one_is_chosen(office: Office) -> None:
    screen = _open(office)
    _type(screen, office, "I.1.1", "1.234")
    assert "có thể là 1,234 hoặc 1234" in screen.errors()
    assert _field(screen, office, "I.1.1").value == "1.234"
    assert not screen.has_button("reading 2024 I.1.1 0 1,234")
    screen.press("reading 2024 I.1.1 0 1234")
    assert screen.errors() == ""
    assert _read(office).values("I.1.1") == (Decimal(1234),)
    assert _field(screen, office, "I.1.1").value == "1234"


def test_a_figure_that_cannot_be_is_refused_and_can_be_given_up(office: Office) -> None:
    screen = _open(office)
    _type(screen, office, "I.1.1", "40")
    _type(screen, office, "I.1.1", "-5")
    assert "số âm" in screen.errors()
    screen.press("stored 2024 I.1.1")
    assert screen.errors() == ""
    assert _field(screen, office, "I.1.1").value == "40"


def test_a_ratio_is_computed_and_a_part_above_its_whole_is_refused(office: Office) -> None:
    screen = _open(office, section="II.6")
    _type(screen, office, "II.6.5.1", "5", "0")
    _type(screen, office, "II.6.5.1", "8", "1")
    screen.run()
    assert "Kết quả: – → **62,5** %" in as_read(screen.texts())
    _type(screen, office, "II.6.5.1", "9", "0")
    assert "nhiều hơn" in screen.errors()


def test_a_yes_or_no_is_chosen_and_a_note_is_kept(office: Office) -> None:
    screen = _open(office, section="II.2")
    _type(screen, office, "II.2.4.5", "1")
    _type(screen, office, "II.2.4.5", "=1+1 *đậm*", "note")
    read = _read(office)
    assert (read.values("II.2.4.5"), read.note("II.2.4.5")) == ((Decimal(1),), "=1+1 *đậm*")


def test_what_somebody_else_saved_meanwhile_is_shown_and_ones_own_kept_until_one_decides(office: Office) -> None:
    screen = _open(office)
    room = office.person(Role.ROOM)
    keeping.save_figures(office.database, room, _line(office, "I.1.1"), ["7"], expected_version=0)
    _type(screen, office, "I.1.1", "8")
    assert f"{room.name} đã lưu nội dung khác" in screen.errors()
    assert _field(screen, office, "I.1.1").value == "8"
    screen.press("again 2024 I.1.1")
    assert _read(office).values("I.1.1") == (Decimal(8),)


def test_two_fields_that_are_left_at_once_are_both_saved(office: Office) -> None:
    screen = _open(office)
    _field(screen, office, "I.1.1").set_value("43")
    _field(screen, office, "I.1.1", "note").set_value("theo Kế hoạch")
    screen.run()
    assert screen.errors() == ""
    assert (_read(office).values("I.1.1"), _read(office).note("I.1.1")) == ((Decimal(43),), "theo Kế hoạch")


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_may_not_enter_reads_both_years(office: Office, role: Role) -> None:
    officer = office.person(Role.OFFICER)
    keeping.save_figures(office.database, officer, _line(office, "I.1.1", 2023), ["40"], expected_version=0)
    keeping.save_figures(office.database, officer, _line(office, "I.1.1"), ["43"], expected_version=0)
    screen = _open(office, role)
    assert _codes(screen) == []
    assert "năm 2023: **40** · năm 2024: **43** (chênh lệch +3)" in screen.texts()


def test_the_search_finds_indicators_of_every_section_without_diacritics(office: Office) -> None:
    screen = _open(office, tim="bien che")
    assert _codes(screen) == ["II.3.2.1", "II.3.2.2", "II.3.2.4", "II.3.2.5"]
    assert "Không có chỉ tiêu nào" in _open(office, tim="<b>không có</b>").texts()


def test_only_what_is_missing_is_listed_on_demand(office: Office) -> None:
    keeping.save_figures(
        office.database, office.person(Role.OFFICER), _line(office, "I.1.1"), ["1"], expected_version=0
    )
    assert _codes(_open(office, missing="1"))[0] == "I.1.2"


def test_the_year_and_the_section_live_in_the_address(office: Office) -> None:
    screen = _open(office)
    screen.choose("Lĩnh vực", "II.4")
    assert "II.4" in screen.at.query_params["muc-so"]
    assert _codes(screen)[0] == "II.4.1.1"
    assert "năm 2024" in screen.texts()


def test_the_files_of_the_year_can_be_taken_away(office: Office) -> None:
    links = [link.proto.url for link in _open(office).elements("link_button")]
    department = _department(office)
    assert links == [f"/chi-tieu-tep/{department}/2024/thong-ke.{ending}" for ending in ("xlsx", "csv")]
