"""The reports of one transaction → companies, rounds, participations and mentions.

Which reports are of one company and one round is identity's to decide (`resolve`), family by
family of names; here the reports of a family are gathered, the stored ones too, and the answer
is written: only what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, update

from tracker.records import (
    ExtractedRound,
    InvestorMention,
    MergedCompany,
    MergedRound,
    Report,
)
from tracker.store import tables as t
from tracker.store.companies import CompanyBook
from tracker.store.parties import InvestorBook
from tracker.store.pending import Pending, chunked
from tracker.store.stored import Stored, load_stored

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
_merged_row = itemgetter(*t.VALUE_COLUMNS)


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


_News = tuple[Report, Told, list[_Share], tuple[Any, ...]]
"""A report that is not written yet: as identity sees it, and what to write of it."""


@dataclass(slots=True)
class _Family:
    """The companies whose names hang together, as stored, and what is new of them."""

    companies: list[int] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


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
        self._changed: list[dict[str, Any]] = []
        self._rounds = pending.rows(t.ROUND)
        self._reports = pending.rows(t.REPORT)
        self._parts = pending.rows(t.PARTICIPATION)
        self._mentions = pending.rows(t.MENTION)
        self._news: dict[int, _News] = {}
        self._tied: dict[int, tuple[int | None, int | None]] = {}
        self._stored = Stored()
        self.several: dict[int, list[tuple[int, list[Report]]]] = {}
        """Company id → its rounds with their reports, where it has more than one."""
        self.gone: list[int] = []
        """Rounds that are no more."""

    def write(self, told: Sequence[Told], resolve: Resolve, again: Iterable[int] = ()) -> None:
        """Make companies and rounds of all that the families concerned were told of.

        `again`: ids of companies to be looked at again, whether or not there is news of them.
        """
        book = self._companies
        book.load((key for one in told for key in one.keys), again)
        of_told, of_stored = book.families([one.keys for one in told])
        families: dict[int, _Family] = {}
        for family, one in zip(of_told, told, strict=True):
            if family not in families:
                families[family] = _Family(of_stored.pop(family, []))
            families[family].told.append(one)
        families.update((family, _Family(companies)) for family, companies in of_stored.items())
        known = [company for family in families.values() for company in family.companies]
        self._stored = load_stored(self._connection, known)
        heirs: dict[int, int] = {}
        for one_family in families.values():
            self._family(one_family, resolve, heirs)
        self._pending.flush()
        book.update()
        self._update(self.gone)
        book.forget(heirs)

    def _family(self, family: _Family, resolve: Resolve, heirs: dict[int, int]) -> None:
        """Write one family's news. Companies that are no more are noted with their heirs."""
        stored, old = self._stored, family.companies
        fresh = [self._fresh(one) for one in family.told]
        reports = [report for c in old for report in stored.reports.get(c, ())]
        self._tied.update((r.id, (r.company_id, r.round_id)) for r in reports)
        reports += fresh
        by_id = {report.id: report for report in reports}
        rounds = {id_: (c, row) for c in old for id_, row in stored.rounds.get(c, {}).items()}
        kept: set[int] = set()
        there: set[int] = set()
        for company in resolve(reports):
            company_id = self._companies.save(company)
            there.add(company_id)
            told = []
            for merged in company.rounds:
                round_id = self._round(company_id, merged, rounds)
                told.append((round_id, [by_id[report] for report in merged.reports]))
                kept.add(round_id)
            for report in company.dismissed:
                self._file(report, company_id, None, 0, counts=False)
            if len(told) > 1:
                self.several[company_id] = told
            if old:
                members = [r for _, some in told for r in some]
                members += [by_id[report] for report in company.dismissed]
                heirs.update((r.company_id, company_id) for r in members if r.company_id)
        for company_id in old:
            if company_id in there:
                heirs.pop(company_id, None)
            elif company_id not in heirs:
                # Nobody ever told of it.
                heirs[company_id] = min(there, default=company_id)
        self.gone += rounds.keys() - kept

    def _fresh(self, one: Told) -> Report:
        shares = self._shares(one)
        values = checked_values(one.read)
        named = None, one.read.company, one.read.company_alias
        backers = tuple([(share.investor_id, share.lead) for share in shares])
        key = one.id, one.brief_id, None, one.order, one.issued_on
        report = Report(*key, *named, backers, *values)
        self._news[one.id] = report, one, shares, values
        return report

    def _round(
        self, company_id: int, merged: MergedRound, rounds: dict[int, tuple[int, tuple[Any, ...]]]
    ) -> int:
        """Write one round. Returns its id."""
        row = _merged_row(merged.values)
        round_id = merged.id
        if round_id is None:
            round_id = self._pending.next_id(t.ROUND)
            self._rounds.append((round_id, company_id, *row))
        elif rounds[round_id] != (company_id, row):
            self._changed.append({"row": round_id, "company": company_id, **merged.values})
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
        if news is not None:
            return self._tell(news, company_id, round_id, backed, place)
        if self._tied[report_id] != (company_id, round_id):
            self._retied.append({"row": report_id, "company": company_id, "round": round_id})
        return self._move(report_id, backed, place)

    def _shares(self, one: Told) -> list[_Share]:
        """Every name by itself: two that are one investor today may be two tomorrow."""
        return [
            _Share(self._investors.current(investor_id), named.name, named.lead, place)
            for investor_id, named, place in one.investors
        ]

    def _tell(
        self, news: _News, company_id: int, round_id: int | None, backed: int | None, place: int
    ) -> int:
        _, one, shares, values = news
        report_id, read = one.id, one.read
        named = company_id, read.company, read.company_alias
        self._reports.append((report_id, one.brief_id, one.ordinal, *named, round_id, *values))
        for at, share in enumerate(shares, place):
            row = report_id, backed, share.investor_id, share.name, share.lead, share.place, at
            self._parts.append(row)
        mention = self._mentions.append
        for name, span in read.spans.items():
            mention((report_id, name, 0, span.start, span.end))
        for _, named_as, at in one.investors:
            span = named_as.span
            mention((report_id, "investors", at, span.start, span.end))
        return place + len(shares)

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
        if self._changed:
            values: dict[str, BindParameter[Any]] = {n: bindparam(n) for n in t.VALUE_COLUMNS}
            self._connection.execute(
                update(t.ROUND)
                .where(t.ROUND.c.id == bindparam("row"))
                .values(company_id=bindparam("company"), **values),
                self._changed,
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
