"""Statistics on the screen, with bars beside the numbers, and in the machine formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from tracker.export.amounts import short_money
from tracker.export.bars import bar
from tracker.export.fields import Cell
from tracker.export.layouts import Column, Layout
from tracker.export.table import write_table

if TYPE_CHECKING:
    from tracker.query.statistics import Sums, Tally


@dataclass(frozen=True, slots=True)
class Line:
    """A group and the sums of one of its currencies; `first`: the group's first line."""

    tally: Tally
    sums: Sums | None
    first: bool
    share: float
    """Its sum as a part of the largest in that currency, else its rounds of the most."""


def lines(tallies: Iterable[Tally]) -> list[Line]:
    """One line for every group and currency, the largest number of rounds first in a group."""
    found = list(tallies)
    largest: dict[str, int] = {}
    for tally in found:
        for sums in tally.sums.values():
            largest[sums.currency] = max(largest.get(sums.currency, 0), sums.total)
    return [line for tally in found for line in _lines(tally, largest)]


def _lines(tally: Tally, largest: dict[str, int]) -> Iterator[Line]:
    ordered = sorted(tally.sums.values(), key=lambda sums: (-len(sums.amounts), sums.currency))
    for place, sums in enumerate(ordered):
        most = largest[sums.currency]
        yield Line(tally, sums, place == 0, sums.total / most if most else 0.0)
    if not ordered:
        yield Line(tally, None, True, 0.0)


NAMES = (
    "group", "rounds", "undisclosed", "unconverted", "currency", "disclosed", "sum", "median",
    "largest", "largest_round", "rates_from", "rates_to",
)  # fmt: skip


def _cells(line: Line) -> list[Cell]:
    tally, sums = line.tally, line.sums
    head: list[Cell] = [tally.key, tally.rounds, tally.undisclosed, tally.unconverted]
    if sums is None:
        return [*head, None, 0, *[None] * 6]
    return [
        *head,
        sums.currency,
        len(sums.amounts),
        sums.total,
        sums.median,
        sums.largest,
        sums.largest_round,
        sums.rates_from.isoformat() if sums.rates_from else None,
        sums.rates_to.isoformat() if sums.rates_to else None,
    ]


def tally_layout(by: str | None) -> Layout[Line]:
    """The machine formats: a row for every group and currency."""
    return Layout(
        record=lambda line: dict(zip(NAMES, _cells(line), strict=True)),
        names=NAMES,
        cells=_cells,
        columns=(),
    )


def write_tallies(found: list[Line], by: str | None, out: TextIO) -> None:
    """The table for people; a bar is a sum as a part of the largest in the same currency."""
    converted = any(line.sums and line.sums.rates_to for line in found)
    unconverted = any(line.tally.unconverted for line in found)
    columns: list[Column[Line]] = [
        Column(
            (by or "").capitalize() or "All", lambda x: x.tally.label if x.first else "", ratio=1
        ),
        Column("Rounds", lambda x: str(x.tally.rounds) if x.first else "", "right"),
        Column("Disclosed", lambda x: str(len(x.sums.amounts)) if x.sums else "0", "right"),
    ]
    if unconverted:
        columns.append(
            Column("No rate", lambda x: str(x.tally.unconverted or "") if x.first else "", "right")
        )
    columns += [
        Column("Sum", lambda x: _money(x, "total"), "right"),
        Column("Median", lambda x: _money(x, "median"), "right"),
        Column("Largest", lambda x: _money(x, "largest"), "right"),
    ]
    if converted:
        columns.append(Column("Rates to", _rates))
    columns.append(Column("", lambda x: bar(x.share, 1.0, 6 if converted else 12)))
    write_table(
        found,
        Layout(record=lambda _: {}, names=(), cells=lambda _: [], columns=tuple(columns)),
        out,
    )


def _money(line: Line, name: str) -> str:
    return short_money(getattr(line.sums, name), line.sums.currency) if line.sums else ""


def _rates(line: Line) -> str:
    return str(line.sums.rates_to) if line.sums and line.sums.rates_to else ""
