"""The high-water mark: how far the change log had got, kept outside the database.

A write-ahead log that was cut or flipped opens with fewer changes and no error, and looks just like a crash. The mark
is written and synced after each commit and before anything is shown as saved, so a database that is behind it has lost
something. The file has two slots used in turn, so that a mark cut short leaves the one before; it never grows, so a
full disk does not stop it.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from cchc_core.store.connection import Tail

_SLOT = 256
_SLOTS = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A log position, and the id of the database it belongs to."""

    database_id: str
    tail: Tail


class MarkFile:
    """The open file of the mark; one per open database."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        # O_BINARY exists on Windows alone, where the default would translate line ends.
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        self._turn = max((turn for turn, _ in self._slots()), default=0)
        if os.fstat(self._file).st_size < _SLOT * _SLOTS:
            os.lseek(self._file, os.fstat(self._file).st_size, os.SEEK_SET)
            os.write(self._file, b" " * (_SLOT * _SLOTS - os.fstat(self._file).st_size))
            os.fsync(self._file)

    def read(self) -> Mark | None:
        """Give the last mark; None when there is none."""
        slots = self._slots()
        return max(slots, key=lambda slot: slot[0])[1] if slots else None

    def write(self, mark: Mark) -> None:
        """Replace the older of the two slots and sync it. Raises OSError."""
        with self._lock:
            turn = self._turn + 1
            fields = [turn, mark.database_id, mark.tail.seq, mark.tail.hash]
            body = json.dumps(fields).encode()
            slot = (_digest(body) + b" " + body).ljust(_SLOT - 1) + b"\n"
            os.lseek(self._file, (turn % _SLOTS) * _SLOT, os.SEEK_SET)
            os.write(self._file, slot)
            os.fsync(self._file)
            self._turn = turn

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _slots(self) -> list[tuple[int, Mark]]:
        os.lseek(self._file, 0, os.SEEK_SET)
        content = os.read(self._file, _SLOT * _SLOTS)
        pieces = (content[start : start + _SLOT] for start in range(0, len(content), _SLOT))
        return [found for piece in pieces if (found := _parsed(piece)) is not None]


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:16].encode()


def _parsed(slot: bytes) -> tuple[int, Mark] | None:
    digest, _, body = slot.rstrip().partition(b" ")
    if not body or digest != _digest(body):
        return None
    turn, database_id, seq, log_hash = json.loads(body)
    return turn, Mark(database_id, Tail(seq, log_hash))
