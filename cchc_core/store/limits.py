"""Numbers that an administrator sets, kept in the settings of the database and logged when they change."""

from cchc_core.store import log
from cchc_core.store.connection import Connection


def read(connection: Connection, name: str, otherwise: int) -> int:
    """Read a number; ``otherwise`` where nobody has set it."""
    row = connection.row("SELECT value FROM settings WHERE name = :name", name=name)
    return otherwise if row is None else int(row["value"])


def write(connection: Connection, name: str, before: int, value: int, actor: log.Actor) -> None:
    """Set a number that stood at ``before``, logged."""
    row = connection.row("SELECT value FROM settings WHERE name = :name", name=name)
    if row is None:
        connection.run_many("settings", [{"name": name, "value": str(value)}])
    else:
        connection.run("UPDATE settings SET value = :value WHERE name = :name", name=name, value=str(value))
    line = log.Line(log.LogAction.SET_LIMIT, name, {"value": value}, {"value": before}, None, actor)
    log.append(connection, [line])
