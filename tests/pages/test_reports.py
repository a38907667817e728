"""What is handed in, as each role finds it on the page of reports."""

from datetime import date

import pytest

from cchc_core.evidence.attaching import attach
from cchc_core.evidence.keeping import DocumentDraft, DocumentKind, add_document
from cchc_core.permissions import Role, State
from tests.offices import SOC_TRANG
from tests.pages.screen import REPORTS, Office, Screen

LINKS = ("/tai-lieu-tron-bo/{id}.zip", "/tai-lieu-danh-muc/{id}.xlsx", "/xuat/{id}.xlsx")


def _links(screen: Screen) -> set[str]:
    return {element.proto.url for element in screen.elements("link_button")}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ROOM, Role.LEADER, Role.ADMIN])
def test_documents_and_their_list_are_taken_away_where_the_workbook_is(office: Office, role: Role) -> None:
    assessment = office.assessment(SOC_TRANG)
    screen = office.screen(role).open(REPORTS, bang=assessment.id)
    assert {link.format(id=assessment.id) for link in LINKS} <= _links(screen)


def test_the_page_counts_the_criteria_that_have_a_document(office: Office) -> None:
    assessment, officer = office.assessment(SOC_TRANG), office.person(Role.OFFICER)
    before = office.screen().open(REPORTS, bang=assessment.id).texts()
    assert "0 / 101 tiêu chí có tài liệu" in before
    draft = DocumentDraft(DocumentKind.LINK, doc_date=date(2022, 3, 1), link="https://example.vn/")
    unit = assessment.unit_id
    document = add_document(office.database, officer, unit, 2022, unit, draft)
    for code in ("I.1.6", "I.1.5.1"):
        attach(office.database, officer, assessment.id, code, document.id)
    assert "2 / 101 tiêu chí có tài liệu" in office.screen().open(REPORTS, bang=assessment.id).texts()


def test_an_appraiser_finds_them_once_the_year_is_handed_in(office: Office) -> None:
    assessment = office.assessment(SOC_TRANG, "year")
    office.put_into(assessment.id, State.SUBMITTED)
    screen = office.screen(Role.APPRAISER).open(REPORTS, bang=assessment.id)
    assert {link.format(id=assessment.id) for link in LINKS} <= _links(screen)
