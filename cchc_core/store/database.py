"""One process, one root connection, a cursor per call, one write lock.

Two writers on one row make the engine refuse one of them, so writers queue here. Readers see the state at the moment
their block began. What was saved is on the disk, and its mark beside it, when ``write()`` ends.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Condition, Lock
from typing import Self

import duckdb

from cchc_core.errors import StorageClosed
from cchc_core.store import engine, log, schema
from cchc_core.store.checkpoint import Checkpointer
from cchc_core.store.connection import Connection, Tail
from cchc_core.store.directory import DirectoryShelf
from cchc_core.store.failures import failure_of, must_reopen
from cchc_core.store.highwater import Mark, MarkFile
from cchc_core.store.recovery import Loss, SetAside, compare, mark_path

_READERS_SECONDS = 5

_logger = logging.getLogger(__name__)


class Database:
    """An open database file. Make one with :meth:`open`; threads share it."""

    def __init__(self, path: Path, root: duckdb.DuckDBPyConnection, mark: MarkFile) -> None:
        self.path = path
        self.loss: Loss | None = None
        self._root: duckdb.DuckDBPyConnection | None = root
        self._mark = mark
        self._database_id = ""
        self._tail: Tail | None = None
        self._is_closed = False
        self._shelf = DirectoryShelf()
        self._write_lock = Lock()
        self._readers = 0
        self._readers_changed = Condition()
        self._checkpointer = Checkpointer(self.checkpoint)

    @classmethod
    def open(cls, path: Path, migrations: Path = schema.MIGRATIONS_FOLDER) -> Self:
        """Open a database, create it where there is none, bring its tables up to date, compare it with its mark.

        An existing database is backed up before its tables change. Raises a StorageError: StorageReadOnly,
        StorageInUse, StorageDamaged, NewerDatabase, StorageFull.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = SetAside.before_opening(path)
            root = aside.connect()
            try:
                database = cls(path, root, MarkFile(mark_path(path)))
            except OSError:
                root.close()
                raise
        except OSError as cause:
            raise failure_of(cause, f"Mở cơ sở dữ liệu {path.name}") from cause
        try:
            schema.migrate(database, migrations)
            database._compare_with_mark(aside)
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database throughout the block."""
        cursor, structure = self._reading_cursor(), self._shelf.number
        try:
            cursor.execute("BEGIN TRANSACTION")
            yield Connection(cursor, self._shelf, structure)
        except duckdb.Error as cause:
            raise failure_of(cause, "Đọc dữ liệu") from cause
        finally:
            with suppress(duckdb.Error):
                cursor.execute("ROLLBACK")
            with suppress(duckdb.Error):
                cursor.close()
            with self._readers_changed:
                self._readers -= 1
                self._readers_changed.notify_all()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection whose block is stored as a whole, or not at all when it raises.

        Blocks of several threads run one after the other; keep them short, and never open one inside another.
        """
        with self._write_lock:
            cursor = self._open_root().cursor()
            try:
                yield from self._written(cursor)
            finally:
                with suppress(duckdb.Error):
                    cursor.close()
        self._checkpointer.saved()

    def _written(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[Connection]:
        try:
            cursor.execute("BEGIN TRANSACTION")
            connection = Connection(cursor, self._shelf, self._shelf.number, self._tail)
            yield connection
            cursor.execute("COMMIT")
        except BaseException as cause:
            self._tail = None
            with suppress(duckdb.Error):
                cursor.execute("ROLLBACK")
            engine_error = cause if isinstance(cause, duckdb.Error) else cause.__cause__
            if engine_error is not None and must_reopen(engine_error):
                self._close_root()
            if isinstance(cause, duckdb.Error):
                raise failure_of(cause, "Lưu dữ liệu") from cause
            raise
        if connection.changes_structure:
            self._shelf.changed()
        for take_note in connection.after_commit:
            take_note()
        if connection.log_tail != self._tail:
            self._tail = connection.log_tail
            self._write_mark()

    def checkpoint(self) -> bool:
        """Move the write-ahead log into the file, best effort: tell whether it was done, which a full disk prevents."""
        with self._write_lock:
            if self._is_closed or not engine.has_room_for_checkpoint(self.path):
                return False
            try:
                self._open_root().execute("CHECKPOINT")
            except duckdb.Error as cause:
                _logger.info("checkpoint put off: %s", cause)
                if must_reopen(cause):
                    self._close_root()
                return False
            return True

    def close(self) -> None:
        """Close the database; saves after this raise StorageClosed. Closing twice does nothing."""
        self._checkpointer.stop()
        with self._write_lock:
            if self._is_closed:
                return
            self._is_closed = True
            self._close_root()
            self._mark.close()

    def _open_root(self) -> duckdb.DuckDBPyConnection:
        if self._is_closed:
            raise StorageClosed(f"Cơ sở dữ liệu {self.path.name}")
        with self._readers_changed:
            if self._root is None:
                self._root = engine.connect(self.path)
            return self._root

    def _reading_cursor(self) -> duckdb.DuckDBPyConnection:
        with self._readers_changed:
            cursor = self._open_root().cursor()
            self._readers += 1
            return cursor

    def _close_root(self) -> None:
        with self._readers_changed:
            self._readers_changed.wait_for(lambda: self._readers == 0, timeout=_READERS_SECONDS)
            if self._root is not None:
                with suppress(duckdb.Error):
                    self._root.close()
                self._root = None

    def _write_mark(self) -> None:
        if self._tail is None:
            return
        try:
            self._mark.write(Mark(self._database_id, self._tail))
        except OSError:
            # The save itself is on the disk; a mark that stays behind only watches over less.
            _logger.warning("the high-water mark of %s could not be written", self.path.name, exc_info=True)

    def _compare_with_mark(self, aside: SetAside) -> None:
        with self.read() as connection:
            self._database_id = schema.database_id(connection)
            loss = compare(connection, self._database_id, self._mark.read())
            self._tail = log.read_tail(connection)
        if loss is None:
            aside.drop()
            self._write_mark()
            return
        self.loss = replace(loss, set_aside=aside.keep())
        with self.write() as connection:
            log.append(connection, [log.Line(log.LogAction.LOSS_FOUND, self.path.name, new=self.loss.to_json())])
