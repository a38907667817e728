"""What may be typed into which cell: the program refuses what the product would refuse, and says why."""

from collections.abc import Iterable
from typing import Any, Final

from cchc_core.rules.scoring import Status
from cchc_core.slip import names as n
from cchc_core.slip.fields import Kind
from cchc_core.slip.layout import Form
from cchc_core.slip.lists import Lists
from cchc_core.slip.styles import Styles
from cchc_core.status_names import STATUS_NAMES
from cchc_core.workbook.xlsx import Worksheet

# A validation names its cells in one attribute, which programs read only so far.
_MOST_CELLS = 200
_HUGE = 10**15


def _number(minimum: object, maximum: object, error: str, validate: str = "decimal") -> dict[str, object]:
    return {
        "validate": validate,
        "criteria": "between",
        "minimum": minimum,
        "maximum": maximum,
        "error_title": "Số không hợp lệ",
        "error_message": error,
    }


_RULES: Final[dict[Kind, dict[str, object]]] = {
    Kind.MARK: {
        "validate": "list",
        "source": [n.MARK],
        "dropdown": True,
        "error_title": "Ô đánh dấu",
        "error_message": "Ô này chỉ nhận chữ x. Muốn bỏ thì xoá chữ x.",
    },
    Kind.NUMBER: _number(-_HUGE, _HUGE, "Ô này chỉ nhận số."),
    Kind.AMOUNT: _number(0, _HUGE, "Ô này chỉ nhận số từ 0 trở lên."),
    # «95%» would be kept as 0.95, which no rule can tell from 0.95 percent: so it is said before anything is typed.
    Kind.PERCENT: {
        **_number(0, 100, "Phần trăm phải từ 0 đến 100, không gõ dấu %."),
        "input_title": "Phần trăm",
        "input_message": "Gõ số từ 0 đến 100, không gõ dấu %: 95 phần trăm thì gõ 95.",
    },
    Kind.WHOLE: _number(0, 10**9, "Ô này chỉ nhận số nguyên từ 0 trở lên.", "integer"),
}


def guard_cells(sheet: Worksheet, styles: Styles, form: Form, lists: Lists) -> None:
    """Guard every input cell by its kind, and colour the states."""
    cells: dict[Kind, list[int]] = {}
    by_list: dict[str, list[int]] = {}
    for line in form.leaves:
        options = lists.of(line.leaf.scored.rule)
        for placed in line.fields:
            if placed.field.kind is Kind.LEVEL and options is not None:
                by_list.setdefault(options.texts, []).append(placed.row)
            else:
                cells.setdefault(placed.field.kind, []).append(placed.row)
    for kind, rule in _RULES.items():
        _guard(sheet, cells.get(kind, ()), rule)
    for texts, rows in by_list.items():
        _guard(sheet, rows, _level(texts))
    for row in cells.get(Kind.POINTS, ()):
        # The maximum stands right above, in the criterion's own row.
        most = f"=${n.MAX}${row - 1}"
        _guard(sheet, (row,), _number(0, most, "Điểm phải từ 0 đến điểm chuẩn của tiêu chí."))
    _colour(sheet, styles, form)


def _level(texts: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": f"={texts}",
        "error_title": "Chọn một mức",
        "error_message": "Hãy bấm mũi tên ở góc ô rồi chọn một mức trong danh sách.",
    }


def _guard(sheet: Worksheet, rows: Iterable[int], rule: dict[str, Any]) -> None:
    listed = list(rows)
    column = n.index_of(n.INPUT)
    for start in range(0, len(listed), _MOST_CELLS):
        some = listed[start : start + _MOST_CELLS]
        cells = " ".join(f"{n.INPUT}{row}" for row in some)
        sheet.data_validation(some[0] - 1, column, some[0] - 1, column, {**rule, "multi_range": cells})


_COLOURS: Final = (
    (n.TO_MEND, "wrong"),
    (STATUS_NAMES[Status.MISSING], "missing"),
    (STATUS_NAMES[Status.SCORED], "fine"),
)


def _colour(sheet: Worksheet, styles: Styles, form: Form) -> None:
    first, last, column = n.FIRST_ROW - 1, form.total.row - 1, n.index_of(n.STATE)
    for name, style in _COLOURS:
        rule = {"type": "cell", "criteria": "==", "value": f'"{name}"', "format": styles.plain(style)}
        sheet.conditional_format(first, column, last, column, rule)
    wrong = f'=${n.STATE}{n.FIRST_ROW}="{n.TO_MEND}"'
    said = n.index_of(n.SAID)
    sheet.conditional_format(
        first, said, last, said, {"type": "formula", "criteria": wrong, "format": styles.plain("wrong")}
    )
