"""When to move the write-ahead log into the database file: after 50 saves, or after 30 seconds without one."""

from collections.abc import Callable
from threading import Condition, Thread

SAVES_BETWEEN = 50
IDLE_SECONDS = 30


class Checkpointer:
    """A thread that does so beside the work; it starts with the first save."""

    def __init__(self, checkpoint: Callable[[], bool]) -> None:
        self._checkpoint = checkpoint
        self._changed = Condition()
        self._saves = 0
        self._is_stopped = False
        self._thread: Thread | None = None

    def saved(self) -> None:
        """Take note of one more save."""
        with self._changed:
            if self._is_stopped:
                return
            self._saves += 1
            if self._thread is None:
                self._thread = Thread(target=self._run, name="cchc-checkpoint", daemon=True)
                self._thread.start()
            if self._saves == 1 or self._saves >= SAVES_BETWEEN:
                self._changed.notify_all()

    def stop(self) -> None:
        """End the thread; what is in the log stays there until the next start."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while self._wait_until_due():
            if not self._checkpoint():
                # A full disk, or an open transaction that the engine minds: the next idle time tries again.
                with self._changed:
                    self._saves = max(self._saves, 1)
                    self._changed.wait(timeout=1)

    def _wait_until_due(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._saves > 0 or self._is_stopped)
            while not self._is_stopped and self._saves < SAVES_BETWEEN:
                before = self._saves
                if not self._changed.wait(timeout=IDLE_SECONDS) and self._saves == before:
                    break
            self._saves = 0
            return not self._is_stopped
