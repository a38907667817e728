"""docs/benchmarks.md: a section for each benchmark, with the machine it was last measured on."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

DOCUMENT: Final = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_INTRODUCTION: Final = """# Speed and size

Written by `python -m benchmarks --write`, or with names after it for some of them. Every figure stands beside an
alternative measured in the same run, in turn with it; the ratios are the goals, the absolute figures belong to the
machine named above each table.

- *Click to painted total*: in Chromium, from the click event until the total has changed and a frame was painted; the
  answer is saved to the database. The page with one widget and the naive page (all 121 leaves in columns, totals last,
  the whole script run again) lie in `benchmarks/pages/` and save through the same use case.
- *Busy sessions*: clients of Streamlit's own protocol on the loopback address, each answering its own criterion.
- *Memory*: resident bytes after a garbage collection.
- *Board first drawn*: in Chromium, from the start of the navigation until the last frame that changed anything, beside
  a page of the same frame and menu with one chart; pages in turn, a fresh browser context each load.
- *Polling*: processor time of the server while twenty boards ask every three seconds and nothing changes, beside the
  same board in one fragment that draws itself anew each time.
- *Suggestions*: links between tasks and criteria, held against links set by hand; see docs/suggested-links.md.
- *First drawn, search*: in Chromium, every page with the tasks and documents of a large department's year beside the
  same page with those of a plain year (a shipped plan, some assigned work, 60 documents); both servers in turn.
- *Upload, zip*: the most resident bytes of the server above what it holds at rest, while Chromium hands over a file and
  while a client that pauses takes the zip of everything.
- *Printed form and back*: a shipped criteria set written to Word or Excel as provinces print it and read again, and
  how much of it comes back equal; see docs/bringing-in-sets.md.
- *Province*: a database of 34 departments × 120 units × 4 periods × 121 criteria beside one of a tenth of it.

"""
_SECTION: Final = re.compile(r"^## (\w+)\n\n(.*?)\n*(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def with_sections(document: str, measured: Mapping[str, str], order: tuple[str, ...]) -> str:
    """Put what was measured into the document; what was not measured now stays as it was.

    >>> with_sections("", {"core": "new"}, ("core", "slip")).endswith("## core\\n\\nnew\\n")
    True
    """
    sections = {**dict(_SECTION.findall(document)), **measured}
    listed = (f"## {name}\n\n{sections[name].strip()}\n" for name in order if name in sections)
    return _INTRODUCTION + "\n".join(listed)


def write(measured: Mapping[str, str], order: tuple[str, ...]) -> None:
    """Write the document anew with what was measured."""
    before = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    DOCUMENT.write_text(with_sections(before, measured, order), encoding="utf-8")
