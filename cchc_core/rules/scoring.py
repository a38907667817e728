"""One criterion, one answer, one score.

Points are rounded half up to four decimals once, where the rule ends; everything before is exact.
Source of the kinds and modifiers: the two printed criteria sets (see :mod:`cchc_core.rules.kinds`).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from cchc_core.rules.answers import (
    EMPTY,
    Answer,
    CompareAnswer,
    CountAnswer,
    Entry,
    LevelAnswer,
    PercentAnswer,
    PointsAnswer,
    RatioAnswer,
    TickAnswer,
    ValueAnswer,
)
from cchc_core.rules.decimals import (
    HUNDRED,
    ZERO,
    decimals_of,
    format_number,
    format_percent,
    format_points,
    round_points,
)
from cchc_core.rules.explain import added, explained, quote, range_of
from cchc_core.rules.kinds import (
    Bands,
    Checklist,
    Compare,
    Count,
    EmptyDenominator,
    External,
    Item,
    Leaf,
    Levels,
    Manual,
    Ratio,
    screen_name,
)
from cchc_core.rules.problems import AnswerRefused

RULE_VERSION = "1"
"""Raised whenever the same answer could come out otherwise; stored beside every cached score."""


class Status(StrEnum):
    """Where a criterion stands."""

    MISSING = "missing"
    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    AWAITING = "awaiting"
    VOIDED = "voided"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class PeriodView:
    """What scoring must know of a period: whether it is provisional, and which due periods it has reached.

    ``reached`` of None means all of them, as at the end of the year.
    """

    code: str | None = None
    is_provisional: bool = False
    reached: frozenset[str] | None = None

    def has_reached(self, due_period: str | None) -> bool:
        """Tell whether what falls due in that period can be earned by now."""
        return due_period is None or self.reached is None or due_period in self.reached


YEAR_END = PeriodView()


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome for one criterion; points in four decimals.

    ``not_due_points`` is the part of ``effective_max`` that cannot be earned yet.
    """

    points: Decimal
    effective_max: Decimal
    status: Status
    explanation: str
    not_due_points: Decimal = ZERO
    is_external: bool = False

    @property
    def open_points(self) -> Decimal:
        """Give the part of the maximum that is due and not earned."""
        return self.effective_max - self.not_due_points - self.points


@dataclass(frozen=True, slots=True)
class _Outcome:
    points: Decimal
    arithmetic: str


class _DoesNotApply(Exception):  # noqa: N818 (an outcome on its way, not an error)
    pass


def score(leaf: Leaf, entry: Entry | None, period: PeriodView = YEAR_END) -> Score:
    """Score what is entered for a criterion.

    Raises AnswerRefused when the rule cannot take the answer; nothing is guessed or capped silently.

    >>> from cchc_core.rules.kinds import Level
    >>> leaf = Leaf(Decimal("0.5"), Levels((Level("Có", Decimal("0.5")), Level("Không", Decimal("0")))))
    >>> score(leaf, Entry(LevelAnswer(0))).points
    Decimal('0.5000')
    """
    entry = EMPTY if entry is None else entry
    _refuse_modifiers(leaf, entry, period)
    not_due = _not_due_points(leaf, entry, period)
    if entry.voided is not None:
        if entry.answer is not None:
            _answered(leaf, entry.answer, period, not_due)
        why = f"Bị huỷ điểm, tính {format_points(ZERO)} trên {format_points(leaf.max_points)}: {entry.voided}"
        return _score(leaf, ZERO, Status.VOIDED, why)
    if entry.not_applicable is not None:
        return _outside(leaf, f"Không áp dụng, hạ điểm chuẩn {format_points(leaf.max_points)}: {entry.not_applicable}")
    if entry.answer is not None:
        return _answered(leaf, entry.answer, period, not_due)
    if leaf.is_external:
        return _score(leaf, ZERO, Status.AWAITING, f"{_heading(leaf)} chờ kết quả, chưa có điểm {_of_max(leaf)}.")
    if not_due == leaf.max_points and not_due > 0:
        why = f"Chưa đến kỳ: {format_points(leaf.max_points)} điểm chưa thể đạt trong kỳ này."
        return _score(leaf, ZERO, Status.NOT_DUE, why, not_due)
    why = f"{_heading(leaf)} chưa chấm, tính {format_points(ZERO)} điểm {_of_max(leaf)}."
    return _score(leaf, ZERO, Status.MISSING, why, not_due)


def _heading(leaf: Leaf) -> str:
    return f"{screen_name(leaf.rule)}:"


def _of_max(leaf: Leaf) -> str:
    return f"(tối đa {format_points(leaf.max_points)})"


def _score(leaf: Leaf, points: Decimal, status: Status, why: str, not_due: Decimal = ZERO) -> Score:
    return Score(points, round_points(leaf.max_points), status, why, not_due, leaf.is_external)


def _outside(leaf: Leaf, why: str) -> Score:
    return Score(ZERO, ZERO, Status.NOT_APPLICABLE, why, ZERO, leaf.is_external)


def _answered(leaf: Leaf, answer: Answer, period: PeriodView, not_due: Decimal) -> Score:
    try:
        outcome = _outcome(leaf, answer, period)
    except _DoesNotApply as why:
        return _outside(leaf, str(why))
    why_points = explained(leaf.rule, outcome.arithmetic, leaf.max_points)
    still_not_due = min(not_due, round_points(leaf.max_points) - outcome.points)
    return _score(leaf, outcome.points, Status.SCORED, why_points, still_not_due)


def _refuse_modifiers(leaf: Leaf, entry: Entry, period: PeriodView) -> None:
    if entry.not_applicable is not None and leaf.not_applicable_clause is None:
        raise AnswerRefused(
            "Tiêu chí này không có điều khoản hạ điểm chuẩn nên không chọn được «không áp dụng»; hãy chấm điểm."
        )
    if entry.not_applicable is not None and not entry.not_applicable.strip():
        raise AnswerRefused("Không áp dụng: cần ghi rõ lý do bằng chữ, không để trống.")
    if entry.voided is not None and leaf.void_condition is None:
        raise AnswerRefused("Tiêu chí này không có điều kiện huỷ điểm; hãy bỏ phần huỷ điểm.")
    if entry.not_due:
        _refuse_not_due(leaf, period)
    elif entry.answer is not None and not period.has_reached(leaf.due_period):
        raise AnswerRefused("Tiêu chí này chưa đến kỳ nên chưa thể chấm; hãy chấm khi đến kỳ.")


def _refuse_not_due(leaf: Leaf, period: PeriodView) -> None:
    if not period.is_provisional:
        raise AnswerRefused("«Chưa đến kỳ» chỉ dùng cho bảng chấm tạm tính theo quý, không dùng cho bảng năm.")
    if leaf.is_external:
        raise AnswerRefused("Điểm do bên ngoài chấm: để trống nghĩa là đang chờ, không chọn «chưa đến kỳ».")


def _not_due_points(leaf: Leaf, entry: Entry, period: PeriodView) -> Decimal:
    whole = round_points(leaf.max_points)
    if leaf.is_external or not period.is_provisional:
        return ZERO
    if entry.not_due or not period.has_reached(leaf.due_period):
        return whole
    if not isinstance(leaf.rule, Checklist):
        return ZERO
    waiting = sum((item.points for item in leaf.rule.items if not period.has_reached(item.due_period)), ZERO)
    return min(whole, round_points(waiting))


def _outcome(leaf: Leaf, answer: Answer, period: PeriodView) -> _Outcome:
    match leaf.rule, answer:
        case Levels() as rule, LevelAnswer() as chosen:
            return _by_level(rule, chosen)
        case Checklist() as rule, TickAnswer() as ticks:
            return _by_items(rule, ticks, leaf.max_points, period)
        case Ratio() as rule, RatioAnswer() as figures:
            return _by_ratio(rule, figures, leaf.max_points)
        case Bands() as rule, ValueAnswer() as measured:
            return _by_band(rule, measured, leaf.max_points)
        case Count() as rule, CountAnswer() as cases:
            return _by_count(rule, cases)
        case Compare() as rule, CompareAnswer() as years:
            return _by_comparison(rule, years)
        case External(), (PointsAnswer() | PercentAnswer()) as given:
            return _by_others(given, leaf.max_points)
        case Manual() as rule, PointsAnswer() as given:
            return _by_hand(rule, given, leaf.max_points)
    raise AnswerRefused(f"Câu trả lời không hợp với cách tính «{screen_name(leaf.rule).lower()}» của tiêu chí.")


def _by_level(rule: Levels, answer: LevelAnswer) -> _Outcome:
    if not 0 <= answer.level < len(rule.levels):
        raise AnswerRefused(f"Mức {answer.level} không có; các mức đánh số từ 0 đến {len(rule.levels) - 1}.")
    level = rule.levels[answer.level]
    points = round_points(level.points)
    return _Outcome(
        points,
        f"mức {answer.level + 1} trong {len(rule.levels)} mức {quote(level.text)} = {format_points(points)} điểm",
    )


def _by_items(rule: Checklist, answer: TickAnswer, max_points: Decimal, period: PeriodView) -> _Outcome:
    problems = [*_tick_problems(rule, answer, period)]
    if problems:
        raise AnswerRefused(*problems)
    exact, parts = Fraction(0), []
    for index, item in enumerate(rule.items):
        if index in answer.ticked:
            exact += Fraction(item.points)
            parts.append(format_points(item.points))
        elif index in answer.percents:
            exact += Fraction(item.points) * Fraction(answer.percents[index]) / 100
            parts.append(f"{format_points(item.points)} × {format_number(answer.percents[index])} %")
    points = round_points(min(exact, Fraction(max_points)))
    met = f"đạt {len(answer.ticked)} ý" + (f", {len(answer.percents)} ý theo tỷ lệ" if answer.percents else "")
    cap = ", lấy mức tối đa" if exact > Fraction(max_points) else ""
    return _Outcome(points, f"{met} trong {len(rule.items)} ý: {added(parts, points)}{cap}")


def _tick_problems(rule: Checklist, answer: TickAnswer, period: PeriodView) -> list[str]:
    problems = []
    for index in sorted(answer.ticked | set(answer.percents)):
        if not 0 <= index < len(rule.items):
            problems.append(f"Ý {index} không có; các ý đánh số từ 0 đến {len(rule.items) - 1}.")
            continue
        item, percent = rule.items[index], answer.percents.get(index)
        problems.extend(_item_problems(index, item, index in answer.ticked, percent))
        if not period.has_reached(item.due_period):
            problems.append(f"Ý {index} {quote(item.text)} chưa đến kỳ nên chưa thể đánh dấu đạt.")
    return problems


def _item_problems(index: int, item: Item, is_ticked: bool, percent: Decimal | None) -> list[str]:
    problems = []
    if is_ticked and item.is_ratio:
        problems.append(f"Ý {index} {quote(item.text)} tính theo tỷ lệ: nhập phần trăm, không đánh dấu.")
    if percent is not None and not item.is_ratio:
        problems.append(f"Ý {index} {quote(item.text)} không tính theo tỷ lệ: đánh dấu, không nhập phần trăm.")
    if percent is not None and not 0 <= percent <= HUNDRED:
        problems.append(f"Ý {index}: phần trăm phải từ 0 đến 100; đã nhập {format_number(percent)}.")
    return problems


def _by_ratio(rule: Ratio, answer: RatioAnswer, max_points: Decimal) -> _Outcome:
    top, bottom = answer.numerator, answer.denominator
    if top < 0 or bottom < 0:
        raise AnswerRefused("Tử số và mẫu số không được âm; hãy kiểm tra lại số liệu.")
    if bottom == 0:
        return _without_denominator(rule, top, max_points)
    share = Fraction(top) / Fraction(bottom)
    figures = f"{format_number(top)} ÷ {format_number(bottom)}"
    if rule.floor_percent is not None and share * 100 < Fraction(rule.floor_percent):
        floor = format_number(rule.floor_percent)
        return _Outcome(ZERO, f"{figures} dưới mức sàn {floor} % nên tính {format_points(ZERO)} điểm")
    points = round_points(min(share, Fraction(1)) * Fraction(max_points))
    percent = f"{format_percent(Decimal(int(share * 100_000 + Fraction(1, 2))) / 1000)}" if share <= 1 else "vượt 100 %"
    cap = ", lấy mức tối đa" if share > 1 else ""
    return _Outcome(points, f"{format_points(max_points)} × {figures} ({percent}) = {format_points(points)} điểm{cap}")


def _without_denominator(rule: Ratio, numerator: Decimal, max_points: Decimal) -> _Outcome:
    if numerator > 0:
        raise AnswerRefused("Mẫu số bằng 0 mà tử số lớn hơn 0; hãy kiểm tra lại số liệu.")
    match rule.empty_denominator:
        case EmptyDenominator.FULL:
            return _Outcome(round_points(max_points), f"mẫu số bằng 0, tính đủ {format_points(max_points)} điểm")
        case EmptyDenominator.ZERO:
            return _Outcome(ZERO, f"mẫu số bằng 0, tính {format_points(ZERO)} điểm")
        case EmptyDenominator.NOT_APPLICABLE:
            raise _DoesNotApply(
                f"{screen_name(rule)}: mẫu số bằng 0 nên không áp dụng, hạ điểm chuẩn {format_points(max_points)}."
            )
        case EmptyDenominator.REFUSE:
            raise AnswerRefused(
                "Mẫu số bằng 0: bộ tiêu chí không nói cách tính; hãy kiểm tra lại hoặc hỏi nơi ban hành."
            )
    assert_never(rule.empty_denominator)


def _by_band(rule: Bands, answer: ValueAnswer, max_points: Decimal) -> _Outcome:
    value, shown = answer.value, f"{format_number(answer.value)} {rule.unit}"
    if rule.is_percent and not 0 <= value <= HUNDRED:
        raise AnswerRefused(f"Phần trăm phải từ 0 đến 100; đã nhập {format_number(value)}.")
    band = next((band for band in rule.bands if band.holds(value)), None)
    if band is None:
        ranges = "; ".join(range_of(band, rule.unit) for band in rule.bands)
        raise AnswerRefused(f"Giá trị {shown} không thuộc khoảng nào của bộ tiêu chí ({ranges}); hãy hỏi nơi ban hành.")
    where = f"{shown} thuộc khoảng {range_of(band, rule.unit)}"
    if band.linear is None:
        points = round_points(band.points or ZERO)
        return _Outcome(points, f"{where} = {format_points(points)} điểm")
    factor, constant = band.linear.factor, band.linear.constant
    exact = Fraction(factor) * Fraction(value) + Fraction(constant)
    points = round_points(max(Fraction(0), min(exact, Fraction(max_points))))
    line = f"{format_points(factor)} × {format_number(value)} + {format_points(constant)}"
    return _Outcome(points, f"{where}: {line} = {format_points(points)} điểm")


def _by_count(rule: Count, answer: CountAnswer) -> _Outcome:
    if answer.count < 0:
        raise AnswerRefused(f"Số trường hợp phải là số nguyên không âm; đã nhập {answer.count}.")
    points = round_points(rule.points_by_count[min(answer.count, len(rule.points_by_count) - 1)])
    more = " trở lên" if answer.count >= len(rule.points_by_count) - 1 else ""
    return _Outcome(points, f"{answer.count} trường hợp{more} = {format_points(points)} điểm")


def _by_comparison(rule: Compare, answer: CompareAnswer) -> _Outcome:
    now, before = answer.this_year, answer.last_year
    outcomes = {1: (rule.higher, "cao hơn"), 0: (rule.equal, "bằng"), -1: (rule.lower, "thấp hơn")}
    points, words = outcomes[(now > before) - (now < before)]
    figures = f"năm nay {format_number(now)} {words} năm trước {format_number(before)}"
    return _Outcome(round_points(points), f"{figures} = {format_points(points)} điểm")


def _by_others(answer: PointsAnswer | PercentAnswer, max_points: Decimal) -> _Outcome:
    source = answer.source
    if source is None or not source.strip():
        raise AnswerRefused("Điểm do bên ngoài chấm: cần ghi nguồn (văn bản, báo cáo công bố điểm).")
    if isinstance(answer, PointsAnswer):
        _refuse_points(answer.points, max_points)
        points = round_points(answer.points)
        return _Outcome(points, f"{format_points(points)} điểm, nguồn {quote(source)}")
    if not 0 <= answer.percent <= HUNDRED:
        raise AnswerRefused(f"Phần trăm phải từ 0 đến 100; đã nhập {format_number(answer.percent)}.")
    points = round_points(Fraction(max_points) * Fraction(answer.percent) / 100)
    line = f"{format_points(max_points)} × {format_number(answer.percent)} % = {format_points(points)} điểm"
    return _Outcome(points, f"{line}, nguồn {quote(source)}")


def _by_hand(rule: Manual, answer: PointsAnswer, max_points: Decimal) -> _Outcome:
    _refuse_points(answer.points, max_points)
    if Fraction(answer.points) % Fraction(rule.step) != 0:
        raise AnswerRefused(f"Điểm phải là bội của {format_points(rule.step)}; đã nhập {format_number(answer.points)}.")
    points = round_points(answer.points)
    return _Outcome(points, f"nhập tay {format_points(points)} điểm")


def _refuse_points(points: Decimal, max_points: Decimal) -> None:
    if not 0 <= points <= max_points:
        raise AnswerRefused(f"Điểm phải từ 0 đến {format_points(max_points)}; đã nhập {format_number(points)}.")
    if decimals_of(points) > 4:
        raise AnswerRefused(f"Điểm có nhiều nhất bốn chữ số thập phân; đã nhập {format_number(points)}.")
