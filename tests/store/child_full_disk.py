"""A program that meets a full disk in the middle of saves, and afterwards has room again.

``python -m tests.store.child_full_disk FOLDER disk|limit``: with ``disk`` the folder is a small file system of its own,
which is filled to the last byte; with ``limit`` the system lets no file grow further (RLIMIT_FSIZE). Both are refusals
by the operating system. Tells as a line of JSON what happened at each step, then ends without closing anything.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from cchc_core.errors import StorageFull
from cchc_core.store.engine import write_ahead_log
from tests.store.world import World, make_world

NOTE = "Thuyết minh dài để chắc chắn không còn chỗ. " * 300


def main() -> None:
    """Run the steps and tell."""
    folder, way = Path(sys.argv[1]), sys.argv[2]
    world = make_world(folder)
    world.save("1.1", {"level": 0})
    world.note("1.2", "trước khi đầy")
    make_full, make_room = (_disk if way == "disk" else _limit)(folder, world)
    make_full()
    refusals = [_refusal(world) for _ in range(3)]
    sheet = world.sheet()
    while_full = {code: stored.version for code, stored in sheet.answers.items()}
    checkpointed = world.database.checkpoint()
    after_checkpoint = _refusal(world)
    make_room()
    saved = [world.note("1.3", NOTE).version, world.save("1.1", {"level": 1}, 1).version]
    told = {
        "refusals": [*refusals, after_checkpoint],
        "while_full": while_full,
        "checkpointed": checkpointed,
        "saved": saved,
        "assessment_id": world.assessment_id,
    }
    os.write(1, json.dumps(told).encode())
    os._exit(0)


def _refusal(world: World) -> str:
    try:
        world.note("1.3", NOTE)
    except StorageFull as full:
        return str(full)
    return "saved"


Switches = tuple[Callable[[], None], Callable[[], None]]


def _disk(folder: Path, _world: World) -> Switches:
    filler = (folder / "filler").open("wb", buffering=0)

    def fill() -> None:
        for size in (65_536, 512, 1):
            try:
                while True:
                    filler.write(b"x" * size)
            except OSError:
                continue

    def free() -> None:
        filler.truncate(0)

    return fill, free


def _limit(_folder: Path, world: World) -> Switches:
    # Without this the signal would end the process; ignored, the write fails with "File too large".
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)

    def limit() -> None:
        size = write_ahead_log(world.database.path).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 1_000, resource.RLIM_INFINITY))

    return limit, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)


if __name__ == "__main__":
    main()
