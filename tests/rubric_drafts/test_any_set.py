"""Any set that a province could print: taken into a draft and built it is that very set, and issued it reads back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from cchc_core import rubric_shelf
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.building import build
from cchc_core.rubric_files import period_codes
from cchc_core.rules.kinds import Checklist
from tests.rubric.strategies import rubrics
from tests.rubric_drafts.desk import Desk, open_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_desk(tmp_path_factory.mktemp("sets"))
    yield opened
    opened.database.close()


def _has_known_periods(rubric: Rubric) -> bool:
    due = set()
    for leaf in rubric.leaves:
        items = leaf.scored.rule.items if isinstance(leaf.scored.rule, Checklist) else ()
        due |= {leaf.scored.due_period, *(item.due_period for item in items)}
    return due <= {None, *period_codes(rubric.id, rubric.year)}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rubrics())
def test_a_set_goes_through_a_draft_unchanged(desk: Desk, rubric: Rubric) -> None:
    draft = keeping.start_from_rubric(desk.database, desk.admin, rubric, rubric_id=rubric.id, origin="thử")
    built = build(draft)
    assert built.rubric is not None
    assert _by_code(built.rubric) == _by_code(rubric)
    assert [each.message for each in built.errors if "không có kỳ" not in each.message] == []
    if not _has_known_periods(rubric):
        return
    before = rubric_shelf.versions_of(desk.database, rubric.id)
    if any(rubric_shelf.rubric_of(desk.database, each.sha256) == built.rubric for each in before):
        return
    version = desk.issued(draft)
    assert version.number == len(before) + 1
    assert rubric_shelf.rubric_of(desk.database, version.sha256) == built.rubric


def _by_code(rubric: Rubric) -> Rubric:
    # A draft puts what stands below a group right behind it, whatever stood in between.
    criteria = sorted(rubric.criteria, key=lambda each: each.code)
    sections = sorted(rubric.sections, key=lambda each: each.code)
    return replace(rubric, criteria=tuple(criteria), sections=tuple(sections))
