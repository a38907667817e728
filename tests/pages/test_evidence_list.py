"""The evidence of the opened criterion: attach from the store, type the part, take off, as each role may."""

from datetime import date

import pytest

from cchc_core.evidence.attaching import Attached, attachments_of, change_part
from cchc_core.evidence.keeping import Document, DocumentDraft, add_document
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.permissions import Role, State
from cchc_core.scoring import Assessment
from tests.handing_in.desk import PDF, keep, plan
from tests.offices import NAM_DINH
from tests.pages.screen import SCORING, Office, Screen, as_read

CODE = "1.1.1"


def _kept(office: Office, opened: Assessment, draft: DocumentDraft | None = None, content: bytes = PDF) -> Document:
    return keep(office.database, office.person(Role.OFFICER), opened, draft or plan(), content)


def _attached(office: Office, opened: Assessment, code: str = CODE) -> tuple[Attached, ...]:
    with office.database.read() as connection:
        return attachments_of(connection, opened, code).get(code, ())


def _opened_at(office: Office, role: Role = Role.OFFICER) -> tuple[Assessment, Screen]:
    opened = office.assessment(NAM_DINH, "year")
    return opened, office.screen(role).open(SCORING, bang=opened.id, tc=CODE)


def _add(screen: Screen) -> Screen:
    screen.at.toggle(key=f"adding {CODE}").set_value(True)
    return screen.run()


def _part(screen: Screen, attachment: Attached, text: str) -> Screen:
    screen.at.text_input(key=f"attachment|part|{attachment.id}").set_value(text)
    return screen.run()


def _change_elsewhere(office: Office, opened: Assessment, attached: Attached, part: str) -> None:
    person = office.person(Role.ROOM)
    change_part(office.database, person, opened.id, attached.id, part_text=part, evidence_line=0, expected_version=1)


def test_the_required_evidence_is_a_checklist_that_says_what_is_lacking_and_whose_it_is(office: Office) -> None:
    opened, screen = _opened_at(office)
    lines = [as_read(box.value) for box in screen.at.markdown if "badge[chưa gắn]" in box.value]
    assert [line.split(" ")[0] for line in lines] == ["1.", "2.", "3."]
    assert "(thời gian: năm 2024, ban hành trước ngày 31/12/2023)" in lines[0]
    other = office.screen().open(SCORING, bang=opened.id, tc="3.6.3")
    assert "cơ quan khác theo dõi" in other.texts()
    assert "Văn bản không nêu tài liệu nào." in office.screen().open(SCORING, bang=opened.id, tc="1.5").texts()


def test_a_document_of_the_store_is_attached_to_the_first_line_that_lacks_one_and_its_part_is_kept(
    office: Office,
) -> None:
    opened = office.assessment(NAM_DINH, "year")
    office.save(opened.id, CODE, {"level": 0})
    document = _kept(office, opened)
    screen = _add(_opened_at(office)[1])
    assert "Thiếu TLKC" in screen.texts()
    screen.press(f"attach {CODE} {document.id}")
    (attached,) = _attached(office, opened)
    assert (attached.document.id, attached.evidence_line, attached.part_text) == (document.id, 0, "")
    assert screen.at.button(key=f"attach {CODE} {document.id}").disabled
    assert "1 TLKC" in screen.texts()
    assert "đã gắn 1" in screen.texts()
    assert "Thiếu TLKC" not in screen.texts()
    _part(screen, attached, "mục II, trang 3")
    assert [each.part_text for each in _attached(office, opened)] == ["mục II, trang 3"]


def test_a_document_is_moved_to_another_line_and_taken_off_again(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    document = _kept(office, opened)
    screen = _add(_opened_at(office)[1])
    screen.at.selectbox(key=f"adding line {CODE}").set_value(-1)
    screen.run()
    screen.press(f"attach {CODE} {document.id}")
    (attached,) = _attached(office, opened)
    assert attached.evidence_line is None
    assert "Tài liệu khác đã gắn" in screen.texts()
    screen.at.selectbox(key=f"attachment|line|{attached.id}").set_value(2)
    screen.run()
    assert [each.evidence_line for each in _attached(office, opened)] == [2]
    screen.press(f"detach {attached.id}")
    assert _attached(office, opened) == ()
    assert not screen.at.button(key=f"attach {CODE} {document.id}").disabled


def test_the_store_is_searched_without_diacritics_and_says_when_nothing_fits(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    wanted = _kept(office, opened, plan(abstract="Kế hoạch đào tạo"))
    other = _kept(office, opened, plan("7/KH", abstract="Rà soát"), PDF + b"%2\n")
    screen = _add(_opened_at(office)[1])
    assert screen.has_button(f"attach {CODE} {wanted.id}")
    assert screen.has_button(f"attach {CODE} {other.id}")
    screen.at.text_input(key=f"adding search {CODE}").set_value("dao tao")
    screen.run()
    assert [screen.has_button(f"attach {CODE} {each.id}") for each in (wanted, other)] == [True, False]
    screen.at.text_input(key=f"adding search {CODE}").set_value("không có gì")
    screen.run()
    assert "Không có tài liệu nào khớp" in screen.texts()


def test_what_looks_like_the_chosen_line_is_offered_first_and_other_years_wait_for_a_search(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    likely = _kept(office, opened, plan(abstract="Kế hoạch cải cách hành chính năm 2024"))
    newer = [_kept(office, opened, plan(f"{n}/KH", abstract=f"Mua sắm lần {n}"), PDF + b"%%%d" % n) for n in range(9)]
    year_before = add_document(
        office.database,
        office.person(Role.OFFICER),
        opened.unit_id,
        2023,
        opened.unit_id,
        DocumentDraft(DocumentKind.PLAN, "1/KH", None, "Sở", "Kế hoạch cải cách hành chính cũ", "https://a.vn"),
    )
    screen = _add(_opened_at(office)[1])
    keys = [box.key or "" for box in screen.at.button]
    offered = [key.rpartition(" ")[2] for key in keys if key.startswith(f"attach {CODE} ")]
    assert offered == [likely.id, *(each.id for each in reversed(newer))][:8]
    assert "Gần với tài liệu cần có nhất" in screen.texts()
    screen.at.text_input(key=f"adding search {CODE}").set_value("cải cách hành chính cũ")
    screen.run()
    assert screen.has_button(f"attach {CODE} {year_before.id}")
    assert not screen.has_button(f"attach {CODE} {likely.id}")


def test_a_part_that_somebody_else_saved_meanwhile_is_not_overwritten_and_mine_stays_typed(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    document = _kept(office, opened)
    screen = _add(_opened_at(office)[1])
    screen.press(f"attach {CODE} {document.id}")
    (attached,) = _attached(office, opened)
    _change_elsewhere(office, opened, attached, "trang 9")
    _part(screen, attached, "trang 1")
    assert "CHƯA LƯU" in screen.errors()
    assert "trang 9" in screen.errors()
    assert [each.part_text for each in _attached(office, opened)] == ["trang 9"]
    assert screen.at.text_input(key=f"attachment|part|{attached.id}").value == "trang 1"
    screen.press(f"part over {attached.id}")
    assert [each.part_text for each in _attached(office, opened)] == ["trang 1"]
    assert screen.errors() == ""


def test_an_own_text_is_given_up_for_what_is_stored(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    document = _kept(office, opened)
    screen = _add(_opened_at(office)[1])
    screen.press(f"attach {CODE} {document.id}")
    (attached,) = _attached(office, opened)
    _change_elsewhere(office, opened, attached, "trang 9")
    _part(screen, attached, "trang 1")
    screen.press(f"part stored {attached.id}")
    assert screen.errors() == ""
    assert screen.at.text_input(key=f"attachment|part|{attached.id}").value == "trang 9"


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_only_looks_sees_what_is_attached_and_can_change_nothing(office: Office, role: Role) -> None:
    opened = office.assessment(NAM_DINH, "year")
    document = _kept(office, opened)
    officer = _add(_opened_at(office)[1]).press(f"attach {CODE} {document.id}")
    (attached,) = _attached(office, opened)
    _part(officer, attached, "trang 4")
    screen = _opened_at(office, role)[1]
    assert "Kế hoạch CCHC năm 2024" in as_read(screen.texts())
    assert "Mục, trang: trang 4" in as_read(screen.texts())
    assert not screen.has_button(f"detach {attached.id}")
    assert not any(toggle.key == f"adding {CODE}" for toggle in screen.at.toggle)


def test_what_was_handed_in_is_shown_without_a_way_to_change_it(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    document = _kept(office, opened)
    _add(_opened_at(office)[1]).press(f"attach {CODE} {document.id}")
    office.put_into(opened.id, State.SUBMITTED)
    for role in (Role.OFFICER, Role.APPRAISER):
        screen = _opened_at(office, role)[1]
        assert "Kế hoạch CCHC năm 2024" in as_read(screen.texts())
        assert not any(str(button.key).startswith("detach ") for button in screen.at.button)


def test_a_draft_and_a_link_say_what_they_are(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    draft = _kept(office, opened, plan("", None, "Dự thảo *kế hoạch*"))
    link = DocumentDraft(DocumentKind.LINK, doc_date=date(2024, 1, 2), abstract="Trang", link="https://so.vn/a_(b)")
    page = keep(office.database, office.person(Role.OFFICER), opened, link, None)
    screen = _add(_opened_at(office)[1])
    screen.press(f"attach {CODE} {draft.id}").press(f"attach {CODE} {page.id}")
    shown = [box.value for box in screen.at.markdown if ":material/description:" in box.value]
    assert len(shown) == 2
    assert any("thiếu số, ngày" in text and "Dự thảo *kế hoạch*" in as_read(text) for text in shown)
    assert any("(https://so.vn/a_%28b%29)" in text for text in shown)


def test_the_filter_finds_claimed_points_that_nothing_proves(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    for code in (CODE, "1.1.2"):
        office.save(opened.id, code, {"level": 0})
    document = _kept(office, opened)
    screen = _add(_opened_at(office)[1])
    screen.press(f"attach {CODE} {document.id}")
    lacking = office.screen().open(SCORING, bang=opened.id, loc="thieu-tai-lieu", lv="1")
    shown = [str(button.key) for button in lacking.at.button if str(button.key).startswith("details ")]
    assert shown == ["details 1.1.2"]


def test_a_link_that_is_pasted_becomes_a_document_and_proves_the_chosen_line(office: Office) -> None:
    opened, screen = _opened_at(office)
    _add(screen)
    screen.at.segmented_control(key=f"adding way {CODE}").set_value("moi")
    screen.run()
    screen.at.text_input(key=f"link criterion {opened.id} {CODE}").set_value("https://so.example.vn/ke-hoach")
    screen.run().press(f"add link criterion {opened.id} {CODE}")
    (attached,) = _attached(office, opened)
    assert (attached.document.link, attached.evidence_line) == ("https://so.example.vn/ke-hoach", 0)
    assert "chưa xác nhận thông tin" in screen.texts()


def test_a_file_that_is_uploaded_here_is_kept_and_attached_at_once(office: Office) -> None:
    opened, screen = _opened_at(office)
    _add(screen)
    screen.at.segmented_control(key=f"adding way {CODE}").set_value("moi")
    screen.run()
    (uploader,) = screen.at.file_uploader
    uploader.set_value([("ke-hoach.pdf", PDF, "application/pdf")])
    screen.run()
    (attached,) = _attached(office, opened)
    assert attached.document.file is not None
    assert (attached.document.file.file_name, attached.evidence_line) == ("ke-hoach.pdf", 0)
