"""What is stored of some companies: their reports with who backs them, and their rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from tracker.records import Report
from tracker.store import tables as t
from tracker.store.backend import Backend, backend_of
from tracker.store.pending import chunked
from tracker.store.prepared import Prepared


@dataclass(slots=True)
class Stored:
    """What the database holds of some companies."""

    reports: dict[int, list[Report]] = field(default_factory=dict)
    """By company."""
    shares: dict[int, list[tuple[int, int | None, int]]] = field(default_factory=dict)
    """By report: participation id, its round and its position."""
    rounds: dict[int, dict[int, tuple[Any, ...]]] = field(default_factory=dict)
    """By company and round id: the values."""


def _of(column: ColumnElement[int], backend: Backend) -> ColumnElement[bool]:
    return backend.among(column, "companies")


_part, _report_, _brief, _issue = t.PARTICIPATION.c, t.REPORT.c, t.BRIEF.c, t.ISSUE.c
_SHARES = Prepared(
    lambda backend: (
        select(
            _part.id, _part.report_id, _part.round_id, _part.position, _part.investor_id, _part.lead
        )
        .join(t.REPORT, _report_.id == _part.report_id)
        .where(_of(_report_.company_id, backend))
        .order_by(_part.report_id, _part.ordinal)
    )
)
_REPORTS = Prepared(
    lambda backend: (
        select(
            _report_.company_id,
            _report_.id,
            _report_.brief_id,
            _report_.round_id,
            _issue.issued_on,
            _issue.fingerprint,
            _brief.position,
            _report_.ordinal,
            _report_.company_name,
            _report_.company_alias,
            *(_report_[name] for name in t.VALUE_COLUMNS),
        )
        .join(t.BRIEF, _brief.id == _report_.brief_id)
        .join(t.ISSUE, _issue.id == _brief.issue_id)
        .where(_of(_report_.company_id, backend))
    )
)
_ROUNDS = Prepared(
    lambda backend: select(
        t.ROUND.c.company_id, t.ROUND.c.id, *(t.ROUND.c[name] for name in t.VALUE_COLUMNS)
    ).where(_of(t.ROUND.c.company_id, backend))
)


def load_stored(connection: Connection, companies: Sequence[int]) -> Stored:
    """What is stored of these companies, many of them at a time."""
    found = Stored()
    backend = backend_of(connection)
    for some in map(backend.ids, chunked(companies)):
        backers = _load_shares(connection, some, found)
        reports, days = found.reports, dict[Any, str]()
        for row in _REPORTS.rows(connection, companies=some):
            company_id, report_id, brief_id, round_id, day, letter, position, ordinal = row[:8]
            written = days.get(day)
            if written is None:
                written = days[day] = day.isoformat() if day else ""
            order = written, letter, position, ordinal
            named = company_id, row[8], row[9]
            backed = tuple(backers.get(report_id, ()))
            report = Report(report_id, brief_id, round_id, order, day, *named, backed, *row[10:])
            if company_id in reports:
                reports[company_id].append(report)
            else:
                reports[company_id] = [report]
        for row in _ROUNDS.rows(connection, companies=some):
            found.rounds.setdefault(row[0], {})[row[1]] = tuple(row[2:])
    return found


def _load_shares(
    connection: Connection, companies: Any, found: Stored
) -> dict[int, list[tuple[int, bool]]]:
    """Report id → investors and lead flags, in order of mention."""
    backers: dict[int, list[tuple[int, bool]]] = {}
    backed: list[tuple[int, bool]] = []
    shares: list[tuple[int, int | None, int]] = []
    last = None
    for part_id, report_id, round_id, position, investor_id, lead in _SHARES.rows(
        connection, companies=companies
    ):
        if report_id != last:
            last = report_id
            backers[report_id], found.shares[report_id] = backed, shares = [], []
        backed.append((investor_id, lead))
        shares.append((part_id, round_id, position))
    return backers
