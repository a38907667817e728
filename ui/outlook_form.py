"""Looking ahead from one criterion: where it is heading, what is expected of it, and that nothing more can be won.

The fields of the expected answer are widgets of their own: nothing that is expected ever becomes the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from cchc_core import planning, workspace
from cchc_core.earlier import forecast_of
from cchc_core.errors import CchcError
from cchc_core.forecast import Basis, forecast
from cchc_core.forms import collect, field_names, fill
from cchc_core.rubric.model import Criterion
from cchc_core.rules.answers import EMPTY
from cchc_core.rules.decimals import format_points
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import YEAR_END
from cchc_core.scoring import Sheet
from cchc_core.store.users import User
from ui import answer_forms, rights
from ui.saving import Callbacks, widget_key
from ui.words import literal

PURPOSE = "Dự kiến: "
_ABOUT_FINAL = (
    "Chốt là cho biết năm nay tiêu chí này không lấy thêm điểm được nữa: điểm đang có giữ nguyên, phần còn thiếu được "
    "dự báo là đã mất. Bỏ chốt lúc nào cũng được."
)


@dataclass(frozen=True, slots=True)
class _Refused:
    """What was typed and could not be stored, and why."""

    fields: Mapping[str, object]
    problems: tuple[str, ...]


@dataclass
class _State:
    """What the session knows of the outlooks of one assessment: what its forms were filled with, what was refused.

    ``versions`` are those that stood on the screen when somebody pressed a button.
    """

    versions: dict[str, int] = field(default_factory=dict)
    seen: dict[str, Mapping[str, object]] = field(default_factory=dict)
    refused: dict[str, _Refused] = field(default_factory=dict)
    not_marked: dict[str, str] = field(default_factory=dict)


def _state(sheet: Sheet) -> _State:
    state: _State = st.session_state.setdefault(f"outlooks of {sheet.assessment.id}", _State())
    return state


def in_short(sheet: Sheet, code: str) -> str:
    """Say in a few words what is expected of a criterion by the year's end; empty where nobody has said anything."""
    outlook = sheet.outlooks.get(code)
    if outlook is None:
        return ""
    if outlook.is_final:
        return "đã chốt"
    if not outlook.expected_json:
        return ""
    # What an expected answer comes to does not hang on other years.
    foreseen = forecast(sheet).leaves[code]
    return f"dự kiến cuối năm {format_points(foreseen.expected)}" if foreseen.basis is Basis.EXPECTED else ""


def show(sheet: Sheet, user: User, criterion: Criterion, callback: Callbacks) -> None:
    """Draw the forecast of a criterion and, for who may answer, the ways to correct it."""
    code = criterion.code
    foreseen = forecast_of(workspace.current().database, user, sheet).leaves[code]
    st.markdown(f"**Dự kiến cuối năm**  \n{literal(foreseen.explanation)}")
    may_answer, refused = rights.may_answer(user, sheet), _state(sheet).refused.get(code)
    # Callbacks read the sheet anew; who pressed saw this one.
    outlook = sheet.outlooks.get(code)
    _state(sheet).versions[code] = outlook.version if outlook else 0
    if may_answer:
        _draw_form(sheet, criterion, callback)
    if refused is not None:
        problems = "  \n".join(literal(problem) for problem in refused.problems)
        st.error(f"**DỰ KIẾN CHƯA LƯU.** {problems}", icon=":material/error:")
    if may_answer and not criterion.scored.is_external:
        _draw_final(sheet, criterion, callback)
    if why := _state(sheet).not_marked.pop(code, None):
        st.error(literal(why), icon=":material/error:")


def _draw_form(sheet: Sheet, criterion: Criterion, callback: Callbacks) -> None:
    code, outlook = criterion.code, sheet.outlooks.get(criterion.code)
    has_something = bool(outlook and outlook.expected_json) or code in _state(sheet).refused
    if not st.toggle("Nhập kết quả dự kiến cuối năm", value=has_something, key=f"expecting {code}"):
        return
    _sync(sheet, criterion)
    with st.form(f"expected {code}"):
        answer_forms.draw(
            answer_forms.Form(
                sheet.assessment.id, criterion, YEAR_END, on_change=None, is_disabled=False, purpose=PURPOSE
            )
        )
        with st.container(horizontal=True):
            st.form_submit_button("Lưu dự kiến", key=f"expect {code}", on_click=callback(_save))
            if has_something:
                st.form_submit_button("Bỏ dự kiến", key=f"expect nothing {code}", on_click=callback(_take_out))


def _sync(sheet: Sheet, criterion: Criterion) -> None:
    """Put into the fields what is stored, or what was typed and refused; what is being typed now stays."""
    state, code, outlook = _state(sheet), criterion.code, sheet.outlooks.get(criterion.code)
    stored = dict(outlook.expected_json) if outlook else {}
    entry = outlook.expected if outlook and outlook.expected else EMPTY
    refused = state.refused.get(code)
    is_new = refused is None and state.seen.get(code) != stored
    for name, value in (fill(criterion.scored, entry) | dict(refused.fields if refused else {})).items():
        key = _key(sheet, code, name)
        if is_new or key not in st.session_state:
            st.session_state[key] = value
    if refused is None:
        state.seen[code] = stored


def _key(sheet: Sheet, code: str, name: str) -> str:
    return widget_key(sheet.assessment.id, code, f"{PURPOSE}{name}")


def _typed(sheet: Sheet, criterion: Criterion) -> dict[str, object]:
    names = field_names(criterion.scored)
    return {name: st.session_state.get(_key(sheet, criterion.code, name)) for name in names}


def _save(sheet: Sheet, user: User, criterion: Criterion) -> None:
    typed = _typed(sheet, criterion)
    collected = collect(criterion.scored, typed)
    if collected.raw is None:
        _state(sheet).refused[criterion.code] = _Refused(typed, collected.problems)
    elif not collected.raw:
        why = "Chưa nhập kết quả dự kiến. Muốn thôi dự kiến thì bấm «Bỏ dự kiến»."
        _state(sheet).refused[criterion.code] = _Refused(typed, (why,))
    else:
        _store(sheet, user, criterion, collected.raw, typed)


def _take_out(sheet: Sheet, user: User, criterion: Criterion) -> None:
    _store(sheet, user, criterion, {}, _typed(sheet, criterion))


def _store(
    sheet: Sheet, user: User, criterion: Criterion, raw: Mapping[str, object], typed: Mapping[str, object]
) -> None:
    state, code, database = _state(sheet), criterion.code, workspace.current().database
    try:
        planning.set_expected(
            database,
            user,
            assessment_id=sheet.assessment.id,
            code=code,
            raw=raw,
            expected_version=state.versions.get(code, 0),
        )
    except AnswerRefused as why:
        state.refused[code] = _Refused(typed, why.problems)
    except CchcError as why:
        state.refused[code] = _Refused(typed, (str(why),))
    else:
        state.refused.pop(code, None)
        state.seen.pop(code, None)


def _draw_final(sheet: Sheet, criterion: Criterion, callback: Callbacks) -> None:
    outlook = sheet.outlooks.get(criterion.code)
    is_final = outlook is not None and outlook.is_final
    st.button(
        "Bỏ chốt" if is_final else "Chốt: không lấy thêm điểm được nữa",
        key=f"final {criterion.code}",
        on_click=callback(_Mark(is_final=not is_final)),
    )
    st.caption(_ABOUT_FINAL)


class _Mark:
    """Marks a criterion as final, or takes the mark back."""

    def __init__(self, *, is_final: bool) -> None:
        self.is_final = is_final

    def __call__(self, sheet: Sheet, user: User, criterion: Criterion) -> None:
        database, code = workspace.current().database, criterion.code
        try:
            planning.set_final(
                database,
                user,
                assessment_id=sheet.assessment.id,
                code=code,
                is_final=self.is_final,
                expected_version=_state(sheet).versions.get(code, 0),
            )
        except CchcError as why:
            _state(sheet).not_marked[code] = str(why)
