"""What persons have decided → `Verdicts`, which every decision of the program bows to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from tracker.identity.keys import Ties
from tracker.records import Decided, Value, Verdicts
from tracker.store.corrections import MARK, NOT_A_ROUND, OVERRIDE, VERDICT

Said = Any
"""A value as a statement holds it: what JSON can."""

SUMS: Mapping[str, str] = {
    "amount": "currency",
    "valuation": "valuation_currency",
    "total_raised": "total_raised_currency",
}
"""The sums of a round, each with the column of its currency."""


def load_verdicts(connection: Connection) -> Verdicts:
    """Everything that persons said of who is who and of rounds."""
    rows = connection.execute(select(VERDICT).order_by(VERDICT.c.at, VERDICT.c.id)).all()
    pins: dict[str, dict[str, Value]] = {}
    # What somebody found right gives way to what somebody set.
    said = select(OVERRIDE.c.report_key, OVERRIDE.c.field, OVERRIDE.c.value).order_by(OVERRIDE.c.id)
    for key, name, value in connection.execute(said):
        pins.setdefault(key, {}).update(columns(name, json.loads(value)))
    dismissed = select(MARK.c.report_key).where(MARK.c.mark == NOT_A_ROUND)
    return Verdicts(
        companies=_decided(row for row in rows if row.kind == "company"),
        investors=_decided(row for row in rows if row.kind == "investor"),
        rounds=_decided(row for row in rows if row.kind == "round"),
        pins=pins,
        dismissed=frozenset(connection.execute(dismissed).scalars()),
    )


def _decided(rows: Iterable[Any]) -> Decided:
    """Verdicts of one kind, the oldest first: of chosen names the last one holds."""
    same: set[tuple[str, str]] = set()
    apart: set[tuple[str, str]] = set()
    spellings: dict[str, str] = {}
    chosen: list[tuple[str, str]] = []
    for row in rows:
        pair = row.left_key, row.right_key
        (same if row.same else apart).add(pair)
        if row.same:
            spellings |= {row.left_key: row.left_name, row.right_key: row.right_name}
            if row.shown_name:
                chosen.append((row.left_key, row.shown_name))
    ties = Ties(frozenset(apart))
    for one, other in sorted(same) if chosen else ():
        ties.tie(one, other)
    shown = {key: name for one, name in chosen for key in ties.members(one)}
    return Decided(frozenset(same), frozenset(apart), spellings, shown)


def columns(name: str, said: Said) -> dict[str, Value]:
    """What a statement means for the columns of a round. Those of its investors stand elsewhere."""
    if name in SUMS:
        amount, currency = said or (None, None)
        return {name: amount, SUMS[name]: currency}
    if name == "stage":
        code, raw = said or (None, None)
        return {"stage": code, "stage_raw": raw}
    if name == "announced_on":
        return {name: date.fromisoformat(said) if said else None}
    return {name: said if name == "extension" else True}
