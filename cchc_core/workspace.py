"""Which database is open: sample data to try things out, or the department's own.

The own one lies in the data directory, the sample in a folder of its own below it. Once the own one exists the sample
is never opened again. One workspace is open in a process.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import RLock

from cchc_core import sample
from cchc_core.errors import StorageClosed
from cchc_core.store import engine, log, recovery, users
from cchc_core.store.clock import now_utc
from cchc_core.store.database import Database

DATABASE_NAME = "cchc.duckdb"
SAMPLE_FOLDER = "sample"
_WARNED_FOR = timedelta(days=7)

_logger = logging.getLogger(__name__)
_lock = RLock()


@dataclass(frozen=True, eq=False)
class Workspace:
    """An open data directory. ``warnings`` are Vietnamese lines that every screen should show."""

    data_dir: Path
    database: Database
    is_sample: bool
    warnings: tuple[str, ...] = ()

    def close(self) -> None:
        """Close the database; what is open afterwards is opened anew."""
        global _opened
        with _lock:
            self.database.close()
            if _opened is self:
                _opened = None

    def leave_sample(self, token: str | None) -> "Workspace":
        """Put the sample aside and open the department's own, empty database.

        Whoever asks keeps the session: the same token, the same role. The sample's folder is renamed, not deleted, for
        the case that somebody typed real figures into it. Raises a StorageError; then the sample stays open.
        """
        with _lock:
            if not self.is_sample or current() is not self:
                return current()
            user = users.user_of(self.database, token) if token else None
            own = _open(self.data_dir, self.data_dir / DATABASE_NAME, is_sample=False)
            if token and user is not None:
                people = users.trial_users(own.database)
                same = next(person for person in people if person.role is user.role)
                users.start_session(own.database, same.id, token)
            _become(own)
            self.close()
            _put_aside(self.data_dir / SAMPLE_FOLDER)
            return own


def open_workspace(data_dir: Path, *, with_sample: bool = True) -> Workspace:
    """Open the data directory of this process: the own database if there is one, else the sample, if wanted.

    Opening the same directory again gives what is open. Raises a StorageError.
    """
    wanted = data_dir.resolve()
    with _lock:
        opened = _opened
        if opened is not None and opened.data_dir == wanted:
            return opened
        if opened is not None:
            close_workspace()
        own = wanted / DATABASE_NAME
        # A mark without its database tells that there was one: open it anew, so that the loss is noticed.
        is_sample = with_sample and not own.exists() and not recovery.mark_path(own).exists()
        path = wanted / SAMPLE_FOLDER / DATABASE_NAME if is_sample else own
        return _become(_open(wanted, path, is_sample=is_sample))


def current() -> Workspace:
    """Give the open workspace. Raises StorageClosed when none is open."""
    opened = _opened
    if opened is None:
        raise StorageClosed("Thư mục dữ liệu")
    return opened


def close_workspace() -> None:
    """Close what is open, if anything is."""
    with _lock:
        if _opened is not None:
            _opened.close()


_opened: Workspace | None = None


def _become(workspace: Workspace) -> Workspace:
    global _opened
    _opened = workspace
    return workspace


def _open(data_dir: Path, path: Path, *, is_sample: bool) -> Workspace:
    files = (path, engine.write_ahead_log(path), recovery.mark_path(path))
    is_new = not any(file.exists() for file in files)
    try:
        database = _filled(path, is_sample=is_sample)
    except BaseException:
        # A full disk half way must not leave an empty database that the next start takes for the own one.
        for file in files if is_new else ():
            file.unlink(missing_ok=True)
        raise
    with database.read() as connection:
        found = log.losses(connection, now_utc() - _WARNED_FOR)
    warnings = tuple(recovery.Loss.from_json(change.new or {}).message for change in found)
    return Workspace(data_dir, database, is_sample, warnings)


def _filled(path: Path, *, is_sample: bool) -> Database:
    database = Database.open(path)
    try:
        users.ensure_trial_users(database)
        if is_sample:
            sample.fill_sample(database)
    except BaseException:
        database.close()
        raise
    return database


def _put_aside(folder: Path) -> None:
    aside = folder.with_name(f"{folder.name}-set-aside-{now_utc():%Y%m%dT%H%M%S}")
    try:
        folder.rename(aside)
    except OSError:
        # The own database exists by now, so the sample is not opened again wherever it lies.
        _logger.warning("the sample folder could not be put aside", exc_info=True)
