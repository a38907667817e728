"""The change log: append-only, numbered without gaps, each row sealed by a hash over itself and the row before.

A row that was changed or taken out later breaks the chain from there on; a log that ends early is told by the
high-water mark (:mod:`cchc_core.store.highwater`).
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from cchc_core.store.clock import now_utc
from cchc_core.store.connection import EMPTY_LOG, Connection, Row, Tail, any_of
from cchc_core.store.log_actions import ACTION_TITLES, OF_PLANNING, Json, LogAction, title_of

__all__ = [
    "ACTION_TITLES",
    "OF_PLANNING",
    "SYSTEM",
    "Actor",
    "Change",
    "Json",
    "Line",
    "LogAction",
    "append",
    "every_row",
    "hash_at",
    "losses",
    "newest",
    "of_criterion",
    "read_tail",
    "seal",
]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, with the name as it was then."""

    id: str
    name: str


SYSTEM = Actor("system", "Hệ thống")


@dataclass(frozen=True, slots=True)
class Line:
    """One change to be logged. ``subject`` is a criterion's or a section's code, or the id of what changed."""

    action: LogAction
    subject: str
    new: Json | None
    old: Json | None = None
    assessment_id: str | None = None
    actor: Actor = SYSTEM
    at_utc: datetime | None = None


def append(connection: Connection, lines: Iterable[Line]) -> None:
    """Add lines to the log in the caller's transaction, under the write lock that it holds."""
    tail = connection.log_tail or read_tail(connection)
    rows: list[Row] = []
    for line in lines:
        row = _row(tail.seq + 1, line)
        tail = Tail(tail.seq + 1, seal(tail.hash, row))
        rows.append({**row, "hash": tail.hash})
    connection.run_many("change_log", rows)
    connection.log_tail = tail


def _row(seq: int, line: Line) -> Row:
    return {
        "seq": seq,
        "at_utc": line.at_utc or now_utc(),
        "actor_id": line.actor.id,
        "actor_name": line.actor.name,
        "action": line.action.value,
        "assessment_id": line.assessment_id,
        "subject": line.subject,
        "old_value": _text(line.old),
        "new_value": _text(line.new),
    }


def _text(value: Json | None) -> str | None:
    return None if value is None else _written(value)


def _written(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_SEALED = ("seq", "actor_id", "actor_name", "action", "assessment_id", "subject", "old_value", "new_value")


def seal(hash_before: str, row: Row) -> str:
    """Give the hash of a row: SHA-256 over the hash before it and all its columns."""
    fields = [hash_before, row["at_utc"].isoformat(timespec="microseconds"), *(row[name] for name in _SEALED)]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def read_tail(connection: Connection) -> Tail:
    """Read where the log ends."""
    row = connection.row("SELECT seq, hash FROM change_log WHERE seq = (SELECT max(seq) FROM change_log)")
    return EMPTY_LOG if row is None else Tail(row["seq"], row["hash"])


def hash_at(connection: Connection, seq: int) -> str | None:
    """Give the hash of one row; the empty text for number 0, None where there is no such row."""
    if seq == 0:
        return ""
    row = connection.row("SELECT hash FROM change_log WHERE seq = :seq", seq=seq)
    return None if row is None else str(row["hash"])


_ON_A_CRITERION = (LogAction.ATTACHMENT, LogAction.CARRIED_NOTE)


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the log as it is shown; ``old`` and ``new`` are None where there was nothing."""

    seq: int
    at_utc: datetime
    actor_name: str
    action: LogAction
    subject: str
    old: Json | None
    new: Json | None

    @property
    def about(self) -> str:
        """Name what changed as people know it: what hangs on a criterion by that one's code, else the subject."""
        return str((self.new or {}).get("code", "")) if self.action in _ON_A_CRITERION else self.subject

    @property
    def title(self) -> str:
        """Say in Vietnamese what was done, also where something was taken out."""
        return title_of(self.action, self.old or {}, self.new or {})


_COLUMNS = "seq, at_utc, actor_name, action, subject, old_value, new_value"


def of_criterion(connection: Connection, assessment_id: str, code: str) -> tuple[Change, ...]:
    """Give all changes of one criterion, newest first; what hangs on it among them."""
    rows = connection.rows(
        f"SELECT {_COLUMNS} FROM change_log WHERE assessment_id = :id "  # noqa: S608 (constants)
        "AND (subject = :code OR (action IN (:attachment, :note) AND new_value LIKE :with_code)) ORDER BY seq DESC",
        id=assessment_id,
        code=code,
        attachment=LogAction.ATTACHMENT.value,
        note=LogAction.CARRIED_NOTE.value,
        with_code=f"%{_written({'code': code})[1:-1]}%",
    )
    return tuple(map(_change, rows))


def newest(
    connection: Connection,
    assessment_id: str,
    limit: int,
    of_year: Collection[str] = (),
    *,
    without: Collection[LogAction] = (),
) -> tuple[Change, ...]:
    """Give the last changes of an assessment, newest first, those of some kinds left out.

    Among them are the targets and remedies that were entered from the assessments ``of_year``: they are of every
    period of it.
    """
    left_out, hidden = any_of("action", [action.value for action in without])
    others, named = any_of("assessment_id", sorted(of_year))
    rows = connection.rows(
        f"SELECT {_COLUMNS} FROM change_log "  # noqa: S608 (constants, names)
        f"WHERE (assessment_id = :id OR (action IN (:target, :remedy) AND {others})) AND NOT ({left_out}) "
        "ORDER BY seq DESC LIMIT CAST(:most AS INTEGER)",
        id=assessment_id,
        target=LogAction.TARGET.value,
        remedy=LogAction.REMEDY.value,
        most=limit,
        **named,
        **hidden,
    )
    return tuple(map(_change, rows))


def losses(connection: Connection, since_utc: datetime | None = None) -> tuple[Change, ...]:
    """Give the losses that were found, oldest first; those found since a time, or all."""
    rows = connection.rows(
        f"SELECT {_COLUMNS} FROM change_log WHERE action = :action ORDER BY seq",  # noqa: S608 (constants)
        action=LogAction.LOSS_FOUND.value,
    )
    return tuple(_change(row) for row in rows if since_utc is None or row["at_utc"] >= since_utc)


def every_row(connection: Connection) -> Iterator[Row]:
    """Give the whole log in order, a page at a time, for checks over all of it."""
    last = 0
    while page := connection.rows(
        f"SELECT {', '.join(_SEALED)}, at_utc, hash FROM change_log "  # noqa: S608 (constants)
        "WHERE seq > :last ORDER BY seq LIMIT 5000",
        last=last,
    ):
        yield from page
        last = page[-1]["seq"]


def _change(row: Row) -> Change:
    return Change(
        seq=row["seq"],
        at_utc=row["at_utc"],
        actor_name=row["actor_name"],
        action=LogAction(row["action"]),
        subject=row["subject"],
        old=None if row["old_value"] is None else json.loads(row["old_value"]),
        new=None if row["new_value"] is None else json.loads(row["new_value"]),
    )
