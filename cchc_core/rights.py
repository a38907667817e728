"""The table of permissions, asked for a person and an assessment as they are stored."""

from collections.abc import Mapping

from cchc_core.errors import NotAllowed, NotAllowedInOffice
from cchc_core.permissions import (
    ACTION_TITLES,
    OFFICE_ACTION_TITLES,
    STATE_TITLES,
    Action,
    OfficeAction,
    State,
    may,
    may_in_office,
)
from cchc_core.store.assessments import Assessment
from cchc_core.store.users import User


def permits(user: User, action: Action, assessment: Assessment, department_of: Mapping[str, str]) -> bool:
    """Tell whether a person may do something with an assessment; ``department_of`` gives each unit's department."""
    own = user.unit_id is not None and department_of.get(user.unit_id) == department_of.get(assessment.unit_id)
    return may(
        user.role,
        action,
        assessment.state,
        is_provisional=assessment.is_provisional,
        is_locked=assessment.is_locked,
        same_department=own,
    )


def permits_in_office(user: User, action: OfficeAction, department_id: str, department_of: Mapping[str, str]) -> bool:
    """Tell whether a person may do something with what a department keeps beside its assessments."""
    own = user.unit_id is not None and department_of.get(user.unit_id) == department_id
    return may_in_office(user.role, action, same_department=own)


def office_refusal(user: User, action: OfficeAction, whose: str = "") -> NotAllowedInOffice:
    """Make the refusal that names role and action; ``whose`` says of whom where that is why ("của đơn vị khác")."""
    action_title = " ".join(filter(None, (OFFICE_ACTION_TITLES[action], whose)))
    return NotAllowedInOffice("Phân quyền", role=user.role_title, action=action_title)


def refusal(user: User, action: Action, state: State, *, is_locked: bool = False) -> NotAllowed:
    """Make the refusal that names role, action and state."""
    return NotAllowed(
        "Phân quyền",
        role=user.role_title,
        action=ACTION_TITLES[action],
        state=STATE_TITLES[state],
        lock=" và đã khoá" if is_locked else "",
    )
