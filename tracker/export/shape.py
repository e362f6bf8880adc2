"""Which columns an export has, and what one of its rows is.

In: the words of options (``--columns``, ``--schema``, ``--one-row-per``). Out: a `Shape`, or a
`BadValue` that says what would be right.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.errors import BadValue
from tracker.export.converted import with_converted
from tracker.export.crunchbase import CRUNCHBASE_FIELDS, CRUNCHBASE_INVESTOR_FIELDS
from tracker.export.layouts import Layout, layout_of
from tracker.export.rounds import (
    EXTRA_FIELDS,
    INVESTOR_FIELDS,
    ROUND_FIELDS,
    ROUNDS,
    RoundField,
    one_per_investor,
    per_investor,
)
from tracker.query.conversion import Conversion
from tracker.records import RoundRow

SCHEMAS: dict[str, tuple[tuple[RoundField, ...], tuple[RoundField, ...]]] = {
    "tracker": (ROUND_FIELDS, INVESTOR_FIELDS),
    "crunchbase": (CRUNCHBASE_FIELDS, CRUNCHBASE_INVESTOR_FIELDS),
}
"""Name → columns of a round, and those that stand for its investors in a row for each."""
ROWS: tuple[str, ...] = ("round", "investor")


@dataclass(frozen=True, slots=True)
class Shape:
    """What is written: the layout, and rows made ready for it."""

    layout: Layout[RoundRow]
    row_per: str = "round"

    @property
    def needs(self) -> frozenset[str]:
        """What the columns are made of besides the rounds: "investors", "sources"."""
        parts = {field.part for field in self.layout.fields}
        return frozenset(parts | {"investors"} if self.row_per == "investor" else parts) - {""}

    def rows(self, rounds: Iterable[RoundRow]) -> Iterable[RoundRow]:
        """What is one row each."""
        return one_per_investor(rounds) if self.row_per == "investor" else rounds


def make_shape(
    *,
    columns: str | None = None,
    schema: str = "tracker",
    row_per: str = "round",
    conversion: Conversion | None = None,
) -> Shape:
    """The shape that the options ask for. Raises `BadValue` for the first that is none."""
    if schema not in SCHEMAS:
        raise BadValue(f"--schema {schema}: choose from {', '.join(SCHEMAS)}")
    if row_per not in ROWS:
        raise BadValue(f"--one-row-per {row_per}: choose from {', '.join(ROWS)}")
    whole, instead = SCHEMAS[schema]
    fields = per_investor(whole, instead) if row_per == "investor" else list(whole)
    if conversion is not None:
        fields = with_converted(fields, conversion)
    if columns is not None:
        if schema == "tracker":
            fields = [*fields, *EXTRA_FIELDS]
        return Shape(layout_of(_chosen(columns, fields), chosen=True), row_per)
    return Shape(ROUNDS if fields == list(ROUND_FIELDS) else layout_of(fields), row_per)


def _chosen(columns: str, fields: Sequence[RoundField]) -> list[RoundField]:
    known = {field.name: field for field in fields}
    wanted = [name.strip().lower() for name in columns.split(",") if name.strip()]
    if not wanted:
        raise BadValue(f"--columns {columns!r}: names no column; there are {', '.join(known)}")
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, 3, 0.6)
            hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
            if name.endswith(("_in", "_in_currency", "_rate_on")) and not near:
                hint += " (and converted ones with --in)"
            raise BadValue(f"--columns {name}: no such column; {hint}")
    return [known[name] for name in dict.fromkeys(wanted)]
