"""Fetch sources and ingest what is new, one after the other; none stops another."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from tracker.export.safety import plain_line, without_secrets
from tracker.fetch import Fetcher
from tracker.identity import Gazetteer
from tracker.ingest import Origin, Outcome, Steps, ingest_issues
from tracker.jobs.incoming import Incoming
from tracker.jobs.opening import open_source
from tracker.jobs.timing import next_due
from tracker.records import SourceResult, StoredSource
from tracker.store import IssueWriter, Store
from tracker.store.sources import note_run, save_state, set_paused

log = logging.getLogger("tracker.jobs")
# Whoever calls says it in their own way; Python would else print every error too.
log.addHandler(logging.NullHandler())

Watch = Callable[[StoredSource, Outcome], None]


def run_sources(
    store: Store,
    sources: Iterable[StoredSource],
    *,
    watch: Watch | None = None,
    opener: Callable[[StoredSource], Fetcher] = open_source,
    steps: Steps | None = None,
    gazetteer: Gazetteer | None = None,
) -> Iterator[SourceResult]:
    """Fetch each source; its result comes as soon as all of it is stored.

    `watch` is told of every letter. Raises `StoreError` and `PipelineMissing`, which no other
    source could do without either; what is stored by then stays.
    """
    totals: Counter[str] = Counter()
    for source in sources:
        result = _run(store, source, watch, opener, steps, gazetteer)
        totals.update(sources=1, sources_failed=result.status == "failed", **_numbers(result))
        yield result
    log.info("done", extra={"event": "run finished", **totals})


def _numbers(result: SourceResult) -> dict[str, int]:
    return {name: getattr(result, name) for name in ("new", "known", "failed", "briefs", "rounds")}


def _run(
    store: Store,
    source: StoredSource,
    watch: Watch | None,
    opener: Callable[[StoredSource], Fetcher],
    steps: Steps | None,
    gazetteer: Gazetteer | None,
) -> SourceResult:
    started = datetime.now(UTC)
    log.info("fetching", extra={"event": "source started", "source": source.name})
    incoming = Incoming(source, opener)

    def save(writer: IssueWriter) -> None:
        save_state(writer.connection, source.id, incoming.state(), incoming.last_letter)

    counts: Counter[str] = Counter()
    first: str | None = None
    for outcome in ingest_issues(
        incoming,
        store,
        newsletter=source.newsletter,
        steps=steps,
        gazetteer=gazetteer,
        origin=Origin(source.id, save),
    ):
        counts.update({outcome.status: 1, "briefs": outcome.briefs, "rounds": outcome.rounds})
        if outcome.status == "failed":
            reason = _reason(outcome)
            first = first or reason
            log.error(_loggable(reason), extra={"event": "letter failed", "source": source.name})
        if watch:
            watch(source, outcome)
    whole = incoming.error is None
    # The source itself is no letter of its own.
    counts["failed"] -= not whole
    error = without_secrets(incoming.error) if incoming.error else first
    with store.changing() as connection:
        due = next_due(source, started, fetched=whole)
        note_run(connection, source.id, started=started, fetched=whole, error=error, next_due=due)
        if incoming.gone:
            set_paused(connection, source.id, True)
    result = SourceResult(
        source=source.name,
        status="failed" if error else "ok",
        new=counts["new"],
        known=counts["known"],
        failed=counts["failed"],
        briefs=counts["briefs"],
        rounds=counts["rounds"],
        error=error,
        note=_note(source, incoming),
    )
    _log(result, (datetime.now(UTC) - started).total_seconds())
    return result


def _reason(outcome: Outcome) -> str:
    return without_secrets(f"{outcome.source}: {outcome.reason}")


def _note(source: StoredSource, incoming: Incoming) -> str | None:
    if incoming.gone:
        return "gone for good, so it is paused from now on"
    moved = incoming.state().get("moved_to")
    if moved and moved != source.state.get("moved_to"):
        return f"has moved to {without_secrets(moved)}, where it is fetched from now on"
    return None


def _loggable(reason: str) -> str:
    """A reason as any log takes it: what a server says of itself may be no text at all."""
    return plain_line(reason.encode("utf-8", "backslashreplace").decode("utf-8"))


def _log(result: SourceResult, seconds: float) -> None:
    facts = {"source": result.source, "seconds": round(seconds, 2), **_numbers(result)}
    if result.error is None:
        log.info("fetched", extra={"event": "source finished", **facts})
    else:
        log.error(_loggable(result.error), extra={"event": "source failed", **facts})
    if result.note:
        log.warning(result.note, extra={"event": "source changed", "source": result.source})
