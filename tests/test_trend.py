"""The trend of a year: a period without data is a gap, and the year's end is a forecast until it is scored."""

from decimal import Decimal

from hypothesis import given, settings

from cchc_core.forecast import forecast
from cchc_core.periods import periods_for
from cchc_core.rubric_files import read_rubric
from cchc_core.sheet import Sheet
from cchc_core.trend import Mark, TrendPoint, trend
from tests.offices import NAM_DINH, SOC_TRANG
from tests.sheets import Raw, sheet_of, sheets

some = settings(max_examples=30, deadline=None)

YEAR = periods_for(SOC_TRANG, 2022)
FIRST: Raw = {"I.1.2": {"numerator": "17", "denominator": "20"}, "II.5.1": {"percent": "80", "source": "Thông báo"}}
THIRD: Raw = {**FIRST, "I.1.2": {"numerator": "20", "denominator": "20"}, "I.2.1.2": {"not_applicable": "không giao"}}


def soc_trang(answers: Raw, period: str) -> Sheet:
    return sheet_of(read_rubric(SOC_TRANG), answers, period)


def shown(points: tuple[TrendPoint, ...]) -> list[tuple[str, Mark, str | None]]:
    return [(point.period_code, point.mark, None if point.points is None else str(point.points)) for point in points]


def test_every_period_of_the_year_stands_in_its_order_and_a_missing_one_is_a_gap() -> None:
    points = trend([soc_trang(FIRST, "q1"), soc_trang(THIRD, "q3")], None, YEAR)
    assert shown(points) == [
        ("q1", Mark.SCORED, "1.6500"),
        ("h1", Mark.NOT_OPENED, None),
        ("q3", Mark.SCORED, "1.8000"),
        ("year", Mark.NOT_OPENED, None),
    ]
    first, half, third, _ = points
    assert first == TrendPoint(
        period_code="q1",
        period_title="Quý I",
        points=Decimal("1.6500"),
        effective_max=Decimal("98.5000"),
        percent=Decimal("1.68"),
        met=0,
        applicable=101,
        assessment_id="soctrang-tttt-2022-q1",
        is_provisional=True,
    )
    assert (third.effective_max, third.percent) == (Decimal("97.5000"), Decimal("1.85"))
    assert (third.met, third.applicable) == (1, 100)
    assert half == TrendPoint("h1", "6 tháng", None, None, None, None, None, None, True, Mark.NOT_OPENED)
    assert half.is_gap
    assert not first.is_gap


def test_an_assessment_without_any_answer_is_a_gap_and_no_score_of_nothing() -> None:
    points = trend([soc_trang(FIRST, "q1"), soc_trang({}, "h1")], None, YEAR)
    assert shown(points)[1] == ("h1", Mark.NOT_SCORED, None)
    assert (points[1].percent, points[1].met, points[1].is_gap) == (None, None, True)
    assert points[1].assessment_id == "soctrang-tttt-2022-h1"


def test_the_forecast_stands_at_the_years_end_until_the_year_is_scored() -> None:
    last = soc_trang(FIRST, "q1")
    outlook = forecast(last)
    points = trend([last], outlook, YEAR)
    sums = outlook.total
    assert shown(points)[3:] == [
        ("year", Mark.LOW, str(sums.low)),
        ("year", Mark.EXPECTED, str(sums.expected)),
        ("year", Mark.HIGH, str(sums.high)),
    ]
    assert [point.percent for point in points[3:]] == [sums.low_percent, sums.expected_percent, sums.high_percent]
    assert [point.is_forecast for point in points] == [False, False, False, True, True, True]
    assert {point.period_title for point in points[3:]} == {"Năm"}
    assert sums.low <= sums.expected <= sums.high


def test_a_year_that_is_scored_needs_no_forecast() -> None:
    last = soc_trang(THIRD, "year")
    assert shown(trend([last], forecast(last), YEAR))[-1] == ("year", Mark.SCORED, "1.8000")


def test_a_year_that_is_opened_and_not_scored_shows_both_the_gap_and_the_forecast() -> None:
    last = soc_trang({}, "year")
    marks = [mark for _, mark, _ in shown(trend([soc_trang(FIRST, "q1"), last], forecast(last), YEAR))]
    assert marks == [Mark.SCORED, Mark.NOT_OPENED, Mark.NOT_OPENED, Mark.NOT_SCORED, Mark.LOW, Mark.EXPECTED, Mark.HIGH]


def test_without_the_periods_of_the_year_the_forecast_still_has_its_place() -> None:
    last = soc_trang(FIRST, "q3")
    points = trend([last], forecast(last))
    assert [point.period_code for point in points] == ["q3", "year", "year", "year"]


def test_illustrative_points_have_a_trend_of_criteria_and_no_percent() -> None:
    rubric = read_rubric(NAM_DINH)
    last = sheet_of(rubric, {"1.1.1": {"level": 0}, "1.1.2": {"level": 1}}, "q1")
    points = trend([last], forecast(last), periods_for(NAM_DINH, 2024))
    assert {point.percent for point in points} == {None}
    assert (points[0].points, points[0].met, points[0].applicable) == (Decimal("1.5000"), 1, 121)


def test_no_assessment_at_all_is_a_year_of_gaps() -> None:
    points = trend([], None, YEAR)
    assert [point.mark for point in points] == [Mark.NOT_OPENED] * 4


@some
@given(sheets())
def test_a_point_shows_the_totals_of_its_assessment(sheet: Sheet) -> None:
    point = next(point for point in trend([sheet], forecast(sheet)) if not point.is_forecast)
    totals = sheet.totals.total
    if point.is_gap:
        assert (point.effective_max, point.percent, point.met, point.applicable) == (None, None, None, None)
        assert totals.points == 0
    else:
        assert (point.points, point.effective_max) == (totals.points, totals.effective_max)
        assert (point.met, point.applicable) == (totals.met, totals.applicable)
        assert point.percent == (None if sheet.rubric.is_illustrative else totals.percent)
