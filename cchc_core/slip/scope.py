"""Which criteria a slip is for: all of an assessment, some sections, or those that are given to a room."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cchc_core.errors import NotFound
from cchc_core.sheet import Sheet
from cchc_core.store import units
from cchc_core.store.database import Database
from cchc_core.store.directory import directory
from cchc_core.text import clean_line, fold
from cchc_core.titles import sentence_case


class By(StrEnum):
    """How the criteria of a slip are chosen, by the name that addresses give it."""

    ALL = "tat-ca"
    ROOM = "phong"
    GIVEN = "giao"
    SECTION = "lv"


@dataclass(frozen=True, slots=True)
class Scope:
    """Some criteria of an assessment under a name; ``key`` is what an address calls them by."""

    by: By
    key: str
    name: str
    codes: frozenset[str]


def scopes(database: Database, sheet: Sheet) -> tuple[Scope, ...]:
    """List what a slip can be made for: all; each section; each room that criteria name; each wording of who does it.

    A criterion is a room's where its «đơn vị thực hiện» names the room.
    """
    every = frozenset(leaf.code for leaf in sheet.rubric.leaves)
    sections = [
        Scope(
            By.SECTION,
            section.code,
            f"{section.code} · {sentence_case(section.title)}",
            _of_section(sheet, section.code),
        )
        for section in sheet.rubric.sections
    ]
    found = [Scope(By.ALL, "", "", every), *sections, *_rooms(database, sheet), *_wordings(sheet)]
    return tuple(scope for scope in found if scope.codes)


def find_scope(database: Database, sheet: Sheet, by: str, keys: Sequence[str]) -> Scope:
    """Give what an address asks for; several sections come together. Raises NotFound."""
    listed = [each for each in scopes(database, sheet) if each.by == by and (each.by is By.ALL or each.key in keys)]
    if not listed or (listed[0].by is not By.ALL and len(listed) < len(set(keys))):
        raise NotFound("Phiếu Excel", thing="phần của bảng chấm", key=clean_line(", ".join(keys))[:80])
    codes = frozenset(code for each in listed for code in each.codes)
    name = listed[0].name if len(listed) == 1 else f"lĩnh vực {', '.join(each.key for each in listed)}"
    return Scope(listed[0].by, ",".join(each.key for each in listed), name, codes)


def _of_section(sheet: Sheet, code: str) -> frozenset[str]:
    return frozenset(leaf.code for leaf in sheet.rubric.leaves_of(code))


def _rooms(database: Database, sheet: Sheet) -> list[Scope]:
    with database.read() as connection:
        of = directory(connection).department_of
        department = of.get(sheet.assessment.unit_id)
        rooms = [unit for unit in units.present(connection) if unit.parent_id and of.get(unit.id) == department]
    return [Scope(By.ROOM, room.id, room.name, _naming(sheet, room.name)) for room in rooms]


def _naming(sheet: Sheet, name: str) -> frozenset[str]:
    return frozenset(leaf.code for leaf in sheet.rubric.leaves if _names(leaf.responsible or "", name))


def _names(responsible: str, name: str) -> bool:
    """Tell whether a room is named, in whole words.

    >>> _names("Phòng 10, phòng Tổ chức", "Phòng Tổ chức"), _names("Phòng 10", "Phòng 1")
    (True, False)
    """
    return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(responsible)) is not None


def _wordings(sheet: Sheet) -> list[Scope]:
    found: dict[str, set[str]] = {}
    for leaf in sheet.rubric.leaves:
        if leaf.responsible:
            found.setdefault(leaf.responsible, set()).add(leaf.code)
    return [Scope(By.GIVEN, words, words, frozenset(codes)) for words, codes in found.items()]
