"""Carrying an assessment forward (kết chuyển): a new period starts from what an earlier one knew.

Answers are copied and stay unconfirmed until somebody confirms or changes them. States, points given by an appraiser
and explanations are never copied; points are computed anew for the new period. From another year also what belongs to
that year alone stays behind: results of outside bodies, figures of two years, voidings and self notes.

Which criterion of another version is the same one is told by :mod:`cchc_core.rubric_diff`, also where its code changed.
Of one that reads differently the old answer comes as a note beside the new one (:mod:`cchc_core.old_results`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cchc_core.carried_answers import CarriedAnswers
from cchc_core.carried_proofs import CarriedProofs, carry_proofs
from cchc_core.errors import CannotCarry
from cchc_core.old_results import notes_to_leave, notes_to_pass_on
from cchc_core.permissions import Action
from cchc_core.reaching import may_view, permitted, year_line
from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.changes import Continued, Pair, continued
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_diff.keeping import matches_of, suggestions_of
from cchc_core.setting_up import open_in
from cchc_core.sheet import Sheet, read_sheet
from cchc_core.store import answers, assessments, carried_notes, log, outlooks, year_lines
from cchc_core.store.answers import Save
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.log import LogAction
from cchc_core.store.outlooks import Expectation
from cchc_core.store.periods import PeriodLike
from cchc_core.store.users import User

_WHERE = "Kết chuyển"
_THERE = "đã có kết quả hoặc thuyết minh"


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the earlier answers, by the codes of the criteria in the new set.

    ``copied`` stand in the new assessment now, unconfirmed; of ``noted`` the self note came alone, where there was no
    answer or none that fits; ``kept`` had something there already, which was left alone. ``changed`` read differently
    in the new set; ``removed`` are not in it any more, by their old codes; ``left`` belong to the other year alone, or
    are not taken by the rule in the new period. Of ``copied``, ``moved`` had another code before and ``repriced`` give
    other points now. At ``remembered`` the old answer stands as a note. Of ``removed``, ``doubtful`` may go on under
    another code: once somebody has confirmed that, they can be carried too. ``proofs`` tells whose documents followed
    their criterion to another code.
    """

    source: Assessment
    copied: tuple[str, ...]
    noted: tuple[str, ...]
    kept: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...]
    moved: tuple[Pair, ...] = ()
    repriced: tuple[str, ...] = ()
    remembered: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    proofs: CarriedProofs = field(default_factory=CarriedProofs)

    @property
    def message(self) -> str:
        """Say in Vietnamese what was done and what is left to do."""
        whence = f"{self.source.period_title} {self.source.year}"
        if self.copied:
            done = f"Đã chép {len(self.copied)} kết quả từ {whence}, chờ xác nhận."
        elif self.noted:
            done = f"{whence} chưa có kết quả nào dùng được cho bảng này."
        elif self.kept:
            done = f"Không có gì để chép thêm từ {whence}: {len(self.kept)} tiêu chí {_THERE} trong bảng này."
        else:
            done = f"{whence} chưa có kết quả nào dùng được cho bảng này; không chép gì."
        has_more = bool(self.kept and (self.copied or self.noted))
        kept = f" {len(self.kept)} tiêu chí {_THERE} nên giữ nguyên." if has_more else ""
        return done + kept + "".join(self._notes())

    def _notes(self) -> list[str]:
        notes = (
            (self.noted, "chưa có kết quả nên chỉ chép thuyết minh"),
            (self.changed, "nội dung hoặc cách tính đã thay đổi nên không chép, hãy chấm lại"),
            (tuple(code for code in self.removed if code not in self.doubtful), "không còn trong bộ tiêu chí này"),
            (self.doubtful, "có thể mang mã khác trong bộ tiêu chí này; khi quản trị đã ghép, hãy kết chuyển lần nữa"),
            (self.left, "có kết quả chỉ dùng cho kỳ hoặc năm cũ nên không chép, hãy chấm lại khi đến kỳ"),
        )
        here = (
            (tuple(f"{one} → {other}" for one, other in self.moved), "nay mang mã khác"),
            (self.repriced, "nay có điểm khác, hãy xem lại trước khi xác nhận"),
            (self.remembered, "có kết quả cũ ghi ở phần chi tiết của tiêu chí"),
            (self.proofs.moved, "có tài liệu kiểm chứng theo sang"),
            (
                self.proofs.held,
                "chưa có tài liệu kiểm chứng theo sang, vì kỳ sau đã mở theo phiên bản khác hoặc đã gửi",
            ),
            (
                self.proofs.parted,
                "không còn mà mã nay chỉ tiêu chí khác, nên tài liệu kiểm chứng ở lại các kỳ trước",
            ),
        )
        return [f" {len(codes)} tiêu chí {words}: {', '.join(codes)}." for codes, words in (*notes, *here) if codes]


def carry_sources(
    database: Database, user: User, *, unit_id: str, rubric: Rubric, period: PeriodLike
) -> tuple[Assessment, ...]:
    """List what a new assessment could be carried from, the most fitting first: earlier ones of the same unit.

    The same criteria set comes before others, later periods before earlier ones.
    """
    with database.read() as connection:
        mine = [a for a in assessments.of_unit(connection, unit_id) if may_view(connection, user, a)]
    earlier = [a for a in mine if (a.year, a.period_order) < (rubric.year, period.order)]
    return tuple(sorted(earlier, key=lambda a: (a.rubric_id == rubric.id, a.year, a.period_order, a.id), reverse=True))


def open_carried(
    database: Database,
    user: User,
    *,
    unit_id: str,
    rubric: Rubric,
    period: PeriodLike,
    source_id: str,
    body_kind: BodyKind | None = None,
) -> tuple[Assessment, Carried]:
    """Open an assessment and carry an earlier one forward into it, both or neither.

    Raises what :func:`cchc_core.setting_up.create_assessment` and :func:`carry_forward` raise.
    """
    with database.write() as connection:
        opened = open_in(connection, user, unit_id=unit_id, rubric=rubric, period=period, body_kind=body_kind)
        source = permitted(connection, user, Action.VIEW, source_id)
        # Opening is not answering: an administrator may do the one alone.
        target = permitted(connection, user, Action.ANSWER, opened.id)
        carried = _carry(database, connection, user, source, target)
        done = permitted(connection, user, Action.VIEW, opened.id)
    return done, _with_doubts(database, carried, done)


def carry_forward(database: Database, user: User, *, source_id: str, target_id: str) -> Carried:
    """Copy the answers of an earlier assessment into one that is worked on; what stands there already is left alone.

    Doing it twice copies nothing the second time. Raises NotFound; NotAllowed without the right to look at the one and
    to answer in the other; CannotCarry for another unit, the same assessment or a later period.
    """
    with database.write() as connection:
        source = permitted(connection, user, Action.VIEW, source_id)
        target = permitted(connection, user, Action.ANSWER, target_id)
        carried = _carry(database, connection, user, source, target)
    return _with_doubts(database, carried, target)


def _with_doubts(database: Database, carried: Carried, target: Assessment) -> Carried:
    """Tell what may go on under another code: measured after the writing, because it takes its time."""
    if not carried.removed:
        return carried
    with database.read() as connection:
        found = suggestions_of(connection, carried.source.rubric_sha256, target.rubric_sha256)
    doubtful = {each.old_code for each in found}
    return replace(carried, doubtful=tuple(code for code in carried.removed if code in doubtful))


def _carry(database: Database, connection: Connection, user: User, source: Assessment, target: Assessment) -> Carried:
    _refuse_misfits(source, target)
    before, now = read_sheet(database, connection, source), read_sheet(database, connection, target)
    became = _continued(connection, before, now)
    found = CarriedAnswers(before, now, became)
    _store(connection, user, now, [*found.wanted.values(), *found.noted.values()])
    proofs = carry_proofs(connection, user, before, now, became.going_on)
    carried = replace(_carried(found, _remember(connection, user, found)), proofs=proofs)
    if source.year == target.year:
        _carry_outlooks(connection, user, before, now, became.unchanged)
    if found.wanted or found.noted:
        _log(connection, user, carried, target)
    elif carried.remembered:
        year_lines.count_change(connection, year_line(target))
    return carried


def _continued(connection: Connection, before: Sheet, now: Sheet) -> Continued:
    old, new = before.assessment.rubric_sha256, now.assessment.rubric_sha256
    return continued(before.rubric, now.rubric, None if old == new else matches_of(connection, old, new))


def _carried(found: CarriedAnswers, remembered: tuple[str, ...]) -> Carried:
    return Carried(
        found.before.assessment,
        copied=tuple(found.wanted),
        noted=tuple(found.noted),
        kept=found.kept,
        changed=found.changed,
        removed=found.removed,
        left=found.left,
        moved=tuple((found.same[code], code) for code in found.wanted if found.same[code] != code),
        repriced=tuple(code for code in found.wanted if code in found.repriced),
        remembered=remembered,
    )


def _remember(connection: Connection, user: User, found: CarriedAnswers) -> tuple[str, ...]:
    left = notes_to_leave(found.before, found.now, found.to_remember)
    passed_on = notes_to_pass_on(connection, found.before, found.going_on)
    told = set(carried_notes.store(connection, user.actor, found.now.assessment.id, [*left, *passed_on]))
    return tuple(leaf.code for leaf in found.now.rubric.leaves if leaf.code in told)


def _store(connection: Connection, user: User, now: Sheet, saves: list[Save]) -> None:
    first = [save for save in saves if save.code not in now.answers]
    if first:
        answers.store_first(connection, now.assessment.id, first, user.actor)
    # What somebody cleared has a history, which goes on.
    for save in saves:
        if save.code in now.answers:
            before = answers.of_criterion(connection, now.assessment.id, save.code)
            version = now.answers[save.code].version + 1
            answers.store(connection, now.assessment.id, replace(save, version=version), before, user.actor)


def _refuse_misfits(source: Assessment, target: Assessment) -> None:
    if source.unit_id != target.unit_id:
        problem = f"bảng nguồn là của {source.unit_name}, không phải của {target.unit_name}"
    elif (source.year, source.period_order) >= (target.year, target.period_order):
        problem = f"{source.period_title} {source.year} không trước {target.period_title} {target.year}"
    else:
        return
    raise CannotCarry(_WHERE, problem=problem)


def _carry_outlooks(connection: Connection, user: User, before: Sheet, now: Sheet, unchanged: Sequence[Pair]) -> None:
    old_codes = {new: old for old, new in unchanged if new not in now.outlooks}
    known = {new: before.outlooks[old] for new, old in old_codes.items() if old in before.outlooks}
    wanted = [
        Expectation(code, outlook.expected_json, outlook.is_final)
        for code, outlook in known.items()
        if outlook.expected_json or outlook.is_final
    ]
    outlooks.store_many(connection, now.assessment.id, wanted, user.actor)


def _log(connection: Connection, user: User, carried: Carried, target: Assessment) -> None:
    new: log.Json = {"from": carried.source.id, "copied": len(carried.copied), "removed": list(carried.removed)}
    line = log.Line(LogAction.CARRY_FORWARD, target.id, new=new, assessment_id=target.id, actor=user.actor)
    log.append(connection, [line])
