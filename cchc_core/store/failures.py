"""Failures of the machine, told apart by what a person can do about them."""

import errno
import re

import duckdb

from cchc_core.errors import (
    NewerDatabase,
    StorageClosed,
    StorageDamaged,
    StorageError,
    StorageFailed,
    StorageFull,
    StorageInUse,
    StorageReadOnly,
)

# The engine wraps the operating system's own words, which differ between Linux, macOS and Windows.
_BY_WORDS: tuple[tuple[type[StorageError], re.Pattern[str]], ...] = (
    (StorageFull, re.compile(r"No space left|File too large|quota exceeded|not enough space|disk is full", re.I)),
    (StorageInUse, re.compile(r"set lock on file|Conflicting lock|used by another process", re.I)),
    (StorageReadOnly, re.compile(r"Permission denied|Read-only file system|read-only mode|Access is denied", re.I)),
    (StorageClosed, re.compile(r"Connection already closed|database has been closed", re.I)),
    (
        StorageDamaged,
        re.compile(r"not a valid DuckDB database|replaying WAL|corrupt|checksum|deserializ|WAL.*mismatch", re.I),
    ),
)
_NEWER_FILE = re.compile(r"version number (\d+), but we can only read version (\S+)")
_BY_NUMBER = {
    errno.ENOSPC: StorageFull,
    errno.EDQUOT: StorageFull,
    errno.EFBIG: StorageFull,
    errno.EACCES: StorageReadOnly,
    errno.EPERM: StorageReadOnly,
    errno.EROFS: StorageReadOnly,
}


def failure_of(cause: BaseException, where: str) -> StorageError:
    """Turn an error of the engine or the operating system into the one to show."""
    if isinstance(cause, StorageError):
        return cause
    if isinstance(cause, OSError) and cause.errno in _BY_NUMBER:
        return _BY_NUMBER[cause.errno](where)
    words = str(cause)
    newer = _NEWER_FILE.search(words)
    if newer:
        return NewerDatabase(where, found=newer[1], known=newer[2].rstrip("."))
    for kind, pattern in _BY_WORDS:
        if pattern.search(words):
            return kind(where)
    return StorageFailed(where, cause=words.splitlines()[0][:200] if words else type(cause).__name__)


def must_reopen(cause: BaseException) -> bool:
    """Tell whether the engine refuses all further work until the database is opened anew.

    A checkpoint that meets a full disk does this; every acknowledged save is still in the write-ahead log.
    """
    return isinstance(cause, duckdb.FatalException) or "has been invalidated" in str(cause)
