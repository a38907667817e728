"""A plan as offices print it, with the columns that an import reads: taken away, filled in and brought back."""

from collections.abc import Iterable, Iterator
from typing import Final

from cchc_core.table import Column, Kind, Table, Value
from cchc_core.tasks.draft import OccurrenceDraft, PlanDraft, TaskDraft
from cchc_core.tasks.model import Occurrence, Task

_COLUMNS: Final = tuple(
    Column(name, Kind.TEXT)
    for name in (
        "STT",
        "Nhiệm vụ",
        "Sản phẩm",
        "Đơn vị chủ trì",
        "Đơn vị phối hợp",
        "Thời gian",
        "Kinh phí",
        "Cách thức thực hiện",
        "Ghi chú",
    )
)
_Row = tuple[Value, ...]
_Slot = tuple[str, str]
_HOW_TO: Final = "Xoá hai nhiệm vụ ví dụ, giữ dòng tiêu đề. Mỗi sản phẩm một dòng trong ô; tên nhóm ghi số La Mã."


def form_of_draft(draft: PlanDraft) -> Table:
    """Give the form of a plan that is not stored yet."""
    return _form(draft.title, draft.year, ((task, _slots(task.occurrences(draft.year))) for task in draft.tasks))


def form_of_tasks(title: str, year: int, tasks: Iterable[Task]) -> Table:
    """Give the form of kept tasks, in the order in which they are given."""
    return _form(title, year, ((task, _slots(task.occurrences)) for task in tasks))


def blank_form(year: int) -> Table:
    """Give the form to fill in, with two tasks as examples."""
    rows: tuple[_Row, ...] = (
        ("I", "Công tác chỉ đạo, điều hành", *[None] * 7),
        (
            "1",
            f"Ban hành Kế hoạch cải cách hành chính năm {year}",
            "Kế hoạch",
            "Văn phòng Sở",
            "Các phòng, đơn vị",
            f"Trước ngày 15/01/{year}",
            "Kinh phí thường xuyên",
            None,
            None,
        ),
        (
            "2",
            "Báo cáo kết quả thực hiện cải cách hành chính",
            "Báo cáo",
            "Văn phòng Sở",
            "Các phòng, đơn vị",
            "Hàng quý",
            "Kinh phí thường xuyên",
            None,
            None,
        ),
    )
    return Table("mau-ke-hoach", f"Kế hoạch cải cách hành chính năm {year}", _COLUMNS, rows, _HOW_TO)


def _slots(occurrences: Iterable[Occurrence | OccurrenceDraft]) -> tuple[_Slot, ...]:
    return tuple(dict.fromkeys((each.product, each.time_text) for each in occurrences))


def _form(title: str, year: int, tasks: Iterable[tuple[Task | TaskDraft, tuple[_Slot, ...]]]) -> Table:
    named = title if str(year) in title else f"{title} năm {year}"
    return Table("ke-hoach", named, _COLUMNS, tuple(_rows(tasks)))


def _rows(tasks: Iterable[tuple[Task | TaskDraft, tuple[_Slot, ...]]]) -> Iterator[_Row]:
    group = ("", "")
    for task, slots in tasks:
        if (task.group_code, task.group_title) != group and (task.group_code or task.group_title):
            yield (task.group_code, task.group_title, *[None] * 7)
        group = (task.group_code, task.group_title)
        yield from _task_rows(task, slots)


def _task_rows(task: Task | TaskDraft, slots: tuple[_Slot, ...]) -> Iterator[_Row]:
    same = [product for product, time in slots if product and time == task.time_text]
    yield (
        task.code,
        task.title,
        "\n".join(same),
        task.lead_text,
        task.coordinating,
        task.time_text,
        task.funding,
        task.how,
        task.note,
    )
    for product, time in slots:
        if time != task.time_text:
            yield (None, None, product, None, None, time, None, None, None)
