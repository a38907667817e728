"""Every text about dates that the shipped criteria sets print, read into the days that documents may bear."""

from datetime import date

import pytest

from cchc_core.handing_in.allowed_dates import AllowedDates, Span, read_dates, read_deadline
from cchc_core.rubric_files import read_rubric
from tests.offices import NAM_DINH, SOC_TRANG

Days = tuple[str | None, str | None] | None


def span(days: Days) -> Span | None:
    if days is None:
        return None
    first, last = (None if day is None else date.fromisoformat(day) for day in days)
    return Span(first, last)


def whole(first: int, last: int | None = None) -> Days:
    return f"{first}-01-01", f"{last or first}-12-31"


# Of plans, of everything else.
IN_NAM_DINH: dict[str, tuple[Days, Days]] = {
    "2 năm gần nhất": (whole(2022, 2024), whole(2022, 2024)),
    "dự toán và quyết toán năm 2023; tình hình thực hiện dự toán năm 2024": (None, None),
    "hàng năm": (whole(2023, 2024), whole(2023, 2024)),
    "kế hoạch ban hành trước ngày 15/01/2024": ((None, "2024-01-14"), None),
    "niêm yết, công khai từ đầu năm": (None, None),
    "năm 2023": (whole(2023), whole(2023)),
    "năm 2023 và năm đánh giá": (whole(2023, 2024), whole(2023, 2024)),
    "năm 2024": (whole(2024), whole(2024)),
    "năm 2024, ban hành trước ngày 31/12/2023": (("2023-01-01", "2023-12-30"), ("2023-01-01", "2023-12-30")),
    "năm 2024; riêng kế hoạch ban hành trước 31/12/2023": (("2023-01-01", "2023-12-30"), whole(2024)),
    "năm 2024; riêng kế hoạch ban hành trước ngày 15/01/2024": (("2023-01-01", "2024-01-14"), whole(2024)),
    "năm trước liền kề": (whole(2023), whole(2023)),
    "năm đánh giá": (whole(2024), whole(2024)),
    "năm đánh giá và năm trước liền kề": (whole(2023, 2024), whole(2023, 2024)),
    "trong năm": (whole(2024), whole(2024)),
    "tính đến thời điểm đánh giá": ((None, "2024-12-31"), (None, "2024-12-31")),
}
IN_SOC_TRANG: dict[str, tuple[Days, Days]] = {
    "ban hành từ đầu năm": (whole(2021, 2022), whole(2021, 2022)),
    "hàng năm": (whole(2021, 2022), whole(2021, 2022)),
    "năm trước liền kề": (whole(2021), whole(2021)),
    "trong năm": (whole(2022), whole(2022)),
    "trước 30/9/2021": ((None, "2021-09-29"), (None, "2021-09-29")),
    "trước ngày 15/8/2021": ((None, "2021-08-14"), (None, "2021-08-14")),
    "trước ngày 30/9/2021": ((None, "2021-09-29"), (None, "2021-09-29")),
    "định kỳ hàng quý, năm": (whole(2022), whole(2022)),
}
DEADLINES: dict[str, tuple[Days, Days]] = {
    "Kế hoạch ban hành trước 31/12/2023": ((None, "2023-12-30"), None),
    "Kế hoạch ban hành trước ngày 15/01/2024": ((None, "2024-01-14"), None),
    "Kế hoạch trước ngày 15/01/2024": ((None, "2024-01-14"), None),
    "Kế hoạch trước ngày 31/12/2023": ((None, "2023-12-30"), None),
    "Trong năm 2024": ((None, "2024-12-31"), (None, "2024-12-31")),
    "Ngay sau khi UBND tỉnh ban hành quyết định công bố danh mục TTHC": (None, None),
    "Sau khi thực hiện rà soát hoặc theo yêu cầu của Sở Tư pháp hoặc báo cáo định kỳ theo quy định": (None, None),
    "Theo nội dung của văn bản QPPL thuộc lĩnh vực quản lý được giao": (None, None),
    "Theo thời gian của Kế hoạch": (None, None),
    "Theo yêu cầu của Sở Tư pháp hoặc báo cáo định kỳ theo quy định": (None, None),
    "Thường xuyên": (None, None),
}


def both(allowed: AllowedDates) -> tuple[Span | None, Span | None]:
    return allowed.for_kind(is_plan=True), allowed.for_kind(is_plan=False)


@pytest.mark.parametrize(("text", "days"), list(IN_NAM_DINH.items()))
def test_the_dates_of_an_evidence_line_of_nam_dinh_are_read(text: str, days: tuple[Days, Days]) -> None:
    assert both(read_dates(text, 2024)) == (span(days[0]), span(days[1]))


@pytest.mark.parametrize(("text", "days"), list(IN_SOC_TRANG.items()))
def test_the_dates_of_an_evidence_line_of_soc_trang_are_read(text: str, days: tuple[Days, Days]) -> None:
    assert both(read_dates(text, 2022)) == (span(days[0]), span(days[1]))


@pytest.mark.parametrize(("text", "days"), list(DEADLINES.items()))
def test_the_deadline_of_a_criterion_is_read(text: str, days: tuple[Days, Days]) -> None:
    assert both(read_deadline(text, 2024)) == (span(days[0]), span(days[1]))


def test_every_text_of_both_shipped_sets_stands_in_these_tables() -> None:
    for rubric_id, dates, deadlines in ((NAM_DINH, IN_NAM_DINH, DEADLINES), (SOC_TRANG, IN_SOC_TRANG, {})):
        rubric = read_rubric(rubric_id)
        lines = {line.dates for leaf in rubric.criteria for line in leaf.evidence if line.dates}
        assert lines == set(dates)
        assert {leaf.deadline for leaf in rubric.criteria if leaf.deadline} == set(deadlines)


@pytest.mark.parametrize(
    "text", ["", "   ", "theo quy định", "trước ngày 31/02/2024", "năm 20245", "năm 0000", "trước mùa mưa", "2024"]
)
def test_what_cannot_be_read_for_sure_is_open(text: str) -> None:
    assert read_dates(text, 2024).is_open
    assert read_dates(None, 2024).is_open


def test_other_spellings_of_the_same_words_are_read_alike() -> None:
    assert both(read_dates("02 năm gần nhất", 2024)) == both(read_dates("2 năm gần nhất", 2024))
    assert both(read_dates("hằng năm.", 2024)) == both(read_dates("hàng năm", 2024))
    assert both(read_dates("Năm trước liền kề", 2024)) == both(read_dates("năm trước liền kề", 2024))


def test_the_day_before_the_named_one_is_the_last_that_is_early_enough() -> None:
    allowed = read_dates("trước ngày 15/8/2021", 2022).of_others
    assert allowed is not None
    assert (allowed.holds(date(2021, 8, 14)), allowed.holds(date(2021, 8, 15))) == (True, False)
    assert (allowed.distance(date(2021, 8, 14)).days, allowed.distance(date(2021, 8, 15)).days) == (0, 1)


def test_a_day_before_a_span_lies_as_far_outside_as_one_after_it() -> None:
    allowed = read_dates("năm 2023", 2024).of_others
    assert allowed is not None
    assert allowed.distance(date(2022, 12, 31)).days == allowed.distance(date(2024, 1, 1)).days == 1
    assert allowed.words == "từ ngày 01/01/2023 đến ngày 31/12/2023"
