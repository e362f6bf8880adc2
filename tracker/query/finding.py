"""A company or an investor by what a person calls it: its name, an alias, a part, another script.

One answer, or the short list of those it may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, select

from tracker.errors import BadValue
from tracker.parsing.names import name_key
from tracker.records import storable
from tracker.store import tables as t
from tracker.store.parties import COMPANIES, INVESTORS, Side
from tracker.store.search import owners

SIDES = {"company": COMPANIES, "investor": INVESTORS}
SHORT = 15
"""So many candidates are shown."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that may be meant; `rounds` it has to do with."""

    id: int
    name: str
    rounds: int


def candidates(connection: Connection, kind: str, text: str) -> list[Candidate]:
    """Who may be meant by `text`, the likeliest first; a single one where it is clear.

    Clear is: its number, a whole name or alias that only one has, or a part of only one's.
    """
    side = SIDES[kind]
    bare = storable(text).strip()
    key = name_key(bare)
    if not key:
        raise BadValue(f"{text!r}: holds no name")
    exact = connection.execute(
        select(side.owner).where(side.alias.c.key == key).distinct().order_by(side.owner)
    ).scalars()
    ids: Sequence[int] | Select[tuple[int]] = list(exact)
    if not ids and bare.isascii() and bare.isdigit() and int(bare) < 2**63:
        ids = [int(bare)]
    elif not ids:
        ids = owners(connection, side, key)
    return _described(connection, side, ids)


def _described(
    connection: Connection, side: Side, ids: Sequence[int] | Select[tuple[int]]
) -> list[Candidate]:
    if side is COMPANIES:
        link, owner, counted = t.ROUND, t.ROUND.c.company_id, func.count(t.ROUND.c.id)
    else:
        link, owner = t.PARTICIPATION, t.PARTICIPATION.c.investor_id
        counted = func.count(t.PARTICIPATION.c.round_id.distinct())
    party = side.table.c
    rows = connection.execute(
        select(party.id, party.name, counted.label("rounds"))
        .outerjoin(link, owner == party.id)
        .where(party.id.in_(ids))
        .group_by(party.id, party.name)
        .order_by(counted.desc(), party.name, party.id)
        .limit(SHORT + 1)
    )
    return [Candidate(row.id, row.name, row.rounds) for row in rows]
