"""A criteria set written as YAML: read back it is the same set, and the text is one that a person wants to read."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric.model import Cap, Criterion, Rubric
from cchc_core.rubric_files import list_rubrics, load_rubric, read_rubric, rubric_path
from cchc_core.rubric_yaml import LINE_WIDTH, to_yaml
from cchc_core.rules.kinds import Effect
from tests.rubric.strategies import rubrics
from tests.rules.strategies import TEXTS

SMALL = Path(__file__).parent / "small.yaml"
KINDS = st.lists(st.sampled_from(BodyKind), unique=True, max_size=3).map(tuple)
EFFECTS = st.sampled_from(Effect)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def rich_rubrics(draw: st.DrawFn) -> Rubric:
    """Criteria sets that also have bonuses, caps, kinds of bodies and places in a file; codes with a doubled zero."""
    rubric = draw(rubrics())
    section = rubric.sections[0].code
    caps = draw(st.lists(st.builds(Cap, st.sampled_from((Effect.BONUS, Effect.PENALTY)), st.just(Decimal("2.5")),
                                   st.sampled_from((None, section))), max_size=2))  # fmt: skip
    return replace(
        rubric,
        criteria=tuple(draw(_richer(criterion)) for criterion in rubric.criteria),
        caps=tuple(caps),
        applies_to=draw(KINDS),
        body_kind=draw(st.none() | st.sampled_from(BodyKind)),
        points_document=draw(st.none() | TEXTS),
        cut_from=draw(st.none() | st.just("0" * 64)),
    )


def _richer(criterion: Criterion) -> st.SearchStrategy[Criterion]:
    def made(kinds: tuple[BodyKind, ...], place: str | None, effect: Effect, words: str | None) -> Criterion:
        leaf = criterion.leaf and replace(criterion.leaf, effect=effect)
        if leaf is not None and effect is Effect.PENALTY:
            leaf = replace(leaf, void_condition=None)
        return replace(criterion, leaf=leaf, applies_to=kinds, place=place, print_note=words, responsible=words)

    return st.builds(made, KINDS, st.none() | TEXTS, EFFECTS, st.none() | TEXTS)


def read(folder: Path, text: str) -> Rubric:
    path = folder / "bộ.yaml"
    path.write_text(text, encoding="utf-8")
    return load_rubric(path)


@quick
@given(rich_rubrics())
def test_what_is_written_is_read_back_as_the_same_set_with_the_same_fingerprint(tmp_path: Path, rubric: Rubric) -> None:
    again = read(tmp_path, to_yaml(rubric))
    assert again == rubric
    assert fingerprint(again) == fingerprint(rubric)
    assert to_yaml(again) == to_yaml(rubric)


@pytest.mark.parametrize("rubric_id", list_rubrics())
def test_a_set_of_the_product_survives_the_way_out_and_in(tmp_path: Path, rubric_id: str) -> None:
    rubric = read_rubric(rubric_id)
    text = to_yaml(rubric)
    assert fingerprint(read(tmp_path, text)) == fingerprint(rubric)
    assert max(map(len, text.splitlines())) <= LINE_WIDTH + 20


def test_another_reader_of_yaml_sees_codes_as_texts_and_points_as_numbers(tmp_path: Path) -> None:
    text = rubric_path("namdinh-tnmt-2024").read_text(encoding="utf-8")
    seen = yaml.safe_load(to_yaml(read(tmp_path, text.replace('"1.1"', '"1.10"'))))
    assert all(isinstance(criterion["code"], str) for criterion in seen["criteria"])
    assert {criterion["parent"] for criterion in seen["criteria"]} >= {"1", "1.10"}
    assert seen["criteria"][1]["max_points"] == 1.0


def test_one_changed_point_is_one_changed_line() -> None:
    rubric = load_rubric(SMALL)
    other = replace(rubric, declared_total=Decimal("6.0000"))
    before, after = to_yaml(rubric).splitlines(), to_yaml(other).splitlines()
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        ("declared_total: 5.0000", "declared_total: 6.0000")
    ]


def test_nothing_is_written_that_says_nothing() -> None:
    text = to_yaml(load_rubric(SMALL))
    for key in ("null", "[]", "ratio:", "evidence", "effect", "applies_to", "caps", "known_gaps", "body_kind"):
        assert key not in text
    assert "  # ---- I.1. Chỉ đạo ----" in text
    assert "        - {text: Quý III, points: 1.5000, due_period: q3}" in text
