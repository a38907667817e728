"""Criteria sets on disk: YAML that a person can read, checked to the last key, into :class:`Rubric`.

Every problem of a file is collected with file, line, path and what to do; a file with one problem gives no rubric.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from cchc_core.rubric.checks import errors as rubric_errors
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_schema import RubricFile
from cchc_core.text import nfc

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


@lru_cache(maxsize=16)
def _cached(path: Path, _changed: int) -> Rubric:
    return load_rubric(path)


def load_rubric(path: Path) -> Rubric:
    """Read and check one YAML file. Raises RubricFileError with every problem found."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as why:
        raise RubricFileError(
            (FileProblem(path, None, "", f"không đọc được tệp ({why}); cần tệp YAML, UTF-8."),)
        ) from why
    return _read(text, path)


def rubric_from_canonical(text: str) -> Rubric:
    """Read a pinned criteria set back from its canonical text (JSON is YAML's own subset)."""
    return _read(text, Path("bộ tiêu chí đã lưu"))


def _read(text: str, path: Path) -> Rubric:
    root = _compose(text, path)
    document = _plain(root, path)
    try:
        file = RubricFile.model_validate(document)
    except ValidationError as why:
        raise RubricFileError(tuple(_schema_problems(why, root, path))) from None
    problems = tuple(FileProblem(path, _line(root, where), _spell(where), why) for where, why in file.tree_problems())
    if problems:
        raise RubricFileError(problems)
    rubric = file.to_rubric()
    flaws = tuple(_flaws(rubric, root, path))
    if flaws:
        raise RubricFileError(flaws)
    return rubric


class _TextLoader(yaml.SafeLoader):
    """Reads every scalar as text but null, true and false: 1.10 stays a code and 0.5000 an exact number."""


_TextLoader.yaml_implicit_resolvers = {}
_TextLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_TextLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])


def _compose(text: str, path: Path) -> yaml.Node:
    try:
        root = yaml.compose(text, Loader=_TextLoader)
    except yaml.YAMLError as why:
        mark = getattr(why, "problem_mark", None)
        sentence = f"không đúng cú pháp YAML ({getattr(why, 'problem', None) or why}); hãy sửa ở dòng này."
        raise RubricFileError((FileProblem(path, mark.line + 1 if mark else None, "", sentence),)) from None
    except RecursionError:
        raise RubricFileError((FileProblem(path, None, "", "tệp lồng quá sâu; hãy kiểm tra lại."),)) from None
    if root is None:
        raise RubricFileError((FileProblem(path, None, "", "tệp trống; cần id, title, sections, criteria …"),))
    return root


def _plain(node: yaml.Node, path: Path) -> object:
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, path)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path) for item in node.value]
    if node.tag.endswith(":null"):
        return None
    return node.value == "true" if node.tag.endswith(":bool") else nfc(str(node.value))


def _plain_mapping(node: yaml.MappingNode, path: Path) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in plain:
            problem = FileProblem(path, line, name, "khoá này ghi hai lần trong cùng một mục; hãy bỏ một.")
            raise RubricFileError((problem,))
        plain[name] = _plain(value, path)
    return plain


Where = tuple[str | int, ...]


def _line(root: yaml.Node, where: Where) -> int:
    node, line = root, root.start_mark.line + 1
    for step in where:
        found = _step_into(node, step)
        if found is None:
            break
        node, line = found
    return line


def _step_into(node: yaml.Node, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line + 1
    return None


def _spell(where: Where) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where).lstrip(".")


_SENTENCES = {
    "missing": "thiếu khoá này; hãy thêm vào.",
    "extra_forbidden": "khoá này không có trong mẫu; hãy bỏ đi hoặc sửa lại tên.",
    "string_type": "cần một đoạn chữ.",
    "string_too_short": "không được để trống.",
    "bool_type": "cần true hoặc false.",
    "list_type": "cần một danh sách.",
    "tuple_type": "cần một danh sách.",
    "model_type": "cần một mục có các khoá.",
    "model_attributes_type": "cần một mục có các khoá.",
    "dict_type": "cần một mục có các khoá.",
    "union_tag_not_found": "cách tính thiếu kind; hãy ghi levels, checklist, ratio, bands, count, compare, external, manual.",
    "union_tag_invalid": "kind này không có; hãy ghi levels, checklist, ratio, bands, count, compare, external, manual.",
    "too_short": "danh sách quá ngắn; hãy thêm cho đủ.",
    "int_parsing": "cần một số nguyên.",
    "literal_error": "giá trị này không nằm trong các giá trị cho phép; hãy xem mẫu.",
    "enum": "giá trị này không nằm trong các giá trị cho phép; hãy xem mẫu.",
}


def _schema_problems(why: ValidationError, root: yaml.Node, path: Path) -> Iterator[FileProblem]:
    for error in why.errors(include_url=False):
        where = _without_tags(error["loc"], root)
        sentence = _SENTENCES.get(error["type"], "")
        if error["type"] == "value_error":
            sentence = str(error["ctx"]["error"])
        yield FileProblem(path, _line(root, where), _spell(where), sentence or f"không hợp lệ ({error['msg']}).")


def _without_tags(where: Where, root: yaml.Node) -> Where:
    """Drop the union tags that pydantic puts into a location; they stand nowhere in the file."""
    kept: list[str | int] = []
    node: yaml.Node | None = root
    for position, step in enumerate(where):
        found = _step_into(node, step) if node is not None else None
        is_last = position == len(where) - 1
        if found is None and not is_last:
            continue
        kept.append(step)
        node = found[0] if found else None
    return tuple(kept)


def _flaws(rubric: Rubric, root: yaml.Node, path: Path) -> Iterator[FileProblem]:
    places = {criterion.code: index for index, criterion in enumerate(rubric.criteria)}
    for finding in rubric_errors(rubric):
        where: Where = ("criteria", places[finding.code]) if finding.code in places else ()
        yield FileProblem(path, _line(root, where), _spell(where), finding.message)
