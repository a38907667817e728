"""The figures of the board, and the criteria behind each: whoever adds these up gets the figure."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.forecast import Forecast, LeafForecast, Sums
from cchc_core.rubric.model import Criterion
from cchc_core.rules.kinds import Effect
from cchc_core.rules.scoring import Score, Status
from cchc_core.shares import shares
from cchc_core.sheet import Sheet
from cchc_core.totals import Totals
from cchc_core.unconfirmed import is_unconfirmed, unconfirmed, unconfirmed_points


class Figure(StrEnum):
    """A figure that the board shows, by the name that addresses give it.

    Within reach, lost for good, secured and outside are the four sums of the forecast; maximum is what is printed,
    effective maximum what is left of it where something does not apply. Bonus is what comes on top of it, penalty what
    is taken off: of the points earned a penalty is a negative part. Those in :data:`COUNTED` count criteria.
    """

    EARNED = "dat"
    LOST = "mat"
    MISSING = "chua-cham"
    NOT_DUE = "chua-den-ky"
    AWAITING = "cho-ngoai"
    NOT_APPLICABLE = "khong-ap-dung"
    UNCONFIRMED = "chua-xac-nhan"
    WITHIN_REACH = "con-co-the"
    LOST_FOR_GOOD = "da-mat"
    SECURED = "du-bao-dat"
    OUTSIDE = "du-bao-ben-ngoai"
    SELF = "tu-cham"
    EXTERNAL = "ben-ngoai"
    ALL = "tat-ca"
    OWN_LOST = "tu-cham-mat"
    OUTSIDE_LOST = "ben-ngoai-mat"
    MAXIMUM = "diem-chuan"
    EFFECTIVE_MAX = "sau-khi-ha"
    SELF_MAX = "tu-cham-toi-da"
    EXTERNAL_MAX = "ben-ngoai-toi-da"
    MET = "dat-toi-da"
    APPLICABLE = "ap-dung"
    BONUS = "diem-thuong"
    PENALTY = "diem-tru"


OF_THE_FORECAST: Final = frozenset({Figure.WITHIN_REACH, Figure.LOST_FOR_GOOD, Figure.SECURED, Figure.OUTSIDE})
FIGURE_NAMES: Final[Mapping[Figure, str]] = {
    Figure.EARNED: "Đạt điểm",
    Figure.LOST: "Mất điểm",
    Figure.MISSING: "Chưa chấm",
    Figure.NOT_DUE: "Chưa đến kỳ",
    Figure.AWAITING: "Chờ bên ngoài",
    Figure.NOT_APPLICABLE: "Không áp dụng",
    Figure.UNCONFIRMED: "Chưa xác nhận",
    Figure.WITHIN_REACH: "Còn có thể đạt",
    Figure.LOST_FOR_GOOD: "Đã mất",
    Figure.SECURED: "Dự báo: đã đạt",
    Figure.OUTSIDE: "Dự báo: bên ngoài chấm",
    Figure.SELF: "Đơn vị tự chấm",
    Figure.EXTERNAL: "Bên ngoài chấm",
    Figure.ALL: "Tất cả tiêu chí",
    Figure.OWN_LOST: "Mất điểm, phần tự chấm",
    Figure.OUTSIDE_LOST: "Mất ở phần bên ngoài",
    Figure.MAXIMUM: "Điểm chuẩn",
    Figure.EFFECTIVE_MAX: "Điểm chuẩn sau khi hạ",
    Figure.SELF_MAX: "Đơn vị tự chấm, tối đa",
    Figure.EXTERNAL_MAX: "Bên ngoài chấm, tối đa",
    Figure.MET: "Đạt điểm tối đa",
    Figure.APPLICABLE: "Áp dụng",
    Figure.BONUS: "Điểm thưởng",
    Figure.PENALTY: "Điểm trừ",
}
COUNTED: Final = frozenset({Figure.MET, Figure.APPLICABLE})
"""The figures that are a number of criteria and not a sum of points."""


def behind(
    sheet: Sheet, forecast: Forecast, figure: Figure, section: str | None = None
) -> tuple[tuple[Criterion, Decimal], ...]:
    """Give the criteria behind a figure, of the whole set or of a section, with what each brings to it.

    The most points come first, then the printed order. A criterion that belongs to the figure is there even with no
    points, unless the figure is made of points alone (earned, lost, the sums of the forecast).
    """
    leaves = sheet.rubric.leaves if section is None else sheet.rubric.leaves_of(section)
    part = _PARTS[figure]
    found = ((leaf, part(sheet, leaf, forecast.leaves[leaf.code])) for leaf in leaves)
    there = ((leaf, points) for leaf, points in found if points is not None)
    return tuple(sorted(there, key=lambda pair: -pair[1]))


def figure_points(sheet: Sheet, forecast: Forecast, figure: Figure, section: str | None = None) -> Decimal:
    """Give the points of a figure as the totals and the forecast have them.

    Self and external are the points earned there; not applicable is by how much the maximum was lowered. Raises
    KeyError for a figure that counts criteria: see :func:`figure_count`.
    """
    if figure is Figure.UNCONFIRMED:
        return unconfirmed(sheet, section).points
    return _SUMS[figure](_totals(sheet, section), forecast.sums(section))


def figure_count(sheet: Sheet, figure: Figure, section: str | None = None) -> int:
    """Give a figure that counts criteria as the totals have it. Raises KeyError for a sum of points."""
    return _COUNTS[figure](_totals(sheet, section))


def _totals(sheet: Sheet, section: str | None) -> Totals:
    return sheet.totals.total if section is None else sheet.totals.sections[section]


_SUMS: Final[Mapping[Figure, Callable[[Totals, Sums], Decimal]]] = {
    Figure.EARNED: lambda totals, _: totals.points,
    Figure.LOST: lambda totals, _: totals.lost,
    Figure.MISSING: lambda totals, _: totals.at_risk,
    Figure.NOT_DUE: lambda totals, _: totals.not_due,
    Figure.AWAITING: lambda totals, _: totals.awaiting,
    Figure.NOT_APPLICABLE: lambda totals, _: totals.max_points - totals.effective_max,
    Figure.WITHIN_REACH: lambda _, sums: sums.within_reach,
    Figure.LOST_FOR_GOOD: lambda _, sums: sums.lost,
    Figure.SECURED: lambda _, sums: sums.earned,
    Figure.OUTSIDE: lambda _, sums: sums.external,
    Figure.SELF: lambda totals, _: totals.self_points,
    Figure.EXTERNAL: lambda totals, _: totals.external_points,
    Figure.ALL: lambda totals, _: totals.points,
    Figure.OWN_LOST: lambda totals, _: shares(totals).lost,
    Figure.OUTSIDE_LOST: lambda totals, _: shares(totals).external_lost,
    Figure.MAXIMUM: lambda totals, _: totals.max_points,
    Figure.EFFECTIVE_MAX: lambda totals, _: totals.effective_max,
    Figure.SELF_MAX: lambda totals, _: totals.self_max,
    Figure.EXTERNAL_MAX: lambda totals, _: totals.external_max,
    Figure.BONUS: lambda totals, _: totals.bonus,
    Figure.PENALTY: lambda totals, _: totals.penalty,
}
_COUNTS: Final[Mapping[Figure, Callable[[Totals], int]]] = {
    Figure.MET: lambda totals: totals.met,
    Figure.APPLICABLE: lambda totals: totals.applicable,
}


_Part = Callable[[Sheet, Criterion, LeafForecast], Decimal | None]


def _some(points: Decimal) -> Decimal | None:
    return points if points > 0 else None


def _any(points: Decimal) -> Decimal | None:
    return points if points else None


def _lost(sheet: Sheet, leaf: Criterion, _: LeafForecast) -> Decimal | None:
    score = sheet.scores[leaf.code]
    return _some(score.open_points) if score.status in (Status.SCORED, Status.VOIDED) else None


def _lost_where(*, is_external: bool) -> _Part:
    def part(sheet: Sheet, leaf: Criterion, outlook: LeafForecast) -> Decimal | None:
        return _lost(sheet, leaf, outlook) if sheet.scores[leaf.code].is_external == is_external else None

    return part


def _maximum_where(belongs: Callable[[Score], bool]) -> _Part:
    def part(sheet: Sheet, leaf: Criterion, _: LeafForecast) -> Decimal | None:
        if leaf.is_adjustment:
            return None
        score = sheet.scores[leaf.code]
        return score.effective_max if _applies(score) and belongs(score) else None

    return part


def _applies(score: Score) -> bool:
    return score.status is not Status.NOT_APPLICABLE


def _not_due(sheet: Sheet, leaf: Criterion, _: LeafForecast) -> Decimal | None:
    if leaf.is_adjustment:
        return None
    score = sheet.scores[leaf.code]
    return score.not_due_points if score.status is Status.NOT_DUE else _some(score.not_due_points)


def _not_applicable(sheet: Sheet, leaf: Criterion, _: LeafForecast) -> Decimal | None:
    score = sheet.scores[leaf.code]
    is_outside = score.status is Status.NOT_APPLICABLE and not leaf.is_adjustment
    return leaf.max_points - score.effective_max if is_outside else None


def _open_where(status: Status) -> _Part:
    def part(sheet: Sheet, leaf: Criterion, _: LeafForecast) -> Decimal | None:
        score = sheet.scores[leaf.code]
        return score.open_points if score.status is status and not leaf.is_adjustment else None

    return part


def _points_where(belongs: Callable[[Sheet, Criterion, Score], bool]) -> _Part:
    def part(sheet: Sheet, leaf: Criterion, _: LeafForecast) -> Decimal | None:
        score = sheet.scores[leaf.code]
        return score.points if belongs(sheet, leaf, score) else None

    return part


def _of_effect(sheet: Sheet, leaf: Criterion, effect: Effect) -> Decimal | None:
    """Give what a bonus adds or a penalty takes off, both positive; all of them belong to the figure."""
    return abs(sheet.scores[leaf.code].points) if leaf.scored.effect is effect else None


_PARTS: Final[Mapping[Figure, _Part]] = {
    Figure.EARNED: _points_where(lambda _sheet, _leaf, score: score.points != 0),
    Figure.LOST: _lost,
    Figure.MISSING: _open_where(Status.MISSING),
    Figure.NOT_DUE: _not_due,
    Figure.AWAITING: _open_where(Status.AWAITING),
    Figure.NOT_APPLICABLE: _not_applicable,
    Figure.UNCONFIRMED: lambda sheet, leaf, _: (
        unconfirmed_points(sheet, leaf.code) if is_unconfirmed(sheet, leaf.code) else None
    ),
    Figure.WITHIN_REACH: lambda _sheet, _leaf, outlook: _some(outlook.within_reach),
    Figure.LOST_FOR_GOOD: lambda _sheet, _leaf, outlook: _some(outlook.lost),
    Figure.SECURED: lambda _sheet, _leaf, outlook: _any(outlook.earned),
    Figure.OUTSIDE: lambda _sheet, _leaf, outlook: _some(outlook.external),
    Figure.SELF: _points_where(lambda _sheet, _leaf, score: not score.is_external),
    Figure.EXTERNAL: _points_where(lambda _sheet, _leaf, score: score.is_external),
    Figure.ALL: _points_where(lambda _sheet, _leaf, _score: True),
    Figure.OWN_LOST: _lost_where(is_external=False),
    Figure.OUTSIDE_LOST: _lost_where(is_external=True),
    Figure.MAXIMUM: lambda _sheet, leaf, _outlook: None if leaf.is_adjustment else leaf.max_points,
    Figure.EFFECTIVE_MAX: _maximum_where(lambda _: True),
    Figure.SELF_MAX: _maximum_where(lambda score: not score.is_external),
    Figure.EXTERNAL_MAX: _maximum_where(lambda score: score.is_external),
    Figure.MET: _points_where(lambda _sheet, _leaf, score: score.points == score.effective_max > 0),
    Figure.APPLICABLE: _points_where(lambda _sheet, leaf, score: _applies(score) and not leaf.is_adjustment),
    Figure.BONUS: lambda sheet, leaf, _: _of_effect(sheet, leaf, Effect.BONUS),
    Figure.PENALTY: lambda sheet, leaf, _: _of_effect(sheet, leaf, Effect.PENALTY),
}
