"""Investors in the database: find by key, save, unite.

Which names are one party is identity's to decide; this module only looks up and writes. An
`InvestorBook` holds the investors that one batch of letters needs: looked up together, changed in
memory, written together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    delete,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from tracker.parsing.sound import sound
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


_OURS = (t.COMPANY_ALIAS, t.INVESTOR_ALIAS, t.ROUND, t.REPORT, t.PARTICIPATION)


def _finding(by_key: bool) -> Prepared:
    alias, about = t.INVESTOR_ALIAS.c, t.INVESTOR.c

    def build(backend: Backend) -> Select[Any]:
        owners = select(alias.investor_id).where(backend.among(alias.key, "wanted"))
        return (
            select(
                about.id, about.name, about.kind, about.country, alias.key, alias.name, alias.own
            )
            .join(t.INVESTOR_ALIAS, alias.investor_id == about.id)
            .where(about.id.in_(owners) if by_key else backend.among(about.id, "wanted"))
            .order_by(about.id, alias.id)
        )

    return Prepared(build)


_BY_KEY, _BY_ID = _finding(by_key=True), _finding(by_key=False)


def find_investors(
    connection: Connection, *, keys: Iterable[str] = (), ids: Iterable[int] = ()
) -> list[Party]:
    """Every stored investor that answers to one of `keys`, or has one of `ids`; lowest id first.

    Either is given, not both.
    """
    asked: list[Any] = list(keys)
    prepared = _BY_KEY if asked else _BY_ID
    asked = asked or list(ids)
    found: list[Party] = []
    rows = prepared.rows(connection, wanted=backend_of(connection).ids(asked))
    for (party_id, name, kind, country), names in groupby(rows, itemgetter(0, 1, 2, 3)):
        aliases = tuple([Alias(key, alias, own) for *_, key, alias, own in names])
        found.append(Party(name, aliases, party_id, kind, country))
    return found


class InvestorBook:
    """The investors that a transaction has to do with."""

    def __init__(self, connection: Connection, pending: Pending) -> None:
        self._connection = connection
        self._pending = pending
        self._asked: set[str] = set()
        self._by_key: dict[str, int] = {}
        self._parties: dict[int, Party] = {}
        self._stored: dict[int, Party] = {}
        self._moved: dict[int, int] = {}
        self.new_keys: dict[int, set[str]] = {}
        """Investor id → names that it did not have before."""
        self.gone: set[int] = set()

    def load(self, keys: Iterable[str]) -> None:
        """Look these keys up, many at a time."""
        new = dict.fromkeys(key for key in keys if key not in self._asked)
        self._asked.update(new)
        for some in chunked(new):
            for party in find_investors(self._connection, keys=some):
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
        party_id = self._pending.next_id(t.INVESTOR) if party.id is None else party.id
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

    def settle(self) -> set[int]:
        """Write the changes of parties that are stored, and hand over the new ones to be written.

        Returns the companies that those had backed which are one with another now: whose rounds
        are the same may depend on it.
        """
        backed: set[int] = set()
        for other in self._moved:
            if other in self._stored:
                backed |= companies_backed(self._connection, [other])
                _absorb(self._connection, self.current(other), other)
                self.gone.add(other)
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
                    row = (party_id, alias.name, alias.key, alias.own)
                    self._pending.add(t.INVESTOR_ALIAS, *row, letters(alias.key), sound(alias.key))
                    self.new_keys.setdefault(party_id, set()).add(alias.key)
                elif known[alias.key] != alias:
                    column = t.INVESTOR_ALIAS.c
                    self._connection.execute(
                        update(t.INVESTOR_ALIAS)
                        .where(column.key == alias.key)
                        .values(name=alias.name, own=alias.own)
                    )
        self._stored = dict(self._parties)
        return backed

    def _add(self, party_id: int, party: Party) -> None:
        self._pending.add(t.INVESTOR, party_id, party.name, party.kind, party.country)

    def _change(self, party_id: int, party: Party) -> None:
        values = {"name": party.name, "kind": party.kind, "country": party.country}
        self._connection.execute(
            update(t.INVESTOR).where(t.INVESTOR.c.id == party_id).values(**values)
        )


def companies_backed(connection: Connection, investors: Iterable[int]) -> set[int]:
    """The companies in whose rounds one of these investors takes part."""
    found: set[int] = set()
    for some in chunked(investors):
        found.update(
            connection.execute(
                select(t.REPORT.c.company_id)
                .join(t.PARTICIPATION, t.PARTICIPATION.c.report_id == t.REPORT.c.id)
                .where(t.PARTICIPATION.c.investor_id.in_(some))
                .distinct()
            ).scalars()
        )
    return found


def _absorb(connection: Connection, kept: int, other: int) -> None:
    part = t.PARTICIPATION
    connection.execute(update(part).where(part.c.investor_id == other).values(investor_id=kept))
    alias = t.INVESTOR_ALIAS
    connection.execute(update(alias).where(alias.c.investor_id == other).values(investor_id=kept))
    follow(connection, t.INVESTOR, {other: kept})
    connection.execute(delete(t.INVESTOR).where(t.INVESTOR.c.id == other))


def follow(connection: Connection, table: Table, heirs: Mapping[int, int]) -> None:
    """Let what else points to a party that is no more point to its heir.

    The tables that say who is who and who raised what have been taken care of; this is for those
    that were added beside them. Where the heir has such a row already, the old one goes.
    """
    beside = [
        column
        for other in t.METADATA.tables.values()
        if other not in _OURS
        for column in other.columns
        if column.references(table.c.id)
    ]
    for column in beside:
        keys = list(column.table.primary_key.columns)
        for old, new in heirs.items():
            for row in connection.execute(select(*keys).where(column == old)).all():
                this = and_(*(key == value for key, value in zip(keys, row, strict=True)))
                try:
                    with connection.begin_nested():
                        connection.execute(
                            update(column.table).where(this).values({column.name: new})
                        )
                except IntegrityError:
                    connection.execute(delete(column.table).where(this))
