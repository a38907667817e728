"""A draft on its page: rows changed, added, moved and taken out, rules decided on, flaws shown, the set issued."""

from dataclasses import replace
from io import BytesIO

from openpyxl import load_workbook

from cchc_core.permissions import Role
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.model import DraftState, RuleState
from cchc_core.rubric_drafts.points_file import points_template
from cchc_core.rubric_in.importing import read_set_file
from cchc_core.rubric_shelf import current_rubrics
from tests.pages.rubric_desk import LEVELS, change, codes, open_step, row, sha256_of, small_draft, stored
from tests.pages.screen import RUBRICS, Office, Screen, as_read

CONTENT, RULES, CHECK, ISSUE, POINTS = "noi-dung", "cach-tinh", "kiem-tra", "ban-hanh", "diem"


def _fill(screen: Screen, key: str, text: str) -> Screen:
    boxes = (*screen.at.text_input, *screen.at.text_area)
    next(box for box in boxes if box.key == key).set_value(text)
    return screen


def _value(screen: Screen, key: str) -> str:
    boxes = (*screen.at.text_input, *screen.at.text_area)
    return str(next(box for box in boxes if box.key == key).value)


def test_rows_stand_a_section_at_a_time_and_one_opens_where_it_stands(office: Office) -> None:
    draft = small_draft(office)
    screen = open_step(office, draft, CONTENT)
    shown = as_read(screen.texts())
    assert "**1. Chỉ đạo, điều hành**" in shown
    assert "**1.1.2** · Gửi báo cáo đúng hạn · **1 điểm** :orange-badge[chờ xác nhận]" in shown
    assert "**1.1.1** · Ban hành kế hoạch · **1 điểm**\n" in shown
    node = row(draft, "1.1.1")
    screen.press(f"open row {node.id}")
    assert screen.at.query_params["dong"] == node.id
    assert _value(screen, f"row of {node.id}|title") == "Ban hành kế hoạch"


def test_a_row_is_changed_with_its_points_evidence_and_notes(office: Office) -> None:
    draft = small_draft(office)
    node = row(draft, "1.1.1")
    screen = open_step(office, draft, CONTENT, dong=node.id)
    form = f"row of {node.id}"
    _fill(screen, f"{form}|title", "Ban hành kế hoạch CCHC năm")
    _fill(screen, f"{form}|max_points", "1,5")
    _fill(screen, f"{form}|evidence", "Kế hoạch | thời gian: năm trước liền kề\nSổ theo dõi | cơ quan khác theo dõi")
    _fill(screen, f"{form}|not_applicable_clause", "Không được giao thì hạ điểm chuẩn")
    screen.press(f"save row {node.id}")
    assert "Đã lưu." in screen.texts()
    changed = row(stored(office, draft.id), "1.1.1")
    assert changed.title == "Ban hành kế hoạch CCHC năm"
    assert changed.fields["max_points"] == "1.5"
    assert changed.fields["not_applicable_clause"] == "Không được giao thì hạ điểm chuẩn"
    assert [(line["text"], line["dates"], line["brought_by_unit"]) for line in changed.fields["evidence"]] == [
        ("Kế hoạch", "năm trước liền kề", True),
        ("Sổ theo dõi", None, False),
    ]


def test_points_that_read_two_ways_are_refused_and_what_was_typed_stays(office: Office) -> None:
    draft = small_draft(office)
    node = row(draft, "1.1.1")
    screen = open_step(office, draft, CONTENT, dong=node.id)
    _fill(screen, f"row of {node.id}|max_points", "1.234")
    screen.press(f"save row {node.id}")
    assert "CHƯA LƯU" in screen.errors()
    assert "«1,2340» hay «1234»" in screen.errors()
    assert _value(screen, f"row of {node.id}|max_points") == "1.234"
    assert row(stored(office, draft.id), "1.1.1").fields["max_points"] == "1"


def test_a_row_that_was_changed_elsewhere_is_not_overwritten_unasked(office: Office) -> None:
    draft = small_draft(office)
    node = row(draft, "1.2")
    screen = open_step(office, draft, CONTENT, dong=node.id)
    change(office, draft.id, node.id, {"title": "Của người khác"})
    _fill(screen, f"row of {node.id}|title", "Của tôi")
    screen.at.button(key=f"save row {node.id}").click()
    screen.run()
    assert "CHƯA LƯU" in screen.errors()
    assert row(stored(office, draft.id), "1.2").title == "Của người khác"
    screen.press(f"row of {node.id}|over")
    assert row(stored(office, draft.id), "1.2").title == "Của tôi"


def test_a_change_can_be_undone(office: Office) -> None:
    draft = small_draft(office)
    node = row(draft, "1.2")
    screen = open_step(office, draft, CONTENT, dong=node.id)
    _fill(screen, f"row of {node.id}|title", "Nhầm")
    _fill(screen, f"row of {node.id}|max_points", "9")
    screen.press(f"save row {node.id}")
    assert row(stored(office, draft.id), "1.2").title == "Nhầm"
    screen.press("undo row")
    back = row(stored(office, draft.id), "1.2")
    assert (back.title, back.fields["max_points"]) == ("Sáng kiến", "1")
    assert not screen.has_button("undo row")


def test_rows_are_added_below_and_behind_with_the_next_code_offered(office: Office) -> None:
    draft = small_draft(office)
    group, leaf = row(draft, "1.1"), row(draft, "1.1.1")
    screen = open_step(office, draft, CONTENT, dong=group.id)
    assert _value(screen, f"add|below {group.id}|1.1.3|code") == "1.1.3"
    _fill(screen, f"add|below {group.id}|1.1.3|title", "Sơ kết, tổng kết")
    screen.press(f"add row below {group.id}")
    assert codes(stored(office, draft.id)) == ["1", "1.1", "1.1.1", "1.1.2", "1.1.3", "1.2"]
    screen = open_step(office, draft, CONTENT, dong=leaf.id)
    key = f"add|after {leaf.id}|1.1.2"
    _fill(_fill(screen, f"{key}|code", "1.1.1a"), f"{key}|title", "Phân công").press(f"add row after {leaf.id}")
    assert codes(stored(office, draft.id)) == ["1", "1.1", "1.1.1", "1.1.1a", "1.1.2", "1.1.3", "1.2"]


def test_the_first_section_is_added_to_an_empty_draft(office: Office) -> None:
    head = small_draft(office).head
    admin = office.person(Role.ADMIN)
    draft = keeping.start_empty(office.database, admin, rubric_id="trong-2026", head=head)
    screen = open_step(office, draft, CONTENT)
    _fill(screen, "add|end|1|title", "Cải cách thể chế").press("add row end")
    assert codes(stored(office, draft.id)) == ["1"]
    assert "**1. Cải cách thể chế**" in screen.texts()


def test_a_row_without_a_title_is_refused(office: Office) -> None:
    draft = small_draft(office)
    group = row(draft, "1.1")
    screen = open_step(office, draft, CONTENT, dong=group.id).press(f"add row below {group.id}")
    assert "Chưa thêm." in screen.errors()
    assert codes(stored(office, draft.id)) == codes(draft)


def test_rows_move_up_and_below_another_group(office: Office) -> None:
    draft = small_draft(office)
    second, loose, group = row(draft, "1.1.2"), row(draft, "1.2"), row(draft, "1.1")
    open_step(office, draft, CONTENT, dong=second.id).press(f"move Lên {second.id}")
    assert codes(stored(office, draft.id)) == ["1", "1.1", "1.1.2", "1.1.1", "1.2"]
    screen = open_step(office, draft, CONTENT, dong=loose.id)
    screen.at.selectbox(key=f"parent of {loose.id}").set_value(group.id)
    screen.press(f"move under {loose.id}")
    assert row(stored(office, draft.id), "1.2").parent_id == group.id


def test_a_row_is_taken_out_with_all_below_and_comes_back(office: Office) -> None:
    draft = small_draft(office)
    group = row(draft, "1.1")
    screen = open_step(office, draft, CONTENT, dong=group.id).press(f"take out {group.id}")
    assert codes(stored(office, draft.id)) == ["1", "1.2"]
    assert "Đã bỏ ra: 1 dòng" in [box.label for box in screen.elements("expander")]
    screen.press("undo row")
    assert codes(stored(office, draft.id)) == codes(draft)
    again = open_step(office, draft, CONTENT, dong=group.id).press(f"take out {group.id}")
    office.screen(Role.ADMIN).open(RUBRICS, soan=draft.id).press(f"restore {group.id}")
    assert codes(stored(office, draft.id)) == codes(draft)
    assert again.has_button("undo row")


def test_search_finds_rows_of_every_section_without_marks(office: Office) -> None:
    draft = small_draft(office)
    shown = as_read(open_step(office, draft, CONTENT, tim="bao cao").texts())
    assert "Gửi báo cáo đúng hạn" in shown
    assert "Sáng kiến" not in shown
    nothing = open_step(office, draft, CONTENT, tim="khong he co").texts()
    assert "Không có dòng nào hợp với ô tìm" in nothing


def test_the_head_is_changed_and_a_year_that_is_none_is_refused(office: Office) -> None:
    draft = small_draft(office)
    screen = open_step(office, draft, CONTENT)
    _fill(screen, f"head of {draft.id}|year", "hai nghìn")
    _fill(screen, f"head of {draft.id}|declared_total", "3,5").press("save head")
    assert "không phải một năm" in screen.errors()
    assert stored(office, draft.id).head.declared_total is None
    _fill(screen, f"head of {draft.id}|year", "2027").press("save head")
    head = stored(office, draft.id).head
    assert (head.year, head.declared_total) == (2027, "3.5")


def test_a_cap_is_set_once_a_criterion_is_a_bonus_and_taken_off_again(office: Office) -> None:
    draft = small_draft(office)
    assert "Mức trần" not in open_step(office, draft, CONTENT).texts()
    change(office, draft.id, row(draft, "1.2").id, {"fields": {"effect": "bonus"}})
    screen = open_step(office, draft, CONTENT)
    assert "điểm thưởng" in screen.texts()
    _fill(screen, "_cap_most", "0,5").press("add cap")
    assert stored(office, draft.id).head.caps == ({"effect": "bonus", "most": "0.5"},)
    assert "nhiều nhất **0,5**" in as_read(screen.texts())
    screen.press("cap off 0")
    assert stored(office, draft.id).head.caps == ()


def test_a_proposed_rule_is_changed_by_the_form_of_its_kind(office: Office) -> None:
    draft = small_draft(office)
    node = row(draft, "1.1.2")
    screen = open_step(office, draft, RULES).press(f"change rule {node.id}")
    screen.at.selectbox(key=f"rule kind of {node.id}").set_value("ratio")
    screen.run()
    form = f"rule of {node.id} ratio"
    _fill(screen, f"{form}|numerator", "Số báo cáo đúng hạn")
    screen.press(f"save rule {node.id}")
    assert "Mẫu số" in screen.errors()
    assert _value(screen, f"{form}|numerator") == "Số báo cáo đúng hạn"
    _fill(screen, f"{form}|denominator", "Số báo cáo phải gửi").press(f"save rule {node.id}")
    changed = row(stored(office, draft.id), "1.1.2")
    assert changed.rule_state is RuleState.CONFIRMED
    assert changed.rule is not None
    assert (changed.rule["kind"], changed.rule["numerator"]) == ("ratio", "Số báo cáo đúng hạn")


def test_a_level_more_is_added_and_what_was_typed_before_stays(office: Office) -> None:
    draft = small_draft(office)
    node = row(draft, "1.1.2")
    screen = open_step(office, draft, RULES, dong=node.id)
    form = f"rule of {node.id} levels"
    _fill(_fill(screen, f"{form}|text 0", "Đủ"), f"{form}|points 0", "1").press(f"more lines {node.id}")
    _fill(_fill(screen, f"{form}|text 1", "Thiếu"), f"{form}|points 1", "0,5")
    _fill(_fill(screen, f"{form}|text 2", "Không"), f"{form}|points 2", "0").press(f"save rule {node.id}")
    rule = row(stored(office, draft.id), "1.1.2").rule
    assert rule is not None
    assert [(level["text"], level["points"]) for level in rule["levels"]] == [
        ("Đủ", "1"),
        ("Thiếu", "0.5"),
        ("Không", "0"),
    ]


def test_a_leaf_is_left_to_be_scored_by_hand(office: Office) -> None:
    draft = small_draft(office)
    node = row(draft, "1.1.2")
    screen = open_step(office, draft, RULES)
    assert not screen.has_button(f"confirm {node.id}")
    screen.press(f"manual {node.id}")
    assert row(stored(office, draft.id), "1.1.2").rule_state is RuleState.MANUAL
    assert not screen.has_button(f"manual {node.id}")


def test_only_what_waits_is_shown_first_and_the_steps_count_it(office: Office) -> None:
    draft = small_draft(office)
    shown = as_read(open_step(office, draft, RULES).texts())
    assert "Gửi báo cáo đúng hạn" in shown
    assert "Ban hành kế hoạch" not in shown
    everything = as_read(open_step(office, draft, RULES, loc="tat-ca").texts())
    assert "Ban hành kế hoạch" in everything
    assert "2 · Cách tính (2 chờ xác nhận)" in everything


def test_findings_lead_to_their_rows_and_issuing_waits_for_them(office: Office) -> None:
    draft = small_draft(office)
    change(office, draft.id, row(draft, "1.1").id, {"fields": {"declared_max": "3"}})
    screen = open_step(office, draft, CHECK)
    assert "Còn **2 tiêu chí** chờ xác nhận cách tính." in screen.texts()
    assert "văn bản in 3,0000" in as_read(screen.texts())
    first = next(button for button in screen.at.button if str(button.key).startswith("to row warning"))
    first.click()
    screen.run()
    assert screen.at.query_params["dong"] == row(draft, "1.1").id
    waiting = open_step(office, draft, ISSUE)
    assert "Chưa ban hành được: còn 2 tiêu chí chờ xác nhận cách tính." in waiting.texts()
    assert waiting.at.button(key="back to check").label == "Xác nhận ở bước 2"
    assert not waiting.has_button("issue set")


def test_a_set_without_errors_is_issued_and_can_be_opened_for_an_assessment(office: Office) -> None:
    draft = small_draft(office)
    for code in ("1.1.2", "1.2"):
        change(office, draft.id, row(draft, code).id, {"rule": LEVELS})
    assert "Bộ tiêu chí ban hành được" in open_step(office, draft, CHECK).texts()
    screen = open_step(office, draft, ISSUE)
    _fill(screen, "_rubric_issue_note", "Ban hành lần đầu").press("issue set")
    assert "Đã ban hành phiên bản 1." in as_read(screen.texts())
    assert "Ban hành lần đầu" in screen.texts()
    rubric = current_rubrics(office.database)[0][draft.rubric_id]
    assert [leaf.code for leaf in rubric.leaves] == ["1.1.1", "1.1.2", "1.2"]
    assert stored(office, draft.id).state is DraftState.ISSUED
    assert "đã được ban hành" in office.screen(Role.ADMIN).open(RUBRICS, soan=draft.id).texts()


def test_a_draft_that_changed_since_it_was_looked_at_is_not_issued(office: Office) -> None:
    draft = small_draft(office)
    for code in ("1.1.2", "1.2"):
        change(office, draft.id, row(draft, code).id, {"rule": LEVELS})
    screen = open_step(office, draft, ISSUE)
    change(office, draft.id, row(draft, "1.2").id, {"title": "Đã đổi"})
    screen.at.button(key="issue set").click()
    screen.run()
    assert "Chưa ban hành." in screen.errors()
    assert stored(office, draft.id).state is DraftState.OPEN


def test_a_copy_that_another_version_overtook_says_so_and_waits_for_a_word(office: Office) -> None:
    admin, base = office.person(Role.ADMIN), sha256_of(office, "soctrang-tttt-2022")
    first, second = (keeping.start_copy(office.database, admin, base) for _ in range(2))
    for draft, code in ((first, "I.1.1"), (second, "I.1.2")):
        change(office, draft.id, row(draft, code).id, {"title": f"Tên mới của {code}"})
    screen = open_step(office, second, ISSUE)
    open_step(office, first, ISSUE).press("issue set")
    assert "Thay cho phiên bản 1" in screen.texts()
    screen.press("issue set")
    assert "sau đó đã có phiên bản 2" in screen.errors()
    assert screen.at.button(key="issue set").disabled
    (known,) = [box for box in screen.at.checkbox if str(box.key).startswith("_rubric_in_place_of")]
    known.set_value(True)
    screen.run().press("issue set")
    assert "Đã ban hành phiên bản 3." in as_read(screen.texts())


def test_a_draft_is_dropped_only_after_a_second_word(office: Office) -> None:
    draft = small_draft(office)
    screen = open_step(office, draft, ISSUE)
    assert screen.at.button(key="drop draft").disabled
    screen.at.checkbox(key="_rubric_drop_sure").set_value(True)
    screen.run().press("drop draft")
    assert stored(office, draft.id).state is DraftState.DROPPED
    assert screen.title() == "Bộ tiêu chí"


def test_official_points_are_typed_with_their_document(office: Office) -> None:
    admin = office.person(Role.ADMIN)
    draft = keeping.start_copy(office.database, admin, sha256_of(office, "namdinh-tnmt-2024"))
    node = row(draft, "1.1.1")
    screen = open_step(office, draft, POINTS)
    _fill(screen, f"points of {node.id} {node.version}", "2")
    screen.press("save points")
    assert "Chưa lưu." in screen.errors()
    _fill(screen, "_rubric_points_document", "Quyết định số 45/QĐ-UBND ngày 20/02/2024").press("save points")
    assert "chưa có điểm từ văn bản" in screen.texts()
    changed = row(stored(office, draft.id), "1.1.1")
    assert changed.fields["max_points"] == "2.0000"
    assert changed.proposal["points_from"] == "Quyết định số 45/QĐ-UBND ngày 20/02/2024"
    given = [each.code for each in stored(office, draft.id).nodes if each.proposal.get("points_from")]
    assert given == ["1.1.1"], "illustrative points that nobody typed must not become official ones"
    assert screen.at.text_input(key=f"points of {row(draft, '1.1.2').id} 1").placeholder == "1"


def test_official_points_come_from_a_workbook_and_make_the_set_official(office: Office) -> None:
    draft, admin = small_draft(office), office.person(Role.ADMIN)
    head = replace(draft.head, points_source="illustrative")
    draft = keeping.change_head(office.database, admin, draft.id, head, draft.version)
    content = BytesIO()
    points_template(draft, content)
    book = load_workbook(content)
    (sheet,) = book.worksheets
    for cells in sheet.iter_rows(min_row=6):
        if cells[0].value in ("1.1.1", "1.1.2", "1.2"):
            cells[3].value = 2
    filled = BytesIO()
    book.save(filled)
    screen = open_step(office, draft, POINTS)
    screen.elements("file_uploader")[0].set_value(("diem.xlsx", filled.getvalue(), "application/octet-stream"))
    screen.run()
    assert "Đọc được **3** dòng có điểm, không có lỗi nào." in screen.texts()
    _fill(screen, "_rubric_points_document", "Quyết định số 45/QĐ-UBND ngày 20/02/2026").press("put points")
    assert "bộ này giờ là điểm chính thức" in screen.texts()
    changed = stored(office, draft.id)
    assert changed.head.points_document == "Quyết định số 45/QĐ-UBND ngày 20/02/2026"
    assert row(changed, "1.1.1").fields["max_points"] == "2.0000"


def test_a_criterion_is_kept_to_kinds_of_bodies_at_once(office: Office) -> None:
    draft = small_draft(office)
    node = row(draft, "1.2")
    screen = open_step(office, draft, CONTENT, dong=node.id)
    (box,) = [box for box in screen.at.multiselect if box.label.startswith("Chỉ áp dụng cho")]
    box.set_value(["room"])
    screen.run()
    assert row(stored(office, draft.id), "1.2").fields["applies_to"] == ["room"]
    assert "Phòng, ban thuộc Sở" in str(
        [box.options for box in screen.at.multiselect if box.label.startswith("Chỉ áp dụng cho")]
    )


def test_a_long_section_stands_on_pages_and_an_address_opens_the_page_of_its_row(office: Office) -> None:
    rows = "\n".join(f"1.{number};Việc thứ {number};1;" for number in range(1, 61))
    imported = read_set_file(f"STT;Nội dung;Điểm tối đa;TLKC\n1;LĨNH VỰC;60;\n{rows}".encode(), "dai.csv", year=2026)
    admin = office.person(Role.ADMIN)
    draft = keeping.start_from_import(office.database, admin, imported, rubric_id="dai-2026")
    screen = open_step(office, draft, CONTENT)
    assert "Trang 1/2" in screen.texts()
    assert "Việc thứ 49" in screen.texts()
    assert "Việc thứ 50" not in screen.texts()
    screen.press("rows Trang sau")
    assert "Việc thứ 60" in screen.texts()
    assert "Việc thứ 49" not in screen.texts()
    opened = open_step(office, draft, CONTENT, dong=row(draft, "1.55").id)
    assert "Trang 2/2" in opened.texts()
    assert _value(opened, f"row of {row(draft, '1.55').id}|title") == "Việc thứ 55"
