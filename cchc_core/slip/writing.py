"""From an assessment to the bytes of its Phiếu Excel."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, Final

from cchc_core.slip import names
from cchc_core.slip.form import TITLE, about, write_form
from cchc_core.slip.hidden import write_hidden
from cchc_core.slip.layout import lay_out
from cchc_core.slip.lists import Lists
from cchc_core.slip.model import ProofLink
from cchc_core.slip.sheets import write_guide, write_proofs, write_summary
from cchc_core.slip.styles import Styles
from cchc_core.workbook.texts import cell_text
from cchc_core.workbook.xlsx import add_sheet, new_book

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet

_NOTHING_ATTACHED: Final[Mapping[str, Sequence[ProofLink]]] = {}


def write_slip(
    sheet: "Sheet",
    stream: BinaryIO,
    codes: Collection[str] | None = None,
    attached: Mapping[str, Sequence[ProofLink]] = _NOTHING_ATTACHED,
) -> None:
    """Write an assessment, or the chosen criteria of it, as a workbook that is filled in offline and computes itself.

    Every figure is a live formula with the core's value stored beside it. ``attached`` are the documents of each
    criterion. A hidden sheet keeps which assessment, which criteria set and which answers the slip was written from.
    """
    at_utc = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    book = new_book(stream)
    form = lay_out(sheet, codes, attached)
    title = cell_text(f"{TITLE}, {about(form)}")
    book.set_properties({"title": title, "company": cell_text(sheet.assessment.unit_name), "created": at_utc})
    styles, lists = Styles(book), Lists(form)
    write_form(add_sheet(book, names.FORM), styles, form, lists)
    write_summary(add_sheet(book, names.SUMMARY), styles, form)
    write_proofs(add_sheet(book, names.PROOFS), styles, form)
    write_guide(add_sheet(book, names.GUIDE), styles, form)
    lists.write(add_sheet(book, names.LISTS))
    write_hidden(add_sheet(book, names.HIDDEN), form, at_utc)
    book.close()
