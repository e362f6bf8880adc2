"""Read the stored issues again with the pipeline of today, each in a transaction of its own.

What the machine read is replaced, what a person said is kept (see `tracker.corrections.rereading`).
An issue of which today's pipeline says the same is not touched.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, select, update

from tracker.corrections.matching import Part
from tracker.corrections.rereading import Counts, reread
from tracker.errors import TrackerError
from tracker.filing import Letter
from tracker.ingest import Steps, default_steps, extract, kept_of
from tracker.parsing.names import name_key
from tracker.records import Issue
from tracker.store import Store
from tracker.store import tables as t
from tracker.store.pending import chunked

BATCH = 64
"""Issues that go through the pipeline together."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of one issue."""

    source: str
    status: Literal["same", "changed", "failed"]
    counts: Counts = field(default_factory=Counts)
    reason: str = ""


def reextract(
    store: Store,
    *,
    since: date | None = None,
    newsletter: str | None = None,
    steps: Steps | None = None,
) -> Iterator[Reread]:
    """Read every stored issue again (or those issued since a day, or of a newsletter).

    Raises `StoreError` where the database fails, `PipelineMissing` where there is no pipeline.
    """
    steps = steps or default_steps()
    with store.reading() as connection:
        ids = _issues(connection, since, newsletter)
    if not ids:
        return
    reader, pipeline = steps.load(), steps.pipeline()
    for some in chunked(ids, BATCH):
        with store.reading() as connection:
            issues = _texts(connection, some)
        letters = [Letter(issue, key, steps.segment(issue)) for _, key, issue in issues]
        numbers = {
            letter.fingerprint: id_ for letter, (id_, _, _) in zip(letters, issues, strict=True)
        }
        for letter, found in extract(letters, reader):
            source = letter.issue.title or letter.issue.source
            if isinstance(found, Exception):
                yield Reread(source, "failed", reason=_reason(found))
                continue
            parts = kept_of(letter, found).parts
            try:
                counts = _file(store, numbers[letter.fingerprint], parts, pipeline)
            except TrackerError:
                raise
            except Exception as error:  # noqa: BLE001 - hostile input may break a stage
                yield Reread(source, "failed", reason=_reason(error))
                continue
            yield Reread(source, "changed" if counts else "same", counts)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, TrackerError) else f"{type(error).__name__}: {error}"


def _issues(connection: Connection, since: date | None, newsletter: str | None) -> list[int]:
    query = select(t.ISSUE.c.id).order_by(t.ISSUE.c.id)
    if since is not None:
        query = query.where(t.ISSUE.c.issued_on >= since)
    if newsletter is not None:
        key = t.NEWSLETTER.c.key.contains(name_key(newsletter) or newsletter, autoescape=True)
        query = query.join(t.NEWSLETTER, t.NEWSLETTER.c.id == t.ISSUE.c.newsletter_id).where(key)
    return list(connection.execute(query).scalars())


def _texts(connection: Connection, ids: Sequence[int]) -> list[tuple[int, str, Issue]]:
    issue = t.ISSUE.c
    rows = connection.execute(
        select(
            issue.id,
            issue.fingerprint,
            issue.title,
            issue.number,
            issue.issued_on,
            issue.source,
            issue.media,
            issue.text_z,
            t.NEWSLETTER.c.name.label("newsletter"),
        )
        .outerjoin(t.NEWSLETTER, t.NEWSLETTER.c.id == issue.newsletter_id)
        .where(issue.id.in_(ids))
        .order_by(issue.id)
    )
    return [(row.id, row.fingerprint, _issue(row)) for row in rows]


def _issue(row: Any) -> Issue:
    return Issue(
        text=zlib.decompress(row.text_z).decode("utf-8"),
        source=row.source,
        title=row.title,
        newsletter=row.newsletter,
        number=row.number,
        issued_on=row.issued_on,
        media=row.media,
    )


def _file(
    store: Store, issue_id: int, parts: Sequence[Part], pipeline: Mapping[str, str]
) -> Counts:
    """Write what differs, if anything does."""
    columns = {"pipeline_name": pipeline["name"], "pipeline_version": pipeline["version"]}
    with store.reading() as connection:
        counts = reread(connection, issue_id, parts, write=False)
        row = connection.execute(
            select(t.ISSUE.c.pipeline_name, t.ISSUE.c.pipeline_version).where(
                t.ISSUE.c.id == issue_id
            )
        ).one()
    if not counts and dict(row._mapping) == columns:
        return counts
    with store.changing() as connection:
        counts = reread(connection, issue_id, parts, write=True)
        connection.execute(update(t.ISSUE).where(t.ISSUE.c.id == issue_id).values(**columns))
    return counts
