"""Which room of the department a plan means: the printed lead, recognised by its folded name."""

import re
from collections.abc import Iterable
from typing import Final

from cchc_core.store.units import Unit
from cchc_core.text import fold

_JOINS: Final = re.compile(r"\s*[&\-–]\s*|\bva\b")
_OF_THE_DEPARTMENT: Final = re.compile(r" (?:thuoc )?so$")
# What may follow the name of a room without making it another one: "Văn phòng Đăng ký đất đai" is not "Văn phòng".
_AFTER: Final = re.compile(
    r"$|[;,.:(]|\s+(?:so|thuoc so|cung|phoi hop|chu tri|chiu|tham muu|thuc hien|thong qua|dua|tiep nhan)\b|\s*[;,.:(]"
)


def recognised(lead_text: str, units: Iterable[Unit]) -> str | None:
    """Give the unit that the printed lead begins with; None where it begins with none of them.

    >>> from cchc_core.store.units import Unit, UnitKind
    >>> office = Unit("vp", "so", UnitKind.ROOM, "Văn phòng Sở")
    >>> recognised("Văn phòng (phối hợp với Ban điện tử)", [office])
    'vp'
    >>> recognised("Các đơn vị thuộc Sở cùng Văn phòng Sở", [office]) is None
    True
    """
    printed = _plain(lead_text)
    found = {unit.id: name for unit in units for name in _names(unit.name) if _begins(printed, name)}
    return max(found, key=lambda unit_id: len(found[unit_id]), default=None)


def _plain(text: str) -> str:
    return " ".join(_JOINS.sub(" ", fold(text)).split())


def _names(name: str) -> set[str]:
    whole = _plain(name)
    short = _OF_THE_DEPARTMENT.sub("", whole)
    bare = short.removeprefix("phong ")
    return {form for form in (whole, short, bare, f"phong {bare}") if form}


def _begins(printed: str, name: str) -> bool:
    return printed.startswith(name) and _AFTER.match(printed, len(name)) is not None
