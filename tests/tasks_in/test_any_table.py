"""Whatever stands in a table, it is read or refused in words: a plan comes of it only when nothing is wrong."""

import csv
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.errors import BadText
from cchc_core.tasks.importing import read_plan_file
from tests.tasks_in.sheets import HEAD, cells_of

_CODES = ("", "", "", "1", "2", "1.1", "1.", "I", "II", "A", "B", "-", "*", "(1)", "STT", "Nhiệm vụ", "Chủ trì")
_SAID = ("Thời gian", "Lập kế hoạch", "CẢI CÁCH THỂ CHẾ", "Quý I/2026", "Trước ngày 15/01/2026", "Nơi nhận:", "=1+1")
_ANYTHING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
_CELL = st.one_of(st.sampled_from((*_CODES, *_SAID)), _ANYTHING)
_TABLE = st.lists(st.lists(_CELL, min_size=1, max_size=11), max_size=12)


def _csv(rows: list[list[str]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode()


@settings(max_examples=300, deadline=None)
@given(rows=_TABLE, with_header=st.booleans())
def test_any_table_is_read_or_refused_in_words(rows: list[list[str]], with_header: bool) -> None:
    table = [*(cells_of(HEAD) if with_header else []), *rows]
    try:
        preview = read_plan_file(_csv(table), "bang.csv", year=2026)
    except BadText as why:
        assert "Hãy " in str(why)
        return
    assert (preview.draft is None) is bool(preview.problems)
    assert all("Hãy " in each.to_do or "Bảng cần" in each.to_do for each in preview.problems)
    if preview.draft is not None:
        codes = [task.code for task in preview.draft.tasks]
        assert codes
        assert len(set(codes)) == len(codes)
        assert all(task.title and task.occurrences(2026) for task in preview.draft.tasks)


@settings(max_examples=60, deadline=None)
@given(
    titles=st.lists(
        st.text("abcđêốựKLM ,;", min_size=3, max_size=30).map(lambda text: f"Việc {text.strip()}"),
        min_size=1,
        max_size=8,
    )
)
def test_every_numbered_row_with_a_title_becomes_a_task(titles: list[str]) -> None:
    rows = [[str(place), title, "Báo cáo"] for place, title in enumerate(titles, start=1)]
    preview = read_plan_file(_csv([*cells_of(HEAD), *rows]), "bang.csv", year=2026)
    assert [task.title for task in preview.tasks] == [" ".join(title.split()) for title in titles]
    assert preview.problems == ()
