"""The hidden sheet ``_phieu``: which assessment and criteria set a slip is of, and every answer as it was then.

Rows 1 to the first empty one are names and values; then a header, then a row for every criterion: its code, the version
of its answer (0: none), and as JSON its entry (in the form of ANSWERS.json) and note, cut over several cells where one
cannot hold it.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from cchc_core.rules.answers import EMPTY, entry_to_json
from cchc_core.slip.form import about
from cchc_core.slip.layout import Form
from cchc_core.slip.names import VERSION
from cchc_core.workbook.xlsx import Worksheet

SCHEMA: Final = "cchc-phieu"
HEADER: Final = ("code", "version", "base")
CHUNK: Final = 8_000


def write_hidden(sheet: Worksheet, form: Form, at_utc: datetime) -> None:
    """Write the sheet and hide it so that only a program shows it again."""
    row = 0
    for row, (name, value) in enumerate(_identity(form, at_utc)):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    row += 2
    for column, name in enumerate(HEADER):
        sheet.write_string(row, column, name)
    for line in form.leaves:
        row += 1
        stored = form.sheet.answers.get(line.code)
        entry, note = (EMPTY, "") if stored is None else (stored.entry, stored.self_note)
        base = json.dumps({"entry": entry_to_json(entry), "note": note}, ensure_ascii=True)
        sheet.write_string(row, 0, line.code)
        sheet.write_string(row, 1, str(stored.version if stored else 0))
        for part, start in enumerate(range(0, len(base), CHUNK)):
            sheet.write_string(row, 2 + part, base[start : start + CHUNK])
    sheet.very_hidden()


def _identity(form: Form, at_utc: datetime) -> Iterator[tuple[str, str]]:
    assessment = form.sheet.assessment
    yield "schema", SCHEMA
    yield "version", str(VERSION)
    yield "assessment_id", assessment.id
    yield "rubric_sha256", assessment.rubric_sha256
    yield "about", about(form)
    yield "written_at_utc", f"{at_utc:%Y-%m-%dT%H:%M:%SZ}"
