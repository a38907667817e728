"""One indicator as a fragment of its own: both years' fields, the note, the difference; saved at every change."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.indicators.comparison import Difference
from cchc_core.indicators.keeping import MOST_NOTE_CHARACTERS, MOST_TEXT_CHARACTERS, TwoYears, read_two_years
from cchc_core.indicators.model import Figure, FigureKind, Indicator
from cchc_core.indicators.printed import title_of
from cchc_core.permissions import OfficeAction, may_in_office
from cchc_core.rules.decimals import format_number
from cchc_core.store.indicator_values import FigureLine
from cchc_core.store.users import User
from ui import access
from ui.indicators import entering
from ui.indicators.entering import NOTE, widget_key
from ui.words import clock_time, literal, literal_label

DrawTotals = Callable[[TwoYears], None]
_ANSWERS = {"": "Chưa ghi", "1": "Có", "0": "Không"}
_NO_VALUE = "–"
# Two of them stand beside each other on a phone, four and the note on a desk.
_WIDTH = 148


def show(department_id: str, years: TwoYears, code: str, draw_totals: DrawTotals) -> None:
    """Draw the row of an indicator as its own fragment, which draws the counts above the rows too."""
    # The page has read both years for all rows. A session keeps its fragments, so none of them may keep what was read.
    at_hand, year = [years], years.year

    @st.fragment(key=f"indicator {code}")
    def row() -> None:
        user = access.require_user_in_fragment()
        try:
            now = at_hand.pop() if at_hand else read_two_years(workspace.current().database, user, department_id, year)
        except CchcError as why:
            st.error(literal(str(why)))
            return
        draw_totals(now)
        with st.container(border=True, key=f"indicator-{code.replace('.', '-')}"):
            _draw(user, department_id, now, now.form.indicator(code))

    row()


def _draw(user: User, department_id: str, years: TwoYears, indicator: Indicator) -> None:
    st.markdown(_heading(indicator), help=None if indicator.note is None else literal(indicator.note))
    if not may_in_office(user.role, OfficeAction.ENTER_FIGURES):
        st.markdown(_read_only(years, indicator))
        return
    lines = [entering.line_in(years, department_id, indicator.code, is_last=is_last) for is_last in (True, False)]
    for line, stored in zip(lines, (years.last, years.this), strict=True):
        entering.sync(line, indicator, stored.get(indicator.code))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for number, figure in enumerate(indicator.figures):
            for line in lines:
                _draw_field(line, indicator, number, figure)
        _draw_note(lines[-1])
    if changed := _changes(years, indicator):
        st.markdown(f":gray[{changed}]")
    for line in lines:
        for is_note in (False, True):
            _draw_unsaved(line, indicator, is_note=is_note)


def _heading(indicator: Indicator) -> str:
    number = literal(indicator.number or indicator.code)
    badge = f" :gray-badge[chỉ cấp {literal(indicator.level or '')} báo cáo]" if indicator.is_of_level_only else ""
    return f"**{number}** {literal(title_of(indicator))}{badge} :gray[· {literal(indicator.unit)}]"


def _draw_field(line: FigureLine, indicator: Indicator, number: int, figure: Figure) -> None:
    label = f"Năm {line.year}"
    if len(indicator.figures) > 1:
        label = f"{figure.label}, {line.year}"
    key, save = widget_key(line, str(number)), partial(entering.save, line, is_note=False)
    if figure.kind is FigureKind.YES_NO:
        st.selectbox(
            label, options=list(_ANSWERS), format_func=_ANSWERS.__getitem__, key=key, on_change=save, width=_WIDTH
        )
        return
    st.text_input(
        literal_label(label),
        key=key,
        on_change=save,
        max_chars=MOST_TEXT_CHARACTERS,
        placeholder="%" if figure.kind is FigureKind.PERCENT else "",
        width=_WIDTH,
    )


def _draw_note(line: FigureLine) -> None:
    st.text_input(
        "Ghi chú",
        key=widget_key(line, NOTE),
        on_change=partial(entering.save, line, is_note=True),
        max_chars=MOST_NOTE_CHARACTERS,
        width=285,
    )


def _changes(years: TwoYears, indicator: Indicator) -> str:
    """Say what has changed since last year, what is computed, and who saved last."""
    words = list(_changed_words(years.differences(indicator.code), is_alone=len(indicator.figures) == 1))
    stored = years.this.get(indicator.code)
    if stored is not None:
        words.append(f"{literal(stored.changed_by_name)} lưu lúc {clock_time(stored.changed_at_utc)}")
    return " · ".join(words)


def _changed_words(differences: tuple[Difference, ...], *, is_alone: bool) -> Iterator[str]:
    for place, difference in enumerate(differences):
        is_computed = place > 0 and place == len(differences) - 1 and difference.label == "Kết quả"
        if is_computed and (difference.this is not None or difference.last is not None):
            yield f"Kết quả: {_value(difference.last)} → **{_value(difference.this)}** {literal(difference.unit)}"
        if difference.change is not None:
            name = "Chênh lệch" if is_alone else f"{literal(difference.label)} chênh lệch"
            yield f"{name} **{signed(difference.change)}**"


def signed(change: Decimal) -> str:
    """Print a difference with its sign: +12, −0,5, 0."""
    printed = format_number(abs(change))
    return printed if not change else f"{'+' if change > 0 else '−'}{printed}"


def _value(value: Decimal | None) -> str:
    return _NO_VALUE if value is None else format_number(value)


def _read_only(years: TwoYears, indicator: Indicator) -> str:
    lines = []
    for difference in years.differences(indicator.code):
        name = "" if len(indicator.figures) == 1 else f"{literal(difference.label)}: "
        change = "" if difference.change is None else f" (chênh lệch {signed(difference.change)})"
        lines.append(
            f"{name}năm {years.year - 1}: **{_value(difference.last)}** · năm {years.year}: "
            f"**{_value(difference.this)}**{change}"
        )
    if note := years.note(indicator.code):
        lines.append(f":gray[Ghi chú: {literal(note)}]")
    return "  \n".join(lines)


def _draw_unsaved(line: FigureLine, indicator: Indicator, *, is_note: bool) -> None:
    unsaved = entering.typed(line).unsaved.get(is_note)
    if unsaved is None:
        return
    st.error(f"**CHƯA LƯU, năm {line.year}.** {literal(unsaved.message)}", icon=":material/error:")
    key = f"{'note ' if is_note else ''}{line.year} {indicator.code}"
    with st.container(horizontal=True):
        for problem in unsaved.problems:
            for reading in problem.readings:
                st.button(
                    f"Hiểu là {literal(reading)}",
                    key=f"reading {key} {problem.position} {reading}",
                    on_click=partial(entering.save, line, is_note=False, instead={str(problem.position): reading}),
                )
        if not unsaved.problems:
            words = "Lưu số của tôi" if unsaved.conflict is not None else "Lưu lại"
            again = partial(entering.save_over, line, is_note=is_note)
            st.button(words, key=f"again {key}", type="primary", on_click=again)
        st.button("Lấy số đã lưu", key=f"stored {key}", on_click=partial(entering.give_up, line, is_note=is_note))
