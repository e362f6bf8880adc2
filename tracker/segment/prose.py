"""Sections that are no news lists in, the passages of their articles that report a round out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.segment import signals
from tracker.segment import vocabulary as words
from tracker.segment.items import Item, itemise
from tracker.segment.outline import Section

_WORD = re.compile(r"[^\W\d_]{3,}")
_MAX_LEAD = 1200
_MAX_PASSAGE = 1800


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the issue's text from `start` to `end`."""

    start: int
    end: int
    section: str | None
    in_news: bool = False


class Told:
    """What has been told already: sums, and the names that stood beside them."""

    def __init__(self) -> None:
        self._beside: dict[str, set[str]] = {}

    def add(self, text: str) -> None:
        """Remember a brief."""
        names = _names(text)
        for amount in signals.amounts(text):
            self._beside.setdefault(amount, set()).update(names)

    def retells(self, text: str) -> bool:
        """Whether every sum in `text` was told before, beside a name that `text` has too."""
        sums = signals.amounts(text)
        names = _names(text)
        return bool(sums) and all(names & self._beside.get(amount, set()) for amount in sums)


def _names(text: str) -> set[str]:
    """Beginnings of the words that may be names; particles come at their ends."""
    found = (word.casefold() for word in _WORD.findall(text[:4000]))
    return {word[:3] for word in found if not words.COMMONPLACE.match(word)}


def passages(
    sections: Iterable[Section], told: Told, text: str, *, only_headlines: bool
) -> Iterator[Passage]:
    """Yield what the articles report, a paragraph together with what it refers back to.

    What only repeats what was `told` is a summary. With `only_headlines`, for a letter that
    has a news section, articles count only where their very headline reports a round.
    """
    for section in sections:
        if section.announces == "other":
            continue
        items = [item for item in itemise(section.lines) if item.key != "header"]
        if _headline_reports(section):
            passage = _lead(section, items)
            if not told.retells(text[passage.start : passage.end]):
                yield passage
                told.add(text[passage.start : passage.end])
            items = [item for item in items if item.start >= passage.end]
        if not only_headlines:
            for passage in _paragraphs(section, items, told):
                yield passage
                told.add(text[passage.start : passage.end])


def _headline_reports(section: Section) -> bool:
    heading = section.heading
    return heading is not None and signals.reports_funding(heading.content)


def _words(item: Item) -> str:
    return "\n".join([item.lines[0].content, *(line.text for line in item.lines[1:])])


def _lead(section: Section, items: Sequence[Item]) -> Passage:
    """The headline and the paragraphs below it, as far as they tell of the round."""
    heading = section.heading
    assert heading is not None
    start, end = heading.body, heading.end
    for number, item in enumerate(items):
        if item.end - start > _MAX_LEAD and number:
            break
        if number >= 2 and not signals.reports_funding(_words(item)):
            break
        if signals.is_unwanted(_words(item)) or (item.rule and number):
            break
        end = item.end
    return Passage(start, end, section.title, section.announces in ("news", "weak"))


def _paragraphs(section: Section, items: Sequence[Item], told: Told) -> Iterator[Passage]:
    """Paragraphs that report a round, each with the one before where it refers back to it."""
    pending: Passage | None = None
    before: Item | None = None
    for item in items:
        text = _words(item)
        refers_back = words.ANAPHORA.match(item.lines[0].content) is not None
        if pending and refers_back and signals.is_relevant(text):
            if item.end - pending.start <= _MAX_PASSAGE:
                pending = Passage(pending.start, item.end, pending.section)
                before = item
                continue
        if signals.reports_funding(text) and not signals.is_unwanted(text) and not item.label:
            if not told.retells(text):
                if pending:
                    yield pending
                start = item.start
                if refers_back and before is not None and not signals.is_unwanted(_words(before)):
                    start = before.start if not pending else max(before.start, pending.end)
                pending = Passage(start, item.end, section.title)
        before = item
    if pending:
        yield pending
