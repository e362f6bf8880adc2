"""`tracker extract`: read text, print what it holds, store nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from tracker.errors import BadValue, TrackerError

if TYPE_CHECKING:
    from tracker.extraction import Extractor
    from tracker.records import Brief, ExtractedBrief, ExtractedRound, Issue

_LINE_LIMIT = 1_000_000
"""Characters of one JSONL line; a longer one is an error on its place, not a full memory."""


def extract(
    source: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help="A letter, or - for standard input.")
    ] = "-",
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help='One {"id", "text"} a line in, one {"id", "rounds"} a line out.'
        ),
    ] = False,
    output: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")
    ] = "text",
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="DIR", help="Another pipeline than the shipped one."),
    ] = None,
) -> None:
    """Print the rounds in a letter, without storing anything.

    Examples:

      tracker extract data/issues/LETTER.md

      tracker extract --jsonl < briefs.jsonl > rounds.jsonl
    """
    if output not in ("text", "json"):
        raise BadValue(f"not a format of extract: {output!r} (use text or json)")
    if jsonl:
        raise typer.Exit(_extract_lines(source, model))
    from tracker.segment import find_briefs, read_head
    from tracker.sources import find_sources, read_source

    for path in find_sources([source]):
        for issue in map(read_head, read_source(path)):
            briefs = find_briefs(issue)
            read = list(_load(model).extract((brief.text, issue.issued_on) for brief in briefs))
            show = _print_json if output == "json" else _print_text
            show(issue, briefs, read)


def _load(model: str | None) -> Extractor:
    from tracker.extraction import load_extractor

    return load_extractor(model)


@dataclass(slots=True)
class _Row:
    """One input line: what to read, or why it cannot be read."""

    id: Any
    text: str = ""
    day: date | None = None
    error: str | None = None


def _read_row(line: str, number: int) -> _Row:
    if len(line) > _LINE_LIMIT:
        return _Row(None, error=f"line {number}: longer than {_LINE_LIMIT:,} characters")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as e:
        return _Row(None, error=f"line {number}: not JSON ({getattr(e, 'msg', 'too deep')})")
    if not isinstance(row, dict):
        return _Row(None, error=f"line {number}: not a JSON object")
    known = row.get("id")
    if not isinstance(row.get("text"), str):
        return _Row(known, error=f'line {number}: "text" is missing or not a string')
    try:
        day = date.fromisoformat(row["date"][:10]) if row.get("date") else None
    except (ValueError, TypeError):
        return _Row(known, error=f'line {number}: "date" is not an ISO date')
    return _Row(known, row["text"], day)


def _extract_lines(source: str, model: str | None) -> int:
    """Stream briefs through the pipeline in batches. Returns the exit code."""
    from tracker.extraction import BATCH

    stream: IO[str]
    if source == "-":
        stream = sys.stdin
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    else:
        try:
            stream = open(source, encoding="utf-8", errors="replace")  # noqa: SIM115
        except OSError as e:
            raise TrackerError(f"{source}: {e.strerror}") from e
    extractor = _load(model)
    failed = False
    rows = (
        _read_row(line, number)
        for number, line in enumerate(_bounded_lines(stream), 1)
        if line.strip()
    )
    while batch := list(islice(rows, BATCH)):
        good = [row for row in batch if row.error is None]
        found = extractor.extract((row.text, row.day) for row in good)
        for row in batch:
            if row.error is not None:
                failed = True
                _write({"id": row.id, "error": row.error})
            else:
                brief = next(found)
                rounds = [round_object(r) for r in brief.rounds]
                _write({"id": row.id, "kind": brief.kind, "rounds": rounds})
    sys.stdout.flush()
    return int(failed)


def _bounded_lines(stream: IO[str]) -> Iterator[str]:
    """The lines of a stream; the rest of an over-long one is skipped, not held."""
    while line := stream.readline(_LINE_LIMIT + 1):
        yield line
        while len(line) > _LINE_LIMIT and not line.endswith("\n"):
            line = stream.readline(_LINE_LIMIT + 1)


def _write(row: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def round_object(r: ExtractedRound) -> dict[str, Any]:
    """A round in the contract's fields, with `spans`: field → [start, end] into the text.

    `spans.investors` is a list in the order of the investors.
    """
    spans: dict[str, Any] = {name: [s.start, s.end] for name, s in r.spans.items()}
    spans["investors"] = [[i.span.start, i.span.end] for i in r.investors]
    return {
        "company": r.company,
        "company_alias": r.company_alias,
        "description": r.description,
        "investors": [{"name": i.name, "lead": i.lead} for i in r.investors],
        "amount": r.amount,
        "currency": r.currency,
        "stage": r.stage,
        "stage_raw": r.stage_raw,
        "extension": r.extension,
        "valuation": r.valuation,
        "valuation_currency": r.valuation_currency,
        "total_raised": r.total_raised,
        "total_raised_currency": r.total_raised_currency,
        "announced_on": r.announced_on.isoformat() if r.announced_on else None,
        "confidence": r.confidence,
        "spans": spans,
    }


def _print_json(issue: Issue, briefs: list[Brief], read: list[ExtractedBrief]) -> None:
    rows = [
        {
            "text": brief.text,
            "section": brief.section,
            "kind": found.kind,
            "start": brief.start,
            "end": brief.end,
            "rounds": [round_object(r) for r in found.rounds],
        }
        for brief, found in zip(briefs, read, strict=True)
        if brief.in_news_section or found.rounds
    ]
    head = {
        "issued_on": issue.issued_on.isoformat() if issue.issued_on else None,
        "title": issue.title,
        "newsletter": issue.newsletter,
        "number": issue.number,
        "briefs": rows,
    }
    sys.stdout.write(json.dumps(head, ensure_ascii=False, indent=1) + "\n")


def _print_text(issue: Issue, briefs: list[Brief], read: list[ExtractedBrief]) -> None:
    from tracker.export.safety import printable
    from tracker.parsing.money import format_money
    from tracker.parsing.stages import stage_label

    def out(line: str) -> None:
        typer.echo(printable(line))

    head = [str(issue.issued_on or "no date"), issue.newsletter or "", issue.title or ""]
    out(" · ".join(part for part in head if part))
    for brief, found in zip(briefs, read, strict=True):
        if not (brief.in_news_section or found.rounds):
            continue
        text = " ".join(brief.text.split())
        out(f"\n[{found.kind}] {text}")
        for r in found.rounds:
            money = format_money(r.amount, r.currency) if r.amount and r.currency else "undisclosed"
            stage = stage_label(r.stage) if r.stage else "no stage"
            names = ", ".join(i.name + (" (lead)" if i.lead else "") for i in r.investors)
            out(f"  → {r.company} | {money} | {stage} | {names or 'no investor named'}")
