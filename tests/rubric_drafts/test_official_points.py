"""Official points: typed or from a workbook, with number and date; rules follow exactly or wait for a person."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_core.errors import BadText, NotAllowed
from cchc_core.permissions import Role
from cchc_core.rubric.document import fingerprint, rule_to_json
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.building import build
from cchc_core.rubric_drafts.model import Draft, RuleState
from cchc_core.rubric_drafts.official_points import points_template, put_points, read_points_file
from cchc_core.rubric_drafts.scaling import rule_from_json, scaled
from cchc_core.rubric_drafts.tree import is_leaf
from cchc_core.rubric_files import read_rubric
from cchc_core.rubric_in.model import NodeKind
from cchc_core.rules.kinds import Band, Bands, Count, Level, Levels, Linear
from tests.rubric_drafts.desk import DOCUMENT, IMPORTED, Desk, node, row

OTHER = "Quyết định số 99/QĐ-UBND ngày 01 tháng 02 năm 2025"
NAM_DINH = "namdinh-tnmt-2024"


def _template(draft: Draft) -> bytes:
    stream = BytesIO()
    points_template(draft, stream)
    return stream.getvalue()


def _filled(content: bytes, points: dict[str, object], document: str = "") -> bytes:
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book.active
    sheet["B3"] = document
    for cells in sheet.iter_rows(min_row=6):
        cells[3].value = points.get(str(cells[0].value))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_illustrative_set_is_official_once_every_leaf_has_its_points(desk: Desk) -> None:
    draft = desk.copied(fingerprint(read_rubric(NAM_DINH)))
    points = {each.code: Decimal(each.fields["max_points"]) * 2 for each in draft.nodes if is_leaf(each)}
    first = dict(list(points.items())[:5])
    part = put_points(desk.database, desk.admin, draft.id, first, DOCUMENT)
    assert (part.is_official, len(part.missing), part.changed) == (False, len(points) - 5, 5)
    assert part.draft.head.points_source == "illustrative"
    whole = put_points(desk.database, desk.admin, draft.id, points, DOCUMENT)
    assert whole.is_official
    assert whole.proposed_again == ()
    assert (whole.draft.head.points_source, whole.draft.head.points_document) == ("official", DOCUMENT)
    version = desk.issued(draft)
    assert (version.number, version.points_source) == (2, "official")
    assert desk.is_sound()


def test_points_inside_a_rule_follow_in_proportion(desk: Desk) -> None:
    draft = desk.copied()
    put = put_points(desk.database, desk.admin, draft.id, {"I.1.1.2": Decimal(3), "I.1.2": Decimal("0.3")}, DOCUMENT)
    checklist, bands = row(put.draft, "I.1.1.2").rule, row(put.draft, "I.1.2").rule
    assert checklist is not None
    assert [item["points"] for item in checklist["items"]] == ["0.7500", "2.2500"]
    assert checklist["items"][1]["due_period"] == "q3"
    assert bands is not None
    assert [band["points"] for band in bands["bands"]] == ["0.0000", "0.3000"]
    assert put.proposed_again == ()
    assert build(put.draft).rubric is not None


def test_a_rule_that_cannot_follow_exactly_waits_for_a_person_and_says_why(desk: Desk) -> None:
    draft = desk.copied()
    rule = {"kind": "levels", "levels": [{"text": "Tốt", "points": "1"}, {"text": "Khá", "points": "0.3333"}]}
    desk.change(draft, "I.1.3", rule=rule)
    put = put_points(desk.database, desk.admin, draft.id, {"I.1.3": Decimal("0.5")}, DOCUMENT)
    leaf = row(put.draft, "I.1.3")
    assert put.proposed_again == ("I.1.3",)
    assert (leaf.rule_state, leaf.fields["max_points"]) == (RuleState.PROPOSED, "0.5000")
    assert "từ 1,0000 thành 0,5000" in leaf.proposal["reason"]
    assert leaf.rule is not None
    assert leaf.rule["levels"][1]["points"] == "0.3333"


def test_a_leaf_that_had_no_points_gets_them_and_its_rule_is_looked_at_again(desk: Desk) -> None:
    nodes = (
        node("1", None, NodeKind.SECTION),
        node("1.1", "1", NodeKind.CRITERION, proposal=IMPORTED.nodes[3].proposal),
    )
    draft = desk.brought_in(replace(IMPORTED, nodes=nodes, declared_total=None))
    put = put_points(desk.database, desk.admin, draft.id, {"1.1": Decimal("0.5")}, OTHER)
    assert (put.is_official, put.draft.head.points_document) == (True, OTHER)
    keeping.confirm_rules(desk.database, desk.admin, draft.id, [row(draft, "1.1").id])
    assert build(desk.again(draft)).errors == ()


def test_points_by_hand_get_steps_that_reach_the_new_maximum(desk: Desk) -> None:
    draft = desk.copied()
    keeping.leave_manual(desk.database, desk.admin, draft.id, [row(draft, "I.1.3").id])
    put = put_points(desk.database, desk.admin, draft.id, {"I.1.3": Decimal("0.125")}, DOCUMENT)
    leaf = row(put.draft, "I.1.3")
    assert leaf.rule is not None
    assert (leaf.rule["step"], leaf.rule_state) == ("0.0250", RuleState.MANUAL)


def test_points_of_groups_and_sections_are_what_the_document_declares(desk: Desk) -> None:
    draft = desk.copied()
    points = {"I": Decimal(6), "I.1": Decimal(6), "I.1.1": Decimal(4), "I.1.1.2": Decimal(3)}
    put = put_points(desk.database, desk.admin, draft.id, points, DOCUMENT)
    declared = {code: row(put.draft, code).fields["declared_max"] for code in ("I", "I.1", "I.1.1")}
    assert declared == {"I": "6.0000", "I.1": "6.0000", "I.1.1": "4.0000"}
    assert put.missing == ("I.1.1.1", "I.1.2", "I.1.3")


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ({"9.9": Decimal(1)}, "9.9: bản soạn không có mã này"),
        ({"I.1.3": Decimal(0)}, "I.1.3: điểm phải lớn hơn 0"),
        ({"I.1.3": Decimal("-1")}, "điểm phải lớn hơn 0"),
        ({"I.1.3": Decimal("NaN")}, "điểm phải lớn hơn 0"),
        ({"I.1.3": Decimal("0.00005")}, "quá bốn chữ số thập phân"),
        ({"9.9": Decimal(1), "I.1.3": Decimal(0)}, "2 dòng chưa đúng"),
    ],
)
def test_points_that_cannot_be_are_all_named_and_nothing_is_stored(
    desk: Desk, points: dict[str, Decimal], said: str
) -> None:
    draft = desk.copied()
    with pytest.raises(BadText, match=said):
        put_points(desk.database, desk.admin, draft.id, {"I.1.2": Decimal(2), **points}, DOCUMENT)
    assert desk.again(draft) == draft


@pytest.mark.parametrize("document", ["", "Quyết định của UBND tỉnh", "Quyết định số 12/QĐ-UBND", "ngày 05/01/2025"])
def test_a_document_without_number_and_date_is_refused_with_an_example(desk: Desk, document: str) -> None:
    draft = desk.copied()
    with pytest.raises(BadText, match="số 12/QĐ-UBND ngày 05/01/2025"):
        put_points(desk.database, desk.admin, draft.id, {"I.1.2": Decimal(2)}, document)
    assert desk.again(draft) == draft


def test_a_point_changed_by_hand_afterwards_is_official_no_more(desk: Desk) -> None:
    draft = desk.copied()
    points = {each.code: Decimal(each.fields["max_points"]) for each in draft.nodes if is_leaf(each)}
    assert put_points(desk.database, desk.admin, draft.id, points, DOCUMENT).is_official
    assert build(desk.again(draft)).errors == ()
    desk.change(draft, "I.1.2", fields={"max_points": "2"})
    errors = [each.message for each in build(desk.again(draft)).errors]
    assert f"Tiêu chí I.1.2: điểm không lấy từ «{DOCUMENT}»; hãy nhập điểm chính thức." in errors


def test_a_later_document_puts_some_points_right_and_is_named_beside_the_first(desk: Desk) -> None:
    draft = desk.copied()
    points = {each.code: Decimal(each.fields["max_points"]) for each in draft.nodes if is_leaf(each)}
    put_points(desk.database, desk.admin, draft.id, points, DOCUMENT)
    corrected = desk.copied(desk.issued(draft).sha256)
    put = put_points(desk.database, desk.admin, corrected.id, {"I.1.3": Decimal(2)}, OTHER)
    assert (put.is_official, put.missing) == (True, ())
    assert put.draft.head.points_document == f"{DOCUMENT}; {OTHER}"
    keeping.confirm_rules(desk.database, desk.admin, corrected.id, [row(put.draft, "I.1.3").id])
    version = desk.issued(corrected)
    assert (version.number, version.points_source) == (2, "official")
    again = desk.copied(version.sha256)
    assert build(again).errors == ()
    whole = put_points(desk.database, desk.admin, again.id, {**points, "I.1.3": Decimal(3)}, OTHER)
    assert whole.draft.head.points_document == OTHER


def test_only_administrators_put_points(desk: Desk) -> None:
    draft = desk.copied()
    with pytest.raises(NotAllowed):
        put_points(desk.database, desk.people[Role.OFFICER], draft.id, {"I.1.2": Decimal(2)}, DOCUMENT)


def test_the_template_comes_back_filled_in_with_its_document(desk: Desk) -> None:
    draft = desk.copied()
    content = _filled(_template(draft), {"I.1": 6, "I.1.1.1": 1.25, "I.1.2": "0,7500", "I.1.3": "0.5000"}, DOCUMENT)
    read = read_points_file(content, "diem.xlsx", draft)
    assert read.problems == ()
    assert read.document == DOCUMENT
    assert read.points == {
        "I.1": Decimal(6),
        "I.1.1.1": Decimal("1.25"),
        "I.1.2": Decimal("0.75"),
        "I.1.3": Decimal("0.5"),
    }
    assert read.notes == ("1 tiêu chí không có điểm trong tệp: I.1.1.2.",)


def test_an_empty_template_says_that_no_points_are_there(desk: Desk) -> None:
    draft = desk.copied()
    read = read_points_file(_template(draft), "diem.xlsx", draft)
    assert [each.problem for each in read.problems] == ["chưa có điểm nào được ghi"]


def _csv(*lines: str) -> bytes:
    return "\n".join(("STT;Tiêu chí;Điểm chuẩn", *lines)).encode()


def test_codes_may_stand_without_the_part_in_front(desk: Desk) -> None:
    draft = desk.copied()
    read = read_points_file(_csv("1.1.1;Ban hành;1,5", "1.3.;Hoàn thành;0,5000"), "diem.csv", draft)
    assert read.problems == ()
    assert read.points == {"I.1.1.1": Decimal("1.5"), "I.1.3": Decimal("0.5")}


@pytest.mark.parametrize(
    ("line", "where", "said"),
    [
        ("1.9;Lạ;1", "cột 1 (A)", "bản soạn không có mã «1.9»"),
        (";Không mã;1", "cột 1 (A)", "có điểm nhưng không có mã"),
        ("1.2;Trả đúng hạn;một", "cột 3 (C)", "«một»: cần một số"),
        ("1.2;Trả đúng hạn;1.234", "cột 3 (C)", "hai cách đọc: 1,234 hoặc 1.234"),
        ("1.1.1;Hai lần;1", "cột 1 (A)", "mã I.1.1.1 đã có ở trên"),
    ],
)
def test_what_is_wrong_in_a_file_of_points_is_named_by_its_cell(desk: Desk, line: str, where: str, said: str) -> None:
    read = read_points_file(_csv("1.1.1;Ban hành;1,5", line), "diem.csv", desk.copied())
    (problem,) = read.problems
    assert where in problem.where
    assert said in problem.problem
    assert problem.row == 3


def test_a_code_that_excel_took_for_a_number_is_not_guessed(desk: Desk) -> None:
    draft = desk.copied()
    desk.change(draft, "I.1.3", code="1.10")
    desk.change(draft, "I.1.2", code="1.1")
    book = openpyxl.Workbook()
    book.active.append(["Mã", "Điểm chính thức"])
    book.active.append([1.1, 2])
    out = BytesIO()
    book.save(out)
    read = read_points_file(out.getvalue(), "diem.xlsx", desk.again(draft))
    assert [each.problem for each in read.problems] == ["mã 1.1 lưu dạng số nên lẫn với 1.10"]


def test_a_file_without_codes_and_points_says_how_to_name_the_columns(desk: Desk) -> None:
    read = read_points_file(b"a;b\n1;2\n", "diem.csv", desk.copied())
    assert "«Mã» và «Điểm chính thức»" in read.problems[0].to_do


_QUARTERS = st.integers(0, 400).map(lambda quarters: Decimal(quarters) / 4)


@given(st.lists(_QUARTERS, min_size=2, max_size=6), st.integers(1, 40))
def test_scaled_points_keep_their_proportions_exactly(points: list[Decimal], factor: int) -> None:
    rule = rule_to_json(Levels(tuple(Level("Mức", each) for each in points)))
    follows = scaled(rule, Decimal(4), Decimal(factor))
    assert follows is not None
    found = rule_from_json(follows)
    assert isinstance(found, Levels)
    assert [level.points * 4 for level in found.levels] == [each * factor for each in points]


def test_what_has_no_exact_proportion_does_not_follow() -> None:
    third = rule_to_json(Count("văn bản", (Decimal(1), Decimal("0.5"))))
    assert scaled(third, Decimal(3), Decimal(1)) is None


def test_a_line_inside_a_band_follows_with_all_its_decimals() -> None:
    line = Bands("tỷ lệ", "%", (Band(Decimal(0), Decimal(100), True, True, None, Linear(Decimal("0.01"), Decimal(0))),))
    follows = scaled(rule_to_json(line), Decimal(1), Decimal("0.125"))
    assert follows is not None
    assert Decimal(follows["bands"][0]["linear"]["factor"]) == Decimal("0.00125")
