"""ANSWERS.json: everything wrong is named by its code, and then nothing is scored."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.answers_file import AnswerProblem, AnswersRefused, read_answers, score_answers
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.answers import Entry, entry_to_json
from cchc_core.rules.scoring import PeriodView, Score, Status, score
from tests.rules.strategies import answers_to

SOC_TRANG = read_rubric("soctrang-tttt-2022")
NAM_DINH = read_rubric("namdinh-tnmt-2024")


def scored(text: str, rubric: Rubric = SOC_TRANG) -> Mapping[str, Score]:
    return score_answers(rubric, read_answers(text))


def problems(text: str, rubric: Rubric = SOC_TRANG) -> tuple[AnswerProblem, ...]:
    with pytest.raises(AnswersRefused) as refused:
        scored(text, rubric)
    return refused.value.problems


def one(code: str, answer: str) -> str:
    return f'{{"answers": {{{json.dumps(code)}: {answer}}}}}'


EXAMPLE = {
    "I.1.2": {"numerator": "18", "denominator": "20"},
    "I.1.3": {"ticked": [0, 2]},
    "I.1.4.3": {"ticked": [0, 2], "percents": {"1": "80"}},
    "I.1.5.1": {"level": 0},
    "I.1.6": {"count": 2},
    "I.3.5.1": {"value": "96.5"},
    "II.1.1": {"this_year": "90.1", "last_year": "88"},
    "I.2.2": {"points": "0.25"},
    "II.1.4": {"points": "12.75", "source": ".."},
    "II.5.1": {"percent": "87", "source": ".."},
    "I.2.1.2": {"not_applicable": "không được giao"},
}


def test_the_example_of_the_contract_is_scored() -> None:
    scores = scored(json.dumps({"answers": EXAMPLE}))
    points = {code: str(scores[code].points) for code in EXAMPLE if code != "II.5.1"}
    assert points == {
        "I.1.2": "0.9000",
        "I.1.3": "0.2500",
        "I.1.4.3": "1.8000",
        "I.1.5.1": "1.0000",
        "I.1.6": "1.0000",
        "I.3.5.1": "0.4825",
        "II.1.1": "1.0000",
        "I.2.2": "0.2500",
        "II.1.4": "12.7500",
        "I.2.1.2": "0.0000",
    }
    assert scores["II.5.1"].points * 100 == scores["II.5.1"].effective_max * 87
    assert scores["I.2.1.2"].status is Status.NOT_APPLICABLE
    assert list(scores) == [leaf.code for leaf in SOC_TRANG.leaves]


def test_a_leaf_that_is_absent_is_missing_or_awaited() -> None:
    scores = scored('{"answers": {}}')
    waiting = {code for code, given_score in scores.items() if given_score.status is Status.AWAITING}
    assert waiting == {leaf.code for leaf in SOC_TRANG.leaves if leaf.scored.is_external}
    assert {given_score.status for code, given_score in scores.items() if code not in waiting} == {Status.MISSING}


def test_a_voided_leaf_may_keep_its_answer() -> None:
    scores = scored(one("7.4.4", '{"level": 0, "voided": "có chỉnh sửa"}'), NAM_DINH)
    assert (scores["7.4.4"].status, str(scores["7.4.4"].points)) == (Status.VOIDED, "0.0000")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "{", "[]", "null", "1", '"answers"', '{"answers": []}', '{"answers": null}', "{'answers': {}}"),
        *('{"answer": {}}', '{"answers": {}} {}', '{"answers": {},}', '{"answers": {}, "note": "x"}', "[" * 100_000),
        *('{"answers": {}, "answers": {}}', '\ufeff\ufeff{"answers": {}}'),
    ],
    ids=lambda text: text[:20],
)
def test_a_file_that_is_no_answers_file_is_one_problem_of_the_file(text: str) -> None:
    (problem,) = problems(text)
    assert problem.code is None
    assert "\n" not in problem.problem


def test_a_file_of_many_megabytes_is_refused() -> None:
    assert "lớn quá 5 MB" in problems('{"answers": {' + " " * 5_000_000 + "}}")[0].problem


WRONG = [
    ("I.9.9", '{"level": 0}', "không có mã này"),
    ("", '{"level": 0}', "không có mã này"),
    ("I.1.4", '{"level": 0}', "đây là nhóm"),
    ("I.1", '{"level": 0}', "đây là nhóm"),
    ("I", '{"level": 0}', "đây là nhóm"),
    ("I.1.5.1", "{}", "câu trả lời trống"),
    ("I.1.5.1", "null", "đối tượng"),
    ("I.1.5.1", "0", "đối tượng"),
    ("I.1.5.1", "[0]", "đối tượng"),
    ("I.1.5.1", '{"ticked": [0]}', "cần đúng các trường"),
    ("I.1.5.1", '{"level": 0, "note": "x"}', "cần đúng các trường"),
    ("I.1.5.1", '{"level": 2}', "Mức 2 không có"),
    ("I.1.5.1", '{"level": -1}', "Mức -1 không có"),
    ("I.1.5.1", '{"level": "0"}', "số thứ tự"),
    ("I.1.5.1", '{"level": 0.0}', "số thứ tự"),
    ("I.1.5.1", '{"level": true}', "số thứ tự"),
    ("I.1.5.1", f'{{"level": {"9" * 5000}}}', "số thứ tự"),
    ("I.1.5.1", '{"level": 0, "level": 1}', "khoá level ghi hai lần"),
    ("I.1.3", '{"ticked": [8]}', "Ý 8 không có"),
    ("I.1.3", '{"ticked": [-1]}', "Ý -1 không có"),
    ("I.1.3", '{"ticked": [0, 0]}', "hai lần"),
    ("I.1.3", '{"ticked": [0.5]}', "số thứ tự"),
    ("I.1.3", '{"ticked": [], "percents": {"0": "50"}}', "không tính theo tỷ lệ"),
    ("I.1.4.3", '{"ticked": [1]}', "tính theo tỷ lệ"),
    ("I.1.4.3", '{"ticked": [], "percents": {"1": "100.01"}}', "từ 0 đến 100"),
    ("I.1.4.3", '{"ticked": [], "percents": {"1": NaN}}', "cần một số"),
    ("I.1.4.3", '{"ticked": [], "percents": {"1": "80", "1": "90"}}', "khoá 1 ghi hai lần"),
    ("I.1.6", '{"count": -1}', "số nguyên không âm"),
    ("I.1.6", '{"count": 1.5}', "số nguyên không âm"),
    ("I.1.6", '{"count": "1,5"}', "cần một số"),
    ("I.1.6", f'{{"count": {"9" * 5000}}}', "cần một số"),
    ("I.1.2", '{"numerator": "18"}', "cần đúng các trường"),
    ("I.1.2", '{"numerator": "1", "denominator": "0"}', "Mẫu số bằng 0"),
    ("I.1.2", '{"numerator": "0", "denominator": "0"}', "Mẫu số bằng 0"),
    ("I.1.2", '{"numerator": "-1", "denominator": "2"}', "âm"),
    ("I.1.2", '{"numerator": NaN, "denominator": Infinity}', "cần một số"),
    ("I.1.2", '{"numerator": "NaN", "denominator": "2"}', "cần một số"),
    ("I.1.2", '{"numerator": "1e999", "denominator": "2"}', "số quá lớn"),
    ("I.1.2", '{"numerator": 1e999, "denominator": "2"}', "số quá lớn"),
    ("I.1.2", '{"numerator": 1e99999999999999999999, "denominator": "2"}', "cần một số"),
    ("I.1.2", '{"numerator": "", "denominator": "2"}', "cần một số"),
    ("I.1.2", '{"numerator": null, "denominator": "2"}', "cần một số"),
    ("I.3.5.1", '{"value": "100.01"}', "từ 0 đến 100"),
    ("I.6.4", '{"value": "0.3"}', "không thuộc khoảng nào"),
    ("I.2.2", '{"points": "0.5001"}', "từ 0 đến 0,5000"),
    ("I.2.2", '{"points": "0.12"}', "bội của"),
    ("II.1.4", '{"points": "1000", "source": "x"}', "từ 0 đến"),
    ("II.1.4", '{"points": "1"}', "source"),
    ("II.1.4", '{"points": "1", "source": " "}', "không để trống"),
    ("II.1.4", '{"points": "1", "percent": "1", "source": "x"}', "không nhập cả hai"),
    ("I.1.5.1", '{"not_applicable": "không được giao"}', "không có điều khoản"),
    ("I.2.1.2", '{"not_applicable": ""}', "không để trống"),
    ("I.2.1.2", '{"not_applicable": true}', "không để trống"),
    ("I.2.1.2", '{"not_applicable": "vì", "level": 0}', "Thừa trường level"),
    ("I.1.5.1", '{"level": 0, "voided": "vì"}', "không có điều kiện huỷ điểm"),
    ("I.1.5.1", '{"not_due": true}', "không dùng cho bảng năm"),
    ("II.1.1", '{"this_year": "90"}', "cần đúng các trường"),
]


@pytest.mark.parametrize(("code", "answer", "said"), WRONG, ids=lambda text: text[:40])
def test_a_wrong_answer_is_named_by_its_code(code: str, answer: str, said: str) -> None:
    found = problems(one(code, answer))
    assert {problem.code for problem in found} == {code}
    assert said in " ".join(problem.problem for problem in found)
    assert all("\n" not in problem.problem and len(problem.problem) < 400 for problem in found)


def test_every_wrong_answer_of_a_file_is_named_and_a_right_one_is_not() -> None:
    lines = [f"{json.dumps(code)}: {answer}" for code, answer, _ in {row[0]: row for row in WRONG}.values()]
    found = problems(f'{{"answers": {{"I.1.7": {{"level": 0}}, {", ".join(lines)}}}}}')
    assert {problem.code for problem in found} == {code for code, _, _ in WRONG}


def test_a_code_that_stands_twice_is_named_with_all_other_problems() -> None:
    found = problems('{"answers": {"I.1.7": {"level": 0}, "I.1.7": {"level": 1}, "I.1.6": {"count": -1}}}')
    assert [problem.code for problem in found] == ["I.1.6", "I.1.7"]
    assert "mã này ghi hai lần" in found[1].problem


def test_problems_come_in_printed_order_after_unknown_codes() -> None:
    found = problems('{"answers": {"II.1.1": {}, "I.1.2": {}, "x": {}, "I.5.1.1": {}, "I.5.010": {}}}')
    assert [problem.code for problem in found] == ["x", "I.1.2", "I.5.010", "I.5.1.1", "II.1.1"]


def test_a_quarter_is_scored_by_its_own_period() -> None:
    q1 = PeriodView("q1", is_provisional=True, reached=frozenset({"q1"}))
    scores = score_answers(SOC_TRANG, {"I.1.4.2": {"not_due": True}, "I.1.3": {"ticked": [0, 1]}}, q1)
    assert scores["I.1.4.2"].status is Status.NOT_DUE
    assert str(scores["I.1.3"].not_due_points) == "0.7500"


SOME_LEAVES = st.lists(st.sampled_from(SOC_TRANG.leaves), max_size=12, unique_by=lambda leaf: leaf.code)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_a_file_of_written_entries_scores_as_the_entries_do(data: st.DataObject) -> None:
    leaves = {leaf.code: leaf.scored for leaf in data.draw(SOME_LEAVES)}
    entries = {code: Entry(data.draw(answers_to(leaf))) for code, leaf in leaves.items()}
    scores = scored(json.dumps({"answers": {code: entry_to_json(entry) for code, entry in entries.items()}}))
    assert {code: scores[code] for code in leaves} == {
        code: score(leaf, entries[code]) for code, leaf in leaves.items()
    }
