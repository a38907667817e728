"""Charts of a page that follows other people's saves.

Streamlit's own chart is taken down and put up anew whenever its figure moves, and with it goes what a reader zoomed or
hid. This one is told the new figure and changes what moved; plotly's ``uirevision`` keeps the rest.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import plotly.graph_objects as go
import plotly.io
import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

LIBRARY: Final = f"/cchc/plotly.min.js?v={version('plotly')}"
"""Address at which the server has plotly's script."""

# Streamlit's own template is filled in by Streamlit's own chart alone.
_AXIS: Final = {"automargin": True, "zeroline": False}
_TEMPLATE: Final = {"layout": {"xaxis": {"showgrid": False, "title": {"standoff": 8}, **_AXIS}, "yaxis": _AXIS}}
_PACKAGE, _NAME, _FOLDER = "cchc", "live-chart", Path(__file__).parent


def draw(figure: go.Figure, key: str, config: dict[str, Any]) -> str | None:
    """Draw a chart that keeps its place, and give what was chosen by a click just now.

    What a mark is chosen as stands in the ``ids`` of its trace; without one nothing happens. The answer comes from a
    browser: check it.
    """
    spec = figure.to_dict()
    spec["layout"]["template"] = _TEMPLATE
    chosen = _component()(
        key=key,
        data={
            "figure": plotly.io.to_json(spec, validate=False),
            "config": config,
            "height": spec["layout"]["height"],
            "library": LIBRARY,
        },
        height=spec["layout"]["height"],
        on_chosen_change=_nothing,
    ).chosen
    return chosen if isinstance(chosen, str) else None


def _nothing() -> None:
    """Stand for the callback without which a click would not reach the page."""


def _component() -> Any:
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(f"{_PACKAGE}.{_NAME}") is None:
        # Given as a file: the policy of the pages lets no script run that stands inside another.
        config = ComponentConfig(_NAME, asset_dir="web")
        manager.register_from_manifest(ComponentManifest(_PACKAGE, "1", [config]), _FOLDER)
    return st.components.v2.component(f"{_PACKAGE}.{_NAME}", js="chart.js", isolate_styles=False)
