"""The evidence of one round, the briefs, and the counts: rows out of the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from sqlalchemy import Connection, func, or_, select

from tracker.parsing.names import name_key
from tracker.records import BriefRow, Reported, ReportRow, Share, Span, storable
from tracker.store import tables as t

PAGE = 500
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


def list_reports(connection: Connection, round_id: int) -> list[ReportRow]:
    """Every report of a round, oldest first, with the place of each value in its brief."""
    issue = t.ISSUE.c
    rows = connection.execute(
        select(
            t.REPORT,
            t.BRIEF.c.text,
            issue.number,
            issue.title,
            issue.issued_on,
            t.NEWSLETTER.c.name.label("newsletter"),
        )
        .join(t.BRIEF, t.BRIEF.c.id == t.REPORT.c.brief_id)
        .join(t.ISSUE, issue.id == t.BRIEF.c.issue_id)
        .outerjoin(t.NEWSLETTER, t.NEWSLETTER.c.id == issue.newsletter_id)
        .where(t.REPORT.c.round_id == round_id)
        .order_by(
            issue.issued_on.asc().nulls_first(),
            issue.fingerprint,
            t.BRIEF.c.position,
            t.REPORT.c.ordinal,
        )
    ).mappings()
    return [
        ReportRow(
            source=Reported(
                row["newsletter"], row["number"] or row["title"], row["issued_on"], row["text"]
            ),
            values={
                "company": row["company_name"],
                **{name: row[name] for name in t.VALUE_COLUMNS},
            },
            investors=_shares(connection, row["id"]),
            spans=_spans(connection, row["id"]),
        )
        for row in rows.all()
    ]


def _shares(connection: Connection, report_id: int) -> tuple[Share, ...]:
    part = t.PARTICIPATION.c
    query = select(part.name, part.lead).where(part.report_id == report_id).order_by(part.ordinal)
    return tuple(Share(row.name, bool(row.lead)) for row in connection.execute(query))


def _spans(connection: Connection, report_id: int) -> dict[str, tuple[Span, ...]]:
    said = t.MENTION.c
    query = (
        select(said.field, said.start, said.end)
        .where(said.report_id == report_id)
        .order_by(said.ordinal, said.start)
    )
    found: dict[str, tuple[Span, ...]] = {}
    for row in connection.execute(query):
        found[row.field] = (*found.get(row.field, ()), Span(row.start, row.end))
    return found


def list_briefs(
    connection: Connection,
    *,
    kinds: tuple[str, ...] = (),
    issue: str | None = None,
    since: date | None = None,
    limit: int | None = None,
) -> Iterator[BriefRow]:
    """Every brief kept, newest issue first, in the order of the letter.

    `issue` is a number, or a part of the issue's title, of its file's name, or of its
    newsletter's name.
    """
    of, letter = t.BRIEF.c, t.ISSUE.c
    counted = (
        select(func.count())
        .select_from(t.REPORT)
        .where(t.REPORT.c.brief_id == of.id)
        .scalar_subquery()
    )
    query: Any = (
        select(
            of.id,
            of.kind,
            of.confidence,
            of.lang,
            of.section,
            of.text,
            letter.number,
            letter.title,
            letter.issued_on,
            t.NEWSLETTER.c.name.label("newsletter"),
            counted.label("rounds"),
        )
        .join(t.ISSUE, letter.id == of.issue_id)
        .outerjoin(t.NEWSLETTER, t.NEWSLETTER.c.id == letter.newsletter_id)
        .order_by(letter.issued_on.desc().nulls_last(), letter.id.desc(), of.position)
    )
    if kinds:
        query = query.where(of.kind.in_(kinds))
    if since:
        query = query.where(letter.issued_on >= since)
    if issue:
        issue = storable(issue)
        # Small letters of ASCII only: the one case rule that both engines share.
        small = issue.translate(_SMALL)
        query = query.where(
            or_(
                letter.number == issue,
                func.lower(letter.title).contains(small, autoescape=True),
                func.lower(letter.source).contains(small, autoescape=True),
                t.NEWSLETTER.c.key.contains(name_key(issue) or issue, autoescape=True),
            )
        )
    if limit:
        query = query.limit(limit)
    for row in connection.execute(query.execution_options(yield_per=PAGE)):
        yield BriefRow(
            id=row.id,
            newsletter=row.newsletter,
            issue=row.number or row.title,
            date=row.issued_on,
            kind=row.kind,
            confidence=row.confidence,
            lang=row.lang,
            section=row.section,
            rounds=row.rounds,
            text=row.text,
        )


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table of interest holds."""
    tables = (t.NEWSLETTER, t.ISSUE, t.BRIEF, t.COMPANY, t.INVESTOR, t.ROUND, t.REPORT)
    return {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in tables
    }
