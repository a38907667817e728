"""The child of :mod:`cchc_core.confined`: takes limits upon itself, then lets a module answer what stands on stdin.

Called as ``python -m cchc_core.confined_child MODULE MEGABYTES SECONDS``; the limits hold before the module, and
with it any library, is imported.
"""

import contextlib
import importlib
import json
import math
import os
import sys
import traceback
from typing import Any, Final

from cchc_core.confined import ChildRefuses, Reason

_NICER: Final = 5


def main(module: str, megabytes: int, seconds: float) -> int:
    """Answer one request; a refusal is an answer too, which says why."""
    _take_limits(megabytes << 20, math.ceil(seconds) + 1)
    # Libraries that print do not print into the answer.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    said = _said(module, json.load(sys.stdin))
    out.write(json.dumps(said).encode())
    out.flush()
    return 0


def _said(module: str, request: dict[str, Any]) -> dict[str, object]:
    try:
        return {"answer": importlib.import_module(module).answer(request)}
    except ChildRefuses as why:
        return {"reason": Reason.REFUSED, "message": str(why)}
    except (MemoryError, RecursionError):
        return {"reason": Reason.MEMORY, "message": f"{module}: out of memory"}
    except Exception as why:
        traceback.print_exc(limit=-8)
        return {"reason": Reason.CRASH, "message": f"{module}: {type(why).__name__}: {why}"[:500]}


def _take_limits(memory: int, seconds: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: memory,
        resource.RLIMIT_CORE: 0,
    }
    for limit, wanted in limits.items():
        hard = resource.getrlimit(limit)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        # macOS refuses a limit on the address space; the others still hold. Time ends by the soft limit's own signal.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, hard if limit == resource.RLIMIT_CPU else most))
    os.nice(_NICER)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
