"""`tracker status`: how every source stands, for people and for monitoring."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import check_format, say


def status(
    max_age: Annotated[
        str | None,
        typer.Option(
            "--max-age",
            metavar="TIME",
            help="Exit code 1 where a source was silent for longer: 8d, 36h.",
        ),
    ] = None,
    fmt: opt.Format = "table",
    db: opt.Db = None,
) -> None:
    """Show every source: last success and letter, next due, issues and rounds so far, last error.

    With --max-age a source is silent if no letter came from it, or it could not be fetched,
    for that long. Paused sources do not count.

    \b
    Examples:
      tracker status
      tracker status --max-age 8d --format json
    """
    from dataclasses import replace
    from datetime import UTC, datetime

    from tracker.export import FORMATS, write
    from tracker.export.job_layouts import ago, status_layout
    from tracker.jobs.timing import is_silent
    from tracker.parsing.durations import parse_duration
    from tracker.query.sources import source_statuses
    from tracker.settings import load_settings
    from tracker.store import open_store

    fmt = check_format(fmt, FORMATS)
    age = parse_duration(max_age) if max_age else None
    now = datetime.now(UTC)
    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        rows = source_statuses(connection)
    if age is not None:
        rows = [replace(row, silent=is_silent(row.source, now, age)) for row in rows]
    write(rows, status_layout(now), fmt, sys.stdout, to_file=False)
    if not rows:
        say("no sources yet: tracker sources add NAME URL")
    for row in rows:
        if row.silent:
            came, got = ago(row.source.last_letter, now), ago(row.source.last_success, now)
            say(
                f"{row.source.name}: silent for more than {max_age}"
                f" (last letter: {came or 'never'}; last fetched: {got or 'never'})"
            )
    if any(row.silent for row in rows):
        raise typer.Exit(1)
