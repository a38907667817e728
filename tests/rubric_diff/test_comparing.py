from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
from hypothesis import given, settings

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.model import Cap, Criterion, Evidence, Rubric, Section
from cchc_core.rubric_diff import compare, difference_tables, resolve, write_difference_xlsx
from cchc_core.rubric_diff.model import ChangeKind, Difference, Line
from cchc_core.rules.kinds import Bands, Checklist, Count, Effect, Item, Leaf
from tests.rubric.strategies import rubrics
from tests.rubric_diff.sets import (
    CHECKED,
    HANDLED,
    NEW,
    NEW_TASK,
    NONE,
    OLD,
    ONE,
    PLAN,
    REVIEWED,
    TOLD,
    levels,
    moved,
    rubric,
)

CONFIRMED = {"1.1": "1.1", "1.2": "1.3", "1.3": "1.4", "2.1": "2.1", "2.2": "2.2"}


def _changed(before: Criterion, after: Criterion) -> Line:
    """Compare two sets that differ in one criterion."""
    old, new = (rubric(2024, OLD.sections, (each,)) for each in (before, after))
    (line,) = compare(old, new, {before.code: after.code}).lines
    return line


def _scored(criterion: Criterion, **of_leaf: object) -> Criterion:
    return replace(criterion, leaf=replace(criterion.scored, **of_leaf))  # type: ignore[arg-type]


def _texts(line: Line) -> list[tuple[str, str, str]]:
    return [(detail.what, detail.before, detail.after) for detail in line.details]


def test_what_is_the_same_is_counted_and_not_listed() -> None:
    same = compare(OLD, OLD, resolve(OLD, OLD))
    assert (same.lines, same.unchanged, same.head) == ((), 5, ())
    assert [each.difference for each in same.sections] == [NONE, NONE]


def test_added_removed_and_moved_criteria_stand_in_the_printed_order_of_the_new_version() -> None:
    without_handled = replace(NEW, criteria=tuple(each for each in NEW.criteria if each.code != "2.2"))
    difference = compare(OLD, without_handled, CONFIRMED)
    listed = [(line.old and line.old.code, line.new and line.new.code, line.kinds) for line in difference.lines]
    assert listed == [
        (None, "1.2", (ChangeKind.ADDED,)),
        ("1.2", "1.3", (ChangeKind.MOVED,)),
        ("1.3", "1.4", (ChangeKind.MOVED,)),
        ("2.2", None, (ChangeKind.REMOVED,)),
    ]
    assert difference.unchanged == 2
    assert difference.lines[0].shown is NEW_TASK
    assert difference.lines[3].shown == HANDLED


def test_what_is_gone_from_the_top_stands_at_the_top() -> None:
    new = replace(OLD, criteria=OLD.criteria[1:])
    (line,) = compare(OLD, new, resolve(OLD, new)).lines
    assert (line.old, line.new) == (PLAN, None)


def test_another_place_is_named_by_code_and_by_what_stands_above() -> None:
    line = _changed(CHECKED, moved(CHECKED, "2.7"))
    assert line.kinds == (ChangeKind.MOVED,)
    assert _texts(line) == [("Mã", "1.2", "2.7"), ("Thuộc", "1 Chỉ đạo, điều hành", "2 Cải cách thể chế")]


def test_a_section_that_got_another_code_moves_its_criteria_and_none_of_its_points() -> None:
    sections = (SECTION_0, replace(OLD.sections[0], code="2"), replace(OLD.sections[1], code="3"))
    codes = {"1.1": "2.1", "1.2": "2.2", "1.3": "2.3", "2.1": "3.1", "2.2": "3.2"}
    new = rubric(2024, sections, tuple(moved(each, codes[each.code]) for each in OLD.criteria))
    difference = compare(OLD, new, codes)
    assert {line.kinds for line in difference.lines} == {(ChangeKind.MOVED,)}
    assert {detail.what for line in difference.lines for detail in line.details} == {"Mã"}
    sums = [(each.old_code, each.new_code, each.before, each.after) for each in difference.sections]
    assert sums == [(None, "1", None, NONE), ("1", "2", ONE * 3, ONE * 3), ("2", "3", ONE * 2, ONE * 2)]


SECTION_0 = Section("1", None, "Quán triệt")


def test_a_renamed_section_is_still_that_section_and_a_lost_one_is_told() -> None:
    new = rubric(2024, (replace(OLD.sections[0], title="Công tác chỉ đạo"),), OLD.criteria[:3])
    difference = compare(OLD, new, resolve(OLD, new))
    assert [(each.old_title, each.new_title, each.difference) for each in difference.sections] == [
        ("Chỉ đạo, điều hành", "Công tác chỉ đạo", NONE),
        ("Cải cách thể chế", None, None),
    ]


def test_other_words_are_a_renaming_and_how_they_are_typed_is_not() -> None:
    assert _changed(PLAN, replace(PLAN, title="Ban hành kế hoạch")).kinds == (ChangeKind.RENAMED,)
    shouted = replace(PLAN, title=PLAN.title.upper() + " .")
    old, new = (rubric(2024, OLD.sections, (each,)) for each in (PLAN, shouted))
    assert compare(old, new, {"1.1": "1.1"}).lines == ()


def test_points_that_follow_the_maximum_are_other_points_and_no_other_rule() -> None:
    half = _scored(REVIEWED, max_points=ONE / 2, rule=levels(ONE / 2, "Đủ", "Thiếu", "Không"))
    line = _changed(REVIEWED, half)
    assert line.kinds == (ChangeKind.POINTS,)
    assert _texts(line)[0] == ("Điểm chuẩn", "1,0000", "0,5000")
    assert "Thiếu: 0,2500" in _texts(line)[1][2]


def test_points_that_do_not_follow_the_maximum_are_another_rule() -> None:
    skewed = Checklist((Item("Có chuyên mục", Decimal("0.2")), Item("Có tin bài hằng quý", Decimal("0.8"))))
    assert _changed(TOLD, _scored(TOLD, rule=skewed)).kinds == (ChangeKind.RULE,)
    both = _changed(TOLD, _scored(TOLD, rule=skewed, max_points=ONE * 2))
    assert both.kinds == (ChangeKind.POINTS, ChangeKind.RULE)


def test_another_kind_of_rule_is_told_in_words_on_both_sides() -> None:
    line = _changed(CHECKED, _scored(CHECKED, rule=Count("số đơn vị chưa kiểm tra", (ONE, NONE))))
    assert line.kinds == (ChangeKind.RULE,)
    ((what, before, after),) = _texts(line)
    assert what == "Cách tính"
    assert before == "Theo tỷ lệ\ntử số: số đơn vị đã kiểm tra\nmẫu số: số đơn vị"
    assert after == "Theo số trường hợp\nsố đơn vị chưa kiểm tra\n0: 1,0000\n1 trở lên: 0,0000"


def test_clauses_effects_and_kinds_of_bodies_are_part_of_the_rule() -> None:
    for after in (
        _scored(PLAN, not_applicable_clause="Không được giao"),
        _scored(PLAN, void_condition="Có chỉnh sửa"),
        _scored(PLAN, due_period="q3"),
        _scored(PLAN, effect=Effect.BONUS),
        replace(PLAN, applies_to=(BodyKind.ROOM,)),
    ):
        assert _changed(PLAN, after).kinds == (ChangeKind.RULE,)
    line = _changed(PLAN, replace(PLAN, applies_to=(BodyKind.ROOM,)))
    assert _texts(line) == [("Áp dụng cho", "mọi cơ quan, đơn vị", "Phòng, ban thuộc Sở")]


def test_evidence_is_compared_line_by_line_whatever_its_order() -> None:
    turned = replace(TOLD, evidence=TOLD.evidence[::-1])
    old, new = (rubric(2024, OLD.sections, (each,)) for each in (TOLD, turned))
    assert compare(old, new, {"1.3": "1.3"}).lines == ()
    other = replace(TOLD, evidence=(TOLD.evidence[0], Evidence("Báo cáo năm", "năm 2024", brought_by_unit=False)))
    line = _changed(TOLD, other)
    assert line.kinds == (ChangeKind.EVIDENCE,)
    assert _texts(line) == [
        ("Tài liệu kiểm chứng", "Danh sách tin bài", "Báo cáo năm (năm 2024) (cơ quan khác theo dõi)")
    ]


def test_deadline_funding_responsible_and_note_are_told_as_other_information() -> None:
    line = _changed(PLAN, replace(PLAN, deadline="Quý IV", responsible="Văn phòng"))
    assert line.kinds == (ChangeKind.OTHER,)
    assert _texts(line) == [("Thời hạn", "", "Quý IV"), ("Trách nhiệm", "", "Văn phòng")]


def test_where_a_file_was_brought_in_from_is_no_difference() -> None:
    placed = replace(PLAN, place="Sheet1, dòng 7", print_note="in mờ", reference="Phụ lục 1")
    old, new = (rubric(2024, OLD.sections, (each,)) for each in (PLAN, placed))
    assert compare(old, new, {"1.1": "1.1"}).lines == ()


def test_what_is_said_of_the_whole_set_is_compared_too() -> None:
    new = replace(OLD, declared_total=Decimal(100), caps=(Cap(Effect.BONUS, Decimal(2)),), applies_to=(BodyKind.ROOM,))
    told = {detail.what: (detail.before, detail.after) for detail in compare(OLD, new, resolve(OLD, new)).head}
    assert told == {
        "Tổng điểm văn bản in": ("", "100,0000"),
        "Áp dụng cho": ("mọi cơ quan, đơn vị", "Phòng, ban thuộc Sở"),
        "Mức trần": ("", "Điểm thưởng của cả bộ: tối đa 2,0000"),
    }


def test_matches_of_codes_that_are_not_there_are_left_out() -> None:
    difference = compare(OLD, NEW, {**CONFIRMED, "9.9": "1.1", "2.2": "8.8"})
    assert dict(difference.matches) == {code: CONFIRMED[code] for code in ("1.1", "1.2", "1.3", "2.1")}


def _sheet(content: BytesIO, name: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(content)
    return list(book[name].iter_rows(values_only=True))


def _confirmed() -> Difference:
    return compare(OLD, NEW, CONFIRMED)


def test_the_tables_tell_counts_sums_differences_and_codes() -> None:
    counts, sums, lines, codes = difference_tables(_confirmed())
    assert {row[0]: row[1] for row in counts.rows if row[1]} == {
        "Thêm mới": 1,
        "Chuyển chỗ, đổi mã": 2,
        "Không đổi": 3,
    }
    assert sums.rows[-1] == ("", "", "Cả bộ tiêu chí", ONE * 5, ONE * 6, ONE)
    assert lines.rows[0][:6] == (None, "1.2", NEW_TASK.title, "Thêm mới", None, ONE)
    assert lines.rows[1] == ("1.2", "1.3", CHECKED.title, "Chuyển chỗ, đổi mã", ONE, ONE, "Mã", "1.2", "1.3")
    assert codes.rows[:3] == (
        ("1.1", "1.1", NEW.criterion("1.1").title),
        ("1.2", "", NEW_TASK.title),
        ("1.3", "1.2", CHECKED.title),
    )


def test_the_workbook_has_a_sheet_for_each_table_and_points_as_numbers() -> None:
    content = BytesIO()
    write_difference_xlsx(_confirmed(), content)
    book = openpyxl.load_workbook(content)
    assert book.sheetnames == ["Tóm tắt", "Điểm theo lĩnh vực", "Khác nhau", "Ghép mã"]
    assert _sheet(content, "Điểm theo lĩnh vực")[-1][3:6] == (5, 6, 1)
    assert any("Quyết định số 2025" in map(str, row) for row in _sheet(content, "Tóm tắt"))


def test_text_that_begins_like_a_formula_stays_text_in_the_workbook() -> None:
    wicked = replace(PLAN, title="=1+1")
    old = rubric(2024, OLD.sections, (PLAN,))
    content = BytesIO()
    write_difference_xlsx(compare(old, replace(old, criteria=(wicked,)), {"1.1": "1.1"}), content)
    cells = [cell for row in openpyxl.load_workbook(content)["Khác nhau"].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s", "s"]


def test_illustrative_points_are_called_so() -> None:
    drawn = replace(OLD, points_source="illustrative")
    _, sums, _, _ = difference_tables(compare(drawn, OLD, resolve(drawn, OLD)))
    assert [column.name for column in sums.columns][3] == "Điểm chuẩn cũ (minh hoạ)"


@settings(max_examples=25)
@given(rubrics(), rubrics())
def test_every_criterion_of_both_versions_is_listed_or_counted_once(old: Rubric, new: Rubric) -> None:
    matches = resolve(old, new)
    difference = compare(old, new, matches)
    both = [line for line in difference.lines if line.old is not None and line.new is not None]
    added = [line for line in difference.lines if line.old is None]
    removed = [line for line in difference.lines if line.new is None]
    assert len(both) + len(removed) + difference.unchanged == len(old.criteria)
    assert len(both) + len(added) + difference.unchanged == len(new.criteria)
    assert all(line.kinds for line in difference.lines)
    assert compare(old, old, resolve(old, old)).lines == ()
    assert all(len(table.columns) for table in difference_tables(difference))


def test_bands_say_their_ranges() -> None:
    from cchc_core.rules.kinds import Band, Linear

    bands = Bands(
        "tỷ lệ đúng hạn",
        "%",
        (
            Band(Decimal(95), Decimal(100), True, True, linear=Linear(Decimal("0.01"), Decimal("0"))),
            Band(None, Decimal(95), False, False, points=NONE),
        ),
    )
    line = _changed(PLAN, replace(PLAN, leaf=Leaf(ONE, bands)))
    after = _texts(line)[0][2].splitlines()
    assert after[:2] == ["Theo khoảng", "tỷ lệ đúng hạn"]
    assert after[2].endswith(": giá trị × 0,01")
    assert after[3].endswith(": 0,0000")
