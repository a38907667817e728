"""What people do with the targets of their plans, and what happens to targets along with a plan."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cchc_core.errors import BadText, NotFound, StaleText
from cchc_core.indicators.keeping import form_of
from cchc_core.offices import require
from cchc_core.permissions import OfficeAction
from cchc_core.plan_targets.actuals import Actuals, Source, choices, read_actual, typed_again
from cchc_core.plan_targets.measuring import (
    GRADES,
    OPERATORS,
    Goal,
    Outcome,
    Reached,
    distance_words,
    goal_of,
    goal_words,
    grade_of,
    outcome,
)
from cchc_core.plan_targets.rows import add_for_plan, copy_for_plan, deadline_of, end_for_plan
from cchc_core.rules.decimals import parse_vietnamese
from cchc_core.rules.problems import AmbiguousNumber, NotANumber
from cchc_core.store import kept, plan_targets
from cchc_core.store.clock import now_utc
from cchc_core.store.connection import Connection, Row
from cchc_core.store.database import Database
from cchc_core.store.plan_targets import StoredTarget
from cchc_core.store.users import User
from cchc_core.text import clean_line

__all__ = [
    "Measured",
    "PlanTargets",
    "TargetDraft",
    "add_for_plan",
    "add_target",
    "copy_for_plan",
    "end_for_plan",
    "end_target",
    "measure",
    "read_target",
    "read_targets",
    "source_of",
    "targets_in",
]

MOST_TEXT_CHARACTERS = 500
MOST_SHORT_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """A promised figure with what was reached; ``whence`` says in words where that comes from."""

    target: StoredTarget
    goal: Goal
    actual: Reached | None
    whence: str

    @property
    def outcome(self) -> Outcome:
        """Tell whether the figure was reached."""
        return outcome(self.goal, self.actual)

    @property
    def distance(self) -> str:
        """Say by how much it was reached or missed."""
        return distance_words(self.goal, self.actual)


@dataclass(frozen=True, slots=True)
class PlanTargets:
    """The promised figures of one plan, in printed order."""

    plan_id: str
    title: str
    listed: tuple[Measured, ...]

    def count(self, wanted: Outcome) -> int:
        """Count the figures that stand so; what another column says again is counted once."""
        return sum(each.outcome is wanted for each in self.listed if not each.target.is_repeat)


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A promised figure as somebody writes it down."""

    text: str
    operator: str
    value: str
    unit: str
    deadline: str = ""
    task_code: str = ""


def read_targets(database: Database, user: User, department_id: str, year: int, today: date) -> tuple[PlanTargets, ...]:
    """Read the promised figures of a department's year, plan by plan. Raises NotFound, NotAllowedInOffice."""
    with database.read() as connection:
        require(connection, user, OfficeAction.VIEW_FIGURES, department_id)
        return targets_in(connection, department_id, year, today)


def targets_in(connection: Connection, department_id: str, year: int, today: date) -> tuple[PlanTargets, ...]:
    """Read the promised figures of a year for somebody who may see them; a plan without any is listed too."""
    actuals = Actuals(connection, department_id, year, today)
    of_plan: dict[str, list[Measured]] = {}
    for target in plan_targets.of_year(connection, department_id, year):
        of_plan.setdefault(target.plan_id, []).append(_measured(target, actuals))
    titles = plan_targets.plan_titles(connection, department_id, year)
    return tuple(PlanTargets(plan_id, title, tuple(of_plan.get(plan_id, ()))) for plan_id, title in titles.items())


def read_target(database: Database, user: User, target_id: str, today: date) -> Measured:
    """Read one promised figure. Raises NotFound, NotAllowedInOffice."""
    with database.read() as connection:
        row = _row(connection, user, OfficeAction.VIEW_FIGURES, target_id)
        target = plan_targets.stored(connection, row)
        return _measured(target, Actuals(connection, target.department_id, target.year, today))


def _measured(target: StoredTarget, actuals: Actuals) -> Measured:
    actual = actuals.of(target)
    return Measured(target, goal_of(target.operator, target.value, target.unit), actual.value, actual.whence)


def measure(
    database: Database,
    user: User,
    target_id: str,
    *,
    source: str,
    actual: str,
    note: str,
    expected_version: int,
) -> None:
    """Say where the actual value of a target comes from (``source:key`` as :func:`choices` gives it), and note it.

    ``actual`` is kept for a typed source alone, and a new one beside another source is refused. Raises ValuesRefused,
    BadText, NotFound, NotAllowedInOffice, and StaleText when somebody else has changed the target in the meantime.
    """
    with database.write() as connection:
        row = _row(connection, user, OfficeAction.ENTER_FIGURES, target_id)
        goal = goal_of(row["operator"], row["value"], row["unit_text"])
        if source not in dict(choices(goal, form_of(row["year"]))) and source != _source_of(row):
            raise NotFound(_where(row), thing="nguồn số liệu", key=clean_line(source)[:60])
        kind, _, key = source.partition(":")
        if kind != Source.TYPED and actual.strip() not in ("", typed_again(row["actual"])):
            to_do = "Hãy chọn «Nhập tay», hoặc xoá kết quả đã ghi."
            raise BadText(_where(row), problem="đã ghi kết quả nhưng kết quả không lấy từ nhập tay", to_do=to_do)
        wanted = {
            "source": kind,
            "source_key": key,
            "actual": read_actual(goal, actual) if kind == Source.TYPED else "",
            "note": _line(_where(row), "ghi chú", note, MOST_TEXT_CHARACTERS),
        }
        if all(row[name] == value for name, value in wanted.items()):
            return
        _refuse_stale(connection, row, expected_version)
        plan_targets.change(connection, row, wanted, user.actor)


def add_target(database: Database, user: User, plan_id: str, draft: TargetDraft) -> str:
    """Add a promised figure to a plan of the department and give its id.

    Raises BadText for what is missing or cannot be read, NotFound, NotAllowedInOffice.
    """
    where = "Thêm chỉ tiêu phấn đấu"
    with database.write() as connection:
        plan = kept.find(connection, kept.PLANS, plan_id)
        if plan is None or plan["ended_utc"] is not None:
            raise NotFound(where, thing="kế hoạch", key=clean_line(plan_id)[:40])
        require(connection, user, OfficeAction.PLAN_TASKS, plan["department_id"])
        ordinal = max((row["ordinal"] for row in plan_targets.rows_of_plan(connection, plan_id)), default=0) + 1
        deadline = _line(where, "thời hạn", draft.deadline, MOST_SHORT_CHARACTERS)
        row: Row = {
            "department_id": plan["department_id"],
            "year": plan["year"],
            "plan_id": plan_id,
            "ordinal": ordinal,
            "target_text": _wanted(where, "nội dung chỉ tiêu", draft.text, MOST_TEXT_CHARACTERS),
            "operator": _operator(where, draft.operator),
            "value": _value(where, draft.value),
            "unit_text": _wanted(where, "đơn vị tính", draft.unit, MOST_SHORT_CHARACTERS),
            "deadline_text": deadline,
            "deadline": deadline_of(deadline, plan["year"]),
            "task_code": _line(where, "mã nhiệm vụ", draft.task_code, MOST_SHORT_CHARACTERS),
            "where_text": "Thêm trong phần mềm",
            "is_repeat": False,
            "print_note": "",
            "source": "",
            "source_key": "",
            "actual": "",
            "note": "",
            "ended_utc": None,
        }
        (added,) = plan_targets.add(connection, [row], user.actor)
        return added


def end_target(database: Database, user: User, target_id: str, *, expected_version: int) -> None:
    """Take a promised figure out; it stays in the log. Raises NotFound, NotAllowedInOffice, StaleText."""
    with database.write() as connection:
        row = _row(connection, user, OfficeAction.PLAN_TASKS, target_id)
        _refuse_stale(connection, row, expected_version)
        plan_targets.change(connection, row, {"ended_utc": now_utc()}, user.actor)


def source_of(target: StoredTarget) -> str:
    """Give where the actual value of a target comes from, as :func:`measure` takes it."""
    return f"{target.source}:{target.source_key}" if target.source else ""


def _source_of(row: Row) -> str:
    return f"{row['source']}:{row['source_key']}" if row["source"] else ""


def _row(connection: Connection, user: User, action: OfficeAction, target_id: str) -> Row:
    row = plan_targets.find(connection, target_id)
    if row is None or row["ended_utc"] is not None:
        raise NotFound("Chỉ tiêu phấn đấu", thing="chỉ tiêu", key=clean_line(target_id)[:40])
    require(connection, user, action, row["department_id"])
    return row


def _refuse_stale(connection: Connection, row: Row, expected_version: int) -> None:
    if row["version"] == expected_version:
        return
    stored = plan_targets.stored(connection, row)
    said = f"{stored.actual or 'không nhập tay'}; ghi chú: {stored.note or 'không có'}"
    raise StaleText(
        _where(row),
        version=stored.version,
        who=stored.changed_by_name,
        when_utc=stored.changed_at_utc,
        stored=said,
    )


def _where(row: Row) -> str:
    goal = goal_of(row["operator"], row["value"], row["unit_text"])
    return f"Chỉ tiêu {row['ordinal']} ({goal_words(goal)})"


def _operator(where: str, operator: str) -> str:
    if operator not in OPERATORS:
        raise BadText(where, problem="chưa chọn cách so sánh", to_do=f"Hãy chọn một trong: {', '.join(OPERATORS)}.")
    return operator


def _value(where: str, text: str) -> str:
    typed = _wanted(where, "mức phấn đấu", text, MOST_SHORT_CHARACTERS).removesuffix("%").strip()
    if grade := grade_of(typed):
        return grade
    to_do = f"Hãy nhập một số, ví dụ 12,5, hoặc một loại: {', '.join(GRADES)}."
    try:
        number = parse_vietnamese(typed)
    except AmbiguousNumber:
        raise BadText(where, problem=f"mức «{typed}» đọc được hai cách", to_do="Hãy viết 1234 hoặc 1,234.") from None
    except NotANumber:
        raise BadText(where, problem=f"mức «{typed[:40]}» không phải là số", to_do=to_do) from None
    if number < Decimal(0):
        raise BadText(where, problem=f"mức «{typed}» là số âm", to_do=to_do)
    return f"{number:f}"


def _wanted(where: str, what: str, text: str, most: int) -> str:
    line = _line(where, what, text, most)
    if not line:
        raise BadText(where, problem=f"chưa ghi {what}", to_do=f"Hãy ghi {what}.")
    return line


def _line(where: str, what: str, text: str, most: int) -> str:
    line = " ".join(clean_line(text.replace("\r", " ").replace("\n", " ")).split())
    if len(line) > most:
        raise BadText(where, problem=f"{what} dài {len(line)} ký tự, quá {most} ký tự", to_do="Hãy viết gọn lại.")
    return line
