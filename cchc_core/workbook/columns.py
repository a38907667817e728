"""The columns of the summary's tables, which begin in column C; together they are every total of the core."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from cchc_core.rules.scoring import Status
from cchc_core.status_names import STATUS_NAMES
from cchc_core.totals import Totals
from cchc_core.workbook import formulas as f
from cchc_core.workbook.lines import Line


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a summary table: its header, its live formula, the core's value, how it is shown.

    No share is built on illustrative points: the column goes, or counts criteria instead.
    """

    header: str
    formula: Callable[[Line, int], str]
    value: Callable[[Totals], Decimal | int | None]
    role: str = "points"
    is_share: bool = False
    counts_instead: bool = False

    def without_share(self) -> "Column":
        """Give the column as it stands in a table of illustrative points."""
        return replace(self, header="Số tiêu chí đạt", role="share") if self.counts_instead else self


def _board(column: str) -> Callable[[Line, int], str]:
    return lambda line, row: f"={f.ELSEWHERE}{column}{line.row}"


POINTS_COLUMNS = (
    Column("Điểm chuẩn", _board(f.MAX), lambda t: t.max_points),
    Column("Điểm chuẩn sau khi hạ", _board(f.EFFECTIVE), lambda t: t.effective_max),
    Column("Tổng điểm", _board(f.POINTS), lambda t: t.points),
    Column(
        "Tỷ lệ",
        lambda line, row: f.percent(f"E{row}", f"D{row}"),
        lambda t: t.percent,
        "percent",
        is_share=True,
        counts_instead=True,
    ),
    Column("Điểm mất", lambda line, row: f.open_sum(line, Status.SCORED, Status.VOIDED), lambda t: t.lost),
    Column("Chưa chấm", lambda line, row: f.open_sum(line, Status.MISSING), lambda t: t.at_risk),
    Column("Chưa đến kỳ", lambda line, row: f.not_due_sum(line), lambda t: t.not_due),
    Column("Chờ bên ngoài", lambda line, row: f.open_sum(line, Status.AWAITING), lambda t: t.awaiting),
)
SIDE_COLUMNS = (
    Column("Đơn vị tự chấm: tối đa", lambda line, row: f.side_sum(line, f.SELF_SIDE), lambda t: t.self_max),
    Column("Đơn vị tự chấm: điểm", _board(f.SELF), lambda t: t.self_points),
    Column(
        "Đơn vị tự chấm: tỷ lệ",
        lambda line, row: f.percent(f"D{row}", f"C{row}"),
        lambda t: t.self_percent,
        "percent",
        is_share=True,
    ),
    Column(
        "Tự chấm, đã đến kỳ: tối đa",
        lambda line, row: f"=ROUND(C{row}-{f.not_due_sum(line).removeprefix('=')},4)",
        lambda t: t.due_max,
    ),
    Column(
        "Tự chấm, đã đến kỳ: tỷ lệ",
        lambda line, row: f.percent(f"D{row}", f"F{row}"),
        lambda t: t.due_percent,
        "percent",
        is_share=True,
    ),
    Column("Bên ngoài chấm: tối đa", lambda line, row: f.side_sum(line, f.EXTERNAL_SIDE), lambda t: t.external_max),
    Column("Bên ngoài chấm: điểm", _board(f.EXTERNAL), lambda t: t.external_points),
)


def _count_column(status: Status) -> Column:
    return Column(
        STATUS_NAMES[status],
        lambda line, row: f.status_count(line, status),
        lambda t: t.counts[status],
        "whole",
    )


COUNT_COLUMNS = (
    *(_count_column(status) for status in (Status.SCORED, Status.VOIDED, Status.MISSING, Status.AWAITING)),
    *(_count_column(status) for status in (Status.NOT_DUE, Status.NOT_APPLICABLE)),
    Column("Cộng số tiêu chí", lambda line, row: f"=SUM(C{row}:H{row})", lambda t: t.leaves, "whole"),
)
ADJUSTED_COLUMNS = (
    Column("Điểm thưởng", lambda line, row: f.adjustments_sum(line, takes_off=False), lambda t: t.bonus),
    Column("Điểm trừ", lambda line, row: f.adjustments_sum(line, takes_off=True), lambda t: t.penalty),
    Column(
        "Điểm chưa kể thưởng, trừ",
        lambda line, row: f"=ROUND({f.ELSEWHERE}{f.POINTS}{line.row}-C{row}+D{row},4)",
        lambda t: t.points - t.bonus + t.penalty,
    ),
    Column("Tổng điểm", _board(f.POINTS), lambda t: t.points),
    Column("Số dòng thưởng, trừ", lambda line, row: f.adjustments_count(line), lambda t: t.adjustments, "whole"),
    Column(
        "Số dòng đã nhập",
        lambda line, row: f.adjustments_count(line, Status.SCORED, Status.VOIDED, Status.NOT_APPLICABLE),
        lambda t: t.adjustments_done,
        "whole",
    ),
)
"""The columns of a set that has bonuses or penalties."""
