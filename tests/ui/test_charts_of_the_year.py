"""Charts of the year: what stands against the target, where it may end, and how it came there."""

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings

from cchc_core.forecast import Sums, forecast
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import format_percent, format_points
from cchc_core.rules.kinds import Levels
from cchc_core.sheet import Sheet
from cchc_core.targets import Need, Target, TargetKind
from cchc_core.trend import Mark, TrendPoint, trend
from tests.sheets import sheet_of, sheets
from ui.charts import MOST_MARKS, forecast_bar, marks, progress_bar, trend_chart

OFFICIAL, ILLUSTRATIVE = read_rubric("soctrang-tttt-2022"), read_rubric("namdinh-tnmt-2024")


def texts(value: object) -> Iterator[str]:
    """Walk through every text of a figure, shown or hovered."""
    if isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


def percents(figure: go.Figure) -> list[str]:
    """Find texts with a percent; the marks of a template are no text."""
    return [text for text in texts(figure.to_plotly_json()) if "%" in text.replace("%{", "")]


def notes(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def point(code: str, percent: str | None, mark: Mark = Mark.SCORED, met: int | None = None) -> TrendPoint:
    value = None if percent is None else Decimal(percent)
    applicable = None if met is None else 121
    there = value if value is not None else (None if met is None else Decimal(met))
    return TrendPoint(code, f"Kỳ <{code}>", there, there, value, met, applicable, None, True, mark)


def needing(kind: TargetKind, value: str, needed: str, maximum: str) -> Need:
    zero = Decimal(0)
    return Need(Target(None, kind, Decimal(value)), Decimal(maximum), Decimal(needed), zero, zero, (), zero, zero)


def test_progress_says_percent_points_and_target() -> None:
    target = needing(TargetKind.POINTS, "85", "85", "98.5")
    figure = progress_bar(Decimal("64"), target, Decimal("98.5"), is_illustrative=False)
    assert notes(figure) == ["<b>64,97 %</b> · 64,0000 / 98,5000 điểm", "Chỉ tiêu 85,0000 điểm"]
    assert [Decimal(bar.x[0]) for bar in figure.data] == [Decimal("98.5"), Decimal(64)]
    assert Decimal(figure.layout.shapes[0].x0) == Decimal(85)


def test_the_line_of_a_percent_names_the_percent_that_was_set_and_stands_at_its_points() -> None:
    # What is expected not to apply leaves the year's maximum, not yet the period's.
    figure = progress_bar(
        Decimal("64"), needing(TargetKind.PERCENT, "90", "87.3", "97"), Decimal("98.5"), is_illustrative=False
    )
    assert notes(figure)[1] == "Chỉ tiêu 90 % · 87,3000 điểm"
    assert Decimal(figure.layout.shapes[0].x0) == Decimal("87.3")


def test_progress_without_any_answer_is_no_bad_score() -> None:
    figure = progress_bar(None, None, Decimal("98.5"), is_illustrative=False)
    assert notes(figure) == ["Chưa có kết quả trên 98,5000 điểm"]
    assert notes(progress_bar(None, None, Decimal(121), is_illustrative=True)) == ["Chưa có kết quả trên 121 tiêu chí"]
    assert notes(progress_bar(None, None, Decimal(0), is_illustrative=False)) == [
        "Không có điểm chuẩn nên không có tỷ lệ"
    ]


def test_progress_of_an_illustrative_set_counts_criteria_and_shows_no_percent() -> None:
    figure = progress_bar(
        Decimal(87), needing(TargetKind.CRITERIA, "100", "100", "121"), Decimal(121), is_illustrative=True
    )
    assert notes(figure) == ["Đạt <b>87/121</b> tiêu chí", "Chỉ tiêu 100 tiêu chí"]
    assert percents(figure) == []


def test_a_target_above_the_maximum_is_drawn_beyond_the_bar() -> None:
    figure = progress_bar(
        Decimal(60), needing(TargetKind.POINTS, "110", "110", "97"), Decimal(97), is_illustrative=False
    )
    assert [Decimal(end) for end in figure.layout.xaxis.range] == [0, Decimal(110)]


def test_progress_without_a_maximum_or_a_target_says_so_and_divides_by_nothing() -> None:
    figure = progress_bar(Decimal(0), None, Decimal(0), is_illustrative=False)
    assert notes(figure) == ["Không có điểm chuẩn nên không có tỷ lệ"]
    assert len(figure.layout.shapes) == 0


@given(sheets())
@settings(max_examples=40)
def test_the_parts_of_the_forecast_add_up_to_the_maximum_of_the_year(sheet: Sheet) -> None:
    sums = forecast(sheet).total
    figure = forecast_bar(sums, None, sheet.rubric)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert sum(Decimal(bar.x[0]) for bar in bars) == sums.effective_max
    ends = next(trace for trace in figure.data if trace.type == "scatter")
    assert [Decimal(x) for x in ends.x] == [sums.low, sums.expected, sums.high]
    assert marks(figure) == 7


def test_low_expected_high_and_the_target_are_labelled_with_their_values() -> None:
    sums = forecast(sheet_of(OFFICIAL, {"I.1.2": {"numerator": "18", "denominator": "20"}})).total
    figure = forecast_bar(sums, Decimal("80"), OFFICIAL)
    written = notes(figure)
    for name, points, percent in (
        ("Thấp", sums.low, sums.low_percent),
        ("Dự kiến", sums.expected, sums.expected_percent),
        ("Cao", sums.high, sums.high_percent),
    ):
        assert f"{name} <b>{format_points(points)}</b> ({format_percent(percent)})" in written
    assert "Chỉ tiêu <b>80,0000</b>" in written
    assert [bar.name for bar in figure.data if bar.type == "bar"] == [
        f"Đã đạt {format_points(sums.earned)}",
        f"Còn có thể đạt {format_points(sums.within_reach)}",
        f"Đã mất {format_points(sums.lost)}",
        f"Bên ngoài chấm {format_points(sums.external)}",
    ]


def test_the_forecast_of_an_illustrative_set_shows_no_percent_and_no_target_among_points() -> None:
    sums = forecast(sheet_of(ILLUSTRATIVE, {})).total
    figure = forecast_bar(sums, Decimal(100), ILLUSTRATIVE)
    assert percents(figure) == []
    assert not [text for text in notes(figure) if "Chỉ tiêu" in text]
    assert figure.layout.xaxis.title.text == "điểm minh hoạ"


def test_a_forecast_of_nothing_can_be_drawn() -> None:
    points = [field.name for field in fields(Sums) if field.name != "applicable"]
    nothing = Sums(**dict.fromkeys(points, Decimal("0.0000")), applicable=0)
    figure = forecast_bar(nothing, None, OFFICIAL)
    assert [Decimal(end) for end in figure.layout.xaxis.range] == [0, 1]


def test_periods_are_a_line_and_the_forecasts_a_dashed_fan_from_the_last_one_scored() -> None:
    points = [
        *(point("q1", "22.45"), point("h1", "41.84")),
        *(point("year", "60", Mark.LOW), point("year", "80", Mark.EXPECTED), point("year", "95", Mark.HIGH)),
    ]
    line, *fan = trend_chart(points, OFFICIAL).data
    assert (list(line.x), list(line.y)) == (["q1", "h1"], ["22.45", "41.84"])
    assert list(line.text) == ["22,45 %", "41,84 %"]
    assert [trace.name for trace in fan] == ["Thấp 60,00 %", "Dự kiến 80,00 %", "Cao 95,00 %"]
    assert all(trace.line.dash for trace in fan)
    assert len({trace.line.dash for trace in fan}) == 3
    assert [list(trace.x) for trace in fan] == [["h1", "year"]] * 3
    assert [list(trace.y) for trace in fan] == [["41.84", "60"], ["41.84", "80"], ["41.84", "95"]]


def test_there_is_room_for_a_forecast_that_bonuses_take_above_100_percent() -> None:
    points = [point("q3", "97.5"), point("year", "97.5", Mark.EXPECTED), point("year", "130", Mark.HIGH)]
    assert trend_chart(points, OFFICIAL).layout.yaxis.range == (0, 142)


def test_a_period_without_figures_stays_a_gap_and_is_never_drawn_as_zero() -> None:
    points = [point("q1", "22.45"), point("h1", None, Mark.NOT_OPENED), point("q3", "60")]
    (line,) = trend_chart(points, OFFICIAL).data
    assert list(line.y) == ["22.45", None, "60"]
    assert line.connectgaps is False
    assert line.text[1] == ""


def test_the_trend_of_an_illustrative_set_counts_criteria_and_shows_no_percent() -> None:
    points = [point("q1", None, met=30), point("h1", None, met=87), point("year", None, Mark.HIGH)]
    figure = trend_chart(points, ILLUSTRATIVE)
    (line,) = figure.data
    assert (list(line.y), list(line.text)) == (["30", "87"], ["30/121", "87/121"])
    assert percents(figure) == []


@pytest.mark.parametrize("rubric", [OFFICIAL, ILLUSTRATIVE])
def test_the_trend_of_a_sheet_shows_what_its_totals_say(rubric: Rubric) -> None:
    leaf = next(leaf for leaf in rubric.leaves if isinstance(leaf.scored.rule, Levels))
    first = sheet_of(rubric, {leaf.code: {"level": 0}}, "q1")
    figure = trend_chart(trend([first], forecast(first)), rubric)
    total = first.totals.total
    expected = f"{total.met}/{total.applicable}" if rubric.is_illustrative else format_percent(total.percent)
    assert figure.data[0].text[0] == expected


def test_where_no_period_is_scored_the_chart_says_so() -> None:
    assert notes(trend_chart([], OFFICIAL)) == ["Chưa có kỳ nào được chấm"]
    assert notes(trend_chart([point("q1", None, Mark.NOT_SCORED)], OFFICIAL)) == ["Chưa có kỳ nào được chấm"]


def test_titles_of_periods_are_shown_letter_by_letter() -> None:
    figure = trend_chart([point("q1", "22.45")], OFFICIAL)
    assert figure.layout.xaxis.ticktext == ("Kỳ &lt;q1&gt;",)
    assert figure.data[0].customdata[0][0] == "Kỳ &lt;q1&gt;"


def test_more_periods_than_a_chart_can_carry_leave_the_earliest_out() -> None:
    many = [replace(point("x", "50"), period_code=str(n)) for n in range(MOST_MARKS + 200)]
    figure = trend_chart([*many, point("year", "60", Mark.HIGH)], OFFICIAL)
    assert marks(figure) <= MOST_MARKS
    assert figure.data[0].x[-1] == str(MOST_MARKS + 199)
