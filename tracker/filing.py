"""File read letters in the store: who is who, which reports are one round, many letters at once.

In: letters as the pipeline read them, and a writer in an open transaction. Out: how many rounds
each told. Identity decides, the writer looks up and writes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tracker.identity import (
    Gazetteer,
    alike,
    best_name,
    company_keys,
    doubtful_rounds,
    investor_party,
    resolve_companies,
    settle,
)
from tracker.records import Brief, Decided, ExtractedBrief, ExtractedRound, Issue, Party

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
) -> list[int | None]:
    """Write a batch of letters; the number of rounds each tells, None where it is known."""
    told = [_told(one, gazetteer, writer.verdicts.investors) for one in read]
    named = [about for letter in told for brief in letter for about in brief]
    writer.expect(
        [one.letter.fingerprint for one in read],
        [key for about in named for key in about.company],
        [party for about in named for party in about.investors if party is not None],
    )
    desk = _Desk(writer)
    rounds = [_add(desk, one, letter, pipeline) for one, letter in zip(read, told, strict=True)]
    writer.write(_judge(writer))
    return rounds


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


def _told(one: ReadLetter, gazetteer: Gazetteer, decided: Decided) -> list[list[_About]]:
    """For every brief the rounds that it tells, with the parties as it names them."""
    found = []
    for _brief, read in one.parts:
        brief = []
        for told in distinct_rounds(read.rounds) if read.rounds else ():
            company = company_keys(told.company, told.company_alias)
            investors = [investor_party(i.name, gazetteer, decided) for i in told.investors]
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
            investors = desk.investors(about)
            writer.add_report(brief_id, ordinal, about.company, about.told, investors)
            rounds += 1
    return rounds


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
