"""Texts and points of one row put together: a title with its maximum, and lines with the points printed beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_core.rubric_in.model import PrintedLine
from cchc_core.rubric_in.texts import lines_of, one_line, parts_of


@dataclass(frozen=True, slots=True)
class Paired:
    """A title, its own points, and the lines below it; ``is_sure`` is False where points were left over."""

    title: str
    points: Decimal | None
    lines: tuple[PrintedLine, ...]
    is_sure: bool = True


def pair_node(title: str, how: str, points: Sequence[Decimal], place: str) -> Paired:
    """Put the cells of a criterion together: the first number is its maximum, the others belong to its lines."""
    lines = lines_of(title)
    head, below = (lines[0], lines[1:]) if lines else ("", [])
    of_how = lines_of(how)
    if len(points) <= 1:
        return Paired(head, next(iter(points), None), _lines([*below, *of_how], place))
    if (parts := parts_of(title, len(points))) is not None:
        return Paired(parts[0], points[0], (*_lines(parts[1:], place, points[1:]), *_lines(of_how, place)))
    return _several(head, [*below, *of_how], points, place)


def _several(head: str, below: list[str], points: Sequence[Decimal], place: str) -> Paired:
    if len(below) == len(points) - 1:
        return Paired(head, points[0], _lines(below, place, points[1:]))
    if len(below) == len(points):
        return Paired(head, None, _lines(below, place, points))
    parts = parts_of("\n".join(below), len(points) - 1)
    if parts is not None:
        return Paired(head, points[0], _lines(parts, place, points[1:]))
    return Paired(head, points[0], _lines(below, place), is_sure=False)


def pair_lines(title: str, how: str, points: Sequence[Decimal], place: str) -> tuple[tuple[PrintedLine, ...], bool]:
    """Put the cells of a row without a code together; False where its points fit no lines."""
    texts = "\n".join(filter(None, (title, how)))
    if not points:
        return _lines(lines_of(texts), place), True
    if len(points) == 1:
        return (PrintedLine(one_line(texts), points[0], place),), True
    parts = parts_of(texts, len(points))
    if parts is None:
        return _lines(lines_of(texts), place), False
    return _lines(parts, place, points), True


def _lines(texts: Iterable[str], place: str, points: Sequence[Decimal] = ()) -> tuple[PrintedLine, ...]:
    listed = list(texts)
    beside = [*points, *([None] * (len(listed) - len(points)))]
    return tuple(PrintedLine(text, each, place) for text, each in zip(listed, beside, strict=True))
