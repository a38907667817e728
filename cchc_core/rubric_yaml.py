"""A criteria set as YAML that a person can read and a difference can show, in the keys and the order of a shipped file.

What is written is read back by :func:`cchc_core.rubric_files.load_rubric` as the same set with the same fingerprint.
Keys that say nothing are left out, so that a new line in a difference is a new fact.
"""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import indent
from typing import Any, Final

import yaml

from cchc_core.rubric.document import source_form
from cchc_core.rubric.model import Rubric
from cchc_core.rules.explain import one_line

LINE_WIDTH: Final = 110
_SHORT: Final = 96  # a mapping that fits one line is written in one

_HEAD: Final = (
    *("id", "title", "issuer", "year", "document", "points_source", "points_document", "declared_total"),
    *("applies_to", "body_kind", "cut_from"),
)
_CRITERION: Final = (
    *("code", "parent", "title", "max_points", "declared_max", "effect", "rule", "not_applicable_clause"),
    *("void_condition", "due_period", "evidence", "deadline", "funding", "responsible", "note", "print_note"),
    *("reference", "applies_to", "place"),
)
_NUMBERS: Final = frozenset(
    (
        *("declared_total", "declared_max", "max_points", "points", "points_by_count", "floor_percent", "from", "to"),
        *("factor", "constant", "known_gaps", "higher", "equal", "lower", "step", "most"),
    )
)
# 1.10 would be a number to other readers of YAML; within exclusions ``criteria`` are two codes.
_CODES: Final = frozenset({"code", "parent", "part", "node", "criteria"})
# These mean something when they are null: not printed, without an end.
_NULL_SAYS: Final = frozenset({"declared_total", "from", "to"})
_DEFAULTS: Final[Mapping[str, object]] = {"ratio": False, "brought_by_unit": True}

Form = dict[str, Any]


def to_yaml(rubric: Rubric) -> str:
    """Write a criteria set as a file; the same set always gives the same text."""
    form = source_form(rubric)
    blocks = [_mapping({key: form[key] for key in _HEAD if key in form})]
    blocks += [_list(key, form[key]) for key in ("parts", "sections") if form[key]]
    blocks.append("\n".join(("criteria:", *_criteria(rubric, form["criteria"]))))
    blocks += [_list(key, form[key]) for key in ("exclusions", "caps") if form.get(key)]
    return "\n".join(blocks)


def _criteria(rubric: Rubric, forms: Sequence[Form]) -> Iterator[str]:
    """Give each criterion as a block, under a comment that names its section where one begins."""
    begun = ""
    for criterion, form in zip(rubric.criteria, forms, strict=True):
        if criterion.section != begun:
            begun = criterion.section
            yield f"  # ---- {one_line(f'{begun}. {rubric.section(begun).title}')} ----\n"
        yield _item(_ordered(form))


def _ordered(form: Form) -> Form:
    ordered: Form = {key: form[key] for key in _CRITERION if key in form}
    if ordered.get("declared_max") == ordered.get("max_points"):
        del ordered["declared_max"]
    elif ordered["declared_max"] is None:
        # A leaf that does not mention it declares its own maximum.
        ordered["declared_max"] = _null()
    return ordered


def _list(key: str, forms: Sequence[Form]) -> str:
    return "".join((f"{key}:\n", *map(_item, forms)))


def _item(form: Form) -> str:
    return indent(_dumped([_written("", form)]), "  ")


def _mapping(form: Form) -> str:
    return _dumped(_written("", form, may_be_short=False))


def _written(key: str, value: object, *, may_be_short: bool = True) -> object:
    """Turn a value of the source form into what is dumped: numbers plain, without what says nothing."""
    if isinstance(value, dict):
        pairs = {name: _written(name, each) for name, each in value.items() if _says_something(name, each)}
        return _Short(pairs) if may_be_short and _fits_one_line(pairs) else pairs
    if isinstance(value, list):
        written = [_written(key, each) for each in value]
        is_short = all(isinstance(each, str | int | yaml.Node) for each in _flat(written))
        return _ShortList(written) if is_short else written
    if not isinstance(value, str):
        return value
    if key in _CODES and value[:1].isdigit():
        return yaml.ScalarNode("tag:yaml.org,2002:str", value, style='"')
    return _number(value) if key in _NUMBERS else value


def _says_something(key: str, value: object) -> bool:
    if key in _DEFAULTS:
        return value != _DEFAULTS[key]
    return key in _NULL_SAYS or value not in (None, [], ())


def _flat(values: Sequence[object]) -> Iterator[object]:
    for value in values:
        yield from value if isinstance(value, list) else (value,)


def _fits_one_line(pairs: Mapping[str, object]) -> bool:
    if any(isinstance(value, dict | list) and not isinstance(value, _Short) for value in pairs.values()):
        return False
    return _width(pairs) <= _SHORT


def _width(value: object) -> int:
    if isinstance(value, dict):
        return sum(len(name) + _width(each) + 4 for name, each in value.items())
    if isinstance(value, list):
        return sum(_width(each) + 2 for each in value) + 2
    return len(str(value.value if isinstance(value, yaml.ScalarNode) else value))


def _number(text: str) -> yaml.Node:
    tag = _resolver.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return yaml.ScalarNode(tag, text)


def _null() -> yaml.Node:
    return yaml.ScalarNode("tag:yaml.org,2002:null", "null")


class _Short(dict[str, object]):
    """A mapping in one line."""


class _ShortList(list[object]):
    """A list in one line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


_resolver = yaml.SafeLoader("")
_Dumper.add_representer(_Short, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, True))
_Dumper.add_representer(_ShortList, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, True))
_Dumper.add_multi_representer(yaml.Node, lambda _dumper, node: node)


def _dumped(value: object) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=LINE_WIDTH)
