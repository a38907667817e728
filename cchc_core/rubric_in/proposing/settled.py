"""Lines whose points the print lost, where the maximum leaves only one reading."""

from decimal import Decimal

from cchc_core.rubric_in.proposing.chosen import takes_off
from cchc_core.rubric_in.proposing.ranges import range_in
from cchc_core.rubric_in.proposing.wording import Reading, Row, Wording
from cchc_core.rules.decimals import ZERO, format_points
from cchc_core.rules.explain import quote
from cchc_core.rules.kinds import Checklist, Item, Level, Levels


def read_two_sides(wording: Wording) -> Reading | None:
    """Read two lines without points, the second the failing side of the first, as maximum and nothing."""
    rows, most = wording.rows, wording.most
    if most is None or len(rows) != 2 or wording.pointed or rows[0].is_negative or not rows[1].is_negative:
        return None
    levels = Levels((Level(rows[0].text, most), Level(rows[1].text, ZERO)))
    reason = f"Hai dòng không in điểm; {quote(rows[1].text)} là mức không đạt nên điểm tối đa thuộc dòng còn lại."
    return Reading(levels, 0.5, reason)


def read_one_lost(wording: Wording) -> Reading | None:
    """Read lines of which a single one lost its points: the best level, or the item that the maximum still lacks."""
    lost = [row for row in wording.rows if row.points is None]
    most = wording.most
    if not most or len(lost) != 1 or not wording.pointed or takes_off(wording):
        return None
    if lost[0].is_negative or lost[0].text.endswith(":") or _one_of_many_ranges(wording, lost[0]):
        return None
    if not any(wording.points):
        return _best_level(wording, lost[0], most)
    return _last_item(wording, lost[0], most)


def _one_of_many_ranges(wording: Wording, lost: Row) -> bool:
    """Tell whether the others are ranges and this line is none: then more than its points may be lost."""
    return range_in(lost.plain) is None and any(range_in(row.plain) for row in wording.pointed)


def _best_level(wording: Wording, lost: Row, most: Decimal) -> Reading:
    levels = tuple(Level(row.text, most if row is lost else ZERO) for row in wording.rows)
    reason = f"Dòng {quote(lost.text)} không in điểm, các dòng khác 0 điểm nên điểm tối đa thuộc dòng này."
    return Reading(Levels(levels), 0.6, reason)


def _last_item(wording: Wording, lost: Row, most: Decimal) -> Reading | None:
    left = most - sum(wording.points, ZERO)
    if left <= 0 or any(row.is_negative for row in wording.rows):
        return None
    items = tuple(Item(row.text, left if row.points is None else row.points) for row in wording.rows)
    reason = f"Dòng {quote(lost.text)} không in điểm; các dòng kia cộng lại còn thiếu {format_points(left)} so với "
    return Reading(Checklist(items), 0.4, f"{reason}điểm tối đa {format_points(most)}, hiểu là điểm của dòng này.")
