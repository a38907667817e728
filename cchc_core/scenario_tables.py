"""Kept scenarios beside the real assessment or beside each other, as tables to take away: «Thử điểm» as it is shown."""

from dataclasses import replace
from typing import Final

from cchc_core.asks_for import shortened
from cchc_core.beside import beside, beside_table
from cchc_core.board_tables import BoardTable
from cchc_core.errors import NotFound
from cchc_core.permissions import Action
from cchc_core.reaching import permitted
from cchc_core.scenarios import Scenario, open_scenario
from cchc_core.scoring import open_sheet
from cchc_core.sheet import Sheet
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.table import Table, noted
from cchc_core.text import clean_line
from cchc_core.what_if import Trial, try_out

TRIED: Final = "thu-diem"
"""Key under which addresses hand these tables out."""

SCENARIO, BESIDE = "pa", "pb"
"""Query parameters that name the scenario, and the one that it is compared with."""

REAL, TRIAL = "Thật", "Thử"
_LONGEST_HEADING = 24


def heading(name: str) -> str:
    """Give the name of a scenario as it heads a column."""
    return shortened(name, _LONGEST_HEADING)


def take_scenarios(database: Database, user: User, assessment_id: str, first: str, second: str = "") -> BoardTable:
    """Give a kept scenario beside the real assessment, or with ``second`` two kept scenarios beside each other.

    Both are ids; where only ``second`` is given the real assessment stands first. Raises NotFound for an assessment or
    a scenario that is not there, or is not of this assessment; NotAllowed for who may not export.
    """
    with database.read() as connection:
        permitted(connection, user, Action.EXPORT, assessment_id)
    real = open_sheet(database, user, assessment_id)
    chosen = [_kept(database, user, real, scenario_id) for scenario_id in (first, second) if scenario_id]
    if not chosen:
        raise NotFound("Tải bảng so sánh", thing="mã phương án trong địa chỉ tải", key=TRIED)
    trials = [try_out(real, scenario.entries) for scenario in chosen]
    names = [heading(scenario.name) for scenario in chosen]
    if not second:
        table = _table(real, trials[0].sheet, (REAL, TRIAL))
    elif not first:
        table = _table(real, trials[0].sheet, (REAL, names[0]))
    else:
        table = _table(trials[0].sheet, trials[1].sheet, (names[0], names[1]))
    for scenario, trial in zip(chosen, trials, strict=True):
        table = noted(table, _about(scenario, trial))
    return BoardTable(table, real.assessment)


def _kept(database: Database, user: User, real: Sheet, scenario_id: str) -> Scenario:
    scenario = open_scenario(database, user, scenario_id)
    if scenario.assessment_id != real.assessment.id:
        key = clean_line(scenario.name)
        raise NotFound("Tải bảng so sánh", thing="phương án trong bảng chấm điểm này", key=key)
    return scenario


def _table(first: Sheet, second: Sheet, names: tuple[str, str]) -> Table:
    return replace(beside_table(beside(first, second), first.rubric, names), key=TRIED)


def _about(scenario: Scenario, trial: Trial) -> str:
    left_out = f", chưa tính tiêu chí {', '.join(trial.problems)}" if trial.problems else ""
    return f"Phương án «{scenario.name}», {scenario.changed_by_name} lưu{left_out}."
