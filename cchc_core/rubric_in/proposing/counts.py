"""Points by how many cases: lines "1 nhiệm vụ", "2 nhiệm vụ" …, or "cứ mỗi … trừ 0,5 điểm"."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from cchc_core.rubric_in.proposing.inline_points import NUMBER, number
from cchc_core.rubric_in.proposing.ranges import Range, range_in
from cchc_core.rubric_in.proposing.wording import Reading, Row, Wording
from cchc_core.rules.decimals import HUNDRED, ZERO, decimals_of, format_number
from cchc_core.rules.explain import quote
from cchc_core.rules.kinds import Count, Effect

_MOST_CASES = 60
_TOLD = re.compile(r"^(?:tinh|cham|dem) theo ?:? ?(so .{4,})$")
_NONE = re.compile(
    r"^(?:\S+ ){0,4}?khong (?:co|de xay ra|phat sinh|bi|de)\b|^0+ [a-z]|\bhoan thanh (?:tat ca|toan bo|100)"
)
_CALENDAR = (
    r"(?:quy|thang|nam|so|dieu|khoan|muc|cap|mau|loai|phu luc|ngay|truoc|luat|quyet dinh|nghi dinh|tu|do|diem|phan) "
)
# What is measured rather than counted is a matter of bands.
_MEASURED = r"(?:diem|lan|nam|thang|quy|tuan|ngay|gio|phut|trieu|ty|dong|phan tram|bien che)\b"
_NUMBERED = re.compile(rf"(?<![\d.,/%-])(?<!\w)0?(\d{{1,2}})\s+(?!%|{_MEASURED})([a-z]{{2,}})(?!\s*%)")
_WAY = (
    r"(?P<way>bi tru|tru(?: di)?|giam(?: tru)?|duoc cong(?: them)?|cong(?: them)?"
    r"|duoc(?: tinh| thuong| cham)?(?: them)?|tinh|dat|:|(?=[-+−]?\d+(?:[.,]\d+)? ?diem))"
)
_STEP = re.compile(
    r"\b(?:cu )?(?:moi(?: mot| 0?1)?|(?:cu|them)(?: co)? 0?(?P<size>\d{1,2}|mot))\s+"
    rf"(?P<of>[^;.]{{2,140}}?)\s*,?\s*(?:thi )?(?:se )?{_WAY}"
    rf"\s*(?:them )?[-+−]?(?P<points>{NUMBER})\s*(?P<share>% ?(?:so |tong )?diem|diem|d\b|$)"
)


_UP_TO = re.compile(rf"\b(?:toi da|khong qua)(?: la| den)?\s*({NUMBER})\s*diem")


def read_steps(wording: Wording) -> Reading | None:
    """Read "mỗi văn bản chậm trừ 0,5 điểm" as points by count, falling from the maximum or rising to it."""
    found = [match for place in _places(wording) if (match := _STEP.search(place.plain))]
    if not found:
        return None
    if len(found) > 1:
        return Reading(None, 0.0, "Nhiều dòng «mỗi … trừ/cộng» khác nhau nên không gộp được thành một cách tính.")
    step, most = _step(found[0], wording.most), wording.most
    if any(row.points not in (0, most, step) for row in wording.pointed):
        return None
    if most is None or step is None or step <= 0:
        place = next(place for place in _places(wording) if _STEP.search(place.plain))
        said = quote(place.words.said(*found[0].span()))
        return Reading(None, 0.0, f"Lời văn ghi {said} nhưng không có điểm tối đa để tính các mức.")
    if other := _other_limit(wording, most):
        return Reading(None, 0.0, other)
    points = _by_steps(most, step, int(found[0]["size"]) if (found[0]["size"] or "").isdigit() else 1)
    if len(points) > _MOST_CASES or decimals_of(step) > 4:
        return None
    rises = wording.effect is not Effect.NORMAL or not _takes_off(found[0])
    place = next(place for place in _places(wording) if _STEP.search(place.plain))
    of = f"Số {place.words.said(*found[0].span('of'))}"
    reason = f"Lời văn ghi {quote(place.words.said(*found[0].span()))}: mỗi lần {format_number(step)} điểm."
    return Reading(Count(of, tuple(points if rises else (most - value for value in points))), 0.85, reason)


def _places(wording: Wording) -> tuple[Row, ...]:
    return (*wording.rows, Row(wording.title, None)) if not wording.rows else wording.rows


def _other_limit(wording: Wording, most: Decimal) -> str | None:
    """Say that the words stop at other points than the maximum: «mỗi … trừ 0,5 điểm, tối đa 1 điểm» of 3."""
    limits = (number(found[1]) for place in _places(wording) for found in _UP_TO.finditer(place.plain))
    other = next((limit for limit in limits if limit not in (None, most)), None)
    if other is None:
        return None
    said = f"Lời văn ghi tối đa {format_number(other)} điểm, khác điểm tối đa {format_number(most)}"
    return f"{said}; hãy nhập điểm từng số trường hợp."


def _takes_off(found: re.Match[str]) -> bool:
    return "tru" in found["way"] or "giam" in found["way"]


def _step(found: re.Match[str], most: Decimal | None) -> Decimal | None:
    value = number(found["points"])
    if value is None or not found["share"].startswith("%"):
        return value
    return None if most is None else most * value / HUNDRED


def _by_steps(most: Decimal, step: Decimal, size: int) -> list[Decimal]:
    """Rise from nothing to the maximum, ``size`` cases a step; the last step may be shorter."""
    points, value = [ZERO], ZERO
    while value < most and len(points) <= _MOST_CASES + size:
        points.extend([value] * (size - 1))
        value = min(value + step, most)
        points.append(value)
    return points


def read_count(wording: Wording) -> Reading | None:
    """Read lines that each name a number of cases, from none to "and more"."""
    rows = wording.pointed
    if len(rows) < 2 or not wording.is_most(max(wording.points)):
        return None
    spans = _spans(rows)
    points = None if spans is None else _by_count(rows, spans, wording)
    if points is None:
        return None
    numbered = next(row for row in rows if _noun(row))
    reason = f"{len(rows)} dòng ghi số trường hợp tăng dần ({quote(numbered.text)} …), mỗi số một mức điểm."
    return Reading(Count(_of(wording, numbered), points), 0.9 if len(rows) > 2 else 0.75, reason)


def _noun(row: Row) -> str | None:
    found = _numbered(row)
    return None if found is None else found[2]


def _numbered(row: Row) -> re.Match[str] | None:
    for found in _NUMBERED.finditer(row.plain):
        if not re.search(_CALENDAR + r"$", row.plain[: found.start()]) or _said_and_more(row, found):
            return found
    return None


def _said_and_more(row: Row, found: re.Match[str]) -> bool:
    return row.plain[: found.start()].endswith("tu ") and "tro len" in row.plain[found.end() :]


def _spans(rows: Sequence[Row]) -> list[tuple[int, int | None]] | None:
    """How many cases each line stands for; None where a line names none, the numbers have holes or the nouns differ."""
    nouns = {noun for row in rows if (noun := _noun(row)) and not _NONE.search(row.plain)}
    found = [_cases(row) for row in rows]
    unnamed = [at for at, span in enumerate(found) if span is None]
    if len(nouns) != 1 or len(unnamed) > 1:
        return None
    if unnamed and (unnamed[0] not in (0, len(rows) - 1) or any(span and span[0] == 0 for span in found)):
        return None
    spans = [(0, 0) if span is None else span for span in found]
    ordered = sorted(spans, key=lambda span: span[0])
    follows = all(below[1] is not None and below[1] + 1 == above[0] for below, above in pairwise(ordered))
    several = len([span for span in spans if span[0] > 0]) > 1 or ordered[-1][1] is None
    return spans if follows and several and ordered[0][0] <= 1 else None


def _cases(row: Row) -> tuple[int, int | None] | None:
    if _NONE.search(row.plain) and "tro len" not in row.plain:
        return 0, 0
    span = range_in(row.plain)
    if span is not None and not span.is_percent and not span.is_one_value and _noun(row) is not None:
        return _whole(span)
    found = _numbered(row)
    return None if found is None else (int(found[1]), int(found[1]))


def _whole(span: Range) -> tuple[int, int | None] | None:
    bounds = [bound for bound in (span.lower, span.upper) if bound is not None]
    if any(bound != int(bound) for bound in bounds):
        return None
    low = 0 if span.lower is None else int(span.lower) + (not span.includes_lower)
    high = None if span.upper is None else int(span.upper) - (not span.includes_upper)
    return low, high


def _by_count(
    rows: Sequence[Row], spans: Sequence[tuple[int, int | None]], wording: Wording
) -> tuple[Decimal, ...] | None:
    """The list of points by count; a count of none that rising lines leave out gives nothing."""
    at = {low: (high, row.points or ZERO) for (low, high), row in zip(spans, rows, strict=True)}
    points: list[Decimal] = []
    if 0 not in at:
        if any(below > above for below, above in pairwise([at[low][1] for low in sorted(at)])):
            return None
        points.append(ZERO)
    for low in sorted(at):
        high, value = at[low]
        points.extend([value] * (1 if high is None else high - low + 1))
        if len(points) > _MOST_CASES:
            return None
    falls, rises = sorted(points, reverse=True), sorted(points)
    return tuple(points) if points in (falls, rises) and len(set(points)) > 1 else None


def _of(wording: Wording, numbered: Row) -> str:
    """Say what is counted: the line with its number taken out."""
    found = _numbered(numbered)
    told = next((said for row in wording.rows if (said := _TOLD.match(row.plain)) and row.points is None), None)
    if told:
        row = next(row for row in wording.rows if row.plain == told.string)
        return row.words.said(*told.span(1))
    if found is None:
        return wording.title.text
    before = re.sub(
        r"\b(?:từ|có|là|dưới|trên|đến)\s*$", "", numbered.text[: found.start()].rstrip(), flags=re.IGNORECASE
    ).strip()
    after = re.split(r"\s*\btrở lên|\s*[:;(=]", numbered.text[found.end(1) :])[0].strip(" .–-")
    return f"Số {after} mà {before[0].casefold()}{before[1:]}" if before else f"{wording.title.text}: số {after}"
