"""Indicator sets on disk: YAML that a person can read, checked to the last key, into :class:`IndicatorSet`.

Every problem of a file is collected with file, line, path and what to do; a file with one problem gives no set.

Errors: ``IndicatorFileError`` (a ValueError), with its ``problems``.
"""

from functools import lru_cache
from pathlib import Path

from cchc_core.data_files import DataFile, DataFileError, ids_in, path_in, readable
from cchc_core.indicators.model import IndicatorSet
from cchc_core.indicators.schema import IndicatorSetFile

INDICATORS_DIR = Path(__file__).resolve().parents[2] / "data" / "indicators"


class IndicatorFileError(DataFileError):
    """An indicator file with problems; ``problems`` names every one."""


def list_indicators() -> tuple[str, ...]:
    """List the ids of the indicator sets that come with the product, in alphabetical order."""
    return ids_in(INDICATORS_DIR)


def read_indicators(set_id: str) -> IndicatorSet:
    """Load an indicator set that comes with the product, by id (KeyError, IndicatorFileError)."""
    path = path_in(INDICATORS_DIR, set_id)
    return _cached(path, path.stat().st_mtime_ns)


def readable_indicators() -> tuple[dict[str, IndicatorSet], tuple[str, ...]]:
    """Load every set that can be read, by id, and say what is wrong with the others."""
    return readable(list_indicators(), read_indicators)


@lru_cache(maxsize=8)
def _cached(path: Path, _changed: int) -> IndicatorSet:
    return load_indicators(path)


def load_indicators(path: Path) -> IndicatorSet:
    """Read and check one YAML file. Raises IndicatorFileError with every problem found."""
    source = DataFile(path, IndicatorFileError, "id, title, sections, indicators …")
    file = source.validated(IndicatorSetFile)
    return source.settled(None if file is None else _checked(source, file))


def _checked(source: DataFile, file: IndicatorSetFile) -> IndicatorSet | None:
    disorder = tuple(file.problems())
    if file.id != source.path.stem:
        source.note(("id",), f"mã «{file.id}» khác tên tệp «{source.path.stem}»; hãy đặt hai tên như nhau.")
    for where, sentence in disorder:
        source.note(where, sentence)
    return None if disorder else file.to_set()
