"""The criteria sets on the shelf: listed with their versions, read through, taken away, put away."""

import pytest

from cchc_core.permissions import Role
from cchc_core.rubric_drafts import issuing, keeping
from cchc_core.rubric_shelf import current_rubrics, versions_of
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.rubric_desk import row, sha256_of, small_draft, stored
from tests.pages.screen import RUBRICS, Office, Screen, as_read


def _links(screen: Screen) -> list[str]:
    return [link.proto.url for link in screen.elements("link_button")]


def _second_version(office: Office) -> None:
    admin, database = office.person(Role.ADMIN), office.database
    draft = keeping.start_copy(database, admin, sha256_of(office, SOC_TRANG))
    first = next(node for node in draft.nodes if node.code == "I.1.2")
    keeping.change_node(database, admin, first.id, {"title": "Kế hoạch, sửa đổi"}, expected_version=first.version)
    draft = stored(office, draft.id)
    issuing.issue(database, admin, draft.id, note="Theo quyết định sửa đổi", expected_version=draft.revision)


def test_the_list_says_of_each_set_how_large_it_is_where_it_comes_from_and_who_uses_it(office: Office) -> None:
    shown = as_read(office.screen(Role.OFFICER).open(RUBRICS).texts())
    assert "Sở Tài nguyên và Môi trường tỉnh Nam Định, 2024:" in shown
    assert "8 lĩnh vực · 121 tiêu chí · **121,0000** :orange-badge[điểm minh hoạ]" in shown
    assert "13 lĩnh vực · 101 tiêu chí · **98,5000** :green-badge[điểm chính thức]" in shown
    assert "Phiên bản 1 · mới nhất · kèm theo chương trình · 3 bảng chấm đang dùng" in shown


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ROOM, Role.LEADER, Role.APPRAISER])
def test_only_the_administrator_is_offered_to_bring_sets_in_but_all_may_read_them(office: Office, role: Role) -> None:
    screen = office.screen(role).open(RUBRICS)
    assert not screen.has_button("new set")
    opened = office.screen(role).open(RUBRICS, bo=SOC_TRANG)
    assert "Mức độ triển khai kế hoạch CCHC hàng năm" in opened.texts()
    assert not opened.has_button("rubric copy")
    assert not opened.has_button("rubric end")


def test_a_section_shows_titles_points_rules_in_words_and_evidence(office: Office) -> None:
    shown = as_read(office.screen(Role.LEADER).open(RUBRICS, bo=SOC_TRANG, lv="I.1").texts())
    assert "**I.1.2** · Mức độ triển khai kế hoạch CCHC hàng năm" in shown
    assert "*Tử số:* Số nhiệm vụ của kế hoạch CCHC có kết quả đạt được" in shown
    assert "**0,1250** · Báo cáo quý 1: - Đạt yêu cầu về thời gian *(từ kỳ quý I)*" in shown
    assert "*Tài liệu kiểm chứng:*" in shown
    assert "**I.2.1" not in shown


def test_flaws_of_the_print_are_shown_beside_the_sums_of_the_sections(office: Office) -> None:
    screen = office.screen(Role.LEADER).open(RUBRICS, bo=SOC_TRANG)
    assert "Bản in không khớp" in [box.label.split(":")[0] for box in screen.elements("expander")]
    sums = screen.at.table[0].value.values.tolist()
    assert len(sums) == 14
    assert [as_read(cell) for cell in sums[-1]] == ["Cả bộ (101 tiêu chí)", "98,5000", "64,0000"]


def test_every_version_can_be_taken_away_as_word_excel_and_yaml(office: Office) -> None:
    sha256 = sha256_of(office, SOC_TRANG)
    links = _links(office.screen(Role.LEADER).open(RUBRICS, bo=SOC_TRANG))
    assert links == [f"/bo-tieu-chi-tep/{sha256}.{kind}" for kind in ("docx", "xlsx", "yaml")]


@pytest.mark.parametrize("query", [{"bo": "khong-co"}, {"bo": SOC_TRANG, "ban": "7"}])
def test_an_address_of_no_version_says_so_and_leads_to_the_list(office: Office, query: dict[str, str]) -> None:
    screen = office.screen(Role.LEADER).open(RUBRICS, **query)
    assert "Hãy chọn trong danh sách" in " ".join(box.value for box in screen.elements("warning"))
    assert "Mọi bộ tiêu chí" in [link.label for link in screen.elements("page_link")]


def test_the_newest_version_opens_first_and_the_older_one_stays_readable(office: Office) -> None:
    _second_version(office)
    newest = office.screen(Role.LEADER).open(RUBRICS, bo=SOC_TRANG)
    assert "Kế hoạch, sửa đổi" in newest.texts()
    assert "Theo quyết định sửa đổi" in newest.texts()
    assert newest.at.selectbox(key="_rubric_version").value == "2"
    older = office.screen(Role.LEADER).open(RUBRICS, bo=SOC_TRANG, ban="1")
    assert "Kế hoạch, sửa đổi" not in older.texts()
    assert "Mức độ triển khai kế hoạch CCHC hàng năm" in older.texts()
    listed = as_read(office.screen(Role.LEADER).open(RUBRICS).texts())
    assert "Phiên bản 2 · mới nhất" in listed
    assert "Phiên bản 1 · kèm theo chương trình · 3 bảng chấm đang dùng" in listed


def test_a_version_is_put_away_and_offered_again(office: Office) -> None:
    screen = office.screen(Role.ADMIN).open(RUBRICS, bo=NAM_DINH).press("rubric end")
    assert "đã thôi dùng" in screen.texts()
    assert NAM_DINH not in current_rubrics(office.database)[0]
    screen.press("rubric end")
    assert NAM_DINH in current_rubrics(office.database)[0]
    assert [each.is_ended for each in versions_of(office.database, NAM_DINH)] == [False]


def test_the_next_version_begins_as_a_copy_whose_rules_are_confirmed(office: Office) -> None:
    screen = office.screen(Role.ADMIN).open(RUBRICS, bo=SOC_TRANG).press("rubric copy")
    draft = stored(office, screen.at.query_params["soan"])
    assert draft.based_on == sha256_of(office, SOC_TRANG)
    assert screen.title() == "Các tiêu chí, tiêu chí thành phần Chỉ số cải cách hành chính năm 2022"
    assert "Đã chép thành bản soạn mới" in screen.texts()


def test_a_copy_for_others_in_the_same_year_is_no_version_of_what_it_was_copied_from(office: Office) -> None:
    def copied() -> str:
        screen = office.screen(Role.ADMIN).open(RUBRICS, them="chep")
        screen.choose("Chép từ", sha256_of(office, SOC_TRANG))
        next(box for box in screen.at.number_input if box.label == "Năm của bộ mới").set_value(2026)
        screen.run().press("copy set")
        return stored(office, screen.at.query_params["soan"]).rubric_id

    assert [copied(), copied()] == ["sotttt-soctrang-2026", "sotttt-soctrang-2026-2"]


def test_a_copy_for_another_year_is_a_set_of_its_own(office: Office) -> None:
    screen = office.screen(Role.ADMIN).open(RUBRICS, them="chep")
    screen.choose("Chép từ", sha256_of(office, SOC_TRANG))
    next(box for box in screen.at.number_input if box.label == "Năm của bộ mới").set_value(2026)
    screen.run().press("copy set")
    draft = stored(office, screen.at.query_params["soan"])
    assert (draft.head.year, draft.rubric_id) == (2026, "sotttt-soctrang-2026")
    assert draft.head.document == ""
    assert "chưa ghi văn bản ban hành" in screen.texts()


def test_a_set_begins_from_nothing_with_its_head(office: Office) -> None:
    screen = office.screen(Role.ADMIN).open(RUBRICS, them="trong")
    for field, text in (("title", "Bộ tiêu chí nội bộ"), ("issuer", "Sở Nội vụ tỉnh Khánh Hòa")):
        next(
            box for box in (*screen.at.text_area, *screen.at.text_input) if box.key == f"rubric empty|{field}"
        ).set_value(text)
    screen.run().press("empty set")
    draft = stored(office, screen.at.query_params["soan"])
    assert (draft.head.title, draft.rubric_id) == ("Bộ tiêu chí nội bộ", f"sonv-khanhhoa-{draft.head.year}")
    assert "Hãy bấm «Thêm lĩnh vực»" in screen.texts()


def test_a_set_without_a_title_is_refused_and_what_was_typed_stays(office: Office) -> None:
    screen = office.screen(Role.ADMIN).open(RUBRICS, them="trong")
    screen.at.text_input(key="rubric empty|issuer").set_value("Sở Nội vụ")
    screen.run().press("empty set")
    assert "Chưa bắt đầu được" in screen.errors()
    assert screen.at.text_input(key="rubric empty|issuer").value == "Sở Nội vụ"


def test_open_drafts_are_listed_for_the_administrator_alone(office: Office) -> None:
    draft = small_draft(office)
    assert draft.head.title in office.screen(Role.ADMIN).open(RUBRICS).texts()
    assert draft.head.title not in office.screen(Role.OFFICER).open(RUBRICS).texts()
    refused = office.screen(Role.OFFICER).open(RUBRICS, soan=draft.id)
    assert "Bản soạn chỉ quản trị xem và sửa" in refused.texts()
    assert row(draft, "1.1.1").title not in refused.texts()
