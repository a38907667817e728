"""The log file of a data directory: what went wrong and who signed in, never what was entered."""

import logging
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path

from uvicorn.config import LOGGING_CONFIG

LOGGER = logging.getLogger("cchc")

_LINE = "%(asctime)sZ %(levelname)s %(name)s %(message)s"
_MEGABYTE = 1024 * 1024
_CORE, _UVICORN = "cchc_core", "uvicorn.error"


class _UtcFormatter(logging.Formatter):
    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03d"


def open_log(data_dir: Path) -> None:
    """Start writing to `log/cchc.log` of the data directory; doing it twice does nothing.

    Raises:
        OSError: the folder cannot be written.
    """
    if data_dir in _open:
        return
    folder = data_dir / "log"
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "cchc.log", maxBytes=5 * _MEGABYTE, backupCount=5, encoding="utf-8")
    handler.setFormatter(_UtcFormatter(_LINE))
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
    _open[data_dir] = handler
    LOGGER.addHandler(handler)
    logging.getLogger(_CORE).addHandler(_WarningsOnly(handler))


def log_others(data_dir: Path) -> None:
    """Write the warnings of uvicorn to the same file.

    Only once it is set up: that takes every handler off its loggers.
    """
    logging.getLogger(_UVICORN).addHandler(_WarningsOnly(_open[data_dir]))


def close_log(data_dir: Path) -> None:
    """Stop writing to the log of a data directory and release its file."""
    handler = _open.pop(data_dir)
    LOGGER.removeHandler(handler)
    for name in (_CORE, _UVICORN):
        logger = logging.getLogger(name)
        for other in [other for other in logger.handlers if isinstance(other, _WarningsOnly)]:
            logger.removeHandler(other)
    handler.close()


_open: dict[Path, logging.Handler] = {}


def quiet_uvicorn() -> None:
    """Keep the messages of a healthy start and stop off the console; warnings still come through."""
    for logger in LOGGING_CONFIG["loggers"].values():
        logger["level"] = "WARNING"


def one_line(text: object, limit: int = 200) -> str:
    """Return text that cannot forge a line of the log: control characters escaped, length bounded."""
    escaped = str(text).encode("unicode_escape").decode("ascii")
    return escaped if len(escaped) <= limit else escaped[:limit] + "…"


class _WarningsOnly(logging.Handler):
    """Passes warnings and errors of somebody else's logger to the file."""

    def __init__(self, target: logging.Handler) -> None:
        super().__init__(logging.WARNING)
        self.target = target

    def emit(self, record: logging.LogRecord) -> None:
        self.target.handle(record)
