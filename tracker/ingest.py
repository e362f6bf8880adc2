"""The chain: read → segment → extract → resolve → write.

In: letters from anywhere and an open store. Out: one `Outcome` per issue (or per file that could
not be read), as soon as it is stored. A batch of letters is one transaction; one that fails
leaves the others untouched. The pipeline is loaded only when there is something new to read.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, Protocol

from tracker.batch import Batch
from tracker.errors import StoreError, TrackerError, UnreadableSource
from tracker.filing import Letter, ReadLetter, file_letters
from tracker.identity import Gazetteer, load_gazetteer
from tracker.records import Brief, ExtractedBrief, Issue, Raw, storable

if TYPE_CHECKING:
    from tracker.store import IssueWriter, Store

BATCH = 512
"""Letters and briefs that go through the pipeline and into the database together."""
BATCH_CHARS = 4_000_000
"""And no more text and raw bytes than that, so that memory stays flat whatever the letters' size."""


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
    raw: Raw | None = field(default=None, repr=False, compare=False)
    """Of a failed one: its bytes, where they are at hand."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The stored source that letters come from."""

    source_id: int
    save: Callable[[IssueWriter], None] = lambda _: None
    """Notes how far the source has been read, in the transaction that stores its letters."""


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
    found = read_paths(paths, steps)
    return ingest_issues(found, store, newsletter=newsletter, steps=steps, gazetteer=gazetteer)


def ingest_issues(
    found: Iterable[Issue | Outcome],
    store: Store,
    *,
    newsletter: str | None = None,
    steps: Steps | None = None,
    gazetteer: Gazetteer | None = None,
    origin: Origin | None = None,
) -> Iterator[Outcome]:
    """Ingest issues as they were read; failures among them are passed on. Errors as `ingest`.

    With an `origin`, what fails is set aside in the store, since its source will not give it
    again; without one, nothing is written of it.
    """
    steps = steps or default_steps()
    gazetteer = load_gazetteer() if gazetteer is None else gazetteer
    chain = _Chain(store, replace(steps, load=cache(steps.load)), gazetteer, origin)
    batch = Batch()
    for one in found:
        letter = (
            one
            if isinstance(one, Outcome)
            else prepared(one, newsletter, steps, store, batch.letters)
        )
        if isinstance(letter, Outcome):
            if origin and letter.raw:
                batch.set_aside(letter.raw, letter.reason)
            yield letter
        else:
            batch.add(letter)
        if batch.size >= BATCH or batch.chars >= BATCH_CHARS:
            yield from chain.process(batch)
            batch = Batch()
    if batch.letters or origin:
        yield from chain.process(batch)


def read_paths(paths: Iterable[str], steps: Steps) -> Iterator[Issue | Outcome]:
    """Every issue in the files under `paths`, and a failed `Outcome` for what cannot be read."""
    for path in paths:
        try:
            for source in steps.find([path]):
                try:
                    yield from steps.read(source)
                except Exception as error:  # noqa: BLE001 - see failed
                    yield failed(source, error)
        except TrackerError as error:
            yield failed(path, error)


def failed(source: str, error: Exception, raw: Raw | None = None) -> Outcome:
    """A failure of one source. Hostile input may break a stage; the other files go on."""
    if isinstance(error, UnreadableSource):
        return Outcome(error.source, "failed", error.reason, raw=raw)
    if isinstance(error, TrackerError):
        return Outcome(source, "failed", str(error), raw=raw)
    reason = f"cannot be understood ({type(error).__name__}: {error})"
    return Outcome(source, "failed", reason, raw=raw)


def prepared(
    read: Issue, newsletter: str | None, steps: Steps, store: Store, waiting: Container[str]
) -> Letter | Outcome:
    """The letter, cut into its briefs, or what became of it already."""
    try:
        issue = _storable(read)
        # Before the head is read: what it adds is not the letter's own.
        fingerprint = steps.fingerprint(issue)
        if fingerprint in waiting or store.knows(fingerprint):
            return Outcome(issue.source, "known")
        issue = steps.head(issue)
        if newsletter:
            issue = replace(issue, newsletter=newsletter)
        return Letter(issue, fingerprint, steps.segment(issue))
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - see failed
        return failed(read.source, error, read.raw)


def _storable(issue: Issue) -> Issue:
    """The issue as a database takes it; offsets stay as they are."""
    found: dict[str, Any] = {
        name: clean
        for name in ("text", "source", "title", "newsletter", "number")
        if (text := getattr(issue, name)) and (clean := storable(text)) != text
    }
    return replace(issue, **found) if found else issue


@dataclass(frozen=True, slots=True)
class _Chain:
    """What every batch goes through."""

    store: Store
    steps: Steps
    gazetteer: Gazetteer
    origin: Origin | None

    def process(self, batch: Batch) -> Iterator[Outcome]:
        """Extract and store a batch; each outcome comes when it is safe."""
        read: list[ReadLetter] = []
        letters = list(batch.letters.values())
        for letter, found in extract(letters, self.steps.load()) if letters else ():
            if isinstance(found, Exception):
                yield self._failed(letter, found, batch)
            else:
                read.append(kept_of(letter, found))
        yield from self._store(read, batch)

    def _failed(self, letter: Letter, error: Exception, batch: Batch) -> Outcome:
        outcome = failed(letter.issue.source, error, letter.issue.raw)
        if self.origin and outcome.raw:
            batch.set_aside(outcome.raw, outcome.reason)
        return outcome

    def _store(self, read: Sequence[ReadLetter], batch: Batch) -> Iterator[Outcome]:
        """All letters in one transaction; one by one if that breaks, so that only the culprit fails."""
        try:
            yield from self._write(read, batch)
            return
        except TrackerError:
            raise
        except Exception as error:  # noqa: BLE001 - see failed
            if len(read) == 1:
                yield self._failed(read[0].letter, error, batch)
                read = ()
        for one in read:
            try:
                yield from self._write([one], None)
            except TrackerError:
                raise
            except Exception as error:  # noqa: BLE001 - see failed
                yield self._failed(one.letter, error, batch)
        yield from self._write((), batch)

    def _write(self, read: Sequence[ReadLetter], batch: Batch | None) -> list[Outcome]:
        """The letters, and with a `batch` what goes with it, in one transaction."""
        origin = self.origin
        if not read and not (batch and origin):
            return []
        pipeline = self.steps.pipeline() if read else {}
        source_id = origin.source_id if origin else None

        def work(writer: IssueWriter) -> list[int | None]:
            filed = file_letters(writer, read, pipeline, self.gazetteer, source_id) if read else []
            if batch and origin:
                for raw, reason in batch.aside:
                    writer.copies.set_aside(raw, storable(reason), source_id)
                writer.flush()
                origin.save(writer)
            return filed

        filed = self.store.write(work)
        return [_outcome(one, rounds) for one, rounds in zip(read, filed, strict=True)]


def kept_of(letter: Letter, found: Sequence[ExtractedBrief]) -> ReadLetter:
    """Without sentences picked out of an article, unless they tell a round."""
    parts = zip(letter.briefs, found, strict=True)
    return ReadLetter(letter, [(b, r) for b, r in parts if b.in_news_section or r.rounds])


def _outcome(one: ReadLetter, rounds: int | None) -> Outcome:
    source = one.letter.issue.source
    if rounds is None:
        return Outcome(source, "known")
    return Outcome(source, "new", briefs=len(one.parts), rounds=rounds)


def extract(
    letters: Sequence[Letter], extractor: Reader
) -> list[tuple[Letter, list[ExtractedBrief] | Exception]]:
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
        return [pair for letter in letters for pair in extract([letter], extractor)]
