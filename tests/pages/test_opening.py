"""Opening an assessment of a room or by a set that asks the kind of body: what is offered, asked and opened."""

from dataclasses import replace

from cchc_core import body_kinds, scoring
from cchc_core.permissions import Role
from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.model import Rubric
from cchc_core.store import rubric_versions, rubrics
from tests.offices import SOC_TRANG
from tests.pages.screen import HOME, Office, Screen, as_read
from tests.store.world import RUBRIC

OPEN = "Mở bảng chấm điểm"
KIND, UNIT = "Loại cơ quan, đơn vị", "Chấm cho"
WITH, WITHOUT, ROOM = BodyKind.WITH_PROCEDURES, BodyKind.WITHOUT_PROCEDURES, BodyKind.ROOM
CHOOSY = replace(
    RUBRIC,
    id="phan-loai-2024",
    applies_to=(WITH, WITHOUT),
    criteria=tuple(replace(each, applies_to=(WITH,) if each.code == "1.3" else ()) for each in RUBRIC.criteria),
)
FOR_ROOMS = replace(RUBRIC, id="noi-bo-phong-2024", applies_to=(ROOM,))


def issue(office: Office, rubric: Rubric) -> None:
    """Put a set on the shelf, as issuing a draft does."""
    admin = office.person(Role.ADMIN).actor
    with office.database.write() as connection:
        sha256 = rubrics.pin(connection, rubric, admin)
        rubric_versions.add(connection, admin, rubric_id=rubric.id, number=1, sha256=sha256, origin="empty")


def labels(screen: Screen) -> list[str]:
    return [box.label for box in screen.elements("selectbox")]


def offered(screen: Screen, label: str) -> list[str]:
    return next(list(box.options) for box in screen.elements("selectbox") if box.label == label)


def opened_by(office: Office, rubric_id: str) -> list[scoring.Assessment]:
    listed = scoring.list_assessments(office.database, office.person(Role.ADMIN))
    return [assessment for assessment in listed if assessment.rubric_id == rubric_id]


def test_the_kind_is_asked_only_where_the_set_makes_a_difference(office: Office) -> None:
    issue(office, CHOOSY)
    screen = office.screen().open(HOME).choose("Bộ tiêu chí", SOC_TRANG)
    assert KIND not in labels(screen)
    screen.choose("Bộ tiêu chí", CHOOSY.id)
    assert offered(screen, KIND) == ["Sở, ngành có thủ tục hành chính", "Sở, ngành không có thủ tục hành chính"]
    assert "Hãy chọn loại của đơn vị" in screen.texts()
    assert OPEN not in [button.label for button in screen.at.button]


def test_the_chosen_kind_says_what_applies_and_is_remembered(office: Office) -> None:
    issue(office, CHOOSY)
    screen = office.screen().open(HOME).choose("Bộ tiêu chí", CHOOSY.id).choose(KIND, WITHOUT)
    assert "Áp dụng 9 tiêu chí, 9,0000 điểm." in as_read(screen.texts())
    screen.press_labelled(OPEN)
    (made,) = opened_by(office, CHOOSY.id)
    assert office.sheet(made.id).rubric.body_kind is WITHOUT
    assert body_kinds.body_kind_of(office.database, made.unit_id) is WITHOUT
    again = office.screen().open(HOME).choose("Bộ tiêu chí", CHOOSY.id)
    assert "Hãy chọn loại của đơn vị" not in again.texts()
    assert OPEN in [button.label for button in again.at.button]


def test_a_room_is_opened_by_its_internal_set(office: Office) -> None:
    issue(office, FOR_ROOMS)
    screen = office.screen().open(HOME).choose("Bộ tiêu chí", FOR_ROOMS.id)
    assert offered(screen, UNIT) == ["Sở Thử nghiệm", "Văn phòng Sở"]
    next(box for box in screen.at.selectbox if box.label == UNIT).select("Văn phòng Sở")
    screen.run().press_labelled(OPEN)
    (made,) = opened_by(office, FOR_ROOMS.id)
    assert (made.unit_name, office.sheet(made.id).rubric.applies_to) == ("Văn phòng Sở", (ROOM,))


def test_a_unit_of_another_kind_is_told_so_before_anything_is_opened(office: Office) -> None:
    issue(office, CHOOSY)
    officer = office.person(Role.OFFICER)
    (department,) = scoring.list_departments(office.database)
    body_kinds.set_body_kind(office.database, officer, unit_id=department.id, kind=BodyKind.COMMUNE)
    screen = office.screen().open(HOME).choose("Bộ tiêu chí", CHOOSY.id)
    assert "đang được ghi là «UBND cấp xã», loại mà bộ tiêu chí này không áp dụng" in as_read(screen.texts())
    assert OPEN not in [button.label for button in screen.at.button]
