"""Heads are changed, files recognised, drafts dropped; ids are suggested."""

from dataclasses import replace

import pytest

from cchc_core.errors import BadText, NotAllowed, NotFound, StaleText
from cchc_core.permissions import Role
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.model import DraftState
from cchc_core.rubric_files import read_rubric
from tests.rubric_drafts.desk import HEAD, IMPORTED, Desk, row

NAM_DINH = "namdinh-tnmt-2024"


def test_a_head_is_changed_cleaned(desk: Desk) -> None:
    draft = desk.brought_in()
    head = replace(draft.head, title="  Bộ  tiêu chí mới ", document="")
    after = keeping.change_head(desk.database, desk.admin, draft.id, head, draft.version)
    assert (after.head.title, after.head.document, after.version) == ("Bộ tiêu chí mới", "", draft.version + 1)
    assert after.nodes == draft.nodes


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "chưa ghi tên"),
        ({"year": 1999}, "năm: số quá nhỏ"),
        ({"declared_total": "trăm điểm"}, "tổng điểm in: cần một số"),
        ({"points_source": "khác"}, "nguồn điểm"),
        ({"applies_to": ("xã đảo",)}, "loại cơ quan, đơn vị áp dụng 1"),
        ({"caps": ({"effect": "normal", "most": "1", "node": None},)}, "mức trần 1"),
        ({"caps": ({"effect": "bonus", "most": "nhiều", "node": None},)}, "mức trần 1, mức cao nhất: cần một số"),
    ],
)
def test_a_head_that_cannot_be_kept_is_refused_in_words(desk: Desk, changes: dict[str, object], said: str) -> None:
    draft = desk.brought_in()
    with pytest.raises(BadText, match=said):
        keeping.change_head(desk.database, desk.admin, draft.id, replace(draft.head, **changes), draft.version)  # type: ignore[arg-type]
    assert desk.again(draft) == draft


def test_a_head_is_not_changed_over_somebody_elses(desk: Desk) -> None:
    draft = desk.brought_in()
    keeping.change_head(desk.database, desk.admin, draft.id, replace(draft.head, title="Của người khác"), draft.version)
    with pytest.raises(StaleText, match="Của người khác"):
        keeping.change_head(desk.database, desk.admin, draft.id, replace(draft.head, title="Của tôi"), draft.version)


def test_a_row_that_somebody_changes_does_not_stand_in_the_heads_way(desk: Desk) -> None:
    draft = desk.brought_in()
    desk.change(draft, "I.1.2", title="Sửa dòng")
    head = replace(draft.head, title="Sửa phần chung")
    assert keeping.change_head(desk.database, desk.admin, draft.id, head, draft.version).head.title == head.title


def test_drafts_are_listed_by_the_last_change_of_head_or_rows(desk: Desk) -> None:
    first, second = desk.brought_in(), desk.brought_in(rubric_id="bo-khac")
    listed = keeping.list_drafts(desk.database, desk.admin)
    assert [each.id for each in listed] == [second.id, first.id]
    desk.change(first, "I.1.2", title="Khác")
    listed = keeping.list_drafts(desk.database, desk.admin)
    assert [each.id for each in listed] == [first.id, second.id]
    assert listed[0].changed_at_utc > first.changed_at_utc
    assert listed[0].revision == desk.again(first).revision == first.revision + 1


def test_illustrative_points_do_not_become_official_by_a_word(desk: Desk) -> None:
    draft = desk.copied(fingerprint(read_rubric(NAM_DINH)))
    official = replace(draft.head, points_source="official")
    with pytest.raises(BadText, match="chép từ điểm minh hoạ"):
        keeping.change_head(desk.database, desk.admin, draft.id, official, draft.version)


def test_the_same_file_is_recognised_among_drafts_and_versions(desk: Desk) -> None:
    nothing = keeping.same_file(desk.database, desk.admin, IMPORTED.file_sha256)
    assert not nothing
    draft = desk.brought_in()
    found = keeping.same_file(desk.database, desk.admin, IMPORTED.file_sha256)
    assert ([each.id for each in found.drafts], found.versions) == ([draft.id], ())
    keeping.leave_manual(desk.database, desk.admin, draft.id, [each.id for each in draft.nodes])
    version = desk.issued(draft)
    found = keeping.same_file(desk.database, desk.admin, IMPORTED.file_sha256)
    assert ([each.sha256 for each in found.versions], found.drafts) == ([version.sha256], ())
    assert not keeping.same_file(desk.database, desk.admin, "b" * 64)


def test_what_came_from_no_file_is_no_same_file(desk: Desk) -> None:
    keeping.start_empty(desk.database, desk.admin, rubric_id="bo-moi-2025", head=HEAD)
    draft = desk.copied()
    desk.change(draft, "I.1.3", title="Khác")
    desk.issued(draft)
    assert not keeping.same_file(desk.database, desk.admin, "")


def test_a_dropped_draft_leaves_the_list_and_is_not_changed_any_more(desk: Desk) -> None:
    draft = desk.brought_in()
    keeping.drop_draft(desk.database, desk.admin, draft.id)
    assert keeping.list_drafts(desk.database, desk.admin) == ()
    assert desk.again(draft).state is DraftState.DROPPED
    leaf = row(draft, "I.1.2")
    with pytest.raises(BadText, match="đã bị bỏ"):
        keeping.change_node(desk.database, desk.admin, leaf.id, {"title": "x"}, leaf.version)
    assert desk.is_sound()


@pytest.mark.parametrize("draft_id", ["", "không có", "0" * 16])
def test_a_draft_that_is_not_there_is_not_found(desk: Desk, draft_id: str) -> None:
    with pytest.raises(NotFound):
        keeping.open_draft(desk.database, desk.admin, draft_id)


def test_only_administrators_change_a_head_drop_and_ask_for_files(desk: Desk) -> None:
    draft, officer = desk.brought_in(), desk.people[Role.OFFICER]
    with pytest.raises(NotAllowed):
        keeping.change_head(desk.database, officer, draft.id, draft.head, draft.version)
    with pytest.raises(NotAllowed):
        keeping.drop_draft(desk.database, officer, draft.id)
    with pytest.raises(NotAllowed):
        keeping.same_file(desk.database, officer, IMPORTED.file_sha256)


@pytest.mark.parametrize(
    ("issuer", "year", "expected"),
    [
        ("Sở Thông tin và Truyền thông tỉnh Sóc Trăng", 2022, "sotttt-soctrang-2022"),
        ("Uỷ ban nhân dân thành phố Đà Nẵng", 2025, "ubnd-danang-2025"),
        ("Ủy ban nhân dân tỉnh Đắk Lắk", 2025, "ubnd-daklak-2025"),
        ("Sở Nội vụ tỉnh Nam Định (bản in mờ)", 2024, "sonv-namdinh-2024"),
        ("Bộ Nội vụ", 2024, "bnv-2024"),
        ("!!!", 2024, "2024"),
    ],
)
def test_an_id_is_suggested_from_who_issues_the_set(issuer: str, year: int, expected: str) -> None:
    assert keeping.suggest_id("Bộ tiêu chí", issuer, year) == expected
