"""What a file would bring: its columns, every problem of it, the tree with what is proposed, the button at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from cchc_core import workspace
from cchc_core.errors import CchcError
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.keeping import SameFile
from cchc_core.rubric_in.model import ImportedNode, ImportedSet, NodeKind
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import screen_name
from cchc_core.workbook_in.model import Problem
from ui import access
from ui.rubrics import head_fields, new_set_names, places, same_file, told
from ui.words import literal, sentence_case

_LONGEST_LINE = 80
_MOST_PROBLEMS, _MOST_NOTES, _FEW_NOTES = 60, 60, 4
_TABLES = "_rubric_in_tables"


def chosen_tables() -> tuple[str, ...] | None:
    """Give the tables that a person chose to read, None where nobody did."""
    chosen = st.session_state.get(_TABLES)
    return tuple(chosen) if chosen else None


def draw(imported: ImportedSet, earlier: SameFile, pasted: Sequence[str] = ()) -> None:
    """Draw what was read, and the way on once there is no problem; ``pasted`` are the lines of a text."""
    same_file.draw(earlier)
    _draw_tables(imported)
    if imported.problems:
        _draw_problems(imported.problems, pasted)
    elif imported.nodes:
        st.success(f"Đọc được **{_counts(imported)}**, không có lỗi nào.", icon=":material/check_circle:")
        if imported.declared_total is not None:
            st.caption(
                f"Tổng điểm văn bản in: {format_points(imported.declared_total)}; chỗ cộng không khớp nêu ở bước 3."
            )
    _draw_columns(imported, is_text=bool(pasted))
    _draw_notes(imported)
    if imported.nodes:
        _draw_tree(imported)
    if imported.nodes and not imported.problems:
        _draw_end(imported, "văn bản" if pasted else "tệp")


def _counts(imported: ImportedSet) -> str:
    parents = {node.parent for node in imported.nodes}
    sections = sum(node.kind is NodeKind.SECTION for node in imported.nodes)
    leaves = sum(node.kind is NodeKind.CRITERION and node.code not in parents for node in imported.nodes)
    return f"{sections} lĩnh vực, {leaves} tiêu chí"


def _draw_tables(imported: ImportedSet) -> None:
    if len(imported.tables) < 2:
        return
    kept = st.session_state.get(_TABLES) or []
    # A table of another file is none of this one's.
    st.session_state[_TABLES] = [name for name in kept if name in imported.tables]
    st.multiselect(
        "Bảng cần đọc",
        options=list(imported.tables),
        key=_TABLES,
        placeholder="Mọi bảng, nối tiếp nhau" if imported.nodes else "Hãy chọn bảng",
    )


def _draw_columns(imported: ImportedSet, *, is_text: bool) -> None:
    if not imported.columns:
        return
    # Pages of one table may head a column in several spellings; the first one stands for all.
    first = {(each.letters, each.field): each for each in reversed(imported.columns)}
    shown = [each for each in imported.columns if first[each.letters, each.field] is each]
    read = " · ".join(_column("" if is_text else each.letters, each.name, each.field) for each in shown)
    st.markdown(f"**Các cột:** {read}")


def _column(letters: str, name: str, field: str) -> str:
    taken_for = f"→ {literal(field.lower())}" if field else ":gray[(không đọc)]"
    return f"{literal(letters)} «{literal(name[:60])}» {taken_for}".strip()


def _draw_problems(problems: Sequence[Problem], pasted: Sequence[str]) -> None:
    count = len(problems)
    where = "ngay trong ô ở trên" if pasted else "trong tệp rồi thả lại"
    st.error(
        f"**CHƯA ĐƯA VÀO.** Có {count} chỗ cần sửa. Hãy sửa {where}; hết lỗi mới tạo được bản soạn.",
        icon=":material/error:",
    )
    rows = [(_place(each, pasted), each.problem, each.to_do) for each in problems[:_MOST_PROBLEMS]]
    frame = pd.DataFrame(rows, columns=["Ở đâu", "Điều gì sai", "Cần làm gì"]).map(literal)
    with st.container(key="rubric-problems"):
        st.table(frame, border="horizontal", hide_index=True)
    if count > _MOST_PROBLEMS:
        st.caption(f"và {count - _MOST_PROBLEMS} chỗ nữa.")


def _place(problem: Problem, pasted: Sequence[str]) -> str:
    """Say where a problem stands; of a pasted text also what the line says, for a field has no numbers of lines."""
    line = pasted[problem.row - 1] if 0 < problem.row <= len(pasted) else ""
    words = " ".join(line.split())
    return f"{problem.where}: «{words[:_LONGEST_LINE]}»" if words else problem.where


def _draw_notes(imported: ImportedSet) -> None:
    if not imported.notes:
        return
    told_at_once = len(imported.notes) <= _FEW_NOTES
    with st.expander(f"Nên biết: {len(imported.notes)} điều", icon=":material/info:", expanded=told_at_once):
        st.markdown("\n".join(f"- {literal(note)}" for note in imported.notes[:_MOST_NOTES]))
        if len(imported.notes) > _MOST_NOTES:
            st.caption(f"và {len(imported.notes) - _MOST_NOTES} điều nữa.")


def _draw_tree(imported: ImportedSet) -> None:
    depths = _depths(imported)
    common = _common_place(imported.nodes)
    rows = [_row(node, depths[node.code], common) for node in imported.nodes]
    st.markdown(f"**Cây tiêu chí đọc được:** {_counts(imported)}")
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=min(420, 38 + 35 * len(rows)),
        column_config={"Nội dung": st.column_config.TextColumn(width="large")},
        key="rubric-tree-read",
    )


def _depths(imported: ImportedSet) -> Mapping[str, int]:
    depths: dict[str, int] = {}
    for node in imported.nodes:
        depths[node.code] = 0 if node.parent is None else depths.get(node.parent, 0) + 1
    return depths


def _common_place(nodes: Sequence[ImportedNode]) -> str:
    """Give what all places begin with, «Trang tính «BTC», », so that the table need not repeat it in every row."""
    fronts = {node.place.rpartition(", ")[0] for node in nodes}
    return f"{next(iter(fronts))}, " if len(fronts) == 1 and fronts != {""} else ""


def _row(node: ImportedNode, depth: int, common: str) -> dict[str, str]:
    proposal = node.proposal
    rule = "" if proposal is None else "Nhập điểm tay" if proposal.rule is None else screen_name(proposal.rule)
    return {
        "Mã": node.code,
        "Nội dung": "\u2003" * depth + node.title,
        "Điểm": "" if node.max_points is None else format_points(node.max_points),
        "Cách tính đề xuất": rule,
        "Tin cậy": "" if proposal is None or proposal.rule is None else f"{proposal.confidence:.0%}",
        "Tài liệu kiểm chứng": "; ".join(line.text for line in node.evidence),
        "Ở đâu": node.place.removeprefix(common),
    }


def _draw_end(imported: ImportedSet, source: str) -> None:
    with st.container(border=True, key="rubric-take-over"):
        st.markdown(
            f"**Tạo bản soạn từ {source} này.** Bước sau bạn soát nội dung, xác nhận cách tính rồi mới ban hành."
        )
        name = f"rubric in {imported.file_sha256[:16]}"
        head_fields.draw(
            name,
            title=sentence_case(imported.title),
            issuer=imported.issuer,
            year=imported.year,
            document=imported.document,
        )
        new_set_names.draw(name, imported.title, imported.issuer, imported.year)
        st.button(
            "Tạo bản soạn",
            key="take over",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=_take_over,
            args=(imported, name),
        )


def _take_over(imported: ImportedSet, name: str) -> None:
    user = access.current_user()
    if user is None:
        return
    try:
        head = head_fields.typed(name)
        wanted = replace(imported, title=head.title, issuer=head.issuer, year=head.year, document=head.document)
        rubric_id = new_set_names.typed(user, name, head)
        draft = keeping.start_from_import(workspace.current().database, user, wanted, rubric_id=rubric_id)
    except CchcError as why:
        told.problem(f"Chưa tạo được bản soạn. {why}")
        return
    told.success("Đã tạo bản soạn. Hãy soát nội dung, rồi xác nhận cách tính của từng tiêu chí.")
    places.go(places.of_draft(draft.id))
