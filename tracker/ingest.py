"""The chain: read → segment → extract → resolve → write.

In: paths and an open store. Out: one `Outcome` per issue (or per file that could not be
read), as soon as it is known. One transaction an issue; a file that fails leaves
the others untouched. The pipeline is loaded only when there is something new to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Literal, Protocol

from tracker.errors import StoreError, TrackerError, UnreadableSource
from tracker.identity import (
    Gazetteer,
    company_party,
    investor_party,
    load_gazetteer,
    merge_reports,
    settle,
)
from tracker.records import Brief, ExtractedBrief, ExtractedRound, Issue, Party

if TYPE_CHECKING:
    from tracker.store import IssueWriter, Store

BATCH = 512
"""Letters and briefs that go through the pipeline and into the database together."""
BATCH_CHARS = 4_000_000
"""And no more text than that, so that memory stays flat whatever the letters' size."""
_REFUSED = re.compile("[\0\ud800-\udfff]")


class Reader(Protocol):
    """What the chain needs of the pipeline."""

    def extract(
        self, texts: Iterable[tuple[str, date | None]]
    ) -> Iterator[ExtractedBrief]: ...  # pragma: no cover


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one issue; `reason` says why it failed."""

    source: str
    status: Literal["new", "known", "failed"]
    reason: str = ""
    briefs: int = 0
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class Steps:
    """The stages in their order; tests put their own in."""

    find: Callable[[Sequence[str]], Iterable[str]]
    read: Callable[[str], Iterable[Issue]]
    fingerprint: Callable[[Issue], str]
    head: Callable[[Issue], Issue]
    segment: Callable[[Issue], Sequence[Brief]]
    load: Callable[[], Reader]
    pipeline: Callable[[], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Letter:
    issue: Issue
    fingerprint: str
    briefs: Sequence[Brief]


@dataclass(frozen=True, slots=True)
class _Read:
    """A letter with those of its briefs that are kept, and what the pipeline says of them."""

    letter: _Letter
    parts: Sequence[tuple[Brief, ExtractedBrief]]


@dataclass(frozen=True, slots=True)
class _About:
    """A round that a brief tells, with the parties it names; None for a name of nothing."""

    told: ExtractedRound
    company: Party
    investors: Sequence[Party | None]


def default_steps() -> Steps:
    """The real stages."""
    from tracker.extraction import load_extractor, pipeline_info
    from tracker.segment import find_briefs, read_head
    from tracker.sources import find_sources, issue_fingerprint, read_source

    return Steps(
        find=find_sources,
        read=read_source,
        fingerprint=issue_fingerprint,
        head=read_head,
        segment=find_briefs,
        load=load_extractor,
        pipeline=pipeline_info,
    )


def ingest(
    paths: Iterable[str],
    store: Store,
    *,
    newsletter: str | None = None,
    steps: Steps | None = None,
    gazetteer: Gazetteer | None = None,
) -> Iterator[Outcome]:
    """Ingest every issue under `paths`. `newsletter` overrides what the letters say of themselves.

    Raises `StoreError` where the database fails, `PipelineMissing` where there is no pipeline;
    everything about a single source comes out as a failed `Outcome`.
    """
    steps = steps or default_steps()
    gazetteer = load_gazetteer() if gazetteer is None else gazetteer
    steps = replace(steps, load=cache(steps.load))
    waiting: dict[str, _Letter] = {}
    size = chars = 0

    def known(fingerprint: str) -> bool:
        return fingerprint in waiting or store.knows(fingerprint)

    for found in _letters(paths, newsletter, steps, known):
        if isinstance(found, Outcome):
            yield found
            continue
        waiting[found.fingerprint] = found
        size += 1 + len(found.briefs)
        chars += len(found.issue.text)
        if size >= BATCH or chars >= BATCH_CHARS:
            yield from _process(list(waiting.values()), store, steps, gazetteer)
            waiting.clear()
            size = chars = 0
    if waiting:
        yield from _process(list(waiting.values()), store, steps, gazetteer)


def _letters(
    paths: Iterable[str], newsletter: str | None, steps: Steps, known: Callable[[str], bool]
) -> Iterator[_Letter | Outcome]:
    for path in paths:
        try:
            for source in steps.find([path]):
                try:
                    for read in steps.read(source):
                        issue = _storable(read)
                        # Before the head is read: what it adds is not the letter's own.
                        fingerprint = steps.fingerprint(issue)
                        if known(fingerprint):
                            yield Outcome(issue.source, "known")
                            continue
                        issue = steps.head(issue)
                        if newsletter:
                            issue = replace(issue, newsletter=newsletter)
                        yield _Letter(issue, fingerprint, steps.segment(issue))
                except StoreError:
                    raise
                except Exception as error:  # noqa: BLE001 - see _failed
                    yield _failed(source, error)
        except StoreError:
            raise
        except TrackerError as error:
            yield _failed(path, error)


def _failed(source: str, error: Exception) -> Outcome:
    """A failure of one source. Hostile input may break a stage; the other files go on."""
    if isinstance(error, UnreadableSource):
        return Outcome(error.source, "failed", error.reason)
    if isinstance(error, TrackerError):
        return Outcome(source, "failed", str(error))
    return Outcome(source, "failed", f"cannot be understood ({type(error).__name__}: {error})")


def _storable(issue: Issue) -> Issue:
    """Without NULs and lone surrogates, which databases refuse; offsets stay as they are."""
    found = {
        name: _REFUSED.sub("\ufffd", text)
        for name in ("text", "source", "title", "newsletter", "number")
        if (text := getattr(issue, name)) and _REFUSED.search(text)
    }
    return replace(issue, **found) if found else issue


def _process(
    letters: Sequence[_Letter], store: Store, steps: Steps, gazetteer: Gazetteer
) -> Iterator[Outcome]:
    read: list[_Read] = []
    for letter, found in _extract(letters, steps.load()):
        if isinstance(found, Exception):
            yield _failed(letter.issue.source, found)
            continue
        parts = zip(letter.briefs, found, strict=True)
        # A sentence picked out of an article is kept only for the round it tells.
        kept = [(b, r) for b, r in parts if b.in_news_section or r.rounds]
        read.append(_Read(letter, kept))
    yield from _store(read, store, steps.pipeline(), gazetteer)


def _store(
    read: Sequence[_Read], store: Store, pipeline: Mapping[str, str], gazetteer: Gazetteer
) -> Iterator[Outcome]:
    """All letters in one transaction; one by one if that breaks, so that only the culprit fails."""
    if not read:
        return
    try:
        yield from store.write(lambda writer: _write(writer, read, pipeline, gazetteer))
    except TrackerError:
        raise
    except Exception as error:  # noqa: BLE001 - see _failed
        if len(read) == 1:
            yield _failed(read[0].letter.issue.source, error)
            return
        for one in read:
            yield from _store([one], store, pipeline, gazetteer)


def _extract(
    letters: Sequence[_Letter], extractor: Reader
) -> list[tuple[_Letter, list[ExtractedBrief] | Exception]]:
    """All letters in one go; one by one if that breaks, so that only the culprit fails."""
    try:
        texts = [(b.text, letter.issue.issued_on) for letter in letters for b in letter.briefs]
        read = iter(list(extractor.extract(texts)))
        return [(letter, list(islice(read, len(letter.briefs)))) for letter in letters]
    except TrackerError:
        raise
    except Exception as error:  # noqa: BLE001 - see _failed
        if len(letters) == 1:
            return [(letters[0], error)]
        return [pair for letter in letters for pair in _extract([letter], extractor)]


def _write(
    writer: IssueWriter,
    read: Sequence[_Read],
    pipeline: Mapping[str, str],
    gazetteer: Gazetteer,
) -> list[Outcome]:
    """Write a batch of letters, looking up together what they speak of."""
    told = [_told(one, gazetteer) for one in read]
    named = [about for letter in told for brief in letter for about in brief]
    writer.expect(
        [one.letter.fingerprint for one in read],
        [about.company for about in named],
        [party for about in named for party in about.investors if party is not None],
    )
    outcomes = [_add(writer, one, letter, pipeline) for one, letter in zip(read, told, strict=True)]
    writer.write(merge_reports)
    return outcomes


def _told(one: _Read, gazetteer: Gazetteer) -> list[list[_About]]:
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
    one: _Read,
    told: Sequence[Sequence[_About]],
    pipeline: Mapping[str, str],
) -> Outcome:
    issue, writer = one.letter.issue, desk.writer
    issue_id = writer.add_issue(issue, one.letter.fingerprint, pipeline)
    if issue_id is None:
        return Outcome(issue.source, "known")
    rounds = 0
    for position, ((brief, read), rows) in enumerate(zip(one.parts, told, strict=True)):
        brief_id = writer.add_brief(issue_id, position, brief, read)
        for ordinal, about in enumerate(rows):
            company_id = desk.company(about)
            investors = desk.investors(about)
            writer.add_report(brief_id, ordinal, company_id, about.told, investors)
            rounds += 1
    return Outcome(issue.source, "new", briefs=len(one.parts), rounds=rounds)


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
