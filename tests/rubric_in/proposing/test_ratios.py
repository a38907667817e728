"""Proportions by a printed formula, or by words."""

from decimal import Decimal

import pytest

from cchc_core.rules.kinds import EmptyDenominator, Ratio
from tests.rubric_in.proposing.leaves import Printed, proposed


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            ("Điểm đạt được tính theo công thức sau: (Tỷ lệ % vấn đề được khắc phục x 1,0 điểm):100%",),
            ("Số vấn đề được khắc phục", "Tổng số vấn đề"),
        ),
        (
            ("(b/a) x điểm tối đa. Trong đó: a là tổng số nhiệm vụ; b là số nhiệm vụ hoàn thành.",),
            ("số nhiệm vụ hoàn thành", "tổng số nhiệm vụ"),
        ),
        (
            ("Công thức: 1,0 x b/a", "Trong đó a: tổng số vấn đề, b: số vấn đề đã xử lý"),
            ("số vấn đề đã xử lý", "tổng số vấn đề"),
        ),
        (
            ("Số hồ sơ được số hoá/Tổng số hồ sơ tiếp nhận x 1,0 điểm",),
            ("Số hồ sơ được số hoá", "Tổng số hồ sơ tiếp nhận"),
        ),
    ],
)
def test_a_printed_formula_is_a_ratio_that_names_what_it_counts(
    lines: tuple[Printed, ...], names: tuple[str, str]
) -> None:
    found = proposed("Xử lý vấn đề", "1", *lines)
    assert isinstance(found.rule, Ratio)
    assert (found.rule.numerator, found.rule.denominator) == names
    assert found.rule.empty_denominator is EmptyDenominator.REFUSE
    assert found.confidence == 0.95


def test_a_formula_whose_letters_nobody_explains_is_less_sure() -> None:
    found = proposed("Đổi mới cơ chế", "1", ("Điểm đánh giá được tính theo công thức: (b/a) * 1.0", "1"))
    assert isinstance(found.rule, Ratio)
    assert "không định nghĩa" in found.rule.numerator
    assert found.confidence == 0.75
    assert "hãy điền" in found.reason


def test_a_formula_with_another_factor_than_the_maximum_is_not_proposed() -> None:
    found = proposed("Tỷ lệ giải quyết", "1", "(Tỷ lệ % x 0,5):100%")
    assert found.rule is None
    assert "0,5" in found.reason
    assert "1,0000" in found.reason


@pytest.mark.parametrize(
    "floor", ["Dưới 70% không có điểm", "Dưới 70%: 0 điểm", "Nếu dưới 70% thì không được tính điểm"]
)
def test_a_floor_is_read_with_the_formula(floor: str) -> None:
    found = proposed("Tỷ lệ nhiệm vụ", "1", "(Tỷ lệ % nhiệm vụ hoàn thành x 1 điểm):100%", floor)
    assert isinstance(found.rule, Ratio)
    assert found.rule.floor_percent == 70


def test_full_points_where_nothing_arose_are_read_with_the_formula() -> None:
    line = "b/a x 0,5; trong đó a: tổng số vấn đề, b: số vấn đề đã xử lý"
    found = proposed("Xử lý", "0.5", line, "Không phát sinh vấn đề thì được điểm tối đa")
    assert isinstance(found.rule, Ratio)
    assert found.rule.empty_denominator is EmptyDenominator.FULL


def test_a_rate_without_a_formula_is_a_proportion_with_little_confidence() -> None:
    found = proposed("Cổng dịch vụ công", "1", ("Tỷ lệ dịch vụ được tích hợp trên Cổng", "1"))
    assert isinstance(found.rule, Ratio)
    assert found.rule.numerator == "Số dịch vụ được tích hợp trên Cổng"
    assert found.confidence == 0.6
    assert "không ghi công thức" in found.reason


def test_a_line_that_says_by_rate_is_a_proportion() -> None:
    found = proposed("Số hoá hồ sơ", "2", "Điểm được tính theo tỷ lệ hồ sơ số hoá")
    assert isinstance(found.rule, Ratio)


def test_the_points_of_a_ratio_are_its_maximum_and_nothing_else() -> None:
    found = proposed("Tỷ lệ hồ sơ", "0.5", ("(Tỷ lệ % hồ sơ đúng hạn x 0,5)/100%", "0.5"), ("Dưới 90%", "0"))
    assert isinstance(found.rule, Ratio)
    assert found.rule.floor_percent == Decimal(90)


def test_a_floor_that_stands_in_the_title_is_read_too() -> None:
    found = proposed("Tỷ lệ hồ sơ đúng hạn (Tỷ lệ % hồ sơ đúng hạn x 3 điểm)/100%; nếu dưới 90% thì 0 điểm", "3")
    assert isinstance(found.rule, Ratio)
    assert found.rule.floor_percent == 90


@pytest.mark.parametrize("floor", ["Nếu tỷ lệ a/b < 0,5 thì điểm đánh giá là 0", "Nếu tỷ lệ nhỏ hơn 50% thì 0 điểm"])
def test_a_floor_is_read_however_it_is_written(floor: str) -> None:
    found = proposed("Dịch vụ công", "2", f"Công thức: a/b*2 trong đó a là số hồ sơ; b là tổng số hồ sơ. {floor}")
    assert isinstance(found.rule, Ratio)
    assert found.rule.floor_percent == 50


def test_a_limit_that_is_no_floor_makes_a_formula_unsure() -> None:
    found = proposed(
        "Hồ sơ đúng hạn", "2", "(Tỷ lệ % hồ sơ đúng hạn x 2 điểm)/100%", "Nếu trên 120% thì xem xét cộng thêm"
    )
    assert found.confidence <= 0.5
    assert "tren 120%" not in found.reason
    assert "hãy kiểm tra" in found.reason


def test_a_formula_that_divides_by_less_than_100_percent_is_not_proposed() -> None:
    found = proposed("Dịch vụ công", "2", "Từ 50% trở lên: 2 điểm; dưới 50%: (tỷ lệ % x 2)/50%")
    assert found.rule is None
    assert "50 %" in found.reason


def test_letters_that_are_explained_before_the_formula_are_named() -> None:
    found = proposed("Văn bản", "3", "a là số văn bản đúng hạn, b là tổng số văn bản. Điểm = a/b x 3,0 điểm")
    assert isinstance(found.rule, Ratio)
    assert (found.rule.numerator, found.rule.denominator) == ("số văn bản đúng hạn", "tổng số văn bản")
