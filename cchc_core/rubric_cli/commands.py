"""``rubric`` on the command line: what it takes, and what looks at sets: ``list``, ``show``, ``check``.

Exit codes: 0 done, 1 something could not be read, 2 wrong input (nothing was done).
"""

import argparse
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_core.control import ask
from cchc_core.data_files import unreadable
from cchc_core.plans.commands import Said
from cchc_core.rubric.checks import findings
from cchc_core.rubric.document import points_text, rubric_to_json
from cchc_core.rubric.model import Rubric
from cchc_core.rubric.notes import notes
from cchc_core.rubric_cli.moving import bring_in, take_out
from cchc_core.rubric_cli.naming import find, is_table
from cchc_core.rubric_cli.saying import as_text, finding_to_json, points_of, refused, refusing
from cchc_core.rubric_files import readable_rubrics
from cchc_core.rules.decimals import format_points
from cchc_core.rules.kinds import screen_name

_NAME = "mã, mã@số phiên bản hoặc tệp YAML"


def add_rubric_commands(commands: Any) -> None:
    """Add ``rubric`` to the commands; each sets ``say``, which gives what it has to say."""
    rubric = commands.add_parser("rubric", help="bộ tiêu chí").add_subparsers(required=True, metavar="VIỆC")
    _add(rubric, "list", "liệt kê các bộ tiêu chí", _list)
    show = _add(rubric, "show", "xem một bộ tiêu chí", _show)
    show.add_argument("rubric", metavar="BỘ_TIÊU_CHÍ", help=_NAME)
    check = _add(rubric, "check", "kiểm tra một bộ tiêu chí hoặc một tệp", _check)
    check.add_argument("rubric", metavar="TỆP", help=f"{_NAME}, hoặc bảng Excel, Word, CSV")
    bring = _add(rubric, "import", "đưa một tệp vào thành bản soạn", bring_in)
    bring.add_argument("file", metavar="TỆP", type=Path, help="tệp YAML, Excel, Word hoặc CSV")
    bring.add_argument("--id", default="", help="mã của bộ tiêu chí (mặc định: theo tệp)")
    bring.add_argument("--issue", action="store_true", help="ban hành ngay (chỉ với tệp YAML)")
    bring.add_argument("--note", default="", help="ghi chú của phiên bản ban hành")
    out = _add(rubric, "export", "ghi một bộ tiêu chí ra tệp", take_out)
    out.add_argument("rubric", metavar="BỘ_TIÊU_CHÍ", help="mã hoặc SHA-256 của phiên bản")
    out.add_argument("--version", type=int, metavar="SỐ", help="số phiên bản (mặc định: mới nhất)")
    out.add_argument("--out", required=True, type=Path, metavar="TỆP", help="tệp .yaml, .xlsx hoặc .docx")
    diff = _add(rubric, "diff", "so sánh hai bộ tiêu chí", _diff)
    diff.add_argument("old", metavar="CŨ", help=_NAME)
    diff.add_argument("new", metavar="MỚI", help=_NAME)
    diff.add_argument("--out", type=Path, metavar="TỆP.xlsx", help="ghi bảng so sánh ra tệp Excel")
    for command in (check, bring):
        command.add_argument("--year", type=int, help="năm của bộ tiêu chí trong bảng (mặc định: năm nay)")
        command.add_argument("--table", action="append", default=[], help="chỉ đọc bảng này (ghi được nhiều lần)")
    bring.set_defaults(data=Path("var"))


def _add(commands: Any, name: str, what: str, say: Callable[[argparse.Namespace], Said]) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=what)
    command.add_argument("--json", action="store_true", help="in JSON")
    command.add_argument("--data", type=Path, metavar="THƯ_MỤC", help="kể cả các bộ đã đưa vào thư mục dữ liệu này")
    command.set_defaults(say=refusing(say))
    return command


def _list(chosen: argparse.Namespace) -> Said:
    if chosen.data is not None:
        return _list_kept(ask(chosen.data, "rubric-list", {}).data, as_json=chosen.json)
    rubrics, problems = readable_rubrics()
    if chosen.json:
        rows = [{**_head(rubric), "leaves": len(rubric.leaves)} for rubric in rubrics.values()]
        return Said(1 if problems else 0, as_text(rows), problems)
    lines = [
        f"{rubric.id}  {rubric.title} ({rubric.issuer}, {rubric.year}): {len(rubric.leaves)} tiêu chí, "
        f"{points_of(rubric, rubric.max_points())}"
        for rubric in rubrics.values()
    ]
    return Said(1 if problems else 0, "\n".join(lines), problems)


def _head(rubric: Rubric) -> dict[str, Any]:
    return {
        "id": rubric.id,
        "title": rubric.title,
        "issuer": rubric.issuer,
        "year": rubric.year,
        "points_source": rubric.points_source,
        "max_points": points_text(rubric.max_points()),
    }


def _list_kept(kept: Any, *, as_json: bool) -> Said:
    if as_json:
        return Said(0, as_text(kept))
    lines = [_version_line(version) for version in kept["versions"]]
    lines += [f"(bản soạn) {draft['id']}  {draft['title']} ({draft['year']})" for draft in kept["drafts"]]
    return Said(0, "\n".join(lines))


def _version_line(version: dict[str, Any]) -> str:
    points = format_points(Decimal(version["max_points"]))
    marks = [
        "mới nhất" if version["is_newest"] else "",
        "đã thôi dùng" if version["is_ended"] else "",
        f"{version['used_by']} bảng chấm điểm dùng" if version["used_by"] else "",
    ]
    shown = "; ".join(filter(None, marks))
    kind = " minh hoạ" if version["points_source"] == "illustrative" else ""
    return (
        f"{version['id']}@{version['number']}  {version['title']} ({version['issuer']}, {version['year']}): "
        f"{version['leaves']} tiêu chí, {points} điểm{kind}{f' [{shown}]' if shown else ''}"
    )


def _show(chosen: argparse.Namespace) -> Said:
    rubric = find(chosen.rubric, chosen.data).rubric
    if chosen.json:
        return Said(0, as_text(rubric_to_json(rubric)))
    lines = [f"{rubric.title}\n{rubric.issuer}, {rubric.year}. {rubric.document}"]
    for section in rubric.sections:
        lines.append(f"\n{section.code}  {section.title}: {points_of(rubric, rubric.max_points(section.code))}")
        for criterion in (c for c in rubric.criteria if c.section == section.code):
            kind = f"  [{screen_name(criterion.leaf.rule)}]" if criterion.leaf else ""
            points = format_points(rubric.max_points(criterion.code))
            lines.append(f"  {criterion.code}  {criterion.title}: {points}{kind}")
    return Said(0, "\n".join(lines))


def _check(chosen: argparse.Namespace) -> Said:
    path = Path(chosen.rubric)
    if is_table(path):
        return _check_table(chosen, path)
    rubric = find(chosen.rubric, chosen.data).rubric
    found, noted = findings(rubric), notes(rubric)
    if chosen.json:
        rows = {"findings": list(map(finding_to_json, found)), "notes": list(map(finding_to_json, noted))}
        return Said(0, as_text({"id": rubric.id, **rows}))
    lines = [
        f"{rubric.id}: {len(rubric.sections)} lĩnh vực, {len(rubric.leaves)} tiêu chí, "
        f"{points_of(rubric, rubric.max_points())}; tệp hợp lệ."
    ]
    lines += [f"Cảnh báo: {finding.message}" for finding in found]
    lines += [f"Lưu ý: {finding.message}" for finding in noted]
    told = f"{len(found)} điều cần hỏi lại nơi ban hành." if found else "Không có gì lệch."
    seen = f" {len(noted)} điều nên xem lại." if noted else ""
    return Said(0, "\n".join([*lines, told + seen]))


def _diff(chosen: argparse.Namespace) -> Said:
    # Only this command needs what compares sets, and the store that it asks.
    from cchc_core.rubric_cli.setting_beside import compare_two

    return compare_two(chosen)


def _check_table(chosen: argparse.Namespace, path: Path) -> Said:
    from cchc_core.rubric_cli.set_tables import read_table

    try:
        content = path.read_bytes()
    except OSError as why:
        return refused([f"{path.name}: {unreadable(why)}"], as_json=chosen.json)
    read = read_table(path.name, content, chosen.year, "\n".join(chosen.table))
    if read.problems:
        return refused((problem.sentence for problem in read.problems), as_json=chosen.json)
    rules = sum(1 for node in read.nodes if node.proposal is not None and node.proposal.rule is not None)
    leaves = sum(1 for node in read.nodes if node.proposal is not None)
    if chosen.json:
        told = {"title": read.title, "issuer": read.issuer, "year": read.year, "document": read.document}
        counts = {"rows": len(read.nodes), "leaves": leaves, "rules": rules}
        return Said(0, as_text({**told, **counts, "notes": list(read.notes)}))
    lines = [f"{path.name}: {len(read.nodes)} dòng, {leaves} tiêu chí, đề xuất được cách tính cho {rules}; đọc được."]
    return Said(0, "\n".join([*lines, *(f"Lưu ý: {note}" for note in read.notes)]))
