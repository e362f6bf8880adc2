"""`tracker company` and `tracker investor`: all that is known of one of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import completion
from tracker.cli import options as opt
from tracker.cli.output import check_format, say
from tracker.cli.paging import paged
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tracker.query.profiles import CompanyProfile
    from tracker.rates import Rates

WHOSE = "A name, a part of one, or an alias."
Company = Annotated[
    str, typer.Argument(metavar="NAME", help=WHOSE, autocompletion=completion.companies)
]
Investor = Annotated[
    str, typer.Argument(metavar="NAME", help=WHOSE, autocompletion=completion.investors)
]
Format = Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table or json.")]


def company(
    name: Company,
    into: opt.InCurrency = None,
    rates: opt.RatesFile = None,
    fmt: Format = "table",
    db: opt.Db = None,
) -> None:
    """Show a company: its rounds from the first on, what they add up to, and who backed it.

    Sums of different currencies are never added; --in adds them in one, at the rates of the days.

    \b
    Examples:
      tracker company 퓨어그린
      tracker company gamja --in USD --format json
    """
    fmt = check_format(fmt, ("table", "json"))

    from tracker.export import as_json
    from tracker.export.profiles import company_record, write_company
    from tracker.query.profiles import company_profile
    from tracker.settings import load_settings
    from tracker.store import open_store

    table = currency = None
    if into is not None:
        from tracker.rates import load_rates

        table = load_rates(rates)
        currency = table.currency(into)
    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        found = company_profile(connection, _one(connection, "company", name))
    converted = _converted(found, table, currency) if table and currency else None
    if fmt == "json":
        typer.echo(as_json(company_record(found, currency, converted), indent=2))
    else:
        with paged() as out:
            write_company(found, out, currency, converted)


def _converted(
    found: CompanyProfile, rates: Rates, currency: str
) -> dict[int, tuple[int, date] | None]:
    """Every disclosed amount in one currency, with the day of its rate."""
    there: dict[int, tuple[int, date] | None] = {}
    for step in found.rounds:
        row = step.row
        if row.amount is None or row.currency is None or row.announced_on is None:
            continue
        made = rates.convert(row.amount, row.currency, currency, row.announced_on)
        there[row.id] = (made.amount, made.rate_on) if made else None
    return there


def investor(name: Investor, fmt: Format = "table", db: opt.Db = None) -> None:
    """Show an investor: its rounds, what it leads, its stages and sectors, and beside whom.

    \b
    Examples:
      tracker investor 알토스
      tracker investor "KB Investment" --format json
    """
    fmt = check_format(fmt, ("table", "json"))

    from tracker.export import as_json
    from tracker.export.profiles import investor_record, write_investor
    from tracker.query.profiles import investor_profile
    from tracker.settings import load_settings
    from tracker.store import open_store

    with (
        open_store(load_settings(db).db, read_only=True) as store,
        store.reading() as connection,
    ):
        found = investor_profile(connection, _one(connection, "investor", name))
    if fmt == "json":
        typer.echo(as_json(investor_record(found), indent=2))
    else:
        with paged() as out:
            write_investor(found, out)


def _one(connection: Connection, kind: str, name: str) -> int:
    """The id of the one that is meant; of several a short list, and exit code 1."""
    from tracker.query.finding import SHORT, candidates

    found = candidates(connection, kind, name)
    if len(found) == 1:
        return found[0].id
    if not found:
        raise TrackerError(
            f"no {kind} {name!r}; tracker list --{kind} with a part of it finds more"
        )
    say(f"several match {name!r}; give a whole name or the number:")
    for one in found[:SHORT]:
        say(f"  {one.id:>6}  {one.name} ({one.rounds} round{'s' * (one.rounds != 1)})")
    if len(found) > SHORT:
        say("  … and more")
    raise typer.Exit(1)
