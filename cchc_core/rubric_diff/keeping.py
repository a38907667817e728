"""What people decide of two versions, and the comparison by it.

A decision is made on two versions and holds for every version of the same two sets in which both criteria still read
the same: a corrected version, or one that is cut down to a kind of body, needs no second confirmation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_core.errors import BadText, NotFound
from cchc_core.rubric.changes import Matches, Pair, wording
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_diff.comparing import compare
from cchc_core.rubric_diff.matching import match, resolve, suggest_matches
from cchc_core.rubric_diff.model import Decision, DecisionState, Difference, Suggestion
from cchc_core.rubric_shelf import require_keeper, rubric_in
from cchc_core.store import rubric_matches, rubrics
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.rubric_matches import StoredMatch
from cchc_core.store.users import User
from cchc_core.text import clean_line

_WHERE = "Ghép tiêu chí"


@dataclass(frozen=True)
class Compared:
    """Two versions beside each other: the difference, what may belong together, and what people decided on them.

    ``stored`` are decisions made on these very versions, which can be taken back; others come from other versions of
    the same sets and are counted in ``from_elsewhere``.
    """

    difference: Difference
    suggestions: tuple[Suggestion, ...]
    stored: tuple[StoredMatch, ...]
    from_elsewhere: int


def compare_versions(database: Database, old_sha256: str, new_sha256: str) -> Compared:
    """Compare two versions by what people decided of them. Raises NotFound for a version that is not known."""
    with database.read() as connection:
        old, new = rubric_in(connection, old_sha256), rubric_in(connection, new_sha256)
        every = rubric_matches.of_sets(connection, old.id, new.id)
        decisions = _decisions(connection, every, (old_sha256, old), (new_sha256, new))
        stored = rubric_matches.of_versions(connection, old_sha256, new_sha256)
    matches, suggestions = match(old, new, decisions)
    return Compared(compare(old, new, matches), suggestions, stored, len(decisions) - len(stored))


def matches_of(connection: Connection, old_sha256: str, new_sha256: str) -> Matches:
    """Give which criterion of one version continues which of another. Raises NotFound.

    Pages ask for it with every row, so what was found is kept as long as nobody decides anew.
    """
    state = rubric_matches.state(connection)
    known = _found.get((old_sha256, new_sha256))
    if known is None or known[0] != state:
        old, new = _rubric(connection, old_sha256), _rubric(connection, new_sha256)
        stored = rubric_matches.of_sets(connection, old.id, new.id)
        decisions = _decisions(connection, stored, (old_sha256, old), (new_sha256, new))
        known = _found[old_sha256, new_sha256] = state, resolve(old, new, decisions)
    return known[1]


def ended_by_word(connection: Connection, old_sha256: str, new_sha256: str) -> frozenset[str]:
    """Give the criteria of one version of which people said that nothing in another continues them. Raises NotFound."""
    old, new = _rubric(connection, old_sha256), _rubric(connection, new_sha256)
    stored = rubric_matches.of_sets(connection, old.id, new.id)
    decisions = _decisions(connection, stored, (old_sha256, old), (new_sha256, new))
    is_confirmed = DecisionState.CONFIRMED
    return frozenset(each.old_code for each in decisions if each.state is is_confirmed and not each.new_code)


def suggestions_of(connection: Connection, old_sha256: str, new_sha256: str) -> tuple[Suggestion, ...]:
    """Give what may belong together in two versions and nobody has decided yet. Raises NotFound."""
    old, new = _rubric(connection, old_sha256), _rubric(connection, new_sha256)
    stored = rubric_matches.of_sets(connection, old.id, new.id)
    return suggest_matches(old, new, _decisions(connection, stored, (old_sha256, old), (new_sha256, new)))


def _rubric(connection: Connection, sha256: str) -> Rubric:
    try:
        return rubrics.pinned(connection, sha256)
    except NotFound:
        return rubric_in(connection, sha256)


_found: dict[tuple[str, str], tuple[rubric_matches.State, Matches]] = {}


def confirm_matches(database: Database, user: User, old_sha256: str, new_sha256: str, pairs: Sequence[Pair]) -> int:
    """Confirm that criteria of the new version continue those of the old one, and tell how many that was news of.

    An empty new code says that nothing continues the old criterion, an empty old code that the new one is new. All
    pairs or none. Raises NotAllowed, NotFound for a code that is not there, BadText for a pair of a group and a scored
    criterion, and for a criterion that is confirmed to belong elsewhere.
    """
    return _decide(database, user, (old_sha256, new_sha256), pairs, is_confirmed=True)


def refuse_matches(database: Database, user: User, old_sha256: str, new_sha256: str, pairs: Sequence[Pair]) -> int:
    """Say that criteria of two versions do not belong together, also where their codes are equal.

    Raises as :func:`confirm_matches` does; a pair that is confirmed has to be taken back first.
    """
    return _decide(database, user, (old_sha256, new_sha256), pairs, is_confirmed=False)


def take_back(database: Database, user: User, match_id: str) -> None:
    """Take back what was decided of a pair; a second time it changes nothing. Raises NotAllowed."""
    require_keeper(user)
    with database.write() as connection:
        rubric_matches.end(connection, user.actor, match_id)


def _decide(
    database: Database, user: User, versions: tuple[str, str], pairs: Sequence[Pair], *, is_confirmed: bool
) -> int:
    require_keeper(user)
    with database.write() as connection:
        old, new = (rubric_in(connection, sha256) for sha256 in versions)
        stored = rubric_matches.of_versions(connection, *versions)
        wanted = _news(pairs, stored, is_confirmed=is_confirmed)
        for pair in wanted:
            _refuse_unknown(old, new, pair)
        standing = [(each.old_code, each.new_code) for each in stored if each.is_confirmed]
        _refuse_taken(wanted, standing, is_confirmed=is_confirmed)
        if not wanted:
            return 0
        for rubric in (old, new):
            # A version of the product may never have been used: its copy is what the decision is about.
            rubrics.pin(connection, rubric, user.actor)
        for each in stored:
            if (each.old_code, each.new_code) in wanted:
                rubric_matches.end(connection, user.actor, each.id)
        rubric_matches.add(connection, user.actor, *versions, wanted, is_confirmed=is_confirmed)
    return len(wanted)


def _news(pairs: Sequence[Pair], stored: Sequence[StoredMatch], *, is_confirmed: bool) -> list[Pair]:
    said = {(each.old_code, each.new_code) for each in stored if each.is_confirmed is is_confirmed}
    return [pair for pair in dict.fromkeys(pairs) if pair not in said]


def _refuse_unknown(old: Rubric, new: Rubric, pair: Pair) -> None:
    found = [_sort_of(rubric, code) for rubric, code in zip((old, new), pair, strict=True)]
    if not any(pair):
        raise BadText(_WHERE, problem="chưa chọn tiêu chí nào", to_do="Hãy chọn tiêu chí cũ, tiêu chí mới hoặc cả hai.")
    if all(pair) and found[0] is not found[1]:
        raise BadText(
            _WHERE,
            problem=f"«{pair[0]}» và «{pair[1]}» không cùng loại: một bên là nhóm, một bên được chấm điểm",
            to_do="Hãy ghép nhóm với nhóm, tiêu chí được chấm với tiêu chí được chấm.",
        )


def _sort_of(rubric: Rubric, code: str) -> bool | None:
    if not code:
        return None
    try:
        return rubric.criterion(code).is_leaf
    except KeyError:
        raise NotFound(_WHERE, thing="tiêu chí", key=clean_line(code)[:40]) from None


def _refuse_taken(wanted: Sequence[Pair], standing: Sequence[Pair], *, is_confirmed: bool) -> None:
    seen = list(standing)
    for pair in wanted:
        other = next((each for each in seen if _exclude(pair, each, is_confirmed=is_confirmed)), None)
        if other is not None:
            raise BadText(
                _WHERE,
                problem=f"tiêu chí {_named(pair)} không ghép được: đã xác nhận {_named(other)}",
                to_do="Hãy bỏ xác nhận ấy trước, rồi ghép lại.",
            )
        if is_confirmed:
            seen.append(pair)


def _exclude(pair: Pair, standing: Pair, *, is_confirmed: bool) -> bool:
    if not is_confirmed:
        return pair == standing
    return any(one and one == other for one, other in zip(pair, standing, strict=True))


def _named(pair: Pair) -> str:
    one, other = pair
    if not other:
        return f"«{one}» không còn tiêu chí nào tiếp nối"
    return f"«{other}» là tiêu chí mới" if not one else f"«{one}» → «{other}»"


def _decisions(
    connection: Connection, stored: Sequence[StoredMatch], old: tuple[str, Rubric], new: tuple[str, Rubric]
) -> tuple[Decision, ...]:
    """Give what people said that holds between two versions: first of these very ones, then of others."""
    here = [each for each in stored if (each.old_sha256, each.new_sha256) == (old[0], new[0])]
    said = {(each.old_code, each.new_code) for each in here}
    elsewhere = [
        each
        for each in stored
        if each not in here
        and (each.old_code, each.new_code) not in said
        and _reads_the_same(connection, each, old, new)
    ]
    return tuple(_decision(each) for each in (*here, *_first_of_each(elsewhere)))


def _first_of_each(stored: Sequence[StoredMatch]) -> list[StoredMatch]:
    found: dict[Pair, StoredMatch] = {}
    for each in stored:
        found.setdefault((each.old_code, each.new_code), each)
    return list(found.values())


def _decision(stored: StoredMatch) -> Decision:
    state = DecisionState.CONFIRMED if stored.is_confirmed else DecisionState.REFUSED
    return Decision(stored.old_code, stored.new_code, state)


def _reads_the_same(
    connection: Connection, stored: StoredMatch, old: tuple[str, Rubric], new: tuple[str, Rubric]
) -> bool:
    sides = ((stored.old_sha256, stored.old_code, old[1]), (stored.new_sha256, stored.new_code, new[1]))
    return all(_is_still(rubrics.pinned(connection, sha256), rubric, code) for sha256, code, rubric in sides)


def _is_still(decided_on: Rubric, rubric: Rubric, code: str) -> bool:
    if not code:
        return True
    try:
        before, now = decided_on.criterion(code), rubric.criterion(code)
    except KeyError:
        return False
    return wording(before.title, decided_on.year).says(wording(now.title, rubric.year))
