"""Indicator sets on disk: YAML that a person can read, checked to the last key, into :class:`IndicatorSet`.

Every problem of a file is collected with file, line, path and what to do; a file with one problem gives no set.

Errors: ``IndicatorFileError`` (a ValueError), with its ``problems``.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from cchc_core.indicators.model import IndicatorSet
from cchc_core.indicators.schema import IndicatorSetFile
from cchc_core.rubric_files import FileProblem, unreadable
from cchc_core.rubric_messages import real_errors, sentence_of
from cchc_core.yaml_source import Where, YamlRefused, compose, line_of, plain, spell

INDICATORS_DIR = Path(__file__).resolve().parents[2] / "data" / "indicators"


class IndicatorFileError(ValueError):
    """An indicator file with problems; ``problems`` names every one, in the order of the file."""

    def __init__(self, *problems: FileProblem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def list_indicators() -> tuple[str, ...]:
    """List the ids of the indicator sets that come with the product, in alphabetical order."""
    return tuple(sorted(path.stem for path in INDICATORS_DIR.glob("*.yaml")))


def read_indicators(set_id: str) -> IndicatorSet:
    """Load an indicator set that comes with the product, by id (KeyError, IndicatorFileError)."""
    if set_id not in list_indicators():
        raise KeyError(set_id)
    path = INDICATORS_DIR / f"{set_id}.yaml"
    return _cached(path, path.stat().st_mtime_ns)


def readable_indicators() -> tuple[dict[str, IndicatorSet], tuple[str, ...]]:
    """Load every set that can be read, by id, and say what is wrong with the others: one bad file hides no good one."""
    sets: dict[str, IndicatorSet] = {}
    problems: list[str] = []
    for set_id in list_indicators():
        try:
            sets[set_id] = read_indicators(set_id)
        except IndicatorFileError as why:
            problems.extend(map(str, why.problems))
    return sets, tuple(problems)


@lru_cache(maxsize=8)
def _cached(path: Path, _changed: int) -> IndicatorSet:
    return load_indicators(path)


def load_indicators(path: Path) -> IndicatorSet:
    """Read and check one YAML file. Raises IndicatorFileError with every problem found."""
    root = _composed(path)
    problems: list[FileProblem] = []
    document = plain(root, lambda line, key, why: problems.append(FileProblem(path, line, key, why)))
    shape = _shape_problems(document)
    file = _validated(document)
    for where, sentence in (*shape, *(() if file is None else _other_problems(file, path))):
        problems.append(FileProblem(path, line_of(root, where), spell(where), sentence))
    if file is None or problems:
        raise IndicatorFileError(*sorted(dict.fromkeys(problems), key=lambda problem: problem.line or 0))
    return file.to_set()


def _composed(path: Path) -> yaml.Node:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as why:
        raise IndicatorFileError(FileProblem(path, None, "", unreadable(why))) from why
    try:
        return compose(text)
    except YamlRefused as why:
        sentence = "tệp trống; cần id, title, sections, indicators …" if _is_empty(text) else why.sentence
        raise IndicatorFileError(FileProblem(path, why.line, "", sentence)) from None


def _is_empty(text: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines())


def _shape_problems(document: object) -> list[tuple[Where, str]]:
    """Name what the shape of a document gets wrong, and take unknown keys out, so that the rest can be looked at."""
    try:
        IndicatorSetFile.model_validate(document)
    except ValidationError as why:
        errors = real_errors(why)
    else:
        return []
    for error in errors:
        if error["type"] == "extra_forbidden":
            _drop(document, error["loc"])
    return [(error["loc"], sentence_of(error)) for error in errors]


def _drop(document: object, where: Where) -> None:
    holder: Any = document
    for step in where[:-1]:
        holder = holder[step]
    del holder[where[-1]]


def _other_problems(file: IndicatorSetFile, path: Path) -> Iterator[tuple[Where, str]]:
    if file.id != path.stem:
        yield ("id",), f"mã «{file.id}» khác tên tệp «{path.stem}»; hãy đặt hai tên như nhau."
    yield from file.problems()


def _validated(document: object) -> IndicatorSetFile | None:
    try:
        return IndicatorSetFile.model_validate(document)
    except ValidationError:  # told already
        return None
