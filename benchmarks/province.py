"""Units side by side with two million answers, against the same product with a tenth of them in the same run.

Both databases are made anew (:mod:`benchmarks.country`): 34 departments of 120 units, or of 12, by four periods and 121
criteria. They are read in turn by two people: one who sees the whole country, and a leader who sees one department.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.country import RUBRIC, UNITS, make_country
from benchmarks.results import Row, median_ratio, ms, times
from cchc_core import listing, scoring
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.users import User
from cchc_core.units_board import heat_columns, heat_rows, units_board, units_table
from ui.charts import heat_map

_ROUNDS = 7
_YEAR, _PERIOD = read_rubric(RUBRIC).year, "q3"


@dataclass(frozen=True, slots=True)
class Place:
    """One of the two databases, opened again after it was made, with those who look at it."""

    database: Database
    answers: int
    seconds: float
    admin: User
    leader: User


def measure(units_each: int = UNITS, rounds: int = _ROUNDS) -> list[Row]:
    """Compare the larger database with one that has a tenth of its units."""
    with TemporaryDirectory(prefix="benchmark-") as folder:
        small = _made(Path(folder) / "small", max(1, units_each // 10))
        large = _made(Path(folder) / "large", units_each)
        try:
            return [_making(large), *_rows(large, small, rounds)]
        finally:
            small.database.close()
            large.database.close()


def _made(folder: Path, units_each: int) -> Place:
    begun = perf_counter()
    made = make_country(folder / "cchc.duckdb", units_each)
    made.database.close()
    seconds = perf_counter() - begun
    # What was just written lies in memory; people meet a database that was opened some time later.
    database = Database.open(folder / "cchc.duckdb")
    people = {user.role: user for user in users.trial_users(database)}
    return Place(database, made.answers, seconds, people[Role.ADMIN], people[Role.LEADER])


def _making(large: Place) -> Row:
    return Row(f"Making a database of {large.answers:,} answers", f"{large.seconds:.0f} s")


def _rows(large: Place, small: Place, rounds: int) -> list[Row]:
    first = _timed(large, _board_of_all), _timed(small, _board_of_all)
    what = "Units side by side, {} units: read, table and heat map"
    whole = what.format(f"{_shown(large, large.admin):,}")
    of_one = what.format(f"one department of {_shown(large, large.leader):,}")
    menu = "What the menu reads at every run"
    return [
        Row(f"{whole}, first after a start", ms(first[0]), _of_small(small, first[1]), times(first[0] / first[1])),
        _against_small(whole, large, small, _board_of_all, rounds),
        _against_small(of_one, large, small, _board_of_one, rounds),
        _against_small(f"{menu}, whole country", large, small, _menu_of_all, rounds),
        _against_small(f"{menu}, one department", large, small, _menu_of_one, rounds),
        _against_listing(f"{menu}, whole country", large, rounds),
    ]


def _shown(place: Place, user: User) -> int:
    return len(units_board(place.database, user, RUBRIC, _YEAR, _PERIOD).rows)


def _of_small(small: Place, seconds: float) -> str:
    return f"{ms(seconds)} ({small.answers:,} answers)"


def _against_small(what: str, large: Place, small: Place, work: Callable[[Place], None], rounds: int) -> Row:
    pairs = [(_timed(large, work), _timed(small, work)) for _ in range(rounds)]
    of_large, of_small = [list(side) for side in zip(*pairs, strict=True)]
    ratio = median_ratio(of_large, of_small)
    return Row(what, ms(median(of_large)), _of_small(small, median(of_small)), times(ratio), "≤ 10×", ratio <= 10)


def _against_listing(what: str, large: Place, rounds: int) -> Row:
    pairs = [(_timed(large, _menu_of_all), _timed(large, _list_of_all)) for _ in range(rounds)]
    menu, every = [list(side) for side in zip(*pairs, strict=True)]
    return Row(
        what, ms(median(menu)), f"{ms(median(every))} (all assessments listed)", times(median_ratio(menu, every))
    )


def _timed(place: Place, work: Callable[[Place], None]) -> float:
    begun = perf_counter()
    work(place)
    return perf_counter() - begun


def _board_of_all(place: Place) -> None:
    _board(place, place.admin)


def _board_of_one(place: Place) -> None:
    _board(place, place.leader)


def _board(place: Place, user: User) -> None:
    board = units_board(place.database, user, RUBRIC, _YEAR, _PERIOD)
    units_table(board)
    heat_map(heat_rows(board), heat_columns(board), is_illustrative=board.is_illustrative)


def _menu_of_all(place: Place) -> None:
    _menu(place, place.admin)


def _menu_of_one(place: Place) -> None:
    _menu(place, place.leader)


def _menu(place: Place, user: User) -> None:
    """Read what the pickers of the menu read with an assessment open."""
    places = listing.places(place.database, user)
    (department, *_) = places.departments
    (unit, *_) = places.units_of(department.id)
    (opened, *_) = listing.of_units(place.database, user, [unit.id])
    listing.find(place.database, user, opened.id)


def _list_of_all(place: Place) -> None:
    scoring.list_assessments(place.database, place.admin)
