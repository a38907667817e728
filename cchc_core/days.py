"""Days as people here type them: ngày/tháng/năm."""

import re
from datetime import date

from cchc_core.errors import BadText

_TYPED = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})", re.ASCII)
_EARLIEST, _LATEST = 2000, 2100
_HOW = "Hãy gõ ngày/tháng/năm, như 05/09/2026."


def read_day(where: str, text: str) -> date | None:
    """Read a day that was typed; None for empty text.

    Raises BadText, which names ``where``, for what is no day, for one that the calendar does not have, and for a year
    that nobody plans for (before 2000 or after 2100).

    >>> read_day("Hạn", "9/3/2026")
    datetime.date(2026, 3, 9)
    >>> read_day("Hạn", "29/2/2026")
    Traceback (most recent call last):
    cchc_core.errors.BadText: Hạn: tháng 2 năm 2026 không có ngày 29. Hãy gõ ngày/tháng/năm, như 05/09/2026. (mã TC-05)
    """
    typed = text.strip()
    if not typed:
        return None
    found = _TYPED.fullmatch(typed)
    if found is None:
        raise BadText(where, problem=f"«{' '.join(typed.split())[:40]}» không phải là một ngày", to_do=_HOW)
    day, month, year = (int(part) for part in found.groups())
    if not 1 <= month <= 12:
        raise BadText(where, problem=f"không có tháng {month}", to_do=_HOW)
    if not _EARLIEST <= year <= _LATEST:
        raise BadText(where, problem=f"năm {year} nằm ngoài khoảng {_EARLIEST} đến {_LATEST}", to_do=_HOW)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadText(where, problem=f"tháng {month} năm {year} không có ngày {day}", to_do=_HOW) from None
