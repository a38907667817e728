from itertools import product

import pytest

from cchc_core.permissions import (
    ACTION_TITLES,
    OFFICE_ACTION_TITLES,
    PROVISIONAL_STATES,
    ROLE_TITLES,
    STATE_TITLES,
    YEAR_STATES,
    Action,
    OfficeAction,
    Role,
    State,
    may,
    may_in_office,
    may_open_assessment,
    may_set_up,
)

# A year's assessment, unlocked, of one's own department: V view, P view what is planned, A answer, D attach documents,
# E export, O open a new one, S set up, T set a target, R plan a remedy, K keep a scenario, C change somebody else's,
# W open a screen, B keep criteria sets.
YEAR = """
                     officer       room      leader    appraiser  admin      screen
draft                VPADEOSTRKCW  VPADERK   VPETRKW   -          VPEOSTKWB  VP
awaiting_approval    VPEOSTRKCW    VPERK     VPETRKW   -          VPEOSTKWB  VP
submitted            VPEOSTRKCW    VPERK     VPETRKW   VE         VPEOSTKWB  VP
appraising           VPEOSTRKCW    VPERK     VPETRKW   VE         VPEOSTKWB  VP
explaining           VPADEOSTRKCW  VPERK     VPETRKW   VE         VPEOSTKWB  VP
appraised            VPEOSKCW      VPEK      VPEKW     VE         VPEOSKWB   VP
published            VPEOSKCW      VPEK      VPEKW     VE         VPEOSKWB   VP
approved             -             -         -         -          -          -
"""
# A quarter's assessment is internal: no appraiser ever sees one, and it goes no further than approved.
PROVISIONAL = """
                     officer       room      leader    appraiser  admin      screen
draft                VPADEOSTRKCW  VPADERK   VPETRKW   -          VPEOSTKWB  VP
awaiting_approval    VPEOSTRKCW    VPERK     VPETRKW   -          VPEOSTKWB  VP
approved             VPEOSTRKCW    VPERK     VPETRKW   -          VPEOSTKWB  VP
submitted            -             -         -         -          -          -
appraising           -             -         -         -          -          -
explaining           -             -         -         -          -          -
appraised            -             -         -         -          -          -
published            -             -         -         -          -          -
"""
LETTERS = {"V": Action.VIEW, "A": Action.ANSWER, "E": Action.EXPORT, "O": Action.OPEN_ASSESSMENT, "S": Action.SET_UP}
LETTERS |= {"D": Action.ATTACH, "P": Action.VIEW_PLANNING, "C": Action.CHANGE_OTHERS_SCENARIO}
LETTERS |= {"T": Action.SET_TARGET, "R": Action.PLAN_REMEDY, "K": Action.KEEP_SCENARIO, "W": Action.OPEN_SCREEN}
LETTERS |= {"B": Action.KEEP_RUBRICS}


def _cells(table: str) -> dict[tuple[Role, State], set[Action]]:
    head, *lines = table.strip().splitlines()
    roles = [Role(name) for name in head.split()]
    rows = [line.split() for line in lines]
    return {
        (role, State(state)): {LETTERS[letter] for letter in letters if letter != "-"}
        for state, *cells in rows
        for role, letters in zip(roles, cells, strict=True)
    }


ALLOWED = {True: _cells(PROVISIONAL), False: _cells(YEAR)}
CASES = list(product(Role, State, Action, (True, False)))


@pytest.mark.parametrize(("role", "state", "action", "is_provisional"), CASES)
def test_each_cell_of_the_table(role: Role, state: State, action: Action, is_provisional: bool) -> None:
    allowed = action in ALLOWED[is_provisional][role, state]
    assert may(role, action, state, is_provisional=is_provisional) is allowed


@pytest.mark.parametrize(("role", "state", "action", "is_provisional"), CASES)
def test_a_lock_stops_answering_and_attaching_and_nothing_else(
    role: Role, state: State, action: Action, is_provisional: bool
) -> None:
    stopped = (Action.ANSWER, Action.ATTACH)
    allowed = action in ALLOWED[is_provisional][role, state] and action not in stopped
    assert may(role, action, state, is_provisional=is_provisional, is_locked=True) is allowed


@pytest.mark.parametrize(("role", "state", "action", "is_provisional"), CASES)
def test_only_appraiser_and_administrator_reach_other_departments(
    role: Role, state: State, action: Action, is_provisional: bool
) -> None:
    allowed = action in ALLOWED[is_provisional][role, state] and role in (Role.APPRAISER, Role.ADMIN)
    assert may(role, action, state, is_provisional=is_provisional, same_department=False) is allowed


def test_the_tables_of_this_test_name_every_role_and_state() -> None:
    for cells in ALLOWED.values():
        assert set(cells) == set(product(Role, State))
    assert set(State) == PROVISIONAL_STATES | YEAR_STATES


OFFICE = """
                    officer  room  leader  appraiser  admin  screen
view_tasks          yes      yes   yes     -          yes    -
plan_tasks          yes      -     -       -          -      -
report_tasks        yes      yes   -       -          -      -
report_all_tasks    yes      -     -       -          -      -
link_tasks          yes      yes   -       -          -      -
view_documents      yes      yes   yes     -          yes    -
view_all_documents  yes      -     yes     -          yes    -
keep_documents      yes      yes   -       -          -      -
purge_files         -        -     -       -          yes    -
set_limits          -        -     -       -          yes    -
view_figures        yes      yes   yes     -          yes    -
enter_figures       yes      yes   -       -          -      -
"""


def _office_cells() -> dict[tuple[OfficeAction, Role], bool]:
    head, *lines = OFFICE.strip().splitlines()
    rows = [line.split() for line in lines]
    return {
        (OfficeAction(action), Role(role)): cell == "yes"
        for action, *cells in rows
        for role, cell in zip(head.split(), cells, strict=True)
    }


@pytest.mark.parametrize(("action", "role"), list(product(OfficeAction, Role)))
def test_each_cell_of_what_a_department_keeps_beside_its_assessments(action: OfficeAction, role: Role) -> None:
    allowed = _office_cells()[action, role]
    assert may_in_office(role, action) is allowed
    assert may_in_office(role, action, same_department=False) is (allowed and role is Role.ADMIN)


def test_setting_up_and_opening_are_the_officers_and_the_administrators() -> None:
    assert [role for role in Role if may_set_up(role)] == [Role.OFFICER, Role.ADMIN]
    assert [role for role in Role if may_open_assessment(role)] == [Role.OFFICER, Role.ADMIN]
    assert not may_open_assessment(Role.OFFICER, same_department=False)


def test_everything_has_a_vietnamese_name() -> None:
    assert (set(ROLE_TITLES), set(STATE_TITLES), set(ACTION_TITLES)) == (set(Role), set(State), set(Action))
    assert set(OFFICE_ACTION_TITLES) == set(OfficeAction)
    assert ROLE_TITLES[Role.OFFICER] == "Cán bộ đầu mối"
