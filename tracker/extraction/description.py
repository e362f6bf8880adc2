"""What a text says a company is: the words beside its name → `description` with its span.

    신선식품 유통기한 연장 솔루션 기업 퓨어스페이스가 …    → 신선식품 유통기한 연장 솔루션
    Berlin-based battery recycling startup Reloop …     → battery recycling

In: the brief's text and a round that was read from it. Out: the same round, its description
filled in where there is one. No model: a description ends (Korean) or stands (English) at a word
that names a sort of company or product, and reaches as far as its phrase does. Where in doubt
there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.extraction.description_en import after_en, before_en
from tracker.extraction.description_ko import after_ko, before_ko
from tracker.records import ExtractedRound, Span

MAX_CHARS = 90
_MAX_PLACES = 12
"""A name that stands in more places than this says nothing new in the next."""
_HANGUL = re.compile("[가-힣]")


def describe(text: str, told: ExtractedRound) -> ExtractedRound:
    """`told` with its `description` and the span of it, where `text` gives one."""
    if told.description is not None or "company" not in told.spans:
        return told
    taken = [
        told.spans["company"],
        *(s for s in told.spans.values()),
        *(i.span for i in told.investors),
    ]
    found = find_description(text, told.spans["company"], taken)
    if found is None:
        return told
    spans = {**told.spans, "description": found}
    return replace(told, description=" ".join(text[found.start : found.end].split()), spans=spans)


def find_description(text: str, company: Span, taken: Sequence[Span] = ()) -> Span | None:
    """The span that says what the company is, or None.

    `company` is the place of its name; other places of the same name count too, and of several
    descriptions the longest is kept. `taken` are spans that hold something else.
    """
    name = text[company.start : company.end]
    if not name.strip():
        return None
    best: Span | None = None
    for start, end in _places(text, company, name):
        for found in _candidates(text, start, end, taken):
            if best is None or found.end - found.start > best.end - best.start:
                best = found
    return best


def _places(text: str, company: Span, name: str) -> Iterator[tuple[int, int]]:
    yield company.start, company.end
    at = text.find(name)
    for _ in range(_MAX_PLACES):
        if at < 0:
            return
        # "Tern" is no place of "Ternary"; behind a Korean name a particle may stand.
        whole = not (
            text[at - 1 : at].isalnum()
            or (text[at + len(name) : at + len(name) + 1].isalnum() and name.isascii()
                and text[at + len(name)].isascii())
        )  # fmt: skip
        if whole and at != company.start:
            yield at, at + len(name)
        at = text.find(name, at + len(name))


def _candidates(text: str, start: int, end: int, taken: Sequence[Span]) -> Iterator[Span]:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    floor = max([line_start, start - 3 * MAX_CHARS, *(s.end for s in taken if s.end <= start)])
    while line_start < floor < start and not text[floor].isspace() and text[floor] not in ",.;:|":
        floor += 1  # the particle behind an investor's name
    ceiling = min([line_end, end + 3 * MAX_CHARS])
    before, after = text[floor:start], text[end:ceiling]
    korean = bool(_HANGUL.search(text[max(line_start, start - 60) : min(line_end, end + 60)]))
    readers = (before_ko, after_ko) if korean else (before_en, after_en)
    for part, offset, read in ((before, floor, readers[0]), (after, end, readers[1])):
        found = read(part)
        if found is None or not 2 <= found[1] - found[0] <= MAX_CHARS:
            continue
        span = Span(offset + found[0], offset + found[1])
        if not any(s.start < span.end and span.start < s.end for s in taken):
            yield span
