"""What differs between two versions: the sums, which criterion continues which, and every change in words."""

from math import ceil

import streamlit as st

from cchc_core import rubric_diff, workspace
from cchc_core.errors import CchcError
from cchc_core.rubric_diff.model import CHANGE_NAMES, CODE, ChangeKind, Detail, Difference, Line
from cchc_core.rubric_diff.tables import change_words, narrowed, points_of, sums_table
from cchc_core.rules.decimals import format_points
from cchc_core.store.users import User
from ui import tables
from ui.rubrics import compare_pairs, places
from ui.url_filter import UrlFilter
from ui.words import literal, points_unit

LINES_A_PAGE = 20
_KIND = UrlFilter("Chỉ xem", places.SHOWN, (places.PAGE,), "không có thay đổi nào như vậy", 320)


def show(user: User, old_sha256: str, new_sha256: str) -> None:
    """Draw the comparison of two versions; who keeps criteria sets says which criteria belong together."""
    try:
        compared = rubric_diff.compare_versions(workspace.current().database, old_sha256, new_sha256)
    except CchcError as why:
        st.error(literal(str(why)), icon=":material/error:")
        return
    difference = compared.difference
    st.markdown(_summary(difference))
    if difference.head:
        with st.expander(f"Thông tin chung: {len(difference.head)} điểm khác", icon=":material/info:", key="diff-head"):
            for detail in difference.head:
                _draw_detail(detail)
    compare_pairs.draw(user, compared, old_sha256, new_sha256)
    with st.expander("Điểm theo lĩnh vực", icon=":material/functions:", key="diff-sums"):
        tables.draw(sums_table(difference))
    _draw_lines(user, difference, (old_sha256, new_sha256))


def _summary(difference: Difference) -> str:
    counts = [f"**{count}** {CHANGE_NAMES[kind].lower()}" for kind, count in difference.counts.items() if count]
    before, after = (format_points(each.max_points()) for each in (difference.old, difference.new))
    points = f"{before} → {after}" if before != after else f"vẫn là {before}"
    kind = "điểm chuẩn (có điểm minh hoạ)" if difference.is_illustrative else "điểm chuẩn"
    changes = " · ".join(counts) if counts else "không có thay đổi nào"
    return f"**{difference.unchanged}** tiêu chí không đổi · {changes}  \nTổng {kind}: {points}"


def _draw_lines(user: User, difference: Difference, shas: tuple[str, str]) -> None:
    if not difference.lines:
        st.success("Hai phiên bản giống nhau ở mọi tiêu chí.", icon=":material/check_circle:")
        return
    counts = difference.counts
    labels = {kind.value: f"{CHANGE_NAMES[kind]} ({counts[kind]})" for kind in ChangeKind if counts[kind]}
    st.subheader("Các thay đổi", anchor=False)
    _KIND.draw("_diff_kind", labels)
    lines = _chosen(difference)
    pages = max(1, ceil(len(lines) / LINES_A_PAGE))
    page = min(max(1, places.number(places.PAGE, 1)), pages)
    for line in lines[(page - 1) * LINES_A_PAGE : page * LINES_A_PAGE]:
        _draw_line(user, difference, line, shas)
    if not lines:
        st.info("Không có thay đổi nào như vậy. Hãy chọn «Tất cả».")
    _draw_pager(page, pages)


def _chosen(difference: Difference) -> tuple[Line, ...]:
    wanted = _KIND.chosen()
    if wanted is None:
        return difference.lines
    return narrowed(difference, ChangeKind(wanted)) if wanted in set(ChangeKind) else ()


def _draw_line(user: User, difference: Difference, line: Line, shas: tuple[str, str]) -> None:
    old, new = line.old, line.new
    code = " → ".join(dict.fromkeys(each.code for each in (old, new) if each is not None))
    points = points_of(line.shown)
    unit = points_unit(difference.old if new is None else difference.new)
    worth = "" if points is None else f" · {format_points(points)} {unit}"
    with st.container(border=True):
        st.markdown(f"**{literal(code)}** {literal(line.shown.title)}  \n*{change_words(line)}*{worth}")
        for detail in line.details:
            # The codes stand in the first line already.
            if detail.what != CODE:
                _draw_detail(detail)
        compare_pairs.draw_doubt(user, line, shas)


def _draw_detail(detail: Detail) -> None:
    before, after = (_text(side) for side in (detail.before, detail.after))
    if "\n" not in f"{detail.before}{detail.after}" and len(detail.before) + len(detail.after) < 80:
        st.markdown(f"**{literal(detail.what)}:** {before} → {after}")
        return
    st.markdown(f"**{literal(detail.what)}**")
    left, right = st.columns(2)
    left.markdown(f":gray[Trước]  \n{before}")
    right.markdown(f":gray[Sau]  \n{after}")


def _text(side: str) -> str:
    return "  \n".join(literal(each) for each in side.splitlines()) or "(không có)"


def _draw_pager(page: int, pages: int) -> None:
    if pages == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="diff-pager"):
        st.button("Trang trước", key="diff before", disabled=page == 1, on_click=_go, args=(page - 1,))
        st.markdown(f"Trang {page}/{pages}")
        st.button("Trang sau", key="diff after", disabled=page == pages, on_click=_go, args=(page + 1,))


def _go(page: int) -> None:
    places.put(places.PAGE, str(page) if page > 1 else "")
