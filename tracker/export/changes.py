"""How one change of a person's looks."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from tracker.export.fields import Cell
from tracker.export.layouts import Column, Layout
from tracker.records import ChangeRow

_NAMES = tuple(f.name for f in fields(ChangeRow))


def _at(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _cells(row: ChangeRow) -> list[Cell]:
    cells = {name: getattr(row, name) for name in _NAMES}
    cells["at"] = _at(row.at)
    return list(cells.values())


def _subject(row: ChangeRow) -> str:
    number = f" {row.subject_id}" if row.subject_id is not None else ""
    return f"{row.subject}{number} {row.label}"


def _values(row: ChangeRow) -> str:
    values = " → ".join(part for part in (row.old, row.new) if part is not None)
    return f"{row.field}: {values}" + (" (undone)" if row.undone else "")


CHANGES: Layout[ChangeRow] = Layout(
    record=lambda row: {name: getattr(row, name) for name in _NAMES} | {"at": _at(row.at)},
    names=_NAMES,
    cells=_cells,
    columns=(
        Column("Step", lambda row: str(row.step), "right"),
        Column("When (UTC)", lambda row: f"{row.at:%Y-%m-%d %H:%M}"),
        Column("Who", lambda row: row.who),
        Column("Command", lambda row: row.command),
        Column("Subject", _subject, ratio=2),
        Column("Change", _values, ratio=3),
    ),
)
