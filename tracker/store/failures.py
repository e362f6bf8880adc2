"""What the database driver says → one line for the user, and whether trying again may help.

Never the URL, never a parameter: either may hold what nobody else should read.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from tracker.errors import StoreError

# Part of the driver's message → what to tell the user. First match wins.
_REASONS: tuple[tuple[str, str], ...] = (
    ("database is locked", "is in use by another program; try again in a moment"),
    ("lock timeout", "is in use by another program; try again in a moment"),
    ("disk is full", "the disk is full; nothing of this issue was stored"),
    ("no space left", "the server's disk is full; nothing of this issue was stored"),
    ("disk i/o error", "cannot be written or read (disk I/O error: a full or failing disk?)"),
    ("not a database", "is not a database"),
    ("malformed", "is damaged"),
    ("unable to open", "cannot be opened (does its folder exist, and may you write there?)"),
    ("readonly", "cannot be written: it is read-only"),
    ("read-only transaction", "cannot be written: it is read-only"),
    ("password authentication failed", "the server does not accept this user and password"),
    ("no password supplied", "the server wants a password (in the URL, PGPASSWORD or ~/.pgpass)"),
    ("connection refused", "no server answers there"),
    ("could not translate host name", "there is no such host"),
    ("failed to resolve host", "there is no such host"),
    ("permission denied", "you may not do this there (ask the database's owner for the right)"),
)
# Another writer was in the way: serialization failure, deadlock, lock timeout; the server is
# going down or just coming up.
_TRANSIENT = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03"}


def driver_errors() -> tuple[type[BaseException], ...]:
    """The errors of SQLAlchemy, and of the drivers where we talk to them directly."""
    found: list[type[BaseException]] = [SQLAlchemyError, sqlite3.Error]
    if psycopg := sys.modules.get("psycopg"):
        found.append(psycopg.Error)
    return tuple(found)


def is_transient(error: BaseException) -> bool:
    """Whether the same transaction may succeed when it is tried again."""
    if isinstance(error, DBAPIError):
        if error.connection_invalidated or isinstance(error, IntegrityError):
            return True
        error = error.orig or error
    code = getattr(error, "sqlstate", None)
    return code in _TRANSIENT or code == "23505"


def explain(error: BaseException, shown: str) -> StoreError:
    """The `StoreError` that tells what `error` means for the database `shown`."""
    if isinstance(error, IntegrityError):
        return StoreError(f"{shown}: another program wrote the same at once; try again")
    said = str((error.orig or error) if isinstance(error, DBAPIError) else error)
    for part, reason in _REASONS:
        if part in said.lower():
            return StoreError(f"{shown}: {reason}")
    if "does not exist" in said and said.startswith("connection"):
        return StoreError(f"{shown}: {said.rpartition('FATAL:')[2].strip()}")
    line = next((line.strip() for line in said.splitlines() if line.strip()), "")
    return StoreError(f"{shown}: {line or type(error).__name__}")


@contextmanager
def explained(shown: str) -> Iterator[None]:
    """Turn errors of the database into `StoreError`."""
    try:
        yield
    except driver_errors() as error:
        # The cause carries the statement's parameters; it is kept for no one to print.
        raise explain(error, shown) from None
