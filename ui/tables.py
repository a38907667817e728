"""Tables of figures as a page shows them; the same tables can be taken away as files."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from cchc_core.table import Kind, Table, shown
from ui.words import literal

Cell = Callable[[int, int, str], str]


def draw(table: Table, link: Cell | None = None) -> None:
    """Draw a table: text to the left, figures to the right.

    ``link`` may turn a printed cell, given by row and column, into Markdown that leads somewhere.
    """
    rows = [[_cell(table, row, column, link) for column in range(len(table.columns))] for row in range(len(table.rows))]
    with st.container(key=f"figures-{_look(table)}-{table.key}"):
        st.table(
            pd.DataFrame(rows, columns=[literal(column.name) for column in table.columns]),
            border="horizontal",
            hide_index=True,
        )
        if table.note:
            st.caption(literal(table.note))


def _look(table: Table) -> str:
    """Name for the stylesheet how many columns of words come first, and whether the last one has words too."""
    kinds = [column.kind for column in table.columns]
    first = next((place for place, kind in enumerate(kinds) if kind is not Kind.TEXT), len(kinds))
    return f"{first}-words" if kinds[first:][-1:] == [Kind.TEXT] else str(first)


def _cell(table: Table, row: int, column: int, link: Cell | None) -> str:
    printed = literal(shown(table.columns[column].kind, table.rows[row][column]))
    return printed if link is None or not printed else link(row, column, printed)
