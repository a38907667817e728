"""The scoring page: one section at a time, a row for every criterion, totals always in sight."""

from collections.abc import Callable, Iterable

import streamlit as st

from cchc_core.permissions import STATE_TITLES
from cchc_core.proof import lacks_proof
from cchc_core.rubric.model import Criterion
from cchc_core.rules.decimals import format_points
from cchc_core.rules.scoring import Status
from cchc_core.scoring import Sheet
from cchc_core.store.users import User
from cchc_core.text import fold
from cchc_core.unconfirmed import is_unconfirmed
from ui import carry_choice, confirm_buttons, current, navigation, rights, row, totals_bar
from ui.row import DrawTotals
from ui.words import literal, points_unit, sentence_case

MOST_FOUND = 30

Keep = Callable[[Sheet, Criterion], bool]


def _is_missing(sheet: Sheet, leaf: Criterion) -> bool:
    return sheet.scores[leaf.code].status in (Status.MISSING, Status.AWAITING)


def _is_losing(sheet: Sheet, leaf: Criterion) -> bool:
    score = sheet.scores[leaf.code]
    return score.status in (Status.SCORED, Status.VOIDED) and score.open_points > 0


FILTERS: dict[str, tuple[str, Keep]] = {
    "tat-ca": ("Tất cả", lambda _sheet, _leaf: True),
    "chua-cham": ("Chưa chấm", _is_missing),
    "mat-diem": ("Mất điểm", _is_losing),
    "thieu-tai-lieu": ("Thiếu tài liệu kiểm chứng", lacks_proof),
    "chua-xac-nhan": ("Chưa xác nhận", lambda sheet, leaf: is_unconfirmed(sheet, leaf.code)),
}


def show(user: User, sheet: Sheet) -> None:
    """Draw the page for the open assessment."""
    st.title("Chấm điểm")
    _draw_state(user, sheet)
    carry_choice.show(sheet, user)
    _draw_way_offline(sheet)
    section = _draw_section_picker(sheet)
    leaves = _draw_filters(sheet, section)
    draw_totals = _place_totals(section)
    draw_totals(sheet)
    confirm_buttons.show_many(sheet, user, section)
    st.session_state["_rows_shown"] = tuple(leaf.code for leaf in leaves)
    _draw_rows(sheet, leaves, draw_totals)


def _draw_state(user: User, sheet: Sheet) -> None:
    if not rights.may_answer(user, sheet):
        locked = " và đã khoá" if sheet.assessment.is_locked else ""
        state = STATE_TITLES[sheet.assessment.state].lower()
        st.info(f"Bảng này {state}{locked}: bạn xem được nhưng không sửa được.", icon=":material/lock:")


def _draw_way_offline(sheet: Sheet) -> None:
    st.page_link(
        navigation.SLIP,
        label="Nhập ngoại tuyến bằng Phiếu Excel",
        icon=":material/table_view:",
        query_params={current.ASSESSMENT: sheet.assessment.id},
    )


def _place_totals(section: str) -> DrawTotals:
    """Keep a place for the totals that every row can draw into: a click then takes one run of one fragment."""
    with st.container(key="totals"):
        place = st.empty()

    def draw(sheet: Sheet) -> None:
        with place:
            totals_bar.show(sheet, section)

    return draw


def _draw_section_picker(sheet: Sheet) -> str:
    codes = [section.code for section in sheet.rubric.sections]
    open_now = current.section_code(sheet)
    key = f"_section of {sheet.assessment.id}"
    st.session_state[key] = open_now
    st.selectbox(
        "Lĩnh vực",
        options=codes,
        format_func=lambda code: _section_label(sheet, code),
        key=key,
        on_change=_open_section,
        args=(key,),
    )
    return open_now


def _section_label(sheet: Sheet, code: str) -> str:
    totals = sheet.totals.sections[code]
    missing = totals.counts[Status.MISSING] + totals.counts[Status.AWAITING]
    left = f"còn {missing} tiêu chí" if missing else "đã chấm đủ"
    if not totals.leaves:
        left = f"đã nhập {totals.adjustments_done}/{totals.adjustments} dòng thưởng, trừ"
    return f"{code} · {sentence_case(sheet.rubric.section(code).title)} ({left})"


def _open_section(key: str) -> None:
    st.query_params[current.SECTION] = st.session_state[key]
    for name in (current.CRITERION, current.SEARCH):
        st.query_params.pop(name, None)


def _draw_filters(sheet: Sheet, section: str) -> tuple[Criterion, ...]:
    chosen = st.query_params.get(current.FILTER, "tat-ca")
    st.session_state["_filter"] = chosen if chosen in FILTERS else "tat-ca"
    st.session_state["_search"] = st.query_params.get(current.SEARCH, "")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Lọc",
            options=list(FILTERS),
            format_func=lambda name: FILTERS[name][0],
            key="_filter",
            required=True,
            wrap=True,
            on_change=_remember_in_url,
            args=("_filter", current.FILTER),
        )
        st.text_input(
            "Tìm trong cả bộ tiêu chí",
            key="_search",
            type="search",
            placeholder="mã hoặc chữ, không cần dấu",
            max_chars=100,
            on_change=_remember_in_url,
            args=("_search", current.SEARCH),
        )
    return _chosen_leaves(sheet, section)


def _remember_in_url(widget: str, parameter: str) -> None:
    value = st.session_state.get(widget)
    if value:
        st.query_params[parameter] = str(value)
    else:
        st.query_params.pop(parameter, None)


def _is_sought(leaf: Criterion, sought: str) -> bool:
    """Tell whether a criterion is looked for: by how its code begins, with or without the part, or by its words."""
    if not sought:
        return True
    printed = leaf.code.removeprefix(f"{leaf.section.rpartition('.')[0]}.")
    return any(fold(code).startswith(sought) for code in (leaf.code, printed)) or sought in fold(leaf.title)


def _chosen_leaves(sheet: Sheet, section: str) -> tuple[Criterion, ...]:
    keep, sought = FILTERS[st.session_state["_filter"]][1], fold(st.session_state["_search"]).strip()
    pool: Iterable[Criterion] = sheet.rubric.leaves if sought else sheet.rubric.leaves_of(section)
    opened = None if sought else current.criterion_code()
    found = [leaf for leaf in pool if leaf.code == opened or (keep(sheet, leaf) and _is_sought(leaf, sought))]
    # The browser cannot be told where to scroll to: what a link opens stands first.
    return tuple(sorted(found, key=lambda leaf: leaf.code != opened))


def _draw_unknown_criterion(sheet: Sheet) -> None:
    opened = current.criterion_code()
    if opened is not None and opened not in sheet.scores:
        st.warning(
            f"Bộ tiêu chí này không có tiêu chí «{literal(opened[:40])}». Hãy chọn lĩnh vực hoặc tìm theo mã ở trên.",
            icon=":material/link_off:",
        )


def _worth_of_group(sheet: Sheet, code: str) -> str:
    maximum = sheet.rubric.max_points(code)
    if not maximum and sheet.totals.groups[code].adjustments:
        return "ngoài điểm chuẩn"
    return f"{format_points(maximum)} {points_unit(sheet.rubric)}"


def _draw_rows(sheet: Sheet, leaves: tuple[Criterion, ...], draw_totals: DrawTotals) -> None:
    _draw_unknown_criterion(sheet)
    if not leaves:
        st.info("Không có tiêu chí nào hợp với bộ lọc. Hãy chọn «Tất cả», xoá ô tìm, hoặc sang lĩnh vực khác.")
    if len(leaves) > MOST_FOUND and st.session_state["_search"]:
        st.info(
            f"Tìm thấy {len(leaves)} tiêu chí; đang hiện {MOST_FOUND} tiêu chí đầu. Hãy gõ thêm chữ để tìm hẹp hơn."
        )
        leaves = leaves[:MOST_FOUND]
    group = None
    for leaf in leaves:
        if leaf.parent != group and leaf.parent != leaf.section:
            parent = sheet.rubric.criterion(leaf.parent)
            title = f"{literal(parent.code)} · {literal(parent.title)}"
            st.markdown(f"##### {title} :gray[({_worth_of_group(sheet, parent.code)})]")
        group = leaf.parent
        row.show(sheet.assessment.id, leaf.code, draw_totals)
