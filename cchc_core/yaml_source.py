"""YAML as text with line numbers: every scalar stays as it is written, every doubled key is noted.

1.10 stays a code and 0.5000 an exact number; only null, true and false are read. Aliases are refused, so that a small
file can never unfold into a huge one.
"""

import re
from collections.abc import Callable

import yaml

from cchc_core.text import nfc

Where = tuple[str | int, ...]
Note = Callable[[int, str, str], None]
"""Takes a line, a key and a Vietnamese sentence."""


class YamlRefused(ValueError):
    """A text that is no YAML this product reads; ``line`` counts from 1 where it is known."""

    def __init__(self, line: int | None, sentence: str) -> None:
        self.line = line
        self.sentence = sentence
        super().__init__(sentence)


class _TextLoader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise YamlRefused(mark.line + 1, "không dùng được tham chiếu (*tên); hãy chép nội dung ra đầy đủ.")
        return super().compose_node(parent, index)


_TextLoader.yaml_implicit_resolvers = {}
_TextLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_TextLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])


def compose(text: str) -> yaml.Node:
    """Read a text into nodes that know their lines. Raises YamlRefused."""
    try:
        root = yaml.compose(text, Loader=_TextLoader)
    except yaml.MarkedYAMLError as why:
        mark = why.problem_mark or why.context_mark
        column = f" ở cột {mark.column + 1}" if mark else ""
        sentence = f"không đúng cú pháp YAML{column}; hãy xem lại thụt dòng, dấu hai chấm, dấu ngoặc."
        raise YamlRefused(mark.line + 1 if mark else None, sentence) from None
    except yaml.YAMLError:
        raise YamlRefused(None, "tệp có ký tự điều khiển không đọc được; hãy lưu lại dạng chữ thường.") from None
    except RecursionError:
        raise YamlRefused(None, "tệp lồng quá sâu; hãy kiểm tra lại.") from None
    if root is None:
        raise YamlRefused(None, "tệp trống.")
    return root


def is_empty(text: str) -> bool:
    """Tell whether a text holds nothing but comments, blank lines and the mark of a document's beginning."""
    return all(line.strip() in ("", "---") or line.lstrip().startswith("#") for line in text.splitlines())


def plain(node: yaml.Node, note: Note) -> object:
    """Give the plain value of a node, of a doubled key the first; ``note`` is told of every doubled key."""
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node, note)
    if isinstance(node, yaml.SequenceNode):
        return [plain(item, note) for item in node.value]
    if node.tag.endswith(":null"):
        return None
    if node.tag.endswith(":bool") and node.value in ("true", "false"):
        return node.value == "true"
    return nfc(str(node.value))


def _plain_mapping(node: yaml.MappingNode, note: Note) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in values:
            note(key.start_mark.line + 1, name, "khoá này ghi hai lần trong cùng một mục; hãy bỏ một.")
        values.setdefault(name, plain(value, note))
    return values


def line_of(root: yaml.Node, where: Where) -> int:
    """Give the line of a place, or of the nearest place above it that stands in the file."""
    node, line = root, root.start_mark.line + 1
    for step in where:
        found = step_into(node, step)
        if found is None:
            break
        node, line = found
    return line


def step_into(node: yaml.Node, step: str | int) -> tuple[yaml.Node, int] | None:
    """Give the node below and its line, or None where there is none."""
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line + 1
    return None


def spell(where: Where) -> str:
    """Spell a place: ``criteria[3].rule.levels[0].points``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where).lstrip(".")
