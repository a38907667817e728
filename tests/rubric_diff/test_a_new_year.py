"""A real set as the next year's: criteria put in between, moved and reworded, and how many of them are found again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest

from cchc_core.rubric.changes import continued
from cchc_core.rubric.model import Criterion, Rubric
from cchc_core.rubric_diff import compare, resolve, suggest_matches
from cchc_core.rubric_diff.model import Decision, DecisionState, Strength
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.kinds import Leaf
from tests.offices import NAM_DINH, SOC_TRANG
from tests.rubric_diff.sets import ONE, levels


@dataclass(frozen=True)
class NextYear:
    """A set, the next one made of it, and which code became which."""

    old: Rubric
    new: Rubric
    became: dict[str, str]


@cache
def next_year(rubric_id: str) -> NextYear:
    """Put a criterion before the second one of every parent, so that all codes after it move on by one.

    Every seventh title is reworded, every ninth criterion left out with all below it.
    """
    old = read_rubric(rubric_id)
    became: dict[str, str] = {section.code: section.code for section in old.sections}
    criteria = tuple(_next(old, became))
    new = replace(old, id="sau", year=old.year + 1, criteria=criteria, exclusions=())
    return NextYear(old, new, {code: became[code] for code in became if code in {each.code for each in old.criteria}})


def _next(old: Rubric, became: dict[str, str]) -> Iterator[Criterion]:
    places: dict[str, int] = {}
    for number, criterion in enumerate(old.criteria, start=1):
        if criterion.parent not in became or (number % 9 == 0 and criterion.is_leaf):
            continue
        parent = became[criterion.parent]
        places[parent] = places.get(parent, 0) + 1
        if places[parent] == 2:
            yield Criterion(f"{parent}.2", parent, criterion.section, _inserted(number), Leaf(ONE, levels()))
            places[parent] = 3
        became[criterion.code] = f"{parent}.{places[parent]}"
        title = f"Công tác {criterion.title.rstrip('.')} của đơn vị" if number % 7 == 0 else criterion.title
        yield replace(criterion, code=became[criterion.code], parent=parent, title=title)


def _inserted(number: int) -> str:
    return f"Nội dung mới được giao bổ sung, mục {number}"


def _found(year: NextYear) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Give the right pairs, and those that hold once every likely suggestion is confirmed."""
    likely = [each for each in suggest_matches(year.old, year.new) if each.strength is not Strength.POSSIBLE]
    said = [Decision(each.old_code, each.new_code, DecisionState.CONFIRMED) for each in likely]
    return set(year.became.items()), set(resolve(year.old, year.new, said).items())


@pytest.mark.parametrize(("rubric_id", "share"), [(NAM_DINH, 0.96), (SOC_TRANG, 0.96)])
def test_criteria_are_found_again_after_codes_have_moved_on(rubric_id: str, share: float) -> None:
    right, found = _found(next_year(rubric_id))
    assert len(right & found) / len(right) >= share
    assert len(right & found) / len(found) >= share


@pytest.mark.parametrize("rubric_id", [NAM_DINH, SOC_TRANG])
def test_nothing_goes_on_by_its_code_to_a_criterion_with_another_text(rubric_id: str) -> None:
    year = next_year(rubric_id)
    wrong = set(resolve(year.old, year.new).items()) - set(year.became.items())
    assert len(wrong) <= len(year.old.criteria) // 50


@pytest.mark.parametrize("rubric_id", [NAM_DINH, SOC_TRANG])
def test_what_moved_unchanged_is_unchanged_and_what_was_reworded_is_not(rubric_id: str) -> None:
    year = next_year(rubric_id)
    became = continued(year.old, year.new, year.became)
    reworded = {new for old, new in became.changed}
    assert all(year.new.criterion(code).title.endswith(" của đơn vị") for code in reworded)
    assert became.repriced == ()
    assert len(became.unchanged) + len(became.changed) + len(became.removed) == len(year.old.leaves)
    difference = compare(year.old, year.new, year.became)
    added = [line.new for line in difference.lines if line.old is None and line.new is not None]
    assert all(each.title.startswith("Nội dung mới được giao bổ sung") for each in added)
