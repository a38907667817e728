"""Bringing a criteria set in: every problem named with its place, nothing kept before a person takes it over."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from cchc_core.permissions import Role
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.model import RuleState
from cchc_core.rubric_files import read_rubric
from cchc_core.rubric_out.printed import write_printed_xlsx
from tests.offices import SOC_TRANG
from tests.pages.rubric_desk import codes, open_step, row, stored
from tests.pages.screen import RUBRICS, Office, Screen, as_read

_HEAD = "STT;Nội dung;Điểm tối đa;Tài liệu kiểm chứng"
_ROWS = (
    "1;CÔNG TÁC CHỈ ĐẠO;2;",
    "1.1;Ban hành kế hoạch CCHC;1;Kế hoạch",
    ";Đúng thời hạn;1;",
    ";Không đúng thời hạn;0;",
    "1.2;Gửi báo cáo CCHC;1;Báo cáo",
    ";Gửi đủ;1;",
    ";Không gửi;0;",
)
_WHOLE = "\n".join(("BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH NĂM 2026;;;", _HEAD, *_ROWS))


def _bring(office: Office, content: bytes | str, name: str = "bo-tieu-chi.csv") -> Screen:
    screen = office.screen(Role.ADMIN).open(RUBRICS, them="tep")
    return _drop(screen, content, name)


def _drop(screen: Screen, content: bytes | str, name: str = "bo-tieu-chi.csv") -> Screen:
    (box,) = screen.elements("file_uploader")
    box.set_value((name, content.encode() if isinstance(content, str) else content, "text/csv"))
    return screen.run()


def _drafts(office: Office) -> int:
    return len(keeping.list_drafts(office.database, office.person(Role.ADMIN)))


def test_a_file_without_problems_becomes_a_draft_once_a_person_says_so(office: Office) -> None:
    screen = _bring(office, _WHOLE)
    assert "Đọc được **1 lĩnh vực, 2 tiêu chí**, không có lỗi nào." in as_read(screen.texts())
    assert "C «Điểm tối đa» → điểm tối đa" in as_read(screen.texts())
    assert _drafts(office) == 0
    screen.press("take over")
    draft = stored(office, screen.at.query_params["soan"])
    assert codes(draft) == ["1", "1.1", "1.2"]
    assert draft.head.year == 2026
    assert row(draft, "1.1").rule_state is RuleState.PROPOSED
    assert row(draft, "1.1").fields["evidence"][0]["text"] == "Kế hoạch"
    assert "Đã tạo bản soạn" in screen.texts()


def test_proposals_stand_beside_the_print_and_many_are_confirmed_at_once(office: Office) -> None:
    draft_id = _bring(office, _WHOLE).press("take over").at.query_params["soan"]
    draft = stored(office, draft_id)
    screen = open_step(office, draft, "cach-tinh")
    shown = as_read(screen.texts())
    assert "Không đúng thời hạn **0**" in shown
    assert ":blue-badge[chọn một mức]" in shown
    assert "Vì sao:" in shown
    first = row(draft, "1.1")
    screen.press(f"confirm {first.id}")
    assert row(stored(office, draft_id), "1.1").rule_state is RuleState.CONFIRMED
    screen.at.checkbox(key=f"tick rule {row(draft, '1.2').id}").set_value(True)
    screen.run().press("confirm ticked")
    assert {node.rule_state for node in stored(office, draft_id).nodes if node.rule} == {RuleState.CONFIRMED}
    assert "Sang bước 3: Kiểm tra" in screen.texts()


def test_all_sure_proposals_of_the_whole_set_are_confirmed_by_one_button(office: Office) -> None:
    content = BytesIO()
    write_printed_xlsx(read_rubric(SOC_TRANG), content)
    draft_id = _bring(office, content.getvalue(), "soctrang.xlsx").press("take over").at.query_params["soan"]
    draft = stored(office, draft_id)
    sure = [node for node in draft.nodes if node.rule is not None and node.proposal.get("confidence", 0) >= 0.9]
    assert len(sure) > 80
    open_step(office, draft, "cach-tinh").press("confirm sure")
    confirmed = [node for node in stored(office, draft_id).nodes if node.rule_state is RuleState.CONFIRMED]
    assert [node.code for node in confirmed] == [node.code for node in sure]


def test_every_problem_is_named_by_its_place_and_nothing_can_be_taken_over(office: Office) -> None:
    broken = _WHOLE.replace("1.1;Ban hành kế hoạch CCHC;1", "1.1;Ban hành kế hoạch CCHC;một").replace("1.2;", "1.1;")
    screen = _bring(office, broken)
    assert "CHƯA ĐƯA VÀO" in screen.errors()
    places = [as_read(cells[0]) for cells in screen.at.table[0].value.values.tolist()]
    assert "Tệp CSV, dòng 4, cột 3 (C)" in places
    assert any(place.startswith("Tệp CSV, dòng 7") for place in places)
    assert not screen.has_button("take over")
    _drop(screen, _WHOLE)
    assert screen.errors() == ""
    assert screen.has_button("take over")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "tệp rỗng"),
        ("a.xlsx", b"PK\x03\x04 hong", "tệp hỏng"),
        ("a.docx", b"PK\x03\x04 hong", "hỏng"),
        ("a.pdf", b"%PDF-1.7 chu", "không phải"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(office: Office, name: str, content: bytes, said: str) -> None:
    screen = _bring(office, content, name)
    assert "CHƯA ĐỌC ĐƯỢC" in screen.errors()
    assert said in screen.errors()
    assert not screen.has_button("take over")


def test_the_same_file_is_recognised(office: Office) -> None:
    _bring(office, _WHOLE).press("take over")
    again = _bring(office, _WHOLE)
    assert "Đúng tệp này đã được đưa vào rồi" in again.texts()
    assert again.has_button("take over")


def test_title_issuer_and_year_are_corrected_before_it_is_taken_over(office: Office) -> None:
    screen = _bring(office, _WHOLE)
    issuer = next(box for box in screen.at.text_input if box.label == "Cơ quan áp dụng hoặc ban hành")
    issuer.set_value("Sở Nội vụ tỉnh Khánh Hòa")
    next(box for box in screen.at.number_input if box.label == "Năm").set_value(2027)
    screen.run().press("take over")
    draft = stored(office, screen.at.query_params["soan"])
    assert (draft.head.issuer, draft.head.year) == ("Sở Nội vụ tỉnh Khánh Hòa", 2027)
    assert draft.rubric_id == "sonv-khanhhoa-2027"


def test_a_file_may_be_the_next_version_of_a_set_that_is_here(office: Office) -> None:
    screen = _bring(office, _WHOLE.replace("2026", "2022")).choose("Đây là", SOC_TRANG).press("take over")
    assert stored(office, screen.at.query_params["soan"]).rubric_id == SOC_TRANG


def test_a_file_of_another_year_is_no_version_of_last_years_set(office: Office) -> None:
    screen = _bring(office, _WHOLE).choose("Đây là", SOC_TRANG).press("take over")
    assert "năm 2022" in screen.texts()
    assert _drafts(office) == 0


def test_text_pasted_from_a_pdf_is_read_and_stays_where_it_was_pasted(office: Office) -> None:
    screen = office.screen(Role.ADMIN).open(RUBRICS, them="dan")
    text = _WHOLE.replace(";", "\t")
    (box,) = [box for box in screen.at.text_area if box.label == "Văn bản của bảng điểm"]
    box.set_value(text)
    screen.run()
    assert "không có lỗi nào" in screen.texts()
    assert next(box for box in screen.at.text_area if box.label == "Văn bản của bảng điểm").value == text
    screen.press("take over")
    assert codes(stored(office, screen.at.query_params["soan"])) == ["1", "1.1", "1.2"]


def test_what_a_file_says_is_shown_letter_by_letter(office: Office) -> None:
    odd = "[x](http://a) **đậm**"
    screen = _bring(office, _WHOLE.replace("Tài liệu kiểm chứng", odd).replace("Gửi đủ", odd))
    draft = stored(office, screen.press("take over").at.query_params["soan"])
    screen = open_step(office, draft, "cach-tinh")
    assert odd in as_read(screen.texts())
    for kind, shown in screen.shown():
        assert odd not in shown or kind == "arrow_data_frame"


def test_who_is_no_administrator_brings_nothing_in(office: Office) -> None:
    screen = office.screen(Role.OFFICER).open(RUBRICS, them="tep")
    assert "Đưa bộ tiêu chí vào là việc của quản trị" in screen.texts()
    assert screen.elements("file_uploader") == []


def _two_sheets() -> bytes:
    book, content = Workbook(), BytesIO()
    for name, title in (("Sở", "Việc của Sở"), ("Huyện", "Việc của huyện")):
        sheet = book.create_sheet(name)
        for cells in (("STT", "Tiêu chí", "Điểm tối đa"), ("1", "LĨNH VỰC", 1), ("1.1", title, 1)):
            sheet.append(list(cells))
    book.remove(book.worksheets[0])
    book.save(content)
    return content.getvalue()


def test_of_two_sets_in_one_workbook_a_person_chooses(office: Office) -> None:
    screen = _bring(office, _two_sheets(), "hai-bo.xlsx")
    assert "Hãy chọn bảng cần đọc" in as_read(str(screen.at.table[0].value.values.tolist()))
    assert not screen.has_button("take over")
    (box,) = [box for box in screen.at.multiselect if box.label == "Bảng cần đọc"]
    box.set_value(["Huyện"])
    screen.run().press("take over")
    assert row(stored(office, screen.at.query_params["soan"]), "1.1").title == "Việc của huyện"


def test_a_second_set_of_one_issuer_and_year_is_a_set_of_its_own(office: Office) -> None:
    ids = []
    for content in (_WHOLE, _WHOLE.replace("Gửi báo cáo", "Gửi đủ báo cáo")):
        screen = _bring(office, content).press("take over")
        ids.append(stored(office, screen.at.query_params["soan"]).rubric_id)
    assert ids[1] == f"{ids[0]}-2"


def test_a_problem_of_pasted_text_quotes_its_line(office: Office) -> None:
    screen = office.screen(Role.ADMIN).open(RUBRICS, them="dan")
    (box,) = [box for box in screen.at.text_area if box.label == "Văn bản của bảng điểm"]
    box.set_value(_WHOLE.replace("1.2;", "1.1;").replace(";", "\t"))
    screen.run()
    assert "Hãy sửa ngay trong ô ở trên" in screen.errors()
    places = [as_read(cells[0]) for cells in screen.at.table[0].value.values.tolist()]
    assert any("«1.1 Gửi báo cáo CCHC 1 Báo cáo»" in place for place in places)
    assert not screen.has_button("take over")
