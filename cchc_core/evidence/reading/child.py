"""What runs in the child: reads a PDF or Word file, or draws a page, and answers in plain JSON."""

import base64
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from cchc_core.confined import ChildRefuses
from cchc_core.evidence.reading.head import Head, read_head, secrecy_in
from cchc_core.evidence.reading.lines import Line, tidy

MOST_PAGES: Final = 20
MOST_CHARACTERS: Final = 100_000
# A stamp or a page number on a scanned page is no text of it.
_FEWEST_LETTERS: Final = 40
_LONGEST_LINE: Final = 500
_LEGACY: Final = {"TCVN3": re.compile(r"^(?:[A-Z]{6}\+)?\.?Vn[A-Z0-9]"), "VNI": re.compile(r"^(?:[A-Z]{6}\+)?VNI[-\s]")}
_SCANNED: Final = "tệp quét, không có chữ: hãy nhập số, ngày, trích yếu từ bản giấy"
_PICTURES: Final = ("png", "jpg", "jpeg")
_MOST_PIXELS: Final = 60_000_000


def answer(request: dict[str, Any]) -> object:
    """Do what is asked: ``read`` a file's head, ``count`` its pages, or ``draw`` one of them."""
    path, extension = Path(request["path"]), str(request["extension"])
    if request["do"] == "count":
        return _count(path)
    if request["do"] == "draw":
        drawn = _draw(path, extension, int(request["page"]), int(request["width"]))
        return base64.b64encode(drawn).decode("ascii")
    return _READERS[extension](path)


def _read_pdf(path: Path) -> dict[str, object]:
    from cchc_core.evidence.reading import pdf

    opened = pdf.open_pdf(path)
    texts = pdf.texts(opened, MOST_PAGES, MOST_CHARACTERS)
    lines = pdf.lines(opened)
    return _found(len(opened), texts, lines, pdf.fonts(opened), secrecy_in(line.text for line in lines))


def _read_word(path: Path) -> dict[str, object]:
    from cchc_core.evidence.reading import word

    opened = word.open_word(path)
    whole = word.text(opened, MOST_CHARACTERS)
    lines = word.lines(opened)
    return _found(None, [whole], lines, word.fonts(opened), secrecy_in(word.stamps(opened)))


_READERS: Final = {"pdf": _read_pdf, "docx": _read_word}


def _found(
    pages: int | None, texts: Sequence[str], lines: Sequence[Line], fonts: Iterable[str], stamped: str
) -> dict[str, object]:
    texts = ["\n".join(map(tidy, text.splitlines())) for text in texts]
    has_text = sum(letter.isalpha() for text in texts for letter in text) >= _FEWEST_LETTERS
    legacy = _legacy(fonts)
    kept = [line for line in lines if len(line.text) <= _LONGEST_LINE and not line.text.isdigit()]
    # Letters of an old encoding are other letters: what they seem to say is not what is printed.
    head = read_head(kept) if has_text and not legacy else Head()
    warnings = [*head.warnings, *legacy, *([] if has_text else [_SCANNED])]
    return {
        "pages": pages,
        "text_pages": texts,
        "has_text": has_text,
        "number": head.number,
        "doc_date": None if head.doc_date is None else head.doc_date.isoformat(),
        "issuer": head.issuer,
        "type_name": head.type_name,
        "abstract": head.abstract,
        "classification": head.classification or stamped,
        "warnings": warnings,
    }


def _legacy(fonts: Iterable[str]) -> list[str]:
    named = {
        encoding: name
        for encoding, pattern in _LEGACY.items()
        for name in sorted(fonts, reverse=True)
        if pattern.match(name)
    }
    return [
        f"chữ trong tệp dùng phông cũ «{name}» (bảng mã {encoding}) nên máy đọc ra sai: hãy nhập tay, "
        "hoặc chuyển tệp sang Unicode rồi tải lại"
        for encoding, name in named.items()
    ]


def _count(path: Path) -> int:
    from cchc_core.evidence.reading import pdf

    return len(pdf.open_pdf(path))


def _draw(path: Path, extension: str, page: int, width: int) -> bytes:
    if extension in _PICTURES:
        return _draw_picture(path, page, width)
    from cchc_core.evidence.reading import pdf

    return pdf.picture(pdf.open_pdf(path), page, width)


def _draw_picture(path: Path, page: int, width: int) -> bytes:
    from PIL import Image, ImageOps, UnidentifiedImageError

    if page != 1:
        raise ChildRefuses(f"tệp không có trang {page}")
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise ChildRefuses("ảnh quá lớn nên không xem trước được")
            opened.draft("RGB", (width, width))
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as why:
        raise ChildRefuses("tệp ảnh hỏng nên không xem trước được") from why
    upright.thumbnail((width, 4 * width))
    out = BytesIO()
    upright.save(out, format="PNG")
    return out.getvalue()
