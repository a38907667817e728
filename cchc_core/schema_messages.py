"""What a person is told of a key in a data file that pydantic refused, and where it stands."""

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cchc_core.yaml_source import Where, step_into

_KINDS = "levels, checklist, ratio, bands, count, compare, external, manual"
_SENTENCES = {
    "missing": "thiếu khoá này; hãy thêm vào.",
    "extra_forbidden": "khoá này không có trong mẫu; hãy bỏ đi hoặc sửa lại tên.",
    "string_type": "cần một đoạn chữ; hãy điền vào.",
    "string_pattern_mismatch": "chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối; hãy sửa lại.",
    "bool_type": "cần true hoặc false; hãy sửa lại.",
    "bool_parsing": "cần true hoặc false; hãy sửa lại.",
    "list_type": "cần một danh sách; hãy sửa lại.",
    "tuple_type": "cần một danh sách; hãy sửa lại.",
    "model_type": "cần một mục có các khoá; hãy sửa lại.",
    "model_attributes_type": "cần một mục có các khoá; hãy sửa lại.",
    "dict_type": "cần một mục có các khoá; hãy sửa lại.",
    "union_tag_not_found": f"cách tính thiếu kind; hãy ghi một trong {_KINDS}.",
    "union_tag_invalid": f"kind này không có; hãy ghi một trong {_KINDS}.",
    "too_short": "danh sách quá ngắn; hãy thêm cho đủ.",
    "too_long": "danh sách quá dài; hãy bỏ bớt.",
    "int_parsing": "cần một số nguyên; hãy sửa lại.",
    "int_type": "cần một số nguyên; hãy sửa lại.",
    "greater_than": "số quá nhỏ; hãy ghi số lớn hơn 0.",
    "greater_than_equal": "số quá nhỏ; hãy kiểm tra lại.",
    "less_than_equal": "số quá lớn; hãy kiểm tra lại.",
    "literal_error": "giá trị này không nằm trong các giá trị cho phép; hãy xem mẫu.",
    "enum": "giá trị này không nằm trong các giá trị cho phép; hãy xem mẫu.",
}
_TAGS = frozenset(_KINDS.split(", "))


def real_errors(why: ValidationError) -> list[ErrorDetails]:
    """Give every error but "too short" for a list that pydantic shortened itself, by an item it refused."""
    errors = why.errors(include_url=False)
    above = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    return [error for error in errors if error["type"] != "too_short" or error["loc"] not in above]


def sentence_of(error: ErrorDetails) -> str:
    """Say in Vietnamese what is wrong and what to do."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return _SENTENCES.get(error["type"], "giá trị này không hợp lệ; hãy xem mẫu.")


def without_tags(where: Where, root: yaml.Node) -> Where:
    """Drop the union tag that pydantic puts after ``rule`` into a location; it stands nowhere in the file."""
    kept: list[str | int] = []
    node: yaml.Node | None = root
    for position, step in enumerate(where):
        is_tag = position > 0 and where[position - 1] == "rule" and step in _TAGS
        if is_tag and position < len(where) - 1:
            continue
        kept.append(step)
        found = step_into(node, step) if node is not None else None
        node = found[0] if found else None
    return tuple(kept)
