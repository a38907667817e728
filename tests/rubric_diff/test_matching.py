from dataclasses import replace

from hypothesis import given, settings

from cchc_core.rubric.changes import by_code, continued
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_diff.matching import resolve, suggest_matches
from cchc_core.rubric_diff.model import Decision, DecisionState, Strength
from cchc_core.rubric_files import read_rubric
from tests.offices import NAM_DINH, SOC_TRANG
from tests.rubric.strategies import rubrics
from tests.rubric_diff.sets import CHECKED, HANDLED, NEW, OLD, PLAN, TOLD, group, leaf, moved, rubric

CONFIRMED, REFUSED = DecisionState.CONFIRMED, DecisionState.REFUSED
few = settings(max_examples=30)


def test_equal_codes_go_on_by_themselves() -> None:
    assert resolve(OLD, OLD) == {code: code for code in ("1.1", "1.2", "1.3", "2.1", "2.2")}


def test_a_year_in_a_title_makes_no_other_criterion() -> None:
    assert continued(OLD, NEW, {"1.1": "1.1"}).unchanged == (("1.1", "1.1"),)


def test_a_year_that_is_no_neighbour_of_the_sets_own_is_a_word_like_others() -> None:
    old = rubric(2024, OLD.sections, (replace(PLAN, title="Nghị quyết năm 2018"),))
    new = rubric(2025, OLD.sections, (replace(PLAN, title="Nghị quyết năm 2019"),))
    assert continued(old, new).changed == (("1.1", "1.1"),)
    assert continued(old, replace(old, id="sau", year=2025)).unchanged == (("1.1", "1.1"),)


def test_a_code_whose_text_went_elsewhere_does_not_go_on_by_itself() -> None:
    assert resolve(OLD, NEW) == {"1.1": "1.1", "2.1": "2.1", "2.2": "2.2"}


def test_what_went_elsewhere_is_suggested_with_the_reason_and_holds_once_it_is_confirmed() -> None:
    found = {(each.old_code, each.new_code): each for each in suggest_matches(OLD, NEW)}
    assert set(found) == {("1.2", "1.3"), ("1.3", "1.4")}
    assert {each.strength for each in found.values()} == {Strength.EXACT}
    assert found["1.2", "1.3"].reason == "nội dung giống hệt, cùng cách tính và điểm"
    said = [Decision(*pair, CONFIRMED) for pair in found]
    assert resolve(OLD, NEW, said) == {"1.1": "1.1", "1.2": "1.3", "1.3": "1.4", "2.1": "2.1", "2.2": "2.2"}
    assert suggest_matches(OLD, NEW, said) == ()


def test_a_code_with_new_words_goes_on_as_long_as_nothing_tells_otherwise() -> None:
    rewritten = rubric(2025, OLD.sections, (replace(PLAN, title="Sở có sáng kiến được công nhận"), *OLD.criteria[1:]))
    assert resolve(OLD, rewritten)["1.1"] == "1.1"


def test_a_refused_pair_neither_goes_on_by_its_code_nor_is_suggested_again() -> None:
    assert "1.1" not in resolve(OLD, NEW, [Decision("1.1", "1.1", REFUSED)])
    suggested = suggest_matches(OLD, NEW, [Decision("1.2", "1.3", REFUSED)])
    assert [(each.old_code, each.new_code) for each in suggested] == [("1.3", "1.4")]


def test_what_a_person_says_goes_before_equal_codes() -> None:
    assert resolve(OLD, OLD, [Decision("1.1", "1.2", CONFIRMED)]) == {
        "1.1": "1.2",
        "1.3": "1.3",
        "2.1": "2.1",
        "2.2": "2.2",
    }


def test_what_continues_nothing_is_neither_matched_nor_suggested() -> None:
    gone, come = [Decision("1.2", "", CONFIRMED)], [Decision("", "1.3", CONFIRMED)]
    assert "1.2" not in resolve(OLD, OLD, gone)
    assert "1.3" not in resolve(OLD, OLD, come)
    for said in (gone, come):
        assert [each.old_code for each in suggest_matches(OLD, NEW, said)] == ["1.3"]


def test_of_decisions_that_exclude_each_other_the_first_one_holds() -> None:
    said = [Decision("1.2", "1.3", CONFIRMED), Decision("1.2", "1.4", CONFIRMED), Decision("1.3", "1.3", CONFIRMED)]
    assert resolve(OLD, NEW, said)["1.2"] == "1.3"
    assert "1.3" not in resolve(OLD, NEW, said)
    assert resolve(OLD, OLD, [Decision("1.2", "", CONFIRMED), Decision("1.2", "1.2", CONFIRMED)]).get("1.2") is None


def test_decisions_about_what_is_not_there_say_nothing() -> None:
    said = [Decision("9.9", "1.1", CONFIRMED), Decision("1.1", "9.9", CONFIRMED), Decision("", "9.9", CONFIRMED)]
    assert resolve(OLD, NEW, said) == resolve(OLD, NEW)


def test_a_group_never_continues_what_is_scored() -> None:
    grouped = rubric(2025, OLD.sections, (group("1.1", PLAN.title), leaf("1.1.1", PLAN.title), *OLD.criteria[1:]))
    said = [Decision("1.1", "1.1", CONFIRMED)]
    assert "1.1" not in resolve(OLD, grouped, said)
    assert [(each.old_code, each.new_code) for each in suggest_matches(OLD, grouped, said)] == [("1.1", "1.1.1")]


def test_twins_are_told_apart_by_what_stands_above_them_and_are_never_called_exact() -> None:
    twins = "Có kế hoạch"
    old = rubric(
        2024,
        OLD.sections,
        (group("1.1", "Kiểm tra"), leaf("1.1.1", twins), group("1.2", "Tuyên truyền"), leaf("1.2.1", twins)),
    )
    new = rubric(
        2025,
        OLD.sections,
        (group("1.8", "Tuyên truyền"), leaf("1.8.1", twins), group("1.9", "Kiểm tra"), leaf("1.9.1", twins)),
    )
    found = {each.old_code: each for each in suggest_matches(old, new)}
    assert {code: each.new_code for code, each in found.items()} == {
        "1.1": "1.9",
        "1.1.1": "1.9.1",
        "1.2": "1.8",
        "1.2.1": "1.8.1",
    }
    assert found["1.1.1"].strength is Strength.LIKELY
    assert found["1.1"].strength is Strength.EXACT


def test_another_wording_is_suggested_as_less_sure() -> None:
    said_otherwise = replace(moved(CHECKED, "2.9"), title="Kiểm tra việc thực hiện CCHC ở các phòng, đơn vị thuộc Sở")
    new = rubric(2025, OLD.sections, (PLAN, TOLD, OLD.criteria[3], HANDLED, said_otherwise))
    (found,) = suggest_matches(OLD, new)
    assert (found.old_code, found.new_code) == ("1.2", "2.9")
    assert found.strength is not Strength.EXACT
    assert found.likeness < 100
    assert found.reason.endswith("cùng cách tính và điểm")


def test_two_provinces_share_no_code_and_what_may_belong_together_is_only_suggested() -> None:
    old, new = read_rubric(NAM_DINH), read_rubric(SOC_TRANG)
    assert resolve(old, new) == {}
    suggested = suggest_matches(old, new)
    assert ("1.4", "I.1.4") in {(each.old_code, each.new_code) for each in suggested}


@few
@given(rubrics(), rubrics())
def test_matches_are_one_to_one_between_what_is_there(old: Rubric, new: Rubric) -> None:
    matches = resolve(old, new)
    assert len(set(matches.values())) == len(matches)
    assert matches.items() <= by_code(old, new).items()
    suggested = suggest_matches(old, new)
    assert not {each.old_code for each in suggested} & set(matches)
    assert not {each.new_code for each in suggested} & set(matches.values())
    said = [Decision(each.old_code, each.new_code, CONFIRMED) for each in suggested]
    assert resolve(old, new, said) == {**matches, **{each.old_code: each.new_code for each in suggested}}


@few
@given(rubrics())
def test_a_set_goes_on_whole_in_itself(one: Rubric) -> None:
    assert resolve(one, one) == {each.code: each.code for each in one.criteria}
    assert suggest_matches(one, one) == ()
    became = continued(one, one, resolve(one, one))
    assert (became.repriced, became.changed, became.removed) == ((), (), ())
