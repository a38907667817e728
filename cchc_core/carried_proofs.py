"""Documents follow their criterion into another version of the same year's set, from the new period on.

What is attached belongs to a code of the year. Where a version gives that code to another criterion, the documents
would prove what they were not brought for: so they are taken off there, and attached where their criterion is now.
Periods before keep what they show.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cchc_core.permissions import Action, State
from cchc_core.reaching import permitted, year_line
from cchc_core.rubric.changes import Pair, wording
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_diff.keeping import ended_by_word
from cchc_core.sheet import Sheet
from cchc_core.store import assessments, attachments
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection, Row
from cchc_core.store.users import User


@dataclass(frozen=True, slots=True)
class CarriedProofs:
    """The criteria, by their new codes, whose documents came along; and those whose documents could not.

    Of ``parted``, by their old codes, documents stay in the periods before: nothing continues these criteria, and their
    codes stand for others now.
    """

    moved: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()


def carry_proofs(connection: Connection, user: User, before: Sheet, now: Sheet, pairs: Iterable[Pair]) -> CarriedProofs:
    """Let documents follow the criteria that go on, where code or line of evidence is another one now.

    Nothing moves where a later period of the year is open on another version, or is no draft any more: it shows the
    same attachments. A second time nothing is left to move. Raises NotAllowed for who may not attach.
    """
    source, target = before.assessment, now.assessment
    if year_line(source) != year_line(target) or source.rubric_sha256 == target.rubric_sha256:
        return CarriedProofs()
    listed = attachments.of_line(connection, year_line(source), target.period_order)
    shown = [row for row in listed if attachments.is_shown_in(row, source.period_order)]
    new_codes = dict(pairs)
    wanted = _wanted(shown, before.rubric, now.rubric, new_codes)
    # A code that nothing is known of yet may still turn out to go on: its documents wait for a person's word.
    ended = ended_by_word(connection, source.rubric_sha256, target.rubric_sha256)
    of_others = {*new_codes.values(), *(leaf.code for leaf in now.rubric.leaves if leaf.code in ended)}
    parted = [row for row in shown if row["code"] in of_others and row["code"] not in new_codes]
    moved = tuple(dict.fromkeys(new["code"] for _, new in wanted))
    gone = tuple(dict.fromkeys(row["code"] for row in parted))
    if not wanted and not parted:
        return CarriedProofs()
    if _is_held(connection, target):
        return CarriedProofs(held=tuple(dict.fromkeys((*moved, *gone))))
    permitted(connection, user, Action.ATTACH, target.id)
    _move(connection, user, target, listed, wanted, parted)
    return CarriedProofs(moved, parted=gone)


def _wanted(shown: Sequence[Row], old: Rubric, new: Rubric, new_codes: Mapping[str, str]) -> list[tuple[Row, Row]]:
    """Give each attachment that stands wrong in the new version, with what it is to be there."""
    found = []
    for row in shown:
        if row["code"] in new_codes:
            code = new_codes[row["code"]]
            line = _line(old, new, (row["code"], code), row["evidence_line"])
            if (code, line) != (row["code"], row["evidence_line"]):
                found.append((row, {**row, "code": code, "evidence_line": line}))
    return found


def _line(old: Rubric, new: Rubric, pair: Pair, line: int | None) -> int | None:
    """Give the place of a line of evidence in the new version; None where it asks for that no more."""
    asked = old.criterion(pair[0]).evidence
    if line is None or line >= len(asked):
        return None
    text = wording(asked[line].text, old.year)
    texts = [wording(each.text, new.year) for each in new.criterion(pair[1]).evidence]
    same = [place for place, each in enumerate(texts) if each.says(text)]
    return line if line in same else next(iter(same), None)


def _is_held(connection: Connection, target: Assessment) -> bool:
    of_year = assessments.of_year(assessments.of_unit(connection, target.unit_id), target)
    later = [each for each in of_year if each.period_order > target.period_order]
    return any(
        each.rubric_sha256 != target.rubric_sha256 or each.state is not State.DRAFT or each.is_locked for each in later
    )


def _move(
    connection: Connection,
    user: User,
    target: Assessment,
    listed: Sequence[Row],
    wanted: Sequence[tuple[Row, Row]],
    parted: Sequence[Row],
) -> None:
    leaving = {row["id"]: row for row in (*(before for before, _ in wanted), *parted)}
    there = {_place(row) for row in listed if row["id"] not in leaving}
    for before in leaving.values():
        attachments.change(connection, before, {"ended_from": target.period_order}, user.actor, target.id)
    for before, new in wanted:
        if _place(new) not in there:
            there.add(_place(new))
            _attach(connection, user, target, new, before["ended_from"])


def _attach(connection: Connection, user: User, target: Assessment, new: Row, ended_from: int | None) -> None:
    named = ("document_id", "unit_id", "rubric_id", "year", "code", "evidence_line", "part_text")
    row = {name: new[name] for name in named} | {"period_ordinal": target.period_order}
    added = attachments.find(connection, attachments.add(connection, row, user.actor, target.id))
    if added is not None and ended_from is not None:
        attachments.change(connection, added, {"ended_from": ended_from}, user.actor, target.id)


def _place(row: Row) -> tuple[str, str, int | None]:
    return row["document_id"], row["code"], row["evidence_line"]
