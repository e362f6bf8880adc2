"""`tracker export`: the same rounds as `tracker list`, into a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.filtering import Filters, filtered
from tracker.cli.list_rounds import nothing_found
from tracker.cli.output import check_format, say


@filtered
def export(
    out: Annotated[
        str, typer.Argument(metavar="FILE", help="The ending decides the format; - is stdout.")
    ],
    filters: Filters,
    limit: opt.Limit = None,
    sort: opt.Sort = "date",
    fmt: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="Instead of the file's ending."),
    ] = None,
    no_bom: Annotated[
        bool, typer.Option("--no-bom", help="CSV for programs: without the mark Excel needs.")
    ] = False,
    db: opt.Db = None,
) -> None:
    """Write the funding rounds into a file: .csv .tsv .json .jsonl .md or .txt.

    The file appears whole or not at all. CSV begins with a byte order mark so that Excel
    shows Hangul.

    \b
    Examples:
      tracker export rounds.csv --since 2026-01-01
      tracker export - --format jsonl --currency USD | head -3
    """
    from tracker.export import FORMATS, ROUNDS, format_of, write, write_file
    from tracker.query import make_filter

    path = None if out == "-" else Path(out).expanduser()
    if fmt is not None:
        fmt = check_format(fmt, FORMATS)
    else:
        fmt = "csv" if path is None else format_of(path)
    asked = make_filter(**filters, limit=limit, sort=sort)

    from tracker.query.listing import list_rounds
    from tracker.settings import load_settings
    from tracker.store import open_store

    with open_store(load_settings(db).db, read_only=True) as store:
        with store.reading() as connection:
            rows = list_rounds(connection, asked)
            if path is None:
                count = write(rows, ROUNDS, fmt, sys.stdout, to_file=False)
            else:
                count = write_file(
                    path,
                    lambda file: write(rows, ROUNDS, fmt, file, to_file=True),
                    bom=fmt == "csv" and not no_bom,
                )
        if not count:
            say(nothing_found(store, asked))
        if path is not None:
            say(f"{count} round{'s' * (count != 1)} written to {path}")
