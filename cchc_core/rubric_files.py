"""Criteria sets on disk: YAML that a person can read, checked to the last key, into :class:`Rubric`.

Every problem of a file is collected with file, line, path and what to do; a file with one problem gives no rubric.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from cchc_core.data_files import DataFile, DataFileError, FileProblem, ids_in, path_in, readable
from cchc_core.periods import PeriodFileError, periods_for
from cchc_core.rubric.checks import errors as rubric_errors
from cchc_core.rubric.checks import leaf_problems
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_schema import RubricFile
from cchc_core.rules.kinds import Checklist, Leaf
from cchc_core.yaml_source import Where

RUBRICS_DIR = Path(__file__).resolve().parent.parent / "data" / "rubrics"


class RubricFileError(DataFileError):
    """A criteria-set file with problems; ``problems`` names every one."""


def list_rubrics() -> tuple[str, ...]:
    """List the ids of the criteria sets that come with the product, in alphabetical order."""
    return ids_in(RUBRICS_DIR)


def rubric_path(rubric_id: str) -> Path:
    """Say where a criteria set lies (KeyError for an id that is none)."""
    return path_in(RUBRICS_DIR, rubric_id)


def read_rubric(rubric_id: str) -> Rubric:
    """Load a criteria set that comes with the product, by id (KeyError, RubricFileError)."""
    path = rubric_path(rubric_id)
    return _cached(path, path.stat().st_mtime_ns)


def readable_rubrics() -> tuple[dict[str, Rubric], tuple[str, ...]]:
    """Load every set that can be read, by id, and say what is wrong with the others."""
    return readable(list_rubrics(), read_rubric)


@lru_cache(maxsize=16)
def _cached(path: Path, _changed: int) -> Rubric:
    return load_rubric(path)


def load_rubric(path: Path) -> Rubric:
    """Read and check one YAML file. Raises RubricFileError with every problem found."""
    source = DataFile(path, RubricFileError, "id, title, sections, criteria …")
    file = source.validated(RubricFile)
    return source.settled(None if file is None else _checked(source, file))


def rubric_from_canonical(text: str) -> Rubric:
    """Read a pinned criteria set back from its canonical text (:func:`cchc_core.rubric.document.canonical_text`)."""
    try:
        return RubricFile.model_validate(json.loads(text)).to_rubric()
    except ValueError as why:
        sentence = "bản ghim không đọc lại được; hãy khôi phục từ bản sao lưu."
        raise RubricFileError([FileProblem(Path("bộ tiêu chí đã lưu"), None, "", sentence)]) from why


def _checked(source: DataFile, file: RubricFile) -> Rubric | None:
    tree_problems = tuple(file.tree_problems())
    for where, sentence in tree_problems:
        source.note(where, sentence)
    periods = period_codes(file.id, file.year)
    for index, criterion in enumerate(file.criteria):
        leaf = criterion.to_leaf()
        problems = () if leaf is None else (*leaf_problems(leaf), *period_problems(leaf, periods))
        for sentence in problems:
            source.note(("criteria", index), f"Tiêu chí {criterion.code}: {sentence}")
    if tree_problems:
        return None
    rubric = file.to_rubric()
    for code, sentence in ((finding.code, finding.message) for finding in rubric_errors(rubric)):
        source.note(_place_of(code, rubric), sentence)
    return rubric


def period_codes(rubric_id: str, year: int) -> frozenset[str]:
    """Give the codes of the periods that a set is scored in; none where their file cannot be read."""
    try:
        return frozenset(period.code for period in periods_for(rubric_id, year))
    except PeriodFileError:  # the period files are at fault, not this one
        return frozenset()


def period_problems(leaf: Leaf, known: frozenset[str]) -> Iterator[str]:
    """Name the due periods of a leaf that are none of those known."""
    items = leaf.rule.items if isinstance(leaf.rule, Checklist) else ()
    for due in dict.fromkeys((leaf.due_period, *(item.due_period for item in items))):
        if known and due is not None and due not in known:
            yield f"không có kỳ «{due}»; hãy sửa due_period, các kỳ là {', '.join(sorted(known))}."


def _place_of(code: str | None, rubric: Rubric) -> Where:
    codes = {
        "criteria": [criterion.code for criterion in rubric.criteria],
        "sections": [section.code for section in rubric.sections],
        "parts": [part.code for part in rubric.parts],
    }
    return next(((name, listed.index(code)) for name, listed in codes.items() if code in listed), ())
