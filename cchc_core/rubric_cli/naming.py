"""Finding the criteria set that somebody means: an id, id@number or SHA-256, or the path of a YAML file."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cchc_core.control import ask
from cchc_core.data_files import FileProblem
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import RubricFileError, list_rubrics, load_rubric, read_rubric, rubric_from_canonical

TABLE_SUFFIXES: Final = (".xlsx", ".docx", ".csv")
YAML_SUFFIXES: Final = (".yaml", ".yml")
"""What tells a file in the keys of a criteria set from a table that people made."""


@dataclass(frozen=True, slots=True)
class Named:
    """A set that was found; ``sha256`` and ``number`` are known of what a data directory keeps."""

    rubric: Rubric
    sha256: str | None = None
    number: int | None = None


def find(name: str, data: Path | None = None) -> Named:
    """Find a set among those of the product and, where a data directory is given, among what it keeps.

    Raises RubricFileError for a file with problems and for a name that is none, CchcError where the data directory
    cannot be asked.
    """
    kept = _kept(name, data)
    if kept is not None:
        return kept
    shipped = name.removesuffix("@1")
    if shipped in list_rubrics():
        return Named(read_rubric(shipped))
    path = Path(name)
    if path.suffix in YAML_SUFFIXES or os.path.lexists(path):
        return Named(load_rubric(path))
    known = ", ".join(_names(data))
    more = "" if data is not None else "; bộ đã đưa vào thì ghi thêm --data"
    sentence = f"không có bộ tiêu chí «{name}»; các bộ có sẵn: {known}; hoặc ghi đường dẫn tệp YAML{more}."
    raise RubricFileError((FileProblem(path, None, "", sentence),))


def _names(data: Path | None) -> list[str]:
    if data is None:
        return list(list_rubrics())
    kept: Any = ask(data, "rubric-list", {}).data
    return [f"{each['id']}@{each['number']}" for each in kept["versions"]]


def is_table(path: Path) -> bool:
    """Tell whether a path names a file that holds a table which people made."""
    return path.suffix.lower() in TABLE_SUFFIXES


def _kept(name: str, data: Path | None) -> Named | None:
    if data is None or not name.strip():
        return None
    found = ask(data, "rubric-read", {"name": name}).data
    if not isinstance(found, dict):
        return None
    return Named(rubric_from_canonical(json.dumps(found["source"])), found["sha256"], found["number"])
