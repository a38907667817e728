"""A file looked at piece by piece: whatever its size, only a piece of it is in memory."""

import os
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Final

CHUNK: Final = 256 * 1024


class FileView:
    """What checks see of a file that is open for reading, or of bytes that were unpacked from one."""

    def __init__(self, file: BinaryIO | bytes) -> None:
        self.file = BytesIO(file) if isinstance(file, bytes) else file
        self.size = self.file.seek(0, os.SEEK_END)

    def at(self, start: int, length: int) -> bytes:
        """Give the bytes from a place on; fewer where the file ends, at most a piece."""
        self.file.seek(max(0, start))
        return self.file.read(min(length, CHUNK))

    def find(self, wanted: bytes, start: int = 0) -> int:
        """Give the first place of some bytes from ``start`` on, -1 where they do not occur."""
        return next(self.places(wanted, start), -1)

    def places(self, wanted: bytes, start: int = 0) -> Iterator[int]:
        """Give every place of some bytes from ``start`` on; the places do not overlap."""
        place = start
        while len(piece := self.at(place, CHUNK)) >= len(wanted):
            found = piece.find(wanted)
            if found >= 0:
                yield place + found
            # Without a hit the next piece begins so that one across the border is seen.
            place += found + len(wanted) if found >= 0 else len(piece) - len(wanted) + 1

    def rfind(self, wanted: bytes) -> int:
        """Give the last place of some bytes, -1 where they do not occur."""
        end = self.size
        while end > 0:
            start = max(0, end - CHUNK)
            found = self.at(start, end - start).rfind(wanted)
            if found >= 0:
                return start + found
            end = start + len(wanted) - 1 if start else 0
        return -1

    def after(self, start: int, skipped: bytes, length: int) -> bytes:
        """Give the bytes from a place on once all ``skipped`` ones before them are passed over."""
        place = start
        while piece := self.at(place, CHUNK):
            if left := piece.lstrip(skipped):
                return self.at(place + len(piece) - len(left), length)
            place += len(piece)
        return b""
