"""How codes count on: where a row of siblings jumps over a number or goes back.

Provinces number by figures (1.1, 1.2), Roman figures (I, II), capital and small letters (a, b, c, d, đ, e; some leave
out đ). Only the last piece of a code counts; 010 is a name of its own and no figure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_MOST_NAMED: Final = 3
_FIGURE: Final = re.compile(r"0|[1-9]\d{0,3}", re.ASCII)
_PIECE: Final = re.compile(r"^(.*?)([^.]*)$")


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a count does not go on: ``code`` does not follow ``before`` ('' where it is the first).

    ``missing`` names the first few codes in between; none where the count goes back.
    """

    code: str
    before: str
    missing: tuple[str, ...]


def gaps(codes: Sequence[str]) -> tuple[Gap, ...]:
    """List where the count of siblings jumps or goes back; nothing for codes that do not count.

    >>> [(gap.code, gap.missing) for gap in gaps(["1.1", "1.2", "1.4"])]
    [('1.4', ('1.3',))]
    >>> gaps(["a", "b", "c", "d", "đ"]), gaps(["a", "b", "c", "d", "e"])
    ((), ())
    """
    pieces = [_PIECE.fullmatch(code) for code in codes]
    found = [(piece[1], piece[2]) for piece in pieces if piece]
    if len({stem for stem, _ in found}) != 1:
        return ()
    stem, names = found[0][0], [name for _, name in found]
    rows = (_figures(names),) if all(map(_FIGURE.fullmatch, names)) else _ROWS
    # The count in which the fewest places are odd is the one that was meant: I, V and X may be letters or figures.
    counted = (tuple(_gaps(codes, stem, names, row)) for row in rows if all(name in row for name in names))
    return min(counted, key=len, default=())


def _gaps(codes: Sequence[str], stem: str, names: Sequence[str], row: Sequence[str]) -> Iterator[Gap]:
    places = [row.index(name) for name in names]
    if places[0] > 0:
        yield Gap(codes[0], "", _named(stem, row[: places[0]]))
    for (before, place), (code, after) in pairwise(zip(codes, places, strict=True)):
        if after != place + 1:
            yield Gap(code, before, _named(stem, row[place + 1 : after]))


def _named(stem: str, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{stem}{name}" for name in names[:_MOST_NAMED])


def _figures(names: Sequence[str]) -> list[str]:
    first = "0" if "0" in names else "1"
    return [str(number) for number in range(int(first), max(map(int, names)) + 1)]


def _roman(number: int) -> str:
    text = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += sign * (number // value)
        number %= value
    return text


_VIETNAMESE: Final = list("abcdđeghiklmnopqrstuvxy")
_LATIN: Final = list("abcdefghijklmnopqrstuvwxyz")
_ROWS: Final[tuple[list[str], ...]] = (
    [_roman(number) for number in range(1, 40)],
    _VIETNAMESE,
    _LATIN,
    [letter.upper() for letter in _VIETNAMESE],
    [letter.upper() for letter in _LATIN],
)
