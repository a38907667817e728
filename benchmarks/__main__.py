"""`python -m benchmarks` measures all and prints one table; `python -m benchmarks NAME …` measures some.

With `--write` the table goes into docs/benchmarks.md. Servers are started on free ports of this machine with their own
data, and ended again.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    board,
    busy,
    clicks,
    core,
    files,
    memory,
    office,
    province,
    rubrics_in,
    slip,
    suggestions,
    workbook,
)
from benchmarks.machine import facts
from benchmarks.results import Row, markdown

BENCHMARKS: dict[str, Callable[[], list[Row]]] = {
    "core": core.measure,
    "workbook": workbook.measure,
    "slip": slip.measure,
    "clicks": clicks.measure,
    "busy": busy.measure,
    "memory": memory.measure,
    "board": board.measure,
    "province": province.measure,
    "suggestions": suggestions.measure,
    "office": office.measure,
    "files": files.measure,
    "rubrics_in": rubrics_in.measure,
}
DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_INTRODUCTION = """# Speed and size

Written by `python -m benchmarks --write`. Every figure stands beside an alternative measured in the same run, in turn
with it; the ratios are the goals, the absolute figures belong to the machine named below.

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


def main() -> int:
    """Measure what is asked for and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}; all unless told")
    parser.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md")
    chosen = parser.parse_args()
    unknown = sorted(set(chosen.names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    machine, rows = facts(), []
    for name in chosen.names or BENCHMARKS:
        print(f"… {name}", file=sys.stderr, flush=True)
        rows += BENCHMARKS[name]()
    table = f"{machine}\n\n{markdown(rows)}\n"
    print(table)
    if chosen.write:
        DOCUMENT.write_text(_INTRODUCTION + table, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
