"""This year against last year: lines "cao hơn năm trước", "bằng năm trước", "thấp hơn năm trước"."""

import re
from decimal import Decimal

from cchc_core.rubric_in.proposing.wording import Reading, Row, Wording
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import Compare

_LAST_YEAR = re.compile(r"\b(?:nam|ky) (?:truoc|lien ke|ngoai)\b")
_HIGHER = re.compile(r"\b(?:cao|lon|nhieu|tot) hon\b|\btang\b(?! cuong)")
_EQUAL = re.compile(r"\bbang\b(?! cap)|\bgiu nguyen\b|\bkhong (?:doi|thay doi|tang|giam)\b|\bduy tri\b")
_LOWER = re.compile(r"\b(?:thap|it|nho|kem) hon\b|\bgiam\b|\btut\b")
_RAISED = re.compile(r"^(?:(?:muc do )?(?:nang cao|tang|cai thien|su cai thien|gia tang)) ")


def read_compare(wording: Wording) -> Reading | None:
    """Read lines of higher, equal and lower than last year; "cao hơn hoặc bằng" stands for both."""
    if not (_LAST_YEAR.search(wording.title.plain) or any(_LAST_YEAR.search(row.plain) for row in wording.pointed)):
        return None
    found: dict[str, Decimal] = {}
    for row in wording.pointed:
        sides = _sides(row)
        if not sides or sides & found.keys() or row.points is None:
            return None
        found |= dict.fromkeys(sides, row.points)
    if len(found) != 3:
        return None
    higher, equal, lower = found["higher"], found["equal"], found["lower"]
    points = "; ".join(format_points(value) for value in (higher, equal, lower))
    reason = f"Các dòng so với năm trước: cao hơn, bằng, thấp hơn lần lượt {points}."
    return Reading(Compare(_of(wording), higher, equal, lower), 0.95, reason)


def _sides(row: Row) -> set[str]:
    patterns = (("higher", _HIGHER), ("equal", _EQUAL), ("lower", _LOWER))
    sides = {name for name, pattern in patterns if pattern.search(row.plain)}
    if "equal" in sides and re.search(r"\bkhong (?:tang|giam)\b", row.plain):
        return {"equal"}
    return sides


def _of(wording: Wording) -> str:
    found = _RAISED.match(wording.title.plain)
    rest = wording.title.text[found.end() :] if found else wording.title.text
    rest = re.sub(r"\s*(?:hằng năm|hàng năm)?\s*,?\s*so với năm (?:trước|liền kề).*$", "", rest, flags=re.IGNORECASE)
    return rest[:1].upper() + rest[1:]
