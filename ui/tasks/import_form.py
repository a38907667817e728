"""Importing a plan from a workbook: the file, what it was read as, every problem of it, and the button at the end."""

import hashlib
from dataclasses import replace

import pandas as pd
import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.tasks import texts
from cchc_core.tasks.draft import PlanDraft
from cchc_core.tasks.import_columns import FIELD_NAMES, Field
from cchc_core.tasks.importing import Preview, read_plan_file
from cchc_core.tasks.keeping import import_plan
from ui import access
from ui.office import EARLIEST, LATEST, YEAR, Desk
from ui.tasks import downloads, told
from ui.words import day, literal

_MOST_PROBLEMS = 50
_ROUND = "_tasks_import_round"
_READ = "_tasks_import_read"
_SHEET = "_tasks_import_sheet"


def rounds() -> int:
    """Count the imports of this session: after each the place for a file is empty again."""
    return int(st.session_state.get(_ROUND, 0))


def draw(desk: Desk) -> None:
    """Draw the place for a file and, once there is one, what it would bring."""
    st.caption(
        "Tệp .xlsx hoặc .csv có dòng tiêu đề với các cột STT, nhiệm vụ, sản phẩm, chủ trì, phối hợp, thời gian, kinh "
        "phí, cách thức, ghi chú; tên và thứ tự cột có thể khác. Chưa có gì được lưu cho đến khi bạn bấm «Nhập»."
    )
    st.link_button("Tải mẫu để điền (.xlsx)", downloads.address(desk, "mau.xlsx"), icon=":material/download:")
    # Of every kind: what is no workbook is refused by the core in words, by the toolkit in English.
    uploaded = st.file_uploader("Tệp kế hoạch", key=f"_tasks_file_{rounds()}")
    if uploaded is None:
        st.session_state.pop(_READ, None)
        return
    preview = _preview(uploaded.getvalue(), uploaded.name, desk)
    if preview is not None:
        _draw_preview(desk, preview)


def _preview(content: bytes, name: str, desk: Desk) -> Preview | None:
    """Read the file once for each sheet that is chosen, not at every run."""
    sheet = st.session_state.get(_SHEET)
    asked = (hashlib.sha256(content).hexdigest(), name, sheet, desk.year)
    kept = st.session_state.get(_READ)
    if kept is None or kept[0] != asked:
        try:
            kept = (asked, read_plan_file(content, name, year=desk.year, sheet=sheet))
        except CchcError as why:
            st.error(f"**CHƯA NHẬP.** {literal(str(why))}", icon=":material/error:")
            return None
        st.session_state[_READ] = kept
    preview: Preview = kept[1]
    return preview


def _draw_preview(desk: Desk, preview: Preview) -> None:
    if len(preview.sheets) > 1:
        # A sheet of another file is none of this one's.
        if st.session_state.get(_SHEET) not in preview.sheets:
            st.session_state[_SHEET] = None
        st.selectbox(
            "Trang tính có bảng nhiệm vụ",
            options=list(preview.sheets),
            index=None,
            placeholder="Hãy chọn một trang tính",
            key=_SHEET,
        )
    if preview.columns:
        st.markdown(
            "**Các cột:** " + " · ".join(_column(each.letters, each.name, each.field) for each in preview.columns)
        )
    for note in preview.notes[:_MOST_PROBLEMS]:
        st.caption(literal(note))
    if preview.problems:
        _draw_problems(preview)
    if preview.tasks:
        _draw_tasks(preview)
    if preview.draft is not None:
        _draw_end(desk, preview.draft)


def _column(letters: str, name: str, field: Field | None) -> str:
    taken_for = ":gray[(không nhập)]" if field is None else f"→ {FIELD_NAMES[field]}"
    return f"{letters} «{literal(name[:60])}» {taken_for}"


def _draw_problems(preview: Preview) -> None:
    count = len(preview.problems)
    st.error(
        f"**CHƯA NHẬP.** Tệp có {count} chỗ cần sửa. Hãy sửa trong tệp rồi tải lên lại; hết lỗi mới nhập được.",
        icon=":material/error:",
    )
    rows = [(each.where, each.problem, each.to_do) for each in preview.problems[:_MOST_PROBLEMS]]
    frame = pd.DataFrame(rows, columns=["Ở đâu", "Điều gì sai", "Cần làm gì"]).map(literal)
    st.table(frame, border="horizontal", hide_index=True)
    if count > _MOST_PROBLEMS:
        st.caption(f"và {count - _MOST_PROBLEMS} chỗ nữa.")


def _draw_tasks(preview: Preview) -> None:
    rows = []
    for task in preview.tasks:
        parts = task.occurrences(preview.year)
        dues = ", ".join(dict.fromkeys(day(each.due) if each.due else "chưa rõ" for each in parts))
        products = "; ".join(product.text for product in task.products)
        group = " ".join(filter(None, (task.group_code, task.group_title)))
        rows.append((task.code, task.title, products, task.lead_text, task.time_text, dues, group))
    names = ["Mã", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Thời gian in", "Hạn đọc được", "Nhóm"]
    st.markdown(f"**Đọc được {len(rows)} nhiệm vụ:**")
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True, height=min(320, 38 + 35 * len(rows)))


def _draw_end(desk: Desk, draft: PlanDraft) -> None:
    # The fields belong to this file: another one brings its own title and year.
    names = {name: f"_tasks_import_{name}_{hash((draft.origin, draft.title, draft.year))}" for name in ("t", "y", "i")}
    st.text_input("Tên kế hoạch", draft.title, key=names["t"], max_chars=texts.MOST_TITLE)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input("Năm của kế hoạch", EARLIEST, LATEST, draft.year, key=names["y"], width=150)
        st.text_input("Cơ quan ban hành", draft.issuer, key=names["i"], max_chars=texts.MOST_NAME, width=420)
        st.button(
            f"Nhập {len(draft.tasks)} nhiệm vụ",
            key="import plan",
            type="primary",
            icon=":material/upload:",
            on_click=_import,
            args=(desk.office.id, draft, names),
        )


def _import(department_id: str, draft: PlanDraft, names: dict[str, str]) -> None:
    user = access.current_user()
    if user is None:
        return
    typed = {name: st.session_state[key] for name, key in names.items()}
    wanted = replace(draft, title=str(typed["t"]), year=int(typed["y"]), issuer=str(typed["i"]))
    try:
        import_plan(workspace.current().database, user, department_id, wanted)
    except CchcError as why:
        told.problem(f"Chưa nhập. {why}")
        return
    told.success(f"Đã nhập {len(draft.tasks)} nhiệm vụ của «{wanted.title}» vào năm {wanted.year}.")
    st.session_state[_ROUND] = rounds() + 1
    st.session_state.pop(_READ, None)
    st.query_params[YEAR] = str(wanted.year)
