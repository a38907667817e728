"""What may be typed for each kind of indicator, and this year beside last year."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.indicators.comparison import Difference, compare_years
from cchc_core.indicators.files import read_indicators
from cchc_core.indicators.model import FigureKind, Indicator, Result
from cchc_core.indicators.values import Values, ValuesRefused, read_values, result_of, text_of

SON_LA = read_indicators("sonla-2024")
PEOPLE = SON_LA.indicator("II.3.2.1")
PERCENT = SON_LA.indicator("II.6.6.3")
CUT = SON_LA.indicator("II.3.1.4")
YES_NO = SON_LA.indicator("II.2.4.5")
FILES_AND_PERCENT = SON_LA.indicator("II.2.4.1")
MEETINGS_AND_PEOPLE = SON_LA.indicator("II.2.4.4")
APOLOGIES = SON_LA.indicator("II.2.4.3")
MEETINGS = SON_LA.indicator("II.6.4.2")
MACHINES = SON_LA.indicator("II.6.8.1")


def refused(indicator: Indicator, *texts: str) -> ValuesRefused:
    with pytest.raises(ValuesRefused) as why:
        read_values(indicator, texts)
    return why.value


def numbers(*texts: str | None) -> Values:
    return tuple(None if text is None else Decimal(text) for text in texts)


@pytest.mark.parametrize(
    ("indicator", "texts", "values"),
    [
        (PEOPLE, ["12"], numbers("12")),
        (PEOPLE, [" 1 234 "], numbers("1234")),
        (PEOPLE, ["1.234.567"], numbers("1234567")),
        (PEOPLE, ["12,0"], numbers("12")),
        (PEOPLE, ["0"], numbers("0")),
        (PEOPLE, ["  "], numbers(None)),
        (PERCENT, ["12,5"], numbers("12.5")),
        (PERCENT, ["12,5 %"], numbers("12.5")),
        (PERCENT, ["100%"], numbers("100")),
        (PERCENT, ["0"], numbers("0")),
        (YES_NO, ["1"], numbers("1")),
        (YES_NO, ["Có"], numbers("1")),
        (YES_NO, ["không"], numbers("0")),
        (YES_NO, ["KHO\u0302NG"], numbers("0")),
        (YES_NO, [""], numbers(None)),
        (FILES_AND_PERCENT, ["90", "97,83"], numbers("90", "97.83")),
        (FILES_AND_PERCENT, ["90", ""], numbers("90", None)),
        (MEETINGS_AND_PEOPLE, ["3", "150"], numbers("3", "150")),
        (MEETINGS_AND_PEOPLE, ["3", "2"], numbers("3", "2")),
        (APOLOGIES, ["0", "0"], numbers("0", "0")),
        (APOLOGIES, ["3", "2"], numbers("3", "2")),
        (MEETINGS, ["12", "12"], numbers("12", "12")),
        (MEETINGS, ["12", ""], numbers("12", None)),
        (MACHINES, ["6", "4"], numbers("6", "4")),
    ],
)
def test_what_an_indicator_takes(indicator: Indicator, texts: list[str], values: Values) -> None:
    assert read_values(indicator, texts) == values


@pytest.mark.parametrize(
    ("indicator", "texts", "said"),
    [
        (PEOPLE, ["12,5"], "Số liệu: đã nhập «12,5», số lẻ; đơn vị tính là «Người», hãy nhập số nguyên."),
        (PEOPLE, ["-1"], "Số liệu: đã nhập «-1», số âm; hãy nhập số từ 0 trở lên."),
        (PEOPLE, ["mười"], "Số liệu: cần một số, ví dụ 12,5; đã nhập «mười»."),
        (PEOPLE, ["12 người"], "Số liệu: cần một số, ví dụ 12,5; đã nhập «12 người»."),
        (PEOPLE, ["12%"], "Số liệu: cần một số, ví dụ 12,5; đã nhập «12%»."),
        (PEOPLE, ["NaN"], "Số liệu: cần một số, ví dụ 12,5; đã nhập «NaN»."),
        (PERCENT, ["100,01"], "Tỷ lệ: đã nhập «100,01», quá 100 %; hãy nhập số từ 0 đến 100."),
        (PERCENT, ["-0,1"], "Tỷ lệ: đã nhập «-0,1», số âm; hãy nhập số từ 0 trở lên."),
        (YES_NO, ["2"], "Trả lời: đã nhập «2»; hãy nhập 1 (có) hoặc 0 (không)."),
        (MEETINGS, ["13", "12"], "Số cuộc họp qua hội nghị truyền hình (13) nhiều hơn Tổng số cuộc họp (12); hãy xem"),
        (MEETINGS, ["1", "0"], "hãy xem lại hai số."),
        (MEETINGS, ["1", "1,5"], "Tổng số cuộc họp: đã nhập «1,5», số lẻ"),
        (PEOPLE, [], "Cần 1 số (Số liệu), đã nhận 0; hãy ghi mỗi số vào một ô."),
        (MEETINGS, ["1", "2", "50"], "Cần 2 số (Số cuộc họp qua hội nghị truyền hình, Tổng số cuộc họp), đã nhận 3"),
    ],
)
def test_what_an_indicator_refuses_and_what_to_do(indicator: Indicator, texts: list[str], said: str) -> None:
    assert said in str(refused(indicator, *texts))


@pytest.mark.parametrize(
    ("indicator", "typed", "offered", "said"),
    [
        ("PEOPLE", "1.234", ("1234",), "chỉ nhận số nguyên, hãy chọn 1234 hoặc nhập lại."),
        ("CUT", "98.765", ("98,765",), "chỉ nhận số không quá 100, hãy chọn 98,765 hoặc nhập lại."),
        ("CUT", "-1.234", ("-1,234", "-1234"), "hãy chọn một cách đọc."),
        ("CUT", "101.234", (), "ô này không nhận cả hai; hãy nhập lại."),
        ("PEOPLE", "-1.234", (), "ô này không nhận cả hai; hãy nhập lại."),
    ],
)
def test_an_ambiguous_number_is_told_with_both_readings_and_those_are_offered_that_fit(
    indicator: str, typed: str, offered: tuple[str, ...], said: str
) -> None:
    asked = {"PEOPLE": PEOPLE, "CUT": CUT}[indicator]
    why = refused(asked, typed)
    assert str(why).endswith(said)
    assert f"«{typed}» có thể là" in str(why)
    assert [(problem.position, problem.readings) for problem in why.problems] == [(0, offered)]
    for reading in offered:
        assert read_values(asked, [reading]) == numbers(reading.replace(",", "."))


def test_every_figure_that_is_wrong_is_named() -> None:
    why = refused(FILES_AND_PERCENT, "chín", "120")
    assert [problem.position for problem in why.problems] == [0, 1]
    assert "Số hồ sơ: cần một số" in str(why)
    assert "Tỷ lệ: đã nhập «120», quá 100 %" in str(why)


@pytest.mark.parametrize(
    ("indicator", "values", "result"),
    [
        (MEETINGS, numbers("2", "3"), Decimal("66.67")),
        (MEETINGS, numbers("0", "0"), None),
        (MEETINGS, numbers("2", None), None),
        (MEETINGS, numbers(None, "3"), None),
        (APOLOGIES, numbers("3", "2"), Decimal("150.00")),
        (MACHINES, numbers("5", "3"), Decimal("1.6667")),
        (MACHINES, numbers("5", "0"), None),
        (PEOPLE, numbers("5"), None),
        (FILES_AND_PERCENT, numbers("5", "50"), None),
    ],
)
def test_a_ratio_is_computed_from_its_two_figures(indicator: Indicator, values: Values, result: Decimal | None) -> None:
    assert result_of(indicator, values) == result


def test_two_years_stand_side_by_side() -> None:
    (line,) = compare_years(PEOPLE, numbers("12"), numbers("15"))
    assert line == Difference("Số liệu", "Người", Decimal(12), Decimal(15))
    assert line.change == Decimal(-3)


def test_a_ratio_has_a_line_for_each_figure_and_one_for_the_result() -> None:
    lines = compare_years(MEETINGS, numbers("2", "3"), numbers("1", "3"))
    assert [(line.label, line.unit, line.change) for line in lines] == [
        ("Số cuộc họp qua hội nghị truyền hình", "cuộc", Decimal(1)),
        ("Tổng số cuộc họp", "cuộc", Decimal(0)),
        ("Kết quả", "%", Decimal("33.34")),  # of 66,67 and 33,33, as they are shown
    ]


@pytest.mark.parametrize(
    ("this", "last"), [(None, numbers("5", "3")), (numbers("5", "3"), None), (numbers("0", "0"), numbers("5", "3"))]
)
def test_where_a_year_is_missing_or_divides_by_nothing_there_is_no_difference(
    this: Values | None, last: Values | None
) -> None:
    *figures, result = compare_years(MACHINES, this, last)
    assert result.change is None
    assert all((line.change is None) == (this is None or last is None) for line in figures)


every_indicator = st.sampled_from(SON_LA.indicators)
typed = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"[+-]?[0-9]{1,4}([.,][0-9]{1,3})?%?", fullmatch=True),
    st.sampled_from(["", "có", "Không", "1 000", "NaN", "1e5"]),
)
quick = settings(max_examples=200, deadline=None)


@quick
@given(st.data(), every_indicator)
def test_whatever_is_typed_is_read_within_its_bounds_or_refused_in_words(data: st.DataObject, asked: Indicator) -> None:
    texts = data.draw(st.lists(typed, max_size=3))
    try:
        values = read_values(asked, texts)
    except ValuesRefused as why:
        assert why.problems
        assert all(problem.message.endswith(".") for problem in why.problems)
        return
    assert len(values) == len(asked.figures)
    for figure, value in zip(asked.figures, values, strict=True):
        if value is not None:
            assert value >= 0 or figure.may_be_negative
            assert figure.kind is FigureKind.PERCENT or value == int(value)
            assert figure.kind is not FigureKind.PERCENT or value <= 100
            assert figure.kind is not FigureKind.YES_NO or value in (0, 1)


def values_of(asked: Indicator) -> st.SearchStrategy[Values]:
    most = {FigureKind.WHOLE: 10**9, FigureKind.PERCENT: 100, FigureKind.YES_NO: 1}
    each = [
        st.none() | st.decimals(0, most[figure.kind], places=2 if figure.kind is FigureKind.PERCENT else 0)
        for figure in asked.figures
    ]
    return st.tuples(*each)


@quick
@given(st.data(), every_indicator)
def test_what_was_read_can_be_written_and_read_again(data: st.DataObject, asked: Indicator) -> None:
    open_ratio = replace(asked, result=Result.PERCENT if asked.result else None)
    values = data.draw(values_of(asked))
    assert read_values(open_ratio, [text_of(value) for value in values]) == values


@quick
@given(st.data(), every_indicator)
def test_a_difference_is_there_exactly_where_both_years_are(data: st.DataObject, asked: Indicator) -> None:
    this, last = data.draw(values_of(asked)), data.draw(values_of(asked))
    lines = compare_years(asked, this, last)
    assert len(lines) == len(asked.figures) + (asked.result is not None)
    for line in lines:
        assert (line.change is None) == (line.this is None or line.last is None)
        if line.change is not None and line.last is not None:
            assert line.last + line.change == line.this
    assert [line.change for line in compare_years(asked, this, this)] == [
        None if line.this is None else 0 for line in lines
    ]


@quick
@given(st.data(), st.sampled_from([indicator for indicator in SON_LA.indicators if indicator.result is Result.SHARE]))
def test_a_share_lies_between_0_and_100(data: st.DataObject, share: Indicator) -> None:
    whole = data.draw(st.integers(0, 10**6))
    part = data.draw(st.integers(0, whole))
    result = result_of(share, read_values(share, [str(part), str(whole)]))
    assert (result is None) == (whole == 0)
    assert result is None or 0 <= result <= 100


def test_a_cut_that_turned_into_growth_is_below_zero_and_never_above_a_hundred_percent() -> None:
    assert read_values(CUT, ["-12,5"]) == numbers("-12.5")
    assert read_values(CUT, ["-130"]) == numbers("-130")
    assert "hãy nhập số không quá 100" in str(refused(CUT, "100,5"))


def test_the_three_cuts_against_2015_are_the_only_ones_that_may_be_negative() -> None:
    negative = {each.code for each in SON_LA.indicators if any(figure.may_be_negative for figure in each.figures)}
    assert negative == {"II.3.1.4", "II.3.2.5", "II.3.3.4"}
