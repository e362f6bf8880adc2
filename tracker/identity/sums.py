"""Whether two reports tell the same sum, in one currency or in two."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.identity.merging import day_of
from tracker.records import Report

if TYPE_CHECKING:
    from tracker.rates import Rates

ROUNDING = 7
"""Per cent by which a sum told in two currencies may differ: writers round, and take the rate of
another day."""
FAR = 2.5
"""Since 1999 no rate was farther from the units below than by such a factor."""
_UNITS = {
    "KRW": 1200,
    "JPY": 120,
    "INR": 75,
    "CNY": 7,
    "SGD": 1.4,
    "EUR": 0.9,
    "GBP": 0.75,
    "USD": 1,
}
"""About so many for a dollar: sums that are far apart are told apart without a table of rates."""
SLIP = 10
"""Per cent by which two sums of one round and stage may differ."""


def same_sum(a: Report, b: Report) -> bool:
    """Whether both give a sum, and it is the same by the rate of the later one's day."""
    if a.amount is None or b.amount is None:
        return False
    if a.currency == b.currency or not a.currency or not b.currency:
        return a.amount == b.amount and a.currency == b.currency
    # Always the same direction, so that the answer is the same for (b, a).
    (source, amount), (target, other) = sorted(((a.currency, a.amount), (b.currency, b.amount)))
    days = [day for day in (day_of(a), day_of(b)) if day is not None]
    if not days or _far_apart(amount, source, other, target):
        return False
    converted = _converted(amount, source, target, max(days).toordinal())
    return converted is not None and _within(converted, other, ROUNDING)


def near_sum(a: Report, b: Report) -> bool:
    """Whether both give sums in one currency that differ by a slip at most."""
    if a.amount is None or b.amount is None or a.currency != b.currency:
        return False
    return _within(a.amount, b.amount, SLIP)


def _far_apart(amount: int, source: str, other: int, target: str) -> bool:
    if source not in _UNITS or target not in _UNITS:
        return False
    one, two = amount / _UNITS[source], other / _UNITS[target]
    return one > FAR * two or two > FAR * one


def _within(one: int, other: int, per_cent: int) -> bool:
    return abs(one - other) * 100 <= per_cent * max(one, other)


@lru_cache(maxsize=4096)
def _converted(amount: int, source: str, target: str, on: int) -> int | None:
    found = _rates().convert(amount, source, target, date.fromordinal(on))
    return None if found is None else found.amount


@lru_cache(maxsize=1)
def _rates() -> Rates:
    # Late: the table takes a moment to read, and few archives need it.
    from tracker.rates import load_rates

    return load_rates()
