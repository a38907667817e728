"""The input cells of a criterion, by the kind of its rule, and what stands in them for an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.rubric.model import Criterion
from cchc_core.rules.decimals import format_number, format_points
from cchc_core.rules.entries import (
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
from cchc_core.rules.explain import one_line, range_of
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    Effect,
    External,
    Levels,
    Manual,
    Ratio,
    Rule,
)
from cchc_core.rules.scoring import PeriodView
from cchc_core.slip.names import MARK

MOST_LEVEL_CHARACTERS = 200
LEVEL, NONE, NOT_APPLICABLE, NOT_DUE, VOIDED, NOTE = "level", "none", "not_applicable", "not_due", "voided", "note"
CONFIRMED: Final = "confirmed"
ITEM: Final = "item."


class Kind(StrEnum):
    """What may be typed into a cell."""

    LEVEL = "level"
    MARK = "mark"
    NUMBER = "number"
    AMOUNT = "amount"
    PERCENT = "percent"
    WHOLE = "whole"
    POINTS = "points"
    TEXT = "text"
    CLOSED = "closed"


WIDE: Final = frozenset({Kind.LEVEL, Kind.TEXT})
"""What is typed as words, into a cell that is as wide as the form."""

Value = Decimal | str | None


@dataclass(frozen=True, slots=True)
class Field:
    """An input cell: its name within the criterion, the words beside it, what it takes and what stands in it.

    ``points`` is what a line of a checklist is worth; a closed line cannot be earned in this period yet.
    """

    name: str
    kind: Kind
    label: str
    hint: str = ""
    points: Decimal | None = None
    value: Value = None

    @property
    def is_of_answer(self) -> bool:
        """Tell whether the cell is part of the answer, not a reason why there is none, nor the note."""
        return self.name not in (NOT_APPLICABLE, NOT_DUE, VOIDED, CONFIRMED, NOTE)


def fields_of(
    leaf: Criterion, period: PeriodView, entry: Entry = EMPTY, note: str = "", *, is_unconfirmed: bool = False
) -> tuple[Field, ...]:
    """List the input cells of a criterion, those of its answer first; an unconfirmed answer can be confirmed."""
    answers = _answer_fields(leaf, period, entry.answer) if period.has_reached(leaf.scored.due_period) else ()
    confirm = (_CONFIRM,) if is_unconfirmed else ()
    return (
        *answers,
        *_other_fields(leaf, period, entry),
        *confirm,
        Field(NOTE, Kind.TEXT, "Thuyết minh", value=note or None),
    )


def level_texts(rule: Levels) -> tuple[str, ...]:
    """Give the levels as the list of a cell offers them; a cell that holds one of these is that level."""
    return tuple(
        f"{number}. {_short(level.text)} ({format_points(level.points)} điểm)"
        for number, level in enumerate(rule.levels, start=1)
    )


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= MOST_LEVEL_CHARACTERS else line[: MOST_LEVEL_CHARACTERS - 1].rstrip() + "…"


def _answer_fields(leaf: Criterion, period: PeriodView, answer: Answer | None) -> tuple[Field, ...]:  # noqa: C901
    match leaf.scored.rule:
        case Levels() as rule:
            return (_level(rule, answer if isinstance(answer, LevelAnswer) else None),)
        case Checklist() as rule:
            return tuple(_items(rule, period, answer if isinstance(answer, TickAnswer) else None))
        case Ratio() as rule:
            return _ratio(rule, answer if isinstance(answer, RatioAnswer) else None)
        case Bands() as rule:
            value = answer.value if isinstance(answer, ValueAnswer) else None
            kind = Kind.PERCENT if rule.is_percent else Kind.NUMBER
            label = f"{_line(rule.measure)}\n{rule_words(rule)}"
            hint = f"nhập giá trị đo được ({rule.unit})" + (", không gõ dấu %" if rule.is_percent else "")
            return (Field("value", kind, label, hint, value=value),)
        case Count() as rule:
            count = Decimal(answer.count) if isinstance(answer, CountAnswer) else None
            label = f"Số trường hợp: {_line(rule.of)}\n{rule_words(rule)}"
            return (Field("count", Kind.WHOLE, label, "nhập số nguyên; không có thì nhập 0", value=count),)
        case Compare() as rule:
            return _compare(rule, answer if isinstance(answer, CompareAnswer) else None)
        case External() as rule:
            return _external(leaf, rule, answer)
        case Manual() as rule:
            points = answer.points if isinstance(answer, PointsAnswer) else None
            hint = f"từ 0 đến {format_points(leaf.max_points)}, theo bước {format_points(rule.step)}"
            return (Field("points", Kind.POINTS, f"Nhập điểm. {_line(rule.reason)}", hint, value=points),)


def rule_words(rule: Rule) -> str:
    """Say how points come about, where the cells themselves do not show it."""
    match rule:
        case Bands():
            return "\n".join(f"– {range_of(band, rule.unit)}: {_band_points(band)}" for band in rule.bands)
        case Count():
            last = len(rule.points_by_count) - 1
            lines = (
                f"{count}{' trở lên' if count == last else ''}: {format_points(points)} điểm"
                for count, points in enumerate(rule.points_by_count)
            )
            return "; ".join(lines)
        case Compare():
            outcomes = (("cao hơn", rule.higher), ("bằng", rule.equal), ("thấp hơn", rule.lower))
            return "; ".join(f"{words}: {format_points(points)} điểm" for words, points in outcomes)
        case Ratio():
            floor = f"; dưới {format_number(rule.floor_percent)} % tính 0 điểm" if rule.floor_percent else ""
            return f"Tử số ÷ mẫu số × điểm chuẩn, không vượt điểm chuẩn{floor}"
        case _:
            return ""


def _band_points(band: Band) -> str:
    if band.linear is None:
        return "" if band.points is None else f"{format_points(band.points)} điểm"
    constant = f" + {format_number(band.linear.constant)}" if band.linear.constant else ""
    return f"{format_number(band.linear.factor)} × giá trị{constant}"


def _line(text: str) -> str:
    return one_line(text)


def _level(rule: Levels, answer: LevelAnswer | None) -> Field:
    texts = level_texts(rule)
    is_known = answer is not None and 0 <= answer.level < len(texts)
    value = texts[answer.level] if answer is not None and is_known else None
    return Field(
        LEVEL, Kind.LEVEL, "Chọn một mức:\n" + "\n".join(texts), "bấm vào ô, chọn trong danh sách", value=value
    )


def _items(rule: Checklist, period: PeriodView, answer: TickAnswer | None) -> Iterator[Field]:
    for index, item in enumerate(rule.items):
        name, label = f"{ITEM}{index}", f"– {_line(item.text)}"
        if not period.has_reached(item.due_period):
            yield Field(name, Kind.CLOSED, label, "chưa đến kỳ", item.points)
        elif item.is_ratio:
            percent = None if answer is None else answer.percents.get(index)
            yield Field(name, Kind.PERCENT, label, "nhập tỷ lệ % đạt được, không gõ dấu %", item.points, percent)
        else:
            is_ticked = answer is not None and index in answer.ticked
            hint = "" if index else "đạt thì đánh x"
            yield Field(name, Kind.MARK, label, hint, item.points, MARK if is_ticked else None)
    is_none = answer is not None and not answer.ticked and not answer.percents
    yield Field(
        NONE, Kind.MARK, "– Đã xem xét, không đạt ý nào", "không đạt ý nào thì đánh x", value=MARK if is_none else None
    )


def _ratio(rule: Ratio, answer: RatioAnswer | None) -> tuple[Field, ...]:
    top, bottom = (None, None) if answer is None else (answer.numerator, answer.denominator)
    return (
        Field("numerator", Kind.AMOUNT, f"Tử số: {_line(rule.numerator)}", "nhập số, từ 0 trở lên", value=top),
        Field("denominator", Kind.AMOUNT, f"Mẫu số: {_line(rule.denominator)}", rule_words(rule), value=bottom),
    )


def _compare(rule: Compare, answer: CompareAnswer | None) -> tuple[Field, ...]:
    now, before = (None, None) if answer is None else (answer.this_year, answer.last_year)
    return (
        Field("this_year", Kind.NUMBER, f"Năm nay: {_line(rule.of)}", "nhập số", value=now),
        Field("last_year", Kind.NUMBER, "Năm trước", rule_words(rule), value=before),
    )


def _external(leaf: Criterion, rule: External, answer: Answer | None) -> tuple[Field, ...]:
    points = answer.points if isinstance(answer, PointsAnswer) else None
    percent = answer.percent if isinstance(answer, PercentAnswer) else None
    source = answer.source if isinstance(answer, PointsAnswer | PercentAnswer) else None
    most = f"từ 0 đến {format_points(leaf.max_points)}; chưa có kết quả thì để trống"
    return (
        Field("points", Kind.POINTS, f"Điểm do bên ngoài chấm: {_line(rule.source)}", most, value=points),
        Field("percent", Kind.PERCENT, "hoặc phần trăm", "chỉ nhập một trong hai ô", value=percent),
        Field("source", Kind.TEXT, "Nguồn: văn bản, báo cáo công bố điểm", value=source),
    )


def _other_fields(leaf: Criterion, period: PeriodView, entry: Entry) -> Iterator[Field]:
    scored = leaf.scored
    if scored.not_applicable_clause is not None or entry.not_applicable is not None:
        label = f"Không áp dụng (ghi lý do): {_line(scored.not_applicable_clause or '')}"
        yield Field(NOT_APPLICABLE, Kind.TEXT, label, value=entry.not_applicable)
    if (scored.void_condition is not None and scored.effect is not Effect.PENALTY) or entry.voided is not None:
        label = f"Huỷ điểm (ghi lý do): {_line(scored.void_condition or '')}"
        yield Field(VOIDED, Kind.TEXT, label, value=entry.voided)
    if period.is_provisional and not scored.is_external:
        value = MARK if entry.not_due else None
        yield Field(NOT_DUE, Kind.MARK, "Chưa đến kỳ", "chưa thể đạt trong kỳ này thì đánh x", value=value)


_CONFIRM: Final = Field(
    CONFIRMED, Kind.MARK, "Xác nhận kết quả chép từ kỳ trước", "chưa ai xác nhận; nếu vẫn đúng thì đánh x"
)
