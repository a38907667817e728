"""Which criterion of a new version continues which of the old: what is suggested, and what people have decided."""

from collections.abc import Callable, Sequence

import streamlit as st

from cchc_core import rubric_diff, workspace
from cchc_core.errors import CchcError
from cchc_core.permissions import may_keep_rubrics
from cchc_core.rubric.changes import Pair
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_diff.keeping import Compared
from cchc_core.rubric_diff.model import STRENGTH_NAMES, ChangeKind, Difference, Line, Strength, Suggestion
from cchc_core.rubric_diff.tables import points_of
from cchc_core.rules.decimals import format_points
from cchc_core.store.rubric_matches import StoredMatch
from cchc_core.store.users import User
from ui import access
from ui.rubrics import told
from ui.words import clock_time, literal, points_unit

SHOWN_AT_ONCE = 6
DECIDED_AT_ONCE = 20
_NONE = ""
_OLD, _NEW = "_pair_old", "_pair_new"
_BULK = {Strength.EXACT: "Ghép mọi cặp giống hệt", Strength.LIKELY: "Ghép mọi cặp rất giống"}

_Shas = tuple[str, str]


def draw(user: User, compared: Compared, old_sha256: str, new_sha256: str) -> None:
    """Draw what may belong together and what was decided; the buttons for who keeps criteria sets."""
    shas, may_decide = (old_sha256, new_sha256), may_keep_rubrics(user.role)
    if compared.suggestions:
        _draw_suggestions(compared, shas, may_decide=may_decide)
    if may_decide:
        _draw_by_hand(compared.difference, shas)
    _draw_decided(compared, may_decide=may_decide)


def draw_doubt(user: User, line: Line, shas: _Shas) -> None:
    """Draw the way to say that a code which both versions have stands for two different criteria."""
    old, new = line.old, line.new
    if old is None or new is None or old.code != new.code or ChangeKind.RENAMED not in line.kinds:
        return
    if may_keep_rubrics(user.role):
        st.button(
            "Không phải một tiêu chí",
            key=f"doubt {new.code}",
            type="tertiary",
            icon=":material/link_off:",
            on_click=_refuse,
            args=(shas, ((old.code, new.code),)),
        )


def _draw_suggestions(compared: Compared, shas: _Shas, *, may_decide: bool) -> None:
    count = len(compared.suggestions)
    title = f"Ghép tiêu chí: {count} cặp có thể là một tiêu chí mang mã khác hoặc viết lại"
    with st.expander(title, icon=":material/join_inner:", expanded=may_decide, key="diff-suggestions"):
        st.caption(
            "Khi một cặp được ghép, kết quả kỳ trước của tiêu chí cũ được kết chuyển sang tiêu chí mới. "
            "Chưa ghép thì hai bên tính là một tiêu chí bỏ đi và một tiêu chí thêm mới."
        )
        if may_decide:
            _draw_bulk(compared.suggestions, shas)
        else:
            st.info("Quản trị xác nhận các cặp này.", icon=":material/lock:")
        for each in compared.suggestions[:SHOWN_AT_ONCE]:
            _draw_suggestion(compared.difference, each, shas, may_decide=may_decide)
        if count > SHOWN_AT_ONCE:
            st.caption(f"Còn {count - SHOWN_AT_ONCE} cặp nữa, hiện ra khi các cặp trên được quyết định.")


def _draw_bulk(suggestions: Sequence[Suggestion], shas: _Shas) -> None:
    with st.container(horizontal=True, key="diff-bulk"):
        for strength, words in _BULK.items():
            pairs = tuple((each.old_code, each.new_code) for each in suggestions if each.strength is strength)
            if pairs:
                label = f"{words} ({len(pairs)})"
                st.button(label, key=f"pair all {strength}", on_click=_confirm, args=(shas, pairs))


def _draw_suggestion(difference: Difference, found: Suggestion, shas: _Shas, *, may_decide: bool) -> None:
    pair = found.old_code, found.new_code
    with st.container(border=True):
        st.markdown(
            f"Cũ: {_criterion(difference.old, found.old_code)}  \nMới: {_criterion(difference.new, found.new_code)}"
        )
        st.caption(f"{STRENGTH_NAMES[found.strength]}, {found.likeness} %: {literal(found.reason)}")
        if may_decide:
            with st.container(horizontal=True):
                key = f"{found.old_code}|{found.new_code}"
                st.button("Ghép", key=f"pair {key}", type="primary", on_click=_confirm, args=(shas, (pair,)))
                st.button("Không phải", key=f"no pair {key}", on_click=_refuse, args=(shas, (pair,)))


def _criterion(rubric: Rubric, code: str) -> str:
    criterion = rubric.criterion(code)
    points = points_of(criterion)
    worth = " (nhóm)" if points is None else f" ({format_points(points)} {points_unit(rubric)})"
    return f"**{literal(code)}** {literal(criterion.title)}{worth}"


def _draw_by_hand(difference: Difference, shas: _Shas) -> None:
    continued = set(difference.matches.values())
    old = {each.code: each.title for each in difference.old.criteria if each.code not in difference.matches}
    new = {each.code: each.title for each in difference.new.criteria if each.code not in continued}
    if not (old or new):
        return
    with st.expander("Tự ghép một cặp", icon=":material/join:", key="diff-by-hand"):
        st.caption("Chọn cả hai để ghép; chỉ chọn một bên để ghi rằng bên kia không có tiêu chí nào.")
        _choose("Tiêu chí cũ", _OLD, old, "Không có: tiêu chí mới hoàn toàn")
        _choose("Tiêu chí mới", _NEW, new, "Không có: tiêu chí cũ bỏ đi")
        st.button("Ghép cặp đã chọn", key="pair by hand", on_click=_confirm_chosen, args=(shas,))


def _choose(label: str, key: str, titles: dict[str, str], nothing: str) -> None:
    if st.session_state.get(key) not in titles:
        st.session_state[key] = _NONE
    names = {_NONE: nothing} | {code: f"{code} {title}" for code, title in titles.items()}
    st.selectbox(label, list(names), format_func=names.__getitem__, key=key)


def _draw_decided(compared: Compared, *, may_decide: bool) -> None:
    if not (compared.stored or compared.from_elsewhere):
        return
    title = f"Đã quyết định: {len(compared.stored)} cặp"
    with st.expander(title, icon=":material/fact_check:", key="diff-decided"):
        if compared.from_elsewhere:
            st.caption(
                f"Thêm {compared.from_elsewhere} quyết định ở những phiên bản khác của hai bộ này vẫn đúng ở đây."
            )
        wanted = st.text_input("Tìm theo mã tiêu chí", key="_decided_code", max_chars=40, width=300).strip()
        listed = [each for each in compared.stored if wanted in {"", each.old_code, each.new_code}]
        for each in listed[:DECIDED_AT_ONCE]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(_decision(each))
                if may_decide:
                    st.button("Bỏ", key=f"unpair {each.id}", type="tertiary", on_click=_take_back, args=(each.id,))
        if len(listed) > DECIDED_AT_ONCE:
            st.caption(f"Còn {len(listed) - DECIDED_AT_ONCE} cặp nữa; gõ mã tiêu chí để tìm.")


def _decision(stored: StoredMatch) -> str:
    who = f"{literal(stored.changed_by_name)}, {clock_time(stored.changed_at_utc)}"
    old, new = literal(stored.old_code), literal(stored.new_code)
    if not stored.is_confirmed:
        return f"**{old}** và **{new}** không phải một tiêu chí · {who}"
    if not stored.new_code:
        return f"**{old}** bỏ đi, không có tiêu chí tiếp nối · {who}"
    return f"**{new}** là tiêu chí mới · {who}" if not stored.old_code else f"**{old}** → **{new}** · {who}"


def _confirm(shas: _Shas, pairs: Sequence[Pair]) -> None:
    def decide(user: User) -> str:
        count = rubric_diff.confirm_matches(workspace.current().database, user, *shas, pairs)
        return f"Đã ghép {count} cặp tiêu chí."

    _decide(decide)


def _confirm_chosen(shas: _Shas) -> None:
    pair = str(st.session_state.get(_OLD) or _NONE), str(st.session_state.get(_NEW) or _NONE)

    def decide(user: User) -> str:
        rubric_diff.confirm_matches(workspace.current().database, user, *shas, (pair,))
        return "Đã ghi quyết định."

    _decide(decide)


def _refuse(shas: _Shas, pairs: Sequence[Pair]) -> None:
    def decide(user: User) -> str:
        rubric_diff.refuse_matches(workspace.current().database, user, *shas, pairs)
        return "Đã ghi là hai tiêu chí khác nhau; cặp này không được đề xuất nữa."

    _decide(decide)


def _take_back(match_id: str) -> None:
    def decide(user: User) -> str:
        rubric_diff.take_back(workspace.current().database, user, match_id)
        return "Đã bỏ quyết định về cặp này."

    _decide(decide)


def _decide(decide: Callable[[User], str]) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        told.success(decide(user))
    except CchcError as why:
        told.problem(str(why))
