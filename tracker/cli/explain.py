"""`tracker extract --explain`: a brief with its candidates in colour, and why it reads as it does."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import TrackerError

if TYPE_CHECKING:
    from rich.text import Text

    from tracker.extraction.explain import Explanation

_COLOURS = {
    "company": "#1b7f4d",
    "investor": "#1f5fbf",
    "lead": "#7a3fb8",
    "amount": "#b35900",
    "valuation": "#8a6d00",
    "total_raised": "#6b6b00",
    "stage": "#a3195b",
    "extension": "#c2477f",
    "unsure": "#666666",
}


def show(text: str, model: str | None, html: Path | None) -> None:
    """Explain `text` in the terminal, or into a file. Raises `TrackerError` where it cannot be written."""
    from tracker.extraction import load_extractor
    from tracker.extraction.explain import explain

    found = explain(load_extractor(model), text)
    if html is None:
        _print(found)
        return
    try:
        html.write_text(_page(found), encoding="utf-8")
    except OSError as error:
        raise TrackerError(f"{html}: {error.strerror}") from error


def _print(found: Explanation) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from tracker.export.safety import plain_line

    console = Console(highlight=False, soft_wrap=False)
    console.print(_painted(found))
    console.print()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("role", "sure", "text", "read as"):
        table.add_column(heading, overflow="fold")
    for c in found.candidates:
        words = plain_line(found.text[c.span.start : c.span.end])
        role = Text(c.role, style=_COLOURS[c.role])
        table.add_row(role, f"{c.probability:.2f}", Text(words), Text(c.value))
    if found.candidates:
        console.print(table)
        console.print()
    likely = ", ".join(f"{kind} {p:.2f}" for kind, p in found.kinds[:3])
    console.print(Text(f"kind: {likely}"))
    console.print(Text(found.reason, style="bold"))
    for line in _rounds(found):
        console.print(Text("  → " + plain_line(line)))


def _painted(found: Explanation) -> Text:
    from rich.text import Text

    from tracker.export.safety import printable

    out = Text()
    for words, role in _pieces(found):
        out.append(printable(words), style=f"bold white on {_COLOURS[role]}" if role else "")
    return out


def _pieces(found: Explanation) -> list[tuple[str, str]]:
    """The text cut at its candidates: (words, role or "")."""
    pieces = []
    at = 0
    for c in found.candidates:
        if c.span.start < at:
            continue
        pieces.append((found.text[at : c.span.start], ""))
        pieces.append((found.text[c.span.start : c.span.end], c.role))
        at = c.span.end
    pieces.append((found.text[at:], ""))
    return [piece for piece in pieces if piece[0]]


def _rounds(found: Explanation) -> list[str]:
    from tracker.parsing.money import format_money
    from tracker.parsing.stages import stage_label

    lines = []
    for r in found.brief.rounds:
        money = format_money(r.amount, r.currency) if r.amount and r.currency else "undisclosed"
        names = ", ".join(i.name + (" (lead)" if i.lead else "") for i in r.investors)
        stage = stage_label(r.stage) if r.stage else "no stage"
        said = f"{r.company} | {money} | {stage} | {names or 'no investor named'}"
        lines.append(f"{said} | confidence {r.confidence:.2f}")
    return lines


_STYLE = (
    "body{font:16px/1.7 sans-serif;max-width:50em;margin:2em auto}"
    "mark{color:#fff;border-radius:.3em;padding:.1em .3em}"
    "mark small{opacity:.8;margin-left:.4em}td{padding:.1em 1em .1em 0}"
)


def _page(found: Explanation) -> str:
    """A page of its own, everything from the text escaped."""
    body = []
    for words, role in _pieces(found):
        said = escape(words).replace("\n", "<br>\n")
        if role:
            said = f'<mark style="background:{_COLOURS[role]}">{said}<small>{role}</small></mark>'
        body.append(said)
    rows = "".join(
        f"<tr><td>{c.role}<td>{c.probability:.2f}"
        f"<td>{escape(found.text[c.span.start : c.span.end])}<td>{escape(c.value)}"
        for c in found.candidates
    )
    kinds = ", ".join(f"{kind} {p:.2f}" for kind, p in found.kinds)
    rounds = "".join(f"<li>{escape(line)}" for line in _rounds(found))
    return (
        f'<!doctype html><meta charset="utf-8"><title>Why</title><style>{_STYLE}</style>'
        f"<p>{''.join(body)}</p><table>{rows}</table><p>kind: {kinds}</p>"
        f"<p><b>{escape(found.reason)}</b></p><ul>{rounds}</ul>\n"
    )
