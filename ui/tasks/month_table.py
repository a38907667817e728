"""The due days of a year by month: the figures behind the line of days."""

from collections import Counter
from datetime import date

from cchc_core.table import Column, Kind, Table, Value
from cchc_core.tasks.life import TIMELINESS_NAMES, Timeliness
from cchc_core.tasks.timeline import Timeline
from ui import tables

_SHOWN = tuple(each for each in Timeliness if each is not Timeliness.NO_DUE)


def draw(line: Timeline) -> None:
    """Draw the table."""
    tables.draw(_table(line))


def _table(line: Timeline) -> Table:
    counts: Counter[tuple[date, Timeliness]] = Counter()
    for mark in line.marks:
        counts[mark.day.replace(day=1), mark.timeliness] += mark.many
    shown = [each for each in _SHOWN if any(stand is each for _, stand in counts)]
    months = sorted({month for month, _ in counts})
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            f"Tháng {month.month}/{month.year}",
            sum(counts[month, each] for each in shown),
            *(counts[month, each] for each in shown),
        )
        for month in months
    )
    columns = (
        Column("Tháng", Kind.TEXT),
        Column("Số hạn", Kind.COUNT),
        *(Column(TIMELINESS_NAMES[each], Kind.COUNT) for each in shown),
    )
    return Table("han-theo-thang", "Hạn theo tháng", columns, rows)
