"""Targets on the board: the form that sets them, what is still needed, and the criteria that would close the gap."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from cchc_core import planning
from cchc_core.permissions import Role, State
from cchc_core.planning import targets_in
from cchc_core.reaching import year_line
from cchc_core.rules.decimals import format_number, format_points
from cchc_core.scoring import Assessment
from cchc_core.targets import Target, TargetKind
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.board_page import LOST_PAGE, SCORING_PAGE, BoardPage, open_board
from tests.pages.screen import BOARD, Office, Screen, as_read
from ui.board.ahead import MOST_LINKS
from ui.navigation import criterion_address

SAVE = "Lưu chỉ tiêu"


def set_target(office: Office, opened: Assessment, kind: TargetKind, value: str, section: str | None = None) -> None:
    person = office.person(Role.OFFICER)
    planning.set_target(
        office.database, person, assessment_id=opened.id, section=section, kind=kind, value=Decimal(value)
    )


def stored(office: Office, opened: Assessment) -> Mapping[str | None, Target]:
    with office.database.read() as connection:
        return targets_in(connection, year_line(opened))


def fill(screen: Screen, typed: str, **chosen: str) -> Screen:
    """Choose by label, write the target and press the button, all in the form at once."""
    for label, value in chosen.items():
        next(box for box in screen.at.selectbox if box.label == LABELS[label]).set_value(value)
    next(box for box in screen.at.text_input if box.label == "Chỉ tiêu").set_value(typed)
    return screen.press_labelled(SAVE)


LABELS = {"section": "Áp dụng cho", "kind": "Tính bằng"}


def read_again(office: Office, opened: Assessment) -> BoardPage:
    return open_board(office, opened.id)


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.ADMIN])
def test_a_target_is_saved_by_whoever_may_set_one_and_stands_on_the_board_at_once(office: Office, role: Role) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = fill(office.screen(role).open(BOARD, bang=opened.id), "88,5 %")
    assert stored(office, opened) == {None: Target(None, TargetKind.PERCENT, Decimal("88.5"))}
    shown = as_read(screen.texts())
    assert "Đã lưu chỉ tiêu của cả bộ tiêu chí." in shown
    assert "Chỉ tiêu 88,5 %: cần" in shown
    assert "Cả bộ tiêu chí (đang đặt 88,5 %)" in shown


def test_a_room_sees_the_target_and_no_form(office: Office) -> None:
    opened = office.assessment(SOC_TRANG, "year")
    set_target(office, opened, TargetKind.PERCENT, "80")
    office.put_into(opened.id, State.SUBMITTED)
    page = open_board(office, opened.id, Role.ROOM)
    assert "Chỉ tiêu 80 %: cần" in page.words
    assert SAVE not in [button.label for button in page.screen.at.button]


def test_a_target_of_a_section_in_points_is_saved_for_every_period_and_taken_out_again(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen(Role.LEADER).open(BOARD, bang=opened.id)
    fill(screen, "12", section="I.1", kind=TargetKind.POINTS)
    assert stored(office, opened) == {"I.1": Target("I.1", TargetKind.POINTS, Decimal(12))}
    year = open_board(office, office.assessment(SOC_TRANG, "year").id)
    assert "**I.1 Công tác chỉ đạo, điều hành CCHC**" in year.words
    assert year.board.needs["I.1"].explanation in year.words
    assert year.cards["Chỉ tiêu năm"][0] == "chưa đặt"
    fill(screen, "", section="I.1", kind=TargetKind.POINTS)
    assert "Đã bỏ chỉ tiêu của I.1." in as_read(screen.texts())
    assert stored(office, opened) == {}


def test_a_target_that_somebody_else_set_meanwhile_is_told_and_the_second_press_overwrites_it(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = office.screen(Role.LEADER).open(BOARD, bang=opened.id)
    set_target(office, opened, TargetKind.PERCENT, "80", "I.1")
    fill(screen, "90", section="I.1")
    assert f"{office.person(Role.OFFICER).name} đã lưu nội dung khác" in screen.errors()
    assert "«80 %»" in screen.errors()
    assert stored(office, opened)["I.1"].value == 80
    assert next(box for box in screen.at.selectbox if box.label == LABELS["section"]).value == "I.1"
    assert next(box for box in screen.at.text_input if box.label == "Chỉ tiêu").value == "90"
    screen.press_labelled(SAVE)
    assert stored(office, opened)["I.1"].value == 90


@pytest.mark.parametrize(
    ("typed", "kind", "refusal"),
    [
        ("1.234", TargetKind.POINTS, "«1.234» có thể hiểu hai cách. Hãy viết 1,234 hoặc 1234 cho rõ."),
        ("chín mươi", TargetKind.PERCENT, "«chín mươi» không phải là số"),
        ("100,5", TargetKind.PERCENT, "100,5 % vượt quá mức cho phép 100 %"),
        ("-1", TargetKind.PERCENT, "không phải là một số từ 0 trở lên"),
        ("98,6", TargetKind.POINTS, "98,6000 điểm vượt quá mức cho phép 98,5000 điểm"),
        ("9,12345", TargetKind.POINTS, "quá bốn chữ số thập phân"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_do_and_nothing_is_stored(
    office: Office, typed: str, kind: TargetKind, refusal: str
) -> None:
    opened = office.assessment(SOC_TRANG)
    screen = fill(office.screen(Role.LEADER).open(BOARD, bang=opened.id), typed, kind=kind)
    assert refusal in screen.errors()
    assert "Hãy" in screen.errors()
    assert stored(office, opened) == {}


def test_an_illustrative_set_is_offered_a_number_of_criteria_alone(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen(Role.LEADER).open(BOARD, bang=opened.id)
    (kinds,) = [box.options for box in screen.at.selectbox if box.label == "Tính bằng"]
    assert kinds == ["Số tiêu chí đạt"]
    fill(screen, "2,5")
    assert "2,5 không phải là số nguyên" in screen.errors()
    fill(screen, "122")
    assert "122 tiêu chí vượt quá mức cho phép 121 tiêu chí" in screen.errors()
    fill(screen, "100")
    page = read_again(office, opened)
    assert page.cards["Còn thiếu"] == (
        "100",
        "tiêu chí, để đến chỉ tiêu 100; còn có thể đạt 118,0000 điểm minh hoạ",
    )
    assert "%" not in page.everything().replace("%{", "")


def test_the_gap_and_the_fewest_criteria_that_close_it_are_those_of_the_core(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    office.save(opened.id, "I.1.5.1", {"level": 0})
    set_target(office, opened, TargetKind.PERCENT, "75")
    page = read_again(office, opened)
    need = page.board.needs[None]
    figure, beside = page.cards["Còn thiếu"]
    assert figure == format_points(need.gap)
    assert beside.startswith("điểm đến chỉ tiêu 75 %")
    assert need.explanation in page.words
    assert len(need.closing) > MOST_LINKS
    ways = [way for way in page.ways if way.label.startswith("**+")]
    rubric = page.board.sheet.rubric
    for code, way in zip(need.closing[:MOST_LINKS], ways, strict=True):
        assert way.label.startswith(
            f"**+{format_points(page.board.forecast.leaves[code].within_reach)} điểm** · {code} "
        )
        query = criterion_address(opened.id, rubric.criterion(code).section, code)
        assert (way.page, way.query) == (SCORING_PAGE, query)
    more = page.ways_of(f"và {len(need.closing) - MOST_LINKS} tiêu chí nữa")
    assert [(way.page, way.query["xem"]) for way in more] == [(LOST_PAGE, "con-co-the")] * (
        len(need.closing) > MOST_LINKS
    )


def test_what_others_are_expected_to_give_is_said_beside_the_gap(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    office.save(opened.id, "I.1.5.1", {"level": 0})
    set_target(office, opened, TargetKind.PERCENT, "100")
    page = read_again(office, opened)
    outside = page.board.needs[None].from_outside
    assert outside > 0
    assert f", đã tính {format_points(outside)} điểm bên ngoài dự kiến cho; " in page.cards["Còn thiếu"][1]


def test_a_target_that_is_reached_only_with_what_others_may_give_is_expected_and_not_met(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    office.save(opened.id, "I.1.5.1", {"level": 0})
    set_target(office, opened, TargetKind.POINTS, "20")
    page = read_again(office, opened)
    need, awaiting = page.board.needs[None], format_points(page.board.sheet.totals.total.awaiting)
    assert need.from_outside > 20
    outside = f"{format_points(need.from_outside)} điểm bên ngoài dự kiến cho"
    assert page.cards["So với chỉ tiêu năm"] == (
        "Dự kiến đạt",
        f"chỉ tiêu 20 điểm, gồm {outside} trong {awaiting} điểm đang chờ",
    )
    assert [way.query["xem"] for way in page.ways_of(f"Xem tiêu chí: chờ bên ngoài {awaiting} điểm")] == ["cho-ngoai"]
    assert ":blue-badge[Dự kiến đạt]" in page.words
    assert ":green-badge[Đạt]" not in page.words
    assert need.explanation in page.words


def test_a_target_that_is_reached_is_said_to_be(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    office.save(opened.id, "I.1.5.1", {"level": 0})
    set_target(office, opened, TargetKind.POINTS, "0.1")
    page = read_again(office, opened)
    assert page.cards["So với chỉ tiêu năm"] == ("Đã đạt", "chỉ tiêu 0,1 điểm")
    assert ":green-badge[Đạt]" in page.words
    assert "Còn thiếu" not in page.cards


def test_a_target_above_what_the_year_can_still_give_is_called_out_of_reach(office: Office) -> None:
    opened = office.assessment(SOC_TRANG)
    set_target(office, opened, TargetKind.POINTS, "98.5")
    clause = "Không được giao nhiệm vụ"
    lowered = next(leaf for leaf in office.sheet(opened.id).rubric.leaves if leaf.scored.not_applicable_clause)
    office.save(opened.id, lowered.code, {"not_applicable": clause})
    page = read_again(office, opened)
    need = page.board.needs[None]
    assert need.is_above_maximum
    assert ":red-badge[Không đủ điểm để đạt]" in page.words
    assert f"vượt mức tối đa {format_points(need.maximum)} điểm của năm nên không thể đạt" in page.words
    # The line of the target is drawn beyond the bar, not cut off at its end.
    bar = page.chart("board progress")
    assert Decimal(bar["layout"]["shapes"][0]["x0"]) == need.needed > Decimal(bar["data"][0]["x"][0])
    assert Decimal(bar["layout"]["xaxis"]["range"][1]) == need.needed


@pytest.mark.parametrize("office", ["sample"], indirect=True)
def test_the_targets_of_the_sample_are_explained_by_the_core(office: Office) -> None:
    for rubric_id in (SOC_TRANG, NAM_DINH):
        page = read_again(office, office.assessment(rubric_id))
        assert page.board.needs
        for need in page.board.needs.values():
            assert need.explanation in page.words
        total = page.board.needs[None]
        printed = format_number(total.gap) if rubric_id == NAM_DINH else format_points(total.gap)
        assert page.cards["Còn thiếu"][0] == printed
