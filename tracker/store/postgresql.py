"""Everything that is particular to PostgreSQL: the connection, the write lock, COPY, trigrams.

All writers of one database take one advisory lock when their transaction begins, as SQLite's
writers do: nobody loses an update to another and no two can lock each other out. Reading and
what comes before writing (segmenting, extraction) run side by side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    URL,
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    String,
    Table,
    any_,
    bindparam,
    cast,
    column,
    create_engine,
    event,
    func,
    literal,
    select,
    table,
    union_all,
)

from tracker.errors import StoreError
from tracker.store.backend import Row, adapted
from tracker.store.sqlite import AUTOCOMMIT, READING

OLDEST = 15
LOCK_SECONDS = 60
_LOCK = 0x7472_6163_6B65_7221
"""A number of our own among the advisory locks of a database ("tracker!")."""
_RUN_LOCK = _LOCK + 1
_SETTINGS = "SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1"
"""Our questions are short and answered by indexes; the planner's defaults are for old discs."""


def postgresql_engine(url: URL, shown: str, *, read_only: bool) -> Engine:
    """An engine on a server, through psycopg 3."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"application_name": "tracker", "connect_timeout": 15},
        pool_pre_ping=False,
    )

    @event.listens_for(engine, "first_connect")
    def _check(connection: Any, _record: Any) -> None:
        if connection.info.server_version < OLDEST * 10_000:
            found = connection.info.server_version // 10_000
            raise StoreError(f"{shown}: PostgreSQL {found} is too old; {OLDEST} or newer is needed")
        if connection.info.parameter_status("server_encoding") != "UTF8":
            raise StoreError(f"{shown}: the database is not in UTF-8 (CREATE DATABASE … ENCODING)")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") == AUTOCOMMIT:
            return
        reading = read_only or options.get(READING)
        # A repeatable snapshot: the rounds and their investors are those of one moment.
        mode = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; " if reading else ""
        connection.exec_driver_sql(mode + _SETTINGS)

    return engine


class PostgreSQL:
    """The backend."""

    name = "postgresql"

    def lock(self, connection: Connection) -> None:
        """The advisory lock of writers, for this transaction."""
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))

    def first_ids(self, connection: Connection, tables: Sequence[Table]) -> dict[str, int]:
        """Where the sequences stand. Numbers of a transaction that failed are not given again."""
        parts = []
        for numbered in tables:
            sequence = table(_sequence(numbered.name), column("last_value"), column("is_called"))
            used = cast(sequence.c.is_called, Integer)
            parts.append(select(literal(numbered.name), sequence.c.last_value + used))
        return {name: int(first) for name, first in connection.execute(union_all(*parts))}

    def claim_ids(self, connection: Connection, following: Mapping[str, int]) -> None:
        """Move the sequences on, so that a plain INSERT by anyone else does not collide."""
        if following:
            moves = (
                func.setval(_sequence(name), next_id, False) for name, next_id in following.items()
            )
            connection.execute(select(*moves))

    def insert_many(
        self, connection: Connection, into: Table, columns: Sequence[str], rows: Sequence[Row]
    ) -> None:
        """COPY."""
        quote = connection.dialect.identifier_preparer.quote
        names = ", ".join(map(quote, columns))
        driver: Any = connection.connection.driver_connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {quote(into.name)} ({names}) FROM STDIN") as copy,
        ):
            for row in adapted(connection.dialect, into, columns, rows):
                copy.write_row(row)

    def holds(self, alias: Table, pattern: BindParameter[str]) -> ColumnElement[bool]:
        """LIKE, which the trigram index answers."""
        return alias.c.sought.like(pattern, escape="/")

    def pattern(self, letters: str) -> str:
        """With wildcards on both sides; those within are letters."""
        return "%" + re.sub("([/%_])", r"/\1", letters) + "%"

    def among(self, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
        """One parameter for all of them: an array."""
        kind = String() if isinstance(column.type, String) else BigInteger()
        return column == any_(bindparam(name, type_=ARRAY(kind)))

    def ids(self, ids: Sequence[Any]) -> list[Any]:
        """A list, which psycopg sends as an array."""
        return list(ids)

    def tidy(self, connection: Connection) -> None:
        """ANALYZE; the server does it by itself too, but later. It takes a sample."""
        connection.exec_driver_sql("ANALYZE")


def take_run_lock(connection: Connection) -> bool:
    """Take the lock of an unattended run for this session; False where another has it."""
    return bool(connection.execute(select(func.pg_try_advisory_lock(_RUN_LOCK))).scalar_one())


def release_run_lock(connection: Connection) -> None:
    """Give it back; it would else go with the session."""
    connection.execute(select(func.pg_advisory_unlock(_RUN_LOCK)))


def _sequence(table: str) -> str:
    return f"{table}_id_seq"


POSTGRESQL = PostgreSQL()
