"""The table of permissions, asked for a person and an assessment as they are stored."""

from collections.abc import Mapping

from cchc_core.errors import NotAllowed
from cchc_core.permissions import ACTION_TITLES, STATE_TITLES, Action, State, may
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


def refusal(user: User, action: Action, state: State, *, is_locked: bool = False) -> NotAllowed:
    """Make the refusal that names role, action and state."""
    return NotAllowed(
        "Phân quyền",
        role=user.role_title,
        action=ACTION_TITLES[action],
        state=STATE_TITLES[state],
        lock=" và đã khoá" if is_locked else "",
    )
