"""The golden cases beside each criteria set, written by hand from the print, against the scoring core."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from cchc_core.periods import periods_for
from cchc_core.rubric.document import points_text
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import RUBRICS_DIR, list_rubrics, read_rubric
from cchc_core.rules.answers import read_entry
from cchc_core.rules.kinds import kind_of
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import YEAR_END, PeriodView, Status, score

Case = dict[str, Any]

WITH_CASES_FOR_EVERY_LEAF = ("soctrang-tttt-2022",)
WITH_CASES_FOR_EVERY_KIND = ("namdinh-tnmt-2024",)
KEYS = {"code", "name", "answer", "points", "effective_max", "status", "period", "refused"}


class CaseLoader(yaml.SafeLoader):
    """Keeps 0.5000 as it is written; only whole numbers, true, false and null are read."""


CaseLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[1] in ("int", "bool", "null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@cache
def cases_of(rubric_id: str) -> dict[str, list[Case]]:
    text = (RUBRICS_DIR / f"{rubric_id}.cases.yaml").read_text(encoding="utf-8")
    by_code: dict[str, list[Case]] = defaultdict(list)
    for case in yaml.load(text, Loader=CaseLoader)["cases"]:  # noqa: S506 (a SafeLoader that reads less)
        by_code[case["code"]].append(case)
    return by_code


def criteria_with_cases_or_without() -> Iterator[Any]:
    for rubric_id in list_rubrics():
        codes = dict.fromkeys(cases_of(rubric_id))
        if rubric_id in WITH_CASES_FOR_EVERY_LEAF:
            codes |= dict.fromkeys(leaf.code for leaf in read_rubric(rubric_id).leaves)
        for code in codes:
            yield pytest.param(rubric_id, code, id=f"{rubric_id} {code}")


def period_of(rubric: Rubric, code: str | None) -> PeriodView:
    if code is None:
        return YEAR_END
    periods = periods_for(rubric.id, rubric.year)
    here = next(period for period in periods if period.code == code)
    reached = frozenset(period.code for period in periods if period.order <= here.order)
    return PeriodView(code, here.is_provisional, reached)


def outcome(rubric: Rubric, case: Case) -> str:
    leaf = rubric.criterion(case["code"]).scored
    try:
        entry = None if case["answer"] is None else read_entry(leaf, case["answer"])
        given = score(leaf, entry, period_of(rubric, case.get("period")))
    except AnswerRefused:
        return "refused"
    return f"{given.status} {given.points} of {given.effective_max}"


def expected(rubric: Rubric, case: Case) -> str:
    if case.get("refused"):
        return "refused"
    top = case.get("effective_max", points_text(rubric.max_points(case["code"])))
    return f"{case.get('status', Status.SCORED)} {case['points']} of {top}"


@pytest.mark.parametrize(("rubric_id", "code"), [*criteria_with_cases_or_without()])
def test_a_criterion_scores_as_its_golden_cases_say(rubric_id: str, code: str) -> None:
    rubric, cases = read_rubric(rubric_id), cases_of(rubric_id).get(code, [])
    assert cases, f"no golden case for {code}"
    assert all(set(case) <= KEYS for case in cases)
    assert len({case["name"] for case in cases}) == len(cases)
    assert {case["name"]: outcome(rubric, case) for case in cases} == {
        case["name"]: expected(rubric, case) for case in cases
    }


def test_every_criterion_of_soc_trang_has_golden_cases_for_its_top_and_its_bottom() -> None:
    lowest = {"I.6.4": "0.5000"}  # the lowest band that is left in the print
    assert not [
        leaf.code
        for leaf in read_rubric("soctrang-tttt-2022").leaves
        if not {points_text(leaf.max_points), lowest.get(leaf.code, "0.0000")} <= points(leaf.code)
    ]


def points(code: str) -> set[str]:
    scored = (case for case in cases_of("soctrang-tttt-2022").get(code, ()) if not case.get("refused"))
    return {str(case["points"]) for case in scored if case.get("status", "scored") == "scored"}


@pytest.mark.parametrize("rubric_id", [*WITH_CASES_FOR_EVERY_LEAF, *WITH_CASES_FOR_EVERY_KIND])
def test_every_kind_of_rule_and_every_modifier_in_use_has_a_golden_case(rubric_id: str) -> None:
    rubric, cases = read_rubric(rubric_id), cases_of(rubric_id)
    scored = {code for code, given in cases.items() if any(not case.get("refused") for case in given)}
    kinds = {kind_of(leaf.scored.rule) for leaf in rubric.leaves}
    assert kinds == {kind_of(rubric.criterion(code).scored.rule) for code in scored}
    modifiers = {
        "not_applicable": any(leaf.scored.not_applicable_clause for leaf in rubric.leaves),
        "voided": any(leaf.scored.void_condition for leaf in rubric.leaves),
    }
    statuses = {case.get("status") for given in cases.values() for case in given}
    assert {name for name, is_in_use in modifiers.items() if is_in_use} <= statuses


def test_every_criteria_set_of_the_product_is_held_by_golden_cases() -> None:
    assert set(list_rubrics()) == {*WITH_CASES_FOR_EVERY_LEAF, *WITH_CASES_FOR_EVERY_KIND}
