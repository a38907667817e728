"""DuckDB as it is opened here: bounded, closed to the outside, checkpointed by us alone."""

import shutil
from pathlib import Path

import duckdb

from cchc_core.store.failures import failure_of

MEMORY_LIMIT = "512MB"
THREADS = 1
_CHECKPOINT_MARGIN = 4 * 1024 * 1024


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the one root connection of a database file.

    Raises a StorageError. The engine never checkpoints by itself after a commit: a full disk would then make an
    acknowledged commit look failed.
    """
    try:
        root = duckdb.connect(
            str(path),
            config={
                "memory_limit": MEMORY_LIMIT,
                "threads": THREADS,
                "temp_directory": str(path.with_name(path.name + ".tmp")),
                "wal_autocheckpoint": "1TB",
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "python_enable_replacements": False,
            },
        )
        root.execute("SET enable_external_access = false")
        root.execute("SET lock_configuration = true")
    except duckdb.Error as cause:
        raise failure_of(cause, f"Mở cơ sở dữ liệu {path.name}") from cause
    return root


def write_ahead_log(path: Path) -> Path:
    """Give the file in which the engine keeps commits until the next checkpoint."""
    return path.with_name(path.name + ".wal")


def has_room_for_checkpoint(path: Path) -> bool:
    """Tell whether the disk surely holds a checkpoint: one that fails half way makes the engine refuse all work."""
    log = write_ahead_log(path)
    try:
        return shutil.disk_usage(path.parent).free > 2 * log.stat().st_size + _CHECKPOINT_MARGIN
    except FileNotFoundError:
        return True
