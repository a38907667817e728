"""The trend of a year: where each period stood, and where the forecast sees the year's end."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.comparison import has_data
from cchc_core.forecast import Forecast
from cchc_core.rules.decimals import percent_of
from cchc_core.sheet import Sheet
from cchc_core.store.periods import PeriodLike


class Mark(StrEnum):
    """What a point of the trend stands for."""

    SCORED = "scored"
    NOT_SCORED = "not_scored"
    NOT_OPENED = "not_opened"
    LOW = "low"
    EXPECTED = "expected"
    HIGH = "high"


MARK_NAMES: Final = {
    Mark.SCORED: "đã chấm",
    Mark.NOT_SCORED: "chưa có kết quả",
    Mark.NOT_OPENED: "chưa mở bảng tự chấm",
    Mark.LOW: "dự báo thấp",
    Mark.EXPECTED: "dự báo dự kiến",
    Mark.HIGH: "dự báo cao",
}
FORECAST_MARKS: Final = (Mark.LOW, Mark.EXPECTED, Mark.HIGH)
_YEAR = "year"


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of the year, or one of the three forecasts of its end.

    ``points``, ``effective_max``, ``met`` and ``applicable`` are None where there is no data: that is no score of 0.
    ``percent`` is None there, for illustrative points and where nothing applies. A forecast counts no criteria.
    """

    period_code: str
    period_title: str
    points: Decimal | None
    effective_max: Decimal | None
    percent: Decimal | None
    met: int | None
    applicable: int | None
    assessment_id: str | None
    is_provisional: bool
    mark: Mark = Mark.SCORED

    @property
    def is_gap(self) -> bool:
        """Tell whether there is nothing to draw: no assessment, or one that nobody has answered."""
        return self.points is None

    @property
    def is_forecast(self) -> bool:
        """Tell whether this is a forecast and not what was scored."""
        return self.mark in FORECAST_MARKS


def trend(
    sheets: Sequence[Sheet], forecast: Forecast | None = None, periods_of_year: Sequence[PeriodLike] = ()
) -> tuple[TrendPoint, ...]:
    """Give the points of a year in the order of its periods.

    ``sheets`` are one unit's assessments of the year by one criteria set, in order; ``forecast`` is that of the last
    one. A period of the year without an assessment is a gap; the year, until it is scored itself, has the three points
    of the forecast.
    """
    by_code = {sheet.assessment.period_code: sheet for sheet in sheets}
    points: list[TrendPoint] = []
    for period in sorted(_periods(sheets, periods_of_year), key=lambda each: each.order):
        sheet = by_code.get(period.code)
        of_period = _not_opened(period) if sheet is None else _standing(sheet)
        is_foreseen = forecast is not None and not period.is_provisional and of_period.is_gap
        if sheet is not None or not is_foreseen:
            points.append(of_period)
        if forecast is not None and is_foreseen:
            points.extend(_foreseen(period, forecast, is_illustrative=sheets[-1].rubric.is_illustrative))
    return tuple(points)


@dataclass(frozen=True, slots=True)
class _Period:
    code: str
    title: str
    order: int
    is_provisional: bool


def _periods(sheets: Sequence[Sheet], periods_of_year: Sequence[PeriodLike]) -> list[_Period]:
    known = {each.code: _Period(each.code, each.title, each.order, each.is_provisional) for each in periods_of_year}
    for sheet in sheets:
        a = sheet.assessment
        known[a.period_code] = _Period(a.period_code, a.period_title, a.period_order, a.is_provisional)
    if all(period.is_provisional for period in known.values()):
        known[_YEAR] = _Period(_YEAR, "Năm", max((period.order for period in known.values()), default=0) + 1, False)
    return list(known.values())


def _not_opened(period: _Period) -> TrendPoint:
    return TrendPoint(
        period_code=period.code,
        period_title=period.title,
        points=None,
        effective_max=None,
        percent=None,
        met=None,
        applicable=None,
        assessment_id=None,
        is_provisional=period.is_provisional,
        mark=Mark.NOT_OPENED,
    )


def _standing(sheet: Sheet) -> TrendPoint:
    totals, a = sheet.totals.total, sheet.assessment
    is_there = has_data(totals)
    return TrendPoint(
        period_code=a.period_code,
        period_title=a.period_title,
        points=totals.points if is_there else None,
        effective_max=totals.effective_max if is_there else None,
        percent=totals.percent if is_there and not sheet.rubric.is_illustrative else None,
        met=totals.met if is_there else None,
        applicable=totals.applicable if is_there else None,
        assessment_id=a.id,
        is_provisional=a.is_provisional,
        mark=Mark.SCORED if is_there else Mark.NOT_SCORED,
    )


def _foreseen(period: _Period, forecast: Forecast, *, is_illustrative: bool) -> list[TrendPoint]:
    sums = forecast.total
    return [
        TrendPoint(
            period_code=period.code,
            period_title=period.title,
            points=points,
            effective_max=sums.effective_max,
            percent=None if is_illustrative else percent_of(points, sums.effective_max),
            met=None,
            applicable=None,
            assessment_id=None,
            is_provisional=period.is_provisional,
            mark=mark,
        )
        for mark, points in zip(FORECAST_MARKS, (sums.low, sums.expected, sums.high), strict=True)
    ]
