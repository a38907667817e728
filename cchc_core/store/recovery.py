"""Opening a database that may have lost something: notice it, set the evidence aside, say so, go on.

Two things can happen to a write-ahead log. Cut or unluckily flipped, it opens with fewer changes and no error: the
high-water mark tells. Otherwise flipped, the engine refuses it and names the place: the log is set aside as it was and
cut there, so that the changes before the damage are kept. Nothing is ever deleted but a copy that proved needless.
"""

import logging
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from cchc_core.errors import StorageDamaged
from cchc_core.store import engine, log
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection
from cchc_core.store.highwater import Mark

_DAMAGED_AT = re.compile(r"entry at byte position (\d+)")

_logger = logging.getLogger(__name__)


def mark_path(path: Path) -> Path:
    """Give the file of a database's high-water mark."""
    return path.with_name(path.name + ".mark")


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was shown as saved is not in the database that was opened.

    ``expected`` and ``found`` are numbers of the change log; ``is_other`` tells that the log is a different one.
    """

    expected: int
    found: int
    is_other: bool
    set_aside: str | None

    @property
    def missing(self) -> int:
        """How many changes are missing; 0 where the logs differ rather than end early."""
        return max(0, self.expected - self.found)

    @property
    def message(self) -> str:
        """Say in Vietnamese what is wrong and what to do."""
        kept = f" Bản gốc được giữ ở thư mục «{self.set_aside}»." if self.set_aside else ""
        if self.is_other:
            what = f"Cơ sở dữ liệu không khớp với mốc đã ghi (mốc: thay đổi số {self.expected}; đang có: {self.found})."
        else:
            what = (
                f"Cơ sở dữ liệu thiếu {self.missing} thay đổi đã lưu gần đây "
                f"(đã lưu đến số {self.expected}, chỉ còn đến số {self.found})."
            )
        return f"{what}{kept} Hãy kiểm tra các tiêu chí vừa chấm và báo cho quản trị."

    def to_json(self) -> log.Json:
        """Give the form in which the log keeps it."""
        return {
            "expected": self.expected,
            "found": self.found,
            "is_other": self.is_other,
            "set_aside": self.set_aside,
        }

    @classmethod
    def from_json(cls, form: log.Json) -> "Loss":
        """Read the form in which the log keeps it."""
        return cls(form["expected"], form["found"], form["is_other"], form["set_aside"])


def compare(connection: Connection, database_id: str, mark: Mark | None) -> Loss | None:
    """Compare an opened database with its mark; None when all that the mark knows of is there."""
    if mark is None or mark.tail.seq == 0:
        return None
    found = log.read_tail(connection).seq
    if mark.database_id != database_id:
        return Loss(mark.tail.seq, found, is_other=found > 0, set_aside=None)
    if found < mark.tail.seq:
        return Loss(mark.tail.seq, found, is_other=False, set_aside=None)
    if log.hash_at(connection, mark.tail.seq) != mark.tail.hash:
        return Loss(mark.tail.seq, found, is_other=True, set_aside=None)
    return None


class SetAside:
    """A copy of the files as they were before opening, kept only if opening showed a loss."""

    def __init__(self, path: Path) -> None:
        self._path = path
        stamp = now_utc().strftime("%Y%m%dT%H%M%S%f")
        self.folder = path.parent / "set-aside" / f"{path.stem}-{stamp}"

    @classmethod
    def before_opening(cls, path: Path) -> "SetAside":
        """Copy the files if the database was not closed properly, which a write-ahead log beside it tells."""
        aside = cls(path)
        if engine.write_ahead_log(path).exists():
            try:
                aside._copy(path, engine.write_ahead_log(path))
            except OSError:
                _logger.warning("no copy of %s could be made before opening it", path.name, exc_info=True)
                aside.drop()
        return aside

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Open the database; a log that the engine refuses is cut where it is damaged, its copy set aside.

        A log is never touched when it is the database itself that is damaged.
        """
        try:
            return engine.connect(self._path)
        except StorageDamaged as refused:
            write_ahead_log = engine.write_ahead_log(self._path)
            if not (self.folder / write_ahead_log.name).exists():
                raise
            place = _DAMAGED_AT.search(str(refused.__cause__))
            if place is None and not self._opens_without_log():
                self.drop()
                raise
            _logger.warning("the write-ahead log of %s is damaged: %s", self._path.name, refused.__cause__)
            os.truncate(write_ahead_log, int(place[1]) if place else 0)
            return engine.connect(self._path)
        except Exception:
            self.drop()
            raise

    def _opens_without_log(self) -> bool:
        probe = self.folder / f"probe-{self._path.name}"
        shutil.copy2(self._path, probe)
        try:
            engine.connect(probe).close()
        except StorageDamaged:
            return False
        finally:
            probe.unlink(missing_ok=True)
            engine.write_ahead_log(probe).unlink(missing_ok=True)
        return True

    def keep(self) -> str | None:
        """Keep the copy, with the mark beside it, and give the folder's name; None when there is nothing to keep."""
        try:
            self._copy(mark_path(self._path))
        except OSError:
            _logger.warning("the mark of %s could not be set aside", self._path.name, exc_info=True)
        return f"{self.folder.parent.name}/{self.folder.name}" if self.folder.exists() else None

    def drop(self) -> None:
        """Remove the copy: everything was there."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _copy(self, *files: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            if file.exists():
                shutil.copy2(file, self.folder / file.name)
