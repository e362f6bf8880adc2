"""`tracker run`: the unattended job."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.logs import json_logs
from tracker.cli.output import check_format, say
from tracker.cli.sources import wanted
from tracker.errors import AlreadyRunning, BadValue, TrackerError

if TYPE_CHECKING:
    from tracker.ingest import Outcome
    from tracker.records import SourceResult, StoredSource
    from tracker.store import Store

    Watch = Callable[[StoredSource, Outcome], None]

log = logging.getLogger("tracker.jobs")

BUSY = 3
"""The exit code where another run is at work."""


def run(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME...]", help="These sources, whether they are due or not."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All sources that are not paused, due or not.")
    ] = False,
    fmt: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="table, json, jsonl, csv, tsv, markdown.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only say what failed.")] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Log to standard error, one JSON object a line.")
    ] = False,
    db: opt.Db = None,
) -> None:
    """Fetch every source that is due and store what is new.

    Without a terminal (cron) nothing is printed unless something failed; ask for a --format to
    have the summary all the same. Exit code: 0 all good, 1 something failed (the rest is
    stored), 2 wrong usage, 3 another run is at work.

    \b
    Examples:
      tracker run
      tracker run wire --json --log-json 2>> tracker.log
    """
    from tracker.export import FORMATS, write
    from tracker.export.job_layouts import RESULTS
    from tracker.settings import load_settings
    from tracker.store import open_store
    from tracker.store.run_lock import run_lock

    if as_json and fmt not in (None, "json"):
        raise BadValue("--json and --format differ")
    asked = check_format(fmt, FORMATS) if fmt else "json" if as_json else None
    if names and every:
        raise BadValue("give names or --all")
    person = not quiet and any(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr))
    settings = load_settings(db)
    with json_logs(log_json):
        try:
            with open_store(settings.db, read_only=True):
                pass  # where there is no database, none is made: it would have no sources
            with open_store(settings.db) as store, run_lock(store):
                results = _run(store, names or [], every, person, quiet=log_json)
        except BadValue:
            raise
        except TrackerError as error:
            busy = isinstance(error, AlreadyRunning)
            log.error(str(error), extra={"event": "already running" if busy else "run failed"})
            if not log_json:
                say(str(error))
            raise typer.Exit(BUSY if busy else 1) from None
    if asked or (person and results):
        write(results, RESULTS, asked or "table", sys.stdout, to_file=False)
    for result in results:
        if result.note and not log_json:
            say(f"{result.source}: {result.note}")
    if any(result.status == "failed" for result in results):
        raise typer.Exit(1)


def _run(
    store: Store, names: list[str], every: bool, person: bool, *, quiet: bool
) -> list[SourceResult]:
    from tracker.jobs import run_sources

    chosen = _chosen(store, names, every, person=person and not quiet)
    shown = person and not quiet and sys.stderr.isatty()
    with _progress(len(chosen), shown=shown, quiet=quiet) as (watch, step):
        results = []
        for result in run_sources(store, chosen, watch=watch):
            results.append(result)
            step()
    return results


def _chosen(store: Store, names: list[str], every: bool, *, person: bool) -> list[StoredSource]:
    from datetime import UTC, datetime

    from tracker.export.job_layouts import ago
    from tracker.jobs import is_due
    from tracker.store.sources import list_sources

    with store.reading() as connection:
        if names:
            chosen = [wanted(connection, name) for name in dict.fromkeys(names)]
            for source in chosen:
                if source.paused:
                    raise BadValue(f"{source.name} is paused: tracker sources resume {source.name}")
            return chosen
        stored = list_sources(connection)
    now = datetime.now(UTC)
    awake = [source for source in stored if not source.paused]
    chosen = awake if every else [source for source in awake if is_due(source, now)]
    if person and not stored:
        say("no sources yet: tracker sources add NAME URL")
    elif person and not awake:
        say("every source is paused")
    elif person and not chosen:
        first = min(awake, key=lambda source: source.next_due)
        say(f"nothing is due; next is {first.name}, {ago(first.next_due, now)} (--all fetches all)")
    return chosen


@contextmanager
def _progress(
    sources: int, *, shown: bool, quiet: bool
) -> Iterator[tuple[Watch, Callable[[], None]]]:
    """What to tell of each letter, and of each source that is done; a bar for a person."""

    def failed(source: StoredSource, outcome: Outcome) -> None:
        if outcome.status == "failed" and not quiet:
            from tracker.export.safety import without_secrets

            where = "" if outcome.source == source.name else f"{outcome.source}: "
            say(without_secrets(f"{source.name}: {where}{outcome.reason}"))

    if not shown or not sources:
        yield failed, lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.text import Text

    from tracker.export import plain_line

    bar = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*bar, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=sources)
        letters = 0

        def watch(source: StoredSource, outcome: Outcome) -> None:
            nonlocal letters
            letters += 1
            said = Text(plain_line(f"{source.name}: {letters} letters")[:50])
            progress.update(task, description=said.markup)
            failed(source, outcome)

        def step() -> None:
            nonlocal letters
            letters = 0
            progress.advance(task)

        yield watch, step
