"""What a person puts off in a review: shown again after all the rest."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import insert, update

from tracker.corrections.correcting import user
from tracker.store import Store
from tracker.store.corrections import SKIP


def skip(store: Store, item: str) -> None:
    """Put an item off, for this user."""
    who, now = user(), datetime.now(UTC)
    with store.changing() as connection:
        done = connection.execute(
            update(SKIP).where(SKIP.c.who == who, SKIP.c.item == item).values(at=now)
        )
        if not done.rowcount:
            connection.execute(insert(SKIP).values(who=who, item=item, at=now))
