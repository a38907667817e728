"""A comparison of two versions as tables: what differs, the sums, which code continues which."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO, Final

from cchc_core.rubric.model import Criterion
from cchc_core.rubric_diff.model import CHANGE_NAMES, ChangeKind, Detail, Difference, Line
from cchc_core.table import Field, Kind, Table, Value, made
from cchc_core.titles import sentence_case

_KEY: Final = "so-sanh-bo-tieu-chi"
ALL: Final = "Cả bộ tiêu chí"


def difference_tables(difference: Difference) -> tuple[Table, ...]:
    """Give the tables of a comparison: counts, sums by section, what differs, which code continues which."""
    return (
        counts_table(difference),
        sums_table(difference),
        lines_table(difference),
        codes_table(difference),
    )


def write_difference_xlsx(difference: Difference, stream: BinaryIO) -> None:
    """Write a comparison as a workbook with a sheet for each of its tables; there is no formula in it."""
    from cchc_core.table_files import write_tables

    write_tables(difference_tables(difference), stream)


def counts_table(difference: Difference) -> Table:
    """Count the criteria by what became of them, and tell what is said of the whole set."""
    counted = [(CHANGE_NAMES[kind], count) for kind, count in difference.counts.items()]
    rows = [_Said(name, "", "", count) for name, count in [*counted, ("Không đổi", difference.unchanged)]]
    rows += [_Said(detail.what, detail.before, detail.after, None) for detail in difference.head]
    fields: tuple[Field[_Said], ...] = (
        Field("Nội dung", Kind.TEXT, lambda row: row.what),
        Field("Số tiêu chí", Kind.COUNT, lambda row: row.count),
        Field("Trước", Kind.TEXT, lambda row: row.before),
        Field("Sau", Kind.TEXT, lambda row: row.after),
    )
    note = f"Cũ: {difference.old.full_name}. Mới: {difference.new.full_name}."
    return made(f"{_KEY}-tom-tat", "Tóm tắt", fields, rows, is_illustrative=False, note=note)


@dataclass(frozen=True, slots=True)
class _Said:
    what: str
    before: str
    after: str
    count: int | None


@dataclass(frozen=True, slots=True)
class _Sum:
    codes: tuple[str, str]
    title: str
    before: Decimal | None
    after: Decimal | None
    difference: Decimal | None


def sums_table(difference: Difference) -> Table:
    """Put the maximum of each section and of the whole set beside what it was."""
    sums = [
        _Sum(
            (each.old_code or "", each.new_code or ""),
            sentence_case(each.new_title or each.old_title or ""),
            each.before,
            each.after,
            each.difference,
        )
        for each in difference.sections
    ]
    before, after = difference.old.max_points(), difference.new.max_points()
    rows = [*sums, _Sum(("", ""), ALL, before, after, after - before)]
    fields: tuple[Field[_Sum], ...] = (
        Field("Mã cũ", Kind.TEXT, lambda row: row.codes[0]),
        Field("Mã mới", Kind.TEXT, lambda row: row.codes[1]),
        Field("Lĩnh vực", Kind.TEXT, lambda row: row.title),
        Field("Điểm chuẩn cũ", Kind.POINTS, lambda row: row.before),
        Field("Điểm chuẩn mới", Kind.POINTS, lambda row: row.after),
        Field("Chênh lệch", Kind.POINTS, lambda row: row.difference),
    )
    return made(f"{_KEY}-diem", "Điểm theo lĩnh vực", fields, rows, is_illustrative=difference.is_illustrative)


@dataclass(frozen=True, slots=True)
class _Row:
    """A detail of a line, or a line that has none; the first row of a line names what became of it."""

    line: Line
    detail: Detail | None
    is_first: bool


def lines_table(difference: Difference) -> Table:
    """List what differs, a row for each thing that reads differently."""
    fields: tuple[Field[_Row], ...] = (
        Field("Mã cũ", Kind.TEXT, _of_side(lambda line: line.old, lambda each: each.code)),
        Field("Mã mới", Kind.TEXT, _of_side(lambda line: line.new, lambda each: each.code)),
        Field("Tiêu chí", Kind.TEXT, lambda row: row.line.shown.title),
        Field("Thay đổi", Kind.TEXT, lambda row: change_words(row.line) if row.is_first else ""),
        Field("Điểm cũ", Kind.POINTS, _of_side(lambda line: line.old, points_of)),
        Field("Điểm mới", Kind.POINTS, _of_side(lambda line: line.new, points_of)),
        Field("Mục", Kind.TEXT, lambda row: "" if row.detail is None else row.detail.what),
        Field("Trước", Kind.TEXT, lambda row: "" if row.detail is None else row.detail.before),
        Field("Sau", Kind.TEXT, lambda row: "" if row.detail is None else row.detail.after),
    )
    rows = [row for line in difference.lines for row in _rows(line)]
    return made(_KEY, "Khác nhau", fields, rows, is_illustrative=difference.is_illustrative)


def codes_table(difference: Difference) -> Table:
    """List which criterion of the new version continues which of the old, changed or not."""
    old_codes = {new: old for old, new in difference.matches.items()}
    fields: tuple[Field[Criterion], ...] = (
        Field("Mã mới", Kind.TEXT, lambda each: each.code),
        Field("Mã cũ", Kind.TEXT, lambda each: old_codes.get(each.code, "")),
        Field("Tiêu chí", Kind.TEXT, lambda each: each.title),
    )
    return made(f"{_KEY}-ma", "Ghép mã", fields, difference.new.criteria, is_illustrative=False)


def change_words(line: Line) -> str:
    """Name what became of a criterion."""
    return "; ".join(CHANGE_NAMES[kind] for kind in line.kinds)


def points_of(criterion: Criterion) -> Decimal | None:
    """Give the maximum of what is scored; a group has none of its own."""
    return None if criterion.leaf is None else criterion.leaf.max_points


def narrowed(difference: Difference, kind: ChangeKind | None) -> tuple[Line, ...]:
    """Give the lines of one kind of change; None: all."""
    return tuple(line for line in difference.lines if kind is None or kind in line.kinds)


def _rows(line: Line) -> Iterator[_Row]:
    details: tuple[Detail | None, ...] = line.details or (None,)
    for place, detail in enumerate(details):
        yield _Row(line, detail, place == 0)


def _of_side(side: Callable[[Line], Criterion | None], say: Callable[[Criterion], Value]) -> Callable[[_Row], Value]:
    def value(row: _Row) -> Value:
        criterion = side(row.line)
        return None if criterion is None else say(criterion)

    return value
