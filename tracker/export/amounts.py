"""Sums for reading: what adding up and converting made of them, to four digits."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from tracker.parsing.currencies import SYMBOLS

DIGITS = 4
_WON = ((10**12, "조원"), (10**8, "억원"), (10**4, "만원"), (1, "원"))
_OTHER = ((10**9, "B"), (10**6, "M"), (10**3, "K"), (1, ""))


def short_money(amount: int | None, currency: str | None) -> str:
    """57억 5,012만 3,000원 → 57.5억원; $1,234,567 → $1.235M. Empty where there is none."""
    if amount is None or not currency:
        return ""
    units = _WON if currency == "KRW" else _OTHER
    size, unit = next((one for one in units if amount >= one[0]), units[-1])
    text = _digits(Decimal(amount) / size)
    symbol = "" if currency == "KRW" else SYMBOLS.get(currency, f"{currency} ")
    return f"{symbol}{text}{unit}"


def _digits(value: Decimal) -> str:
    places = max(0, DIGITS - 1 - max(value.adjusted(), 0))
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
