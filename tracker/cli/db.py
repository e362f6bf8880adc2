"""`tracker db …`: look after the database: its schema, backups, moving to another engine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import say

db_app = typer.Typer(
    name="db",
    help="Look after the database: schema, backup, moving it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@db_app.command("upgrade")
def upgrade(db: opt.Db = None) -> None:
    """Bring the database's schema to this program's version; create it where there is none.

    A SQLite file is copied beside itself first. Nothing else ever changes a schema.

    \b
    Examples:
      tracker db upgrade
      tracker db upgrade --db postgresql+psycopg://tracker@db.example/tracker
    """
    from tracker.settings import load_settings
    from tracker.store.upkeep import upgrade as run

    settings = load_settings(db)
    done = run(settings.db, make_folder=settings.db_is_default)
    if done.before is None:
        say(f"{done.shown}: schema {done.after} created")
    elif done.before == done.after:
        say(f"{done.shown}: has schema {done.after} already")
    else:
        kept = f"; as it was: {done.saved}" if done.saved else ""
        say(f"{done.shown}: schema {done.before} → {done.after}{kept}")


@db_app.command("current")
def current(db: opt.Db = None) -> None:
    """Print the version of the database's schema.

    \b
    Examples:
      tracker db current
      tracker db current --db team.sqlite3
    """
    from tracker.settings import load_settings
    from tracker.store import SCHEMA_VERSION
    from tracker.store.upkeep import current as ask

    shown, version = ask(load_settings(db).db)
    typer.echo(version)
    if version < SCHEMA_VERSION:
        say(f"{shown}: this tracker needs {SCHEMA_VERSION}: run tracker db upgrade")
    elif version > SCHEMA_VERSION:
        say(f"{shown}: this tracker knows only {SCHEMA_VERSION}: upgrade the tracker")


@db_app.command("history")
def history(db: opt.Db = None) -> None:
    """List every version of the schema, newest last; * marks the database's.

    \b
    Examples:
      tracker db history
      tracker db history --db team.sqlite3
    """
    from tracker.errors import NoDatabase
    from tracker.settings import load_settings
    from tracker.store.migrations import history as steps
    from tracker.store.upkeep import current as ask

    try:
        _, version = ask(load_settings(db).db)
    except NoDatabase:
        version = 0
    for step in steps():
        typer.echo(f"{'*' if step.version == version else ' '} {step.version:04}  {step.title}")


@db_app.command("check")
def check(db: opt.Db = None) -> None:
    """Compare the database with the tables this program knows, and look for damage.

    Exit code 1 and one line for everything that is not as it should be.

    \b
    Examples:
      tracker db check
      tracker db check --db postgresql+psycopg://tracker@db.example/tracker
    """
    from tracker.settings import load_settings
    from tracker.store.upkeep import problems

    found = problems(load_settings(db).db)
    for line in found:
        say(line)
    if found:
        raise typer.Exit(1)
    say("the schema is as it should be")


@db_app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file (SQLite).")],
    db: opt.Db = None,
) -> None:
    """Write a consistent copy of the database into one file, while others may go on writing.

    The file is an SQLite database, from PostgreSQL too; tracker db restore reads it into
    either.

    \b
    Examples:
      tracker db backup "tracker-$(date +%F).sqlite3"
      tracker db backup team.sqlite3 --db postgresql+psycopg://tracker@db.example/tracker
    """
    from tracker.settings import load_settings
    from tracker.store.copying import backup as run

    run(load_settings(db).db, file.expanduser())
    say(f"written to {file}")


@db_app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What tracker db backup wrote.")],
    db: opt.Db = None,
) -> None:
    """Read a backup into an empty database, SQLite or PostgreSQL, verified row by row.

    \b
    Examples:
      tracker db restore tracker-2026-01-31.sqlite3 --db new.sqlite3
      tracker db restore team.sqlite3 --db postgresql+psycopg://tracker@db.example/tracker
    """
    from tracker.settings import load_settings
    from tracker.store.copying import restore as run

    settings = load_settings(db)
    _told(run(file.expanduser(), settings.db, make_folder=settings.db_is_default))


@db_app.command("copy")
def copy(
    source: Annotated[str, typer.Argument(metavar="SRC", help="A database: path or URL.")],
    target: Annotated[str, typer.Argument(metavar="DST", help="An empty database, or none yet.")],
) -> None:
    """Copy a whole database into another, SQLite or PostgreSQL, verified row by row.

    \b
    Examples:
      tracker db copy tracker.sqlite3 postgresql+psycopg://tracker@db.example/tracker
      tracker db copy postgresql+psycopg://tracker@db.example/tracker tracker.sqlite3
    """
    from tracker.store import open_store
    from tracker.store.copying import copy_rows

    with open_store(source, read_only=True) as old, open_store(target) as new:
        _told(copy_rows(old, new))


def _told(counts: dict[str, int]) -> None:
    for name, rows in counts.items():
        typer.echo(f"{name:<16} {rows}")
    say(f"{sum(counts.values())} rows copied and verified")
