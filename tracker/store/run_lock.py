"""One run at a time: a lock on a database that dies with its holder, however that ends.

SQLite: a lock of the operating system on a file beside the database. PostgreSQL: an advisory
lock of the session, so that runs on different machines see one another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tracker.errors import AlreadyRunning, StoreError
from tracker.store.engine import Store
from tracker.store.failures import driver_errors, explained

SUFFIX = ".run-lock"


@contextmanager
def run_lock(store: Store) -> Iterator[None]:
    """Hold the lock. Raises `AlreadyRunning` at once where another holds it."""
    held = _file_lock(store, store.at.path) if store.at.path is not None else _session_lock(store)
    with held:
        yield


@contextmanager
def _file_lock(store: Store, path: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    # Of a link, the file itself: everybody must mean the same lock.
    real = path.resolve()
    lock = FileLock(real.with_name(real.name + SUFFIX), timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise AlreadyRunning(store.shown) from None
    except OSError as error:
        raise StoreError(f"{lock.lock_file}: cannot be locked: {error.strerror}") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _session_lock(store: Store) -> Iterator[None]:
    from tracker.store.postgresql import release_run_lock, take_run_lock

    with explained(store.shown):
        connection = store.engine.connect()
    try:
        with explained(store.shown):
            taken = take_run_lock(connection)
            # The lock is the session's; an open transaction would only hold back the server.
            connection.commit()
        if not taken:
            raise AlreadyRunning(store.shown)
        try:
            yield
        finally:
            # A session that is gone has given it back already.
            with suppress(*driver_errors()):
                release_run_lock(connection)
                connection.commit()
    finally:
        connection.close()
