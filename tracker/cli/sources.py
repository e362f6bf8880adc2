"""`tracker sources …`: where letters come from."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import check_format, say
from tracker.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from tracker.records import StoredSource

    Change = Callable[[Connection, StoredSource], None]

sources_app = typer.Typer(
    name="sources",
    help="Where letters come from: mailboxes, feeds, pages, folders.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The source's name.")]


@sources_app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name of your own for it.")],
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL", help="imaps://user@host/Folder, https://… (feed or page), or a path."
        ),
    ],
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", help="imap, feed, page, file or folder; else it is guessed."
        ),
    ] = None,
    newsletter: Annotated[
        str | None,
        typer.Option("--newsletter", metavar="NAME", help="Which newsletter its letters are of."),
    ] = None,
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="How often: 1h, 1d, 1w.")
    ] = "1d",
    password_env: Annotated[
        str | None,
        typer.Option(
            "--password-env", metavar="VAR", help="The environment variable with its password."
        ),
    ] = None,
    password_file: Annotated[
        str | None,
        typer.Option(
            "--password-file", metavar="FILE", help="The file with its password (first line)."
        ),
    ] = None,
    keyring: Annotated[
        bool, typer.Option("--keyring", help="The password is in the system's keyring (default).")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="DATE|AGE", help="Of a mailbox, only mails from this day on."
        ),
    ] = None,
    full_pages: Annotated[
        bool,
        typer.Option("--full-pages", help="Fetch the page of an entry that is only a teaser."),
    ] = False,
    mark_seen: Annotated[
        bool, typer.Option("--mark-seen", help="Mark fetched mails as read in the mailbox.")
    ] = False,
    allow_plain: Annotated[
        bool, typer.Option("--allow-plain", help="Let a mailbox be read without TLS.")
    ] = False,
    ca_file: Annotated[
        str | None,
        typer.Option("--ca-file", metavar="FILE", help="Certificates (PEM) to trust besides."),
    ] = None,
    db: opt.Db = None,
) -> None:
    """Add a source; tracker run fetches it when it is due, and every letter once.

    A password never stands on the command line or in the address, and is never stored.

    \b
    Examples:
      tracker sources add wire https://letters.example/feed --every 12h
      tracker sources add mail imaps://me@mail.example/Letters --password-file ~/.mail-pass
    """
    from datetime import UTC, datetime
    from pathlib import Path

    from tracker.jobs.adding import Password, new_source
    from tracker.settings import load_settings
    from tracker.store import open_store
    from tracker.store.sources import add_source, find_source

    values = new_source(
        name,
        url,
        kind=kind,
        newsletter=newsletter,
        every=every,
        password=Password(password_env, password_file, keyring),
        since=since,
        full_pages=full_pages,
        mark_seen=mark_seen,
        allow_plain=allow_plain,
        ca_file=str(Path(ca_file).expanduser().absolute()) if ca_file else None,
    )
    settings = load_settings(db)
    with (
        open_store(settings.db, make_folder=settings.db_is_default) as store,
        store.changing() as connection,
    ):
        if find_source(connection, name):
            raise BadValue(f"there is a source {name!r} already; tracker sources list shows it")
        add_source(connection, **values, now=datetime.now(UTC))
    say(f"added {name}; tracker sources test {name} shows what it holds, tracker run fetches it")


@sources_app.command("list")
def list_all(fmt: opt.Format = "table", db: opt.Db = None) -> None:
    """List the sources.

    \b
    Examples:
      tracker sources list
      tracker sources list --format json
    """
    from tracker.export import FORMATS, write
    from tracker.export.job_layouts import SOURCES
    from tracker.settings import load_settings
    from tracker.store import open_store
    from tracker.store.sources import list_sources

    fmt = check_format(fmt, FORMATS)
    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        found = list_sources(connection)
    write(found, SOURCES, fmt, sys.stdout, to_file=False)
    if not found:
        say("no sources yet: tracker sources add NAME URL")


@sources_app.command("remove")
def remove(name: Name, db: opt.Db = None) -> None:
    """Forget a source; the letters that came from it stay.

    \b
    Examples:
      tracker sources remove wire
      tracker sources remove "old mailbox" --db team.sqlite3
    """
    from tracker.store.sources import remove_source

    _change(name, db, lambda connection, source: remove_source(connection, source.id))
    say(f"removed {name}; its letters stay")


@sources_app.command("pause")
def pause(name: Name, db: opt.Db = None) -> None:
    """Leave a source out of every run until it is resumed.

    \b
    Examples:
      tracker sources pause wire
      tracker sources pause mail --db team.sqlite3
    """
    from tracker.store.sources import set_paused

    _change(name, db, lambda connection, source: set_paused(connection, source.id, True))
    say(f"paused {name}; tracker sources resume {name} takes it in again")


@sources_app.command("resume")
def resume(name: Name, db: opt.Db = None) -> None:
    """Take a paused source in again, where it was left.

    \b
    Examples:
      tracker sources resume wire
      tracker sources resume mail --db team.sqlite3
    """
    from tracker.store.sources import set_paused

    _change(name, db, lambda connection, source: set_paused(connection, source.id, False))
    say(f"resumed {name}")


@sources_app.command("test")
def try_out(
    name: Name,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most so many letters.")
    ] = 20,
    fmt: opt.Format = "table",
    db: opt.Db = None,
) -> None:
    """Fetch a source and show what tracker run would make of it; nothing is written.

    \b
    Examples:
      tracker sources test wire
      tracker sources test mail --limit 3 --format json
    """
    from itertools import islice

    from tracker.export import FORMATS, write
    from tracker.export.job_layouts import PREVIEW
    from tracker.jobs import preview_source
    from tracker.settings import load_settings
    from tracker.store import open_store

    fmt = check_format(fmt, FORMATS)
    with open_store(load_settings(db).db, read_only=True) as store:
        with store.reading() as connection:
            source = wanted(connection, name)
        found = list(islice(preview_source(store, source), limit + 1))
    shown = found[:limit]
    write(shown, PREVIEW, fmt, sys.stdout, to_file=False)
    if len(found) > limit:
        say(f"there are more; --limit N shows more than {limit}")
    elif not found:
        say("nothing new")
    if any(row.status == "failed" for row in shown):
        raise typer.Exit(1)


def _change(name: str, db: str | None, change: Change) -> None:
    from tracker.settings import load_settings
    from tracker.store import open_store

    # A database to write to is made where none is; there would be no source in it, though.
    with open_store(load_settings(db).db, read_only=True):
        pass
    with open_store(load_settings(db).db) as store, store.changing() as connection:
        change(connection, wanted(connection, name))


def wanted(connection: Connection, name: str) -> StoredSource:
    """The source of this name. Raises `BadValue` where there is none, with those there are."""
    from tracker.store.sources import find_source, list_sources

    found = find_source(connection, name)
    if found is None:
        known = ", ".join(source.name for source in list_sources(connection)[:20])
        hint = f"there are {known}" if known else "there are none yet"
        raise BadValue(f"no source {name!r}; {hint}")
    return found
