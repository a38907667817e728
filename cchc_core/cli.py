"""The command line: criteria sets, plans, scores and exports without a screen.

Exit codes: 0 done, 1 something failed or was found, 2 wrong input (nothing was done).
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_core.answers_file import AnswerProblem, AnswersRefused, read_answers, score_answers
from cchc_core.data_commands import add_data_commands
from cchc_core.data_files import FileProblem, unreadable
from cchc_core.plans.commands import add_plan_commands
from cchc_core.rubric.checks import findings
from cchc_core.rubric.document import points_text, rubric_to_json
from cchc_core.rubric.model import Rubric
from cchc_core.rubric_files import (
    RubricFileError,
    list_rubrics,
    load_rubric,
    read_rubric,
    readable_rubrics,
)
from cchc_core.rules.decimals import format_points
from cchc_core.rules.explain import one_line
from cchc_core.rules.kinds import screen_name
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
    _add_rubric_commands(commands)
    add_plan_commands(commands)
    commands.choices["plan"].set_defaults(run=_say)
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


def _add_rubric_commands(commands: Any) -> None:
    rubric = commands.add_parser("rubric", help="bộ tiêu chí").add_subparsers(required=True, metavar="VIỆC")
    listing = rubric.add_parser("list", help="liệt kê các bộ tiêu chí")
    listing.add_argument("--json", action="store_true", help="in JSON")
    listing.set_defaults(run=_rubric_list)
    show = rubric.add_parser("show", help="xem một bộ tiêu chí")
    show.add_argument("rubric", metavar="BỘ_TIÊU_CHÍ", help="mã bộ tiêu chí hoặc tệp YAML")
    show.add_argument("--json", action="store_true", help="in JSON")
    show.set_defaults(run=_rubric_show)
    check = rubric.add_parser("check", help="kiểm tra một tệp bộ tiêu chí")
    check.add_argument("rubric", metavar="TỆP", help="tệp YAML hoặc mã bộ tiêu chí")
    check.add_argument("--json", action="store_true", help="in JSON")
    check.set_defaults(run=_rubric_check)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _say(chosen: argparse.Namespace) -> int:
    said = chosen.say(chosen)
    if said.out:
        print(said.out)
    for problem in said.problems:
        print(problem, file=sys.stderr)
    return int(said.code)


def _load(name: str) -> Rubric:
    """Load a criteria set by id, or by the path of a file."""
    if name in list_rubrics():
        return read_rubric(name)
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or os.path.lexists(path):
        return load_rubric(path)
    known = ", ".join(list_rubrics())
    sentence = f"không có bộ tiêu chí «{name}»; các bộ có sẵn: {known}; hoặc ghi đường dẫn tệp YAML."
    raise RubricFileError((FileProblem(path, None, "", sentence),))


def _refuse_file(why: RubricFileError, as_json: bool) -> int:
    if as_json:
        _print_json({"problems": [{"code": None, "problem": str(problem)} for problem in why.problems]})
    else:
        for problem in why.problems:
            print(one_line(str(problem)), file=sys.stderr)
    return 2


def _rubric_list(chosen: argparse.Namespace) -> int:
    rubrics, problems = readable_rubrics()
    if chosen.json:
        keys = ("id", "title", "issuer", "year", "points_source", "max_points")
        shown = [rubric_to_json(rubric) for rubric in rubrics.values()]
        _print_json([{**{key: each[key] for key in keys}, "leaves": len(rubrics[each["id"]].leaves)} for each in shown])
    else:
        for rubric in rubrics.values():
            count, top = len(rubric.leaves), _points_of(rubric, rubric.max_points())
            print(f"{rubric.id}  {rubric.title} ({rubric.issuer}, {rubric.year}): {count} tiêu chí, {top}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _rubric_show(chosen: argparse.Namespace) -> int:
    try:
        rubric = _load(chosen.rubric)
    except RubricFileError as why:
        return _refuse_file(why, chosen.json)
    if chosen.json:
        _print_json(rubric_to_json(rubric))
        return 0
    print(f"{rubric.title}\n{rubric.issuer}, {rubric.year}. {rubric.document}")
    for section in rubric.sections:
        print(f"\n{section.code}  {section.title}: {_points_of(rubric, rubric.max_points(section.code))}")
        for criterion in (c for c in rubric.criteria if c.section == section.code):
            kind = f"  [{screen_name(criterion.leaf.rule)}]" if criterion.leaf else ""
            print(f"  {criterion.code}  {criterion.title}: {format_points(rubric.max_points(criterion.code))}{kind}")
    return 0


def _rubric_check(chosen: argparse.Namespace) -> int:
    try:
        rubric = _load(chosen.rubric)
    except RubricFileError as why:
        return _refuse_file(why, chosen.json)
    found = findings(rubric)
    if chosen.json:
        rows = [{"code": finding.code, "level": finding.level, "message": finding.message} for finding in found]
        _print_json({"id": rubric.id, "findings": rows})
        return 0
    print(
        f"{rubric.id}: {len(rubric.sections)} lĩnh vực, {len(rubric.leaves)} tiêu chí, "
        f"{_points_of(rubric, rubric.max_points())}; tệp hợp lệ."
    )
    for finding in found:
        print(f"Cảnh báo: {finding.message}")
    print(f"{len(found)} điều cần hỏi lại nơi ban hành." if found else "Không có gì lệch.")
    return 0


def _score(chosen: argparse.Namespace) -> int:
    try:
        rubric = _load(chosen.rubric)
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


def _points_of(rubric: Rubric, points: Decimal) -> str:
    """Illustrative points are never shown without that word."""
    return f"{format_points(points)} điểm{' minh hoạ' if rubric.is_illustrative else ''}"


def _outcome_of(rubric: Rubric, totals: Totals) -> str:
    return f"{format_points(totals.points)} / {_points_of(rubric, totals.effective_max)}"


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


def _totals_to_json(totals: Totals) -> dict[str, Any]:
    percents = {name: getattr(totals, name) for name in ("percent", "self_percent", "due_percent")}
    return {
        **{name: points_text(getattr(totals, name)) for name in _SUMS},
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
