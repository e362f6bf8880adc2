"""A `RoundFilter` → conditions on `round`, each answered from an index.

Every value a person gave goes to the database as a parameter, never into the SQL text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from tracker.query.filters import Choice, RoundFilter
from tracker.query.reviewed import reviewed_rounds
from tracker.store import tables as t
from tracker.store.parties import COMPANIES, INVESTORS, Side
from tracker.store.search import owners
from tracker.store.sectors import REPORT_SECTOR


def conditions(connection: Connection, asked: RoundFilter) -> list[ColumnElement[bool]]:
    """What every round asked for fulfils."""
    col = t.ROUND.c
    found: list[ColumnElement[bool]] = []
    if asked.since:
        found.append(col.announced_on >= asked.since)
    if asked.until:
        found.append(col.announced_on <= asked.until)
    found += _plain(asked.stages, col.stage)
    found += _plain(asked.currencies, col.currency)
    if asked.min_amount is not None:
        found.append(col.amount >= asked.min_amount)
    if asked.max_amount is not None:
        found.append(col.amount <= asked.max_amount)
    if asked.min_confidence is not None:
        found.append(col.confidence >= asked.min_confidence)

    def party(side: Side) -> Callable[[str], Sequence[int] | Select[Any]]:
        return lambda key: owners(connection, side, key)

    found += _within(asked.companies, col.company_id, party(COMPANIES))
    found += _within(
        asked.investors, col.id, lambda key: backed_by(owners(connection, INVESTORS, key))
    )
    found += _within(
        asked.leads,
        col.id,
        lambda key: backed_by(owners(connection, INVESTORS, key)).where(t.PARTICIPATION.c.lead),
    )
    found += _within(asked.sectors, col.company_id, _in_sector)
    found += _within(asked.countries, col.id, _backed_from)
    found += _within(asked.sources, col.id, _reported_by)
    if asked.unreviewed:
        seen = reviewed_rounds(connection)
        if seen:
            found.append(col.id.not_in(seen))
    return found


def _plain(choice: Choice, column: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if choice.any:
        found.append(column.in_(choice.any))
    if choice.none:
        # Who wants no seed rounds wants those without a stage too.
        found.append(or_(column.is_(None), column.not_in(choice.none)))
    return found


def _within(
    choice: Choice,
    column: ColumnElement[int],
    ids: Callable[[str], Sequence[int] | Select[Any]],
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if choice.any:
        found.append(or_(*(column.in_(ids(value)) for value in choice.any)))
    found += [column.not_in(ids(value)) for value in choice.none]
    return found


def backed_by(investors: Sequence[int] | Select[Any]) -> Select[Any]:
    """The rounds in which one of these investors took part."""
    part = t.PARTICIPATION.c
    return select(part.round_id).where(part.investor_id.in_(investors), part.round_id.is_not(None))


def _in_sector(code: str) -> Select[Any]:
    """The companies of which some report says so: whichever of their rounds it was."""
    report, sector = t.REPORT.c, REPORT_SECTOR.c
    return (
        select(report.company_id)
        .join(REPORT_SECTOR, sector.report_id == report.id)
        .where(sector.sector == code)
    )


def _backed_from(country: str) -> Select[Any]:
    investor = t.INVESTOR.c
    return backed_by(select(investor.id).where(investor.country == country))


def _reported_by(key: str) -> Select[Any]:
    report = t.REPORT.c
    return (
        select(report.round_id)
        .join(t.BRIEF, t.BRIEF.c.id == report.brief_id)
        .join(t.ISSUE, t.ISSUE.c.id == t.BRIEF.c.issue_id)
        .join(t.NEWSLETTER, t.NEWSLETTER.c.id == t.ISSUE.c.newsletter_id)
        .where(t.NEWSLETTER.c.key.contains(key, autoescape=True), report.round_id.is_not(None))
    )
