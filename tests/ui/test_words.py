import re
import string
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.words import WORD_JOINER, clock_time, day, literal, literal_label, sentence_case

# What CommonMark lets a backslash make literal; anything else has no meaning there.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MEANINGLESS = frozenset(",;%?")


def _as_shown(markdown: str) -> str:
    """Give the letters that are seen: the word joiner has no width."""
    return _ESCAPED.sub(r"\1", markdown).replace(WORD_JOINER, "")


@given(st.text() | st.text(string.punctuation + string.whitespace + "aZ0đ"))
def test_a_literal_text_is_shown_letter_by_letter_on_one_line(text: str) -> None:
    assert _as_shown(literal(text)) == " ".join(text.split()).replace(WORD_JOINER, "")


@given(st.text(string.punctuation, min_size=1))
def test_every_mark_that_could_mean_something_is_escaped(text: str) -> None:
    bare = _ESCAPED.sub("", literal(text))
    assert set(bare) <= _MEANINGLESS | {WORD_JOINER}


@pytest.mark.parametrize("mark", sorted(set(string.punctuation) - _MEANINGLESS))
def test_no_mark_is_left_to_markdown(mark: str) -> None:
    assert literal(f"a {mark} b") == f"a \\{mark} b"


@pytest.mark.parametrize(
    "text", ["https://xa.vn", "www.xa.vn", "toi@xa.vn", ":smile:", ":+1:", ":material/home:", ":streamlit:", "a -> b"]
)
def test_what_would_be_turned_into_something_else_afterwards_is_kept_apart(text: str) -> None:
    assert WORD_JOINER in literal(text)


@pytest.mark.parametrize("text", ["Số 05/BC-STTTT ngày 3/9/2024", "a: b", "14:05", "đạt 95 % - 100 %", "1.2.3"])
def test_what_stands_in_documents_every_day_is_copied_as_it_was_typed(text: str) -> None:
    assert WORD_JOINER not in literal(text)


def test_line_breaks_that_a_person_typed_become_spaces() -> None:
    assert literal("một\nhai\r\nba") == "một hai ba"


def test_a_stored_time_is_shown_as_vietnams_clock_with_the_day_unless_it_is_today() -> None:
    new_year = datetime(2023, 12, 31, 17, 0, 5)  # noqa: DTZ001 (stored times bear no zone)
    assert clock_time(new_year) == "00:00:05 ngày 01/01/2024"
    now = datetime.now(UTC).replace(tzinfo=None)
    assert clock_time(now) == f"{now + timedelta(hours=7):%H:%M:%S}"
    assert " ngày " in clock_time(now - timedelta(hours=25))


def test_a_day_is_written_day_month_year() -> None:
    assert day(date(2024, 3, 9)) == "09/03/2024"


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CCHC", "Công tác chỉ đạo, điều hành CCHC"),
        ("CẢI CÁCH THỦ TỤC HÀNH CHÍNH (TTHC)", "Cải cách thủ tục hành chính (TTHC)"),
        ("Cải cách Tài chính công", "Cải cách Tài chính công"),
        ("", ""),
    ],
)
def test_a_title_in_capitals_reads_as_a_sentence(printed: str, shown: str) -> None:
    assert sentence_case(printed) == shown


@pytest.mark.parametrize("text", ["Tử số: Số hồ sơ (đúng hạn) - 1.2, 95 %", "Điểm (tối đa 0,5000)", "a: b & c"])
def test_an_everyday_label_is_read_out_without_marks(text: str) -> None:
    assert literal_label(text) == text


@pytest.mark.parametrize("mark", ["*", "_", "`", "[", "]", "<", ">", "$", "~", "\\"])
def test_a_mark_inside_a_label_is_escaped(mark: str) -> None:
    assert literal_label(f"Tử số: a {mark} b") == f"Tử số: a \\{mark} b"


def test_colours_and_entities_in_a_label_are_escaped() -> None:
    assert literal_label("Ô: :red[đỏ] &amp; https://xa.vn") == f"Ô: \\:red\\[đỏ\\] \\&amp; https:{WORD_JOINER}//xa.vn"
