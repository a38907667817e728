"""Checks over the folder of files: every content that rows know, read through and hashed anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cchc_core.store import stored_files
from cchc_core.store.connection import Connection
from cchc_core.store.findings import Finding
from cchc_core.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Content:
    """A content as rows know it."""

    sha256: str
    is_purged: bool
    names: tuple[str, ...]


def contents(connection: Connection) -> tuple[Content, ...]:
    """Read what should lie in the folder, so that the files can be read without keeping a transaction open."""
    known = stored_files.contents(connection)
    return tuple(Content(sha, purged, stored_files.names_of(connection, sha)) for sha, purged in known.items())


def findings(vault: Vault, known: Iterable[Content]) -> Iterator[Finding]:
    """Name every file that is missing, that has changed, or that was destroyed and lies there still."""
    for content in known:
        name = f"Tệp «{', '.join(content.names)[:200]}» ({content.sha256[:12]})"
        if content.is_purged:
            if vault.is_there(content.sha256):
                yield Finding(
                    "KT-12", f"{name}: nội dung đã huỷ nhưng tệp vẫn còn trên đĩa; sẽ được dọn khi khởi động."
                )
        elif not vault.is_there(content.sha256):
            yield Finding("KT-10", f"{name}: không còn trong kho tệp; hãy khôi phục từ bản sao lưu.")
        elif not vault.is_whole(content.sha256):
            yield Finding("KT-11", f"{name}: nội dung đã thay đổi so với lúc lưu; hãy khôi phục từ bản sao lưu.")
