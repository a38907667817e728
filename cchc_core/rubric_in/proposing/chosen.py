"""Levels and checklists: lines whose points are one to choose from, or to be added up."""

import re
from decimal import Decimal

from cchc_core.rubric_in.proposing.wording import Reading, Row, Wording, shown, words
from cchc_core.rules.decimals import ZERO, format_points
from cchc_core.rules.explain import quote
from cchc_core.rules.kinds import Checklist, Effect, Item, Level, Levels

_FORMULA = re.compile(r"\bty le ?%[^()]{0,120}[x×*]\s*[\d(]|[:/]\s*100\s*%")
_THRESHOLD = re.compile(
    r"\b(?:toi thieu|tro len|it nhat|duoi|tren|du)\s*\d|\b\d+(?:[.,]\d+)?\s*%\s*(?:tro len|so )|\btoi thieu\b"
)
_TAKES_OFF = re.compile(r"\b(?:trừ|giảm)(?: đi)? [-−]?\d")
_ADDED_UP = re.compile(r"\bcong (?:don|cac|diem cac)\b|\btong diem cac\b")


def takes_off(wording: Wording) -> bool:
    """Tell whether the lines of a criterion that is no penalty print what is taken off, not what is earned."""
    return wording.effect is not Effect.PENALTY and any(_TAKES_OFF.search(row.words.spelled) for row in wording.pointed)


def read_checklist(wording: Wording) -> Reading | None:
    """Read lines whose points add up to the maximum as items that are each met or not."""
    rows = [] if takes_off(wording) else _without_heads(wording)
    earning = [row for row in rows if row.points]
    if len(earning) < 2 or wording.most is None or _sum(earning) != wording.most:
        return None
    items = tuple(_item(row) for row in rows if row.points or not row.is_negative)
    rates = sum(item.is_ratio for item in items)
    reason = f"{len(earning)} dòng in điểm cộng lại đúng điểm tối đa {format_points(wording.most)}"
    reason += f", trong đó {rates} dòng tính theo tỷ lệ." if rates else "."
    return Reading(Checklist(items), 0.85 if rates else 0.95, reason)


def read_levels(wording: Wording) -> Reading | None:
    """Read lines of which the best reaches the maximum as levels, one of which holds."""
    rows = [] if takes_off(wording) else _levels_of(wording)
    if len(rows) < 2 or not wording.is_most(max(row.points or ZERO for row in rows)):
        return None
    if wording.most is None and not _is_one_of_two(rows):
        return None
    levels = Levels(tuple(Level(row.text, row.points or ZERO) for row in rows))
    reason = f"{len(rows)} dòng in điểm {shown([level.points for level in levels.levels])}: mỗi dòng là một mức"
    reason += f", mức cao nhất bằng điểm tối đa {format_points(wording.most)}." if wording.most is not None else "."
    return Reading(levels, *_how_surely(wording, rows, reason))


def read_one_line(wording: Wording) -> Reading | None:
    """Read a single line that carries the whole maximum as one item."""
    rows = wording.pointed
    if len(rows) != 1 or len(wording.rows) > 1 or not rows[0].points or rows[0].points != wording.most:
        return None
    is_penalty = wording.effect is Effect.PENALTY
    if rows[0].plain == wording.title.plain or (rows[0].is_negative and not is_penalty):
        return None
    then = "có thì bị trừ" if is_penalty else "đạt thì được"
    reason = f"Chỉ một dòng {quote(rows[0].text)} mang trọn điểm tối đa: {then} {format_points(wording.most)}."
    return Reading(Checklist((Item(rows[0].text, wording.most),)), 0.5, reason)


def _sum(rows: list[Row]) -> Decimal:
    return sum((row.points or ZERO for row in rows), ZERO)


def _item(row: Row) -> Item:
    return Item(row.text, row.points or ZERO, is_ratio=_is_ratio(row))


def _is_ratio(row: Row) -> bool:
    return _FORMULA.search(row.plain) is not None or (row.is_rate and not _THRESHOLD.search(row.plain))


def _without_heads(wording: Wording) -> list[Row]:
    """Leave out lines whose points only add up those of the lines below them ("1. Công khai 1,0", then 0,5 and 0,5)."""
    rows = list(wording.pointed)
    if wording.most is None or _sum(rows) != 2 * wording.most:
        return rows
    kept: list[Row] = []
    at = heads = 0
    while at < len(rows):
        below = _below(rows, at)
        if not below:
            return rows
        kept.extend(Row(words(f"{rows[at].text.rstrip(' :')}: {row.text}"), row.points) for row in below)
        at, heads = at + len(below) + 1, heads + 1
    # One head alone looks just like falling levels: 1,5 then 1,0 and 0,5.
    return kept if heads > 1 else rows


def _below(rows: list[Row], head: int) -> list[Row]:
    below: list[Row] = []
    for row in rows[head + 1 :]:
        below.append(row)
        if _sum(below) >= (rows[head].points or ZERO):
            break
    return below if len(below) > 1 and _sum(below) == rows[head].points else []


def _levels_of(wording: Wording) -> list[Row]:
    """The lines with points, and a failing line whose nothing was not printed."""
    rows = list(wording.rows)
    if ZERO not in wording.points and len(rows) > 1 and rows[-1].points is None and _fails(rows):
        rows[-1] = Row(rows[-1].words, ZERO)
    return [row for row in rows if row.points is not None]


def _fails(rows: list[Row]) -> bool:
    """Tell whether the last line is the failing one: "không …", or of two the one that turns the other around."""
    return rows[-1].is_negative or (len(rows) == 2 and rows[0].is_negative)


def _is_one_of_two(rows: list[Row]) -> bool:
    return bool(rows[0].points) and all(row.points == ZERO for row in rows[1:])


def _how_surely(wording: Wording, rows: list[Row], reason: str) -> tuple[float, str]:
    points = [row.points or ZERO for row in rows]
    if len(rows) > len(wording.pointed):
        return 0.7, f"{reason} Dòng {quote(rows[-1].text)} không in điểm, hiểu là mức không đạt."
    if any(_ADDED_UP.search(row.plain) for row in wording.rows):
        return 0.3, f"{reason} Lời văn nói cộng các dòng; hãy kiểm tra."
    if min(points) == max(points):
        return 0.5, f"{reason} Bản in không có mức nào thấp hơn."
    if points != sorted(points, reverse=True):
        return 0.75, f"{reason} Các mức không xếp từ cao xuống thấp."
    return (0.95, reason) if points[-1] == 0 else (0.85, f"{reason} Bản in không có mức 0 điểm.")
