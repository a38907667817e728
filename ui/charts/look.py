"""What all charts share: colours, fonts, the toolbar, and how text and figures are put into them."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any, Final

import plotly.graph_objects as go

from cchc_core.heat import MOST_MARKS as MOST_MARKS

TEXT_COLOR: Final = "#16233a"
NAVY: Final = "#123e7c"
GROUND: Final = "#ffffff"
EMPTY: Final = "#e3e8ef"
EARNED, LOST, MISSING, NOT_DUE = "#1b7f4b", "#b3261e", "#f0a500", "#9aa5b1"
EXTERNAL_GIVEN, EXTERNAL_LOST, AWAITING, NOT_APPLICABLE = "#2b5fb8", "#7a5195", "#9dc0f5", "#c3cad3"
WITHIN_REACH: Final = "#8ccaa8"


def picture_config(name: str, *, with_zoom: bool = False) -> dict[str, Any]:
    """Give the settings of a chart whose toolbar saves the picture under ``name`` (plain letters) and may zoom.

    Zooming is done by buttons alone: a finger that draws over a chart scrolls the page. The locale is given here
    because the page carries none but English: the buttons speak Vietnamese.
    """
    return {
        "displaylogo": False,
        "modeBarButtons": [_ZOOM, ["toImage"]] if with_zoom else [["toImage"]],
        "showAxisDragHandles": False,
        "toImageButtonOptions": {"format": "png", "scale": 2, "filename": name},
        "locale": "vi",
        "locales": {"vi": _VIETNAMESE},
    }


_ZOOM: Final = ["zoomIn2d", "zoomOut2d", "resetScale2d"]
_VIETNAMESE: Final[dict[str, Any]] = {
    "dictionary": {
        "Download plot as a PNG": "Lưu biểu đồ thành ảnh PNG",
        "Download plot": "Lưu biểu đồ thành ảnh",
        "Preparing image - this may take a few seconds": "Đang tạo ảnh, xin chờ vài giây",
        "Taking snapshot - this may take a few seconds": "Đang tạo ảnh, xin chờ vài giây",
        "Snapshot succeeded": "Đã lưu ảnh",
        "Sorry, there was a problem downloading your snapshot!": "Không lưu được ảnh.",
        "Zoom in": "Phóng to",
        "Zoom out": "Thu nhỏ",
        "Reset axes": "Về như cũ",
        "Double-click to zoom back out": "Bấm đúp để thu về như cũ",
    },
    "format": {"decimal": ",", "thousands": "."},
}
CONFIG: Final = picture_config("bieu-do-cchc")
"""The settings of every chart that has no name of its own."""


def layout(height: int) -> dict[str, Any]:
    """Give the settings of layout that all charts share; what a reader zoomed or hid stays so at every update."""
    return {
        "height": height,
        "margin": {"l": 4, "r": 8, "t": 8, "b": 8},
        "font": {"color": TEXT_COLOR, "size": 13},
        "legend": {
            "orientation": "h",
            "y": 1.01,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
            "font": {"color": TEXT_COLOR, "size": 12},
        },
        "hoverlabel": {"align": "left"},
        "paper_bgcolor": GROUND,
        "plot_bgcolor": GROUND,
        "separators": ",.",
        "dragmode": False,
        "uirevision": "kept",
    }


def axis_title(text: str) -> dict[str, Any]:
    """Give the title of an axis, in the colour of all text."""
    return {"text": text, "font": {"color": TEXT_COLOR, "size": 13}}


_PALE: Final = frozenset({MISSING, NOT_DUE, AWAITING, NOT_APPLICABLE, WITHIN_REACH})


def filled(color: str, pattern: str, outline: str = "") -> dict[str, Any]:
    """Give the look of a bar: its colour, the pattern that repeats it for the eye, an outline where one is named.

    All of it is said, because Streamlit's own theme would draw patterns on white.
    """
    strokes = {"bgcolor": color, "fgcolor": "#46536a" if color in _PALE else "#e8edf5", "fillmode": "replace"}
    return {
        "color": color,
        "pattern": {"shape": pattern, "solidity": 0.25, "size": 9, **strokes},
        "line": {"color": outline, "width": 1} if outline else {"width": 0},
    }


def line_of(text: str) -> str:
    """Give a text as a chart shows it letter by letter, on one line: a chart takes tags for mark-up."""
    return escape(" ".join(text.split()))


def link(text: str, address: str) -> str:
    """Give a text, escaped already, that leads to an address in the same window."""
    # Plotly ends an address at a quote, escaped or not.
    safe = escape(address.replace('"', "%22").replace("'", "%27"), quote=False)
    return f'<a href="{safe}" target="_self" style="color:{NAVY};text-decoration:underline">{text}</a>'


def shortened(text: str, longest: int) -> str:
    """Cut a text between words where it is too long; to be escaped afterwards."""
    if len(text) <= longest:
        return text
    head = text[:longest]
    return (head.rpartition(" ")[0] or head) + " …"


def placed(value: Decimal) -> str:
    """Give a figure as a mark stands for it: exactly, without an exponent."""
    return f"{value:f}"


def side(value: Decimal, whole: Decimal) -> str:
    """Tell at which side a label is held so that it grows towards the middle of an axis from 0 to ``whole``."""
    return "right" if value * 2 > whole else "left"


def marks(figure: go.Figure) -> int:
    """Count the marks that a browser has to draw: bars, points, cells."""
    return sum(_marks_of(trace) for trace in figure.data)


def _marks_of(trace: Any) -> int:
    if trace.type == "heatmap":
        return sum(len(row) for row in trace.z)
    longest: Sequence[Any] = trace.x if trace.x is not None else ()
    return len(longest)
