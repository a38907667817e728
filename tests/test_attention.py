"""What needs attention: every lost, missing or unconfirmed point once, with its reason and what it asks for."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from cchc_core.attention import Group, Item, Reason, by_mark, by_reason, by_responsible, by_section, items
from cchc_core.figures import COUNTED, Figure, behind, figure_count, figure_points
from cchc_core.forecast import forecast
from cchc_core.rubric.model import Criterion, Rubric, Section
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.entries import EMPTY
from cchc_core.rules.kinds import Band, Bands, Compare, Count, Leaf, Level, Levels, Linear, Ratio
from cchc_core.rules.kinds import EmptyDenominator as Empty
from cchc_core.rules.scoring import Status
from cchc_core.sheet import Sheet
from cchc_core.unconfirmed import unconfirmed
from tests.offices import NAM_DINH, SOC_TRANG
from tests.sheets import Raw, remedy_of, sheet_of, sheets

NONE = Decimal(0)
some = settings(max_examples=40, deadline=None)

ANSWERS: Raw = {
    "I.1.2": {"numerator": "17", "denominator": "20"},
    "I.1.3": {"ticked": [0]},
    "I.1.4.3": {"ticked": [0], "percents": {"1": "80"}},
    "I.1.5.1": {"level": 1},
    "I.1.6": {"count": 2},
    "I.2.1.2": {"not_applicable": "không được giao"},
    "I.2.2": {"points": "0.25"},
    "I.3.5.1": {"value": "90"},
    "I.6.4": {"value": "0.2"},
    "I.7.2.2": {"value": "85"},
    "II.1.1": {"this_year": "88", "last_year": "90.1"},
    "II.1.4": {"points": "12.75", "source": "Thông báo số 1"},
}


def soc_trang(answers: Raw = ANSWERS, period: str = "q1", carried: tuple[str, ...] = ()) -> Sheet:
    return sheet_of(read_rubric(SOC_TRANG), answers, period, carried=carried)


def by_code(listed: tuple[Item, ...]) -> dict[str, Item]:
    return {item.criterion.code: item for item in listed}


def added(points: list[Decimal]) -> Decimal:
    return sum(points, Decimal("0.0000"))


@pytest.mark.parametrize(
    ("code", "lost", "reason", "asks_for"),
    [
        (
            "I.1.2",
            "0.1500",
            Reason.BELOW,
            "Cần thêm 3 (đủ 20/20): Số nhiệm vụ của kế hoạch CCHC có kết quả đạt được",
        ),
        ("I.1.3", "0.1250", Reason.BELOW, "Còn 1 ý chưa đạt: «Báo cáo quý 1: - Đạt yêu cầu về nội dung»"),
        ("I.1.6", "1.0000", Reason.BELOW, "Giảm còn 0 trường hợp: Số nhiệm vụ do UBND tỉnh giao mà đơn vị"),
        ("I.2.2", "0.2500", Reason.BELOW, "Cần đủ yêu cầu của tiêu chí để được thêm 0,2500 điểm (nhập tay)"),
        (
            "I.1.5.1",
            "1.0000",
            Reason.NOT_MET,
            "Cần đạt mức: Có thực hiện khen thưởng cá nhân hoặc tập thể CCVC của đơn vị đạt thành tích tốt trong tham "
            "mưu công tác CCHC",
        ),
        ("I.3.5.1", "0.5000", Reason.NOT_MET, "Cần đạt 100 % (Tỷ lệ hồ sơ TTHC giải quyết đúng hạn trong năm)"),
        (
            "I.6.4",
            "0.5000",
            Reason.BELOW,
            "Cần trên 0,3 lần lương cơ sở/người/tháng (Thu nhập so với lương cơ sở)",
        ),
        ("I.7.2.2", "0.2500", Reason.BELOW, "Cần đúng 100 % (Tỷ lệ đơn vị trực thuộc thực hiện duy trì"),
        ("II.1.1", "1.0000", Reason.NOT_MET, "Cần cao hơn năm trước (90,1): Tỷ lệ Chỉ số CCHC của đơn vị"),
        ("II.1.4", "2.2500", Reason.BELOW, "Bên ngoài chấm thiếu 2,2500 điểm; nguồn: "),
    ],
)
def test_a_criterion_below_its_maximum_says_what_would_bring_the_rest(
    code: str, lost: str, reason: Reason, asks_for: str
) -> None:
    item = by_code(items(soc_trang()))[code]
    assert (item.lost, item.missing, item.unconfirmed) == (Decimal(lost), NONE, NONE)
    assert item.main_reason is reason
    assert item.asks_for.startswith(asks_for)
    assert "\n" not in item.asks_for


def test_a_checklist_names_the_items_that_are_not_met_and_the_percents_that_are_missing() -> None:
    item = by_code(items(soc_trang()))["I.1.4.3"]
    assert item.lost == Decimal("0.7000")
    first, second = item.asks_for.split("; ")[:2]
    assert first.startswith("Còn 1 ý chưa đạt: «Đạt thành tích cá nhân hoặc tập thể khi tham gia")
    assert second.startswith("còn thiếu 20 % ở ý «Tỷ lệ CCVC tham gia dự thi trả lời đúng")


def test_an_item_that_is_not_due_is_not_asked_for() -> None:
    all_year = by_code(items(soc_trang({}, "year")))["I.1.3"]
    first_quarter = by_code(items(soc_trang({}, "q1")))["I.1.3"]
    assert all_year.asks_for.startswith("Chưa nhập kết quả; còn 8 ý chưa đạt: ")
    assert all_year.asks_for.endswith("và 5 ý khác")
    assert first_quarter.asks_for.startswith("Chưa nhập kết quả; còn 2 ý chưa đạt: ")
    assert (all_year.missing, first_quarter.missing) == (Decimal("1.0000"), Decimal("0.2500"))


def leaf_sheet(leaf: Leaf, raw: Mapping[str, object] | None) -> Sheet:
    rubric = Rubric("x", "x", "x", 2024, "x", "official", None, (), (Section("1", None, "Một"),), (one(leaf),))
    return sheet_of(rubric, {} if raw is None else {"1.1": raw}, "year")


def one(leaf: Leaf) -> Criterion:
    return Criterion("1.1", "1", "1", "Tiêu chí", leaf)


TWO = Decimal("2.0000")
FALLING = Bands("Số ngày trễ", "ngày", (Band(Decimal(0), None, True, False, linear=Linear(Decimal(-1), Decimal(5))),))
RISING = Bands("Số tin", "tin", (Band(Decimal(0), None, True, False, linear=Linear(Decimal("0.3"), Decimal(0))),))
SHORT_OF = Bands(
    "Tỷ lệ", "%", (Band(Decimal(0), Decimal(100), True, False, linear=Linear(Decimal("0.02"), Decimal(0))),)
)
FEWER = Compare("Số đơn", Decimal("0"), Decimal("0.5"), TWO)


@pytest.mark.parametrize(
    ("leaf", "raw", "asks_for"),
    [
        (Leaf(TWO, FALLING), {"value": "4"}, "Cần đạt 3 ngày (Số ngày trễ)"),
        (Leaf(TWO, RISING), {"value": "1"}, "Cần đạt 6,6667 tin (Số tin)"),
        (Leaf(TWO, SHORT_OF), {"value": "50"}, "Cần sát 100 % (Tỷ lệ)"),
        (Leaf(TWO, Count("Số hội nghị", (Decimal(0), Decimal(1), TWO))), {"count": 1}, "Cần đạt từ 2 trường hợp trở"),
        (Leaf(TWO, Count("Số vụ", (Decimal(1), TWO, Decimal(0)))), {"count": 4}, "Giảm còn 1 trường hợp: Số vụ"),
        (Leaf(TWO, Count("Số vụ", (Decimal(1), TWO, Decimal(0)))), None, "Chưa nhập kết quả; cần đạt 1 trường hợp:"),
        (Leaf(TWO, FEWER), {"this_year": "5", "last_year": "5"}, "Cần thấp hơn năm trước (5): Số đơn"),
        (Leaf(TWO, FEWER), None, "Chưa nhập kết quả; cần thấp hơn năm trước: Số đơn"),
        (Leaf(TWO, Ratio("a", "b")), {"numerator": "1.5", "denominator": "2.25"}, "Cần thêm 0,75 (đủ 2,25/2,25): a"),
        (Leaf(TWO, Ratio("a", "b")), None, "Chưa nhập kết quả; đủ điểm khi đạt 100 % (b)"),
        (
            Leaf(TWO, Ratio("a", "b", empty_denominator=Empty.ZERO)),
            {"numerator": "0", "denominator": "0"},
            "Cần có số liệu để tính: mẫu số đang bằng 0",
        ),
    ],
)
def test_every_kind_of_rule_asks_in_its_own_words(leaf: Leaf, raw: Mapping[str, object] | None, asks_for: str) -> None:
    (item,) = items(leaf_sheet(leaf, raw))
    assert item.asks_for.startswith(asks_for)


def test_a_long_text_is_cut_between_two_words() -> None:
    rule = Levels((Level("Hoàn thành " + "đúng hạn " * 40, TWO), Level("Không", Decimal(0))))
    (item,) = items(leaf_sheet(Leaf(TWO, rule), {"level": 1}))
    words = item.asks_for.removeprefix("Cần đạt mức: ")
    assert len(words) <= 161
    assert words.endswith(("đúng…", "hạn…"))


def test_points_that_were_taken_ask_for_the_condition_to_be_lifted() -> None:
    sheet = sheet_of(read_rubric(NAM_DINH), {"7.4.4": {"level": 0, "voided": "có chỉnh sửa"}}, "year")
    item = by_code(items(sheet))["7.4.4"]
    assert (item.lost, item.main_reason) == (Decimal("1.0000"), Reason.VOIDED)
    assert item.asks_for.startswith("Khắc phục và gỡ huỷ điểm: Nếu Tổ thẩm định phát hiện")


def test_an_answer_that_its_rule_does_not_take_any_more_asks_to_be_scored_anew() -> None:
    sheet = leaf_sheet(Leaf(TWO, Ratio("a", "b")), None)
    filled = leaf_sheet(Leaf(TWO, Ratio("a", "b")), {"numerator": "1", "denominator": "2"}).answers["1.1"]
    (item,) = items(replace(sheet, answers={"1.1": replace(filled, entry=EMPTY)}))
    assert item.main_reason is Reason.NOT_SCORED
    assert item.asks_for.startswith("Kết quả đã lưu không còn hợp với cách tính, hãy chấm lại; ")


def test_an_unconfirmed_answer_is_at_stake_with_all_its_points() -> None:
    sheet = soc_trang(carried=("I.1.2", "I.2.1.2", "I.1.5.1"))
    listed = by_code(items(sheet))
    below, outside, nothing = listed["I.1.2"], listed["I.2.1.2"], listed["I.1.5.1"]
    assert (below.lost, below.unconfirmed, below.at_stake) == (Decimal("0.1500"), Decimal("0.8500"), Decimal(1))
    assert below.reasons == (Reason.BELOW, Reason.UNCONFIRMED)
    assert below.asks_for.endswith(". Xác nhận kết quả lấy từ kỳ khác")
    assert (outside.at_stake, outside.reasons) == (NONE, (Reason.UNCONFIRMED,))
    assert nothing.reasons == (Reason.NOT_MET, Reason.UNCONFIRMED)
    assert added([item.unconfirmed for item in listed.values()]) == unconfirmed(sheet).points == Decimal("0.8500")


def test_what_is_full_and_confirmed_or_does_not_apply_or_waits_for_others_is_not_listed() -> None:
    full: Raw = {"I.1.2": {"numerator": "20", "denominator": "20"}, "I.2.1.2": {"not_applicable": "không được giao"}}
    listed = by_code(items(soc_trang(full)))
    assert not {"I.1.2", "I.2.1.2", "II.1.4"} & set(listed)


def test_the_most_points_come_first_and_equal_ones_in_printed_order() -> None:
    rubric = read_rubric(SOC_TRANG)
    order = {leaf.code: place for place, leaf in enumerate(rubric.leaves)}
    listed = items(soc_trang({}, "year"))
    assert [item.criterion.code for item in listed[:3]] == ["I.7.1.4", "I.1.4.1", "I.7.1.10"]
    ranks = [(-item.at_stake, order[item.criterion.code]) for item in listed]
    assert ranks == sorted(ranks)


def test_an_assessment_without_any_answer_is_all_missing() -> None:
    for rubric_id, missing, count in ((SOC_TRANG, "64.0000", 73), (NAM_DINH, "118.0000", 118)):
        listed = items(sheet_of(read_rubric(rubric_id), {}, "year"))
        assert len(listed) == count
        assert {item.main_reason for item in listed} == {Reason.NOT_SCORED}
        assert added([item.missing for item in listed]) == added([item.at_stake for item in listed]) == Decimal(missing)


def test_a_set_with_no_points_still_names_what_nobody_has_scored() -> None:
    nothing = Leaf(Decimal("0.0000"), Levels((Level("Có", Decimal(0)), Level("Không", Decimal(0)))))
    (item,) = items(leaf_sheet(nothing, None))
    assert (item.at_stake, item.main_reason) == (NONE, Reason.NOT_SCORED)
    assert items(leaf_sheet(nothing, {"level": 0})) == ()
    outlook = forecast(leaf_sheet(nothing, None))
    for figure in set(Figure) - COUNTED:
        assert figure_points(leaf_sheet(nothing, None), outlook, figure) == 0


def is_overdue(item: Item) -> bool:
    return Reason.OVERDUE in item.reasons


def test_what_is_missing_is_overdue_after_the_internal_day() -> None:
    sheet = soc_trang()
    assert not any(is_overdue(item) for item in items(sheet, today=date(2022, 3, 11)))
    late = items(sheet, today=date(2022, 3, 12))
    assert {item.main_reason for item in late if is_overdue(item)} == {Reason.NOT_SCORED}
    assert all(is_overdue(item) for item in late if item.missing)


def test_what_fell_due_in_an_earlier_period_is_overdue_whatever_the_day() -> None:
    yes_no = Levels((Level("Có", TWO), Level("Không", Decimal(0))))
    late, later = (Leaf(TWO, yes_no, due_period=code) for code in ("q1", "h1"))
    section = (Section("1", None, "Một"),)
    criteria = (
        one(late),
        Criterion("1.2", "1", "1", "Tiêu chí", later),
        Criterion("1.3", "1", "1", "x", Leaf(TWO, yes_no)),
    )
    rubric = Rubric("x", "x", "x", 2024, "x", "official", None, (), section, criteria)
    overdue = {"q1": [], "h1": ["1.1"], "q3": ["1.1", "1.2"], "year": ["1.1", "1.2"]}
    for period, codes in overdue.items():
        assert [item.criterion.code for item in items(sheet_of(rubric, {}, period)) if is_overdue(item)] == codes


def test_a_remedy_that_is_late_marks_its_criterion_while_points_are_open() -> None:
    remedies = {code: remedy_of(code, date(2022, 2, 1)) for code in ("I.1.2", "I.1.6")}
    answers = {**ANSWERS, "I.1.6": {"count": 0}}
    listed = by_code(items(soc_trang(answers, carried=("I.1.6",)), remedies, date(2022, 2, 2)))
    assert is_overdue(listed["I.1.2"])
    assert not is_overdue(listed["I.1.6"])
    on_the_day = by_code(items(soc_trang(answers), remedies, date(2022, 2, 1)))
    assert not is_overdue(on_the_day["I.1.2"])


def test_the_one_named_in_the_remedy_is_responsible_before_the_one_in_the_print() -> None:
    sheet = sheet_of(read_rubric(NAM_DINH), {"1.1.1": {"level": 1}}, "year")
    printed = by_code(items(sheet))["1.1.1"]
    assert printed.responsible == "Văn phòng Sở chủ trì; các đơn vị thuộc Sở phối hợp thực hiện"
    remedied = by_code(items(sheet, {"1.1.1": remedy_of("1.1.1")}))["1.1.1"]
    assert (remedied.responsible, remedied.remedy) == ("Phòng Một", remedy_of("1.1.1"))
    nobody = by_code(items(sheet, {"1.1.1": remedy_of("1.1.1", responsible="")}))["1.1.1"]
    assert nobody.responsible == printed.responsible


def test_an_answer_without_a_word_on_its_documents_lacks_evidence() -> None:
    answers: Raw = {"1.1.1": {"level": 1}}
    bare = by_code(items(sheet_of(read_rubric(NAM_DINH), answers, "year")))
    assert bare["1.1.1"].reasons == (Reason.BELOW, Reason.NO_EVIDENCE)
    assert bare["1.1.1"].asks_for == "Cần đạt mức: Đạt. Cần TLKC: Kế hoạch CCHC năm 2024 và 2 tài liệu khác"
    assert bare["1.1.2"].reasons == (Reason.NOT_SCORED,)
    noted = by_code(items(sheet_of(read_rubric(NAM_DINH), answers, "year", notes=("1.1.1",))))
    assert noted["1.1.1"].reasons == (Reason.BELOW,)


def test_points_with_a_document_attached_and_answers_without_points_lack_no_evidence() -> None:
    answers: Raw = {"1.1.1": {"level": 1}, "1.1.2": {"level": 2}}
    sheet = sheet_of(read_rubric(NAM_DINH), answers, "year")
    listed = by_code(items(replace(sheet, attached={"1.1.1": 1})))
    assert listed["1.1.1"].reasons == (Reason.BELOW,)
    assert (listed["1.1.2"].score.points, listed["1.1.2"].reasons) == (NONE, (Reason.NOT_MET,))


def test_groups_name_what_is_at_stake_in_each_section_with_each_unit_and_for_each_reason() -> None:
    answers: Raw = {"1.1.1": {"level": 1}, "7.4.4": {"level": 0, "voided": "có chỉnh sửa"}, "8.1.1": {"level": 2}}
    sheet = sheet_of(read_rubric(NAM_DINH), answers, "year")
    listed = items(sheet)
    assert by_reason(listed) == (
        Group("bi-huy", "Bị huỷ điểm", 1, Decimal("1.0000")),
        Group("chua-cham", "Chưa chấm", 115, Decimal("115.0000")),
        Group("chua-dat", "Chưa đạt", 1, Decimal("1.0000")),
        Group("duoi-muc", "Dưới mức", 1, Decimal("0.5000")),
    )
    assert by_mark(listed)[-1] == Group("thieu-tlkc", "Thiếu TLKC", 1, Decimal("0.5000"))
    assert [group.key for group in by_section(listed, sheet.rubric)] == list("12345678")
    assert by_section(listed, sheet.rubric)[0].name == "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CCHC"
    units = by_responsible(listed)
    assert sum(group.count for group in units) == len(listed)
    assert [group.at_stake for group in units] == sorted((group.at_stake for group in units), reverse=True)
    assert next(group.name for group in units if not group.key) == "Chưa ghi đơn vị"


@some
@given(sheets())
def test_what_the_items_hold_adds_up_to_the_totals(sheet: Sheet) -> None:
    listed = items(sheet, today=date(2024, 6, 1), forecast=forecast(sheet))
    for section in (None, *(section.code for section in sheet.rubric.sections)):
        totals = sheet.totals.total if section is None else sheet.totals.sections[section]
        inside = [item for item in listed if section in (None, item.criterion.section)]
        assert added([item.lost for item in inside]) == totals.lost
        assert added([item.missing for item in inside]) == totals.at_risk
        assert added([item.unconfirmed for item in inside]) == unconfirmed(sheet, section).points
    whole = added([item.at_stake for item in listed])
    for groups in (by_reason(listed), by_section(listed, sheet.rubric), by_responsible(listed)):
        assert added([group.at_stake for group in groups]) == whole
        assert sum(group.count for group in groups) == len(listed)


@some
@given(sheets())
def test_every_item_has_a_main_reason_and_says_what_it_asks_for(sheet: Sheet) -> None:
    for item in items(sheet, today=date(2024, 6, 1)):
        assert item.main_reason not in (Reason.OVERDUE, Reason.NO_EVIDENCE)
        assert len(set(item.reasons)) == len(item.reasons)
        assert item.asks_for
        assert "\n" not in item.asks_for
        assert (Reason.UNCONFIRMED in item.reasons) == (item.criterion.code in unconfirmed(sheet).codes)


@some
@given(sheets())
def test_the_criteria_behind_a_figure_add_up_to_it(sheet: Sheet) -> None:
    outlook = forecast(sheet)
    for figure in Figure:
        for section in (None, *(section.code for section in sheet.rubric.sections)):
            found = behind(sheet, outlook, figure, section)
            if figure in COUNTED:
                assert len(found) == figure_count(sheet, figure, section)
            else:
                assert added([points for _, points in found]) == figure_points(sheet, outlook, figure, section)
            assert [points for _, points in found] == sorted((points for _, points in found), reverse=True)
            assert {criterion.section for criterion, _ in found} <= {
                section or criterion.section for criterion, _ in found
            }


@some
@given(sheets())
def test_as_many_criteria_are_behind_a_figure_as_the_totals_count(sheet: Sheet) -> None:
    outlook, counts = forecast(sheet), sheet.totals.total.counts
    count = {figure: len(behind(sheet, outlook, figure)) for figure in Figure}
    assert count[Figure.MISSING] == counts[Status.MISSING]
    assert count[Figure.AWAITING] == counts[Status.AWAITING]
    assert count[Figure.NOT_APPLICABLE] == counts[Status.NOT_APPLICABLE]
    assert count[Figure.NOT_DUE] >= counts[Status.NOT_DUE]
    assert count[Figure.UNCONFIRMED] == unconfirmed(sheet).count
    assert count[Figure.SELF] + count[Figure.EXTERNAL] == count[Figure.ALL] == len(sheet.rubric.leaves)
    assert count[Figure.EFFECTIVE_MAX] == count[Figure.APPLICABLE] == sheet.totals.total.applicable
    assert count[Figure.OWN_LOST] + count[Figure.OUTSIDE_LOST] == count[Figure.LOST]


def test_the_figures_of_soc_trang_are_those_of_its_print() -> None:
    sheet = soc_trang({}, "q1")
    outlook = forecast(sheet)
    not_due = behind(sheet, outlook, Figure.NOT_DUE, "I.1")
    assert {criterion.code: points for criterion, points in not_due} == {
        "I.1.3": Decimal("0.7500"),
        "I.1.4.1": sheet.scores["I.1.4.1"].not_due_points,
    }
    assert figure_points(sheet, outlook, Figure.AWAITING) == Decimal("34.5000")
    assert figure_points(sheet, outlook, Figure.WITHIN_REACH) == Decimal("64.0000")
    assert behind(sheet, outlook, Figure.AWAITING)[0][0].code == "II.1.4"
    assert behind(sheet, outlook, Figure.LOST) == behind(sheet, outlook, Figure.LOST_FOR_GOOD) == ()
