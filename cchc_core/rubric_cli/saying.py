"""What the commands on criteria sets say, in words and as JSON."""

import argparse
import json
from collections.abc import Callable, Iterable
from decimal import Decimal

from cchc_core.errors import CchcError
from cchc_core.plans.commands import Said
from cchc_core.rubric.finding import Finding
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import RubricFileError
from cchc_core.rules.decimals import format_points
from cchc_core.rules.explain import one_line


def refusing(say: Callable[[argparse.Namespace], Said]) -> Callable[[argparse.Namespace], Said]:
    """Let a command answer what is wrong with its input in words and with exit code 2."""

    def said(chosen: argparse.Namespace) -> Said:
        try:
            return say(chosen)
        except RubricFileError as why:
            return refused(map(str, why.problems), as_json=chosen.json)
        except CchcError as why:
            return refused([str(why)], as_json=chosen.json)

    return said


def refused(problems: Iterable[str], *, as_json: bool) -> Said:
    """Say what is wrong: nothing was done."""
    if as_json:
        return Said(2, as_text({"problems": [{"code": None, "problem": problem} for problem in problems]}))
    return Said(2, problems=tuple(map(one_line, problems)))


def as_text(value: object) -> str:
    """Write JSON as every command does."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def points_of(rubric: Rubric, points: Decimal) -> str:
    """Write points; illustrative ones are never shown without that word."""
    return f"{format_points(points)} điểm{' minh hoạ' if rubric.is_illustrative else ''}"


def finding_to_json(finding: Finding) -> dict[str, str | None]:
    """Give a finding as JSON has it."""
    found = {"code": finding.code, "level": finding.level, "message": finding.message}
    return {**found, "place": finding.place} if finding.place else found
