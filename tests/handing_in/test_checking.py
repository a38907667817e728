"""Checking what is stored: from nothing attached to clean, files read through, and who may ask."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from cchc_core.answer_sources.keeping import set_source
from cchc_core.answer_sources.model import SourceKind
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.evidence.attaching import change_part, detach
from cchc_core.evidence.keeping import DocumentDraft, add_file, change_document
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.purging import purge_file
from cchc_core.handing_in.checking import Weight, check, counts, weights
from cchc_core.handing_in.checklist import read_checklist
from cchc_core.handing_in.model import Check, Level
from cchc_core.handing_in.narrowing import Narrowing, choices, narrowed
from cchc_core.handing_in.tables import findings_table, take_checks
from cchc_core.indicators.keeping import form_of, save_figures
from cchc_core.permissions import Role, State
from cchc_core.proof import lacks_proof
from cchc_core.store.indicator_values import FigureLine
from cchc_core.table import shown
from tests.handing_in.desk import PDF, Desk, plan
from tests.offices import SOC_TRANG

CODE = "1.1.1"


def test_a_criterion_goes_from_lacking_to_clean_as_its_document_is_attached_with_its_part(desk: Desk) -> None:
    desk.save(CODE, {"level": 0})
    assert desk.checks(CODE) == [Check.NO_PROOF]
    attached = desk.attach(desk.keep(plan()), CODE, 0)
    assert desk.checks(CODE) == [Check.NO_PART]
    change_part(
        desk.database,
        desk.officer,
        desk.assessment().id,
        attached,
        part_text="tr. 2",
        evidence_line=0,
        expected_version=1,
    )
    assert desk.checks(CODE) == []
    detach(desk.database, desk.officer, desk.assessment().id, attached)
    assert desk.checks(CODE) == [Check.NO_PROOF]


def test_the_sheet_counts_what_is_attached_and_follows_each_change(desk: Desk) -> None:
    desk.save(CODE, {"level": 0})
    sheet = desk.sheet()
    leaf = sheet.rubric.criterion(CODE)
    assert (dict(sheet.attached), lacks_proof(sheet, leaf)) == ({}, True)
    document = desk.keep(plan())
    first, second = desk.attach(document, CODE, 0), desk.attach(document, CODE)
    assert dict(desk.sheet().attached) == {CODE: 2}
    assert not lacks_proof(desk.sheet(), leaf)
    desk.save(CODE, {"level": 1})
    assert dict(desk.sheet().attached) == {CODE: 2}
    for each in (first, second):
        detach(desk.database, desk.officer, desk.assessment().id, each)
    assert dict(desk.sheet().attached) == {}


def test_what_is_attached_in_a_later_period_proves_nothing_in_an_earlier_one(desk: Desk) -> None:
    for period in ("q1", "q3", "year"):
        desk.save(CODE, {"level": 0}, period)
    desk.attach(desk.keep(plan()), CODE, 0, "tr. 1", "q3")
    assert [desk.checks(CODE, period) for period in ("q1", "q3", "year")] == [[Check.NO_PROOF], [], []]
    assert [dict(desk.sheet(period).attached) for period in ("q1", "q3", "year")] == [{}, {CODE: 1}, {CODE: 1}]


def test_data_of_a_document_that_are_corrected_clear_what_was_found(desk: Desk) -> None:
    desk.save(CODE, {"level": 0})
    document = desk.keep(plan("", date(2024, 2, 1)))
    desk.attach(document, CODE, 0, "tr. 1")
    assert sorted(desk.checks(CODE)) == sorted([Check.DRAFT, Check.WRONG_DATE])
    change_document(desk.database, desk.officer, document.id, plan(), document.version)
    assert desk.checks(CODE) == []


def test_a_link_needs_neither_file_nor_number_nor_part(desk: Desk) -> None:
    desk.save("1.2.1", {"level": 0})
    draft = DocumentDraft(DocumentKind.LINK, abstract="Trang công khai", link="https://so.example.vn/cong-khai")
    desk.attach(desk.keep(draft, None), "1.2.1", 0)
    assert desk.checks("1.2.1") == []


def test_a_file_that_was_changed_or_lost_behind_the_back_is_found_and_a_new_version_mends_it(desk: Desk) -> None:
    desk.save(CODE, {"level": 0})
    document = desk.keep(plan())
    desk.attach(document, CODE, 0, "tr. 1")
    assert desk.checks(CODE) == []
    path = desk.file_of(document)
    path.chmod(0o644)
    path.write_bytes(PDF.replace(b"1.4", b"1.5"))
    (changed,) = desk.found(CODE)
    assert (changed.check, changed.level, changed.document_id) == (Check.BROKEN_FILE, Level.RISK, document.id)
    assert "mã kiểm tra không khớp" in changed.message
    path.write_bytes(PDF + b"longer")
    assert desk.checks(CODE) == [Check.BROKEN_FILE]
    path.unlink()
    assert "không còn tệp" in desk.found(CODE)[0].message
    add_file(desk.database, desk.officer, document.id, BytesIO(PDF + b"%mend\n"), "moi.pdf")
    assert desk.checks(CODE) == []


def test_a_content_put_back_at_the_same_size_and_time_but_other_bytes_is_found(desk: Desk) -> None:
    desk.save(CODE, {"level": 0})
    document = desk.keep(plan())
    desk.attach(document, CODE, 0, "tr. 1")
    path = desk.file_of(document)
    before = path.stat()
    assert desk.checks(CODE) == []
    path.chmod(0o644)
    path.write_bytes(PDF.replace(b"1.4", b"1.6"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert desk.checks(CODE) == [Check.BROKEN_FILE]


def test_a_purged_file_proves_nothing_any_more(desk: Desk) -> None:
    desk.save(CODE, {"level": 0})
    document = desk.keep(plan())
    desk.attach(document, CODE, 0, "tr. 1")
    assert document.file is not None
    assert desk.checks(CODE) == []
    purge_file(desk.database, desk.people[Role.ADMIN], document.file.id, "Có dữ liệu cá nhân")
    (finding,) = desk.found(CODE)
    assert finding.check is Check.BROKEN_FILE
    assert "huỷ nội dung" in finding.message


def test_a_figure_that_differs_from_the_departments_indicator_is_found_until_both_agree(desk: Desk) -> None:
    code, year = "I.3.5.1", desk.assessment("year", SOC_TRANG).year
    desk.save(code, {"value": "96.5"}, "year", SOC_TRANG)
    line = FigureLine(desk.assessment("year", SOC_TRANG).unit_id, form_of(year).id, year, "II.2.4.1")
    save_figures(desk.database, desk.officer, line, ["1200", "98,25"], expected_version=0)
    assert Check.FIGURE in [finding.check for finding in desk.found(code, "year", SOC_TRANG)]
    desk.save(code, {"value": "98.25"}, "year", SOC_TRANG)
    assert Check.FIGURE not in [finding.check for finding in desk.found(code, "year", SOC_TRANG)]


def test_figures_that_a_criterion_takes_from_a_source_are_found_where_the_form_says_something_else(desk: Desk) -> None:
    code, opened = "I.3.5.1", desk.assessment("year", SOC_TRANG)
    form = form_of(opened.year)
    line = FigureLine(opened.unit_id, form.id, opened.year, "II.2.4.1")
    save_figures(desk.database, desk.officer, line, ["1200", "98"], expected_version=0)
    set_source(
        desk.database,
        desk.officer,
        assessment_id=opened.id,
        code=code,
        source=SourceKind.INDICATOR,
        inputs={"value": f"{form.id}/II.2.4.1/1"},
        expected_version=0,
    )
    assert Check.FIGURE not in [finding.check for finding in desk.found(code, "year", SOC_TRANG)]
    desk.save(code, {"value": "100"}, "year", SOC_TRANG)
    (finding,) = [each for each in desk.found(code, "year", SOC_TRANG) if each.check is Check.FIGURE]
    assert "Nguồn số liệu của tiêu chí nay cho 0,4900 điểm, phiếu chấm đang ghi 0,5000 điểm." in finding.message
    desk.save(code, {"value": "98"}, "year", SOC_TRANG)
    assert Check.FIGURE not in [finding.check for finding in desk.found(code, "year", SOC_TRANG)]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ROOM, Role.LEADER, Role.ADMIN])
def test_whoever_prepares_an_assessment_may_check_it(desk: Desk, role: Role) -> None:
    desk.save(CODE, {"level": 0})
    checked = check(desk.database, desk.people[role], desk.assessment().id)
    assert Check.NO_PROOF in [finding.check for finding in checked.findings]
    table, assessment = take_checks(desk.database, desk.people[role], desk.assessment().id)
    assert (len(table.rows), assessment.id) == (len(checked.findings), desk.assessment().id)


def test_an_appraiser_is_not_told_where_a_department_feels_weak(desk: Desk) -> None:
    with desk.database.write() as connection:
        connection.run(
            "UPDATE assessments SET state = :state WHERE id = :id",
            state=State.SUBMITTED.value,
            id=desk.assessment().id,
        )
    for ask in (check, take_checks):
        with pytest.raises(NotAllowed):
            ask(desk.database, desk.people[Role.APPRAISER], desk.assessment().id)
    with pytest.raises(NotFound):
        check(desk.database, desk.officer, "khong-co")


def test_the_points_of_a_criterion_count_once_in_the_weight_of_a_level(desk: Desk) -> None:
    desk.save(CODE, {"level": 0})
    desk.attach(desk.keep(plan("", None)), CODE, 0)
    desk.attach(desk.keep(plan("", None, "Bản khác"), PDF + b"%2\n"), CODE, 1)
    found = check(desk.database, desk.officer, desk.assessment().id).findings
    assert weights(found) == (
        Weight(Level.RISK, 2, 1, Decimal("1.0000")),
        Weight(Level.MEND, 2, 1, Decimal("1.0000")),
        Weight(Level.KNOW, 1, 0, Decimal("1.0000")),
    )
    assert counts(found) == {Check.DRAFT: 2, Check.NO_PART: 2, Check.ILLUSTRATIVE: 1}


def test_a_list_is_narrowed_by_every_side_and_each_side_counts_what_the_others_leave(desk: Desk) -> None:
    for code in (CODE, "2.1.1", "7.3.1"):
        desk.save(code, {"level": 0})
    checked = check(desk.database, desk.officer, desk.assessment().id)
    rubric = checked.sheet.rubric
    everything = choices(checked.findings, rubric, Narrowing())
    for side, listed in everything.items():
        assert sum(choice.count for choice in listed) == len(checked.findings)
        for choice in listed:
            assert len(narrowed(checked.findings, Narrowing(**{side: choice.key}))) == choice.count
    assert [choice.key for choice in everything["section"]] == ["1", "2", "7", "ca-bo"]
    within = choices(checked.findings, rubric, Narrowing(section="7"))
    assert [choice.key for choice in within["check"]] == ["thieu-tlkc"]
    assert len(within["section"]) == 4


def test_the_table_says_what_the_findings_say_and_calls_illustrative_points_so(desk: Desk) -> None:
    desk.save(CODE, {"level": 0})
    checked = check(desk.database, desk.officer, desk.assessment().id)
    table = findings_table(checked.findings, checked.sheet.rubric)
    assert "Điểm đang tự chấm (minh hoạ)" in [column.name for column in table.columns]
    rows = [[shown(column.kind, cell) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows]
    assert [row[1] for row in rows] == [finding.code for finding in checked.findings]
    (row,) = [row for row in rows if row[1] == CODE]
    assert row[0] == "Dễ mất điểm"
    assert row[3] == "1,0000"
    assert row[5].startswith("Tự chấm 1,0000 điểm nhưng chưa gắn tài liệu nào")


def test_the_checklist_puts_what_is_attached_beside_the_line_that_asks_for_it(desk: Desk) -> None:
    document = desk.keep(plan())
    desk.attach(document, CODE, 0, "tr. 1")
    desk.attach(document, CODE)
    desk.attach(document, "1.1.2")
    sheet = desk.sheet()
    checklist = read_checklist(desk.database, sheet, sheet.rubric.criterion(CODE))
    assert [len(line.attached) for line in checklist.lines] == [1, 0, 0]
    assert [each.code for each in checklist.attached] == [CODE, CODE]
    assert [each.evidence_line for each in checklist.others] == [None]
    assert checklist.is_attached(document.id, 0)
    assert not checklist.is_attached(document.id, 1)
    nothing = replace(sheet, attached={})
    assert read_checklist(desk.database, nothing, sheet.rubric.criterion(CODE)).attached == ()
