"""Letters that were set aside, tried again: a newer version of this program may read them."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.identity import Gazetteer
from tracker.ingest import Origin, Outcome, Steps, failed, ingest_issues
from tracker.records import FailedRow, Issue, StoredSource
from tracker.sources import read_data
from tracker.store import Store
from tracker.store.copies import clear_failure


def retry_failed(
    store: Store,
    row: FailedRow,
    data: bytes,
    *,
    source: StoredSource | None = None,
    steps: Steps | None = None,
    gazetteer: Gazetteer | None = None,
) -> list[Outcome]:
    """Ingest one anew, as of its `source`; where all of it can be read it is aside no longer."""
    name = f"{row.source or 'letter'}: {row.name}"

    def read() -> Iterator[Issue | Outcome]:
        try:
            yield from read_data(data, row.name, name)
        except Exception as error:  # noqa: BLE001 - hostile input may break a reader
            yield failed(name, error)

    outcomes = list(
        ingest_issues(
            read(),
            store,
            newsletter=source.newsletter if source else None,
            steps=steps,
            gazetteer=gazetteer,
            origin=Origin(source.id) if source else None,
        )
    )
    if all(outcome.status != "failed" for outcome in outcomes):
        with store.changing() as connection:
            clear_failure(connection, row.id)
    return outcomes
