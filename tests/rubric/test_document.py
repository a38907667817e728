"""A criteria set as JSON: one exact text, one fingerprint, and back."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from cchc_core.rubric.document import canonical_text, fingerprint, rubric_to_json
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import RubricFileError, list_rubrics, read_rubric, rubric_from_canonical
from tests.rubric.strategies import rubrics

some = settings(max_examples=30, deadline=None)


@some
@given(rubrics())
def test_a_pinned_criteria_set_is_read_back_as_it_was(rubric: Rubric) -> None:
    again = rubric_from_canonical(canonical_text(rubric))
    assert again == rubric
    assert fingerprint(again) == fingerprint(rubric)


@pytest.mark.parametrize("rubric_id", list_rubrics())
def test_the_criteria_sets_of_the_product_keep_their_fingerprint(rubric_id: str) -> None:
    rubric = read_rubric(rubric_id)
    again = rubric_from_canonical(canonical_text(rubric))
    assert (again, fingerprint(again)) == (rubric, fingerprint(rubric))


@some
@given(rubrics())
def test_there_is_one_way_to_write_a_criteria_set(rubric: Rubric) -> None:
    text = canonical_text(rubric)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_a_fingerprint_changes_with_every_point_and_every_word() -> None:
    rubric = read_rubric("soctrang-tttt-2022")
    others = [
        replace(rubric, title=f"{rubric.title} (sửa)"),
        replace(rubric, declared_total=Decimal("100")),
        replace(rubric, criteria=rubric.criteria[:-1]),
        replace(rubric, criteria=rubric.criteria[::-1]),
    ]
    assert len({fingerprint(each) for each in (rubric, *others)}) == 5


def test_a_fingerprint_does_not_depend_on_how_a_number_is_written() -> None:
    rubric = read_rubric("soctrang-tttt-2022")
    assert fingerprint(replace(rubric, declared_total=Decimal("64"))) == fingerprint(rubric)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"id": "x"}'])
def test_a_damaged_copy_is_refused_in_words(text: str) -> None:
    with pytest.raises(RubricFileError, match="sao lưu"):
        rubric_from_canonical(text)


@some
@given(rubrics())
def test_the_shown_form_is_json_with_every_key_of_the_contract(rubric: Rubric) -> None:
    shown = json.loads(json.dumps(rubric_to_json(rubric), ensure_ascii=False))
    assert set(shown) >= {
        *("id", "title", "issuer", "year", "document", "points_source", "declared_total", "max_points", "warnings"),
        *("parts", "sections", "criteria"),
    }
    for criterion in shown["criteria"]:
        assert set(criterion) >= {
            *("code", "parent", "section", "title", "is_leaf", "max_points", "declared_max", "rule", "evidence"),
            *("not_applicable_clause", "void_condition", "deadline", "funding", "responsible"),
        }
        assert (criterion["rule"] is not None) == criterion["is_leaf"]
    assert [criterion["code"] for criterion in shown["criteria"]] == [criterion.code for criterion in rubric.criteria]


@some
@given(rubrics())
def test_every_maximum_is_the_sum_of_the_leaves_below(rubric: Rubric) -> None:
    shown = rubric_to_json(rubric)
    leaves = {c["code"]: Decimal(c["max_points"]) for c in shown["criteria"] if c["is_leaf"]}
    assert Decimal(shown["max_points"]) == sum(leaves.values())
    for node in (*shown["parts"], *shown["sections"], *shown["criteria"]):
        below = [
            points for code, points in leaves.items() if code == node["code"] or code.startswith(node["code"] + ".")
        ]
        assert Decimal(node["max_points"]) == sum(below)
