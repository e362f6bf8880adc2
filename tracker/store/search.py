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
from tracker.store.parties import COMPANIES, INVESTORS, Side
from tracker.store.prepared import Prepared

MANY = 1000
"""So many owners are named one by one; of more, the database makes its own list."""
TRIGRAM = 3


def owners(connection: Connection, side: Side, part: str) -> Sequence[int] | Select[Any]:
    """The parties that have a name with `part` (a comparison key) in it: ids, or a subquery."""
    sought = letters(part)
    backend = backend_of(connection)
    by_letters = len(sought) >= TRIGRAM
    values: dict[str, Any] = {"part": f"%{_escaped(part)}%"}
    if by_letters:
        values["letters"] = backend.pattern(sought)
    prepared = _FIRST[side.table.name, by_letters]
    found = prepared.rows(connection, **values, many=MANY + 1)
    if len(found) > MANY:
        return _holding(side, by_letters, backend).params(values)
    return sorted(row[0] for row in found)


def _holding(side: Side, by_letters: bool, backend: Backend) -> Select[Any]:
    query = select(side.owner).where(side.alias.c.key.like(bindparam("part"), escape="/"))
    return query.where(backend.holds(side.alias, bindparam("letters"))) if by_letters else query


def _prepared(side: Side, by_letters: bool) -> Prepared:
    return Prepared(
        lambda backend: _holding(side, by_letters, backend).distinct().limit(bindparam("many"))
    )


_FIRST = {
    (side.table.name, by_letters): _prepared(side, by_letters)
    for side in (COMPANIES, INVESTORS)
    for by_letters in (True, False)
}


def _escaped(text: str) -> str:
    for sign in "/%_":
        text = text.replace(sign, "/" + sign)
    return text
