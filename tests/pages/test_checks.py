"""Kiểm tra trước khi nộp: every finding by points, narrowed by address, with its way on; clean when it is clean."""

import pytest

from cchc_core.evidence.attaching import attach
from cchc_core.handing_in.checking import Checked, check
from cchc_core.handing_in.narrowing import Narrowing, narrowed
from cchc_core.permissions import Role, State
from cchc_core.rules.decimals import format_points
from tests.handing_in.desk import keep, plan
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import CHECKS, Office, Screen, as_read
from ui.checks.page import PER_PAGE

CODE = "1.1.1"


def _checked(office: Office, assessment_id: str) -> Checked:
    return check(office.database, office.person(Role.ADMIN), assessment_id)


def _lines(screen: Screen) -> list[str]:
    return [as_read(box.value) for box in screen.at.markdown if "**Cách khắc phục:**" in box.value]


@pytest.mark.parametrize("office", ["sample"], indirect=True)
@pytest.mark.parametrize("rubric_id", [SOC_TRANG, NAM_DINH])
def test_every_finding_of_the_core_is_listed_by_points_page_by_page(office: Office, rubric_id: str) -> None:
    opened = office.assessment(rubric_id)
    found = _checked(office, opened.id).findings
    pages = -(-len(found) // PER_PAGE)
    lines = []
    for page in range(1, pages + 1):
        lines += _lines(office.screen(Role.LEADER).open(CHECKS, bang=opened.id, trang=str(page)))
    assert len(lines) == len(found)
    for line, finding in zip(lines, found, strict=True):
        assert line.startswith(f"**{format_points(finding.points)} ")
        assert finding.message in line
        assert finding.remedy in line


def test_a_finding_leads_to_its_form_and_its_document_and_goes_when_it_is_mended(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    office.save(opened.id, CODE, {"level": 0})
    screen = office.screen().open(CHECKS, bang=opened.id)
    assert any("Mở phiếu chấm 1.1.1" in as_read(link.label) for link in screen.elements("page_link"))
    assert any("chưa gắn tài liệu nào" in line for line in _lines(screen))
    officer = office.person(Role.OFFICER)
    document = keep(office.database, officer, opened, plan())
    attach(office.database, officer, opened.id, CODE, document.id, 0)
    screen.run()
    assert not any("chưa gắn tài liệu nào" in line for line in _lines(screen))
    assert any("chưa ghi mục, trang" in line for line in _lines(screen))
    assert any(link.label == "Mở tài liệu" for link in screen.elements("page_link"))


def test_the_list_is_narrowed_by_its_fields_and_the_address_keeps_what_is_chosen(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    for code in (CODE, "2.1.1", "7.3.1"):
        office.save(opened.id, code, {"level": 0})
    found = _checked(office, opened.id).findings
    screen = office.screen().open(CHECKS, bang=opened.id)
    screen.choose("Lĩnh vực", "7")
    assert screen.at.query_params["lv"] == "7"
    assert len(_lines(screen)) == len(narrowed(found, Narrowing(section="7"))) == 1
    again = office.screen().open(CHECKS, bang=opened.id, muc="can-biet", tn="chua-ghi")
    assert len(_lines(again)) == 1
    assert "Cả bộ tiêu chí" in _lines(again)[0]


def test_addresses_that_name_nothing_show_how_to_come_back(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    office.save(opened.id, CODE, {"level": 0})
    screen = office.screen().open(CHECKS, bang=opened.id, loai="gi-do", trang="99999")
    assert "Không có phát hiện nào hợp" in screen.texts()
    assert _lines(office.screen().open(CHECKS, bang=opened.id, trang="abc"))


def test_an_empty_form_says_to_score_first_and_a_clean_one_that_it_is_clean(office: Office) -> None:
    opened = office.assessment(SOC_TRANG, "year")
    assert "chưa có điểm tự chấm nào" in office.screen().open(CHECKS, bang=opened.id).texts()
    sheet = office.sheet(opened.id)
    leaf = next(leaf for leaf in sheet.rubric.leaves if leaf.scored.is_external)
    office.save(opened.id, leaf.code, {"percent": "90", "source": "Thông báo số 1"})
    screen = office.screen().open(CHECKS, bang=opened.id)
    assert "Không phát hiện điều gì" in screen.texts()


def test_an_appraiser_is_told_that_the_page_is_the_departments(office: Office) -> None:
    opened = office.assessment(NAM_DINH, "year")
    office.save(opened.id, CODE, {"level": 0})
    office.put_into(opened.id, State.SUBMITTED)
    screen = office.screen(Role.APPRAISER).open(CHECKS, bang=opened.id)
    assert "chỉ đơn vị xem được" in screen.texts()
    assert _lines(screen) == []
