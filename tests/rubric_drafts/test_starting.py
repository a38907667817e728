"""Drafts begin from a file, a version on the shelf, or nothing; what was read or copied stands in them exactly."""

from dataclasses import replace
from typing import Any

import pytest

from cchc_core.errors import BadText, NotAllowed, NotFound
from cchc_core.permissions import Role
from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric.model import Evidence
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.building import build
from cchc_core.rubric_drafts.model import RuleState
from cchc_core.rubric_files import read_rubric
from cchc_core.rubric_in.model import NodeKind
from cchc_core.store.users import User
from cchc_core.workbook_in.model import Problem
from tests.rubric_drafts.desk import DOCUMENT, HEAD, IMPORTED, Desk, codes, node, row, small

SHIPPED = ("soctrang-tttt-2022", "namdinh-tnmt-2024")


def test_what_a_file_brings_stands_in_the_draft_with_its_place_and_print(desk: Desk) -> None:
    draft = desk.brought_in()
    assert codes(draft) == ["I", "I.1", "I.1.1", "I.1.1.1", "I.1.1.2", "I.1.2"]
    assert (draft.head.title, draft.head.document, draft.head.declared_total) == (IMPORTED.title, DOCUMENT, "2.5000")
    leaf = row(draft, "I.1.1.1")
    assert leaf.fields == {
        "max_points": "0.5000",
        "responsible": "Văn phòng",
        "evidence": [{"text": "Báo cáo", "dates": None, "brought_by_unit": True}],
        "not_applicable_clause": "Không phát sinh thì hạ điểm",
    }
    assert leaf.place == "Trang tính «Bảng», dòng I.1.1.1"
    assert leaf.proposal["printed"] == {"code": "I.1.1.1", "title": "Mục I.1.1.1", "points": "0.5000"}
    assert leaf.proposal["lines"][0] == {"text": "Có", "points": "0.5000", "place": "dòng 6"}
    assert (leaf.proposal["confidence"], leaf.proposal["reason"]) == (0.95, "hai dòng có điểm")
    assert desk.is_sound()


def test_every_rule_of_a_file_is_a_proposal_and_groups_have_none(desk: Desk) -> None:
    draft = desk.brought_in()
    states = {each.code: each.rule_state for each in draft.nodes}
    assert {code for code, state in states.items() if state is RuleState.PROPOSED} == {"I.1.1.1", "I.1.1.2", "I.1.2"}
    assert {states["I"], states["I.1"], states["I.1.1"]} == {RuleState.NONE}
    assert row(draft, "I.1.1").fields == {"declared_max": "1.5000"}
    assert row(draft, "I.1.2").rule is None
    assert row(draft, "I.1.2").fields["effect"] == "bonus"


def test_what_stands_beside_a_section_goes_into_its_note_and_its_kinds_of_bodies_to_its_criteria(desk: Desk) -> None:
    kinds = (BodyKind.ROOM,)
    beside: dict[str, Any] = {
        "texts": {"note": "Ghi chú", "funding": "5 triệu"},
        "evidence": (Evidence("Sổ"),),
        "applies_to": kinds,
    }
    nodes = (
        node("1", None, NodeKind.SECTION, **beside),
        node("1.1", "1", NodeKind.CRITERION, "1"),
        node("1.2", "1", NodeKind.CRITERION, "1", applies_to=(BodyKind.DISTRICT,)),
    )
    draft = desk.brought_in(replace(IMPORTED, nodes=nodes))
    assert row(draft, "1").fields == {"note": "Ghi chú; kinh phí: 5 triệu; tài liệu kiểm chứng: Sổ"}
    assert row(draft, "1.1").fields["applies_to"] == ["room"]
    assert row(draft, "1.2").fields["applies_to"] == ["district"]
    keeping.leave_manual(desk.database, desk.admin, draft.id, [each.id for each in draft.nodes])
    assert build(desk.again(draft)).errors == ()


def test_points_of_a_file_are_official_only_where_every_leaf_has_them_from_a_document(desk: Desk) -> None:
    assert desk.brought_in().head.points_source == "official"
    without = replace(IMPORTED, nodes=(*IMPORTED.nodes[:-1], node("I.1.2", "I.1", NodeKind.CRITERION)))
    assert desk.brought_in(without, "bo-khac").head.points_source == "illustrative"


def test_printed_points_without_number_and_date_of_a_document_are_asked_about(desk: Desk) -> None:
    draft = desk.brought_in(replace(IMPORTED, document="Kế hoạch số …/KH-SNV năm 2025"))
    assert draft.head.points_source == "illustrative"
    told = [each for each in build(draft).findings if each.node_id is None]
    assert [(each.level, "chọn điểm chính thức" in each.message) for each in told if each.level == "note"] == [
        ("note", True)
    ]
    official = replace(draft.head, points_source="official")
    after = keeping.change_head(desk.database, desk.admin, draft.id, official, draft.version)
    assert "văn bản chưa có số và ngày" in build(after).findings[0].message


def test_a_file_with_a_problem_brings_nothing(desk: Desk) -> None:
    wrong = replace(IMPORTED, problems=(Problem("Trang tính «Bảng», dòng 7, cột C", "điểm không phải số", "Hãy sửa."),))
    with pytest.raises(BadText, match="dòng 7, cột C: điểm không phải số"):
        desk.brought_in(wrong)
    with pytest.raises(BadText, match="không có dòng nào"):
        desk.brought_in(replace(IMPORTED, nodes=()))
    assert keeping.list_drafts(desk.database, desk.admin) == ()


@pytest.mark.parametrize("rubric_id", ["", "a", "Bộ 2025", "-bo-2025", "bo_2025", "x" * 62])
def test_an_id_that_can_be_none_is_refused_with_an_example(desk: Desk, rubric_id: str) -> None:
    with pytest.raises(BadText, match="sotnmt-namdinh-2024"):
        desk.brought_in(rubric_id=rubric_id)


@pytest.mark.parametrize("rubric_id", SHIPPED)
def test_a_copy_of_a_set_of_the_product_builds_that_very_set(desk: Desk, rubric_id: str) -> None:
    rubric = read_rubric(rubric_id)
    built = build(desk.copied(fingerprint(rubric)))
    assert built.errors == ()
    assert built.rubric == rubric
    assert fingerprint(rubric) == fingerprint(built.rubric)


def test_a_copy_for_another_year_moves_the_year_of_the_title_and_asks_for_a_new_document(desk: Desk) -> None:
    rubric = read_rubric("soctrang-tttt-2022")
    draft = keeping.start_copy(desk.database, desk.admin, fingerprint(rubric), rubric_id="soctrang-2023", year=2023)
    assert (draft.rubric_id, draft.head.year, draft.based_on) == ("soctrang-2023", 2023, fingerprint(rubric))
    assert draft.head.title.endswith("năm 2023")
    assert [each.message for each in build(draft).errors] == [
        "Phần chung: chưa ghi văn bản ban hành; hãy ghi trước khi ban hành."
    ]


def test_a_copy_of_something_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound):
        keeping.start_copy(desk.database, desk.admin, "0" * 64)


def test_a_criteria_set_file_comes_with_every_rule_confirmed(desk: Desk) -> None:
    draft = desk.copied()
    assert {each.rule_state for each in draft.nodes} == {RuleState.NONE, RuleState.CONFIRMED}
    assert build(draft).rubric == small()


def test_an_empty_draft_says_that_nothing_stands_in_it(desk: Desk) -> None:
    draft = keeping.start_empty(desk.database, desk.admin, rubric_id="bo-moi-2025", head=HEAD)
    built = build(draft)
    assert built.rubric is None
    assert [each.message for each in built.findings] == ["Bản soạn chưa có dòng nào; hãy thêm lĩnh vực và tiêu chí."]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_begin_see_and_list_drafts(desk: Desk, role: Role) -> None:
    draft, other = desk.brought_in(), User("người khác", "Người khác", role, None)
    with pytest.raises(NotAllowed):
        keeping.start_from_import(desk.database, other, IMPORTED, rubric_id="bo-2025")
    with pytest.raises(NotAllowed):
        keeping.start_empty(desk.database, other, rubric_id="bo-2025", head=HEAD)
    with pytest.raises(NotAllowed):
        keeping.open_draft(desk.database, other, draft.id)
    with pytest.raises(NotAllowed):
        keeping.list_drafts(desk.database, other)
    assert len(keeping.list_drafts(desk.database, desk.admin)) == 1
