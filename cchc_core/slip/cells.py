"""Where a criterion stands in the form, whether there is an answer, and what is wrong with what is typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from cchc_core.slip.fields import Field, Kind
from cchc_core.slip.live import how_many_filled, is_filled, quoted

Wrong = tuple[str, str]
"""A condition under which something is wrong, and what to say then."""


@dataclass(frozen=True, slots=True)
class Options:
    """Where the levels of a criterion stand on the sheet of lists: their texts, their numbers, their points."""

    texts: str
    numbers: str
    points: str


@dataclass(frozen=True, slots=True)
class Cells:
    """Where a criterion stands: its input cells by field, its maximum, the points of its rule."""

    inputs: Mapping[str, str]
    most: str
    raw: str
    options: Options | None = None


def first_wrong(answered: str, of_answer: tuple[Wrong, ...], of_all: tuple[Wrong, ...]) -> str:
    """Say the first thing that is wrong, or nothing; what the rule wants only where there is an answer."""
    inner = '""'
    for condition, message in reversed(of_all):
        inner = f"IF({condition},{quoted(message)},{inner})"
    rule = inner
    for condition, message in reversed(of_answer):
        rule = f"IF({condition},{quoted(message)},{rule})"
    return rule if rule == inner else f"IF({answered}=0,{inner},{rule})"


def answered(cells: Cells, fields: tuple[Field, ...], falls_away: str | None) -> str:
    """Tell whether there is an answer: 0 none, 1 one, 2 one by which the criterion does not apply."""
    names = [field.name for field in fields if field.is_of_answer and field.kind is not Kind.CLOSED]
    if not names:
        return "0"
    first, last = cells.inputs[names[0]], cells.inputs[names[-1]]
    some = is_filled(first) if first == last else f"{how_many_filled(first, last)}>0"
    return f"IF({some},1,0)" if falls_away is None else f"IF({some},IF({falls_away},2,1),0)"
