"""File read letters in the store: who is who, which reports are one round, many letters at once.

In: letters as the pipeline read them, and a writer in an open transaction. Out: how many rounds
each told. Identity decides, the writer looks up and writes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.identity import Gazetteer, company_party, investor_party, merge_reports, settle
from tracker.parsing.sectors import company_sectors
from tracker.records import Brief, ExtractedBrief, ExtractedRound, Issue, Party

if TYPE_CHECKING:
    from tracker.store import IssueWriter


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
    company: Party
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
) -> list[int | None]:
    """Write a batch of letters; the number of rounds each tells, None where it is known."""
    told = [_told(one, gazetteer) for one in read]
    named = [about for letter in told for brief in letter for about in brief]
    writer.expect(
        [one.letter.fingerprint for one in read],
        [about.company for about in named],
        [party for about in named for party in about.investors if party is not None],
    )
    desk = _Desk(writer)
    rounds = [_add(desk, one, letter, pipeline) for one, letter in zip(read, told, strict=True)]
    writer.write(merge_reports)
    return rounds


def _told(one: ReadLetter, gazetteer: Gazetteer) -> list[list[_About]]:
    """For every brief the rounds that it tells, with the parties as it names them."""
    found = []
    for _brief, read in one.parts:
        brief = []
        for told in _distinct(read.rounds) if read.rounds else ():
            company = company_party(told.company, told.company_alias)
            if company is not None:
                investors = [investor_party(i.name, gazetteer) for i in told.investors]
                brief.append(_About(told, company, investors))
        found.append(brief)
    return found


def _add(
    desk: _Desk,
    one: ReadLetter,
    told: Sequence[Sequence[_About]],
    pipeline: Mapping[str, str],
) -> int | None:
    issue, writer = one.letter.issue, desk.writer
    issue_id = writer.add_issue(issue, one.letter.fingerprint, pipeline)
    if issue_id is None:
        return None
    rounds = 0
    for position, ((brief, read), rows) in enumerate(zip(one.parts, told, strict=True)):
        brief_id = writer.add_brief(issue_id, position, brief, read)
        for ordinal, about in enumerate(rows):
            company_id = desk.company(about)
            investors = desk.investors(about)
            sectors = _sectors(brief.text, about.told)
            writer.add_report(brief_id, ordinal, company_id, about.told, investors, sectors)
            rounds += 1
    return rounds


def _sectors(text: str, told: ExtractedRound) -> tuple[str, ...]:
    """What the company does, as far as this brief says it."""
    company = told.spans.get("company")
    taken = [span for field, span in told.spans.items() if field not in ("company", "description")]
    taken += [investor.span for investor in told.investors]
    return company_sectors(text, company, told.description, taken)


class _Desk:
    """Who is who in one batch: what was settled once is not settled again."""

    def __init__(self, writer: IssueWriter) -> None:
        self.writer = writer
        self._companies: dict[tuple[str, str | None], int] = {}
        self._investors: dict[str, int] = {}

    def company(self, about: _About) -> int:
        """The id of the company that raised."""
        named = about.told.company, about.told.company_alias
        if named not in self._companies:
            writer = self.writer
            settled = _settled(about.company, writer.companies, writer.save_company)
            self._companies[named] = settled
        return self._companies[named]

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


def _distinct(rounds: Iterable[ExtractedRound]) -> list[ExtractedRound]:
    """Without exact doubles: one brief tells one round once."""
    seen: dict[tuple[object, ...], ExtractedRound] = {}
    for told in rounds:
        seen.setdefault(
            (told.company, told.amount, told.currency, told.stage, told.extension), told
        )
    return list(seen.values())
