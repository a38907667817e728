from datetime import date

import pytest

from cchc_core.days import read_day
from cchc_core.errors import BadText


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("05/09/2026", date(2026, 9, 5)),
        (" 5/9/2026 ", date(2026, 9, 5)),
        ("5-9-2026", date(2026, 9, 5)),
        ("5.9.2026", date(2026, 9, 5)),
        ("29/02/2028", date(2028, 2, 29)),
        ("31/12/2100", date(2100, 12, 31)),
        ("1/1/2000", date(2000, 1, 1)),
        ("", None),
        (" \n ", None),
    ],
)
def test_a_day_is_read_as_people_here_type_it(typed: str, read: date | None) -> None:
    assert read_day("Hạn", typed) == read


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("29/02/2026", "tháng 2 năm 2026 không có ngày 29"),
        ("31/4/2026", "tháng 4 năm 2026 không có ngày 31"),
        ("0/4/2026", "tháng 4 năm 2026 không có ngày 0"),
        ("12/31/2026", "không có tháng 31"),
        ("1/0/2026", "không có tháng 0"),
        ("1/1/1999", "năm 1999 nằm ngoài khoảng 2000 đến 2100"),
        ("1/1/2101", "năm 2101 nằm ngoài khoảng 2000 đến 2100"),
        ("2026-09-05", "«2026-09-05» không phải là một ngày"),
        ("5/9/26", "«5/9/26» không phải là một ngày"),
        ("٥/٩/٢٠٢٦", "không phải là một ngày"),
        ("mai", "«mai» không phải là một ngày"),
        ("5/9/2026 hoặc sau", "không phải là một ngày"),
        ("9" * 5_000, f"«{'9' * 40}» không phải là một ngày"),
    ],
)
def test_what_is_no_day_of_the_calendar_is_refused_by_name(typed: str, problem: str) -> None:
    with pytest.raises(BadText) as refused:
        read_day("Hạn khắc phục", typed)
    assert str(refused.value).startswith("Hạn khắc phục: ")
    assert problem in str(refused.value)
    assert "Hãy gõ ngày/tháng/năm" in str(refused.value)
