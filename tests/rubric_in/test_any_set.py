"""Whatever stands in a table, it is read or refused in words; and keys, parents and places always hold."""

import csv
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.errors import BadText
from cchc_core.rubric_in.importing import read_set_file, read_set_text
from cchc_core.rubric_in.model import ImportedSet, NodeKind
from tests.rubric_in.sets import HEAD
from tests.tasks_in.sheets import cells_of

_CODES = (
    "",
    "",
    "1",
    "2",
    "1.1",
    "1.2",
    "1.1.1",
    "I",
    "II",
    "A",
    "B",
    "a)",
    "b",
    "-",
    "+",
    "1.10",
    "Lĩnh vực 1",
    "STT",
)
_SAID = ("CHỈ ĐẠO", "Kế hoạch", "1. Có", "TỔNG CỘNG", "ĐIỂM THƯỞNG", "Nơi nhận:", "Phần I: CHUNG", "1.1. Kế hoạch")
_POINTS = ("", "1", "0,5", "1.234", "-0,5", "0,5 0,5", "một", "0,50000,0000")
_ANYTHING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
_CELL = st.one_of(st.sampled_from((*_CODES, *_SAID, *_POINTS)), _ANYTHING)
_LIKELY = st.tuples(st.sampled_from(_CODES), st.sampled_from(_SAID), st.sampled_from(_POINTS)).map(list)
_TABLE = st.lists(st.one_of(_LIKELY, st.lists(_CELL, min_size=1, max_size=7)), max_size=14)


def _csv(rows: list[list[str]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode()


def _holds(found: ImportedSet) -> None:
    keys = [each.code for each in found.nodes]
    assert len(set(keys)) == len(keys)
    assert all("Hãy " in each.to_do or "Bảng cần" in each.to_do for each in found.problems)
    groups = {each.parent for each in found.nodes}
    before: set[str] = set()
    for each in found.nodes:
        assert each.parent is None or each.parent in before
        assert (each.kind is NodeKind.CRITERION) is (each.parent is not None and each.kind is not NodeKind.SECTION)
        assert (each.proposal is None) is (each.code in groups)
        assert each.max_points is None or each.max_points >= 0
        assert "dòng" in each.place
        before.add(each.code)


@settings(max_examples=250, deadline=None)
@given(rows=_TABLE, with_header=st.booleans())
def test_any_table_is_read_or_refused_in_words(rows: list[list[str]], with_header: bool) -> None:
    table = [*(cells_of(HEAD) if with_header else []), *rows]
    try:
        found = read_set_file(_csv(table), "bang.csv", year=2026)
    except BadText as why:
        assert "Hãy " in str(why)
        return
    _holds(found)


@settings(max_examples=150, deadline=None)
@given(rows=_TABLE, gap=st.sampled_from(("\t", "    ", " ")))
def test_any_pasted_text_is_read_or_refused_in_words(rows: list[list[str]], gap: str) -> None:
    try:
        found = read_set_text("\n".join(gap.join(row) for row in rows), year=2026)
    except BadText as why:
        assert "Hãy " in str(why)
        return
    _holds(found)
