"""Attaching documents to criteria and tasks: periods, lines, versions, and what was handed in."""

import pytest

from cchc_core import scoring
from cchc_core.errors import AlreadyThere, BadText, NotAllowed, NotAllowedInOffice, NotFound, StaleText
from cchc_core.evidence.attaching import (
    Attached,
    attach,
    attach_to_task,
    attachments_of,
    change_part,
    detach,
    detach_from_task,
    documents_of_task,
)
from cchc_core.evidence.uses import uses_of
from cchc_core.permissions import State
from cchc_core.store.log import LogAction
from cchc_core.store.verify import verify
from tests.evidence.office import CODE, OTHER_CODE, Office


def _attached(office: Office, period: str) -> dict[str, tuple[Attached, ...]]:
    with office.database.read() as connection:
        return attachments_of(connection, office.opened[period])


def _change_number(office: Office, period: str) -> int:
    sheet = scoring.open_sheet(office.database, office.people["officer"], office.opened[period].id)
    return sheet.assessment.change_number


def _line_code(office: Office) -> str:
    sheet = scoring.open_sheet(office.database, office.people["officer"], office.opened["q1"].id)
    return next(leaf.code for leaf in sheet.rubric.leaves if len(leaf.evidence) >= 2)


def test_what_is_attached_in_a_period_is_there_in_those_after_it_and_not_in_those_before(office: Office) -> None:
    document = office.document()
    of = (office.database, office.people["officer"], office.opened["q3"].id)
    attach(*of, CODE, document.id, None, "Mục II, trang 3")
    assert _attached(office, "q1") == {}
    for period in ("q3", "year"):
        (found,) = _attached(office, period)[CODE]
        assert (found.document.id, found.part_text, found.evidence_line) == (document.id, "Mục II, trang 3", None)
    assert verify(office.database).findings == ()


def test_every_board_of_the_year_follows_what_is_attached(office: Office) -> None:
    document = office.document()
    before = [_change_number(office, period) for period in office.opened]
    of = (office.database, office.people["officer"], office.opened["q1"].id)
    attachment = attach(*of, CODE, document.id)
    change_part(*of, attachment, part_text="Mục I", evidence_line=None, expected_version=1)
    detach(*of, attachment)
    assert [_change_number(office, period) for period in office.opened] == [number + 3 for number in before]


def test_attaching_is_told_in_the_history_of_the_assessment_that_it_was_done_from(office: Office) -> None:
    document = office.document()
    of = (office.database, office.people["officer"], office.opened["q1"].id)
    detach(*of, attach(*of, CODE, document.id))
    with office.database.read() as connection:
        rows = connection.rows(
            "SELECT new_value FROM change_log WHERE action = :action AND assessment_id = :id ORDER BY seq",
            action=LogAction.ATTACHMENT.value,
            id=of[2],
        )
    assert len(rows) == 2
    assert f'"document_id":"{document.id}"' in rows[1]["new_value"]


def test_the_history_of_a_criterion_tells_what_was_attached_to_it_and_to_no_other(office: Office) -> None:
    document = office.document()
    of = (office.database, office.people["officer"], office.opened["q1"].id)
    detach(*of, attach(*of, CODE, document.id, None, "Mục II"))
    attach(*of, OTHER_CODE, document.id)
    titles = [change.title for change in scoring.history(*of, CODE)]
    assert titles == ["Gỡ tài liệu khỏi tiêu chí", "Gắn tài liệu vào tiêu chí"]


def test_a_document_proves_many_criteria_and_each_line_once(office: Office) -> None:
    document, code = office.document(), _line_code(office)
    of = (office.database, office.people["officer"], office.opened["q1"].id)
    for where, line in ((CODE, None), (OTHER_CODE, None), (code, 0), (code, 1), (code, None)):
        attach(*of, where, document.id, line)
        with pytest.raises(AlreadyThere):
            attach(*of, where, document.id, line)
    found = _attached(office, "q1")
    assert {key: [each.evidence_line for each in value] for key, value in found.items()} == {
        CODE: [None],
        OTHER_CODE: [None],
        code: [0, 1, None],
    }


@pytest.mark.parametrize(
    ("code", "line", "part", "expected"),
    [
        ("khong-co", None, "", NotFound),
        ("I.1", None, "", NotFound),
        (CODE, 99, "", NotFound),
        (CODE, -1, "", NotFound),
        (CODE, None, "x" * 301, BadText),
    ],
)
def test_what_cannot_be_attached_is_refused(
    office: Office, code: str, line: int | None, part: str, expected: type[Exception]
) -> None:
    document = office.document()
    with pytest.raises(expected):
        attach(office.database, office.people["officer"], office.opened["q1"].id, code, document.id, line, part)
    assert _attached(office, "q1") == {}


def test_a_document_that_one_may_not_see_cannot_be_attached_to_learn_of_it(office: Office) -> None:
    hidden = office.document("other_room", office.other_room)
    foreign = office.document("stranger", department=office.elsewhere)
    for document in (hidden, foreign):
        with pytest.raises(NotAllowedInOffice):
            attach(office.database, office.people["room"], office.opened["q1"].id, CODE, document.id)
    with pytest.raises(NotAllowedInOffice):
        attach(office.database, office.people["officer"], office.opened["q1"].id, CODE, foreign.id)
    with pytest.raises(NotAllowedInOffice):
        attach_to_task(office.database, office.people["room"], office.task(office.room), hidden.id)
    assert _attached(office, "q1") == {}


@pytest.mark.parametrize("who", ["leader", "admin", "appraiser", "stranger", "screen"])
def test_who_scores_nothing_attaches_nothing(office: Office, who: str) -> None:
    document = office.document()
    of = (office.database, office.people["officer"], office.opened["q1"].id)
    attachment = attach(*of, OTHER_CODE, document.id)
    other = (office.database, office.people[who], of[2])
    with pytest.raises(NotAllowed):
        attach(*other, CODE, document.id)
    with pytest.raises(NotAllowed):
        detach(*other, attachment)
    with pytest.raises(NotAllowed):
        change_part(*other, attachment, part_text="x", evidence_line=None, expected_version=1)


def test_attaching_in_an_earlier_period_brings_forward_what_a_later_one_has(office: Office) -> None:
    document = office.document()
    officer = (office.database, office.people["officer"])
    first = attach(*officer, office.opened["year"].id, CODE, document.id, None, "Mục I")
    assert attach(*officer, office.opened["q1"].id, CODE, document.id) == first
    for period in ("q1", "q3", "year"):
        (found,) = _attached(office, period)[CODE]
        assert (found.id, found.part_text, found.period_ordinal) == (first, "Mục I", 1)


def test_what_a_later_period_takes_off_stays_in_those_before_it(office: Office) -> None:
    document = office.document()
    officer, code = (office.database, office.people["officer"]), _line_code(office)
    first = attach(*officer, office.opened["q1"].id, code, document.id, 0, "Mục I")
    for opened, shown in ((office.opened["q3"].id, "q3"), (None, "year"), ("khong-co", "year")):
        (use,) = uses_of(*officer, document.id, opened).criteria
        assert use.assessment.id == office.opened[shown].id
    office.put_in("q1", State.APPROVED)
    detach(*officer, office.opened["q3"].id, first)
    assert [each.id for each in _attached(office, "q1")[code]] == [first]
    assert _attached(office, "q3") == _attached(office, "year") == {}
    for period, many in (("q1", 1), ("q3", 0), ("year", 0)):
        sheet = scoring.open_sheet(*officer, office.opened[period].id)
        assert sheet.attached.get(code, 0) == many
    with pytest.raises(NotFound):
        detach(*officer, office.opened["q3"].id, first)
    assert [use.assessment.id for use in uses_of(*officer, document.id).criteria] == [office.opened["q1"].id]
    titles = [change.title for change in scoring.history(*officer, office.opened["q3"].id, code)]
    assert titles == ["Gỡ tài liệu khỏi tiêu chí"]
    assert verify(office.database).findings == ()


def test_what_was_taken_off_is_attached_anew_from_any_period_on(office: Office) -> None:
    document = office.document()
    officer, code = (office.database, office.people["officer"]), _line_code(office)
    first = attach(*officer, office.opened["q1"].id, code, document.id, 0)
    detach(*officer, office.opened["q3"].id, first)
    again = attach(*officer, office.opened["year"].id, code, document.id, 0)
    assert attach(*officer, office.opened["q3"].id, code, document.id, 0) == again
    for period, expected in (("q1", first), ("q3", again), ("year", again)):
        assert [each.id for each in _attached(office, period)[code]] == [expected]
        with pytest.raises(AlreadyThere):
            attach(*officer, office.opened[period].id, code, document.id, 0)
    change_part(*officer, office.opened["year"].id, again, part_text="Mục II", evidence_line=1, expected_version=2)
    change_part(*officer, office.opened["year"].id, again, part_text="Mục II", evidence_line=0, expected_version=3)
    detach(*officer, office.opened["q1"].id, first)
    assert _attached(office, "q1") == {}
    assert [each.id for each in _attached(office, "year")[code]] == [again]
    assert verify(office.database).findings == ()


def test_the_part_is_changed_by_who_saw_the_last_version(office: Office) -> None:
    document, code = office.document(), _line_code(office)
    of = (office.database, office.people["officer"], office.opened["q1"].id)
    attachment = attach(*of, code, document.id, 0, "Mục I")
    change_part(*of, attachment, part_text=" Mục II,\n trang 4 ", evidence_line=1, expected_version=1)
    (found,) = _attached(office, "q1")[code]
    assert (found.part_text, found.evidence_line, found.version) == ("Mục II, trang 4", 1, 2)
    with pytest.raises(StaleText, match="Mục II, trang 4"):
        change_part(*of, attachment, part_text="Mục III", evidence_line=1, expected_version=1)
    with pytest.raises(StaleText):
        detach(*of, attachment, expected_version=1)
    attach(*of, code, document.id, 0)
    with pytest.raises(AlreadyThere):
        change_part(*of, attachment, part_text="Mục II", evidence_line=0, expected_version=2)
    with pytest.raises(NotFound):
        change_part(*of, attachment, part_text="Mục II", evidence_line=77, expected_version=2)
    assert verify(office.database).findings == ()


def test_an_attachment_of_another_year_or_a_later_period_is_not_within_reach(office: Office) -> None:
    document = office.document()
    officer = (office.database, office.people["officer"])
    later = attach(*officer, office.opened["year"].id, CODE, document.id)
    for wrong in (later, "khong-co", "' --"):
        with pytest.raises(NotFound):
            detach(*officer, office.opened["q1"].id, wrong)
    assert len(_attached(office, "year")[CODE]) == 1


@pytest.mark.parametrize(
    "state", [State.AWAITING_APPROVAL, State.SUBMITTED, State.APPRAISING, State.EXPLAINING, State.PUBLISHED]
)
def test_a_years_assessment_is_not_changed_through_the_draft_of_a_quarter(office: Office, state: State) -> None:
    kept, new = office.document(), office.document()
    of = (office.database, office.people["officer"], office.opened["q1"].id)
    attachment = attach(*of, CODE, kept.id)
    office.put_in("year", state)
    with pytest.raises(NotAllowed):
        attach(*of, CODE, new.id)
    with pytest.raises(NotAllowed):
        detach(*of, attachment)
    with pytest.raises(NotAllowed):
        change_part(*of, attachment, part_text="Mục X", evidence_line=None, expected_version=1)
    assert [each.document.id for each in _attached(office, "year")[CODE]] == [kept.id]


def test_a_locked_year_is_not_changed_through_a_quarter_either(office: Office) -> None:
    document = office.document()
    office.put_in("year", State.DRAFT, is_locked=True)
    with pytest.raises(NotAllowed, match="đã khoá"):
        attach(office.database, office.people["officer"], office.opened["q1"].id, CODE, document.id)


def test_while_it_is_explained_the_office_attaches_to_the_year_itself(office: Office) -> None:
    document = office.document()
    office.put_in("year", State.EXPLAINING)
    of = (office.database, office.people["officer"], office.opened["year"].id)
    detach(*of, attach(*of, CODE, document.id))
    with pytest.raises(NotAllowed):
        attach(office.database, office.people["room"], of[2], CODE, document.id)


def test_a_quarter_that_was_approved_does_not_hinder_the_next_one(office: Office) -> None:
    document = office.document()
    office.put_in("q1", State.APPROVED)
    attach(office.database, office.people["officer"], office.opened["q3"].id, CODE, document.id)
    assert _attached(office, "q1") == {}


def test_a_document_hangs_on_a_task_or_on_one_of_its_times(office: Office) -> None:
    database, officer = office.database, office.people["officer"]
    document, task = office.document(), office.task(office.room)
    tie = attach_to_task(database, officer, task, document.id)
    with pytest.raises(AlreadyThere):
        attach_to_task(database, officer, task, document.id)
    for wrong in ("khong-co", office.task(office.room)):
        with pytest.raises(NotFound):
            attach_to_task(database, officer, task, document.id, wrong)
    assert [each.id for each in documents_of_task(database, officer, task)] == [tie]
    detach_from_task(database, officer, tie)
    assert documents_of_task(database, officer, task) == ()
    with pytest.raises(NotFound):
        detach_from_task(database, officer, tie)
    assert verify(database).findings == ()


def test_a_room_hangs_documents_on_its_own_tasks_alone(office: Office) -> None:
    database, room = office.database, office.people["room"]
    own = office.document("room", office.room)
    attach_to_task(database, room, office.task(office.room), own.id)
    others = office.task(office.other_room)
    for task in (others, office.task(None), office.task(office.room, office.elsewhere)):
        with pytest.raises(NotAllowedInOffice):
            attach_to_task(database, room, task, own.id)
    theirs = office.document("other_room", office.other_room)
    tie = attach_to_task(database, office.people["other_room"], others, theirs.id)
    with pytest.raises(NotAllowedInOffice):
        detach_from_task(database, room, tie)


def test_a_task_that_was_taken_out_takes_no_documents(office: Office) -> None:
    task = office.task(office.room)
    office.end_task(task)
    with pytest.raises(NotFound):
        attach_to_task(office.database, office.people["officer"], task, office.document().id)
