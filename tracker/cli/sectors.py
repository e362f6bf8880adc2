"""`tracker sectors`: the taxonomy, and reading the sectors of an older archive anew."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.output import check_format, say


def sectors(
    renew: Annotated[
        bool,
        typer.Option("--renew", help="Read the sectors of every stored report anew (a new list)."),
    ] = False,
    fmt: opt.Format = "table",
    db: opt.Db = None,
) -> None:
    """List the sectors that --sector knows, with the number of companies in each.

    \b
    Examples:
      tracker sectors
      tracker sectors --renew
    """
    from tracker.export import FORMATS, write
    from tracker.export.sectors import SECTORS
    from tracker.query.sectors import count_sectors
    from tracker.settings import load_settings
    from tracker.store import open_store

    fmt = check_format(fmt, FORMATS)
    with open_store(load_settings(db).db, read_only=not renew) as store:
        if renew:
            from tracker.query.sectors import renew_sectors

            with store.changing() as connection:
                read = renew_sectors(connection)
            say(f"{read} report{'s' * (read != 1)} read anew")
        with store.reading() as connection:
            write(count_sectors(connection), SECTORS, fmt, sys.stdout, to_file=False)
