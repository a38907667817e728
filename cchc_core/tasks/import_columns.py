"""Where a workbook's table of tasks stands: its header row, and which column is which, by name.

Names are compared without diacritics and by likeness: every office heads its columns a little differently.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cchc_core.text import fold
from cchc_core.workbook_in.model import Row, SheetIn


class Field(StrEnum):
    """A column of a plan."""

    NUMBER = "number"
    TITLE = "title"
    PRODUCTS = "products"
    LEAD = "lead"
    COORDINATING = "coordinating"
    TIME = "time"
    FUNDING = "funding"
    HOW = "how"
    NOTE = "note"


FIELD_NAMES: Final[Mapping[Field, str]] = {
    Field.NUMBER: "STT",
    Field.TITLE: "Nhiệm vụ",
    Field.PRODUCTS: "Sản phẩm",
    Field.LEAD: "Chủ trì",
    Field.COORDINATING: "Phối hợp",
    Field.TIME: "Thời gian",
    Field.FUNDING: "Kinh phí",
    Field.HOW: "Cách thức thực hiện",
    Field.NOTE: "Ghi chú",
}
# Folded, the surest name first; a column that only begins with one of them is it as well.
_KNOWN_AS: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.NUMBER: ("stt", "tt", "so tt", "so thu tu", "muc", "ma nhiem vu", "ma"),
    Field.TITLE: (
        "nhiem vu",
        "ten nhiem vu",
        "noi dung nhiem vu",
        "nhiem vu cu the",
        "nhiem vu hoat dong",
        "noi dung cong viec",
        "noi dung",
        "cong viec",
        "hoat dong",
    ),
    Field.PRODUCTS: (
        "san pham",
        "ket qua san pham",
        "ket qua dau ra",
        "san pham dau ra",
        "du kien san pham",
        "ket qua",
    ),
    Field.LEAD: (
        "chu tri",
        "don vi chu tri",
        "co quan chu tri",
        "phong chu tri",
        "co quan don vi chu tri",
        "don vi thuc hien",
        "phu trach",
        "don vi phu trach",
    ),
    Field.COORDINATING: ("phoi hop", "don vi phoi hop", "co quan phoi hop", "co quan don vi phoi hop"),
    Field.TIME: (
        "thoi gian",
        "thoi han",
        "tien do",
        "thoi gian hoan thanh",
        "thoi gian thuc hien",
        "han hoan thanh",
        "han",
    ),
    Field.FUNDING: ("kinh phi", "nguon kinh phi", "du kien kinh phi", "kinh phi thuc hien", "du toan"),
    Field.HOW: ("cach thuc thuc hien", "cach thuc", "bien phap", "giai phap", "phuong phap"),
    Field.NOTE: ("ghi chu", "chu thich"),
}
_LONGEST_NAME, _LOOKS_LIKE, _BEGINS_LIKE, _CONTAINS = 80, 86.0, 84.0, 70.0
_FEWEST_COLUMNS, _FEWEST_SURE = 3, 2
# A row with a number in it is a task whose words look like names of columns.
_NUMBERED: Final = re.compile(r"\d+([.,/]\d+)*\.?")


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its first and last row, which column holds what, and columns that claim what another one is."""

    first_row: int
    last_row: int
    columns: Mapping[Field, int]
    names: Mapping[int, str]
    rivals: tuple[tuple[Field, int, int], ...] = ()

    def is_like(self, other: "Header") -> bool:
        """Tell whether the other one heads the same columns, as on the next page of a long table."""
        return self.columns == other.columns

    def unknown(self) -> Iterator[tuple[int, str]]:
        """Give the columns with a name that says nothing to a plan."""
        known = set(self.columns.values())
        return ((column, name) for column, name in sorted(self.names.items()) if column not in known)


def headers_of(sheet: SheetIn) -> tuple[Header, ...]:
    """Find the header rows of a sheet, from the top; none where no row names a task and two more columns."""
    found: list[Header] = []
    for row, below in zip(sheet.rows, (*sheet.rows[1:], None), strict=True):
        if found and row.number <= found[-1].last_row:
            continue
        header = _header(row, below)
        if header is not None:
            found.append(header)
    return tuple(found)


def _header(row: Row, below: Row | None) -> Header | None:
    upper = _names(row)
    if any(_NUMBERED.fullmatch(name) for name in upper.values()):
        return None
    alone = _matched(row.number, row.number, upper)
    if below is None or below.number != row.number + 1:
        return alone
    joined = _matched(row.number, below.number, {**upper, **_names(below)})
    if joined is None or not upper:
        return alone
    # A second row belongs to the header where it says more: «Đơn vị» over «Chủ trì» and «Phối hợp».
    is_richer = len(joined.columns) > (len(alone.columns) if alone else _known(upper))
    return joined if is_richer and _known(upper) else alone


def _known(names: Mapping[int, str]) -> int:
    return len({best[0] for name in names.values() if (best := _best(name))})


def _names(row: Row) -> dict[int, str]:
    return {column: cell.text for column, cell in row.filled() if cell.text and len(cell.text) <= _LONGEST_NAME}


def _matched(first_row: int, last_row: int, names: Mapping[int, str]) -> Header | None:
    claims = sorted(
        ((score, column, field) for column, name in names.items() for field, score in _claims(name)),
        key=lambda claim: (-claim[0], claim[1]),
    )
    columns: dict[Field, int] = {}
    scores: dict[Field, float] = {}
    rivals = []
    for score, column, field in claims:
        if field in columns:
            if column not in columns.values() and score >= scores[field]:
                rivals.append((field, columns[field], column))
        elif column not in columns.values():
            columns[field], scores[field] = column, score
    sure = sum(score >= _BEGINS_LIKE for score in scores.values())
    if Field.TITLE not in columns or len(columns) < _FEWEST_COLUMNS or sure < _FEWEST_SURE:
        return None
    return Header(first_row, last_row, columns, dict(names), tuple(rivals))


def _claims(name: str) -> list[tuple[Field, float]]:
    return [(field, score) for field in Field if (score := _score(name, field)) > 0]


def _best(name: str) -> tuple[Field, float] | None:
    return max(_claims(name), key=lambda claim: claim[1], default=None)


def _score(name: str, field: Field) -> float:
    """Say how surely a column's name means a field: 100 for one of its names, 0 for something else."""
    from rapidfuzz import fuzz

    folded = " ".join(re.findall(r"[a-z0-9]+", fold(re.sub(r"\([^)]*\)", " ", name))))
    known = _KNOWN_AS[field]
    if not folded:
        return 0.0
    if folded in known:
        return 100.0
    likest = max(fuzz.ratio(folded, each) for each in known if len(each) > 3)
    if likest >= _LOOKS_LIKE:
        return float(likest)
    if any(folded.startswith(f"{each} ") for each in known):
        return _BEGINS_LIKE
    return _CONTAINS if any(f" {each} " in f" {folded} " for each in known if len(each) > 3) else 0.0
