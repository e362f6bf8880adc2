"""Rounds out of the database: a `RoundFilter` in, `RoundRow` records out, streaming.

Every value a person gave goes to the database as a parameter, never into the SQL text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    func,
    select,
)

from tracker.parsing.stages import STAGES
from tracker.query.filters import RoundFilter
from tracker.records import Reported, RoundRow, Share
from tracker.store import tables as t
from tracker.store.parties import COMPANIES, INVESTORS
from tracker.store.search import owners

PAGE = 500
"""Rounds fetched at a time, with their investors and sources in one query each."""

_FIELDS = [f.name for f in fields(RoundRow) if f.name not in ("investors", "sources")]

# The parts that are the same in every question are put together once: SQLAlchemy takes longer
# to build them than the database to answer.
_ROUNDS = select(
    *(t.COMPANY.c.name.label("company") if f == "company" else t.ROUND.c[f] for f in _FIELDS)
).join(t.COMPANY, t.COMPANY.c.id == t.ROUND.c.company_id)
_SOME: BindParameter[Any] = bindparam("ids", expanding=True)
_INVESTORS = (
    select(
        t.PARTICIPATION.c.round_id,
        t.INVESTOR.c.name,
        func.max(case((t.PARTICIPATION.c.lead, 1), else_=0)),
    )
    .join(t.INVESTOR, t.INVESTOR.c.id == t.PARTICIPATION.c.investor_id)
    .where(t.PARTICIPATION.c.round_id.in_(_SOME))
    .group_by(t.PARTICIPATION.c.round_id, t.INVESTOR.c.id, t.INVESTOR.c.name)
    .order_by(t.PARTICIPATION.c.round_id, func.min(t.PARTICIPATION.c.position))
)
_SOURCES = (
    select(
        t.REPORT.c.round_id,
        t.NEWSLETTER.c.name,
        t.ISSUE.c.number,
        t.ISSUE.c.title,
        t.ISSUE.c.issued_on,
        t.BRIEF.c.text,
    )
    .join(t.BRIEF, t.BRIEF.c.id == t.REPORT.c.brief_id)
    .join(t.ISSUE, t.ISSUE.c.id == t.BRIEF.c.issue_id)
    .outerjoin(t.NEWSLETTER, t.NEWSLETTER.c.id == t.ISSUE.c.newsletter_id)
    .where(t.REPORT.c.round_id.in_(_SOME))
    .order_by(
        t.REPORT.c.round_id,
        t.ISSUE.c.issued_on.asc().nulls_first(),
        t.ISSUE.c.fingerprint,
        t.BRIEF.c.position,
    )
)


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
    investors, sources = _investors(connection, ids), _sources(connection, ids)
    for row in rows:
        yield RoundRow(
            **dict(zip(_FIELDS, row, strict=True)),
            investors=tuple(investors.get(row[place], ())),
            sources=tuple(sources.get(row[place], ())),
        )


def _investors(connection: Connection, ids: Sequence[int]) -> dict[int, list[Share]]:
    found: dict[int, list[Share]] = {}
    for round_id, name, lead in connection.execute(_INVESTORS, {"ids": ids}).all():
        found.setdefault(round_id, []).append(Share(name, bool(lead)))
    return found


def _sources(connection: Connection, ids: Sequence[int]) -> dict[int, list[Reported]]:
    found: dict[int, list[Reported]] = {}
    rows = connection.execute(_SOURCES, {"ids": ids}).all()
    for round_id, newsletter, number, title, issued_on, text in rows:
        reported = Reported(newsletter, number or title, issued_on, text)
        found.setdefault(round_id, []).append(reported)
    return found
