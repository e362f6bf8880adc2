"""Sums in one currency, at the rates of their days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from tracker.rates import Converted, Rates

_LARGEST = 2**63 - 1
"""As the database and Parquet hold sums."""


class Conversion:
    """Into which currency, and by which rates."""

    def __init__(self, rates: Rates, currency: str) -> None:
        """`currency` must be one that the rates know: see `Rates.currency`."""
        self.currency = currency
        self._known = lru_cache(maxsize=1 << 16)(rates.convert)

    def convert(
        self, amount: int | None, currency: str | None, day: date | None
    ) -> Converted | None:
        """The sum converted; None where it, its currency, its day or a rate is missing."""
        if amount is None or currency is None or day is None:
            return None
        found = self._known(amount, currency, self.currency, day)
        return found if found is not None and found.amount <= _LARGEST else None
