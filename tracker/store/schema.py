"""The version of the schema, kept in the database itself.

The tables are made and changed by the migrations alone (`tracker.store.migrations`); Alembic is
imported only when one has to run. The version is the number of the last migration.
"""

from __future__ import annotations

from sqlalchemy import Connection, column, inspect, select, table

from tracker.errors import SchemaMismatch, StoreError

SCHEMA_VERSION = 5
"""The number of the newest migration."""
VERSION_TABLE = "tracker_schema"
"""Where Alembic notes the version: a name of our own, so that no other program's counts."""


def stored_version(connection: Connection) -> int | None:
    """The version of the database, or None where it holds no tracker tables."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    versions = table(VERSION_TABLE, column("version_num"))
    value = connection.execute(select(versions.c.version_num)).scalar()
    return int(value) if value is not None and str(value).isdigit() else 0


def check_version(version: int, shown: str) -> None:
    """Refuse a database of another version, saying what to do."""
    if version > SCHEMA_VERSION:
        raise SchemaMismatch(
            f"{shown}: has schema {version}, but this tracker knows only {SCHEMA_VERSION}: "
            "upgrade the tracker, or give another --db"
        )
    if version < SCHEMA_VERSION:
        raise SchemaMismatch(
            f"{shown}: has schema {version}, but this tracker needs {SCHEMA_VERSION}: "
            "run tracker db upgrade"
        )


def create_schema(connection: Connection, shown: str) -> None:
    """Create the tables in an empty database; check the version of any other."""
    version = stored_version(connection)
    if version is not None:
        # Another process was faster.
        check_version(version, shown)
        return
    if set(inspect(connection).get_table_names()):
        # Someone else's tables: an address book is no place for ours.
        raise StoreError(f"{shown}: is another program's database; give another --db")
    from tracker.store.migrations import upgrade

    upgrade(connection)
