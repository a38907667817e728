"""One cursor in one transaction, spoken to with ``:name`` parameters.

The wrapper is all that differs between engines: DuckDB wants ``$name``, psycopg ``%(name)s``.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import duckdb

from cchc_core.store.failures import failure_of

if TYPE_CHECKING:
    from cchc_core.store.directory import DirectoryShelf

# A name after one colon; two colons are a cast and stay.
_NAME = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
_ROWS_AT_ONCE = 500
_NAMED_AT_MOST = 200
_IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]*")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of the change log: its last number and the hash that covers everything up to it."""

    seq: int
    hash: str


EMPTY_LOG = Tail(0, "")


class Connection:
    """What the store modules speak to inside ``Database.read()`` and ``Database.write()``."""

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        shelf: "DirectoryShelf",
        structure_number: int,
        log_tail: Tail | None = None,
    ) -> None:
        self._cursor = cursor
        self.shelf = shelf
        self.structure_number = structure_number
        self.changes_structure = False
        self.log_tail = log_tail
        self.after_commit: list[Callable[[], None]] = []

    def rows(self, sql: str, **params: object) -> list[Row]:
        """Run a query and give its rows as dicts by column name."""
        try:
            self._execute(sql, params)
            names = [column[0] for column in self._cursor.description or ()]
            return [dict(zip(names, values, strict=True)) for values in self._cursor.fetchall()]
        except duckdb.Error as cause:
            raise failure_of(cause, "Đọc dữ liệu") from cause

    def row(self, sql: str, **params: object) -> Row | None:
        """Run a query for one row; None when there is none."""
        found = self.rows(sql, **params)
        return found[0] if found else None

    def run(self, sql: str, **params: object) -> None:
        """Run a statement that gives no rows."""
        try:
            self._execute(sql, params)
        except duckdb.Error as cause:
            raise failure_of(cause, "Lưu dữ liệu") from cause

    def change_structure(self) -> None:
        """Tell that this transaction changes units, periods, pinned criteria sets or people."""
        self.changes_structure = True

    def once_committed(self, take_note: Callable[[], None]) -> None:
        """Call this right after the commit and before anybody else can write; it must be short and must not fail."""
        self.after_commit.append(take_note)

    def run_many(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert many rows in few statements (a statement per row costs thirty times as much).

        All rows have the keys of the first one; keys are column names.
        """
        for some in _chunks(rows):
            columns = list(some[0])
            if not all(map(_IDENTIFIER.fullmatch, [table, *columns])):
                raise ValueError(f"no identifiers: {table}, {columns}")
            names = [[f"p{number}_{place}" for place in range(len(columns))] for number in range(len(some))]
            values = ", ".join(f"(:{', :'.join(row_names)})" for row_names in names)
            params = {
                name: row[column]
                for row, row_names in zip(some, names, strict=True)
                for column, name in zip(columns, row_names, strict=True)
            }
            # The names were checked above; the values go as parameters.
            self.run(f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}", **params)  # noqa: S608

    def _execute(self, sql: str, params: Mapping[str, object]) -> None:
        text, names = _translated(sql)
        if set(names) != set(params):
            raise ValueError(f"parameters of the statement {sorted(names)} differ from those given {sorted(params)}")
        if params:
            self._cursor.execute(text, dict(params))
        else:
            self._cursor.execute(text)


@lru_cache(maxsize=512)
def _translated(sql: str) -> tuple[str, frozenset[str]]:
    return _NAME.sub(r"$\1", sql), frozenset(_NAME.findall(sql))


def any_of(column: str, values: Sequence[str] | None) -> tuple[str, Row]:
    """Give the condition that a column holds one of these values, with its parameters; None sets no condition.

    >>> any_of("a.unit_id", ["x", "y"])
    ('a.unit_id IN (:unit_id_0, :unit_id_1)', {'unit_id_0': 'x', 'unit_id_1': 'y'})
    >>> any_of("unit_id", []), any_of("unit_id", None)
    (('1 = 0', {}), ('1 = 1', {}))

    Many values go as one list:

    >>> any_of("a.unit_id", ["x"] * 1000)[0]
    'a.unit_id IN (SELECT unnest(CAST(:unit_id_list AS VARCHAR[])))'
    """
    if not values:
        return ("1 = 1" if values is None else "1 = 0"), {}
    name = column.rpartition(".")[2]
    if len(values) > _NAMED_AT_MOST:
        # Thousands of names take twice the time of one list.
        return f"{column} IN (SELECT unnest(CAST(:{name}_list AS VARCHAR[])))", {f"{name}_list": list(values)}
    params: Row = {f"{name}_{place}": value for place, value in enumerate(values)}
    return f"{column} IN ({', '.join(f':{each}' for each in params)})", params


def _chunks(rows: Sequence[Mapping[str, object]]) -> Iterator[Sequence[Mapping[str, object]]]:
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        yield rows[start : start + _ROWS_AT_ONCE]
