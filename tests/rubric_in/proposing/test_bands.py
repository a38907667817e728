"""Lines that each name a range."""

from decimal import Decimal

import pytest

from cchc_core.rules.kinds import Band, Bands, Levels, Linear
from tests.rubric_in.proposing.leaves import Printed, proposed

Bounds = tuple[str | None, str | None, bool, bool, str]


def bands(*wanted: Bounds) -> tuple[Band, ...]:
    return tuple(
        Band(low and Decimal(low), high and Decimal(high), with_low, with_high, Decimal(points))  # type: ignore[arg-type]
        for low, high, with_low, with_high, points in wanted
    )


@pytest.mark.parametrize(
    "lines",
    [
        (("- Đạt 100%", "1"), ("- Đạt từ 80% đến dưới 100%", "0.5"), ("- Dưới 80%", "0")),
        ("100%: 1 điểm; từ 80% - dưới 100%: 0,5 điểm; dưới 80%: 0 điểm",),
        (("Tỷ lệ đạt 100%", "1"), ("80% ≤ tỷ lệ < 100%", "0.5"), ("< 80%", "0")),
    ],
)
def test_ranges_of_a_percent_are_bands_from_0_to_100(lines: tuple[Printed, ...]) -> None:
    found = proposed("Tỷ lệ đơn vị duy trì", "1", *lines)
    assert isinstance(found.rule, Bands)
    assert found.rule.unit == "%"
    assert found.rule.bands == bands(
        ("100", "100", True, True, "1"), ("80", "100", True, False, "0.5"), ("0", "80", True, False, "0")
    )


def test_a_range_with_a_formula_is_a_line() -> None:
    found = proposed(
        "Tỷ lệ hồ sơ đúng hạn",
        "0.5",
        ("- Từ 95% - 100%, điểm đánh giá tính theo công thức sau: (Tỷ lệ % hồ sơ đúng hạn x 0,5)/100%", "0.5"),
        ("Dưới 95%", "0"),
    )
    assert isinstance(found.rule, Bands)
    assert found.rule.bands[0].linear == Linear(Decimal("0.005"), Decimal(0))
    assert found.rule.bands[1].points == 0


def test_a_single_value_that_no_band_holds_is_a_known_gap() -> None:
    found = proposed(
        "Thu nhập tăng thêm",
        "1.5",
        ("- Trên 0,3 lần lương cơ sở/người/tháng", "1.5"),
        ("- Từ 0,1 đến dưới 0,3 lần lương cơ sở/người/tháng", "1"),
        ("- Dưới 0,1 lần lương cơ sở/người/tháng", "0"),
    )
    assert isinstance(found.rule, Bands)
    assert found.rule.unit == "lần lương cơ sở/người/tháng"
    assert found.rule.known_gaps == (Decimal("0.3"),)


@pytest.mark.parametrize("second", ["Từ 60% đến 80%", "Từ 60% đến 79%"])
def test_a_bound_that_the_print_leaves_open_goes_to_the_upper_band_and_is_told(second: str) -> None:
    found = proposed("Tỷ lệ", "2", ("Từ 80% trở lên", "2"), (second, "1"), ("Dưới 60%", "0"))
    assert isinstance(found.rule, Bands)
    assert found.rule.bands[1] == Band(Decimal(60), Decimal(80), True, False, Decimal(1))
    assert "không rõ tại 80" in found.reason
    assert found.confidence == 0.6


def test_everything_else_gives_the_band_below_all_others() -> None:
    found = proposed("Tỷ lệ", "2", ("Từ 80% trở lên", "2"), ("Từ 60% đến dưới 80%", "1"), ("Còn lại", "0"))
    assert isinstance(found.rule, Bands)
    assert found.rule.bands[2] == Band(Decimal(0), Decimal(60), True, False, Decimal(0))


def test_all_of_it_and_less_than_all_of_it_are_two_levels() -> None:
    found = proposed(
        "Tiếp nhận", "0.5", ("100% thủ tục được tiếp nhận", "0.5"), ("Dưới 100% thủ tục được tiếp nhận", "0")
    )
    assert isinstance(found.rule, Levels)


def test_ranges_with_a_real_hole_between_them_are_not_proposed_as_bands() -> None:
    found = proposed("Tỷ lệ", "2", ("Từ 80% trở lên", "2"), ("Từ 50% đến 60%", "1"), ("Dưới 50%", "0"))
    assert not isinstance(found.rule, Bands)


def test_a_lone_range_gets_no_rule_because_the_others_are_lost() -> None:
    found = proposed("Tỷ lệ đơn vị cập nhật quy chế", "0.5", ("Dưới 70 %", "0"))
    assert found.rule is None
    assert "Chỉ còn một khoảng" in found.reason
