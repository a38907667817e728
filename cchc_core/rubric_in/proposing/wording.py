"""The words of a leaf as proposing looks at them: its title, the titles above it, its lines with their points."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from cchc_core.rubric_in.model import ImportedNode, PrintedLine
from cchc_core.rubric_in.proposing.inline_points import inline_points
from cchc_core.rules.decimals import format_points
from cchc_core.rules.explain import one_line
from cchc_core.rules.kinds import Effect, Rule
from cchc_core.text import fold, nfc

# Number patterns need a space behind them, so that "1.0 điểm" and "1 văn bản" keep their figure.
_MARKER = re.compile(
    r"(?:[-–—+•*●▪✓]\s*|\(?\d{1,2}\)\s*|\d{1,2}(?:\.\d{1,2})*\.\s*(?!\d)|\d{1,2}(?:\.\d{1,2})+\s+(?!(?:điểm|đ)\b)"
    r"|\(?[a-zđ]\)\s*|[a-zđ]\.\s+|[ivx]{1,4}[.)]\s+)",
    re.IGNORECASE,
)
# Nobody prints a longer line; one of a hostile file must not keep the patterns busy.
_MOST_READ = 2_000
# Spelled out: folded, "chậm" and "chấm", "chưa" and "chữa" are one word.
_NEGATIVE = re.compile(
    r"(?:(?:trường hợp |nếu |đơn vị |cơ quan |số )*(?:không|chưa|dưới|trễ|chậm|thiếu|(?:các trường hợp )?còn lại)\b)"
    r"|(?:.*\b(?:không|chưa) (?:đạt|thực hiện|ban hành|(?:đảm|bảo) (?:bảo|đảm)|đầy đủ|đúng|kịp thời|xây dựng)\b)"
)
# A line, a part of a sentence, or a sentence that ends in its points.
_ENDS = re.compile(r"\n|;\s|(?<=điểm)\.\s+")
# «…: 0,5. Không đầy đủ: 0» is two lines: without the break the 0,5 would be lost.
_POINTS_THEN_STOP = re.compile(r"([:=]\s*\d+(?:[.,]\d+)?)\.\s+(?=\S)")
_RATE = re.compile(r"(?:ty|ti) (?:le|trong)\b")


@dataclass(frozen=True, slots=True)
class Words:
    """A text on one line without its marker ("1.", "-", "a)"), and its beginning folded, letter under letter."""

    text: str
    plain: str

    @property
    def spelled(self) -> str:
        """The beginning in small letters with all marks, for words that folding would confuse."""
        return self.text[:_MOST_READ].lower()

    def said(self, start: int, end: int) -> str:
        """Give a stretch that was found in the folded text as it is printed."""
        said = self.text[start:end].strip(" \t:;,.-–")
        if said.count("(") != said.count(")"):
            said = said.strip("()")
        return said.strip(" \t:;,.-–")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a leaf; ``points`` is what is printed beside or inside it, without its sign."""

    words: Words
    points: Decimal | None

    @property
    def plain(self) -> str:
        """The folded text."""
        return self.words.plain

    @property
    def text(self) -> str:
        """The text as printed, without its marker."""
        return self.words.text

    @property
    def is_negative(self) -> bool:
        """Tell whether the line says that something was not done or not reached."""
        return _NEGATIVE.match(self.words.spelled) is not None

    @property
    def is_rate(self) -> bool:
        """Tell whether the line begins with a rate ("Tỷ lệ …")."""
        return _RATE.match(self.plain) is not None


@dataclass(frozen=True, slots=True)
class Wording:
    """All that a rule may be read from; ``most`` is the printed maximum without its sign, if there is one."""

    title: Words
    path: tuple[Words, ...]
    rows: tuple[Row, ...]
    most: Decimal | None
    effect: Effect = Effect.NORMAL

    @property
    def pointed(self) -> tuple[Row, ...]:
        """The lines with points."""
        return tuple(row for row in self.rows if row.points is not None)

    @property
    def points(self) -> tuple[Decimal, ...]:
        """The points of the lines, in printed order."""
        return tuple(row.points for row in self.rows if row.points is not None)

    def with_effect(self, effect: Effect) -> "Wording":
        """Give the same leaf as a bonus, a penalty or neither."""
        return replace(self, effect=effect)

    def is_most(self, points: Decimal) -> bool:
        """Tell whether points reach the maximum; where none is printed any do."""
        return self.most is None or points == self.most


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule that fits, how surely, and what it was read from; a rule of None is a reason why none fits."""

    rule: Rule | None
    confidence: float
    reason: str


@lru_cache(maxsize=2048)
def words(text: str) -> Words:
    """Take a text apart from its marker and fold it."""
    line = nfc(text)
    line = " ".join(line.split()) if line.isprintable() else one_line(line)
    line = line[found.end() :] if (found := _MARKER.match(line)) else line
    read = line[:_MOST_READ]
    plain = fold(read)
    return Words(line if len(plain) == len(read) else plain, plain)


def wording_of(node: ImportedNode, path: Sequence[str]) -> Wording:
    """Take a leaf apart; a first line that only repeats the title with its maximum is left out."""
    # A maximum of 0 is what a torn table leaves: it settles nothing.
    title, most = words(node.title), abs(node.max_points) if node.max_points else None
    rows = tuple(row for line in node.lines for row in _rows(line, most) if row.text)
    if len(rows) > 1 and rows[0].points in (None, most) and rows[0].plain == title.plain:
        rows = rows[1:]
    return Wording(title, tuple(words(above) for above in path), rows, most)


def _rows(line: PrintedLine, most: Decimal | None) -> Iterator[Row]:
    ended = _POINTS_THEN_STOP.sub(r"\1\n", line.text)
    pieces = [words(piece) for piece in _ENDS.split(ended) if piece.strip()]
    found = [inline_points(piece.plain, most) for piece in pieces]
    if len(pieces) > 1 and sum(points is not None for points in found) > 1:
        yield from (Row(piece, points) for piece, points in zip(pieces, found, strict=True))
        return
    if line.points is None and "\n" in line.text:
        yield from (Row(piece, points) for piece, points in zip(pieces, found, strict=True))
        return
    whole = words(line.text)
    yield Row(whole, inline_points(whole.plain, most) if line.points is None else abs(line.points))


def with_rows(wording: Wording, rows: Sequence[Row]) -> Wording:
    """Give the same leaf with other lines."""
    return replace(wording, rows=tuple(rows))


def shown(points: Sequence[Decimal]) -> str:
    """Print points for a reason: "1,0000; 0,5000"."""
    return "; ".join(format_points(value) for value in points)
