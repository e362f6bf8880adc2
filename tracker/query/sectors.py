"""The sectors of the archive: how many companies are in each, and reading them anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from tracker.parsing.sectors import company_sectors, load_taxonomy
from tracker.records import SectorCount, Span
from tracker.store import tables as t
from tracker.store.sectors import REPORT_SECTOR

PAGE = 1000


def count_sectors(connection: Connection) -> list[SectorCount]:
    """Every sector of the taxonomy in its order."""
    sector = REPORT_SECTOR.c
    rows = connection.execute(
        select(sector.sector, func.count(t.REPORT.c.company_id.distinct()))
        .join(t.REPORT, t.REPORT.c.id == sector.report_id)
        .group_by(sector.sector)
    )
    counted = {row[0]: row[1] for row in rows}
    return [
        SectorCount(one.code, one.english, one.korean, counted.get(one.code, 0))
        for one in load_taxonomy().sectors
    ]


def renew_sectors(connection: Connection) -> int:
    """Read the sectors of every stored report from its brief again. Returns how many reports.

    The answer depends on the report alone, so the order of reading does not matter.
    """
    last = read = 0
    while page := _page(connection, last):
        last = page[-1].id
        read += len(page)
        ids = [row.id for row in page]
        taken: dict[int, list[tuple[str, Span]]] = {}
        said = t.MENTION.c
        for mention in connection.execute(
            select(said.report_id, said.field, said.start, said.end).where(said.report_id.in_(ids))
        ):
            span = Span(mention.start, mention.end)
            taken.setdefault(mention.report_id, []).append((mention.field, span))
        connection.execute(delete(REPORT_SECTOR).where(REPORT_SECTOR.c.report_id.in_(ids)))
        found = [
            {"report_id": row.id, "sector": sector}
            for row in page
            for sector in _sectors(row, taken.get(row.id, ()))
        ]
        if found:
            connection.execute(insert(REPORT_SECTOR), found)
    return read


def _page(connection: Connection, last: int) -> Sequence[Any]:
    report = t.REPORT.c
    return connection.execute(
        select(report.id, report.description, t.BRIEF.c.text)
        .join(t.BRIEF, t.BRIEF.c.id == report.brief_id)
        .where(report.id > last)
        .order_by(report.id)
        .limit(PAGE)
    ).all()


def _sectors(row: Any, mentions: Sequence[tuple[str, Span]]) -> tuple[str, ...]:
    company = next((span for field, span in mentions if field == "company"), None)
    others = [span for field, span in mentions if field not in ("company", "description")]
    return company_sectors(row.text, company, row.description, others)
