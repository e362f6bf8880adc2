"""All that is known of one company, or of one investor: plain records out of the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from tracker.parsing.stages import STAGES
from tracker.query.filters import RoundFilter
from tracker.query.grouping import month, sectors_of
from tracker.query.listing import list_rounds_where
from tracker.records import Reported, RoundRow
from tracker.store import tables as t
from tracker.store.parties import COMPANIES, INVESTORS, Side


@dataclass(frozen=True, slots=True)
class Step:
    """A round on a company's way, with what it had raised by then in that currency.

    `announced` is the total to date that the text itself gives; whole units.
    """

    row: RoundRow
    running: int | None
    currency: str | None
    announced: int | None
    announced_currency: str | None

    @property
    def differs(self) -> bool:
        """Whether the announced total is another than what the rounds add up to."""
        if self.announced is None:
            return False
        return (self.announced, self.announced_currency) != (self.running, self.currency)


@dataclass(frozen=True, slots=True)
class Backer:
    """An investor of a company, or one beside whom an investor invested."""

    name: str
    rounds: int
    led: int


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """A company: who it is, its rounds from the first on, who backed it, who told of it."""

    id: int
    name: str
    aliases: tuple[str, ...]
    description: str | None
    sectors: tuple[str, ...]
    rounds: tuple[Step, ...]
    raised: dict[str, int]
    """Currency → the sum of what was disclosed."""
    undisclosed: int
    investors: tuple[Backer, ...]
    reported: tuple[Reported, ...]


@dataclass(frozen=True, slots=True)
class InvestorProfile:
    """An investor: its rounds, the newest first, and what they have in common."""

    id: int
    name: str
    aliases: tuple[str, ...]
    kind: str | None
    country: str | None
    rounds: tuple[RoundRow, ...]
    led: int
    stages: dict[str, int]
    """Stage → rounds; those without a stage are in none."""
    sectors: dict[str, int]
    partners: tuple[Backer, ...]
    """Co-investors, the most frequent first; `led` where they led beside it."""
    months: dict[str, int]
    """Month → rounds, every month from the first to the last."""

    @property
    def lead_share(self) -> float:
        """The part of its rounds that it led."""
        return self.led / len(self.rounds) if self.rounds else 0.0


def company_profile(connection: Connection, company_id: int) -> CompanyProfile:
    """The company with this id, which must be there."""
    name = _name(connection, COMPANIES, company_id)
    rows = _rounds(connection, t.ROUND.c.company_id == company_id)
    steps = _steps(rows)
    raised: Counter[str] = Counter()
    for row in rows:
        if row.amount is not None and row.currency:
            raised[row.currency] += row.amount
    sources = {(s.date, s.newsletter, s.issue, s.brief): s for row in rows for s in row.sources}
    told = sectors_of(connection, [row.id for row in rows])
    return CompanyProfile(
        id=company_id,
        name=name,
        aliases=_aliases(connection, COMPANIES, company_id, name),
        description=_description(connection, company_id),
        sectors=next(iter(told.values()), ()),
        rounds=steps,
        raised=dict(sorted(raised.items(), key=lambda one: one[0])),
        undisclosed=sum(row.amount is None for row in rows),
        investors=_backers(rows, without=None),
        reported=tuple(
            sorted(sources.values(), key=lambda s: (str(s.date or ""), s.newsletter or ""))
        ),
    )


def investor_profile(connection: Connection, investor_id: int) -> InvestorProfile:
    """The investor with this id, which must be there."""
    investor, part = t.INVESTOR.c, t.PARTICIPATION.c
    found = connection.execute(
        select(investor.name, investor.kind, investor.country).where(investor.id == investor_id)
    ).one()
    mine = select(part.round_id).where(part.investor_id == investor_id, part.round_id.is_not(None))
    rows = _rounds(connection, t.ROUND.c.id.in_(mine))[::-1]
    led = sum(i.lead for row in rows for i in row.investors if i.name == found.name)
    stages = Counter(row.stage for row in rows if row.stage)
    told = sectors_of(connection, [row.id for row in rows])
    sectors = Counter(sector for some in told.values() for sector in some)
    return InvestorProfile(
        id=investor_id,
        name=found.name,
        aliases=_aliases(connection, INVESTORS, investor_id, found.name),
        kind=found.kind,
        country=found.country,
        rounds=tuple(rows),
        led=led,
        stages={stage: stages[stage] for stage in STAGES if stage in stages},
        sectors=dict(sorted(sectors.items(), key=lambda one: (-one[1], one[0]))),
        partners=_backers(rows, without=found.name),
        months=_months([row.announced_on for row in rows if row.announced_on]),
    )


def _name(connection: Connection, side: Side, party_id: int) -> str:
    query = select(side.table.c.name).where(side.table.c.id == party_id)
    return str(connection.execute(query).scalar_one())


def _rounds(connection: Connection, which: ColumnElement[bool]) -> list[RoundRow]:
    """From the first on."""
    rows = list(list_rounds_where(connection, [which], RoundFilter()))
    return sorted(rows, key=lambda row: (row.announced_on or date.min, row.id))


def _steps(rows: Sequence[RoundRow]) -> tuple[Step, ...]:
    running: dict[str, int] = {}
    steps = []
    for row in rows:
        # A round without a sum still has a place in the total of the currency its text speaks.
        currency = row.currency or row.total_raised_currency
        if row.amount is not None and row.currency:
            running[row.currency] = running.get(row.currency, 0) + row.amount
        total = running.get(currency) if currency else None
        steps.append(Step(row, total, currency, row.total_raised, row.total_raised_currency))
    return tuple(steps)


def _aliases(connection: Connection, side: Side, party_id: int, shown: str) -> tuple[str, ...]:
    column = side.alias.c
    names = connection.execute(
        select(column.name).where(side.owner == party_id).order_by(column.own.desc(), column.name)
    ).scalars()
    return tuple(name for name in dict.fromkeys(names) if name != shown)


def _description(connection: Connection, company_id: int) -> str | None:
    """Of its newest round that has one."""
    col = t.ROUND.c
    query = (
        select(col.description)
        .where(col.company_id == company_id, col.description.is_not(None))
        .order_by(col.announced_on.desc().nulls_last(), col.id.desc())
        .limit(1)
    )
    found: str | None = connection.execute(query).scalar()
    return found


def _backers(rows: Sequence[RoundRow], without: str | None) -> tuple[Backer, ...]:
    rounds: Counter[str] = Counter()
    led: Counter[str] = Counter()
    for row in rows:
        for share in row.investors:
            if share.name != without:
                rounds[share.name] += 1
                led[share.name] += share.lead
    ordered = sorted(rounds, key=lambda name: (-rounds[name], -led[name], name))
    return tuple(Backer(name, rounds[name], led[name]) for name in ordered)


def _months(days: Sequence[date]) -> dict[str, int]:
    if not days:
        return {}
    counted = Counter(month(day) for day in days)
    at, last = min(days).replace(day=1), max(days)
    found: dict[str, int] = {}
    while at <= last:
        name = f"{at:%Y-%m}"
        found[name] = counted[name]
        at = at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
    return found
