"""What a column holds: its name, its kind, how to read it off a row, and what it means.

One list of fields makes every format: cells for CSV, typed cells for XLSX and Parquet, objects
for JSON, and the table of columns in the README.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

R = TypeVar("R")
Kind = Literal["integer", "number", "boolean", "date", "text", "code", "names"]
"""`code`: a text out of few; `names`: several texts."""
Cell = str | int | float | bool | None
Value = Any
"""int, float, bool, str, date or a tuple of str, as the kind says, or None."""
Part = Literal["", "investors", "sources", "sectors"]

SEPARATOR = "; "
"""Between several names in one cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Generic[R]):
    """One column of a row."""

    name: str
    kind: Kind
    value: Callable[[R], Value]
    meaning: str
    unit: str = ""
    example: str
    record: Callable[[R], object] | None = None
    """What JSON holds, where that tells more than `value`."""
    flat: bool = False
    """In JSON only where it was asked for: another field's object holds it."""
    currency: Callable[[R], str | None] | None = None
    """Of a sum: what it is a sum of."""
    part: Part = ""
    """What must have been read for it besides the round itself."""


_WORDS = {True: "true", False: "false"}


def _boolean(value: Value) -> Cell:
    return None if value is None else _WORDS[value]


def _date(value: Value) -> Cell:
    return None if value is None else str(value)


_FLAT: dict[Kind, Callable[[Value], Cell]] = {
    "boolean": _boolean,
    "date": _date,
    "names": SEPARATOR.join,
}


def flat(field: Field[R]) -> Callable[[R], Cell]:
    """Reads the field as one cell of text or a number."""
    change, value = _FLAT.get(field.kind), field.value
    if change is None:
        return value
    return lambda row: change(value(row))
