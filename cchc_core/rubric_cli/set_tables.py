"""Reading a table that people made, in a workbook, a CSV file or a document, as a criteria set."""

from datetime import UTC, datetime

from cchc_core.errors import VIETNAM
from cchc_core.rubric_in.importing import read_set_file
from cchc_core.rubric_in.model import ImportedSet


def read_table(name: str, content: bytes, year: int | None, tables: str) -> ImportedSet:
    """Read a file as a set of a year, this one where none is told; ``tables`` names those to read, one a line."""
    of_year = (datetime.now(UTC) + VIETNAM).year if year is None else year
    chosen = tuple(filter(None, tables.split("\n"))) or None
    return read_set_file(content, name, year=of_year, tables=chosen)
