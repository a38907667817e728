"""Whether points are official: every leaf has them from one document that is named with number and date."""

import re
from collections.abc import Iterable
from typing import Final

from cchc_core.rubric_drafts.model import DraftNode
from cchc_core.rubric_drafts.tree import is_leaf
from cchc_core.text import fold

MARK: Final = "points_from"
"""The key of a row's ``proposal`` that names the document its points came with."""
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


def leaves_without(nodes: Iterable[DraftNode], document: str) -> tuple[DraftNode, ...]:
    """Give the leaves whose points did not come with a document."""
    return tuple(node for node in nodes if is_leaf(node) and node.proposal.get(MARK) != document)
