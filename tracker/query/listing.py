"""Rounds out of the database: a `RoundFilter` in, `RoundRow` records out, streaming.

Every value a person gave goes to the database as a parameter, never into the SQL text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    String,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from tracker.parsing.stages import STAGES
from tracker.query.filters import RoundFilter
from tracker.records import Reported, RoundRow, Share
from tracker.store import tables as t
from tracker.store.backend import backend_of
from tracker.store.parties import COMPANIES, INVESTORS
from tracker.store.prepared import Prepared
from tracker.store.search import owners

T = TypeVar("T")

PAGE = 500
"""Rounds fetched at a time, with their investors and sources in one query each."""

_FIELDS = [f.name for f in fields(RoundRow) if f.name not in ("investors", "sources")]

# The parts that are the same in every question are put together once: SQLAlchemy takes longer
# to build them than the database to answer.
_ROUNDS = select(
    *(t.COMPANY.c.name.label("company") if f == "company" else t.ROUND.c[f] for f in _FIELDS)
).join(t.COMPANY, t.COMPANY.c.id == t.ROUND.c.company_id)


def _about(of: Callable[[ColumnElement[int]], ColumnElement[bool]]) -> tuple[Select[Any], ...]:
    """Investors and sources of some rounds; `of` says of which."""
    part, investor = t.PARTICIPATION.c, t.INVESTOR.c
    report, brief, issue = t.REPORT.c, t.BRIEF.c, t.ISSUE.c
    no_text, no_day = cast(null(), String), cast(null(), Date)
    investors = (
        select(
            part.round_id,
            func.min(part.position).label("place"),
            func.max(case((part.lead, literal_column("1")), else_=literal_column("0"))).label(
                "lead"
            ),
            investor.name,
            no_text.label("number"),
            no_text.label("title"),
            no_day.label("day"),
            no_text.label("text"),
            no_text.label("fingerprint"),
        )
        .join(t.INVESTOR, investor.id == part.investor_id)
        .where(of(part.round_id))
        .group_by(part.round_id, investor.id, investor.name)
    )
    sources = (
        select(
            report.round_id,
            brief.position,
            literal_column("-1", Integer).label("lead"),
            t.NEWSLETTER.c.name,
            issue.number,
            issue.title,
            issue.issued_on,
            brief.text,
            issue.fingerprint,
        )
        .join(t.BRIEF, brief.id == report.brief_id)
        .join(t.ISSUE, issue.id == brief.issue_id)
        .outerjoin(t.NEWSLETTER, t.NEWSLETTER.c.id == issue.newsletter_id)
        .where(of(report.round_id))
    )
    return investors, sources


# In one answer: every trip to a server counts.
_ABOUT = Prepared(
    lambda backend: union_all(*_about(lambda round_id: backend.among(round_id, "ids")))
)


def list_rounds(connection: Connection, asked: RoundFilter) -> Iterator[RoundRow]:
    """Every round that matches, in the order asked for."""
    conditions = _conditions(connection, asked)
    if not conditions and asked.sort == "date" and asked.limit and asked.limit <= PAGE:
        yield from _latest(connection, asked.limit)
        return
    query = _sorted(asked.sort).where(*conditions)
    if asked.limit:
        query = query.limit(asked.limit)
    if asked.limit and asked.limit <= PAGE:
        yield from _complete(connection, connection.execute(query).all())
        return
    # An option of the statement: as one of the connection it would hold for all that follows.
    result = connection.execute(query.execution_options(yield_per=PAGE))
    try:
        for page in result.partitions():
            yield from _complete(connection, page)
    finally:
        # Whoever stopped listening (`tracker list | head`) may have closed all before.
        if not connection.closed:
            result.close()


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


@lru_cache(maxsize=64)
def _newest(count: int) -> Prepared:
    """The newest rounds of all with what belongs to them, in one trip: what people ask most."""
    # No parameter but a number that we wrote: the planner knows that there will be few.
    first = select(t.ROUND).order_by(*_order("date")).limit(literal_column(str(int(count))))
    picked = first.cte("picked")
    rounds = select(
        *(t.COMPANY.c.name if f == "company" else picked.c[f] for f in _FIELDS),
        *(cast(null(), type_) for type_ in (Integer, Integer, String, String, String, String)),
    ).join(t.COMPANY, t.COMPANY.c.id == picked.c.company_id)
    parts = []
    for part in _about(lambda round_id: round_id.in_(select(picked.c.id))):
        about = part.subquery()
        round_id, place, lead, name, number, title, day, text, letter = about.c
        same = {"id": round_id, "company": name, "announced_on": day}
        cells = (same[f] if f in same else cast(null(), picked.c[f].type) for f in _FIELDS)
        parts.append(select(*cells, place, lead, number, title, text, letter))
    return Prepared(lambda _backend: union_all(rounds, *parts))


def _latest(connection: Connection, count: int) -> Iterator[RoundRow]:
    rounds, about = [], []
    place, company, day = map(_FIELDS.index, ("id", "company", "announced_on"))
    for row in _newest(count).rows(connection):
        at, lead, number, title, text, letter = row[len(_FIELDS) :]
        if lead is None:
            rounds.append(row[: len(_FIELDS)])
        else:
            about.append(
                (row[place], at, lead, row[company], number, title, row[day], text, letter)
            )
    rounds.sort(key=lambda row: (row[day] or date.min, row[place]), reverse=True)
    yield from _joined(rounds, about)


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
    if rows:
        place = _FIELDS.index("id")
        some = backend_of(connection).ids([row[place] for row in rows])
        yield from _joined(rows, _ABOUT.rows(connection, ids=some))


def _joined(rows: Sequence[Any], about: Sequence[Any]) -> Iterator[RoundRow]:
    place = _FIELDS.index("id")
    backers: dict[int, list[tuple[int, Share]]] = {}
    letters: dict[int, list[tuple[tuple[str, str, int], Reported]]] = {}
    for round_id, at, lead, name, number, title, day, text, letter in about:
        if lead >= 0:
            backers.setdefault(round_id, []).append((at, Share(name, bool(lead))))
        else:
            order = (day.isoformat() if day else "", letter, at)
            told = Reported(name, number or title, day, text)
            letters.setdefault(round_id, []).append((order, told))
    for row in rows:
        yield RoundRow(
            **dict(zip(_FIELDS, row, strict=True)),
            investors=_in_order(backers.get(row[place])),
            sources=_in_order(letters.get(row[place])),
        )


def _in_order(found: list[tuple[Any, T]] | None) -> tuple[T, ...]:
    if not found:
        return ()
    if len(found) == 1:
        return (found[0][1],)
    found.sort(key=itemgetter(0))
    return tuple([one for _, one in found])
