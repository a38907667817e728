"""A draft becomes a version: nothing is wrong with it any more, and from then on it is never edited."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from cchc_core.errors import AlreadyThere, BadText
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_drafts.access import check_revision, check_year, draft_to_change
from cchc_core.rubric_drafts.building import DraftFinding, build
from cchc_core.rubric_drafts.model import Draft, DraftState
from cchc_core.rubric_shelf import RubricVersion, rubric_in, versions_in
from cchc_core.store import rubric_drafts, rubric_versions, rubrics
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.text import clean_line

MOST_NOTE: Final = 500
_WHERE: Final = "Ban hành bộ tiêu chí"


class NotReady(BadText):
    """A draft cannot be issued yet; ``findings`` names every error."""

    def __init__(self, findings: tuple[DraftFinding, ...]) -> None:
        self.findings = findings
        problem = f"bản soạn còn {len(findings)} lỗi: {' '.join(each.message for each in findings)}"
        super().__init__(_WHERE, problem=problem.rstrip("."), to_do="Hãy sửa hết các lỗi rồi ban hành lại.")


class Overtaken(BadText):
    """Versions were issued since the one that a draft was copied from: what they changed is not in it."""

    def __init__(self, base: RubricVersion, since: tuple[RubricVersion, ...]) -> None:
        self.base, self.since = base, since
        numbers = ", ".join(str(each.number) for each in since)
        problem = (
            f"bản soạn này chép từ phiên bản {base.number}, nhưng sau đó đã có phiên bản {numbers}; "
            f"những gì phiên bản {numbers} thay đổi không có trong bản soạn"
        )
        to_do = f"Hãy so sánh phiên bản {base.number} với {since[0].number}, sửa cho đủ rồi xác nhận khi ban hành."
        super().__init__(_WHERE, problem=problem, to_do=to_do)


def overtaken_by(draft: Draft, versions: Collection[RubricVersion]) -> Overtaken | None:
    """Tell what came, among the versions of a draft's set, after the one that it was copied from; None for nothing.

    What was put away counts no more. A draft that was not copied from a version of its own set stands for itself.
    """
    base = next((each for each in versions if each.sha256 == draft.based_on), None)
    if base is None:
        return None
    later = [each for each in versions if each.number > base.number and not each.is_ended]
    since = tuple(sorted(later, key=lambda each: each.number, reverse=True))
    return Overtaken(base, since) if since else None


def issue(
    database: Database,
    user: User,
    draft_id: str,
    *,
    note: str = "",
    expected_version: int,
    in_place_of: Collection[str] = (),
) -> RubricVersion:
    """Issue a draft as the next version of its set; ``expected_version`` is the draft's ``revision`` as looked at.

    Assessments keep the version that they were opened with; new ones get this one. Where versions came since the one
    that the draft was copied from, ``in_place_of`` names them by SHA-256: a person knows that their changes are not in
    it. Raises NotAllowed, NotFound, StaleText when anything of the draft has changed meanwhile, NotReady with every
    error, Overtaken, AlreadyThere for a set that is a version already but for its places in a file, BadText for a note
    that is too long, a closed draft, or a set whose versions are of another year.
    """
    said = _note(note)
    with database.write() as connection:
        draft = draft_to_change(connection, user, draft_id)
        check_revision(draft, expected_version)
        rubric = _ready(draft)
        check_year(connection, draft.rubric_id, rubric.year)
        earlier = versions_in(connection, draft.rubric_id)
        overtaken = overtaken_by(draft, earlier)
        if overtaken is not None and not {each.sha256 for each in overtaken.since} <= set(in_place_of):
            raise overtaken
        _refuse_the_same(connection, earlier, rubric)
        sha256 = _store(connection, user, draft, rubric, said, _next_number(connection, earlier, draft.rubric_id))
        return next(each for each in versions_in(connection, draft.rubric_id) if each.sha256 == sha256)


def _note(text: str) -> str:
    note = " ".join(clean_line(text).split())
    if len(note) > MOST_NOTE:
        problem = f"ghi chú dài {len(note)} ký tự, quá {MOST_NOTE} ký tự"
        raise BadText(_WHERE, problem=problem, to_do="Hãy viết gọn lại.")
    return note


def _ready(draft: Draft) -> Rubric:
    built = build(draft)
    if built.errors or built.rubric is None:
        raise NotReady(built.errors)
    return built.rubric


def _refuse_the_same(connection: Connection, earlier: tuple[RubricVersion, ...], rubric: Rubric) -> None:
    wanted = _without_places(rubric)
    same = next((each for each in earlier if _without_places(rubric_in(connection, each.sha256)) == wanted), None)
    if same is not None:
        raise AlreadyThere(_WHERE, thing="phiên bản giống hệt bản soạn này", key=f"{same.rubric_id}, bản {same.number}")


def _without_places(rubric: Rubric) -> Rubric:
    # The same set brought in from another file stands in other rows of it, and is the same set.
    return replace(rubric, criteria=tuple(replace(each, place=None) for each in rubric.criteria))


def _next_number(connection: Connection, earlier: tuple[RubricVersion, ...], rubric_id: str) -> int:
    # A version whose copy is damaged is on no list, and its number is taken all the same.
    stored = (each.number for each in rubric_versions.every(connection, rubric_id))
    return max((*stored, *(each.number for each in earlier)), default=0) + 1


def _store(connection: Connection, user: User, draft: Draft, rubric: Rubric, note: str, number: int) -> str:
    sha256 = rubrics.pin(connection, rubric, user.actor)
    rubrics.pinned(connection, sha256)  # what is kept reads back, or nothing is issued
    rubric_versions.add(
        connection,
        user.actor,
        rubric_id=draft.rubric_id,
        number=number,
        sha256=sha256,
        origin=draft.origin,
        note=note,
        draft_id=draft.id,
        file_sha256=draft.file_sha256,
    )
    rubric_drafts.close(connection, draft.id, DraftState.ISSUED, user.actor, now_utc(), sha256)
    return sha256
