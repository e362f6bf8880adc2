"""The archive as pandas DataFrames, for notebooks.

In: a database and the filters of ``tracker list`` (see `make_filter`): ``since="30d"``,
``stage=["seed"]``, ``min_amount="50억"`` …. Out: frames with dtypes that keep money exact: sums and
counts ``Int64``, days ``datetime64[s]``, currencies, stages and kinds ``category``, names
``string``; what is not known is ``<NA>``. `db`: a path or URL, else TRACKER_DB or the default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from tracker.records import BriefRow, RoundRow

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import pandas as pd
    from sqlalchemy import Connection

_SUMS = ("amount", "valuation", "total_raised")
_DTYPES: dict[str, str] = {
    "id": "Int64",
    "company": "string",
    "investor": "string",
    "country": "category",
    "stage_raw": "string",
    "extension": "boolean",
    "announced_on": "datetime64[s]",
    "confidence": "Float64",
    "newsletter": "category",
    "issue": "string",
    "date": "datetime64[s]",
    "kind": "category",
    "lang": "category",
    "section": "string",
    "text": "string",
    "description": "string",
    "rounds": "Int64",
    "disclosed": "Int64",
    "raised": "Int64",
    "currency": "category",
    "investors": "object",
    "companies": "Int64",
    "led": "Int64",
    "first_on": "datetime64[s]",
    "last_on": "datetime64[s]",
}
for _name in _SUMS:
    _DTYPES |= {_name: "Int64", f"{_name}_currency": "category"}
    _DTYPES |= {f"{_name}_in": "Int64", f"{_name}_in_currency": "category"}
    _DTYPES[f"{_name}_rate_on"] = "datetime64[s]"


def rounds(
    db: str | None = None,
    *,
    in_currency: str | None = None,
    rates: Path | None = None,
    **filters: Any,
) -> pd.DataFrame:
    """One row a round. `in_currency` adds every sum converted at the rate of its day.

    `investors` and `sources` hold lists of dicts, `lead_investors` a list of names; the columns
    are those of the exports.
    """
    convert = _conversion(in_currency, rates)
    columns: dict[str, list[Any]] = {}

    def put(name: str, value: object) -> None:
        columns.setdefault(name, []).append(value)

    for name in _round_columns(in_currency is not None):
        columns[name] = []
    with _rows(db, filters) as found:
        for row in found:
            for field in fields(RoundRow):
                if field.name not in columns:
                    continue
                value = getattr(row, field.name)
                if field.name == "investors":
                    put("investors", [{"name": i.name, "lead": i.lead} for i in value])
                    put("lead_investors", [i.name for i in value if i.lead])
                elif field.name == "sources":
                    put("sources", [_source(source) for source in value])
                else:
                    put(field.name, value)
            if convert is not None:
                for name in _SUMS:
                    code = "currency" if name == "amount" else f"{name}_currency"
                    there = convert(getattr(row, name), getattr(row, code), row.announced_on)
                    put(f"{name}_in", there and there.amount)
                    put(f"{name}_in_currency", in_currency and there and in_currency.upper())
                    put(f"{name}_rate_on", there and there.rate_on)
    return _frame(columns)


def companies(
    db: str | None = None,
    *,
    in_currency: str | None = None,
    rates: Path | None = None,
    **filters: Any,
) -> pd.DataFrame:
    """One row a company of the matching rounds, the one that raised last first.

    `rounds` counts them and `disclosed` those with a sum; `raised` adds these up where all are in
    one `currency`, or converted with `in_currency`, and is ``<NA>`` where they are not or a rate
    is missing. `investors` counts different ones; `stage` is the newest round's that names one.
    """
    convert = _conversion(in_currency, rates)
    names = (
        "company", "rounds", "disclosed", "raised", "currency", "stage", "investors",
        "first_on", "last_on",
    )  # fmt: skip
    grouped: dict[str, list[RoundRow]] = {}
    with _rows(db, filters) as found:
        for row in found:
            grouped.setdefault(row.company, []).append(row)
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for company, mine in grouped.items():
        days = [row.announced_on for row in mine if row.announced_on]
        newest = sorted(mine, key=_when, reverse=True)
        disclosed = [row for row in mine if row.amount is not None]
        sums: list[tuple[int | None, str | None]] = [(r.amount, r.currency) for r in disclosed]
        if convert is not None and in_currency:
            there = [convert(r.amount, r.currency, r.announced_on) for r in disclosed]
            sums = [(t.amount, in_currency.upper()) if t else (None, None) for t in there]
        currencies = {currency for _, currency in sums}
        one = currencies.pop() if len(currencies) == 1 else None
        cells = (
            company,
            len(mine),
            len(disclosed),
            _sum(amount for amount, _ in sums) if one else None,
            one,
            next((row.stage for row in newest if row.stage), None),
            len({i.name for row in mine for i in row.investors}),
            min(days, default=None),
            max(days, default=None),
        )
        for name, cell in zip(names, cells, strict=True):
            columns[name].append(cell)
    frame = _frame(columns, investors="Int64")
    return frame.sort_values(["last_on", "company"], ascending=[False, True], ignore_index=True)


def investors(db: str | None = None, **filters: Any) -> pd.DataFrame:
    """One row an investor of the matching rounds, the most active first.

    `led` counts the rounds that it led, `companies` the different ones it backed; `kind` and
    `country` are the gazetteer's.
    """
    from sqlalchemy import select

    from tracker.store.tables import INVESTOR

    names = ("investor", "kind", "country", "rounds", "led", "companies", "first_on", "last_on")
    counted: dict[str, list[tuple[RoundRow, bool]]] = {}
    with _connection(db) as connection:
        for row in _listed(connection, filters):
            for share in row.investors:
                counted.setdefault(share.name, []).append((row, share.lead))
        what = select(INVESTOR.c.name, INVESTOR.c.kind, INVESTOR.c.country)
        known = {name: (kind, country) for name, kind, country in connection.execute(what)}
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for name, mine in counted.items():
        days = [row.announced_on for row, _ in mine if row.announced_on]
        cells = (
            name,
            *known.get(name, (None, None)),
            len(mine),
            sum(lead for _, lead in mine),
            len({row.company for row, _ in mine}),
            min(days, default=None),
            max(days, default=None),
        )
        for column, cell in zip(names, cells, strict=True):
            columns[column].append(cell)
    frame = _frame(columns)
    return frame.sort_values(["rounds", "investor"], ascending=[False, True], ignore_index=True)


def briefs(
    db: str | None = None,
    *,
    kind: str | list[str] | tuple[str, ...] = (),
    issue: str | None = None,
    since: str | None = None,
    limit: int | None = None,
) -> pd.DataFrame:
    """One row a brief, whatever its kind; the options are those of ``tracker briefs``."""
    from datetime import date

    from tracker.errors import BadValue
    from tracker.parsing.dates import parse_since
    from tracker.query.evidence import list_briefs
    from tracker.records import KINDS

    kinds = (kind,) if isinstance(kind, str) else tuple(kind)
    for one in kinds:
        if one not in KINDS:
            raise BadValue(f"kind {one!r}: choose from {', '.join(KINDS)}")
    first = parse_since(since, date.today()) if since else None
    columns: dict[str, list[Any]] = {field.name: [] for field in fields(BriefRow)}
    with _connection(db) as connection:
        for row in list_briefs(connection, kinds=kinds, issue=issue, since=first, limit=limit):
            for name, values in columns.items():
                values.append(getattr(row, name))
    return _frame(columns)


def _sum(amounts: Iterable[int | None]) -> int | None:
    total = sum(amount or 0 for amount in amounts)
    return total if total < 2**63 else None


def _when(row: RoundRow) -> tuple[str, int]:
    return str(row.announced_on or ""), row.id


def _source(source: Any) -> dict[str, object]:
    return {field.name: getattr(source, field.name) for field in fields(source)}


def _round_columns(converted: bool) -> list[str]:
    names = [f.name for f in fields(RoundRow) if f.name not in ("description", "sectors")]
    names.insert(names.index("investors") + 1, "lead_investors")
    if converted:
        for name in _SUMS:
            place = names.index("currency" if name == "amount" else f"{name}_currency") + 1
            names[place:place] = [f"{name}_in", f"{name}_in_currency", f"{name}_rate_on"]
    return names


def _conversion(currency: str | None, file: Path | None) -> Callable[..., Any] | None:
    if currency is None:
        return None
    from tracker.query.conversion import Conversion
    from tracker.rates import load_rates

    rates = load_rates(file)
    return Conversion(rates, rates.currency(currency, "in_currency")).convert


@contextmanager
def _connection(db: str | None) -> Iterator[Connection]:
    from tracker.settings import load_settings
    from tracker.store import open_store

    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        yield connection


def _listed(connection: Connection, filters: dict[str, Any]) -> Iterator[RoundRow]:
    from tracker.query.filters import make_filter
    from tracker.query.listing import list_rounds

    return list_rounds(connection, make_filter(**filters))


@contextmanager
def _rows(db: str | None, filters: dict[str, Any]) -> Iterator[Iterator[RoundRow]]:
    with _connection(db) as connection:
        yield _listed(connection, filters)


def _frame(columns: dict[str, list[Any]], **others: str) -> pd.DataFrame:
    """The columns with their dtypes."""
    import pandas as pd

    from tracker.parsing.stages import STAGES

    stages = pd.CategoricalDtype(list(STAGES), ordered=True)
    dtypes: dict[str, Any] = {**_DTYPES, "stage": stages, **others}
    made = {}
    for name, values in columns.items():
        dtype = dtypes.get(name, "object")
        if dtype == "datetime64[s]":
            made[name] = _days(values)
        else:
            # Through object: an integer of 64 bits would else go by way of a float.
            made[name] = pd.Series(values, dtype="object").astype(dtype)
    return pd.DataFrame(made)


def _days(values: list[date | None]) -> pd.Series:
    import pandas as pd

    return pd.to_datetime(pd.Series(values, dtype="object")).astype("datetime64[s]")
