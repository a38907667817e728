"""A draft becomes a version that is never edited: nothing wrong with it, nothing changed since it was looked at."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cchc_core import rubric_shelf
from cchc_core.errors import AlreadyThere, BadText, NotAllowed, StaleText
from cchc_core.permissions import Role
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.building import build
from cchc_core.rubric_drafts.issuing import NotReady, Overtaken, issue
from cchc_core.rubric_drafts.model import Draft, DraftState
from cchc_core.rubric_files import read_rubric
from cchc_core.rubric_in.model import NodeKind
from tests.rubric_drafts.desk import IMPORTED, Desk, row, small

SOC_TRANG = "soctrang-tttt-2022"


def _ready(desk: Desk) -> Draft:
    draft = desk.brought_in()
    keeping.confirm_rules(desk.database, desk.admin, draft.id, [each.id for each in draft.nodes])
    keeping.leave_manual(desk.database, desk.admin, draft.id, [row(draft, "I.1.2").id])
    return desk.again(draft)


def test_a_draft_without_errors_becomes_the_first_version_of_its_set(desk: Desk) -> None:
    draft = _ready(desk)
    version = desk.issued(draft, note="  Theo   quyết định mới ")
    assert (version.rubric_id, version.number, version.note) == ("bo-2025", 1, "Theo quyết định mới")
    assert (version.is_newest, version.is_shipped, version.issued_by_name) == (True, False, desk.admin.name)
    assert version.origin == "Từ tệp bo-2025.xlsx"
    assert rubric_shelf.rubric_of(desk.database, version.sha256) == build(draft).rubric
    after = desk.again(draft)
    assert after.state is DraftState.ISSUED
    assert keeping.list_drafts(desk.database, desk.admin) == ()
    assert desk.is_sound()


def test_a_draft_with_errors_is_refused_with_every_one_of_them(desk: Desk) -> None:
    draft = desk.brought_in()
    with pytest.raises(NotReady) as refused:
        desk.issued(draft)
    assert [each.code for each in refused.value.findings] == ["I.1.1.1", "I.1.1.2", "I.1.2"]
    assert all(each.message in str(refused.value) for each in refused.value.findings)
    assert desk.again(draft) == draft
    assert rubric_shelf.versions_of(desk.database, "bo-2025") == ()


def test_an_empty_draft_is_not_issued(desk: Desk) -> None:
    draft = _ready(desk)
    keeping.end_node(desk.database, desk.admin, row(draft, "I").id)
    with pytest.raises(NotReady, match="chưa có dòng nào"):
        desk.issued(draft)


def test_what_changed_since_it_was_looked_at_is_not_issued(desk: Desk) -> None:
    draft = _ready(desk)
    desk.change(draft, "I.1.2", title="Sửa sau khi xem")
    with pytest.raises(StaleText):
        issue(desk.database, desk.admin, draft.id, expected_version=draft.revision)
    assert rubric_shelf.versions_of(desk.database, "bo-2025") == ()


def test_a_change_makes_a_new_version_and_the_old_one_stays_as_it_was(desk: Desk) -> None:
    old = read_rubric(SOC_TRANG)
    draft = desk.copied(fingerprint(old))
    desk.change(draft, "I.1.1", title="Kế hoạch CCHC hằng năm")
    version = desk.issued(draft)
    assert version.number == 2
    newest, shipped = rubric_shelf.versions_of(desk.database, SOC_TRANG)
    assert (newest.sha256, newest.is_newest) == (version.sha256, True)
    assert (shipped.sha256, shipped.number, shipped.is_newest) == (fingerprint(old), 1, False)
    assert rubric_shelf.rubric_of(desk.database, shipped.sha256) == old
    changed = rubric_shelf.rubric_of(desk.database, version.sha256)
    assert [a.code for a, b in zip(changed.criteria, old.criteria, strict=True) if a != b] == ["I.1.1"]


def test_a_set_that_is_a_version_already_is_not_issued_again(desk: Desk) -> None:
    draft = desk.copied(fingerprint(read_rubric(SOC_TRANG)))
    with pytest.raises(AlreadyThere, match="bản 1"):
        desk.issued(draft)
    assert desk.again(draft).state is DraftState.OPEN


def test_the_same_set_from_another_file_is_no_new_version(desk: Desk) -> None:
    desk.issued(_ready(desk))
    moved = tuple(replace(each, place=f"Bảng 1, {each.place}") for each in IMPORTED.nodes)
    again = desk.brought_in(replace(IMPORTED, nodes=moved, file_sha256="c" * 64))
    keeping.confirm_rules(desk.database, desk.admin, again.id, [each.id for each in again.nodes])
    keeping.leave_manual(desk.database, desk.admin, again.id, [row(again, "I.1.2").id])
    with pytest.raises(AlreadyThere, match="bo-2025, bản 1"):
        desk.issued(again)


def test_an_issued_draft_is_closed_for_good(desk: Desk) -> None:
    draft = _ready(desk)
    desk.issued(draft)
    leaf = row(draft, "I.1.2")
    with pytest.raises(BadText, match="đã được ban hành"):
        keeping.change_node(desk.database, desk.admin, leaf.id, {"title": "x"}, leaf.version)
    with pytest.raises(BadText, match="đã được ban hành"):
        desk.issued(draft)
    with pytest.raises(BadText, match="đã được ban hành"):
        keeping.drop_draft(desk.database, desk.admin, draft.id)


def test_only_administrators_issue(desk: Desk) -> None:
    draft = _ready(desk)
    with pytest.raises(NotAllowed):
        issue(desk.database, desk.people[Role.OFFICER], draft.id, expected_version=draft.revision)


def test_a_note_that_is_too_long_is_refused(desk: Desk) -> None:
    with pytest.raises(BadText, match="501 ký tự"):
        desk.issued(_ready(desk), note="x" * 501)


def test_bonuses_caps_and_kinds_of_bodies_stand_in_the_version(desk: Desk) -> None:
    draft = desk.copied()
    head = replace(
        draft.head,
        caps=({"effect": "penalty", "most": Decimal("0.5"), "node": "I.1"},),
        applies_to=("with_procedures", "room"),
        declared_total=None,
    )
    keeping.change_head(desk.database, desk.admin, draft.id, head, draft.version)
    added = keeping.add_node(
        desk.database, desk.admin, draft.id, row(draft, "I.1").id, None, NodeKind.CRITERION, "I.1.4", "Trả hồ sơ trễ"
    )
    rule = {"kind": "count", "of": "hồ sơ trễ", "points_by_count": ["0", "0.25", "0.5"]}
    fields = {"max_points": "0.5", "effect": "penalty", "applies_to": ["with_procedures"]}
    keeping.change_node(desk.database, desk.admin, added.id, {"rule": rule, "fields": fields}, added.version)
    rubric = rubric_shelf.rubric_of(desk.database, desk.issued(draft).sha256)
    assert rubric.criterion("I.1.4").scored.effect == "penalty"
    assert rubric.criterion("I.1.4").applies_to == ("with_procedures",)
    assert (rubric.caps[0].node, rubric.caps[0].most) == ("I.1", Decimal("0.5"))
    assert rubric.applies_to == ("with_procedures", "room")
    assert rubric.exclusions == small().exclusions


def test_a_copy_that_another_version_overtook_is_issued_only_by_who_knows_it(desk: Desk) -> None:
    base = fingerprint(read_rubric(SOC_TRANG))
    first, second = desk.copied(base), desk.copied(base)
    desk.change(first, "I.1.1", title="Kế hoạch CCHC hằng năm")
    desk.change(second, "I.1.2", title="Kiểm tra CCHC hằng năm")
    came = desk.issued(first)
    with pytest.raises(Overtaken, match="chép từ phiên bản 1, nhưng sau đó đã có phiên bản 2"):
        desk.issued(second)
    assert [each.number for each in rubric_shelf.versions_of(desk.database, SOC_TRANG)] == [2, 1]
    draft = desk.again(second)
    known = [came.sha256]
    version = issue(desk.database, desk.admin, draft.id, expected_version=draft.revision, in_place_of=known)
    assert version.number == 3
    assert desk.is_sound()


def test_a_version_that_was_put_away_overtakes_nothing(desk: Desk) -> None:
    base = fingerprint(read_rubric(SOC_TRANG))
    first, second = desk.copied(base), desk.copied(base)
    desk.change(first, "I.1.1", title="Kế hoạch CCHC hằng năm")
    desk.change(second, "I.1.2", title="Kiểm tra CCHC hằng năm")
    rubric_shelf.end_version(desk.database, desk.admin, desk.issued(first).sha256)
    assert desk.issued(second).number == 3


def test_versions_of_a_set_are_of_one_year_so_that_each_year_stays_on_offer(desk: Desk) -> None:
    base = fingerprint(read_rubric(SOC_TRANG))
    draft = desk.copied(base)
    next_year = replace(draft.head, year=2023)
    with pytest.raises(BadText, match="đã có phiên bản 1 của năm 2022"):
        keeping.change_head(desk.database, desk.admin, draft.id, next_year, draft.version)
    with pytest.raises(BadText, match="thành một bộ tiêu chí mới cho năm 2023"):
        keeping.start_copy(desk.database, desk.admin, base, year=2023)
    with pytest.raises(BadText, match="của năm 2022"):
        desk.brought_in(rubric_id=SOC_TRANG)
    assert keeping.start_copy(desk.database, desk.admin, base, rubric_id="bo-2023", year=2023).head.year == 2023


def test_a_draft_of_another_year_than_a_version_that_came_meanwhile_is_not_issued(desk: Desk) -> None:
    late, early = _ready(desk), desk.brought_in(replace(IMPORTED, year=2024))
    keeping.confirm_rules(desk.database, desk.admin, early.id, [each.id for each in early.nodes])
    keeping.leave_manual(desk.database, desk.admin, early.id, [row(early, "I.1.2").id])
    assert desk.issued(early).year == 2024
    with pytest.raises(BadText, match="đã có phiên bản 1 của năm 2024"):
        desk.issued(late)
