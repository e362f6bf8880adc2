"""How one row looks: as an object (JSON), as flat cells (CSV), and in a table for people.

Field names and their order are part of the contract with whoever reads our files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Generic, Literal, TypeVar

from tracker.export.safety import json_text, plain_line
from tracker.parsing.money import format_money
from tracker.parsing.stages import stage_label
from tracker.records import BriefRow, Reported, RoundRow

R = TypeVar("R")
Cell = str | int | float | bool | None


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
    cells: Callable[[R], list[Cell]]
    columns: tuple[Column[R], ...]


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


def round_record(row: RoundRow) -> dict[str, object]:
    """A round as the machine formats carry it."""
    found: dict[str, object] = {f.name: getattr(row, f.name) for f in fields(row)}
    found["investors"] = [{"name": i.name, "lead": i.lead} for i in row.investors]
    found["sources"] = [source_record(source) for source in row.sources]
    return found


def source_line(source: Reported) -> str:
    """Where a report stood: newsletter, issue and date, as far as known."""
    parts = [source.newsletter or "", source.issue or ""]
    line = " ".join(part for part in parts if part)
    return f"{line} ({source.date})" if source.date else line


_ROUND_NAMES = tuple(
    name
    for f in fields(RoundRow)
    for name in ((f.name, "lead_investors") if f.name == "investors" else (f.name,))
)


def _round_cells(row: RoundRow) -> list[Cell]:
    joined = {
        "investors": "; ".join(i.name for i in row.investors),
        "lead_investors": "; ".join(i.name for i in row.investors if i.lead),
        "sources": "; ".join(filter(None, map(source_line, row.sources))),
        "announced_on": row.announced_on.isoformat() if row.announced_on else None,
    }
    return [joined[n] if n in joined else getattr(row, n) for n in _ROUND_NAMES]


def money(amount: int | None, currency: str | None) -> str:
    """A sum as people write it; empty where undisclosed."""
    return format_money(amount, currency) if amount is not None and currency else ""


def stage(code: str | None, extension: bool) -> str:
    """A stage as people write it; ``+`` marks an extension."""
    label = stage_label(code) if code else ""
    return label + "+" if extension else label


def _backers(row: RoundRow) -> str:
    ordered = sorted(row.investors, key=lambda i: not i.lead)
    return ", ".join(i.name + ("*" if i.lead else "") for i in ordered)


ROUNDS: Layout[RoundRow] = Layout(
    record=round_record,
    names=_ROUND_NAMES,
    cells=_round_cells,
    columns=(
        Column("ID", lambda r: str(r.id), "right"),
        Column("Date", lambda r: str(r.announced_on or "")),
        Column("Company", lambda r: r.company, ratio=2),
        Column("Amount", lambda r: money(r.amount, r.currency), "right"),
        Column("Stage", lambda r: stage(r.stage, r.extension)),
        Column("Investors (* lead)", _backers, ratio=3),
    ),
)

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
