"""The live sums of the form: of sections and groups, of the whole, and the line that stands above them all."""

from cchc_core.rules.decimals import percent_of
from cchc_core.rules.scoring import Status
from cchc_core.slip import names as n
from cchc_core.slip.layout import Form, Line, done, met, sums
from cchc_core.slip.live import Live, chosen, said, shown_percent, shown_points
from cchc_core.status_names import STATUS_NAMES

_OPEN = (STATUS_NAMES[Status.MISSING], STATUS_NAMES[Status.AWAITING], n.TO_MEND)


def column_sum(line: Line, column: str) -> str:
    """Add a column over the criteria below a node; bonuses and penalties are no part of the maximum."""
    which = n.NORMAL_SIDE if column == n.MAX else '">0"'
    return f"ROUND(SUMIFS({_below(line, column)},{_below(line, n.SIDE)},{which}),4)"


def _below(line: Line, column: str) -> str:
    return f"{column}{line.first}:{column}{line.last}"


def _done(form: Form, line: Line) -> tuple[Live, int]:
    ready, every = done(form, line)
    still = "-".join(f'COUNTIFS({_below(line, n.STATE)},"{name}")' for name in _OPEN)
    return Live(f"({every}-{still})", str(ready)), every


def done_words(form: Form, line: Line) -> Live:
    """Say how many criteria of a node are settled: "12/15 xong"."""
    ready, every = _done(form, line)
    return said(ready, f"/{every} xong")


def share_words(form: Form, line: Line) -> Live:
    """Say the share of the points, or of the criteria met where points are illustrative."""
    _, effective, points = sums(form, line)
    if form.sheet.rubric.is_illustrative:
        full, every = met(form, line)
        side, most, given = (_below(line, column) for column in (n.SIDE, n.EFFECTIVE, n.POINTS))
        count = Live(f"SUMPRODUCT(({side}=1)*({most}>0)*({given}>={most}))", str(full))
        of = Live(f'COUNTIFS({side},1,{most},">0")', str(every))
        return said("Đạt ", count, "/", of, " tiêu chí")
    whole, part = f"{n.EFFECTIVE}{line.row}", f"{n.POINTS}{line.row}"
    share = said("Tỷ lệ ", shown_percent(f"100*{part}/{whole}", percent_of(points, effective)), " %")
    return chosen(f"{whole}=0", effective == 0, said(""), share)


def headline(form: Form) -> Live:
    """Say in one line how far the slip is: points, criteria settled, cells to mend."""
    line = form.total
    _, effective, points = sums(form, line)
    ready, every = _done(form, line)
    unit = "điểm minh hoạ" if form.sheet.rubric.is_illustrative else "điểm"
    what = "cả bảng" if form.is_whole else "các tiêu chí trong phiếu này"
    to_mend = Live(f'COUNTIFS({_below(line, n.STATE)},"{n.TO_MEND}")', "0")
    warning = chosen(f"{to_mend.formula}>0", False, said("   ·   Cần sửa ", to_mend, " tiêu chí"), said(""))
    return said(
        f"  Tổng {what}: ",
        shown_points(f"{n.POINTS}{line.row}", points),
        " / ",
        shown_points(f"{n.EFFECTIVE}{line.row}", effective),
        f" {unit}   ·   Đã làm ",
        ready,
        f"/{every} tiêu chí",
        warning,
    )
