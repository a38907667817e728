"""Points by how many cases, and this year against last year."""

from decimal import Decimal

import pytest

from cchc_core.rules.kinds import Checklist, Compare, Count, Effect, Levels
from tests.rubric_in.proposing.leaves import Printed, proposed


def points(*values: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


@pytest.mark.parametrize(
    ("most", "lines", "wanted"),
    [
        (
            "2",
            (
                ("Hoàn thành nhiệm vụ do UBND tỉnh giao", "2"),
                ("Đơn vị thực hiện chậm trễ hoặc chưa thực hiện 1 nhiệm vụ", "1.5"),
                ("Đơn vị thực hiện chậm trễ hoặc chưa thực hiện 2 nhiệm vụ", "1"),
                ("Đơn vị thực hiện chậm trễ hoặc chưa thực hiện 3 nhiệm vụ trở lên", "0"),
            ),
            points("2", "1.5", "1", "0"),
        ),
        (
            "1",
            (("- Có từ 02 sáng kiến trở lên", "1"), ("- Có 01 sáng kiến", "0.5"), ("- Không có sáng kiến", "0")),
            points("0", "0.5", "1"),
        ),
        (
            "1.5",
            ("1 văn bản: 1,0; 2 văn bản: 0,5; từ 3 văn bản trở lên: 0; không có văn bản sai: 1,5",),
            points("1.5", "1", "0.5", "0"),
        ),
        (
            "1",
            (("Dưới 3 hồ sơ trễ", "1"), ("Từ 3 đến 5 hồ sơ trễ", "0.5"), ("Trên 5 hồ sơ trễ", "0")),
            points("1", "1", "1", "0.5", "0.5", "0.5", "0"),
        ),
    ],
)
def test_lines_that_number_cases_are_points_by_count(
    most: str, lines: tuple[Printed, ...], wanted: tuple[Decimal, ...]
) -> None:
    found = proposed("Nhiệm vụ được giao", most, *lines)
    assert isinstance(found.rule, Count)
    assert found.rule.points_by_count == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Cứ mỗi văn bản chậm trừ 0,5 điểm", points("1", "0.5", "0")),
        ("Không có văn bản chậm: 1 điểm; mỗi văn bản chậm bị trừ 0,4 điểm", points("1", "0.6", "0.2", "0")),
        ("Mỗi tin bài được cộng 0,5 điểm, tối đa 1 điểm", points("0", "0.5", "1")),
        ("Cứ 02 tin bài được 0,5 điểm", points("0", "0", "0.5", "0.5", "1")),
        ("Mỗi văn bản chậm trừ 50% số điểm", points("1", "0.5", "0")),
    ],
)
def test_so_much_for_each_case_runs_between_the_maximum_and_nothing(line: str, wanted: tuple[Decimal, ...]) -> None:
    found = proposed("Xử lý văn bản", "1", line)
    assert isinstance(found.rule, Count)
    assert found.rule.points_by_count == wanted


def test_so_much_for_each_case_of_a_penalty_rises_from_nothing() -> None:
    found = proposed("Cán bộ bị kỷ luật", "1", "Mỗi trường hợp trừ 0,5 điểm", path=("ĐIỂM TRỪ",))
    assert isinstance(found.rule, Count)
    assert (found.effect, found.rule.points_by_count) == (Effect.PENALTY, points("0", "0.5", "1"))


def test_so_much_for_each_case_needs_a_maximum() -> None:
    found = proposed("Cán bộ bị kỷ luật", None, "Mỗi trường hợp trừ 0,5 điểm")
    assert found.rule is None
    assert "không có điểm tối đa" in found.reason


def test_numbers_of_quarters_and_laws_are_no_counts() -> None:
    found = proposed("Báo cáo", "0.5", ("Báo cáo quý 1", "0.25"), ("Báo cáo quý 2", "0.25"))
    assert isinstance(found.rule, Checklist)


def test_higher_equal_and_lower_than_last_year_are_compared() -> None:
    found = proposed(
        "Nâng cao tỷ lệ Chỉ số CCHC của đơn vị",
        "1",
        ("1. Chỉ số năm sau cao hơn năm trước", "1"),
        ("2. Chỉ số năm sau bằng năm trước", "0.5"),
        ("3. Chỉ số năm sau thấp hơn năm trước", "0"),
    )
    assert found.rule == Compare("Tỷ lệ Chỉ số CCHC của đơn vị", Decimal(1), Decimal("0.5"), Decimal(0))


def test_as_high_or_higher_stands_for_both() -> None:
    found = proposed("Chỉ số", "1", ("Tăng hoặc giữ nguyên so với năm trước", "1"), ("Giảm so với năm trước", "0"))
    assert found.rule == Compare("Chỉ số", Decimal(1), Decimal(1), Decimal(0))


def test_a_comparison_without_the_equal_case_is_left_to_levels() -> None:
    found = proposed("Chỉ số", "1", ("Cao hơn năm trước", "1"), ("Thấp hơn năm trước", "0"))
    assert isinstance(found.rule, Levels)


def test_steps_that_stop_before_the_maximum_are_not_proposed() -> None:
    found = proposed("Chậm báo cáo", "3", "Mỗi báo cáo chậm trừ 0,5 điểm, trừ tối đa 1 điểm")
    assert found.rule is None
    assert "tối đa 1 điểm" in found.reason


def test_steps_without_a_maximum_are_quoted_as_they_are_printed() -> None:
    assert "«Mỗi báo cáo trừ 0,5 điểm»" in proposed("Chậm báo cáo", None, "Mỗi báo cáo trừ 0,5 điểm").reason
