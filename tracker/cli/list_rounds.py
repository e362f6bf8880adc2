"""`tracker list`: rounds, newest first."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.cli import options as opt
from tracker.cli.output import check_format, say

if TYPE_CHECKING:
    from tracker.query.filters import RoundFilter
    from tracker.store import Store

TABLE_LIMIT = 200
"""A table is for reading; more rows than this are for a file."""


def list_rounds(
    since: opt.Since = None,
    until: opt.Until = None,
    stage: opt.Stage = None,
    company: opt.Company = None,
    investor: opt.Investor = None,
    lead: opt.Lead = None,
    min_amount: opt.MinAmount = None,
    max_amount: opt.MaxAmount = None,
    currency: opt.Currency = None,
    source: opt.Source = None,
    limit: opt.Limit = None,
    sort: opt.Sort = "date",
    fmt: opt.Format = "table",
    db: opt.Db = None,
) -> None:
    """List the funding rounds, newest first.

    A table for reading (at most 200 rows, --limit 0 for all), or a machine format with
    exact amounts.

    \b
    Examples:
      tracker list --since 30d --stage series_a --min-amount 50억
      tracker list --investor 알토스 --sort amount --format csv > altos.csv
    """
    from tracker.export import FORMATS, ROUNDS, write
    from tracker.query import make_filter

    fmt = check_format(fmt, FORMATS)
    asked = make_filter(
        since=since,
        until=until,
        stage=stage or (),
        company=company,
        investor=investor,
        lead=lead,
        min_amount=min_amount,
        max_amount=max_amount,
        currency=currency,
        source=source,
        limit=limit,
        sort=sort,
    )
    if fmt == "table" and limit is None:
        asked = replace(asked, limit=TABLE_LIMIT)

    from tracker.query.listing import list_rounds as query
    from tracker.settings import load_settings
    from tracker.store import open_store

    with open_store(load_settings(db).db, read_only=True) as store:
        with store.reading() as connection:
            count = write(query(connection, asked), ROUNDS, fmt, sys.stdout, to_file=False)
        _remark(store, asked, count, cut=fmt == "table" and limit is None)


def _remark(store: Store, asked: RoundFilter, count: int, *, cut: bool) -> None:
    """Tell what is not on the screen: more rounds than fit, or how to find any."""
    from tracker.query.listing import count_rounds

    if count == 0:
        say(nothing_found(store, asked))
    elif cut and count == TABLE_LIMIT:
        with store.reading() as connection:
            total = count_rounds(connection, asked)
        if total > count:
            say(f"{count} of {total} rounds; --limit 0 shows all, tracker export writes them")


def nothing_found(store: Store, asked: RoundFilter) -> str:
    """Why a search came back empty, and what would widen it."""
    from tracker.query import RoundFilter
    from tracker.query.listing import count_rounds, wider

    with store.reading() as connection:
        total = count_rounds(connection, RoundFilter())
        hints = wider(connection, asked)
    if not total:
        return "the database holds no rounds yet: run tracker ingest PATH"
    if hints:
        return "no rounds; without " + ", without ".join(f"{opt}: {n}" for opt, n in hints)
    return f"no rounds match all of these filters; without any of them there are {total}"
