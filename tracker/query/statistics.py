"""Counts and sums over rounds, by group: how many, how much, the median and the largest.

Sums of different currencies are never added: each has its own line, or all are converted at the
rate of the announcement's day. Undisclosed amounts are counted and never summed as zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from tracker.language import word
from tracker.query.conditions import conditions
from tracker.query.filters import RoundFilter
from tracker.query.grouping import group_label, in_order, memberships, month, quarter
from tracker.store import tables as t

if TYPE_CHECKING:
    from tracker.rates import Rates

PAGE = 5000


@dataclass(slots=True)
class Sums:
    """The disclosed amounts of one currency in one group; whole units."""

    currency: str
    amounts: list[int] = field(default_factory=list)
    largest: int = 0
    largest_round: int | None = None
    rates_from: date | None = None
    """The days of the oldest and the newest rate that was used, where amounts were converted."""
    rates_to: date | None = None

    @property
    def total(self) -> int:
        """All together."""
        return sum(self.amounts)

    @property
    def median(self) -> int:
        """The middle one; of two the mean, to the whole unit."""
        ordered, count = sorted(self.amounts), len(self.amounts)
        low, high = ordered[(count - 1) // 2], ordered[count // 2]
        return (low + high) // 2

    def add(self, round_id: int, amount: int, rate_on: date | None) -> None:
        """Count one amount in."""
        self.amounts.append(amount)
        if self.largest_round is None or amount > self.largest:
            self.largest, self.largest_round = amount, round_id
        if rate_on is not None:
            self.rates_from = min(self.rates_from or rate_on, rate_on)
            self.rates_to = max(self.rates_to or rate_on, rate_on)


@dataclass(slots=True)
class Tally:
    """One group. `undisclosed` rounds name no amount; `unconverted` have one, but there is no rate."""

    key: str | None
    label: str
    rounds: int = 0
    undisclosed: int = 0
    unconverted: int = 0
    sums: dict[str, Sums] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversion:
    """Into which currency, by which rates."""

    rates: Rates
    currency: str


def statistics(
    connection: Connection,
    asked: RoundFilter,
    by: str | None = None,
    into: Conversion | None = None,
) -> list[Tally]:
    """One `Tally` a group, in their order; a single one without `by`."""
    tallies: dict[str | None, Tally] = {}
    for key, row in _rows(connection, asked, by):
        tally = tallies.get(key)
        if tally is None:
            label = group_label(by, key) if by else word("all")
            tally = tallies[key] = Tally(key, label)
        _count(tally, row, into)
    if not by:
        return list(tallies.values())
    return in_order(by, tallies.values(), lambda tally: tally.key, lambda tally: tally.rounds)


def _rows(
    connection: Connection, asked: RoundFilter, by: str | None
) -> Iterator[tuple[str | None, Any]]:
    col = t.ROUND.c
    query = select(col.id, col.announced_on, col.amount, col.currency, col.stage)
    wanted = conditions(connection, asked)
    member = memberships(by) if by else None
    if member is not None:
        if wanted:
            # Of a few rounds, do not gather the groups of all.
            some = select(col.id).where(*wanted)
            member = member.where(member.selected_columns.round_id.in_(some))
        part = member.subquery()
        query = query.add_columns(part.c.name).outerjoin(part, part.c.round_id == col.id)
    query = query.where(*wanted)
    key = _KEYS[by] if member is None else itemgetter(-1)
    with connection.execute(query.execution_options(yield_per=PAGE)) as result:
        for page in result.partitions():
            for row in page:
                yield key(row), row


# The columns of a row: id, day, amount, currency, stage.
_KEYS: dict[str | None, Callable[[Any], str | None]] = {
    None: lambda _row: None,
    "month": lambda row: month(row[1]),
    "quarter": lambda row: quarter(row[1]),
    "currency": itemgetter(3),
    "stage": itemgetter(4),
}


def _count(tally: Tally, row: Any, into: Conversion | None) -> None:
    round_id, day, amount, currency = row[:4]
    tally.rounds += 1
    if amount is None or currency is None:
        tally.undisclosed += 1
        return
    rate_on = None
    if into is not None and currency != into.currency:
        found = into.rates.convert(amount, currency, into.currency, day) if day else None
        if found is None:
            tally.unconverted += 1
            return
        amount, currency, rate_on = found.amount, into.currency, found.rate_on
    sums = tally.sums.get(currency)
    if sums is None:
        sums = tally.sums[currency] = Sums(currency)
    sums.add(round_id, amount, rate_on)
