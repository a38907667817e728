"""Marks of secrecy (độ mật): what bears one may not be kept in this system at all.

Luật Bảo vệ bí mật nhà nước số 29/2018/QH14, Điều 5 forbids to keep or pass on state secrets in computers and networks
that do not meet the rules for them; Điều 8 has three degrees: Tuyệt mật, Tối mật, Mật.
"""

import re
import unicodedata
from typing import Final

from cchc_core.errors import Refused
from cchc_core.text import nfc

DEGREES: Final = ("tuyệt mật", "tối mật", "mật")
_DEGREE = r"(tuyệt\s+mật|tối\s+mật|mật)"
# A stamp stands alone on its line, in brackets, or after the word "độ mật"; "bí mật", "mật độ" and "bảo mật" are none.
_PATTERNS: Final = (
    re.compile(rf"^[\W_]*(?:độ\s+mật\s*[:.\-–]?\s*)?{_DEGREE}[\W_]*$", re.I | re.M),
    re.compile(rf"[(\[{{<«]\s*(?:độ\s+mật\s*[:.\-–]?\s*)?{_DEGREE}\s*[)\]}}>»]", re.I),
    re.compile(rf"\bđộ\s+mật\s*[:\-–]\s*{_DEGREE}\b(?!\s+(?:độ|khẩu|mã))", re.I),
    re.compile(r"\b(TUYỆT\s+MẬT|TỐI\s+MẬT)\b"),
    re.compile(r"(?:^|[\-–_.])\s*(TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)\s*(?:$|[\-–_.])"),
)


class SecretRefused(Refused):
    """The document bears a mark of secrecy."""

    code = "TL-20"
    what = "tài liệu mang dấu độ mật «{degree}»"
    remedy = (
        "Luật Bảo vệ bí mật nhà nước 2018 (Điều 5) không cho lưu bí mật nhà nước trên hệ thống này. Hãy chứng minh "
        "bằng tài liệu không mật, hoặc ghi thuyết minh và xuất trình bản giấy theo quy định."
    )


def degree_in(text: str) -> str | None:
    """Find a mark of secrecy in a text, None where there is none.

    >>> degree_in("UBND TỈNH\\nMẬT\\nSố: 05/BC-UBND"), degree_in("Báo cáo quý I (Tối mật)")
    ('mật', 'tối mật')
    >>> degree_in("Kế hoạch bảo vệ bí mật nhà nước"), degree_in("Bảo mật hệ thống, mật độ dân số")
    (None, None)
    """
    plain = nfc(unicodedata.normalize("NFKC", text))
    found = [match[1] for pattern in _PATTERNS for match in pattern.finditer(plain)]
    degrees = {" ".join(degree.casefold().split()) for degree in found}
    return next((degree for degree in DEGREES if degree in degrees), None)


def refuse_secrets(where: str, *texts: str) -> None:
    """Refuse texts of which one bears a mark of secrecy. Raises SecretRefused."""
    for text in texts:
        degree = degree_in(text)
        if degree is not None:
            raise SecretRefused(where, degree=degree.capitalize())
