"""A trial with everything that a screen shows of it: beside the real assessment, and towards the year's targets."""

from collections.abc import Mapping
from dataclasses import dataclass

from cchc_core.beside import Line, beside
from cchc_core.board import read_board
from cchc_core.earlier import forecast_of
from cchc_core.forecast import Forecast
from cchc_core.permissions import Action
from cchc_core.reaching import permitted
from cchc_core.sheet import Sheet
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.targets import Need, Target, need
from cchc_core.what_if import Raw, Trial, try_out


@dataclass(frozen=True, slots=True)
class Attempt:
    """A trial of an assessment.

    ``lines`` put the real one and the trial beside each other; ``needs`` say for each target of the year, of the whole
    set (None) or of a section, what it still asks for really and in the trial.
    """

    real: Sheet
    trial: Trial
    forecast: Forecast
    lines: tuple[Line, ...]
    targets: Mapping[str | None, Target]
    needs: Mapping[str | None, tuple[Need, Need]]


def attempt(database: Database, user: User, assessment_id: str, entries: Mapping[str, Raw]) -> Attempt:
    """Try out answers in an assessment as it stands now.

    Raises NotFound, NotAllowed for who may not look at the planning.
    """
    with database.read() as connection:
        permitted(connection, user, Action.VIEW_PLANNING, assessment_id)
    board = read_board(database, user, assessment_id)
    trial = try_out(board.sheet, entries)
    tried = forecast_of(database, user, trial.sheet)
    return Attempt(
        board.sheet,
        trial,
        board.forecast,
        beside(board.sheet, trial.sheet),
        board.targets,
        {code: (now, need(trial.sheet, tried, now.target)) for code, now in board.needs.items()},
    )
