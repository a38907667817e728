"""The Phiếu Excel of 121 leaves, which computes itself, against the plain scored workbook of the same assessment."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.results import Row, median_ratio, ms, times
from benchmarks.world import open_draft
from cchc_core import workspace
from cchc_core.scoring import Sheet
from cchc_core.slip.writing import write_slip
from cchc_core.workbook import write_workbook

_ROUNDS = 15


def measure() -> list[Row]:
    """Write both workbooks in turn and compare."""
    sheet = _sample_sheet()
    write_slip(sheet, BytesIO())
    write_workbook(sheet, BytesIO())
    slips: list[float] = []
    plain: list[float] = []
    for _ in range(_ROUNDS):
        slips.append(_timed(write_slip, sheet))
        plain.append(_timed(write_workbook, sheet))
    ratio = median_ratio(slips, plain)
    what = f"Phiếu Excel of {len(sheet.rubric.leaves)} leaves"
    return [Row(what, ms(median(slips)), f"{ms(median(plain))} (plain workbook)", times(ratio), "≤ 2×", ratio <= 2)]


def _sample_sheet() -> Sheet:
    with TemporaryDirectory(prefix="benchmark-") as folder:
        try:
            return open_draft(workspace.open_workspace(Path(folder)).database)
        finally:
            workspace.close_workspace()


def _timed(write: Callable[[Sheet, BytesIO], None], sheet: Sheet) -> float:
    begun = perf_counter()
    write(sheet, BytesIO())
    return perf_counter() - begun
