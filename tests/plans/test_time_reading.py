"""Printed times: every one of the plans that come along, worked out by hand, and what a reader must never guess."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_core.plans.files import readable_plans
from cchc_core.time_reading import Offset, Reading, TimeKind, read_time

DATE, MONTH, QUARTER, YEAR = TimeKind.DATE, TimeKind.MONTH, TimeKind.QUARTER, TimeKind.YEAR
RECURRING, RELATIVE, OPEN = TimeKind.RECURRING, TimeKind.RELATIVE, TimeKind.OPEN

ON_DEMAND = "Theo yêu cầu của Sở Tư pháp hoặc báo cáo định kỳ theo quy định"
AFTER_DECISION = "Trong thời hạn 30 ngày kể từ ngày có Quyết định công bố TTHC của Chủ tịch UBND tỉnh"
AFTER_APPROVAL = "Trong thời hạn 03 ngày kể từ ngày có Quyết định phê duyệt quy trình nội bộ của Chủ tịch UBND tỉnh"
ON_SYSTEM = "Báo cáo được gửi trên hệ thống báo cáo Chính phủ chậm nhất ngày 19 tháng cuối của kỳ báo cáo."
THREE_REPORTS = (
    "- BC kết quả rà soát, hệ thống hóa, kiểm tra VBQPPL trước 15/12. - BC theo dõi thi hành pháp luật trước 05/12. "
    "- Các báo cáo đột xuất theo thời gian yêu cầu."
)
ISSUED = (
    "Trong vòng 30 kể từ ngày UBND tỉnh ban hành kế hoạch của tỉnh (chậm nhất là ngày 27/01/2022) "
    "và thực hiện trong năm 2022"
)

# Printed text -> the kind of the whole, and the days with theirs.
PRINTED: dict[tuple[str, int], tuple[TimeKind, list[str]]] = {
    # Nam Định, Sở Xây dựng
    ("Thường xuyên", 2024): (RECURRING, []),
    ("Năm 2024", 2024): (YEAR, ["2024-12-31 year"]),
    ("Quý I/2024", 2024): (QUARTER, ["2024-03-31 quarter"]),
    ("Quý IV/2024", 2024): (QUARTER, ["2024-12-31 quarter"]),
    ("Trước ngày 15/01/2024", 2024): (DATE, ["2024-01-14 date"]),
    ("Tháng 9/2024", 2024): (MONTH, ["2024-09-30 month"]),
    ("Tháng 12/2023", 2024): (MONTH, ["2023-12-31 month"]),
    ("Theo quy định", 2024): (OPEN, []),
    ("Theo quy định, yêu cầu", 2024): (OPEN, []),
    ("Theo đúng lộ trình", 2024): (OPEN, []),
    ("trong năm", 2024): (YEAR, ["2024-12-31 year"]),
    # Nam Định, Sở TN&MT
    ("Kế hoạch trước ngày 31/12/2023", 2024): (DATE, ["2023-12-30 date"]),
    ("Kế hoạch trước ngày 15/01/2024", 2024): (DATE, ["2024-01-14 date"]),
    ("Kế hoạch ban hành trước 31/12/2023", 2024): (DATE, ["2023-12-30 date"]),
    ("Kế hoạch ban hành trước ngày 15/01/2024", 2024): (DATE, ["2024-01-14 date"]),
    ("Theo thời gian của Kế hoạch", 2024): (OPEN, []),
    ("Theo nội dung của văn bản QPPL thuộc lĩnh vực quản lý được giao", 2024): (OPEN, []),
    (ON_DEMAND, 2024): (RECURRING, []),
    ("Sau khi thực hiện rà soát hoặc t" + ON_DEMAND[1:], 2024): (RECURRING, []),
    ("Ngay sau khi UBND tỉnh ban hành quyết định công bố danh mục TTHC", 2024): (RELATIVE, []),
    # Sóc Trăng
    ("Thường xuyên", 2022): (RECURRING, []),
    ("Năm 2022", 2022): (YEAR, ["2022-12-31 year"]),
    ("Theo quy định của UBND tỉnh", 2022): (OPEN, []),
    ("Trong quý IV/2022", 2022): (QUARTER, ["2022-12-31 quarter"]),
    ("Quý I năm 2022", 2022): (QUARTER, ["2022-03-31 quarter"]),
    ("Quý I-II năm 2022", 2022): (QUARTER, ["2022-06-30 quarter"]),
    (ISSUED, 2022): (DATE, ["2022-01-27 date", "2022-12-31 year"]),
    ("chậm nhất là vào ngày 16 của tháng cuối kỳ báo cáo", 2022): (
        RECURRING,
        ["2022-03-16 recurring", "2022-06-16 recurring", "2022-09-16 recurring", "2022-12-16 recurring"],
    ),
    # Khánh Hòa
    ("Thường xuyên trong năm 2024", 2024): (RECURRING, ["2024-12-31 recurring"]),
    ("Trong năm 2024", 2024): (YEAR, ["2024-12-31 year"]),
    ("Trong Quý 4/2024", 2024): (QUARTER, ["2024-12-31 quarter"]),
    ("Trước ngày 14/12/2024", 2024): (DATE, ["2024-12-13 date"]),
    ("Trước ngày 01/4/2024", 2024): (DATE, ["2024-03-31 date"]),
    ("trước ngày 05/12/2024", 2024): (DATE, ["2024-12-04 date"]),
    ("Đến ngày 15/12/2024", 2024): (DATE, ["2024-12-15 date"]),
    (THREE_REPORTS, 2024): (DATE, ["2024-12-04 date", "2024-12-14 date"]),
    ("Theo quy định (Trước ngày 14 của tháng cuối kỳ báo cáo)", 2024): (
        RECURRING,
        ["2024-03-13 recurring", "2024-06-13 recurring", "2024-09-13 recurring", "2024-12-13 recurring"],
    ),
    (ON_SYSTEM, 2024): (
        RECURRING,
        ["2024-03-19 recurring", "2024-06-19 recurring", "2024-09-19 recurring", "2024-12-19 recurring"],
    ),
    ("trước ngày 13 tháng cuối của kỳ báo cáo", 2024): (
        RECURRING,
        ["2024-03-12 recurring", "2024-06-12 recurring", "2024-09-12 recurring", "2024-12-12 recurring"],
    ),
    ("trước ngày 15 tháng cuối kỳ báo cáo", 2024): (
        RECURRING,
        ["2024-03-14 recurring", "2024-06-14 recurring", "2024-09-14 recurring", "2024-12-14 recurring"],
    ),
    ("Theo yêu cầu của Sở Tư pháp", 2024): (OPEN, []),
    ("Theo kế hoạch của UBND tỉnh", 2024): (OPEN, []),
    ("Theo kế hoạch thanh tra, kiểm tra năm 2024", 2024): (OPEN, []),
    (AFTER_DECISION, 2024): (RELATIVE, []),
    (AFTER_APPROVAL, 2024): (RELATIVE, []),
    ("Trong vòng 05 ngày kể từ ngày thay đổi, cập nhật thông tin", 2024): (RELATIVE, []),
    ("trong vòng 03 ngày làm việc", 2024): (RELATIVE, []),
    ("trong thời gian 30 ngày trước khi trình Chủ tịch UBND tỉnh", 2024): (OPEN, []),
}


def shown(reading: Reading) -> list[str]:
    return [f"{due.date} {due.kind}" for due in reading.due]


@pytest.mark.parametrize(("text", "year"), PRINTED)
def test_a_printed_time_is_read_as_a_person_reads_it(text: str, year: int) -> None:
    kind, days = PRINTED[text, year]
    reading = read_time(text, year)
    assert (reading.kind, shown(reading), reading.text) == (kind, days, text)
    assert reading.sentence.endswith(".")


def test_every_time_of_every_plan_stands_in_the_table() -> None:
    plans, _ = readable_plans()
    printed = {(text, plan.year) for plan in plans.values() for task in plan.tasks for text in task.times}
    for plan in plans.values():
        printed |= {(other.text, plan.year) for task in plan.tasks for other in task.other_times}
        printed |= {(target.deadline, plan.year) for target in plan.targets if target.deadline}
    assert printed == set(PRINTED)


@pytest.mark.parametrize(
    ("text", "kind", "days"),
    [
        ("ngày 15 tháng 12 năm 2024", DATE, ["2024-12-15 date"]),
        ("Trước và trong ngày 15/12", DATE, ["2024-12-15 date"]),
        ("Từ ngày 01/3/2024 đến ngày 15/3/2024", DATE, ["2024-03-15 date"]),
        ("Trước ngày 01/01/2024", DATE, ["2023-12-31 date"]),
        ("TRƯỚC NGÀY 15/01/2024", DATE, ["2024-01-14 date"]),
        ("Tru\u031bo\u031b\u0301c nga\u0300y 15/01/2024", DATE, ["2024-01-14 date"]),
        ("Tháng 02", MONTH, ["2024-02-29 month"]),
        ("Trước tháng 5/2024", MONTH, ["2024-04-30 month"]),
        ("Trước quý III/2024", QUARTER, ["2024-06-30 quarter"]),
        ("Quý I, quý III/2024", QUARTER, ["2024-03-31 quarter", "2024-09-30 quarter"]),
        ("6 tháng đầu năm 2024", MONTH, ["2024-06-30 month"]),
        ("hàng quý", RECURRING, [f"2024-{day} recurring" for day in ("03-31", "06-30", "09-30", "12-31")]),
        ("Định kỳ 6 tháng", RECURRING, ["2024-06-30 recurring", "2024-12-31 recurring"]),
        ("Hằng năm", RECURRING, ["2024-12-31 recurring"]),
        ("Hằng tuần", RECURRING, []),
        ("Thường xuyên; báo cáo trước ngày 14/12/2024", DATE, ["2024-12-13 date"]),
    ],
)
def test_times_worded_otherwise_are_read_too(text: str, kind: TimeKind, days: list[str]) -> None:
    reading = read_time(text, 2024)
    assert (reading.kind, shown(reading)) == (kind, days)


def test_what_comes_round_each_month_is_due_twelve_times() -> None:
    assert [due.date.day for due in read_time("hàng tháng", 2024).due] == [
        31,
        29,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ]
    assert {due.date.day for due in read_time("Trước ngày 25 hàng tháng", 2024).due} == {24}
    assert len(read_time("Trước ngày 25 hàng tháng", 2024).due) == 12


@pytest.mark.parametrize(
    "text",
    [
        "Sau ngày 15/3/2024",
        "Từ ngày 15/3/2024",
        "Theo Kế hoạch số 43/KH-STTTT ngày 31/12/2021",
        "Trước ngày 31/02/2024",
        "Trước ngày 32/13/2024",
        "Tháng 13/2024",
        "Quý V/2024",
        "Quý III-II/2024",
        "đầu tháng 5",
        "giữa quý II",
        "hoàn thành 1/2 số việc",
        "trước ngày 05 của tháng đầu quý sau",
        "Báo cáo năm 2023, 2024",
        "30 ngày trước khi trình",
        "mục 1.4",
        "khi có điều kiện",
    ],
)
def test_what_is_not_known_stays_open_and_says_so(text: str) -> None:
    reading = read_time(text, 2024)
    assert (reading.kind, reading.due, reading.offset) == (OPEN, (), None)
    assert text in reading.sentence
    assert "cần ghi hạn" in reading.sentence


@pytest.mark.parametrize("text", ["ngày 05 của tháng sau, hàng quý", "ngày 31 hàng tháng", "ngày 5 và 20 hàng tháng"])
def test_a_cycle_whose_day_is_not_known_is_recurring_without_days(text: str) -> None:
    reading = read_time(text, 2024)
    assert (reading.kind, reading.due) == (RECURRING, ())
    assert "chưa đọc được ngày" in reading.sentence


@pytest.mark.parametrize("text", [None, "", "  \n"])
def test_a_blank_time_is_open(text: str | None) -> None:
    reading = read_time(text, 2024)
    assert (reading.text, reading.kind, reading.due) == ("", OPEN, ())
    assert "không ghi thời gian" in reading.sentence


def test_a_term_keeps_how_long_it_is_and_from_what_it_runs() -> None:
    since = "kể từ ngày có Quyết định công bố TTHC của Chủ tịch UBND tỉnh"
    assert read_time(AFTER_DECISION, 2024).offset == Offset(30, False, since)
    reading = read_time("03 ngày làm việc kể từ ngày nhận hồ sơ", 2024)
    assert reading.offset == Offset(3, True, "kể từ ngày nhận hồ sơ")
    assert "cần biết ngày bắt đầu" in reading.sentence
    assert read_time("trong vòng 30 ngày", 2024).offset == Offset(30, False, None)
    at_once = read_time("Ngay sau khi được giao", 2024).offset
    assert at_once is not None
    assert at_once.days is None


def test_the_day_from_which_a_term_runs_is_no_deadline() -> None:
    reading = read_time("Trong vòng 10 ngày kể từ ngày 15/01/2024", 2024)
    assert (reading.kind, reading.due) == (RELATIVE, ())


WORDS = st.sampled_from(
    [
        *("trước", "ngày", "tháng", "quý", "năm", "trong", "vòng", "hàng", "chậm nhất", "kể từ", "thường xuyên", "và"),
        *(
            "15/01/2024",
            "31/02",
            "2024",
            "I",
            "IV",
            "30",
            "0",
            "-",
            ";",
            "/",
            "cuối kỳ",
            "định kỳ",
            "theo",
            "6",
            "99/99",
        ),
        *("của", "đến", "sau", "thực hiện", "(", ")", ".", "İ", "٣", "ﬁ", "00/00/0000", "9999"),
    ]
)


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=80), st.integers(-1, 10_000))
def test_nothing_that_is_printed_crashes_the_reader(text: str, year: int) -> None:
    reading = read_time(text, year)
    assert reading.sentence
    assert list(reading.due) == sorted(reading.due, key=lambda due: (due.date, due.kind))
    if reading.kind is OPEN:
        assert reading.due == ()
    assert read_time(reading.text, year) == reading


@given(st.dates(date(2001, 1, 2), date(2099, 12, 31)))
def test_before_a_day_is_the_day_before_it(day: date) -> None:
    typed = f"{day:%d/%m/%Y}"
    (before,), (until,) = read_time(f"Trước ngày {typed}", 2024).due, read_time(f"Đến ngày {typed}", 2024).due
    assert until.date == day
    assert (until.date - before.date).days == 1
