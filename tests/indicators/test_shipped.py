"""The statistics of Sơn La: all of them, in printed order, each asking for what its unit asks for."""

from collections import Counter

import pytest

from cchc_core.indicators.files import list_indicators, read_indicators, readable_indicators
from cchc_core.indicators.listing import indicators_to_json, lines_of
from cchc_core.indicators.model import FigureKind, Kind, Result

SON_LA = read_indicators("sonla-2024")


def test_the_sets_that_come_along_can_be_read() -> None:
    sets, problems = readable_indicators()
    assert (tuple(sets), problems) == (list_indicators(), ())
    assert sets["sonla-2024"] is SON_LA
    with pytest.raises(KeyError):
        read_indicators("../sonla-2024")


def test_the_form_of_son_la_has_104_statistics() -> None:
    assert len(SON_LA.indicators) == 104
    sections = {section.code: len(SON_LA.of_section(section.code)) for section in SON_LA.sections}
    assert sections == {"I": 16, "II.1": 10, "II.2": 19, "II.3": 13, "II.4": 22, "II.5": 5, "II.6": 19}
    assert list(sections) == sorted(sections)


def test_each_group_has_as_many_rows_as_the_print() -> None:
    groups = Counter(indicator.group for indicator in SON_LA.indicators if indicator.group)
    assert [(group.number, groups[group.code]) for group in SON_LA.groups] == [
        *(("1", 3), ("2", 4), ("3", 3), ("4", 3), ("6", 2)),
        *(("2.1", 4), ("2.2", 3), ("2.3", 4), ("2.4", 8)),
        *(("3.1", 4), ("3.2", 5), ("3.3", 4)),
        *(("4.1", 3), ("4.2", 4), ("4.3", 1), ("4.4", 5), ("4.5", 2), ("4.6", 2), ("4.7", 2), ("4.8", 3)),
        *(("6.3", 3), ("6.4", 2), ("6.5", 2), ("6.6", 5), ("6.7", 3), ("6.8", 2)),
    ]
    numbers = [indicator.number for indicator in SON_LA.indicators if indicator.number]
    assert numbers == [
        "5",
        *(f"1.{row}" for row in range(1, 11)),
        *(f"5.{row}" for row in range(1, 6)),
        *("6.1", "6.2"),
    ]


def test_codes_are_unique_and_text() -> None:
    headings = [each.code for listed in (SON_LA.parts, SON_LA.sections, SON_LA.groups) for each in listed]
    codes = [indicator.code for indicator in SON_LA.indicators]
    assert len({*headings, *codes}) == len(headings) + len(codes)
    assert codes.index("II.1.10") == codes.index("II.1.9") + 1
    assert SON_LA.indicator("II.1.10").title.startswith("Kết quả thực hiện công tác tuyên truyền")


def test_there_are_86_counts_11_percents_5_ratios_and_2_yes_or_no() -> None:
    kinds = Counter(indicator.kind for indicator in SON_LA.indicators)
    assert kinds == {Kind.COUNT: 86, Kind.PERCENT: 11, Kind.RATIO: 5, Kind.YES_NO: 2}


def test_fifteen_cells_ask_for_several_values() -> None:
    asked = {indicator.code: indicator.values_asked for indicator in SON_LA.indicators if indicator.values_asked > 1}
    assert asked == {
        **dict.fromkeys(("II.2.3.3", "II.2.3.4", "II.2.4.1", "II.2.4.2", "II.2.4.3", "II.2.4.4"), 2),
        **dict.fromkeys(("II.2.4.7", "II.2.4.8", "II.6.1", "II.6.2"), 2),
        "II.6.4.2": 3,
        **dict.fromkeys(("II.6.5.1", "II.6.5.2", "II.6.7.1", "II.6.8.1"), 2),
    }


def test_kinds_and_units_agree() -> None:
    for indicator in SON_LA.indicators:
        kinds = [figure.kind for figure in indicator.figures]
        asks_percent = FigureKind.PERCENT in kinds or indicator.result in (Result.SHARE, Result.PERCENT)
        assert asks_percent or "%" not in indicator.unit, indicator.code
        assert (indicator.kind is Kind.YES_NO) == (kinds == [FigureKind.YES_NO]) == ("Có = 1" in indicator.unit)
        assert (indicator.kind is Kind.RATIO) == (indicator.result is not None), indicator.code
        assert all((figure.unit == "%") == (figure.kind is FigureKind.PERCENT) for figure in indicator.figures)
        if indicator.kind in (Kind.COUNT, Kind.RATIO):
            assert kinds[0] is FigureKind.WHOLE, indicator.code
        if indicator.kind is Kind.PERCENT:
            assert kinds[-1] is FigureKind.PERCENT, indicator.code
    assert {i.unit for i in SON_LA.indicators if i.kind is Kind.PERCENT} == {"%", "... hồ sơ = ...%"}


def test_how_each_ratio_is_computed() -> None:
    results = {indicator.code: indicator.result for indicator in SON_LA.indicators if indicator.result}
    assert results == {
        "II.2.4.3": Result.PERCENT,
        "II.6.4.2": Result.SHARE,
        "II.6.5.1": Result.SHARE,
        "II.6.5.2": Result.SHARE,
        "II.6.8.1": Result.QUOTIENT,
    }
    assert SON_LA.indicator("II.6.8.1").result_unit == "máy/người"
    assert SON_LA.indicator("II.6.4.2").result_unit == "%"
    assert SON_LA.indicator("I.1.1").result_unit is None


def test_the_levels_that_the_print_names() -> None:
    levels = {indicator.code: indicator.level for indicator in SON_LA.indicators if indicator.level}
    assert Counter(levels.values()) == {
        "huyện": 4,
        "tỉnh/huyện": 3,
        "xã": 3,
        "sở/huyện": 2,
        **dict.fromkeys(("tỉnh", "phòng", "huyện/xã"), 1),
    }
    of_level_only = {indicator.code for indicator in SON_LA.indicators if indicator.is_of_level_only}
    assert of_level_only == {"II.2.4.7", "II.2.4.8", "II.6.4.1", "II.6.4.2"}
    assert {levels[code] for code in of_level_only} == {"huyện"}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("I.6.1", "01/NQ-CP"),
        ("II.2.4.3", "thiếu chữ «sơ»"),
        ("II.2.4.7", "vào một hàng"),
        ("II.4.2.1", "Không cộng"),
        ("II.6.1", "hai lần"),
        ("II.6.2", "đặt lẫn"),
        ("II.6.3.2", "giữa hai trang"),
        ("II.6.7.2", "nhập số hồ sơ"),
    ],
)
def test_what_is_odd_in_the_print_is_said(code: str, words: str) -> None:
    assert words in (SON_LA.indicator(code).note or "")


def test_the_rows_for_districts_keep_their_lead_in() -> None:
    lead_ins = {indicator.code: indicator.lead_in for indicator in SON_LA.indicators if indicator.lead_in}
    assert lead_ins == dict.fromkeys(("II.2.4.7", "II.2.4.8"), "Đối với cấp huyện, báo cáo thêm về:")


def test_the_rows_for_other_programs_have_the_keys_of_the_contract() -> None:
    rows = indicators_to_json(SON_LA)
    assert len(rows) == 104
    assert {tuple(row) for row in rows} == {("code", "section", "group", "title", "unit", "kind", "level")}
    assert rows[0] == {
        "code": "I.1.1",
        "section": "I",
        "group": "Kế hoạch cải cách hành chính",
        "title": "Số nhiệm vụ đề ra trong kế hoạch",
        "unit": "Nhiệm vụ",
        "kind": "count",
        "level": None,
    }
    assert {row["code"]: row["group"] for row in rows}["I.5"] is None
    assert {row["kind"] for row in rows} == {"count", "percent", "ratio", "yes_no"}


def test_the_lines_for_people_name_every_heading_once() -> None:
    lines = list(lines_of(SON_LA))
    assert len([line for line in lines if line.endswith("]")]) == 104
    for group in SON_LA.groups:
        assert lines.count(f"  {group.code}  {group.title}") == 1
    assert "II.4  Cải cách công vụ: 22 chỉ tiêu" in lines
