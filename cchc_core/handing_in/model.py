"""What is found before an assessment is handed in, and the plain facts that it is found from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from cchc_core.rubric.model import Criterion


class Check(StrEnum):
    """What is checked, by the name that addresses give it."""

    NO_PROOF = "thieu-tlkc"
    BROKEN_FILE = "tep-hong"
    CONTRADICTION = "trai-nhau"
    AFTER_DEADLINE = "qua-thoi-han"
    WRONG_DATE = "sai-ngay"
    DRAFT = "thieu-so-ngay"
    FIGURE = "lech-so-lieu"
    NO_PART = "thieu-muc-trang"
    ILLUSTRATIVE = "diem-minh-hoa"


CHECK_NAMES: Final[Mapping[Check, str]] = {
    Check.NO_PROOF: "Chưa có gì chứng minh",
    Check.BROKEN_FILE: "Tệp mất hoặc bị đổi",
    Check.CONTRADICTION: "Trả lời trái nhau",
    Check.AFTER_DEADLINE: "Sau thời hạn của tiêu chí",
    Check.WRONG_DATE: "Ngày ngoài khoảng cho phép",
    Check.DRAFT: "Thiếu số, ngày văn bản",
    Check.FIGURE: "Lệch số liệu thống kê",
    Check.NO_PART: "Chưa ghi mục, trang",
    Check.ILLUSTRATIVE: "Điểm minh hoạ",
}


class Level(StrEnum):
    """How much a finding weighs."""

    RISK = "de-mat-diem"
    MEND = "nen-bo-sung"
    KNOW = "can-biet"


LEVEL_NAMES: Final[Mapping[Level, str]] = {
    Level.RISK: "Dễ mất điểm",
    Level.MEND: "Nên bổ sung",
    Level.KNOW: "Cần biết",
}


class FileState(StrEnum):
    """How the newest file of a document is found."""

    WHOLE = "whole"
    MISSING = "missing"
    CHANGED = "changed"
    PURGED = "purged"


@dataclass(frozen=True, slots=True)
class Proof:
    """A document as it is attached to a criterion; ``file_state`` is None for one that has a link and no file.

    ``wants_number`` says that its kind bears a number and a date, ``wants_part`` that a part of it can be named.
    """

    document_id: str
    title: str
    is_plan: bool = False
    wants_number: bool = True
    wants_part: bool = True
    number: str = ""
    doc_date: date | None = None
    evidence_line: int | None = None
    part_text: str = ""
    file_state: FileState | None = FileState.WHOLE
    has_content: bool = True


@dataclass(frozen=True, slots=True)
class Clash:
    """Figures of a criterion that say something else than where they should come from."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that may not survive the appraisal: which criterion, how many claimed points, what to do.

    ``criterion`` is None for what concerns the whole set, ``document_id`` for what concerns no document.
    """

    check: Check
    level: Level
    criterion: Criterion | None
    points: Decimal
    message: str
    remedy: str
    document_id: str | None = None

    @property
    def code(self) -> str:
        """Give the code of the criterion, or the empty text."""
        return "" if self.criterion is None else self.criterion.code

    @property
    def responsible(self) -> str:
        """Name the unit that the print makes responsible, or the empty text."""
        return "" if self.criterion is None else self.criterion.responsible or ""
