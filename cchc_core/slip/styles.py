"""The looks of a Phiếu Excel: yellow is typed into, everything else is locked; each format is made once."""

from typing import Any, Final

from cchc_core.workbook.xlsx import Book, Format

_Properties = dict[str, Any]

_LINE, _INK, _SOFT, _INPUT = "#B8C4D0", "#1F3A5F", "#5A6572", "#FFF6C8"
_WORDS: _Properties = {"text_wrap": True, "valign": "top", "quote_prefix": True}
_POINTS: _Properties = {"num_format": "#,##0.0000", "align": "right", "valign": "top"}
_BOX: _Properties = {"border": 1, "border_color": "#C9A227", "bg_color": _INPUT, "locked": False, "valign": "vcenter"}
_FILLS: Final[dict[str, _Properties]] = {
    "total": {"bold": True, "bg_color": "#D5DCE4"},
    "part": {"bold": True, "bg_color": "#C6D7EA"},
    "section": {"bold": True, "bg_color": "#DEE8F3"},
    "group": {"bold": True, "italic": True, "bg_color": "#F3F6FA"},
    "leaf": {"bold": True, "top": 1, "top_color": "#7F8FA3"},
}
_ROLES: Final[dict[str, _Properties]] = {
    "number": {"align": "center", "valign": "top", "quote_prefix": True},
    "words": _WORDS,
    "points": _POINTS,
    "state": {"align": "center", "valign": "top", "text_wrap": True, "bold": False},
    "said": {**_WORDS, "font_size": 10, "bold": False, "italic": False, "quote_prefix": False},
    "way": {"font_size": 9, "bold": False, "italic": True, "font_color": _SOFT, "text_wrap": True, "valign": "top"},
    "empty": {},
}
_PLAIN: Final[dict[str, _Properties]] = {
    "title": {"font_size": 16, "bold": True, "font_color": _INK, "valign": "vcenter"},
    "about": {"font_size": 12, "bold": True, "valign": "vcenter", "text_wrap": True},
    "how": {"font_size": 11, "font_color": _SOFT, "text_wrap": True, "valign": "vcenter"},
    "alert": {"bold": True, "font_color": "#A61C00", "text_wrap": True, "valign": "vcenter"},
    "live": {"font_size": 13, "bold": True, "font_color": _INK, "valign": "vcenter", "bg_color": "#EAF1F8"},
    "header": {
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
        "border_color": _LINE,
        "font_color": "#FFFFFF",
        "bg_color": "#2F5880",
    },
    "label": {**_WORDS, "font_size": 10, "indent": 1, "valign": "vcenter", "font_color": "#2B2B2B"},
    "worth": {**_POINTS, "font_size": 10, "valign": "vcenter", "font_color": _SOFT},
    "hint": {"font_size": 9, "italic": True, "font_color": _SOFT, "valign": "vcenter", "indent": 1},
    "proof": {
        **_WORDS,
        "font_size": 10,
        "left": 1,
        "left_color": _LINE,
        "top": 1,
        "top_color": "#7F8FA3",
        "indent": 0,
    },
    "mark": {**_BOX, "align": "center", "bold": True},
    "typed number": {**_BOX, "align": "right"},
    "typed points": {**_BOX, "align": "right", "num_format": "#,##0.0###"},
    "typed words": {**_BOX, "align": "left", "text_wrap": True, "num_format": "@"},
    "closed": {"bg_color": "#E6E6E6", "border": 1, "border_color": _LINE},
    "wrong": {"font_color": "#FFFFFF", "bg_color": "#C00000", "bold": True},
    "missing": {"font_color": "#9C5700"},
    "fine": {"font_color": "#1E6B34"},
    "cell": {**_WORDS, "border": 1, "border_color": _LINE},
    "cell number": {**_WORDS, "border": 1, "border_color": _LINE, "align": "center"},
    "cell points": {**_POINTS, "border": 1, "border_color": _LINE},
    "link": {**_WORDS, "border": 1, "border_color": _LINE, "font_color": "#0B5CAD", "underline": 1},
    "step": {"text_wrap": True, "valign": "top", "font_size": 12},
    "step title": {"bold": True, "text_wrap": True, "font_size": 12, "valign": "top", "font_color": _INK},
}


class Styles:
    """The formats of one workbook, made when they are first asked for."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Format] = {}

    def row(self, level: str, role: str) -> Format:
        """Give the format of a cell in a node's or a criterion's row."""
        made = self._made.get((level, role))
        return made or self._make(level, role, {**_FILLS[level], **_ROLES[role]})

    def plain(self, name: str) -> Format:
        """Give the format of anything else."""
        return self._made.get(("", name)) or self._make("", name, _PLAIN[name])

    def _make(self, level: str, name: str, properties: _Properties) -> Format:
        made = self._made[level, name] = self._book.add_format(properties)
        return made
