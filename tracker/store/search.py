"""Find a company or an investor by a part of its name, Hangul or Latin, through an index.

The alias tables keep every key a second time in single letters (see `tracker.store.letters`),
and trigrams of these are indexed. What they find is checked against the key itself: 가 is no
part of 각.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from tracker.store.backend import Backend, backend_of
from tracker.store.letters import letters
from tracker.store.parties import Side

MANY = 1000
"""So many owners are named one by one; of more, the database makes its own list."""
TRIGRAM = 3


def owners(connection: Connection, side: Side, part: str) -> Sequence[int] | Select[Any]:
    """The parties that have a name with `part` (a comparison key) in it: ids, or a subquery."""
    sought = letters(part)
    backend = backend_of(connection)
    query = _query(backend, side, by_letters=len(sought) >= TRIGRAM)
    values = {
        "part": f"%{_escaped(part)}%",
        "letters": backend.pattern(sought),
        "many": MANY + 1,
    }
    found = connection.execute(query, values).scalars().all()
    if len(found) > MANY:
        return query.limit(None).params(values)
    return sorted(found)


_queries: dict[tuple[str, str, bool], Select[Any]] = {}


def _query(backend: Backend, side: Side, *, by_letters: bool) -> Select[Any]:
    known = (backend.name, side.table.name, by_letters)
    if known not in _queries:
        _queries[known] = _built(backend, side, by_letters)
    return _queries[known]


def _built(backend: Backend, side: Side, by_letters: bool) -> Select[Any]:
    key = side.alias.c.key.like(bindparam("part"), escape="/")
    query = select(side.owner).distinct().where(key).limit(bindparam("many"))
    if by_letters:
        query = query.where(backend.holds(side.alias, bindparam("letters")))
    return query


def _escaped(text: str) -> str:
    for sign in "/%_":
        text = text.replace(sign, "/" + sign)
    return text
