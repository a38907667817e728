"""Plans of departments: one row each; their tasks are in :mod:`cchc_core.store.tasks`."""

from collections.abc import Mapping

from cchc_core.store import kept
from cchc_core.store.connection import Connection, Row
from cchc_core.store.log import Actor
from cchc_core.store.year_lines import last_change
from cchc_core.tasks.draft import PlanDraft
from cchc_core.tasks.model import PlanRow

_SELECT = (
    "SELECT p.*, (SELECT count(*) FROM tasks t WHERE t.plan_id = p.id AND t.ended_utc IS NULL) AS many FROM plans p "
)


def of_department(connection: Connection, department_id: str, year: int | None = None) -> tuple[PlanRow, ...]:
    """List the plans of a department, or of one year of it, the newest year first."""
    of_year, params = ("AND p.year = :year ", {"year": year}) if year is not None else ("", {})
    rows = connection.rows(
        f"{_SELECT} WHERE p.department_id = :department_id AND p.ended_utc IS NULL {of_year}"
        "ORDER BY p.year DESC, p.title, p.id",
        department_id=department_id,
        **params,
    )
    return tuple(_plan(connection, row) for row in rows)


def find(connection: Connection, plan_id: str) -> PlanRow | None:
    """Find a plan that has not ended by its id, which may come from an address that anybody typed."""
    if not (plan_id.isascii() and plan_id.isalnum()):
        return None
    row = connection.row(f"{_SELECT} WHERE p.id = :id AND p.ended_utc IS NULL", id=plan_id)
    return None if row is None else _plan(connection, row)


def add(connection: Connection, department_id: str, draft: PlanDraft, actor: Actor) -> str:
    """Add a plan without its tasks, logged, and give its id."""
    row: Row = {
        "department_id": department_id,
        "year": draft.year,
        "title": draft.title,
        "issuer": draft.issuer,
        "document_text": draft.document_text,
        "origin": draft.origin,
        "copied_from": draft.copied_from,
        "ended_utc": None,
    }
    (plan_id,) = kept.add(connection, kept.PLANS, [row], actor)
    return plan_id


def change(connection: Connection, plan_id: str, changes: Mapping[str, object], actor: Actor) -> bool:
    """Change some columns of a plan, logged; tell False where nothing is new or there is no such plan."""
    row = kept.find(connection, kept.PLANS, plan_id)
    return row is not None and kept.change(connection, kept.PLANS, row, changes, actor)


def _plan(connection: Connection, row: Row) -> PlanRow:
    version, by_name, at_utc = last_change(connection, row)
    return PlanRow(
        id=row["id"],
        department_id=row["department_id"],
        year=row["year"],
        title=row["title"],
        issuer=row["issuer"],
        document_text=row["document_text"],
        origin=row["origin"],
        copied_from=row["copied_from"],
        version=version,
        changed_by_name=by_name,
        changed_at_utc=at_utc,
        tasks=row["many"],
    )
