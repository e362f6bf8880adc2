"""Which values of a round are a person's word."""

from __future__ import annotations

from sqlalchemy import Connection, select

from tracker.records import Said
from tracker.store.corrections import OVERRIDE
from tracker.store.reports import reports_of_round


def said_of_round(connection: Connection, round_id: int) -> dict[str, Said]:
    """Field → who gave it its value; of several reports with a word on it, the last one's holds."""
    keys = [ref.key for ref in reports_of_round(connection, round_id)]
    rows = connection.execute(select(OVERRIDE).where(OVERRIDE.c.report_key.in_(keys))).all()
    place = {key: at for at, key in enumerate(keys)}
    rows = sorted(rows, key=lambda row: place[row.report_key])
    return {row.field: Said(row.who, row.at, bool(row.accepted)) for row in rows}
