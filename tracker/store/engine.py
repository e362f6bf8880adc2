"""Open a database: a path or a URL in, a `Store` out.

A store to read from opens read-only and never creates anything; a store to write to creates
the file (0600) and the tables. Every error of the database leaves here as a `StoreError`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, bindparam, select

from tracker.errors import NoDatabase
from tracker.settings import reads_only
from tracker.store.backend import backend_of
from tracker.store.failures import driver_errors, explain, explained, is_transient
from tracker.store.job_tables import ISSUE_COPY
from tracker.store.locations import Location, locate, make_engine
from tracker.store.prepared import Prepared
from tracker.store.schema import check_version, create_schema, stored_version
from tracker.store.sqlite import AUTOCOMMIT, READING
from tracker.store.writer import IssueWriter

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds for which a transaction that others got in the way of is tried again."""

_KNOWN = Prepared(
    lambda _backend: select(ISSUE_COPY.c.id).where(
        ISSUE_COPY.c.fingerprint == bindparam("fingerprint")
    )
)


class Store:
    """An open database. Use as a context manager; one transaction per `reading` or `writing`."""

    def __init__(self, engine: Engine, at: Location) -> None:
        self.engine = engine
        self.at = at
        self.shown = at.shown
        """The location for messages, without any password."""
        self._asking: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._ask_no_more()
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in one transaction, for queries: a snapshot of one moment."""
        engine = self.engine.execution_options(**{READING: True})
        with explained(self.shown), engine.begin() as connection:
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A connection in one transaction that holds the write lock: all is kept, or nothing."""
        with explained(self.shown), self._locked() as connection:
            yield connection

    @contextmanager
    def _locked(self) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            backend_of(connection).lock(connection)
            yield connection

    def write(self, work: Callable[[IssueWriter], T]) -> T:
        """Let `work` write in one transaction; again from the start if another got in the way.

        `work` may run several times, so it must not change anything outside of the database.
        """
        until = time.monotonic() + PATIENCE
        pause = 0.02
        while True:
            try:
                with self._locked() as connection:
                    return work(IssueWriter(connection))
            except driver_errors() as error:
                if not is_transient(error) or time.monotonic() > until:
                    raise explain(error, self.shown) from None
            time.sleep(random.uniform(pause / 2, pause))
            pause = min(2 * pause, 2.0)

    def tidy(self) -> None:
        """After much was written: let the engine look at what its indexes hold."""
        with self.changing() as connection:
            backend_of(connection).tidy(connection)

    def knows(self, fingerprint: str) -> bool:
        """Whether the letter with this fingerprint has been ingested."""
        with explained(self.shown):
            # Asked of every letter, so without a transaction: that would be three trips to a
            # server instead of one.
            if self._asking is None:
                self._asking = self.engine.connect().execution_options(isolation_level=AUTOCOMMIT)
            try:
                return bool(_KNOWN.rows(self._asking, fingerprint=fingerprint))
            except BaseException:
                self._ask_no_more()
                raise

    def _ask_no_more(self) -> None:
        if self._asking is not None:
            self._asking.close()
            self._asking = None


def open_store(db: str, *, read_only: bool = False, make_folder: bool = False) -> Store:
    """Open the database at `db`, a plain path or a SQLAlchemy URL.

    `make_folder` creates the folder of a file that does not exist yet (for the default place).
    Raises `StoreError` where it cannot be opened, where there is none to read, and
    `SchemaMismatch` where it has another version; `BadValue` for a URL that is none.
    """
    store = open_any(db, read_only=read_only, make_folder=make_folder)
    at = store.at
    try:
        with store.reading() as connection:
            version = stored_version(connection)
        if version is not None:
            check_version(version, at.shown)
        elif read_only or reads_only():
            raise NoDatabase(at.shown)
        else:
            with store.changing() as connection:
                create_schema(connection, at.shown)
    except BaseException:
        store.close()
        raise
    return store


def open_any(db: str, *, read_only: bool = False, make_folder: bool = False) -> Store:
    """As `open_store`, whatever the schema is."""
    at = locate(db)
    return Store(make_engine(at, read_only=read_only or reads_only(), make_folder=make_folder), at)
