"""Rows of a draft are changed, added, moved, taken out and put back; nothing half, nothing over somebody else's."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cchc_core.errors import BadText, NotAllowed, NotFound, StaleText
from cchc_core.permissions import Role
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.building import build
from cchc_core.rubric_drafts.model import Draft, RuleState
from cchc_core.rubric_in.model import NodeKind
from tests.rubric_drafts.desk import Desk, codes, row

THREE = {"kind": "levels", "levels": [{"text": "Tốt", "points": Decimal("0.5")}, {"text": "Kém", "points": "0"}]}


@pytest.fixture
def draft(desk: Desk) -> Draft:
    return desk.brought_in()


def test_fields_that_are_named_change_and_the_others_stay(desk: Desk, draft: Draft) -> None:
    changed = desk.change(
        draft, "I.1.1.1", fields={"deadline": " Quý  I ", "responsible": "", "max_points": Decimal("0.75")}
    )
    assert (changed.fields["deadline"], changed.fields["max_points"]) == ("Quý  I", "0.7500")
    assert "responsible" not in changed.fields
    assert changed.fields["evidence"] == row(draft, "I.1.1.1").fields["evidence"]
    assert row(desk.again(draft), "I.1.1.1") == changed
    assert desk.is_sound()


def test_a_rule_that_a_person_sets_is_confirmed_and_given_back_it_waits_again(desk: Desk, draft: Draft) -> None:
    changed = desk.change(draft, "I.1.2", rule=THREE)
    assert changed.rule_state is RuleState.CONFIRMED
    assert changed.rule is not None
    assert changed.rule["levels"][0] == {"text": "Tốt", "points": "0.5000"}
    back = desk.change(draft, "I.1.2", rule=None)
    assert (back.rule, back.rule_state) == (None, RuleState.PROPOSED)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "  "}, "chưa ghi mã"),
        ({"title": "\n"}, "chưa ghi tên"),
        ({"title": "x" * 4_001}, "dài 4001 ký tự"),
        ({"fields": {"max_points": "nửa điểm"}}, "điểm chuẩn: cần một số"),
        ({"fields": {"max_points": 0.5}}, "điểm chuẩn: cần một số"),
        ({"fields": {"evidence": [{"text": ""}]}}, "tài liệu kiểm chứng 1, nội dung: không được để trống"),
        ({"fields": {"applies_to": ["xã đảo"]}}, "loại cơ quan, đơn vị áp dụng 1"),
        ({"fields": {"màu": "đỏ"}}, "màu: khoá này không có"),
        ({"fields": {"rule": {}}}, "không sửa rule ở đây"),
        ({"rule": {"kind": "levels", "levels": []}}, "cách tính, mức"),
        ({"rule": {"kind": "bốc thăm"}}, "cách tính"),
        ({"rule": {"kind": "manual", "step": "0", "reason": "x"}}, "cách tính, bước điểm"),
        ({"rule": "levels"}, "cách tính không đọc được"),
        ({"parent_id": "x"}, "không có mục parent_id"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_changes_nothing(
    desk: Desk, draft: Draft, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(BadText, match=said):
        desk.change(draft, "I.1.1.1", **changes)
    assert desk.again(draft) == draft


def test_a_change_over_somebody_elses_is_refused_with_what_stands_there(desk: Desk, draft: Draft) -> None:
    mine = row(draft, "I.1.2")
    desk.change(draft, "I.1.2", title="Tên của người khác")
    with pytest.raises(StaleText, match="Tên của người khác") as refused:
        keeping.change_node(desk.database, desk.admin, mine.id, {"title": "Tên của tôi"}, mine.version)
    assert refused.value.version == mine.version + 1
    assert row(desk.again(draft), "I.1.2").title == "Tên của người khác"


def test_a_change_that_changes_nothing_is_no_version(desk: Desk, draft: Draft) -> None:
    before = row(draft, "I.1.1.1")
    after = desk.change(draft, "I.1.1.1", title=before.title, fields=before.fields)
    assert after.version == before.version
    assert desk.again(draft).revision == draft.revision


def test_a_printed_value_that_is_put_right_stays_known_in_the_note(desk: Desk, draft: Draft) -> None:
    changed = desk.change(draft, "I.1.1.1", code="I.1.1.9", fields={"max_points": Decimal(1)})
    assert changed.fields["print_note"] == "Bản in ghi mã «I.1.1.1». Bản in ghi 0,5000 điểm."
    changed = desk.change(draft, "I.1.1.9", fields={"print_note": f"Hỏi lại. {changed.fields['print_note']}"})
    changed = desk.change(draft, "I.1.1.9", code="I.1.1.1")
    assert changed.fields["print_note"] == "Hỏi lại. Bản in ghi 0,5000 điểm."
    changed = desk.change(draft, "I.1.1.1", fields={"max_points": Decimal("0.5")})
    assert changed.fields["print_note"] == "Hỏi lại."
    group = desk.change(draft, "I.1.1", fields={"declared_max": Decimal(2)})
    assert group.fields["print_note"] == "Bản in ghi 1,5000 điểm."
    section = desk.change(draft, "I.1", title="Chỉ đạo, điều hành")
    assert section.fields["note"] == "Bản in ghi tên «Mục I.1»."


def test_a_note_about_the_print_that_a_person_takes_out_stays_out(desk: Desk, draft: Draft) -> None:
    desk.change(draft, "I.1.1.1", fields={"max_points": Decimal(1)})
    desk.change(draft, "I.1.1.1", fields={"print_note": ""})
    changed = desk.change(draft, "I.1.1.1", fields={"deadline": "Quý I"})
    assert "print_note" not in changed.fields


def test_a_row_is_added_after_a_sibling_or_as_the_last(desk: Desk, draft: Draft) -> None:
    group, first = row(draft, "I.1.1"), row(draft, "I.1.1.1")
    add = (desk.database, desk.admin, draft.id)
    between = keeping.add_node(*add, group.id, first.id, NodeKind.CRITERION, "I.1.1.1a", "Ở giữa")
    keeping.add_node(*add, group.id, None, NodeKind.CRITERION, "I.1.1.3", "Ở cuối")
    keeping.add_node(*add, None, None, NodeKind.PART, "II", "Phần hai")
    assert codes(desk.again(draft)) == [
        "I", "I.1", "I.1.1", "I.1.1.1", "I.1.1.1a", "I.1.1.2", "I.1.1.3", "I.1.2", "II",
    ]  # fmt: skip
    assert (between.rule, between.rule_state) == (None, RuleState.PROPOSED)


def test_rows_find_room_however_often_one_is_put_in_between(desk: Desk, draft: Draft) -> None:
    group, first = row(draft, "I.1.1"), row(draft, "I.1.1.1")
    add = (desk.database, desk.admin, draft.id)
    for number in range(14):
        keeping.add_node(*add, group.id, first.id, NodeKind.CRITERION, f"n{number}", "Ở giữa")
    expected = ["I.1.1.1", *(f"n{number}" for number in reversed(range(14))), "I.1.1.2"]
    assert codes(desk.again(draft))[3:-1] == expected
    assert desk.is_sound()


@pytest.mark.parametrize(
    ("parent", "kind"),
    [
        ("I.1", NodeKind.PART),
        ("I.1", NodeKind.SECTION),
        ("I", NodeKind.CRITERION),
        (None, NodeKind.CRITERION),
        ("I.1.2", NodeKind.SECTION),
    ],
)
def test_a_row_is_not_added_where_it_cannot_stand(desk: Desk, draft: Draft, parent: str | None, kind: NodeKind) -> None:
    parent_id = None if parent is None else row(draft, parent).id
    with pytest.raises(BadText, match="không đứng được"):
        keeping.add_node(desk.database, desk.admin, draft.id, parent_id, None, kind, "x", "x")
    assert desk.again(draft) == draft


def test_a_leaf_with_something_below_it_is_a_group_and_gets_its_rule_back_afterwards(desk: Desk, draft: Draft) -> None:
    leaf = row(draft, "I.1.1.1")
    below = keeping.add_node(desk.database, desk.admin, draft.id, leaf.id, None, NodeKind.CRITERION, "x", "Ý con")
    group = row(desk.again(draft), "I.1.1.1")
    assert (group.rule, group.rule_state) == (None, RuleState.NONE)
    assert group.fields["declared_max"] == "0.5000"
    assert "max_points" not in group.fields
    with pytest.raises(BadText, match="đây là nhóm"):
        desk.change(draft, "I.1.1.1", rule=THREE)
    keeping.end_node(desk.database, desk.admin, below.id)
    assert row(desk.again(draft), "I.1.1.1") == leaf


def test_a_group_that_lost_its_criteria_is_a_leaf_that_waits_for_its_rule(desk: Desk, draft: Draft) -> None:
    for code in ("I.1.1.1", "I.1.1.2"):
        keeping.end_node(desk.database, desk.admin, row(draft, code).id)
    leaf = row(desk.again(draft), "I.1.1")
    assert (leaf.fields, leaf.rule, leaf.rule_state) == ({"max_points": "1.5000"}, None, RuleState.PROPOSED)
    changed = desk.change(draft, "I.1.1", rule=THREE, fields={"max_points": Decimal("0.5")})
    assert changed.fields == {"max_points": "0.5000", "print_note": "Bản in ghi 1,5000 điểm."}


def test_a_row_moves_among_its_siblings_and_stops_at_the_ends(desk: Desk, draft: Draft) -> None:
    last = row(draft, "I.1.1.2")
    keeping.move_node(desk.database, desk.admin, last.id, up=True)
    assert codes(desk.again(draft))[3:5] == ["I.1.1.2", "I.1.1.1"]
    keeping.move_node(desk.database, desk.admin, last.id, up=True)
    assert codes(desk.again(draft))[3:5] == ["I.1.1.2", "I.1.1.1"]
    keeping.move_node(desk.database, desk.admin, last.id, down=True)
    assert codes(desk.again(draft)) == codes(draft)


def test_a_row_moves_below_another_with_all_below_it_but_never_into_itself(desk: Desk, draft: Draft) -> None:
    group, leaf = row(draft, "I.1.1"), row(draft, "I.1.2")
    keeping.move_node(desk.database, desk.admin, group.id, parent_id=leaf.id)
    assert codes(desk.again(draft)) == ["I", "I.1", "I.1.2", "I.1.1", "I.1.1.1", "I.1.1.2"]
    with pytest.raises(BadText, match="vào trong chính nó"):
        keeping.move_node(desk.database, desk.admin, leaf.id, parent_id=row(draft, "I.1.1.1").id)
    keeping.move_node(desk.database, desk.admin, row(draft, "I.1").id, to_top=True)
    assert row(desk.again(draft), "I.1").parent_id is None
    with pytest.raises(BadText, match="không đứng được"):
        keeping.move_node(desk.database, desk.admin, leaf.id, to_top=True)
    assert desk.is_sound()


def test_what_is_taken_out_goes_with_all_below_it_and_comes_back_whole(desk: Desk, draft: Draft) -> None:
    keeping.end_node(desk.database, desk.admin, row(draft, "I.1.1.2").id)
    group = row(draft, "I.1.1")
    assert keeping.end_node(desk.database, desk.admin, group.id) == 2
    assert codes(desk.again(draft)) == ["I", "I.1", "I.1.2"]
    gone = keeping.ended_nodes(desk.database, desk.admin, draft.id)
    assert [each.code for each in gone] == ["I.1.1", "I.1.1.2"]
    with pytest.raises(BadText, match="khôi phục mục cha trước"):
        keeping.restore_node(desk.database, desk.admin, row(draft, "I.1.1.2").id)
    assert keeping.restore_node(desk.database, desk.admin, group.id) == 2
    assert codes(desk.again(draft)) == ["I", "I.1", "I.1.1", "I.1.1.1", "I.1.2"]
    assert keeping.restore_node(desk.database, desk.admin, row(draft, "I.1.1.2").id) == 1
    assert codes(desk.again(draft)) == codes(draft)
    assert keeping.restore_node(desk.database, desk.admin, group.id) == 0
    assert desk.is_sound()


def test_a_row_that_was_taken_out_is_not_changed(desk: Desk, draft: Draft) -> None:
    leaf = row(draft, "I.1.2")
    keeping.end_node(desk.database, desk.admin, leaf.id)
    with pytest.raises(NotFound):
        keeping.change_node(desk.database, desk.admin, leaf.id, {"title": "x"}, leaf.version + 1)


def test_caps_and_exclusions_follow_a_new_code(desk: Desk) -> None:
    small = desk.copied()
    head = replace(small.head, caps=({"effect": "bonus", "most": "1.0000", "node": "I.1.1"},))
    keeping.change_head(desk.database, desk.admin, small.id, head, small.version)
    desk.change(small, "I.1.1", code="I.1.9")
    desk.change(small, "I.1.3", code="I.1.4")
    after = desk.again(small).head
    assert after.caps[0]["node"] == "I.1.9"
    assert after.exclusions[0]["criteria"] == ["I.1.1.1", "I.1.4"]


def test_a_code_that_is_taken_by_mistake_loses_no_cap_and_no_exclusion(desk: Desk) -> None:
    draft = desk.copied()
    before = draft.head.exclusions
    slipped = desk.change(draft, "I.1.1.1", code="I.1.3")
    keeping.change_node(desk.database, desk.admin, slipped.id, {"code": "I.1.1.1"}, slipped.version)
    assert desk.again(draft).head.exclusions == before
    assert build(desk.again(draft)).errors == ()


def test_a_pair_whose_criterion_is_taken_out_keeps_nothing_from_being_issued_and_comes_back(desk: Desk) -> None:
    draft = desk.copied()
    gone = row(draft, "I.1.3")
    keeping.end_node(desk.database, desk.admin, gone.id)
    built = build(desk.again(draft))
    told = "Cặp loại trừ I.1.1.1 và I.1.3 (Một việc) không đưa vào phiên bản: bản soạn không còn tiêu chí I.1.3."
    assert built.errors == ()
    assert [each.level for each in built.findings if each.message == told] == ["warning"]
    assert built.rubric is not None
    assert built.rubric.exclusions == ()
    keeping.restore_node(desk.database, desk.admin, gone.id)
    back = build(desk.again(draft)).rubric
    assert back is not None
    assert [each.criteria for each in back.exclusions] == [("I.1.1.1", "I.1.3")]


def test_a_pair_whose_levels_are_gone_is_left_out_with_a_word(desk: Desk) -> None:
    draft = desk.copied()
    desk.change(draft, "I.1.3", rule={"kind": "manual", "step": "0.5", "reason": "Chấm tay"})
    built = build(desk.again(draft))
    assert built.errors == ()
    assert any("không còn các mức mâu thuẫn" in each.message for each in built.findings)


def test_every_change_of_a_row_makes_the_revision_grow_but_not_the_heads_version(desk: Desk, draft: Draft) -> None:
    desk.change(draft, "I.1.2", title="Khác")
    once = desk.again(draft)
    keeping.end_node(desk.database, desk.admin, row(draft, "I.1.2").id)
    twice = desk.again(draft)
    assert draft.revision < once.revision < twice.revision
    assert draft.version == once.version == twice.version


@pytest.mark.parametrize("node_id", ["", "không có", "' OR 1=1 --", "0" * 16])
def test_a_row_that_is_not_there_is_not_found(desk: Desk, node_id: str) -> None:
    with pytest.raises(NotFound):
        keeping.end_node(desk.database, desk.admin, node_id)


def test_only_administrators_change_rows(desk: Desk, draft: Draft) -> None:
    officer, leaf = desk.people[Role.OFFICER], row(draft, "I.1.2")
    with pytest.raises(NotAllowed):
        keeping.change_node(desk.database, officer, leaf.id, {"title": "x"}, leaf.version)
    with pytest.raises(NotAllowed):
        keeping.end_node(desk.database, officer, leaf.id)
    with pytest.raises(NotAllowed):
        keeping.move_node(desk.database, officer, leaf.id, up=True)
    with pytest.raises(NotAllowed):
        keeping.add_node(desk.database, officer, draft.id, None, None, NodeKind.PART, "II", "x")
    assert desk.again(draft) == draft
