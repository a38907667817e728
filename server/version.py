"""The version of the product, read from the one place that states it."""

import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def product_version() -> str:
    """Return the version that `pyproject.toml` states, `unknown` where the program was copied without it."""
    try:
        text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    except FileNotFoundError:
        return "unknown"
    return str(tomllib.loads(text)["project"]["version"])
