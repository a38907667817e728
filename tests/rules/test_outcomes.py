"""Each kind of rule at its boundaries: points, refusals and the words of the explanation."""

from decimal import Decimal
from typing import get_args

import pytest

from cchc_core.rules.answers import (
    Answer,
    CompareAnswer,
    CountAnswer,
    Entry,
    LevelAnswer,
    PercentAnswer,
    PointsAnswer,
    RatioAnswer,
    TickAnswer,
    ValueAnswer,
)
from cchc_core.rules.kinds import (
    Band,
    Bands,
    Checklist,
    Compare,
    Count,
    EmptyDenominator,
    External,
    Item,
    Leaf,
    Level,
    Levels,
    Linear,
    Manual,
    Ratio,
    Rule,
    kind_of,
    screen_name,
)
from cchc_core.rules.problems import AnswerRefused
from cchc_core.rules.scoring import Score, Status, score


def d(text: str) -> Decimal:
    return Decimal(text)


def scored(top: str, rule: Rule, answer: Answer) -> Score:
    return score(Leaf(d(top), rule), Entry(answer))


def points(top: str, rule: Rule, answer: Answer) -> str:
    return str(scored(top, rule, answer).points)


def refusal(top: str, rule: Rule, answer: Answer) -> str:
    with pytest.raises(AnswerRefused) as refused:
        scored(top, rule, answer)
    return " ".join(refused.value.problems)


LEVELS = Levels((Level("Đạt", d("0.5")), Level("Một phần", d("0.25")), Level("Chưa đạt", d("0"))))


def test_a_level_gives_its_points_and_says_which() -> None:
    given = scored("0.5", LEVELS, LevelAnswer(1))
    assert str(given.points) == "0.2500"
    assert given.explanation == "Chọn một mức: mức 2 trong 3 mức «Một phần» = 0,2500 điểm (tối đa 0,5000)."


@pytest.mark.parametrize("level", [-1, 3, 99])
def test_a_level_that_is_not_there_is_refused(level: int) -> None:
    assert f"Mức {level} không có" in refusal("0.5", LEVELS, LevelAnswer(level))


ITEMS = Checklist((Item("kế hoạch", d("0.5")), Item("tỷ lệ", d("1"), is_ratio=True), Item("báo cáo", d("0.5"))))


def test_a_checklist_adds_ticks_and_shares() -> None:
    given = scored("2", ITEMS, TickAnswer(frozenset({0, 2}), {1: d("80")}))
    assert str(given.points) == "1.8000"
    assert given.explanation == (
        "Đánh dấu các ý đạt: đạt 2 ý, 1 ý theo tỷ lệ trong 3 ý: "
        "0,5000 + 1,0000 × 80 % + 0,5000 = 1,8000 điểm (tối đa 2,0000)."
    )


def test_ticking_nothing_is_an_answer_with_no_points() -> None:
    given = scored("2", ITEMS, TickAnswer(frozenset()))
    assert (str(given.points), given.status) == ("0.0000", Status.SCORED)


def test_a_checklist_is_rounded_once_and_not_item_by_item() -> None:
    thirds = Checklist(tuple(Item(f"ý {n}", d("0.5"), is_ratio=True) for n in range(8)))
    assert points("4", thirds, TickAnswer(frozenset(), dict.fromkeys(range(8), d("33.33")))) == "1.3332"


def test_a_checklist_shows_its_true_sum_before_the_cap() -> None:
    given = scored("1", Checklist((Item("a", d("0.6")), Item("b", d("0.6")))), TickAnswer(frozenset({0, 1})))
    assert str(given.points) == "1.0000"
    assert "0,6000 + 0,6000 = 1,2000 điểm, lấy mức tối đa 1,0000 điểm" in given.explanation


def test_every_wrong_item_of_a_checklist_is_named() -> None:
    said = refusal("2", ITEMS, TickAnswer(frozenset({1, 9, -1}), {0: d("50"), 1: d("100.01")}))
    for problem in ("Ý -1 không có", "Ý 9 không có", "không đánh dấu", "không nhập phần trăm", "từ 0 đến 100"):
        assert problem in said


RATIO = Ratio("số đạt", "tổng số")


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        ("20", "20", "1.0000"),
        ("0", "20", "0.0000"),
        ("1", "3", "0.3333"),
        ("1", "32", "0.0313"),
        ("21", "20", "1.0000"),
    ],
)
def test_a_ratio_is_a_share_of_the_maximum_and_never_more(numerator: str, denominator: str, expected: str) -> None:
    assert points("1", RATIO, RatioAnswer(d(numerator), d(denominator))) == expected


@pytest.mark.parametrize(("share", "expected"), [("79.99", "0.0000"), ("80", "0.8000"), ("80.01", "0.8001")])
def test_below_its_floor_a_ratio_gives_nothing(share: str, expected: str) -> None:
    assert points("1", Ratio("a", "b", floor_percent=d("80")), RatioAnswer(d(share), d("100"))) == expected


@pytest.mark.parametrize(
    ("meaning", "expected", "effective_max", "status"),
    [
        (EmptyDenominator.FULL, "1.0000", "1.0000", Status.SCORED),
        (EmptyDenominator.ZERO, "0.0000", "1.0000", Status.SCORED),
        (EmptyDenominator.NOT_APPLICABLE, "0.0000", "0.0000", Status.NOT_APPLICABLE),
    ],
)
def test_an_empty_denominator_means_what_the_rule_says(
    meaning: EmptyDenominator, expected: str, effective_max: str, status: Status
) -> None:
    given = scored("1", Ratio("a", "b", empty_denominator=meaning), RatioAnswer(d("0"), d("0")))
    assert (str(given.points), str(given.effective_max), given.status) == (expected, effective_max, status)
    assert "mẫu số bằng 0" in given.explanation


@pytest.mark.parametrize("meaning", EmptyDenominator)
def test_something_of_nothing_is_refused_whatever_an_empty_denominator_means(meaning: EmptyDenominator) -> None:
    assert "Mẫu số bằng 0" in refusal("1", Ratio("a", "b", empty_denominator=meaning), RatioAnswer(d("1"), d("0")))


def test_an_empty_denominator_is_refused_where_the_print_is_silent() -> None:
    assert "hỏi nơi ban hành" in refusal("1", RATIO, RatioAnswer(d("0"), d("0")))


@pytest.mark.parametrize(("numerator", "denominator"), [("-1", "2"), ("1", "-2"), ("-1", "-2")])
def test_a_ratio_takes_no_negative_figures(numerator: str, denominator: str) -> None:
    assert "không được âm" in refusal("1", RATIO, RatioAnswer(d(numerator), d(denominator)))


def test_the_share_in_an_explanation_is_rounded_once() -> None:
    assert "(66,66 %)" in scored("1", RATIO, RatioAnswer(d("66.6645"), d("100"))).explanation


def band(lower: str | None, upper: str | None, ends: str, given: str) -> Band:
    bounds = [None if bound is None else d(bound) for bound in (lower, upper)]
    return Band(bounds[0], bounds[1], ends[0] == "[", ends[1] == "]", d(given))


SALARY = Bands(
    "thu nhập tăng thêm",
    "lần lương cơ sở",
    (band("0.3", None, "()", "1.5"), band("0.1", "0.3", "[)", "1"), band("0", "0.1", "[)", "0.5")),
    known_gaps=(d("0.3"),),
)


@pytest.mark.parametrize(
    ("value", "expected"), [("0", "0.5000"), ("0.0999", "0.5000"), ("0.1", "1.0000"), ("0.3001", "1.5000")]
)
def test_a_value_gets_the_points_of_its_band(value: str, expected: str) -> None:
    assert points("1.5", SALARY, ValueAnswer(d(value))) == expected


@pytest.mark.parametrize("value", ["0.3", "0.300", "-0.1"])
def test_a_value_in_no_band_is_refused_with_the_bands_named(value: str) -> None:
    said = refusal("1.5", SALARY, ValueAnswer(d(value)))
    assert "không thuộc khoảng nào" in said
    assert "từ 0,1 đến dưới 0,3 lần lương cơ sở" in said


NEARLY_ALL = Bands(
    "tỷ lệ",
    "%",
    (
        Band(d("95"), d("100"), True, True, linear=Linear(d("0.005"), d("0"))),
        Band(d("0"), d("95"), True, False, d("0")),
    ),
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("100", "0.5000"),
        ("95", "0.4750"),
        ("94.99", "0.0000"),
        ("96.5", "0.4825"),
        ("97.77", "0.4889"),
        ("0", "0.0000"),
    ],
)
def test_a_linear_band_follows_its_line(value: str, expected: str) -> None:
    assert points("0.5", NEARLY_ALL, ValueAnswer(d(value))) == expected


@pytest.mark.parametrize("value", ["100.01", "-0.01"])
def test_a_percent_lies_between_0_and_100(value: str) -> None:
    assert "từ 0 đến 100" in refusal("0.5", NEARLY_ALL, ValueAnswer(d(value)))


def test_a_line_is_shown_with_its_own_figures_and_its_caps() -> None:
    line = Bands("x", "lần", (Band(None, None, False, False, linear=Linear(d("0.00125"), d("-0.5"))),))
    assert "0,00125 × 1.000 − 0,5 = 0,7500 điểm (" in scored("1", line, ValueAnswer(d("1000"))).explanation
    top, bottom = (scored("1", line, ValueAnswer(d(value))) for value in ("2000", "4"))
    assert (str(top.points), str(bottom.points)) == ("1.0000", "0.0000")
    assert "= 2,0000 điểm, lấy mức tối đa" in top.explanation
    assert "lấy mức thấp nhất 0" in bottom.explanation


LATE = Count("nhiệm vụ chậm", (d("2"), d("1.5"), d("1"), d("0.5"), d("0")))


@pytest.mark.parametrize(("count", "expected"), [(0, "2.0000"), (1, "1.5000"), (4, "0.0000"), (25, "0.0000")])
def test_each_case_costs_points_down_to_the_last_figure(count: int, expected: str) -> None:
    assert points("2", LATE, CountAnswer(count)) == expected


def test_and_more_is_said_in_words() -> None:
    assert "25 trường hợp (từ 4 trường hợp trở lên)" in scored("2", LATE, CountAnswer(25)).explanation
    assert "trở lên" not in scored("2", LATE, CountAnswer(3)).explanation


def test_a_negative_count_is_refused() -> None:
    assert "không âm" in refusal("2", LATE, CountAnswer(-1))


@pytest.mark.parametrize(
    ("now", "before", "expected", "word"),
    [("90.1", "88", "1.0000", "cao hơn"), ("88", "88.0", "0.5000", "bằng"), ("87.99", "88", "0.0000", "thấp hơn")],
)
def test_a_year_is_compared_with_the_year_before(now: str, before: str, expected: str, word: str) -> None:
    given = scored("1", Compare("chỉ số", d("1"), d("0.5"), d("0")), CompareAnswer(d(now), d(before)))
    assert str(given.points) == expected
    assert f" {word} năm trước" in given.explanation


def test_others_give_points_or_a_percent_of_the_maximum_and_are_named() -> None:
    by_points = scored("15", External("SIPAS"), PointsAnswer(d("12.75"), "Công văn 12"))
    by_percent = scored("0.5", External("SIPAS"), PercentAnswer(d("66.665"), "Báo cáo 9"))
    assert (str(by_points.points), str(by_percent.points)) == ("12.7500", "0.3333")
    assert "nguồn «Công văn 12»" in by_points.explanation
    assert "0,5000 × 66,665 % = 0,3333 điểm, nguồn «Báo cáo 9»" in by_percent.explanation


@pytest.mark.parametrize(
    "answer",
    [
        PointsAnswer(d("15.0001"), "x"),
        PointsAnswer(d("-0.1"), "x"),
        PointsAnswer(d("1.00001"), "x"),
        PointsAnswer(d("1")),
        PointsAnswer(d("1"), " "),
        PercentAnswer(d("100.01"), "x"),
        PercentAnswer(d("-1"), "x"),
        PercentAnswer(d("50"), "\u200b"),
    ],
)
def test_points_of_others_stay_within_the_maximum_and_have_a_source(answer: PointsAnswer | PercentAnswer) -> None:
    assert refusal("15", External("SIPAS"), answer)


def test_points_by_hand_say_why_they_are_by_hand() -> None:
    given = scored("0.5", Manual(d("0.025"), "Bản in mất cách chia"), PointsAnswer(d("0.475")))
    assert str(given.points) == "0.4750"
    assert "nhập tay 0,4750 điểm, vì «Bản in mất cách chia»" in given.explanation


@pytest.mark.parametrize("by_hand", ["0.26", "0.525", "-0.025", "0.5001"])
def test_points_by_hand_come_in_steps_within_the_maximum(by_hand: str) -> None:
    assert refusal("0.5", Manual(d("0.025"), "mất"), PointsAnswer(d(by_hand)))


def test_an_answer_of_another_kind_is_refused() -> None:
    assert "không hợp với cách tính «chọn một mức»" in refusal("0.5", LEVELS, CountAnswer(1))


def test_a_long_printed_text_is_shortened_in_an_explanation() -> None:
    long = Levels((Level("rất\ndài " * 100, d("1")), Level("Không", d("0"))))
    explanation = scored("1", long, LevelAnswer(0)).explanation
    assert "…»" in explanation
    assert len(explanation) < 200


def test_every_kind_has_a_name_for_files_and_a_name_for_the_screen() -> None:
    bare = [object.__new__(kind) for kind in get_args(Rule)]
    assert {kind_of(rule) for rule in bare} == {
        *("levels", "checklist", "ratio", "bands", "count", "compare", "external", "manual")
    }
    assert len({screen_name(rule) for rule in bare}) == 8
