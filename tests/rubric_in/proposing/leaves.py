"""Leaves for tests, written as they are printed: a title, its maximum and its lines."""

from collections.abc import Sequence
from decimal import Decimal

from cchc_core.rubric.model import Evidence
from cchc_core.rubric_in.model import ImportedNode, NodeKind, PrintedLine, Proposal
from cchc_core.rubric_in.proposing import propose

Printed = str | tuple[str, str]


def leaf(title: str, most: str | None, *lines: Printed, note: str = "", evidence: Sequence[str] = ()) -> ImportedNode:
    """Give a leaf; a line is its text, or its text and the points printed beside it."""
    printed = tuple(
        PrintedLine(line) if isinstance(line, str) else PrintedLine(line[0], Decimal(line[1])) for line in lines
    )
    return ImportedNode(
        "1.1",
        NodeKind.CRITERION,
        "1",
        title,
        None if most is None else Decimal(most),
        "dòng 5",
        printed,
        tuple(Evidence(text) for text in evidence),
        {"note": note} if note else None,
    )


def proposed(title: str, most: str | None, *lines: Printed, path: Sequence[str] = ()) -> Proposal:
    """Propose the rule of a leaf."""
    return propose(leaf(title, most, *lines), path)
