"""A new criteria set: from a file, from pasted text, as a copy of another version, or from nothing."""

import hashlib
from collections.abc import Callable, Sequence

import streamlit as st

from cchc_core import workspace
from cchc_core.addresses import RUBRIC_FILES_PATH
from cchc_core.board import today_in_vietnam
from cchc_core.errors import CchcError
from cchc_core.permissions import may_keep_rubrics
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_in.model import ImportedSet
from cchc_core.store.users import User
from ui.rubrics import copy_form, empty_form, places, preview, told, version_view
from ui.words import literal

FILE, TEXT, COPY, EMPTY = "tep", "dan", "chep", "trong"
_WAYS = {FILE: "Từ tệp Excel, Word, CSV", TEXT: "Dán văn bản từ PDF", COPY: "Chép từ bộ có sẵn", EMPTY: "Soạn từ đầu"}
_WAY, _ROUND, _READ = "_rubric_way", "_rubric_in_round", "_rubric_in_read"
_MOST_TEXT = 600_000


def show(user: User) -> None:
    """Draw the ways in, and what the one that is chosen needs."""
    version_view.draw_way_back()
    st.title("Đưa bộ tiêu chí mới vào")
    told.draw()
    if not may_keep_rubrics(user.role):
        st.info("Đưa bộ tiêu chí vào là việc của quản trị. Hãy nhờ người quản trị của Sở.", icon=":material/lock:")
        return
    named = st.query_params.get(places.NEW, FILE)
    st.session_state[_WAY] = named if named in _WAYS else FILE
    st.segmented_control(
        "Cách đưa vào", list(_WAYS), format_func=_WAYS.__getitem__, key=_WAY, on_change=_follow, required=True
    )
    _DRAW[st.session_state[_WAY]](user)


def _follow() -> None:
    places.put(places.NEW, st.session_state[_WAY] or FILE)


def empty_the_place() -> None:
    """Empty the place for a file after what it brought has become a draft."""
    st.session_state[_ROUND] = _round() + 1
    st.session_state.pop(_READ, None)


def _round() -> int:
    return int(st.session_state.get(_ROUND, 0))


def _draw_file(user: User) -> None:
    from cchc_core.rubric_in.importing import read_set_file  # only who brings a set in needs the readers

    st.markdown(
        "Thả nguyên tệp tỉnh gửi: bảng trong Excel (.xlsx), Word (.docx) hay .csv. Chương trình tự tìm bảng, nhận các "
        "cột, dựng cây tiêu chí và đề xuất cách tính cho từng tiêu chí. **Chưa có gì được lưu** cho tới khi tệp hết "
        "lỗi và bạn bấm «Tạo bản soạn»."
    )
    st.link_button("Tải tệp mẫu để điền (.xlsx)", f"{RUBRIC_FILES_PATH}/mau.xlsx", icon=":material/download:")
    # Of every kind: what cannot be read is refused by the core in words, by the toolkit in English.
    uploaded = st.file_uploader("Tệp bộ tiêu chí (.xlsx, .docx, .csv)", key=f"_rubric_file_{_round()}")
    if uploaded is None:
        st.session_state.pop(_READ, None)
        return
    content, year = uploaded.getvalue(), today_in_vietnam().year
    tables = preview.chosen_tables()
    asked = (hashlib.sha256(content).hexdigest(), uploaded.name, tables)
    _show_read(user, asked, lambda: read_set_file(content, uploaded.name, year=year, tables=tables))


def _draw_text(user: User) -> None:
    from cchc_core.rubric_in.importing import read_set_text  # only who brings a set in needs the readers

    st.markdown(
        "Mở tệp PDF, chọn bảng điểm hoặc cả văn bản, chép rồi dán vào đây. Mất cột, lẫn số trang, nhiều phụ lục cũng "
        "được: chương trình dựng lại theo mã tiêu chí và con số, rồi bạn soát từng dòng."
    )
    text = st.text_area(
        "Văn bản của bảng điểm",
        key=f"_rubric_text_{_round()}",
        height=260,
        max_chars=_MOST_TEXT,
        placeholder="1  Công tác chỉ đạo, điều hành  8,50\n1.1  Ban hành kế hoạch CCHC năm  1,00\n…",
    )
    st.button("Đọc văn bản", key="rubric read text", icon=":material/search:")
    if text.strip():
        year, tables = today_in_vietnam().year, preview.chosen_tables()
        asked = (hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), "", tables)
        _show_read(user, asked, lambda: read_set_text(text, year=year, tables=tables), text.split("\n"))


def _show_read(user: User, asked: object, read: Callable[[], ImportedSet], pasted: Sequence[str] = ()) -> None:
    """Read what was brought once, not at every run, and show what it was read as."""
    kept = st.session_state.get(_READ)
    if kept is None or kept[0] != asked:
        try:
            with st.spinner("Đang đọc…"):
                kept = (asked, read())
        except CchcError as why:
            st.error(f"**CHƯA ĐỌC ĐƯỢC.** {literal(str(why))}", icon=":material/error:")
            return
        st.session_state[_READ] = kept
    imported: ImportedSet = kept[1]
    preview.draw(imported, keeping.same_file(workspace.current().database, user, imported.file_sha256), pasted)


_DRAW: dict[str, Callable[[User], None]] = {
    FILE: _draw_file,
    TEXT: _draw_text,
    COPY: copy_form.draw,
    EMPTY: empty_form.draw,
}
