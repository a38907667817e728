"""Every kind of file that is taken, and every kind of bad file that is not, from real bytes."""

import io
import random
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_core.evidence.file_checks import Checked, FileRefused, Reason, check_file, check_name
from cchc_core.evidence.file_view import CHUNK, FileView
from tests.evidence.files import GOOD, MZ, PDF, doc, jpg, macro_package, ole, package, pdf, png, xls, zipped

LIMIT = 25 * 1024 * 1024
_MACRO_SHEET = (0x0085, struct.pack("<LBB", 0, 0, 1) + b"\x01\x00A")
_SYMLINK = zipfile.ZipInfo("đường tắt.pdf")
_SYMLINK.external_attr = (stat.S_IFLNK | 0o777) << 16
VBA = {"Macros/VBA/dir": b"x", "Macros/PROJECT": b"x"}
PACKED_PROGRAM = ole({"\x01Ole10Native": b"\x00\x10\x00\x00\x02\x00setup.exe\x00C:\\setup.exe\x00" + MZ})
PACKED_PICTURE = ole({"\x01Ole10Native": b"\x00\x10\x00\x00\x02\x00anh.png\x00C:\\anh.png\x00" + png()})
PASSWORDED = ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"})


def _with_link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(_SYMLINK, "/etc/passwd")
    return out.getvalue()


def _patched(data: bytes, before: bytes, after: bytes) -> bytes:
    assert before in data
    assert len(before) == len(after)
    return data.replace(before, after)


def _with_flag(data: bytes) -> bytes:
    """Set the flag of encryption in every header of a zip file."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = data.find(mark)
        while found >= 0:
            changed[found + place] |= 1
            found = data.find(mark, found + 1)
    return bytes(changed)


def _overlapping() -> bytes:
    """Make a zip file whose two entries share their bytes, as the bombs do that multiply what they hold."""
    data = zipped([("a.txt", bytes(50_000)), ("b.txt", bytes(50_000))])
    second = data.rfind(b"PK\x01\x02")
    changed = bytearray(data)
    struct.pack_into("<L", changed, second + 42, 10)
    return bytes(changed)


def _with_number(data: bytes, place: int, number: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into("<L", changed, place, number)
    return bytes(changed)


def _circle(stream: str) -> bytes:
    """Make a container whose stream is said to be two gigabytes long and leads back to its own beginning."""
    data = bytearray(ole({stream: b"x"}))
    # The directory is in the second sector, the stream its second entry; the table is in the first.
    entry = 512 + 512 + 128
    start = struct.unpack_from("<L", data, entry + 116)[0]
    struct.pack_into("<Q", data, entry + 120, 2_000_000_000)
    struct.pack_into("<L", data, 512 + 4 * start, start)
    return bytes(data)


_TWICE = zipped({"[Content_Types].xml": b"<a/>", "[Content_TypeX].xml": b"<a/>"})
BAD: list[tuple[str, bytes, Reason]] = [
    ("rỗng.pdf", b"", Reason.EMPTY),
    ("rỗng.zip", zipped({}), Reason.EMPTY),
    ("chỉ thư mục.zip", zipped({"a/": b""}), Reason.EMPTY),
    # Names.
    ("../báo cáo.pdf", PDF, Reason.BAD_NAME),
    ("..\\báo cáo.pdf", PDF, Reason.BAD_NAME),
    ("/etc/báo cáo.pdf", PDF, Reason.BAD_NAME),
    ("C:\\báo cáo.pdf", PDF, Reason.BAD_NAME),
    ("..pdf", PDF, Reason.BAD_NAME),
    (".pdf", PDF, Reason.BAD_NAME),
    ("báo cáo\x00.pdf", PDF, Reason.BAD_NAME),
    ("báo cáo.exe\x00.pdf", PDF, Reason.BAD_NAME),
    ("báo\ncáo.pdf", PDF, Reason.BAD_NAME),
    ("báo\x1b[31mcáo.pdf", PDF, Reason.BAD_NAME),
    ("báo\x85cáo.pdf", PDF, Reason.BAD_NAME),
    ("báo cáo\u202efdp.pdf", PDF, Reason.BAD_NAME),
    ("báo cáo\u2066.pdf", PDF, Reason.BAD_NAME),
    ("báo cáo\ud800.pdf", PDF, Reason.BAD_NAME),
    ("a\uff0f..\uff0fb.pdf", PDF, Reason.BAD_NAME),
    (f"{'a' * 300}.pdf", PDF, Reason.BAD_NAME),
    ("", PDF, Reason.BAD_NAME),
    # Kinds that are not taken.
    ("không đuôi", PDF, Reason.UNKNOWN_KIND),
    ("văn bản.txt", b"x", Reason.UNKNOWN_KIND),
    ("văn bản.odt", b"x", Reason.UNKNOWN_KIND),
    ("trang.html", b"<script>alert(1)</script>", Reason.UNKNOWN_KIND),
    ("hình.svg", b"<svg onload=alert(1)>", Reason.UNKNOWN_KIND),
    ("trình bày.ppt", ole({"PowerPoint Document": b"x"}), Reason.UNKNOWN_KIND),
    ("báo cáo.pdf.exe", MZ, Reason.EXECUTABLE),
    ("báo cáo.pdf.lnk", b"L\x00\x00\x00\x01\x14\x02\x00", Reason.EXECUTABLE),
    ("macro.xlsm", package("xlsx"), Reason.MACROS),
    ("macro.docm", package("docx"), Reason.MACROS),
    ("nhị phân.xlsb", package("xlsx"), Reason.MACROS),
    # Programs under honest names.
    ("báo cáo.pdf", MZ, Reason.EXECUTABLE),
    ("báo cáo.pdf", MZ + PDF, Reason.EXECUTABLE),
    ("báo cáo.docx", MZ + package("docx"), Reason.EXECUTABLE),
    ("báo cáo.doc", b"\x7fELF" + bytes(60), Reason.EXECUTABLE),
    ("ảnh.png", b"#!/bin/sh\nrm -rf /\n", Reason.EXECUTABLE),
    ("ảnh.jpg", b"\xca\xfe\xba\xbe" + bytes(60), Reason.EXECUTABLE),
    ("gói.zip", MZ + zipped({"a.pdf": PDF}), Reason.EXECUTABLE),
    ("ghép.pdf", PDF + MZ, Reason.EXECUTABLE),
    ("ghép.pdf", PDF + zipped({"a.exe": MZ}), Reason.EXECUTABLE),
    ("ghép.png", png(tail=zipped({"a.exe": MZ})), Reason.EXECUTABLE),
    ("ghép.png", png(tail=MZ), Reason.EXECUTABLE),
    # Content of another kind than the name says.
    ("báo cáo.pdf", png(), Reason.OTHER_CONTENT),
    ("báo cáo.pdf", b"xin chao %PDF-1.4 %%EOF", Reason.OTHER_CONTENT),
    ("báo cáo.pdf", zipped({"a.pdf": PDF}), Reason.OTHER_CONTENT),
    ("ảnh.png", jpg(), Reason.OTHER_CONTENT),
    ("ảnh.jpg", png(), Reason.OTHER_CONTENT),
    ("ảnh.jpg", b"<svg onload=alert(1)>", Reason.OTHER_CONTENT),
    ("cũ.doc", b"{\\rtf1 xin chao}", Reason.OTHER_CONTENT),
    ("cũ.doc", xls(), Reason.OTHER_CONTENT),
    ("bảng.xls", b"<html><table></table></html>", Reason.OTHER_CONTENT),
    ("bảng.xls", doc(), Reason.OTHER_CONTENT),
    ("bảng.xls", package("xlsx"), Reason.OTHER_CONTENT),
    ("mới.docx", package("xlsx"), Reason.OTHER_CONTENT),
    ("mới.docx", doc(), Reason.OTHER_CONTENT),
    ("mới.docx", zipped({"a.pdf": PDF}), Reason.OTHER_CONTENT),
    ("mới.docx", PDF, Reason.OTHER_CONTENT),
    ("gói.zip", b"Rar!\x1a\x07\x00" + bytes(60), Reason.OTHER_CONTENT),
    ("gói.zip", PDF, Reason.OTHER_CONTENT),
    # Macros.
    ("mới.docx", macro_package(), Reason.MACROS),
    ("mới.docx", package("docx", {"word/vbaProject.bin": ole({"VBA/dir": b"x"})}), Reason.MACROS),
    ("mới.docx", package("docx", {"word/hình.bin": ole({"VBA/dir": b"x"})}), Reason.MACROS),
    ("mới.xlsx", package("xlsx", {"xl/macrosheets/sheet1.xml": b"<x/>"}), Reason.MACROS),
    ("mới.xlsx", package("xlsx", types=["application/vnd.ms-office.vbaProject"]), Reason.MACROS),
    ("mới.pptx", package("pptx", {"ppt/embeddings/a.xlsx": macro_package("xlsx")}), Reason.MACROS),
    ("mới.docx", package("docx", {"word/embeddings/a.bin": xls(more=VBA)}), Reason.MACROS),
    ("cũ.doc", doc(more=VBA), Reason.MACROS),
    ("bảng.xls", xls(more={"_VBA_PROJECT_CUR/VBA/dir": b"x"}), Reason.MACROS),
    ("bảng.xls", xls(_MACRO_SHEET), Reason.MACROS),
    ("gói.zip", zipped({"a.docm": package("docx")}), Reason.MACROS),
    ("gói.zip", zipped({"a.docx": macro_package()}), Reason.MACROS),
    ("gói.zip", zipped({"a.doc": doc(more=VBA)}), Reason.MACROS),
    # Passwords.
    ("mới.docx", PASSWORDED, Reason.ENCRYPTED),
    ("mới.xlsx", PASSWORDED, Reason.ENCRYPTED),
    ("mới.pptx", PASSWORDED, Reason.ENCRYPTED),
    ("cũ.doc", PASSWORDED, Reason.ENCRYPTED),
    ("cũ.doc", doc(0x0100), Reason.ENCRYPTED),
    ("bảng.xls", xls((0x002F, bytes(6))), Reason.ENCRYPTED),
    ("bảng.xls", xls((0x002F, bytes(6)), stream="Book"), Reason.ENCRYPTED),
    ("gói.zip", _with_flag(zipped({"a.pdf": PDF})), Reason.ENCRYPTED),
    ("mới.docx", _with_flag(package("docx")), Reason.ENCRYPTED),
    ("gói.zip", zipped({"a.xlsx": PASSWORDED}), Reason.ENCRYPTED),
    # Programs and archives inside.
    ("gói.zip", zipped({"a.exe": b"x"}), Reason.EXECUTABLE),
    ("gói.zip", zipped({"a.pdf": MZ}), Reason.EXECUTABLE),
    ("gói.zip", zipped({"a/b/cài đặt.BAT": b"del"}), Reason.EXECUTABLE),
    ("gói.zip", zipped({"a.exe ": b"x"}), Reason.EXECUTABLE),
    (
        "gói.zip",
        zipped({"a.doc": doc(more={"ObjectPool/_1/\x01Ole10Native": b"\x00" * 6 + b"a.exe\x00"})}),
        Reason.EXECUTABLE,
    ),
    ("mới.docx", package("docx", {"word/media/a.png": MZ}), Reason.EXECUTABLE),
    ("mới.docx", package("docx", {"word/embeddings/a.bin": PACKED_PROGRAM}), Reason.EXECUTABLE),
    ("gói.zip", zipped({"trong.zip": zipped({"a.pdf": PDF})}), Reason.NESTED),
    ("gói.zip", zipped({"trong.pdf": zipped({"a.pdf": PDF})}), Reason.NESTED),
    ("gói.zip", zipped({"trong.rar": b"x"}), Reason.NESTED),
    ("gói.zip", zipped({"trong": b"7z\xbc\xaf\x27\x1c" + bytes(20)}), Reason.NESTED),
    ("gói.zip", zipped({"trong.tar": bytes(257) + b"ustar" + bytes(250)}), Reason.NESTED),
    ("mới.docx", package("docx", {"word/a.bin": zipped({"a.pdf": PDF})}), Reason.OTHER_CONTENT),
    ("mới.docx", package("docx", {"word/a.bin": b"\x1f\x8b" + bytes(20)}), Reason.NESTED),
    # Paths inside.
    ("gói.zip", zipped({"../../a.pdf": PDF}), Reason.BAD_NAME),
    ("gói.zip", zipped({"a/../../b.pdf": PDF}), Reason.BAD_NAME),
    ("gói.zip", zipped({"/etc/a.pdf": PDF}), Reason.BAD_NAME),
    ("gói.zip", _patched(zipped({"a/b.pdf": PDF}), b"a/b.pdf", b"a\\b.pdf"), Reason.BAD_NAME),
    ("gói.zip", zipped({"C:a.pdf": PDF}), Reason.BAD_NAME),
    ("gói.zip", _patched(zipped({"a_b.pdf": PDF}), b"a_b.pdf", b"a\x00b.pdf"), Reason.BAD_NAME),
    ("gói.zip", zipped({"a\u202eb.pdf": PDF}), Reason.BAD_NAME),
    ("gói.zip", _with_link(), Reason.BAD_NAME),
    # Bombs.
    ("bom.zip", zipped({"a.txt": bytes(60_000_000)}), Reason.BOMB),
    ("bom.docx", package("docx", {"word/a.xml": bytes(60_000_000)}), Reason.BOMB),
    ("bom.zip", zipped([(f"{place}.txt", b"") for place in range(5_001)]), Reason.BOMB),
    ("bom.zip", _overlapping(), Reason.BOMB),
    ("bom.png", png(40_000, 2), Reason.HUGE_PICTURE),
    ("bom.png", png(20_000, 20_000), Reason.HUGE_PICTURE),
    ("bom.jpg", jpg(20_000, 20_000), Reason.HUGE_PICTURE),
    # Damage.
    ("hỏng.png", png()[:20], Reason.DAMAGED),
    ("hỏng.png", png(0, 5), Reason.DAMAGED),
    ("hỏng.jpg", b"\xff\xd8\xff\xe0", Reason.DAMAGED),
    ("hỏng.doc", doc()[:600], Reason.DAMAGED),
    ("vòng.doc", _with_number(doc(), 44, 100_000), Reason.DAMAGED),
    ("vòng.doc", _with_number(doc(), 64, 100_000), Reason.DAMAGED),
    ("vòng.doc", _with_number(doc(), 72, 100_000), Reason.DAMAGED),
    ("vòng.doc", _with_number(doc(), 30, 31), Reason.DAMAGED),
    ("vòng.doc", _circle("WordDocument"), Reason.DAMAGED),
    ("vòng.xls", _circle("Workbook"), Reason.DAMAGED),
    ("vòng.docx", package("docx", {"word/a.bin": _circle("x")}), Reason.DAMAGED),
    ("lạ.zip", zipped({"a.pdf": PDF}, zipfile.ZIP_LZMA), Reason.DAMAGED),
    ("lạ.zip", zipped({"a.pdf": PDF}, zipfile.ZIP_BZIP2), Reason.DAMAGED),
    ("hỏng.docx", package("docx")[:-30], Reason.DAMAGED),
    ("hỏng.zip", zipped({"a.pdf": PDF})[:40], Reason.DAMAGED),
    ("thực thể.docx", zipped({"[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY b "c">]><Types/>'}), Reason.DAMAGED),
    ("hai lần.docx", _patched(_TWICE, b"[Content_TypeX].xml", b"[Content_Types].xml"), Reason.DAMAGED),
]


@pytest.mark.parametrize("name", GOOD)
def test_an_honest_file_of_every_kind_is_taken(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(GOOD[name])
    expected = Checked(name.rpartition(".")[2].lower().replace("jpeg", "jpg"), name)
    assert check_file(io.BytesIO(GOOD[name]), name, LIMIT) == expected
    assert check_file(path, name, LIMIT) == expected


@pytest.mark.parametrize(("name", "data", "reason"), BAD, ids=[f"{b[2]}-{at}" for at, b in enumerate(BAD)])
def test_a_bad_file_is_refused_with_its_reason(name: str, data: bytes, reason: Reason) -> None:
    with pytest.raises(FileRefused) as refused:
        check_file(io.BytesIO(data), name, LIMIT)
    assert refused.value.reason is reason
    said = str(refused.value)
    assert said.startswith("Tải tệp lên: tệp «")
    assert said.endswith("(mã TL-10)")
    assert "Hãy" in said
    # What a message holds can turn or break no line.
    assert said.isprintable()


def test_every_reason_that_content_gives_has_a_file_here() -> None:
    elsewhere = {Reason.TOO_LARGE, Reason.OVER_QUOTA, Reason.PURGED}
    assert {reason for _, _, reason in BAD} == set(Reason) - elsewhere


def test_one_byte_above_the_limit_is_too_large() -> None:
    assert check_file(io.BytesIO(PDF), "a.pdf", len(PDF)).extension == "pdf"
    with pytest.raises(FileRefused) as refused:
        check_file(io.BytesIO(PDF), "a.pdf", len(PDF) - 1)
    assert refused.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("extension", ["pdf", "png", "jpg", "zip", "xlsx"])
def test_a_large_file_is_looked_at_without_taking_it_into_memory(extension: str, tmp_path: Path) -> None:
    size, path = 24_000_000, tmp_path / "x"
    content = {
        "pdf": lambda: PDF.replace(b"trailer", b"%" + bytes(size) + b"\ntrailer"),
        "png": lambda: png().replace(b"IEND", bytes(size) + b"IEND"),
        "jpg": lambda: jpg() + bytes(size),
        "zip": lambda: zipped({"a.png": png() + bytes(size)}, zipfile.ZIP_STORED),
        "xlsx": lambda: package("xlsx", {"xl/media/a.png": png() + random.Random(1).randbytes(size)}),
    }
    path.write_bytes(content[extension]())
    # What libraries bring along when they are first used is no part of it.
    check_file(path, f"a.{extension}", LIMIT)
    tracemalloc.start()
    try:
        check_file(path, f"a.{extension}", LIMIT)
        assert tracemalloc.get_traced_memory()[1] < size / 8
    finally:
        tracemalloc.stop()


@given(before=st.integers(0, 3), wanted=st.sampled_from([b"%%EOF", b"IEND", b"ab"]), border=st.integers(-6, 6))
def test_what_lies_across_the_border_of_two_pieces_is_found(before: int, wanted: bytes, border: int) -> None:
    place = max(0, before * CHUNK + border)
    view = FileView(bytes(place) + wanted + bytes(3 * CHUNK))
    assert view.find(wanted) == view.rfind(wanted) == place
    assert list(view.places(wanted)) == [place]
    assert view.find(wanted, place + 1) == -1
    assert view.after(0, b"\x00", 2) == wanted[:2]


def test_a_program_far_behind_the_end_of_a_pdf_is_found() -> None:
    with pytest.raises(FileRefused) as refused:
        check_file(io.BytesIO(PDF + bytes(3 * CHUNK) + MZ), "a.pdf", LIMIT)
    assert refused.value.reason is Reason.EXECUTABLE


def test_a_stream_is_left_at_its_beginning() -> None:
    stream = io.BytesIO(PDF)
    stream.seek(20)
    check_file(stream, "a.pdf", LIMIT)
    assert stream.read() == PDF


def test_a_chart_with_its_figures_and_a_packed_picture_are_no_reason_to_refuse() -> None:
    inside = {"word/embeddings/a.xlsx": package("xlsx"), "word/embeddings/b.bin": PACKED_PICTURE}
    assert check_file(io.BytesIO(package("docx", inside)), "a.docx", LIMIT).extension == "docx"


def test_white_space_before_a_pdf_and_after_its_end_is_no_reason_to_refuse() -> None:
    assert check_file(io.BytesIO(b"\xef\xbb\xbf\r\n" + PDF + b"\r\n\x00\x00"), "a.pdf", LIMIT).extension == "pdf"


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("Báo cáo quý I.PDF", "Báo cáo quý I.PDF"),
        ("Báo cáo.pdf", "Báo cáo.pdf"),
        ("a: b?.pdf", "a_ b_.pdf"),
        ("a\u200bb\ufeff.pdf", "ab.pdf"),
        ("  a   b .pdf ", "a b .pdf"),
        ("CON.pdf", "CON.pdf"),
        ("v1.2 (bản cuối).pdf", "v1.2 (bản cuối).pdf"),
    ],
)
def test_a_name_is_stored_as_every_system_can_hold_it(name: str, stored: str) -> None:
    assert check_name(name) == (stored, "pdf")


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_whatever_a_name_holds_what_is_stored_is_one_plain_line(name: str) -> None:
    try:
        stored, extension = check_name(f"{name}.pdf")
    except FileRefused:
        return
    assert extension == "pdf"
    assert stored.isprintable()
    assert not set('/\\<>:"|?*') & set(stored)
    assert stored[:2] != ".."


@pytest.mark.parametrize("name", GOOD)
def test_a_damaged_file_never_fails_in_another_way_than_being_refused(name: str) -> None:
    chance, taken = random.Random(name), 0
    for _ in range(150):
        data = bytearray(GOOD[name])
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = bytes(data[: chance.randint(1, len(data))]) if chance.random() < 0.3 else bytes(data)
        try:
            taken += check_file(io.BytesIO(cut), name, LIMIT).extension != ""
        except FileRefused as refused:
            assert refused.reason in Reason
    assert taken < 150


def test_files_that_differ_in_a_comment_differ_in_their_bytes() -> None:
    assert pdf("một") != pdf("hai")
