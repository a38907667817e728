"""Two versions beside each other on the page Bộ tiêu chí, and who says which criterion continues which."""

import pytest

from cchc_core import rubric_diff
from cchc_core.permissions import Role
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric_diff.model import Strength
from cchc_core.rubric_files import read_rubric
from cchc_core.store.rubric_matches import StoredMatch
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import RUBRICS, Office, Screen, as_read

SHAS = fingerprint(read_rubric(NAM_DINH)), fingerprint(read_rubric(SOC_TRANG))
SUGGESTED = rubric_diff.suggest_matches(read_rubric(NAM_DINH), read_rubric(SOC_TRANG))
FIRST = SUGGESTED[0]
KEY = f"{FIRST.old_code}|{FIRST.new_code}"


def _opened(office: Office, role: Role = Role.ADMIN, **query: str) -> Screen:
    asked = {"bo": SOC_TRANG, "ban": "1", "so": f"{NAM_DINH}@1", **query}
    return office.screen(role).open(RUBRICS, **asked)


def _stored(office: Office) -> list[StoredMatch]:
    return list(rubric_diff.compare_versions(office.database, *SHAS).stored)


def _shown(screen: Screen) -> str:
    return as_read(screen.texts())


def test_what_differs_is_summed_up_and_listed_a_page_at_a_time(office: Office) -> None:
    screen = _opened(office)
    shown = _shown(screen)
    assert "118 thêm mới · 160 bỏ" in shown.replace("**", "")
    assert "Trang 1/14" in shown
    assert "Tổng điểm chuẩn (có điểm minh hoạ): " in shown
    (sums,) = screen.elements("table")
    assert "Cả bộ tiêu chí" in sums.value.to_string()
    screen.press("diff after")
    assert screen.at.query_params["trang"] == "2"
    assert "Trang 2/14" in _shown(screen)


def test_one_kind_of_change_can_be_looked_at_alone_by_address(office: Office) -> None:
    screen = _opened(office, trang="3").choose("Chỉ xem", "removed")
    assert screen.at.query_params["loc"] == "removed"
    assert "trang" not in screen.at.query_params
    shown = _shown(screen)
    assert "*Bỏ*" in shown
    assert "*Thêm mới*" not in shown
    assert "Không có thay đổi nào như vậy" in _shown(_opened(office, loc="khong-co"))


def test_a_suggested_pair_is_confirmed_and_taken_back(office: Office) -> None:
    screen = _opened(office).press(f"pair {KEY}")
    assert "Đã ghép 1 cặp tiêu chí." in _shown(screen)
    (stored,) = _stored(office)
    assert (stored.old_code, stored.new_code, stored.is_confirmed) == (FIRST.old_code, FIRST.new_code, True)
    assert not screen.has_button(f"pair {KEY}")
    assert f"{FIRST.old_code} → {FIRST.new_code}" in _shown(screen).replace("**", "")
    screen.press(f"unpair {stored.id}")
    assert _stored(office) == []
    assert screen.has_button(f"pair {KEY}")


def test_a_refused_pair_is_not_suggested_again(office: Office) -> None:
    screen = _opened(office).press(f"no pair {KEY}")
    assert [each.is_confirmed for each in _stored(office)] == [False]
    assert not screen.has_button(f"pair {KEY}")
    assert "không phải một tiêu chí" in _shown(screen)


def test_all_pairs_of_one_strength_are_confirmed_at_once(office: Office) -> None:
    exact = [each for each in SUGGESTED if each.strength is Strength.EXACT]
    screen = _opened(office).press(f"pair all {Strength.EXACT}")
    assert f"Đã ghép {len(exact)} cặp tiêu chí." in _shown(screen)
    assert {(each.old_code, each.new_code) for each in _stored(office)} == {
        (each.old_code, each.new_code) for each in exact
    }
    assert not screen.has_button(f"pair all {Strength.EXACT}")


def test_a_pair_is_chosen_by_hand_and_what_cannot_be_is_refused_in_words(office: Office) -> None:
    screen = _opened(office).choose("Tiêu chí cũ", "1.1.1")
    screen.choose("Tiêu chí mới", FIRST.new_code).press("pair by hand")
    assert "không cùng loại" in screen.errors()
    assert _stored(office) == []
    screen.choose("Tiêu chí mới", "I.1.2").press("pair by hand")
    assert [(each.old_code, each.new_code) for each in _stored(office)] == [("1.1.1", "I.1.2")]


def test_without_a_choice_nothing_is_decided(office: Office) -> None:
    screen = _opened(office).press("pair by hand")
    assert "chưa chọn tiêu chí nào" in screen.errors()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER])
def test_others_see_what_differs_and_decide_nothing(office: Office, role: Role) -> None:
    screen = _opened(office, role)
    assert "Quản trị xác nhận các cặp này." in _shown(screen)
    keys = [str(button.key) for button in screen.at.button]
    assert not any(key.startswith(("pair", "no pair", "doubt", "unpair")) for key in keys)


def test_a_version_beside_itself_has_no_change(office: Office) -> None:
    screen = _opened(office, bo=NAM_DINH)
    assert "Hai phiên bản giống nhau ở mọi tiêu chí." in _shown(screen)


def test_a_decision_is_found_by_its_code(office: Office) -> None:
    screen = _opened(office).press(f"pair all {Strength.LIKELY}")
    found = next(each for each in _stored(office) if each.old_code == FIRST.old_code)
    field = next(each for each in screen.at.text_input if each.label == "Tìm theo mã tiêu chí")
    field.set_value(FIRST.old_code)
    screen.run()
    assert [button.key for button in screen.at.button if str(button.key).startswith("unpair")] == [f"unpair {found.id}"]
