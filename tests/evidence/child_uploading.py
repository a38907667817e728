"""A program that the kill test starts: it adds documents until it is killed, or stops where it is told to and waits.

``PATH WHO DEPARTMENT until-killed`` tells the id of every document that was kept; ``half`` waits in the middle of a
file that is being received, ``unnamed`` between a file that has its place and the row that would name it.
"""

import os
import random
import sys
import time
from io import BytesIO
from pathlib import Path

from cchc_core.evidence import keeping
from cchc_core.evidence.incoming import take_in
from cchc_core.evidence.keeping import DocumentDraft, DocumentKind
from cchc_core.store import users
from cchc_core.store.database import Database
from cchc_core.store.users import User
from tests.evidence.files import PDF

DRAFT = DocumentDraft(DocumentKind.PLAN, "1/KH")


class Stalled(BytesIO):
    """A stream that stops in its middle, as an upload does whose sender went away."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            _tell("waiting")
            time.sleep(600)
        return super().read(1000)


def _tell(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def _add(database: Database, user: User, department: str, file: BytesIO) -> str:
    return keeping.add_document(database, user, department, 2022, department, DRAFT, file, "a.pdf").id


def main() -> None:
    """Do what the command line says."""
    path, who, department, what = sys.argv[1:]
    database = Database.open(Path(path))
    user = users.find(database, who)
    assert user is not None
    if what == "half":
        _add(database, user, department, Stalled(PDF + bytes(100_000)))
    if what == "unnamed":
        take_in(database, department, BytesIO(PDF), "a.pdf")
        _tell("waiting")
        time.sleep(600)
    chance = random.Random(os.getpid())
    while True:
        filling = chance.randbytes(chance.randint(1, 2_000_000))
        _tell(_add(database, user, department, BytesIO(PDF[:-6] + filling + PDF[-6:])))


if __name__ == "__main__":
    main()
