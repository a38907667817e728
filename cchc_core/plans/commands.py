"""``plan list`` and ``plan show`` of the command line: what they take, what they say, and their exit code."""

import argparse
import json
from dataclasses import dataclass
from typing import Any

from cchc_core.plans.document import lines_of_list, lines_of_plan, plan_to_json, plans_to_json
from cchc_core.plans.files import PlanFileError, list_plans, read_plan, readable_plans
from cchc_core.rules.explain import one_line


@dataclass(frozen=True, slots=True)
class Said:
    """What a command says: exit code, text for people or programs, and lines about problems."""

    code: int
    out: str = ""
    problems: tuple[str, ...] = ()


def add_plan_commands(commands: Any) -> None:
    """Add ``plan`` to the commands; each sets ``say``, which gives what it has to say."""
    plan = commands.add_parser("plan", help="kế hoạch năm").add_subparsers(required=True, metavar="VIỆC")
    listing = plan.add_parser("list", help="liệt kê các kế hoạch")
    listing.set_defaults(say=_list)
    show = plan.add_parser("show", help="xem nhiệm vụ và chỉ tiêu của một kế hoạch")
    show.add_argument("plan", metavar="KẾ_HOẠCH", help="mã kế hoạch")
    show.set_defaults(say=_show)
    for command in (listing, show):
        command.add_argument("--json", action="store_true", help="in JSON")


def _list(chosen: argparse.Namespace) -> Said:
    plans, problems = readable_plans()
    out = _json(plans_to_json(plans.values())) if chosen.json else "\n".join(lines_of_list(plans.values()))
    return Said(1 if problems else 0, out, problems)


def _show(chosen: argparse.Namespace) -> Said:
    problems: tuple[str, ...]
    try:
        plan = read_plan(chosen.plan)
    except KeyError:
        problems = (f"không có kế hoạch «{chosen.plan}»; các kế hoạch có sẵn: {', '.join(list_plans())}.",)
    except PlanFileError as why:
        problems = tuple(map(str, why.problems))
    else:
        return Said(0, _json(plan_to_json(plan)) if chosen.json else "\n".join(lines_of_plan(plan)))
    if chosen.json:
        return Said(2, _json({"problems": [{"code": None, "problem": problem} for problem in problems]}))
    return Said(2, problems=tuple(map(one_line, problems)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
