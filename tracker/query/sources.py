"""What every source has brought so far."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, select

from tracker.records import SourceStatus
from tracker.store import tables as t
from tracker.store.job_tables import ISSUE_COPY
from tracker.store.sources import list_sources


def source_statuses(connection: Connection) -> list[SourceStatus]:
    """Every source by name, with its issues, and the rounds that these report."""
    copy = ISSUE_COPY.c
    issues = _by_source(
        connection,
        select(copy.source_id, func.count(copy.issue_id.distinct())),
    )
    rounds = _by_source(
        connection,
        select(copy.source_id, func.count(t.REPORT.c.round_id.distinct()))
        .join(t.BRIEF, t.BRIEF.c.issue_id == copy.issue_id)
        .join(t.REPORT, t.REPORT.c.brief_id == t.BRIEF.c.id),
    )
    return [
        SourceStatus(source=s, issues=issues.get(s.id, 0), rounds=rounds.get(s.id, 0))
        for s in list_sources(connection)
    ]


def _by_source(connection: Connection, counted: Select[Any]) -> dict[int, int]:
    source = ISSUE_COPY.c.source_id
    query = counted.where(source.is_not(None)).group_by(source)
    return {row[0]: row[1] for row in connection.execute(query)}
