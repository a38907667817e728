"""One criterion on the scoring page, as a fragment of its own: a click draws this row and the totals, nothing else."""

from collections.abc import Callable, Collection
from functools import partial

import streamlit as st

from cchc_core import workspace
from cchc_core.comparison import score_words
from cchc_core.earlier import Earlier, earlier_scores
from cchc_core.errors import StaleAnswer
from cchc_core.proof import lacks_proof
from cchc_core.rubric.model import Criterion
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import screen_name
from cchc_core.rules.scoring import Score, Status
from cchc_core.scoring import Sheet, contradictions
from cchc_core.status_names import STATUS_NAMES
from cchc_core.store.users import User
from ui import (
    access,
    adjusted,
    answer_forms,
    confirm_buttons,
    current,
    details,
    outlook_form,
    rights,
    saving,
    source_form,
)
from ui.saving import Saver, Unsaved, form_state
from ui.words import literal, points_unit

DrawTotals = Callable[[Sheet], None]


def fragment_key(code: str) -> str:
    """Name the fragment of a criterion's row."""
    return f"row {code}"


def show(assessment_id: str, code: str, draw_totals: DrawTotals) -> None:
    """Draw the row of a criterion as its own fragment, which draws the totals too.

    A callback that asks for two fragments takes a second run, and the browser works half as long again.
    """

    @st.fragment(key=fragment_key(code))
    def row() -> None:
        user = access.require_user_in_fragment()
        sheet = current.sheet_of(user, assessment_id)
        # At every run: Streamlit lets a fragment write only into a place that it wrote to when the page was drawn.
        draw_totals(sheet)
        earlier = earlier_scores(workspace.current().database, user, sheet.assessment)
        _draw(sheet, user, sheet.rubric.criterion(code), earlier)

    row()


def _draw(sheet: Sheet, user: User, criterion: Criterion, earlier: Earlier) -> None:
    saving.sync_widgets(sheet, criterion)
    score, code = sheet.scores[criterion.code], criterion.code
    with st.container(border=True, key=f"criterion-{code.replace('.', '-')}"):
        st.markdown(_heading(sheet, user, criterion, score))
        if score.status is not Status.NOT_APPLICABLE and not _is_marked_not_due(sheet, code):
            _draw_form(sheet, user, criterion)
        # One below the other; the stylesheet puts them side by side. A container for that in each of nineteen rows
        # costs the browser a tenth of a click.
        st.markdown(_result(sheet, code, earlier))
        confirm_buttons.draw_one(sheet, user, criterion, _callback(sheet, criterion, confirm_buttons.confirm_one))
        _draw_details_button(code)
        confirm_buttons.draw_told(sheet.assessment.id, code)
        for unsaved in form_state(sheet.assessment.id).unsaved(code):
            _draw_unsaved(sheet, criterion, unsaved)
        for contradiction in contradictions(sheet):
            if code in contradiction.codes:
                st.warning(literal(contradiction.message), icon=":material/compare_arrows:")
        if current.criterion_code() == code:
            details.show(sheet, user, criterion, lambda save: _callback(sheet, criterion, save))


def _is_marked_not_due(sheet: Sheet, code: str) -> bool:
    stored = sheet.answers.get(code)
    return stored is not None and stored.entry.not_due


def _heading(sheet: Sheet, user: User, criterion: Criterion, score: Score) -> str:
    illustrative = "minh hoạ " if sheet.rubric.is_illustrative else ""
    leaf = criterion.scored
    rule = literal(answer_forms.rule_line(leaf.rule, leaf.effect))
    facts = (f"{screen_name(leaf.rule)} · {adjusted.worth(criterion, illustrative)}", rule)
    second = " · ".join(filter(None, (*facts, adjusted.caps_of(sheet.rubric, criterion))))
    badges = badge(score) + confirm_buttons.mark(sheet, user, criterion.code) + _proof_badge(sheet, criterion)
    badges += source_form.mark(sheet, user, criterion)
    return f"**{literal(criterion.code)}** · {literal(criterion.title)} {badges}  \n:gray[{second}]"


_BADGES = {
    Status.SCORED: "green",
    Status.MISSING: "orange",
    Status.AWAITING: "blue",
    Status.NOT_DUE: "gray",
    Status.NOT_APPLICABLE: "gray",
    Status.VOIDED: "red",
}


def badge(score: Score) -> str:
    """Give the status of a score as a coloured word; a lost point is named beside it."""
    lost = score.status is Status.SCORED and score.open_points > 0
    text = f":{_BADGES[score.status]}-badge[{STATUS_NAMES[score.status]}]"
    word = "Trừ" if score.points < 0 else "Mất"
    return f"{text} :red-badge[{word} {format_points(score.open_points)}]" if lost else text


def _proof_badge(sheet: Sheet, criterion: Criterion) -> str:
    if attached := sheet.attached.get(criterion.code):
        return f" :gray-badge[{attached} TLKC]"
    return " :orange-badge[Thiếu TLKC]" if lacks_proof(sheet, criterion) else ""


def _result(sheet: Sheet, code: str, earlier: Earlier) -> str:
    score = sheet.scores[code]
    points = f"**{adjusted.out_of(sheet.rubric.criterion(code), score)} {points_unit(sheet.rubric)}**"
    before, year_ago = earlier.previous.get(code), earlier.year_ago.get(code)
    beside = (_compared(score, before), _year_ago(year_ago), outlook_form.in_short(sheet, code))
    words = " · ".join(filter(None, beside))
    return f"{points} — {literal(score.explanation)}" + (f"  \n:gray[{words[0].upper()}{words[1:]}]" if words else "")


def _compared(score: Score, before: Score | None) -> str:
    return "" if before is None else score_words(score, before)


def _year_ago(year_ago: Score | None) -> str:
    if year_ago is None or year_ago.status not in (Status.SCORED, Status.VOIDED):
        return ""
    return f"cùng kỳ năm trước {format_points(year_ago.points)}"


def _draw_form(sheet: Sheet, user: User, criterion: Criterion) -> None:
    may_answer = rights.may_answer(user, sheet)
    on_change = _callback(sheet, criterion, saving.save_form)
    form = answer_forms.Form(sheet.assessment.id, criterion, sheet.period, on_change, not may_answer)
    answer_forms.draw(form)


def _callback(sheet: Sheet, criterion: Criterion, save: Saver) -> Callable[[], None]:
    """Make a widget's callback: save with the user and sheet of that moment; then Streamlit draws the row again.

    A session keeps its callbacks, so they hold the assessment's id and not the sheet that the row was drawn from.
    """
    assessment_id = sheet.assessment.id

    def run() -> None:
        user = saving.user_for_saving()
        if user is None:
            st.rerun()
        now = current.sheet_of(user, assessment_id)
        save(now, user, criterion)
        _redraw_partners(user, now, criterion.code)

    return run


def _redraw_partners(user: User, sheet: Sheet, code: str) -> None:
    """Draw what tells the same fact along with the row of a criterion: other rows, what is still to be confirmed."""
    others = {c for e in sheet.rubric.exclusions if code in e.criteria for c in e.criteria}
    is_outdated = confirm_buttons.has_outdated(user, sheet.assessment.id, code)
    _redraw_too(others, code, confirm_buttons.MANY if is_outdated else None)


def _redraw_too(others: Collection[str | None], code: str, more: str | None = None) -> None:
    """Draw more than the row of the click, which Streamlit draws by itself."""
    shown = st.session_state.get("_rows_shown", ())
    keys = [fragment_key(other) for other in shown if other in others and other != code]
    keys += [more] if more else []
    if keys:
        st.rerun([fragment_key(code), *keys])


def _draw_unsaved(sheet: Sheet, criterion: Criterion, unsaved: Unsaved) -> None:
    problems = "  \n".join(literal(problem) for problem in unsaved.problems)
    key = f"{'note ' if unsaved.is_note else ''}{criterion.code}"
    st.error(f"**CHƯA LƯU.** {problems}", icon=":material/error:")
    if unsaved.conflict is not None:
        st.markdown(_both_values(unsaved, unsaved.conflict))
    with st.container(horizontal=True):
        for choice in unsaved.two_readings:
            for reading in choice.readings:
                st.button(
                    f"Hiểu là {literal(reading)}",
                    key=f"reading {criterion.code} {choice.field} {reading}",
                    on_click=_callback(sheet, criterion, _Reading(choice.field, reading)),
                )
        if unsaved.can_be_tried_again:
            st.button(
                "Lưu giá trị của tôi" if unsaved.conflict else "Lưu lại",
                key=f"again {key}",
                on_click=_callback(sheet, criterion, partial(saving.save_again, is_note=unsaved.is_note)),
                type="primary",
            )
        st.button(
            "Giữ giá trị đã lưu" if unsaved.conflict else "Bỏ, lấy lại giá trị đã lưu",
            key=f"give up {key}",
            on_click=_callback(sheet, criterion, partial(saving.take_stored, is_note=unsaved.is_note)),
        )


def _both_values(unsaved: Unsaved, conflict: StaleAnswer) -> str:
    mine = conflict.mine_explanation or conflict.mine_note or "để trống"
    theirs = conflict.stored_note if unsaved.is_note else conflict.stored_explanation
    return f"Của bạn: {literal(mine)}  \nĐã lưu, của {literal(conflict.who)}: {literal(theirs or 'để trống')}"


class _Reading:
    """Puts the chosen reading of an ambiguous number into its field and saves."""

    def __init__(self, field: str, reading: str) -> None:
        self.field, self.reading = field, reading

    def __call__(self, sheet: Sheet, user: User, criterion: Criterion) -> None:
        saving.save_form(sheet, user, criterion, {self.field: self.reading})


def _draw_details_button(code: str) -> None:
    is_open = current.criterion_code() == code
    st.button(
        "Đóng chi tiết" if is_open else "Chi tiết",
        key=f"details {code}",
        help="Tài liệu kiểm chứng, thuyết minh, không áp dụng, lịch sử",
        type="tertiary",
        icon=":material/expand_less:" if is_open else ":material/expand_more:",
        on_click=_toggle,
        args=(code, is_open),
    )


def _toggle(code: str, is_open: bool) -> None:
    before = current.criterion_code()
    current.open_criterion(None if is_open else code)
    _redraw_too((before,), code)
