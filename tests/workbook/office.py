"""LibreOffice as the reader that calculates."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from tests.programs import need_libreoffice


def recalculated(folder: Path, books: Mapping[str, Workbook]) -> dict[str, Path]:
    """Save workbooks without any stored value and let LibreOffice compute all of them anew, in one run."""
    program, sources, results = need_libreoffice(), folder / "without-values", folder / "recalculated"
    sources.mkdir(parents=True)
    for name, book in books.items():
        book.save(sources / f"{name}.xlsx")
    files = [str(path) for path in sorted(sources.glob("*.xlsx"))]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(program), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(results), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {name: results / f"{name}.xlsx" for name in books}
