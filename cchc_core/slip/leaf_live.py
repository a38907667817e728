"""The formulas of one criterion's row: state, maximum, points, words, and what of it stands when it is written."""

from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rubric.capping import cap_words, caps_above
from cchc_core.rubric.model import Cap
from cchc_core.rules.answers import EMPTY
from cchc_core.rules.decimals import ZERO, format_points
from cchc_core.rules.entries import Entry
from cchc_core.rules.kinds import EFFECT_NAMES, Effect, Ratio, screen_name
from cchc_core.rules.scoring import Score, Status, score
from cchc_core.slip import names as n
from cchc_core.slip.cells import Cells, Wrong, answered, first_wrong
from cchc_core.slip.computing import Computed, compute
from cchc_core.slip.fields import NOT_APPLICABLE, NOT_DUE, VOIDED
from cchc_core.slip.layout import Form, Line
from cchc_core.slip.lists import Lists
from cchc_core.slip.live import Live, chosen, is_filled, plain_number, quoted, said, shown_points
from cchc_core.status_names import STATUS_NAMES

_SIDES = {Effect.NORMAL: n.NORMAL_SIDE, Effect.BONUS: n.BONUS_SIDE, Effect.PENALTY: n.PENALTY_SIDE}
_DONE = STATUS_NAMES[Status.SCORED]


@dataclass(frozen=True, slots=True)
class LiveLeaf:
    """Formulas without "=", and the values that stand beside them."""

    way: str
    side: int
    effective: str
    points: str
    state: str
    said: Live
    answered: str
    answered_now: int
    problem: str
    raw: str
    raw_now: Decimal


def live_leaf(form: Form, line: Line, lists: Lists) -> LiveLeaf:
    """Make the formulas of a criterion, with the values that its score has now."""
    leaf, row = line.leaf, line.row
    entry, scored = _entry(form, line.code), form.scores[line.code]
    cells = Cells(
        {placed.field.name: f"{n.INPUT}{placed.row}" for placed in line.fields},
        f"{n.MAX}{row}",
        f"{n.RAW}{row}",
        lists.of(leaf.scored.rule),
    )
    fields = tuple(placed.field for placed in line.fields)
    blank = _blank(form, line)
    has_form = any(field.is_of_answer for field in fields)
    raw_now = _raw_now(form, line, entry)
    rule = compute(leaf, fields, cells, entry.answer, raw_now) if has_form else Computed("0", said(""))
    problem = first_wrong(f"{n.ANSWERED}{row}", rule.wrong, _contradictions(cells, row))
    adjustment = "" if leaf.scored.effect is Effect.NORMAL else f"{EFFECT_NAMES[leaf.scored.effect]}\n"
    caps = caps_above(form.sheet.rubric, leaf) if leaf.is_adjustment else ()
    return LiveLeaf(
        way=adjustment + screen_name(leaf.scored.rule),
        side=_SIDES[leaf.scored.effect],
        effective="0" if leaf.is_adjustment else f'IF({n.STATE}{row}="{_OUTSIDE}",0,{n.MAX}{row})',
        points=_points(form, line, caps),
        state=_state(line, cells, blank),
        said=_said(form, line, rule, (caps, blank)),
        answered=answered(cells, fields, rule.falls_away),
        answered_now=_answered_now(entry, scored),
        problem=problem,
        raw=f'IF(OR({n.PROBLEM}{row}<>"",{n.ANSWERED}{row}<>1),0,{rule.points})',
        raw_now=raw_now,
    )


_OUTSIDE = STATUS_NAMES[Status.NOT_APPLICABLE]


def _entry(form: Form, code: str) -> Entry:
    stored = form.sheet.answers.get(code)
    return EMPTY if stored is None else stored.entry


def _raw_now(form: Form, line: Line, entry: Entry) -> Decimal:
    if entry.answer is None:
        return ZERO
    # What is voided has points of its rule all the same, which come back when the voiding is taken out.
    return abs(score(line.leaf.scored, Entry(entry.answer), form.sheet.period).points)


def _answered_now(entry: Entry, scored: Score) -> int:
    if entry.answer is None:
        return 0
    return 2 if scored.status is Status.NOT_APPLICABLE else 1


def _contradictions(cells: Cells, row: int) -> tuple[Wrong, ...]:
    away, voided, later = (cells.inputs.get(name) for name in (NOT_APPLICABLE, VOIDED, NOT_DUE))
    some = f"{n.ANSWERED}{row}>0"
    wrong: list[Wrong] = []
    if later:
        wrong.append((f'AND({is_filled(later)},LOWER(TRIM({later}))<>"x")', "ô đánh dấu chỉ nhận chữ x"))
        wrong.append((f"AND({some},{is_filled(later)})", "đã có kết quả thì không đánh dấu chưa đến kỳ"))
    if away:
        wrong.append((f"AND({some},{is_filled(away)})", "đã có kết quả thì không ghi lý do không áp dụng"))
    if away and later:
        wrong.append((f"AND({is_filled(away)},{is_filled(later)})", "chỉ chọn một: không áp dụng hoặc chưa đến kỳ"))
    for other in (away, later):
        if voided and other:
            wrong.append(
                (f"AND({is_filled(voided)},{is_filled(other)})", "huỷ điểm chỉ đi cùng kết quả hoặc đứng một mình")
            )
    return tuple(wrong)


def _state(line: Line, cells: Cells, blank_status: Status) -> str:
    row, rule = line.row, line.leaf.scored.rule
    states = [
        (VOIDED, Status.VOIDED),
        (NOT_APPLICABLE, Status.NOT_APPLICABLE),
        (NOT_DUE, Status.NOT_DUE),
    ]
    blank = quoted(STATUS_NAMES[blank_status])
    outside = f'IF({n.ANSWERED}{row}=2,"{_OUTSIDE}",{blank})' if isinstance(rule, Ratio) else blank
    inner = f'IF({n.ANSWERED}{row}=1,"{_DONE}",{outside})'
    for name, status in reversed(states):
        if name in cells.inputs:
            inner = f'IF({is_filled(cells.inputs[name])},"{STATUS_NAMES[status]}",{inner})'
    return f'IF({n.PROBLEM}{row}<>"","{n.TO_MEND}",{inner})'


def _blank(form: Form, line: Line) -> Status:
    """Give what a criterion is while nothing is entered."""
    return score(line.leaf.scored, EMPTY, form.sheet.period).status


def _points(form: Form, line: Line, caps: tuple[Cap, ...]) -> str:
    row, effect = line.row, line.leaf.scored.effect
    given = f"{n.RAW}{row}"
    rooms = "".join(f",{_room(form, line, cap)}" for cap in caps)
    counted = f"MAX(0,MIN({given}{rooms}))" if caps else given
    sign = "-" if effect is Effect.PENALTY else ""
    return f'IF({n.STATE}{row}="{_DONE}",{sign}{counted},0)'


def _room(form: Form, line: Line, cap: Cap) -> str:
    """Give what a cap still leaves after the rows above, in printed order."""
    first = n.FIRST_ROW if cap.node is None else form.by_code[cap.node].first
    most = plain_number(max(ZERO, cap.most - form.used_elsewhere(line.leaf, cap)))
    if first >= line.row:
        return most
    sides, points = (f"{column}{first}:{column}{line.row - 1}" for column in (n.SIDE, n.POINTS))
    used = f"ABS(SUMIFS({points},{sides},{_SIDES[cap.effect]}))"
    return f"ROUND({most}-{used},4)"


def _said(form: Form, line: Line, rule: Computed, of: tuple[tuple[Cap, ...], Status]) -> Live:
    caps, blank = of[0], STATUS_NAMES[of[1]]
    row, scored, leaf = line.row, form.scores[line.code], line.leaf
    state = f"{n.STATE}{row}"
    done = rule.words
    if leaf.is_adjustment:
        counted = shown_points(f"{n.POINTS}{row}", scored.points)
        done = said(done, ", tính ", counted, " điểm")
    if caps:
        is_cut = scored.before_cap is not None
        elsewhere = ", đã kể phần của tiêu chí ngoài phiếu" if form.counts_with_others(leaf) else ""
        cut = said(f" (mức trần: {cap_words(caps)}{elsewhere})")
        limit = chosen(f"ABS({n.POINTS}{row})<{n.RAW}{row}", is_cut, cut, said(""))
        done = said(done, limit)
    away = f"Hạ điểm chuẩn {format_points(leaf.scored.counted_max)}" if leaf.scored.counted_max else "Không tính"
    others = (
        (_OUTSIDE, Status.NOT_APPLICABLE, said(away)),
        (STATUS_NAMES[Status.VOIDED], Status.VOIDED, said("Bị huỷ điểm, tính 0,0000 điểm")),
        (STATUS_NAMES[Status.NOT_DUE], Status.NOT_DUE, said("Chưa đến kỳ")),
        (_DONE, Status.SCORED, done),
    )
    words = said(_WHILE_BLANK.get(blank, blank))
    for name, status, text in reversed(others):
        words = chosen(f'{state}="{name}"', scored.status is status, text, words)
    problem = Live(f"{n.PROBLEM}{row}", "")
    return chosen(f'{n.PROBLEM}{row}<>""', False, said(f"{n.TO_MEND}: ", problem), words)


_WHILE_BLANK = {
    STATUS_NAMES[Status.MISSING]: "Chưa nhập",
    STATUS_NAMES[Status.AWAITING]: "Chờ kết quả của bên ngoài",
    STATUS_NAMES[Status.NOT_DUE]: "Chưa đến kỳ",
}
