"""What a start does in the folder of files: it takes old orphans away and leaves everything else."""

import os
import subprocess
import sys
import time
from pathlib import Path

from cchc_core.store.vault import DAY_SECONDS
from tests.server.client import free_port
from tests.server.conftest import ROOT, wait_for_server


def test_a_start_sweeps_orphans_that_are_older_than_a_day(tmp_path: Path) -> None:
    folder = tmp_path / "sample" / "files"
    old, fresh, unfinished = folder / "aa" / f"aa{'0' * 62}", folder / "bb" / f"bb{'0' * 62}", folder / "1.part"
    for path in (old, fresh, unfinished):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    long_ago = time.time() - DAY_SECONDS - 60
    for path in (old, unfinished):
        os.utime(path, (long_ago, long_ago))
    command = [sys.executable, "-m", "tests.server.serve", str(tmp_path), str(free_port())]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for_server(tmp_path, process)
        finally:
            process.terminate()
            process.wait(timeout=30)
    assert [path.exists() for path in (old, fresh, unfinished)] == [False, True, False]
    assert "swept files=2" in (tmp_path / "log" / "cchc.log").read_text(encoding="utf-8")
