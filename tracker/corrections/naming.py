"""Names that are put into reports: the companies and investors that are known by them, or new ones.

Only for now: who is who is derived afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, Connection, Table, insert

from tracker.identity import investor_party, load_gazetteer
from tracker.parsing.names import name_key
from tracker.parsing.sound import sound
from tracker.query.parties import owners_of
from tracker.records import Alias
from tracker.store import tables as t
from tracker.store.letters import letters
from tracker.store.parties import find_investors
from tracker.store.pending import Pending
from tracker.store.verdicts import load_verdicts


def investor_named(connection: Connection, name: str) -> int:
    """The id of the investor of this name."""
    party = investor_party(name, load_gazetteer(), load_verdicts(connection).investors)
    assert party is not None
    known = find_investors(connection, [alias.key for alias in party.aliases])
    if known:
        assert known[0].id is not None
        return known[0].id
    row = {"name": party.name, "kind": party.kind, "country": party.country}
    owner = t.INVESTOR_ALIAS.c.investor_id
    return _make(connection, t.INVESTOR, owner, row, party.aliases)


def company_named(connection: Connection, name: str) -> int:
    """The id of a company of this name."""
    key = name_key(name)
    owners = owners_of(connection, "company", key)
    if owners:
        return owners[0].id
    aliases = [Alias(key, name, own=True)]
    return _make(connection, t.COMPANY, t.COMPANY_ALIAS.c.company_id, {"name": name}, aliases)


def _make(
    connection: Connection,
    table: Table,
    owner: Column[int],
    row: dict[str, str | None],
    aliases: Iterable[Alias],
) -> int:
    pending = Pending(connection)
    made = pending.next_id(table)
    pending.flush()
    connection.execute(insert(table).values(id=made, **row))
    for alias in aliases:
        connection.execute(
            insert(owner.table).values(
                {
                    owner.name: made,
                    "name": alias.name,
                    "key": alias.key,
                    "own": alias.own,
                    "sought": letters(alias.key),
                    "sound": sound(alias.key),
                }
            )
        )
    return made
