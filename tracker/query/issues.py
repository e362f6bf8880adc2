"""Stored issues: a list of them, one with its text, and its bytes exactly as they came."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from tracker.records import CopyRow, FailedRow, IssueRow
from tracker.store import tables as t
from tracker.store.job_tables import ISSUE_COPY, RAW_ISSUE, SOURCE

PAGE = 500
_ISSUE = t.ISSUE.c
_BRIEFS = (
    select(func.count())
    .select_from(t.BRIEF)
    .where(t.BRIEF.c.issue_id == _ISSUE.id)
    .scalar_subquery()
)
_ROUNDS = (
    select(func.count(t.REPORT.c.round_id.distinct()))
    .join(t.BRIEF, t.BRIEF.c.id == t.REPORT.c.brief_id)
    .where(t.BRIEF.c.issue_id == _ISSUE.id)
    .scalar_subquery()
)
_ISSUES = select(
    _ISSUE.id,
    _ISSUE.issued_on.label("date"),
    t.NEWSLETTER.c.name.label("newsletter"),
    _ISSUE.number,
    _ISSUE.title,
    _ISSUE.media,
    _ISSUE.source,
    _ISSUE.ingested_at,
    _BRIEFS.label("briefs"),
    _ROUNDS.label("rounds"),
).outerjoin(t.NEWSLETTER, t.NEWSLETTER.c.id == _ISSUE.newsletter_id)


def list_issues(
    connection: Connection,
    *,
    newsletter: str | None = None,
    since: date | None = None,
    limit: int | None = None,
) -> Iterator[IssueRow]:
    """Issues, the newest first. `newsletter`: comparison key of a part of the name."""
    query = _ISSUES.order_by(_ISSUE.issued_on.desc().nulls_last(), _ISSUE.id.desc())
    if newsletter:
        query = query.where(t.NEWSLETTER.c.key.contains(newsletter, autoescape=True))
    if since:
        query = query.where(_ISSUE.issued_on >= since)
    yield from _rows(connection, query, limit, IssueRow)


def list_failed(connection: Connection, *, limit: int | None = None) -> Iterator[FailedRow]:
    """Letters that were set aside, the newest first."""
    raw = RAW_ISSUE.c
    query = (
        select(
            raw.id,
            SOURCE.c.name.label("source"),
            raw.name,
            raw.length,
            raw.received_at,
            raw.failure,
        )
        .outerjoin(SOURCE, SOURCE.c.id == raw.source_id)
        .where(raw.failure.is_not(None))
        .order_by(raw.id.desc())
    )
    yield from _rows(connection, query, limit, FailedRow)


def _rows(
    connection: Connection, query: Select[Any], limit: int | None, kind: type[Any]
) -> Iterator[Any]:
    if limit:
        query = query.limit(limit)
    result = connection.execute(query.execution_options(yield_per=PAGE))
    try:
        for row in result:
            yield kind(**row._mapping)
    finally:
        # Whoever stopped listening may have closed all before.
        if not connection.closed:
            result.close()


def get_issue(connection: Connection, issue_id: int) -> tuple[IssueRow, str] | None:
    """An issue and its text."""
    query = _ISSUES.add_columns(_ISSUE.text_z).where(_ISSUE.id == issue_id)
    row = connection.execute(query).first()
    if row is None:
        return None
    values = dict(row._mapping)
    text = zlib.decompress(values.pop("text_z")).decode("utf-8")
    return IssueRow(**values), text


def list_copies(connection: Connection, issue_id: int) -> list[CopyRow]:
    """The forms in which an issue arrived, the first one first."""
    copy, raw = ISSUE_COPY.c, RAW_ISSUE.c
    query = (
        select(
            copy.origin,
            SOURCE.c.name.label("source"),
            copy.received_at,
            copy.raw_id,
            raw.name,
            raw.length,
            raw.sha256,
        )
        .outerjoin(RAW_ISSUE, raw.id == copy.raw_id)
        .outerjoin(SOURCE, SOURCE.c.id == copy.source_id)
        .where(copy.issue_id == issue_id)
        .order_by(copy.id)
    )
    return [CopyRow(**dict(row._mapping)) for row in connection.execute(query)]


def raw_bytes(connection: Connection, raw_id: int) -> bytes | None:
    """The bytes of a letter exactly as they came."""
    raw = RAW_ISSUE.c
    data = connection.execute(select(raw.data_z).where(raw.id == raw_id)).scalar()
    return None if data is None else zlib.decompress(data)
