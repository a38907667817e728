from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_core.forms import Collected, collect, empty_value, field_names, fill
from cchc_core.rules.answers import (
    EMPTY,
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
    read_entry,
)
from cchc_core.rules.explain import is_blank, one_line
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
    Rule,
)

ONE, HALF, ZERO = Decimal("1.0000"), Decimal("0.5000"), Decimal("0.0000")
LEVELS = Levels((Level("Đạt", ONE), Level("Đạt một phần", HALF), Level("Chưa đạt", ZERO)))
CHECKLIST = Checklist((Item("Ban hành", HALF), Item("Tỷ lệ", HALF, is_ratio=True), Item("Kết quả", HALF)))
RATIO = Ratio("số đã làm", "số được giao")
BANDS = Bands("thời gian", "ngày", (Band(None, None, False, False, ONE),))
COUNT = Count("số lần chậm", (ONE, HALF, ZERO))
COMPARE = Compare("chỉ số", ONE, HALF, ZERO)
EXTERNAL = External("Sở Nội vụ")
MANUAL = Manual(Decimal("0.0001"), "bản in mất cách tính")
EVERY_RULE: tuple[Rule, ...] = (LEVELS, CHECKLIST, RATIO, BANDS, COUNT, COMPARE, EXTERNAL, MANUAL)


def _leaf(rule: Rule) -> Leaf:
    return Leaf(ONE, rule)


def _collect(rule: Rule, **typed: object) -> Collected:
    return collect(_leaf(rule), {name.replace("_of_item_", " "): value for name, value in typed.items()})


_numbers = st.decimals(-(10**14), 10**14, allow_nan=False, allow_infinity=False, places=10) | st.decimals(
    0, 10_000, places=3
)
_percents = st.decimals(0, 100, places=4)
_points = st.decimals(0, 10_000, places=4)
# A source is stored on one line.
_sources = st.text(min_size=1, max_size=60).map(one_line).filter(lambda text: not is_blank(text))

_answers: Mapping[type, st.SearchStrategy[Answer]] = {
    Levels: st.builds(LevelAnswer, st.integers(0, 2)),
    Checklist: st.builds(
        TickAnswer, st.frozensets(st.sampled_from([0, 2])), st.dictionaries(st.just(1), _percents, max_size=1)
    ),
    Ratio: st.builds(RatioAnswer, _numbers, _numbers),
    Bands: st.builds(ValueAnswer, _numbers),
    Count: st.builds(CountAnswer, st.integers(0, 10**12)),
    Compare: st.builds(CompareAnswer, _numbers, _numbers),
    External: st.builds(PointsAnswer, _points, _sources) | st.builds(PercentAnswer, _percents, _sources),
    Manual: st.builds(PointsAnswer, _points),
}
_answered = st.sampled_from(EVERY_RULE).flatmap(lambda rule: st.tuples(st.just(rule), _answers[type(rule)]))


@given(_answered)
def test_what_is_stored_fills_the_form_and_the_form_makes_it_again(answered: tuple[Rule, Answer]) -> None:
    rule, answer = answered
    collected = collect(_leaf(rule), fill(_leaf(rule), Entry(answer)))
    assert collected.problems == ()
    assert read_entry(_leaf(rule), collected.raw) == Entry(answer)


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_an_untouched_form_makes_the_empty_answer_and_a_checklist_one_that_ticks_nothing(rule: Rule) -> None:
    fields = fill(_leaf(rule), EMPTY)
    assert fields == {name: empty_value(name) for name in field_names(_leaf(rule))}
    expected: dict[str, object] = {"ticked": []} if rule == CHECKLIST else {}
    assert collect(_leaf(rule), fields) == Collected(expected)
    # Fields that the browser has never sent are as good as empty ones.
    assert collect(_leaf(rule), {}) == Collected(expected)


@given(st.sampled_from(EVERY_RULE), st.data())
def test_whatever_is_typed_makes_an_answer_or_says_why_not(rule: Rule, data: st.DataObject) -> None:
    typed = {name: data.draw(_typed(name)) for name in field_names(_leaf(rule))}
    collected = collect(_leaf(rule), typed)
    assert (collected.raw is None) == bool(collected.problems)
    assert not collected.two_readings or collected.raw is None


def _typed(name: str) -> st.SearchStrategy[object]:
    if name == "level":
        return st.none() | st.integers(0, 2)
    if name.startswith("tick "):
        return st.booleans()
    return st.text(max_size=50) | st.text("0123456789.,- %", max_size=8)


def test_a_number_that_reads_two_ways_makes_no_answer_and_offers_both_readings() -> None:
    collected = _collect(BANDS, value=" 1.234 ")
    assert collected.raw is None
    (choice,) = collected.two_readings
    assert (choice.field, choice.typed, choice.readings) == ("value", "1.234", ("1,234", "1234"))
    assert collected.problems == ("Giá trị đo được: «1.234» có thể là 1,234 hoặc 1234; hãy chọn một cách đọc.",)


@given(st.integers(1, 999), st.integers(0, 999))
def test_each_reading_that_is_offered_reads_in_one_way_only(before: int, after: int) -> None:
    (choice,) = _collect(BANDS, value=f"{before}.{after:03d}").two_readings
    values = [_collect(BANDS, value=reading).raw for reading in choice.readings]
    assert [Decimal(str((raw or {})["value"])) for raw in values] == [
        Decimal(f"{before}.{after:03d}"),
        Decimal(f"{before}{after:03d}"),
    ]


def test_every_field_that_reads_two_ways_is_offered() -> None:
    collected = _collect(RATIO, numerator="1.234", denominator="2.000")
    assert [choice.field for choice in collected.two_readings] == ["numerator", "denominator"]
    assert len(collected.problems) == 2


def test_a_percent_may_be_typed_with_its_sign() -> None:
    assert _collect(BANDS, value=" 96,5 % ").raw == {"value": "96.5"}
    assert _collect(CHECKLIST, percent_of_item_1="80%").raw == {"ticked": [], "percents": {"1": "80"}}
    assert _collect(EXTERNAL, percent="87 %", source="Báo cáo 5").raw == {"percent": "87", "source": "Báo cáo 5"}


@pytest.mark.parametrize("typed", ["abc", "%", "1,2,3", "1.23.4", "--1", "1e5", "NaN", "∞", "12 13", "１２", "9" * 41])
def test_what_is_no_number_is_refused_and_quoted(typed: str) -> None:
    collected = _collect(COUNT, count=typed)
    assert collected.raw is None
    assert collected.problems[0].startswith("Số trường hợp: ")
    assert f"«{typed[:40]}»" in collected.problems[0]


@pytest.mark.parametrize(
    ("rule", "typed", "problem"),
    [
        (RATIO, {"numerator": "18"}, "Còn thiếu mẫu số."),
        (RATIO, {"denominator": "20", "numerator": "  "}, "Còn thiếu tử số."),
        (COMPARE, {"this_year": "90,1"}, "Còn thiếu số liệu năm trước."),
        (EXTERNAL, {"source": "Báo cáo 5"}, "Còn thiếu điểm hoặc phần trăm."),
        (EXTERNAL, {"points": "0,5"}, "Còn thiếu nguồn của điểm (văn bản, báo cáo công bố điểm)."),
        (
            EXTERNAL,
            {"points": "0,5", "percent": "50", "source": "Báo cáo 5"},
            "Chỉ nhập điểm hoặc phần trăm, hãy xoá một trong hai ô.",
        ),
    ],
)
def test_a_form_that_is_not_finished_says_what_is_missing(rule: Rule, typed: dict[str, object], problem: str) -> None:
    assert _collect(rule, **typed) == Collected(None, (problem,))


def test_a_field_that_cannot_be_read_is_named_before_one_that_is_missing() -> None:
    collected = _collect(RATIO, numerator="mười tám")
    assert collected.problems == ("Tử số: cần một số, ví dụ 12,5; đã nhập «mười tám».",)


def test_all_items_of_a_checklist_that_cannot_be_read_are_named() -> None:
    two = Checklist((Item("Một", HALF, is_ratio=True), Item("Hai", HALF, is_ratio=True)))
    collected = _collect(two, percent_of_item_0="nhiều", percent_of_item_1="1.234")
    assert [problem[:5] for problem in collected.problems] == ["Ý 1: ", "Ý 2: "]


def test_points_are_shown_with_four_decimals_and_counted_things_without() -> None:
    assert fill(_leaf(MANUAL), Entry(PointsAnswer(Decimal("0.25")))) == {"points": "0,2500"}
    assert fill(_leaf(COUNT), Entry(CountAnswer(2))) == {"count": "2"}
    assert fill(_leaf(RATIO), Entry(RatioAnswer(Decimal(1234), Decimal("2000.50")))) == {
        "numerator": "1234",
        "denominator": "2000,5",
    }


def test_a_reason_beside_the_answer_leaves_the_form_as_it_is() -> None:
    voided = Entry(LevelAnswer(1), voided="Tài liệu bị chỉnh sửa")
    assert fill(_leaf(LEVELS), voided) == {"level": 1}
    assert fill(_leaf(LEVELS), Entry(not_applicable="Không được giao")) == {"level": None}
