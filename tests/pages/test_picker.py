"""What the menu offers to choose from: department and unit where there are several, then the assessment."""

import pytest

from cchc_core import scoring
from cchc_core.periods import periods_for
from cchc_core.permissions import Role, State
from cchc_core.rubric_files import read_rubric
from cchc_core.store import units
from tests.offices import NAM_DINH, SOC_TRANG
from tests.pages.screen import BOARD, HOME, SCORING, Office, Screen, as_read
from ui.current import PICKER_LABEL
from ui.home_view import MOST_CARDS

DEPARTMENT, UNIT = "Sở, ngành", "Đơn vị"


def add_department(office: Office, name: str, rooms: list[str]) -> dict[str, str]:
    """Add a department with rooms, and give the ids by name."""
    scoring.create_department(office.database, office.person(Role.ADMIN), name, rooms)
    with office.database.read() as connection:
        return {unit.name: unit.id for unit in units.present(connection)}


def open_one(office: Office, unit_id: str, rubric_id: str = NAM_DINH, code: str = "q3") -> str:
    """Open an assessment of a unit."""
    rubric = read_rubric(rubric_id)
    period = next(each for each in periods_for(rubric_id, rubric.year) if each.code == code)
    admin = office.person(Role.ADMIN)
    return scoring.create_assessment(office.database, admin, unit_id=unit_id, rubric=rubric, period=period).id


def pickers(screen: Screen) -> dict[str, list[str]]:
    """Give the choices of every picker in the menu, by its label."""
    return {box.label: list(box.options) for box in screen.at.sidebar.selectbox}


def cards(screen: Screen) -> int:
    """Count the cards of assessments on the first page."""
    return sum(link.label == "Bảng điểm" for link in screen.elements("page_link"))


def test_one_unit_needs_no_choice_of_units_and_assessments_are_named_as_people_know_them(office: Office) -> None:
    shown = pickers(office.screen().open(SCORING))
    assert list(shown) == [PICKER_LABEL]
    titles = [read_rubric(rubric_id).title for rubric_id in (SOC_TRANG, NAM_DINH)]
    assert f"Quý III 2022 · {titles[0]}" in shown[PICKER_LABEL]
    assert f"Năm 2024 · {titles[1]}" in shown[PICKER_LABEL]
    assert len(set(shown[PICKER_LABEL])) == 6


def test_who_sees_several_departments_and_units_chooses_them_first(office: Office) -> None:
    ids = add_department(office, "Sở Ánh sáng", ["Phòng Đèn", "Phòng Nến"])
    open_one(office, ids["Phòng Nến"], code="q1")
    lamp = open_one(office, ids["Phòng Đèn"], code="q1")
    screen = office.screen(Role.ADMIN).open(BOARD, bang=office.assessment(SOC_TRANG).id)
    assert pickers(screen)[DEPARTMENT] == ["Sở Ánh sáng", "Sở Thử nghiệm"]
    assert UNIT not in pickers(screen)
    screen.choose(DEPARTMENT, ids["Sở Ánh sáng"])
    assert pickers(screen)[UNIT] == ["Phòng Đèn", "Phòng Nến"]
    assert len(pickers(screen)[PICKER_LABEL]) == 1
    assert screen.at.query_params["bang"] == lamp
    candle = screen.choose(UNIT, ids["Phòng Nến"]).at.query_params["bang"]
    assert office.sheet(candle).assessment.unit_name == "Phòng Nến"
    assert "Phòng Nến" in as_read(screen.texts())


def test_another_unit_is_opened_at_the_same_period_by_the_same_set(office: Office) -> None:
    here = office.assessment(NAM_DINH, "q1")
    ids = add_department(office, "Sở Ánh sáng", ["Phòng Đèn"])
    for rubric_id, code in ((SOC_TRANG, "q3"), (NAM_DINH, "q1"), (NAM_DINH, "q3"), (NAM_DINH, "year")):
        open_one(office, ids["Phòng Đèn"], rubric_id, code)
    screen = office.screen(Role.ADMIN).open(SCORING, bang=here.id, lv="2", tc="2.1.1")
    screen.choose(DEPARTMENT, ids["Sở Ánh sáng"])
    there = office.sheet(screen.at.query_params["bang"]).assessment
    assert (there.unit_name, there.rubric_id, there.period_code) == ("Phòng Đèn", NAM_DINH, "q1")
    assert "tc" not in screen.at.query_params


def test_an_address_opens_the_assessment_with_its_department_and_unit(office: Office) -> None:
    ids = add_department(office, "Sở Ánh sáng", ["Phòng Đèn", "Phòng Nến"])
    for room in ("Phòng Đèn", "Phòng Nến"):
        opened = open_one(office, ids[room])
    screen = office.screen(Role.ADMIN).open(BOARD, bang=opened)
    chosen = {box.label: box.value for box in screen.at.sidebar.selectbox}
    assert chosen == {DEPARTMENT: ids["Sở Ánh sáng"], UNIT: ids["Phòng Nến"], PICKER_LABEL: opened}


def test_an_assessment_that_is_not_there_is_not_replaced_by_another_one(office: Office) -> None:
    add_department(office, "Sở Ánh sáng", [])
    screen = office.screen(Role.ADMIN).open(SCORING, bang="khong-co")
    picker = next(box for box in screen.at.sidebar.selectbox if box.label == PICKER_LABEL)
    assert picker.value is None
    assert "không" in screen.errors().lower()


def test_units_of_one_name_can_be_told_apart(office: Office) -> None:
    ids = add_department(office, "Sở Ánh sáng", ["Phòng Đèn"])
    with office.database.write() as connection:
        (twin,) = units.add(
            connection,
            [("Phòng Đèn", units.UnitKind.ROOM, ids["Sở Ánh sáng"])],
            office.person(Role.ADMIN).actor,
        )
    for unit_id in (ids["Phòng Đèn"], twin.id):
        opened = open_one(office, unit_id)
    screen = office.screen(Role.ADMIN).open(SCORING, bang=opened)
    assert pickers(screen)[UNIT] == ["Phòng Đèn", "Phòng Đèn (2)"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ROOM, Role.LEADER])
def test_people_of_a_department_are_not_asked_for_another_one(office: Office, role: Role) -> None:
    ids = add_department(office, "Sở Ánh sáng", ["Phòng Đèn"])
    open_one(office, ids["Phòng Đèn"])
    assert list(pickers(office.screen(role).open(HOME))) == [PICKER_LABEL]


def test_an_appraiser_is_offered_the_departments_that_handed_in(office: Office) -> None:
    own = office.assessment(NAM_DINH, "year").id
    ids = add_department(office, "Sở Ánh sáng", [])
    for opened in (own, open_one(office, ids["Sở Ánh sáng"], code="year")):
        assert DEPARTMENT not in pickers(office.screen(Role.APPRAISER).open(HOME))
        office.put_into(opened, State.SUBMITTED)
    assert pickers(office.screen(Role.APPRAISER).open(HOME))[DEPARTMENT] == ["Sở Ánh sáng", "Sở Thử nghiệm"]


def test_the_first_page_lists_the_chosen_department_alone(office: Office) -> None:
    ids = add_department(office, "Sở Ánh sáng", [])
    opened = open_one(office, ids["Sở Ánh sáng"])
    screen = office.screen(Role.ADMIN).open(HOME, bang=opened)
    assert cards(screen) == 1
    assert cards(screen.choose(DEPARTMENT, ids["Sở Thử nghiệm"])) == 6


def test_of_many_assessments_the_first_page_draws_some_and_says_where_the_others_are(office: Office) -> None:
    rooms = [f"Phòng số {number:02d}" for number in range(1, 12)]
    ids = add_department(office, "Sở Ánh sáng", rooms)
    for room in rooms:
        for code in ("q1", "h1", "q3"):
            opened = open_one(office, ids[room], code=code)
    screen = office.screen(Role.ADMIN).open(HOME, bang=opened)
    assert cards(screen) == MOST_CARDS
    assert "Còn 3 bảng nữa" in screen.texts()
    first = next(text for kind, text in screen.shown() if kind == "markdown" and "Quý" in text)
    assert "Phòng số 11" in as_read(first)
