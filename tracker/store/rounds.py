"""The reports of one transaction → participations, mentions and rounds.

Which reports are one round is identity's to decide (`merge`); here the reports of the companies
concerned are gathered, the stored ones too, and the answer is written: only what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, update

from tracker.records import ExtractedRound, InvestorMention, MergedRound, Report
from tracker.store import tables as t
from tracker.store.parties import PartyBook
from tracker.store.pending import Pending, chunked
from tracker.store.stored import Stored, load_stored

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
_merged_row = itemgetter(*t.VALUE_COLUMNS)


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


_News = tuple[Report, Told, dict[int, _Share], tuple[Any, ...]]
"""A report that is not written yet: as identity sees it, and what to write of it."""


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
        self._changed: list[dict[str, Any]] = []
        self._rounds = pending.rows(t.ROUND)
        self._reports = pending.rows(t.REPORT)
        self._parts = pending.rows(t.PARTICIPATION)
        self._mentions = pending.rows(t.MENTION)

    def write(self, told: Iterable[Told], merge: Merge) -> None:
        """Make the rounds of every company that was told of what all its reports say together."""
        by_company: dict[int, list[Told]] = {}
        for one in told:
            by_company.setdefault(self._companies.current(one.company_id), []).append(one)
        old = [c for c in by_company if not self._pending.is_new(t.COMPANY, c)]
        stored = load_stored(self._connection, old)
        gone: list[int] = []
        for company_id in sorted(by_company):
            gone += self._company(company_id, by_company[company_id], stored, merge)
        self._pending.flush()
        self._update(gone)

    def _company(self, company_id: int, told: list[Told], stored: Stored, merge: Merge) -> set[int]:
        """Write one company's news. Returns the rounds that are no more."""
        news = {one.id: self._fresh(one) for one in told}
        reports = [report for report, *_ in news.values()]
        rounds: dict[int, tuple[Any, ...]] = {}
        tied: dict[int, int | None] = {}
        if before := stored.reports.get(company_id):
            rounds = stored.rounds.get(company_id, rounds)
            tied = {report.id: report.round_id for report in before}
            reports = before + reports
        kept: set[int] = set()
        for merged in merge(reports):
            round_id = merged.id
            row = _merged_row(merged.values)
            if round_id is None:
                round_id = self._pending.next_id(t.ROUND)
                self._rounds.append((round_id, company_id, *row))
            elif rounds[round_id] != row:
                self._changed.append({"row": round_id, **merged.values})
            kept.add(round_id)
            place = 0
            for report_id in merged.reports:
                if report_id in news:
                    place = self._tell(news[report_id], company_id, round_id, place)
                else:
                    if tied[report_id] != round_id:
                        self._retied.append({"row": report_id, "round": round_id})
                    place = self._move(report_id, round_id, stored, place)
        return rounds.keys() - kept

    def _fresh(self, one: Told) -> _News:
        shares = self._shares(one)
        values = _checked(one.read)
        backers = tuple([(share.investor_id, share.lead) for share in shares.values()])
        report = Report(one.id, one.brief_id, None, one.order, one.issued_on, backers, *values)
        return report, one, shares, values

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

    def _tell(self, news: _News, company_id: int, round_id: int, place: int) -> int:
        _, one, shares, values = news
        report_id, read = one.id, one.read
        self._reports.append(
            (report_id, one.brief_id, one.ordinal, company_id, read.company, round_id, *values)
        )
        for at, share in enumerate(shares.values(), place):
            row = report_id, round_id, share.investor_id, share.name, share.lead, share.place, at
            self._parts.append(row)
        mention = self._mentions.append
        for name, span in read.spans.items():
            mention((report_id, name, 0, span.start, span.end))
        for investor_id, named, _ in one.investors:
            at, span = shares[self._investors.current(investor_id)].place, named.span
            mention((report_id, "investors", at, span.start, span.end))
        return place + len(shares)

    def _move(self, report_id: int, round_id: int, stored: Stored, place: int) -> int:
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
        if self._changed:
            values: dict[str, BindParameter[Any]] = {n: bindparam(n) for n in t.VALUE_COLUMNS}
            self._connection.execute(
                update(t.ROUND).where(t.ROUND.c.id == bindparam("row")).values(**values),
                self._changed,
            )
        for some in chunked(gone):
            self._connection.execute(delete(t.ROUND).where(t.ROUND.c.id.in_(some)))
        self._retied, self._moved, self._changed = [], [], []


def _checked(read: ExtractedRound) -> tuple[Any, ...]:
    values = _values_of(read)
    for amount, currency in _MONEY:
        if values[amount] is not None and not 0 <= values[amount] <= LARGEST:
            bare = list(values)
            bare[amount] = bare[currency] = None
            values = tuple(bare)
    return tuple(values)
