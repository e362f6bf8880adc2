"""The reports of one transaction → participations, mentions and rounds.

Which reports are one round is identity's to decide (`merge`); here the reports of the companies
concerned are gathered, the stored ones too, and the answer is written: only what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, select, update

from tracker.records import ExtractedRound, InvestorMention, MergedRound, Report
from tracker.store import tables as t
from tracker.store.backend import Backend, backend_of
from tracker.store.parties import PartyBook
from tracker.store.pending import Pending, chunked
from tracker.store.prepared import Prepared

Merge = Callable[[list[Report]], list[MergedRound]]

LARGEST = 2**63 - 1
"""What a BIGINT holds. A larger "amount" is a misreading, not money."""
_MONEY = tuple(
    (t.VALUE_COLUMNS.index(name), t.VALUE_COLUMNS.index(currency))
    for name, currency in (
        ("amount", "currency"),
        ("valuation", "valuation_currency"),
        ("total_raised", "total_raised_currency"),
    )
)
_values_of = attrgetter(*t.VALUE_COLUMNS)


@dataclass(slots=True)
class Told:
    """A report that is not written yet."""

    id: int
    brief_id: int
    ordinal: int
    company_id: int
    read: ExtractedRound
    investors: Sequence[tuple[int, InvestorMention, int]]
    """Investor id, mention, and its place among those named."""
    order: tuple[str, str, int, int]
    issued_on: date | None


@dataclass(slots=True)
class _Share:
    investor_id: int
    name: str
    lead: bool
    place: int


@dataclass(slots=True)
class _Stored:
    """What the database holds of some companies."""

    reports: dict[int, list[Report]] = field(default_factory=dict)
    """By company."""
    shares: dict[int, list[tuple[int, int | None, int]]] = field(default_factory=dict)
    """By report: participation id, its round and its position."""
    rounds: dict[int, dict[int, tuple[Any, ...]]] = field(default_factory=dict)
    """By company and round id: the values."""


class RoundWriter:
    """Turns what was told into rows."""

    def __init__(
        self,
        connection: Connection,
        pending: Pending,
        companies: PartyBook,
        investors: PartyBook,
    ) -> None:
        self._connection = connection
        self._pending = pending
        self._companies = companies
        self._investors = investors
        self._retied: list[dict[str, Any]] = []
        self._moved: list[dict[str, Any]] = []

    def write(self, told: Iterable[Told], merge: Merge) -> None:
        """Make the rounds of every company that was told of what all its reports say together."""
        by_company: dict[int, list[Told]] = {}
        for one in told:
            by_company.setdefault(self._companies.current(one.company_id), []).append(one)
        old = [c for c in by_company if not self._pending.is_new(t.COMPANY, c)]
        stored = _load(self._connection, old)
        gone: list[int] = []
        for company_id in sorted(by_company):
            gone += self._company(company_id, by_company[company_id], stored, merge)
        self._pending.flush()
        self._update(gone)

    def _company(
        self, company_id: int, told: list[Told], stored: _Stored, merge: Merge
    ) -> set[int]:
        """Write one company's news. Returns the rounds that are no more."""
        shares = {one.id: self._shares(one) for one in told}
        values = {one.id: _checked(one.read) for one in told}
        new = {one.id: one for one in told}
        fresh = [_report(one, values[one.id], shares[one.id]) for one in told]
        rounds = stored.rounds.get(company_id, {})
        before = stored.reports.get(company_id, [])
        tied = {report.id: report.round_id for report in before}
        kept: set[int] = set()
        for merged in merge(before + fresh):
            round_id = merged.id
            row = tuple(map(merged.values.__getitem__, t.VALUE_COLUMNS))
            if round_id is None:
                round_id = self._pending.next_id(t.ROUND)
                self._pending.add(t.ROUND, round_id, company_id, *row)
            elif rounds[round_id] != row:
                self._connection.execute(
                    update(t.ROUND).where(t.ROUND.c.id == round_id).values(**merged.values)
                )
            kept.add(round_id)
            place = 0
            for report_id in merged.reports:
                if report_id in new:
                    one = new[report_id]
                    self._add(one, company_id, round_id, values[report_id])
                    place = self._tell(one, shares[report_id], round_id, place)
                else:
                    if tied[report_id] != round_id:
                        self._retied.append({"row": report_id, "round": round_id})
                    place = self._move(report_id, round_id, stored, place)
        return set(rounds) - kept

    def _shares(self, one: Told) -> dict[int, _Share]:
        """One investor under two names in one brief is one investor."""
        shares: dict[int, _Share] = {}
        for investor_id, named, place in one.investors:
            current = self._investors.current(investor_id)
            share = shares.get(current)
            if share is None:
                shares[current] = _Share(current, named.name, named.lead, place)
            elif named.lead:
                share.lead = True
        return shares

    def _add(self, one: Told, company_id: int, round_id: int, values: tuple[Any, ...]) -> None:
        row = (one.id, one.brief_id, one.ordinal, company_id, one.read.company, round_id)
        self._pending.add(t.REPORT, *row, *values)

    def _tell(self, one: Told, shares: dict[int, _Share], round_id: int, place: int) -> int:
        add = self._pending.add
        for share in shares.values():
            add(
                t.PARTICIPATION,
                one.id,
                round_id,
                share.investor_id,
                share.name,
                share.lead,
                share.place,
                place,
            )
            place += 1
        for name, span in one.read.spans.items():
            add(t.MENTION, one.id, name, 0, span.start, span.end)
        for investor_id, named, _ in one.investors:
            at = shares[self._investors.current(investor_id)].place
            add(t.MENTION, one.id, "investors", at, named.span.start, named.span.end)
        return place

    def _move(self, report_id: int, round_id: int, stored: _Stored, place: int) -> int:
        """Give the investors of a stored report their place in the round."""
        for part_id, old_round, position in stored.shares.get(report_id, ()):
            if (old_round, position) != (round_id, place):
                self._moved.append({"row": part_id, "round": round_id, "place": place})
            place += 1
        return place

    def _update(self, gone: Sequence[int]) -> None:
        report, part = t.REPORT.c, t.PARTICIPATION.c
        if self._retied:
            self._connection.execute(
                update(t.REPORT)
                .where(report.id == bindparam("row"))
                .values(round_id=bindparam("round")),
                self._retied,
            )
        if self._moved:
            self._connection.execute(
                update(t.PARTICIPATION)
                .where(part.id == bindparam("row"))
                .values(round_id=bindparam("round"), position=bindparam("place")),
                self._moved,
            )
        for some in chunked(gone):
            self._connection.execute(delete(t.ROUND).where(t.ROUND.c.id.in_(some)))
        self._retied, self._moved = [], []


def _checked(read: ExtractedRound) -> tuple[Any, ...]:
    values = _values_of(read)
    for amount, currency in _MONEY:
        if values[amount] is not None and not 0 <= values[amount] <= LARGEST:
            bare = list(values)
            bare[amount] = bare[currency] = None
            values = tuple(bare)
    return tuple(values)


def _report(one: Told, values: tuple[Any, ...], shares: dict[int, _Share]) -> Report:
    return Report(
        id=one.id,
        brief_id=one.brief_id,
        round_id=None,
        order=one.order,
        issued_on=one.issued_on,
        investors=tuple((share.investor_id, share.lead) for share in shares.values()),
        **dict(zip(t.VALUE_COLUMNS, values, strict=True)),
    )


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


def _load(connection: Connection, companies: Sequence[int]) -> _Stored:
    """What is stored of these companies, many of them at a time."""
    found = _Stored()
    backend = backend_of(connection)
    for some in map(backend.ids, chunked(companies)):
        backers: dict[int, list[tuple[int, bool]]] = {}
        for part_id, report_id, round_id, position, investor_id, lead in _SHARES.rows(
            connection, companies=some
        ):
            backers.setdefault(report_id, []).append((investor_id, bool(lead)))
            found.shares.setdefault(report_id, []).append((part_id, round_id, position))
        for row in _REPORTS.rows(connection, companies=some):
            company_id, report_id, brief_id, round_id, day, letter, position, ordinal = row[:8]
            found.reports.setdefault(company_id, []).append(
                Report(
                    id=report_id,
                    brief_id=brief_id,
                    round_id=round_id,
                    order=(day.isoformat() if day else "", letter, position, ordinal),
                    issued_on=day,
                    investors=tuple(backers.get(report_id, ())),
                    **dict(zip(t.VALUE_COLUMNS, row[8:], strict=True)),
                )
            )
        for company_id, round_id, *values in _ROUNDS.rows(connection, companies=some):
            found.rounds.setdefault(company_id, {})[round_id] = tuple(values)
    return found
