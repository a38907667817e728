"""The canonical copies of criteria sets that assessments pin, by their SHA-256."""

import hashlib

from cchc_core.errors import NotFound, StorageDamaged
from cchc_core.rubric.document import canonical_text
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import rubric_from_canonical
from cchc_core.store import log
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection


def pin(connection: Connection, rubric: Rubric, actor: log.Actor) -> str:
    """Keep the canonical copy of a criteria set, logged when it is new, and give its SHA-256."""
    text = canonical_text(rubric)
    sha256 = digest(text)
    if connection.row("SELECT sha256 FROM rubrics WHERE sha256 = :sha256", sha256=sha256) is None:
        row = {
            "sha256": sha256,
            "rubric_id": rubric.id,
            "title": rubric.title,
            "year": rubric.year,
            "canonical_text": text,
            "added_utc": now_utc(),
        }
        connection.change_structure()
        connection.run_many("rubrics", [row])
        new = {"rubric_id": rubric.id, "title": rubric.title}
        log.append(connection, [log.Line(log.LogAction.ADD_RUBRIC, sha256, new=new, actor=actor)])
    return sha256


def pinned(connection: Connection, sha256: str) -> Rubric:
    """Read the criteria set that an assessment pins; it is parsed once.

    Raises NotFound when it is not kept here, StorageDamaged when the kept text is not the one that was pinned.
    """
    known = _parsed.get(sha256)
    if known is not None:
        return known
    row = connection.row("SELECT canonical_text FROM rubrics WHERE sha256 = :sha256", sha256=sha256)
    if row is None:
        raise NotFound("Bảng tự chấm", thing="bản ghim của bộ tiêu chí", key=sha256[:12])
    if digest(row["canonical_text"]) != sha256:
        raise StorageDamaged(f"Bản ghim của bộ tiêu chí {sha256[:12]}")
    return _parsed.setdefault(sha256, rubric_from_canonical(row["canonical_text"]))


def versions(connection: Connection, rubric_id: str) -> tuple[str, ...]:
    """Give the SHA-256 of every version of a criteria set that was ever pinned, the newest last."""
    rows = connection.rows("SELECT sha256 FROM rubrics WHERE rubric_id = :id ORDER BY added_utc, sha256", id=rubric_id)
    return tuple(row["sha256"] for row in rows)


def damaged(connection: Connection) -> tuple[str, ...]:
    """Give the SHA-256 of every copy whose text is no longer the one that was pinned."""
    rows = connection.rows("SELECT sha256, canonical_text FROM rubrics ORDER BY sha256")
    return tuple(row["sha256"] for row in rows if digest(row["canonical_text"]) != row["sha256"])


_parsed: dict[str, Rubric] = {}


def digest(text: str) -> str:
    """Give the SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()
