"""What is found before an assessment is handed in, from plain facts alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.handing_in.findings import findings
from cchc_core.handing_in.model import Check, Clash, FileState, Finding, Level, Proof
from cchc_core.rubric.model import Criterion, Evidence, Rubric, Section
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.kinds import Leaf, Levels
from cchc_core.rules.kinds import Level as AnswerLevel
from cchc_core.sheet import Sheet
from tests.offices import NAM_DINH, SOC_TRANG
from tests.sheets import Raw, sheet_of, sheets

FULL: Raw = {"1.1.1": {"level": 0}}
PLAN = Proof(
    "d1",
    "Kế hoạch số 12/KH-STNMT",
    is_plan=True,
    number="12",
    doc_date=date(2023, 12, 20),
    evidence_line=0,
    part_text="trang 2",
)
REPORT = Proof(
    "d2", "Báo cáo số 30/BC-STNMT", number="30", doc_date=date(2024, 6, 10), evidence_line=1, part_text="mục I"
)


def nam_dinh(answers: Raw = FULL, period: str = "year", notes: tuple[str, ...] = ()) -> Sheet:
    return sheet_of(read_rubric(NAM_DINH), answers, period, notes=notes)


def of(found: tuple[Finding, ...], code: str) -> list[Finding]:
    return [finding for finding in found if finding.code == code]


def checks(found: tuple[Finding, ...], code: str = "1.1.1") -> list[Check]:
    return [finding.check for finding in of(found, code)]


def with_proofs(*proofs: Proof, sheet: Sheet | None = None, code: str = "1.1.1") -> tuple[Finding, ...]:
    sheet = nam_dinh() if sheet is None else sheet
    return findings(replace(sheet, attached={code: len(proofs)}), {code: proofs})


def test_points_with_neither_document_nor_note_are_found_with_what_is_asked_for() -> None:
    (finding,) = of(findings(nam_dinh()), "1.1.1")
    assert (finding.check, finding.level, finding.points) == (Check.NO_PROOF, Level.RISK, Decimal("1.0000"))
    assert finding.message == (
        "Tự chấm 1,0000 điểm nhưng chưa gắn tài liệu nào và chưa có thuyết minh. "
        "Cần: Kế hoạch CCHC năm 2024 và 2 tài liệu khác."
    )
    assert "Gắn tài liệu kiểm chứng" in finding.remedy


def test_a_note_or_a_document_clears_what_lacked_proof() -> None:
    assert checks(findings(nam_dinh(notes=("1.1.1",)))) == []
    assert checks(with_proofs(PLAN, REPORT)) == []


def test_a_criterion_without_claimed_points_lacks_nothing() -> None:
    assert checks(findings(nam_dinh({"1.1.1": {"level": 2}}))) == []
    assert checks(findings(nam_dinh({}))) == []


def test_what_another_body_follows_is_not_asked_of_the_unit() -> None:
    criterion = read_rubric(NAM_DINH).criterion("3.6.3")
    assert [line.brought_by_unit for line in criterion.evidence] == [False]
    sheet = nam_dinh({"3.6.3": {"points": "0.5", "source": "Thông báo của Sở"}})
    assert sheet.scores["3.6.3"].points > 0
    assert checks(findings(sheet), "3.6.3") == []


def test_only_the_lines_that_the_unit_brings_are_asked_for() -> None:
    sheet = nam_dinh({"7.3.1": {"level": 0}})
    lines = sheet.rubric.criterion("7.3.1").evidence
    assert [line.brought_by_unit for line in lines] == [True, True, True, False]
    (finding,) = of(findings(sheet), "7.3.1")
    assert finding.message.endswith("và 2 tài liệu khác.")


def test_a_criterion_that_the_print_asks_no_document_of_lacks_none() -> None:
    assert read_rubric(NAM_DINH).criterion("1.5").evidence == ()
    sheet = nam_dinh({"1.5": {"level": 0}})
    assert sheet.scores["1.5"].points > 0
    assert checks(findings(sheet), "1.5") == []


def test_a_document_without_its_part_is_found_and_a_picture_needs_none() -> None:
    (finding,) = of(with_proofs(replace(PLAN, part_text=" ")), "1.1.1")
    assert (finding.check, finding.level, finding.document_id) == (Check.NO_PART, Level.MEND, "d1")
    assert checks(with_proofs(replace(REPORT, part_text="", wants_part=False, wants_number=False))) == []


@pytest.mark.parametrize(
    ("number", "day", "words"),
    [("", date(2023, 12, 20), "chưa có số:"), ("12", None, "chưa có ngày:"), (" ", None, "chưa có số và ngày:")],
)
def test_a_draft_without_number_or_date_is_found_where_the_kind_bears_them(
    number: str, day: date | None, words: str
) -> None:
    draft = replace(PLAN, number=number, doc_date=day)
    (finding,) = of(with_proofs(draft), "1.1.1")
    assert (finding.check, finding.level) == (Check.DRAFT, Level.RISK)
    assert words in finding.message
    assert checks(with_proofs(replace(draft, wants_number=False))) == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2022, 12, 31), [Check.WRONG_DATE]),
        (date(2023, 1, 1), []),
        (date(2023, 12, 30), []),
        (date(2023, 12, 31), [Check.WRONG_DATE]),
        (date(2024, 3, 1), [Check.WRONG_DATE]),
    ],
)
def test_a_plan_is_measured_by_the_day_that_its_line_names(day: date, found: list[Check]) -> None:
    assert checks(with_proofs(replace(PLAN, doc_date=day))) == found


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (date(2022, 9, 30), Level.RISK),
        (date(2022, 10, 1), Level.MEND),
        (date(2022, 12, 31), Level.MEND),
        (date(2023, 1, 1), None),
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), Level.MEND),
        (date(2024, 4, 1), Level.MEND),
        (date(2024, 4, 2), Level.RISK),
    ],
)
def test_the_year_before_is_held_to_its_days_and_what_was_signed_near_them_weighs_less(
    day: date, level: Level | None
) -> None:
    code = "5.5.1"
    proof = Proof("d", "Báo cáo", number="5", doc_date=day, evidence_line=0, part_text="trang 1")
    found = of(with_proofs(proof, sheet=nam_dinh({code: {"level": 0}}), code=code), code)
    assert [finding.level for finding in found] == ([] if level is None else [level])
    for finding in found:
        assert finding.check is Check.WRONG_DATE
        assert "«năm trước liền kề»: từ ngày 01/01/2023 đến ngày 31/12/2023" in finding.message


def test_a_document_of_no_line_is_measured_by_any_line_of_the_unit() -> None:
    assert checks(with_proofs(replace(REPORT, evidence_line=None))) == []
    assert checks(with_proofs(replace(PLAN, evidence_line=None, is_plan=False))) == []
    old = replace(REPORT, evidence_line=None, doc_date=date(2021, 5, 5))
    (finding,) = of(with_proofs(old), "1.1.1")
    assert finding.check is Check.WRONG_DATE
    assert finding.message.count("«năm 2024»") == 1


def test_a_line_that_names_no_dates_accuses_nobody() -> None:
    code = "1.2.1"
    assert all(line.dates is None for line in read_rubric(NAM_DINH).criterion(code).evidence)
    proof = Proof("d", "Báo cáo", number="1", doc_date=date(2001, 1, 1), part_text="tr. 1")
    assert checks(with_proofs(proof, sheet=nam_dinh({code: {"level": 0}}), code=code), code) == []


@pytest.mark.parametrize(
    ("is_plan", "day", "found"),
    [
        (False, date(2024, 12, 31), []),
        (False, date(2025, 1, 1), [Check.AFTER_DEADLINE]),
        (True, date(2025, 1, 1), [Check.AFTER_DEADLINE]),
    ],
)
def test_a_document_after_the_deadline_of_its_criterion_is_found(is_plan: bool, day: date, found: list[Check]) -> None:
    code = "1.3.1"
    assert read_rubric(NAM_DINH).criterion(code).deadline == "Trong năm 2024"
    proof = Proof("d", "Văn bản", is_plan=is_plan, number="1", doc_date=day, part_text="tr. 1")
    assert checks(with_proofs(proof, sheet=nam_dinh({code: {"level": 0}}), code=code), code) == found


def leaf_of_one(evidence: tuple[Evidence, ...], deadline: str | None) -> Sheet:
    rule = Levels((AnswerLevel("Đạt", Decimal(1)), AnswerLevel("Không đạt", Decimal(0))))
    leaf = Criterion("1.1", "1", "1", "Tiêu chí", Leaf(Decimal(1), rule), evidence=evidence, deadline=deadline)
    rubric = Rubric("x", "x", "x", 2024, "x", "official", None, (), (Section("1", None, "Một"),), (leaf,))
    return sheet_of(rubric, {"1.1": {"level": 0}}, "year")


def test_the_deadline_of_a_plan_is_held_against_plans_alone() -> None:
    sheet = leaf_of_one((Evidence("Kế hoạch, báo cáo"),), "Kế hoạch ban hành trước ngày 15/01/2024")
    late = Proof("d", "Văn bản", is_plan=True, number="1", doc_date=date(2024, 1, 15), part_text="tr. 1")
    (finding,) = with_proofs(late, sheet=sheet, code="1.1")
    assert (finding.check, finding.level, finding.points) == (Check.AFTER_DEADLINE, Level.RISK, Decimal("1.0000"))
    assert "đến hết ngày 14/01/2024" in finding.message
    assert with_proofs(replace(late, is_plan=False), sheet=sheet, code="1.1") == ()
    assert with_proofs(replace(late, doc_date=date(2024, 1, 14)), sheet=sheet, code="1.1") == ()


def test_a_day_outside_its_line_is_told_once_and_not_as_late_too() -> None:
    sheet = leaf_of_one((Evidence("Báo cáo", dates="trong năm"),), "Trong năm 2024")
    proof = Proof("d", "Báo cáo", number="1", doc_date=date(2025, 6, 1), evidence_line=0, part_text="tr. 1")
    assert [finding.check for finding in with_proofs(proof, sheet=sheet, code="1.1")] == [Check.WRONG_DATE]


def test_a_line_number_that_the_print_does_not_have_is_taken_as_none() -> None:
    sheet = leaf_of_one((Evidence("Báo cáo", dates="trong năm"),), None)
    proof = Proof("d", "Báo cáo", number="1", doc_date=date(2024, 6, 1), evidence_line=7, part_text="tr. 1")
    assert with_proofs(proof, sheet=sheet, code="1.1") == ()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (FileState.MISSING, "không còn tệp"),
        (FileState.CHANGED, "tệp khác với tệp đã tải lên"),
        (FileState.PURGED, "huỷ nội dung tệp"),
    ],
)
def test_a_file_that_is_not_as_it_was_stored_is_found(state: FileState, words: str) -> None:
    (finding,) = of(with_proofs(replace(PLAN, file_state=state)), "1.1.1")
    assert (finding.check, finding.level) == (Check.BROKEN_FILE, Level.RISK)
    assert words in finding.message


def test_a_document_with_neither_file_nor_link_is_found_and_one_with_a_link_is_not() -> None:
    assert checks(with_proofs(replace(PLAN, file_state=None, has_content=False))) == [Check.BROKEN_FILE]
    assert checks(with_proofs(replace(PLAN, file_state=None))) == []


def test_answers_that_tell_one_fact_in_two_ways_are_found_with_the_points_of_both() -> None:
    sheet = nam_dinh({"8.1.2": {"level": 0}, "8.1.3": {"level": 1}})
    (finding,) = [each for each in findings(sheet) if each.check is Check.CONTRADICTION]
    assert (finding.level, finding.code) == (Level.RISK, "8.1.2")
    assert finding.points == sheet.scores["8.1.2"].points + sheet.scores["8.1.3"].points
    assert "8.1.3" in finding.message


def test_figures_that_differ_from_their_source_are_found() -> None:
    sheet = sheet_of(read_rubric(SOC_TRANG), {"I.1.2": {"numerator": "17", "denominator": "20"}}, "year")
    (finding,) = [each for each in findings(sheet, {}, [Clash("I.1.2", "lệch")]) if each.check is Check.FIGURE]
    assert (finding.code, finding.points, finding.message) == ("I.1.2", Decimal("0.8500"), "lệch")


def test_illustrative_points_are_told_once_for_the_whole_set() -> None:
    (finding,) = [each for each in findings(nam_dinh()) if each.check is Check.ILLUSTRATIVE]
    assert (finding.criterion, finding.level, finding.points) == (None, Level.KNOW, Decimal("1.0000"))
    assert not any(each.check is Check.ILLUSTRATIVE for each in findings(sheet_of(read_rubric(SOC_TRANG), {})))


def test_a_draft_of_a_quarter_is_checked_like_the_year() -> None:
    assert checks(findings(nam_dinh(period="q1"))) == [Check.NO_PROOF]


def test_a_criterion_that_does_not_apply_is_not_checked() -> None:
    code = "4.2"
    proof = Proof("d", "Bản thảo")
    sheet = nam_dinh({code: {"not_applicable": "không có đơn vị sự nghiệp"}})
    assert checks(with_proofs(proof, sheet=sheet, code=code), code) == []


@settings(max_examples=40, deadline=None)
@given(sheets(), st.data())
def test_findings_stand_by_points_and_every_one_says_what_is_wrong_and_what_to_do(
    sheet: Sheet, data: st.DataObject
) -> None:
    days = st.none() | st.dates(date(2015, 1, 1), date(2030, 1, 1))
    proofs = {
        leaf.code: [Proof("d", "Văn bản", number=data.draw(st.sampled_from(["", "1"])), doc_date=data.draw(days))]
        for leaf in sheet.rubric.leaves
        if data.draw(st.booleans())
    }
    found = findings(replace(sheet, attached={code: len(listed) for code, listed in proofs.items()}), proofs)
    assert [finding.points for finding in found] == sorted((finding.points for finding in found), reverse=True)
    for finding in found:
        assert finding.message.endswith(".")
        assert finding.remedy.endswith(".")
        assert not (finding.check is Check.NO_PROOF and finding.code in proofs)
