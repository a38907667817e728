"""A criteria set as a file in the form that provinces print: A4, ready to be read, printed and brought in again."""

from typing import BinaryIO

from cchc_core.rubric.model import Rubric
from cchc_core.rubric_out.form import form_of


def write_printed_xlsx(rubric: Rubric, stream: BinaryIO) -> None:
    """Write the set as a workbook of one sheet: codes as text, points as numbers; no formulas and no macros."""
    from cchc_core.rubric_out.in_excel import draw

    draw(form_of(rubric), stream)


def write_printed_docx(rubric: Rubric, stream: BinaryIO) -> None:
    """Write the set as a Word document of one table, its head row repeated on every page."""
    from cchc_core.rubric_out.in_word import draw

    draw(form_of(rubric), stream)
