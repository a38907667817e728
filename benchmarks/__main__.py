"""`python -m benchmarks` measures all and prints a table for each; `python -m benchmarks NAME …` measures some.

With `--write` the tables go into docs/benchmarks.md. Servers are started on free ports of this machine with their own
data, and ended again.
"""

import argparse
import sys
from collections.abc import Callable

from benchmarks import (
    board,
    busy,
    clicks,
    core,
    document,
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


def main() -> int:
    """Measure what is asked for and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}; all unless told")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    chosen = parser.parse_args()
    unknown = sorted(set(chosen.names) - set(BENCHMARKS))
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    for name in chosen.names or BENCHMARKS:
        print(f"… {name}", file=sys.stderr, flush=True)
        machine = facts()
        section = f"{machine}\n\n{markdown(BENCHMARKS[name]())}"
        print(f"## {name}\n\n{section}\n", flush=True)
        if chosen.write:
            document.write({name: section}, tuple(BENCHMARKS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
