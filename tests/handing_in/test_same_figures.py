"""Figures of criteria beside the indicators of the same name."""

from decimal import Decimal

import pytest

from cchc_core.handing_in.same_figures import clashes, same_name
from cchc_core.indicators.files import read_indicators
from cchc_core.indicators.model import Figure, FigureKind, Indicator, IndicatorSet, Kind, Result
from cchc_core.indicators.values import Values, read_values
from cchc_core.rubric.model import Criterion, Rubric, Section
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.kinds import Checklist, Count, Item, Leaf, Ratio, Rule
from cchc_core.sheet import Sheet
from tests.offices import SOC_TRANG
from tests.sheets import sheet_of

SON_LA = read_indicators("sonla-2024")
ON_TIME = "II.2.4.1"


def soc_trang(percent: str) -> Sheet:
    return sheet_of(read_rubric(SOC_TRANG), {"I.3.5.1": {"value": percent}}, "year")


def told(sheet: Sheet, indicators: IndicatorSet, texts: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    def values(code: str) -> Values:
        indicator = indicators.indicator(code)
        return read_values(indicator, texts.get(code, ("",) * len(indicator.figures)))

    return [(clash.code, clash.message) for clash in clashes(sheet, indicators, values)]


def test_a_percent_that_differs_from_the_indicator_of_the_same_name_is_found_in_a_shipped_set() -> None:
    found = told(soc_trang("96.5"), SON_LA, {ON_TIME: ("1200", "98,25")})
    assert found == [
        (
            "I.3.5.1",
            "Phiếu chấm ghi «Tỷ lệ hồ sơ TTHC giải quyết đúng hạn trong năm» là 96,50 %, số liệu thống kê năm 2022 "
            "«Tỷ lệ hồ sơ TTHC đã tiếp nhận được giải quyết đúng hạn» (II.2.4.1) là 98,25 %.",
        )
    ]


@pytest.mark.parametrize("percent", ["98.25", "98.250", "98.2525"])
def test_figures_that_agree_are_left_alone(percent: str) -> None:
    assert told(soc_trang(percent), SON_LA, {ON_TIME: ("1200", "98,25")}) == []


def test_where_either_figure_is_missing_nothing_differs() -> None:
    assert told(soc_trang("96.5"), SON_LA, {}) == []
    assert told(soc_trang("96.5"), SON_LA, {ON_TIME: ("1200", "")}) == []
    unanswered = sheet_of(read_rubric(SOC_TRANG), {}, "year")
    assert told(unanswered, SON_LA, {ON_TIME: ("1200", "98,25")}) == []


def test_late_papers_are_not_taken_for_those_in_time() -> None:
    assert told(soc_trang("96.5"), SON_LA, {"II.2.4.2": ("12", "3")}) == []
    assert same_name("Tỷ lệ hồ sơ giải quyết trễ hạn") != same_name("Tỷ lệ hồ sơ giải quyết đúng hạn")


def one_leaf(rule: Rule, raw: dict[str, object], title: str = "Tiêu chí") -> Sheet:
    leaf = Criterion("1.1", "1", "1", title, Leaf(Decimal(1), rule))
    rubric = Rubric("x", "x", "x", 2024, "x", "official", None, (), (Section("1", None, "Một"),), (leaf,))
    return sheet_of(rubric, {"1.1": raw}, "year")


def one_indicator(title: str, *figures: Figure, result: Result | None = None) -> IndicatorSet:
    kind = Kind.RATIO if result else Kind.COUNT
    unit = "%" if result else "việc"
    indicator = Indicator("I.1", "I", None, "1", title, unit, kind, figures, result)
    return IndicatorSet("s", "s", "s", 2024, "s", (), (), (), (indicator,))


WHOLE = Figure("Số", "việc", FigureKind.WHOLE)
RATIO = Ratio("Số nhiệm vụ hoàn thành", "Tổng số nhiệm vụ được giao")


@pytest.mark.parametrize(
    ("title", "counted", "words"),
    [
        ("Số nhiệm vụ hoàn thành", "19", "là 18, số liệu thống kê năm 2024 «Số nhiệm vụ hoàn thành» (I.1) là 19."),
        ("Số nhiệm vụ được giao", "21", "là 20, số liệu thống kê năm 2024 «Số nhiệm vụ được giao» (I.1) là 21."),
        ("Số nhiệm vụ hoàn thành", "18", None),
        ("Số nhiệm vụ được giao", "20", None),
    ],
)
def test_both_numbers_of_a_ratio_are_held_against_their_counts(title: str, counted: str, words: str | None) -> None:
    sheet = one_leaf(RATIO, {"numerator": "18", "denominator": "20"})
    found = told(sheet, one_indicator(title, WHOLE), {"I.1": (counted,)})
    assert [message.endswith(words or "") for _, message in found] == ([] if words is None else [True])


@pytest.mark.parametrize(("counted", "differs"), [(("9", "10"), False), (("8", "10"), True), (("0", "0"), False)])
def test_a_ratio_is_held_against_the_ratio_of_its_criterions_name(counted: tuple[str, str], differs: bool) -> None:
    sheet = one_leaf(RATIO, {"numerator": "18", "denominator": "20"}, "Tỷ lệ nhiệm vụ hoàn thành")
    form = one_indicator("Tỷ lệ nhiệm vụ hoàn thành", WHOLE, WHOLE, result=Result.SHARE)
    assert [code for code, _ in told(sheet, form, {"I.1": counted})] == (["1.1"] if differs else [])


def test_cases_that_are_counted_and_percents_of_a_checklist_are_held_against_indicators_too() -> None:
    late = one_leaf(Count("Số nhiệm vụ quá hạn", (Decimal(1), Decimal(0))), {"count": 1})
    assert told(late, one_indicator("Số nhiệm vụ quá hạn", WHOLE), {"I.1": ("2",)})
    assert not told(late, one_indicator("Số nhiệm vụ quá hạn", WHOLE), {"I.1": ("1",)})
    items = (Item("Tỷ lệ văn bản điện tử", Decimal(1), is_ratio=True),)
    listed = one_leaf(Checklist(items), {"ticked": [], "percents": {"0": "80"}})
    form = one_indicator("Tỷ lệ văn bản điện tử", Figure("Tỷ lệ", "%", FigureKind.PERCENT))
    assert told(listed, form, {"I.1": ("81",)})
    assert not told(listed, form, {"I.1": ("80",)})
