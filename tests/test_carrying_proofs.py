"""Documents follow their criterion into another version of the same year's set."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cchc_core import rubric_diff
from cchc_core.carried_proofs import CarriedProofs
from cchc_core.evidence import keeping
from cchc_core.evidence.attaching import attach, detach
from cchc_core.evidence.keeping import DocumentDraft, DocumentKind
from cchc_core.permissions import Role
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric.model import Evidence, Rubric
from cchc_core.store import attachments
from cchc_core.store.verify import verify
from cchc_core.store.year_lines import YearLine
from tests.renumbered import BEFORE, next_set, recoded, swapped
from tests.running_year import carried, opened
from tests.store.world import World, make_world

# The same year's set again, with the codes of 1.3 and 1.4 exchanged.
CORRECTED = replace(BEFORE, criteria=swapped().criteria, document="Quyết định sửa đổi")
Q1, Q3 = 1, 3


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path, "q1")
    yield opened(made, "q1", BEFORE)
    made.database.close()


def _attached(world: World, code: str, line: int | None = None, at: World | None = None) -> str:
    draft = DocumentDraft(DocumentKind.PLAN, "12/KH", date(2022, 1, 5), "Sở", "Kế hoạch", "https://so.example/1")
    home = world.department.id
    document = keeping.add_document(world.database, world.officer, home, 2022, home, draft, None, "")
    assessment_id = (at or world).assessment_id
    return attach(world.database, world.officer, assessment_id, code, document.id, line, "Mục II")


def _shown(world: World, ordinal: int) -> list[tuple[str, int | None]]:
    line = YearLine(world.department.id, BEFORE.id, 2022)
    with world.database.read() as connection:
        rows = attachments.of_line(connection, line, ordinal)
    found = [(row["code"], row["evidence_line"]) for row in rows]
    return sorted(found, key=lambda each: (each[0], -1 if each[1] is None else each[1]))


def _confirm(world: World, new: Rubric = CORRECTED) -> None:
    pairs = [("1.3", "1.4"), ("1.4", "1.3")]
    admin = world.people[Role.ADMIN]
    rubric_diff.confirm_matches(world.database, admin, fingerprint(BEFORE), fingerprint(new), pairs)


def test_documents_follow_their_criterion_from_the_new_period_on_and_stay_in_those_before(world: World) -> None:
    _attached(world, "1.3")
    _attached(world, "1.1")
    third = opened(world, "q3", CORRECTED)
    _confirm(world)
    done = carried(world, third)
    assert done.proofs.moved == ("1.4",)
    assert _shown(world, Q3) == [("1.1", None), ("1.4", None)]
    assert _shown(world, Q1) == [("1.1", None), ("1.3", None)]
    assert "1 tiêu chí có tài liệu kiểm chứng theo sang: 1.4." in done.message
    assert dict(third.sheet().attached) == {"1.1": 1, "1.4": 1}
    assert verify(world.database).findings == ()


def test_two_criteria_that_exchanged_their_codes_exchange_their_documents(world: World) -> None:
    _attached(world, "1.3")
    _attached(world, "1.4")
    _attached(world, "1.4")
    third = opened(world, "q3", CORRECTED)
    _confirm(world)
    carried(world, third)
    assert _shown(world, Q3) == [("1.3", None), ("1.3", None), ("1.4", None)]
    assert _shown(world, Q1) == [("1.3", None), ("1.4", None), ("1.4", None)]


def test_documents_of_what_is_gone_prove_nothing_of_the_criterion_that_has_its_code_now(world: World) -> None:
    gone = _attached(world, "1.3")
    kept = _attached(world, "1.4")
    closed_up = tuple(each for each in BEFORE.criteria if each.code not in ("1.3", "1.4"))
    new = replace(BEFORE, criteria=(*closed_up, recoded("1.4", "1.3")), document="Quyết định bỏ một tiêu chí")
    third = opened(world, "q3", new)
    admin = world.people[Role.ADMIN]
    rubric_diff.confirm_matches(world.database, admin, fingerprint(BEFORE), fingerprint(new), [("1.4", "1.3")])
    done = carried(world, third)
    assert (done.proofs.moved, done.proofs.parted) == (("1.3",), ("1.3",))
    assert "tài liệu kiểm chứng ở lại các kỳ trước: 1.3." in done.message
    line = YearLine(world.department.id, BEFORE.id, 2022)
    with world.database.read() as connection:
        documents = {row["id"]: row["document_id"] for row in attachments.of_line(connection, line, Q1)}
        (proof,) = attachments.of_line(connection, line, Q3)
    assert set(documents) == {gone, kept}
    assert (proof["code"], proof["document_id"]) == ("1.3", documents[kept])
    assert carried(world, third).proofs == CarriedProofs()
    assert verify(world.database).findings == ()


def test_documents_of_what_people_called_gone_prove_nothing_of_what_is_new_under_its_code(world: World) -> None:
    _attached(world, "1.3")
    other = replace(BEFORE.criterion("1.3"), title="Số hoá hồ sơ lưu trữ lịch sử của cơ quan")
    new = replace(BEFORE, criteria=(*(c for c in BEFORE.criteria if c.code != "1.3"), other), document="Quyết định ba")
    third = opened(world, "q3", new)
    admin, versions = world.people[Role.ADMIN], (fingerprint(BEFORE), fingerprint(new))
    rubric_diff.refuse_matches(world.database, admin, *versions, [("1.3", "1.3")])
    assert carried(world, third).proofs == CarriedProofs()
    assert _shown(world, Q3) == [("1.3", None)]
    rubric_diff.confirm_matches(world.database, admin, *versions, [("1.3", "")])
    assert carried(world, third).proofs.parted == ("1.3",)
    assert (_shown(world, Q3), _shown(world, Q1)) == ([], [("1.3", None)])


def test_a_second_carrying_moves_nothing_and_brings_nothing_back_that_was_taken_off(world: World) -> None:
    _attached(world, "1.3")
    third = opened(world, "q3", CORRECTED)
    _confirm(world)
    carried(world, third)
    line = YearLine(world.department.id, BEFORE.id, 2022)
    with world.database.read() as connection:
        (row,) = attachments.of_line(connection, line, Q3)
    detach(world.database, world.officer, third.assessment_id, row["id"])
    assert carried(world, third).proofs.moved == ()
    assert _shown(world, Q3) == []


def test_nothing_moves_before_somebody_confirmed_the_pair(world: World) -> None:
    _attached(world, "1.3")
    third = opened(world, "q3", CORRECTED)
    assert carried(world, third).proofs.moved == ()
    assert _shown(world, Q3) == [("1.3", None)]


def test_what_was_attached_in_the_new_period_itself_stays_where_it_is(world: World) -> None:
    third = opened(world, "q3", CORRECTED)
    _attached(world, "1.3", at=third)
    _confirm(world)
    carried(world, third)
    assert _shown(world, Q3) == [("1.3", None)]


def test_where_a_later_period_is_open_on_another_version_documents_stay_and_that_is_told(world: World) -> None:
    _attached(world, "1.3")
    opened(world, "year", BEFORE)
    third = opened(world, "q3", CORRECTED)
    _confirm(world)
    done = carried(world, third)
    assert (done.proofs.moved, done.proofs.held) == ((), ("1.4",))
    assert _shown(world, Q3) == [("1.3", None)]
    assert "chưa có tài liệu kiểm chứng theo sang" in done.message


def test_a_document_stands_at_the_line_that_still_asks_for_it(world: World) -> None:
    asked = replace(BEFORE.criterion("1.1"), evidence=(Evidence("Kế hoạch"), Evidence("Báo cáo"), Evidence("Biên bản")))
    old = replace(BEFORE, criteria=(asked, *BEFORE.criteria[1:]), document="Quyết định số 2")
    turned = replace(asked, evidence=(Evidence("Báo cáo"), Evidence("Kế hoạch"), Evidence("Tờ trình")))
    new = replace(old, criteria=(turned, *old.criteria[1:]), document="Quyết định số 3")
    half, third = opened(world, "h1", old), opened(world, "q3", new)
    for line in (0, 1, 2):
        _attached(world, "1.1", line, half)
    done = carried(half, third)
    assert done.proofs.moved == ("1.1",)
    assert _shown(world, Q3) == [("1.1", None), ("1.1", 0), ("1.1", 1)]


def test_documents_of_one_year_do_not_follow_into_another(world: World) -> None:
    _attached(world, "1.3")
    following = opened(world, "q1", next_set(without=("1.2",)))
    assert carried(world, following).proofs.moved == ()
    assert dict(following.sheet().attached) == {}
