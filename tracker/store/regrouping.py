"""Investors whose names a person has tied together or apart: who owns which name and which part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, delete, select, update

from tracker.parsing.names import name_key
from tracker.parsing.sound import sound
from tracker.records import Alias, Party
from tracker.store import tables as t
from tracker.store.letters import letters
from tracker.store.parties import companies_backed, find_investors, follow
from tracker.store.pending import Pending, chunked
from tracker.store.suggestions import forget_suggestions

Judge = Callable[[str], Party | None]
"""A name → the party it is of, with all its names: the same for each of them."""
BestName = Callable[[Iterable[str]], str]
"""Several spellings → the one to show."""


@dataclass(slots=True)
class _House:
    """An investor as it should be."""

    party: Party
    names: dict[str, Alias] = field(default_factory=dict)
    id: int = 0


def regroup(
    connection: Connection, ids: Iterable[int], judge: Judge, best_name: BestName
) -> set[int]:
    """Make the stored investors what `judge` says. Returns the companies that they have backed.

    Others that have a name of theirs are taken along. Of those that become one the lowest id
    stays; of one that becomes several the house of the name it is shown by keeps it.
    """
    ids = set(ids)
    stored = _reached(connection, ids, judge)
    if not stored:
        return set()
    backed = companies_backed(connection, stored)
    pending = Pending(connection)
    houses = _houses(stored.values(), judge)
    _own_what_is_used(connection, houses, {*stored, *ids})
    owner = {alias.key: id_ for id_, party in stored.items() for alias in party.aliases}
    shown = {name_key(party.name): id_ for id_, party in stored.items()}
    taken: set[int] = set()
    for ids_of in (shown, owner):
        for house in houses:
            free = {ids_of[key] for key in house.names if key in ids_of} - taken
            if free and not house.id:
                house.id = min(free)
                taken.add(house.id)
    for house in houses:
        house.id = house.id or pending.next_id(t.INVESTOR)
        taken.add(house.id)
    for some in chunked(stored):
        alias = t.INVESTOR_ALIAS
        connection.execute(delete(alias).where(alias.c.investor_id.in_(some)))
    for house in houses:
        _write(connection, pending, house, stored, best_name)
    pending.flush()
    of_key = {key: house.id for house in houses for key in house.names}
    _move_parts(connection, {*stored, *ids}, of_key)
    heirs = {id_: of_key[party.aliases[0].key] for id_, party in stored.items() if id_ not in taken}
    follow(connection, t.INVESTOR, heirs)
    for some in chunked(heirs):
        connection.execute(delete(t.INVESTOR).where(t.INVESTOR.c.id.in_(some)))
    forget_suggestions(connection, "investor", heirs)
    return backed


def _reached(connection: Connection, ids: Iterable[int], judge: Judge) -> dict[int, Party]:
    """The investors, and all that answer to a name which is theirs or will be."""
    found: dict[int, Party] = {}
    asked: set[str] = set()
    new = find_investors(connection, ids=ids)
    while new:
        found.update((party.id or 0, party) for party in new)
        keys: set[str] = set()
        for party in new:
            for alias in party.aliases:
                named = judge(alias.name)
                keys.update(a.key for a in (named.aliases if named else ()))
        keys -= asked
        asked |= keys
        new = [
            party
            for some in chunked(keys)
            for party in find_investors(connection, keys=some)
            if party.id not in found
        ]
    return found


def _houses(stored: Iterable[Party], judge: Judge) -> list[_House]:
    houses: dict[frozenset[str], _House] = {}
    for party in sorted(stored, key=lambda p: p.id or 0):
        for alias in party.aliases:
            named = judge(alias.name)
            if named is None:
                continue
            key = frozenset(a.key for a in named.aliases)
            house = houses.setdefault(key, _House(named))
            for one in named.aliases:
                house.names.setdefault(one.key, one)
            if not named.canonical:
                house.names[alias.key] = alias
    return sorted(houses.values(), key=lambda house: min(house.names))


def _own_what_is_used(
    connection: Connection, houses: Iterable[_House], investors: Iterable[int]
) -> None:
    """A name by which reports call an investor is its own; of others the gazetteer decides."""
    used: set[str] = set()
    part = t.PARTICIPATION.c
    for some in chunked(investors):
        names = select(part.name).where(part.investor_id.in_(some)).distinct()
        used.update(map(name_key, connection.execute(names).scalars()))
    for house in houses:
        if house.party.kind is None:
            for key, alias in house.names.items():
                house.names[key] = replace(alias, own=key in used)


def _write(
    connection: Connection,
    pending: Pending,
    house: _House,
    stored: dict[int, Party],
    best_name: BestName,
) -> None:
    party, table = house.party, t.INVESTOR
    own = [alias.name for alias in house.names.values() if alias.own]
    name = party.name if party.canonical or not own else best_name(own)
    if house.id in stored:
        connection.execute(
            update(table)
            .where(table.c.id == house.id)
            .values(name=name, kind=party.kind, country=party.country)
        )
    else:
        pending.add(table, house.id, name, party.kind, party.country)
    for alias in house.names.values():
        row = (house.id, alias.name, alias.key, alias.own, letters(alias.key), sound(alias.key))
        pending.add(t.INVESTOR_ALIAS, *row)


def _move_parts(connection: Connection, stored: Iterable[int], of_key: dict[str, int]) -> None:
    """Give every part to the house of its name."""
    part = t.PARTICIPATION.c
    for some in chunked(stored):
        rows = connection.execute(
            select(part.id, part.investor_id, part.name).where(part.investor_id.in_(some))
        ).all()
        for row in rows:
            house = of_key.get(name_key(row.name), row.investor_id)
            if house != row.investor_id:
                connection.execute(
                    update(t.PARTICIPATION).where(part.id == row.id).values(investor_id=house)
                )
