"""The shelf: sets of the product and versions issued here, the newest offered, one put away no longer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_core import rubric_shelf, scoring
from cchc_core.errors import NotAllowed, NotFound
from cchc_core.periods import periods_for
from cchc_core.permissions import Role
from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.document import fingerprint
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_files import read_rubric
from cchc_core.rubric_shelf import RubricVersion
from cchc_core.store import rubrics
from tests.rubric_drafts.desk import Desk, open_desk, row

SOC_TRANG, NAM_DINH = "soctrang-tttt-2022", "namdinh-tnmt-2024"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.database.close()


def _new_version(desk: Desk, title: str = "Tên mới", sha256: str = "") -> RubricVersion:
    draft = desk.copied(sha256 or fingerprint(read_rubric(SOC_TRANG)))
    desk.change(draft, "I.1.1", title=title)
    return desk.issued(draft)


def _assessment(desk: Desk, sha256: str, body_kind: BodyKind | None = None) -> str:
    rubric = rubric_shelf.rubric_of(desk.database, sha256)
    department = scoring.create_department(desk.database, desk.admin, f"Sở {sha256[:6]}")
    return scoring.create_assessment(
        desk.database,
        desk.admin,
        unit_id=department.id,
        rubric=rubric,
        period=periods_for(rubric.id, rubric.year)[0],
        body_kind=body_kind,
    ).rubric_sha256


def test_sets_of_the_product_are_version_one_of_their_id_and_the_newest_year_comes_first(desk: Desk) -> None:
    listed = rubric_shelf.list_versions(desk.database)
    assert [(each.rubric_id, each.number, each.sha256) for each in listed] == [
        (rubric_id, 1, fingerprint(read_rubric(rubric_id))) for rubric_id in (NAM_DINH, SOC_TRANG)
    ]
    assert all(each.is_shipped and each.is_newest and not each.is_ended and each.id is None for each in listed)
    found, problems = rubric_shelf.current_rubrics(desk.database)
    assert (found[SOC_TRANG], problems) == (read_rubric(SOC_TRANG), ())


def test_versions_go_on_counting_and_new_assessments_get_the_newest(desk: Desk) -> None:
    second = _new_version(desk)
    third = _new_version(desk, "Tên mới nữa", second.sha256)
    listed = rubric_shelf.versions_of(desk.database, SOC_TRANG)
    assert [(each.number, each.is_newest) for each in listed] == [(3, True), (2, False), (1, False)]
    assert rubric_shelf.current_rubrics(desk.database)[0][SOC_TRANG].criterion("I.1.1").title == "Tên mới nữa"
    assert third.issued_at_utc is not None
    assert rubric_shelf.versions_of(desk.database, "không-có") == ()


def test_a_version_that_was_put_away_is_not_offered_until_it_is_restored(desk: Desk) -> None:
    second = _new_version(desk)
    rubric_shelf.end_version(desk.database, desk.admin, second.sha256)
    newest, shipped = rubric_shelf.versions_of(desk.database, SOC_TRANG)
    assert (newest.is_ended, newest.is_newest, shipped.is_newest) == (True, False, True)
    assert rubric_shelf.current_rubrics(desk.database)[0][SOC_TRANG] == read_rubric(SOC_TRANG)
    assert newest.issued_at_utc == second.issued_at_utc
    rubric_shelf.restore_version(desk.database, desk.admin, second.sha256)
    assert rubric_shelf.versions_of(desk.database, SOC_TRANG)[0].is_newest
    assert desk.is_sound()


def test_a_set_of_the_product_is_put_away_and_restored_too(desk: Desk) -> None:
    sha256 = fingerprint(read_rubric(NAM_DINH))
    for _twice in range(2):
        rubric_shelf.end_version(desk.database, desk.admin, sha256)
    (shipped,) = rubric_shelf.versions_of(desk.database, NAM_DINH)
    assert (shipped.is_ended, shipped.is_newest, shipped.number) == (True, False, 1)
    assert NAM_DINH not in rubric_shelf.current_rubrics(desk.database)[0]
    assert rubric_shelf.rubric_of(desk.database, sha256) == read_rubric(NAM_DINH)
    rubric_shelf.restore_version(desk.database, desk.admin, sha256)
    assert NAM_DINH in rubric_shelf.current_rubrics(desk.database)[0]
    assert desk.is_sound()


def test_restoring_what_was_never_put_away_changes_nothing(desk: Desk) -> None:
    before = rubric_shelf.list_versions(desk.database)
    rubric_shelf.restore_version(desk.database, desk.admin, fingerprint(read_rubric(NAM_DINH)))
    assert rubric_shelf.list_versions(desk.database) == before


def test_assessments_keep_the_version_that_they_were_opened_with(desk: Desk) -> None:
    shipped = fingerprint(read_rubric(SOC_TRANG))
    opened_with = _assessment(desk, shipped)
    second = _new_version(desk)
    rubric_shelf.end_version(desk.database, desk.admin, shipped)
    assert opened_with == shipped
    used = {each.number: each.used_by for each in rubric_shelf.versions_of(desk.database, SOC_TRANG)}
    assert used == {1: 1, 2: 0}
    _assessment(desk, second.sha256)
    used = {each.number: each.used_by for each in rubric_shelf.versions_of(desk.database, SOC_TRANG)}
    assert used == {1: 1, 2: 1}


def test_a_copy_cut_down_to_a_kind_of_body_counts_for_the_whole_version(desk: Desk) -> None:
    draft = desk.copied()
    desk.change(draft, "I.1.3", fields={"applies_to": [BodyKind.WITH_PROCEDURES]})
    version = desk.issued(draft)
    pinned = _assessment(desk, version.sha256, BodyKind.PUBLIC_SERVICE)
    assert pinned != version.sha256
    (counted,) = rubric_shelf.versions_of(desk.database, version.rubric_id)
    assert counted.used_by == 1
    with pytest.raises(NotFound):
        keeping.start_copy(desk.database, desk.admin, pinned)


def test_an_unknown_version_is_not_found(desk: Desk) -> None:
    for sha256 in ("", "không có", "0" * 64):
        with pytest.raises(NotFound):
            rubric_shelf.rubric_of(desk.database, sha256)
        with pytest.raises(NotFound):
            rubric_shelf.end_version(desk.database, desk.admin, sha256)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.APPRAISER, Role.ROOM])
def test_only_administrators_put_versions_away(desk: Desk, role: Role) -> None:
    sha256 = fingerprint(read_rubric(SOC_TRANG))
    with pytest.raises(NotAllowed) as refused:
        rubric_shelf.end_version(desk.database, desk.people[role], sha256)
    assert "bảng chấm" not in str(refused.value)
    with pytest.raises(NotAllowed):
        rubric_shelf.restore_version(desk.database, desk.people[role], sha256)


def test_an_issued_version_is_there_when_the_database_is_opened_again(desk: Desk, tmp_path: Path) -> None:
    version = _new_version(desk)
    listed = rubric_shelf.list_versions(desk.database)
    desk.database.close()
    again = open_desk(tmp_path)
    assert rubric_shelf.list_versions(again.database) == listed
    assert rubric_shelf.rubric_of(again.database, version.sha256).criterion("I.1.1").title == "Tên mới"
    assert row(again.copied(version.sha256), "I.1.1").title == "Tên mới"
    again.database.close()


def test_a_damaged_copy_is_named_and_hides_no_other_set(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    second = _new_version(desk)
    _assessment(desk, second.sha256)
    monkeypatch.setattr(rubrics, "_parsed", {})
    with desk.database.write() as connection:
        connection.run("UPDATE rubrics SET canonical_text = :text WHERE sha256 = :key", text="{}", key=second.sha256)
    found, problems = rubric_shelf.current_rubrics(desk.database)
    assert found[SOC_TRANG] == read_rubric(SOC_TRANG)
    assert [problem.partition(";")[0] for problem in problems] == [
        f"{SOC_TRANG}, bản 2: bản lưu đã hỏng nên không mở được"
    ]
    assert [each.number for each in rubric_shelf.versions_of(desk.database, SOC_TRANG)] == [1]
    assert _new_version(desk, "Tên sau").number == 3
