"""The rows of the main sheet, in printed order, before anything is written: what stands where, and how high."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_core.rubric.capping import cap_words
from cchc_core.rubric.checks import Finding, findings
from cchc_core.rubric.model import Cap, Criterion, Evidence, Rubric
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import EFFECT_NAMES, Effect
from cchc_core.rules.scoring import Score, Status
from cchc_core.totals import Totals
from cchc_core.unconfirmed import is_unconfirmed
from cchc_core.workbook.names import UNCONFIRMED_MARK, met_words
from cchc_core.workbook.texts import cell_text, lines_of

if TYPE_CHECKING:
    from cchc_core.scoring import Sheet

# Of the columns below: average small letters a line, and the height of a line in points, for their letters' size.
TITLE_WIDTH, TITLE_HEIGHT = 38.0, 14.3
PROOF_WIDTH, PROOF_HEIGHT = 51.0, 12.6
# A row of Excel is at most 409 points high; what needs more goes over several lower rows, merged, which also lets it
# run on over a page's end.
MOST_HEIGHT, MERGED_HEIGHT = 400.0, 120.0

Attached: TypeAlias = Mapping[str, Sequence[str]]
"""The documents attached to criteria, by code, each as one line."""
NOTHING_ATTACHED: Final[Attached] = {}


class Kind(StrEnum):
    """What a row of the main sheet is."""

    PART = "part"
    SECTION = "section"
    GROUP = "group"
    LEAF = "leaf"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Line:
    """One row (or several merged ones): rows are Excel's, from 1; ``first`` to ``last`` hold what is below a node."""

    kind: Kind
    code: str
    number: str
    title: str
    proof: str = ""
    criterion: Criterion | None = None
    row: int = 0
    span: int = 1
    height: float = 0.0
    first: int = 0
    last: int = 0

    @property
    def leaf(self) -> Criterion:
        """Give the criterion of a leaf's row."""
        if self.criterion is None:
            raise ValueError(f"{self.kind} {self.code}")
        return self.criterion


@dataclass(frozen=True)
class Board:
    """All rows of the main sheet, the total last, and what is wrong with the print of the criteria set."""

    lines: tuple[Line, ...]
    doubts: tuple[Finding, ...]
    caps: tuple[Cap, ...] = ()

    @cached_property
    def leaves(self) -> tuple[Line, ...]:
        """The rows that are scored."""
        return tuple(line for line in self.lines if line.kind is Kind.LEAF)

    @cached_property
    def is_adjusted(self) -> bool:
        """Tell whether any row is a bonus or a penalty."""
        return any(line.leaf.is_adjustment for line in self.leaves)

    @cached_property
    def first_rows(self) -> Mapping[str | None, int]:
        """The rows from which on a section or a group, by its code, or the whole set (None) holds its criteria."""
        holding = (line for line in self.lines if line.kind in (Kind.SECTION, Kind.GROUP))
        return {None: self.lines[0].row, **{line.code: line.first for line in holding}}

    @property
    def total(self) -> Line:
        """The row of the grand total."""
        return self.lines[-1]

    @cached_property
    def summarised(self) -> tuple[Line, ...]:
        """The rows that the summary repeats: parts, sections, the total."""
        return tuple(line for line in self.lines if line.kind in (Kind.PART, Kind.SECTION, Kind.TOTAL))


def lay_out(sheet: "Sheet", first_row: int, attached: Attached = NOTHING_ATTACHED) -> Board:
    """Place every part, section, group and leaf from a row on; groups stand right above what they hold.

    ``attached`` names the documents that prove each criterion, a line for each.
    """
    placed: list[Line] = []
    row, doubts = first_row, findings(sheet.rubric)
    warnings = {doubt.code: doubt.message for doubt in doubts if doubt.code is not None}
    for line in _lines(sheet, warnings, attached):
        title, proof = lines_of(line.title, TITLE_WIDTH), lines_of(line.proof, PROOF_WIDTH)
        height = max(title * TITLE_HEIGHT, proof * PROOF_HEIGHT) + 4
        span = 1 if height <= MOST_HEIGHT else ceil(height / MERGED_HEIGHT)
        placed.append(replace(line, row=row, span=span, height=height / span))
        row += span
    return Board(tuple(_with_ranges(placed, first_row)), doubts, sheet.rubric.caps)


_RANK = {Kind.PART: 0, Kind.SECTION: 1}


def _with_ranges(lines: list[Line], first_row: int) -> Iterator[Line]:
    """Tell every node which rows are below it: up to the next one that does not stand deeper."""
    ends: dict[int, int] = {}
    still_open: list[tuple[int, int]] = []
    for line, depth in zip(lines, _depths(lines), strict=True):
        while still_open and still_open[-1][0] >= depth:
            ends[still_open.pop()[1]] = line.row - 1
        still_open.append((depth, line.row))
    for line in lines:
        first = first_row if line.kind is Kind.TOTAL else line.row + line.span
        last = line.row - 1 if line.kind is Kind.TOTAL else ends[line.row]
        # An empty part has nothing to add: the row above the header is empty in every column that counts.
        nothing = first_row - 2
        yield replace(line, first=first, last=last) if first <= last else replace(line, first=nothing, last=nothing)


def _depths(lines: list[Line]) -> list[int]:
    depths: list[int] = []
    by_code: dict[str, int] = {}
    for line in lines:
        if line.criterion is None:
            depth = _RANK.get(line.kind, -1)
        else:
            depth = by_code.get(line.criterion.parent, 1) + 1
            by_code[line.code] = depth
        depths.append(depth)
    return depths


def _lines(sheet: "Sheet", warnings: Mapping[str, str], attached: Attached) -> Iterator[Line]:
    rubric = sheet.rubric
    children: dict[str, list[Criterion]] = {}
    for criterion in rubric.criteria:
        children.setdefault(criterion.parent, []).append(criterion)

    def below(code: str) -> Iterator[Line]:
        for criterion in children.get(code, ()):
            kind = Kind.LEAF if criterion.is_leaf else Kind.GROUP
            documents = attached.get(criterion.code, ())
            proof = (
                _proof(sheet, criterion, documents) if criterion.is_leaf else _note(rubric, criterion.code, warnings)
            )
            title, number = cell_text(criterion.title), printed_number(rubric, criterion.section, criterion.code)
            yield Line(kind, criterion.code, number, title, cell_text(proof), criterion)
            yield from below(criterion.code)

    def sections(part: str | None) -> Iterator[Line]:
        for section in rubric.sections:
            if section.part == part:
                number = printed_number(rubric, section.code, section.code)
                note = _note(rubric, section.code, warnings)
                yield Line(Kind.SECTION, section.code, number, cell_text(section.title), cell_text(note))
                yield from below(section.code)

    yield from sections(None)
    for part in rubric.parts:
        warning = cell_text(warnings.get(part.code, ""))
        yield Line(Kind.PART, part.code, part.code, cell_text(part.title), warning)
        yield from sections(part.code)
    caps = capped_words(rubric, None)
    # Written as a formula where points are illustrative; these words only make room for it.
    yield Line(Kind.TOTAL, "", "", "TỔNG CỘNG", met_words("000/000") + caps if rubric.is_illustrative else caps)


def _note(rubric: Rubric, node: str, warnings: Mapping[str, str]) -> str:
    return "\n".join(filter(None, (warnings.get(node, ""), capped_words(rubric, node))))


def capped_words(rubric: Rubric, node: str | None) -> str:
    """Say what is counted at most of the bonuses and penalties of a node, or (None) of the whole set."""
    words = cap_words(cap for cap in rubric.caps if cap.node == node)
    return f"Mức trần: {words}." if words else ""


def printed_number(rubric: Rubric, section: str, code: str) -> str:
    """Give a code as the print has it, without the part that makes it a key: I.1.4.3 is printed 1.4.3."""
    part = rubric.section(section).part
    return code.removeprefix(f"{part}.") if part else code


def _proof(sheet: "Sheet", criterion: Criterion, documents: Sequence[str]) -> str:
    answer = sheet.answers.get(criterion.code)
    score = sheet.scores[criterion.code]
    paragraphs = [_adjustment_words(criterion)] if criterion.is_adjustment else []
    if criterion.evidence:
        paragraphs.append("TLKC cần có:\n" + "\n".join(f"- {asked_for(evidence)}" for evidence in criterion.evidence))
    if documents:
        paragraphs.append("TLKC đã gắn:\n" + "\n".join(f"- {document}" for document in documents))
    if answer is not None and answer.self_note.strip():
        paragraphs.append(f"Thuyết minh: {answer.self_note.strip()}")
    if says_how(score, bool(answer and answer.entry_json)):
        mark = f" {UNCONFIRMED_MARK}" if is_unconfirmed(sheet, criterion.code) else ""
        paragraphs.append(f"Cách tính{mark}: {score.explanation}")
    return "\n".join(paragraphs)


def _adjustment_words(criterion: Criterion) -> str:
    name, top = EFFECT_NAMES[criterion.scored.effect], format_points(criterion.max_points)
    typed = "nhập số âm" if criterion.scored.effect is Effect.PENALTY else "nhập số dương"
    return f"{name}, tối đa {top}: {typed}, không tính vào điểm chuẩn."


def asked_for(evidence: Evidence) -> str:
    """Say which document is asked for, with the dates it may bear and whose it is to bring."""
    dates = f" ({evidence.dates})" if evidence.dates else ""
    return evidence.text + dates + ("" if evidence.brought_by_unit else " [cơ quan khác theo dõi]")


def says_how(score: Score, is_answered: bool) -> bool:
    """Tell whether an explanation says more than that nothing is entered."""
    return is_answered or score.status in (Status.SCORED, Status.VOIDED, Status.NOT_APPLICABLE)


def totals_of(sheet: "Sheet", line: Line) -> Totals:
    """Give the core's totals of a node's row."""
    if line.kind is Kind.TOTAL:
        return sheet.totals.total
    by_kind: Mapping[Kind, Mapping[str, Totals]] = {
        Kind.PART: sheet.totals.parts,
        Kind.SECTION: sheet.totals.sections,
        Kind.GROUP: sheet.totals.groups,
    }
    return by_kind[line.kind][line.code]


def met_of(sheet: "Sheet", line: Line) -> str:
    """Say how many of the criteria that apply below a node reach their full points, as "87/121"."""
    totals = totals_of(sheet, line)
    return f"{totals.met}/{totals.applicable}"
