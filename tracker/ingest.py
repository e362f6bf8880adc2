"""The chain: read → segment → extract → resolve → write.

In: paths and an open store. Out: one `Outcome` per issue (or per file that could not be
read), as soon as it is known. One transaction an issue; a file that fails leaves
the others untouched. The pipeline is loaded only when there is something new to read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, Protocol

from tracker.errors import StoreError, TrackerError, UnreadableSource
from tracker.filing import Letter, ReadLetter, file_letters
from tracker.identity import Gazetteer, load_gazetteer
from tracker.records import Brief, ExtractedBrief, Issue, storable

if TYPE_CHECKING:
    from tracker.store import Store

BATCH = 512
"""Letters and briefs that go through the pipeline and into the database together."""
BATCH_CHARS = 4_000_000
"""And no more text than that, so that memory stays flat whatever the letters' size."""


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
    waiting: dict[str, Letter] = {}
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
) -> Iterator[Letter | Outcome]:
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
                        yield Letter(issue, fingerprint, steps.segment(issue))
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
    """The issue as a database takes it; offsets stay as they are."""
    found: dict[str, Any] = {
        name: clean
        for name in ("text", "source", "title", "newsletter", "number")
        if (text := getattr(issue, name)) and (clean := storable(text)) != text
    }
    return replace(issue, **found) if found else issue


def _process(
    letters: Sequence[Letter], store: Store, steps: Steps, gazetteer: Gazetteer
) -> Iterator[Outcome]:
    read: list[ReadLetter] = []
    for letter, found in extract(letters, steps.load()):
        if isinstance(found, Exception):
            yield _failed(letter.issue.source, found)
            continue
        read.append(kept_of(letter, found))
    yield from _store(read, store, steps.pipeline(), gazetteer)


def _store(
    read: Sequence[ReadLetter], store: Store, pipeline: Mapping[str, str], gazetteer: Gazetteer
) -> Iterator[Outcome]:
    """All letters in one transaction; one by one if that breaks, so that only the culprit fails."""
    if not read:
        return
    try:
        filed = store.write(lambda writer: file_letters(writer, read, pipeline, gazetteer))
    except TrackerError:
        raise
    except Exception as error:  # noqa: BLE001 - see _failed
        if len(read) == 1:
            yield _failed(read[0].letter.issue.source, error)
            return
        for one in read:
            yield from _store([one], store, pipeline, gazetteer)
        return
    for one, rounds in zip(read, filed, strict=True):
        source = one.letter.issue.source
        if rounds is None:
            yield Outcome(source, "known")
        else:
            yield Outcome(source, "new", briefs=len(one.parts), rounds=rounds)


def kept_of(letter: Letter, found: Sequence[ExtractedBrief]) -> ReadLetter:
    """Without sentences picked out of an article, unless they tell a round."""
    parts = zip(letter.briefs, found, strict=True)
    return ReadLetter(letter, [(b, r) for b, r in parts if b.in_news_section or r.rounds])


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
