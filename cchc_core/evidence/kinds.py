"""The kinds of documents that prove points, and which of them bear a number and a date of issue."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class DocumentKind(StrEnum):
    """What a document is."""

    PLAN = "plan"
    REPORT = "report"
    DECISION = "decision"
    LETTER = "letter"
    PROPOSAL = "proposal"
    NOTICE = "notice"
    MINUTES = "minutes"
    LIST = "list"
    FORM = "form"
    PICTURE = "picture"
    LINK = "link"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Name the kind in Vietnamese.

        >>> DocumentKind.LETTER.label
        'Công văn'
        """
        return KIND_NAMES[self]

    @property
    def wants_number(self) -> bool:
        """Tell whether such a document bears a number and a date of issue (Nghị định 30/2020/NĐ-CP, Điều 8)."""
        return self in _NUMBERED


KIND_NAMES: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.PLAN: "Kế hoạch",
    DocumentKind.REPORT: "Báo cáo",
    DocumentKind.DECISION: "Quyết định",
    DocumentKind.LETTER: "Công văn",
    DocumentKind.PROPOSAL: "Tờ trình",
    DocumentKind.NOTICE: "Thông báo",
    DocumentKind.MINUTES: "Biên bản",
    DocumentKind.LIST: "Danh sách",
    DocumentKind.FORM: "Biểu mẫu, số liệu",
    DocumentKind.PICTURE: "Hình ảnh",
    DocumentKind.LINK: "Liên kết",
    DocumentKind.OTHER: "Tài liệu khác",
}
_NUMBERED: Final = frozenset(
    {
        DocumentKind.PLAN,
        DocumentKind.REPORT,
        DocumentKind.DECISION,
        DocumentKind.LETTER,
        DocumentKind.PROPOSAL,
        DocumentKind.NOTICE,
    }
)
WITH_NUMBER: Final = tuple(kind for kind in DocumentKind if kind.wants_number)
