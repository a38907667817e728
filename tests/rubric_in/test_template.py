"""The template: filled in it comes back without a problem, and what it writes out is certain."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.leaf_checks import leaf_problems
from cchc_core.rubric_in.importing import read_set_file
from cchc_core.rubric_in.model import ImportedSet
from cchc_core.rubric_in.template import write_template
from cchc_core.rubric_in.template_words import COLUMNS, RULE_KINDS, SET_SHEET
from cchc_core.rules.kinds import Bands, Checklist, Compare, Count, External, Leaf, Levels, Manual, Ratio, kind_of
from tests.rubric_in.sets import node

_NAMES = [name for _, name, _ in COLUMNS]
_LEVELS = {"Cách tính": "Chọn một mức", "Phương án/mức": "Có: 1,0\nKhông: 0"}
ROWS: list[dict[str, str]] = [
    {"Loại dòng": "Phần", "Mã": "I", "Nội dung": "KẾT QUẢ", "Điểm tối đa": "9"},
    {"Loại dòng": "Lĩnh vực", "Mã": "1", "Nội dung": "CHỈ ĐẠO", "Điểm tối đa": "9"},
    {"Loại dòng": "Tiêu chí", "Mã": "1.1", "Nội dung": "Kế hoạch", "Điểm tối đa": "1", **_LEVELS},
    {
        "Loại dòng": "Tiêu chí",
        "Mã": "1.2",
        "Nội dung": "Báo cáo",
        "Điểm tối đa": "1",
        "Cách tính": "Đánh dấu các ý đạt",
        "Phương án/mức": "Đúng hạn: 0,5\nTỷ lệ đủ nội dung (tỷ lệ): 0,5",
    },
    {
        "Loại dòng": "Tiêu chí",
        "Mã": "1.3",
        "Nội dung": "Hồ sơ",
        "Điểm tối đa": "2",
        "Cách tính": "Theo tỷ lệ",
        "Phương án/mức": "Dưới 70%: 0",
        "Tử số": "Số hồ sơ đúng hạn",
        "Mẫu số": "Tổng số hồ sơ",
        "Áp dụng cho": "Sở, ngành có thủ tục hành chính; UBND cấp huyện",
    },
    {
        "Loại dòng": "Tiêu chí",
        "Mã": "1.4",
        "Nội dung": "Chữ ký số",
        "Điểm tối đa": "1",
        "Cách tính": "Theo khoảng",
        "Phương án/mức": "Từ 95% đến 100%: 1\nTừ 80% đến dưới 95%: 0,5\nDưới 80%: 0",
        "Tử số": "Tỷ lệ văn bản ký số",
    },
    {
        "Loại dòng": "Tiêu chí",
        "Mã": "1.5",
        "Nội dung": "Nhiệm vụ chậm",
        "Điểm tối đa": "2",
        "Cách tính": "Theo số trường hợp",
        "Phương án/mức": "0: 2,0\n1: 1,5\n2 trở lên: 0",
        "Tử số": "Số nhiệm vụ chậm",
    },
    {
        "Loại dòng": "Tiêu chí",
        "Mã": "1.6",
        "Nội dung": "Chỉ số",
        "Điểm tối đa": "1",
        "Cách tính": "So với năm trước",
        "Phương án/mức": "Cao hơn: 1\nBằng: 0,5\nThấp hơn: 0",
        "Tử số": "Chỉ số CCHC",
    },
    {
        "Loại dòng": "Tiêu chí",
        "Mã": "1.7",
        "Nội dung": "Hài lòng",
        "Điểm tối đa": "1",
        "Cách tính": "Do bên ngoài chấm",
        "Phương án/mức": "Sở Nội vụ điều tra",
    },
    {
        "Loại dòng": "Tiêu chí",
        "Mã": "1.8",
        "Nội dung": "Sáng kiến",
        "Điểm tối đa": "1",
        "Cách tính": "Nhập điểm",
        "Phương án/mức": "Hội đồng xét",
        "Thưởng/trừ": "Điểm thưởng",
    },
    {"Loại dòng": "Tiêu chí", "Mã": "1.9", "Nội dung": "Họp", "Điểm tối đa": "1", "Tài liệu kiểm chứng": "Biên bản"},
    {"Loại dòng": "Ý/mức", "Nội dung": "Có họp", "Điểm tối đa": "1"},
    {"Loại dòng": "Ý/mức", "Nội dung": "Không họp", "Điểm tối đa": "0"},
    {"Nội dung": "TỔNG CỘNG", "Điểm tối đa": "9"},
]


def _template() -> bytes:
    out = BytesIO()
    write_template(out)
    return out.getvalue()


def _filled(rows: list[dict[str, str]]) -> ImportedSet:
    book = load_workbook(BytesIO(_template()))
    sheet = book[SET_SHEET]
    sheet["A1"] = "BỘ TIÊU CHÍ CẢI CÁCH HÀNH CHÍNH NĂM 2027"
    sheet["A2"] = "(Ban hành kèm theo Quyết định số 5/QĐ-UBND ngày 01/02/2027 của UBND tỉnh Bắc An)"
    for number, row in enumerate(rows, start=7):
        for said, text in row.items():
            column = next(place for place, name in enumerate(_NAMES, start=1) if name.startswith(said))
            sheet.cell(number, column, text)
    out = BytesIO()
    book.save(out)
    return read_set_file(out.getvalue(), "mau.xlsx", year=2026)


@pytest.fixture(scope="module")
def filled() -> ImportedSet:
    return _filled(ROWS)


def test_a_filled_template_has_no_problem_and_its_examples_are_left_out(filled: ImportedSet) -> None:
    assert filled.problems == ()
    assert [each.code for each in filled.nodes] == ["I", "1", *(f"1.{place}" for place in range(1, 10))]
    assert sum("dòng ví dụ của tệp mẫu" in note for note in filled.notes) == 2
    assert (filled.year, filled.issuer, filled.declared_total) == (2027, "UBND tỉnh Bắc An", Decimal(9))


def test_every_column_of_the_template_is_known(filled: ImportedSet) -> None:
    assert [column.name for column in filled.columns] == _NAMES
    assert all(column.field for column in filled.columns)


def test_each_rule_that_is_written_out_is_certain_and_can_be_scored(filled: ImportedSet) -> None:
    kinds = set()
    for place, kind in enumerate((Levels, Checklist, Ratio, Bands, Count, Compare, External, Manual), start=1):
        found = node(filled, f"1.{place}")
        assert found.proposal is not None
        rule = found.proposal.rule
        assert rule is not None
        assert isinstance(rule, kind)
        assert found.proposal.confidence == 1.0
        assert leaf_problems(Leaf(found.max_points or Decimal(0), rule)) == ()
        kinds.add(kind_of(rule))
    assert kinds == set(RULE_KINDS.values())


def test_a_ratio_has_its_floor_and_a_checklist_its_ratio_item(filled: ImportedSet) -> None:
    ratio, checklist = (node(filled, code).proposal for code in ("1.3", "1.2"))
    assert ratio is not None
    assert ratio.rule == Ratio("Số hồ sơ đúng hạn", "Tổng số hồ sơ", Decimal(70))
    assert checklist is not None
    assert isinstance(checklist.rule, Checklist)
    assert [(item.text, item.is_ratio) for item in checklist.rule.items] == [
        ("Đúng hạn", False),
        ("Tỷ lệ đủ nội dung", True),
    ]


def test_bodies_and_bonuses_are_taken_over(filled: ImportedSet) -> None:
    assert node(filled, "1.3").applies_to == (BodyKind.WITH_PROCEDURES, BodyKind.DISTRICT)
    bonus = node(filled, "1.8").proposal
    assert bonus is not None
    assert bonus.effect.value == "bonus"


def test_a_criterion_without_a_rule_gets_lines_and_a_proposal(filled: ImportedSet) -> None:
    found = node(filled, "1.9")
    assert [(line.text, line.points) for line in found.lines] == [("Có họp", Decimal(1)), ("Không họp", Decimal(0))]
    assert found.proposal is not None
    assert found.proposal.confidence < 1


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"Loại dòng": "Mục"}, "A", "không phải là một loại dòng"),
    ({"Mã": ""}, "B", "chưa có mã"),
    ({"Cách tính": "Theo cảm tính"}, "E", "không có cách tính"),
    ({"Phương án/mức": "Có"}, "F", "không có điểm ở cuối"),
    ({"Phương án/mức": "Có: 1"}, "F", "cần ít nhất 2 dòng"),
    ({"Phương án/mức": "Có: 1.000\nKhông: 0"}, "F", "không đọc được thành một số"),
    ({"Cách tính": "Theo tỷ lệ"}, "G", "cần ô này"),
    ({"Cách tính": "Theo khoảng"}, "F", "không phải là một khoảng"),
    ({"Cách tính": "Theo số trường hợp"}, "F", "đứng ở chỗ của 0 trường hợp"),
    ({"Cách tính": "So với năm trước", "Phương án/mức": "Cao: 1\nBằng: 1\nÍt: 0"}, "F", "cần đủ ba mức"),
    ({"Thưởng/trừ": "Cộng"}, "L", "không phải là thưởng hay trừ"),
    ({"Áp dụng cho": "Sở Ngoại vụ"}, "M", "không có loại cơ quan"),
]


def test_what_cannot_be_understood_is_named_by_its_cell() -> None:
    rows = [{**ROWS[2], "Mã": f"1.{place}", **change} for place, (change, _, _) in enumerate(WRONG, start=1)]
    found = _filled([ROWS[1], *rows])
    assert all("Hãy " in each.to_do for each in found.problems)
    assert [each.where.split(", ", 1)[1] for each in found.problems] == [
        f"dòng {row}, cột {column}" for row, (_, column, _) in enumerate(WRONG, start=8)
    ]
    for each, (_, _, problem) in zip(found.problems, WRONG, strict=True):
        assert problem in each.problem


def test_the_template_as_it_is_given_out_says_that_nothing_is_filled_in() -> None:
    found = read_set_file(_template(), "mau.xlsx", year=2026)
    assert found.nodes == ()
    assert ["không có tiêu chí nào" in each.problem for each in found.problems] == [True]
