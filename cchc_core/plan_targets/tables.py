"""Promised figures as a table that can be taken away."""

from cchc_core.plan_targets.keeping import Measured, PlanTargets
from cchc_core.plan_targets.measuring import OUTCOME_NAMES, goal_words, shown
from cchc_core.table import Column, Kind, Table, Value

_COLUMNS = (
    Column("STT", Kind.COUNT),
    Column("Kế hoạch", Kind.TEXT),
    Column("Chỉ tiêu", Kind.TEXT),
    Column("Mức phấn đấu", Kind.TEXT),
    Column("Thực hiện", Kind.TEXT),
    Column("Kết quả", Kind.TEXT),
    Column("Khoảng cách", Kind.TEXT),
    Column("Thời hạn", Kind.TEXT),
    Column("Nhiệm vụ", Kind.TEXT),
    Column("Nơi trong kế hoạch", Kind.TEXT),
    Column("Nguồn số liệu", Kind.TEXT),
    Column("Ghi chú", Kind.TEXT),
)


def targets_table(plans: tuple[PlanTargets, ...], year: int) -> Table:
    """Give a row for each promised figure of a year, plan by plan, with what was reached."""
    rows = tuple(_row(plan, measured) for plan in plans for measured in plan.listed)
    note = "«Đạt» một mức nghĩa là từ mức ấy trở lên; «đạt 0» nghĩa là không có trường hợp nào."
    return Table("chi-tieu-phan-dau", f"Chỉ tiêu phấn đấu năm {year}", _COLUMNS, rows, note)


def _row(plan: PlanTargets, measured: Measured) -> tuple[Value, ...]:
    target = measured.target
    return (
        target.ordinal,
        plan.title,
        target.text,
        goal_words(measured.goal),
        "" if measured.actual is None else shown(measured.goal, measured.actual),
        OUTCOME_NAMES[measured.outcome],
        measured.distance,
        target.deadline_text,
        target.task_code,
        target.where,
        measured.whence,
        target.note,
    )
