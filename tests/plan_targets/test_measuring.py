from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_core.indicators.values import ValuesRefused
from cchc_core.plan_targets.actuals import read_actual, typed_again
from cchc_core.plan_targets.measuring import OPERATORS, Goal, Outcome, distance, distance_words, goal_words, outcome

EARLY = Goal(">=", Decimal(30), "%")
SIPAS = Goal(">", Decimal(87), "%")
NONE_LATE = Goal("=", Decimal(0), "công việc trễ hạn")
ONCE = Goal("<=", Decimal(1), "lần")
GRADE = Goal(">=", "Tốt", "loại")
NUMBERS = st.decimals(min_value=0, max_value=1000, places=2)


@pytest.mark.parametrize(
    ("goal", "actual", "wanted", "words"),
    [
        (EARLY, "30", Outcome.MET, "vừa đủ"),
        (EARLY, "29.5", Outcome.NOT_MET, "còn thiếu 0,5 %"),
        (EARLY, "42", Outcome.MET, "vượt 12 %"),
        (SIPAS, "87", Outcome.NOT_MET, "bằng mức 87 %, cần cao hơn"),
        (SIPAS, "87.01", Outcome.MET, "vượt 0,01 %"),
        (NONE_LATE, "0", Outcome.MET, "không có trường hợp nào"),
        (NONE_LATE, "2", Outcome.NOT_MET, "vượt mức cho phép 2 công việc trễ hạn"),
        (ONCE, "0", Outcome.MET, "thấp hơn mức cho phép 1 lần"),
        (ONCE, "1", Outcome.MET, "vừa đủ"),
        (Goal("=", Decimal(40), "%"), "55", Outcome.MET, "vượt 15 %"),
    ],
)
def test_a_figure_meets_its_goal_or_lacks_so_much(goal: Goal, actual: str, wanted: Outcome, words: str) -> None:
    assert outcome(goal, Decimal(actual)) is wanted
    assert distance_words(goal, Decimal(actual)) == words


def test_a_grade_is_measured_by_the_order_of_grades() -> None:
    assert [outcome(GRADE, grade) for grade in ("Xuất sắc", "tốt", "Khá", "không rõ", None)] == [
        Outcome.MET,
        Outcome.MET,
        Outcome.NOT_MET,
        Outcome.NO_DATA,
        Outcome.NO_DATA,
    ]
    assert distance_words(GRADE, "Khá") == ""


def test_without_a_figure_nothing_is_met_and_nothing_missed() -> None:
    assert outcome(EARLY, None) is Outcome.NO_DATA
    assert outcome(EARLY, "Tốt") is Outcome.NO_DATA


@given(st.sampled_from(sorted(OPERATORS)), NUMBERS, NUMBERS)
def test_a_figure_on_the_good_side_of_its_goal_is_met_and_one_on_the_other_side_is_not(
    operator: str, value: Decimal, actual: Decimal
) -> None:
    goal = Goal(operator, value, "%")
    apart = distance(goal, actual)
    assert apart is not None
    if apart != 0:
        assert (outcome(goal, actual) is Outcome.MET) is (apart > 0)


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (EARLY, "từ 30 %"),
        (SIPAS, "trên 87 %"),
        (NONE_LATE, "không có công việc trễ hạn"),
        (ONCE, "không quá 1 lần"),
        (GRADE, "từ loại Tốt trở lên"),
    ],
)
def test_a_goal_says_in_words_what_is_promised(goal: Goal, words: str) -> None:
    assert goal_words(goal) == words


@pytest.mark.parametrize(
    ("goal", "typed", "stored"),
    [(EARLY, " 31,5 % ", "31.5"), (EARLY, "", ""), (ONCE, "1 200", "1200"), (GRADE, "tot", "Tốt")],
)
def test_a_typed_figure_is_stored_as_a_number_and_comes_back_into_its_field(
    goal: Goal, typed: str, stored: str
) -> None:
    assert read_actual(goal, typed) == stored
    assert read_actual(goal, typed_again(stored)) == stored


@pytest.mark.parametrize(
    ("goal", "typed", "said"),
    [
        (EARLY, "101", "quá 100 %"),
        (EARLY, "-1", "số âm"),
        (EARLY, "nhiều", "cần một số"),
        (ONCE, "1.234", "có thể là 1,234 hoặc 1234"),
        (GRADE, "87", "hãy nhập một trong các loại"),
        (ONCE, "NaN", "cần một số"),
    ],
)
def test_what_is_no_figure_is_refused_with_what_to_do(goal: Goal, typed: str, said: str) -> None:
    with pytest.raises(ValuesRefused, match=said):
        read_actual(goal, typed)


def test_more_than_a_hundred_percent_is_taken_where_more_is_promised() -> None:
    assert read_actual(Goal(">=", Decimal(110), "%"), "108") == "108"
