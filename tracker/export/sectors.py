"""How a sector of the taxonomy looks in a table and in the machine formats."""

from __future__ import annotations

from dataclasses import asdict, astuple

from tracker.export.layouts import Column, Layout
from tracker.records import SectorCount

SECTORS: Layout[SectorCount] = Layout(
    record=asdict,
    names=("code", "english", "korean", "companies"),
    cells=lambda sector: list(astuple(sector)),
    columns=(
        Column("Sector", lambda s: s.code),
        Column("English", lambda s: s.english),
        Column("Korean", lambda s: s.korean),
        Column("Companies", lambda s: str(s.companies), "right"),
    ),
)
