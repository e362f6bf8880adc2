"""Derived columns: every sum also in one currency, at the rate of the announcement day.

Nothing is converted in place: the sum as told stays beside it, and the day of the rate is told.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.export.fields import Field, Value
from tracker.export.rounds import RoundField
from tracker.query.conversion import Conversion
from tracker.rates import Converted
from tracker.records import RoundRow


def converted(field: RoundField, conversion: Conversion) -> list[RoundField]:
    """The three columns that `field`, a sum, gets: the sum, its currency, the rate's day."""
    code, of = conversion.currency, f"`{field.name}`"
    value, currency = field.value, field.currency
    assert currency is not None

    def convert(row: RoundRow) -> Converted | None:
        return conversion.convert(value(row), currency(row), row.announced_on)

    def amount(row: RoundRow) -> Value:
        found = convert(row)
        return found and found.amount

    def rate_on(row: RoundRow) -> Value:
        found = convert(row)
        return found and found.rate_on

    return [
        Field(
            name=f"{field.name}_in",
            kind="integer",
            value=amount,
            currency=lambda row: code,
            meaning=f"{of} in the currency of `--in`; empty where there is no rate",
            unit=f"whole units of `{field.name}_in_currency`",
            example="4021987",
        ),
        Field(
            name=f"{field.name}_in_currency",
            kind="code",
            value=lambda row: code if convert(row) else None,
            meaning=f"of `{field.name}_in`",
            unit="ISO 4217",
            example="USD",
        ),
        Field(
            name=f"{field.name}_rate_on",
            kind="date",
            value=rate_on,
            meaning="the day of the rate: the announcement's, or the last one before it",
            unit="ISO 8601 day",
            example="2026-11-17",
        ),
    ]


def with_converted(fields: Iterable[RoundField], conversion: Conversion) -> list[RoundField]:
    """`fields`, and behind each sum's currency its converted columns."""
    found: list[RoundField] = []
    waiting: RoundField | None = None
    for field in fields:
        found.append(field)
        if waiting is not None:
            # The column behind a sum is its currency.
            found += converted(waiting, conversion)
        waiting = field if field.currency is not None else None
    return found
