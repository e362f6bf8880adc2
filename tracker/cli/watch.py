"""`tracker watch`: saved searches, and what is new for each of them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import completion
from tracker.cli import options as opt
from tracker.cli.filtering import Filters, filtered
from tracker.cli.output import check_format, say
from tracker.cli.telling import (
    digest_kind,
    find_news,
    mail_news,
    mail_sender,
    mail_server,
    mark_as_told,
    post_news,
    show_news,
)
from tracker.errors import TrackerError

watch_app = typer.Typer(
    name="watch",
    help="Saved searches: what is new since the last time, on the screen, as a digest, by mail.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="What the search is called.")]
Known = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="What the search is called.", autocompletion=completion.watches
    ),
]


@watch_app.command("add")
@filtered
def add(
    name: Name,
    filters: Filters,
    from_start: Annotated[
        bool, typer.Option("--from-start", help="Let the first run tell what is there already.")
    ] = False,
    db: opt.Db = None,
) -> None:
    """Save a search. What it finds today counts as told; watch run tells what comes from now on.

    \b
    Examples:
      tracker watch add monday --stage seed --stage pre_series_a --sector 핀테크
      tracker watch add big --min-amount 100억 --from-start
    """
    from tracker.query import make_filter
    from tracker.query.news import news
    from tracker.settings import load_settings
    from tracker.store import open_store
    from tracker.store.watches import mark_told, save_watch

    asked = make_filter(**filters)
    with open_store(load_settings(db).db) as store, store.changing() as connection:
        saved = save_watch(connection, name, filters)
        found = news(connection, None, asked)
        if not from_start:
            told = [(one.row.id, one.told) for one in found]
            mark_told(connection, saved.id, told, datetime.now(UTC))
    count = f"{len(found)} round{'s' * (len(found) != 1)}"
    later = "watch run tells them" if from_start else "watch run tells what comes from now on"
    say(f"saved; it finds {count} today, {later}")


@watch_app.command("list")
def list_(
    fmt: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, json, csv ….")
    ] = "table",
    db: opt.Db = None,
) -> None:
    """List the saved searches.

    \b
    Examples:
      tracker watch list
      tracker watch list --format json
    """
    from tracker.export import FORMATS, write
    from tracker.export.watches import WATCHES
    from tracker.settings import load_settings
    from tracker.store import open_store
    from tracker.store.watches import list_watches

    fmt = check_format(fmt, FORMATS)
    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        found = list_watches(connection)
    if not write(found, WATCHES, fmt, sys.stdout, to_file=False):
        say("no saved searches yet: tracker watch add NAME [filters]")


@watch_app.command("remove")
def remove(name: Known, db: opt.Db = None) -> None:
    """Forget a saved search and what it has told.

    \b
    Examples:
      tracker watch remove monday
      tracker watch remove "월요일 회의"
    """
    from tracker.settings import load_settings
    from tracker.store import open_store
    from tracker.store.watches import remove_watch

    with open_store(load_settings(db).db) as store, store.changing() as connection:
        if not remove_watch(connection, name):
            raise TrackerError(f"no watch {name!r}; tracker watch list shows them")


@watch_app.command("run")
def run(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="Which; all of them if none.",
            autocompletion=completion.watches,
        ),
    ] = None,
    as_: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="A digest: markdown, html or text."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Into a file.")] = None,
    webhook: Annotated[
        str | None,
        typer.Option(
            "--webhook",
            metavar="URL",
            help="To a webhook, as Slack's JSON: an address, or env:NAME or file:PATH that holds it.",
        ),
    ] = None,
    mail_to: Annotated[
        list[str] | None, typer.Option("--mail-to", metavar="ADDRESS", help="By mail; repeatable.")
    ] = None,
    mail_from: Annotated[
        str | None, typer.Option("--mail-from", envvar="TRACKER_MAIL_FROM", metavar="ADDRESS")
    ] = None,
    smtp: Annotated[
        str, typer.Option("--smtp", envvar="TRACKER_SMTP", metavar="HOST[:PORT]")
    ] = "localhost:25",
    smtp_user: Annotated[
        str | None, typer.Option("--smtp-user", envvar="TRACKER_SMTP_USER", metavar="NAME")
    ] = None,
    smtp_password: Annotated[
        str,
        typer.Option(
            "--smtp-password",
            metavar="PLACE",
            help="Where the password is: env:NAME, file:PATH or keyring:SERVICE/USER.",
        ),
    ] = "env:TRACKER_SMTP_PASSWORD",  # noqa: S107 - the name of a place
    smtp_security: Annotated[
        str | None,
        typer.Option("--smtp-security", metavar="HOW", help="starttls, tls or none; by the port."),
    ] = None,
    db: opt.Db = None,
) -> None:
    """Tell what is new for the saved searches since they were last run: new rounds, new facts.

    Only what has arrived counts as told: if the webhook or the mail server is away, the next
    run tells it again. Nothing new sends nothing.

    \b
    Examples:
      tracker watch run
      tracker watch run monday --webhook env:SLACK_WEBHOOK
    """
    kind = digest_kind(as_, out)
    server = mail_server(mail_to, smtp, smtp_user, smtp_password, smtp_security)
    sender = mail_sender(mail_from, mail_to)
    if webhook is not None:
        from tracker.delivery.webhook import webhook_address

        webhook = webhook_address(webhook)

    from tracker.settings import load_settings
    from tracker.store import open_store

    failed = False
    with open_store(load_settings(db).db) as store:
        for saved, found in find_news(store, names or []):
            if not found:
                say(f"{saved.name}: nothing new")
                continue
            try:
                if out is not None or not (webhook or mail_to):
                    show_news(saved, found, kind, out)
                if webhook is not None:
                    post_news(saved, found, webhook)
                if server is not None:
                    mail_news(saved, found, server, sender, mail_to or [])
            except TrackerError as error:
                # The other searches have their own news.
                say(f"{saved.name}: {error}")
                failed = True
                continue
            mark_as_told(store, saved, found)
    if failed:
        raise typer.Exit(1)
