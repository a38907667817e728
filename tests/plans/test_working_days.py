"""Terms that run from an event: counted as the Civil Code does, around weekends and Vietnam's public holidays."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_core.holidays import HOLIDAYS_DIR, HolidayFileError, read_calendar
from cchc_core.working_days import NoCalendar, end_of_term


@pytest.mark.parametrize(
    ("start", "days", "ends"),
    [
        ("2024-03-04", 3, "2024-03-07"),  # Monday to Thursday
        ("2024-03-07", 3, "2024-03-12"),  # over a weekend
        ("2024-02-06", 3, "2024-02-16"),  # over Tết: 7, 15, 16
        ("2024-04-26", 3, "2024-05-04"),  # 2, 3 and Saturday the 4th of May, which is worked
        ("2024-08-30", 1, "2024-09-04"),  # over Quốc khánh
        ("2022-12-29", 3, "2023-01-04"),  # over two years: 30, 3, 4
    ],
)
def test_working_days_leave_out_weekends_and_holidays(start: str, days: int, ends: str) -> None:
    found = end_of_term(date.fromisoformat(start), days, read_calendar(), working=True)
    assert found == date.fromisoformat(ends)


@pytest.mark.parametrize(
    ("start", "days", "ends"),
    [
        ("2024-03-01", 30, "2024-04-01"),  # the 31st of March is a Sunday
        ("2024-03-04", 30, "2024-04-03"),
        ("2024-01-10", 30, "2024-02-15"),  # the 9th of February is Tết
    ],
)
def test_a_term_of_calendar_days_ends_on_a_working_day(start: str, days: int, ends: str) -> None:
    found = end_of_term(date.fromisoformat(start), days, read_calendar(), working=False)
    assert found == date.fromisoformat(ends)


@given(st.dates(date(2022, 1, 1), date(2025, 10, 1)), st.integers(1, 40))
def test_a_term_ends_on_a_working_day_and_never_early(start: date, days: int) -> None:
    calendar = read_calendar()
    worked, passed = (end_of_term(start, days, calendar, working=working) for working in (True, False))
    assert calendar.is_working_day(worked)
    assert calendar.is_working_day(passed)
    assert worked >= passed >= start + timedelta(days=days)


def test_a_year_without_a_calendar_is_refused() -> None:
    with pytest.raises(NoCalendar, match="Chưa có lịch nghỉ lễ năm 1999"):
        end_of_term(date(1999, 5, 3), 3, read_calendar(), working=True)
    with pytest.raises(ValueError, match="at least one day"):
        end_of_term(date(2024, 5, 3), 0, read_calendar(), working=True)


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_every_year_has_its_eleven_days_of_the_labour_code(year: int) -> None:
    """One, five, one, one, one and two days, of which those on a weekend are made up for."""
    calendar = read_calendar()
    off = [day for day, name in calendar.holidays.items() if day.year == year and day.weekday() < 5]
    exchanged = [day for day in calendar.worked_weekends if day.year == year]
    assert len(off) - len(exchanged) == 11
    for month, day in ((1, 1), (4, 30), (5, 1), (9, 2)):
        assert date(year, month, day) in calendar.holidays


SOUND = """year: 2024
source: một thông báo
days:
  - {date: 2024-05-01, name: Quốc tế lao động}
worked_weekends:
  - {date: 2024-05-04, name: Làm bù}
"""


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("year: 2024", "year: 2023", "year", "khác tên tệp"),
        ("source: một thông báo\n", "", "source", "thiếu khoá"),
        ("2024-05-01", "2024-02-30", "days[0].date", "không phải một ngày có thật"),
        ("2024-05-01", "2023-05-01", "days[0].date", "không thuộc năm 2024"),
        ("2024-05-04", "2024-05-01", "worked_weekends[0].date", "đã ghi ở trên"),
        ("2024-05-04", "2024-05-03", "worked_weekends[0].date", "thứ bảy hoặc chủ nhật"),
        ("source:", "sources: x\nsource:", "sources", "không có trong mẫu"),
        ("source:", "source: x\nsource:", "source", "ghi hai lần"),
        (SOUND, "", "", "tệp trống"),
        (SOUND, "a: [", "", "cú pháp YAML"),
    ],
)
def test_a_fault_of_a_holiday_file_is_named(tmp_path: Path, old: str, new: str, where: str, said: str) -> None:
    (tmp_path / "2024.yaml").write_text(SOUND.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "2023.yaml").write_bytes(b"\xff")
    with pytest.raises(HolidayFileError) as refused:
        read_calendar(tmp_path)
    found = refused.value.problems
    assert any("UTF-8" in problem.message for problem in found)
    assert any(problem.where == where and said in problem.message for problem in found), str(refused.value)


def test_a_sound_holiday_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "2024.yaml").write_text(SOUND, encoding="utf-8")
    calendar = read_calendar(tmp_path)
    assert calendar.holidays == {date(2024, 5, 1): "Quốc tế lao động"}
    assert calendar.is_working_day(date(2024, 5, 4))
    assert not calendar.is_working_day(date(2024, 5, 5))
    assert HOLIDAYS_DIR.name == "holidays"
