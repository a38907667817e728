"""The body that issued a paper: the last one of those printed in capitals above the number.

"ỦY BAN NHÂN DÂN / TỈNH SÓC TRĂNG / SỞ THÔNG TIN / VÀ TRUYỀN THÔNG" is the body above and the body itself, two lines
each. Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 2.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from cchc_core.text import fold

# Folded words that the name of a body begins with; a line that begins with none of them goes on with the one above.
_BODIES: Final = (
    "uy ban nhan dan", "uy ban", "ubnd", "hoi dong", "hdnd", "tinh uy", "thanh uy", "huyen uy", "dang uy",
    "dang bo", "chi bo", "bo", "tong cuc", "cuc", "chi cuc", "so", "ban", "van phong", "thanh tra", "phong",
    "trung tam", "vien", "truong", "benh vien", "quy", "to cong tac", "cong doan", "lien doan", "hoi", "tinh doan",
    "doan", "kho bac", "cong an", "toa an", "vien kiem sat", "ngan hang", "bao hiem xa hoi", "chinh phu",
    "thu tuong", "cong ty", "tap doan", "bo chi huy",
)  # fmt: skip
# "BAN NHÂN DÂN TỈNH" and "PHÒNG CHÁY" go on with the line above.
_NO_BODIES: Final = ("ban nhan dan", "phong chong", "phong chay", "bo phan", "hoi nhap", "so huu", "doan ket")
_PLACE: Final = re.compile(r"^(?:tỉnh|thành|phố|huyện|thị|quận|phường|trấn|xã(?! hội))\b")
_BODY_ONCE: Final = re.compile(r"^(?:" + "|".join(map(re.escape, _BODIES)) + r")(?:\s|$)")
_KIND_OF_BODY: Final = (
    "Ủy ban nhân dân", "Uỷ ban nhân dân", "Hội đồng nhân dân", "Văn phòng", "Trung tâm", "Chi cục", "Tổng cục", "Cục",
    "Thanh tra", "Phòng", "Sở", "Bộ", "Ban", "Viện", "Trường", "Quỹ",
)  # fmt: skip
_ABBREVIATIONS: Final = ("UBND", "HĐND", "CNTT", "KHCN", "TN&MT", "BQL", "CCHC", "KCN")
_OPENS_A_NAME: Final = ("và", "-", "–")
_MOST: Final = 300


def issuer_in(lines: Iterable[str]) -> str:
    """Name the issuing body in running text, or give "" where no line in capitals stands above the number.

    >>> issuer_in(["ỦY BAN NHÂN DÂN", "TỈNH SÓC TRĂNG", "SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"])
    'Sở Thông tin và Truyền thông'
    >>> issuer_in(["UBND TỈNH SƠN LA"])
    'UBND tỉnh Sơn La'
    """
    bodies = list(_bodies(line for line in lines if line.isupper()))
    return in_running_text(bodies[-1])[:_MOST] if bodies else ""


def _bodies(lines: Iterable[str]) -> Iterator[str]:
    gathered: list[str] = []
    for line in lines:
        folded = fold(line)
        if gathered and _BODY_ONCE.match(folded) and not folded.startswith(_NO_BODIES):
            yield " ".join(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield " ".join(gathered)


def in_running_text(name: str) -> str:
    """Give a body's name that is printed in capitals as it stands inside a sentence.

    >>> in_running_text("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI TỈNH NAM ĐỊNH")
    'Sở Lao động - Thương binh và Xã hội tỉnh Nam Định'
    """
    if not name.isupper():
        return name
    kind = next((each for each in _KIND_OF_BODY if name.casefold().startswith(f"{each.casefold()} ")), "")
    rest, words, is_open, in_place = name[len(kind) :].split(), [], True, False
    for index, word in enumerate(rest):
        joins, place = word.lower() in _OPENS_A_NAME, bool(_PLACE.match(" ".join(rest[index : index + 2]).lower()))
        in_place = place or (in_place and not joins)
        if word not in _ABBREVIATIONS:
            is_name = (is_open or in_place) and not (joins or place)
            word = word.capitalize() if is_name else word.lower()
        words.append(word)
        is_open = joins or word in _ABBREVIATIONS
    told = " ".join([*filter(None, [kind]), *words])
    return told[:1].upper() + told[1:]
