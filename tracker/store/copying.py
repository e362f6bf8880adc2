"""Copy a whole database into another, of either engine, and verify it row by row.

A backup is a SQLite file whatever the source is: one format that both engines can be restored
from, and that can be read by itself.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, exists, select

from tracker.errors import StoreError
from tracker.store.backend import backend_of
from tracker.store.engine import Store, open_any, open_store
from tracker.store.failures import explained
from tracker.store.sqlite import copy_file
from tracker.store.tables import METADATA
from tracker.store.upkeep import upgrade

PAGE = 2000


def copy_rows(source: Store, target: Store) -> dict[str, int]:
    """Copy every row into an empty database; all of it, or nothing. Returns rows by table.

    Raises `StoreError` where the target holds rows already, or where what was written reads
    back differently.
    """
    counts: dict[str, int] = {}
    with source.reading() as old, target.changing() as new:
        for table in METADATA.sorted_tables:
            if new.execute(select(exists().select_from(table))).scalar():
                raise StoreError(f"{target.shown}: holds data already; give an empty database")
        for table in METADATA.sorted_tables:
            counts[table.name] = _copy(old, new, table)
        numbered = [table for table in METADATA.sorted_tables if "id" in table.c]
        following = backend_of(old).first_ids(old, numbered)
        backend_of(new).claim_ids(new, following)
        for table in METADATA.sorted_tables:
            _verify(old, new, table, target.shown)
    return counts


def _rows(connection: Connection, table: Table) -> Generator[list[Any], None, None]:
    query = select(table).order_by(*table.primary_key.columns)
    with connection.execute(query.execution_options(yield_per=PAGE)) as result:
        for page in result.partitions():
            yield list(page)


def _copy(old: Connection, new: Connection, table: Table) -> int:
    backend, columns = backend_of(new), [column.name for column in table.columns]
    count = 0
    for page in _rows(old, table):
        backend.insert_many(new, table, columns, page)
        count += len(page)
    return count


def _verify(old: Connection, new: Connection, table: Table, shown: str) -> None:
    with closing(_rows(old, table)) as before, closing(_rows(new, table)) as after:
        for was, now in zip_longest(before, after):
            if was != now:
                raise StoreError(
                    f"{shown}: {table.name} reads back differently; nothing was copied"
                )


def backup(db: str, file: Path) -> None:
    """Write a consistent copy of the database into a new SQLite file that only its owner reads.

    Others may go on writing. The file appears whole or not at all. Raises `StoreError`.
    """
    if file.exists():
        raise StoreError(f"{file}: exists already; give a new file")
    if not file.parent.is_dir():
        raise StoreError(f"{file}: cannot be created: no such folder")
    with open_any(db, read_only=True) as store, _beside(file) as part, explained(str(file)):
        if store.at.path is not None:
            with explained(store.shown):
                copy_file(store.at.path, part)
        else:
            with open_store(str(part)) as target:
                copy_rows(store, target)
        os.replace(part, file)


def restore(file: Path, db: str, *, make_folder: bool = False) -> dict[str, int]:
    """Read a backup into an empty database of either engine. Returns rows by table.

    A backup of an older schema is upgraded on the way; the file itself stays as it is.
    """
    if not file.is_file():
        raise StoreError(f"{file}: no such backup")
    with tempfile.TemporaryDirectory(prefix="tracker-restore-") as folder:
        copy = Path(folder) / "backup.sqlite3"
        with explained(str(file)):
            copy_file(file, copy)
        with explained(str(file)):
            upgrade(str(copy), keep=False)
        with (
            open_store(str(copy), read_only=True) as source,
            open_store(db, make_folder=make_folder) as target,
        ):
            return copy_rows(source, target)


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A place for a file in the making, in the same folder; nothing is left of it."""
    try:
        folder = tempfile.mkdtemp(dir=file.parent, prefix=f".{file.name}.")
    except OSError as error:
        raise StoreError(f"{file}: cannot be created: {error.strerror}") from None
    with closing(_Folder(Path(folder))) as made:
        yield made.path / "backup.sqlite3"


class _Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    def close(self) -> None:
        for left in self.path.iterdir():
            left.unlink()
        self.path.rmdir()
