"""What people ask for → a frozen filter.

In: the words of options ("30d", "50억", "series a", "!seed"). Out: a `RoundFilter`, or a
`BadValue` that says what would be right. Several values of one option mean any of them; one
that begins with ``!`` is left out. An amount belongs to its currency: ``min_amount="50억"``
matches rounds in won only; nothing is converted.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date

from tracker.errors import BadValue
from tracker.parsing.dates import parse_since
from tracker.parsing.money import is_currency, near_currencies, parse_money
from tracker.parsing.names import name_key
from tracker.parsing.sectors import load_taxonomy, near_sectors, parse_sector
from tracker.parsing.stages import STAGES, parse_stage
from tracker.records import storable

SORTS: tuple[str, ...] = ("date", "amount", "company", "stage", "confidence", "id")
"""What rounds can be sorted by: newest, largest, surest first; names and stages upwards."""
NOT = "!"
"""In front of a value: anything but this."""
MANY = 200
"""Values of one option; more are a mistake, and would be more than some databases take."""
Words = str | Iterable[str] | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Some values that are wanted (none named: all are), and some that are not."""

    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.any or self.none)


ANY = Choice()


@dataclass(frozen=True, slots=True)
class RoundFilter:
    """Which rounds, in which order. None and empty mean any."""

    since: date | None = None
    until: date | None = None
    stages: Choice = ANY
    sectors: Choice = ANY
    """Codes of the taxonomy; a company may be in several sectors."""
    companies: Choice = ANY
    """Comparison keys of parts of the company's names."""
    investors: Choice = ANY
    leads: Choice = ANY
    """As `investors`, of those who led."""
    countries: Choice = ANY
    """Of an investor of the round, where the gazetteer knows it: ISO 3166 codes."""
    currencies: Choice = ANY
    sources: Choice = ANY
    """Comparison keys of parts of the newsletter's name."""
    min_amount: int | None = None
    max_amount: int | None = None
    min_confidence: float | None = None
    unreviewed: bool = False
    """Only what no person has looked at."""
    limit: int | None = None
    sort: str = "date"

    def narrows(self) -> bool:
        """Whether it leaves any round out."""
        return any(
            getattr(self, f.name) not in (None, ANY, False)
            for f in fields(self)
            if f.name not in ("limit", "sort")
        )


def make_filter(
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    stage: Words = (),
    sector: Words = (),
    company: Words = (),
    investor: Words = (),
    lead: Words = (),
    country: Words = (),
    currency: Words = (),
    source: Words = (),
    min_amount: str | int | None = None,
    max_amount: str | int | None = None,
    min_confidence: str | float | None = None,
    unreviewed: bool = False,
    limit: int | None = None,
    sort: str = "date",
    today: date | None = None,
) -> RoundFilter:
    """Read options as people write them. Raises `BadValue` for the first that does not parse."""
    currencies = _choice("--currency", currency, _currency, commas=True)
    code = currencies.any[0] if len(currencies.any) == 1 else None
    least, code = read_amount("--min-amount", min_amount, code)
    most, code = read_amount("--max-amount", max_amount, code)
    if least is not None and most is not None and least > most:
        raise BadValue("--min-amount is larger than --max-amount")
    if code is not None and (least is not None or most is not None):
        currencies = _only(code, currencies)
    now = today or date.today()
    first, last = _date("--since", since, now), _date("--until", until, now)
    if first and last and first > last:
        raise BadValue("--since is later than --until")
    if limit is not None and limit < 0:
        raise BadValue(f"--limit {limit}: give a number from 0 (0 means all)")
    if limit is not None and limit >= 2**63:
        limit = 0
    if sort not in SORTS:
        raise BadValue(f"--sort {sort}: {_suggestion(sort, SORTS)}")
    return RoundFilter(
        since=first,
        until=last,
        stages=_choice("--stage", stage, _stage, commas=True),
        sectors=_choice("--sector", sector, _sector, commas=True),
        companies=_choice("--company", company, _name),
        investors=_choice("--investor", investor, _name),
        leads=_choice("--lead", lead, _name),
        countries=_choice("--country", country, _country, commas=True),
        currencies=currencies,
        sources=_choice("--source", source, _name),
        min_amount=least,
        max_amount=most,
        min_confidence=_share("--min-confidence", min_confidence),
        unreviewed=unreviewed,
        limit=limit or None,
        sort=sort,
    )


def _choice(
    option: str, given: Words, read: Callable[[str, str], str], *, commas: bool = False
) -> Choice:
    """The values of one option. `commas`: codes may also stand side by side."""
    words = [given] if isinstance(given, str) else list(given or ())
    if commas:
        words = [part for word in words for part in (word.split(",") if "," in word else [word])]
    if len(words) > MANY:
        raise BadValue(f"{option}: more than {MANY} values")
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    for word in words:
        bare = word.strip()
        into, bare = (unwanted, bare[len(NOT) :]) if bare.startswith(NOT) else (wanted, bare)
        into[read(option, bare)] = None
    return Choice(tuple(wanted), tuple(unwanted))


def _only(code: str, currencies: Choice) -> Choice:
    if (currencies.any and code not in currencies.any) or code in currencies.none:
        raise BadValue(f"an amount in {code} is in none of the currencies asked for")
    return Choice((code,))


def _suggestion(text: str, known: Iterable[str]) -> str:
    known = list(known)
    near = difflib.get_close_matches(text.strip().casefold().replace(" ", "_"), known, 3, 0.5)
    return f"did you mean {' or '.join(near)}?" if near else f"choose from {', '.join(known)}"


def _date(option: str, value: str | date | None, today: date) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return parse_since(value, today)
    except BadValue as error:
        raise BadValue(f"{option}: {error}") from None


def _stage(option: str, text: str) -> str:
    return read_stage(text, option)[0]


def read_stage(text: str, option: str = "--stage") -> tuple[str, bool]:
    """The stage that a person names, and whether it is an extension. Raises `BadValue`."""
    found = parse_stage(text)
    if found is not None and found.stage is not None:
        return found.stage, found.extension
    near = difflib.get_close_matches(text.strip().lower().replace(" ", "_"), STAGES, 3, 0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known are {', '.join(STAGES)}"
    raise BadValue(f"{option} {text!r}: no such stage; {hint}")


def _sector(option: str, text: str) -> str:
    code = parse_sector(storable(text))
    if code is not None:
        return code
    near = near_sectors(text)
    known = ", ".join(sector.code for sector in load_taxonomy().sectors)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known are {known}"
    raise BadValue(f"{option} {text!r}: no such sector; {hint}")


def _name(option: str, text: str) -> str:
    key = name_key(storable(text))
    if not key:
        raise BadValue(f"{option} {text!r}: holds no name")
    return key


def _currency(option: str, text: str) -> str:
    if not is_currency(text):
        near = near_currencies(text)
        hint = f"did you mean {' or '.join(near)}?" if near else "known are KRW, USD, JPY, EUR, …"
        raise BadValue(f"{option} {text!r}: not a currency code; {hint}")
    return text.upper()


def _country(option: str, text: str) -> str:
    code = text.strip().upper()
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise BadValue(f"{option} {text!r}: not a country code of two letters (KR, US, JP, DE, …)")
    return code


def _share(option: str, value: str | float | None) -> float | None:
    """A confidence: 0.8, or 80%."""
    if value is None:
        return None
    text = str(value).strip()
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise BadValue(f"{option} {value}: give a number from 0 to 1, as 0.8")
    return share or None


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
