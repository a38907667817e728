"""What is suggested for a task, held against links that were set by hand."""

import pytest

from benchmarks.suggestions import SET, hand_set, held_against, wordings
from cchc_core.likeness import Comparer, Wording, likeness
from cchc_core.plans.files import read_plan
from cchc_core.rubric_files import read_rubric
from cchc_core.task_links.suggesting import MOST_FOR_A_TASK, WORTH_SHOWING, suggest, task_wording

PLAN = read_plan(SET)
INDEX = read_rubric(SET)
TASKS = wordings(SET)


def test_the_links_set_by_hand_name_every_criterion_of_part_one_and_tasks_that_there_are() -> None:
    tuned, held_out = hand_set("tuned"), hand_set("held_out")
    assert len(PLAN.tasks) == 45
    assert set(tuned) == {leaf.code for leaf in INDEX.leaves_of("I.7")}
    assert set(tuned) | set(held_out) == {leaf.code for leaf in INDEX.leaves_of("part I")}
    assert {task for tasks in {**tuned, **held_out}.values() for task in tasks} <= {task.code for task in PLAN.tasks}
    assert [sum(len(tasks) for tasks in part.values()) for part in (tuned, held_out)] == [15, 45]


@pytest.mark.parametrize(
    ("part", "suggested", "right"), [("tuned", 15, 11), ("held_out", 90, 35)], ids=["I.7", "I.1 to I.6"]
)
def test_suggestions_are_as_right_as_the_document_says(part: str, suggested: int, right: int) -> None:
    found = held_against(hand_set(part), [(each.task_id, each.code) for each in suggest(TASKS, INDEX)])
    assert (found.suggested, found.right) == (suggested, right)


def test_suggestions_stand_strongest_first_and_none_is_weaker_than_worth_showing() -> None:
    strengths = [each.strength for each in suggest(TASKS, INDEX)]
    assert strengths == sorted(strengths, reverse=True)
    assert min(strengths) >= WORTH_SHOWING
    assert max(strengths) <= 100


def test_a_pair_that_somebody_decided_on_is_not_suggested_again() -> None:
    before = {(each.task_id, each.code) for each in suggest(TASKS, INDEX)}
    decided = ("7.9", "I.1.5.3")
    assert decided in before
    after = {(each.task_id, each.code) for each in suggest(TASKS, INDEX, {decided})}
    assert decided not in after
    assert before - {decided} <= after


def test_a_criterion_that_others_score_is_never_suggested() -> None:
    everything = suggest(TASKS, INDEX, least=0, most=1_000)
    assert not any(INDEX.criterion(each.code).scored.is_external for each in everything)
    assert len(everything) == 45 * sum(not leaf.scored.is_external for leaf in INDEX.leaves)


def test_no_task_gets_more_suggestions_than_people_read() -> None:
    found = suggest(TASKS, INDEX, least=0)
    assert {sum(each.task_id == task.key for each in found) for task in TASKS} == {MOST_FOR_A_TASK}


def test_what_is_suggested_for_a_task_does_not_depend_on_the_other_tasks() -> None:
    alone = suggest([task for task in TASKS if task.key == "2.3"], INDEX)
    assert alone == tuple(each for each in suggest(TASKS, INDEX) if each.task_id == "2.3")


def test_a_task_without_a_word_that_says_anything_gets_no_suggestion() -> None:
    assert suggest([task_wording("x", "Thực hiện kế hoạch của năm", ["", "Báo cáo"])], INDEX) == ()
    assert suggest([task_wording("x", "", [])], INDEX) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RÀ SOÁT THỦ TỤC HÀNH CHÍNH", "rà soát tthc"),
        ("Chuyển đổi số", "chuyen doi so"),
        ("Hoà giải", "Hòa giải"),
    ],
)
def test_texts_that_say_the_same_in_another_spelling_are_alike(one: str, other: str) -> None:
    assert likeness(one, other) == 100


def test_a_rare_word_in_common_counts_more_than_a_common_one() -> None:
    comparer = Comparer(
        [
            Wording("iso", ("Áp dụng ISO trong thủ tục hành chính",)),
            Wording("other", ("Niêm yết thủ tục hành chính",)),
            Wording("third", ("Rút ngắn thủ tục hành chính",)),
        ]
    )
    found = comparer.compare(["Duy trì ISO cho thủ tục hành chính"])
    assert found["iso"] > max(found["other"], found["third"])
    assert all(0 <= strength <= 100 for strength in found.values())
