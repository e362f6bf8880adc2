"""Rounds out of the database: a `RoundFilter` in, `RoundRow` records out, streaming.

Every value a person gave goes to the database as a parameter, never into the SQL text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Date,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
)

from tracker.parsing.stages import STAGES
from tracker.query.conditions import conditions as where
from tracker.query.filters import ANY, RoundFilter
from tracker.query.grouping import sectors_of
from tracker.records import Reported, RoundRow, Share
from tracker.store import tables as t
from tracker.store.backend import Backend, backend_of
from tracker.store.prepared import Prepared

T = TypeVar("T")

WHOLE = frozenset({"investors", "sources"})
"""What a row holds besides the round itself; `sectors` only where they are asked for."""
PAGE = 500
"""Rounds fetched at a time, with their investors and sources in one query each."""

_FIELDS = [f.name for f in fields(RoundRow) if f.name not in ("investors", "sources", "sectors")]

# The parts that are the same in every question are put together once: SQLAlchemy takes longer
# to build them than the database to answer.
_ROUNDS = select(
    *(t.COMPANY.c.name.label("company") if f == "company" else t.ROUND.c[f] for f in _FIELDS)
).join(t.COMPANY, t.COMPANY.c.id == t.ROUND.c.company_id)


def _about(backend: Backend, parts: frozenset[str]) -> Select[Any] | CompoundSelect[Any]:
    """Investors and sources of some rounds in one answer: every trip to a server counts."""
    part, investor = t.PARTICIPATION.c, t.INVESTOR.c
    report, brief, issue = t.REPORT.c, t.BRIEF.c, t.ISSUE.c
    no_text, no_day = cast(null(), String), cast(null(), Date)
    investors = (
        select(
            part.round_id,
            func.min(part.position).label("place"),
            func.max(case((part.lead, 1), else_=0)).label("lead"),
            investor.name,
            no_text.label("number"),
            no_text.label("title"),
            no_day.label("day"),
            no_text.label("text"),
            no_text.label("fingerprint"),
        )
        .join(t.INVESTOR, investor.id == part.investor_id)
        .where(backend.among(part.round_id, "ids"))
        .group_by(part.round_id, investor.id, investor.name)
    )
    sources = (
        select(
            report.round_id,
            brief.position,
            literal(-1),
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
        .where(backend.among(report.round_id, "ids"))
    )
    if parts >= WHOLE:
        return investors.union_all(sources)
    return investors if "investors" in parts else sources


@cache
def _asking_about(parts: frozenset[str]) -> Prepared:
    return Prepared(lambda backend: _about(backend, parts))


def list_rounds(
    connection: Connection, asked: RoundFilter, *, parts: frozenset[str] = WHOLE
) -> Iterator[RoundRow]:
    """Every round that matches, in the order asked for.

    `parts`: what to bring along of `WHOLE`; the rest stays empty, and is quicker.
    """
    yield from list_rounds_where(connection, where(connection, asked), asked, parts=parts)


def list_rounds_where(
    connection: Connection,
    conditions: Sequence[ColumnElement[bool]],
    asked: RoundFilter,
    *,
    parts: frozenset[str] = WHOLE,
) -> Iterator[RoundRow]:
    """The rounds that fulfil `conditions`, in the order and number of `asked`."""
    if not conditions and asked.limit and asked.limit <= PAGE:
        yield from _complete(connection, _first(asked.sort, asked.limit).rows(connection), parts)
        return
    query = _sorted(asked.sort).where(*conditions)
    if asked.limit:
        query = query.limit(asked.limit)
    if asked.limit and asked.limit <= PAGE:
        yield from _complete(connection, connection.execute(query).all(), parts)
        return
    # An option of the statement: as one of the connection it would hold for all that follows.
    result = connection.execute(query.execution_options(yield_per=PAGE))
    try:
        for page in result.partitions():
            yield from _complete(connection, page, parts)
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
    query = select(func.count()).select_from(t.ROUND).where(*where(connection, asked))
    return int(connection.execute(query).scalar_one())


def wider(connection: Connection, asked: RoundFilter) -> list[tuple[str, int]]:
    """Which single option, left out, would find rounds, and how many: for an empty result."""
    # An amount brings its currency along, so the two are left out together.
    amount = {"min_amount": None, "max_amount": None, "currencies": ANY}
    without: dict[str, tuple[bool, dict[str, Any]]] = {
        "--since": (bool(asked.since), {"since": None}),
        "--until": (bool(asked.until), {"until": None}),
        "--stage": (bool(asked.stages), {"stages": ANY}),
        "--sector": (bool(asked.sectors), {"sectors": ANY}),
        "--company": (bool(asked.companies), {"companies": ANY}),
        "--investor": (bool(asked.investors), {"investors": ANY}),
        "--lead": (bool(asked.leads), {"leads": ANY}),
        "--country": (bool(asked.countries), {"countries": ANY}),
        "--min-amount": (bool(asked.min_amount), amount),
        "--max-amount": (bool(asked.max_amount), amount),
        "--currency": (
            bool(asked.currencies) and not (asked.min_amount or asked.max_amount),
            {"currencies": ANY},
        ),
        "--min-confidence": (bool(asked.min_confidence), {"min_confidence": None}),
        "--unreviewed": (asked.unreviewed, {"unreviewed": False}),
        "--source": (bool(asked.sources), {"sources": ANY}),
    }
    found = []
    for option, (given, change) in without.items():
        if given and (count := count_rounds(connection, replace(asked, **change))):
            found.append((option, count))
    return found


@cache
def _sorted(sort: str) -> Select[Any]:
    return _ROUNDS.order_by(*_order(sort))


@lru_cache(maxsize=64)
def _first(sort: str, count: int) -> Prepared:
    """The first rounds of all: what people ask most."""
    return Prepared(lambda _backend: _sorted(sort).limit(literal_column(str(int(count)))))


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


def _complete(
    connection: Connection, rows: Sequence[Any], parts: frozenset[str] = WHOLE
) -> Iterator[RoundRow]:
    if not rows:
        return
    place = _FIELDS.index("id")
    backers: dict[int, list[tuple[int, Share]]] = {}
    letters: dict[int, list[tuple[tuple[date, str, int], Reported]]] = {}
    if about := parts & WHOLE:
        some = backend_of(connection).ids([row[place] for row in rows])
        # For many rounds, two plain questions are answered sooner than one of both.
        questions = [about] if len(rows) < PAGE else [frozenset({part}) for part in about]
        answers = [_asking_about(question).rows(connection, ids=some) for question in questions]
        for round_id, at, lead, name, number, title, day, text, letter in chain(*answers):
            if lead >= 0:
                backers.setdefault(round_id, []).append((at, Share(name, bool(lead))))
            else:
                told = Reported(name, number or title, day, text)
                letters.setdefault(round_id, []).append(((day or date.min, letter, at), told))
    sectors = sectors_of(connection, [row[place] for row in rows]) if "sectors" in parts else {}
    for row in rows:
        yield RoundRow(
            **dict(zip(_FIELDS, row)),  # noqa: B905
            investors=_in_order(backers.get(row[place])),
            sources=_in_order(letters.get(row[place])),
            sectors=sectors.get(row[place], ()),
        )


def _in_order(found: list[tuple[Any, T]] | None) -> tuple[T, ...]:
    if not found:
        return ()
    if len(found) == 1:
        return (found[0][1],)
    found.sort(key=itemgetter(0))
    return tuple([one for _, one in found])
