"""The rows of the form, in printed order, before anything is written: nodes, criteria, and their input cells."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from cchc_core.rubric.capping import capped, caps_above
from cchc_core.rubric.model import Cap, Criterion
from cchc_core.rules.answers import EMPTY
from cchc_core.rules.decimals import ZERO
from cchc_core.rules.scoring import Score, Status
from cchc_core.slip.fields import Field, Kind, fields_of
from cchc_core.slip.model import ProofLink
from cchc_core.slip.names import FIRST_ROW
from cchc_core.unconfirmed import is_unconfirmed
from cchc_core.workbook.lines import Kind as Node
from cchc_core.workbook.lines import asked_for, printed_number
from cchc_core.workbook.texts import cell_text, lines_of

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet

# Average small letters a line, and the height of a line in points, for the columns' widths and letters' sizes.
TITLE_WIDTH, LABEL_WIDTH, PROOF_WIDTH, TEXT_WIDTH, SAID_WIDTH = 52.0, 58.0, 54.0, 92.0, 44.0
_TITLE_HEIGHT, _LABEL_HEIGHT, _ROOM, _MOST_HEIGHT = 14.6, 13.0, 5.0, 400.0

Proofs = Mapping[str, Sequence[ProofLink]]
"""The documents attached to criteria, by code."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An input cell with its row."""

    field: Field
    row: int
    height: float


@dataclass(frozen=True)
class Line:
    """A node, or a criterion with its input cells below; rows are Excel's, from 1.

    ``first`` to ``last`` are the rows below it; of a node its criteria stand there.
    """

    kind: Node
    code: str
    number: str
    title: str
    row: int
    height: float
    first: int
    last: int
    criterion: Criterion | None = None
    fields: tuple[Placed, ...] = ()
    proof: str = ""

    @property
    def leaf(self) -> Criterion:
        """Give the criterion of a leaf's row (ValueError for a node)."""
        if self.criterion is None:
            raise ValueError(f"{self.kind} {self.code}")
        return self.criterion


@dataclass(frozen=True)
class Form:
    """All rows of the form, the total last; the scores are as far as caps count them."""

    sheet: "Sheet"
    lines: tuple[Line, ...]
    scores: Mapping[str, Score]
    attached: Proofs
    is_whole: bool

    @cached_property
    def leaves(self) -> tuple[Line, ...]:
        """The criteria."""
        return tuple(line for line in self.lines if line.kind is Node.LEAF)

    @property
    def total(self) -> Line:
        """The row of the grand total."""
        return self.lines[-1]

    @cached_property
    def by_code(self) -> Mapping[str, Line]:
        """The lines of sections, groups and criteria by their codes."""
        return {line.code: line for line in self.lines if line.kind is not Node.PART}

    def leaves_below(self, line: Line) -> tuple[Line, ...]:
        """Give the criteria below a node."""
        first, last = (bisect_left(self._rows, row) for row in (line.first, line.last + 1))
        return self.leaves[first:last]

    @cached_property
    def _rows(self) -> list[int]:
        return [leaf.row for leaf in self.leaves]

    def used_elsewhere(self, leaf: Criterion, cap: Cap) -> Decimal:
        """Give what of a cap is used up before a criterion by others that are not in this slip, as they stand now.

        A room's slip may hold only some of the criteria that count against a cap.
        """
        rubric = self.sheet.rubric
        below = rubric.leaves if cap.node is None else rubric.leaves_of(cap.node)
        before = takewhile(lambda each: each.code != leaf.code, below)
        outside = (each for each in before if each.scored.effect is cap.effect and each.code not in self.by_code)
        return sum((abs(self.scores[each.code].points) for each in outside), ZERO)

    def counts_with_others(self, leaf: Criterion) -> bool:
        """Tell whether a cap of a criterion is shared with others that are not in this slip."""
        return not self.is_whole and any(self.used_elsewhere(leaf, cap) for cap in caps_above(self.sheet.rubric, leaf))


def lay_out(sheet: "Sheet", codes: Collection[str] | None, attached: Proofs) -> Form:
    """Place the chosen criteria (None: all) with everything above them, from the first row on."""
    wanted = {leaf.code for leaf in sheet.rubric.leaves if codes is None or leaf.code in codes}
    lines, row = [], FIRST_ROW
    for line in _lines(sheet, wanted, attached):
        placed = _placed(line, row)
        lines.append(placed)
        row = placed.row + len(placed.fields) + 1
    scores = capped(sheet.rubric, sheet.scores)
    return Form(sheet, tuple(_with_ranges(lines)), scores, attached, len(wanted) == len(sheet.rubric.leaves))


def _placed(line: Line, row: int) -> Line:
    fields = [Placed(each.field, row + 1 + index, each.height) for index, each in enumerate(line.fields)]
    if fields:
        missing = lines_of(line.proof, PROOF_WIDTH) * _LABEL_HEIGHT + _ROOM
        missing -= line.height + sum(each.height for each in fields)
        # What the column of documents needs more goes to the note, which has use for it.
        fields[-1] = replace(fields[-1], height=min(_MOST_HEIGHT, fields[-1].height + max(0.0, missing)))
    return replace(line, row=row, first=row + 1, last=row + len(fields), fields=tuple(fields))


_DEPTHS = {Node.TOTAL: -1, Node.PART: 0, Node.SECTION: 1}


def _with_ranges(lines: list[Line]) -> Iterator[Line]:
    """Tell every node which rows are below it: up to the next one that does not stand deeper."""
    depths = _depths(lines)
    for index, line in enumerate(lines):
        if line.kind is Node.LEAF:
            yield line
        elif line.kind is Node.TOTAL:
            yield replace(line, first=FIRST_ROW, last=max(FIRST_ROW, line.row - 1))
        else:
            after = (place for place in range(index + 1, len(lines)) if depths[place] <= depths[index])
            yield replace(line, first=line.row + 1, last=lines[next(after)].row - 1)


def _depths(lines: list[Line]) -> list[int]:
    depths: list[int] = []
    by_code: dict[str, int] = {}
    for line in lines:
        if line.criterion is None:
            depth = _DEPTHS[line.kind]
        else:
            depth = by_code[line.code] = by_code.get(line.criterion.parent, 1) + 1
        depths.append(depth)
    return depths


def _lines(sheet: "Sheet", wanted: Collection[str], attached: Proofs) -> Iterator[Line]:
    rubric = sheet.rubric
    above = {node for code in wanted for node in rubric.above(code)}
    for part in (None, *rubric.parts):
        if part is not None:
            if f"part {part.code}" not in above:
                continue
            yield _node(Node.PART, part.code, part.code, part.title)
        for section in rubric.sections:
            if section.code in above and section.part == (part.code if part else None):
                number = printed_number(rubric, section.code, section.code)
                yield _node(Node.SECTION, section.code, number, section.title)
                yield from _below(sheet, section.code, wanted, above, attached)
    yield _node(Node.TOTAL, "", "", "TỔNG CỘNG")


def _below(
    sheet: "Sheet", section: str, wanted: Collection[str], above: Collection[str], attached: Proofs
) -> Iterator[Line]:
    rubric = sheet.rubric
    for criterion in rubric.criteria:
        if criterion.section != section:
            continue
        number = printed_number(rubric, section, criterion.code)
        if criterion.code in wanted:
            yield _leaf(sheet, criterion, number, attached.get(criterion.code, ()))
        elif criterion.code in above:
            yield replace(_node(Node.GROUP, criterion.code, number, criterion.title), criterion=criterion)


def _node(kind: Node, code: str, number: str, title: str) -> Line:
    text = cell_text(title)
    return Line(kind, code, number, text, 0, lines_of(text, TITLE_WIDTH) * _TITLE_HEIGHT + _ROOM, 0, 0)


def _leaf(sheet: "Sheet", criterion: Criterion, number: str, attached: Sequence[ProofLink]) -> Line:
    stored = sheet.answers.get(criterion.code)
    entry, note = (EMPTY, "") if stored is None else (stored.entry, stored.self_note)
    waiting = is_unconfirmed(sheet, criterion.code)
    listed = fields_of(criterion, sheet.period, entry, note, is_unconfirmed=waiting)
    fields = tuple(_sized(field) for field in listed)
    line = _node(Node.LEAF, criterion.code, number, criterion.title)
    height = max(line.height, 22.0)
    proof = cell_text("\n".join(_proof(criterion, attached)))
    return replace(line, height=height, criterion=criterion, fields=fields, proof=proof)


def _sized(field: Field) -> Placed:
    height = lines_of(field.label, LABEL_WIDTH) * _LABEL_HEIGHT
    if field.kind is Kind.TEXT:
        height = max(height, lines_of(str(field.value or ""), TEXT_WIDTH) * _TITLE_HEIGHT, 1.4 * _TITLE_HEIGHT)
    return Placed(field, 0, min(_MOST_HEIGHT, height + _ROOM))


def _proof(criterion: Criterion, attached: Sequence[ProofLink]) -> Iterator[str]:
    if criterion.evidence:
        yield "Cần có:"
        yield from (f"- {asked_for(evidence)}" for evidence in criterion.evidence)
    if attached:
        yield "Đã gắn:"
        yield from (f"+ {proof.text}" for proof in attached)


def sums(form: Form, line: Line) -> tuple[Decimal, Decimal, Decimal]:
    """Add up the criteria below a node: maximum, effective maximum, points."""
    leaves = form.leaves_below(line)
    scores = [form.scores[leaf.code] for leaf in leaves]
    return (
        sum((leaf.leaf.scored.counted_max for leaf in leaves), ZERO),
        sum((score.effective_max for score in scores), ZERO),
        sum((score.points for score in scores), ZERO),
    )


def done(form: Form, line: Line) -> tuple[int, int]:
    """Count the criteria below a node that are settled, and all of them."""
    scores = [form.scores[leaf.code] for leaf in form.leaves_below(line)]
    return sum(score.status not in (Status.MISSING, Status.AWAITING) for score in scores), len(scores)


def met(form: Form, line: Line) -> tuple[int, int]:
    """Count the criteria below a node that reach their full points, and those that apply."""
    scores = [form.scores[leaf.code] for leaf in form.leaves_below(line) if form.scores[leaf.code].effective_max > 0]
    return sum(score.points >= score.effective_max for score in scores), len(scores)


def answer_points(form: Form, line: Line) -> Decimal:
    """Give what the rule of a criterion gave, before a cap and without the sign of a penalty."""
    score = form.scores[line.code]
    return abs((score.before_cap or score).points)
