"""Names that are put into reports: the companies and investors that are known by them, or new ones.

Only for now: who is who is derived afterwards.
"""

from __future__ import annotations

from sqlalchemy import Connection

from tracker.identity import investor_party, load_gazetteer, settle
from tracker.parsing.names import name_key
from tracker.parsing.sound import sound
from tracker.query.parties import owners_of
from tracker.store import tables as t
from tracker.store.letters import letters
from tracker.store.parties import InvestorBook
from tracker.store.pending import Pending
from tracker.store.verdicts import load_verdicts


def investor_named(connection: Connection, name: str) -> int:
    """The id of the investor of this name."""
    decided = load_verdicts(connection).investors
    party = investor_party(name, load_gazetteer(), decided)
    assert party is not None
    pending = Pending(connection)
    book = InvestorBook(connection, pending)
    stored = book.find(party)
    settled = settle(party, stored)
    if stored and settled is stored[0]:
        assert settled.id is not None
        return settled.id
    made = book.save(settled)
    book.settle()
    pending.flush()
    return made


def company_named(connection: Connection, name: str) -> int:
    """The id of a company of this name."""
    key = name_key(name)
    owners = owners_of(connection, "company", key)
    if owners:
        return owners[0].id
    pending = Pending(connection)
    made = pending.next_id(t.COMPANY)
    pending.add(t.COMPANY, made, name)
    pending.add(t.COMPANY_ALIAS, made, name, key, True, letters(key), sound(key))
    pending.flush()
    return made
