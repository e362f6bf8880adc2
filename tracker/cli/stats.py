"""`tracker stats`: counts, sums, medians, and the largest, by group."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.filtering import Filters, filtered
from tracker.cli.output import check_format, say
from tracker.cli.paging import paged


@filtered
def stats(
    filters: Filters,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="WHAT",
            help="month, quarter, stage, sector, investor, currency, newsletter.",
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", metavar="N", help="At most N groups.")
    ] = None,
    into: opt.InCurrency = None,
    rates: opt.RatesFile = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="A bar chart into a .png or .svg file."),
    ] = None,
    fmt: opt.Format = "table",
    db: opt.Db = None,
) -> None:
    """Count rounds and sum what was disclosed: how much, the median, the largest.

    Undisclosed amounts are counted, never summed as zero. Without --in every currency has its
    own line; with it all are converted at the rate of the announcement day.

    \b
    Examples:
      tracker stats --by quarter --since 1y --in KRW
      tracker stats --by sector --stage seed --plot seed.png
    """
    from tracker.errors import BadValue
    from tracker.export import FORMATS, write
    from tracker.export.tallies import lines, tally_layout, write_tallies
    from tracker.query import make_filter
    from tracker.query.grouping import check_group

    fmt = check_format(fmt, FORMATS)
    by = check_group("--by", by) if by else None
    if limit is not None and limit < 1:
        raise BadValue(f"--limit {limit}: give a number from 1")
    asked = make_filter(**filters)
    if plot is not None:
        from tracker.export.plot import check_plot

        check_plot(plot)

    from tracker.query.statistics import Conversion, statistics
    from tracker.settings import load_settings
    from tracker.store import open_store

    conversion = None
    if into is not None:
        from tracker.rates import load_rates

        table = load_rates(rates)
        conversion = Conversion(table, table.currency(into))
    with open_store(load_settings(db).db, read_only=True) as store:
        with store.reading() as connection:
            tallies = statistics(connection, asked, by, conversion)
        found = lines(tallies[:limit])
        if plot is not None and found:
            from tracker.export.plot import write_plot

            write_plot(found, by, plot)
            say(f"chart written to {plot}")
        with paged(fmt) as out:
            if fmt == "table":
                write_tallies(found, by, out)
            else:
                write(found, tally_layout(by), fmt, out, to_file=False)
        if not found:
            from tracker.cli.list_rounds import nothing_found

            say(nothing_found(store, asked))
            return
    if limit is not None and len(tallies) > limit:
        say(f"{limit} of {len(tallies)} groups")
