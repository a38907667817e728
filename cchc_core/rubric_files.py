"""Criteria sets on disk: YAML that a person can read, checked to the last key, into :class:`Rubric`.

Every problem of a file is collected with file, line, path and what to do; a file with one problem gives no rubric.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from cchc_core.periods import PeriodFileError, periods_for
from cchc_core.rubric.checks import errors as rubric_errors
from cchc_core.rubric.checks import leaf_problems
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_messages import real_errors, sentence_of, without_tags
from cchc_core.rubric_schema import RubricFile
from cchc_core.rules.kinds import Checklist, Leaf
from cchc_core.yaml_source import Where, YamlRefused, compose, line_of, plain, spell

RUBRICS_DIR = Path(__file__).resolve().parent.parent / "data" / "rubrics"


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One problem of a file: where (line and path inside the file) and a Vietnamese sentence."""

    path: Path
    line: int | None
    where: str
    message: str

    def __str__(self) -> str:
        line = f", dòng {self.line}" if self.line else ""
        where = f", {self.where}" if self.where else ""
        return f"{self.path.name}{line}{where}: {self.message}"


class RubricFileError(ValueError):
    """A criteria-set file with problems; ``problems`` names every one."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def list_rubrics() -> tuple[str, ...]:
    """List the ids of the criteria sets that come with the product, in alphabetical order."""
    return tuple(sorted(path.stem for path in RUBRICS_DIR.glob("*.yaml") if not path.stem.endswith(".cases")))


def rubric_path(rubric_id: str) -> Path:
    """Say where a criteria set lies (KeyError for an id that is none)."""
    if rubric_id not in list_rubrics():
        raise KeyError(rubric_id)
    return RUBRICS_DIR / f"{rubric_id}.yaml"


def read_rubric(rubric_id: str) -> Rubric:
    """Load a criteria set that comes with the product, by id (KeyError, RubricFileError)."""
    path = rubric_path(rubric_id)
    return _cached(path, path.stat().st_mtime_ns)


def readable_rubrics() -> tuple[dict[str, Rubric], tuple[str, ...]]:
    """Load every set that can be read, by id, and say what is wrong with the others: one bad file hides no good one."""
    rubrics: dict[str, Rubric] = {}
    problems: list[str] = []
    for rubric_id in list_rubrics():
        try:
            rubrics[rubric_id] = read_rubric(rubric_id)
        except RubricFileError as why:
            problems.extend(map(str, why.problems))
    return rubrics, tuple(problems)


@lru_cache(maxsize=16)
def _cached(path: Path, _changed: int) -> Rubric:
    return load_rubric(path)


def load_rubric(path: Path) -> Rubric:
    """Read and check one YAML file. Raises RubricFileError with every problem found."""
    try:
        root = compose(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as why:
        raise RubricFileError((FileProblem(path, None, "", unreadable(why)),)) from why
    except YamlRefused as why:
        raise RubricFileError((FileProblem(path, why.line, "", why.sentence),)) from None
    return _File(path, root).rubric()


def rubric_from_canonical(text: str) -> Rubric:
    """Read a pinned criteria set back from its canonical text (:func:`cchc_core.rubric.document.canonical_text`)."""
    try:
        return RubricFile.model_validate(json.loads(text)).to_rubric()
    except ValueError as why:
        sentence = "bản ghim không đọc lại được; hãy khôi phục từ bản sao lưu."
        raise RubricFileError((FileProblem(Path("bộ tiêu chí đã lưu"), None, "", sentence),)) from why


def unreadable(why: OSError | UnicodeDecodeError) -> str:
    """Say why a file could not be read, and what to do."""
    match why:
        case FileNotFoundError():
            return "không có tệp này; hãy kiểm tra lại đường dẫn."
        case IsADirectoryError():
            return "đây là thư mục; hãy ghi đường dẫn của một tệp."
        case PermissionError():
            return "không có quyền đọc tệp này; hãy cấp quyền đọc."
        case UnicodeDecodeError():
            return "tệp không phải UTF-8; hãy lưu lại với mã UTF-8."
        case _:
            return "không đọc được tệp này; hãy kiểm tra lại đường dẫn và ổ đĩa."


class _File:
    """One file on its way to a rubric, collecting problems."""

    def __init__(self, path: Path, root: yaml.Node) -> None:
        self.path = path
        self.root = root
        self.problems: list[FileProblem] = []

    def rubric(self) -> Rubric:
        document = plain(self.root, lambda line, key, why: self.problems.append(FileProblem(self.path, line, key, why)))
        file = self._validated(document)
        rubric = None if file is None else self._checked(file)
        if rubric is None or self.problems:
            ordered = sorted(dict.fromkeys(self.problems), key=lambda problem: problem.line or 0)
            raise RubricFileError(tuple(ordered))
        return rubric

    def _note(self, where: Where, sentence: str) -> None:
        self.problems.append(FileProblem(self.path, line_of(self.root, where), spell(where), sentence))

    def _validated(self, document: object) -> RubricFile | None:
        try:
            return RubricFile.model_validate(document)
        except ValidationError as why:
            errors = real_errors(why)
        for error in errors:
            self._note(without_tags(error["loc"], self.root), sentence_of(error))
        if any(error["type"] != "extra_forbidden" for error in errors):
            return None
        # Only unknown keys are wrong: look at the rest of the file without them.
        for error in errors:
            _drop(document, without_tags(error["loc"], self.root))
        return RubricFile.model_validate(document)

    def _checked(self, file: RubricFile) -> Rubric | None:
        tree_problems = tuple(file.tree_problems())
        for where, sentence in tree_problems:
            self._note(where, sentence)
        periods = _periods(file)
        for index, criterion in enumerate(file.criteria):
            leaf = criterion.to_leaf()
            problems = () if leaf is None else (*leaf_problems(leaf), *_period_problems(leaf, periods))
            for sentence in problems:
                self._note(("criteria", index), f"Tiêu chí {criterion.code}: {sentence}")
        if tree_problems:
            return None
        rubric = file.to_rubric()
        for code, sentence in ((finding.code, finding.message) for finding in rubric_errors(rubric)):
            self._note(_place_of(code, rubric), sentence)
        return rubric


def _periods(file: RubricFile) -> frozenset[str]:
    try:
        return frozenset(period.code for period in periods_for(file.id, file.year))
    except PeriodFileError:  # the period files are at fault, not this one
        return frozenset()


def _period_problems(leaf: Leaf, known: frozenset[str]) -> Iterator[str]:
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


def _drop(document: object, where: Where) -> None:
    holder: Any = document
    for step in where[:-1]:
        holder = holder[step]
    holder.pop(where[-1], None)
