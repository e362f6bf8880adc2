"""Find a company or an investor by a part of its name, Hangul or Latin, through an index.

The alias tables keep every key a second time in single letters (see `tracker.store.letters`),
and trigrams of these are indexed. What they find is checked against the key itself: 가 is no
part of 각.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from tracker.store.backend import backend_of
from tracker.store.letters import letters
from tracker.store.parties import Side

MANY = 1000
"""So many owners are named one by one; of more, the database makes its own list."""
TRIGRAM = 3


def owners(connection: Connection, side: Side, part: str) -> Sequence[int] | Select[Any]:
    """The parties that have a name with `part` (a comparison key) in it: ids, or a subquery."""
    query = select(side.owner).where(*_holding(connection, side, part)).distinct()
    found = connection.execute(query.limit(MANY + 1)).scalars().all()
    return query if len(found) > MANY else sorted(found)


def _holding(connection: Connection, side: Side, part: str) -> list[ColumnElement[bool]]:
    alias, sought = side.alias, letters(part)
    exact = alias.c.key.contains(part, autoescape=True)
    if len(sought) < TRIGRAM:
        return [exact]
    return [backend_of(connection).holds_part(alias, sought), exact]
