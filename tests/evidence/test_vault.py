"""The folder of files: each content once, never overwritten, swept, destroyed, and looked after by verify."""

import hashlib
import os
import threading
import time
from io import BytesIO
from pathlib import Path

import pytest

from cchc_core.errors import BadText, NotAllowed, NotAllowedInOffice, NotFound, StorageError
from cchc_core.evidence import attaching, keeping
from cchc_core.evidence.file_checks import FileRefused, Reason
from cchc_core.evidence.purging import purge_file
from cchc_core.evidence.sweeping import sweep
from cchc_core.evidence.taking import FileNotWhole, FilePurged, open_file
from cchc_core.evidence.vault import Vault, digest_of, vault_of
from cchc_core.store.vault import DAY_SECONDS
from cchc_core.store.verify import verify
from tests.evidence.files import PDF, pdf
from tests.evidence.office import CODE, Office

OLD = time.time() - DAY_SECONDS - 60


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "files")


def _files(vault: Vault) -> list[Path]:
    return sorted(path for path in vault.folder.rglob("*") if path.is_file())


def test_a_content_lies_under_its_hash_once(vault: Vault) -> None:
    sha256, size = vault.put(BytesIO(PDF))
    assert (sha256, size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    before = vault.path_of(sha256).stat()
    assert vault.put(BytesIO(PDF)) == (sha256, size)
    assert _files(vault) == [vault.path_of(sha256)]
    assert vault.path_of(sha256).stat().st_ino == before.st_ino
    with vault.open(sha256) as file:
        assert file.read() == PDF
    assert digest_of(BytesIO(PDF)) == sha256


def test_two_files_of_equal_length_that_differ_in_one_byte_are_two(vault: Vault) -> None:
    first = bytes(2_000_000)
    second = first[:1_234_567] + b"\x01" + first[1_234_568:]
    shas = [vault.put(BytesIO(data))[0] for data in (first, second)]
    assert shas[0] != shas[1]
    for sha, data in zip(shas, (first, second), strict=True):
        assert vault.path_of(sha).read_bytes() == data


def test_what_is_not_kept_leaves_nothing(vault: Vault) -> None:
    with pytest.raises(RuntimeError), vault.receiving(BytesIO(PDF), 10**6):
        raise RuntimeError
    with vault.receiving(BytesIO(PDF), 10**6) as received:
        assert received.path.read_bytes() == PDF
    assert _files(vault) == []


def test_a_stream_that_breaks_leaves_nothing(vault: Vault) -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError
            return super().read(10)

    with pytest.raises(StorageError, match="Lưu tệp"):
        vault.put(Broken(PDF))
    assert _files(vault) == []


def test_a_damaged_content_is_set_aside_when_the_whole_one_comes_again(vault: Vault) -> None:
    sha256, _ = vault.put(BytesIO(PDF))
    place = vault.path_of(sha256)
    place.write_bytes(b"hong")
    assert not vault.is_whole(sha256)
    vault.put(BytesIO(PDF))
    assert vault.is_whole(sha256)
    (aside,) = [path for path in _files(vault) if path != place]
    assert (aside.suffix, aside.read_bytes()) == (".damaged", b"hong")
    os.utime(aside, (OLD, OLD))
    assert vault.sweep({sha256: False}) == 0


def test_many_people_with_one_content_at_once_leave_one_whole_file(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, failed = os.urandom(300_000), list[BaseException]()
    is_whole = Vault.is_whole

    def look_slowly(self: Vault, sha256: str) -> bool:
        whole = is_whole(self, sha256)
        time.sleep(0.02)
        return whole

    def put() -> None:
        try:
            vault.put(BytesIO(data))
        except BaseException as cause:
            failed.append(cause)

    monkeypatch.setattr(Vault, "is_whole", look_slowly)
    threads = [threading.Thread(target=put) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    (path,) = _files(vault)
    assert path.read_bytes() == data


@pytest.mark.parametrize("name", ["", "x" * 64, "../../etc/passwd", "A" * 64, "0" * 63, f"{'0' * 63}/"])
def test_what_is_no_hash_has_no_place(vault: Vault, name: str) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        vault.path_of(name)


def test_a_sweep_takes_old_orphans_and_leaves_everything_else(vault: Vault) -> None:
    kept, orphan, fresh, destroyed = (vault.put(BytesIO(pdf(str(place))))[0] for place in range(4))
    part = vault.folder / "0123.part"
    part.write_bytes(b"x")
    foreign = vault.folder / "ghi chú.txt"
    foreign.write_text("không phải của chương trình")
    for path in (vault.path_of(kept), vault.path_of(orphan), part, foreign):
        os.utime(path, (OLD, OLD))
    assert vault.sweep({kept: False, destroyed: True}) == 3
    assert set(_files(vault)) == {vault.path_of(kept), vault.path_of(fresh), foreign}


def test_an_orphan_that_is_given_again_is_young_again(vault: Vault) -> None:
    sha256, _ = vault.put(BytesIO(PDF))
    os.utime(vault.path_of(sha256), (OLD, OLD))
    vault.put(BytesIO(PDF))
    assert vault.sweep({}) == 0
    assert vault.is_whole(sha256)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("một tệp đứng ở chỗ của thư mục")
    with pytest.raises(StorageError, match="Lưu tệp"):
        Vault(tmp_path / "files").put(BytesIO(PDF))
    assert Vault(tmp_path / "khong-co").sweep({}) == 0


def test_verify_names_a_missing_and_a_changed_file(office: Office) -> None:
    database, officer = office.database, office.people["officer"]
    missing, changed, whole = (office.document(name=f"{name}.pdf") for name in ("mất", "đổi", "còn"))
    vault = vault_of(database)
    assert missing.file is not None
    assert changed.file is not None
    vault.path_of(missing.file.sha256).unlink()
    place = vault.path_of(changed.file.sha256)
    data = place.read_bytes()
    # One bit, and the same length.
    place.write_bytes(data[:20] + bytes([data[20] ^ 1]) + data[21:])
    found = {finding.code: finding.message for finding in verify(database).findings}
    assert set(found) == {"KT-10", "KT-11"}
    assert f"«mất.pdf» ({missing.file.sha256[:12]})" in found["KT-10"]
    assert f"«đổi.pdf» ({changed.file.sha256[:12]})" in found["KT-11"]
    for document in (missing, changed):
        with pytest.raises(FileNotWhole):
            open_file(database, officer, document.id, 1)
    open_file(database, officer, whole.id, 1).stream.close()


def test_uploading_the_whole_file_again_heals_a_damaged_one(office: Office) -> None:
    document = office.document(data=PDF)
    assert document.file is not None
    vault_of(office.database).path_of(document.file.sha256).write_bytes(b"x")
    office.document(data=PDF)
    assert verify(office.database).findings == ()


def test_a_destroyed_content_is_gone_everywhere_and_hash_and_reason_stay(office: Office) -> None:
    database, admin, officer = office.database, office.people["admin"], office.people["officer"]
    first, second = office.document(data=PDF), office.document("room", office.room, data=PDF)
    assert first.file is not None
    attaching.attach(database, officer, office.opened["q1"].id, CODE, second.id)
    before = office.opened["year"].id
    with database.read() as connection:
        number = connection.rows("SELECT change_number AS n FROM assessments WHERE id = :id", id=before)[0]["n"]
    purge_file(database, admin, first.file.id, "  Tệp có số căn cước\ncủa công dân ")
    for document in (first, second):
        seen = keeping.document_for(database, officer, document.id)
        assert seen.file is not None
        assert (seen.file.is_purged, seen.file.purge_reason) == (True, "Tệp có số căn cước của công dân")
        assert seen.file.sha256 == first.file.sha256
        with pytest.raises(FilePurged, match="căn cước"):
            open_file(database, officer, document.id, 1)
    assert _files(vault_of(database)) == []
    with database.read() as connection:
        assert connection.rows("SELECT change_number AS n FROM assessments WHERE id = :id", id=before)[0]["n"] > number
    purge_file(database, admin, first.file.id, "lần hai")
    assert verify(database).findings == ()
    with pytest.raises(FileRefused) as refused:
        office.document(data=PDF)
    assert refused.value.reason is Reason.PURGED
    assert "căn cước" not in str(refused.value)
    assert _files(vault_of(database)) == []


def test_a_content_that_comes_in_while_it_is_destroyed_does_not_stay(office: Office) -> None:
    database, admin = office.database, office.people["admin"]
    document = office.document(data=PDF)
    assert document.file is not None
    file_id = document.file.id

    class Meanwhile(BytesIO):
        """Has the content destroyed after it was asked whether there is place for it, right before the row."""

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            if not data:
                threading.Thread(target=_destroy_soon).start()
            return data

    done = threading.Event()

    def _destroy_soon() -> None:
        purge_file(database, admin, file_id, "nhầm")
        done.set()

    with pytest.raises(FileRefused):
        for _ in range(100):
            draft = keeping.DocumentDraft(keeping.DocumentKind.PLAN)
            keeping.add_document(
                database,
                office.people["officer"],
                office.department,
                2022,
                office.department,
                draft,
                Meanwhile(PDF),
                "a.pdf",
            )
    assert done.wait(10)
    sweep(database)
    assert _files(vault_of(database)) == []
    assert verify(database).findings == ()


def test_what_is_left_of_a_destroyed_content_is_named_and_swept(office: Office) -> None:
    document = office.document(data=PDF)
    assert document.file is not None
    purge_file(office.database, office.people["admin"], document.file.id, "nhầm")
    left = vault_of(office.database).path_of(document.file.sha256)
    left.write_bytes(PDF)
    assert [finding.code for finding in verify(office.database).findings] == ["KT-12"]
    assert sweep(office.database) == 1
    assert verify(office.database).findings == ()


@pytest.mark.parametrize("who", ["officer", "room", "leader", "appraiser", "stranger", "screen"])
def test_only_the_administrator_destroys(office: Office, who: str) -> None:
    document = office.document()
    assert document.file is not None
    with pytest.raises(NotAllowedInOffice):
        purge_file(office.database, office.people[who], document.file.id, "nhầm")
    assert vault_of(office.database).is_whole(document.file.sha256)


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 501])
def test_nothing_is_destroyed_without_a_reason(office: Office, reason: str) -> None:
    document = office.document()
    assert document.file is not None
    with pytest.raises(BadText):
        purge_file(office.database, office.people["admin"], document.file.id, reason)
    with pytest.raises((NotFound, NotAllowed)):
        purge_file(office.database, office.people["admin"], "khong-co", "nhầm")
    assert vault_of(office.database).is_whole(document.file.sha256)
