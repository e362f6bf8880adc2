"""A company or an investor by what a person calls it: an id, a name, an alias.

Nothing is guessed: what is unknown or means several is told with what comes near.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from tracker.errors import BadValue, TrackerError
from tracker.parsing.names import name_key
from tracker.query.listing import get_round
from tracker.records import RoundRow, storable
from tracker.store import tables as t
from tracker.store.parties import COMPANIES, INVESTORS, Side
from tracker.store.search import owners

SIDES = {"company": COMPANIES, "investor": INVESTORS}
NEAR = 5
"""So many names are offered."""
SEARCHED = 200
"""So many that hold a part of the name are looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """A stored party with all its names: comparison key → spelling."""

    kind: str
    id: int
    name: str
    names: dict[str, str]

    @property
    def key(self) -> str:
        """The key of the name it is shown by, or the first it has."""
        key = name_key(self.name)
        return key if key in self.names else next(iter(self.names))


def side_of(kind: str) -> Side:
    """The tables of a kind. Raises `BadValue`."""
    if kind not in SIDES:
        raise BadValue(f"{kind!r}: give company or investor")
    return SIDES[kind]


def find_party(connection: Connection, kind: str, given: str) -> Found:
    """The one party that `given` names. Raises `TrackerError` where it is none or several."""
    side = side_of(kind)
    bare = storable(given).strip()
    if bare.isascii() and bare.isdigit() and int(bare) < 2**63:
        by_id = by_ids(connection, kind, [int(bare)])
        if by_id:
            return by_id[0]
    key = name_key(bare)
    ids = connection.execute(
        select(side.owner).where(side.alias.c.key == key).distinct().order_by(side.owner)
    ).scalars()
    found = by_ids(connection, kind, list(ids))
    if len(found) == 1:
        return found[0]
    if found:
        raise TrackerError(
            f"several {_plural(kind)} are called {given!r}: {_listed(found)}; give the id"
        )
    near = _near(connection, kind, key)
    hint = f"; did you mean {_listed(near)}?" if near else ""
    raise TrackerError(f"no {kind} {given!r}{hint}")


def by_ids(connection: Connection, kind: str, ids: Sequence[int]) -> list[Found]:
    """The parties with these ids, those that there are."""
    side = side_of(kind)
    rows = connection.execute(
        select(
            side.table.c.id, side.table.c.name, side.alias.c.key, side.alias.c.name.label("alias")
        )
        .join(side.alias, side.owner == side.table.c.id)
        .where(side.table.c.id.in_(list(ids)))
        .order_by(side.table.c.id, side.alias.c.own.desc(), side.alias.c.id)
    )
    found: dict[int, Found] = {}
    for row in rows:
        party = found.setdefault(row.id, Found(kind, row.id, row.name, {}))
        party.names.setdefault(row.key, row.alias)
    return list(found.values())


def owners_of(connection: Connection, kind: str, key: str) -> list[Found]:
    """Who answers to a key."""
    side = side_of(kind)
    ids = connection.execute(select(side.owner).where(side.alias.c.key == key)).scalars()
    return by_ids(connection, kind, sorted(set(ids)))


def _near(connection: Connection, kind: str, key: str) -> list[Found]:
    """Parties whose name holds `key`, or is about as it."""
    side = side_of(kind)
    if not key:
        return []
    ids: list[int] = []
    for part in dict.fromkeys((key, key[:3], key[:2], key[-3:], key[-2:])):
        if len(part) > 1 and len(ids) < SEARCHED:
            holding = owners(connection, side, part)
            ids += list(holding)[:SEARCHED] if isinstance(holding, Sequence) else []
    if not ids:
        return []
    names: dict[str, int] = {}
    column = side.alias.c
    rows = connection.execute(
        select(column.key, side.owner.label("id"))
        .where(side.owner.in_(ids))
        .order_by(func.length(column.key))
    )
    for row in rows:
        names.setdefault(row.key, row.id)
    close = difflib.get_close_matches(key, names, NEAR * 2, 0.5)
    chosen = list(dict.fromkeys(names[name] for name in close))[:NEAR]
    by_id = {found.id: found for found in by_ids(connection, kind, chosen)}
    return [by_id[id_] for id_ in chosen if id_ in by_id]


def _listed(found: Sequence[Found]) -> str:
    return ", ".join(f"{party.name} ({party.id})" for party in found[:NEAR])


def _plural(kind: str) -> str:
    return "companies" if kind == "company" else f"{kind}s"


def rounds_of(connection: Connection, kind: str, party_id: int, limit: int) -> list[RoundRow]:
    """The newest rounds of a company, or those that an investor took part in."""
    query = select(t.ROUND.c.id)
    if kind == "company":
        query = query.where(t.ROUND.c.company_id == party_id)
    else:
        part = t.PARTICIPATION.c
        query = query.where(
            t.ROUND.c.id.in_(select(part.round_id).where(part.investor_id == party_id))
        )
    query = query.order_by(t.ROUND.c.announced_on.desc().nulls_last(), t.ROUND.c.id).limit(limit)
    found = (get_round(connection, id_) for id_ in connection.execute(query).scalars().all())
    return [row for row in found if row is not None]
