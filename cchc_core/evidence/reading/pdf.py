"""PDF files by pypdfium2: the text of their first pages, line by line with columns, and pages as pictures.

Runs in the child of :mod:`cchc_core.confined` only: the library is C++ and the files are strangers'.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pypdfium2
import pypdfium2.raw

from cchc_core.confined import ChildRefuses
from cchc_core.evidence.reading.lines import Line, Side, tidy

_LEFT_OF, _RIGHT_OF = 0.44, 0.60
_NEAR_THE_MIDDLE: Final = 10.0
# The left margin is 10 to 15 mm wider than the right one (Nghị định 30/2020).
_MARGINS_DIFFER: Final = 17.0
_WIDEST_GAP: Final = 18.0
_LONGEST_FONT_NAME: Final = 200
_FONTS_LOOKED_AT: Final = 400
_MOST_LETTERS: Final = 10_000
# Nothing, and the halves of a pair, which are no letters alone.
_NO_LETTERS: Final = frozenset((0, *range(0xD800, 0xE000)))
_MOST_PIXELS: Final = 12_000_000


@dataclass(frozen=True, slots=True)
class _Piece:
    left: float
    bottom: float
    right: float
    top: float
    text: str
    is_bold: bool


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """Open a file, or refuse it: a password is asked for, it is damaged, it has no pages."""
    try:
        opened = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as why:
        if getattr(why, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise ChildRefuses("tệp PDF đặt mật khẩu nên không đọc được") from why
        raise ChildRefuses("tệp PDF hỏng hoặc không phải là PDF") from why
    if len(opened) == 0:
        raise ChildRefuses("tệp PDF hỏng: không có trang nào")
    return opened


def texts(opened: pypdfium2.PdfDocument, most_pages: int, most_characters: int) -> list[str]:
    """Give the text of the first pages, together no longer than so many characters."""
    read: list[str] = []
    for index in range(min(len(opened), most_pages)):
        left = most_characters - sum(map(len, read))
        if left <= 0:
            break
        read.append(_text(opened, index)[:left])
    return read


def _text(opened: pypdfium2.PdfDocument, index: int) -> str:
    # A page that is broken has no text; the others may have.
    try:
        found: str = opened[index].get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        return ""
    return found


def lines(opened: pypdfium2.PdfDocument) -> list[Line]:
    """Give the lines of the first page in reading order."""
    try:
        page = opened[0]
        pieces = list(_pieces(page.get_textpage()))
    except pypdfium2.PdfiumError:
        return []
    if not pieces:
        return []
    width = page.get_size()[0]
    middle = _middle(pieces, width)
    return [_line(piece, width, middle) for row in _rows(pieces) for piece in _joined(row)]


def _pieces(text_page: Any) -> Iterator[_Piece]:
    """Give the runs of letters that stand together on a line.

    A browser that prints places every letter by itself. Which letters make a word, and where a line ends, is told by
    the spaces and breaks that pdfium puts between them, not by how the letters are stored.
    """
    run = _Run()
    for index in range(min(text_page.count_chars(), _MOST_LETTERS)):
        letter = _letter(text_page, index)
        if letter.ends_line or not run.goes_on_with(letter):
            yield from run.pieces(text_page)
            run = _Run()
        run.letters.append(letter)
    yield from run.pieces(text_page)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter, its box and the object that draws it; without both what pdfium puts in between by itself."""

    index: int
    text: str
    box: tuple[float, float, float, float] | None = None
    drawn_by: int | None = None

    @property
    def ends_line(self) -> bool:
        return self.text in ("\r", "\n")


def _letter(text_page: Any, index: int) -> _Letter:
    code = pypdfium2.raw.FPDFText_GetUnicode(text_page, index)
    text = "" if code in _NO_LETTERS else chr(code)
    if pypdfium2.raw.FPDFText_IsGenerated(text_page, index) == 1:
        return _Letter(index, text)
    drawn_by = ctypes.cast(pypdfium2.raw.FPDFText_GetTextObject(text_page, index), ctypes.c_void_p).value
    return _Letter(index, text, text_page.get_charbox(index), drawn_by)


@dataclass(slots=True)
class _Run:
    """Letters that follow each other on one line."""

    letters: list[_Letter] = field(default_factory=list)

    def goes_on_with(self, letter: _Letter) -> bool:
        """Tell whether a letter belongs to the run: a wide gap parts columns, unless it is a blank to fill in."""
        last = next((each for each in reversed(self.letters) if each.box is not None), None)
        if last is None or last.box is None or letter.box is None:
            return True
        return letter.drawn_by == last.drawn_by or abs(letter.box[0] - last.box[2]) < _WIDEST_GAP

    def pieces(self, text_page: Any) -> Iterator[_Piece]:
        drawn = [(each.index, each.box) for each in self.letters if each.box is not None and each.text.strip()]
        if drawn and (text := tidy("".join(each.text for each in self.letters))):
            lefts, bottoms, rights, tops = zip(*(box for _, box in drawn), strict=True)
            yield _Piece(min(lefts), min(bottoms), max(rights), max(tops), text, _is_bold(text_page, drawn[0][0]))


def _is_bold(text_page: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(_LONGEST_FONT_NAME)
    pypdfium2.raw.FPDFText_GetFontInfo(text_page, index, name, _LONGEST_FONT_NAME, None)
    return b"bold" in name.value.lower()


def _rows(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    row: list[_Piece] = []
    for piece in sorted(pieces, key=lambda each: -(each.top + each.bottom)):
        if row and (piece.top + piece.bottom) / 2 < row[0].bottom:
            yield sorted(row, key=lambda each: each.left)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda each: each.left)


def _joined(row: Sequence[_Piece]) -> Iterator[_Piece]:
    """Join what stands close together; a font that changes within a line parts it into pieces."""
    held = row[0]
    for piece in row[1:]:
        gap = piece.left - held.right
        if gap < _WIDEST_GAP:
            between = " " if gap > 1.0 else ""
            text = tidy(f"{held.text}{between}{piece.text}")
            held = replace(
                held, bottom=min(held.bottom, piece.bottom), right=piece.right, top=max(held.top, piece.top), text=text
            )
        else:
            yield held
            held = piece
    yield held


def _middle(pieces: Sequence[_Piece], width: float) -> float:
    """Say where the middle of the text is: margins differ, so the longest lines tell."""
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    return (left + right) / 2 if right - left > width / 2 else width / 2 + _MARGINS_DIFFER


def _line(piece: _Piece, width: float, middle: float) -> Line:
    centre = (piece.left + piece.right) / 2
    is_centred = abs(centre - middle) < _NEAR_THE_MIDDLE
    side = Side.WHOLE
    if not is_centred and centre < _LEFT_OF * width:
        side = Side.LEFT
    elif not is_centred and centre > _RIGHT_OF * width:
        side = Side.RIGHT
    return Line(piece.text, side, is_centred, piece.is_bold)


def fonts(opened: pypdfium2.PdfDocument) -> set[str]:
    """Name the fonts of the first page's texts."""
    found: set[str] = set()
    try:
        for number, thing in enumerate(opened[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])):
            if number >= _FONTS_LOOKED_AT:
                break
            found.add(str(thing.get_font().get_base_name()))
    except pypdfium2.PdfiumError:
        return found
    return found


def picture(opened: pypdfium2.PdfDocument, page: int, width: int) -> bytes:
    """Draw a page, counted from 1, so many pixels wide as a PNG; a page that there is none is refused."""
    if not 1 <= page <= len(opened):
        raise ChildRefuses(f"tệp không có trang {page}")
    drawn = opened[page - 1]
    wide, high = drawn.get_size()
    if wide <= 0 or high <= 0:
        raise ChildRefuses(f"trang {page} không có kích thước")
    scale = min(width / wide, (_MOST_PIXELS / (wide * high)) ** 0.5)
    out = BytesIO()
    drawn.render(scale=scale).to_pil().save(out, format="PNG", optimize=False, compress_level=6)
    return out.getvalue()
