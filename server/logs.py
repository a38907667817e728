"""The log file of a data directory: what went wrong and who signed in, never what was entered."""

import logging
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path

from uvicorn.config import LOGGING_CONFIG

LOGGER = logging.getLogger("cchc")

_LINE = "%(asctime)sZ %(levelname)s %(name)s %(message)s"
_MEGABYTE = 1024 * 1024
# Streamlit gives these loggers handlers of their own and cuts them off from the root, so the file is added to each.
_FOREIGN = ("uvicorn", "uvicorn.error", "streamlit")


class _UtcFormatter(logging.Formatter):
    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03d"


def open_log(data_dir: Path) -> logging.Handler:
    """Start writing to `log/cchc.log` of the data directory and return the handler for `close_log`."""
    folder = data_dir / "log"
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "cchc.log", maxBytes=5 * _MEGABYTE, backupCount=5, encoding="utf-8")
    handler.setFormatter(_UtcFormatter(_LINE))
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
    LOGGER.addHandler(handler)
    for name in _FOREIGN:
        logging.getLogger(name).addHandler(_WarningsOnly(handler))
    return handler


def close_log(handler: logging.Handler) -> None:
    """Stop writing to the file and release it."""
    LOGGER.removeHandler(handler)
    for name in _FOREIGN:
        logger = logging.getLogger(name)
        for attached in logger.handlers[:]:
            if isinstance(attached, _WarningsOnly) and attached.target is handler:
                logger.removeHandler(attached)
    handler.close()


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
