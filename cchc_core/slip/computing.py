"""How a workbook computes a criterion itself: what is wrong with what is typed, the points, the words, by kind of rule.

Only functions are used that every spreadsheet program knows; the core computes everything anew when a workbook is back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rubric.model import Criterion
from cchc_core.rules.decimals import ZERO, format_number, format_points
from cchc_core.rules.entries import (
    Answer,
    CompareAnswer,
    CountAnswer,
    LevelAnswer,
    PercentAnswer,
    RatioAnswer,
    TickAnswer,
    ValueAnswer,
)
from cchc_core.rules.explain import range_of
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    EmptyDenominator,
    External,
    Levels,
    Manual,
    Ratio,
)
from cchc_core.slip.cells import Cells, Wrong
from cchc_core.slip.fields import ITEM, LEVEL, NONE, Field, Kind
from cchc_core.slip.live import (
    Live,
    chosen,
    is_filled,
    plain_number,
    rounded,
    said,
    shown_number,
    shown_points,
)


@dataclass(frozen=True, slots=True)
class Computed:
    """The formulas of a criterion (without "="): points, words, what can be wrong, and when it does not apply."""

    points: str
    words: Live
    wrong: tuple[Wrong, ...] = ()
    falls_away: str | None = None


def compute(  # noqa: C901 (one line a kind)
    leaf: Criterion, fields: tuple[Field, ...], cells: Cells, answer: Answer | None, points: Decimal
) -> Computed:
    """Give the formulas of a criterion's rule, with the words that they give for an answer worth these points."""
    rule, live = leaf.scored.rule, shown_points(cells.raw, points)
    match rule:
        case Levels():
            return _levels(rule, cells, answer if isinstance(answer, LevelAnswer) else None, live)
        case Checklist():
            return _checklist(rule, fields, cells, answer if isinstance(answer, TickAnswer) else None, live)
        case Ratio():
            return _ratio(leaf, rule, cells, answer if isinstance(answer, RatioAnswer) else None, live)
        case Bands():
            return _bands(rule, cells, answer if isinstance(answer, ValueAnswer) else None, live)
        case Count():
            return _count(rule, cells, answer if isinstance(answer, CountAnswer) else None, live)
        case Compare():
            return _compare(rule, cells, answer if isinstance(answer, CompareAnswer) else None, live)
        case External():
            return _external(leaf, cells, answer, live)
        case Manual():
            return _manual(leaf, rule, cells, live)


def _not_a_number(cell: str) -> str:
    return f"AND({is_filled(cell)},NOT(ISNUMBER({cell})))"


def _numbers_wrong(*cells: str) -> Wrong:
    listed = ",".join(_not_a_number(cell) for cell in cells)
    return (f"OR({listed})" if len(cells) > 1 else listed, "ô số chỉ nhập số, ví dụ 12,5")


def _outside(cell: str, most: str) -> str:
    return f"AND(ISNUMBER({cell}),OR({cell}<0,{cell}>{most}))"


def _levels(rule: Levels, cells: Cells, answer: LevelAnswer | None, live: Live) -> Computed:
    cell, options = cells.inputs[LEVEL], cells.options
    if options is None:
        raise ValueError(cell)
    number = f"SUMPRODUCT(({options.texts}={cell})*{options.numbers})"
    words = said(
        "Mức ",
        Live(number, "" if answer is None else str(answer.level + 1)),
        f" trong {len(rule.levels)} mức: ",
        live,
        " điểm",
    )
    wrong = (f"AND({is_filled(cell)},{number}=0)", "hãy chọn một mức trong danh sách của ô")
    return Computed(f"SUMPRODUCT(({options.texts}={cell})*{options.points})", words, (wrong,))


def _checklist(
    rule: Checklist, fields: tuple[Field, ...], cells: Cells, answer: TickAnswer | None, live: Live
) -> Computed:
    lines = [(field, cells.inputs[field.name]) for field in fields if field.name.startswith(ITEM)]
    marks = [cell for field, cell in lines if field.kind is Kind.MARK]
    percents = [cell for field, cell in lines if field.kind is Kind.PERCENT]
    worth = {cell: plain_number(field.points or ZERO) for field, cell in lines}
    terms = [f"({is_filled(cell)})*{worth[cell]}" for cell in marks]
    terms += [f"N({cell})*{worth[cell]}/100" for cell in percents]
    points = rounded(f"MIN({cells.most},{'+'.join(terms) or 0})")
    ticked = 0 if answer is None else len(answer.ticked)
    met = Live("+".join(f"({is_filled(cell)})" for cell in marks) or "0", str(ticked))
    words = said("Đạt ", Live(f"({met.formula})", met.value), f" trong {len(rule.items)} ý")
    if percents:
        given = 0 if answer is None else len(answer.percents)
        words = said(words, ", ", Live(f"COUNT({','.join(percents)})", str(given)), " ý theo tỷ lệ")
    return Computed(points, said(words, ": ", live, " điểm"), tuple(_lines_wrong(cells, marks, percents)))


def _lines_wrong(cells: Cells, marks: list[str], percents: list[str]) -> Iterator[Wrong]:
    none = cells.inputs[NONE]
    strange = ",".join(f'AND({is_filled(cell)},LOWER(TRIM({cell}))<>"x")' for cell in (*marks, none))
    yield f"OR({strange})", "ô đánh dấu chỉ nhận chữ x"
    if percents:
        yield _numbers_wrong(*percents)
        beyond = ",".join(_outside(cell, "100") for cell in percents)
        yield f"OR({beyond})", "phần trăm phải từ 0 đến 100"
    if marks or percents:
        some = ",".join(is_filled(cell) for cell in (*marks, *percents))
        yield f"AND({is_filled(none)},OR({some}))", "vừa đánh dấu ý đạt vừa đánh dấu không đạt ý nào"


def _ratio(leaf: Criterion, rule: Ratio, cells: Cells, answer: RatioAnswer | None, live: Live) -> Computed:
    top, bottom = cells.inputs["numerator"], cells.inputs["denominator"]
    empty = {EmptyDenominator.FULL: cells.most}.get(rule.empty_denominator, "0")
    earned = rounded(f"MIN(1,{top}/{bottom})*{cells.most}")
    below = None if rule.floor_percent is None else f"ROUND({top}*100-{plain_number(rule.floor_percent)}*{bottom},9)<0"
    points = f"IF({bottom}=0,{empty},{earned if below is None else f'IF({below},0,{earned})'})"
    wrong = [
        (f"({is_filled(top)})<>({is_filled(bottom)})", "phải nhập cả tử số và mẫu số"),
        _numbers_wrong(top, bottom),
        (f"OR(N({top})<0,N({bottom})<0)", "tử số và mẫu số không được âm"),
        (f"AND(ISNUMBER({bottom}),N({bottom})=0,N({top})>0)", "mẫu số bằng 0 mà tử số lớn hơn 0"),
    ]
    is_empty, falls_away = f"AND(ISNUMBER({top}),ISNUMBER({bottom}),N({bottom})=0)", None
    if rule.empty_denominator is EmptyDenominator.REFUSE:
        wrong.append((is_empty, "mẫu số bằng 0: bộ tiêu chí không nói cách tính"))
    elif rule.empty_denominator is EmptyDenominator.NOT_APPLICABLE:
        falls_away = is_empty
    return Computed(points, _ratio_words(leaf, rule, (top, bottom, below), answer, live), tuple(wrong), falls_away)


def _ratio_words(
    leaf: Criterion, rule: Ratio, cells: tuple[str, str, str | None], answer: RatioAnswer | None, live: Live
) -> Live:
    top, bottom, below = cells
    upper, lower = (None, None) if answer is None else (answer.numerator, answer.denominator)
    figures = said(shown_number(top, upper), " ÷ ", shown_number(bottom, lower))
    is_over = upper is not None and lower is not None and upper > lower
    cap = chosen(f"{top}>{bottom}", is_over, said(", lấy mức tối đa"), said(""))
    words = said(f"{format_points(leaf.max_points)} × ", figures, " = ", live, " điểm", cap)
    if below is not None and rule.floor_percent is not None:
        is_below = upper is not None and lower is not None and upper * 100 < rule.floor_percent * lower
        low = said(figures, f" dưới mức sàn {format_number(rule.floor_percent)} %: ", live, " điểm")
        words = chosen(below, is_below, low, words)
    return chosen(f"N({bottom})=0", lower == 0, said("Mẫu số bằng 0: ", live, " điểm"), words)


def _bands(rule: Bands, cells: Cells, answer: ValueAnswer | None, live: Live) -> Computed:
    cell, value = cells.inputs["value"], None if answer is None else answer.value
    points, words, fits = "0", said(""), "FALSE"
    for band in reversed(rule.bands):
        inside = _inside(band, cell)
        points = f"IF({inside},{_band_points(band, cell, cells.most)},{points})"
        held = value is not None and band.holds(value)
        words = chosen(inside, held, said(f" thuộc khoảng {range_of(band, rule.unit)}"), words)
        fits = f"{inside},{fits}"
    wrong = [_numbers_wrong(cell)]
    if rule.is_percent:
        wrong.append((_outside(cell, "100"), "phần trăm phải từ 0 đến 100"))
    wrong.append((f"AND(ISNUMBER({cell}),NOT(OR({fits})))", "giá trị không thuộc khoảng nào của bộ tiêu chí"))
    return Computed(points, said(shown_number(cell, value), f" {rule.unit}", words, ": ", live, " điểm"), tuple(wrong))


def _inside(band: Band, cell: str) -> str:
    bounds = []
    if band.lower is not None:
        bounds.append(f"{cell}>{'=' if band.includes_lower else ''}{plain_number(band.lower)}")
    if band.upper is not None:
        bounds.append(f"{cell}<{'=' if band.includes_upper else ''}{plain_number(band.upper)}")
    return f"AND({','.join(bounds)})" if bounds else "TRUE"


def _band_points(band: Band, cell: str, most: str) -> str:
    if band.linear is None:
        return plain_number(band.points or ZERO)
    line = f"{plain_number(band.linear.factor)}*{cell}+({plain_number(band.linear.constant)})"
    return rounded(f"MAX(0,MIN({line},{most}))")


def _count(rule: Count, cells: Cells, answer: CountAnswer | None, live: Live) -> Computed:
    cell = cells.inputs["count"]
    last = len(rule.points_by_count) - 1
    points = ",".join(plain_number(each) for each in rule.points_by_count)
    cases = shown_number(cell, None if answer is None else answer.count)
    wrong = (f"AND(ISNUMBER({cell}),OR({cell}<0,{cell}<>INT({cell})))", "số trường hợp phải là số nguyên không âm")
    words = said(cases, " trường hợp: ", live, " điểm")
    return Computed(f"CHOOSE(MIN({cell},{last})+1,{points})", words, (_numbers_wrong(cell), wrong))


def _compare(rule: Compare, cells: Cells, answer: CompareAnswer | None, live: Live) -> Computed:
    now, before = cells.inputs["this_year"], cells.inputs["last_year"]
    higher, equal, lower = (plain_number(each) for each in (rule.higher, rule.equal, rule.lower))
    new, old = (None, None) if answer is None else (answer.this_year, answer.last_year)
    is_higher, is_equal = new is not None and old is not None and new > old, new == old
    relation = chosen(f"{now}={before}", is_equal, said(" bằng năm trước "), said(" thấp hơn năm trước "))
    relation = chosen(f"{now}>{before}", is_higher, said(" cao hơn năm trước "), relation)
    words = said("Năm nay ", shown_number(now, new), relation, shown_number(before, old), ": ", live, " điểm")
    wrong = ((f"({is_filled(now)})<>({is_filled(before)})", "phải nhập cả số liệu năm nay và năm trước"),)
    points = f"IF({now}>{before},{higher},IF({now}={before},{equal},{lower}))"
    return Computed(points, words, (*wrong, _numbers_wrong(now, before)))


def _too_fine(cell: str) -> Wrong:
    return f"AND(ISNUMBER({cell}),ABS(N({cell})-ROUND(N({cell}),4))>0.000000001)", "điểm có nhiều nhất bốn số lẻ"


def _external(leaf: Criterion, cells: Cells, answer: Answer | None, live: Live) -> Computed:
    points, percent, source = (cells.inputs[name] for name in ("points", "percent", "source"))
    given = f"IF({is_filled(percent)},{rounded(f'{cells.most}*N({percent})/100')},{points})"
    share = answer.percent if isinstance(answer, PercentAnswer) else None
    by_percent = said(f"{format_points(leaf.max_points)} × ", shown_number(percent, share), " %: ", live, " điểm")
    is_percent = isinstance(answer, PercentAnswer)
    words = chosen(is_filled(percent), is_percent, by_percent, said("Bên ngoài chấm: ", live, " điểm"))
    wrong = (
        _numbers_wrong(points, percent),
        (f"AND({is_filled(points)},{is_filled(percent)})", "chỉ nhập điểm hoặc phần trăm"),
        (
            f"AND({is_filled(source)},NOT({is_filled(points)}),NOT({is_filled(percent)}))",
            "có nguồn nhưng chưa có điểm hoặc phần trăm",
        ),
        (f"NOT({is_filled(source)})", "phải ghi nguồn của điểm"),
        (_outside(points, cells.most), f"điểm phải từ 0 đến {format_points(leaf.max_points)}"),
        (_outside(percent, "100"), "phần trăm phải từ 0 đến 100"),
        _too_fine(points),
    )
    return Computed(given, words, wrong)


def _manual(leaf: Criterion, rule: Manual, cells: Cells, live: Live) -> Computed:
    cell, step = cells.inputs["points"], plain_number(rule.step)
    wrong = (
        _numbers_wrong(cell),
        (_outside(cell, cells.most), f"điểm phải từ 0 đến {format_points(leaf.max_points)}"),
        _too_fine(cell),
        (
            f"AND(ISNUMBER({cell}),ABS(N({cell})/{step}-ROUND(N({cell})/{step},0))>0.0000001)",
            f"điểm phải là bội của {format_points(rule.step)}",
        ),
    )
    return Computed(cell, said("Nhập điểm: ", live, " điểm"), wrong)
