"""Targets (chỉ tiêu) of a year, and the shortest list of open criteria that closes the gap to one."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from cchc_core.errors import BadText
from cchc_core.forecast import Forecast, LeafForecast, Sums
from cchc_core.rubric.model import Rubric
from cchc_core.rules.decimals import HUNDRED, ZERO, decimals_of, format_number, format_points
from cchc_core.sheet import Sheet

_WHERE = "Chỉ tiêu của năm"


class TargetKind(StrEnum):
    """What a target counts."""

    PERCENT = "percent"
    POINTS = "points"
    CRITERIA = "criteria"


@dataclass(frozen=True, slots=True)
class Target:
    """What a unit wants to reach in a year, of a section or (None) of the whole set.

    ``value`` is a percent of the year's effective maximum (0 to 100), points, or how many criteria get full points:
    the only kind for illustrative points, and only for them.
    """

    section: str | None
    kind: TargetKind
    value: Decimal


_UNITS = {TargetKind.PERCENT: "%", TargetKind.POINTS: "điểm", TargetKind.CRITERIA: "tiêu chí đạt"}


def printed(target: Target) -> str:
    """Print a target as it was set: 90 %, 85,5 điểm, 105 tiêu chí đạt."""
    return f"{format_number(target.value)} {_UNITS[target.kind]}"


@dataclass(frozen=True, slots=True)
class Need:
    """What a target still asks for, in points or, where it counts criteria, in criteria.

    ``maximum`` is what the year can give at all; ``standing`` what counts as reached, of it ``from_outside`` what
    others have not given yet and are expected to; ``closing`` the fewest open criteria of the unit's own that close
    the gap, and ``closing_gain`` what they bring; ``shortfall`` is missing even when everything within reach is won.
    """

    target: Target
    maximum: Decimal
    needed: Decimal
    standing: Decimal
    gap: Decimal
    closing: tuple[str, ...]
    closing_gain: Decimal
    shortfall: Decimal
    from_outside: Decimal = ZERO

    @property
    def is_above_maximum(self) -> bool:
        """Tell whether the target asks for more than the year can give."""
        return self.needed > self.maximum

    @property
    def is_met(self) -> bool:
        """Tell whether the target is reached by points that exist; where nothing applies there is nothing to reach."""
        return self.maximum > 0 and self.standing - self.from_outside >= self.needed

    @property
    def is_expected(self) -> bool:
        """Tell whether the target is reached only together with what others are expected to give."""
        return self.maximum > 0 and self.gap == 0 and not self.is_met

    @property
    def is_within_reach(self) -> bool:
        """Tell whether the target is reached or can be by the criteria that are still open."""
        return self.maximum > 0 and self.shortfall == 0

    @property
    def aim(self) -> str:
        """Say what was set, as it was set, and the points that a percent comes to: 90 % · 87,3000 điểm."""
        points = f" · {self._shown(self.needed)}" if self.target.kind is TargetKind.PERCENT else ""
        return _aim(self.target) + points

    @property
    def hope(self) -> str:
        """Say what of the standing others are only expected to give; empty where it is nothing."""
        return f"{self._shown(self.from_outside)} bên ngoài dự kiến cho" if self.from_outside else ""

    @property
    def explanation(self) -> str:
        """Say in one line what the target asks for, what is there and what closes the gap."""
        aim = f"Chỉ tiêu {_aim(self.target)}"
        if self.maximum == 0:
            return f"{aim}: không có tiêu chí nào áp dụng nên không có gì để đạt."
        figures = f"{aim}: cần {self._shown(self.needed)}, {self._there}"
        if self.is_met:
            return f"{figures}, đã đạt."
        if self.is_expected:
            return f"{figures}, dự kiến đạt."
        missing = f"{figures}, còn thiếu {self._shown(self.gap)}"
        if self.is_above_maximum:
            return f"{missing}; vượt mức tối đa {self._shown(self.maximum)} của năm nên không thể đạt."
        if self.shortfall > 0:
            won = f"lấy hết {self._shown(self.closing_gain)} còn có thể đạt"
            return f"{missing}; {won} vẫn thiếu {self._shown(self.shortfall)}."
        gain = "" if self.target.kind is TargetKind.CRITERIA else f", tổng cộng {self._shown(self.closing_gain)}"
        return f"{missing}; ít nhất {len(self.closing)} tiêu chí còn mở là đủ{gain}."

    @property
    def _there(self) -> str:
        if not self.from_outside:
            return f"đang có {self._shown(self.standing)}"
        real = f"đang có {self._shown(self.standing - self.from_outside)}"
        return f"{real}, tính cả {self.hope} là {self._shown(self.standing)}"

    def _shown(self, figure: Decimal) -> str:
        return _in_words(self.target.kind, figure)


def need(sheet: Sheet, forecast: Forecast, target: Target) -> Need:
    """Say what a target still asks for. Raises KeyError for a section that the criteria set does not have.

    Of points, the criteria with the most within reach come first; of criteria, those that need the least. Ties stay in
    printed order. The first as many as are needed are the fewest that close the gap.
    """
    sums = forecast.sums(target.section)
    leaves = sheet.rubric.leaves if target.section is None else sheet.rubric.leaves_of(target.section)
    open_leaves = [forecast.leaves[leaf.code] for leaf in leaves if forecast.leaves[leaf.code].within_reach > 0]
    if target.kind is TargetKind.CRITERIA:
        met = sum(_is_full(forecast.leaves[leaf.code], sheet) for leaf in leaves)
        # A bonus or a penalty has no full points to reach.
        ordered = sorted((leaf for leaf in open_leaves if leaf.effective_max), key=lambda leaf: leaf.within_reach)
        gains = [(leaf.code, Decimal(1)) for leaf in ordered]
        return _need(target, Decimal(sums.applicable), Decimal(ceil(target.value)), Decimal(met), gains)
    ordered = sorted(open_leaves, key=lambda leaf: -leaf.within_reach)
    gains = [(leaf.code, leaf.within_reach) for leaf in ordered]
    standing = sums.earned + sums.external_expected
    found = _need(target, sums.effective_max, _needed_points(target, sums), standing, gains)
    return replace(found, from_outside=sums.external_expected - sums.external_points)


def check_target(rubric: Rubric, sums: Sums, kind: TargetKind, value: Decimal) -> None:
    """Refuse a target that cannot be meant: BadText says what is wrong and what to do.

    ``sums`` are those of the section or of the whole set that the target is for.
    """
    if (kind is TargetKind.CRITERIA) != rubric.is_illustrative:
        raise _wrong_kind(rubric)
    if not value.is_finite() or value < 0:
        raise BadText(_WHERE, problem="không phải là một số từ 0 trở lên", to_do="Hãy nhập một số, ví dụ 85.")
    match kind:
        case TargetKind.PERCENT:
            _refuse_above(value, HUNDRED, kind, "từ 0 đến 100 %")
        case TargetKind.POINTS:
            _refuse_decimals(value, 4, "có quá bốn chữ số thập phân", "Hãy nhập điểm với nhiều nhất bốn chữ số lẻ.")
            _refuse_above(value, sums.effective_max, kind, "không quá điểm chuẩn của năm")
        case TargetKind.CRITERIA:
            _refuse_decimals(value, 0, "không phải là số nguyên", "Hãy nhập số tiêu chí là một số nguyên.")
            _refuse_above(value, Decimal(sums.applicable), kind, "không quá số tiêu chí áp dụng trong năm")


def _need(
    target: Target, maximum: Decimal, needed: Decimal, standing: Decimal, gains: list[tuple[str, Decimal]]
) -> Need:
    gap = max(ZERO, needed - standing)
    closing: list[str] = []
    gained = ZERO
    for code, gain in gains:
        if gained >= gap:
            break
        closing.append(code)
        gained += gain
    return Need(target, maximum, needed, standing, gap, tuple(closing), gained, max(ZERO, gap - gained))


def _needed_points(target: Target, sums: Sums) -> Decimal:
    if target.kind is TargetKind.POINTS:
        return _rounded_up(Fraction(target.value))
    return _rounded_up(Fraction(target.value) * Fraction(sums.effective_max) / 100)


def _rounded_up(exact: Fraction) -> Decimal:
    # Half up could ask for a little less than the target says.
    return Decimal(ceil(exact * 10_000)).scaleb(-4)


def _is_full(leaf: LeafForecast, sheet: Sheet) -> bool:
    # The forecast's maximum: what is expected not to apply any more cannot count as reached.
    return sheet.scores[leaf.code].points == leaf.effective_max > 0


def _wrong_kind(rubric: Rubric) -> BadText:
    if rubric.is_illustrative:
        return BadText(
            _WHERE,
            problem="bộ tiêu chí chỉ có điểm minh hoạ nên không đặt chỉ tiêu theo điểm hay phần trăm",
            to_do="Hãy đặt chỉ tiêu theo số tiêu chí đạt.",
        )
    return BadText(
        _WHERE,
        problem="bộ tiêu chí có điểm chính thức nên không đặt chỉ tiêu theo số tiêu chí",
        to_do="Hãy đặt chỉ tiêu theo phần trăm hoặc theo điểm.",
    )


def _refuse_decimals(value: Decimal, most: int, problem: str, to_do: str) -> None:
    if decimals_of(value) > most:
        raise BadText(_WHERE, problem=f"{format_number(value)} {problem}", to_do=to_do)


def _refuse_above(value: Decimal, most: Decimal, kind: TargetKind, allowed: str) -> None:
    if value > most:
        raise BadText(
            _WHERE,
            problem=f"{_value_in_words(kind, value)} vượt quá mức cho phép {_value_in_words(kind, most)}",
            to_do=f"Hãy nhập một giá trị {allowed}.",
        )


def _aim(target: Target) -> str:
    return _value_in_words(target.kind, target.value)


def _value_in_words(kind: TargetKind, value: Decimal) -> str:
    return f"{format_number(value)} %" if kind is TargetKind.PERCENT else _in_words(kind, value)


def _in_words(kind: TargetKind, figure: Decimal) -> str:
    return f"{format_number(figure)} tiêu chí" if kind is TargetKind.CRITERIA else f"{format_points(figure)} điểm"
