"""From an assessment to the bytes of its workbook."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from cchc_core.attention import Item, items
from cchc_core.workbook import head, names
from cchc_core.workbook.board import FIRST_ROW, write_board
from cchc_core.workbook.hidden import write_hidden
from cchc_core.workbook.lines import NOTHING_ATTACHED, Attached, lay_out
from cchc_core.workbook.lost import write_lost
from cchc_core.workbook.styles import Styles
from cchc_core.workbook.summary import write_summary
from cchc_core.workbook.texts import cell_text
from cchc_core.workbook.xlsx import add_sheet, new_book

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet


def write_workbook(
    sheet: "Sheet",
    out: BinaryIO,
    listed: Sequence[Item] | None = None,
    attached: Attached = NOTHING_ATTACHED,
) -> None:
    """Write an assessment as a workbook: the form, a summary with a chart, lost points, and hidden ids.

    Every sum and percent is a live formula with the core's value stored beside it. ``listed`` are the lost points as a
    board has them; without them, no day is held against anybody there. ``attached`` are the documents beside each
    criterion, each as one line.
    """
    at_utc = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    book = new_book(out)
    assessment = sheet.assessment
    book.set_properties(
        {
            "title": f"{names.TITLE}, {head.about(sheet)}",
            "company": cell_text(assessment.unit_name),
            "created": at_utc,
        }
    )
    styles = Styles(book)
    board = lay_out(sheet, FIRST_ROW, attached)
    write_board(add_sheet(book, names.BOARD), styles, sheet, board)
    write_summary(book, add_sheet(book, names.SUMMARY), styles, sheet, board, at_utc)
    write_lost(add_sheet(book, names.LOST), styles, sheet, items(sheet) if listed is None else listed, at_utc)
    write_hidden(add_sheet(book, names.HIDDEN), sheet, board, at_utc)
    book.close()
