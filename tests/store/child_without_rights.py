"""A program that gives up its rights and then opens a database: ``python -m tests.store.child_without_rights FOLDER``.

Tells as a line of JSON the kind and text of the refusal, or "opened" and how a save then went.
"""

import json
import os
import sys
from pathlib import Path

sys.modules["pandas"] = None  # type: ignore[assignment]

from cchc_core.errors import StorageError  # noqa: E402 (after the line above)
from cchc_core.store.database import Database  # noqa: E402
from tests.store.world import World, people_of  # noqa: E402

NOBODY = 65_534


def main() -> None:
    """Drop the rights, open, save, tell."""
    folder, assessment_id = Path(sys.argv[1]), sys.argv[2]
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        database = Database.open(folder / "cchc.duckdb")
    except StorageError as refused:
        told = ["opening", type(refused).__name__, str(refused)]
    else:
        told = _saving(database, assessment_id)
    os.write(1, json.dumps(told).encode())
    os._exit(0)


def _saving(database: Database, assessment_id: str) -> list[str]:
    world = World(database, people_of(database), assessment_id)
    read = len(world.sheet().answers)
    try:
        world.save("1.2", {"level": 0})
    except StorageError as refused:
        return ["saving", type(refused).__name__, str(refused), str(read)]
    return ["saved"]


if __name__ == "__main__":
    main()
