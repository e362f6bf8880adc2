"""`tracker list`: rounds, newest first."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options as opt
from tracker.cli.filtering import Filters, NewSince, filtered
from tracker.cli.output import check_format, say
from tracker.cli.paging import paged

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tracker.query.filters import RoundFilter
    from tracker.records import RoundRow
    from tracker.store import Store

TABLE_LIMIT = 200
"""A table is for reading; more rows than this are for a file."""


@filtered
def list_rounds(
    filters: Filters,
    limit: opt.Limit = None,
    sort: opt.Sort = "date",
    group_by: Annotated[
        str | None,
        typer.Option("--group-by", metavar="WHAT", help="stage, sector, month, investor, …."),
    ] = None,
    new_since: NewSince = None,
    fmt: opt.Format = "table",
    db: opt.Db = None,
) -> None:
    """List the funding rounds, newest first.

    A table for reading (at most 200 rows, --limit 0 for all), or a machine format with
    exact amounts.

    \b
    Examples:
      tracker list --since 30d --stage series_a --sector '!ai' --min-amount 50억
      tracker list --investor 알토스 --investor 카카오벤처스 --group-by stage
    """
    from tracker.export import FORMATS
    from tracker.query import make_filter
    from tracker.query.grouping import check_group

    fmt = check_format(fmt, FORMATS)
    by = check_group("--group-by", group_by) if group_by else None
    asked = make_filter(**filters, limit=limit, sort=sort)
    if fmt == "table" and limit is None:
        asked = replace(asked, limit=TABLE_LIMIT)

    from tracker.query.listing import list_rounds as query
    from tracker.settings import load_settings
    from tracker.store import open_store

    with open_store(load_settings(db).db, read_only=new_since is None) as store:
        if new_since is not None:
            _list_new(store, new_since, filters, asked, by, fmt)
            return
        with store.reading() as connection:
            count = _show(connection, query(connection, asked), by, fmt)
        _remark(store, asked, count, cut=fmt == "table" and limit is None)


def _show(connection: Connection, rows: Iterable[RoundRow], by: str | None, fmt: str) -> int:
    """Write the rounds; grouped, a table each, or one more field in front. Returns how many."""
    from tracker.export import ROUNDS, write

    if by is None:
        with paged(fmt) as out:
            return write(rows, ROUNDS, fmt, out, to_file=False)
    from tracker.export.grouped import grouped_layout, write_groups
    from tracker.query.grouping import group_label, of_each

    whole = list(rows)
    labelled = [(key, group_label(by, key), row) for key, row in of_each(connection, by, whole)]
    with paged(fmt) as out:
        if fmt == "table":
            write_groups(labelled, out)
        else:
            write(labelled, grouped_layout(by), fmt, out, to_file=False)
    return len(whole)


def _list_new(
    store: Store, name: str, filters: Filters, asked: RoundFilter, by: str | None, fmt: str
) -> None:
    """Write what is new since the last time, and note it once it is written."""
    from datetime import UTC, datetime

    from tracker.query import make_filter
    from tracker.query.news import news
    from tracker.store.watches import find_watch, mark_told, save_watch

    with store.reading() as connection:
        watch = find_watch(connection, name)
        if watch is not None and not filters:
            saved = make_filter(**watch.options)
            asked = replace(saved, limit=asked.limit, sort=asked.sort)
        found = news(connection, watch.id if watch else None, asked)
        _show(connection, [one.row for one in found], by, fmt)
    sys.stdout.flush()
    with store.changing() as connection:
        watch = find_watch(connection, name) or save_watch(connection, name, filters)
        told = [(one.row.id, one.told) for one in found]
        mark_told(connection, watch.id, told, datetime.now(UTC))
    if not found:
        say(f"nothing new since the last time for {name}")
    elif changed := sum(bool(one.changes) for one in found):
        say(f"{changed} of these were listed before; since then more is known of them")


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
