"""The facts of the machine and of the libraries that a figure depends on."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("streamlit", "duckdb", "xlsxwriter", "openpyxl")


def facts() -> str:
    """Say in one line what was measured on, and when."""
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: {_processor()}, {os.cpu_count()} cores{load}; "
        f"{platform.system()}, Python {platform.python_version()}, {libraries}."
    )


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        for line in listed.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
