"""Narrowing the findings down to a level, a check, a section or who is responsible."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from cchc_core.handing_in.model import CHECK_NAMES, LEVEL_NAMES, Finding
from cchc_core.rubric.model import Rubric
from cchc_core.text import sort_key

OF_THE_SET: Final = "ca-bo"
"""Stands for the section of what concerns the whole set."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list is narrowed down to; None leaves a side open, an empty ``responsible`` means nobody is named."""

    level: str | None = None
    check: str | None = None
    section: str | None = None
    responsible: str | None = None

    def keeps(self, finding: Finding) -> bool:
        """Tell whether a finding stays in the list."""
        return all(wanted in (None, of(finding)) for wanted, of in zip(self._wanted(), _SIDES.values(), strict=True))

    def _wanted(self) -> tuple[str | None, ...]:
        return tuple(getattr(self, name) for name in _SIDES)


_SIDES: Final[Mapping[str, Callable[[Finding], str]]] = {
    "level": lambda finding: finding.level.value,
    "check": lambda finding: finding.check.value,
    "section": lambda finding: finding.criterion.section if finding.criterion else OF_THE_SET,
    "responsible": lambda finding: finding.responsible,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a side can be narrowed to, with how many findings would be listed."""

    key: str
    name: str
    count: int


def narrowed(found: Iterable[Finding], to: Narrowing) -> tuple[Finding, ...]:
    """Give the findings that stay, in their order."""
    return tuple(finding for finding in found if to.keeps(finding))


def choices(found: Iterable[Finding], rubric: Rubric, now: Narrowing) -> Mapping[str, tuple[Choice, ...]]:
    """Give what each side can be narrowed to, by the name of its field; counts follow the other sides."""
    found = tuple(found)
    return {
        side.name: _choices(side.name, narrowed(found, replace(now, **{side.name: None})), rubric)
        for side in fields(Narrowing)
    }


def _choices(side: str, found: tuple[Finding, ...], rubric: Rubric) -> tuple[Choice, ...]:
    keys = [_SIDES[side](finding) for finding in found]
    named = _names(side, keys, rubric)
    return tuple(Choice(key, name, keys.count(key)) for key, name in named.items() if key in keys)


def _names(side: str, keys: list[str], rubric: Rubric) -> Mapping[str, str]:
    match side:
        case "level":
            return {level.value: name for level, name in LEVEL_NAMES.items()}
        case "check":
            return {check.value: name for check, name in CHECK_NAMES.items()}
        case "section":
            return {section.code: section.title for section in rubric.sections} | {OF_THE_SET: "Cả bộ tiêu chí"}
        case _:
            return {key: key or "Chưa ghi đơn vị" for key in sorted(set(keys), key=sort_key)}
