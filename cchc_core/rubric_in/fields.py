"""What the columns of a printed criteria set are called, and how surely a name means a field.

Names are compared without diacritics and by likeness: every province heads its columns a little differently.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

from cchc_core.text import fold


class Field(StrEnum):
    """A column of a criteria set; the last seven stand in the template only."""

    CODE = "code"
    TITLE = "title"
    POINTS = "points"
    EVIDENCE = "evidence"
    HOW = "how"
    DEADLINE = "deadline"
    FUNDING = "funding"
    RESPONSIBLE = "responsible"
    COORDINATING = "coordinating"
    NOTE = "note"
    GIVEN = "given"
    KIND = "kind"
    RULE = "rule"
    OPTIONS = "options"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    APPLIES_TO = "applies_to"
    EFFECT = "effect"


FIELD_NAMES: Final[Mapping[Field, str]] = {
    Field.CODE: "Mã",
    Field.TITLE: "Nội dung tiêu chí",
    Field.POINTS: "Điểm tối đa",
    Field.EVIDENCE: "Tài liệu kiểm chứng",
    Field.HOW: "Cách chấm",
    Field.DEADLINE: "Thời gian",
    Field.FUNDING: "Kinh phí",
    Field.RESPONSIBLE: "Chủ trì",
    Field.COORDINATING: "Phối hợp",
    Field.NOTE: "Ghi chú",
    Field.GIVEN: "",
    Field.KIND: "Loại dòng",
    Field.RULE: "Cách tính",
    Field.OPTIONS: "Phương án/mức",
    Field.NUMERATOR: "Tử số",
    Field.DENOMINATOR: "Mẫu số",
    Field.APPLIES_TO: "Áp dụng cho",
    Field.EFFECT: "Thưởng/trừ",
}
TEMPLATE_FIELDS: Final = (
    Field.KIND,
    Field.RULE,
    Field.OPTIONS,
    Field.NUMERATOR,
    Field.DENOMINATOR,
    Field.APPLIES_TO,
    Field.EFFECT,
)
# Of these one column alone can be right; the texts of two others are put together.
SINGLE_FIELDS: Final = frozenset({Field.CODE, Field.POINTS, *TEMPLATE_FIELDS})
# Folded, without marks. Of a name with one word nothing more is concluded than itself.
_KNOWN_AS: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.CODE: ("stt", "tt", "so tt", "so thu tu", "ma", "ma tieu chi", "ma so", "muc", "so hieu", "ma muc"),
    Field.TITLE: (
        "linh vuc tieu chi tieu chi thanh phan",
        "noi dung linh vuc tieu chi tieu chi thanh phan",
        "tieu chi tieu chi thanh phan",
        "noi dung",
        "noi dung tieu chi",
        "ten tieu chi",
        "tieu chi",
        "cac tieu chi",
        "linh vuc",
        "linh vuc tieu chi",
        "tieu chi thanh phan",
        "tieu chi danh gia",
        "noi dung danh gia",
        "noi dung cham diem",
        "noi dung nhiem vu",
        "noi dung cong viec",
        "nhiem vu",
    ),
    Field.POINTS: (
        "diem toi da",
        "diem chuan",
        "thang diem",
        "khung diem",
        "diem",
        "so diem",
        "diem so",
        "toi da",
        "diem quy dinh",
        "diem chuan toi da",
        "muc diem",
        "diem thanh phan",
    ),
    Field.EVIDENCE: (
        "tai lieu kiem chung",
        "tai lieu minh chung",
        "tai lieu chung minh",
        "ho so kiem chung",
        "van ban kiem chung",
        "minh chung",
        "kiem chung",
        "tlkc",
        "san pham",
        "san pham dau ra",
        "ket qua san pham",
        "tai lieu kem theo",
    ),
    Field.HOW: (
        "cach cham",
        "phuong an",
        "phuong an cham",
        "cach cham diem",
        "cach tinh diem",
        "phuong phap tinh",
        "phuong phap tinh diem",
        "phuong phap cham diem",
        "phuong phap danh gia",
        "cach danh gia",
        "cach xac dinh",
        "huong dan cham diem",
        "huong dan cham",
        "huong dan danh gia",
        "cong thuc tinh",
        "tieu chuan danh gia",
        "yeu cau danh gia",
        "muc do danh gia",
    ),
    Field.DEADLINE: (
        "thoi gian",
        "thoi han",
        "thoi gian hoan thanh",
        "thoi gian thuc hien",
        "han hoan thanh",
        "tien do",
    ),
    Field.FUNDING: ("kinh phi", "nguon kinh phi", "du kien kinh phi", "kinh phi thuc hien"),
    Field.RESPONSIBLE: (
        "chu tri",
        "don vi chu tri",
        "co quan chu tri",
        "phong chu tri",
        "don vi thuc hien",
        "phu trach",
        "don vi phu trach",
        "phong phu trach",
        "trach nhiem",
        "trach nhiem thuc hien",
        "don vi tham muu",
    ),
    Field.COORDINATING: ("phoi hop", "don vi phoi hop", "co quan phoi hop", "phong phoi hop"),
    Field.NOTE: ("ghi chu", "chu thich"),
    Field.GIVEN: (
        "tu cham",
        "tu danh gia",
        "tham dinh",
        "diem dat",
        "dat duoc",
        "diem danh gia",
        "diem kiem tra",
        "diem thuc te",
        "diem cham",
        "phuc tra",
        "hoi dong cham",
        "diem xhh",
        "dieu tra xhh",
        "y kien tham dinh",
        "diem de nghi",
    ),
    Field.KIND: ("loai dong",),
    Field.RULE: ("cach tinh", "loai cach tinh"),
    Field.OPTIONS: ("phuong an muc", "cac phuong an muc"),
    Field.NUMERATOR: ("tu so",),
    Field.DENOMINATOR: ("mau so",),
    Field.APPLIES_TO: ("ap dung cho", "doi tuong ap dung"),
    Field.EFFECT: ("thuong tru",),
}
EXACT, _GIVEN, LOOKS_LIKE, BEGINS_LIKE, _CONTAINS = 100.0, 95.0, 86.0, 84.0, 70.0
_FEWEST_LETTERS = 4


def claims_of(name: str) -> tuple[tuple[Field, float], ...]:
    """Say which fields a column's name may mean, and how surely: 100 for one of the known names.

    >>> claims_of("Điểm tự chấm")[0], claims_of("ĐIỂM TỐI ĐA")[0]
    ((<Field.GIVEN: 'given'>, 95.0), (<Field.POINTS: 'points'>, 100.0))
    """
    folded = " ".join(re.findall(r"[a-z0-9]+", fold(re.sub(r"\([^)]*\)", " ", name))))
    return _claims(folded) if folded else ()


@lru_cache(maxsize=2_000)
def _claims(folded: str) -> tuple[tuple[Field, float], ...]:
    found = [(field, score) for field in Field if (score := _score(folded, field)) > 0]
    return tuple(sorted(found, key=lambda claim: -claim[1]))


def _score(folded: str, field: Field) -> float:
    known = _KNOWN_AS[field]
    if field is Field.GIVEN:
        return _GIVEN if any(f" {each} " in f" {folded} " for each in known) else 0.0
    if folded in known:
        return EXACT
    if likest := _likest(folded, known):
        return likest
    return _by_words(folded, [each for each in known if " " in each or field is Field.TITLE])


def _likest(folded: str, known: tuple[str, ...]) -> float:
    from rapidfuzz import fuzz, process

    longer = [each for each in known if len(each) >= _FEWEST_LETTERS]
    found = process.extractOne(folded, longer, scorer=fuzz.ratio, processor=None, score_cutoff=LOOKS_LIKE)
    return float(found[1]) if found else 0.0


def _by_words(folded: str, known: list[str]) -> float:
    if any(folded.startswith(f"{each} ") for each in known):
        return BEGINS_LIKE
    return _CONTAINS if any(f" {each} " in f" {folded} " for each in known) else 0.0
