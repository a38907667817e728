"""A criteria set cut down to a kind of body: what is for others leaves the maximum, and nothing else changes."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.checks import findings
from cchc_core.rubric.document import canonical_text, fingerprint
from cchc_core.rubric.model import Cap, Rubric
from cchc_core.rubric.tailoring import (
    depends_on_kind,
    is_meant_for,
    kinds_of,
    kinds_to_choose,
    max_points_by_kind,
    tailored,
)
from cchc_core.rubric_files import list_rubrics, load_rubric, read_rubric, rubric_from_canonical
from cchc_core.rules.kinds import Effect

SMALL = load_rubric(Path(__file__).parent / "small.yaml")
WITH, WITHOUT, ROOM = BodyKind.WITH_PROCEDURES, BodyKind.WITHOUT_PROCEDURES, BodyKind.ROOM


def meant_for(rubric: Rubric, **kinds: BodyKind) -> Rubric:
    """Give single criteria of a set kinds of bodies, by code with underscores for points."""
    chosen = {code.replace("_", "."): (kind,) for code, kind in kinds.items()}
    return replace(
        rubric, criteria=tuple(replace(each, applies_to=chosen.get(each.code, ())) for each in rubric.criteria)
    )


CHOOSY = meant_for(SMALL, I_1_2=WITH)


@pytest.mark.parametrize("rubric_id", list_rubrics())
def test_a_set_for_everybody_stays_the_very_same_for_every_kind(rubric_id: str) -> None:
    rubric = read_rubric(rubric_id)
    assert not depends_on_kind(rubric)
    assert all(tailored(rubric, kind) is rubric for kind in BodyKind)
    assert kinds_to_choose(rubric) == tuple(BodyKind)


def test_a_criterion_of_other_kinds_is_no_part_of_the_maximum() -> None:
    assert depends_on_kind(CHOOSY)
    cut = tailored(CHOOSY, WITHOUT)
    assert [leaf.code for leaf in cut.leaves] == ["I.1.1.1", "I.1.1.2", "I.1.3"]
    assert (cut.max_points(), CHOOSY.max_points()) == (Decimal("4.0000"), Decimal("5.0000"))
    assert (cut.body_kind, cut.cut_from) == (WITHOUT, fingerprint(CHOOSY))
    assert max_points_by_kind(CHOOSY)[WITH] == Decimal("5.0000")


def test_what_the_print_declares_goes_only_where_a_criterion_left() -> None:
    cut = tailored(CHOOSY, WITHOUT)
    assert (cut.declared_total, cut.parts[0].declared_max, cut.sections[0].declared_max) == (None, None, None)
    assert cut.criterion("I.1.1").declared_max == Decimal("3.0000")
    assert findings(cut) == ()
    whole = tailored(CHOOSY, WITH)
    assert (whole.declared_total, whole.sections) == (CHOOSY.declared_total, CHOOSY.sections)


def test_what_a_group_names_holds_for_all_below_it() -> None:
    rubric = meant_for(SMALL, I_1_1=WITH)
    cut = tailored(rubric, ROOM)
    assert [each.code for each in cut.criteria] == ["I.1.2", "I.1.3"]
    assert cut.exclusions == ()
    assert kinds_of(rubric, "I.1.1.2") == frozenset({WITH})
    assert kinds_of(rubric, "I.1.2") is None


def test_a_criterion_that_group_and_line_give_to_different_kinds_is_for_none() -> None:
    rubric = meant_for(SMALL, I_1_1=WITH, I_1_1_1=ROOM)
    assert kinds_of(rubric, "I.1.1.1") == frozenset()
    for kind in BodyKind:
        assert "I.1.1.1" not in {leaf.code for leaf in tailored(rubric, kind).leaves}


def test_a_cap_goes_with_the_group_that_it_limits() -> None:
    caps = (Cap(Effect.BONUS, Decimal(1), "I.1.1"), Cap(Effect.BONUS, Decimal(2)))
    rubric = replace(meant_for(SMALL, I_1_1=WITH), caps=caps)
    assert tailored(rubric, ROOM).caps == caps[1:]
    assert tailored(rubric, WITH).caps == caps


def test_sections_and_parts_that_are_left_empty_go_too() -> None:
    soc_trang = read_rubric("soctrang-tttt-2022")
    first = {leaf.code: WITH for leaf in soc_trang.leaves if leaf.code.startswith(("II.", "I.3."))}
    rubric = meant_for(soc_trang, **{code.replace(".", "_"): kind for code, kind in first.items()})
    cut = tailored(rubric, WITHOUT)
    assert [part.code for part in cut.parts] == ["I"]
    assert [section.code for section in cut.sections] == ["I.1", "I.2", "I.4", "I.5", "I.6", "I.7"]
    assert cut.sections[0] == rubric.sections[0]
    assert cut.parts[0].declared_max is None


def test_a_set_is_offered_to_the_kinds_that_it_names_and_asks_something_of() -> None:
    for_both = replace(SMALL, applies_to=(WITH, WITHOUT))
    assert depends_on_kind(for_both)
    assert kinds_to_choose(for_both) == (WITH, WITHOUT)
    nothing_for_others = meant_for(SMALL, I_1_1=WITH, I_1_2=WITH, I_1_3=WITH)
    assert not is_meant_for(nothing_for_others, ROOM)
    assert kinds_to_choose(nothing_for_others) == (WITH,)


def test_a_cut_set_is_a_set_like_any_other() -> None:
    cut = tailored(CHOOSY, WITHOUT)
    assert rubric_from_canonical(canonical_text(cut)) == cut
    assert tailored(cut, WITHOUT) == cut
    assert len({fingerprint(each) for each in (CHOOSY, cut, tailored(CHOOSY, ROOM))}) == 3
