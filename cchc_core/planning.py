"""Looking ahead: what a scorer expects of the year, what the year shall reach, what is done about lost points."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from cchc_core.errors import BadText, NotFound, StaleText
from cchc_core.forecast import forecast
from cchc_core.permissions import Action
from cchc_core.reaching import leaf_of, permitted, year_line
from cchc_core.rubric.model import Criterion
from cchc_core.rules.answers import entry_to_json, read_entry
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import YEAR_END, score
from cchc_core.sheet import read_sheet
from cchc_core.store import outlooks, remedies, rubrics, targets
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.outlooks import Expectation, Outlook
from cchc_core.store.remedies import Remedy
from cchc_core.store.targets import StoredTarget
from cchc_core.store.users import User
from cchc_core.store.year_lines import YearLine
from cchc_core.targets import Target, TargetKind, check_target, printed
from cchc_core.tasks.remedies import follow
from cchc_core.text import clean_line, cleaned

MOST_REMEDY_CHARACTERS = 2_000
MOST_RESPONSIBLE_CHARACTERS = 300


def set_expected(
    database: Database,
    user: User,
    *,
    assessment_id: str,
    code: str,
    raw: Mapping[str, object],
    expected_version: int | None = None,
) -> None:
    """Store what a scorer expects a criterion to be answered at the year's end; an empty answer takes it out.

    ``expected_version`` is the outlook's version that was on the screen, 0 where there was none; whoever shows nobody
    anything leaves it out. Raises NotFound, NotAllowed, AnswerRefused for what the rule would not take at the year's
    end, and StaleText when somebody else has changed the outlook in the meantime.
    """
    with database.write() as connection:
        criterion, before = _outlook(connection, user, assessment_id, code)
        entry = read_entry(criterion.scored, cleaned(raw))
        score(criterion.scored, entry, YEAR_END)
        is_final = before is not None and before.is_final
        wanted = Expectation(code, entry_to_json(entry), is_final)
        _store_outlook(connection, user, assessment_id, criterion, before, wanted, expected_version)


def set_final(
    database: Database,
    user: User,
    *,
    assessment_id: str,
    code: str,
    is_final: bool,
    expected_version: int | None = None,
) -> None:
    """Mark that a criterion wins no more points this year (chốt), or take the mark back.

    ``expected_version`` is as for :func:`set_expected`. Raises NotFound, NotAllowed, BadText for a criterion that
    others score, StaleText when somebody else has changed the outlook in the meantime.
    """
    with database.write() as connection:
        criterion, before = _outlook(connection, user, assessment_id, code)
        if criterion.scored.is_external:
            raise BadText(
                f"Chốt tiêu chí {code}",
                problem="tiêu chí này do bên ngoài chấm",
                to_do="Chỉ chốt tiêu chí mà đơn vị tự chấm; khi có kết quả của bên ngoài thì nhập điểm.",
            )
        expected = {} if before is None else before.expected_json
        wanted = Expectation(code, expected, is_final)
        _store_outlook(connection, user, assessment_id, criterion, before, wanted, expected_version)


def _outlook(connection: Connection, user: User, assessment_id: str, code: str) -> tuple[Criterion, Outlook | None]:
    assessment = permitted(connection, user, Action.ANSWER, assessment_id)
    criterion = leaf_of(rubrics.pinned(connection, assessment.rubric_sha256), code)
    known = outlooks.of_assessment(connection, assessment_id, {code: criterion.scored})
    return criterion, known.get(code)


def _store_outlook(
    connection: Connection,
    user: User,
    assessment_id: str,
    criterion: Criterion,
    before: Outlook | None,
    wanted: Expectation,
    expected_version: int | None,
) -> None:
    had = ({}, False) if before is None else (dict(before.expected_json), before.is_final)
    if had == (dict(wanted.expected_json), wanted.is_final):
        return
    if before is not None and expected_version not in (None, before.version):
        raise StaleText(
            f"Dự kiến tiêu chí {criterion.code}",
            version=before.version,
            who=before.changed_by_name,
            when_utc=before.changed_at_utc,
            stored=_said(criterion, before),
        )
    outlooks.store(connection, assessment_id, wanted, user.actor)


def _said(criterion: Criterion, outlook: Outlook) -> str:
    """Say what stands in an outlook in a few words: what the expected answer comes to, and the final mark."""
    expected = "không dự kiến"
    if outlook.expected is not None:
        try:
            expected = f"dự kiến: {score(criterion.scored, outlook.expected, YEAR_END).explanation.removesuffix('.')}"
        except AnswerRefused:
            expected = "dự kiến một kết quả mà cách tính không nhận"
    return f"{expected}; {'đã chốt' if outlook.is_final else 'chưa chốt'}"


def set_target(
    database: Database,
    user: User,
    *,
    assessment_id: str,
    section: str | None,
    kind: TargetKind,
    value: Decimal | None,
    expected_version: int | None = None,
) -> None:
    """Set the year's target of the whole set or of a section; None takes it out.

    ``expected_version`` is the target's version that was on the screen, 0 where there was none; whoever shows nobody
    anything leaves it out. Raises NotFound, NotAllowed, BadText for a target that cannot be meant (see
    :func:`check_target`), and StaleText when somebody else has changed it in the meantime.
    """
    with database.write() as connection:
        assessment = permitted(connection, user, Action.SET_TARGET, assessment_id)
        sheet = read_sheet(database, connection, assessment)
        if section is not None and section not in sheet.totals.sections:
            raise NotFound("Đặt chỉ tiêu", thing="lĩnh vực", key=clean_line(section)[:40])
        if value is not None:
            check_target(sheet.rubric, forecast(sheet).sums(section), kind, value)
        wanted = None if value is None else (kind.value, format(value, "f"))
        line = year_line(assessment)
        stored = targets.find(connection, line, section or "")
        had = None if stored is None or not stored.value else (stored.kind, stored.value)
        if wanted == had:
            return
        if stored is not None and expected_version not in (None, _shown_version(stored)):
            raise StaleText(
                f"Chỉ tiêu của {section or 'cả bộ tiêu chí'}",
                version=_shown_version(stored),
                who=stored.changed_by_name,
                when_utc=stored.changed_at_utc,
                stored=printed(_target(stored)) if stored.value else "đã bỏ",
            )
        targets.store(connection, line, section or "", *(wanted or (kind.value, "")), user.actor, assessment_id)


def _shown_version(stored: StoredTarget) -> int:
    # One that was taken out is seen by nobody.
    return stored.version if stored.value else 0


def target_versions(connection: Connection, line: YearLine) -> dict[str | None, int]:
    """Read the versions of the targets of a year by section, for whoever shows them and sets them."""
    return {stored.section or None: stored.version for stored in targets.of_year(connection, line).values()}


def targets_in(connection: Connection, line: YearLine) -> dict[str | None, Target]:
    """Read the targets of a year by section; None stands for the whole set."""
    return {stored.section or None: _target(stored) for stored in targets.of_year(connection, line).values()}


def _target(stored: StoredTarget) -> Target:
    return Target(stored.section or None, TargetKind(stored.kind), Decimal(stored.value))


def save_remedy(
    database: Database,
    user: User,
    *,
    assessment_id: str,
    code: str,
    action_text: str,
    responsible: str = "",
    due: date | None = None,
    expected_version: int,
) -> None:
    """Store what will be done about a criterion, by whom and by when, for the whole year; no action takes it out.

    It is a task too, that people report on as on any other.
    ``expected_version`` is the version that was on the screen, 0 where there was none.
    Raises NotFound, NotAllowed, BadText, and StaleText when somebody else has saved in the meantime.
    """
    where = f"Việc khắc phục tiêu chí {clean_line(code)[:40]}"
    action = _text(where, "việc sẽ làm", action_text, MOST_REMEDY_CHARACTERS)
    by_whom = _text(where, "người, đơn vị thực hiện", responsible, MOST_RESPONSIBLE_CHARACTERS)
    if not action and (by_whom or due):
        raise BadText(where, problem="chưa ghi việc sẽ làm", to_do="Hãy ghi việc sẽ làm, hoặc xoá cả ba ô.")
    with database.write() as connection:
        assessment = permitted(connection, user, Action.PLAN_REMEDY, assessment_id)
        leaf_of(rubrics.pinned(connection, assessment.rubric_sha256), code)
        line = year_line(assessment)
        stored = remedies.find(connection, line, code)
        if _of(stored) == (action, by_whom, due):
            return
        # One that was taken out is seen by nobody.
        shown_version = stored.version if stored is not None and stored.action_text else 0
        if stored is not None and shown_version != expected_version:
            raise StaleText(
                where,
                version=shown_version,
                who=stored.changed_by_name,
                when_utc=stored.changed_at_utc,
                stored=stored.action_text or "đã xoá",
            )
        remedies.store(connection, line, code, action, by_whom, due, user.actor, assessment_id)
        follow(connection, user.actor, line, code, action, by_whom, due)


def _of(remedy: Remedy | None) -> tuple[str, str, date | None]:
    return ("", "", None) if remedy is None else (remedy.action_text, remedy.responsible, remedy.due)


def _text(where: str, what: str, text: str, most: int) -> str:
    line = " ".join(clean_line(text.replace("\r", "\n").replace("\n", " ")).split())
    if len(line) > most:
        raise BadText(where, problem=f"{what} dài {len(line)} ký tự, quá {most} ký tự", to_do="Hãy viết gọn lại.")
    return line
