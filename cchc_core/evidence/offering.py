"""Which documents of the store may prove what a criterion asks for: the likeliest first, then the last added.

Only offered: a person attaches.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.listing import DocumentQuery, look_for
from cchc_core.evidence.reading.criteria import WEAKEST, strength_for
from cchc_core.likeness import Comparer, Wording
from cchc_core.rubric.model import Rubric
from cchc_core.store import document_lists, documents
from cchc_core.store.database import Database
from cchc_core.store.documents import Document
from cchc_core.store.users import User

MOST_COMPARED: Final = 3_000
"""Of more documents than that, the last added are compared."""
_MOST_NEAR: Final = 40


@dataclass(frozen=True, slots=True)
class Offered:
    """A document; ``strength`` tells how alike its title is to what is asked for, None where it hardly is."""

    document: Document
    strength: int | None


def offered_documents(
    database: Database,
    user: User,
    query: DocumentQuery,
    rubric: Rubric,
    code: str,
    evidence_line: int | None,
    *,
    most: int,
) -> tuple[Offered, ...]:
    """Offer documents that a query finds among those that somebody may see, for a line of a criterion's evidence.

    ``evidence_line`` None means all of its lines. Raises NotFound, NotAllowedInOffice.
    """
    with database.read() as connection:
        reach, wanted = look_for(connection, user, query)
        heads = document_lists.heads(connection, reach, wanted, limit=MOST_COMPARED)
        titles = {head.id: f"{DocumentKind(head.kind).label} {head.abstract}" for head in heads if head.abstract}
        strengths = {
            key: strength
            for key in _near(tuple(titles.items()), _asked(rubric, code, evidence_line))
            if (strength := strength_for(titles[key], rubric, code, evidence_line)) >= WEAKEST
        }
        likely = sorted(strengths, key=lambda key: -strengths[key])[:most]
        others = [head.id for head in heads if head.id not in likely][: most - len(likely)]
        known = documents.of_ids(connection, {*likely, *others})
    return tuple(Offered(known[key], strengths.get(key)) for key in (*likely, *others) if key in known)


def _asked(rubric: Rubric, code: str, evidence_line: int | None) -> tuple[str, ...]:
    evidence = rubric.criterion(code).evidence
    return tuple(line.text for place, line in enumerate(evidence) if evidence_line in (None, place))


@lru_cache(maxsize=64)
def _near(titles: tuple[tuple[str, str], ...], asked: tuple[str, ...]) -> Sequence[str]:
    """Give the few documents that are worth a closer look; what one word weighs here depends on the store."""
    found = _comparer(titles).compare(asked) if titles and asked else {}
    return sorted(found, key=lambda key: -found[key])[:_MOST_NEAR]


@lru_cache(maxsize=4)
def _comparer(titles: tuple[tuple[str, str], ...]) -> Comparer:
    return Comparer(Wording(key, (title,)) for key, title in titles)
