"""The arithmetic of each kind of rule: exact until the points are rounded, once, where the rule ends."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from cchc_core.rules.decimals import (
    HUNDRED,
    ZERO,
    decimals_of,
    format_number,
    format_percent,
    format_points,
    percent_of,
    round_points,
)
from cchc_core.rules.entries import (
    Answer,
    CompareAnswer,
    CountAnswer,
    LevelAnswer,
    PercentAnswer,
    PointsAnswer,
    RatioAnswer,
    TickAnswer,
    ValueAnswer,
)
from cchc_core.rules.explain import added, is_blank, quote, range_of
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
    Linear,
    Manual,
    Ratio,
    screen_name,
)
from cchc_core.rules.period import PeriodView
from cchc_core.rules.problems import AnswerRefused


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule gives: points in four decimals and the arithmetic in words."""

    points: Decimal
    arithmetic: str


class DoesNotApply(Exception):
    """A rule found that its criterion does not apply; an outcome on its way, not an error."""


def outcome_of(leaf: Leaf, answer: Answer, period: PeriodView) -> Outcome:  # noqa: C901 (one line a kind)
    """Apply the rule of a criterion to an answer. Raises AnswerRefused or DoesNotApply."""
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


def _by_level(rule: Levels, answer: LevelAnswer) -> Outcome:
    if not 0 <= answer.level < len(rule.levels):
        raise AnswerRefused(f"Mức {answer.level} không có; các mức đánh số từ 0 đến {len(rule.levels) - 1}.")
    level = rule.levels[answer.level]
    points = round_points(level.points)
    return Outcome(
        points,
        f"mức {answer.level + 1} trong {len(rule.levels)} mức {quote(level.text)} = {format_points(points)} điểm",
    )


def _by_items(rule: Checklist, answer: TickAnswer, max_points: Decimal, period: PeriodView) -> Outcome:
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
    return Outcome(points, f"{met} trong {len(rule.items)} ý: {added(parts, exact, points)}")


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
        problems.append(f"Ý {index} {quote(item.text)}: phần trăm phải từ 0 đến 100; đã nhập {format_number(percent)}.")
    return problems


def _by_ratio(rule: Ratio, answer: RatioAnswer, max_points: Decimal) -> Outcome:
    top, bottom = answer.numerator, answer.denominator
    if top < 0 or bottom < 0:
        raise AnswerRefused("Tử số và mẫu số không được âm; hãy kiểm tra lại số liệu.")
    if bottom == 0:
        return _without_denominator(rule, top, max_points)
    share = Fraction(top) / Fraction(bottom)
    figures = f"{format_number(top)} ÷ {format_number(bottom)}"
    if rule.floor_percent is not None and share * 100 < Fraction(rule.floor_percent):
        floor = format_number(rule.floor_percent)
        return Outcome(ZERO, f"{figures} dưới mức sàn {floor} % nên tính {format_points(ZERO)} điểm")
    points = round_points(min(share, Fraction(1)) * Fraction(max_points))
    percent = format_percent(percent_of(top, bottom)) if share <= 1 else "vượt 100 %"
    cap = ", lấy mức tối đa" if share > 1 else ""
    return Outcome(points, f"{format_points(max_points)} × {figures} ({percent}) = {format_points(points)} điểm{cap}")


def _without_denominator(rule: Ratio, numerator: Decimal, max_points: Decimal) -> Outcome:
    if numerator > 0:
        raise AnswerRefused("Mẫu số bằng 0 mà tử số lớn hơn 0; hãy kiểm tra lại số liệu.")
    match rule.empty_denominator:
        case EmptyDenominator.FULL:
            return Outcome(round_points(max_points), f"mẫu số bằng 0, tính đủ {format_points(max_points)} điểm")
        case EmptyDenominator.ZERO:
            return Outcome(ZERO, f"mẫu số bằng 0, tính {format_points(ZERO)} điểm")
        case EmptyDenominator.NOT_APPLICABLE:
            raise DoesNotApply(
                f"{screen_name(rule)}: mẫu số bằng 0 nên không áp dụng, hạ điểm chuẩn {format_points(max_points)}."
            )
        case EmptyDenominator.REFUSE:
            raise AnswerRefused(
                "Mẫu số bằng 0: bộ tiêu chí không nói cách tính; hãy kiểm tra lại hoặc hỏi nơi ban hành."
            )
    assert_never(rule.empty_denominator)


def _by_band(rule: Bands, answer: ValueAnswer, max_points: Decimal) -> Outcome:
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
        return Outcome(points, f"{where} = {format_points(points)} điểm")
    return _along_line(band.linear, value, max_points, where)


def _along_line(line: Linear, value: Decimal, max_points: Decimal, where: str) -> Outcome:
    exact = Fraction(line.factor) * Fraction(value) + Fraction(line.constant)
    points = round_points(max(Fraction(0), min(exact, Fraction(max_points))))
    constant = f" {'+' if line.constant > 0 else '−'} {format_number(abs(line.constant))}" if line.constant else ""
    uncapped = f"{format_points(round_points(exact))} điểm"
    cap = ", lấy mức tối đa" if exact > Fraction(max_points) else ", lấy mức thấp nhất 0" if exact < 0 else ""
    return Outcome(
        points, f"{where}: {format_number(line.factor)} × {format_number(value)}{constant} = {uncapped}{cap}"
    )


def _by_count(rule: Count, answer: CountAnswer) -> Outcome:
    if answer.count < 0:
        raise AnswerRefused(f"Số trường hợp phải là số nguyên không âm; đã nhập {answer.count}.")
    points = round_points(rule.points_by_count[min(answer.count, len(rule.points_by_count) - 1)])
    last = len(rule.points_by_count) - 1
    more = f" (từ {last} trường hợp trở lên)" if answer.count >= last else ""
    return Outcome(points, f"{format_number(Decimal(answer.count))} trường hợp{more} = {format_points(points)} điểm")


def _by_comparison(rule: Compare, answer: CompareAnswer) -> Outcome:
    now, before = answer.this_year, answer.last_year
    outcomes = {1: (rule.higher, "cao hơn"), 0: (rule.equal, "bằng"), -1: (rule.lower, "thấp hơn")}
    points, words = outcomes[(now > before) - (now < before)]
    figures = f"năm nay {format_number(now)} {words} năm trước {format_number(before)}"
    return Outcome(round_points(points), f"{figures} = {format_points(points)} điểm")


def _by_others(answer: PointsAnswer | PercentAnswer, max_points: Decimal) -> Outcome:
    source = answer.source
    if source is None or is_blank(source):
        raise AnswerRefused("Điểm do bên ngoài chấm: cần ghi nguồn (văn bản, báo cáo công bố điểm).")
    if isinstance(answer, PointsAnswer):
        _refuse_points(answer.points, max_points)
        points = round_points(answer.points)
        return Outcome(points, f"{format_points(points)} điểm, nguồn {quote(source)}")
    if not 0 <= answer.percent <= HUNDRED:
        raise AnswerRefused(f"Phần trăm phải từ 0 đến 100; đã nhập {format_number(answer.percent)}.")
    points = round_points(Fraction(max_points) * Fraction(answer.percent) / 100)
    line = f"{format_points(max_points)} × {format_number(answer.percent)} % = {format_points(points)} điểm"
    return Outcome(points, f"{line}, nguồn {quote(source)}")


def _by_hand(rule: Manual, answer: PointsAnswer, max_points: Decimal) -> Outcome:
    _refuse_points(answer.points, max_points)
    if Fraction(answer.points) % Fraction(rule.step) != 0:
        raise AnswerRefused(f"Điểm phải là bội của {format_points(rule.step)}; đã nhập {format_number(answer.points)}.")
    points = round_points(answer.points)
    return Outcome(points, f"nhập tay {format_points(points)} điểm, vì {quote(rule.reason)}")


def _refuse_points(points: Decimal, max_points: Decimal) -> None:
    if not 0 <= points <= max_points:
        raise AnswerRefused(f"Điểm phải từ 0 đến {format_points(max_points)}; đã nhập {format_number(points)}.")
    if decimals_of(points) > 4:
        raise AnswerRefused(f"Điểm có nhiều nhất bốn chữ số thập phân; đã nhập {format_number(points)}.")
