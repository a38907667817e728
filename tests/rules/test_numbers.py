"""Numbers as machines and as people write them, and points as people read them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_core.rules.decimals import (
    decimals_of,
    format_number,
    format_percent,
    format_points,
    parse_plain,
    parse_vietnamese,
    percent_of,
    round_points,
)
from cchc_core.rules.problems import AmbiguousNumber, NotANumber
from tests.rules.strategies import quick

ONE_MEGABYTE = "9" * 1_000_000
HUGE = 10**5000


def shortly(value: object) -> str:
    return "10**5000" if value is HUGE else ascii(value)[:24]


NO_NUMBERS = [
    *("", " ", "abc", "-", ".", ",", "--1", "+-1", "1-", "1e", "e5", "0x10", "1_000", "½", "NaN", "nan", "sNaN"),
    *("Infinity", "-inf", "1e999", "1e-999", "１２", "١٢", "१", "²", "1\n2", "1\x002", "1 2", "50%"),
    ONE_MEGABYTE,
]


@pytest.mark.parametrize("text", [*NO_NUMBERS, "1,5", "1.", ".5", "0." + "0" * 30 + "1e-999999"], ids=shortly)
def test_a_machine_text_that_holds_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_plain(text)


@pytest.mark.parametrize(
    "value",
    [None, True, 1.5, [], {}, Decimal("NaN"), Decimal("Infinity"), Decimal("1e999"), 10**15, HUGE],
    ids=shortly,
)
def test_what_is_no_exact_finite_number_of_sensible_size_is_refused(value: object) -> None:
    with pytest.raises(NotANumber):
        parse_plain(value)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("96.5", "96.5"),
        (" 18 ", "18"),
        (18, "18"),
        ("0.5000", "0.5000"),
        ("-3", "-3"),
        ("1e2", "100"),
        ("12.5E-1", "1.25"),
        ("0e999999", "0"),
        ("-0.0", "0"),
        ("999999999999999", "999999999999999"),
        ("0.0000000001", "0.0000000001"),
        ("1.00000000000000000000", "1.0000000000"),
    ],
)
def test_a_machine_number_is_read_without_exponent_and_surplus_zeros(value: object, read: str) -> None:
    assert f"{parse_plain(value):f}" == read


@pytest.mark.parametrize(
    "text", ["0.00000000001", "12345678901234.0000000000000000000000001", "1000000000000000", "1" * 41]
)
def test_a_number_with_more_digits_than_any_figure_needs_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_plain(text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0,1250", "0.1250"),
        ("0.125", "0.125"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.2345", "1.2345"),
        ("1234.567", "1234.567"),
        ("1,234", "1.234"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("12 345 678", "12345678"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("  7\t\n", "7"),
        ("+5", "5"),
        ("-0,5", "-0.5"),
        ("007", "7"),
        ("100", "100"),
    ],
)
def test_a_typed_number_is_read_as_people_here_write_it(typed: str, read: str) -> None:
    assert parse_vietnamese(typed) == Decimal(read)


@pytest.mark.parametrize(
    "typed",
    [
        *NO_NUMBERS,
        *("1,2,3", "1.2.3", "1.23.456", "1.234.56", "1,2.3,4", "1.234,5,6", "1..2", "1,", ",5", "1.234,", "12.34,5"),
        *("1 2 3", "12 34", "1 234 5", "1.234 567", "1e5", "- 5", "−5", "10 %"),
    ],
    ids=shortly,
)
def test_a_typed_text_that_holds_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        parse_vietnamese(typed)


@pytest.mark.parametrize(
    ("typed", "as_decimal", "as_thousands"),
    [("1.234", "1.234", "1234"), ("100.000", "100.000", "100000"), ("-12.500", "-12.500", "-12500")],
)
def test_a_point_before_three_digits_offers_both_readings(typed: str, as_decimal: str, as_thousands: str) -> None:
    with pytest.raises(AmbiguousNumber) as refused:
        parse_vietnamese(f" {typed} ")
    assert refused.value.readings == (Decimal(as_decimal), Decimal(as_thousands))
    assert refused.value.text == typed


@quick
@given(st.decimals(-1_000_000, 1_000_000, places=4))
def test_a_number_that_is_shown_is_read_back_as_itself_or_offered(number: Decimal) -> None:
    try:
        assert parse_vietnamese(format_number(number)) == number
    except AmbiguousNumber as two:
        assert number in two.readings


@quick
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for parse in (parse_plain, parse_vietnamese):
        try:
            assert parse(text).is_finite()
        except (NotANumber, AmbiguousNumber) as why:
            assert str(why)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        (Fraction(1, 3), "0.3333"),
        (Fraction(2, 3), "0.6667"),
        (Fraction(5, 100_000), "0.0001"),
        (Fraction(49_999, 1_000_000_000), "0.0000"),
        (Decimal("0.48885"), "0.4889"),
        (Decimal("0.488849999999999999999999999999"), "0.4888"),
        (Decimal(2), "2.0000"),
    ],
)
def test_points_are_rounded_half_up_to_four_decimals(exact: Fraction | Decimal, rounded: str) -> None:
    assert str(round_points(exact)) == rounded


def test_a_percent_of_nothing_is_none() -> None:
    assert percent_of(Decimal(0), Decimal("0.0000")) is None


def test_a_percent_is_rounded_once_to_two_decimals() -> None:
    assert percent_of(Decimal("66.6645"), Decimal(100)) == Decimal("66.66")
    assert percent_of(Decimal(1), Decimal(800)) == Decimal("0.13")


@pytest.mark.parametrize(
    ("number", "needed"),
    [("0.5000", 1), ("100", 0), ("1E+2", 0), ("0", 0), ("0.0000", 0), ("0.00001", 5), (f"0.5{'0' * 29}1", 31)],
)
def test_decimals_are_counted_without_needless_zeros(number: str, needed: int) -> None:
    assert decimals_of(Decimal(number)) == needed


def test_points_numbers_and_percents_are_shown_the_vietnamese_way() -> None:
    assert format_points(Decimal("1234.5")) == "1.234,5000"
    assert format_points(Decimal("0")) == "0,0000"
    assert format_number(Decimal("1234567.8900")) == "1.234.567,89"
    assert format_number(Decimal("1E+3")) == "1.000"
    assert format_percent(Decimal("86.485")) == "86,49 %"
    assert format_percent(None) == "–"
