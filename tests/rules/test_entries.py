"""The JSON form of an entry: what fits the rule is read, everything else is refused in words."""

from decimal import Decimal
from typing import Any

import pytest

from cchc_core.rules.answers import (
    EMPTY,
    CompareAnswer,
    CountAnswer,
    Entry,
    LevelAnswer,
    PercentAnswer,
    PointsAnswer,
    RatioAnswer,
    TickAnswer,
    ValueAnswer,
    entry_to_json,
    read_entry,
)
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    External,
    Item,
    Leaf,
    Level,
    Levels,
    Manual,
    Ratio,
)
from cchc_core.rules.problems import AnswerRefused

ONE = Decimal("1.0000")
NONE = Decimal("0.0000")
LEAVES = {
    "levels": Leaf(ONE, Levels((Level("Có", ONE), Level("Không", NONE)))),
    "checklist": Leaf(ONE, Checklist((Item("a", ONE / 2), Item("b", ONE / 2, is_ratio=True)))),
    "ratio": Leaf(ONE, Ratio("a", "b")),
    "bands": Leaf(ONE, Bands("x", "%", (Band(NONE, Decimal(100), True, True, ONE),))),
    "count": Leaf(ONE, Count("x", (ONE, NONE))),
    "compare": Leaf(ONE, Compare("x", ONE, NONE, NONE)),
    "external": Leaf(ONE, External("x")),
    "manual": Leaf(ONE, Manual(Decimal("0.25"), "mất")),
}
FIELDS: dict[str, dict[str, object]] = {
    "levels": {"level": 0},
    "checklist": {"ticked": [0], "percents": {"1": "80"}},
    "ratio": {"numerator": "18", "denominator": "20"},
    "bands": {"value": "96.5"},
    "count": {"count": 2},
    "compare": {"this_year": "90.1", "last_year": "88"},
    "external": {"points": "0.5", "source": "Công văn"},
    "manual": {"points": "0.25"},
}


@pytest.mark.parametrize(
    ("kind", "raw", "answer"),
    [
        ("levels", {"level": 0}, LevelAnswer(0)),
        ("checklist", {"ticked": []}, TickAnswer(frozenset())),
        ("checklist", {"ticked": [0]}, TickAnswer(frozenset({0}))),
        ("checklist", FIELDS["checklist"], TickAnswer(frozenset({0}), {1: Decimal(80)})),
        ("ratio", FIELDS["ratio"], RatioAnswer(Decimal(18), Decimal(20))),
        ("ratio", {"numerator": 18, "denominator": 20}, RatioAnswer(Decimal(18), Decimal(20))),
        ("bands", {"value": "96.5"}, ValueAnswer(Decimal("96.5"))),
        ("count", {"count": 2}, CountAnswer(2)),
        ("count", {"count": "2.0"}, CountAnswer(2)),
        ("compare", FIELDS["compare"], CompareAnswer(Decimal("90.1"), Decimal(88))),
        ("external", FIELDS["external"], PointsAnswer(Decimal("0.5"), "Công văn")),
        ("external", {"percent": "87", "source": ".."}, PercentAnswer(Decimal(87), "..")),
        ("manual", {"points": "0.25"}, PointsAnswer(Decimal("0.25"))),
    ],
)
def test_an_answer_that_fits_its_rule_is_read(kind: str, raw: dict[str, object], answer: Any) -> None:
    assert read_entry(LEAVES[kind], raw) == Entry(answer)


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("other", FIELDS)
def test_an_answer_to_another_kind_of_rule_is_refused(kind: str, other: str) -> None:
    if kind == other:
        assert read_entry(LEAVES[kind], FIELDS[other]).answer is not None
    else:
        with pytest.raises(AnswerRefused, match="cần đúng các trường"):
            read_entry(LEAVES[kind], FIELDS[other])


NO_NUMBERS: list[object] = [
    None,
    True,
    "",
    " ",
    "NaN",
    "Infinity",
    "1e999",
    "1,5",
    "một",
    1.5,
    [],
    {},
    ["1"],
    10**5000,
    "9" * 10**6,
]


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, f in FIELDS.items() for name in f if kind not in ("levels", "checklist")]
)
@pytest.mark.parametrize("value", NO_NUMBERS, ids=lambda value: str(type(value).__name__))
def test_a_field_that_holds_no_number_is_refused(kind: str, name: str, value: object) -> None:
    wrong = 7 if name == "source" else value
    with pytest.raises(AnswerRefused) as refused:
        read_entry(LEAVES[kind], {**FIELDS[kind], name: wrong})
    assert all(len(problem) < 200 and "\n" not in problem for problem in refused.value.problems)


def test_every_number_that_is_none_is_named() -> None:
    with pytest.raises(AnswerRefused) as refused:
        read_entry(LEAVES["ratio"], {"numerator": "x", "denominator": "y"})
    assert [problem.split(":")[0] for problem in refused.value.problems] == ["Tử số", "Mẫu số"]


@pytest.mark.parametrize("level", ["0", 0.0, None, True, [0], Decimal(0)])
def test_a_level_is_a_whole_number_and_nothing_else(level: object) -> None:
    with pytest.raises(AnswerRefused, match="số thứ tự"):
        read_entry(LEAVES["levels"], {"level": level})


@pytest.mark.parametrize(
    "raw",
    [
        {"ticked": [0, 0]},
        {"ticked": ["0"]},
        {"ticked": [True]},
        {"ticked": "0"},
        {"ticked": {"0": True}},
        {"ticked": None},
        {"ticked": [], "percents": ["80"]},
        {"ticked": [], "percents": {"1": "x"}},
        {"ticked": [], "percents": {"1": None}},
        {"ticked": [], "percents": {"-1": "80"}},
        {"ticked": [], "percents": {"1.0": "80"}},
        {"ticked": [], "percents": {"١": "80"}},
        {"ticked": [], "percents": {"1": "80", "01": "80"}},
        {"ticked": [], "percent": "80"},
    ],
)
def test_ticks_that_are_no_list_of_different_items_are_refused(raw: dict[str, object]) -> None:
    with pytest.raises(AnswerRefused):
        read_entry(LEAVES["checklist"], raw)


@pytest.mark.parametrize("count", [-1, "-1", "1.5", Decimal("0.5")])
def test_a_count_of_cases_is_a_whole_number_from_zero(count: object) -> None:
    with pytest.raises(AnswerRefused, match="số nguyên không âm"):
        read_entry(LEAVES["count"], {"count": count})


@pytest.mark.parametrize("raw", [{"points": "1"}, {"percent": "50"}, {"points": "1", "percent": "50", "source": "x"}])
def test_points_of_others_need_one_figure_and_its_source(raw: dict[str, object]) -> None:
    with pytest.raises(AnswerRefused):
        read_entry(LEAVES["external"], raw)


@pytest.mark.parametrize("raw", [None, 0, "level", [], [{"level": 0}], True])
def test_an_entry_is_an_object(raw: object) -> None:
    with pytest.raises(AnswerRefused, match="đối tượng"):
        read_entry(LEAVES["levels"], raw)


def test_nothing_entered_is_an_empty_entry() -> None:
    assert read_entry(LEAVES["levels"], {}) == EMPTY
    assert EMPTY.is_empty
    assert entry_to_json(EMPTY) == {}


@pytest.mark.parametrize("name", ["not_applicable", "voided"])
@pytest.mark.parametrize("reason", ["", "  ", "\n\t", "\u200b", "\x00", None, 5, True, ["vì"], "dài" * 1000])
def test_a_reason_is_a_text_that_shows_something_and_has_an_end(name: str, reason: object) -> None:
    with pytest.raises(AnswerRefused):
        read_entry(LEAVES["levels"], {name: reason})


def test_a_reason_is_kept_on_one_line_without_control_characters() -> None:
    assert read_entry(LEAVES["levels"], {"voided": " có\r\nchỉnh\u2028sửa\x1b "}).voided == "có chỉnh sửa"


@pytest.mark.parametrize("value", [False, 1, "true", None])
def test_not_due_is_said_with_true_alone(value: object) -> None:
    with pytest.raises(AnswerRefused, match="true"):
        read_entry(LEAVES["levels"], {"not_due": value})


@pytest.mark.parametrize("mark", [{"not_applicable": "vì"}, {"not_due": True}])
def test_a_mark_that_replaces_an_answer_does_not_stand_beside_one(mark: dict[str, object]) -> None:
    with pytest.raises(AnswerRefused, match="Thừa trường level"):
        read_entry(LEAVES["levels"], {"level": 0, **mark})


def test_voided_stands_alone_or_beside_an_answer() -> None:
    assert read_entry(LEAVES["levels"], {"voided": "sửa"}) == Entry(voided="sửa")
    assert read_entry(LEAVES["levels"], {"level": 0, "voided": "sửa"}) == Entry(LevelAnswer(0), voided="sửa")


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(AnswerRefused, match="levle"):
        read_entry(LEAVES["levels"], {"levle": 0})


def test_numbers_are_written_without_exponents() -> None:
    entry = read_entry(LEAVES["ratio"], {"numerator": "1e2", "denominator": "1e-9"})
    assert entry_to_json(entry) == {"numerator": "100", "denominator": "0.000000001"}


def test_reading_leaves_the_raw_answer_as_it_was() -> None:
    raw: dict[str, object] = {"points": "1", "source": "x", "voided": "y"}
    read_entry(LEAVES["external"], raw)
    assert raw == {"points": "1", "source": "x", "voided": "y"}
