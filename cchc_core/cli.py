"""The command line: criteria sets, plans, scores and exports without a screen.

Exit codes: 0 done, 1 something failed or was found, 2 wrong input (nothing was done).
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cchc_core.answers_file import AnswerProblem, AnswersRefused, read_answers, score_answers
from cchc_core.data_commands import add_data_commands
from cchc_core.data_files import unreadable
from cchc_core.plans.commands import add_plan_commands
from cchc_core.rubric.document import points_text
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_cli.commands import add_rubric_commands
from cchc_core.rubric_cli.naming import find
from cchc_core.rubric_cli.saying import points_of
from cchc_core.rubric_files import RubricFileError
from cchc_core.rules.decimals import format_points
from cchc_core.rules.explain import one_line
from cchc_core.rules.scoring import Score
from cchc_core.totals import RubricTotals, Totals, total_rubric


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # What no UTF-8 can hold (half a surrogate pair in a code) comes out as \ud800, which JSON reads too.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    chosen = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = chosen.run
    try:
        return run(chosen)
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cchc_core", description="Bảng điểm CCHC trên dòng lệnh.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    add_rubric_commands(commands)
    add_plan_commands(commands)
    for name in ("rubric", "plan"):
        commands.choices[name].set_defaults(run=_say)
    score = commands.add_parser("score", help="chấm điểm một tệp câu trả lời")
    score.add_argument("rubric", metavar="BỘ_TIÊU_CHÍ", help="mã bộ tiêu chí hoặc tệp YAML")
    score.add_argument("answers", metavar="ANSWERS.json", type=Path)
    score.add_argument("--json", action="store_true", help="in JSON")
    score.set_defaults(run=_score)
    indicator = commands.add_parser("indicator", help="chỉ tiêu thống kê").add_subparsers(required=True, metavar="VIỆC")
    listing = indicator.add_parser("list", help="liệt kê các chỉ tiêu thống kê")
    listing.add_argument("--json", action="store_true", help="in JSON")
    listing.set_defaults(run=_indicator_list)
    add_data_commands(commands)
    return parser


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _say(chosen: argparse.Namespace) -> int:
    said = chosen.say(chosen)
    if said.out:
        print(said.out)
    for problem in said.problems:
        print(problem, file=sys.stderr)
    return int(said.code)


def _refuse_file(why: RubricFileError, as_json: bool) -> int:
    if as_json:
        _print_json({"problems": [{"code": None, "problem": str(problem)} for problem in why.problems]})
    else:
        for problem in why.problems:
            print(one_line(str(problem)), file=sys.stderr)
    return 2


def _score(chosen: argparse.Namespace) -> int:
    try:
        rubric = find(chosen.rubric).rubric
        scores = score_answers(rubric, read_answers(_text_of(chosen.answers)))
    except RubricFileError as why:
        return _refuse_file(why, chosen.json)
    except AnswersRefused as why:
        return _refuse_answers(why, chosen.json)
    totals = total_rubric(rubric, scores)
    if chosen.json:
        _print_json(scored_to_json(rubric, scores, totals))
        return 0
    for section in rubric.sections:
        shown = totals.sections[section.code]
        print(f"{section.code}  {section.title}: {_outcome_of(rubric, shown)}")
    print(f"Tổng: {_outcome_of(rubric, totals.total)}")
    return 0


def _outcome_of(rubric: Rubric, totals: Totals) -> str:
    return f"{format_points(totals.points)} / {points_of(rubric, totals.effective_max)}"


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as why:
        raise AnswersRefused((AnswerProblem(None, f"{path.name}: {unreadable(why)}"),)) from why


def _refuse_answers(why: AnswersRefused, as_json: bool) -> int:
    if as_json:
        _print_json({"problems": [{"code": problem.code, "problem": problem.problem} for problem in why.problems]})
    else:
        for problem in why.problems:
            print(one_line(f"{'Tệp' if problem.code is None else problem.code}: {problem.problem}"), file=sys.stderr)
    return 2


def scored_to_json(rubric: Rubric, scores: dict[str, Score], totals: RubricTotals) -> dict[str, Any]:
    """Give scores and totals in the form of ``score --json``."""
    return {
        "rubric": rubric.id,
        "points_source": rubric.points_source,
        "total": _totals_to_json(totals.total),
        "parts": [{"code": p.code, "title": p.title, **_totals_to_json(totals.parts[p.code])} for p in rubric.parts],
        "sections": [
            {"code": s.code, "title": s.title, **_totals_to_json(totals.sections[s.code])} for s in rubric.sections
        ],
        "criteria": {code: _score_to_json(score) for code, score in scores.items()},
    }


def _score_to_json(score: Score) -> dict[str, str]:
    return {
        "points": points_text(score.points),
        "effective_max": points_text(score.effective_max),
        "status": score.status.value,
        "explanation": score.explanation,
    }


_SUMS = (
    "points",
    "max_points",
    "effective_max",
    "self_points",
    "self_max",
    "external_points",
    "external_max",
    "due_max",
    "lost",
    "at_risk",
    "not_due",
    "awaiting",
)
_ADJUSTED = ("bonus", "penalty")


def _totals_to_json(totals: Totals) -> dict[str, Any]:
    percents = {name: getattr(totals, name) for name in ("percent", "self_percent", "due_percent")}
    return {
        **{name: points_text(getattr(totals, name)) for name in _SUMS},
        **({name: points_text(getattr(totals, name)) for name in _ADJUSTED} if totals.adjustments else {}),
        **{name: None if percent is None else f"{percent:.2f}" for name, percent in percents.items()},
        "counts": {status.value: count for status, count in totals.counts.items()},
    }


def _indicator_list(chosen: argparse.Namespace) -> int:
    from cchc_core.indicators.files import readable_indicators
    from cchc_core.indicators.listing import indicators_to_json, lines_of

    sets, problems = readable_indicators()
    if chosen.json:
        _print_json([row for indicators in sets.values() for row in indicators_to_json(indicators)])
    else:
        for indicators in sets.values():
            print(*lines_of(indicators), sep="\n")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0
