"""Formats, each made once per workbook: writing thousands of cells must not make thousands of formats."""

from typing import Any

from cchc_core.workbook.lines import Kind
from cchc_core.workbook.xlsx import Book, Format

_Properties = dict[str, Any]

POINTS_FORMAT, PERCENT_FORMAT = "#,##0.0000", "0.00%"
SIGNED_FORMAT = "+#,##0.0000;−#,##0.0000;0.0000"
DATE_FORMAT, MOMENT_FORMAT = "dd/mm/yyyy", "hh:mm dd/mm/yyyy"

_LEVELS: dict[Kind, _Properties] = {
    Kind.TOTAL: {"bold": True, "bg_color": "#D9D9D9"},
    Kind.PART: {"bold": True, "bg_color": "#CFDDEE"},
    Kind.SECTION: {"bold": True, "bg_color": "#E6EEF7"},
    Kind.GROUP: {"bold": True},
    Kind.LEAF: {},
}
# The apostrophe that a spreadsheet keeps before such a text: editing "=1+1" in place leaves it a text.
_WORDS: _Properties = {"text_wrap": True, "quote_prefix": True}
_ROLES: dict[str, _Properties] = {
    "number": {"align": "center", "quote_prefix": True},
    "words": _WORDS,
    "small": {**_WORDS, "font_size": 10, "bold": False},
    "points": {"num_format": POINTS_FORMAT, "align": "right"},
    "typed": {"num_format": POINTS_FORMAT, "align": "right", "bg_color": "#FFFBE6"},
    "signed": {"num_format": SIGNED_FORMAT, "align": "right"},
    "typed signed": {"num_format": SIGNED_FORMAT, "align": "right", "bg_color": "#FFFBE6"},
    "closed": {"bg_color": "#EDEDED"},
    "percent": {"num_format": PERCENT_FORMAT, "align": "right"},
    "whole": {"num_format": "0", "align": "right"},
    "mark": {"align": "center", "bg_color": "#FFFBE6"},
    "centred": {"align": "center", "text_wrap": True},
    "share": {"align": "right"},
    "empty": {},
}
_PLAIN: dict[str, _Properties] = {
    "header": {
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
        "bg_color": "#DDDDDD",
    },
    "agency": {"font_size": 12, "align": "center", "valign": "top", "text_wrap": True},
    "agency bold": {"font_size": 12, "bold": True, "align": "center", "valign": "top", "text_wrap": True},
    "motto": {"font_size": 13, "bold": True, "underline": 1, "align": "center", "valign": "top"},
    "rule": {"font_size": 6, "align": "center", "valign": "top"},
    "title": {"font_size": 14, "bold": True, "align": "center", "valign": "vcenter"},
    "subtitle": {"font_size": 12, "bold": True, "align": "center", "text_wrap": True},
    "about": {"font_size": 11, "italic": True, "align": "center", "valign": "top", "text_wrap": True},
    "alert": {
        "font_size": 11,
        "bold": True,
        "font_color": "#A61C00",
        "align": "center",
        "valign": "top",
        "text_wrap": True,
    },
    "note": {"font_size": 11, "italic": True, "valign": "top", "text_wrap": True},
    "signer": {"font_size": 12, "bold": True, "align": "center"},
    "hint": {"font_size": 11, "italic": True, "align": "center"},
    "date line": {"font_size": 12, "italic": True, "align": "center"},
    "label": {"bold": True},
    "moment": {"num_format": MOMENT_FORMAT, "align": "left"},
    "day": {"num_format": DATE_FORMAT, "align": "left"},
    "left": {"align": "left", "quote_prefix": True},
    "wrong": {"font_color": "#FFFFFF", "bg_color": "#C00000"},
}


class Styles:
    """The formats of one workbook, made when they are first asked for."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._cells: dict[tuple[Kind, str], Format] = {}
        self._plain: dict[str, Format] = {}

    def cell(self, level: Kind, role: str) -> Format:
        """Give the format of a table cell: how a row of that level shows such a value."""
        made = self._cells.get((level, role))
        if made is None:
            properties = {"border": 1, "valign": "top", **_LEVELS[level], **_ROLES[role]}
            made = self._cells[level, role] = self._book.add_format(properties)
        return made

    def plain(self, name: str) -> Format:
        """Give the format of what stands outside the tables."""
        made = self._plain.get(name)
        if made is None:
            made = self._plain[name] = self._book.add_format(_PLAIN[name])
        return made
