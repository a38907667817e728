"""Codes that a spreadsheet has made numbers or days of are put right by their order, and told."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from cchc_core.rubric_in.codes import parse_code, split_title
from cchc_core.rubric_in.model import ImportedSet
from cchc_core.rubric_in.numbers import BadPoints, points_in, style_of_column
from tests.rubric_in.sets import HEAD, set_of, set_of_book


def _with_codes(*codes: object, formats: str = "General") -> ImportedSet:
    table = "\n".join(
        [HEAD, "| 1 | CHỈ ĐẠO | 10 | | |", *(f"| x | Tiêu chí {place} | 1 | | |" for place, _ in enumerate(codes))]
    )

    def change(book: Any) -> None:
        for row, code in enumerate(codes, start=3):
            cell = book.active.cell(row, 1, code)
            cell.number_format = formats if not isinstance(code, date) else "dd/mm/yyyy"

    return set_of_book(table, change=change)


def test_a_number_after_1_9_is_1_10() -> None:
    found = _with_codes(*(f"1.{place}" for place in range(1, 10)), 1.1, 1.11)
    assert found.problems == ()
    assert [each.code for each in found.nodes][-2:] == ["1.10", "1.11"]
    assert any("Excel đã đổi mã thành số 1.1; theo thứ tự, được đọc là 1.10" in note for note in found.notes)


def test_numbers_that_are_in_order_stay_as_they_are_and_are_not_told() -> None:
    found = _with_codes(1.1, 1.2, 1.3)
    assert [each.code for each in found.nodes] == ["1", "1.1", "1.2", "1.3"]
    assert not any("Excel đã đổi" in note for note in found.notes)


def test_a_text_1_1_after_1_9_is_a_code_that_is_there_twice() -> None:
    found = _with_codes(*(f"1.{place}" for place in range(1, 10)), "1.1")
    assert [each.problem.split(" ở ")[0] for each in found.problems] == ["mã «1.1» đã có"]
    assert "nếu mã đúng là 1.10" in found.problems[0].to_do


@pytest.mark.parametrize("day", [date(2026, 1, 2), datetime(2026, 2, 1)])  # noqa: DTZ001 (cells have no zone)
def test_a_day_is_read_as_the_code_that_should_stand_there(day: date) -> None:
    found = set_of_book(
        f"{HEAD}\n| 1 | A | 1 | | |\n| 1.1 | B | 1 | | |\n| 2 | C | 1 | | |\n| x | D | 1 | | |",
        change=lambda book: book.active.cell(5, 1, day),
    )
    assert found.problems == ()
    assert [each.code for each in found.nodes][-1] == "2.1"
    assert any("Excel đã đổi mã thành ngày" in note and "được đọc là 2.1" in note for note in found.notes)


def test_a_day_that_no_code_explains_is_a_problem() -> None:
    found = _with_codes("1.1", date(2026, 12, 31))
    assert [each.where for each in found.problems] == ["Trang tính «Trang 1», dòng 4, cột A"]
    assert "Excel đã đổi mã thành ngày (31/12/2026)" in found.problems[0].problem


def test_codes_are_text_and_keep_their_zeros_and_their_printed_order() -> None:
    found = set_of("| 5 | A | 2 | | |\n| 5.010 | B | 1 | | |\n| 5.1 | C | 1 | | |")
    assert [each.code for each in found.nodes] == ["5", "5.010", "5.1"]


def test_points_that_became_a_day_are_a_problem_and_not_a_number() -> None:
    found = set_of_book(
        f"{HEAD}\n| 1 | A | 1 | | |\n| 1.1 | B | x | | |",
        change=lambda book: book.active.cell(3, 3, date(2026, 5, 1)),
    )
    assert [each.problem for each in found.problems] == ["Excel đã đổi điểm thành ngày (01/05/2026)"]


def test_a_formula_without_a_stored_value_is_named_by_its_cell() -> None:
    found = set_of_book(
        f"{HEAD}\n| 1 | A | x | | |\n| 1.1 | B | 1 | | |", change=lambda book: book.active.cell(2, 3, "=SUM(C3:C3)")
    )
    assert [each.where for each in found.problems] == ["Trang tính «Trang 1», dòng 2, cột C"]
    assert "công thức" in found.problems[0].problem


def test_a_sum_of_the_spreadsheet_loses_the_noise_of_its_last_digits() -> None:
    found = set_of_book(
        f"{HEAD}\n| 1 | A | x | | |\n| 1.1 | B | 1 | | |", change=lambda book: book.active.cell(2, 3, 0.1 + 0.2)
    )
    assert found.nodes[0].max_points == Decimal("0.3")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.1.", "1.1"),
        ("1 . 2", "1.2"),
        ("a)", "a"),
        ("(3)", "3"),
        ("IV.", "IV"),
        ("I.1.2", "I.1.2"),
        ("B.III.4", "B.III.4"),
    ],
)
def test_a_code_is_taken_out_of_what_stands_around_it(text: str, code: str) -> None:
    found = parse_code(text)
    assert found is not None
    assert found.text == code


@pytest.mark.parametrize("text", ["", "-", "Kế hoạch", "1.1 và 1.2", "Điều 5", "12345", "100%", "Văn phòng"])
def test_what_is_no_code_is_not_taken_for_one(text: str) -> None:
    assert parse_code(text) is None


@pytest.mark.parametrize(
    "title", ["A lô", "100 văn bản trở lên", "Có 01 sáng kiến", "100. % văn bản"[:3] + "% văn bản"]
)
def test_a_title_that_begins_with_a_word_or_an_amount_begins_with_no_code(title: str) -> None:
    assert split_title(title) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0,5", ("0.5",)),
        ("0.5", ("0.5",)),
        ("0,5000", ("0.5",)),
        ("1,0 điểm", ("1",)),
        ("(2đ)", ("2",)),
        ("tối đa 3", ("3",)),
        ("0,5000 1,0000 0,5000", ("0.5", "1", "0.5")),
        ("0,50000,0000", ("0.5", "0")),
        ("- 0,5", ("-0.5",)),
        ("+1", ("1",)),
        ("", ()),
        ("-", ()),
    ],
)
def test_points_are_read_with_unit_sign_and_either_mark(text: str, wanted: tuple[str, ...]) -> None:
    assert points_in(text) == tuple(Decimal(each) for each in wanted)


def test_a_thousandth_is_clear_in_a_column_that_writes_decimal_points() -> None:
    assert points_in("1.000", style_of_column(["0.500", "1.000"])) == (Decimal(1),)
    with pytest.raises(BadPoints, match="đọc được hai cách"):
        points_in("1.000", style_of_column(["0,500", "1.000"]))


@pytest.mark.parametrize("text", ["không", "1 hoặc 2", "1/2/2026 x", "99999", "NaN", "1e5"])
def test_what_is_no_number_of_points_is_refused(text: str) -> None:
    with pytest.raises(BadPoints):
        points_in(text)
