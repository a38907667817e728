"""The page of documents: files are dropped in, read, confirmed, found again, looked at and attached."""

import logging
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from PIL import Image

from cchc_core.evidence.attaching import attach_to_task
from cchc_core.evidence.drafts import DocumentDraft
from cchc_core.evidence.keeping import add_document, add_file, change_document, document_for
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.limits import limits
from cchc_core.evidence.listing import DocumentQuery, find_documents
from cchc_core.evidence.uses import uses_of
from cchc_core.permissions import Role
from cchc_core.store.documents import Document
from cchc_core.tasks.keeping import Assigned, add_assigned
from tests.offices import SOC_TRANG
from tests.pages.screen import DOCUMENTS, Office, Screen, as_read
from tests.reading.papers import REPORT, Paper, as_docx

FILES = Path(__file__).parents[1] / "reading" / "files"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def department(office: Office) -> str:
    return office.assessment(SOC_TRANG).unit_id


def add(office: Office, role: Role = Role.OFFICER, year: int = 2022, **said: Any) -> Document:
    person, top = office.person(role), department(office)
    draft = DocumentDraft(**{"kind": DocumentKind.LINK, "link": "https://example.vn/a", **said})
    return add_document(office.database, person, top, year, person.unit_id or top, draft)


def add_pdf(office: Office, role: Role = Role.OFFICER) -> Document:
    person, top = office.person(role), department(office)
    draft = DocumentDraft(DocumentKind.REPORT, abstract="Kết quả cải cách hành chính năm 2022")
    content = BytesIO((FILES / "bao-cao.pdf").read_bytes())
    return add_document(office.database, person, top, 2022, person.unit_id or top, draft, content, "báo cáo.pdf")


def opened(office: Office, role: Role = Role.OFFICER, **query: str) -> Screen:
    return office.screen(role).open(DOCUMENTS, bang=office.assessment(SOC_TRANG).id, **query)


def uploader(screen: Screen, *, many: bool) -> Any:
    boxes: list[Any] = list(screen.at.get("file_uploader"))
    return next(box for box in boxes if box.accept_multiple_files is many)


def drop(screen: Screen, *files: tuple[str, bytes, str]) -> Screen:
    uploader(screen, many=True).set_value(list(files))
    return screen.run()


def stored(office: Office) -> tuple[Document, ...]:
    query = DocumentQuery(department(office))
    return find_documents(office.database, office.person(Role.OFFICER), query).documents


def field(screen: Screen, document: Document, name: str) -> Any:
    key = f"document|{document.id}|{name}"
    kinds = ("text_input", "text_area", "selectbox", "number_input")
    boxes: list[Any] = [box for kind in kinds for box in screen.at.get(kind)]
    return next(box for box in boxes if box.key == key)


def listed(screen: Screen) -> list[str]:
    return [as_read(link.label) for link in screen.elements("page_link") if link.label.startswith("**")]


def test_dropped_files_are_read_kept_and_shown_for_confirmation(office: Office) -> None:
    pdf, png = (FILES / "bao-cao.pdf").read_bytes(), BytesIO()
    Image.new("RGB", (40, 30), "navy").save(png, "PNG")
    screen = drop(opened(office), ("bc.pdf", pdf, "application/pdf"), ("ảnh.png", png.getvalue(), "image/png"))
    report, picture = sorted(stored(office), key=lambda document: document.kind is DocumentKind.PICTURE)
    assert (report.number, report.doc_date, report.is_confirmed) == ("05/BC-STTTT", date(2022, 1, 5), False)
    assert (picture.kind, picture.is_confirmed) == (DocumentKind.PICTURE, False)
    assert field(screen, report, "issuer").value == "Sở Thông tin và Truyền thông"
    assert field(screen, report, "doc_date").value == "05/01/2022"
    field(screen, picture, "abstract").set_value("Ảnh bộ phận một cửa")
    screen.press("save documents documents")
    assert screen.errors() == ""
    assert all(document.is_confirmed for document in stored(office))
    assert "Đã lưu: Hình ảnh: Ảnh bộ phận một cửa" in as_read(screen.texts())


def test_a_refused_file_says_why_and_the_others_are_kept(office: Office) -> None:
    pdf = (FILES / "bao-cao.pdf").read_bytes()
    screen = drop(opened(office), ("a.pdf", b"MZ" + pdf, "application/pdf"), ("b.pdf", pdf, "application/pdf"))
    assert "a.pdf" in screen.errors()
    assert [document.file.file_name for document in stored(office) if document.file] == ["b.pdf"]


def test_a_file_with_a_mark_of_secrecy_is_not_kept_and_the_rule_is_named(office: Office) -> None:
    secret = Paper(REPORT.above, REPORT.issuer, REPORT.number, REPORT.day, "BÁO CÁO", ("Kết quả",), stamp="TỐI MẬT")
    screen = drop(opened(office), ("thuong.docx", as_docx(secret), WORD))
    assert "Luật Bảo vệ bí mật nhà nước 2018" in screen.errors()
    assert stored(office) == ()
    assert not [path for path in (office.database.path.parent / "files").rglob("*") if path.is_file()]


def test_the_same_file_a_second_time_is_named_and_can_be_dropped(office: Office) -> None:
    add_pdf(office)
    pdf = (FILES / "bao-cao.pdf").read_bytes()
    screen = drop(opened(office), ("khac.pdf", pdf, "application/pdf"))
    assert "«khac.pdf» giống hệt tệp của tài liệu đã có" in as_read(screen.texts())
    second = next(document for document in stored(office) if document.number)
    screen.press(f"drop twice {second.id}")
    assert [document.file.file_name for document in stored(office) if document.file] == ["báo cáo.pdf"]


def test_what_was_typed_stays_when_it_cannot_be_saved(office: Office) -> None:
    document = add(office, abstract="Trang tin", number="cũ")
    screen = opened(office, td=document.id)
    field(screen, document, "doc_date").set_value("31/2/2022")
    field(screen, document, "number").set_value("77/TB-SNV")
    screen.press(f"save document {document.id}")
    assert "tháng 2 năm 2022 không có ngày 31" in screen.errors()
    assert field(screen, document, "number").value == "77/TB-SNV"
    field(screen, document, "doc_date").set_value("28/2/2022")
    screen.press(f"save document {document.id}")
    after = document_for(office.database, office.person(Role.OFFICER), document.id)
    assert (after.number, after.doc_date, after.is_confirmed) == ("77/TB-SNV", date(2022, 2, 28), True)


def test_somebody_elses_change_is_shown_before_it_is_written_over(office: Office) -> None:
    document = add(office, abstract="Trang tin")
    screen = opened(office, td=document.id)
    draft = DocumentDraft(DocumentKind.LINK, link=document.link, abstract="Của người khác")
    change_document(office.database, office.person(Role.OFFICER), document.id, draft, document.version)
    field(screen, document, "abstract").set_value("Của tôi")
    screen.press(f"save document {document.id}")
    assert "Của người khác" in screen.errors()
    screen.press(f"document over {document.id}")
    assert stored(office)[0].abstract == "Của tôi"


def test_an_address_is_added_and_one_that_is_none_is_refused_with_what_was_typed(office: Office) -> None:
    screen = opened(office)
    box = next(box for box in screen.at.text_input if box.key == "link documents")
    box.set_value("javascript:alert(1)")
    screen.press("add link documents")
    assert (screen.errors() != "", stored(office)) == (True, ())
    box = next(box for box in screen.at.text_input if box.key == "link documents")
    assert box.value == "javascript:alert(1)"
    box.set_value("https://stttt.soctrang.gov.vn/cchc")
    screen.press("add link documents")
    assert [document.link for document in stored(office)] == ["https://stttt.soctrang.gov.vn/cchc"]


def test_search_and_filters_of_the_address_list_what_the_core_finds(office: Office) -> None:
    add(office, abstract="Kế hoạch tuyên truyền", kind=DocumentKind.PLAN)
    add(office, abstract="Trang công khai", is_confirmed=True)
    add(office, abstract="Của năm trước", year=2021)
    assert len(listed(opened(office))) == 2
    assert listed(opened(office, tim="tuyen truyen")) == ["**Kế hoạch: Kế hoạch tuyên truyền**"]
    assert listed(opened(office, loai="plan")) == ["**Kế hoạch: Kế hoạch tuyên truyền**"]
    assert listed(opened(office, thieu="1")) == ["**Kế hoạch: Kế hoạch tuyên truyền**"]
    assert listed(opened(office, nam="2021")) == ["**Liên kết: Của năm trước**"]
    nothing = opened(office, tim="không có gì như thế")
    assert "Không có tài liệu nào hợp với các ô lọc" in nothing.texts()
    assert len(listed(nothing.press("documents_unfilter"))) == 2


@pytest.mark.parametrize("query", [{"loai": "x'--"}, {"ky": "-1"}, {"trang": "999999999"}, {"dv": "none"}, {"ky": "9"}])
def test_an_address_that_means_nothing_still_shows_the_page(office: Office, query: dict[str, str]) -> None:
    add(office, abstract="Trang công khai")
    assert opened(office, Role.OFFICER, **query).title() == "Tài liệu kiểm chứng"


def test_a_long_list_is_turned_page_by_page(office: Office) -> None:
    for number in range(31):
        add(office, abstract=f"Trang {number:02d}", link=f"https://example.vn/{number}")
    first, second = opened(office), opened(office, trang="2")
    assert (len(listed(first)), len(listed(second))) == (30, 1)
    assert "Trang 2/2" in second.texts()
    assert not set(listed(first)) & set(listed(second))


def test_a_suggested_criterion_is_chosen_and_the_document_attached_with_its_part(office: Office) -> None:
    document, person = add_pdf(office), office.person(Role.OFFICER)
    screen = opened(office, td=document.id).press(f"suggest {document.id} I.1.3")
    next(box for box in screen.at.text_input if box.key == f"attach part {document.id}").set_value("mục I, trang 1")
    screen.press(f"attach {document.id}")
    assert screen.errors() == ""
    (use,) = uses_of(office.database, person, document.id).criteria
    assert (use.code, use.evidence_line, use.part_text) == ("I.1.3", 3, "mục I, trang 1")
    assert not screen.has_button(f"suggest {document.id} I.1.3")
    next(box for box in screen.at.text_input if box.key == f"part of {use.attachment_id}").set_value("trang 2")
    screen.run()
    assert uses_of(office.database, person, document.id).criteria[0].part_text == "trang 2"
    screen.press(f"detach {use.attachment_id}")
    assert uses_of(office.database, person, document.id).is_empty


def test_pages_are_shown_by_the_route_that_asks_who_looks(office: Office) -> None:
    document = add_pdf(office)
    assert f"(/tai-lieu-trang/{document.id}/1/1.png)" in opened(office, td=document.id).texts()


def test_reading_the_file_again_fills_the_form_and_saves_nothing(office: Office) -> None:
    document = add_pdf(office)
    screen = opened(office, td=document.id).press(f"read again {document.id}")
    assert field(screen, document, "number").value == "05/BC-STTTT"
    assert stored(office)[0].number == ""
    screen.press(f"save document {document.id}")
    assert stored(office)[0].number == "05/BC-STTTT"


def test_a_new_version_is_added_and_the_old_one_stays(office: Office) -> None:
    document = add_pdf(office)
    screen = opened(office, td=document.id)
    uploader(screen, many=False).set_value(("moi.pdf", (FILES / "cong-van.pdf").read_bytes(), "application/pdf"))
    screen.run()
    assert [file.file_name for file in stored(office)[0].files] == ["báo cáo.pdf", "moi.pdf"]
    assert f"/tai-lieu-tep/{document.id}/1?tai=1" in screen.texts()


def test_a_new_version_that_bears_another_number_is_named_at_once(office: Office) -> None:
    document = add(
        office, kind=DocumentKind.REPORT, number="05/BC-STTTT", doc_date=date(2022, 1, 5), abstract="Kết quả"
    )
    screen = opened(office, td=document.id)
    for name, told in (("cong-van.pdf", True), ("bao-cao.pdf", False)):
        content = (FILES / name).read_bytes()
        uploader(screen, many=False).set_value((name, content, "application/pdf"))
        texts = as_read(screen.run().texts())
        assert ("Bản vừa tải ghi số 1234/SNV-CCHC&VTLT, thông tin đang ghi số 05/BC-STTTT" in texts) is told
        assert ("Bản vừa tải ghi ngày 24/09/2024, thông tin đang ghi ngày 05/01/2022" in texts) is told
    assert stored(office)[0].number == "05/BC-STTTT"


def test_a_document_leads_to_the_task_that_it_proves(office: Office) -> None:
    officer, top = office.person(Role.OFFICER), department(office)
    task_id = add_assigned(office.database, officer, top, 2022, Assigned(title="Rà soát thủ tục hành chính"))
    document = add(office, abstract="Kết quả rà soát")
    attach_to_task(office.database, officer, task_id, document.id)
    links = opened(office, td=document.id).elements("page_link")
    (link,) = [each for each in links if "Rà soát thủ tục" in as_read(each.label)]
    query = parse_qs(link.query_string)
    assert (query["nv"], query["nam"]) == ([task_id], ["2022"])


def test_a_document_is_taken_out_only_by_who_is_sure(office: Office) -> None:
    document = add(office, abstract="Nhầm")
    screen = opened(office, td=document.id)
    assert screen.at.button(key=f"end document {document.id}").disabled
    next(box for box in screen.at.checkbox if box.key == f"sure to end {document.id}").set_value(True)
    screen.run().press(f"end document {document.id}")
    assert stored(office) == ()
    assert screen.title() == "Tài liệu kiểm chứng"


def test_only_the_administrator_destroys_a_content_and_has_to_say_why(office: Office) -> None:
    document = add_pdf(office)
    assert not opened(office, td=document.id).has_button(f"purge {document.id}")
    screen = opened(office, Role.ADMIN, td=document.id)
    next(box for box in screen.at.checkbox if box.key == f"purge sure {document.id}").set_value(True)
    screen.run().press(f"purge {document.id}")
    assert "chưa ghi lý do" in screen.errors()
    next(box for box in screen.at.text_input if box.key == f"purge reason {document.id}").set_value("có số căn cước")
    screen.run().press(f"purge {document.id}")
    assert "Nội dung đã huỷ: có số căn cước" in as_read(screen.texts())
    assert stored(office)[0].files[0].is_purged


def test_the_administrator_sets_the_limits(office: Office) -> None:
    assert not any(box.key == "limit of a file" for box in opened(office).at.number_input)
    screen = opened(office, Role.ADMIN)
    next(box for box in screen.at.number_input if box.key == "limit of a file").set_value(10)
    screen.press("save limits of documents")
    with office.database.read() as connection:
        assert limits(connection).max_bytes == 10 << 20


def test_another_units_document_is_refused_by_its_guessed_address_and_that_is_logged(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A server that ran in this process has kept its log to itself.
    monkeypatch.setattr(logging.getLogger("cchc"), "propagate", True)
    document = add(office, abstract="Của Văn phòng")
    screen = opened(office, Role.APPRAISER, td=document.id)
    assert "không được" in screen.errors()
    assert "Của Văn phòng" not in screen.texts()
    assert "không tìm thấy tài liệu «zzz" in opened(office, td="zzz\nWARNING").errors()
    appraiser, officer = office.person(Role.APPRAISER).id, office.person(Role.OFFICER).id
    assert [each.getMessage() for each in caplog.records if each.name == "cchc.pages"] == [
        f"refused document='{document.id}' user={appraiser} why=NotAllowedInOffice",
        f"refused document='zzz\\nWARNING' user={officer} why=NotFound",
    ]


def test_who_may_not_keep_documents_is_offered_no_way_to_change_them(office: Office) -> None:
    document = add_pdf(office)
    add_file(
        office.database,
        office.person(Role.OFFICER),
        document.id,
        BytesIO((FILES / "cong-van.pdf").read_bytes()),
        "b.pdf",
    )
    for screen in (opened(office, Role.LEADER), opened(office, Role.LEADER, td=document.id)):
        assert not screen.at.get("file_uploader")
        assert not [button.key for button in screen.at.button if "document" in str(button.key)]


def test_marks_of_markdown_in_what_people_type_are_shown_as_letters(office: Office) -> None:
    odd = "**đậm** [x](http://a) :red[đỏ] <b>"
    document = add(office, abstract=odd, issuer=odd, number="*1*")
    for screen in (opened(office), opened(office, td=document.id)):
        drawn = "\n".join(text for kind, text in screen.shown() if kind not in ("text_input", "text_area"))
        assert odd in as_read(drawn)
        assert odd not in drawn
