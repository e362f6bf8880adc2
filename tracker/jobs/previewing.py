"""What a run would make of one source; it is fetched, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tracker.export.safety import without_secrets
from tracker.fetch import Fetcher
from tracker.ingest import Steps
from tracker.jobs.incoming import Incoming
from tracker.jobs.opening import open_source
from tracker.preview import preview
from tracker.records import PreviewRow, StoredSource
from tracker.store import Store


def preview_source(
    store: Store,
    source: StoredSource,
    *,
    opener: Callable[[StoredSource], Fetcher] = open_source,
    steps: Steps | None = None,
) -> Iterator[PreviewRow]:
    """One row for each letter, and for each failure, as they come."""
    incoming = Incoming(source, opener)
    for issue, outcome in preview(incoming, store, newsletter=source.newsletter, steps=steps):
        yield PreviewRow(
            status=outcome.status,
            date=issue.issued_on if issue else None,
            newsletter=source.newsletter or (issue.newsletter if issue else None),
            title=issue.title if issue else None,
            briefs=outcome.briefs,
            rounds=outcome.rounds,
            source=without_secrets(outcome.source),
            reason=without_secrets(outcome.reason) or None,
        )
