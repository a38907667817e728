"""The tree as it grows row by row: under which node a code belongs, and which code should come next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from cchc_core.rubric.bodies import BodyKind
from cchc_core.rubric.model import Evidence
from cchc_core.rubric_in.codes import DOTTED, LOWER, NUMBER, ROMAN, UPPER, Code, style_of, value_of
from cchc_core.rubric_in.model import NodeKind, PrintedLine, Proposal

_OUTER: Final = (ROMAN, UPPER)
_FRONT, _MOST_LEVELS = 12, 6


@dataclass(eq=False)
class Found:
    """A row that has become a node; ``key`` and ``kind`` are settled once the whole tree stands."""

    code: Code
    title: str
    place: str
    points: Decimal | None = None
    lines: list[PrintedLine] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    applies_to: tuple[BodyKind, ...] = ()
    proposal: Proposal | None = None
    is_penalty: bool = False
    is_bonus: bool = False
    points_in_title: bool = False
    parent: "Found | None" = None
    children: list["Found"] = field(default_factory=list)
    row: int = 0
    code_place: str = ""
    key: str = ""
    kind: NodeKind = NodeKind.CRITERION

    @property
    def full(self) -> tuple[str, ...]:
        """Give the tokens with those of the nodes above that the print leaves out: I, then 1.2."""
        tokens = self.code.tokens
        if self.parent is None:
            return tokens
        above = self.root.full if self.code.style == DOTTED else self.parent.full
        return tokens if tokens[: len(above)] == above else (*above, *tokens)

    @property
    def root(self) -> "Found":
        """Give the node at the top above this one, or itself."""
        return self if self.parent is None else self.parent.root

    def path(self) -> list["Found"]:
        """Give the nodes from the top down to this one."""
        return [self] if self.parent is None else [*self.parent.path(), self]

    def walk(self) -> Iterator["Found"]:
        """Give this node and all below, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a code belongs; ``missing`` is the code that should stand above it and does not."""

    parent: Found | None
    missing: str = ""


@dataclass
class Outline:
    """The nodes so far; ``current`` is the one that a row without a code belongs to."""

    roots: list[Found] = field(default_factory=list)
    nodes: list[Found] = field(default_factory=list)
    current: Found | None = None
    _by_tokens: dict[tuple[str, ...], list[Found]] = field(default_factory=dict)

    def add(self, node: Found, parent: Found | None) -> None:
        """Put a node at the end below its parent and make it the current one."""
        node.parent = parent
        (self.roots if parent is None else parent.children).append(node)
        self.nodes.append(node)
        for tokens in {node.code.tokens, node.full}:
            self._by_tokens.setdefault(tokens, []).append(node)
        self.current = node

    def path(self) -> list[Found]:
        """Give the nodes from the top down to the current one."""
        return self.current.path() if self.current is not None else []

    def has(self, tokens: Sequence[str]) -> bool:
        """Tell whether a code stands already below the same top."""
        return any(node.root is self._root for node in self._by_tokens.get(tuple(tokens), ()))

    def slot(self, code: Code, title: str) -> Slot:
        """Find where a code belongs."""
        if code.style != DOTTED:
            return Slot(self._named(code) if code.names in ("part", "section") else self._bare(code, title))
        prefix = code.tokens[:-1]
        if (parent := self._find(prefix)) is not None:
            return Slot(parent)
        for shorter in range(len(prefix) - 1, 0, -1):
            if (parent := self._find(prefix[:shorter])) is not None:
                return Slot(parent, ".".join(prefix))
        path = self.path()
        outer = [node for node in path if node.code.style in _OUTER]
        return Slot(outer[-1] if outer else None, ".".join(prefix))

    def expected(self) -> list[str]:
        """Give the codes that may come next, the deepest first: a first child, then the next at each level."""
        path = self.path()
        found = []
        if path and path[-1].code.tokens[-1].isdecimal():
            found.append(f"{path[-1].code.text}.1")
        for node in reversed(path):
            *front, last = node.code.tokens
            if last.isdecimal():
                found.append(".".join((*front, str(int(last) + 1))))
        return found

    @property
    def _root(self) -> Found | None:
        return self.current.root if self.current is not None else None

    def _find(self, prefix: tuple[str, ...]) -> Found | None:
        """Find the node with a code: above the current one, else the last below the same top, else the last of all."""
        known = self._by_tokens.get(prefix, [])
        path = self.path()
        above = [node for node in path if node in known]
        near = [node for node in known if node.root is self._root]
        for nodes in (above, near, known):
            if nodes:
                return nodes[-1]
        if len(prefix) > 1:
            return None
        # «I. CHỈ ĐẠO, ĐIỀU HÀNH» over 1.1 is its 1.
        outer = [node for node in reversed(self.path()) if node.code.style in _OUTER]
        numbers = any(node.code.style == NUMBER for node in self.path())
        same = (node for node in outer if value_of(node.code.tokens[0]) == value_of(prefix[0]))
        return None if numbers else next(same, None)

    def _named(self, code: Code) -> Found | None:
        """Place «Phần II», «Lĩnh vực 3» by what they call themselves."""
        path = self.path()
        same = next((node for node in reversed(path) if node.code.names == code.names), None)
        if same is not None:
            return same.parent
        return next((node for node in path if node.code.names == "part"), None) if code.names == "section" else None

    def _bare(self, code: Code, title: str) -> Found | None:
        path, value = self.path(), value_of(code.text)
        style = self._style(code, path)
        same = [node for node in reversed(path) if _bare_style(node, path) == style]
        following = [node for node in same if value_of(node.code.text) + 1 == value]
        if following:
            alike = [node for node in following if _is_loud(node.title) == _is_loud(title)]
            return (alike or following)[0].parent
        if value == 1 and style == NUMBER and path and len(path) < _MOST_LEVELS:
            return path[-1]
        if same:
            return same[0].parent
        return _above(style, path)

    @staticmethod
    def _style(code: Code, path: Sequence[Found]) -> str:
        """Take «I» after «H» for a letter."""
        is_letter = len(code.text) == 1 and code.style == ROMAN and any(_letter_before(node, code) for node in path)
        return UPPER if is_letter else code.style


def _is_loud(title: str) -> bool:
    return title[:_FRONT].isupper()


def _letter_before(node: Found, code: Code) -> bool:
    text = node.code.text
    return len(text) == 1 and node.code.style == UPPER and ord(text) + 1 == ord(code.text)


def _bare_style(node: Found, path: Sequence[Found]) -> str:
    return Outline._style(node.code, path) if node.code.style == ROMAN else node.code.style


def _above(style: str, path: Sequence[Found]) -> Found | None:
    """Give the node over the first of a new kind: letters of a list stand below anything, numbers below I and A."""
    if style == LOWER:
        return path[-1] if path else None
    outer = [node for node in path if node.code.style in _OUTER]
    return outer[-1] if outer else None


def is_number_code(code: Code) -> bool:
    """Tell whether every token of a code is a number."""
    return all(style_of(token) == NUMBER for token in code.tokens)
