"""What differs between the engines, behind one protocol.

`backend_of(connection)` gives the one object that knows how this engine takes its write lock,
hands out ids, loads many rows, and searches by a part of a name. Nothing outside of this room
asks which engine it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Connection,
    Date,
    Dialect,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
)

Row = Sequence[Any]


class Backend(Protocol):
    """One kind of database."""

    name: str

    def lock(self, connection: Connection) -> None:
        """Wait until no other writer is at work; the lock ends with the transaction."""
        ...  # pragma: no cover

    def first_ids(self, connection: Connection, tables: Sequence[Table]) -> dict[str, int]:
        """Table name → the lowest id never given. Only under the lock."""
        ...  # pragma: no cover

    def claim_ids(self, connection: Connection, following: Mapping[str, int]) -> None:
        """Table name → the id that comes next: all below are given away."""
        ...  # pragma: no cover

    def insert_many(
        self, connection: Connection, into: Table, columns: Sequence[str], rows: Sequence[Row]
    ) -> None:
        """Add the rows, as fast as the engine can. Values are those of the table's types."""
        ...  # pragma: no cover

    def holds(self, alias: Table, pattern: BindParameter[str]) -> ColumnElement[bool]:
        """A condition on `alias`, answered by an index: its `sought` holds some letters."""
        ...  # pragma: no cover

    def pattern(self, letters: str) -> str:
        """The value of `pattern` above for three letters or more."""
        ...  # pragma: no cover

    def among(self, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
        """A condition: `column` is one of the ids or texts in the parameter `name`."""
        ...  # pragma: no cover

    def ids(self, ids: Sequence[Any]) -> Any:
        """The value of the parameter above."""
        ...  # pragma: no cover

    def tidy(self, connection: Connection) -> None:
        """Renew what the planner knows of the tables."""
        ...  # pragma: no cover


def backend_of(connection: Connection) -> Backend:
    """The backend of an open connection."""
    if connection.dialect.name == "postgresql":
        from tracker.store.postgresql import POSTGRESQL

        return POSTGRESQL
    from tracker.store.sqlite import SQLITE

    return SQLITE


_AS_IS = (Boolean, Float, Integer, LargeBinary, String)
"""Types whose values the drivers take as they are."""


Change = tuple[int, Callable[[Any], Any]]
"""The place of a value in a row, and what makes it another."""


def changed(rows: Sequence[Row], changes: Sequence[Change]) -> Sequence[Row]:
    """The rows with some of their values in another form: column by column, which is quick."""
    if not rows or not changes:
        return rows
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, change in changes:
        columns[place] = map(change, columns[place])
    return list(zip(*columns, strict=True))


@lru_cache(maxsize=256)
def _adapting(dialect: Dialect, table: Table, columns: Sequence[str]) -> Sequence[Change]:
    return [
        # The same days come up again and again.
        (place, lru_cache(maxsize=4096)(change) if isinstance(kind, Date) else change)
        for place, name in enumerate(columns)
        if not isinstance(kind := table.c[name].type, _AS_IS)
        and (change := kind.dialect_impl(dialect).bind_processor(dialect))
    ]


def adapted(
    dialect: Dialect, table: Table, columns: Sequence[str], rows: Sequence[Row]
) -> Sequence[Row]:
    """Rows in the form in which SQLAlchemy would hand them to the driver."""
    return changed(rows, _adapting(dialect, table, tuple(columns)))
