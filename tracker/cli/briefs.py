"""`tracker briefs`: every brief kept, with its kind."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import check_format, say
from tracker.cli.paging import paged
from tracker.errors import BadValue
from tracker.records import KINDS


def briefs(
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="KIND", help="Repeatable: " + ", ".join(KINDS) + "."),
    ] = None,
    issue: Annotated[
        str | None,
        typer.Option("--issue", metavar="TEXT", help="Issue number, or part of title or file."),
    ] = None,
    since: opt.Since = None,
    limit: opt.Limit = None,
    fmt: opt.Format = "table",
    db: opt.Db = None,
) -> None:
    """List every brief that was read, with its kind, newest issue first.

    Nothing is dropped in silence: what is no funding round is here with the reason.

    \b
    Examples:
      tracker briefs --kind planned --since 4w
      tracker briefs --issue 25-47 --format jsonl
    """
    from tracker.export import BRIEFS, FORMATS, write

    fmt = check_format(fmt, FORMATS)
    kinds = tuple(text.strip().lower() for text in kind or ())
    for text in kinds:
        if text not in KINDS:
            raise BadValue(f"--kind {text!r}: choose from {', '.join(KINDS)}")
    if limit is not None and limit < 0:
        raise BadValue(f"--limit {limit}: give a number from 0 (0 means all)")

    from tracker.parsing.dates import parse_since
    from tracker.query.evidence import list_briefs
    from tracker.settings import load_settings
    from tracker.store import open_store

    first = parse_since(since, date.today()) if since else None
    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        rows = list_briefs(connection, kinds=kinds, issue=issue, since=first, limit=limit or None)
        with paged(fmt) as out:
            count = write(rows, BRIEFS, fmt, out, to_file=False)
    if not count:
        given = [n for n, v in (("--kind", kinds), ("--issue", issue), ("--since", since)) if v]
        say("no briefs" + (f"; leave out {' or '.join(given)} to see more" if given else " yet"))
