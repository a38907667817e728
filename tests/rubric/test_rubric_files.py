"""Criteria-set files: what is wrong is named with file, line, path and what to do, all of it at once."""

from decimal import Decimal
from pathlib import Path

import pytest

from cchc_core.rubric.checks import findings
from cchc_core.rubric_files import (
    RubricFileError,
    list_rubrics,
    load_rubric,
    read_rubric,
    rubric_path,
)
from tests.data_file import DataFile

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")
FILE = DataFile(SMALL, "bộ.yaml", load_rubric, RubricFileError)
load, problems, changed = FILE.load, FILE.problems, FILE.changed


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)


def test_a_sound_file_is_read_with_its_codes_and_points_as_they_are_written(tmp_path: Path) -> None:
    rubric = load(tmp_path, SMALL)
    assert findings(rubric) == ()
    assert [leaf.code for leaf in rubric.leaves] == ["I.1.1.1", "I.1.1.2", "I.1.2", "I.1.3"]
    assert rubric.max_points() == Decimal("5.0000")
    assert rubric.max_points("I.1.1") == Decimal("3.0000")
    assert rubric.criterion("I.1.1.2").section == "I.1"
    assert rubric.criterion("I.1.1.2").declared_max == Decimal("2.0000")


def test_a_code_like_a_number_stays_text(tmp_path: Path) -> None:
    rubric = load(tmp_path, SMALL.replace("I.1.3", "5.010"))
    assert rubric.leaves[-1].code == "5.010"


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("issuer:", "isuer: x\nissuer:", "isuer", "không có trong mẫu"),
        ("    title: Ban hành", "    tilte: x\n    title: Ban hành", "criteria[1].tilte", "không có trong mẫu"),
        ("{text: Có, points: 1.0000}", "{text: Có, point: 1, points: 1.0000}", "levels[0].point", "không có trong mẫu"),
        ("      measure: tỷ lệ", "      levels: []\n      measure: tỷ lệ", "rule.levels", "không có trong mẫu"),
        ("parent: I.1.1\n    title: Báo", "parent: I.1.9\n    title: Báo", "criteria[2].parent", "không có nhóm"),
        ("parent: I.1.1\n    title: Báo", "parent: I.1.1.1\n    title: Báo", "criteria[2].parent", "không có nhóm"),
        ("code: I.1.2\n", "code: I.1.1.1\n", "criteria[3].code", "đã dùng ở trên"),
        ("part: I,", "part: II,", "sections[0].part", "không có phần II"),
        ("  - {code: I, title", "  - {code: I, title: x}\n  - {code: I, title", "parts[1].code", "đã dùng ở trên"),
        ("sections:\n", "sections:\n  - {code: I.9, part: I, title: x}\n", "sections[0]", "không có tiêu chí nào"),
        ("- code: I.1.2\n", "- {code: I.1.8, parent: I.1, title: x}\n  - code: I.1.2\n", "criteria[3]", "nhóm I.1.8"),
        ("    max_points: 2.0000\n", "", "criteria[2]", "thiếu max_points"),
        ("    max_points: 2.0000\n", "    max_points: hai\n", "criteria[2].max_points", "cần một số"),
        ("    max_points: 2.0000\n", "    max_points: 2,0\n", "criteria[2].max_points", "dấu chấm"),
        ("    max_points: 2.0000\n", "    max_points: 1e999\n", "criteria[2].max_points", "số quá lớn"),
        ("    max_points: 2.0000\n", "    max_points: 2.00005\n", "criteria[2]", "tối đa bốn chữ số"),
        ("    max_points: 2.0000\n", "    max_points: 0.0000\n", "criteria[2]", "phải lớn hơn 0"),
        ("points: 0.5000", "points: 0.4000", "criteria[2]", "chỉ đạt nhiều nhất 1,9"),
        ("points: 0.5000", "points: -0.5000", "criteria[2]", "số không âm"),
        ("points: 0.5000", f"points: 0.5{'0' * 28}1", "items[0].points", "quá 10 chữ số thập phân"),
        ("points: 0.5000", "points: 2.5000", "criteria[2]", "có mức 2,5000 điểm, vượt"),
        ("{text: Có, points: 1.0000}", "{text: Có, points: 0.9000}", "criteria[1]", "chỉ đạt nhiều nhất 0,9"),
        ("{text: Có, points: 1.0000}", "{text: Có, points: 1.1000}", "criteria[1]", "vượt điểm chuẩn"),
        ("declared_max: 3.0000", "declared_max: 3.00001", "criteria[0]", "tối đa bốn chữ số"),
        ("declared_total: 5.0000", "declared_total: -5", "", "số không âm"),
        ("declared_total: 5.0000\n", "", "declared_total", "thiếu khoá"),
        ("to: 50,", "to: 49,", "criteria[3]", "giá trị giữa 49 và 50"),
        ("to: 50,", "to: 51,", "criteria[3]", "chồng lên nhau"),
        ("to: 50, from_inclusive: true, to_inclusive: false", "to: 50, from_inclusive: true, to_inclusive: true",
         "criteria[3]", "chồng lên nhau quanh 50"),
        ("from: 50, to: 100, from_inclusive: true", "from: 50, to: 100, from_inclusive: false", "criteria[3]",
         "đúng 50 không thuộc khoảng nào"),
        ("from: 0,", "from: 1,", "criteria[3]", "không có khoảng nào chứa 0 %"),
        ("to: 100, from_inclusive: true, to_inclusive: true", "to: 100, from_inclusive: true, to_inclusive: false",
         "criteria[3]", "không có khoảng nào chứa 100 %"),
        ("from: 50, to: 100", "from: 100, to: 50", "criteria[3]", "không chứa giá trị nào"),
        (", points: 1.0000}\n  - code: I.1.3", "}\n  - code: I.1.3", "criteria[3]", "đúng một trong hai"),
        ("points: 1.0000}\n  - code: I.1.3", "points: 1.0000, linear: {factor: 1, constant: 0}}\n  - code: I.1.3",
         "criteria[3]", "đúng một trong hai"),
        ("      unit: ", "      known_gaps: [60]\n      unit: ", "criteria[3]", "known_gaps ghi 60"),
        ("kind: bands", "kind: band", "criteria[3].rule", "kind này không có"),
        ("      kind: bands\n", "", "criteria[3].rule", "thiếu kind"),
        ("due_period: q3", "due_period: Q3", "criteria[2]", "không có kỳ «Q3»"),
        ("points_source: official", "points_source: chính thức", "points_source", "giá trị cho phép"),
        ("id: bo-nho", "id: Bộ nhỏ", "id", "chữ thường không dấu"),
        ("year: 2024", "year: hai nghìn", "year", "cần một số nguyên"),
        ("title: Ban hành", "title: ''", "criteria[1].title", "không được để trống"),
        ("title: Ban hành", "title: [Ban hành]", "criteria[1].title", "cần một đoạn chữ"),
        ("title: Ban hành", "title: Ban hành\n    title: Ban", "title", "ghi hai lần"),
        ("criteria: [I.1.1.1, I.1.3]", "criteria: [I.1.1.1, I.1.9]", "exclusions[0].criteria", "tiêu chí I.1.9"),
        ("criteria: [I.1.1.1, I.1.3]", "criteria: [I.1.3, I.1.3]", "exclusions[0].criteria", "hai mã giống nhau"),
        ("[[0, 1]]", "[[0, 2]]", "criteria[1]", "mức [0, 2] không có"),
        ("    not_applicable_clause", "    max_ponts: 1\n    not_applicable_clause", "criteria[4].max_ponts", "bỏ đi"),
        ("declared_max: 3.0000", "void_condition: sửa", "criteria[0]", "chỉ tiêu chí có cách tính"),
        ("declared_max: 3.0000", "effect: bonus", "criteria[0]", "mới là điểm thưởng hoặc điểm trừ"),
        (
            "    max_points: 2.0000\n",
            "    max_points: 2.0000\n    effect: penalty\n    void_condition: sửa\n",
            "criteria[2]",
            "điểm trừ không mang điều kiện huỷ điểm",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place_and_what_to_do(
    tmp_path: Path, old: str, new: str, where: str, said: str
) -> None:
    found = problems(tmp_path, changed((old, new)))
    fitting = [problem for problem in found if problem.where.endswith(where) and said in problem.message]
    assert fitting, "\n".join(map(str, found))
    assert all(problem.line and problem.path.name == "bộ.yaml" for problem in found)
    assert all(";" in problem.message or "." in problem.message for problem in found)


def test_a_fault_is_named_with_its_line(tmp_path: Path) -> None:
    text = changed(("{text: Không, points: 0.0000}", "{text: Không, points: không}"))
    (problem,) = problems(tmp_path, text)
    assert problem.line == line_of(text, "points: không")
    assert problem.where == "criteria[1].rule.levels[1].points"
    assert str(problem).startswith(f"bộ.yaml, dòng {problem.line}, criteria[1].rule.levels[1].points: ")


def test_faults_of_every_sort_are_named_at_once_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = changed(
        ("title: Bộ tiêu chí nhỏ", "title: Bộ tiêu chí nhỏ\nsubtitle: x"),
        ("title: Ban hành", "title: Ban hành\n    title: Ban"),
        ("{text: Có, points: 1.0000}", "{text: Có, points: 0.9000}"),
        ("code: I.1.2\n", "code: I.1.1.2\n"),
        ("to: 50,", "to: 49,"),
    )
    found = problems(tmp_path, text)
    assert [problem.line for problem in found] == sorted(problem.line or 0 for problem in found)
    said = "\n".join(map(str, found))
    for words in ("subtitle", "hai lần", "nhiều nhất 0,9", "đã dùng ở trên", "giữa 49 và 50"):
        assert words in said


def test_a_known_gap_of_the_print_is_no_fault(tmp_path: Path) -> None:
    text = changed(
        ("from: 50, to: 100, from_inclusive: true", "from: 50, to: 100, from_inclusive: false"),
        ("      unit: ", "      known_gaps: [50.00]\n      unit: "),
    )
    assert findings(load(tmp_path, text)) == ()


def test_items_that_add_up_to_more_than_the_maximum_are_capped_with_a_warning(tmp_path: Path) -> None:
    rubric = load(tmp_path, changed(("points: 0.5000", "points: 0.6000")))
    (finding,) = findings(rubric)
    assert (finding.code, finding.level) == ("I.1.1.2", "warning")
    assert "phần vượt không được tính" in finding.message


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("declared_max: 3.0000", "declared_max: 4.0000", "I.1.1", "Nhóm I.1.1: văn bản in 4,0000"),
        ("title: Chỉ đạo, declared_max: 5", "title: Chỉ đạo, declared_max: 6", "I.1", "in 6,0000 điểm"),
        ("title: Phần một, declared_max: 5", "title: Phần một, declared_max: 4", "I", "Phần I: văn bản in 4,0000"),
        ("declared_total: 5", "declared_total: 9", None, "Tổng cộng: văn bản in 9,0000"),
        ("    max_points: 2.0000\n", "    max_points: 2.0000\n    declared_max: 2.5000\n", "I.1.1.2", "in 2,5000"),
    ],
)
def test_a_sum_that_the_print_gets_wrong_is_a_warning_where_it_stands(
    tmp_path: Path, old: str, new: str, code: str | None, said: str
) -> None:
    found = findings(load(tmp_path, changed((old, new))))
    assert {finding.level for finding in found} == {"warning"}
    assert [finding.code for finding in found if said in finding.message] == [code]


def test_a_flaw_is_reported_once_where_it_stands_and_not_again_above_it(tmp_path: Path) -> None:
    text = SMALL.replace("declared_max: 5.0000", "declared_max: 6.0000")
    everywhere = text.replace("declared_total: 5.0000", "declared_total: 6.0000")
    assert [finding.code for finding in findings(load(tmp_path, everywhere))] == ["I.1"]
    assert [finding.code for finding in findings(load(tmp_path, text))] == ["I.1", None]


def test_what_the_print_does_not_declare_is_no_finding(tmp_path: Path) -> None:
    text = changed(("declared_total: 5.0000", "declared_total: null"), ("    declared_max: 3.0000\n", ""))
    assert findings(load(tmp_path, text)) == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "tệp trống"),
        ("# chỉ có ghi chú", "tệp trống"),
        ("a: [1", "không đúng cú pháp YAML"),
        ("a: b: c", "không đúng cú pháp YAML"),
        ("a: &x [1]\nb: *x", "tham chiếu"),
        ("a: &x [*x]", "tham chiếu"),
        ("[" * 5000, "lồng quá sâu"),
        ("a: \x07", "ký tự điều khiển"),
        ("- 1", "cần một mục có các khoá"),
        ("chữ", "cần một mục có các khoá"),
        ("!!python/object/apply:os.system ['true']", "cần một mục có các khoá"),
    ],
)
def test_a_file_that_is_no_criteria_set_is_refused_in_words(tmp_path: Path, content: str, said: str) -> None:
    assert said in "\n".join(map(str, problems(tmp_path, content)))


def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("id: bộ".encode("utf-16"))
    for path, said in ((tmp_path / "không có.yaml", "không có tệp"), (tmp_path, "thư mục"), (latin, "UTF-8")):
        with pytest.raises(RubricFileError, match=said):
            load_rubric(path)


def test_a_file_from_windows_is_read_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "bộ.yaml").write_bytes(SMALL.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_rubric(tmp_path / "bộ.yaml") == load(tmp_path, SMALL)


def test_the_criteria_sets_of_the_product_are_known_by_id() -> None:
    assert list_rubrics() == ("namdinh-tnmt-2024", "soctrang-tttt-2022")
    assert [read_rubric(rubric_id).id for rubric_id in list_rubrics()] == list(list_rubrics())
    for unknown in ("", "soctrang-tttt-2022.cases", "../rubrics/soctrang-tttt-2022"):
        with pytest.raises(KeyError):
            rubric_path(unknown)


def test_the_print_of_soc_trang_has_two_flaws_and_that_of_nam_dinh_none() -> None:
    found = findings(read_rubric("soctrang-tttt-2022"))
    assert [(finding.code, finding.level) for finding in found] == [("II.4", "warning"), (None, "warning")]
    assert "6,0000" in found[0].message
    assert "4,5000" in found[0].message
    assert "64,0000" in found[1].message
    assert findings(read_rubric("namdinh-tnmt-2024")) == ()


def test_the_criteria_sets_of_the_product_have_the_shape_of_their_print() -> None:
    soc_trang, nam_dinh = read_rubric("soctrang-tttt-2022"), read_rubric("namdinh-tnmt-2024")
    assert (len(soc_trang.parts), len(soc_trang.sections), len(soc_trang.leaves)) == (2, 13, 101)
    assert [len(nam_dinh.leaves_of(section.code)) for section in nam_dinh.sections] == [15, 9, 19, 11, 19, 10, 23, 15]
    assert not soc_trang.is_illustrative
    assert nam_dinh.is_illustrative
    codes = [criterion.code for criterion in soc_trang.criteria]
    assert codes.index("I.5.010") < codes.index("I.5.1")
