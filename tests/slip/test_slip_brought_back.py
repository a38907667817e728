"""A slip that comes back: only changes are taken, conflicts are chosen, everything or nothing is stored."""

from datetime import date
from typing import Any

import pytest

from cchc_core.errors import BadText, NotAllowed, NotFound
from cchc_core.permissions import Role
from cchc_core.scoring import history
from cchc_core.slip.applying import apply_slip
from cchc_core.slip.comparing import compare_slip
from cchc_core.slip.model import Applied, Choice, Comparison, Keep, Part
from cchc_core.store import users, verify
from cchc_core.store.log import LogAction
from cchc_core.unconfirmed import unconfirmed
from tests.adjusted_set import ADJUSTED
from tests.adjusted_set import ANSWERS as ADJUSTMENTS
from tests.slip.conftest import NewDesk
from tests.slip.kinds_set import EVERY_KIND
from tests.slip.workbooks import FORM, INPUT_COLUMN, back, book_of, leaf_rows, rows_of, saved, slip_of, typed
from tests.workbook.desk import Answer, Desk, carried_on
from tests.workbook.small import SMALL

START: dict[str, Answer] = {
    "1.4": {"ticked": [0]},
    "1.5.1": {"numerator": "18", "denominator": "20"},
    "1.8": {"count": 0},
    "1.9": {"this_year": "90.1", "last_year": "88"},
}
YES, NO = "1. Có (1,0000 điểm)", '2. Không, hoặc "muộn" * ? ~ (0,0000 điểm)'


@pytest.fixture(scope="module")
def desk(new_desk: NewDesk) -> Desk:
    """A year of every kind of rule."""
    return new_desk(EVERY_KIND)


@pytest.fixture
def slip(desk: Desk) -> bytes:
    """The slip of a known state."""
    blank: dict[str, Answer] = {leaf.code: {} for leaf in EVERY_KIND.leaves}
    desk.save({**blank, **START})
    for code, answer in desk.sheet().answers.items():
        if answer.self_note:
            desk.note(code, "")
    return slip_of(desk.sheet())


def _compare(desk: Desk, content: bytes) -> Comparison:
    return compare_slip(desk.database, desk.officer, back(content))


def _apply(desk: Desk, content: bytes, choices: dict[str, Choice] | None = None) -> Applied:
    return apply_slip(desk.database, desk.officer, back(content), choices or {})


def _stored(desk: Desk, code: str) -> tuple[dict[str, Any], str]:
    answer = desk.sheet().answers[code]
    return dict(answer.entry_json), answer.self_note


def test_a_slip_in_which_nothing_was_typed_changes_nothing(desk: Desk, slip: bytes) -> None:
    comparison = _compare(desk, slip)
    assert (comparison.changes, comparison.problems, comparison.there) == ((), (), ())


def test_only_what_was_typed_is_taken_and_the_core_computes_the_points(desk: Desk, slip: bytes) -> None:
    content = typed(slip, {"1.1|level": NO, "1.5.1|numerator": 19, "1.4|item.1": "x", "1.8|note": "đã rà soát"})
    changes = {change.code: change for change in _compare(desk, content).changes}
    assert set(changes) == {"1.1", "1.4", "1.5.1", "1.8"}
    assert [str(changes["1.5.1"].stored.score.points), str(changes["1.5.1"].mine.score.points)] == ["0.9000", "0.9500"]
    assert changes["1.8"].parts == {Part.NOTE}
    assert _apply(desk, content).taken == ("1.1", "1.4", "1.5.1", "1.8")
    assert _stored(desk, "1.1") == ({"level": 1}, "")
    assert _stored(desk, "1.4") == ({"ticked": [0, 1]}, "")
    assert _stored(desk, "1.5.1") == ({"numerator": "19", "denominator": "20"}, "")
    assert _stored(desk, "1.8") == ({"count": 0}, "đã rà soát")
    assert _stored(desk, "1.9") == (START["1.9"], "")


def test_points_typed_over_a_formula_are_never_believed(desk: Desk, slip: bytes) -> None:
    book = book_of(typed(slip, {"1.1|level": NO}))
    form = book[FORM]
    for row in leaf_rows(form).values():
        form.cell(row, 6).value = 99
    _apply(desk, saved(book))
    assert desk.sheet().scores["1.1"].points == 0


def test_the_second_time_there_is_nothing_to_do(desk: Desk, slip: bytes) -> None:
    content = typed(slip, {"1.1|level": YES, "1.2|note": "có"})
    _apply(desk, content)
    number = desk.sheet().assessment.change_number
    again = _compare(desk, content)
    assert (again.changes, again.there) == ((), ("1.1", "1.2"))
    assert _apply(desk, content).message == "Không có gì phải lưu."
    assert desk.sheet().assessment.change_number == number


def test_what_somebody_else_changed_meanwhile_is_a_conflict_and_nothing_is_stored_without_a_choice(
    desk: Desk, slip: bytes
) -> None:
    content = typed(slip, {"1.1|level": YES, "1.8|count": 2})
    desk.save({"1.8": {"count": 1}})
    comparison = _compare(desk, content)
    assert [change.code for change in comparison.conflicts] == ["1.8"]
    assert [change.code for change in comparison.clear] == ["1.1"]
    with pytest.raises(BadText, match=r"tiêu chí 1\.8 vừa có kết quả khác"):
        _apply(desk, content)
    assert "1.1" not in desk.sheet().answers or desk.sheet().answers["1.1"].entry.is_empty


@pytest.mark.parametrize(("keep", "count", "taken"), [(Keep.MINE, 2, ("1.1", "1.8")), (Keep.THEIRS, 1, ("1.1",))])
def test_a_conflict_is_settled_as_chosen(
    desk: Desk, slip: bytes, keep: Keep, count: int, taken: tuple[str, ...]
) -> None:
    content = typed(slip, {"1.1|level": YES, "1.8|count": 2})
    desk.save({"1.8": {"count": 1}})
    version = _compare(desk, content).conflicts[0].version
    assert _apply(desk, content, {"1.8": Choice(keep, version)}).taken == taken
    assert _stored(desk, "1.8")[0] == {"count": count}


def test_a_choice_made_on_an_answer_that_has_changed_since_does_not_hold(desk: Desk, slip: bytes) -> None:
    content = typed(slip, {"1.8|count": 2})
    desk.save({"1.8": {"count": 1}})
    version = _compare(desk, content).conflicts[0].version
    desk.save({"1.8": {"count": 0}})
    desk.save({"1.8": {"count": 1}})
    with pytest.raises(BadText, match="đổi lần nữa"):
        _apply(desk, content, {"1.8": Choice(Keep.MINE, version)})
    assert _stored(desk, "1.8")[0] == {"count": 1}


def test_what_was_typed_back_to_what_it_was_is_told_to_stay_as_it_is_stored(desk: Desk, slip: bytes) -> None:
    _apply(desk, typed(slip, {"1.8|count": 2}))
    desk.note("1.9", "ghi trong phần mềm")
    comparison = _compare(desk, typed(slip, {"1.8|count": 0, "1.1|level": YES}))
    assert comparison.left == ("1.8", "1.9")
    assert [change.code for change in comparison.changes] == ["1.1"]
    assert _compare(desk, slip_of(desk.sheet())).left == ()


def test_a_note_and_an_answer_changed_by_two_people_go_together(desk: Desk, slip: bytes) -> None:
    content = typed(slip, {"1.8|note": "theo báo cáo tháng 9"})
    desk.save({"1.8": {"count": 1}})
    assert _compare(desk, content).conflicts == ()
    _apply(desk, content)
    assert _stored(desk, "1.8") == ({"count": 1}, "theo báo cáo tháng 9")


def test_keeping_theirs_of_the_answer_still_takes_the_note_that_nobody_else_touched(desk: Desk, slip: bytes) -> None:
    content = typed(slip, {"1.8|count": 2, "1.8|note": "ghi chú của phòng"})
    desk.save({"1.8": {"count": 1}})
    change = _compare(desk, content).conflicts[0]
    assert change.parts == {Part.ENTRY, Part.NOTE}
    assert change.conflicts == {Part.ENTRY}
    _apply(desk, content, {"1.8": Choice(Keep.THEIRS, change.version)})
    assert _stored(desk, "1.8") == ({"count": 1}, "ghi chú của phòng")


def test_an_emptied_cell_takes_the_answer_out(desk: Desk, slip: bytes) -> None:
    _apply(desk, typed(slip, {"1.8|count": None}))
    assert desk.sheet().answers["1.8"].entry.is_empty


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"1.1|level": "Có lẽ"}, "không phải một mức trong danh sách"),
    ({"1.3|item.0": "đạt"}, "chỉ nhận chữ x"),
    ({"1.4|none": "x"}, "vừa đánh dấu ý đạt vừa"),
    ({"1.5.1|numerator": -3}, "không được âm"),
    ({"1.5.2|numerator": 3}, "thiếu số liệu"),
    ({"1.5.4|numerator": 0, "1.5.4|denominator": 0}, "Mẫu số bằng 0"),
    ({"1.6|value": "1.234"}, "đọc được hai cách"),
    ({"1.7|value": "=1/0"}, "chưa được tính"),
    ({"1.8|count": 1.5}, "số nguyên"),
    ({"1.10|points": 3}, "phải ghi nguồn"),
    ({"1.11|points": 0.03}, "bội của 0,0250"),
    ({"1.12|level": YES, "1.12|not_applicable": "không được giao"}, "đã có kết quả thì không chọn"),
    ({"2.1.1|count": "hai"}, "cần một số"),
    ({"2.1.3|points": 2}, "Điểm phải từ 0 đến 1,0000"),
]
MORE_WRONG: list[tuple[dict[str, Any], str]] = [
    ({"1.3|item.1": 101}, "phần trăm phải từ 0 đến 100"),
    ({"1.6|value": date(2024, 9, 1)}, "đang là ngày tháng"),
    ({"1.9|last_year": None}, "thiếu số liệu"),
    ({"1.10|points": 3, "1.10|percent": 30, "1.10|source": "Báo cáo"}, "Chỉ nhập điểm hoặc phần trăm"),
    ({"1.11|points": 0.00001}, "nhiều nhất bốn chữ số thập phân"),
]


@pytest.mark.parametrize("wrong", [WRONG, MORE_WRONG], ids=["wrong", "more"])
def test_every_cell_that_cannot_be_taken_is_named_and_keeps_the_whole_slip_out(
    desk: Desk, slip: bytes, wrong: list[tuple[dict[str, Any], str]]
) -> None:
    content = typed(slip, {"2.2.1|count": 1, **{key: value for cells, _ in wrong for key, value in cells.items()}})
    found = _compare(desk, content).problems
    rows = rows_of(book_of(content)[FORM])
    for (cells, said), problem in zip(wrong, found, strict=True):
        code = next(iter(cells)).partition("|")[0]
        own = {row for key, row in rows.items() if key.startswith(f"{code}|")}
        assert said in problem.problem
        assert problem.code == code
        assert problem.where in {f"Trang tính «Phiếu chấm», dòng {row}, cột D" for row in own}
    with pytest.raises(BadText, match=f"phiếu có {len(wrong)} chỗ cần sửa"):
        _apply(desk, content)
    assert "2.2.1" not in desk.sheet().answers or desk.sheet().answers["2.2.1"].entry.is_empty


def test_a_note_that_is_too_long_is_told(desk: Desk, slip: bytes) -> None:
    with pytest.raises(BadText, match=r"dài quá 20\.000 ký tự"):
        back(typed(slip, {"1.2|note": "d" * 20_001}))


def test_numbers_typed_as_text_and_with_a_comma_are_read(desk: Desk, slip: bytes) -> None:
    _apply(desk, typed(slip, {"1.6|value": "96,5", "1.3|item.1": "87,25"}))
    assert _stored(desk, "1.6")[0] == {"value": "96.5"}
    assert _stored(desk, "1.3")[0] == {"ticked": [], "percents": {"1": "87.25"}}


@pytest.mark.parametrize("number_format", ["0%", "0.00%"])
def test_a_percent_sign_that_a_program_turned_into_hundredths_is_told(
    desk: Desk, slip: bytes, number_format: str
) -> None:
    book = book_of(typed(slip, {"1.6|value": 0.95, "1.3|item.1": 0.5, "1.9|this_year": "91 %"}))
    form, rows = book[FORM], rows_of(book[FORM])
    for key in ("1.6|value", "1.3|item.1", "1.9|last_year"):
        form.cell(rows[key], INPUT_COLUMN).number_format = number_format
    found = {problem.code: problem.problem for problem in _compare(desk, saved(book)).problems}
    assert set(found) == {"1.3", "1.6", "1.9"}
    assert all("ô có dấu %" in problem for problem in found.values())


def test_a_percent_sign_that_only_stands_beside_a_number_is_no_matter(desk: Desk, slip: bytes) -> None:
    book = book_of(typed(slip, {"1.6|value": 96.5}))
    book[FORM].cell(rows_of(book[FORM])["1.6|value"], INPUT_COLUMN).number_format = '0.0" %"'
    assert [str(change.mine.score.points) for change in _compare(desk, saved(book)).changes] == ["0.9650"]


def test_digits_that_binary_numbers_add_are_no_change(desk: Desk) -> None:
    desk.save({"1.9": {"this_year": "12345678901234.0123456789", "last_year": "0.1"}})
    assert _compare(desk, slip_of(desk.sheet())).changes == ()
    _apply(desk, typed(slip_of(desk.sheet()), {"1.9|last_year": 0.1 + 0.2}))
    assert _stored(desk, "1.9")[0] == {"this_year": "12345678901234.0123456789", "last_year": "0.3"}


def test_a_row_that_was_taken_out_or_doubled_is_told(desk: Desk, slip: bytes) -> None:
    book = book_of(slip)
    form, rows = book[FORM], rows_of(book[FORM])
    form.cell(rows["1.5.1|numerator"], 10).value = None
    form.cell(rows["1.8|count"], 10).value = "1.9|this_year"
    problems = {problem.code: problem.problem for problem in _compare(desk, saved(book)).problems}
    assert problems["1.5.1"] == "phiếu thiếu dòng của tiêu chí này"
    assert problems["1.8"] == "phiếu thiếu dòng của tiêu chí này"
    assert "bị chép thành hai" in problems["1.9"]


def test_a_copy_of_the_sheet_in_which_somebody_may_have_typed_is_told(desk: Desk, slip: bytes) -> None:
    book = book_of(slip)
    copy = book.copy_worksheet(book[FORM])
    copy.title = "Bản nhập"
    copy.cell(rows_of(copy)["1.8|count"], INPUT_COLUMN).value = 2
    (problem,) = _compare(desk, saved(book)).problems
    assert problem.where == "Trang tính «Bản nhập»"
    assert "như trang tính «Phiếu chấm»" in problem.problem
    with pytest.raises(BadText, match="chỗ cần sửa"):
        _apply(desk, saved(book))


def test_rows_of_another_slip_are_told_and_not_passed_over(desk: Desk) -> None:
    book = book_of(typed(slip_of(desk.sheet(), ["1.8"]), {"1.8|count": 1}))
    form = book[FORM]
    row = form.max_row + 2
    form.cell(row, 10).value, form.cell(row, INPUT_COLUMN).value = "1.9|this_year", 95
    form.cell(row + 1, 10).value, form.cell(row + 1, INPUT_COLUMN).value = "1.8|counted", 3
    found = {problem.code: problem for problem in _compare(desk, saved(book)).problems}
    assert found["1.9"].problem == "dòng của tiêu chí 1.9 không thuộc phiếu này"
    assert found["1.9"].where == f"Trang tính «Phiếu chấm», dòng {row}, cột D"
    assert "không thuộc tiêu chí; đã nhập «3»" in found["1.8"].problem


def test_what_is_typed_at_a_line_that_is_not_due_yet_is_told(new_desk: NewDesk) -> None:
    early = new_desk(EVERY_KIND, "q1")
    content = typed(slip_of(early.sheet()), {"1.3|item.0": "x", "1.3|item.2": "x"})
    (problem,) = _compare(early, content).problems
    assert problem.problem == "ý này chưa đến kỳ, chưa nhập được; đã nhập «x»"


def test_rows_may_stand_elsewhere_and_the_sheet_may_be_called_otherwise(desk: Desk, slip: bytes) -> None:
    book = book_of(slip)
    form = book[FORM]
    for merged in list(form.merged_cells.ranges):
        form.unmerge_cells(str(merged))
    form.insert_rows(8, 3)
    form.title = "Bản của phòng"
    form.cell(rows_of(form)["1.8|count"], INPUT_COLUMN).value = 1
    assert [change.code for change in _compare(desk, saved(book)).changes] == ["1.8"]


def test_a_slip_of_another_assessment_is_refused_by_its_name(desk: Desk, slip: bytes, new_desk: NewDesk) -> None:
    with pytest.raises(BadText, match=r"của bảng khác: Sở Nội vụ tỉnh Nam Định · Năm 2024"):
        compare_slip(desk.database, desk.officer, back(slip), "khac")
    elsewhere = new_desk(SMALL)
    with pytest.raises(NotFound):
        compare_slip(elsewhere.database, elsewhere.officer, back(slip))
    with pytest.raises(BadText, match="của bảng khác"):
        compare_slip(elsewhere.database, elsewhere.officer, back(slip), elsewhere.assessment_id)


def test_a_slip_of_another_version_of_the_set_is_refused(desk: Desk, slip: bytes) -> None:
    book = book_of(slip)
    hidden = book["_phieu"]
    hidden["B4"] = "0" * 64
    with pytest.raises(BadText, match="phiên bản khác của bộ tiêu chí"):
        _compare(desk, saved(book))


def test_a_bonus_is_shown_as_far_as_caps_count_it_and_stored_as_its_answer_gives_it(new_desk: NewDesk) -> None:
    capped_desk = new_desk(ADJUSTED)
    capped_desk.save(ADJUSTMENTS)
    content = typed(slip_of(capped_desk.sheet()), {"1.1|points": 9.5, "2.2|points": 2, "2.1.2|points": 0.25})
    changes = {change.code: change for change in _compare(capped_desk, content).changes}
    points = {code: (str(each.stored.score.points), str(each.mine.score.points)) for code, each in changes.items()}
    assert points == {"1.1": ("9.2500", "9.5000"), "2.1.2": ("0.5000", "0.2500"), "2.2": ("0.5000", "0.7500")}
    assert "chỉ tính +0,7500 điểm" in changes["2.2"].mine.score.explanation
    _apply(capped_desk, content)
    sheet = capped_desk.sheet()
    assert {code: str(sheet.scores[code].points) for code in points} == {
        "1.1": "9.5000",
        "2.1.2": "0.2500",
        "2.2": "0.7500",
    }
    given = sheet.scores["2.2"].before_cap
    assert given is not None
    assert str(given.points) == "2.0000"
    assert verify.verify(capped_desk.database).findings == ()


def test_who_may_not_answer_takes_nothing_over(desk: Desk, slip: bytes) -> None:
    leader = next(user for user in users.trial_users(desk.database) if user.role is Role.LEADER)
    with pytest.raises(NotAllowed):
        compare_slip(desk.database, leader, back(slip))
    with pytest.raises(NotAllowed):
        apply_slip(desk.database, leader, back(typed(slip, {"1.8|count": 1})), {})


def test_each_change_stands_in_the_history(desk: Desk, slip: bytes) -> None:
    _apply(desk, typed(slip, {"1.8|count": 1, "1.9|note": "số liệu quý"}))
    newest = [history(desk.database, desk.officer, desk.assessment_id, code)[0] for code in ("1.8", "1.9")]
    assert [change.action for change in newest] == [LogAction.ANSWER, LogAction.NOTE]
    assert {change.actor_name for change in newest} == {desk.officer.name}


def test_what_was_carried_forward_is_confirmed_by_a_mark_and_by_nothing_else(new_desk: NewDesk) -> None:
    first = new_desk(EVERY_KIND, "q1")
    first.save(START)
    later = carried_on(first, "q3")
    content = slip_of(later.sheet())
    assert _compare(later, content).changes == ()
    marked = typed(content, {"1.4|confirmed": "x", "1.8|confirmed": "x", "1.8|note": "vẫn đúng", "1.9|note": "xem lại"})
    parts = {change.code: change.parts for change in _compare(later, marked).changes}
    assert parts == {"1.4": {Part.CONFIRMED}, "1.8": {Part.CONFIRMED, Part.NOTE}, "1.9": {Part.NOTE}}
    _apply(later, marked)
    assert unconfirmed(later.sheet()).codes == ("1.5.1", "1.9")
    assert _stored(later, "1.8") == (START["1.8"], "vẫn đúng")
    assert _compare(later, marked).changes == ()
