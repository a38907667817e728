"""What the command line asks of stored criteria sets: run by the server that has them open, or without one directly.

A file is read where the command runs, by the path that the command line gives: both are the machine owner's.
"""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256 as sha256_of
from pathlib import Path
from typing import Any, Final

from cchc_core.commands import OWNER, Arguments, argument
from cchc_core.control import CommandResult
from cchc_core.data_files import unreadable
from cchc_core.errors import AlreadyThere, BadText, CchcError, NotFound
from cchc_core.rubric.bodies import BODY_KIND_NAMES
from cchc_core.rubric.document import points_text, source_form
from cchc_core.rubric_cli.naming import YAML_SUFFIXES
from cchc_core.rubric_cli.set_tables import read_table
from cchc_core.rubric_diff import matches_of
from cchc_core.rubric_drafts import keeping
from cchc_core.rubric_drafts.building import build
from cchc_core.rubric_drafts.issuing import issue
from cchc_core.rubric_drafts.model import Draft, RuleState
from cchc_core.rubric_files import RubricFileError, load_rubric
from cchc_core.rubric_shelf import RubricVersion, list_versions, rubric_of
from cchc_core.store.database import Database

_SHA: Final = re.compile(r"[0-9a-f]{8,64}", re.ASCII)
_NUMBERED: Final = re.compile(r"([a-z0-9][a-z0-9-]{2,60})@(\d{1,6})", re.ASCII)
_WHERE: Final = "Bộ tiêu chí"
MOST_BYTES: Final = 25 * 1024 * 1024

Json = dict[str, Any]


def listed(database: Database, arguments: Arguments) -> CommandResult:
    """List every version with what it is used for, and the drafts that are worked on."""
    versions = [_version(database, each) for each in list_versions(database)]
    drafts = [
        {"draft": each.id, "id": each.rubric_id, "title": each.head.title, "year": each.head.year}
        for each in keeping.list_drafts(database, OWNER)
    ]
    return CommandResult(data={"versions": versions, "drafts": drafts})


def read(database: Database, arguments: Arguments) -> CommandResult:
    """Give a set by id (its newest version), id@number, or the beginning of its SHA-256; nothing: data is None."""
    found = _find(database, argument(arguments, "name"))
    if found is None:
        return CommandResult(data=None)
    rubric = rubric_of(database, found.sha256)
    return CommandResult(data={"source": source_form(rubric), "sha256": found.sha256, "number": found.number})


def matches(database: Database, arguments: Arguments) -> CommandResult:
    """Give which criterion of a version continues which of another, as people decided, by two SHA-256."""
    old, new = (argument(arguments, name) for name in ("old", "new"))
    with database.read() as connection:
        try:
            return CommandResult(data=dict(matches_of(connection, old, new)))
        except NotFound:  # a set of the product that no assessment ever pinned: nobody can have decided anything
            return CommandResult(data=None)


def bring_in(database: Database, arguments: Arguments) -> CommandResult:
    """Bring a file in as a draft, one in the keys of a criteria set with its rules confirmed, and issue it if asked.

    As long as the file has a problem nothing is kept, and ``problems`` names every one.
    """
    path = Path(argument(arguments, "path"))
    try:
        if path.stat().st_size > MOST_BYTES:
            return _refused(f"{path.name}: tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB; hãy kiểm tra lại có đúng tệp.")
        content = path.read_bytes()
    except OSError as why:
        return _refused(f"{path.name}: {unreadable(why)}")
    digest = sha256_of(content).hexdigest()
    _refuse_the_same(database, path.name, digest)
    is_yaml = path.suffix.lower() in YAML_SUFFIXES
    wants_issue = arguments.get("issue") == "yes"
    if wants_issue and not is_yaml:
        raise BadText(
            f"Tệp {path.name}",
            problem="cách tính đọc từ bảng phải có người xác nhận trước khi ban hành",
            to_do="Hãy bỏ --issue, rồi xác nhận và ban hành ở trang «Bộ tiêu chí».",
        )
    begin = _from_yaml if is_yaml else _from_table
    begun = begin(database, path, content, digest, arguments)
    if not isinstance(begun, Draft):
        return begun
    version = _issued(database, begun, arguments.get("note", "")) if wants_issue else None
    return CommandResult(data=_told(begun, None if version is None else _version(database, version)))


def _from_yaml(
    database: Database, path: Path, content: bytes, digest: str, arguments: Arguments
) -> Draft | CommandResult:
    try:
        rubric = load_rubric(path)
    except RubricFileError as why:
        return _refused(*map(str, why.problems))
    if rubric.body_kind is not None:
        raise BadText(
            f"Tệp {path.name}",
            problem=f"đây là bản đã rút gọn cho «{BODY_KIND_NAMES[rubric.body_kind]}», không phải cả bộ tiêu chí",
            to_do="Hãy đưa vào tệp của cả bộ; khi mở bảng, chương trình tự rút gọn theo loại của đơn vị.",
        )
    wanted_id = arguments.get("id") or rubric.id
    origin = f"Từ tệp {path.name}"
    return keeping.start_from_rubric(database, OWNER, rubric, rubric_id=wanted_id, origin=origin, file_sha256=digest)


def _from_table(
    database: Database, path: Path, content: bytes, digest: str, arguments: Arguments
) -> Draft | CommandResult:
    year = int(arguments["year"]) if arguments.get("year") else None
    found = read_table(path.name, content, year, arguments.get("tables", ""))
    if found.problems:
        return _refused(*(problem.sentence for problem in found.problems))
    wanted_id = arguments.get("id") or keeping.suggest_id(found.title, found.issuer, found.year)
    return keeping.start_from_import(database, OWNER, found, rubric_id=wanted_id)


def _refuse_the_same(database: Database, name: str, digest: str) -> None:
    same = keeping.same_file(database, OWNER, digest)
    known = [f"bản soạn {draft.rubric_id}" for draft in same.drafts]
    known += [f"{version.rubric_id}, bản {version.number}" for version in same.versions]
    if known:
        raise AlreadyThere(_WHERE, thing=f"nội dung của tệp {name} trong", key="; ".join(known))


def _issued(database: Database, draft: Draft, note: str) -> RubricVersion:
    try:
        return issue(database, OWNER, draft.id, note=note, expected_version=draft.revision)
    except CchcError:
        # Who asked for a version did not ask for a draft.
        keeping.drop_draft(database, OWNER, draft.id)
        raise


def _told(draft: Draft, version: Json | None) -> Json:
    leaves = [node for node in draft.nodes if node.rule_state is not RuleState.NONE]
    proposed = [node for node in leaves if node.rule_state is RuleState.PROPOSED]
    findings = [
        {"code": each.code or None, "level": each.level, "message": each.message, "place": each.place}
        for each in build(draft).findings
    ]
    return {
        "draft": draft.id,
        "id": draft.rubric_id,
        "title": draft.head.title,
        "criteria": len(draft.nodes),
        "leaves": len(leaves),
        "to_confirm": len(proposed),
        "findings": findings,
        "version": version,
        "problems": [],
    }


def _refused(*problems: str) -> CommandResult:
    return CommandResult(data={"problems": list(problems)})


def _find(database: Database, name: str) -> RubricVersion | None:
    every = list_versions(database)
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        wanted = (numbered[1], int(numbered[2]))
        return next((each for each in every if (each.rubric_id, each.number) == wanted), None)
    of_id = [each for each in every if each.rubric_id == name]
    if of_id:
        return next((each for each in of_id if each.is_newest), of_id[0])
    hits = [each for each in every if _SHA.fullmatch(name) and each.sha256.startswith(name)]
    return hits[0] if len(hits) == 1 else None


def _version(database: Database, version: RubricVersion) -> Json:
    rubric = rubric_of(database, version.sha256)
    return {
        "id": version.rubric_id,
        "number": version.number,
        "sha256": version.sha256,
        "title": version.title,
        "issuer": version.issuer,
        "year": version.year,
        "points_source": version.points_source,
        "max_points": points_text(rubric.max_points()),
        "leaves": len(rubric.leaves),
        "is_newest": version.is_newest,
        "is_ended": version.is_ended,
        "is_shipped": version.is_shipped,
        "used_by": version.used_by,
        "note": version.note,
    }


COMMANDS: Final[Mapping[str, Callable[[Database, Arguments], CommandResult]]] = {
    "rubric-list": listed,
    "rubric-read": read,
    "rubric-import": bring_in,
    "rubric-matches": matches,
}
"""What :mod:`cchc_core.commands` runs by these names."""
