"""What a saved search has not told yet: new rounds, and what was learned of those it told.

In: a filter and the id of a watch. Out: `News` records, in the filter's order. Nothing is noted
here: only once a digest has arrived is what it told marked as told (`tracker.store.watches`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from tracker.query.filters import RoundFilter
from tracker.query.listing import list_rounds
from tracker.records import RoundRow
from tracker.store.pending import chunked
from tracker.store.watches import WATCH_SEEN


@dataclass(frozen=True, slots=True)
class Change:
    """A value that was learned or that differs from what was told; None: there was none."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class News:
    """A round to tell; `changes` are empty where it is new. `told`: what will have been told."""

    row: RoundRow
    told: str
    changes: tuple[Change, ...] = ()


def news(connection: Connection, watch_id: int | None, asked: RoundFilter) -> list[News]:
    """What is new for a watch; everything where it is None. A limit counts what is told."""
    found: list[News] = []
    for some in chunked(list_rounds(connection, replace(asked, limit=None)), 500):
        for one in _of(some, _seen(connection, watch_id, some)):
            found.append(one)
            if asked.limit and len(found) >= asked.limit:
                return found
    return found


def worth_telling(row: RoundRow) -> str:
    """The values that are told again when they change, as JSON."""
    told = {
        "amount": [row.amount, row.currency] if row.amount is not None else None,
        "stage": row.stage,
        "extension": row.extension,
        "investors": sorted({i.name for i in row.investors}),
        "leads": sorted({i.name for i in row.investors if i.lead}),
        "valuation": [row.valuation, row.valuation_currency] if row.valuation is not None else None,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _seen(connection: Connection, watch_id: int | None, rows: Sequence[RoundRow]) -> dict[int, str]:
    if watch_id is None:
        return {}
    seen = WATCH_SEEN.c
    query = select(seen.round_id, seen.told).where(
        seen.watch_id == watch_id, seen.round_id.in_([row.id for row in rows])
    )
    return {row.round_id: row.told for row in connection.execute(query)}


def _of(rows: Sequence[RoundRow], seen: dict[int, str]) -> Iterator[News]:
    for row in rows:
        told = worth_telling(row)
        before = seen.get(row.id)
        if before is None:
            yield News(row, told)
        elif before != told and (changes := _changes(json.loads(before), json.loads(told))):
            yield News(row, told, changes)


def _changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[Change, ...]:
    return tuple(
        Change(name, before.get(name), value)
        for name, value in after.items()
        # What a later reading no longer says is no news.
        if value != before.get(name) and value not in (None, [], False)
    )
