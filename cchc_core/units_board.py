"""Units side by side: the totals of every unit's sections by one criteria set for one period, as far as one may look.

The totals are those of each unit's sheet. They are made from sums of cached scores, so that a whole country costs about
as much as some dozens of sheets; an assessment whose scores are out of date is read and scored anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from cchc_core import heat
from cchc_core.comparison import has_data
from cchc_core.errors import NotFound
from cchc_core.listing import seen, units_in_sight
from cchc_core.permissions import STATE_TITLES, State
from cchc_core.rubric.model import Rubric, Section
from cchc_core.section_totals import BlankSet, blank_set, points_of
from cchc_core.sheet import read_sheet
from cchc_core.store import assessments, rubrics, section_sums
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.directory import Directory, directory
from cchc_core.store.section_sums import Scope
from cchc_core.store.users import User
from cchc_core.table import Field, Kind, Table, Value, made
from cchc_core.text import clean_line
from cchc_core.titles import sentence_case
from cchc_core.totals import Totals
from cchc_core.unconfirmed import unconfirmed

NO_FIGURES: Final = "chưa có số liệu"
WHOLE: Final = ("Cộng", "cả bộ tiêu chí")
_WHERE = "Các đơn vị"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's assessment. ``total`` and a section are None while nothing is entered there: that is no score of 0.

    A section that the unit's version of the criteria set does not have is not among ``sections``. ``group_name`` is
    the unit's department.
    """

    unit_id: str
    unit_name: str
    group_name: str
    assessment_id: str
    state: State
    total: Totals | None
    sections: Mapping[str, Totals | None]
    unconfirmed: int
    unconfirmed_points: Decimal


@dataclass(frozen=True, slots=True)
class UnitsBoard:
    """Rows by department and unit in Vietnamese order, each department before its units.

    ``rubric`` is the newest version that there is; ``sections`` are its own, then those that only an older one has.
    ``is_illustrative`` holds when the points of any version are: then criteria are counted, and no percent is shown.
    """

    rubric: Rubric
    period_code: str
    period_title: str
    year: int
    sections: tuple[Section, ...]
    is_illustrative: bool
    rows: tuple[UnitRow, ...]

    @property
    def has_groups(self) -> bool:
        """Tell whether the units belong to more than one department."""
        return len({row.group_name for row in self.rows}) > 1


def units_board(
    database: Database, user: User, rubric_id: str, year: int, period_code: str, department_id: str | None = None
) -> UnitsBoard:
    """Put the assessments side by side that a person may look at; those of one department, or all.

    Each stands by the version of the criteria set that it pins and by its own effective maximum; sections are matched
    by their code. Raises NotFound for a criteria set that was never used, or a period that it does not have.
    """
    with database.read() as connection:
        names = directory(connection)
        period = _period(names, rubric_id, year, period_code)
        unit_ids = units_in_sight(connection, user, department_id)
        listed = seen(connection, user, assessments.of_period(connection, period["id"], unit_ids))
        standings: dict[str, _Standing] = {}
        versions = _versions(connection, rubric_id, {assessment.rubric_sha256 for assessment in listed})
        for sha256 in versions:
            of_version = [assessment for assessment in listed if assessment.rubric_sha256 == sha256]
            standings |= _standings(database, connection, of_version, Scope(period["id"], sha256, unit_ids))
        pinned = [rubrics.pinned(connection, sha256) for sha256 in versions]
    sections: dict[str, Section] = {}
    for section in (section for rubric in pinned for section in rubric.sections):
        sections.setdefault(section.code, section)
    listed = tuple(sorted(listed, key=lambda assessment: _place(names, assessment.unit_id)))
    return UnitsBoard(
        rubric=pinned[0],
        period_code=period_code,
        period_title=period["title"],
        year=year,
        sections=tuple(sections.values()),
        is_illustrative=any(rubric.is_illustrative for rubric in pinned),
        rows=tuple(_row(names, assessment, standings[assessment.id]) for assessment in listed),
    )


def _versions(connection: Connection, rubric_id: str, used: set[str]) -> tuple[str, ...]:
    """Give the versions that are used, the newest first; where none is, the newest there is."""
    newest_first = rubrics.versions(connection, rubric_id)[::-1]
    return tuple(sha256 for sha256 in newest_first if sha256 in used) or newest_first[:1]


def _period(names: Directory, rubric_id: str, year: int, code: str) -> Row:
    wanted = (rubric_id, year, code)
    for period in names.periods.values():
        if (period["rubric_id"], period["year"], period["code"]) == wanted:
            return period
    raise NotFound(_WHERE, thing="kỳ", key=f"{clean_line(code)[:40]} {year}, {clean_line(rubric_id)[:40]}")


def _place(names: Directory, unit_id: str) -> tuple[str, str, bool, str, str]:
    department_id = names.department_of[unit_id]
    return names.unit_sorts[department_id], department_id, unit_id != department_id, names.unit_sorts[unit_id], unit_id


@dataclass(frozen=True, slots=True)
class _Standing:
    total: Totals
    sections: Mapping[str, Totals]
    unconfirmed: int
    unconfirmed_points: Decimal


def _standings(
    database: Database, connection: Connection, listed: Sequence[Assessment], scope: Scope
) -> dict[str, _Standing]:
    if not listed:
        return {}
    blank = blank_set(rubrics.pinned(connection, scope.rubric_sha256), scope.rubric_sha256, listed[0].period)
    sums = section_sums.read(connection, scope, blank.leaves, blank.adjustments.codes)
    summed, adjusted = _by_assessment(sums.rows), _by_assessment(sums.adjustments)
    found = {}
    for assessment in listed:
        if assessment.id in sums.out_of_date:
            found[assessment.id] = _scored_anew(database, connection, assessment)
        else:
            found[assessment.id] = _standing(blank, summed.get(assessment.id, []), adjusted.get(assessment.id, []))
    return found


def _by_assessment(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["assessment_id"], []).append(row)
    return found


def _standing(blank: BlankSet, rows: Sequence[Row], adjusted: Sequence[Row]) -> _Standing:
    carried, carried_points = blank.adjustments.carried(adjusted)
    return _Standing(
        *blank.totals(rows, adjusted),
        sum(row[section_sums.UNCONFIRMED] for row in rows) + carried,
        points_of(sum(row[section_sums.UNCONFIRMED_POINTS] for row in rows)) + carried_points,
    )


def _scored_anew(database: Database, connection: Connection, assessment: Assessment) -> _Standing:
    sheet = read_sheet(database, connection, assessment)
    carried = unconfirmed(sheet)
    return _Standing(sheet.totals.total, sheet.totals.sections, carried.count, carried.points)


def _row(names: Directory, assessment: Assessment, standing: _Standing) -> UnitRow:
    return UnitRow(
        unit_id=assessment.unit_id,
        unit_name=assessment.unit_name,
        group_name=names.unit_names[names.department_of[assessment.unit_id]],
        assessment_id=assessment.id,
        state=assessment.state,
        total=_known(standing.total),
        sections={code: _known(totals) for code, totals in standing.sections.items()},
        unconfirmed=standing.unconfirmed,
        unconfirmed_points=standing.unconfirmed_points,
    )


def _known(totals: Totals) -> Totals | None:
    return totals if has_data(totals) else None


def units_table(board: UnitsBoard) -> Table:
    """List the units with their totals, the percent of each section, and how much is unconfirmed.

    Where points are illustrative, the criteria met of those that apply stand in place of percents.
    """
    sections = [field for section in board.sections for field in _section_fields(section)]
    adjusted = _ADJUSTED_FIELDS if any(row.total is not None and row.total.adjustments for row in board.rows) else ()
    return made(
        "don-vi",
        "Điểm theo đơn vị",
        (_UNIT, *((_GROUP,) if board.has_groups else ()), *_TOTAL_FIELDS, *sections, *_OPEN_FIELDS, *adjusted),
        board.rows,
        is_illustrative=board.is_illustrative,
        note=f"{board.period_title} {board.year}, {board.rubric.title}.",
    )


def _of_total(get: Callable[[Totals], Value]) -> Callable[[UnitRow], Value]:
    return lambda row: None if row.total is None else get(row.total)


def _of_section(code: str, get: Callable[[Totals], Value]) -> Callable[[UnitRow], Value]:
    return lambda row: None if (totals := row.sections.get(code)) is None else get(totals)


def _section_fields(section: Section) -> Iterator[Field[UnitRow]]:
    title = f"{section.code} {sentence_case(section.title)}"
    yield Field(title, Kind.PERCENT, _of_section(section.code, lambda totals: totals.percent))
    met, applicable = (
        _of_section(section.code, lambda totals: totals.met),
        _of_section(section.code, lambda totals: totals.applicable),
    )
    yield Field(f"{title}: đạt", Kind.COUNT, met, is_official=False)
    yield Field(f"{title}: áp dụng", Kind.COUNT, applicable, is_official=False)


def _state(row: UnitRow) -> str:
    return STATE_TITLES[row.state] if row.total is not None else f"{STATE_TITLES[row.state]}, {NO_FIGURES}"


_UNIT: Final[Field[UnitRow]] = Field("Đơn vị", Kind.TEXT, lambda row: row.unit_name)
_GROUP: Final[Field[UnitRow]] = Field("Thuộc", Kind.TEXT, lambda row: row.group_name)
_TOTAL_FIELDS: Final[tuple[Field[UnitRow], ...]] = (
    Field("Tình trạng", Kind.TEXT, _state),
    Field("Đạt", Kind.COUNT, _of_total(lambda totals: totals.met), is_official=False),
    Field("Áp dụng", Kind.COUNT, _of_total(lambda totals: totals.applicable), is_official=False),
    Field("Điểm", Kind.POINTS, _of_total(lambda totals: totals.points)),
    Field("Sau khi hạ", Kind.POINTS, _of_total(lambda totals: totals.effective_max)),
    Field("Tỷ lệ", Kind.PERCENT, _of_total(lambda totals: totals.percent)),
)
_OPEN_FIELDS: Final[tuple[Field[UnitRow], ...]] = (
    Field("Mất", Kind.POINTS, _of_total(lambda totals: totals.lost)),
    Field("Chưa chấm", Kind.POINTS, _of_total(lambda totals: totals.at_risk)),
    Field("Chưa đến kỳ", Kind.POINTS, _of_total(lambda totals: totals.not_due)),
    Field("Chờ bên ngoài", Kind.POINTS, _of_total(lambda totals: totals.awaiting)),
    Field("Số tiêu chí chưa xác nhận", Kind.COUNT, lambda row: row.unconfirmed),
    Field("Điểm chưa xác nhận", Kind.POINTS, lambda row: row.unconfirmed_points),
)
_ADJUSTED_FIELDS: Final[tuple[Field[UnitRow], ...]] = (
    Field("Điểm thưởng", Kind.POINTS, _of_total(lambda totals: totals.bonus)),
    Field("Điểm trừ", Kind.POINTS, _of_total(lambda totals: totals.penalty)),
)


def heat_columns(board: UnitsBoard) -> tuple[tuple[str, str], ...]:
    """Give code and title of each column of the heat map: the sections, then the whole."""
    return (*((section.code, sentence_case(section.title)) for section in board.sections), WHOLE)


def heat_rows(board: UnitsBoard) -> tuple[heat.Row, ...]:
    """Give a row for each unit: points of the effective maximum, or criteria met where points are illustrative."""
    codes = [section.code for section in board.sections]
    cell = _criteria if board.is_illustrative else _points
    return tuple(
        heat.Row(row.unit_name, row.group_name, (*(cell(row.sections.get(code)) for code in codes), cell(row.total)))
        for row in board.rows
    )


def _points(totals: Totals | None) -> heat.Cell | None:
    return None if totals is None else heat.Cell(totals.points, totals.effective_max)


def _criteria(totals: Totals | None) -> heat.Cell | None:
    return None if totals is None else heat.Cell(Decimal(totals.met), Decimal(totals.applicable))
