"""How one row looks: as an object (JSON), as flat cells (CSV), and in a table for people.

Field names and their order are part of the contract with whoever reads our files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Generic, Literal, TypeVar

from tracker.export.fields import Cell, Field, flat
from tracker.export.safety import json_text, plain_line
from tracker.parsing.money import format_money
from tracker.parsing.stages import stage_label
from tracker.records import BriefRow, Reported

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of the table for people. `ratio` 0: as wide as its widest cell."""

    title: str
    text: Callable[[R], str]
    justify: Literal["left", "right"] = "left"
    ratio: int = 0


@dataclass(frozen=True, slots=True)
class Layout(Generic[R]):
    """The three faces of a row."""

    record: Callable[[R], Mapping[str, object]]
    names: tuple[str, ...]
    """The columns of CSV, TSV and Markdown."""
    cells: Callable[[R], Sequence[Cell]]
    columns: tuple[Column[R], ...]
    fields: tuple[Field[R], ...] = ()
    """What the typed formats (XLSX, Parquet) are made of, where there is one for each name."""


def layout_of(
    fields: Sequence[Field[R]],
    columns: Sequence[Column[R]] | None = None,
    *,
    chosen: bool = False,
) -> Layout[R]:
    """The faces of a row with these fields. `columns`: the table for people, if it is another.

    `chosen`: somebody named the fields, so that JSON holds each of them.
    """
    cells = [flat(field) for field in fields]
    objects = [(f.name, f.record or f.value) for f in fields if chosen or not f.flat]
    if columns is None:
        columns = [_column(field, cell) for field, cell in zip(fields, cells, strict=True)]
    return Layout(
        record=lambda row: {name: value(row) for name, value in objects},
        names=tuple(field.name for field in fields),
        cells=lambda row: [cell(row) for cell in cells],
        columns=tuple(columns),
        fields=tuple(fields),
    )


def _column(field: Field[R], cell: Callable[[R], Cell]) -> Column[R]:
    def text(row: R) -> str:
        found = cell(row)
        return "" if found is None else str(found)

    number = field.kind in ("integer", "number")
    wide = field.kind in ("text", "names")
    return Column(field.name, text, "right" if number else "left", ratio=int(wide))


def as_json(value: object, indent: int | None = None) -> str:
    """JSON with Hangul as it is and dates in ISO form."""
    return json_text(json.dumps(value, ensure_ascii=False, indent=indent, default=str))


def source_record(source: Reported) -> dict[str, object]:
    """One of a round's `sources`."""
    return {
        "newsletter": source.newsletter,
        "issue": source.issue,
        "date": source.date,
        "brief": source.brief,
    }


def source_line(source: Reported) -> str:
    """Where a report stood: newsletter, issue and date, as far as known."""
    parts = [source.newsletter or "", source.issue or ""]
    line = " ".join(part for part in parts if part)
    return f"{line} ({source.date})" if source.date else line


def money(amount: int | None, currency: str | None) -> str:
    """A sum as people write it; empty where undisclosed."""
    return format_money(amount, currency) if amount is not None and currency else ""


def stage(code: str | None, extension: bool) -> str:
    """A stage as people write it; ``+`` marks an extension."""
    label = stage_label(code) if code else ""
    return label + "+" if extension else label


_BRIEF_NAMES = tuple(f.name for f in fields(BriefRow))


def _brief_cells(row: BriefRow) -> list[Cell]:
    cells = {name: getattr(row, name) for name in _BRIEF_NAMES}
    cells["date"] = row.date.isoformat() if row.date else None
    return list(cells.values())


BRIEFS: Layout[BriefRow] = Layout(
    record=lambda row: {name: getattr(row, name) for name in _BRIEF_NAMES},
    names=_BRIEF_NAMES,
    cells=_brief_cells,
    columns=(
        Column("ID", lambda b: str(b.id), "right"),
        Column("Date", lambda b: str(b.date or "")),
        Column("Issue", lambda b: b.issue or b.newsletter or "", ratio=1),
        Column("Kind", lambda b: b.kind),
        Column("Text", lambda b: plain_line(b.text[:300]), ratio=4),
    ),
)
