import pytest

from cchc_core import workspace
from cchc_core.permissions import Role
from cchc_core.store import users
from cchc_core.store.clock import now_utc
from tests.offices import NAM_DINH
from tests.pages.screen import SCORING, Office, Screen

THE_SIGN_IN_AND_NOTHING_ELSE = [
    ("title", "Bảng điểm CCHC"),
    ("warning", "Bạn chưa đăng nhập hoặc phiên làm việc đã kết thúc. Hãy đăng nhập để tiếp tục."),
    ("link_button", "Đăng nhập"),
]


@pytest.mark.parametrize("office", ["sample", "empty"], indirect=True)
@pytest.mark.parametrize("token", [None, "", "x" * 43, "\ud800"])
def test_without_a_session_a_page_shows_the_sign_in_and_nothing_else(office: Office, token: str | None) -> None:
    assert Screen(office, token).run().shown() == THE_SIGN_IN_AND_NOTHING_ELSE


@pytest.mark.parametrize("office", ["sample"], indirect=True)
def test_a_session_that_ends_while_the_page_is_open_closes_the_page(office: Office) -> None:
    screen = office.screen().open(SCORING)
    assert screen.token is not None
    users.end_session(office.database, screen.token)
    assert screen.run().shown() == THE_SIGN_IN_AND_NOTHING_ELSE


@pytest.mark.parametrize("office", ["sample"], indirect=True)
def test_a_value_typed_after_signing_out_elsewhere_is_not_saved(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    before = office.stored(opened.id, "1.1.1")
    assert before is not None
    screen = office.screen().open(SCORING, bang=opened.id)
    level = screen.widget(opened.id, "1.1.1", "level")
    assert screen.token is not None
    users.end_session(office.database, screen.token)
    level.set_value(2 if before.entry_json["level"] != 2 else 0)
    assert screen.run().shown() == THE_SIGN_IN_AND_NOTHING_ELSE
    assert office.stored(opened.id, "1.1.1") == before


def test_the_account_of_a_person_who_has_left_opens_nothing(office: Office) -> None:
    screen = office.screen(Role.LEADER).open(SCORING)
    with office.database.write() as connection:
        connection.change_structure()
        connection.run("UPDATE users SET ended_utc = :now WHERE role = 'leader'", now=now_utc())
    assert screen.run().shown() == THE_SIGN_IN_AND_NOTHING_ELSE


def test_what_one_person_typed_is_not_there_for_the_next_one_on_the_same_connection(office: Office) -> None:
    opened = office.assessment(NAM_DINH)
    screen = office.screen().open(SCORING, bang=opened.id, tc="1.1.1", lv="1")
    screen.put(opened.id, "1.1.1", "note", "x" * 20_001)
    assert "CHƯA LƯU" in screen.errors()
    screen.token = users.start_session(office.database, office.person(Role.ROOM).id)
    screen.run()
    assert "CHƯA LƯU" not in screen.errors()
    assert screen.widget(opened.id, "1.1.1", "note").value == ""


@pytest.mark.parametrize("token", [None, "x" * 43])
def test_the_frame_served_without_the_products_own_server_shows_the_sign_in(office: Office, token: str | None) -> None:
    screen = Screen(office, token)
    workspace.close_workspace()
    assert screen.run().shown() == THE_SIGN_IN_AND_NOTHING_ELSE
