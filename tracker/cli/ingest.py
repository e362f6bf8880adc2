"""`tracker ingest`: newsletter issues into the database."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import say

if TYPE_CHECKING:
    from tracker.ingest import Outcome


def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL...", help="Files, folders, globs, - for stdin, or addresses."
        ),
    ],
    newsletter: Annotated[
        str | None,
        typer.Option("--newsletter", metavar="NAME", help="Which newsletter the issues are of."),
    ] = None,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Keep watching these folders for new letters, until Ctrl-C."),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only say what failed.")] = False,
    db: opt.Db = None,
) -> None:
    """Read newsletter issues and store the rounds they report.

    From files (.txt .md .html .eml .mbox .xml …), folders, Maildirs, and once from an address:
    https:// of a feed or an archive page, imaps://USER@HOST/FOLDER (the password from
    TRACKER_IMAP_PASSWORD or the keyring). To have one fetched regularly: tracker sources.

    The same letter twice changes nothing. A file that cannot be read gets one line, the
    others are stored, and the exit code is 1.

    \b
    Examples:
      tracker ingest letters/
      tracker ingest --newsletter "Monday Letter" monday-*.eml
      tracker ingest https://letters.example/feed
      tracker ingest --watch ~/Mail/letters
    """
    from tracker.arrivals import read_typed
    from tracker.cli.watching import ingest_arriving
    from tracker.fetch import load_options
    from tracker.ingest import default_steps, ingest_issues
    from tracker.settings import load_settings
    from tracker.store import open_store

    settings = load_settings(db)
    if watch:
        ingest_arriving(paths, settings, newsletter=newsletter, quiet=quiet)
        return
    tally = {"new": 0, "known": 0, "failed": 0}
    briefs = rounds = 0
    steps = default_steps()
    with open_store(settings.db, make_folder=settings.db_is_default) as store:
        found = read_typed(paths, steps, load_options())
        outcomes: Iterable[Outcome] = ingest_issues(
            found, store, newsletter=newsletter, steps=steps
        )
        if not quiet and sys.stderr.isatty():
            outcomes = _watched(outcomes, _count(paths))
        for outcome in outcomes:
            tally[outcome.status] += 1
            briefs += outcome.briefs
            rounds += outcome.rounds
            if outcome.status == "failed":
                say(f"{outcome.source}: {outcome.reason}")
    if not quiet:
        total = sum(tally.values())
        say(
            f"{total} issue{'s' * (total != 1)}: {tally['new']} new, "
            f"{tally['known']} already known (nothing changed), {tally['failed']} failed; "
            f"{briefs} briefs and {rounds} rounds read, stored in {store.shown}"
        )
    if tally["failed"]:
        raise typer.Exit(1)


def _count(paths: list[str]) -> int:
    """How many sources there are; those that are missing count too, they fail later."""
    from tracker.errors import TrackerError
    from tracker.fetch import is_address
    from tracker.sources import find_sources

    count = 0
    for path in paths:
        try:
            count += 1 if is_address(path) else sum(1 for _ in find_sources([path]))
        except TrackerError:
            count += 1
    return count


def _watched(outcomes: Iterable[Outcome], sources: int) -> Iterator[Outcome]:
    """Show a person how far it is. A source may hold several issues; then the goal moves."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from tracker.export import plain_line

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=max(sources, 1))
        for done, outcome in enumerate(outcomes, start=1):
            name = escape(plain_line(outcome.source).rpartition("/")[2][:40])
            progress.update(task, completed=done, total=max(sources, done), description=name)
            yield outcome
