"""Tasks in words: the line of one in a list, the marks of how it stands, what is printed of it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from cchc_core.tasks.life import STATE_NAMES, TIMELINESS_NAMES, TaskState, Timeliness
from cchc_core.tasks.model import KIND_NAMES, Occurrence, Task, TaskKind
from ui.words import day, literal

STATE_COLORS: Final[Mapping[TaskState, str]] = {
    TaskState.NOT_STARTED: "gray",
    TaskState.IN_PROGRESS: "blue",
    TaskState.DONE: "green",
    TaskState.DROPPED: "gray",
}
TIME_COLORS: Final[Mapping[Timeliness, str]] = {
    Timeliness.OVERDUE: "red",
    Timeliness.DUE_SOON: "orange",
    Timeliness.OPEN: "blue",
    Timeliness.NO_DUE: "gray",
    Timeliness.LATE: "orange",
    Timeliness.ON_TIME: "green",
    Timeliness.EARLY: "green",
    Timeliness.DROPPED: "gray",
}
_LONGEST_TITLE = 220


def shortened(text: str, most: int = _LONGEST_TITLE) -> str:
    """Give the beginning of a text."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def marks(state: TaskState, timeliness: Timeliness) -> str:
    """Mark how something stands without saying its state twice: what is early or late is done."""
    stand = stand_mark(timeliness)
    if not state.is_open and timeliness is Timeliness.NO_DUE:
        return f":{STATE_COLORS[state]}-badge[{STATE_NAMES[state]}]"
    is_plain = state is TaskState.NOT_STARTED and timeliness in (Timeliness.OVERDUE, Timeliness.DUE_SOON)
    return stand if is_plain or not state.is_open else f":{STATE_COLORS[state]}-badge[{STATE_NAMES[state]}] {stand}"


def stand_mark(timeliness: Timeliness) -> str:
    """Mark how something stands against its due day."""
    return f":{TIME_COLORS[timeliness]}-badge[{TIMELINESS_NAMES[timeliness]}]"


def row_text(task: Task, today: date) -> str:
    """Give the line of a task in a list: code, title, how it stands, who, by when, what."""
    facts = " · ".join(_facts(task))
    return f"{_code(task)}{_title(task)}  \n{marks(task.state, task.timeliness(today))} :gray[{facts}]"


def card_text(task: Task, today: date) -> str:
    """Give the same for a narrow card in the column of its state."""
    stand = stand_mark(task.timeliness(today))
    facts = " · ".join(filter(None, (_due(task), literal(shortened(task.lead_name, 60)))))
    return f"{_code(task)}{literal(shortened(task.title, 110))}  \n{stand}  \n:gray[{facts}]"


def _code(task: Task) -> str:
    code = f"Tiêu chí {task.remedy_code}" if task.kind is TaskKind.REMEDY and task.remedy_code else task.code
    return f"**{literal(code)}** " if code else ""


def _title(task: Task) -> str:
    kind = "" if task.kind is TaskKind.PLAN else f" :violet-badge[{KIND_NAMES[task.kind]}]"
    return f"{literal(shortened(task.title))}{kind}"


def _facts(task: Task) -> Iterator[str]:
    if due := _due(task):
        yield due
    elif task.time_text:
        yield f"In: {literal(shortened(task.time_text, 60))}"
    yield literal(shortened(task.lead_name, 80)) or "Chưa rõ đơn vị chủ trì"
    if task.person not in ("", task.lead_name):
        yield literal(task.person)
    if products := "; ".join(dict.fromkeys(each.product for each in task.occurrences if each.product)):
        yield f"Sản phẩm: {literal(shortened(products, 90))}"
    if len(task.occurrences) > 1:
        done = sum(not each.state.is_open for each in task.occurrences)
        yield f"đã xong {done}/{len(task.occurrences)} lần"


def _due(task: Task) -> str:
    if task.next_due is not None:
        return f"Hạn {day(task.next_due)}"
    return f"Hoàn thành {day(task.done_on)}" if task.done_on is not None else ""


def occurrence_title(task: Task, occurrence: Occurrence) -> str:
    """Name one of the things that a task delivers, as plain text."""
    number = f"Lần {occurrence.ordinal}" if len(task.occurrences) > 1 else ""
    due = f"hạn {day(occurrence.due)}" if occurrence.due else "chưa có hạn"
    return " · ".join(filter(None, (number, shortened(occurrence.product, 80), due)))


def printed_facts(task: Task) -> Iterator[tuple[str, str]]:
    """Give what is known of a task beside its line, as names and literal text, empty ones left out."""
    group = " ".join(filter(None, (task.group_code, task.group_title)))
    assigned = ", ".join(
        filter(
            None,
            (
                task.assigning_body,
                task.assigning_number,
                f"ngày {day(task.assigning_date)}" if task.assigning_date else "",
            ),
        )
    )
    named = (
        ("Nhiệm vụ", task.title if len(task.title) > _LONGEST_TITLE else ""),
        ("Nhóm", group),
        ("Giao tại", assigned),
        ("Chủ trì (bản in)", task.lead_text if task.room_name and task.lead_text != task.room_name else ""),
        ("Phối hợp", task.coordinating),
        ("Thời gian in", task.time_text),
        ("Kinh phí", task.funding),
        ("Cách thức thực hiện", task.how),
        ("Ghi chú", task.note),
        ("Lưu ý về bản in", task.print_note),
        ("Nơi in", task.source),
    )
    return ((name, literal(text)) for name, text in named if text)
