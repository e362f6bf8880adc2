"""Saved searches and their news in tables."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from tracker.export.digest import make_learned
from tracker.export.fields import Cell
from tracker.export.layouts import Column, Layout, money, stage
from tracker.export.safety import plain_line
from tracker.export.table import write_table
from tracker.language import word

if TYPE_CHECKING:
    from tracker.query.news import News
    from tracker.store.watches import Saved


def command_line(options: dict[str, Any]) -> str:
    """The filters as they would be typed."""
    words: list[str] = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        for one in value if isinstance(value, list) else [value]:
            words += [option] if one is True else [option, shlex.quote(str(one))]
    return " ".join(words)


def _cells(saved: Saved) -> list[Cell]:
    told = saved.told_at.isoformat() if saved.told_at else None
    return [saved.name, command_line(saved.options), saved.made_at.isoformat(), told]


WATCHES: Layout[Saved] = Layout(
    record=lambda saved: {
        "name": saved.name,
        "filters": saved.options,
        "made_at": saved.made_at.isoformat(),
        "told_at": saved.told_at.isoformat() if saved.told_at else None,
    },
    names=("name", "filters", "made_at", "told_at"),
    cells=_cells,
    columns=(
        Column("Name", lambda s: s.name, ratio=1),
        Column("Filters", lambda s: command_line(s.options) or word("(all rounds)"), ratio=3),
        Column(
            "Last told", lambda s: f"{s.told_at:%Y-%m-%d %H:%M}" if s.told_at else word("never")
        ),
    ),
)


def _names(one: News) -> str:
    ordered = sorted(one.row.investors, key=lambda share: not share.lead)
    return ", ".join(share.name + "*" * share.lead for share in ordered)


_NEWS: Layout[News] = Layout(
    record=lambda _: {},
    names=(),
    cells=lambda _: [],
    columns=(
        Column("ID", lambda n: str(n.row.id), "right"),
        Column("Date", lambda n: str(n.row.announced_on or "")),
        Column("Company", lambda n: n.row.company, ratio=2),
        Column("Amount", lambda n: money(n.row.amount, n.row.currency), "right"),
        Column("Stage", lambda n: stage(n.row.stage, n.row.extension)),
        Column(
            "What is new", lambda n: "; ".join(map(make_learned, n.changes)) or _names(n), ratio=3
        ),
    ),
)


def write_news(name: str, found: Sequence[News], out: TextIO) -> None:
    """A heading and a table: new rounds with their investors, known ones with what was learned."""
    changed = sum(bool(one.changes) for one in found)
    more = f", {changed} changed" if changed else ""
    out.write(f"{plain_line(name)}: {len(found) - changed} new{more}\n")
    write_table(found, _NEWS, out)
