"""Sources in the database: add, find, change, remove them, and note how a run went."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from tracker.records import StoredSource
from tracker.store.job_tables import ISSUE_COPY, RAW_ISSUE, SOURCE

_FIELDS = [f.name for f in fields(StoredSource)]
_ALL = select(*(SOURCE.c[name] for name in _FIELDS)).order_by(SOURCE.c.name)


def _stored(row: Any) -> StoredSource:
    values = dict(row._mapping)
    values["every"] = timedelta(seconds=values["every"])
    values["options"] = json.loads(values["options"])
    values["state"] = json.loads(values["state"])
    return StoredSource(**values)


def list_sources(connection: Connection) -> list[StoredSource]:
    """Every source, by name."""
    return [_stored(row) for row in connection.execute(_ALL)]


def find_source(connection: Connection, name: str) -> StoredSource | None:
    """The source of this name."""
    row = connection.execute(_ALL.where(SOURCE.c.name == name)).first()
    return _stored(row) if row else None


def add_source(
    connection: Connection,
    *,
    name: str,
    url: str,
    kind: str | None,
    newsletter: str | None,
    every: timedelta,
    password: str | None,
    options: Mapping[str, Any],
    now: datetime,
) -> None:
    """Write a new source, due at once. Its name must be free, and no secret may be in any value."""
    connection.execute(
        insert(SOURCE).values(
            name=name,
            url=url,
            kind=kind,
            newsletter=newsletter,
            every=int(every.total_seconds()),
            password=password,
            options=json.dumps(dict(options), ensure_ascii=False, sort_keys=True),
            paused=False,
            state="{}",
            added_at=now,
            next_due=now,
        )
    )


def remove_source(connection: Connection, source_id: int) -> None:
    """Forget the source; the letters that came from it stay."""
    for table in (ISSUE_COPY, RAW_ISSUE):
        connection.execute(
            update(table).where(table.c.source_id == source_id).values(source_id=None)
        )
    connection.execute(delete(SOURCE).where(SOURCE.c.id == source_id))


def set_paused(connection: Connection, source_id: int, paused: bool) -> None:
    """Leave the source out of runs, or take it in again."""
    _change(connection, source_id, paused=paused)


def save_state(
    connection: Connection, source_id: int, state: Mapping[str, Any], letter: datetime | None
) -> None:
    """Note how far the source has been read, and when the last letter came, if one did."""
    came = {} if letter is None else {"last_letter": letter}
    _change(connection, source_id, state=json.dumps(dict(state), ensure_ascii=False), **came)


def note_run(
    connection: Connection,
    source_id: int,
    *,
    started: datetime,
    fetched: bool,
    error: str | None,
    next_due: datetime,
) -> None:
    """Note how a run went: whether the source was fetched to its end, and what failed of it."""
    values: dict[str, Any] = {"last_run": started, "next_due": next_due, "error": error}
    if fetched:
        values["last_success"] = started
    if error is not None:
        values["last_error"] = started
    _change(connection, source_id, **values)


def _change(connection: Connection, source_id: int, **values: Any) -> None:
    connection.execute(update(SOURCE).where(SOURCE.c.id == source_id).values(**values))
