"""An uploaded file is read first and kept with what it says; a secret one leaves nothing behind."""

import tracemalloc
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from cchc_core.errors import CchcError
from cchc_core.evidence.keeping import document_for
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.reading.intake import read_again, take_document, take_version
from cchc_core.evidence.secrecy import SecretRefused
from cchc_core.permissions import Role
from cchc_core.scoring import create_department
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.users import User
from tests.reading.papers import DRAFT_PLAN, REPORT, Paper, as_docx

SECRET = Paper(REPORT.above, REPORT.issuer, REPORT.number, REPORT.day, "BÁO CÁO", ("Kết quả",), stamp="TUYỆT MẬT")


class Desk:
    """A department whose officer adds documents."""

    def __init__(self, folder: Path) -> None:
        self.database = Database.open(folder / "cchc.duckdb")
        users.ensure_trial_users(self.database)
        people = {user.role: user for user in users.trial_users(self.database)}
        name = "Sở Thông Tin và Truyền Thông"
        self.department = create_department(self.database, people[Role.ADMIN], name, ["Văn phòng Sở"]).id
        self.officer: User = {user.role: user for user in users.trial_users(self.database)}[Role.OFFICER]

    def take(self, content: bytes, name: str) -> str:
        file = BytesIO(content)
        taken = take_document(self.database, self.officer, self.department, 2022, self.department, file, name)
        return taken.document.id

    def files(self) -> list[Path]:
        return [path for path in (self.database.path.parent / "files").rglob("*") if path.is_file()]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.database.close()


def test_a_file_is_kept_with_what_it_says_and_nobody_has_confirmed_that(desk: Desk) -> None:
    document = document_for(desk.database, desk.officer, desk.take(as_docx(REPORT), "bc.docx"))
    assert (document.kind, document.number, document.is_confirmed) == (DocumentKind.REPORT, "05/BC-STTTT", False)
    assert document.abstract.startswith("Kết quả thực hiện công tác cải cách hành chính")


def test_a_body_that_is_known_here_keeps_its_own_spelling(desk: Desk) -> None:
    document = document_for(desk.database, desk.officer, desk.take(as_docx(REPORT), "bc.docx"))
    assert document.issuer == "Sở Thông Tin và Truyền Thông"


@pytest.mark.parametrize("as_version", [False, True])
def test_a_file_with_a_mark_of_secrecy_leaves_nothing_behind(desk: Desk, as_version: bool) -> None:
    kept = desk.take(as_docx(DRAFT_PLAN), "kh.docx")
    before = desk.files()
    with pytest.raises(SecretRefused):
        if as_version:
            take_version(desk.database, desk.officer, kept, BytesIO(as_docx(SECRET)), "moi.docx")
        else:
            desk.take(as_docx(SECRET), "thuong.docx")
    assert desk.files() == before
    assert len(document_for(desk.database, desk.officer, kept).files) == 1


def test_a_new_version_is_read_but_changes_nothing_that_people_said(desk: Desk) -> None:
    kept = desk.take(as_docx(DRAFT_PLAN), "kh.docx")
    taken = take_version(desk.database, desk.officer, kept, BytesIO(as_docx(REPORT)), "kh 2.docx")
    assert (taken.found.number, taken.document.number) == ("05/BC-STTTT", "")
    assert read_again(desk.database, desk.officer, kept).number == "05/BC-STTTT"


@pytest.mark.parametrize(("content", "name"), [(b"", "rong.pdf"), (b"MZ\x90", "a.exe"), (b"abc", "khong-duoi")])
def test_what_is_refused_leaves_nothing_behind(desk: Desk, content: bytes, name: str) -> None:
    with pytest.raises(CchcError):
        desk.take(content, name)
    assert desk.files() == []


def test_a_large_file_is_never_held_twice_in_memory(desk: Desk, tmp_path: Path) -> None:
    path, size = tmp_path / "lon.docx", 20 << 20
    path.write_bytes(as_docx(REPORT))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as packed:
        packed.writestr("word/media/image1.png", b"\x89PNG\r\n\x1a\n" + Random(7).randbytes(size))
    tracemalloc.start()
    try:
        with path.open("rb") as file:
            taken = take_document(
                desk.database, desk.officer, desk.department, 2022, desk.department, file, "bao cao lon.docx"
            )
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert taken.document.number == "05/BC-STTTT"
    assert peak < 2 * size
