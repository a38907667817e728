"""Reporting periods: the shipped files, and what a damaged one says."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from cchc_core.periods import PERIODS_FOLDER, PeriodFileError, PeriodTemplate, load_periods, periods_for

GOOD = """\
id: tinh-2024
title: Các kỳ của tỉnh
year: 2024
rubrics: [bo-cua-tinh]
periods:
  - code: h1
    title: 6 tháng
    is_provisional: true
    data_from: {year: -1, month: 12, day: 15}
    data_to: {year: 0, month: 6, day: 14}
    internal_due: {year: 0, month: 6, day: 11}
    outward_due: {year: 0, month: 6, day: 16}
  - code: year
    title: Năm
    is_provisional: false
    data_from: {year: -1, month: 12, day: 15}
    data_to: {year: 0, month: 12, day: 14}
    internal_due: {year: 0, month: 12, day: 11}
    outward_due: {year: 0, month: 12, day: 16}
"""


def write(folder: Path, text: str, name: str = "tinh-2024") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def complaints(path: Path, year: int = 2024) -> list[str]:
    with pytest.raises(PeriodFileError) as caught:
        load_periods(path, year)
    return [str(problem) for problem in caught.value.problems]


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in GOOD
    return write(folder, GOOD.replace(old, new, 1))


def test_soc_trang_has_the_days_of_its_plan() -> None:
    first, half, third, whole = periods_for("soctrang-tttt-2022", 2022)
    assert first == PeriodTemplate(
        code="q1",
        title="Quý I",
        order=1,
        is_provisional=True,
        data_from=date(2021, 12, 15),
        data_to=date(2022, 3, 14),
        internal_due=date(2022, 3, 11),
        outward_due=date(2022, 3, 16),
    )
    assert [(period.data_from, period.data_to, period.outward_due) for period in (half, third, whole)] == [
        (date(2021, 12, 15), date(2022, 6, 14), date(2022, 6, 16)),
        (date(2022, 6, 15), date(2022, 9, 14), date(2022, 9, 16)),
        (date(2021, 12, 15), date(2022, 12, 14), date(2022, 12, 16)),
    ]


@pytest.mark.parametrize(
    ("rubric", "year"), [("soctrang-tttt-2022", 2022), ("namdinh-tnmt-2024", 2024), ("bo-khac", 2031)]
)
def test_every_year_has_three_provisional_periods_and_the_year(rubric: str, year: int) -> None:
    periods = periods_for(rubric, year)
    assert [period.code for period in periods] == ["q1", "h1", "q3", "year"]
    assert [period.title for period in periods] == ["Quý I", "6 tháng", "Quý III", "Năm"]
    assert [period.is_provisional for period in periods] == [True, True, True, False]
    assert [period.order for period in periods] == [1, 2, 3, 4]
    assert all(period.outward_due - period.internal_due == timedelta(days=5) for period in periods)


def test_a_set_without_a_file_of_its_own_gets_the_national_pattern_of_its_year() -> None:
    periods = periods_for("bo-moi-2026", 2026)
    assert periods == load_periods(PERIODS_FOLDER / "default.yaml", 2026)
    assert (periods[0].data_from, periods[-1].outward_due) == (date(2025, 12, 15), date(2026, 12, 16))


def test_a_set_finds_the_file_that_names_it(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("tinh-2024", "default").replace("bo-cua-tinh", "bo-khac"), "default")
    assert periods_for("bo-cua-tinh", 2024, tmp_path) == load_periods(path, 2024)


def test_two_files_that_name_one_set_are_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("tinh-2024", "tinh-hai"), "tinh-hai")
    with pytest.raises(PeriodFileError, match=r"tinh-2024\.yaml, tinh-hai\.yaml"):
        periods_for("bo-cua-tinh", 2024, tmp_path)


def test_a_damaged_file_is_named_even_when_another_set_is_wanted(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "id: [", "hong")
    with pytest.raises(PeriodFileError, match=r"hong\.yaml, dòng 1"):
        periods_for("bo-cua-tinh", 2024, tmp_path)


def test_without_a_default_file_a_set_that_nobody_names_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    with pytest.raises(PeriodFileError, match=r"default\.yaml: Không đọc được"):
        periods_for("bo-la", 2024, tmp_path)


def test_the_days_of_another_year_are_not_taken_over_in_silence(tmp_path: Path) -> None:
    assert complaints(write(tmp_path, GOOD), 2025) == [
        "tinh-2024.yaml, year: Lịch này là của năm 2024, đang cần năm 2025; "
        "hãy lập tệp cho năm 2025 hoặc để year: null nếu mọi năm như nhau."
    ]


def test_a_file_for_all_years_counts_from_the_year_asked_for(tmp_path: Path) -> None:
    path = changed(tmp_path, "year: 2024", "year: null")
    assert load_periods(path, 2027)[0].data_from == date(2026, 12, 15)


def test_all_problems_of_the_shape_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("    title: 6 tháng\n", "").replace("month: 6, day: 14", "month: 13, day: 0")
    text = text.replace("is_provisional: false", "is_provisional: sometimes")
    text = text.replace("code: h1", "code: H 1\n    khoa: 1")
    assert complaints(write(tmp_path, text)) == [
        "tinh-2024.yaml, kỳ thứ 1.code: Chỉ gồm chữ thường không dấu, chữ số và gạch dưới, bắt đầu bằng chữ.",
        "tinh-2024.yaml, kỳ thứ 1.title: Thiếu khoá này; hãy thêm vào.",
        "tinh-2024.yaml, kỳ thứ 1.data_to.month: Lớn quá, nhiều nhất là 12.",
        "tinh-2024.yaml, kỳ thứ 1.data_to.day: Nhỏ quá, ít nhất là 1.",
        "tinh-2024.yaml, kỳ thứ 1.khoa: Khoá lạ; hãy xoá hoặc sửa lại tên khoá.",
        "tinh-2024.yaml, kỳ thứ 2.is_provisional: Phải là true hoặc false.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("id: tinh-2024", "id: tinh-2023", "id: Mã «tinh-2023» khác tên tệp «tinh-2024»; hãy đặt hai tên như nhau."),
        (
            "rubrics: [bo-cua-tinh]",
            "rubrics: [1]",
            "rubrics, mục thứ 1: Phải là chữ; nếu là số hãy đặt trong dấu ngoặc kép.",
        ),
        ("rubrics: [bo-cua-tinh]", "rubrics: bo-cua-tinh", "rubrics: Phải là một danh sách."),
        (
            "year: 0, month: 6, day: 14",
            "year: 0, month: 6, day: 31",
            "kỳ h1, data_to: Không có ngày 31/6/2024; hãy sửa ngày.",
        ),
        (
            "year: -1, month: 12, day: 15",
            "year: 0, month: 12, day: 15",
            "kỳ h1: Ngày đầu số liệu (data_from) sau ngày cuối (data_to); hãy sửa ngày hoặc năm.",
        ),
        (
            "month: 6, day: 16",
            "month: 6, day: 13",
            "kỳ h1: Hạn gửi đi (outward_due) trước ngày cuối số liệu (data_to); hãy sửa ngày hoặc năm.",
        ),
        (
            "month: 6, day: 11",
            "month: 6, day: 17",
            "kỳ h1: Hạn nội bộ (internal_due) sau hạn gửi đi (outward_due); hãy sửa ngày.",
        ),
        (
            "outward_due: {year: 0, month: 6",
            "outward_due: {year: 1, month: 6",
            "kỳ year: Hạn gửi đi không sau kỳ h1 đứng trước; hãy xếp các kỳ theo thứ tự.",
        ),
        ("code: year", "code: h1", "kỳ h1: Mã kỳ này có hai lần; mỗi kỳ cần một mã riêng."),
        (
            "is_provisional: true",
            "is_provisional: false",
            "is_provisional: Chỉ kỳ cuối (năm) là false, các kỳ trước là true; hãy sửa lại.",
        ),
        ("title: Năm\n", "title: Năm\n    title: Cả năm\n", "dòng 15: Khoá «title» ghi hai lần; hãy xoá một dòng."),
        (
            "title: Năm",
            "title: Năm: cả năm",
            "dòng 14: Không đúng cú pháp YAML; hãy xem lại thụt dòng, dấu hai chấm và dấu ngoặc.",
        ),
    ],
)
def test_each_mistake_says_where_it_is_and_what_to_do(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert complaints(changed(tmp_path, old, new)) == [f"tinh-2024.yaml, {complaint}"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"\xff\xfe\x00", "Tệp không phải văn bản UTF-8 hoặc có ký tự lạ; hãy lưu lại bằng bảng mã UTF-8."),
        (b"id: a\x07", "Tệp không phải văn bản UTF-8 hoặc có ký tự lạ; hãy lưu lại bằng bảng mã UTF-8."),
        (b"", "Phải gồm các cặp khoá: giá trị."),
        (b"- 1", "Phải gồm các cặp khoá: giá trị."),
        (b"id: 2022-02-30", "Có giá trị không đọc được, ví dụ ngày không có thật; hãy ghi ngày bằng year, month, day."),
    ],
)
def test_a_file_that_is_no_period_file_is_refused_in_words(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "tinh-2024.yaml"
    path.write_bytes(content)
    assert complaints(path) == [f"tinh-2024.yaml: {complaint}"]


def test_a_leap_day_is_refused_only_where_the_year_has_none(tmp_path: Path) -> None:
    text = GOOD.replace("year: 2024", "year: null").replace("month: 6, day: 14", "month: 2, day: 29")
    path = write(tmp_path, text)
    assert load_periods(path, 2024)[0].data_to == date(2024, 2, 29)
    assert complaints(path, 2025) == ["tinh-2024.yaml, kỳ h1, data_to: Không có ngày 29/2/2025; hãy sửa ngày."]


def test_titles_are_kept_in_composed_form(tmp_path: Path) -> None:
    path = changed(tmp_path, "title: Năm", "title: Na\u0306m")
    assert load_periods(path, 2024)[1].title == "Năm"
