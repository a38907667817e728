"""The zip of an assessment's documents and the list beside it: places, names, bytes, and what is missing."""

import re
import tracemalloc
import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cchc_core import scoring
from cchc_core.evidence import attaching, keeping
from cchc_core.evidence.bundle import CATALOGUE, NOT_WHOLE, stream_bundle
from cchc_core.evidence.catalogue import catalogue_table
from cchc_core.evidence.keeping import DocumentKind
from cchc_core.evidence.packing import MOST_FILE, MOST_FOLDER, windows_name
from cchc_core.evidence.purging import purge_file
from cchc_core.evidence.vault import vault_of
from tests.evidence.files import PDF, pdf, png
from tests.evidence.office import CODE, OTHER_CODE, Office

DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)


def _bundle(office: Office, period: str = "year") -> zipfile.ZipFile:
    chunks = stream_bundle(office.database, office.people["officer"], office.opened[period].id)
    archive = zipfile.ZipFile(BytesIO(b"".join(chunks)))
    assert archive.testzip() is None
    return archive


def _attach(
    office: Office, document: keeping.Document, code: str = CODE, line: int | None = None, part: str = ""
) -> None:
    attaching.attach(office.database, office.people["officer"], office.opened["q1"].id, code, document.id, line, part)


def _listed(archive: zipfile.ZipFile) -> list[tuple[object, ...]]:
    (sheet,) = load_workbook(BytesIO(archive.read(CATALOGUE))).worksheets
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int | float)]
    return [tuple(row) for row in rows]


def test_each_criterion_has_a_folder_in_printed_order_and_each_file_is_byte_for_byte_the_stored_one(
    office: Office,
) -> None:
    first, second = office.document(data=pdf("một"), name="kế hoạch.pdf"), office.document(data=png(), name="ảnh.png")
    _attach(office, first)
    _attach(office, second)
    _attach(office, first, OTHER_CODE)
    archive = _bundle(office)
    *files, last = archive.namelist()
    assert last == CATALOGUE
    folders = [name.partition("/")[0] for name in files]
    assert folders == sorted(folders)
    rubric = scoring.open_sheet(office.database, office.people["officer"], office.opened["q1"].id).rubric
    codes = [leaf.code for leaf in rubric.leaves]
    for code in (CODE, OTHER_CODE):
        place = codes.index(code) + 1
        assert any(folder.startswith(f"{place:03d} {code} ") for folder in folders)
    contents = {name.partition("/")[2]: archive.read(name) for name in files}
    assert contents == {"01 kế hoạch.pdf": pdf("một"), "02 ảnh.png": png()}
    assert len(files) == 3
    assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}


def test_two_files_of_one_name_and_one_length_lie_beside_each_other_with_their_own_bytes(office: Office) -> None:
    datas = [PDF[:-6] + bytes([filling]) * 1_500_000 + PDF[-6:] for filling in (1, 2)]
    for data in datas:
        _attach(office, office.document(data=data, name="báo cáo.pdf"))
    archive = _bundle(office)
    files = archive.namelist()[:-1]
    assert len({name.casefold() for name in files}) == 2
    assert sorted(archive.read(name) for name in files) == sorted(datas)


def test_a_document_for_two_lines_of_a_criterion_lies_in_its_folder_once_and_is_listed_twice(office: Office) -> None:
    rubric = scoring.open_sheet(office.database, office.people["officer"], office.opened["q1"].id).rubric
    code = next(leaf.code for leaf in rubric.leaves if len(leaf.evidence) >= 2)
    document = office.document()
    _attach(office, document, code, 1, "trang 2")
    _attach(office, document, code, 0, "trang 1")
    archive = _bundle(office)
    assert len(archive.namelist()) == 2
    rows = _listed(archive)
    assert [row[9] for row in rows] == ["trang 1", "trang 2"]
    assert {row[10] for row in rows} == {archive.namelist()[0]}
    evidence = rubric.criterion(code).evidence
    assert [row[3] for row in rows] == [evidence[0].text, evidence[1].text]


def test_a_link_lies_there_as_a_shortcut_that_leads_to_its_address_and_nowhere_else(office: Office) -> None:
    link = "https://sxd.example.vn/tin-tuc?id=1"
    _attach(office, office.document(data=b"", link=link, kind=DocumentKind.LINK, number="", abstract="Tin: CON/NUL"))
    archive = _bundle(office)
    (name,) = archive.namelist()[:-1]
    assert name.endswith(".url")
    assert archive.read(name).decode() == f"[InternetShortcut]\r\nURL={link}\r\n"
    assert [row[10] for row in _listed(archive)] == [link]


def test_a_missing_changed_or_destroyed_file_is_left_out_and_the_list_says_so(office: Office) -> None:
    missing, changed, destroyed, whole = (office.document(name=f"{name}.pdf") for name in ("mất", "đổi", "huỷ", "còn"))
    for document in (missing, changed, destroyed, whole):
        _attach(office, document)
    vault = vault_of(office.database)
    assert missing.file is not None
    assert changed.file is not None
    assert destroyed.file is not None
    vault.path_of(missing.file.sha256).unlink()
    vault.path_of(changed.file.sha256).write_bytes(b"x" * changed.file.size_bytes)
    purge_file(office.database, office.people["admin"], destroyed.file.id, "nhầm")
    archive = _bundle(office)
    names = [name.partition(" còn")[1] for name in archive.namelist()[:-1]]
    assert names == [" còn"]
    remarks = sorted(str(row[11] or "") for row in _listed(archive))
    assert remarks == ["", "nội dung tệp đã bị huỷ", NOT_WHOLE, NOT_WHOLE]


def test_the_newest_version_of_a_file_goes_in(office: Office) -> None:
    document = office.document(data=pdf("cũ"))
    keeping.add_file(office.database, office.people["officer"], document.id, BytesIO(pdf("mới")), "mới.pdf")
    _attach(office, document)
    archive = _bundle(office)
    assert [archive.read(name) for name in archive.namelist()[:-1]] == [pdf("mới")]


def test_an_assessment_without_documents_gives_a_zip_with_an_empty_list(office: Office) -> None:
    archive = _bundle(office)
    assert archive.namelist() == [CATALOGUE]
    assert _listed(archive) == []


def test_the_list_tells_of_each_document_what_is_known(office: Office) -> None:
    document = office.document(abstract='=HYPERLINK("http://x")')
    _attach(office, document, part="Mục II, trang 3")
    table = catalogue_table(office.database, office.people["officer"], office.opened["q1"].id)
    (row,) = table.rows
    assert row[0] == 1
    assert row[1] == CODE
    assert row[4:10] == (
        "Kế hoạch",
        "12/KH-SXD",
        date(2022, 1, 5),
        "Sở Thử nghiệm",
        '=HYPERLINK("http://x")',
        "Mục II, trang 3",
    )
    assert "Có tài liệu cho 1/101 tiêu chí" in table.note


def test_a_bundle_is_never_whole_in_memory(office: Office) -> None:
    size = 8_000_000
    for filling in range(4):
        data = PDF[:-6] + bytes([filling]) * size + PDF[-6:]
        _attach(office, office.document(data=data, name=f"{filling}.pdf"))
    chunks = stream_bundle(office.database, office.people["officer"], office.opened["q1"].id)
    tracemalloc.start()
    total = sum(map(len, chunks))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total > 4 * size
    assert peak < size


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("aux.tar.pdf", "_aux.tar.pdf"),
        ("COM1.pdf", "_COM1.pdf"),
        ("COM¹.pdf", "_COM¹.pdf"),
        ("CONG VAN.pdf", "CONG VAN.pdf"),
        ("tên có dấu chấm cuối... ", "tên có dấu chấm cuối"),
        ("a . .pdf", "a.pdf"),
        ('a<b>c:d"e/f\\g|h?i*.pdf', "a b c d e f g h i.pdf"),
        ("xuống\r\ndòng\x00.pdf", "xuốngdòng.pdf"),
        ("đảo\u202efdp.pdf", "đảofdp.pdf"),
        ("...", "tai-lieu"),
        ("", "tai-lieu"),
        ("../../etc.pdf", "etc.pdf"),
    ],
)
def test_a_name_becomes_one_that_windows_takes(text: str, name: str) -> None:
    assert windows_name(text, 60) == name


def test_a_long_name_is_cut_and_keeps_its_extension() -> None:
    name = windows_name("ế" * 300 + ".docx", MOST_FILE)
    assert name.endswith("ế.docx")
    assert len(name.encode()) <= 255
    assert len(windows_name("ế" * 300, MOST_FOLDER)) <= MOST_FOLDER


@given(st.text(max_size=200), st.sampled_from(["", ".pdf", ".docx", ".url"]))
def test_whatever_a_text_holds_its_name_is_safe_on_windows(text: str, ending: str) -> None:
    name = windows_name(text + ending, MOST_FILE)
    assert name
    assert name == name.strip()
    assert not name.endswith(".")
    assert len(name) <= MOST_FILE + 1
    assert len(name.encode()) <= 255
    assert not set('<>:"/\\|?*') & set(name)
    assert all(ord(letter) >= 32 for letter in name)
    assert not DEVICE.match(name)
