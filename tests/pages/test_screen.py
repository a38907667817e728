import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pytest

from cchc_core import planning, scoring, screens
from cchc_core.board import read_board
from cchc_core.comparison import has_data
from cchc_core.periods import PeriodTemplate, periods_for
from cchc_core.permissions import Role
from cchc_core.rubric_files import read_rubric
from cchc_core.rules.decimals import format_percent, format_points, percent_of
from cchc_core.scoring import Sheet
from cchc_core.store import users
from cchc_core.store.users import User
from cchc_core.targets import TargetKind
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import EVERY_PAGE, Office, Screen, as_read
from ui import screen_view
from ui.words import VIETNAM

ADDRESS = "http://localhost:8501/man-hinh-lon"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=VIETNAM).timestamp()
TOTAL, SECTIONS, UNITS, DUE = "Toàn bộ tiêu chí", "Theo lĩnh vực", "Theo đơn vị", "Sắp đến hạn"


class Television(Screen):
    """A tab at the big screen's address, with the cookie of a screen or of a person, or of nobody."""

    def __init__(self, room: "MeetingRoom", screen: str | None, person: str | None = None) -> None:
        super().__init__(room.office, person)
        self.room, self.screen_token = room, screen
        self.at.context["url"] = ADDRESS

    def run(self) -> "Television":
        self.room.asking = self.screen_token
        super().run()
        return self

    def read(self) -> str:
        """Give what stands there as it is read."""
        return as_read(self.texts()).replace("**", "")


@dataclass
class MeetingRoom:
    """The sample's department, a clock that stands, and whose television is asking."""

    office: Office
    asking: str | None = None
    seconds: float = NOON

    def leader(self) -> User:
        return self.office.person(Role.LEADER)

    def opened(self, rubric_id: str) -> str:
        return self.office.assessment(rubric_id).id

    def television(self, assessment_id: str) -> Television:
        """Open a screen and wait for its first panel."""
        token = screens.open_screen(self.office.database, self.leader(), assessment_id)
        television = Television(self, token)
        television.open("screen", bang=assessment_id)
        return self.turned_to(television, TOTAL)

    def turned_to(self, television: Television, title: str) -> Television:
        """Let the clock go on until the panel is up."""
        for _ in range(6):
            television.run()
            if television.title().startswith(title):
                return television
            self.seconds += screen_view.PANEL_SECONDS
        raise AssertionError(television.texts())


@pytest.fixture
def room(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[MeetingRoom]:
    room = MeetingRoom(office)
    monkeypatch.setattr("ui.access.screen_token", lambda: room.asking)
    monkeypatch.setattr("ui.screen_view.now", lambda: room.seconds)
    yield room


sample = pytest.mark.parametrize("office", ["sample"], indirect=True)


def test_the_panels_follow_each_other_every_twelve_seconds_and_come_round(room: MeetingRoom) -> None:
    television = room.television(room.opened(SOC_TRANG))
    seen = []
    for _ in range(4):
        seen.append((television.title(), re.findall(r"[○●]+ (\d/\d)", television.read())))
        room.seconds += screen_view.PANEL_SECONDS
        television.run()
    assert seen == [(TOTAL, ["1/3"]), (SECTIONS, ["2/3"]), (DUE, ["3/3"]), (TOTAL, ["1/3"])]


@sample
def test_a_reload_goes_on_with_the_same_panel(room: MeetingRoom) -> None:
    opened = room.opened(SOC_TRANG)
    television = room.turned_to(room.television(opened), SECTIONS)
    other = Television(room, television.screen_token)
    other.open("screen", bang=opened)
    assert other.title() == SECTIONS


@sample
def test_the_head_and_foot_name_the_unit_the_time_and_the_last_change(room: MeetingRoom) -> None:
    shown = room.television(room.opened(SOC_TRANG)).read()
    assert "Sở Thông tin và Truyền thông (dữ liệu mẫu)" in shown
    assert "Quý III 2022 · tự chấm tạm tính" in shown
    assert "12:00" in shown
    assert "Thứ Bảy, 21/11/2026" in shown
    assert re.search(r"Thay đổi gần nhất: \d\d:\d\d ngày \d\d/\d\d/\d{4}", shown)
    assert "Dữ liệu mẫu" in shown


def test_own_data_bear_no_mark_of_sample_data(room: MeetingRoom) -> None:
    assert "Dữ liệu mẫu" not in room.television(room.opened(SOC_TRANG)).read()


def test_there_is_nothing_to_press_on_a_television(room: MeetingRoom) -> None:
    television = room.television(room.opened(SOC_TRANG))
    for title in (TOTAL, SECTIONS, DUE):
        room.turned_to(television, title)
        kinds = ("button", "selectbox", "radio", "checkbox", "text_input", "toggle", "link_button", "page_link")
        assert television.elements(*kinds) == []
        assert [element.type for element in television.at.sidebar] == ["sidebar"]


@sample
def test_the_total_is_that_of_the_sheet(room: MeetingRoom) -> None:
    opened = room.opened(SOC_TRANG)
    total = room.office.sheet(opened).totals.total
    shown = room.television(opened).read()
    assert format_percent(total.percent) in shown.splitlines()
    assert f"{format_points(total.points)} / {format_points(total.effective_max)} điểm" in shown
    for name, points in (("Đã đạt", total.points), ("Mất", total.lost), ("Chờ bên ngoài", total.awaiting)):
        assert f"{name} {format_points(points)}" in shown


def test_a_target_is_shown_with_what_is_still_missing_until_it_is_met(room: MeetingRoom) -> None:
    opened, database = room.opened(SOC_TRANG), room.office.database
    room.office.save(opened, "I.1.6", {"count": 0})
    television = room.television(opened)
    assert "Chỉ tiêu" not in television.read()
    hoped = "Chỉ tiêu 3 % · dự kiến đạt, gồm 34,5000 điểm bên ngoài dự kiến cho"
    for value, words in (
        ("99", "Chỉ tiêu 99 % · còn thiếu"),
        ("3", hoped),
        ("2", "Chỉ tiêu 2 % · đã đạt"),
    ):
        planning.set_target(
            database,
            room.leader(),
            assessment_id=opened,
            section=None,
            kind=TargetKind.PERCENT,
            value=Decimal(value),
        )
        assert words in television.run().read()


def test_the_line_of_a_target_stands_at_its_points_within_the_bar_of_the_period(room: MeetingRoom) -> None:
    opened, database = room.opened(SOC_TRANG), room.office.database
    scorer = room.office.person(Role.ROOM)
    # What is expected not to apply leaves the maximum of the year, not yet that of the period.
    lowered = next(leaf for leaf in room.office.sheet(opened).rubric.leaves if leaf.scored.not_applicable_clause)
    planning.set_expected(
        database, scorer, assessment_id=opened, code=lowered.code, raw={"not_applicable": "Không được giao nhiệm vụ"}
    )
    planning.set_target(
        database, room.leader(), assessment_id=opened, section=None, kind=TargetKind.PERCENT, value=Decimal(90)
    )
    board = read_board(database, room.leader(), opened)
    needed, whole = board.needs[None].needed, board.sheet.totals.total.effective_max
    assert board.needs[None].maximum < whole
    shown = room.television(opened).elements("image")
    pictures = [b64decode(image.proto.imgs[0].url.split(",")[1]).decode() for image in shown]
    assert sum(f'x1="{percent_of(needed, whole)}%"' in picture for picture in pictures) == 1


def _every_section(sheet: Sheet, figure: Callable[[Sheet, str], str]) -> list[str]:
    return [figure(sheet, section.code) for section in sheet.rubric.sections]


@sample
def test_every_section_has_its_percent_and_one_without_results_none(room: MeetingRoom) -> None:
    opened = room.opened(SOC_TRANG)
    shown = room.turned_to(room.television(opened), SECTIONS).read().splitlines()
    sheet = room.office.sheet(opened)
    begun = [totals for totals in sheet.totals.sections.values() if has_data(totals)]
    assert [line for line in shown if line.endswith(" %")] == [format_percent(totals.percent) for totals in begun]
    assert shown.count("chưa có") == len(sheet.totals.sections) - len(begun) > 0
    assert "I.1 Công tác chỉ đạo, điều hành CCHC" in shown


@sample
def test_an_illustrative_set_shows_counts_and_nowhere_a_percent_or_points(room: MeetingRoom) -> None:
    opened = room.opened(NAM_DINH)
    sheet = room.office.sheet(opened)
    television = room.television(opened)
    total = sheet.totals.total
    assert f"{total.met}/{total.applicable}" in television.read().splitlines()
    assert f"Chưa đạt {total.applicable - total.met} tiêu chí" in television.read()
    texts = [television.read()]
    texts.append(room.turned_to(television, SECTIONS).read())
    counts = _every_section(sheet, lambda s, c: f"{s.totals.sections[c].met}/{s.totals.sections[c].applicable}")
    assert set(counts) <= set(texts[1].splitlines())
    assert not any("%" in text or "điểm" in text for text in texts)


def test_units_are_shown_as_soon_as_there_are_several(room: MeetingRoom) -> None:
    opened, database = room.opened(SOC_TRANG), room.office.database
    admin = room.office.person(Role.ADMIN)
    room_id = room.office.person(Role.ROOM).unit_id
    assert room_id is not None
    period = room.office.assessment(SOC_TRANG)
    scoring.create_assessment(
        database, admin, unit_id=room_id, rubric=read_rubric(SOC_TRANG), period=_template(period.period_code)
    )
    room.office.save(opened, "I.1.6", {"count": 0})
    shown = room.turned_to(room.television(opened), UNITS).read()
    assert "3/4" in shown
    percent = format_percent(room.office.sheet(opened).totals.total.percent)
    lines = shown.splitlines()
    assert lines[lines.index("Sở Thử nghiệm", 3) + 1] == percent
    assert lines[lines.index("Văn phòng Sở") + 1] == "chưa có"


def _template(code: str) -> PeriodTemplate:
    return next(period for period in periods_for(SOC_TRANG, 2022) if period.code == code)


@sample
def test_what_is_due_is_listed_with_its_day(room: MeetingRoom) -> None:
    shown = room.turned_to(room.television(room.opened(SOC_TRANG)), DUE).read()
    assert "16/09/2022" in shown
    assert "Hạn gửi đi của kỳ Quý III" in shown
    assert re.search(r"quá hạn \d+ ngày", shown)


def test_a_save_shows_at_the_next_run(room: MeetingRoom) -> None:
    opened = room.opened(SOC_TRANG)
    television = room.television(opened)
    before = television.read()
    assert [line for line in before.splitlines() if line in ("chưa có", "kết quả nào")] == ["chưa có", "kết quả nào"]
    assert "trên 98,5000 điểm" in before
    assert "%" not in before
    room.office.save(opened, "I.1.6", {"count": 0})
    assert format_percent(room.office.sheet(opened).totals.total.percent) in television.run().read().splitlines()


def test_text_of_users_is_shown_letter_by_letter(room: MeetingRoom) -> None:
    opened, name = room.opened(SOC_TRANG), "Sở *đậm* [x](http://evil.example) | <b>"
    with room.office.database.write() as connection:
        connection.change_structure()
        connection.run("UPDATE units SET name = :name WHERE parent_id IS NULL", name=name)
    planning.save_remedy(
        room.office.database,
        room.leader(),
        assessment_id=opened,
        code="I.1.2",
        action_text="cột | dọc và **đậm**",
        due=datetime(2020, 1, 1, tzinfo=VIETNAM).date(),
        expected_version=0,
    )
    television = room.television(opened)
    assert name in as_read(television.texts())
    assert r"cột \| dọc và \*\*đậm\*\*" in room.turned_to(television, DUE).texts()


CLOSED = "Màn hình này chưa được mở, đã bị tắt, hoặc đã quá 12 giờ."


@sample
def test_ending_the_screens_closes_the_page_and_tells_the_way_back(room: MeetingRoom) -> None:
    opened = room.opened(SOC_TRANG)
    television = room.television(opened)
    screens.end_screens(room.office.database, room.leader(), opened)
    shown = television.run().read()
    assert CLOSED in shown
    assert [link.url for link in television.elements("link_button")] == ["/man-hinh/nhan"]
    assert "%" not in shown


@sample
@pytest.mark.parametrize("role", [Role.LEADER, Role.APPRAISER])
def test_a_person_without_a_screen_is_shown_where_one_is_opened(room: MeetingRoom, role: Role) -> None:
    opened = room.opened(SOC_TRANG)
    personal = users.start_session(room.office.database, room.office.person(role).id)
    for screen_token in (None, personal):
        television = Television(room, screen_token, personal)
        television.open("screen", bang=opened)
        assert CLOSED in television.read()
        assert [link.url for link in television.elements("link_button")] == [f"/man-hinh?bang={opened}"]
        assert "%" not in television.read()


@sample
@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_screen_s_token_opens_no_other_page_at_whatever_address(room: MeetingRoom, page: str) -> None:
    opened = room.opened(SOC_TRANG)
    token = room.television(opened).screen_token
    for person, address in ((None, ADDRESS), (None, "http://localhost/bang-diem"), (token, ADDRESS), (token, "")):
        forged = Television(room, token, person)
        forged.at.context["url"] = address
        forged.open(page, bang=opened)
        assert "Bạn chưa đăng nhập" in forged.read()
        assert "%" not in forged.read()


@sample
@pytest.mark.parametrize("unknown", ["", "khong-co", "0" * 16])
def test_an_assessment_that_is_not_there_is_said_on_the_screen(room: MeetingRoom, unknown: str) -> None:
    television = room.television(room.opened(SOC_TRANG))
    television.open("screen", **({"bang": unknown} if unknown else {}))
    assert "không tìm thấy bảng tự chấm" in television.errors()
    assert television.title() == "Màn hình lớn"
