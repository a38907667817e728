"""A draft is held to the rules of a criteria-set file, and every finding names its row, in words of the page."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.building import DraftFinding, build
from cchc_core.rubric_drafts.model import Draft
from cchc_core.rubric_drafts.words import NAMES, in_words
from cchc_core.rubric_in.model import NodeKind
from cchc_core.rules.kinds import Effect
from tests.rubric_drafts.desk import IMPORTED, Desk, node, row

LEVELS = {"kind": "levels", "levels": [{"text": "Có", "points": "1"}, {"text": "Không", "points": "0"}]}


def _errors(draft: Draft) -> list[str]:
    return [finding.message for finding in build(draft).errors]


def _levels(*points: str) -> dict[str, object]:
    return {"kind": "levels", "levels": [{"text": f"Mức {each}", "points": each} for each in points]}


def test_what_was_brought_in_can_be_looked_at_before_anything_is_confirmed(desk: Desk) -> None:
    built = build(desk.brought_in())
    assert built.rubric is not None
    assert [leaf.code for leaf in built.rubric.leaves] == ["I.1.1.1", "I.1.1.2", "I.1.2"]
    assert built.rubric.criterion("I.1.2").scored.effect is Effect.BONUS
    assert built.rubric.criterion("I.1.1.1").place == "Trang tính «Bảng», dòng I.1.1.1"
    assert [(each.code, "chưa xác nhận cách tính" in each.message) for each in built.errors] == [
        ("I.1.1.1", True),
        ("I.1.1.2", True),
        ("I.1.2", True),
    ]


def test_a_finding_names_its_row_and_its_place_in_the_source(desk: Desk) -> None:
    draft = desk.brought_in()
    finding = build(draft).errors[0]
    leaf = row(draft, "I.1.1.1")
    assert (finding.node_id, finding.code, finding.place) == (leaf.id, leaf.code, leaf.place)


def test_a_leaf_without_points_is_an_error_of_its_own(desk: Desk) -> None:
    nodes = (node("1", None, NodeKind.SECTION), node("1.1", "1", NodeKind.CRITERION))
    draft = desk.brought_in(replace(IMPORTED, nodes=nodes))
    built = build(draft)
    assert built.rubric is None
    assert any("chưa có điểm chuẩn" in each.message for each in built.errors)


def test_declared_against_added_is_told_at_its_row_and_keeps_nothing_back(desk: Desk) -> None:
    draft = desk.copied()
    desk.change(draft, "I.1.1", fields={"declared_max": Decimal(4)})
    built = build(desk.again(draft))
    assert built.errors == ()
    assert ("I.1.1", "warning") in {(each.code, each.level) for each in built.findings}


@pytest.mark.parametrize(
    ("code", "changes", "said"),
    [
        ("I.1.1.1", {"rule": _levels("0.5", "0")}, "chỉ đạt nhiều nhất 0,5 trên điểm chuẩn 1,0000"),
        ("I.1.1.1", {"rule": _levels("2", "0")}, "vượt điểm chuẩn 1,0000; hãy sửa điểm các mức hoặc điểm chuẩn."),
        ("I.1.1.1", {"rule": _levels("1", "0.00005")}, "bốn chữ số thập phân"),
        ("I.1.1.1", {"fields": {"max_points": "1.00005"}}, "bốn chữ số thập phân"),
        ("I.1.1.1", {"fields": {"due_period": "q9"}}, "không có kỳ «q9»; hãy sửa kỳ đến hạn"),
        ("I.1.1.1", {"code": "I.1.1.2"}, "mã I.1.1.2 đã dùng ở trên"),
        ("I.1.1", {"code": "I.1"}, "mã I.1 đã dùng ở trên"),
    ],
)
def test_what_would_be_wrong_in_a_file_is_wrong_in_a_draft(
    desk: Desk, code: str, changes: dict[str, object], said: str
) -> None:
    draft = desk.copied()
    desk.change(draft, code, **changes)
    errors = _errors(desk.again(draft))
    assert any(said in message for message in errors), errors
    assert not any(name in message for message in errors for name in NAMES if "_" in name)


def test_an_empty_section_or_part_is_an_error(desk: Desk) -> None:
    draft = desk.copied()
    add = (desk.database, desk.admin, draft.id)
    keeping.add_node(*add, row(draft, "I").id, None, NodeKind.SECTION, "I.2", "Trống")
    keeping.add_node(*add, None, None, NodeKind.PART, "II", "Phần trống")
    after = desk.again(draft)
    by_row = {each.node_id: each.message for each in build(after).errors}
    assert "lĩnh vực I.2 không có tiêu chí nào" in by_row[row(after, "I.2").id]
    assert "phần II không có lĩnh vực nào" in by_row[row(after, "II").id]


def test_a_head_without_issuer_and_document_is_an_error_of_the_whole_set(desk: Desk) -> None:
    draft = desk.brought_in(replace(IMPORTED, issuer="", document=""))
    of_set = [each for each in build(draft).findings if each.node_id is None]
    assert [each.level for each in of_set][:2] == ["error", "error"]
    assert "chưa ghi nơi ban hành" in of_set[0].message
    assert "chưa ghi văn bản ban hành" in of_set[1].message


def test_a_draft_that_did_not_change_is_not_built_again(desk: Desk) -> None:
    draft = desk.copied()
    first = build(draft)
    assert build(desk.again(draft)) is first
    desk.change(draft, "I.1.3", title="Khác")
    assert build(desk.again(draft)) is not first
    assert build(replace(draft, nodes=draft.nodes[:-1])) != first


def test_findings_stand_in_printed_order(desk: Desk) -> None:
    draft = desk.brought_in()
    desk.change(draft, "I.1.2", rule=LEVELS)
    order = {node.id: place for place, node in enumerate(draft.nodes)}

    def place(finding: DraftFinding) -> int:
        return -1 if finding.node_id is None else order[finding.node_id]

    places = [place(finding) for finding in build(desk.again(draft)).findings]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("có cách tính nhưng thiếu max_points (điểm chuẩn); hãy thêm vào.",
         "có cách tính nhưng thiếu điểm chuẩn; hãy thêm vào."),
        ("hãy sửa floor_percent.", "hãy sửa mức sàn."),
        ("hãy sửa cận, hoặc ghi vào known_gaps nếu văn bản in như vậy.",
         "hãy sửa cận, hoặc ghi vào giá trị bản in bỏ trống nếu văn bản in như vậy."),
    ],
)  # fmt: skip
def test_no_key_of_a_file_is_said_to_people(sentence: str, said: str) -> None:
    assert in_words(sentence) == said
