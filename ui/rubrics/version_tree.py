"""The sections of a criteria set, and one of them read through: titles, rules in words, evidence, points."""

from collections.abc import Iterator

import streamlit as st

from cchc_core.rubric.bodies import BODY_KIND_NAMES
from cchc_core.rubric.model import Criterion, Evidence, Rubric, Section
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import Effect, screen_name
from cchc_core.table import Column, Kind, Table, Value
from ui import current, tables
from ui.rubrics import places
from ui.rubrics.rule_words import EFFECT_NAMES, modifier_lines, rule_lines
from ui.words import literal, points_unit, sentence_case

_KEY = "_rubric_section"


def draw(rubric: Rubric) -> None:
    """Draw the sums of the sections and, below, the section that the address names."""
    with st.expander("Điểm theo lĩnh vực", icon=":material/table_rows:", expanded=True, key="rubric-sums"):
        tables.draw(sums_table(rubric))
    section = _chosen(rubric)
    unit = points_unit(rubric)
    st.subheader(literal(f"{section.code}. {sentence_case(section.title)}"))
    st.markdown(f"**{format_points(rubric.max_points(section.code))}** {unit}{_declared(rubric, section)}")
    if section.note:
        st.caption(literal(section.note))
    for criterion in rubric.criteria:
        if criterion.section == section.code:
            _draw_criterion(rubric, criterion, unit)
    _draw_next(rubric, section)


def sums_table(rubric: Rubric) -> Table:
    """Make the table of sections: how many criteria, points added, points printed."""
    columns = (
        Column("Lĩnh vực", Kind.TEXT),
        Column("Điểm minh hoạ" if rubric.is_illustrative else "Điểm chuẩn", Kind.POINTS),
        Column("Văn bản in", Kind.POINTS),
    )
    rows = [_sums(rubric, section) for section in rubric.sections]
    whole = f"Cả bộ ({len(rubric.leaves)} tiêu chí)"
    total: tuple[Value, ...] = (whole, rubric.max_points(), rubric.declared_total)
    return Table(key="rubric-sections", title="Điểm theo lĩnh vực", columns=columns, rows=(*rows, total))


def _sums(rubric: Rubric, section: Section) -> tuple[Value, ...]:
    leaves = len(rubric.leaves_of(section.code))
    title = f"{section.code}. {sentence_case(section.title)} ({leaves} tiêu chí)"
    return title, rubric.max_points(section.code), section.declared_max


def _chosen(rubric: Rubric) -> Section:
    codes = [section.code for section in rubric.sections]
    named = st.query_params.get(current.SECTION)
    st.session_state[_KEY] = named if named in codes else codes[0]
    labels = {each.code: f"{each.code}. {sentence_case(each.title)}" for each in rubric.sections}
    st.selectbox("Xem lĩnh vực", codes, format_func=labels.__getitem__, key=_KEY, on_change=_follow)
    return rubric.section(st.session_state[_KEY])


def _follow() -> None:
    places.put(current.SECTION, st.session_state[_KEY])


def _declared(rubric: Rubric, section: Section) -> str:
    declared = section.declared_max
    if declared is None or declared == rubric.max_points(section.code):
        return ""
    return f" · :orange[văn bản in {format_points(declared)}]"


def _draw_criterion(rubric: Rubric, criterion: Criterion, unit: str) -> None:
    points = format_points(rubric.max_points(criterion.code))
    if criterion.leaf is None:
        st.markdown(f"**{literal(criterion.code)} · {literal(criterion.title)}**  \n:gray[{points} {unit}]")
        return
    with st.container(border=True, key=f"rubric-criterion-{criterion.code}"):
        effect = criterion.leaf.effect
        name = unit if effect is Effect.NORMAL else EFFECT_NAMES[effect].lower()
        st.markdown(f"**{literal(criterion.code)}** · {literal(criterion.title)}")
        st.markdown(f"**{points}** {name} :blue-badge[{screen_name(criterion.leaf.rule).lower()}]{_bodies(criterion)}")
        rule, proof = st.columns([3, 2], gap="medium")
        rule.markdown(as_lines(*rule_lines(criterion.leaf.rule), *modifier_lines(criterion.leaf)))
        proof.markdown(as_lines(*_facts(criterion)))


def _bodies(criterion: Criterion) -> str:
    if not criterion.applies_to:
        return ""
    names = ", ".join(BODY_KIND_NAMES[kind].lower() for kind in criterion.applies_to)
    return f" :violet-badge[chỉ {literal(names)}]"


def _facts(criterion: Criterion) -> Iterator[str]:
    yield "*Tài liệu kiểm chứng:*" if criterion.evidence else "*Không nêu tài liệu kiểm chứng*"
    yield from (f"- {evidence_words(line)}" for line in criterion.evidence)
    named = {
        "Thời hạn": criterion.deadline,
        "Kinh phí": criterion.funding,
        "Trách nhiệm": criterion.responsible,
        "Ghi chú": criterion.note,
        "Về bản in": criterion.print_note,
        "Nguồn": criterion.reference,
        "Chỗ trong tệp": criterion.place,
    }
    yield from (f"*{name}:* {literal(text)}" for name, text in named.items() if text)


def evidence_words(line: Evidence) -> str:
    """Say which document is asked for, of which time, and whether others follow it."""
    dates = f" ({literal(line.dates)})" if line.dates else ""
    return f"{literal(line.text)}{dates}{'' if line.brought_by_unit else ' *(cơ quan khác theo dõi)*'}"


def as_lines(*lines: str) -> str:
    """Join lines of Markdown, of which some are points of a list, so that each keeps a line of its own."""
    text = ""
    for line in lines:
        is_point = line.startswith("- ")
        before_is_point = text.rpartition("\n")[2].startswith("- ")
        between = (
            ""
            if not text
            else "\n"
            if is_point and before_is_point
            else "\n\n"
            if is_point or before_is_point
            else "  \n"
        )
        text += f"{between}{line}"
    return text


def _draw_next(rubric: Rubric, section: Section) -> None:
    codes = [each.code for each in rubric.sections]
    at = codes.index(section.code)
    with st.container(horizontal=True, key="rubrics-pages"):
        for place, words in ((at - 1, "Lĩnh vực trước"), (at + 1, "Lĩnh vực sau")):
            if 0 <= place < len(codes):
                st.button(words, key=f"rubric {words}", on_click=places.put, args=(current.SECTION, codes[place]))
