"""Reports by the keys that outlive every rebuilding, and the ids that they have at present."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from tracker.records import report_key
from tracker.store import tables as t
from tracker.store.pending import chunked


@dataclass(frozen=True, slots=True)
class ReportRef:
    """A report: its key, and the ids of it and of what it belongs to now."""

    id: int
    key: str
    brief_id: int
    company_id: int
    round_id: int | None
    company: str
    """As written."""


def _query() -> Select[Any]:
    return (
        select(
            t.REPORT.c.id,
            t.ISSUE.c.fingerprint,
            t.BRIEF.c.position,
            t.REPORT.c.ordinal,
            t.REPORT.c.brief_id,
            t.REPORT.c.company_id,
            t.REPORT.c.round_id,
            t.REPORT.c.company_name,
        )
        .join(t.BRIEF, t.BRIEF.c.id == t.REPORT.c.brief_id)
        .join(t.ISSUE, t.ISSUE.c.id == t.BRIEF.c.issue_id)
        .order_by(
            t.ISSUE.c.issued_on.asc().nulls_first(),
            t.ISSUE.c.fingerprint,
            t.BRIEF.c.position,
            t.REPORT.c.ordinal,
        )
    )


def _found(connection: Connection, where: ColumnElement[bool]) -> list[ReportRef]:
    return [
        ReportRef(row[0], report_key(row[1], row[2], row[3]), *row[4:])
        for row in connection.execute(_query().where(where))
    ]


def reports_of_round(connection: Connection, round_id: int) -> list[ReportRef]:
    """The reports of a round, in their order: that of ``tracker show``."""
    return _found(connection, t.REPORT.c.round_id == round_id)


def reports_of_rounds(connection: Connection, rounds: Iterable[int]) -> list[ReportRef]:
    """The reports of some rounds."""
    return [
        ref
        for some in chunked(sorted(set(rounds)))
        for ref in _found(connection, t.REPORT.c.round_id.in_(some))
    ]


def reports_of_brief(connection: Connection, brief_id: int) -> list[ReportRef]:
    """The reports of a brief, those too that are no round."""
    return _found(connection, t.REPORT.c.brief_id == brief_id)


def reports_of_companies(connection: Connection, companies: Iterable[int]) -> list[ReportRef]:
    """The reports of some companies, those too that are no round."""
    return [
        ref
        for some in chunked(sorted(set(companies)))
        for ref in _found(connection, t.REPORT.c.company_id.in_(some))
    ]


def reports_by_key(connection: Connection, keys: Iterable[str]) -> Mapping[str, ReportRef]:
    """Those of the keys' reports that there are."""
    letters = {key.split(":", 1)[0] for key in keys}
    wanted = set(keys)
    return {
        ref.key: ref
        for some in chunked(sorted(letters))
        for ref in _found(connection, t.ISSUE.c.fingerprint.in_(some))
        if ref.key in wanted
    }
