"""Which documents of the store may prove what a criterion asks for: the likeliest first, then the last added.

Only offered: a person attaches.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cchc_core.evidence.kinds import DocumentKind
from cchc_core.evidence.listing import DocumentQuery, look_for
from cchc_core.evidence.reading.criteria import WEAKEST, weighed
from cchc_core.likeness import Comparer, Wording
from cchc_core.store import document_lists, documents
from cchc_core.store.database import Database
from cchc_core.store.documents import Document
from cchc_core.store.users import User

MOST_COMPARED: Final = 3_000
"""Of more documents than that, the last added are compared."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A document; ``strength`` tells how alike its title is to what is asked for, None where it hardly is."""

    document: Document
    strength: int | None


def offered_documents(
    database: Database, user: User, query: DocumentQuery, asked: Sequence[str], *, most: int
) -> tuple[Offered, ...]:
    """Offer documents that a query finds among those that somebody may see, for texts that say what is asked for.

    Raises NotFound, NotAllowedInOffice.
    """
    with database.read() as connection:
        reach, wanted = look_for(connection, user, query)
        heads = document_lists.heads(connection, reach, wanted, limit=MOST_COMPARED)
        strengths = _strengths(tuple((head.id, head.kind, head.abstract) for head in heads), tuple(asked))
        likely = sorted(strengths, key=lambda document_id: -strengths[document_id])[:most]
        others = [head.id for head in heads if head.id not in likely][: most - len(likely)]
        known = documents.of_ids(connection, {*likely, *others})
    return tuple(Offered(known[key], strengths.get(key)) for key in (*likely, *others) if key in known)


@lru_cache(maxsize=32)
def _strengths(heads: tuple[tuple[str, str, str], ...], asked: tuple[str, ...]) -> dict[str, int]:
    if not any(asked):
        return {}
    titles = {key: f"{DocumentKind(kind).label} {abstract}" for key, kind, abstract in heads if abstract}
    found = _comparer(tuple(titles.items())).compare(asked)
    told = {key: weighed(strength, titles[key], " ".join(asked)) for key, strength in found.items()}
    return {key: strength for key, strength in told.items() if strength >= WEAKEST}


@lru_cache(maxsize=4)
def _comparer(titles: tuple[tuple[str, str], ...]) -> Comparer:
    return Comparer(Wording(key, (title,)) for key, title in titles)
