"""One round for reading: each field, its value, and the sentence it was read from.

In: a round and its reports. Out: text; the words that a value was read from are highlighted
on a terminal and marked »so« elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from tracker.export.disagreement import disagreement_line, disagreements
from tracker.export.layouts import money, source_line, stage
from tracker.export.safety import plain_line
from tracker.export.table import padded
from tracker.language import word
from tracker.records import ReportRow, RoundRow, Said, Span

_SENTENCE_END = re.compile(r"(?<=[다요죠음임함됨])\.(?:\s+|$)|[.!?。](?:\s+|$)|\n+")
NOTHING_SAID: Mapping[str, Said] = {}
MAX_CONTEXT = 160
"""Characters shown on either side of a value in a sentence without end."""


def write_evidence(
    row: RoundRow,
    reports: Sequence[ReportRow],
    out: TextIO,
    said: Mapping[str, Said] = NOTHING_SAID,
) -> None:
    """Write the round, field by field, with its evidence, and then its sources.

    `said`: which fields a person gave their value.
    """
    console = Console(file=out, highlight=False, markup=False, emoji=False, soft_wrap=False)
    marked = not console.is_terminal

    def line(text: Text, indent: int) -> None:
        if marked:
            out.write(" " * indent + text.plain + "\n")
        else:
            console.print(Padding(text, (0, 0, 0, indent)))

    line(Text(f"Round {row.id}: {plain_line(row.company)}", style="bold"), 0)
    differing = disagreements(reports)
    for name, value in _values(row, reports):
        by = (f"  ({said_by(said[name])})", "italic") if name in said else ""
        line(Text.assemble((padded(word(name), 13), "bold"), plain_line(value) or "-", by), 0)
        if name in differing:
            told = plain_line(disagreement_line(name, differing[name]))
            line(Text.assemble("  ", (f"reports differ: {told}", "yellow")), 2)
        for report in reports:
            for span in _spans(report, name):
                sentence = _quote(report.source.brief, span, marked)
                line(Text.assemble("  ", sentence, (f"  [{_who(report)}]", "dim")), 2)
    line(Text(word("reported by"), style="bold"), 0)
    for number, report in enumerate(reports, start=1):
        line(Text(f"{number}. {_who(report)}: {plain_line(report.source.brief[:MAX_CONTEXT])}"), 4)


def said_by(said: Said) -> str:
    """Whose word a value is, and since when."""
    return (
        f"{'accepted' if said.accepted else 'set'} by {plain_line(said.who)} on {said.at:%Y-%m-%d}"
    )


def _who(report: ReportRow) -> str:
    return plain_line(source_line(report.source)) or word("unnamed issue")


def _values(row: RoundRow, reports: Sequence[ReportRow]) -> list[tuple[str, str]]:
    described = next((r.values["description"] for r in reports if r.values["description"]), None)
    backers = ", ".join(i.name + (" (lead)" if i.lead else "") for i in row.investors)
    raw = f" ({row.stage_raw})" if row.stage_raw else ""
    return [
        ("company", row.company),
        ("description", str(described or "")),
        ("investors", backers),
        ("amount", _sum(row.amount, row.currency)),
        ("stage", stage(row.stage, extension=False) + raw),
        ("extension", word("yes" if row.extension else "no")),
        ("valuation", _sum(row.valuation, row.valuation_currency)),
        ("total_raised", _sum(row.total_raised, row.total_raised_currency)),
        ("announced_on", str(row.announced_on or "")),
        ("confidence", f"{row.confidence:.2f}"),
    ]


def _sum(amount: int | None, currency: str | None) -> str:
    if amount is None:
        return ""
    return f"{money(amount, currency)} ({amount} {currency or ''})".strip()


def _spans(report: ReportRow, name: str) -> Sequence[Span]:
    if name == "company":
        return (*report.spans.get("company", ()), *report.spans.get("company_alias", ()))
    return report.spans.get(name, ())


def _quote(text: str, span: Span, marked: bool) -> Text:
    """The sentence around ``text[span]``, on one line, with the value standing out."""
    start = max(
        (m.end() for m in _SENTENCE_END.finditer(text, 0, span.start)),
        default=0,
    )
    after = _SENTENCE_END.search(text, span.end)
    end = after.end() if after else len(text)
    head, tail = text[start : span.start], text[span.end : end]
    if len(head) > MAX_CONTEXT:
        head = "…" + head[-MAX_CONTEXT:]
    if len(tail) > MAX_CONTEXT:
        tail = tail[:MAX_CONTEXT] + "…"
    value = plain_line(text[span.start : span.end])
    return Text.assemble(
        _kept(head),
        (f"»{value}«" if marked else value, "bold reverse"),
        _kept(tail).rstrip(),
    )


def _kept(text: str) -> str:
    """One line of `text` that keeps the space at its edges."""
    bare = plain_line(text)
    before = " " if text[:1].isspace() and bare else ""
    after = " " if text[-1:].isspace() else ""
    return before + bare + after
