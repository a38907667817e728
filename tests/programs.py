"""Programs outside Python that some tests need: there in CI, else a skip that names what is missing."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest


def need_chromium() -> Path:
    """Return the Chromium to drive: $CCHC_CHROMIUM, /usr/bin/chromium, or the one on the path."""
    named = os.environ.get("CCHC_CHROMIUM")
    if named:
        return _existing(Path(named)) or _miss(f"Chromium, which CCHC_CHROMIUM says is at {named}")
    return _existing(Path("/usr/bin/chromium")) or _on_path("chromium") or _miss("Chromium (Debian package chromium)")


def need_libreoffice() -> Path:
    """Return the LibreOffice that recalculates workbooks and prints them."""
    return _on_path("soffice") or _on_path("libreoffice") or _miss("LibreOffice (Debian package libreoffice-calc)")


def is_ci() -> bool:
    """Tell whether this is the build machine, where nothing may be skipped."""
    return os.environ.get("CI", "").casefold() in ("1", "true", "yes")


def _existing(path: Path) -> Path | None:
    return path if path.is_file() else None


def _on_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def _miss(what: str) -> NoReturn:
    if is_ci():
        pytest.fail(f"CI must have {what}", pytrace=False)
    pytest.skip(f"this machine lacks {what}")
