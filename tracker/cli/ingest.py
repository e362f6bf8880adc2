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
        typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for stdin."),
    ],
    newsletter: Annotated[
        str | None,
        typer.Option("--newsletter", metavar="NAME", help="Which newsletter the issues are of."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only say what failed.")] = False,
    db: opt.Db = None,
) -> None:
    """Read newsletter issues (.txt .md .html .eml …) and store the rounds they report.

    The same letter twice changes nothing. A file that cannot be read gets one line, the
    others are stored, and the exit code is 1.

    \b
    Examples:
      tracker ingest letters/
      tracker ingest --newsletter "Monday Letter" monday-*.eml
    """
    from tracker.ingest import ingest as run
    from tracker.settings import load_settings
    from tracker.store import open_store

    settings = load_settings(db)
    tally = {"new": 0, "known": 0, "failed": 0}
    briefs = rounds = 0
    with open_store(settings.db, make_folder=settings.db_is_default) as store:
        outcomes: Iterable[Outcome] = run(paths, store, newsletter=newsletter)
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
    from tracker.sources import find_sources

    count = 0
    for path in paths:
        try:
            count += sum(1 for _ in find_sources([path]))
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
