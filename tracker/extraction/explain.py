"""Why a brief reads as it does: candidates, roles, kinds and the gate, for people to look at.

In: a text and a loaded extractor. Out: an `Explanation` in the characters of the text given; how
it is shown is for `tracker.cli`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.extraction.assembly import GATE, assemble
from tracker.extraction.decode import Decoded, decode
from tracker.extraction.normalize import normalize, original_span
from tracker.parsing.stages import stage_label
from tracker.records import MAX_BRIEF_CHARS, ExtractedBrief, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.extraction import Extractor


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of the text that may be a value: its likeliest role and how likely that is."""

    span: Span
    role: str
    probability: float
    value: str
    """What it was read as: an amount in whole units, a stage's name; empty for names."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that led to the rounds of a brief, or to their absence."""

    text: str
    candidates: tuple[Candidate, ...]
    kinds: tuple[tuple[str, float], ...]
    """Every kind with its probability, the likeliest first."""
    brief: ExtractedBrief
    reason: str
    """One sentence: why there is a round, or none."""


def explain(extractor: Extractor, text: str) -> Explanation:
    """Read `text` and keep what the assembly saw."""
    text = text[:MAX_BRIEF_CHARS]
    clean, offsets = normalize(text)
    doc = extractor.nlp(clean)
    brief = assemble(doc, offsets, text, calibration=extractor.calibration)
    kinds = tuple(sorted(doc.cats.items(), key=lambda item: -item[1]))
    found = tuple(_candidates(decode(doc), offsets)) if len(doc) else ()
    return Explanation(text, found, kinds, brief, _reason(brief, dict(kinds), found))


def _candidates(decoded: Decoded, offsets: Sequence[int]) -> Iterator[Candidate]:
    rows: list[tuple[int, int, str, float, str]] = []
    for party in decoded.parties:
        for m in party.mentions:
            rows.append((m.start, m.end, party.part, party.probability, ""))
    for s in decoded.sums:
        amount = "vague" if s.money.amount is None else f"{s.money.amount:,}"
        value = f"{amount} {s.money.currency or ''}".strip()
        rows.append((s.money.start, s.money.end, s.role, s.probability, value))
    for stage in decoded.stages:
        label = stage_label(stage.stage.stage) if stage.stage.stage else ""
        rows.append((stage.start, stage.end, "stage", stage.probability, label))
    for start, end, _, probability in decoded.extensions:
        rows.append((start, end, "extension", probability, ""))
    for start, end, role, probability, value in sorted(rows):
        yield Candidate(original_span(offsets, start, end), role, round(probability, 3), value)


def _reason(brief: ExtractedBrief, kinds: dict[str, float], found: Sequence[Candidate]) -> str:
    funding = kinds.get("funding", 0.0)
    gate = f"funding {funding:.2f}, the gate is {GATE:.2f}"
    if brief.rounds:
        number = "a round" if len(brief.rounds) == 1 else f"{len(brief.rounds)} rounds"
        return f"{number}: {gate}"
    if funding >= GATE and not any(c.role == "company" for c in found):
        return f"no round: {gate}, but no company was found that got the money"
    return f"no round: read as {brief.kind} ({gate})"
