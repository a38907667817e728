"""``rubric diff``: what differs between two sets, by code or as people matched them; also as JSON and as a workbook."""

import argparse
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from cchc_core.control import ask, write_file
from cchc_core.plans.commands import Said
from cchc_core.rubric.changes import Matches
from cchc_core.rubric.model import Criterion
from cchc_core.rubric_cli.naming import Named, find
from cchc_core.rubric_cli.saying import as_text, points_of
from cchc_core.rubric_diff.comparing import compare
from cchc_core.rubric_diff.matching import resolve
from cchc_core.rubric_diff.model import CHANGE_NAMES, Detail, Difference, Line
from cchc_core.rules.decimals import format_points
from cchc_core.rules.explain import one_line


def compare_two(chosen: argparse.Namespace) -> Said:
    """Compare two sets; both may be files."""
    old, new = find(chosen.old, chosen.data), find(chosen.new, chosen.data)
    difference = compare(old.rubric, new.rubric, _matches(old, new, chosen.data))
    written = ""
    if chosen.out is not None:
        write_file(chosen.out, _workbook(difference))
        written = f"Đã ghi {chosen.out}"
    if chosen.json:
        return Said(0, as_text(_to_json(difference)))
    return Said(0, "\n".join([*_lines(difference), *filter(None, [written])]))


def _matches(old: Named, new: Named, data: Path | None) -> Matches:
    """Give what people decided of two kept versions; of others the codes decide."""
    if data is not None and old.sha256 and new.sha256:
        decided = ask(data, "rubric-matches", {"old": old.sha256, "new": new.sha256}).data
        if isinstance(decided, dict):
            return decided
    return resolve(old.rubric, new.rubric)


def _workbook(difference: Difference) -> bytes:
    from cchc_core.rubric_diff.tables import write_difference_xlsx

    stream = BytesIO()
    write_difference_xlsx(difference, stream)
    return stream.getvalue()


def _lines(difference: Difference) -> Iterator[str]:
    yield f"Cũ: {difference.old.full_name}"
    yield f"Mới: {difference.new.full_name}"
    for detail in difference.head:
        yield _detail_line(detail)
    for line in difference.lines:
        yield from _criterion_lines(line)
    before, after = difference.old.max_points(), difference.new.max_points()
    if before != after:
        yield f"Tổng: {points_of(difference.old, before)} → {points_of(difference.new, after)}"
    counts = [f"{CHANGE_NAMES[kind].lower()} {count}" for kind, count in difference.counts.items() if count]
    yield "; ".join([f"Không đổi {difference.unchanged}", *counts]) + "."


def _criterion_lines(line: Line) -> Iterator[str]:
    shown = line.shown
    sign = "+" if line.old is None else "-" if line.new is None else "~"
    kinds = "" if sign != "~" else f" [{'; '.join(CHANGE_NAMES[kind] for kind in line.kinds)}]"
    yield f"{sign} {shown.code}  {one_line(shown.title)}{_points(shown) if sign != '~' else ''}{kinds}"
    for detail in line.details:
        yield _detail_line(detail)


def _points(criterion: Criterion) -> str:
    return f": {format_points(criterion.max_points)}" if criterion.is_leaf else ""


def _detail_line(detail: Detail) -> str:
    before, after = (one_line(text) or "(không có)" for text in (detail.before, detail.after))
    return f"    {detail.what}: {before} → {after}"


def _to_json(difference: Difference) -> dict[str, Any]:
    return {
        "old": {"id": difference.old.id, "name": difference.old.full_name},
        "new": {"id": difference.new.id, "name": difference.new.full_name},
        "unchanged": difference.unchanged,
        "counts": {kind.value: count for kind, count in difference.counts.items()},
        "head": [_detail_to_json(detail) for detail in difference.head],
        "lines": [_line_to_json(line) for line in difference.lines],
    }


def _line_to_json(line: Line) -> dict[str, Any]:
    return {
        "old_code": None if line.old is None else line.old.code,
        "new_code": None if line.new is None else line.new.code,
        "title": line.shown.title,
        "kinds": [kind.value for kind in line.kinds],
        "details": [_detail_to_json(detail) for detail in line.details],
    }


def _detail_to_json(detail: Detail) -> dict[str, str]:
    return {"kind": detail.kind.value, "what": detail.what, "before": detail.before, "after": detail.after}
