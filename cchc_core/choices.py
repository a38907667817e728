"""Finding the one thing that a person means by an id, a code or a name, or saying what there is to choose from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cchc_core.errors import Refused
from cchc_core.text import fold


class NothingMatches(Refused):
    """Nothing is called that."""

    code = "DK-03"
    what = "không có {thing} «{asked}»"
    remedy = "Hãy ghi một trong: {choices}."


class SeveralMatch(Refused):
    """More than one thing is called that."""

    code = "DK-04"
    what = "có nhiều {thing} khớp với «{asked}»"
    remedy = "Hãy ghi rõ một trong: {choices}."


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its id, which is unique, and its names, the short one first, the speaking one last."""

    id: str
    names: tuple[str, ...]

    @property
    def shown(self) -> str:
        """How the choice is listed."""
        return f"{self.names[-1]} ({self.names[0]})"


def choose(thing: str, asked: str, choices: Iterable[Choice]) -> Choice:
    """Return the choice with that id, else the one with that name, else the one whose name contains it.

    Capitals, diacritics and đ/d make no difference.

    >>> quarter = Choice("p3", ("q3", "Quý III"))
    >>> choose("kỳ", "quy iii", [quarter, Choice("p4", ("year", "Năm"))]) == quarter
    True

    Raises:
        NothingMatches, SeveralMatch: both list the choices.
    """
    known = tuple({choice.id: choice for choice in choices}.values())
    wanted = fold(asked.strip())
    for match in (_by_id, _by_name, _by_part):
        found = [choice for choice in known if match(choice, asked.strip(), wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            raise SeveralMatch("Lệnh", thing=thing, asked=asked, choices=_listed(found))
    raise NothingMatches("Lệnh", thing=thing, asked=asked, choices=_listed(known))


def _by_id(choice: Choice, asked: str, wanted: str) -> bool:
    return choice.id == asked


def _by_name(choice: Choice, asked: str, wanted: str) -> bool:
    return any(fold(name) == wanted for name in choice.names)


def _by_part(choice: Choice, asked: str, wanted: str) -> bool:
    return bool(wanted) and any(wanted in fold(name) for name in choice.names)


def _listed(choices: Sequence[Choice]) -> str:
    return "; ".join(choice.shown for choice in choices) or "chưa có gì để chọn"
