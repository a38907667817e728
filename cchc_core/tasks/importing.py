"""A plan from a workbook: finds the table and names every problem by sheet, row and column; with one, no plan."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from cchc_core.tasks.draft import PlanDraft, TaskDraft
from cchc_core.tasks.import_columns import FIELD_NAMES, Field, Header, headers_of
from cchc_core.tasks.import_rows import Rows, read_rows
from cchc_core.text import clean_line, fold
from cchc_core.time_patterns import dates_in
from cchc_core.workbook_in import read_workbook
from cchc_core.workbook_in.model import Book, Problem, SheetIn, letters_of

_MOST_TASKS = 5_000
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_ATTACHED_TO = re.compile(r"\W*(?:ban hanh )?kem theo\b")
_COLUMNS_WANTED = "STT, Nhiệm vụ, Sản phẩm, Chủ trì, Phối hợp, Thời gian, Kinh phí, Cách thức thực hiện, Ghi chú"


@dataclass(frozen=True, slots=True)
class Matched:
    """A column of the file and what it was taken for; ``field`` is None for one that is not imported."""

    letters: str
    name: str
    field: Field | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would bring: ``draft`` is None as long as there is a problem.

    ``sheets`` names the sheets that hold a table, ``sheet`` the one that was read.
    """

    file_name: str
    sheets: tuple[str, ...]
    sheet: str
    title: str
    issuer: str
    year: int
    columns: tuple[Matched, ...] = ()
    tasks: tuple[TaskDraft, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def draft(self) -> PlanDraft | None:
        """Give the plan to import; None as long as there is a problem."""
        if self.problems or not self.tasks:
            return None
        return PlanDraft(self.title, self.year, self.tasks, issuer=self.issuer, origin=self.file_name)


def read_plan_file(content: bytes, name: str, *, year: int, sheet: str | None = None) -> Preview:
    """Read a workbook or CSV file as a plan; ``year`` counts where the file names none.

    ``sheet`` names the sheet to read where more than one holds a table. Raises BadText for a file that is not read at
    all; whatever is wrong inside is a problem of the preview.
    """
    book = read_workbook(content, name)
    tables = {each.name: (each, headers) for each in book.sheets if (headers := headers_of(each))}
    file_name = " ".join(clean_line(PurePath(name).name).split())[:200]
    empty = Preview(file_name, tuple(tables), "", PurePath(file_name).stem, "", year, notes=_notes_of(book))
    if not tables:
        return replace(empty, problems=(_no_header(book),))
    if sheet not in tables and len(tables) > 1:
        return replace(empty, problems=(_several_sheets(tuple(tables)),))
    chosen = sheet if sheet in tables else next(iter(tables))
    return _read_table(replace(empty, sheet=chosen), *tables[chosen])


def _notes_of(book: Book) -> tuple[str, ...]:
    hidden = [f"Trang tính «{name}» đang ẩn nên không đọc." for name in book.hidden]
    return tuple(filter(None, (book.encoding_note, *hidden)))


def _no_header(book: Book) -> Problem:
    return Problem(
        ", ".join(sheet.place() for sheet in book.sheets[:5]),
        "không tìm thấy dòng tiêu đề của bảng nhiệm vụ",
        f"Bảng cần một dòng tiêu đề có cột «Nhiệm vụ» và ít nhất hai cột nữa trong các cột: {_COLUMNS_WANTED}.",
    )


def _several_sheets(names: Sequence[str]) -> Problem:
    shown = ", ".join(f"«{name}»" for name in names)
    return Problem("Cả tệp", f"có {len(names)} trang tính có bảng nhiệm vụ: {shown}", "Hãy chọn một trang tính.")


def _read_table(empty: Preview, sheet: SheetIn, headers: Sequence[Header]) -> Preview:
    header, *others = headers
    preview = replace(_with_head(empty, sheet, header), columns=_columns(header))
    strange = [other for other in others if not other.is_like(header)]
    problems = [*_rival_problems(sheet, header), *(_second_table(sheet, header, other) for other in strange)]
    if problems:
        return replace(preview, problems=tuple(problems))
    # A header that stands again is the next printed page of the same table.
    of_headers = {number for each in headers for number in range(each.first_row, each.last_row + 1)}
    below = [row for row in sheet.rows if row.number > header.last_row and row.number not in of_headers]
    read = read_rows(sheet, header, below)
    tasks = _coded(read)
    notes = (*preview.notes, *_unknown_notes(sheet, header), *_no_numbers(header), *read.notes)
    notes = (*notes, *_days_that_are_none(read, preview.year))
    # People go through their file from the top.
    problems = sorted((*read.problems, *_count_problems(sheet, read)), key=lambda problem: problem.row)
    return replace(preview, tasks=tasks, problems=tuple(problems), notes=notes)


def _columns(header: Header) -> tuple[Matched, ...]:
    fields = {column: field for field, column in header.columns.items()}
    return tuple(
        Matched(letters_of(column), " ".join(name.split()), fields.get(column))
        for column, name in sorted(header.names.items())
    )


def _rival_problems(sheet: SheetIn, header: Header) -> list[Problem]:
    return [
        Problem(
            sheet.place(header.first_row, second),
            f"cột này và cột {letters_of(first)} đều là «{FIELD_NAMES[field]}»",
            "Hãy xoá hoặc đổi tên một trong hai cột; nếu là hai bảng cạnh nhau thì tách mỗi bảng ra một trang tính.",
        )
        for field, first, second in header.rivals
    ]


def _second_table(sheet: SheetIn, header: Header, other: Header) -> Problem:
    return Problem(
        sheet.place(other.first_row),
        f"có bảng thứ hai với các cột khác bảng ở dòng {header.first_row}",
        "Hãy tách mỗi bảng ra một trang tính, hoặc xếp hai bảng theo cùng thứ tự cột.",
    )


def _unknown_notes(sheet: SheetIn, header: Header) -> list[str]:
    return [
        f"{sheet.place(header.last_row, column)}: cột «{' '.join(name.split())[:60]}» không thuộc kế hoạch, không nhập."
        for column, name in header.unknown()
    ]


def _no_numbers(header: Header) -> list[str]:
    if Field.NUMBER in header.columns:
        return []
    return ["Bảng không có cột STT: các nhiệm vụ được đánh số 1, 2, 3 … theo thứ tự dòng."]


def _days_that_are_none(read: Rows, year: int) -> list[str]:
    """Say which times name a day that there is not: the print is kept, the task comes without that due day."""
    column = read.header.columns.get(Field.TIME)
    return [
        f"{read.sheet.place(number, column)}: «{text}» có ngày không có trên lịch nên nhiệm vụ {task.code} chưa có hạn "
        "ấy; hãy sửa trong tệp, hoặc ghi hạn sau khi nhập."
        for task, number in zip(read.tasks, read.places, strict=True)
        for text in _times_of(task)
        if any(found.day is None for found in dates_in(fold(text), year))
    ]


def _times_of(task: TaskDraft) -> Iterable[str]:
    of_products = (product.time for product in task.products)
    return dict.fromkeys(filter(None, (task.time_text, *task.title_times, *of_products)))


def _count_problems(sheet: SheetIn, read: Rows) -> list[Problem]:
    if len(read.tasks) > _MOST_TASKS:
        return [Problem(sheet.place(), f"có quá {_MOST_TASKS} nhiệm vụ", "Hãy chia bảng thành nhiều tệp.")]
    if not read.tasks and not read.problems:
        return [Problem(sheet.place(), "dưới dòng tiêu đề không có nhiệm vụ nào", "Hãy kiểm tra lại tệp.")]
    return []


def _coded(read: Rows) -> tuple[TaskDraft, ...]:
    """Give each task a code of its own: numbers that begin anew in each group get the group's code in front."""
    by_code: dict[str, list[int]] = defaultdict(list)
    for place, task in enumerate(read.tasks):
        by_code[task.code].append(place)
    if all(len(places) == 1 for places in by_code.values()):
        return tuple(read.tasks)
    tasks = tuple(_prefixed(task) for task in read.tasks)
    first: dict[str, int] = {}
    for task, number in zip(tasks, read.places, strict=True):
        if task.code in first:
            read.problems.append(_duplicate(read, task, number, first[task.code]))
        first.setdefault(task.code, number)
    return tasks


def _prefixed(task: TaskDraft) -> TaskDraft:
    group = task.group_code
    is_whole = not group or task.code == group or task.code.startswith(f"{group}.")
    return task if is_whole else replace(task, code=f"{group}.{task.code}")


def _duplicate(read: Rows, task: TaskDraft, number: int, first: int) -> Problem:
    return Problem(
        read.sheet.place(number, read.header.columns.get(Field.NUMBER)),
        f"số thứ tự «{task.code}» đã có ở dòng {first}",
        "Hãy đánh lại số thứ tự để mỗi nhiệm vụ có một số riêng.",
        number,
    )


def _with_head(preview: Preview, sheet: SheetIn, header: Header) -> Preview:
    """Read title, issuer and year above the table, and leave out which document it is attached to.

    «(Kèm theo Kế hoạch số 155/KH-SXD ngày 29/12/2023)» names a plan as well, and the year that it was signed in.
    """
    above = [
        " ".join(cell.text.split())
        for row in sheet.rows
        if row.number < header.first_row
        for _, cell in row.filled()
        if cell.text and not _ATTACHED_TO.match(fold(cell.text))
    ]
    titles = [text for text in above if re.search(r"ke hoach|nhiem vu|chuong trinh", fold(text)) and len(text) <= 300]
    title = max(titles, key=len, default=preview.title)
    issuer = next((text for text in above if fold(text).startswith("so ") and len(text) <= 120), "")
    years = [int(found) for found in re.findall(r"\b20\d\d\b", " ".join((title, *above, preview.file_name)))]
    year = next((found for found in years if _FIRST_YEAR <= found <= _LAST_YEAR), preview.year)
    return replace(preview, title=title, issuer=issuer, year=year)
