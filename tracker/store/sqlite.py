"""Everything that is particular to SQLite: the file, read-only access, pragmas, transactions.

A new file is made 0600 before SQLite sees it; SQLite gives its -wal and -shm files the same
mode. Writers take the write lock when their transaction begins, so that two of them wait for
one another instead of failing half-way; readers see the last committed state and never wait.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Engine,
    Table,
    bindparam,
    create_engine,
    event,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.types import NullType

from tracker.errors import StoreError
from tracker.store.backend import Row, adapted

BUSY_SECONDS = 30
READING = "tracker_reading"
"""The execution option of a transaction that only reads, and so waits for nobody."""
AUTOCOMMIT = "AUTOCOMMIT"
"""The isolation level of a connection on which every question stands alone."""
FTS = "_fts"
"""Behind an alias table's name: its full-text index of trigrams (see migrations)."""

PARAMETERS = 900
"""In one statement. SQLite allows 999 and more."""
_REMEMBERED = frozenset({"round", "company", "investor", "change"})
"""Tables whose ids are never given twice: a person may have noted one, or take a merge back."""


def make_file(path: Path) -> None:
    """Create an empty database file that only its owner may read, unless it is there."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if path.is_dir():
            raise StoreError(f"{path}: is a directory, not a database") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be created: {error.strerror}") from error


def _read_only_uri(path: Path) -> str:
    uri = path.absolute().as_uri() + "?mode=ro"
    # In a folder that cannot be written, SQLite cannot make the files that WAL needs; with no
    # WAL left behind there is no writer either, and the file may be read as it is.
    wal = path.with_name(path.name + "-wal")
    if not os.access(path.absolute().parent, os.W_OK) and not wal.exists():
        uri += "&immutable=1"
    return uri


def sqlite_engine(path: Path, *, read_only: bool) -> Engine:
    """An engine on the file at `path`, which must exist."""
    uri = _read_only_uri(path) if read_only else path.absolute().as_uri() + "?mode=rw"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect)

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        cursor.execute("PRAGMA foreign_keys = ON")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        else:
            _wal(cursor)
            cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        options = connection.get_execution_options()
        if options.get("isolation_level") == AUTOCOMMIT:
            return
        reading = read_only or options.get(READING)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _wal(cursor: sqlite3.Cursor) -> None:
    """Switch to WAL. Two that do it to a new file at once do not wait for each other by themselves."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(random.uniform(0.005, 0.05))
        else:
            return


def copy_file(source: Path, target: Path) -> None:
    """SQLite's online backup: a consistent copy of a database that others may be writing.

    `target` must not exist, or be empty. Raises `sqlite3.Error`.
    """
    make_file(target)
    uri = source.absolute().as_uri() + "?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


class Sqlite:
    """The backend."""

    name = "sqlite"

    def lock(self, connection: Connection) -> None:
        """BEGIN IMMEDIATE has it already."""

    def first_ids(self, connection: Connection, tables: Sequence[Table]) -> dict[str, int]:
        """One more than the largest id, or than the largest ever where SQLite remembers it."""
        parts = [f"SELECT '{t.name}' AS name, max(id) AS id FROM {t.name}" for t in tables]  # noqa: S608
        parts.append("SELECT name, seq FROM sqlite_sequence")
        found = {t.name: 1 for t in tables}
        for name, last in connection.execute(text(" UNION ALL ".join(parts))):
            if name in found and last is not None:
                found[name] = max(found[name], last + 1)
        return found

    def claim_ids(self, connection: Connection, following: Mapping[str, int]) -> None:
        """The rows themselves say it, save where SQLite remembers what was ever given."""
        for name in sorted(following.keys() & _REMEMBERED):
            values = {"name": name, "seq": following[name] - 1}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
            connection.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :seq)"), values)

    def insert_many(
        self, connection: Connection, into: Table, columns: Sequence[str], rows: Sequence[Row]
    ) -> None:
        """Many rows to a statement: a call of the driver costs as much as a small row."""
        quote = connection.dialect.identifier_preparer.quote
        names = ", ".join(map(quote, columns))
        one = f"({', '.join('?' * len(columns))})"
        head = f"INSERT INTO {quote(into.name)} ({names}) VALUES "  # noqa: S608
        values = adapted(connection.dialect, into, columns, rows)
        driver: Any = connection.connection.driver_connection
        at_once = max(1, PARAMETERS // len(columns))
        whole = len(values) // at_once * at_once
        if whole:
            sql = head + ", ".join([one] * at_once)
            some = (values[first : first + at_once] for first in range(0, whole, at_once))
            driver.executemany(sql, (list(chain.from_iterable(part)) for part in some))
        driver.executemany(head + one, values[whole:])

    def holds(self, alias: Table, pattern: BindParameter[str]) -> ColumnElement[bool]:
        """A phrase of trigrams in the full-text index."""
        index = table(alias.name + FTS)
        found = literal_column(index.name).op("MATCH")(pattern)
        return alias.c.id.in_(select(literal_column("rowid")).select_from(index).where(found))

    def pattern(self, letters: str) -> str:
        """In quotes, so that no letter means anything else."""
        return '"' + letters.replace('"', '""') + '"'

    def among(self, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
        """One parameter for all of them, as JSON: the statement is the same for any number."""
        each = func.json_each(bindparam(name, type_=NullType())).table_valued("value")
        return column.in_(select(each.c.value))

    def ids(self, ids: Sequence[Any]) -> str:
        """A JSON list."""
        return json.dumps(list(ids))

    def tidy(self, connection: Connection) -> None:
        """A look at some rows of every index: milliseconds, however large it is."""
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        connection.exec_driver_sql("ANALYZE")


SQLITE = Sqlite()
