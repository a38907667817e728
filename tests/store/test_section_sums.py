"""Sums that the store makes of cached scores give the totals of the sheet that they were cached from."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings

from cchc_core.rubric.document import fingerprint
from cchc_core.rules.scoring import Score
from cchc_core.section_totals import BlankSet, points_of
from cchc_core.sheet import Sheet
from cchc_core.store import answers, assessments, log, section_sums
from cchc_core.store.answers import Save
from cchc_core.store.connection import Row
from cchc_core.store.database import Database
from cchc_core.store.section_sums import Scope, SectionSums
from cchc_core.unconfirmed import unconfirmed
from tests.rubric.strategies import adjusted_rubrics
from tests.sheets import sheets
from tests.store.world import World

_numbers = count()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all examples: each stands in a period of its own."""
    opened = Database.open(tmp_path_factory.mktemp("sums") / "cchc.duckdb")
    yield opened
    opened.close()


def as_given(scored: Score) -> Score:
    """Give a score as it is stored: what caps leave of it is worked out by whoever reads all of them."""
    return scored.before_cap or scored


def stored(database: Database, sheet: Sheet, unit_id: str, period_id: str) -> str:
    """Store a sheet as it is, and give the id of its assessment."""
    sha256 = fingerprint(sheet.rubric)
    saves = [
        Save(
            code, 1, answer.entry_json, answer.self_note, as_given(sheet.scores[code]), carried_from=answer.carried_from
        )
        for code, answer in sheet.answers.items()
    ]
    with database.write() as connection:
        made = assessments.add(
            connection,
            unit_id=unit_id,
            rubric_id=sheet.rubric.id,
            rubric_sha256=sha256,
            period_id=period_id,
            actor=log.SYSTEM,
        )
        answers.store_first(connection, made, saves, log.SYSTEM)
    return made


def summed(database: Database, sheet: Sheet, scope: Scope) -> SectionSums:
    with database.read() as connection:
        blank = BlankSet(sheet.rubric, sheet.period)
        return section_sums.read(connection, scope, blank.leaves, blank.adjustments.codes)


def rows_of(sums: SectionSums, assessment_id: str) -> list[Row]:
    return [row for row in sums.rows if row["assessment_id"] == assessment_id]


@settings(max_examples=40)
@given(sheets(adjusted_rubrics()))
def test_bonuses_and_penalties_are_added_to_the_sums_as_far_as_their_caps_count(shelf: Database, sheet: Sheet) -> None:
    period_id = f"period {next(_numbers)}"
    made = stored(shelf, sheet, "unit", period_id)
    stored(shelf, replace(sheet, answers={}), "other unit", period_id)
    sums = summed(shelf, sheet, Scope(period_id, fingerprint(sheet.rubric)))
    assert not sums.out_of_date
    rows, adjusted = rows_of(sums, made), [row for row in sums.adjustments if row["assessment_id"] == made]
    blank = BlankSet(sheet.rubric, sheet.period)
    total, sections = blank.totals(rows, adjusted)
    assert (total, dict(sections)) == (sheet.totals.total, dict(sheet.totals.sections))
    carried, points = blank.adjustments.carried(adjusted)
    assert sum(row[section_sums.UNCONFIRMED] for row in rows) + carried == unconfirmed(sheet).count
    of_others = points_of(sum(row[section_sums.UNCONFIRMED_POINTS] for row in rows))
    assert of_others + points == unconfirmed(sheet).points


@settings(max_examples=40)
@given(sheets())
def test_sums_in_the_store_give_the_totals_of_the_sheet_to_the_digit(shelf: Database, sheet: Sheet) -> None:
    period_id = f"period {next(_numbers)}"
    made = stored(shelf, sheet, "unit", period_id)
    nobody = stored(shelf, replace(sheet, answers={}), "other unit", period_id)
    sums = summed(shelf, sheet, Scope(period_id, fingerprint(sheet.rubric)))
    assert not sums.out_of_date
    rows = rows_of(sums, made)
    total, sections = BlankSet(sheet.rubric, sheet.period).totals(rows)
    assert (total, dict(sections)) == (sheet.totals.total, dict(sheet.totals.sections))
    assert list(sections) == list(sheet.totals.sections)
    assert sum(row[section_sums.UNCONFIRMED] for row in rows) == unconfirmed(sheet).count
    assert points_of(sum(row[section_sums.UNCONFIRMED_POINTS] for row in rows)) == unconfirmed(sheet).points
    assert rows_of(sums, nobody) == []


def scope_of(world: World) -> Scope:
    assessment = world.sheet().assessment
    return Scope(assessment.period_id, assessment.rubric_sha256, [assessment.unit_id])


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE scores SET answer_version = 7 WHERE code = '1.1'",
        "UPDATE scores SET answer_version = answer_version + CASE WHEN code = '1.1' THEN 1 ELSE -1 END",
        "UPDATE scores SET rule_version = 'before' WHERE code = '1.2'",
        "DELETE FROM scores WHERE code = '1.2'",
    ],
)
def test_an_assessment_with_a_score_that_is_out_of_date_is_named(world: World, spoil: str) -> None:
    world.save("1.1", {"level": 0})
    world.save("1.2", {"level": 0})
    assert not summed(world.database, world.sheet(), scope_of(world)).out_of_date
    with world.database.write() as connection:
        connection.run(spoil)
    assert summed(world.database, world.sheet(), scope_of(world)).out_of_date == {world.assessment_id}


def test_only_the_period_the_version_and_the_units_that_are_asked_for_are_summed(world: World) -> None:
    world.save("1.1", {"level": 0})
    scope = scope_of(world)
    (row,) = summed(world.database, world.sheet(), scope).rows
    assert points_of(row["points"]) == Decimal("1.0000")
    for other in (
        replace(scope, period_id="x"),
        replace(scope, rubric_sha256="x"),
        replace(scope, unit_ids=["x"]),
        replace(scope, unit_ids=[]),
    ):
        assert summed(world.database, world.sheet(), other) == SectionSums((), frozenset())
    assert summed(world.database, world.sheet(), replace(scope, unit_ids=None)).rows == (row,)
