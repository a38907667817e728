"""What people do with the sources of criteria: choose them, look at what they say, confirm the new points."""

from collections.abc import Mapping
from datetime import date

from cchc_core.answer_sources.model import (
    ASSIGNING,
    FIGURE,
    PLAN_ID,
    SourceKind,
    indicator_inputs,
    pickable,
    source_kinds,
    task_measures,
)
from cchc_core.answer_sources.proposing import Proposal, propose
from cchc_core.errors import BadText, NotFound, StaleText
from cchc_core.indicators.keeping import form_of
from cchc_core.permissions import Action, OfficeAction
from cchc_core.reaching import leaf_of, permitted, year_line
from cchc_core.rights import permits_in_office
from cchc_core.rubric.model import Criterion
from cchc_core.rules.kinds import Rule
from cchc_core.sheet import Sheet
from cchc_core.store import answer_sources, plans, rubrics
from cchc_core.store.answer_sources import StoredSource
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.store.users import User
from cchc_core.tasks.model import PlanRow
from cchc_core.text import clean_line

MOST_ASSIGNING_CHARACTERS = 200


def may_have_source(connection: Connection, user: User, sheet: Sheet, criterion: Criterion) -> bool:
    """Tell whether a criterion can take its inputs from figures, as far as this person may see them.

    Figures and tasks are the department's, so only what the department scores of itself takes them, not the scores of
    the units below it.
    """
    unit_id, of = sheet.assessment.unit_id, directory(connection).department_of
    return (
        bool(source_kinds(criterion.scored.rule))
        and of.get(unit_id) == unit_id
        and permits_in_office(user, OfficeAction.VIEW_FIGURES, unit_id, of)
    )


def takes_figures(database: Database, user: User, sheet: Sheet, criterion: Criterion) -> bool:
    """Tell the same to somebody who has no connection open."""
    with database.read() as connection:
        return may_have_source(connection, user, sheet, criterion)


def proposal(database: Database, user: User, sheet: Sheet, code: str, today: date) -> Proposal | None:
    """Say what the figures give for a criterion; None where it takes none, or where they are not this person's."""
    if not source_kinds(leaf_of(sheet.rubric, code).scored.rule):
        return None
    with database.read() as connection:
        return _proposal(connection, user, sheet, code, today)


def _proposal(connection: Connection, user: User, sheet: Sheet, code: str, today: date) -> Proposal | None:
    criterion = leaf_of(sheet.rubric, code)
    if not may_have_source(connection, user, sheet, criterion):
        return None
    source = answer_sources.find(connection, year_line(sheet.assessment), code)
    if source is None or not source.source:
        return None
    return propose(connection, sheet, criterion, source, sheet.assessment.unit_id, today)


def proposals(connection: Connection, user: User, sheet: Sheet, today: date) -> dict[str, Proposal]:
    """Say what the figures give for every criterion of an assessment that takes any."""
    found = answer_sources.of_year(connection, year_line(sheet.assessment))
    leaves = {leaf.code: leaf for leaf in sheet.rubric.leaves}
    return {
        code: propose(connection, sheet, leaves[code], source, sheet.assessment.unit_id, today)
        for code, source in found.items()
        if code in leaves and may_have_source(connection, user, sheet, leaves[code])
    }


def source_of(database: Database, user: User, sheet: Sheet, code: str) -> StoredSource | None:
    """Give the stored source of a criterion, also one that was taken out; None for none."""
    with database.read() as connection:
        if not may_have_source(connection, user, sheet, leaf_of(sheet.rubric, code)):
            return None
        return answer_sources.find(connection, year_line(sheet.assessment), code)


def plans_for(database: Database, sheet: Sheet) -> tuple[PlanRow, ...]:
    """List the plans of an assessment's department and year."""
    with database.read() as connection:
        return plans.of_department(connection, sheet.assessment.unit_id, sheet.assessment.year)


def set_source(
    database: Database,
    user: User,
    *,
    assessment_id: str,
    code: str,
    source: SourceKind,
    inputs: Mapping[str, str],
    expected_version: int,
) -> None:
    """Choose where a criterion takes its inputs from, for the unit's whole year; no score changes by that.

    ``expected_version`` is the version that was on the screen, 0 for none. Raises NotFound, NotAllowed, BadText for
    inputs that are missing or do not fit the rule, StaleText when somebody else has chosen in the meantime.
    """
    with database.write() as connection:
        assessment = permitted(connection, user, Action.ANSWER, assessment_id)
        criterion = leaf_of(rubrics.pinned(connection, assessment.rubric_sha256), code)
        where = f"Nguồn số liệu của tiêu chí {code}"
        rule, of = criterion.scored.rule, directory(connection).department_of
        if source not in source_kinds(rule) or of.get(assessment.unit_id) != assessment.unit_id:
            raise BadText(
                where, problem="tiêu chí này không lấy số liệu từ nguồn ấy", to_do="Hãy nhập kết quả vào phiếu chấm."
            )
        wanted = _checked(connection, where, rule, source, inputs, assessment.unit_id, assessment.year)
        line = year_line(assessment)
        before = answer_sources.find(connection, line, code)
        had = (SourceKind.NONE.value, {}) if before is None else (before.source, dict(before.inputs))
        if had == (source.value, wanted):
            return
        if before is not None and before.version != expected_version:
            raise StaleText(
                where,
                version=before.version,
                who=before.changed_by_name,
                when_utc=before.changed_at_utc,
                stored=before.source or "không lấy từ đâu",
            )
        answer_sources.store(connection, line, code, source.value, wanted, user.actor, assessment_id)


def refuse_changed(
    connection: Connection, user: User, sheet: Sheet, code: str, shown: Mapping[str, object], today: date
) -> None:
    """Raise BadText when the figures are others than those that were ``shown``: what nobody saw, nobody confirms.

    To be asked inside the write that saves the answer.
    """
    now = _proposal(connection, user, sheet, code, today)
    if now is None or now.raw is None or dict(now.raw) != dict(shown):
        raise BadText(
            f"Số liệu của tiêu chí {code}",
            problem="số liệu vừa thay đổi sau khi bạn xem",
            to_do="Hãy xem lại điểm mới rồi xác nhận.",
        )


def _checked(
    connection: Connection,
    where: str,
    rule: Rule,
    source: SourceKind,
    inputs: Mapping[str, str],
    department_id: str,
    year: int,
) -> dict[str, str]:
    match source:
        case SourceKind.NONE:
            return {}
        case SourceKind.INDICATOR:
            return _checked_indicators(where, rule, inputs, year)
        case SourceKind.PLAN:
            known = {plan.id for plan in plans.of_department(connection, department_id, year)}
            if inputs.get(PLAN_ID) not in known:
                raise BadText(where, problem="chưa chọn kế hoạch", to_do="Hãy chọn một kế hoạch của năm.")
            return {PLAN_ID: inputs[PLAN_ID], FIGURE: _figure(where, rule, inputs)}
        case SourceKind.ASSIGNED:
            assigning = " ".join(clean_line(inputs.get(ASSIGNING, "")).split())[:MOST_ASSIGNING_CHARACTERS]
            return {ASSIGNING: assigning, FIGURE: _figure(where, rule, inputs)}


def _checked_indicators(where: str, rule: Rule, inputs: Mapping[str, str], year: int) -> dict[str, str]:
    known = {each.key for each in pickable(rule, form_of(year))}
    wanted = {name: inputs.get(name, "") for name in indicator_inputs(rule)}
    if any(not key for key in wanted.values()):
        raise BadText(where, problem="chưa chọn chỉ tiêu", to_do="Hãy chọn chỉ tiêu cho mỗi ô.")
    if unknown := next((key for key in wanted.values() if key not in known), None):
        raise NotFound(where, thing="số liệu hợp với cách tính", key=clean_line(unknown)[:60])
    return wanted


def _figure(where: str, rule: Rule, inputs: Mapping[str, str]) -> str:
    figure = inputs.get(FIGURE, "")
    if figure not in task_measures(rule):
        raise BadText(where, problem="chưa chọn số liệu của nhiệm vụ", to_do="Hãy chọn một số liệu.")
    return figure
