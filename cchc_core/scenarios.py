"""Scenarios (phương án): what-ifs that are kept under a name, compared, and shared by their address."""

from collections.abc import Mapping
from typing import Any

from cchc_core.errors import AlreadyThere, BadText, NotFound, StaleText
from cchc_core.permissions import Action, may
from cchc_core.reaching import permitted
from cchc_core.rights import refusal
from cchc_core.store import assessments, rubrics, scenarios
from cchc_core.store.assessments import Assessment
from cchc_core.store.connection import Connection
from cchc_core.store.database import Database
from cchc_core.store.scenarios import Scenario
from cchc_core.store.users import User
from cchc_core.text import clean_line, cleaned, fold
from cchc_core.what_if import Raw

__all__ = ["Scenario", "drop_scenario", "keep_scenario", "list_scenarios", "open_scenario"]

MOST_NAME_CHARACTERS = 120
MOST_SCENARIOS = 100
_WHERE = "Phương án thử điểm"


def list_scenarios(database: Database, user: User, assessment_id: str) -> tuple[Scenario, ...]:
    """List the kept scenarios of an assessment, the last changed first. Raises NotFound, NotAllowed."""
    with database.read() as connection:
        permitted(connection, user, Action.VIEW_PLANNING, assessment_id)
        return scenarios.of_assessment(connection, assessment_id)


def open_scenario(database: Database, user: User, scenario_id: str) -> Scenario:
    """Open a scenario by its id, as a shared link does.

    Raises NotFound for one that was taken out or whose assessment is not there any more, NotAllowed for one of an
    assessment whose planning this person may not look at.
    """
    with database.read() as connection:
        scenario = _find(connection, scenario_id)
        permitted(connection, user, Action.VIEW_PLANNING, scenario.assessment_id)
        return scenario


def keep_scenario(
    database: Database,
    user: User,
    *,
    assessment_id: str,
    name: str,
    entries: Mapping[str, Raw],
    scenario_id: str | None = None,
    expected_version: int = 0,
) -> str:
    """Keep answers under a name and give the scenario's id; with ``scenario_id`` the kept one is changed.

    What a rule refuses is told when the scenario is tried out; here only criteria that the set does not have are left
    out. Raises NotFound, NotAllowed, BadText, AlreadyThere for a name that is taken, StaleText when somebody else
    has changed the scenario since it was read.
    """
    named = _name(name)
    with database.write() as connection:
        assessment = permitted(connection, user, Action.KEEP_SCENARIO, assessment_id)
        codes = {leaf.code for leaf in rubrics.pinned(connection, assessment.rubric_sha256).leaves}
        kept: dict[str, Mapping[str, Any]] = {
            code: dict(cleaned(raw)) for code, raw in entries.items() if code in codes
        }
        if not kept:
            raise BadText(_WHERE, problem="chưa thử thay đổi tiêu chí nào", to_do="Hãy thử ít nhất một tiêu chí.")
        there = scenarios.of_assessment(connection, assessment_id)
        if any(fold(other.name) == fold(named) and other.id != scenario_id for other in there):
            raise AlreadyThere(_WHERE, thing="phương án", key=named)
        if scenario_id is None:
            if len(there) >= MOST_SCENARIOS:
                raise BadText(
                    _WHERE, problem=f"đã có {MOST_SCENARIOS} phương án", to_do="Hãy xoá bớt phương án không dùng."
                )
            return scenarios.add(connection, assessment_id, named, kept, user.actor)
        scenario = _changeable(connection, user, scenario_id)
        if scenario.assessment_id != assessment_id:
            raise NotFound(_WHERE, thing="phương án trong bảng chấm điểm này", key=scenario.name)
        if scenario.version != expected_version:
            raise StaleText(
                _WHERE,
                version=scenario.version,
                who=scenario.changed_by_name,
                when_utc=scenario.changed_at_utc,
                stored=scenario.name,
            )
        scenarios.change(connection, scenario, named, kept, user.actor)
        return scenario.id


def drop_scenario(database: Database, user: User, scenario_id: str) -> None:
    """Take a scenario out of the lists. Raises NotFound, NotAllowed."""
    with database.write() as connection:
        scenarios.end(connection, _changeable(connection, user, scenario_id), user.actor)


def may_change(user: User, assessment: Assessment, scenario: Scenario) -> bool:
    """Tell whether a scenario of an assessment is this person's to change: one's own, or as the table says.

    That the assessment is within reach, and that scenarios may be kept there, is asked where something is changed.
    """
    return scenario.created_by == user.id or may(
        user.role, Action.CHANGE_OTHERS_SCENARIO, assessment.state, is_provisional=assessment.is_provisional
    )


def _changeable(connection: Connection, user: User, scenario_id: str) -> Scenario:
    scenario = _find(connection, scenario_id)
    assessment = permitted(connection, user, Action.KEEP_SCENARIO, scenario.assessment_id)
    if not may_change(user, assessment, scenario):
        raise refusal(user, Action.CHANGE_OTHERS_SCENARIO, assessment.state)
    return scenario


def _find(connection: Connection, scenario_id: str) -> Scenario:
    scenario = scenarios.find(connection, scenario_id)
    if scenario is None:
        raise NotFound(_WHERE, thing="phương án (có thể đã bị xoá)", key=clean_line(scenario_id)[:40])
    if assessments.find(connection, scenario.assessment_id) is None:
        raise NotFound(_WHERE, thing="bảng chấm điểm của phương án", key=scenario.name)
    return scenario


def _name(text: str) -> str:
    name = " ".join(clean_line(text).split())
    if not name:
        raise BadText(_WHERE, problem="chưa đặt tên", to_do="Hãy đặt tên cho phương án.")
    if len(name) > MOST_NAME_CHARACTERS:
        raise BadText(_WHERE, problem=f"tên dài quá {MOST_NAME_CHARACTERS} ký tự", to_do="Hãy viết gọn lại.")
    return name
