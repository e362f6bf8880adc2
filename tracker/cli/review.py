"""`tracker review`: what is doubtful, one by one, for a person to decide."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.correcting import open_to_correct
from tracker.cli.output import say
from tracker.errors import BadValue, TrackerError

if TYPE_CHECKING:
    from tracker.store import Store


def review(
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="Write it as CSV, to decide elsewhere."),
    ] = None,
    apply: Annotated[
        Path | None,
        typer.Option("--apply", metavar="FILE", help="Do what the action column of a CSV says."),
    ] = None,
    below: Annotated[
        float,
        typer.Option("--below", min=0.0, max=1.0, help="Unsure is a confidence below this."),
    ] = 0.7,
    db: opt.Db = None,
) -> None:
    """Decide what is doubtful: unsure readings, reports that disagree, names that look alike.

    Shows each with the text it was read from; one key decides. You may quit at any time and
    go on later. In a CSV the actions are: accept, edit, not a round, merge, keep apart.

    \b
    Examples:
      tracker review
      tracker review --export todo.csv
      tracker review --apply todo.csv
    """
    if export and apply:
        raise BadValue("--export and --apply: give one of them")
    if export:
        _export(export.expanduser(), below, db)
        return
    if apply:
        with open_to_correct(db, "review") as store:
            _apply(store, apply.expanduser())
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise TrackerError(
            "review needs a terminal; without one: --export todo.csv, then --apply todo.csv"
        )
    with open_to_correct(db, "review") as store:
        _walk(store, below)


def _walk(store: Store, below: float) -> None:
    from rich.console import Console

    from tracker.cli.review_session import Session

    console = Console(highlight=False, markup=False, emoji=False)
    session = Session(store, console, typer.getchar, lambda prompt: input(prompt), below)
    decided, left = session.walk()
    say(f"{decided} decided, {left} left" if decided or left else "nothing is doubtful")


def _export(file: Path, below: float, db: str | None) -> None:
    from tracker.corrections.correcting import user
    from tracker.corrections.todo import write_todo
    from tracker.export import write_file
    from tracker.query.doubts import list_doubts
    from tracker.settings import load_settings
    from tracker.store import open_store

    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        doubts = list_doubts(connection, who=user(), below=below)
        count = write_file(file, lambda out: write_todo(connection, doubts, out), bom=True)
    say(f"{count} to decide, written to {file}")


def _apply(store: Store, file: Path) -> None:
    from tracker.corrections.correcting import Correction, correct
    from tracker.corrections.deciding import decide
    from tracker.corrections.todo import read_todo

    with store.reading() as connection:
        decisions, wrong = read_todo(connection, file)
    for line in wrong:
        say(line)
    if wrong:
        say(f"{len(wrong)} bad line{'s' * (len(wrong) != 1)}; nothing was applied")
        raise typer.Exit(1)

    def work(correction: Correction) -> int:
        return sum(decide(correction, decision) for decision in decisions)

    news = correct(store, "review", work)
    say(f"{news} applied, {len(decisions) - news} already as they say")
