"""Look after the schema: which version a database has, bring it to ours, say how it differs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from tracker.errors import NoDatabase, SchemaMismatch, StoreError
from tracker.store.engine import Store, open_any
from tracker.store.failures import explained
from tracker.store.schema import SCHEMA_VERSION, check_version, create_schema, stored_version
from tracker.store.sqlite import copy_file


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What `upgrade` did. `before` is None where the schema was made."""

    shown: str
    before: int | None
    after: int
    saved: Path | None = None
    """The copy of the database as it was."""


def current(db: str) -> tuple[str, int]:
    """The database's name and the version of its schema. Raises `NoDatabase` where none is."""
    with open_any(db, read_only=True) as store:
        return store.shown, _version(store)


def _version(store: Store) -> int:
    with store.reading() as connection:
        version = stored_version(connection)
    if version is None:
        raise NoDatabase(store.shown)
    return version


def upgrade(db: str, *, keep: bool = True, make_folder: bool = False) -> Upgraded:
    """Bring a database of an older schema to ours, or make the schema where there is none.

    A SQLite file is copied first (unless not `keep`). All steps are one transaction: after a
    failure the database is as it was. Raises `SchemaMismatch` for a newer schema.
    """
    with open_any(db, make_folder=make_folder) as store:
        with store.reading() as connection:
            before = stored_version(connection)
        if before is None:
            with store.changing() as connection:
                create_schema(connection, store.shown)
            return Upgraded(store.shown, None, SCHEMA_VERSION)
        if before >= SCHEMA_VERSION:
            check_version(before, store.shown)
            return Upgraded(store.shown, before, before)
        if before == 0:
            raise SchemaMismatch(f"{store.shown}: has a schema that no tracker has made")
        saved = _save(store, before) if keep and store.at.path else None
        if store.at.path:
            event.listen(store.engine, "connect", _without_keys)
            store.engine.dispose()
        with store.changing() as connection:
            from tracker.store.migrations import upgrade as migrate

            migrate(connection)
            if broken := _loose_ends(connection):
                raise StoreError(f"{store.shown}: cannot be upgraded: {broken[0]}")
        return Upgraded(store.shown, before, SCHEMA_VERSION, saved)


def _without_keys(connection: Any, _record: Any) -> None:
    # SQLite changes many things only by making a table anew, which must not touch the others.
    connection.execute("PRAGMA foreign_keys = OFF")


def _save(store: Store, version: int) -> Path:
    path = store.at.path
    assert path is not None
    number = 1
    while True:
        suffix = f".schema-{version}{f'-{number}' if number > 1 else ''}.backup"
        saved = path.with_name(path.name + suffix)
        if not saved.exists():
            break
        number += 1
    with explained(str(saved)):
        copy_file(path, saved)
    return saved


def problems(db: str) -> list[str]:
    """What is wrong with a database of our version: differences of its schema, damage."""
    with open_any(db, read_only=True) as store:
        check_version(_version(store), store.shown)
        with store.reading() as connection:
            from tracker.store.migrations import differences

            return differences(connection) + _damage(connection)


def _damage(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    said = connection.exec_driver_sql("PRAGMA quick_check(10)").scalars().all()
    return [f"damaged: {line}" for line in said if line != "ok"] + _loose_ends(connection)


def _loose_ends(connection: Connection) -> list[str]:
    """Rows that point to nothing; PostgreSQL never lets it come to that."""
    if connection.dialect.name != "sqlite":
        return []
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(10)
    return [f"points to nothing: {row[0]} {row[1]} → {row[2]}" for row in broken]
