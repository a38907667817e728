"""What hangs on open tasks, as tables by room, by person and by due day."""

from collections.abc import Mapping
from typing import Final

from cchc_core.table import Field, Kind, Table, made
from cchc_core.task_links.stakes import StakeGroup, Stakes

BY_ROOM, BY_PERSON, BY_DUE = "theo-phong", "theo-nguoi", "theo-han"
RISK_NAMES: Final[Mapping[str, str]] = {
    BY_ROOM: "Phòng, đơn vị",
    BY_PERSON: "Người thực hiện",
    BY_DUE: "Thời hạn",
}
_ONCE: Final = "Tiêu chí mà nhiều nhiệm vụ cùng phục vụ chỉ tính một lần trong mỗi dòng và một lần ở dòng cộng."
_WITHOUT: Final = "Năm này chưa có bảng chấm điểm nên chưa biết điểm gắn với nhiệm vụ."


def risk_table(stakes: Stakes, by: str) -> Table:
    """List the groups with their tasks and the points open there, the sum last. ``by`` is one of :data:`RISK_NAMES`."""
    groups = {BY_ROOM: stakes.by_room, BY_PERSON: stakes.by_person, BY_DUE: stakes.by_due}[by]()
    fields: tuple[Field[StakeGroup], ...] = (
        Field(RISK_NAMES[by], Kind.TEXT, lambda group: group.name),
        Field("Điểm chưa đạt", Kind.POINTS, lambda group: group.points),
        Field("Trong đó quá hạn", Kind.POINTS, lambda group: group.overdue_points),
        Field("Nhiệm vụ còn làm", Kind.COUNT, lambda group: group.tasks),
        Field("Quá hạn", Kind.COUNT, lambda group: group.overdue),
        Field("Tiêu chí", Kind.COUNT, lambda group: group.criteria),
    )
    is_illustrative = stakes.sheet is not None and stakes.sheet.rubric.is_illustrative
    title = f"Điểm gắn với nhiệm vụ còn phải làm theo {RISK_NAMES[by].lower()}"
    note = _WITHOUT if stakes.sheet is None else _ONCE
    return made(f"diem-{by}", title, fields, [*groups, stakes.total], is_illustrative=is_illustrative, note=note)
