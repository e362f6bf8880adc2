"""One writer a format: rows in, text or bytes into a stream. All but the table stream."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, BinaryIO, TextIO, TypeVar

from tracker.export.fields import Cell
from tracker.export.layouts import Layout, as_json
from tracker.export.safety import cell, markdown_cell

R = TypeVar("R")

FORMATS: tuple[str, ...] = ("table", "json", "jsonl", "csv", "tsv", "markdown")
BINARY: tuple[str, ...] = ("xlsx", "parquet")
"""Formats of typed columns, which no terminal shows."""


def write(rows: Iterable[R], layout: Layout[R], fmt: str, out: TextIO, *, to_file: bool) -> int:
    """Write `rows` in one of `FORMATS`. Returns how many there were."""
    counted = _Counter(rows)
    if fmt == "table":
        from tracker.export.table import write_table

        write_table(counted, layout, out)
    elif fmt in ("csv", "tsv"):
        _delimited(counted, layout, out, "\t" if fmt == "tsv" else ",", to_file)
    else:
        _WRITERS[fmt](counted, layout, out)
    return counted.count


def write_typed(rows: Iterable[R], layout: Layout[R], fmt: str, out: BinaryIO) -> int:
    """Write `rows` in one of `BINARY`; the layout must have fields. Returns how many there were."""
    counted = _Counter(rows)
    if fmt == "xlsx":
        from tracker.export.workbook import write_workbook

        write_workbook(counted, layout.fields, out)
    else:
        from tracker.export.parquet import write_parquet

        write_parquet(counted, layout.fields, out)
    return counted.count


class _Counter(Iterable[R]):
    def __init__(self, rows: Iterable[R]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Any:
        for row in self._rows:
            self.count += 1
            yield row


def _json(rows: Iterable[R], layout: Layout[R], out: TextIO) -> None:
    before = "[\n"
    for row in rows:
        out.write(before + as_json(layout.record(row)))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")


def _jsonl(rows: Iterable[R], layout: Layout[R], out: TextIO) -> None:
    out.writelines(as_json(layout.record(row)) + "\n" for row in rows)


def _delimited(
    rows: Iterable[R], layout: Layout[R], out: TextIO, delimiter: str, to_file: bool
) -> None:
    # Files as RFC 4180 has them; in a pipe, a carriage return is only in the way.
    end = "\r\n" if to_file and delimiter == "," else "\n"
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    cells = layout.cells
    body = ([c if c is None or type(c) is int else _flat(c) for c in cells(row)] for row in rows)
    writer.writerows(chain([layout.names], body))


def _plain(value: Cell) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _flat(value: Cell) -> Cell:
    if type(value) is str:
        return cell(value)
    # The csv module writes whole numbers, decimal ones and nothing as they should be.
    return _plain(value) if type(value) is bool else value


def _markdown(rows: Iterable[R], layout: Layout[R], out: TextIO) -> None:
    out.write("| " + " | ".join(layout.names) + " |\n")
    out.write("|" + " --- |" * len(layout.names) + "\n")
    for row in rows:
        cells = (markdown_cell(_plain(c)) for c in layout.cells(row))
        out.write("| " + " | ".join(cells) + " |\n")


_WRITERS: dict[str, Callable[[Iterable[Any], Layout[Any], TextIO], None]] = {
    "json": _json,
    "jsonl": _jsonl,
    "markdown": _markdown,
}
