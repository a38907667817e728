"""The deadlines of tasks as a calendar file (.ics): whole days, no alarms, the same entry when it is taken again."""

from collections.abc import Iterable
from datetime import UTC, date, timedelta

from icalendar import Calendar, Event

from cchc_core.tasks.life import STATE_NAMES, TIMELINESS_NAMES, TaskState
from cchc_core.tasks.model import Occurrence, Task

_LONGEST_SUMMARY = 200


def to_ics(tasks: Iterable[Task], today: date) -> bytes:
    """Write the due days of tasks; what was dropped and what has no day is left out, what is done says so."""
    calendar = Calendar()
    calendar.add("prodid", "-//CCHC//Nhiem vu//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Hạn nhiệm vụ cải cách hành chính")
    for task in tasks:
        for each in task.occurrences:
            if each.due is not None and each.state is not TaskState.DROPPED:
                calendar.add_component(_event(task, each, each.due, today))
    written: bytes = calendar.to_ical()
    return written


def _event(task: Task, occurrence: Occurrence, due: date, today: date) -> Event:
    changed = max(task.changed_at_utc, occurrence.changed_at_utc).replace(tzinfo=UTC, microsecond=0)
    event = Event()
    event.add("uid", f"{occurrence.id}@cchc")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    # Both versions only grow, so a calendar program takes the newer entry for the newer one.
    event.add("sequence", task.version + occurrence.version - 2)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", _summary(task, occurrence))
    event.add("description", _description(task, occurrence, today))
    event.add("transp", "TRANSPARENT")
    return event


def _summary(task: Task, occurrence: Occurrence) -> str:
    what = " ".join(filter(None, (task.code, task.title)))
    short = what if len(what) <= _LONGEST_SUMMARY else f"{what[:_LONGEST_SUMMARY].rstrip()}…"
    return f"(đã xong) {short}" if occurrence.state is TaskState.DONE else short


def _description(task: Task, occurrence: Occurrence, today: date) -> str:
    said = {
        "Nhiệm vụ": task.title,
        "Sản phẩm": occurrence.product,
        "Chủ trì": task.lead_name,
        "Người thực hiện": task.person,
        "Phối hợp": task.coordinating,
        "Thời gian in": occurrence.time_text,
        "Trạng thái": f"{STATE_NAMES[occurrence.state]} ({TIMELINESS_NAMES[occurrence.timeliness(today)].lower()})",
    }
    return "\n".join(f"{name}: {text}" for name, text in said.items() if text)
