"""`tracker extract`: read text, print what it holds, store nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.round_json import round_object
from tracker.errors import BadValue

if TYPE_CHECKING:
    from tracker.extraction import Extractor
    from tracker.records import Brief, ExtractedBrief, Issue


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
    why: Annotated[
        str | None,
        typer.Option("--explain", metavar="TEXT", help="Show why this brief reads as it does."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="With --explain: a page instead of colours."),
    ] = None,
    processes: Annotated[
        int, typer.Option("--processes", metavar="N", min=1, help="With --jsonl: read in N.")
    ] = 1,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="DIR", help="Another pipeline than the shipped one."),
    ] = None,
) -> None:
    """Print the rounds in a letter, without storing anything.

    \b
    Examples:
      tracker extract data/issues/LETTER.md
      tracker extract --jsonl --processes 2 < briefs.jsonl > rounds.jsonl
      tracker extract --explain "퓨어그린이 나래벤처스에서 60억원을 유치했다"
    """
    if why is not None:
        from tracker.cli.explain import show as show_why

        show_why(why, model, html)
        return
    if output not in ("text", "json"):
        raise BadValue(f"not a format of extract: {output!r} (use text or json)")
    if jsonl:
        from tracker.cli.extract_lines import extract_lines

        raise typer.Exit(extract_lines(source, model, processes))
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
