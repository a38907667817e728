"""Criteria sets brought in: how much of a known set comes back from its printed form, and how long 300 leaves take.

Each shipped set is written to Word and Excel as provinces print it and read again. The harder row leaves out what the
print of Sóc Trăng leaves out: the lines that say who scores an external criterion and how one is scored by hand.

Speed: a file of 300 leaves is read (in a child process, as strangers' files are), shown as the page shows it before it
is taken over, kept as a draft and checked. The alternative is openpyxl alone reading the same file, in a process of its
own as well; beside it stands openpyxl in a process that has everything loaded.
"""

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import BinaryIO, Final

from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from benchmarks.results import Row, median_ratio, ms, times
from cchc_core import workspace
from cchc_core.permissions import Role
from cchc_core.rubric.model import Criterion, Part, Rubric
from cchc_core.rubric_drafts.building import build
from cchc_core.rubric_drafts.keeping import start_from_import
from cchc_core.rubric_files import read_rubric
from cchc_core.rubric_in.importing import read_set_file
from cchc_core.rubric_in.model import ImportedNode, ImportedSet
from cchc_core.rubric_out import in_excel, in_word
from cchc_core.rubric_out.form import Form, FormRow, RowKind, form_of
from cchc_core.rules.kinds import External, Manual, kind_of
from cchc_core.store import users
from cchc_core.store.database import Database

SETS: Final = ("soctrang-tttt-2022", "namdinh-tnmt-2024")
DRAWN: Final[Mapping[str, Callable[[Form, BinaryIO], None]]] = {"xlsx": in_excel.draw, "docx": in_word.draw}
NAMES: Final = {"xlsx": "Excel", "docx": "Word"}
_LEAVES, _ROUNDS, _GOAL = 300, 7, 3.0
_ALONE: Final = """
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1], data_only=True)
print(sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row))
"""


@dataclass(frozen=True, slots=True)
class Equal:
    """Of the rows (parts, sections, criteria) and the leaves of a set: how many came back equal."""

    rows: int
    codes: int
    parents: int
    points: int
    leaves: int
    kinds: int
    problems: int

    def __str__(self) -> str:
        found = f"codes {self.codes}, parents {self.parents}, points {self.points} of {self.rows}"
        return f"{found}; kinds {self.kinds} of {self.leaves}; problems {self.problems}"


def measure() -> list[Row]:
    """Count what comes back equal, then time a set of 300 leaves from the file to the screen."""
    rows = []
    for rubric_id in SETS:
        rubric = read_rubric(rubric_id)
        for extension in DRAWN:
            what = f"{rubric_id} to {NAMES[extension]} in the printed form and back"
            rows.append(_counted(what, equal_after(rubric, extension)))
        bare = equal_after(rubric, "xlsx", bare=True)
        rows.append(_counted(f"{rubric_id} to Excel and back, external and manual criteria without a line", bare))
    return [*rows, *speed()]


def _counted(what: str, found: Equal) -> Row:
    whole = found.codes == found.parents == found.points == found.rows and not found.problems
    met = whole and found.kinds >= Decimal("0.8") * found.leaves
    return Row(what, str(found), goal="all codes, parents, points; ≥ 80 % of kinds", is_met=met)


def equal_after(rubric: Rubric, extension: str, *, bare: bool = False) -> Equal:
    """Write a set in the printed form, read it as a stranger's file, and count what is the same."""
    form = form_of(rubric)
    if bare:
        form = replace(form, rows=tuple(_bare(form, rubric)))
    return compared(rubric, _brought_in(form, extension, rubric.year))


def _bare(form: Form, rubric: Rubric) -> Iterator[FormRow]:
    """Leave out the lines of external and manual criteria, which Sóc Trăng does not print."""
    leaves = iter(rubric.leaves)
    silent = False
    for row in form.rows:
        if row.kind is RowKind.LEAF:
            silent = isinstance(next(leaves).scored.rule, External | Manual)
        if row.kind is not RowKind.LINE or not silent:
            yield row


def _brought_in(form: Form, extension: str, year: int) -> ImportedSet:
    out = BytesIO()
    DRAWN[extension](form, out)
    return read_set_file(out.getvalue(), f"bo-tieu-chi.{extension}", year=year)


def compared(rubric: Rubric, imported: ImportedSet) -> Equal:
    """Count the rows whose code, parent and printed points, and the leaves whose kind of rule, are those of the set."""
    found = {node.code: node for node in imported.nodes}
    wanted = dict(_printed(rubric))
    there = [code for code in wanted if code in found]
    return Equal(
        rows=len(wanted),
        codes=len(there) - (len(found) - len(there)),
        parents=sum(found[code].parent == wanted[code][0] for code in there),
        points=sum(found[code].max_points == wanted[code][1] for code in there),
        leaves=len(rubric.leaves),
        kinds=sum(kind_of(leaf.scored.rule) == _kind(found.get(leaf.code)) for leaf in rubric.leaves),
        problems=len(imported.problems),
    )


def _printed(rubric: Rubric) -> Iterator[tuple[str, tuple[str | None, Decimal]]]:
    """Every row's code with what stands above it and the points that the form prints beside it."""
    for part in rubric.parts:
        yield part.code, (None, _or(part.declared_max, rubric.part_max_points(part.code)))
    for section in rubric.sections:
        yield section.code, (section.part, _or(section.declared_max, rubric.max_points(section.code)))
    for criterion in rubric.criteria:
        declared = None if criterion.is_leaf else criterion.declared_max
        yield criterion.code, (criterion.parent, _or(declared, rubric.max_points(criterion.code)))


def _or(declared: Decimal | None, added: Decimal) -> Decimal:
    return added if declared is None else declared


def _kind(node: ImportedNode | None) -> str | None:
    """The kind that a leaf would get; without a proposal it is scored by hand."""
    if node is None or node.proposal is None:
        return None
    return "manual" if node.proposal.rule is None else kind_of(node.proposal.rule)


def large_set(leaves: int = _LEAVES) -> Rubric:
    """Make a set of so many leaves out of Sóc Trăng's, printed part after part."""
    base = read_rubric(SETS[0])
    times_over = -(-leaves // len(base.leaves))
    romans = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    names = [dict(zip(("I", "II"), romans[at * 2 : at * 2 + 2], strict=True)) for at in range(times_over)]
    criteria = [_renamed(criterion, name) for name in names for criterion in base.criteria]
    surplus = [criterion.code for criterion in criteria if criterion.is_leaf][leaves:]
    return replace(
        base,
        id="bo-lon",
        declared_total=None,
        parts=tuple(Part(name[part.code], part.title, part.declared_max) for name in names for part in base.parts),
        sections=tuple(
            replace(section, code=_code(section.code, name), part=name[section.part or ""])
            for name in names
            for section in base.sections
        ),
        criteria=tuple(criterion for criterion in criteria if criterion.code not in surplus),
    )


def _renamed(criterion: Criterion, name: Mapping[str, str]) -> Criterion:
    return replace(
        criterion,
        code=_code(criterion.code, name),
        parent=_code(criterion.parent, name),
        section=_code(criterion.section, name),
    )


def _code(code: str, name: Mapping[str, str]) -> str:
    part, _, rest = code.partition(".")
    return f"{name[part]}.{rest}"


def speed(leaves: int = _LEAVES, rounds: int = _ROUNDS) -> list[Row]:
    """Time a file of so many leaves from its bytes to the screen, in turn with openpyxl alone."""
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    out = BytesIO()
    in_excel.draw(form_of(large_set(leaves)), out)
    with TemporaryDirectory(prefix="benchmark-") as folder:
        file = Path(folder) / "bo-lon.xlsx"
        file.write_bytes(out.getvalue())
        database = workspace.open_workspace(Path(folder) / "data", with_sample=False).database
        users.ensure_trial_users(database)
        try:
            return _timed_rows(file, database, leaves, rounds)
        finally:
            workspace.close_workspace()


def _timed_rows(file: Path, database: Database, leaves: int, rounds: int) -> list[Row]:
    steps: list[tuple[float, ...]] = []
    alone: list[float] = []
    warm: list[float] = []
    if rounds > 1:
        _through(file, database, "bo-lon")  # what is imported once and for all is nobody's business here
    for turn in range(rounds):
        steps.append(_through(file, database, f"bo-lon-{turn}"))
        alone.append(_timed(lambda: _in_a_process_of_its_own(file)))
        warm.append(_timed(lambda: _read_with_openpyxl(file)))
    whole = [sum(each) for each in steps]
    ratio, beside_warm = median_ratio(whole, alone), median_ratio(whole, warm)
    names = ("read", "shown", "kept", "checked")
    parts = ", ".join(f"{name} {ms(median(each[at] for each in steps))}" for at, name in enumerate(names))
    what = f"Set of {leaves} leaves brought in, shown and checked"
    here = f"{ms(median(whole))} ({parts})"
    against = f"{ms(median(alone))} (openpyxl alone, in a process of its own)"
    warm_against = f"{ms(median(warm))} (openpyxl alone, in a process that has it loaded)"
    return [
        Row(what, here, against, times(ratio), f"≤ {_GOAL:g}×", ratio <= _GOAL),
        Row(what, here, warm_against, times(beside_warm)),
    ]


def _through(file: Path, database: Database, rubric_id: str) -> tuple[float, ...]:
    """Read, show, keep and check a file; the seconds of each."""
    admin = next(user for user in users.trial_users(database) if user.role is Role.ADMIN)
    marks = [perf_counter()]
    imported = read_set_file(file.read_bytes(), file.name, year=2022)
    marks.append(perf_counter())
    shown = AppTest.from_function(_preview, default_timeout=60, args=(imported,)).run()
    marks.append(perf_counter())
    draft = start_from_import(database, admin, imported, rubric_id=rubric_id)
    marks.append(perf_counter())
    built = build(draft)
    marks.append(perf_counter())
    if shown.exception or imported.problems or built.rubric is None:
        raise RuntimeError(f"{file.name}: {[*shown.exception, *imported.problems[:3], *built.findings[:3]]}")
    return tuple(after - before for before, after in pairwise(marks))


def _preview(imported: "ImportedSet") -> None:
    # A script of its own: AppTest takes the source of this function and nothing around it.
    from cchc_core.rubric_drafts.keeping import SameFile
    from ui.rubrics import preview

    preview.draw(imported, SameFile((), ()))


def _in_a_process_of_its_own(file: Path) -> None:
    subprocess.run([sys.executable, "-c", _ALONE, str(file)], check=True, stdout=subprocess.DEVNULL)


def _read_with_openpyxl(file: Path) -> int:
    book = load_workbook(file, data_only=True)
    return sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)


def _timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun
