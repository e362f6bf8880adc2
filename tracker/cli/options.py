"""The options that several commands share, so that they read the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import completion

Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        envvar="TRACKER_DB",
        metavar="PATH|URL",
        help="The database: a file, or a SQLAlchemy URL. Default: see tracker info.",
        show_default=False,
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format", "-f", metavar="FORMAT", help="table, json, jsonl, csv, tsv, markdown."
    ),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE|AGE", help="From this day on: 2026-01-31, 7d, 4w, 6m."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE|AGE", help="Up to this day, included.")
]
Stage = Annotated[
    list[str] | None,
    typer.Option(
        "--stage",
        metavar="STAGE",
        help="seed, series_a, \"시리즈 B\" …. This and those below: repeat for several; '!seed' for all but.",
        autocompletion=completion.stages,
    ),
]
Sector = Annotated[
    list[str] | None,
    typer.Option(
        "--sector",
        metavar="SECTOR",
        help="fintech, 로봇 …: see tracker sectors.",
        autocompletion=completion.sectors,
    ),
]
Company = Annotated[
    list[str] | None,
    typer.Option(
        "--company",
        metavar="NAME",
        help="A part of the company's name or alias.",
        autocompletion=completion.companies,
    ),
]
Investor = Annotated[
    list[str] | None,
    typer.Option(
        "--investor",
        metavar="NAME",
        help="A part of an investor's name or alias.",
        autocompletion=completion.investors,
    ),
]
Lead = Annotated[
    list[str] | None,
    typer.Option(
        "--lead",
        metavar="NAME",
        help="The same, of an investor who led the round.",
        autocompletion=completion.investors,
    ),
]
Country = Annotated[
    list[str] | None,
    typer.Option("--country", metavar="CC", help="Of an investor, where known: KR, US, JP …."),
]
MinAmount = Annotated[
    str | None,
    typer.Option(
        "--min-amount",
        metavar="SUM",
        help='"50억", "$5M", "5000000 USD"; matches rounds in that currency only.',
    ),
]
MaxAmount = Annotated[
    str | None, typer.Option("--max-amount", metavar="SUM", help="As --min-amount.")
]
Currency = Annotated[
    list[str] | None,
    typer.Option(
        "--currency",
        metavar="CODE",
        help="KRW, USD, EUR ….",
        autocompletion=completion.currencies,
    ),
]
Source = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar="NAME",
        help="A part of the reporting newsletter's name.",
        autocompletion=completion.newsletters,
    ),
]
MinConfidence = Annotated[
    str | None,
    typer.Option("--min-confidence", metavar="0-1", help="How sure the reading is, at least."),
]
Unreviewed = Annotated[
    bool, typer.Option("--unreviewed", help="Only what no person has looked at yet.")
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", metavar="N", help="At most N; 0 means all.", show_default=False),
]
Sort = Annotated[
    str,
    typer.Option("--sort", metavar="FIELD", help="date, amount, company, stage, confidence, id."),
]
InCurrency = Annotated[
    str | None,
    typer.Option(
        "--in",
        metavar="CODE",
        help="Every sum also in this currency, at the rate of the announcement day.",
        autocompletion=completion.currencies,
    ),
]
RatesFile = Annotated[
    Path | None,
    typer.Option(
        "--rates",
        envvar="TRACKER_RATES",
        metavar="FILE",
        help="The ECB's rates (csv or zip), newer than the installed ones.",
        show_default=False,
    ),
]
