"""File read letters in the store: who is who, which reports are one round, many letters at once.

In: letters as the pipeline read them, and a writer in an open transaction. Out: how many rounds
each told. Identity decides, the writer looks up and writes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from tracker.identity import (
    Gazetteer,
    LetterText,
    alike,
    best_name,
    company_keys,
    doubtful_rounds,
    investor_party,
    resolve_companies,
    same_letter,
    settle,
)
from tracker.identity.issues import ENOUGH
from tracker.parsing.sectors import company_sectors
from tracker.records import Brief, ExtractedBrief, ExtractedRound, Issue, Party

if TYPE_CHECKING:
    from tracker.store import IssueWriter
    from tracker.store.writer import Judge


@dataclass(frozen=True, slots=True)
class Letter:
    """An issue that is new, cut into its briefs."""

    issue: Issue
    fingerprint: str
    briefs: Sequence[Brief]


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """A letter with those of its briefs that are kept, and what the pipeline says of them."""

    letter: Letter
    parts: Sequence[tuple[Brief, ExtractedBrief]]


@dataclass(frozen=True, slots=True)
class _About:
    """A round that a brief tells, with the parties it names; None for a name of nothing."""

    told: ExtractedRound
    company: tuple[str, ...]
    """The comparison keys of its names."""
    investors: Sequence[Party | None]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the garbage collector rest: a batch is bounded, and its records point in no circle.

    It would else search the whole program's objects again and again, a third of all the time.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_uncollected()
def file_letters(
    writer: IssueWriter,
    read: Sequence[ReadLetter],
    pipeline: Mapping[str, str],
    gazetteer: Gazetteer,
    source_id: int | None = None,
) -> list[int | None]:
    """Write a batch of letters; the number of rounds each tells, None where it is known.

    A letter that is known in another form is written as a copy of that issue.
    """
    # The well-known ones are named again and again.
    party = cache(lambda name: investor_party(name, gazetteer, writer.verdicts.investors))
    told = [_told(one, party) for one in read]
    texts = [_text(one) for one in read]
    named = [about for letter in told for brief in letter for about in brief]
    writer.expect(
        [one.letter.fingerprint for one in read],
        [key for about in named for key in about.company],
        [party for about in named for party in about.investors if party is not None],
        [key for text in texts for key in text.keys],
        [one.letter.issue.raw for one in read],
    )
    desk = _Desk(writer)
    shelf = _Shelf(writer, source_id)
    rounds = [
        _add(desk, one, letter, pipeline, shelf, text)
        for one, letter, text in zip(read, told, texts, strict=True)
    ]
    writer.write(_judge(writer))
    return rounds


def is_known(writer: IssueWriter, one: ReadLetter) -> bool:
    """Whether `file_letters` would find the letter known; nothing is written."""
    text = _text(one)
    writer.expect([one.letter.fingerprint], (), (), text.keys)
    return (
        writer.copies.knows(one.letter.fingerprint) or _Shelf(writer, None).find(text) is not None
    )


def _text(one: ReadLetter) -> LetterText:
    """The letter as it is compared: with the briefs that the store will hold."""
    issue = one.letter.issue
    return LetterText(issue.text, [brief.text for brief, _ in one.parts], issue.issued_on)


def refile(
    writer: IssueWriter,
    gazetteer: Gazetteer,
    *,
    companies: Iterable[int] = (),
    investors: Iterable[int] = (),
) -> None:
    """Decide again who is who and which reports are one round, from all that is stored.

    For after a person has decided something: to merge, split or rename, write the verdict, and
    call this with the ids of those concerned. What hangs together with them by name is taken
    along. Ids stay where they can; of two that become one the lower.
    """
    decided = writer.verdicts.investors
    backed = writer.regroup_investors(
        investors, lambda name: investor_party(name, gazetteer, decided), best_name
    )
    writer.write(_judge(writer), {*companies, *backed})


def _judge(writer: IssueWriter) -> Judge:
    from tracker.store.writer import Judge

    return Judge(
        resolve=partial(resolve_companies, verdicts=writer.verdicts),
        alike=alike,
        doubtful=partial(doubtful_rounds, verdicts=writer.verdicts),
    )


def _told(one: ReadLetter, party: Callable[[str], Party | None]) -> list[list[_About]]:
    """For every brief the rounds that it tells, with the parties as it names them."""
    found = []
    for _brief, read in one.parts:
        brief = []
        for told in distinct_rounds(read.rounds) if read.rounds else ():
            company = company_keys(told.company, told.company_alias)
            investors = [party(mention.name) for mention in told.investors]
            brief.append(_About(told, company, investors))
        found.append(brief)
    return found


def _add(
    desk: _Desk,
    one: ReadLetter,
    told: Sequence[Sequence[_About]],
    pipeline: Mapping[str, str],
    shelf: _Shelf,
    text: LetterText,
) -> int | None:
    writer = desk.writer
    issue_id = shelf.put(one.letter, text, pipeline)
    if issue_id is None:
        return None
    rounds = 0
    for position, ((brief, read), rows) in enumerate(zip(one.parts, told, strict=True)):
        brief_id = writer.add_brief(issue_id, position, brief, read)
        for ordinal, about in enumerate(rows):
            investors = desk.investors(about)
            sectors = _sectors(brief.text, about.told)
            writer.add_report(brief_id, ordinal, about.company, about.told, investors, sectors)
            rounds += 1
    return rounds


def _sectors(text: str, told: ExtractedRound) -> tuple[str, ...]:
    """What the company does, as far as this brief says it."""
    company = told.spans.get("company")
    taken = [span for field, span in told.spans.items() if field not in ("company", "description")]
    taken += [investor.span for investor in told.investors]
    return company_sectors(text, company, told.description, taken)


class _Shelf:
    """Which letter is which in one batch, and where they come from."""

    def __init__(self, writer: IssueWriter, source_id: int | None) -> None:
        self._writer = writer
        self._source_id = source_id
        self._texts: dict[int, LetterText] = {}

    def find(self, text: LetterText) -> int | None:
        """The issue that the letter is another form of."""
        for known in self._writer.copies.alike(text.keys, ENOUGH):
            if same_letter(text, self._stored(known)):
                return known
        return None

    def put(self, letter: Letter, text: LetterText, pipeline: Mapping[str, str]) -> int | None:
        """Write the issue and return its id; None where it is known, in whatever form."""
        copies, issue = self._writer.copies, letter.issue
        if not copies.knows(letter.fingerprint) and (known := self.find(text)):
            copies.add(known, issue, letter.fingerprint, self._source_id)
            return None
        issue_id = self._writer.add_issue(issue, letter.fingerprint, pipeline, self._source_id)
        if issue_id is not None:
            copies.add_keys(issue_id, text.keys)
            self._texts[issue_id] = text
        return issue_id

    def _stored(self, issue_id: int) -> LetterText:
        if issue_id not in self._texts:
            self._texts[issue_id] = LetterText(*self._writer.letter(issue_id))
        return self._texts[issue_id]


class _Desk:
    """Which investor is which in one batch: what was settled once is not settled again."""

    def __init__(self, writer: IssueWriter) -> None:
        self.writer = writer
        self._investors: dict[str, int] = {}

    def investors(self, about: _About) -> list[int | None]:
        """The ids of the investors, None where a name says nothing."""
        found: list[int | None] = []
        for mention, party in zip(about.told.investors, about.investors, strict=True):
            if party is None:
                found.append(None)
                continue
            if mention.name not in self._investors:
                writer = self.writer
                settled = _settled(party, writer.investors, writer.save_investor)
                self._investors[mention.name] = settled
            found.append(self._investors[mention.name])
        return found


def _settled(
    named: Party, find: Callable[[Party], list[Party]], save: Callable[[Party], int]
) -> int:
    """The id of the party that a brief names, written only if it is news."""
    stored = find(named)
    settled = settle(named, stored)
    if stored and settled is stored[0]:
        assert settled.id is not None
        return settled.id
    return save(settled)


def distinct_rounds(rounds: Iterable[ExtractedRound]) -> list[ExtractedRound]:
    """Without exact doubles: one brief tells one round once. Nor any of a company without name."""
    seen: dict[tuple[object, ...], ExtractedRound] = {}
    for told in rounds:
        if company_keys(told.company, None):
            said = (told.company, told.amount, told.currency, told.stage, told.extension)
            seen.setdefault(said, told)
    return list(seen.values())
