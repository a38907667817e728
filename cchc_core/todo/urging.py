"""Đôn đốc: what each room still owes, as a list to take away and as a text to send."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cchc_core.rules.decimals import format_number, format_points
from cchc_core.store.database import Database
from cchc_core.table import Field, Kind, Table, made
from cchc_core.task_links.stakes import DUE_GROUP_NAMES, NO_ROOM_NAME, DueGroup, OpenTask, StakeGroup
from cchc_core.todo.reading import Todo, TodoTask, details

MOST_IN_A_TEXT: Final = 40
_EVERYBODY: Final = "các phòng, đơn vị liên quan"
_URGED: Final = (DueGroup.OVERDUE, DueGroup.WITHIN_7, DueGroup.WITHIN_30)


@dataclass(frozen=True, slots=True)
class Urged:
    """A room that owes something soon: its open tasks by how near they are due, and what hangs on these together.

    ``room_id`` is empty for tasks whose room is not known.
    """

    room_id: str
    name: str
    tasks: dict[DueGroup, tuple[OpenTask, ...]]
    stake: StakeGroup

    @property
    def all_tasks(self) -> tuple[OpenTask, ...]:
        """Give all of them, the overdue ones first."""
        return tuple(task for group in _URGED for task in self.tasks[group])


def urged(todo: Todo) -> tuple[Urged, ...]:
    """List the rooms that have something overdue or due within 30 days, the most points first."""
    soon = [task for group in _URGED for task in todo.ranked[group]]
    rooms: dict[str, list[OpenTask]] = {}
    for task in soon:
        rooms.setdefault(task.room_id or "", []).append(task)
    found = [_urged(todo, room_id, tuple(tasks)) for room_id, tasks in rooms.items()]
    return tuple(sorted(found, key=lambda each: (-each.stake.points, -each.stake.overdue, -each.stake.tasks)))


def _urged(todo: Todo, room_id: str, listed: Sequence[OpenTask]) -> Urged:
    ids = {task.id for task in listed}
    tasks = {group: tuple(task for task in todo.ranked[group] if task.id in ids) for group in _URGED}
    name = todo.stakes.room_names.get(room_id, NO_ROOM_NAME)
    return Urged(room_id, name, tasks, todo.stakes.group(room_id, name, listed))


def urging_text(database: Database, todo: Todo, room: Urged) -> str:
    """Write what is sent to a room: what is overdue, what is due, by which day, and how many points hang on it."""
    today, unit = todo.stakes.today, _unit(todo)
    counts = [
        f"{len(room.tasks[group])} nhiệm vụ {DUE_GROUP_NAMES[group].lower()}" for group in _URGED if room.tasks[group]
    ]
    lines = [
        f"Kính gửi: {room.name if room.room_id else _EVERYBODY}",
        "",
        f"Đến ngày {today:%d/%m/%Y} còn {', '.join(counts)}.{_worth(room, unit)}",
    ]
    left = MOST_IN_A_TEXT
    for group in _URGED:
        shown = details(database, todo.stakes, room.tasks[group][: max(left, 0)])
        left -= len(shown)
        lines += ["", f"{DUE_GROUP_NAMES[group]}:"] if shown else []
        lines += [f"{place}. {_line(each, unit)}" for place, each in enumerate(shown, start=1)]
    if left <= 0 and len(room.all_tasks) > MOST_IN_A_TEXT:
        lines += ["", f"… và {len(room.all_tasks) - MOST_IN_A_TEXT} nhiệm vụ khác, xem danh sách kèm theo."]
    lines += [
        "",
        "Đề nghị hoàn thành, cập nhật kết quả và gắn tài liệu kiểm chứng trên hệ thống; "
        "việc nào không thực hiện được thì ghi rõ lý do.",
    ]
    return "\n".join(lines)


def _unit(todo: Todo) -> str:
    return "điểm minh hoạ" if todo.rubric is not None and todo.rubric.is_illustrative else "điểm"


def _worth(room: Urged, unit: str) -> str:
    if room.stake.points <= 0:
        return ""
    return f" Gắn với {format_points(room.stake.points)} {unit} chưa đạt ở {room.stake.criteria} tiêu chí."


def _line(each: TodoTask, unit: str) -> str:
    said = [f"nhiệm vụ {each.task.code}"] if each.task.code else []
    said.append(_when(each.due, each.days))
    # Where no room was recognised the print may name somebody all the same: "Thư ký ISO".
    said += [name for name in ("" if each.task.room_id else each.task.lead_text, each.task.person) if name]
    if each.codes:
        said.append(f"tiêu chí {', '.join(each.codes)}")
    if each.points > 0:
        said.append(f"{format_points(each.points)} {unit}")
    return f"{each.task.title.rstrip(' .')} ({'; '.join(said)})."


def _when(due: date | None, days: int | None) -> str:
    return "chưa có hạn" if due is None or days is None else f"hạn {due:%d/%m/%Y}, {how_far(days)}"


def how_far(days: int) -> str:
    """Say how far a due day is.

    >>> how_far(-1528), how_far(0), how_far(5)
    ('quá 1.528 ngày', 'hôm nay', 'còn 5 ngày')
    """
    if days == 0:
        return "hôm nay"
    return f"quá {format_number(Decimal(-days))} ngày" if days < 0 else f"còn {format_number(Decimal(days))} ngày"


def urging_table(database: Database, todo: Todo) -> Table:
    """List everything that is overdue or due within 30 days by room, as a table to take away."""
    rows = [(room, each) for room in urged(todo) for each in details(database, todo.stakes, room.all_tasks)]
    fields: tuple[Field[tuple[Urged, TodoTask]], ...] = (
        Field("Phòng, đơn vị", Kind.TEXT, lambda row: row[0].name),
        Field("Mã", Kind.TEXT, lambda row: row[1].task.code),
        Field("Nhiệm vụ", Kind.TEXT, lambda row: row[1].task.title),
        Field("Sản phẩm", Kind.TEXT, lambda row: row[1].occurrence.product),
        Field("Người thực hiện", Kind.TEXT, lambda row: row[1].task.person),
        Field("Hạn", Kind.DATE, lambda row: row[1].due),
        Field("Tình trạng", Kind.TEXT, lambda row: "" if row[1].days is None else how_far(row[1].days)),
        Field("Tiêu chí", Kind.TEXT, lambda row: ", ".join(row[1].codes)),
        Field("Điểm chưa đạt", Kind.POINTS, lambda row: None if todo.rubric is None else row[1].points),
    )
    is_illustrative = todo.rubric is not None and todo.rubric.is_illustrative
    note = "Một tiêu chí có thể do nhiều nhiệm vụ phục vụ, nên cột điểm không cộng dồn được."
    return made("don-doc", "Nhiệm vụ cần đôn đốc", fields, rows, is_illustrative=is_illustrative, note=note)


def _counter(group: DueGroup) -> Callable[[Urged], int]:
    return lambda room: len(room.tasks[group])


def rooms_table(todo: Todo) -> Table:
    """List the rooms with what they owe, the most points first."""
    fields: tuple[Field[Urged], ...] = (
        Field("Phòng, đơn vị", Kind.TEXT, lambda room: room.name),
        Field("Điểm chưa đạt", Kind.POINTS, lambda room: None if todo.rubric is None else room.stake.points),
        *(Field(DUE_GROUP_NAMES[group], Kind.COUNT, _counter(group)) for group in _URGED),
        Field("Tiêu chí", Kind.COUNT, lambda room: room.stake.criteria),
    )
    is_illustrative = todo.rubric is not None and todo.rubric.is_illustrative
    note = "Tiêu chí mà nhiều nhiệm vụ của một phòng cùng phục vụ chỉ tính một lần."
    return made("don-doc-phong", "Đôn đốc theo phòng", fields, urged(todo), is_illustrative=is_illustrative, note=note)
