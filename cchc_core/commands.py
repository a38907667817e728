"""The commands that need the database, by name: run by the server for the command line, or without one directly.

Whoever may open the data directory may run them: they are the machine owner's, not a signed-in person's.
"""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Final

from cchc_core import scoring
from cchc_core.board import read_board
from cchc_core.choices import Choice, choose
from cchc_core.control import CommandResult
from cchc_core.errors import Refused
from cchc_core.permissions import Role
from cchc_core.store import log
from cchc_core.store.assessments import Assessment
from cchc_core.store.users import User
from cchc_core.workspace import Workspace

Arguments = Mapping[str, str]
Command = Callable[[Workspace, Arguments], CommandResult]

OWNER: Final = User(log.SYSTEM.id, log.SYSTEM.name, Role.ADMIN, None)


class UnknownCommand(Refused):
    """There is no command of that name."""

    code = "DK-05"
    what = "không có lệnh «{name}»"
    remedy = "Các lệnh có: {known}."


class MissingArgument(Refused):
    """A command was not told what it must know."""

    code = "DK-06"
    what = "lệnh thiếu tham số «{name}»"
    remedy = "Hãy ghi thêm --{name}."


def run_command(workspace: Workspace, name: str, arguments: Arguments) -> CommandResult:
    """Run a command on an open workspace.

    Raises:
        CchcError: what is wrong with the command, or why it cannot be done.
    """
    command = _COMMANDS.get(name)
    if command is None:
        raise UnknownCommand("Lệnh", name=name, known=", ".join(sorted(_COMMANDS)))
    return command(workspace, arguments)


def _export(workspace: Workspace, arguments: Arguments) -> CommandResult:
    # Only an export needs the writer of workbooks, which is slow to load.
    from cchc_core.handing_in.proof_lines import proof_lines
    from cchc_core.workbook import write_workbook

    wanted = {name: argument(arguments, name) for name in ("rubric", "unit", "period")}
    known = scoring.list_assessments(workspace.database, OWNER)
    assessment = find_assessment(known, **wanted)
    content, board = BytesIO(), read_board(workspace.database, OWNER, assessment.id)
    attached = proof_lines(workspace.database, OWNER, assessment.id)
    write_workbook(board.sheet, content, board.items, attached)
    return CommandResult(content=content.getvalue())


def find_assessment(known: Sequence[Assessment], *, rubric: str, unit: str, period: str) -> Assessment:
    """Return the assessment meant by criteria set, unit and period: ids, codes such as `q3`, titles or names.

    Raises:
        NothingMatches, SeveralMatch: with what there is to choose from.
    """
    chosen_rubric = choose("bộ tiêu chí", rubric, (Choice(a.rubric_id, (a.rubric_id, a.rubric_title)) for a in known))
    known = [a for a in known if a.rubric_id == chosen_rubric.id]
    chosen_unit = choose("đơn vị", unit, (Choice(a.unit_id, (a.unit_id, a.unit_name)) for a in known))
    known = [a for a in known if a.unit_id == chosen_unit.id]
    chosen_period = choose("kỳ", period, (Choice(a.period_id, (a.period_code, a.period_title)) for a in known))
    return next(a for a in known if a.period_id == chosen_period.id)


def argument(arguments: Arguments, name: str) -> str:
    """Give what a command was told of a name. Raises MissingArgument where it was told nothing."""
    value = arguments.get(name, "").strip()
    if not value:
        raise MissingArgument("Lệnh", name=name)
    return value


def _verify(workspace: Workspace, arguments: Arguments) -> CommandResult:
    from cchc_core.store.verify import verify

    report = verify(workspace.database)
    found = [{"code": finding.code, "message": finding.message} for finding in report.findings]
    return CommandResult(data={"log_lines": report.log_lines, "answers": report.answers, "findings": found})


def _of_rubrics(name: str) -> Command:
    def run(workspace: Workspace, arguments: Arguments) -> CommandResult:
        # Only these commands need what reads, drafts and compares criteria sets.
        from cchc_core.rubric_cli import served

        return served.COMMANDS[name](workspace.database, arguments)

    return run


_RUBRIC_COMMANDS: Final = ("rubric-list", "rubric-read", "rubric-import", "rubric-matches")
_COMMANDS: Final[Mapping[str, Command]] = {
    "export": _export,
    "verify": _verify,
    **{name: _of_rubrics(name) for name in _RUBRIC_COMMANDS},
}
NAMES: Final = frozenset(_COMMANDS)
"""The commands there are."""
