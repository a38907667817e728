"""Data files of the product: YAML in a folder, read by id, checked to the last key, every problem collected.

Criteria sets, plans, statistics and holidays differ in their schema and in what does not go together; how a file is
found, opened and told off is here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from cchc_core.schema_messages import real_errors, sentence_of, without_tags
from cchc_core.yaml_source import Where, YamlRefused, compose, is_empty, line_of, plain, spell

_Schema = TypeVar("_Schema", bound=BaseModel)
_Content = TypeVar("_Content")


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


class DataFileError(ValueError):
    """A file with problems; ``problems`` names every one. Each kind of file has its own, below this one."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def ids_in(folder: Path) -> tuple[str, ...]:
    """List the ids of the files of a folder, in alphabetical order; ``<id>.cases.yaml`` belongs to another file."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml") if not path.stem.endswith(".cases")))


def path_in(folder: Path, file_id: str) -> Path:
    """Say where a file lies (KeyError for an id that is none)."""
    if file_id not in ids_in(folder):
        raise KeyError(file_id)
    return folder / f"{file_id}.yaml"


def readable(ids: Iterable[str], read: Callable[[str], _Content]) -> tuple[dict[str, _Content], tuple[str, ...]]:
    """Read every file that can be read, by id, and say what is wrong with the others: one bad one hides no good one."""
    contents: dict[str, _Content] = {}
    problems: list[str] = []
    for file_id in ids:
        try:
            contents[file_id] = read(file_id)
        except DataFileError as why:
            problems.extend(map(str, why.problems))
    return contents, tuple(problems)


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


class DataFile:
    """One file on its way to what it holds, collecting problems.

    ``error`` is raised where the file cannot even be composed; ``wanted`` names the keys that an empty one lacks.
    """

    def __init__(self, path: Path, error: type[DataFileError], wanted: str) -> None:
        self.path = path
        self._error = error
        self._root = self._composed(wanted)
        self._problems: list[FileProblem] = []
        self._document = plain(self._root, lambda line, key, why: self._add(line, key, why))

    def _composed(self, wanted: str) -> yaml.Node:
        try:
            text = self.path.read_text(encoding="utf-8-sig")
            if is_empty(text):
                raise YamlRefused(None, f"tệp trống; cần {wanted}.")
            return compose(text)
        except (OSError, UnicodeDecodeError) as why:
            raise self._error([FileProblem(self.path, None, "", unreadable(why))]) from why
        except YamlRefused as why:
            raise self._error([FileProblem(self.path, why.line, "", why.sentence)]) from None

    def _add(self, line: int, where: str, sentence: str) -> None:
        self._problems.append(FileProblem(self.path, line, where, sentence))

    def note(self, where: Where, sentence: str) -> None:
        """Take note of a problem at a place."""
        self._add(line_of(self._root, where), spell(where), sentence)

    def validated(self, schema: type[_Schema]) -> _Schema | None:
        """Hold the file to a schema; None when its shape is wrong in more than unknown keys, which are left out."""
        try:
            return schema.model_validate(self._document)
        except ValidationError as why:
            errors = real_errors(why)
        places = [without_tags(error["loc"], self._root) for error in errors]
        for error, where in zip(errors, places, strict=True):
            self.note(where, sentence_of(error))
        if any(error["type"] != "extra_forbidden" for error in errors):
            return None
        for where in places:
            _drop(self._document, where)
        return schema.model_validate(self._document)

    def settled(self, content: _Content | None) -> _Content:
        """Give the content, or raise the file's error with every problem in the order of its lines."""
        if content is None or self._problems:
            raise self._error(sorted(dict.fromkeys(self._problems), key=lambda problem: problem.line or 0))
        return content


def _drop(document: object, where: Where) -> None:
    holder: Any = document
    for step in where[:-1]:
        holder = holder[step]
    holder.pop(where[-1], None)
