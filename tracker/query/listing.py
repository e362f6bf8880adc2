"""Rounds out of the database: a `RoundFilter` in, `RoundRow` records out, streaming.

Every value a person gave goes to the database as a parameter, never into the SQL text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    func,
    select,
)

from tracker.parsing.stages import STAGES
from tracker.query.filters import RoundFilter
from tracker.records import Reported, RoundRow, Share
from tracker.store import tables as t
from tracker.store.backend import Backend, backend_of
from tracker.store.parties import COMPANIES, INVESTORS
from tracker.store.prepared import Prepared
from tracker.store.search import owners

PAGE = 500
"""Rounds fetched at a time, with their investors and sources in one query each."""

_FIELDS = [f.name for f in fields(RoundRow) if f.name not in ("investors", "sources")]

# The parts that are the same in every question are put together once: SQLAlchemy takes longer
# to build them than the database to answer.
_ROUNDS = select(
    *(t.COMPANY.c.name.label("company") if f == "company" else t.ROUND.c[f] for f in _FIELDS)
).join(t.COMPANY, t.COMPANY.c.id == t.ROUND.c.company_id)


def _investors_of(backend: Backend) -> Select[Any]:
    part, investor = t.PARTICIPATION.c, t.INVESTOR.c
    return (
        select(part.round_id, investor.name, func.max(case((part.lead, 1), else_=0)))
        .join(t.INVESTOR, investor.id == part.investor_id)
        .where(backend.among(part.round_id, "ids"))
        .group_by(part.round_id, investor.id, investor.name)
        .order_by(part.round_id, func.min(part.position))
    )


def _sources_of(backend: Backend) -> Select[Any]:
    report, brief, issue = t.REPORT.c, t.BRIEF.c, t.ISSUE.c
    return (
        select(
            report.round_id,
            t.NEWSLETTER.c.name,
            issue.number,
            issue.title,
            issue.issued_on,
            brief.text,
        )
        .join(t.BRIEF, brief.id == report.brief_id)
        .join(t.ISSUE, issue.id == brief.issue_id)
        .outerjoin(t.NEWSLETTER, t.NEWSLETTER.c.id == issue.newsletter_id)
        .where(backend.among(report.round_id, "ids"))
        .order_by(
            report.round_id,
            issue.issued_on.asc().nulls_first(),
            issue.fingerprint,
            brief.position,
        )
    )


_INVESTORS, _SOURCES = Prepared(_investors_of), Prepared(_sources_of)


def list_rounds(connection: Connection, asked: RoundFilter) -> Iterator[RoundRow]:
    """Every round that matches, in the order asked for."""
    query = _sorted(asked.sort)
    if conditions := _conditions(connection, asked):
        query = query.where(*conditions)
    if asked.limit:
        query = query.limit(asked.limit)
    if asked.limit and asked.limit <= PAGE:
        yield from _complete(connection, connection.execute(query).all())
        return
    with connection.execution_options(yield_per=PAGE).execute(query) as result:
        for page in result.partitions():
            yield from _complete(connection, page)


def get_round(connection: Connection, round_id: int) -> RoundRow | None:
    """The round with this id."""
    query = _ROUNDS.where(t.ROUND.c.id == round_id)
    return next(iter(_complete(connection, connection.execute(query).all())), None)


def count_rounds(connection: Connection, asked: RoundFilter) -> int:
    """How many rounds match, whatever the limit."""
    query = select(func.count()).select_from(t.ROUND).where(*_conditions(connection, asked))
    return int(connection.execute(query).scalar_one())


def wider(connection: Connection, asked: RoundFilter) -> list[tuple[str, int]]:
    """Which single option, left out, would find rounds, and how many: for an empty result."""
    # An amount brings its currency along, so the two are left out together.
    amount = {"min_amount": None, "max_amount": None, "currency": None}
    without: dict[str, dict[str, Any]] = {
        "--since": {"since": None},
        "--until": {"until": None},
        "--stage": {"stages": ()},
        "--company": {"company": None},
        "--investor": {"investor": None},
        "--lead": {"lead": None},
        "--min-amount": amount,
        "--max-amount": amount,
        "--currency": {"currency": None},
        "--source": {"source": None},
    }
    found = []
    for option, change in without.items():
        if getattr(asked, next(iter(change)) if option != "--max-amount" else "max_amount"):
            if option == "--currency" and (asked.min_amount or asked.max_amount):
                continue
            if count := count_rounds(connection, replace(asked, **change)):
                found.append((option, count))
    return found


def _conditions(connection: Connection, asked: RoundFilter) -> list[ColumnElement[bool]]:
    col = t.ROUND.c
    found: list[ColumnElement[bool]] = []
    if asked.since:
        found.append(col.announced_on >= asked.since)
    if asked.until:
        found.append(col.announced_on <= asked.until)
    if asked.stages:
        found.append(col.stage.in_(asked.stages))
    if asked.currency:
        found.append(col.currency == asked.currency)
    if asked.min_amount is not None:
        found.append(col.amount >= asked.min_amount)
    if asked.max_amount is not None:
        found.append(col.amount <= asked.max_amount)
    if asked.company:
        found.append(col.company_id.in_(owners(connection, COMPANIES, asked.company)))
    if asked.investor:
        found.append(col.id.in_(_backed_by(connection, asked.investor)))
    if asked.lead:
        found.append(col.id.in_(_backed_by(connection, asked.lead).where(t.PARTICIPATION.c.lead)))
    if asked.source:
        reported = (
            select(t.REPORT.c.round_id)
            .join(t.BRIEF, t.BRIEF.c.id == t.REPORT.c.brief_id)
            .join(t.ISSUE, t.ISSUE.c.id == t.BRIEF.c.issue_id)
            .join(t.NEWSLETTER, t.NEWSLETTER.c.id == t.ISSUE.c.newsletter_id)
            .where(t.NEWSLETTER.c.key.contains(asked.source, autoescape=True))
        )
        found.append(col.id.in_(reported))
    return found


def _backed_by(connection: Connection, key: str) -> Select[Any]:
    part = t.PARTICIPATION.c
    return select(part.round_id).where(part.investor_id.in_(owners(connection, INVESTORS, key)))


@cache
def _sorted(sort: str) -> Select[Any]:
    return _ROUNDS.order_by(*_order(sort))


def _order(sort: str) -> Sequence[ColumnElement[Any]]:
    col = t.ROUND.c
    newest = (col.announced_on.desc().nulls_last(), col.id.desc())
    if sort == "amount":
        # Sums of different currencies do not compare: one currency after the other.
        return (col.currency.asc().nulls_last(), col.amount.desc().nulls_last(), *newest)
    if sort == "company":
        return (t.COMPANY.c.name.asc(), *newest)
    if sort == "stage":
        rank = case({stage: i for i, stage in enumerate(STAGES)}, value=col.stage, else_=None)
        return (rank.asc().nulls_last(), *newest)
    if sort == "confidence":
        return (col.confidence.desc(), *newest)
    if sort == "id":
        return (col.id.asc(),)
    return newest


def _complete(connection: Connection, rows: Sequence[Any]) -> Iterator[RoundRow]:
    if not rows:
        return
    place = _FIELDS.index("id")
    ids = [row[place] for row in rows]
    some = backend_of(connection).ids(ids)
    investors: dict[int, list[Share]] = {}
    for round_id, name, lead in _INVESTORS.rows(connection, ids=some):
        investors.setdefault(round_id, []).append(Share(name, bool(lead)))
    sources: dict[int, list[Reported]] = {}
    for round_id, newsletter, number, title, day, text in _SOURCES.rows(connection, ids=some):
        reported = Reported(newsletter, number or title, day, text)
        sources.setdefault(round_id, []).append(reported)
    for row in rows:
        yield RoundRow(
            **dict(zip(_FIELDS, row, strict=True)),
            investors=tuple(investors.get(row[place], ())),
            sources=tuple(sources.get(row[place], ())),
        )
