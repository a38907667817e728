"""A program that the kill test starts: it forks children that save until they are killed.

For every line ``PATH ASSESSMENT`` on stdin it forks a child, tells its process id, and waits for its end. The child
opens the database and tells every acknowledged save as a line of JSON. Forking spares fifty starts of the interpreter;
each child is a process of its own with a database that it opened itself.
"""

import json
import os
import random
import sys
from pathlib import Path

# The engine imports pandas at its first parameter where it is installed; a child has no use for it.
sys.modules["pandas"] = None  # type: ignore[assignment]

from cchc_core.permissions import Role  # noqa: E402 (after the line above)
from cchc_core.store.database import Database  # noqa: E402
from tests.store.world import World, people_of  # noqa: E402

CODES = ("1.1", "1.2", "1.5", "1.6", "2.1")


def save_until_killed(path: Path, assessment_id: str) -> None:
    """Save answers and notes one after the other, and tell of each when it was acknowledged."""
    database = Database.open(path)
    people = people_of(database)
    world = World(database, people, assessment_id)
    chance = random.Random(os.getpid())
    stored = dict(world.sheet().answers)
    while True:
        code = chance.choice(CODES)
        before = stored.get(code)
        version = before.version if before else 0
        if chance.random() < 0.2:
            saved = world.note(code, f"thuyết minh {chance.random()}", version)
        else:
            level = 1 - before.entry_json.get("level", 1) if before else 0
            saved = world.save(code, {"level": level}, version, people[chance.choice((Role.OFFICER, Role.ROOM))])
        stored[code] = saved
        told = {"code": code, "version": saved.version, "entry": dict(saved.entry_json), "note": saved.self_note}
        os.write(1, json.dumps(told).encode() + b"\n")


def main() -> None:
    """Fork a child for every line that comes in."""
    for line in sys.stdin:
        path, assessment_id = line.split()
        child = os.fork()
        if child == 0:
            save_until_killed(Path(path), assessment_id)
        os.write(1, f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        os.write(1, f"ended {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
