"""The table for people, with Rich: one line a row, right at 80 columns, Hangul counted double."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TextIO, TypeVar

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tracker.export.layouts import Layout
from tracker.export.safety import plain_line
from tracker.language import word

R = TypeVar("R")

NARROWEST = 6
"""Cells a flexible column keeps even where there is no room for it."""
_UNLIMITED = 1_000_000


def write_table(rows: Iterable[R], layout: Layout[R], out: TextIO) -> None:
    """Write the table; nothing at all where there are no rows."""
    console = Console(file=out, highlight=False, markup=False, emoji=False)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    titles = [word(column.title) for column in layout.columns]
    for column, title in zip(layout.columns, titles, strict=True):
        table.add_column(title, justify=column.justify, no_wrap=True, overflow="ellipsis")
    widest = [cell_len(title) for title in titles]
    for row in rows:
        cells = [plain_line(column.text(row)) for column in layout.columns]
        widest = [max(w, cell_len(c)) for w, c in zip(widest, cells, strict=True)]
        # Text, not str: what a newsletter writes is never read as Rich markup.
        table.add_row(*map(Text, cells))
    if not table.row_count:
        return
    flexible = {i: c.ratio for i, c in enumerate(layout.columns) if c.ratio}
    whole = console.measure(table, options=console.options.update(width=_UNLIMITED)).maximum
    room = console.width - whole + sum(widest[i] for i in flexible)
    for i, width in _fit({i: widest[i] for i in flexible}, flexible, room).items():
        table.columns[i].width = width
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as capture:
        console.print(table)
    out.writelines(line.rstrip() + "\n" for line in capture.get().splitlines())


def _fit(wanted: Mapping[int, int], ratios: Mapping[int, int], room: int) -> dict[int, int]:
    """Widths of the flexible columns: what they want if it fits, else by ratio.

    A column that wants less than its share leaves the rest to the others.
    """
    widths: dict[int, int] = {}
    left = dict(ratios)
    while left:
        share = {i: max(NARROWEST, room * r // sum(left.values())) for i, r in left.items()}
        modest = [i for i in left if wanted[i] <= share[i]]
        if not modest:
            return widths | share
        for i in modest:
            widths[i] = wanted[i]
            room -= widths[i]
            del left[i]
    return widths


def padded(text: str, width: int) -> str:
    """`text` with spaces behind it up to `width` cells; a Hangul letter takes two."""
    return text + " " * max(0, width - cell_len(text))
