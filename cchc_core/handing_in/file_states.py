"""Whether the files of documents are as they were stored.

A content is read through once, and again when anything about its file has changed.
"""

import os
from collections import OrderedDict
from threading import Lock
from typing import Final

from cchc_core.handing_in.model import FileState
from cchc_core.store.documents import FileVersion
from cchc_core.store.vault import Vault

_MOST_KEPT: Final = 20_000
_Look = tuple[str, int, int, int, int]
_kept: OrderedDict[_Look, bool] = OrderedDict()
_lock = Lock()


def state_of(vault: Vault, file: FileVersion) -> FileState:
    """Tell how a file is found: by its hash."""
    if file.is_purged:
        return FileState.PURGED
    place = f"{vault.folder}{os.sep}{file.sha256[:2]}{os.sep}{file.sha256}"
    try:
        # A path object for each of thousands of files would take longer than looking at them.
        seen = os.stat(place)  # noqa: PTH116
    except OSError:
        return FileState.MISSING
    if seen.st_size != file.size_bytes:
        return FileState.CHANGED
    look = (place, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)
    return FileState.WHOLE if _is_whole(vault, file, look) else FileState.CHANGED


def _is_whole(vault: Vault, file: FileVersion, look: _Look) -> bool:
    with _lock:
        known = _kept.get(look)
    if known is None:
        known = vault.is_whole(file.sha256)
        with _lock:
            _kept[look] = known
            while len(_kept) > _MOST_KEPT:
                _kept.popitem(last=False)
    return known
