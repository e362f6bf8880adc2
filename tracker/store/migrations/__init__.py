"""The migrations, run by Alembic within a transaction of the caller's: all of it, or nothing.

Importing this package imports Alembic; only making, upgrading and checking a schema does.

A new migration: change the tables, run ``tracker db check`` on an old database to see what
differs, write ``versions/000N_what_it_does.py`` with that, raise `schema.SCHEMA_VERSION`, and put
a dump of the schema it leaves into ``tests/store/schemas`` once it is released.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from tracker.store.schema import VERSION_TABLE
from tracker.store.sqlite import FTS

HERE = Path(__file__).resolve().parent
VERSIONS: list[Path] = [HERE / "versions"]

# What one engine has and the other has not is made by hand in the migrations, and compared by
# name: Alembic knows neither full-text tables nor operator classes.
ENGINE_OBJECTS: dict[str, frozenset[str]] = {
    "sqlite": frozenset(
        {
            "ix_round_newest",
            "ix_round_stage_newest",
            "company_alias_fts",
            "company_alias_fts_insert",
            "company_alias_fts_update",
            "company_alias_fts_delete",
            "investor_alias_fts",
            "investor_alias_fts_insert",
            "investor_alias_fts_update",
            "investor_alias_fts_delete",
        }
    ),
    "postgresql": frozenset(
        {
            "ix_round_newest",
            "ix_round_stage_newest",
            "ix_company_alias_sought",
            "ix_investor_alias_sought",
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: its version, what it does, and the day it was written."""

    version: int
    title: str


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(HERE), version_locations=[str(path) for path in VERSIONS])


def _include(found: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    if kind == "table":
        # A full-text table and the tables it keeps its index in.
        return name != VERSION_TABLE and FTS not in (name or "")
    return not any(name in names for names in ENGINE_OBJECTS.values())


def _context(connection: Connection, **options: Any) -> MigrationContext:
    opts = {"version_table": VERSION_TABLE, "include_object": _include, "compare_type": True}
    return MigrationContext.configure(connection, opts={**opts, **options})


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest version."""
    script = _script()

    def steps(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs("head", revision)

    context = _context(connection, fn=steps)
    with Operations.context(context):
        context.run_migrations()


def history() -> list[Migration]:
    """Every migration, the oldest first."""
    steps = [Migration(int(s.revision), s.doc) for s in _script().walk_revisions()]
    return sorted(steps, key=lambda step: step.version)


def differences(connection: Connection) -> list[str]:
    """In what the database differs from the tables this program knows; empty is right."""
    from tracker.store.tables import METADATA

    found = [_told(change) for change in compare_metadata(_context(connection), METADATA)]
    missing = ENGINE_OBJECTS[connection.dialect.name] - _engine_objects(connection)
    return found + [f"missing: {name}" for name in sorted(missing)]


def _engine_objects(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        return set(connection.execute(text("SELECT name FROM sqlite_master")).scalars())
    names: set[str] = set()
    inspector = inspect(connection)
    for indexes in inspector.get_multi_indexes().values():
        names.update(str(index["name"]) for index in indexes)
    return names


def _told(change: Any) -> str:
    """One of Alembic's changes in words."""
    if isinstance(change, list):
        return "; ".join(_told(one) for one in change)
    what, *about = change
    names: Sequence[str] = [
        str(getattr(part, "name", part)) for part in about if part is not None and part != {}
    ]
    return f"{what.replace('_', ' ')}: {' '.join(names)}"
