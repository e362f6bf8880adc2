"""Doubts as a CSV file, to be decided elsewhere, and read back.

One line a doubt. A person writes an action (accept, edit, not a round; merge, keep apart) and, to
edit, other values; an empty action leaves the line for later. Reading checks every line first:
nothing is applied from a file with a bad line, and applying a file twice changes nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from sqlalchemy import Connection

from tracker.corrections.deciding import (
    Decision,
    RoundAt,
    find_item,
    read_action,
    read_kind,
)
from tracker.corrections.rounds import round_at, values_of
from tracker.corrections.values import Wanted, in_words, read_wanted
from tracker.errors import TrackerError
from tracker.export.layouts import source_line
from tracker.export.safety import cell
from tracker.parsing.money import parse_money
from tracker.query.doubts import Doubt
from tracker.records import RoundRow
from tracker.store.verdicts import SUMS, Said

VALUES = ("company", "investors", "amount", "stage", "extension", "date", "valuation", "total")
COLUMNS = ("item", "action", "why", "about", *VALUES, "kind", "sources", "briefs")
_FIELDS = {"date": "announced_on", "total": "total_raised"}
MAX_BYTES = 50_000_000
MAX_CELL = 1_000_000


def write_todo(connection: Connection, doubts: Iterable[Doubt], out: TextIO) -> int:
    """Write the doubts as CSV. Returns how many."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for doubt in doubts:
        row = dict.fromkeys(COLUMNS, "")
        row |= {"item": doubt.item, "why": "; ".join(doubt.reasons)}
        pairs = zip(doubt.names, doubt.ids, strict=True)
        row["about"] = " = ".join(f"{name} ({id_})" for name, id_ in pairs)
        if doubt.kind == "round":
            found, _ = round_at(connection, doubt.ids[0])
            row |= _cells(found)
            row["sources"] = "; ".join(source_line(source) for source in found.sources)
            row["briefs"] = "\n\n".join(source.brief for source in found.sources)
        writer.writerow([cell(row[name]) for name in COLUMNS])
        count += 1
    return count


def _cells(row: RoundRow) -> dict[str, str]:
    """A round's values as they stand in the file."""
    values = values_of(row)
    return {
        name: _text(_FIELDS.get(name, name), values[_FIELDS.get(name, name)]) for name in VALUES
    }


def _text(name: str, said: Said) -> str:
    words = in_words(name, said)
    if name in SUMS and said:
        read = parse_money(words)
        if read is None or [read.amount, read.currency] != said:
            return f"{said[0]} {said[1] or ''}".strip()
    return "" if words == "-" else words


def read_todo(connection: Connection, path: Path) -> tuple[list[Decision], list[str]]:
    """The decisions in a file, and what is wrong with it, line by line.

    Raises `TrackerError` where it is no such file at all.
    """
    decisions: list[Decision] = []
    wrong: list[str] = []
    for line, row in _rows(path):
        try:
            decision = _decision(connection, row)
        except TrackerError as error:
            wrong.append(f"{path.name}:{line}: {error}")
            continue
        if decision is not None:
            decisions.append(decision)
    return decisions, wrong


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of the file, each with its number."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise TrackerError(f"{path.name}: is larger than {MAX_BYTES // 10**6} MB")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TrackerError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise TrackerError(f"{path.name}: is not UTF-8; save it as CSV UTF-8") from None
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if "item" not in header or "action" not in header:
            raise TrackerError(f"{path.name}: has no columns item and action")
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cells):
                yield line, dict(zip(header, map(_unguarded, cells), strict=False))
    except csv.Error as error:
        raise TrackerError(f"{path.name}:{reader.line_num}: is not CSV: {error}") from None


def _unguarded(text: str) -> str:
    """A cell without the mark that keeps a spreadsheet from running it."""
    return text[1:].strip() if text[:1] == "'" and text[1:2] in tuple("=+-@\t\r") else text.strip()


def _decision(connection: Connection, row: dict[str, str]) -> Decision | None:
    item = row.get("item", "")
    action = read_action(row.get("action", ""), item)
    if action == "skip":
        return None
    at = find_item(connection, item)
    if action != "edit":
        kind = read_kind(row.get("kind")) if action == "not a round" else None
        return Decision(item, action, kind=kind)
    if not isinstance(at, RoundAt) or at.id is None:
        raise TrackerError(f"item {item!r}: is no round any more")
    found, _ = round_at(connection, at.id)
    wanted = _wanted(row, _cells(found))
    read_wanted(wanted, {name: getattr(found, code) for name, code in SUMS.items()})
    return Decision(item, action, wanted if wanted != Wanted() else None)


def _wanted(row: dict[str, str], present: dict[str, str]) -> Wanted:
    """What the line says otherwise than the round does."""
    new = {name: row[name] for name in VALUES if name in row and row[name] != present[name]}
    clear: Sequence[str] = [name for name, text in new.items() if not text]
    given: dict[str, str] = {name: text for name, text in new.items() if text}
    extension = given.pop("extension", None)
    flag = None
    if extension is not None:
        if extension.lower() not in ("yes", "no", "true", "false"):
            raise TrackerError(f"extension {extension!r}: write yes or no")
        flag = extension.lower() in ("yes", "true")
    return Wanted(**given, extension=flag, clear=clear)
