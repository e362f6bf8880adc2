"""Saved searches, and what each of them has told already.

`watch.options` holds the filters as the person wrote them, so that "30d" means thirty days
before whichever day it is run on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, ForeignKey, delete, insert, select, update
from sqlmodel import Field

from tracker.errors import BadValue, TrackerError
from tracker.parsing.names import name_key
from tracker.records import storable
from tracker.store.pending import chunked
from tracker.store.tables import METADATA, TrackerTable
from tracker.store.types import ID, UtcMoment


class Watch(TrackerTable, table=True):
    """A saved search by name; `key` is the name as names are compared."""

    __tablename__ = "watch"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str = Field(unique=True)
    options: str
    """The filters as JSON: option → value."""
    made_at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))
    told_at: datetime | None = Field(default=None, sa_column=Column(UtcMoment))
    """When it was last run and what it told arrived."""


class WatchSeen(TrackerTable, table=True):
    """A round that a watch has told, and what it told of it.

    The round may be gone since, merged into another; its number is never given again.
    """

    __tablename__ = "watch_seen"

    watch_id: int = Field(
        sa_column=Column(
            ID, ForeignKey("watch.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        )
    )
    round_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    told: str
    """The values that are worth telling again when they change, as JSON."""


WATCH = METADATA.tables["watch"]
WATCH_SEEN = METADATA.tables["watch_seen"]


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search as it is stored."""

    id: int
    name: str
    options: dict[str, Any]
    made_at: datetime
    told_at: datetime | None


def _saved(row: Any) -> Saved:
    return Saved(row.id, row.name, json.loads(row.options), row.made_at, row.told_at)


def list_watches(connection: Connection) -> list[Saved]:
    """All of them, by name."""
    return [_saved(row) for row in connection.execute(select(WATCH).order_by(WATCH.c.name))]


def find_watch(connection: Connection, name: str) -> Saved | None:
    """The saved search of this name."""
    row = connection.execute(select(WATCH).where(WATCH.c.key == _key(name))).first()
    return _saved(row) if row else None


def _key(name: str) -> str:
    key = name_key(storable(name))
    if not key:
        raise BadValue(f"{name!r}: holds no name")
    return key


def save_watch(connection: Connection, name: str, options: Mapping[str, Any]) -> Saved:
    """Keep a new search. Raises `TrackerError` where there is one of this name."""
    if find_watch(connection, name) is not None:
        raise TrackerError(
            f"there is a watch {name!r} already: tracker watch remove {name!r} first"
        )
    kept = json.dumps(dict(options), ensure_ascii=False, sort_keys=True)
    values = {"name": storable(name).strip(), "key": _key(name), "options": kept}
    connection.execute(insert(WATCH).values(**values, made_at=datetime.now(UTC)))
    saved = find_watch(connection, name)
    assert saved is not None
    return saved


def remove_watch(connection: Connection, name: str) -> bool:
    """Forget a search and what it told. Whether there was one."""
    return bool(connection.execute(delete(WATCH).where(WATCH.c.key == _key(name))).rowcount)


def mark_told(
    connection: Connection, watch_id: int, told: Iterable[tuple[int, str]], at: datetime
) -> None:
    """Note that these rounds were told, each with what was told of it."""
    seen = WATCH_SEEN.c
    for some in chunked(told):
        ids = [round_id for round_id, _ in some]
        connection.execute(
            delete(WATCH_SEEN).where(seen.watch_id == watch_id, seen.round_id.in_(ids))
        )
        connection.execute(
            insert(WATCH_SEEN),
            [{"watch_id": watch_id, "round_id": id_, "told": text} for id_, text in some],
        )
    connection.execute(update(WATCH).where(WATCH.c.id == watch_id).values(told_at=at))
