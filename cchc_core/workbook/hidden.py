"""The hidden sheet ``_cchc``: ids and versions, so that a filled-in workbook can be read back.

Rows 1 to the first empty one are names and values; then a header, then a row for every leaf: code, its row in the main
sheet, the version of its answer (0: none), its status, and its entry in the form of ANSWERS.json (cut over several
cells where one cell cannot hold it).
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from cchc_core.rules.scoring import RULE_VERSION
from cchc_core.workbook import formulas as f
from cchc_core.workbook.lines import Board
from cchc_core.workbook.names import BOARD
from cchc_core.workbook.xlsx import Worksheet

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet

SCHEMA_VERSION = 1
LEAF_HEADER = ("code", "row", "version", "status", "entry")
_CHUNK = 16_000


def write_hidden(sheet: Worksheet, content: "Sheet", board: Board, at_utc: datetime) -> None:
    """Write the sheet and hide it so that only a program shows it again."""
    row = 0
    for row, (name, value) in enumerate(_identity(content, board, at_utc)):
        sheet.write_string(row, 0, name)
        (sheet.write_number if isinstance(value, int) else sheet.write_string)(row, 1, value)
    row += 2
    for index, name in enumerate(LEAF_HEADER):
        sheet.write_string(row, index, name)
    for line in board.leaves:
        row += 1
        answer = content.answers.get(line.code)
        entry = json.dumps(dict(answer.entry_json) if answer else {}, ensure_ascii=True)
        sheet.write_string(row, 0, line.code)
        sheet.write_number(row, 1, line.row)
        sheet.write_number(row, 2, answer.version if answer else 0)
        sheet.write_string(row, 3, content.scores[line.code].status.value)
        for part, start in enumerate(range(0, len(entry), _CHUNK)):
            sheet.write_string(row, 4 + part, entry[start : start + _CHUNK])
    sheet.very_hidden()


def _identity(content: "Sheet", board: Board, at_utc: datetime) -> Iterator[tuple[str, str | int]]:
    assessment = content.assessment
    yield "schema_version", SCHEMA_VERSION
    yield "assessment_id", assessment.id
    yield "change_number", assessment.change_number
    yield "unit_id", assessment.unit_id
    yield "rubric_id", assessment.rubric_id
    yield "rubric_sha256", assessment.rubric_sha256
    yield "period_code", assessment.period_code
    yield "year", assessment.year
    yield "state", str(assessment.state)
    yield "exported_at_utc", f"{at_utc:%Y-%m-%dT%H:%M:%SZ}"
    yield "rule_version", RULE_VERSION
    yield "sheet", BOARD
    yield "first_row", board.lines[0].row
    yield "total_row", board.total.row
    yield "mark_column", f.MARK
    yield "self_column", f.SELF
    yield "external_column", f.EXTERNAL
    yield "appraised_column", f.APPRAISED
    yield "opinion_column", f.OPINION
