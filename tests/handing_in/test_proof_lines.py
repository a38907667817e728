"""The workbook's column of evidence: what is asked for, what is attached with its part, then the note."""

from io import BytesIO

from openpyxl import load_workbook

from cchc_core import scoring
from cchc_core.handing_in.proof_lines import proof_lines
from cchc_core.workbook import write_workbook
from tests.handing_in.desk import PDF, Desk, plan

CODE = "1.1.1"


def test_the_column_of_evidence_names_what_is_attached_with_its_part_before_the_note(desk: Desk) -> None:
    desk.save(CODE, {"level": 0})
    first, second = desk.keep(plan()), desk.keep(plan("13/KH-STNMT", None, "=1+1"), PDF + b"%2\n")
    desk.attach(first, CODE, 0, "mục II, tr. 3")
    desk.attach(first, CODE, 1, "tr. 9")
    desk.attach(second, CODE)
    scoring.save_note(
        desk.database, desk.officer, assessment_id=desk.assessment().id, code=CODE, note="Đã ký.", expected_version=1
    )
    attached = proof_lines(desk.database, desk.officer, desk.assessment().id)
    written = BytesIO()
    write_workbook(desk.sheet(), written, attached=attached)
    cells = [str(cell.value) for row in load_workbook(written).worksheets[0].iter_rows() for cell in row]
    (proof,) = [cell for cell in cells if "TLKC đã gắn" in cell]
    asked, rest = proof.split("TLKC đã gắn:\n")
    documents, note = rest.split("\nThuyết minh: ")
    assert asked.startswith("TLKC cần có:\n- Kế hoạch CCHC năm 2024")
    assert documents.split("\n") == [
        "- Kế hoạch số 12/KH-STNMT ngày 20/12/2023: Kế hoạch CCHC năm 2024 (mục II, tr. 3; tr. 9)",
        "- Kế hoạch số 13/KH-STNMT: =1+1",
    ]
    assert note.startswith("Đã ký.")


def test_what_is_attached_in_a_later_period_stays_out_of_an_earlier_ones_file(desk: Desk) -> None:
    desk.attach(desk.keep(plan()), CODE, 0, "tr. 1", "q3")
    by_period = {p: proof_lines(desk.database, desk.officer, desk.assessment(p).id) for p in ("q1", "q3", "year")}
    assert [CODE in by_period[period] for period in ("q1", "q3", "year")] == [False, True, True]
