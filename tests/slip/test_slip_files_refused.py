"""Files that are no slip, or are made to harm: refused in words that say what to do."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from cchc_core.errors import BadText
from tests.slip.conftest import NewDesk
from tests.slip.workbooks import FORM, back, book_of, rows_of, saved, slip_of
from tests.workbook.small import SMALL


@pytest.fixture(scope="module")
def slip(new_desk: NewDesk) -> bytes:
    """A sound slip."""
    return slip_of(new_desk(SMALL).sheet())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tệp rỗng"),
        (b"chu thuong", "không phải bảng tính Excel"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
        (b"PK\x03\x04 hong", "tệp hỏng"),
    ],
)
def test_a_file_that_is_no_workbook_is_called_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(BadText, match=said):
        back(content)


def test_a_table_and_a_workbook_of_another_kind_are_no_slips() -> None:
    with pytest.raises(BadText, match="không phải Phiếu Excel"):
        back(b"a;b\n1;2\n", "bang.csv")
    book = Workbook()
    book.active.append(["STT", "Tiêu chí"])
    with pytest.raises(BadText, match="không phải Phiếu Excel"):
        back(saved(book))


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(slip: bytes) -> None:
    out = BytesIO(slip)
    with ZipFile(out, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", b"\0" * (40 << 20))
    with pytest.raises(BadText, match=r"lớn bất thường.*bỏ hình ảnh và trang tính đã thêm"):
        back(out.getvalue())


def test_who_put_pictures_into_a_slip_is_not_sent_to_copy_it_into_another_file(slip: bytes) -> None:
    with pytest.raises(BadText, match=r"lớn hơn 10 MB\. Hãy bỏ hình ảnh"):
        back(slip + b"\0" * (10 << 20))


def test_a_slip_without_its_rows_or_of_another_form_asks_for_a_new_one(slip: bytes) -> None:
    book = book_of(slip)
    for row in rows_of(book[FORM]).values():
        book[FORM].cell(row, 10).value = None
    with pytest.raises(BadText, match="không còn trang tính"):
        back(saved(book))
    book = book_of(slip)
    book["_phieu"]["B2"] = "999"
    with pytest.raises(BadText, match="phiên bản khác của phần mềm"):
        back(saved(book))


@pytest.mark.parametrize("base", ["{", '{"entry": {}, "note": 7}', "[" * 5_000])
def test_a_damaged_hidden_sheet_is_told(slip: bytes, base: str) -> None:
    book = book_of(slip)
    hidden = book["_phieu"]
    row = next(row for row in range(1, hidden.max_row + 1) if hidden.cell(row, 1).value == "1.1.1")
    hidden.cell(row, 3).value = base
    with pytest.raises(BadText, match="phần ẩn của phiếu bị hỏng"):
        back(saved(book))


def test_a_criterion_that_stands_twice_in_the_hidden_sheet_is_told(slip: bytes) -> None:
    book = book_of(slip)
    hidden = book["_phieu"]
    first = next(row for row in range(1, hidden.max_row + 1) if hidden.cell(row, 1).value == "1.1.1")
    hidden.cell(first + 1, 1).value = "1.1.1"
    with pytest.raises(BadText, match="phần ẩn của phiếu bị hỏng"):
        back(saved(book))
