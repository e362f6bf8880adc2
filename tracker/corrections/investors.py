"""Investors that a person names: those that are known by the name, or new ones."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from tracker.identity import investor_party, load_gazetteer
from tracker.store import tables as t
from tracker.store.parties import find_investors
from tracker.store.verdicts import load_verdicts


def investor_named(connection: Connection, name: str) -> int:
    """The id of the investor of this name, for now: who is who is derived afterwards."""
    party = investor_party(name, load_gazetteer(), load_verdicts(connection).investors)
    assert party is not None
    known = find_investors(connection, [alias.key for alias in party.aliases])
    if known:
        assert known[0].id is not None
        return known[0].id
    row = insert(t.INVESTOR).values(name=party.name, kind=party.kind, country=party.country)
    made = connection.execute(row.returning(t.INVESTOR.c.id)).scalar_one()
    return int(made)
