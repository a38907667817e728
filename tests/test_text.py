"""Vietnamese text: one spelling to store, one form to search, one order to sort."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.text import clean_line, fold, nfc, sort_key

some = settings(max_examples=100, deadline=None)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Điều hành", "dieu hanh"),
        ("ĐẶNG THỊ Ước", "dang thi uoc"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        (unicodedata.normalize("NFD", "Nguyễn Đình Chiểu"), "nguyen dinh chieu"),
        ("Sở\u00a0Nội\u202fvụ", "so noi vu"),
        ("I.1.4.a – 0,5000", "i.1.4.a – 0,5000"),
        ("", ""),
    ],
)
def test_search_ignores_marks_case_and_the_bar_of_d(text: str, folded: str) -> None:
    assert fold(text) == folded


@some
@given(st.text("aăâàảãáạđĐeêễếệoơờuưữyỳ 1.Ằ"))
def test_a_folded_text_is_plain_and_stays_as_it_is(text: str) -> None:
    assert fold(text).isascii()
    assert fold(fold(text)) == fold(text) == fold(unicodedata.normalize("NFD", text)) == fold(text.upper())


def test_words_are_sorted_by_letter_and_then_by_tone() -> None:
    ordered = [
        "",
        "1.1",
        "ba",
        "bà",
        "bả",
        "bã",
        "bá",
        "bạ",
        "ba con",
        "băng",
        "bâng",
        "canh",
        "cành",
        "dân",
        "đàn",
        "đỡ",
    ]
    ordered += ["em", "ễnh ương", "ôm", "ơn", "uống", "ướt", "ỷ"]
    assert all(sort_key(one) < sort_key(next_one) for one, next_one in pairwise(ordered))


def test_letters_count_before_tones() -> None:
    assert sorted(["bán", "bà"], key=sort_key) == ["bà", "bán"]
    assert sorted(["hòa bình", "hoa cúc"], key=sort_key) == ["hòa bình", "hoa cúc"]


@pytest.mark.parametrize(("one", "other"), [("hoà", "hòa"), ("thuý", "thúy"), ("Hoà Bình", "hòa bình")])
def test_where_the_tone_stands_does_not_matter_for_the_order(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other) == sort_key(unicodedata.normalize("NFD", one))


def test_the_same_tones_on_other_words_are_another_key() -> None:
    assert len({sort_key(text) for text in ("má ba", "ma bá", "má bá", "ma ba")}) == 4


def test_a_stored_text_is_composed_with_plain_spaces() -> None:
    assert nfc(unicodedata.normalize("NFD", "hoà\u00a0bình")) == "hoà bình"


def test_a_stored_text_has_no_control_characters_but_keeps_its_lines() -> None:
    assert clean_line(" dòng 1\r\n\tdòng\x00 2\x1b[31m\ud800 ") == "dòng 1\n\tdòng 2[31m"


@some
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_a_stored_form_a_folded_form_and_a_key(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_line(text).encode().decode() == clean_line(text)
    assert sort_key(text) == sort_key(nfc(text))
