"""Questions that are asked over and over: put together and compiled once an engine.

For a handful of rows SQLAlchemy takes longer to put a statement together than the database
takes to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Float,
    Integer,
    LargeBinary,
    Select,
    String,
)

from tracker.store.backend import Backend, backend_of

_AS_IS = (Float, Integer, LargeBinary, String)
"""Types whose values every driver gives as they are."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    fixed: dict[str, Any]
    order: Sequence[str] | None
    """The names of the parameters where the driver wants them by place."""
    changes: Sequence[tuple[int, Callable[[Any], Any]]]
    """Which columns the driver gives in another form."""


class Prepared:
    """A statement with parameters; `build` makes it for an engine."""

    def __init__(self, build: Callable[[Backend], Select[Any] | CompoundSelect[Any]]) -> None:
        self._build = build
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Connection, **values: Any) -> Sequence[Sequence[Any]]:
        """What the database answers."""
        ready = self._compiled.get(connection.dialect.name) or self._compile(connection)
        given = {**ready.fixed, **values}
        with connection.exec_driver_sql(
            ready.sql, given if ready.order is None else tuple(map(given.__getitem__, ready.order))
        ) as result:
            # Straight from the driver: there is nothing that SQLAlchemy's rows would add.
            assert result.cursor is not None
            found: Sequence[Sequence[Any]] = result.cursor.fetchall()
        for place, change in ready.changes:
            # Nothing is nothing in every form: most rows of a union stay as they are.
            found = [
                row if row[place] is None else (*row[:place], change(row[place]), *row[place + 1 :])
                for row in found
            ]
        return found

    def _compile(self, connection: Connection) -> _Compiled:
        dialect = connection.dialect
        statement = self._build(backend_of(connection))
        compiled: Any = statement.compile(dialect=dialect)
        changes = [
            (place, change)
            for place, column in enumerate(statement.selected_columns)
            if not isinstance(column.type, _AS_IS)
            and (change := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]
        ready = _Compiled(
            str(compiled), dict(compiled.params), compiled.positiontup or None, changes
        )
        self._compiled[dialect.name] = ready
        return ready
