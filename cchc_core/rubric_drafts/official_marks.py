"""Whether points are official: every leaf has them from a document that is named with number and date.

Mostly that is one document for all. A later one may put some of its points right: then both are named.
"""

import re
from collections.abc import Iterable
from typing import Final

from cchc_core.rubric_drafts.model import DraftNode
from cchc_core.rubric_drafts.tree import is_leaf
from cchc_core.text import fold

MARK: Final = "points_from"
"""The key of a row's ``proposal`` that names the document its points came with."""
_AND: Final = "; "
_NUMBER: Final = re.compile(r"\d+\s*/\s*[a-z]")
_DATE: Final = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngay\s+\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4}")


def names_number_and_date(document: str) -> bool:
    """Tell whether a document is named so that it can be found: by its number and its date.

    >>> names_number_and_date("Quyết định số 12/QĐ-UBND ngày 05/01/2025")
    True
    >>> names_number_and_date("Quyết định của UBND tỉnh năm 2025")
    False
    """
    plain = fold(document)
    return bool(_NUMBER.search(plain) and _DATE.search(plain))


def documents_of(nodes: Iterable[DraftNode], first: str | None) -> str:
    """Name every document that points of leaves came with, each once; one that was known before stands first."""
    marks = [str(node.proposal[MARK]) for node in nodes if is_leaf(node) and node.proposal.get(MARK)]
    named = [piece for mark in marks for piece in _pieces(mark)]
    known = [piece for piece in _pieces(first or "") if piece in named]
    return _AND.join(dict.fromkeys((*known, *named)))


def leaves_without(nodes: Iterable[DraftNode], document: str | None = None) -> tuple[DraftNode, ...]:
    """Give the leaves whose points came with no document, or with none of those that ``document`` names."""
    named = None if document is None else set(_pieces(document))
    return tuple(node for node in nodes if is_leaf(node) and not _has_points(node, named))


def _has_points(node: DraftNode, named: set[str] | None) -> bool:
    mark = node.proposal.get(MARK)
    return bool(mark) and (named is None or named.issuperset(_pieces(str(mark))))


def _pieces(document: str) -> list[str]:
    return [piece for piece in document.split(_AND) if piece]
