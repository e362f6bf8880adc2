"""Companies in the database, by family: all those whose names hang together.

Which reports are of one company is identity's to decide, family by family; here the families
that a batch of letters touches are looked up, and what was decided is written: only what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, or_, select, update

from tracker.parsing.sound import sound
from tracker.records import Alias, Decided, MergedCompany
from tracker.store import tables as t
from tracker.store.backend import backend_of
from tracker.store.letters import letters
from tracker.store.parties import follow
from tracker.store.pending import Pending, chunked
from tracker.store.prepared import Prepared

_alias, _company = t.COMPANY_ALIAS.c, t.COMPANY.c
_OWNERS = Prepared(
    lambda backend: select(_alias.company_id).where(backend.among(_alias.key, "keys")).distinct()
)
_NAMES = Prepared(
    lambda backend: (
        select(_company.id, _company.name, _alias.key, _alias.name, _alias.own)
        .join(t.COMPANY_ALIAS, _alias.company_id == _company.id)
        .where(backend.among(_company.id, "ids"))
    )
)


@dataclass(slots=True)
class Stored:
    """A company as the database holds it."""

    id: int
    name: str
    aliases: dict[str, Alias] = field(default_factory=dict)


class CompanyBook:
    """The companies that a transaction has to do with."""

    def __init__(self, connection: Connection, pending: Pending, decided: Decided) -> None:
        self._connection = connection
        self._pending = pending
        self._decided = decided
        self._asked: set[str] = set()
        self._companies: dict[int, Stored] = {}
        self._renamed: list[dict[str, object]] = []
        self._respelt: list[dict[str, object]] = []
        self._lost: list[tuple[int, str]] = []
        self.new_keys: dict[int, set[str]] = {}
        """Company id → names that it did not have before."""
        self.gone: set[int] = set()

    def load(self, keys: Iterable[str], ids: Iterable[int] = ()) -> None:
        """Look up every company that hangs together with `keys`, or with those of these ids."""
        backend = backend_of(self._connection)
        new = set(keys) - self._asked
        for wanted in chunked(set(ids) - self._companies.keys()):
            self._read(backend.ids(wanted))
            new.update(key for company in wanted for key in self._keys(company))
        while new := self._with_decided(new) - self._asked:
            self._asked |= new
            found: set[int] = set()
            for some in chunked(new):
                rows = _OWNERS.rows(self._connection, keys=backend.ids(some))
                found.update(row[0] for row in rows)
            more = found - self._companies.keys()
            for wanted in chunked(more):
                self._read(backend.ids(wanted))
            new = {key for company in more for key in self._keys(company)}

    def _read(self, ids: Any) -> None:
        for id_, name, key, spelling, own in _NAMES.rows(self._connection, ids=ids):
            stored = self._companies.setdefault(id_, Stored(id_, name))
            stored.aliases[key] = Alias(key, spelling, own)

    def _keys(self, company: int) -> Iterable[str]:
        stored = self._companies.get(company)
        return stored.aliases if stored else ()

    def _with_decided(self, keys: set[str]) -> set[str]:
        """`keys`, and those that a person called the same."""
        near = {k for pair in self._decided.same if not keys.isdisjoint(pair) for k in pair}
        return keys | near if near else keys

    def families(self, named: Iterable[tuple[str, ...]]) -> tuple[list[int], dict[int, list[int]]]:
        """Which family each of the `named` (keys of one name) is of; family → stored companies.

        Families of stored companies that nobody names come too.
        """
        above: dict[str, str] = {}

        def root(key: str) -> str:
            above.setdefault(key, key)
            while above[key] != key:
                above[key] = above[above[key]]
                key = above[key]
            return key

        def tie(keys: Iterable[str]) -> str:
            first, *rest = map(root, keys)
            for other in rest:
                above[root(other)] = root(first)
            return first

        named = list(named)
        for stored in self._companies.values():
            tie(stored.aliases)
        for keys in named:
            tie(keys)
        for pair in self._decided.same:
            if all(key in above for key in pair):
                tie(pair)
        numbers: dict[str, int] = {}
        of_named = [numbers.setdefault(root(keys[0]), len(numbers)) for keys in named]
        of_stored: dict[int, list[int]] = {}
        for stored in self._companies.values():
            family = numbers.setdefault(root(next(iter(stored.aliases))), len(numbers))
            of_stored.setdefault(family, []).append(stored.id)
        return of_named, of_stored

    def save(self, company: MergedCompany) -> int:
        """Keep what was decided of one company. Returns its id."""
        company_id = company.id
        if company_id is None:
            company_id = self._pending.next_id(t.COMPANY)
            self._pending.add(t.COMPANY, company_id, company.name)
            stored = Stored(company_id, company.name)
            self._companies[company_id] = stored
        else:
            stored = self._companies[company_id]
            if stored.name != company.name:
                stored.name = company.name
                self._renamed.append({"row": company_id, "name": company.name})
        now = {alias.key: alias for alias in company.aliases}
        for key, alias in now.items():
            known = stored.aliases.get(key)
            if known is None:
                row = (company_id, alias.name, key, alias.own, letters(key), sound(key))
                self._pending.add(t.COMPANY_ALIAS, *row)
                self.new_keys.setdefault(company_id, set()).add(key)
            elif known != alias:
                self._respelt.append(
                    {"company": company_id, "of": key, "name": alias.name, "own": alias.own}
                )
        self._lost += [(company_id, key) for key in stored.aliases.keys() - now.keys()]
        stored.aliases = now
        return company_id

    def update(self) -> None:
        """Write the changes of what is stored, after the new rows."""
        alias = t.COMPANY_ALIAS.c
        if self._renamed:
            self._connection.execute(
                update(t.COMPANY)
                .where(t.COMPANY.c.id == bindparam("row"))
                .values(name=bindparam("name")),
                self._renamed,
            )
        if self._respelt:
            self._connection.execute(
                update(t.COMPANY_ALIAS)
                .where(alias.company_id == bindparam("company"), alias.key == bindparam("of"))
                .values(name=bindparam("name"), own=bindparam("own")),
                self._respelt,
            )
        for some in chunked(self._lost, 200):
            pairs = (and_(alias.company_id == company, alias.key == key) for company, key in some)
            self._connection.execute(delete(t.COMPANY_ALIAS).where(or_(*pairs)))
        self._renamed, self._respelt, self._lost = [], [], []

    def forget(self, heirs: Mapping[int, int]) -> None:
        """Remove companies that have no report any more; each with the one that has them now."""
        if not heirs:
            return
        alias = t.COMPANY_ALIAS
        for some in chunked(heirs):
            self._connection.execute(delete(alias).where(alias.c.company_id.in_(some)))
        follow(self._connection, t.COMPANY, heirs)
        for some in chunked(heirs):
            self._connection.execute(delete(t.COMPANY).where(t.COMPANY.c.id.in_(some)))
        for id_ in heirs:
            self._companies.pop(id_, None)
            self.new_keys.pop(id_, None)
        self.gone.update(heirs)
