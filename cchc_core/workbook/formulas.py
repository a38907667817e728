"""The live formulas. Columns of the main sheet are named here once; rows are Excel's, from 1.

Sums are rounded to the four decimals that points have, so that a recalculated cell equals the core's exact sum to the
last bit. Only functions are used that every spreadsheet program knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rules.scoring import Status
from cchc_core.status_names import STATUS_NAMES
from cchc_core.workbook.lines import Line
from cchc_core.workbook.names import BOARD, MET_WORDS

NUMBER, TITLE, MAX, MARK, EFFECTIVE, SELF, EXTERNAL, POINTS, PERCENT, PROOF, APPRAISED, OPINION, STATUS = (
    "ABCDEFGHIJKLM"
)
SIDE, NOT_DUE, OPEN, COUNTED = "NOPQ"
"""Hidden columns: who scores a leaf (1 the unit, 2 others; empty on other rows), points not due, points still open.

Bonuses and penalties have the side below nothing (-1, -2): they stand beside every maximum and every count. What
counts of them stands in a column of their own: a sum over the points would run in a circle through the rows of nodes.
"""

SELF_SIDE, EXTERNAL_SIDE = 1, 2

_DONE, _NOT_DONE = STATUS_NAMES[Status.SCORED], STATUS_NAMES[Status.MISSING]
_VOIDED, _OUTSIDE = STATUS_NAMES[Status.VOIDED], STATUS_NAMES[Status.NOT_APPLICABLE]


def column_index(letter: str) -> int:
    """Give the number of a column, from 0."""
    return ord(letter) - ord("A")


def effective(row: int) -> str:
    """A leaf's maximum: nothing when it is marked as not applicable."""
    return f'=IF(TRIM({MARK}{row})="",{MAX}{row},0)'


def counted(row: int) -> str:
    """A leaf's points: none when it does not apply."""
    return f'=IF(TRIM({MARK}{row})="",ROUND(SUM({SELF}{row}:{EXTERNAL}{row}),4),0)'


@dataclass(frozen=True, slots=True)
class Room:
    """What a cap allows, and the row from which on what it holds begins."""

    most: Decimal
    first: int


def adjusted(row: int, rooms: Sequence[Room], *, takes_off: bool) -> str:
    """A bonus's or a penalty's points: as far as caps have room after the rows above it, none when it is outside."""
    sign, outer, inner = ("-", "MIN", "MAX") if takes_off else ("", "MAX", "MIN")
    typed = f"ROUND(SUM({SELF}{row}:{EXTERNAL}{row}),4)"
    limits = ",".join(f"{sign}{room.most:f}-{_before(row, room, takes_off=takes_off)}" for room in rooms)
    points = f"{outer}(0,{inner}({typed},{limits}))" if rooms else f"{outer}(0,{typed})"
    return f'=IF(TRIM({MARK}{row})="",ROUND({points},4),0)'


def _before(row: int, room: Room, *, takes_off: bool) -> str:
    if room.first >= row:
        return "0"
    return f'SUMIF({COUNTED}{room.first}:{COUNTED}{row - 1},"{"<" if takes_off else ">"}0")'


def taken_off(row: int) -> str:
    """What a bonus or a penalty leaves open: what it takes off."""
    return f"=MAX(0,-{POINTS}{row})"


def both_sides(row: int) -> str:
    """A node's points: the unit's and the others'."""
    return f"=ROUND(SUM({SELF}{row}:{EXTERNAL}{row}),4)"


def status(row: int, blank: Status, *, is_voided: bool) -> str:
    """A leaf's status in words; ``blank`` is what it is while no points stand there."""
    entered = f'IF({POINTS}{row}=0,"{_VOIDED}","{_DONE}")' if is_voided else f'"{_DONE}"'
    return (
        f'=IF(TRIM({MARK}{row})<>"","{_OUTSIDE}",'
        f'IF(COUNT({SELF}{row}:{EXTERNAL}{row})>0,{entered},"{STATUS_NAMES[blank]}"))'
    )


def not_due(row: int, waiting: Decimal) -> str:
    """How much of a leaf cannot be earned yet."""
    return f"=MAX(0,MIN({waiting},ROUND({EFFECTIVE}{row}-{POINTS}{row},4)))"


def still_open(row: int) -> str:
    """How much of a leaf is due and not earned."""
    return f"=ROUND({EFFECTIVE}{row}-{POINTS}{row}-{NOT_DUE}{row},4)"


def percent(part: str, whole: str) -> str:
    """A share, empty where there is no whole."""
    return f'=IF({whole}=0,"",ROUND({part}/{whole},4))'


def leaves_sum(line: Line, column: str, *, applicable: bool = True) -> str:
    """Add a column over the leaves below a node."""
    only = f',{_below(line, EFFECTIVE)},">0"' if applicable else ""
    return f'=ROUND(SUMIFS({_below(line, column)},{_below(line, SIDE)},">0"{only}),4)'


def side_points(line: Line, column: str, side: int, *, is_adjusted: bool) -> str:
    """Add what one side gives over the leaves below a node, bonuses and penalties as far as they count."""
    plain = leaves_sum(line, column)
    return _with(plain, f"SUMIFS({_below(line, POINTS)},{_below(line, SIDE)},-{side})") if is_adjusted else plain


def _with(rounded: str, more: str) -> str:
    return f"{rounded.removesuffix(',4)')}+{more},4)"


def appraised_sum(line: Line, *, is_adjusted: bool) -> str:
    """Add the appraised points, empty until there are any."""
    side, points = _below(line, SIDE), _below(line, APPRAISED)
    any_yet, total = f'COUNTIFS({side},">0",{points},">=0")', leaves_sum(line, APPRAISED)
    if is_adjusted:
        any_yet = f'({any_yet}+COUNTIFS({side},"<0",{points},"<>"))'
        total = _with(total, f'SUMIFS({points},{side},"<0")')
    return f'=IF({any_yet}=0,"",{total.removeprefix("=")})'


def met_text(line: Line, *, of_board: str = "") -> str:
    """Say how many of the applicable criteria are met in full, as "87/121"."""
    side, effective_max, points = (of_board + _below(line, column) for column in (SIDE, EFFECTIVE, POINTS))
    met = f"SUMPRODUCT(({side}>0)*({effective_max}>0)*({points}>={effective_max}))"
    return f'={met}&"/"&COUNTIFS({side},">0",{effective_max},">0")'


def met_sentence(total: Line, more: str = "") -> str:
    """Say live in words how many criteria of all are met, from any sheet, and ``more`` after it."""
    before, after = MET_WORDS
    return f'="{before}"&{ELSEWHERE}{PERCENT}{total.row}&"{after}{more}"'


def side_sum(line: Line, side: int) -> str:
    """Add the effective maxima of what one side scores, for another sheet."""
    return f"=ROUND(SUMIFS({_far(line, EFFECTIVE)},{_far(line, SIDE)},{side}),4)"


def open_sum(line: Line, *statuses: Status) -> str:
    """Add what is open over the leaves of some statuses, for another sheet."""
    sums = (f'SUMIFS({_far(line, OPEN)},{_far(line, STATUS)},"{STATUS_NAMES[status]}")' for status in statuses)
    return f"=ROUND({'+'.join(sums)},4)"


def not_due_sum(line: Line) -> str:
    """Add what is not due, for another sheet."""
    return f'=ROUND(SUMIFS({_far(line, NOT_DUE)},{_far(line, SIDE)},">0"),4)'


def status_count(line: Line, status: Status) -> str:
    """Count the leaves of a status, bonuses and penalties left out, for another sheet."""
    return f'=COUNTIFS({_far(line, STATUS)},"{STATUS_NAMES[status]}",{_far(line, SIDE)},">0")'


def adjustments_sum(line: Line, *, takes_off: bool) -> str:
    """Add what bonuses add, or what penalties take off, both positive, for another sheet."""
    points, sign, which = _far(line, POINTS), "-" if takes_off else "", "<" if takes_off else ">"
    return f'=ROUND({sign}SUMIFS({points},{_far(line, SIDE)},"<0",{points},"{which}0"),4)'


def adjustments_count(line: Line, *statuses: Status) -> str:
    """Count bonuses and penalties, of some statuses or all, for another sheet."""
    side = f'{_far(line, SIDE)},"<0"'
    counts = (f'COUNTIFS({side},{_far(line, STATUS)},"{STATUS_NAMES[status]}")' for status in statuses)
    return f"={'+'.join(counts)}" if statuses else f"=COUNTIFS({side})"


ELSEWHERE = f"'{BOARD}'!"


def _below(line: Line, column: str) -> str:
    return f"{column}{line.first}:{column}{line.last}"


def _far(line: Line, column: str) -> str:
    return ELSEWHERE + _below(line, column)
