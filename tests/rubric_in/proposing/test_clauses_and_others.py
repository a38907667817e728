"""Clauses beside the rule, bonuses and penalties, and points that others give."""

from decimal import Decimal

import pytest

from cchc_core.rubric_in.proposing import propose
from cchc_core.rules.kinds import Checklist, Effect, External, Levels, Manual
from tests.rubric_in.proposing.leaves import leaf, proposed


@pytest.mark.parametrize(
    "clause",
    [
        "Nếu không được giao xây dựng văn bản thì hạ điểm chuẩn",
        "Không có nhu cầu tuyển dụng thì hạ chuẩn",
        "Trường hợp không phát sinh thì không tính điểm chuẩn tiêu chí này",
        "Đơn vị không có thủ tục hành chính: không áp dụng",
    ],
)
def test_a_not_applicable_clause_is_no_level_whatever_points_stand_beside_it(clause: str) -> None:
    found = proposed("Tuân thủ quy trình", "1", ("Tuân thủ", "1"), ("Không tuân thủ", "0"), (f"3. {clause}", "1"))
    assert found.not_applicable_clause == clause
    assert isinstance(found.rule, Levels)
    assert len(found.rule.levels) == 2


def test_a_clause_within_a_line_is_taken_out_of_it() -> None:
    found = proposed(
        "Phân cấp", "1", ("Thực hiện đúng", "1"), "Không đúng: 0 điểm. Trường hợp không được phân cấp thì hạ điểm chuẩn"
    )
    assert found.not_applicable_clause == "Trường hợp không được phân cấp thì hạ điểm chuẩn"
    assert isinstance(found.rule, Levels)
    assert found.rule.levels[1].text == "Không đúng: 0 điểm"


def test_a_title_that_says_for_whom_it_is_meant_carries_a_clause() -> None:
    found = proposed("Bố trí viên chức (áp dụng với cơ quan có ĐVSNCL)", "1", ("Đạt", "1"), ("Chưa đạt", "0"))
    assert found.not_applicable_clause == "áp dụng với cơ quan có ĐVSNCL"


def test_a_void_condition_is_found_in_what_the_evidence_says() -> None:
    void = "Nếu Tổ thẩm định phát hiện văn bản có chỉnh sửa sẽ: 0 điểm"
    node = leaf("Tham mưu văn bản", "1", ("Đạt", "1"), ("Chưa đạt", "0"), evidence=(f"20 văn bản ({void})",))
    assert propose(node, ()).void_condition == void


def test_a_clause_in_the_note_counts_too() -> None:
    node = leaf("Thăng hạng", "1", ("Đúng", "1"), ("Sai", "0"), note="Không có trường hợp nào thì hạ điểm chuẩn.")
    assert propose(node, ()).not_applicable_clause == "Không có trường hợp nào thì hạ điểm chuẩn"


@pytest.mark.parametrize(
    ("title", "most", "line", "path", "effect"),
    [
        ("Có sáng kiến cấp tỉnh", "1", "Mỗi sáng kiến cộng 0,5 điểm", ("ĐIỂM THƯỞNG",), Effect.BONUS),
        ("Điểm cộng: có sáng kiến", "1", "Mỗi sáng kiến được 0,5 điểm", (), Effect.BONUS),
        ("Có cán bộ bị kỷ luật", "1", "Mỗi trường hợp trừ 0,5 điểm", ("Điểm trừ",), Effect.PENALTY),
        ("Có cán bộ bị kỷ luật", "-1", "Mỗi trường hợp 0,5 điểm", (), Effect.PENALTY),
        ("Có sáng kiến", "1", "Mỗi sáng kiến cộng 0,5 điểm", ("ĐIỂM THƯỞNG, ĐIỂM TRỪ",), Effect.BONUS),
        ("Bị nhắc nhở", "1", "Mỗi lần trừ 0,5 điểm", ("ĐIỂM THƯỞNG, ĐIỂM TRỪ",), Effect.PENALTY),
        ("Văn bản chậm", "1", "Mỗi văn bản chậm trừ 0,5 điểm", ("Chỉ đạo, điều hành",), Effect.NORMAL),
    ],
)
def test_a_bonus_or_a_penalty_is_told_by_its_title_its_section_or_its_sign(
    title: str, most: str, line: str, path: tuple[str, ...], effect: Effect
) -> None:
    found = proposed(title, most, line, path=path)
    assert found.effect is effect
    assert found.rule is not None


def test_a_note_of_the_printed_form_tells_the_effect() -> None:
    node = leaf("Bị nhắc nhở", "1", ("Có", "1"), ("Không", "0"), note="Điểm trừ: trừ vào tổng điểm.")
    assert propose(node, ()).effect is Effect.PENALTY


def test_a_penalty_of_one_line_is_ticked_when_it_holds() -> None:
    found = proposed("Văn bản bị nhắc nhở", "-1", ("Có văn bản nhắc nhở", "-1"))
    assert isinstance(found.rule, Checklist)
    assert found.rule.items[0].points == 1


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Kết quả do Sở Nội vụ đánh giá", "Sở Nội vụ"),
        ("Đánh giá của người dân và tổ chức trên Cổng dịch vụ công", "người dân và tổ chức trên Cổng dịch vụ công"),
        ("Điều tra xã hội học về chất lượng phục vụ", "điều tra xã hội học hoặc đánh giá của cơ quan bên ngoài"),
    ],
)
def test_what_others_give_is_external(title: str, source: str) -> None:
    assert proposed(title, "5").rule == External(source)


def test_a_survey_that_the_unit_itself_carries_out_is_not_external() -> None:
    found = proposed("Tổ chức khảo sát, điều tra xã hội học", "1", ("Có tổ chức", "1"), ("Không tổ chức", "0"))
    assert isinstance(found.rule, Levels)
    assert proposed("Tổ chức điều tra xã hội học", "1").rule is None


def test_a_bare_title_below_the_impact_of_reform_is_external_with_little_confidence() -> None:
    found = proposed("Tính kịp thời", "0.5", path=("ĐÁNH GIÁ TÁC ĐỘNG CỦA CẢI CÁCH HÀNH CHÍNH", "Tổ chức bộ máy"))
    assert isinstance(found.rule, External)
    assert found.confidence == 0.6
    assert proposed("Tính kịp thời", "0.5", path=("Tổ chức bộ máy",)).rule is None


def test_points_by_hand_keep_their_step_and_reason() -> None:
    found = proposed("Kế hoạch", "0.5", "- Chấm bằng tay trong khung điểm tối đa, bước 0,025 điểm: bản in mất điểm")
    assert found.rule == Manual(Decimal("0.025"), "bản in mất điểm")


@pytest.mark.parametrize(
    "title", ["Thời điểm công khai dự toán", "Bố trí điểm thường trực tiếp công dân", "Niêm yết tại địa điểm công cộng"]
)
def test_words_that_only_sound_like_a_bonus_are_none(title: str) -> None:
    assert proposed(title, "1", ("Có", "1"), ("Không", "0")).effect is Effect.NORMAL


def test_not_applying_something_is_a_level_and_no_clause() -> None:
    found = proposed("Áp dụng ISO", "1", ("Có áp dụng ISO", "1"), ("Không áp dụng ISO", "0"))
    assert found.not_applicable_clause is None
    assert isinstance(found.rule, Levels)


def test_a_degree_that_is_judged_against_last_year_is_not_what_another_body_gives() -> None:
    assert proposed("Mức độ so với năm trước được đánh giá", "1").rule is None


def test_a_number_of_places_is_no_number_of_points() -> None:
    found = proposed("Niêm yết", "1", "Niêm yết công khai tại 03 điểm", "Không niêm yết")
    assert isinstance(found.rule, Levels)
    assert [level.points for level in found.rule.levels] == [1, 0]


def test_the_nearest_heading_decides_between_bonus_and_penalty() -> None:
    both = "ĐIỂM THƯỞNG, ĐIỂM TRỪ"
    assert proposed("Được khen", "2", path=(both, "Điểm thưởng (tối đa 5 điểm)")).effect is Effect.BONUS
    assert proposed("Vi phạm", "2", path=(both, "Điểm trừ")).effect is Effect.PENALTY


def test_a_leaf_below_bonuses_and_penalties_that_says_neither_asks_which_it_is() -> None:
    found = proposed("Tập thể lao động xuất sắc", "2", "Có: 2", "Không: 0", path=("ĐIỂM THƯỞNG, ĐIỂM TRỪ",))
    assert found.effect is Effect.NORMAL
    assert found.confidence <= 0.5
    assert "Tính vào" in found.reason
