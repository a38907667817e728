"""Adding, changing and ending documents: who may, what is refused, and that a refusal leaves nothing behind."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from cchc_core.errors import BadText, NotAllowed, NotAllowedInOffice, NotFound, StaleText
from cchc_core.evidence import attaching, keeping
from cchc_core.evidence.file_checks import FileRefused, Reason
from cchc_core.evidence.keeping import Document, DocumentDraft, DocumentKind
from cchc_core.evidence.limits import MEGABYTE, MOST_MEGABYTES, Limits, set_limits, used_bytes
from cchc_core.evidence.listing import DocumentQuery, count_documents, find_documents
from cchc_core.evidence.secrecy import SecretRefused
from cchc_core.evidence.vault import vault_of
from cchc_core.permissions import State
from cchc_core.store.verify import verify
from tests.evidence.files import MZ, PDF, pdf, png
from tests.evidence.office import CODE, YEAR, Office

DRAFT = DocumentDraft(DocumentKind.REPORT, "05/BC-SXD", date(YEAR, 3, 9), "Sở Xây dựng", "Báo cáo quý I")


def _files(office: Office) -> list[Path]:
    folder = vault_of(office.database).folder
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def _rows(office: Office) -> int:
    with office.database.read() as connection:
        tables = ("documents", "document_files", "stored_files")
        return sum(connection.rows(f"SELECT count(*) AS many FROM {table}")[0]["many"] for table in tables)


def _add(office: Office, who: str, unit: str, draft: DocumentDraft = DRAFT, **given: object) -> Document:
    where = {"department_id": office.department, "year": YEAR, "file": BytesIO(PDF), "file_name": "a.pdf", **given}
    return keeping.add_document(office.database, office.people[who], unit_id=unit, draft=draft, **where)  # type: ignore[arg-type]


def test_a_document_is_kept_with_its_file_and_everything_that_was_said_of_it(office: Office) -> None:
    document = _add(office, "room", office.room)
    assert (document.heading, document.title) == (
        "Báo cáo số 05/BC-SXD ngày 09/03/2022",
        "Báo cáo số 05/BC-SXD ngày 09/03/2022: Báo cáo quý I",
    )
    assert (document.unit_id, document.unit_name, document.year) == (office.room, "Văn phòng Sở", YEAR)
    assert (document.created_by_name, document.is_confirmed, document.version) == (
        office.people["room"].name,
        False,
        1,
    )
    file = document.file
    assert file is not None
    assert (file.file_version, file.file_name, file.extension, file.size_bytes) == (1, "a.pdf", "pdf", len(PDF))
    assert vault_of(office.database).path_of(file.sha256).read_bytes() == PDF
    assert verify(office.database).findings == ()


def test_a_link_needs_no_file(office: Office) -> None:
    draft = DocumentDraft(DocumentKind.LINK, link="https://sxd.example.vn/tin?id=1&trang=2", abstract="Trang tin")
    document = _add(office, "officer", office.department, draft, file=None, file_name="")
    assert (document.file, document.link) == (None, draft.link)
    assert document.title == "Liên kết: Trang tin"


def test_a_stream_that_was_read_before_is_kept_from_its_beginning(office: Office) -> None:
    stream = BytesIO(PDF)
    stream.read()
    document = _add(office, "officer", office.department, file=stream)
    assert document.file is not None
    assert document.file.size_bytes == len(PDF)


@pytest.mark.parametrize(
    ("who", "unit", "may"),
    [
        ("officer", "department", True),
        ("officer", "room", True),
        ("officer", "elsewhere", False),
        ("room", "room", True),
        ("room", "other_room", False),
        ("room", "department", False),
        ("leader", "department", False),
        ("admin", "department", False),
        ("appraiser", "department", False),
        ("stranger", "department", False),
        ("screen", "department", False),
        ("nowhere", "room", False),
    ],
)
def test_who_may_add_a_document_for_which_unit(office: Office, who: str, unit: str, may: bool) -> None:
    if may:
        assert _add(office, who, getattr(office, unit)).unit_id == getattr(office, unit)
        return
    with pytest.raises((NotAllowedInOffice, NotFound)):
        _add(office, who, getattr(office, unit))
    assert (_rows(office), _files(office)) == (0, [])


@pytest.mark.parametrize(
    ("given", "draft", "expected"),
    [
        ({"file": BytesIO(MZ)}, DRAFT, FileRefused),
        ({"file_name": "../a.pdf"}, DRAFT, FileRefused),
        ({"file": BytesIO(b"")}, DRAFT, FileRefused),
        ({"file_name": "a.png"}, DRAFT, FileRefused),
        ({"file": None, "file_name": ""}, DRAFT, BadText),
        ({"year": 1999}, DRAFT, BadText),
        ({"department_id": "khong-co"}, DRAFT, NotFound),
        ({}, DocumentDraft(DocumentKind.PLAN, number="x" * 101), BadText),
        ({}, DocumentDraft(DocumentKind.PLAN, abstract="x" * 2_001), BadText),
        ({}, DocumentDraft(DocumentKind.PLAN, doc_date=date(1900, 1, 1)), BadText),
        ({}, DocumentDraft(DocumentKind.PLAN, link="javascript:alert(1)"), BadText),
        ({}, DocumentDraft(DocumentKind.PLAN, link="data:text/html,x"), BadText),
        ({}, DocumentDraft(DocumentKind.PLAN, link="file:///etc/passwd"), BadText),
        ({}, DocumentDraft(DocumentKind.PLAN, link="https://a b.vn"), BadText),
        ({}, DocumentDraft(DocumentKind.PLAN, link="https://a.vn/\nURL=file:///c:/x.exe"), BadText),
        ({}, DocumentDraft(DocumentKind.PLAN, link="https://sxd.vn@evil.example/"), BadText),
        ({}, DocumentDraft(DocumentKind.PLAN, link="https://["), BadText),
        ({}, DocumentDraft(DocumentKind.PLAN, classification="Mật"), SecretRefused),
        ({}, DocumentDraft(DocumentKind.PLAN, classification="Độ mật: Tối mật"), SecretRefused),
        ({}, DocumentDraft(DocumentKind.PLAN, abstract="Báo cáo (TUYỆT MẬT)"), SecretRefused),
        ({}, DocumentDraft(DocumentKind.PLAN, number="12/BC-UBND (Mật)"), SecretRefused),
        ({"file_name": "MẬT - Báo cáo.pdf"}, DRAFT, SecretRefused),
    ],
)
def test_what_is_refused_leaves_neither_row_nor_file(
    office: Office, given: dict[str, object], draft: DocumentDraft, expected: type[Exception]
) -> None:
    with pytest.raises(expected):
        _add(office, "officer", office.department, draft, **given)
    assert (_rows(office), _files(office)) == (0, [])


def test_the_refusal_of_a_secret_names_the_rule(office: Office) -> None:
    with pytest.raises(SecretRefused, match=r"«Tối mật».*Luật Bảo vệ bí mật nhà nước 2018"):
        _add(office, "officer", office.department, DocumentDraft(DocumentKind.REPORT, classification="TỐI MẬT"))


@pytest.mark.parametrize(
    "abstract",
    [
        "Kế hoạch công tác bảo vệ bí mật nhà nước năm 2022",
        "Báo cáo mật độ xây dựng",
        "Quy chế bảo mật thông tin, mật khẩu",
        "Danh mục bí mật nhà nước độ Tuyệt mật, Tối mật ngành Xây dựng",
    ],
)
def test_a_document_about_secrets_is_none(office: Office, abstract: str) -> None:
    assert _add(office, "officer", office.department, DocumentDraft(DocumentKind.PLAN, abstract=abstract)).id


def test_a_new_file_is_a_new_version_and_the_old_one_stays(office: Office) -> None:
    database, officer = office.database, office.people["officer"]
    first = _add(office, "officer", office.department)
    changed = keeping.add_file(database, officer, first.id, BytesIO(png()), "quét lại.png")
    assert [(f.file_version, f.file_name) for f in changed.files] == [(1, "a.pdf"), (2, "quét lại.png")]
    assert changed.file is not None
    assert changed.file.extension == "png"
    assert len(_files(office)) == 2
    again = keeping.add_file(database, officer, first.id, BytesIO(png()), "quét lại.png")
    assert again.files == changed.files
    back = keeping.add_file(database, officer, first.id, BytesIO(PDF), "a.pdf")
    assert [f.file_version for f in back.files] == [1, 2, 3]
    assert len(_files(office)) == 2
    assert verify(database).findings == ()


def test_documents_are_found_by_the_names_of_their_files(office: Office) -> None:
    document = _add(office, "officer", office.department, file_name="Biên bản họp.pdf")
    keeping.add_file(office.database, office.people["officer"], document.id, BytesIO(png()), "Ảnh chụp 100%.png")

    def found(text: str) -> int:
        query = DocumentQuery(office.department, text=text)
        return find_documents(office.database, office.people["officer"], query).total

    assert [found(text) for text in ("bien ban", "ẢNH 100%", "05/bc-sxd xay dung", "100_", "không có", "")] == [
        *(1, 1, 1, 0, 0, 1)
    ]


def test_a_change_keeps_what_it_does_not_name_and_counts_versions(office: Office) -> None:
    database, officer = office.database, office.people["officer"]
    document = _add(office, "room", office.room)
    draft = DocumentDraft(DocumentKind.DECISION, "7/QĐ-SXD", date(YEAR, 2, 1), "Sở", "Ban hành quy chế", "", True)
    changed = keeping.change_document(database, officer, document.id, draft, 1)
    assert (changed.version, changed.heading, changed.is_confirmed) == (
        2,
        "Quyết định số 7/QĐ-SXD ngày 01/02/2022",
        True,
    )
    assert (changed.unit_id, changed.year, changed.files) == (document.unit_id, document.year, document.files)
    assert not changed.is_lacking
    assert keeping.change_document(database, officer, document.id, draft, 1).version == 2
    with pytest.raises(StaleText, match="Quyết định số 7/QĐ-SXD"):
        keeping.change_document(database, officer, document.id, DRAFT, 1)
    moved = keeping.change_document(database, officer, document.id, draft, 2, unit_id=office.other_room, year=2023)
    assert (moved.unit_id, moved.year) == (office.other_room, 2023)
    assert verify(database).findings == ()


@pytest.mark.parametrize(
    "change",
    [
        {"draft": DocumentDraft(DocumentKind.PLAN, abstract="(Mật)")},
        {"draft": DocumentDraft(DocumentKind.PLAN, issuer="x" * 301)},
        {"draft": DRAFT, "unit_id": "khong-co"},
        {"draft": DRAFT, "year": 3000},
    ],
)
def test_a_refused_change_changes_nothing(office: Office, change: dict[str, object]) -> None:
    document = _add(office, "officer", office.department)
    with pytest.raises((BadText, SecretRefused, NotFound)):
        keeping.change_document(
            office.database,
            office.people["officer"],
            document.id,
            expected_version=1,
            **change,  # type: ignore[arg-type]
        )
    assert keeping.document_for(office.database, office.people["officer"], document.id) == document


def test_a_link_cannot_be_taken_from_a_document_without_a_file(office: Office) -> None:
    draft = DocumentDraft(DocumentKind.LINK, link="https://a.example.vn/")
    document = _add(office, "officer", office.department, draft, file=None, file_name="")
    with pytest.raises(BadText, match="cần có liên kết"):
        keeping.change_document(
            office.database, office.people["officer"], document.id, DocumentDraft(DocumentKind.LINK), 1
        )


def test_a_room_changes_its_own_documents_and_none_of_the_others(office: Office) -> None:
    database, room = office.database, office.people["room"]
    own, others = _add(office, "room", office.room), _add(office, "officer", office.department, file=BytesIO(pdf("x")))
    attaching.attach(database, office.people["officer"], office.opened["q1"].id, CODE, others.id)
    assert keeping.change_document(database, room, own.id, DocumentDraft(DocumentKind.PLAN), 1).version == 2
    # It sees the other one, which proves a criterion, and still may not touch it.
    assert keeping.document_for(database, room, others.id).id == others.id
    touches: tuple[Callable[[], object], ...] = (
        lambda: keeping.change_document(database, room, others.id, DRAFT, 1),
        lambda: keeping.add_file(database, room, others.id, BytesIO(png()), "a.png"),
        lambda: keeping.end_document(database, room, others.id, 1),
        lambda: keeping.change_document(database, room, own.id, DRAFT, 2, unit_id=office.other_room),
    )
    for touch in touches:
        with pytest.raises(NotAllowedInOffice):
            touch()


@pytest.mark.parametrize(
    ("state", "is_locked", "may"),
    [
        (State.DRAFT, False, True),
        (State.DRAFT, True, False),
        (State.AWAITING_APPROVAL, False, False),
        (State.SUBMITTED, False, False),
        (State.APPRAISING, False, False),
        (State.EXPLAINING, False, True),
        (State.PUBLISHED, False, False),
    ],
)
def test_what_proves_a_year_that_was_handed_in_is_neither_changed_nor_exchanged(
    office: Office, state: State, is_locked: bool, may: bool
) -> None:
    database, officer = office.database, office.people["officer"]
    document = _add(office, "officer", office.department)
    attaching.attach(database, officer, office.opened["q1"].id, CODE, document.id)
    office.put_in("year", state, is_locked=is_locked)
    touches: tuple[Callable[[], object], ...] = (
        lambda: keeping.change_document(database, officer, document.id, DocumentDraft(DocumentKind.PLAN), 1),
        lambda: keeping.add_file(database, officer, document.id, BytesIO(png()), "a.png"),
    )
    for touch in touches:
        if may:
            touch()
        else:
            with pytest.raises(NotAllowed):
                touch()
    seen = keeping.document_for(database, officer, document.id)
    assert (seen.kind is DocumentKind.PLAN, len(seen.files)) == (may, 2 if may else 1)


def test_a_document_that_is_used_is_not_ended_and_one_that_is_not_disappears(office: Office) -> None:
    database, officer = office.database, office.people["officer"]
    document = _add(office, "officer", office.department)
    of = (database, officer, office.opened["q1"].id)
    attachment = attaching.attach(*of, CODE, document.id)
    tie = attaching.attach_to_task(database, officer, office.task(office.room), document.id)
    with pytest.raises(BadText, match=f"tiêu chí {CODE} và 1 nhiệm vụ"):
        keeping.end_document(database, officer, document.id, 1)
    attaching.detach(*of, attachment)
    attaching.detach_from_task(database, officer, tie)
    with pytest.raises(StaleText):
        keeping.end_document(database, officer, document.id, 7)
    keeping.end_document(database, officer, document.id, 1)
    with pytest.raises(NotFound):
        keeping.document_for(database, officer, document.id)
    with pytest.raises(NotFound):
        attaching.attach(*of, CODE, document.id)
    # Nothing is erased.
    assert len(_files(office)) == 1
    assert verify(database).findings == ()


def test_a_units_quota_counts_each_content_once_and_stops_what_is_more(office: Office) -> None:
    database, admin = office.database, office.people["admin"]
    big = PDF[:-6] + bytes(MEGABYTE - len(PDF)) + PDF[-6:]
    set_limits(database, admin, max_bytes=MEGABYTE, unit_quota_bytes=MEGABYTE + 200)
    _add(office, "room", office.room, file=BytesIO(big))
    _add(office, "room", office.room, file=BytesIO(big), file_name="lần nữa.pdf")
    with pytest.raises(FileRefused) as refused:
        _add(office, "room", office.room, file=BytesIO(pdf("x" * 300)))
    assert refused.value.reason is Reason.OVER_QUOTA
    assert "đã dùng 1 MB trong 1 MB" in str(refused.value)
    _add(office, "room", office.room, file=BytesIO(PDF))
    _add(office, "other_room", office.other_room, file=BytesIO(pdf("x" * 300)))
    with database.read() as connection:
        assert used_bytes(connection, office.room) == len(big) + len(PDF)


def test_a_file_above_the_limit_is_refused_without_reading_all_of_it(office: Office) -> None:
    set_limits(office.database, office.people["admin"], max_bytes=MEGABYTE, unit_quota_bytes=MEGABYTE)

    class Endless(BytesIO):
        read_bytes = 0

        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert size > 0
            self.read_bytes += size
            return bytes(size)

    endless = Endless()
    with pytest.raises(FileRefused) as refused:
        _add(office, "officer", office.department, file=endless)
    assert refused.value.reason is Reason.TOO_LARGE
    assert endless.read_bytes < 2 * MEGABYTE
    assert (_rows(office), _files(office)) == (0, [])


@pytest.mark.parametrize("who", ["officer", "room", "leader", "appraiser", "stranger", "screen"])
def test_only_the_administrator_sets_limits(office: Office, who: str) -> None:
    with pytest.raises(NotAllowedInOffice):
        set_limits(office.database, office.people[who], max_bytes=MEGABYTE, unit_quota_bytes=MEGABYTE)


@pytest.mark.parametrize(
    ("most", "quota"),
    [(0, MEGABYTE), (26 * MEGABYTE, 50 * MEGABYTE), (2 * MEGABYTE, MEGABYTE), (MEGABYTE, 10**15)],
)
def test_a_limit_that_nobody_could_work_with_is_refused(office: Office, most: int, quota: int) -> None:
    with pytest.raises(BadText):
        set_limits(office.database, office.people["admin"], max_bytes=most, unit_quota_bytes=quota)


def test_the_server_takes_more_for_one_upload_than_the_largest_limit_so_that_the_refusal_is_ours() -> None:
    config = tomllib.loads((Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").read_text("utf-8"))
    # The browser counts a megabyte as a million bytes.
    assert config["server"]["maxUploadSize"] * 10**6 > (MOST_MEGABYTES + 1) * MEGABYTE
    assert Limits().max_bytes == MOST_MEGABYTES * MEGABYTE


def test_pages_of_a_long_list_hold_every_document_once_the_last_added_first(office: Office) -> None:
    added = [
        _add(office, "officer", office.department, DocumentDraft(DocumentKind.LIST, abstract=f"số {n}")).id
        for n in range(7)
    ]
    query = DocumentQuery(office.department, kind=DocumentKind.LIST, year=YEAR, unit_id=office.department)
    pages = [find_documents(office.database, office.people["officer"], query, page=n, per_page=3) for n in (1, 2, 3, 9)]
    assert [page.page for page in pages] == [1, 2, 3, 3]
    assert {(page.total, page.pages) for page in pages} == {(7, 3)}
    assert [each.id for page in pages[:3] for each in page.documents] == added[::-1]


def test_filters_find_what_is_unused_what_lacks_data_and_what_is_attached_from_a_period(office: Office) -> None:
    database, officer = office.database, office.people["officer"]
    whole = keeping.DocumentDraft(DocumentKind.PLAN, "1/KH", date(YEAR, 1, 1), "Sở", "Kế hoạch", "", True)
    complete, lacking, picture = (
        _add(office, "officer", office.department, draft)
        for draft in (
            whole,
            keeping.DocumentDraft(DocumentKind.PLAN, "", date(YEAR, 1, 1), "Sở", "Kế hoạch", "", True),
            keeping.DocumentDraft(DocumentKind.PICTURE, abstract="Ảnh", is_confirmed=True),
        )
    )
    attaching.attach(database, officer, office.opened["q3"].id, CODE, complete.id)
    attaching.attach_to_task(database, officer, office.task(None), picture.id)

    def found(**filters: object) -> set[str]:
        query = DocumentQuery(office.department, **filters)  # type: ignore[arg-type]
        page, counts = find_documents(database, officer, query), count_documents(database, officer, query)
        assert counts.total == page.total
        assert sum(counts.by_year.values()) == sum(
            find_documents(database, officer, replace(query, year=year)).total for year in counts.by_year
        )
        for kind, many in counts.by_kind.items():
            assert find_documents(database, officer, replace(query, kind=kind)).total == many
        for unit, many in counts.by_unit.items():
            assert find_documents(database, officer, replace(query, unit_id=unit)).total == many
        assert counts.unused == find_documents(database, officer, replace(query, unused=True)).total
        assert counts.lacking == find_documents(database, officer, replace(query, lacking=True)).total
        assert {each.id for each in page.documents if each.is_lacking} <= {lacking.id}
        return {each.id for each in page.documents}

    assert found(unused=True) == {lacking.id}
    assert found(lacking=True) == {lacking.id}
    assert found(period=office.opened["q3"].period_order) == {complete.id}
    assert found(period=1) == set()
    assert found(year=YEAR - 1) == set()
    assert found(kind=DocumentKind.PLAN) == {complete.id, lacking.id}
    assert found(unit_id=office.room) == set()
    assert found(unused=True, kind=DocumentKind.PICTURE) == set()
