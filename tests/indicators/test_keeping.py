from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cchc_core.errors import BadText, NotAllowedInOffice, NotFound, StaleText
from cchc_core.indicators import keeping
from cchc_core.indicators.keeping import TwoYears, form_of
from cchc_core.indicators.picking import pick, picks
from cchc_core.indicators.printed import Level, comparison_table, lines
from cchc_core.indicators.values import ValuesRefused
from cchc_core.indicators.workbook import COMPARISON_SHEET, FORM_SHEET, figures_workbook
from cchc_core.permissions import Role
from cchc_core.store.indicator_values import FigureLine
from cchc_core.store.verify import verify
from cchc_core.table_files import to_csv
from tests.store.world import World, make_world, reopen

FORM = form_of(2024)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path)
    yield made
    made.database.close()


def _line(world: World, code: str, year: int = 2024) -> FigureLine:
    return FigureLine(world.department.id, FORM.id, year, code)


def _enter(world: World, code: str, *texts: str, year: int = 2024, version: int = 0, role: Role = Role.OFFICER) -> None:
    user = world.people[role]
    keeping.save_figures(world.database, user, _line(world, code, year), texts, expected_version=version)


def _read(world: World, role: Role = Role.OFFICER) -> TwoYears:
    return keeping.read_two_years(world.database, world.people[role], world.department.id, 2024)


def test_both_years_stand_side_by_side_with_their_difference(world: World) -> None:
    _enter(world, "II.2.4.1", "1 200", "97,5", year=2023)
    _enter(world, "II.2.4.1", "1350", "98,25", role=Role.ROOM)
    number, percent = _read(world, Role.LEADER).differences("II.2.4.1")
    assert (number.last, number.this, number.change) == (Decimal(1200), Decimal(1350), Decimal(150))
    assert percent.change == Decimal("0.75")
    stored = _read(world).this["II.2.4.1"]
    assert (stored.texts, stored.changed_by_name) == (("1350", "98,25"), world.people[Role.ROOM].name)


def test_an_indicator_is_complete_when_this_year_has_every_figure(world: World) -> None:
    _enter(world, "II.2.4.1", "1350", "")
    assert not _read(world).is_complete("II.2.4.1")
    _enter(world, "II.2.4.1", "1350", "98", version=1)
    assert _read(world).is_complete("II.2.4.1")
    _enter(world, "I.1.1", "5", year=2023)
    assert not _read(world).is_complete("I.1.1")


def test_a_note_stays_when_figures_change_and_figures_stay_when_the_note_does(world: World) -> None:
    _enter(world, "I.1.1", "43")
    keeping.save_note(world.database, world.officer, _line(world, "I.1.1"), " theo\nKế hoạch ", expected_version=1)
    _enter(world, "I.1.1", "44", version=2)
    read = _read(world)
    assert (read.note("I.1.1"), read.values("I.1.1")) == ("theo Kế hoạch", (Decimal(44),))


def test_saving_what_is_there_already_changes_nothing(world: World) -> None:
    _enter(world, "I.1.1", "43")
    _enter(world, "I.1.1", " 43 ", version=1)
    assert _read(world).this["I.1.1"].version == 1
    _enter(world, "I.1.2", "")
    assert "I.1.2" not in _read(world).this


def test_one_bad_figure_stores_none_of_an_indicator(world: World) -> None:
    with pytest.raises(ValuesRefused):
        _enter(world, "II.2.4.1", "1200", "101")
    assert _read(world).this == {}


def test_what_somebody_else_saved_meanwhile_is_shown_and_not_overwritten(world: World) -> None:
    _enter(world, "I.1.1", "43", role=Role.ROOM)
    with pytest.raises(StaleText, match="«43»") as why:
        _enter(world, "I.1.1", "44")
    _enter(world, "I.1.1", "44", version=why.value.version)
    assert _read(world).values("I.1.1") == (Decimal(44),)


def test_an_unknown_indicator_form_or_department_is_refused(world: World) -> None:
    unknown = (
        _line(world, "I.9"),
        FigureLine(world.department.id, "khong-co", 2024, "I.1.1"),
        FigureLine("khongco", FORM.id, 2024, "I.1.1"),
        _line(world, "I.1.1", 12024),
    )
    for line in unknown:
        with pytest.raises(NotFound):
            keeping.save_figures(world.database, world.officer, line, ["1"], expected_version=0)


def test_a_note_that_is_too_long_is_refused(world: World) -> None:
    with pytest.raises(BadText, match="501 ký tự"):
        keeping.save_note(world.database, world.officer, _line(world, "I.1.1"), "a" * 501, expected_version=0)


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.APPRAISER])
def test_who_may_not_enter_figures_is_refused(world: World, role: Role) -> None:
    with pytest.raises(NotAllowedInOffice):
        _enter(world, "I.1.1", "1", role=role)


def test_an_appraiser_does_not_see_the_figures(world: World) -> None:
    with pytest.raises(NotAllowedInOffice):
        _read(world, Role.APPRAISER)


def test_figures_outlive_a_restart_and_agree_with_the_log(world: World) -> None:
    _enter(world, "II.3.2.5", "-12,5")
    again = reopen(world)
    assert _read(again).values("II.3.2.5") == (Decimal("-12.5"),)
    assert verify(again.database).findings == ()
    again.database.close()


def test_a_year_before_the_oldest_form_is_reported_by_that_one() -> None:
    assert form_of(1990).id == form_of(2030).id == "sonla-2024"


def test_every_figure_has_a_name_that_finds_it_again() -> None:
    named = list(picks(FORM))
    assert len({each.key for each in named}) == len(named)
    assert [pick(each.key) for each in named] == named
    assert [pick(key) for key in ("", "sonla-2024", "sonla-2024/I.1.1/9", "khac/I.1.1/0")] == [None] * 4


def test_the_printed_form_holds_every_indicator_once_in_order_with_its_headings(world: World) -> None:
    printed = list(lines(_read(world)))
    titles = [line.title for line in printed if line.level is Level.INDICATOR]
    assert len(titles) == 104
    assert sum(line.level is Level.SECTION for line in printed) == 7
    assert sum(line.level is Level.GROUP for line in printed) == len(FORM.groups)
    assert [line.number for line in printed if line.level is Level.PART] == ["II"]


def test_the_workbook_keeps_numbers_as_numbers_and_peoples_text_as_text(world: World) -> None:
    _enter(world, "I.1.1", "43", year=2023)
    _enter(world, "I.1.1", "1200")
    _enter(world, "II.2.4.1", "1350", "98,25")
    _enter(world, "II.6.5.1", "5", "8")
    keeping.save_note(world.database, world.officer, _line(world, "I.1.1"), "=1+1", expected_version=1)
    written = figures_workbook(_read(world), world.department.name)
    form = load_workbook(BytesIO(written))[FORM_SHEET]
    rows = {row[1].value: row for row in form.iter_rows(min_row=11)}
    first = next(row for row in form.iter_rows(min_row=11) if row[1].value == "Số nhiệm vụ đề ra trong kế hoạch")
    assert [cell.value for cell in first[2:6]] == ["Nhiệm vụ", 43, 1200, "=1+1"]
    assert (first[4].number_format, first[5].data_type) == ("#,##0", "s")
    assert rows["Tỷ lệ hồ sơ TTHC đã tiếp nhận được giải quyết đúng hạn"][4].value == "1.350 hồ sơ = 98,25\u00a0%"
    assert rows["Tổng số đơn vị trực thuộc sử dụng hòm thư công vụ"][4].value == "5/8 = 62,5\u00a0%"
    assert [form["D10"].value, form["E10"].value] == ["Năm 2023", "Năm 2024"]
    assert form.page_setup.paperSize == 9
    assert form.page_setup.orientation != "landscape"


def test_the_differences_of_the_workbook_are_live_formulas_with_their_values(world: World) -> None:
    _enter(world, "I.1.1", "43", year=2023)
    _enter(world, "I.1.1", "40")
    written = figures_workbook(_read(world), world.department.name)
    formula = load_workbook(BytesIO(written))[COMPARISON_SHEET]["G4"].value
    value = load_workbook(BytesIO(written), data_only=True)[COMPARISON_SHEET]["G4"].value
    assert (formula, value) == ('=IF(OR(E4="",F4=""),"",F4-E4)', -3)


def test_the_table_of_both_years_has_a_row_for_each_number_and_keeps_decimals(world: World) -> None:
    _enter(world, "II.6.6.3", "97,5", year=2023)
    _enter(world, "II.6.6.3", "98,25")
    table = comparison_table(_read(world))
    results = sum(indicator.result is not None for indicator in FORM.indicators)
    assert len(table.rows) == sum(len(indicator.figures) for indicator in FORM.indicators) + results
    assert ";97,5;98,25;0,75;" in to_csv(table).decode("utf-8-sig")
