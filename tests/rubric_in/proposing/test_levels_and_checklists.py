"""Lines with points: one of them holds, or each is met or not."""

from decimal import Decimal

import pytest

from cchc_core.rules.kinds import Checklist, Item, Level, Levels
from tests.rubric_in.proposing.leaves import proposed


def test_lines_of_which_the_best_is_the_maximum_are_levels() -> None:
    found = proposed("Ban hành kế hoạch", "1", ("- Đúng hạn", "1"), ("- Chậm", "0.5"), ("- Không ban hành", "0"))
    assert found.rule == Levels(
        (Level("Đúng hạn", Decimal(1)), Level("Chậm", Decimal("0.5")), Level("Không ban hành", Decimal(0)))
    )
    assert found.confidence == 0.95
    assert "1,0000; 0,5000; 0,0000" in found.reason


def test_lines_that_add_up_to_the_maximum_are_a_checklist_without_the_failing_line() -> None:
    found = proposed(
        "Kế hoạch năm", "0.5", ("1. Đạt nội dung", "0.25"), ("2. Đạt thời gian", "0.25"), ("3. Không đạt", "0")
    )
    assert found.rule == Checklist((Item("Đạt nội dung", Decimal("0.25")), Item("Đạt thời gian", Decimal("0.25"))))


def test_pairs_of_done_and_not_done_are_a_checklist_of_what_is_done() -> None:
    found = proposed(
        "Theo dõi thi hành pháp luật",
        "1",
        ("1.1 Kế hoạch - Có ban hành", "0.5"),
        ("1.2 Kế hoạch - Không ban hành", "0"),
        ("2.1 Báo cáo - Có báo cáo", "0.5"),
        ("2.2 Báo cáo - Không thực hiện báo cáo", "0"),
    )
    assert isinstance(found.rule, Checklist)
    assert [item.text for item in found.rule.items] == ["Kế hoạch - Có ban hành", "Báo cáo - Có báo cáo"]


def test_a_line_of_nothing_that_says_nothing_negative_stays_an_item() -> None:
    found = proposed("Tin bài", "0.5", ("Quý I có tin", "0"), ("Quý II có tin", "0.25"), ("Quý III có tin", "0.25"))
    assert isinstance(found.rule, Checklist)
    assert [item.points for item in found.rule.items] == [0, Decimal("0.25"), Decimal("0.25")]


def test_a_rate_among_the_items_is_a_ratio_item_and_one_with_a_threshold_is_not() -> None:
    found = proposed(
        "Phong trào",
        "2",
        ("1. Số người tham gia đạt tỷ lệ tối thiểu quy định", "0.5"),
        ("2. Tỷ lệ trả lời đúng, tính theo công thức sau: (Tỷ lệ % đạt được x 1,0 điểm):100%", "1"),
        ("3. Tỷ lệ người dự thi từ 50% trở lên", "0.5"),
    )
    assert isinstance(found.rule, Checklist)
    assert [item.is_ratio for item in found.rule.items] == [False, True, False]


def test_heads_that_only_add_up_their_lines_go_into_the_words_of_the_items() -> None:
    found = proposed(
        "Công khai",
        "2",
        ("1. Ngân sách:", "1"),
        ("- nội dung", "0.5"),
        ("- thời gian", "0.5"),
        ("2. Tài sản:", "1"),
        ("- nội dung", "0.5"),
        ("- thời gian", "0.5"),
    )
    assert isinstance(found.rule, Checklist)
    assert [item.text for item in found.rule.items][::2] == ["Ngân sách: nội dung", "Tài sản: nội dung"]
    assert sum(item.points for item in found.rule.items) == 2


def test_falling_levels_are_not_taken_for_a_head_with_its_lines() -> None:
    found = proposed("Xếp loại", "1.5", ("Tốt", "1.5"), ("Khá", "1"), ("Trung bình", "0.5"), ("Yếu", "0"))
    assert isinstance(found.rule, Levels)


@pytest.mark.parametrize(
    "line",
    [
        "Đúng hạn: 1 điểm; chậm: 0,5 điểm; không ban hành: 0 điểm",
        "Đúng hạn (1,0 điểm)\nChậm (0,5 điểm)\nKhông ban hành: không có điểm",
        "Đúng hạn được điểm tối đa; chậm được 50% số điểm; không ban hành không được điểm",
    ],
)
def test_points_inside_the_words_count_like_printed_ones(line: str) -> None:
    found = proposed("Ban hành kế hoạch", "1", line)
    assert isinstance(found.rule, Levels)
    assert [level.points for level in found.rule.levels] == [1, Decimal("0.5"), 0]


def test_a_failing_line_without_points_gives_nothing_and_the_reason_says_so() -> None:
    found = proposed("Đơn giản hoá", "0.5", ("- Có công bố rút ngắn", "0.5"), "- Không tham mưu rút ngắn")
    assert isinstance(found.rule, Levels)
    assert found.rule.levels[1].points == 0
    assert "không in điểm" in found.reason
    assert found.confidence < 0.95


def test_two_sides_without_points_are_settled_by_the_maximum() -> None:
    found = proposed("Công khai", "1", "Công khai đầy đủ", "Không công khai")
    assert found.rule == Levels((Level("Công khai đầy đủ", Decimal(1)), Level("Không công khai", Decimal(0))))
    assert found.confidence == 0.5


def test_lines_whose_points_the_maximum_does_not_settle_get_no_rule() -> None:
    found = proposed("Kiểm tra", "1", "Có kế hoạch", "Có kết luận", "Có báo cáo")
    assert (found.rule, found.confidence) == (None, 0)
    assert "không in điểm" in found.reason


def test_lines_that_neither_reach_nor_add_up_to_the_maximum_get_no_rule() -> None:
    found = proposed("Kế hoạch", "1", ("Đúng", "0.5"), ("Chậm", "0.25"), ("Báo cáo", "0.5"))
    assert found.rule is None
    assert "cộng lại được 1,2500" in found.reason


def test_points_taken_off_a_plain_criterion_are_not_read_as_points_earned() -> None:
    found = proposed("Chậm báo cáo", "0.75", "Chậm 1 ngày: trừ 0,25 điểm", "Chậm nhiều ngày: trừ 0,5 điểm")
    assert found.rule is None
    assert "bị trừ" in found.reason


def test_without_a_maximum_only_a_pair_of_all_or_nothing_is_proposed() -> None:
    assert proposed("Kế hoạch", None, ("Có kế hoạch", "0.5"), ("Có báo cáo", "0.5")).rule is None
    assert isinstance(proposed("Kế hoạch", None, ("Có kế hoạch", "0.5"), ("Không có", "0")).rule, Levels)
    assert proposed("Tỷ lệ", None, ("Dưới 70 %", "0"), ("Công khai tài sản", "0.5")).rule is None


def test_a_line_that_only_repeats_the_title_says_nothing() -> None:
    found = proposed("Tiếp nhận hồ sơ", "1", ("Tiếp nhận hồ sơ", "1"))
    assert found.rule is None
    assert "giống tên tiêu chí" in found.reason


def test_a_repeated_title_above_the_lines_is_left_out() -> None:
    found = proposed("Công khai", "1", ("Công khai", "1"), ("Đầy đủ", "1"), ("Không đầy đủ", "0"))
    assert isinstance(found.rule, Levels)
    assert len(found.rule.levels) == 2


def test_a_best_level_that_lost_its_points_has_the_maximum() -> None:
    found = proposed("Rà soát", "0.5", "- Có ban hành kế hoạch", ("- Không ban hành kế hoạch", "0"))
    assert isinstance(found.rule, Levels)
    assert found.rule.levels[0].points == Decimal("0.5")
    assert found.confidence == 0.6


def test_the_one_item_that_lost_its_points_has_what_the_maximum_lacks() -> None:
    found = proposed("Tiêu chuẩn", "0.5", ("1. 100% lãnh đạo sở đạt", "0.2"), "2. 100% lãnh đạo phòng đạt")
    assert isinstance(found.rule, Checklist)
    assert found.rule.items[1].points == Decimal("0.3")
    assert "còn thiếu 0,3000" in found.reason
    assert found.confidence == 0.4


def test_of_two_items_without_points_nobody_can_tell_the_shares() -> None:
    assert proposed("Tiêu chuẩn", "1", ("1. Một", "0.2"), "2. Hai", "3. Ba").rule is None


def test_the_line_that_turns_a_good_one_around_is_the_failing_one() -> None:
    found = proposed("Thanh tra", "0.5", ("- Không có kết luận sai phạm", "0.5"), "Trường hợp có kết luận sai phạm")
    assert isinstance(found.rule, Levels)
    assert [level.points for level in found.rule.levels] == [Decimal("0.5"), 0]


def test_points_without_words_beside_them_are_given_to_no_line() -> None:
    found = proposed("Tin bài", "1", ("", "0.25"), "Có tin bài", ("Có bài viết", "0.25"))
    assert found.rule is None
    assert "không kèm dòng chữ" in found.reason


def test_a_maximum_of_nothing_settles_nothing() -> None:
    assert proposed("Kế hoạch", "0", ("Có kế hoạch", "0"), ("Có báo cáo", "0")).rule is None
    assert proposed("Văn bản", "0", "Mỗi văn bản chậm trừ 0,5 điểm").rule is None


def test_a_sentence_that_ends_in_bare_points_is_a_level_of_its_own() -> None:
    found = proposed("Công khai", "1", "Đầy đủ, kịp thời: 1 điểm. Đầy đủ nhưng chậm: 0,5. Không đầy đủ: 0")
    assert isinstance(found.rule, Levels)
    assert [level.points for level in found.rule.levels] == [Decimal(1), Decimal("0.5"), Decimal(0)]
