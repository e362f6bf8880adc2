"""Companies and investors in the database: find by key, save, unite.

Which names are one party is identity's to decide; this module only looks up and writes. A
`PartyBook` holds the parties that one batch of letters needs: looked up together, changed in
memory, written together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    null,
    select,
    update,
)

from tracker.records import Alias, Party
from tracker.store import tables as t
from tracker.store.backend import Backend, backend_of
from tracker.store.letters import letters
from tracker.store.pending import Pending, chunked
from tracker.store.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Side:
    """The tables of one sort of party."""

    table: Table
    alias: Table
    owner: Column[int]
    """The alias's column that names the party."""


COMPANIES = Side(t.COMPANY, t.COMPANY_ALIAS, t.COMPANY_ALIAS.c.company_id)
INVESTORS = Side(t.INVESTOR, t.INVESTOR_ALIAS, t.INVESTOR_ALIAS.c.investor_id)


def _finding(side: Side) -> Prepared:
    alias, about = side.alias.c, side.table.c
    kind, country = (about.get(name, null().label(name)) for name in ("kind", "country"))

    def build(backend: Backend) -> Select[Any]:
        owners = select(side.owner).where(backend.among(alias.key, "keys"))
        return (
            select(about.id, about.name, kind, country, alias.key, alias.name, alias.own)
            .join(side.alias, side.owner == about.id)
            .where(about.id.in_(owners))
            .order_by(about.id, alias.id)
        )

    return Prepared(build)


_FINDING = {side.table.name: _finding(side) for side in (COMPANIES, INVESTORS)}


def find_parties(connection: Connection, side: Side, keys: Iterable[str]) -> list[Party]:
    """Every stored party that answers to one of `keys`, lowest id first."""
    asked = backend_of(connection).ids(list(keys))
    found: list[Party] = []
    rows = _FINDING[side.table.name].rows(connection, keys=asked)
    for (party_id, name, kind, country), names in groupby(rows, itemgetter(0, 1, 2, 3)):
        aliases = tuple([Alias(key, alias, own) for *_, key, alias, own in names])
        found.append(Party(name, aliases, party_id, kind, country))
    return found


class PartyBook:
    """The parties of one side that a transaction has to do with."""

    def __init__(self, connection: Connection, side: Side, pending: Pending) -> None:
        self._connection = connection
        self._side = side
        self._pending = pending
        self._asked: set[str] = set()
        self._by_key: dict[str, int] = {}
        self._parties: dict[int, Party] = {}
        self._stored: dict[int, Party] = {}
        self._moved: dict[int, int] = {}

    def load(self, keys: Iterable[str]) -> None:
        """Look these keys up, many at a time."""
        new = dict.fromkeys(key for key in keys if key not in self._asked)
        self._asked.update(new)
        for some in chunked(new):
            for party in find_parties(self._connection, self._side, some):
                assert party.id is not None
                # What this transaction has changed already is newer than what is stored.
                if party.id in self._parties or party.id in self._moved:
                    continue
                self._stored[party.id] = self._parties[party.id] = party
                self._by_key.update((alias.key, party.id) for alias in party.aliases)

    def find(self, party: Party) -> list[Party]:
        """The parties that share a key with `party`, lowest id first."""
        keys = [alias.key for alias in party.aliases]
        if not self._asked.issuperset(keys):
            self.load(keys)
        ids = {self._by_key[key] for key in keys if key in self._by_key}
        return [self._parties[id_] for id_ in sorted(ids)]

    def save(self, party: Party) -> int:
        """Keep a settled party, uniting those it absorbs. Returns its id."""
        party_id = self._pending.next_id(self._side.table) if party.id is None else party.id
        for other in party.absorbs:
            self._moved[other] = party_id
            self._parties.pop(other)
        self._parties[party_id] = replace(party, id=party_id, absorbs=())
        self._by_key.update((alias.key, party_id) for alias in party.aliases)
        return party_id

    def current(self, party_id: int) -> int:
        """The id that `party_id` goes by now."""
        while party_id in self._moved:
            party_id = self._moved[party_id]
        return party_id

    def settle(self) -> None:
        """Write the changes of parties that are stored, and hand over the new ones to be written."""
        for other in self._moved:
            if other in self._stored:
                _absorb(self._connection, self._side, self.current(other), other)
        absorbed: dict[int, list[Alias]] = {}
        for other in self._moved.keys() & self._stored.keys():
            absorbed.setdefault(self.current(other), []).extend(self._stored[other].aliases)
        for party_id, party in self._parties.items():
            stored = self._stored.get(party_id)
            if stored is party:
                continue
            known = {a.key: a for a in (*(stored.aliases if stored else ()),
                                        *absorbed.get(party_id, ()))}  # fmt: skip
            if stored is None:
                self._add(party_id, party)
            else:
                self._change(party_id, party)
            for alias in party.aliases:
                if alias.key not in known:
                    self._pending.add(
                        self._side.alias,
                        party_id,
                        alias.name,
                        alias.key,
                        alias.own,
                        letters(alias.key),
                    )
                elif known[alias.key] != alias:
                    column = self._side.alias.c
                    self._connection.execute(
                        update(self._side.alias)
                        .where(column.key == alias.key)
                        .values(name=alias.name, own=alias.own)
                    )
        self._stored = dict(self._parties)

    def _add(self, party_id: int, party: Party) -> None:
        if self._side is COMPANIES:
            self._pending.add(t.COMPANY, party_id, party.name)
        else:
            self._pending.add(t.INVESTOR, party_id, party.name, party.kind, party.country)

    def _change(self, party_id: int, party: Party) -> None:
        values: dict[str, str | None] = {"name": party.name}
        if self._side is INVESTORS:
            values |= {"kind": party.kind, "country": party.country}
        row = self._side.table.c.id == bindparam("row")
        self._connection.execute(
            update(self._side.table).where(row).values(**values), {"row": party_id}
        )


def _absorb(connection: Connection, side: Side, kept: int, other: int) -> None:
    if side is COMPANIES:
        for table in (t.REPORT, t.ROUND):
            connection.execute(
                update(table).where(table.c.company_id == other).values(company_id=kept)
            )
    else:
        _move_participations(connection, kept, other)
    connection.execute(
        update(side.alias).where(side.owner == other).values({side.owner.name: kept})
    )
    connection.execute(delete(side.table).where(side.table.c.id == other))


def _move_participations(connection: Connection, kept: int, other: int) -> None:
    part, twin = t.PARTICIPATION, t.PARTICIPATION.alias()
    # A report that names both: one row stays, with the lead flag of either.
    both = select(twin.c.report_id).where(twin.c.investor_id.in_((kept, other)))
    doubled = both.group_by(twin.c.report_id).having(func.count() > 1)
    rows = connection.execute(
        select(part.c.report_id, func.max(case((part.c.lead, 1), else_=0)).label("lead"))
        .where(part.c.report_id.in_(doubled), part.c.investor_id.in_((kept, other)))
        .group_by(part.c.report_id)
    ).all()
    for row in rows:
        here = part.c.report_id == row.report_id
        connection.execute(delete(part).where(and_(here, part.c.investor_id == other)))
        connection.execute(
            update(part).where(and_(here, part.c.investor_id == kept)).values(lead=bool(row.lead))
        )
    connection.execute(update(part).where(part.c.investor_id == other).values(investor_id=kept))
