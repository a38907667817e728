"""One answer form per kind of rule, under its Vietnamese name: plain widgets, texts for numbers, one callback."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import streamlit as st

from cchc_core.rubric.model import Criterion
from cchc_core.rules.decimals import format_number, format_points
from cchc_core.rules.explain import range_of, signed
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    Effect,
    External,
    Item,
    Levels,
    Manual,
    Ratio,
    Rule,
    screen_name,
)
from cchc_core.rules.scoring import PeriodView
from ui.saving import widget_key
from ui.words import literal, literal_label


@dataclass(frozen=True, slots=True)
class Form:
    """Where a form is drawn for, and what it calls when a field changes.

    ``purpose`` keeps a form for another answer to the same criterion apart from that of the answer itself.
    """

    assessment_id: str
    criterion: Criterion
    period: PeriodView
    on_change: Callable[[], None] | None
    is_disabled: bool
    purpose: str = ""

    def key(self, field: str) -> str:
        """Name the widget of a field."""
        return widget_key(self.assessment_id, self.criterion.code, f"{self.purpose}{field}")

    def text(self, field: str, label: str, placeholder: str = "") -> None:
        """Draw a one-line field."""
        st.text_input(
            f"{self.purpose}{label}",
            key=self.key(field),
            placeholder=placeholder,
            on_change=self.on_change,
            disabled=self.is_disabled,
        )


def rule_line(rule: Rule, effect: Effect = Effect.NORMAL) -> str:
    """Say in one line how the points come about, for the kinds whose form does not show it.

    Those of a bonus or a penalty have their sign.
    """
    match rule:
        case Bands():
            parts = [f"{range_of(band, rule.unit)}: {_band_points(band, effect)}" for band in rule.bands]
            return f"{rule.measure}. " + "; ".join(parts)
        case Count():
            last = len(rule.points_by_count) - 1
            listed = [
                f"{count}{' trở lên' if count == last else ''}: {_shown(points, effect)}"
                for count, points in enumerate(rule.points_by_count)
            ]
            return f"{rule.of}. " + "; ".join(listed)
        case Compare():
            outcomes = (("cao hơn", rule.higher), ("bằng", rule.equal), ("thấp hơn", rule.lower))
            listed = [f"{words}: {_shown(points, effect)}" for words, points in outcomes]
            return f"{rule.of}. " + "; ".join(listed)
        case External(source):
            return f"Nguồn: {source}"
        case Manual(step, reason):
            return f"{reason} Nhập theo bước {format_points(step)}."
        case Ratio():
            floor = f" Dưới {format_number(rule.floor_percent)} % tính 0 điểm." if rule.floor_percent else ""
            most = _RATIO_OF[effect]
            return f"Tử số ÷ mẫu số × {most}, không vượt {most}.{floor}"
        case _:
            return ""


_RATIO_OF: Final[Mapping[Effect, str]] = {
    Effect.NORMAL: "điểm chuẩn",
    Effect.BONUS: "mức thưởng tối đa",
    Effect.PENALTY: "mức trừ tối đa",
}
_POINTS_NAMES: Final[Mapping[Effect, str]] = {
    Effect.NORMAL: "Điểm",
    Effect.BONUS: "Điểm thưởng",
    Effect.PENALTY: "Số điểm bị trừ",
}


def _shown(points: Decimal, effect: Effect) -> str:
    if effect is Effect.NORMAL:
        return format_points(points)
    return signed(-points if effect is Effect.PENALTY else points)


def _band_points(band: Band, effect: Effect) -> str:
    if band.linear is None:
        return f"{_shown(band.points, effect)} điểm" if band.points is not None else ""
    constant = f" + {format_points(band.linear.constant)}" if band.linear.constant else ""
    return f"{format_points(band.linear.factor)} × giá trị{constant}"


def draw(form: Form) -> None:
    """Draw the fields of a criterion's form."""
    match form.criterion.scored.rule:
        case Levels() as rule:
            _draw_levels(form, rule)
        case Checklist(items):
            for index, item in enumerate(items):
                _draw_item(form, index, item)
        case rule:
            with st.container(horizontal=True):
                for field in _texts(form.criterion, rule):
                    form.text(*field)


def _texts(criterion: Criterion, rule: Rule) -> tuple[tuple[str, str, str], ...]:
    """Give the one-line fields of a form: name, label, example."""
    points = f"{_POINTS_NAMES[criterion.scored.effect]} (tối đa {format_points(criterion.max_points)})"
    match rule:
        case Ratio(numerator, denominator):
            return (
                ("numerator", literal_label(f"Tử số: {numerator}"), "ví dụ 18"),
                ("denominator", literal_label(f"Mẫu số: {denominator}"), "ví dụ 20"),
            )
        case Bands():
            return (("value", literal_label(f"Giá trị đo được ({rule.unit})"), "ví dụ 96,5"),)
        case Count():
            return (("count", "Số trường hợp", "ví dụ 0"),)
        case Compare():
            return (("this_year", "Năm nay", "ví dụ 90,1"), ("last_year", "Năm trước", "ví dụ 88"))
        case External():
            source = ("source", "Nguồn (văn bản, báo cáo công bố)", "số, ngày, nơi ban hành")
            return (("points", points, "ví dụ 12,75"), ("percent", "hoặc phần trăm", "ví dụ 87"), source)
        case _:
            return (("points", points, "ví dụ 0,25"),)


def _draw_levels(form: Form, rule: Levels) -> None:
    st.radio(
        f"{form.purpose}{form.criterion.code}: {screen_name(rule).lower()}",
        options=range(len(rule.levels)),
        format_func=lambda index: _level_label(rule, index, form.criterion.scored.effect),
        index=None,
        key=form.key("level"),
        on_change=form.on_change,
        disabled=form.is_disabled,
        label_visibility="collapsed",
    )


def _level_label(rule: Levels, index: int, effect: Effect) -> str:
    level = rule.levels[index]
    return f"**{_shown(level.points, effect)}** · {literal(level.text)}"


def _draw_item(form: Form, index: int, item: Item) -> None:
    is_early = not form.period.has_reached(item.due_period)
    early = " · chưa đến kỳ" if is_early else ""
    points = _shown(item.points, form.criterion.scored.effect)
    if item.is_ratio:
        st.text_input(
            literal_label(f"Tỷ lệ % của ý {points} điểm: {item.text}{early}"),
            key=form.key(f"percent {index}"),
            placeholder="ví dụ 80",
            on_change=form.on_change,
            disabled=form.is_disabled or is_early,
        )
        return
    label = literal_label(f"{points} · {item.text}{early}")
    st.checkbox(label, key=form.key(f"tick {index}"), on_change=form.on_change, disabled=form.is_disabled or is_early)
