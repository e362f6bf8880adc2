"""What people ask for → a frozen filter.

In: the words of options ("30d", "50억", "series a"). Out: a `RoundFilter`, or a `BadValue`
that says what would be right. An amount belongs to its currency: ``min_amount="50억"`` matches
rounds in won only; nothing is converted.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.errors import BadValue
from tracker.parsing.dates import parse_since
from tracker.parsing.money import is_currency, parse_money
from tracker.parsing.names import name_key
from tracker.parsing.stages import STAGES, parse_stage
from tracker.records import storable

SORTS: tuple[str, ...] = ("date", "amount", "company", "stage", "confidence", "id")
"""What rounds can be sorted by: newest, largest, surest first; names and stages upwards."""


@dataclass(frozen=True, slots=True)
class RoundFilter:
    """Which rounds, in which order. None and empty mean any."""

    since: date | None = None
    until: date | None = None
    stages: tuple[str, ...] = ()
    company: str | None = None
    """Comparison key of a part of the company's name or alias."""
    investor: str | None = None
    lead: str | None = None
    """As `investor`, of a lead investor."""
    min_amount: int | None = None
    max_amount: int | None = None
    currency: str | None = None
    source: str | None = None
    """Comparison key of a part of the newsletter's name."""
    limit: int | None = None
    sort: str = "date"


def make_filter(
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    stage: str | Iterable[str] = (),
    company: str | None = None,
    investor: str | None = None,
    lead: str | None = None,
    min_amount: str | int | None = None,
    max_amount: str | int | None = None,
    currency: str | None = None,
    source: str | None = None,
    limit: int | None = None,
    sort: str = "date",
    today: date | None = None,
) -> RoundFilter:
    """Read options as people write them. Raises `BadValue` for the first that does not parse."""
    code = _currency(currency)
    least, code = read_amount("--min-amount", min_amount, code)
    most, code = read_amount("--max-amount", max_amount, code)
    if least is not None and most is not None and least > most:
        raise BadValue("--min-amount is larger than --max-amount")
    now = today or date.today()
    first, last = _date("--since", since, now), _date("--until", until, now)
    if first and last and first > last:
        raise BadValue("--since is later than --until")
    if limit is not None and limit < 0:
        raise BadValue(f"--limit {limit}: give a number from 0 (0 means all)")
    if limit is not None and limit >= 2**63:
        limit = 0
    if sort not in SORTS:
        raise BadValue(f"--sort {sort}: choose from {', '.join(SORTS)}")
    stages = (stage,) if isinstance(stage, str) else stage
    return RoundFilter(
        since=first,
        until=last,
        stages=tuple(dict.fromkeys(_stage(text) for text in stages)),
        company=_name("--company", company),
        investor=_name("--investor", investor),
        lead=_name("--lead", lead),
        min_amount=least,
        max_amount=most,
        currency=code,
        source=_name("--source", source),
        limit=limit or None,
        sort=sort,
    )


def _date(option: str, value: str | date | None, today: date) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return parse_since(value, today)
    except BadValue as error:
        raise BadValue(f"{option}: {error}") from None


def _stage(text: str) -> str:
    return read_stage(text)[0]


def read_stage(text: str) -> tuple[str, bool]:
    """The stage that a person names, and whether it is an extension. Raises `BadValue`."""
    found = parse_stage(text)
    if found is not None and found.stage is not None:
        return found.stage, found.extension
    near = difflib.get_close_matches(text.strip().lower().replace(" ", "_"), STAGES, 3, 0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known are {', '.join(STAGES)}"
    raise BadValue(f"--stage {text!r}: no such stage; {hint}")


def _name(option: str, text: str | None) -> str | None:
    if text is None:
        return None
    key = name_key(storable(text))
    if not key:
        raise BadValue(f"{option} {text!r}: holds no name")
    return key


def _currency(text: str | None) -> str | None:
    if text is None:
        return None
    if not is_currency(text):
        raise BadValue(f"--currency {text!r}: not a currency code (KRW, USD, JPY, EUR, …)")
    return text.upper()


def read_amount(
    option: str, value: str | int | None, currency: str | None
) -> tuple[int | None, str | None]:
    """The amount and the currency it fixes; a bare number needs a `currency`."""
    if value is None:
        return None, currency
    bare = str(value).strip().replace(",", "").replace("_", "")
    if bare.isascii() and bare.isdigit():
        if currency is None:
            raise BadValue(f"{option} {value}: in which currency? Write 50억, $5M or 5000000 USD")
        return _bounded(option, int(bare)), currency
    money = parse_money(str(value))
    if money is None or money.amount is None:
        raise BadValue(f"{option} {value!r}: not an amount (write 50억, 10억원, $5M, 5000000 USD)")
    if currency is not None and money.currency != currency:
        raise BadValue(f"{option} {value!r}: is in {money.currency}, not in {currency}")
    return _bounded(option, money.amount), money.currency


def _bounded(option: str, amount: int) -> int:
    if amount >= 2**63:
        raise BadValue(f"{option}: larger than any amount that can be stored")
    return amount
