"""An officer's desk for workbook tests: the real core on a database of its own, and what openpyxl sees of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cchc_core import scoring
from cchc_core.attention import Item
from cchc_core.carrying import open_carried
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric.model import Rubric
from cchc_core.rules import kinds
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.totals import Totals
from cchc_core.workbook import write_workbook

HEADER_ROW = 8
Answer = dict[str, object]


@dataclass(frozen=True)
class Desk:
    """One open assessment and the officer who fills it in."""

    database: Database
    officer: User
    assessment_id: str

    def save(self, answers: Mapping[str, Answer]) -> None:
        """Save answers over whatever is there."""
        versions = {code: answer.version for code, answer in self.sheet().answers.items()}
        for code, raw in answers.items():
            scoring.save_entry(
                self.database,
                self.officer,
                assessment_id=self.assessment_id,
                code=code,
                raw=raw,
                expected_version=versions.get(code, 0),
            )

    def note(self, code: str, text: str) -> None:
        """Save a self note over whatever is there."""
        stored = self.sheet().answers.get(code)
        scoring.save_note(
            self.database,
            self.officer,
            assessment_id=self.assessment_id,
            code=code,
            note=text,
            expected_version=stored.version if stored else 0,
        )

    def sheet(self) -> scoring.Sheet:
        """Open the sheet."""
        return scoring.open_sheet(self.database, self.officer, self.assessment_id)


def carried_on(desk: Desk, period: str) -> Desk:
    """Open the assessment of a later period, carried forward from the desk's, and sit down there."""
    before = desk.sheet()
    assessment, _ = open_carried(
        desk.database,
        desk.officer,
        unit_id=before.assessment.unit_id,
        rubric=before.rubric,
        period=next(each for each in periods_for(before.rubric.id, before.rubric.year) if each.code == period),
        source_id=desk.assessment_id,
    )
    return Desk(desk.database, desk.officer, assessment.id)


def open_desk(folder: Path, rubric: Rubric, period: str = "year", unit: str | None = None) -> Desk:
    """Set up a department with one assessment in a new database."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Database.open(folder / "cchc.duckdb")
    users.ensure_trial_users(database)
    admin = _person(database, Role.ADMIN)
    department = scoring.create_department(database, admin, unit or rubric.issuer)
    template = next(each for each in periods_for(rubric.id, rubric.year) if each.code == period)
    officer = _person(database, Role.OFFICER)
    opened = scoring.create_assessment(database, officer, unit_id=department.id, rubric=rubric, period=template)
    return Desk(database, officer, opened.id)


def _person(database: Database, role: Role) -> User:
    return next(user for user in users.trial_users(database) if user.role is role)


def some_answers(rubric: Rubric) -> dict[str, Answer]:
    """Answer most leaves, of every kind, well and badly; every seventh stays open, external ones by turns."""
    answers: dict[str, Answer] = {}
    for turn, leaf in enumerate(rubric.leaves):
        if leaf.scored.not_applicable_clause is not None and turn % 2:
            answers[leaf.code] = {"not_applicable": "không được giao nhiệm vụ này"}
        elif turn % 7 and leaf.scored.due_period is None:
            answers.update({leaf.code: raw} if (raw := _answer(leaf.scored.rule, turn)) else {})
    return answers


def _answer(rule: kinds.Rule, turn: int) -> Answer | None:
    match rule:
        case kinds.Levels():
            return {"level": turn % len(rule.levels)}
        case kinds.Checklist():
            return _ticks(rule, turn)
        case kinds.Bands():
            return {"value": "96.5"} if rule.is_percent else None
        case kinds.External():
            return {"percent": "87.31", "source": "Báo cáo điều tra"} if turn % 3 else None
        case kinds.Manual():
            return {"points": str(rule.step)}
        case _:
            return dict(_FIXED[type(rule)])


_FIXED: dict[type, Answer] = {
    kinds.Ratio: {"numerator": "17", "denominator": "19"},
    kinds.Count: {"count": 1},
    kinds.Compare: {"this_year": "90.1", "last_year": "88"},
}


def _ticks(rule: kinds.Checklist, turn: int) -> Answer:
    ratios = {str(index): "83.5" for index, item in enumerate(rule.items) if item.is_ratio}
    due = [index for index, item in enumerate(rule.items) if item.due_period in (None, "q1") and not item.is_ratio]
    return {"ticked": due[: 1 + turn % 3], **({"percents": ratios} if ratios else {})}


def exported(sheet: scoring.Sheet, listed: Sequence[Item] | None = None) -> bytes:
    """Write a workbook into memory."""
    out = BytesIO()
    write_workbook(sheet, out, listed)
    return out.getvalue()


def opened(content: bytes | Path, *, values: bool) -> Workbook:
    """Open a workbook: its stored values, or its formulas."""
    return load_workbook(BytesIO(content) if isinstance(content, bytes) else content, data_only=values)


def nodes(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """Name the rows of the form in printed order: what each is, and its code."""
    for part in rubric.parts or (None,):
        if part is not None:
            yield "part", part.code
        for section in rubric.sections:
            if section.part == (part.code if part else None):
                yield "section", section.code
                for criterion in rubric.criteria:
                    if criterion.section == section.code:
                        yield ("leaf" if criterion.is_leaf else "group"), criterion.code
    yield "total", ""


def rows_of(board: Worksheet, rubric: Rubric) -> dict[tuple[str, str], int]:
    """Find the row of every node by reading down the title column of the main sheet."""
    titled = [row for row in range(HEADER_ROW + 1, board.max_row + 1) if board.cell(row, 2).value is not None]
    expected = list(nodes(rubric))
    return dict(zip(expected, titled[: len(expected)], strict=True))


def totals_of(sheet: scoring.Sheet, kind: str, code: str) -> Totals:
    """Give the core's totals of a node."""
    by_kind: dict[str, Mapping[str, Totals]] = {
        "part": sheet.totals.parts,
        "section": sheet.totals.sections,
        "group": sheet.totals.groups,
    }
    return sheet.totals.total if kind == "total" else by_kind[kind][code]


def percent_value(percent: Any) -> float | None:
    """Give a percent as a cell holds it."""
    return None if percent is None else float(percent / 100)
