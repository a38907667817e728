"""What a file says of itself: read for a person to confirm, never stored unseen.

PDF and Word files are opened in a limited child process alone (:mod:`cchc_core.confined`).
"""

import base64
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cchc_core import confined
from cchc_core.confined import Confined
from cchc_core.errors import Refused
from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.reading.criteria import Suggested as Suggested
from cchc_core.evidence.reading.criteria import suggest_criteria as suggest_criteria

READABLE: Final = frozenset({"pdf", "docx"})
"""Extensions whose text is read."""
DRAWABLE: Final = frozenset({"pdf", "png", "jpg", "jpeg"})
"""Extensions whose pages are drawn."""

_CHILD: Final = "cchc_core.evidence.reading.child"
_SECONDS: Final = 30.0
_MEGABYTES: Final = 768
NARROWEST, WIDEST = 200, 1_600
_NOT_READ: Final = "chỉ đọc được nội dung tệp PDF và Word (.docx): hãy nhập số, ngày, trích yếu"
_KINDS: Final = {
    "kế hoạch": DocumentKind.PLAN,
    "báo cáo": DocumentKind.REPORT,
    "quyết định": DocumentKind.DECISION,
    "công văn": DocumentKind.LETTER,
    "tờ trình": DocumentKind.PROPOSAL,
    "thông báo": DocumentKind.NOTICE,
    "biên bản": DocumentKind.MINUTES,
    "danh sách": DocumentKind.LIST,
    "bảng tổng hợp": DocumentKind.FORM,
    "biểu tổng hợp": DocumentKind.FORM,
    "biểu mẫu": DocumentKind.FORM,
    "phụ lục": DocumentKind.FORM,
}


class CannotDraw(Refused):
    """A page cannot be drawn: there is none, or the file is damaged or too heavy."""

    code = "TL-40"
    what = "không xem trước được: {cause}"
    remedy = "Hãy tải tệp về để xem bằng phần mềm trên máy."


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says of itself; "" and None for what was not found.

    ``pages`` is None where files of that kind have no pages of their own; ``text_pages`` holds the text of the first
    pages; ``classification`` is Mật, Tối mật or Tuyệt mật where the file bears such a mark; ``warnings`` are sentences
    without a full stop, for people.
    """

    pages: int | None = None
    text_pages: tuple[str, ...] = ()
    has_text: bool = False
    number: str = ""
    doc_date: date | None = None
    issuer: str = ""
    abstract: str = ""
    kind: DocumentKind | None = None
    classification: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found that a person could confirm."""
        return not (self.number or self.doc_date or self.issuer or self.abstract or self.kind)


def read_file(path: Path, extension: str) -> Found:
    """Read what a stored file says: number, date, issuing body, abstract, kind, and its mark of secrecy.

    A file that cannot be read gives a :class:`Found` whose warnings say why; nothing is raised for what a stranger's
    file may be.
    """
    ending = extension.lower().lstrip(".")
    if ending in ("png", "jpg", "jpeg"):
        return Found(pages=1, kind=DocumentKind.PICTURE)
    if ending not in READABLE:
        return Found(warnings=(_NOT_READ,))
    request = {"do": "read", "path": str(path.resolve()), "extension": ending}
    try:
        return _found(confined.run(_CHILD, request, seconds=_SECONDS, megabytes=_MEGABYTES))
    except Confined as why:
        return Found(warnings=(f"chưa đọc được nội dung: {why.words}",))


def _found(said: dict[str, Any]) -> Found:
    type_name = str(said["type_name"])
    return Found(
        said["pages"],
        tuple(said["text_pages"]),
        said["has_text"],
        said["number"],
        date.fromisoformat(said["doc_date"]) if said["doc_date"] else None,
        said["issuer"],
        said["abstract"],
        _KINDS.get(type_name, DocumentKind.OTHER) if type_name else None,
        said["classification"],
        tuple(said["warnings"]),
    )


def pages_of(path: Path, extension: str) -> int:
    """Count the pages that can be drawn, 0 for a file of which none can: its kind, or damage.

    ``path`` is that of a content in the vault, which never changes, so each is counted once.
    """
    ending = extension.lower().lstrip(".")
    return 0 if ending not in DRAWABLE else _count(str(path.resolve())) if ending == "pdf" else 1


@lru_cache(maxsize=1_000)
def _count(path: str) -> int:
    try:
        request = {"do": "count", "path": path, "extension": "pdf"}
        return int(confined.run(_CHILD, request, seconds=_SECONDS, megabytes=_MEGABYTES))
    except Confined:
        return 0


def page_image(path: Path, extension: str, page: int = 1, width: int = 900) -> bytes:
    """Draw a page (from 1) of a PDF, or a picture, as a PNG of about ``width`` pixels. Raises CannotDraw."""
    ending = extension.lower().lstrip(".")
    if ending not in DRAWABLE:
        raise CannotDraw("Xem trước", cause="chỉ xem được tệp PDF và hình ảnh")
    wide = min(max(width, NARROWEST), WIDEST)
    request = {"do": "draw", "path": str(path.resolve()), "extension": ending, "page": page, "width": wide}
    try:
        return base64.b64decode(confined.run(_CHILD, request, seconds=_SECONDS, megabytes=_MEGABYTES))
    except Confined as why:
        raise CannotDraw("Xem trước", cause=why.words) from why
