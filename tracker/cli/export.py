"""`tracker export`: the same rounds as `tracker list`, into a file."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import completion
from tracker.cli import options as opt
from tracker.cli.filtering import Filters, filtered
from tracker.cli.list_rounds import nothing_found
from tracker.cli.output import check_format, say
from tracker.errors import BadValue

if TYPE_CHECKING:
    from tracker.export.shape import Shape
    from tracker.records import RoundRow


@filtered
def export(
    out: Annotated[
        str, typer.Argument(metavar="FILE", help="The ending decides the format; - is stdout.")
    ],
    filters: Filters,
    limit: opt.Limit = None,
    sort: opt.Sort = "date",
    fmt: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="Instead of the file's ending.",
            autocompletion=completion.export_formats,
        ),
    ] = None,
    no_bom: Annotated[
        bool, typer.Option("--no-bom", help="CSV for programs: without the mark Excel needs.")
    ] = False,
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="A,B,…",
            help="Only these, in this order. README: every column's meaning.",
            autocompletion=completion.columns,
        ),
    ] = None,
    schema: Annotated[
        str,
        typer.Option(
            "--schema", metavar="NAME", help="tracker, or crunchbase for its column names."
        ),
    ] = "tracker",
    row_per: Annotated[
        str, typer.Option("--one-row-per", metavar="WHAT", help="round or investor.")
    ] = "round",
    into: opt.InCurrency = None,
    rates: opt.RatesFile = None,
    db: opt.Db = None,
) -> None:
    """Write the funding rounds into a file: .csv .tsv .json .jsonl .xlsx .parquet .md or .txt.

    The file appears whole or not at all. CSV begins with a byte order mark so that Excel
    shows Hangul.

    \b
    Examples:
      tracker export rounds.xlsx --since 2026-01-01 --in USD
      tracker export - --format jsonl --columns company,amount,currency | head -3
    """
    from tracker.export.files import format_of
    from tracker.export.writers import BINARY, FORMATS
    from tracker.query import make_filter

    path = None if out == "-" else Path(out).expanduser()
    if fmt is not None:
        fmt = check_format(fmt, FORMATS + BINARY)
    else:
        fmt = "csv" if path is None else format_of(path)
    if path is None and fmt in BINARY and sys.stdout.isatty():
        raise BadValue(f"--format {fmt}: not for a terminal; name a file, or send it to one with >")
    asked = make_filter(**filters, limit=limit, sort=sort)
    shape = _shape(columns, schema, row_per, into, rates)

    from tracker.query.listing import list_rounds
    from tracker.settings import load_settings
    from tracker.store import open_store

    with open_store(load_settings(db).db, read_only=True) as store:
        with store.reading() as connection:
            rounds = list_rounds(connection, asked, parts=shape.needs)
            with _few_collections():
                count = _write(shape, rounds, fmt, path, bom=not no_bom)
        if not count:
            say(nothing_found(store, asked))
        if path is not None:
            what = "round" if row_per == "round" else "row"
            say(f"{count} {what}{'s' * (count != 1)} written to {path}")


def _shape(
    columns: str | None, schema: str, row_per: str, into: str | None, file: Path | None
) -> Shape:
    from tracker.export.shape import make_shape

    conversion = None
    if into is not None:
        from tracker.query.conversion import Conversion
        from tracker.rates import load_rates

        rates = load_rates(file)
        conversion = Conversion(rates, rates.currency(into))
    return make_shape(columns=columns, schema=schema, row_per=row_per, conversion=conversion)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Rows come and go by the million and hold no circles: looking for some takes a sixth of it."""
    often = gc.get_threshold()
    gc.set_threshold(100_000, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)


def _write(
    shape: Shape, rounds: Iterable[RoundRow], fmt: str, path: Path | None, *, bom: bool
) -> int:
    """Write the rows to the file, or to standard output. Returns how many there were."""
    from tracker.export.files import write_binary_file, write_file, write_stream
    from tracker.export.writers import BINARY, write, write_typed

    rows, layout = shape.rows(rounds), shape.layout
    if fmt in BINARY:
        if path is not None:
            return write_binary_file(path, lambda out: write_typed(rows, layout, fmt, out))
        return write_stream(sys.stdout.buffer, lambda out: write_typed(rows, layout, fmt, out))
    if path is None:
        return write(rows, layout, fmt, sys.stdout, to_file=False)
    return write_file(
        path,
        lambda out: write(rows, layout, fmt, out, to_file=True),
        bom=bom and fmt == "csv",
    )
