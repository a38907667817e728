"""Points that are printed inside a line: "(0,5 điểm)", ": 0,25", "được 50% số điểm", "không có điểm"."""

import re
from decimal import Decimal

from cchc_core.rules.decimals import HUNDRED, ZERO, parse_vietnamese
from cchc_core.rules.problems import AmbiguousNumber, NotANumber

NUMBER = r"\d+(?:[.,]\d+)?"
_CUE = r"(?:duoc|dat|cham|danh gia|tinh|tru|giam|cong|them|thuong|toi da|la|[:=(–-])"
_AT_END = re.compile(rf"(?<![x×*/.,\d])(?<![x×*/] )[-+−]?({NUMBER})\s*(?:diem|d)\s*[.;,)\]]*$")
_AFTER_CUE = re.compile(rf"\b{_CUE}\s*[-+−]?({NUMBER})\s*diem\b")
_BARE = re.compile(rf"[:=]\s*[-+−]?({NUMBER})\s*[.;)]*$")
_NOTHING = re.compile(r"\bkhong (?:co|duoc|tinh|cham|cho)(?: tinh| cham)? diem\b")
_ALL = re.compile(
    r"\b(?:tron|du|tuyet doi)(?: so)? diem\b|\b(?:duoc|dat|cham|tinh|cho) (?:so )?diem (?:toi da|tuyet doi)\b"
)
_SHARE = re.compile(rf"({NUMBER})\s*% (?:cua )?(?:tong )?(?:so )?diem\b")
_FORMULA = re.compile(r"[x×*]\s*(?:\d|diem|\()|[/:]\s*100\s*%(?! (?:cua )?(?:tong )?(?:so )?diem)|\bcong thuc\b")


def inline_points(plain: str, most: Decimal | None) -> Decimal | None:
    """Find the points that a folded line names for itself; None where it names none, or only a formula.

    ``most`` settles "điểm tối đa" and "50% số điểm".

    >>> inline_points("co ban hanh ke hoach: 0,25", None)
    Decimal('0.25')
    >>> inline_points("ban hanh cham duoc 50% so diem", Decimal(1))
    Decimal('0.5')
    """
    if _FORMULA.search(plain):
        return None
    if _NOTHING.search(plain):
        return ZERO
    if most is not None and (share := _SHARE.search(plain)):
        percent = number(share[1])
        return None if percent is None else most * percent / HUNDRED
    found = _AT_END.search(plain) or _AFTER_CUE.search(plain) or _BARE.search(plain)
    if found:
        value = number(found[1])
        # "niêm yết tại 03 điểm" is a place, and more than the maximum nobody earns.
        return None if value is None or (most is not None and value > most) else value
    return most if _ALL.search(plain) else None


def number(text: str) -> Decimal | None:
    """Read a figure of a sentence; None for one that can be read in two ways ("1.234").

    >>> number("0,5"), number("1.234")
    (Decimal('0.5'), None)
    """
    try:
        return parse_vietnamese(text)
    except (AmbiguousNumber, NotANumber):
        return None
