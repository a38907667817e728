"""The folder of files: each content once, under its SHA-256, written beside and renamed, never overwritten.

The folder lies beside the database. What may be read is decided by the rows of documents, never here.
"""

import hashlib
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from cchc_core.store.clock import new_id
from cchc_core.store.failures import failure_of

FOLDER: Final = "files"
CHUNK: Final = 256 * 1024
DAY_SECONDS: Final = 24 * 60 * 60
_UNFINISHED, _DAMAGED = ".part", ".damaged"
_HEXADECIMAL = frozenset("0123456789abcdef")
_keeping = threading.Lock()


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has been written whole and synced, but lies beside still, under a name of its own."""

    path: Path
    sha256: str
    size: int


class Vault:
    """A folder of files. Its methods raise a StorageError when the machine cannot do it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def receiving(self, stream: BinaryIO, most_bytes: int) -> Iterator[Received]:
        """Write a stream beside and give what was received, for checks before :meth:`keep`; dropped when not kept.

        Reading stops right above ``most_bytes``: a larger file shows a size above it, whatever else is in it.
        """
        path = self.folder / f"{new_id()}{_UNFINISHED}"
        try:
            yield self._write(path, stream, most_bytes)
        finally:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def keep(self, received: Received) -> None:
        """Give a received file its place; a content that lies there whole already is left alone."""
        place = self.path_of(received.sha256)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            # What lies there is looked at and moved by one at a time, or one takes what another just kept for damaged.
            with _keeping:
                if self.is_whole(received.sha256):
                    # A sweep that runs now must take it for a new one.
                    os.utime(place)
                    return
                if place.exists():
                    place.rename(place.with_name(f"{place.name}.{new_id()}{_DAMAGED}"))
                self._move(received, place)
            _sync_folder(place.parent)
            _sync_folder(self.folder)
        except OSError as cause:
            raise failure_of(cause, "Lưu tệp") from cause

    def _move(self, received: Received, place: Path) -> None:
        try:
            received.path.rename(place)
        except FileExistsError:
            # Windows tells that somebody else was faster with the same content; elsewhere the same bytes replace them.
            if not self.is_whole(received.sha256):
                raise

    def put(self, stream: BinaryIO) -> tuple[str, int]:
        """Store a stream and give its SHA-256 and its size in bytes."""
        with self.receiving(stream, most_bytes=2**62) as received:
            self.keep(received)
        return received.sha256, received.size

    def path_of(self, sha256: str) -> Path:
        """Give the place of a content. Raises ValueError for what is no SHA-256."""
        if len(sha256) != 64 or not _HEXADECIMAL.issuperset(sha256):
            raise ValueError("no SHA-256")
        return self.folder / sha256[:2] / sha256

    def open(self, sha256: str) -> BinaryIO:
        """Open a content for reading (FileNotFoundError where it is missing)."""
        return self.path_of(sha256).open("rb")

    def open_whole(self, sha256: str) -> BinaryIO | None:
        """Open a content after reading it through; None where it is missing or is not what was stored."""
        try:
            file = self.open(sha256)
        except OSError:
            return None
        try:
            whole = _digest(file) == sha256
            file.seek(0)
        except BaseException as cause:
            file.close()
            if isinstance(cause, OSError):
                return None
            raise
        if whole:
            return file
        file.close()
        return None

    def is_there(self, sha256: str) -> bool:
        """Tell whether something lies in the place of a content."""
        return self.path_of(sha256).is_file()

    def is_whole(self, sha256: str) -> bool:
        """Tell whether a content lies in its place byte for byte, by reading it through."""
        file = self.open_whole(sha256)
        if file is None:
            return False
        file.close()
        return True

    def purge(self, sha256: str) -> None:
        """Destroy a content; doing it twice does nothing."""
        try:
            self.path_of(sha256).unlink(missing_ok=True)
        except OSError as cause:
            raise failure_of(cause, "Huỷ nội dung tệp") from cause

    def sweep(self, known: Mapping[str, bool], older_than_seconds: float = DAY_SECONDS) -> int:
        """Remove what no row knows and what was left half written, once it is old; tell how much that was.

        ``known`` are the contents that rows know, with whether they were destroyed: what is left of those goes too.
        Damaged contents that were set aside stay: a person may want to look at them.
        """
        latest, removed = time.time() - older_than_seconds, 0
        for path in self._files():
            if path.suffix == _DAMAGED or known.get(path.name) is False:
                continue
            with suppress(OSError):
                if known.get(path.name) or path.stat().st_mtime < latest:
                    path.unlink()
                    removed += 1
        return removed

    def _files(self) -> Iterator[Path]:
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.suffix == _UNFINISHED:
                    yield path
                elif path.is_dir() and len(path.name) == 2 and _HEXADECIMAL.issuperset(path.name):
                    yield from path.iterdir()

    def _write(self, path: Path, stream: BinaryIO, most_bytes: int) -> Received:
        digest, size = hashlib.sha256(), 0
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                while size <= most_bytes and (chunk := stream.read(CHUNK)):
                    digest.update(chunk)
                    size += file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
        except OSError as cause:
            raise failure_of(cause, "Lưu tệp") from cause
        return Received(path, digest.hexdigest(), size)


def vault_beside(database_path: Path) -> Vault:
    """Give the vault that belongs to a database."""
    return Vault(database_path.parent / FOLDER)


def digest_of(stream: BinaryIO) -> str:
    """Give the SHA-256 of a stream and leave it at its beginning."""
    stream.seek(0)
    found = _digest(stream)
    stream.seek(0)
    return found


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    # Windows opens no folders; there the rename is durable with the file system's own journal.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
