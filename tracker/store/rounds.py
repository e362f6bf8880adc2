"""The reports of one transaction → companies, rounds, participations and mentions.

Which reports are of one company and one round is identity's to decide (`resolve`), family by
family of names; here the reports of a family are gathered, the stored ones too, and the answer
is written: only what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, select, update

from tracker.records import (
    ExtractedRound,
    InvestorMention,
    MergedCompany,
    MergedRound,
    Report,
    Value,
)
from tracker.store import tables as t
from tracker.store.backend import Backend, backend_of
from tracker.store.companies import CompanyBook
from tracker.store.parties import InvestorBook
from tracker.store.pending import Pending, chunked
from tracker.store.prepared import Prepared

Resolve = Callable[[list[Report]], list[MergedCompany]]
"""All reports of one family of names → the companies that they are of, with their rounds."""

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
    keys: tuple[str, ...]
    """What the company's names compare by."""
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


@dataclass(slots=True)
class _News:
    """A report that is not written yet, ready to be."""

    told: Told
    shares: list[_Share]
    values: tuple[Any, ...]


class RoundWriter:
    """Turns what was told into rows."""

    def __init__(
        self,
        connection: Connection,
        pending: Pending,
        companies: CompanyBook,
        investors: InvestorBook,
    ) -> None:
        self._connection = connection
        self._pending = pending
        self._companies = companies
        self._investors = investors
        self._retied: list[dict[str, Any]] = []
        self._moved: list[dict[str, Any]] = []
        self._changed: list[tuple[int, dict[str, Value]]] = []
        self._news: dict[int, _News] = {}
        self._tied: dict[int, tuple[int | None, int | None]] = {}
        self._stored = _Stored()
        self.rounds: dict[int, list[tuple[int, list[Report]]]] = {}
        """Company id → its rounds, with their reports."""
        self.gone: set[int] = set()

    def write(self, told: Sequence[Told], resolve: Resolve, again: Iterable[int] = ()) -> None:
        """Make companies and rounds of all that the families concerned were told of.

        `again`: ids of companies to be looked at again, whether or not there is news of them.
        """
        book = self._companies
        book.load((key for one in told for key in one.keys), again)
        of_told, of_stored = book.families(one.keys for one in told)
        by_family: dict[int, list[Told]] = {}
        for family, one in zip(of_told, told, strict=True):
            by_family.setdefault(family, []).append(one)
        known = sorted(company for family in of_stored.values() for company in family)
        self._stored = stored = _load(self._connection, known)
        no_rounds: list[int] = []
        no_reports: dict[int, int] = {}
        for family in {**by_family, **of_stored}:
            old = of_stored.get(family, [])
            rounds = {id_: r for c in old for id_, r in stored.rounds.get(c, {}).items()}
            owners = {id_: c for c in old for id_ in stored.rounds.get(c, {})}
            before = [report for c in old for report in stored.reports.get(c, [])]
            self._tied.update((r.id, (r.company_id, r.round_id)) for r in before)
            fresh = [self._fresh(one) for one in by_family.get(family, ())]
            reports = {report.id: report for report in (*before, *fresh)}
            kept: set[int] = set()
            heirs: dict[int | None, int] = {}
            for company in resolve([*before, *fresh]):
                company_id = book.save(company)
                self.rounds[company_id] = []
                for merged in company.rounds:
                    round_id = self._round(company_id, merged, rounds, owners)
                    kept.add(round_id)
                    members = [reports[report] for report in merged.reports]
                    self.rounds[company_id].append((round_id, members))
                    heirs.update((r.company_id, company_id) for r in members)
                for report in company.dismissed:
                    self._file(report, company_id, None, 0, counts=False)
                    heirs[reports[report].company_id] = company_id
                heirs[company.id] = company_id
            no_rounds += rounds.keys() - kept
            lost = set(old) - self.rounds.keys()
            no_reports.update((c, heirs[c]) for c in lost if c in heirs)
        self._pending.flush()
        book.update()
        self._update(no_rounds)
        self.gone.update(no_rounds)
        book.forget(no_reports)

    def _fresh(self, one: Told) -> Report:
        news = _News(one, self._shares(one), checked_values(one.read))
        self._news[one.id] = news
        return _report(one, news.values, news.shares)

    def _round(
        self,
        company_id: int,
        merged: MergedRound,
        rounds: dict[int, tuple[Any, ...]],
        owners: dict[int, int],
    ) -> int:
        """Write one round. Returns its id."""
        row = tuple(map(merged.values.__getitem__, t.VALUE_COLUMNS))
        round_id = merged.id
        if round_id is None:
            round_id = self._pending.next_id(t.ROUND)
            self._pending.add(t.ROUND, round_id, company_id, *row)
        elif rounds[round_id] != row or owners[round_id] != company_id:
            self._changed.append((round_id, {"company_id": company_id, **merged.values}))
        place = 0
        for report_id in merged.reports:
            counts = merged.backed_by is None or report_id in merged.backed_by
            place = self._file(report_id, company_id, round_id, place, counts=counts)
        return round_id

    def _file(
        self, report_id: int, company_id: int, round_id: int | None, place: int, *, counts: bool
    ) -> int:
        """Tie a report to its company and round; its investors to the round only if they count.

        Returns the place of the next report's investors.
        """
        backed = round_id if counts else None
        news = self._news.get(report_id)
        if news is None:
            if self._tied[report_id] != (company_id, round_id):
                self._retied.append({"row": report_id, "company": company_id, "round": round_id})
            return self._move(report_id, backed, place)
        one, read = news.told, news.told.read
        row = (one.id, one.brief_id, one.ordinal, company_id, read.company, read.company_alias)
        self._pending.add(t.REPORT, *row, round_id, *news.values)
        return self._tell(one, news.shares, backed, place)

    def _shares(self, one: Told) -> list[_Share]:
        """Every name by itself: two that are one investor today may be two tomorrow."""
        return [
            _Share(self._investors.current(investor_id), named.name, named.lead, place)
            for investor_id, named, place in one.investors
        ]

    def _tell(self, one: Told, shares: list[_Share], round_id: int | None, place: int) -> int:
        add = self._pending.add
        for share in shares:
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
        for _, named, at in one.investors:
            add(t.MENTION, one.id, "investors", at, named.span.start, named.span.end)
        return place

    def _move(self, report_id: int, round_id: int | None, place: int) -> int:
        """Give the investors of a stored report their place in the round."""
        for part_id, old_round, position in self._stored.shares.get(report_id, ()):
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
                .values(company_id=bindparam("company"), round_id=bindparam("round")),
                self._retied,
            )
        if self._moved:
            self._connection.execute(
                update(t.PARTICIPATION)
                .where(part.id == bindparam("row"))
                .values(round_id=bindparam("round"), position=bindparam("place")),
                self._moved,
            )
        for round_id, values in self._changed:
            self._connection.execute(
                update(t.ROUND).where(t.ROUND.c.id == round_id).values(**values)
            )
        for some in chunked(gone):
            self._connection.execute(delete(t.ROUND).where(t.ROUND.c.id.in_(some)))


def checked_values(read: ExtractedRound) -> tuple[Any, ...]:
    """The values of a report as they are stored: a sum that no column holds is a misreading."""
    values = _values_of(read)
    for amount, currency in _MONEY:
        if values[amount] is not None and not 0 <= values[amount] <= LARGEST:
            bare = list(values)
            bare[amount] = bare[currency] = None
            values = tuple(bare)
    return tuple(values)


def _report(one: Told, values: tuple[Any, ...], shares: list[_Share]) -> Report:
    return Report(
        id=one.id,
        brief_id=one.brief_id,
        round_id=None,
        order=one.order,
        issued_on=one.issued_on,
        company=one.read.company,
        company_alias=one.read.company_alias,
        investors=tuple((share.investor_id, share.lead) for share in shares),
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
            name, alias = row[8:10]
            found.reports.setdefault(company_id, []).append(
                Report(
                    id=report_id,
                    brief_id=brief_id,
                    round_id=round_id,
                    order=(day.isoformat() if day else "", letter, position, ordinal),
                    issued_on=day,
                    company_id=company_id,
                    company=name,
                    company_alias=alias,
                    investors=tuple(backers.get(report_id, ())),
                    **dict(zip(t.VALUE_COLUMNS, row[10:], strict=True)),
                )
            )
        for company_id, round_id, *values in _ROUNDS.rows(connection, companies=some):
            found.rounds.setdefault(company_id, {})[round_id] = tuple(values)
    return found
