"""The Phiếu Excel of 121 leaves, which computes itself, against the plain scored workbook of the same assessment."""

from io import BytesIO
from statistics import median

from benchmarks.results import Row, median_ratio, ms, timed, times
from benchmarks.world import sample_sheet
from cchc_core.slip.writing import write_slip
from cchc_core.workbook import write_workbook

_ROUNDS = 15


def measure() -> list[Row]:
    """Write both workbooks in turn and compare."""
    sheet = sample_sheet()
    write_slip(sheet, BytesIO())
    write_workbook(sheet, BytesIO())
    slips: list[float] = []
    plain: list[float] = []
    for _ in range(_ROUNDS):
        slips.append(timed(lambda: write_slip(sheet, BytesIO())))
        plain.append(timed(lambda: write_workbook(sheet, BytesIO())))
    ratio = median_ratio(slips, plain)
    what = f"Phiếu Excel of {len(sheet.rubric.leaves)} leaves"
    return [Row(what, ms(median(slips)), f"{ms(median(plain))} (plain workbook)", times(ratio), "≤ 2×", ratio <= 2)]
