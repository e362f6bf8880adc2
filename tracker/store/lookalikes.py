"""New names → stored names that sound like them, through an index; what may be one is suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Literal

from sqlalchemy import Connection, select

from tracker.parsing.sound import sound
from tracker.records import Decided, Suggestion
from tracker.store import tables as t
from tracker.store.backend import backend_of
from tracker.store.parties import COMPANIES, INVESTORS, Side
from tracker.store.pending import chunked
from tracker.store.prepared import Prepared

Alike = Callable[[str, str], tuple[float, str] | None]
"""Two comparison keys of one sound → how alike they are, and why."""
CROWD = 200
"""More names of one sound than that say nothing about any two of them."""


def _hearing(side: Side) -> Prepared:
    alias = side.alias.c
    return Prepared(
        lambda backend: select(alias.sound, side.owner, alias.key).where(
            backend.among(alias.sound, "codes")
        )
    )


_HEARD = {side.alias.name: _hearing(side) for side in (COMPANIES, INVESTORS)}


def look_alike(
    connection: Connection,
    side: Side,
    new: Mapping[int, Iterable[str]],
    alike: Alike,
    decided: Decided,
) -> list[Suggestion]:
    """Which of the parties with new names may be one with another that is stored."""
    if not new:
        return []
    kind: Literal["company", "investor"] = "company" if side is COMPANIES else "investor"
    wanted: dict[str, list[tuple[int, str]]] = {}
    for party, keys in new.items():
        for key in keys:
            wanted.setdefault(sound(key), []).append((party, key))
    best: dict[tuple[int, int], Suggestion] = {}
    for some in chunked(wanted):
        heard = _heard(connection, side, some)
        for code in some:
            if len(heard.get(code, ())) > CROWD:
                continue
            for (party, key), (other, other_key) in product(wanted[code], heard.get(code, ())):
                if party == other or (found := alike(key, other_key)) is None:
                    continue
                left, right = sorted((party, other))
                known = best.get((left, right))
                if known is None or found > (known.score, known.reason):
                    best[left, right] = Suggestion(kind, left, right, *found)
    return _undecided(connection, side, best, decided)


def _heard(
    connection: Connection, side: Side, codes: Sequence[str]
) -> dict[str, list[tuple[int, str]]]:
    rows = _HEARD[side.alias.name].rows(connection, codes=backend_of(connection).ids(codes))
    found: dict[str, list[tuple[int, str]]] = {}
    for code, owner, key in rows:
        found.setdefault(code, []).append((owner, key))
    return found


def _undecided(
    connection: Connection,
    side: Side,
    found: Mapping[tuple[int, int], Suggestion],
    decided: Decided,
) -> list[Suggestion]:
    """Without the pairs that the gazetteer knows as two, or that a person keeps apart."""
    if not found:
        return []
    ids = {party for pair in found for party in pair}
    known: set[int] = set()
    keys: dict[int, set[str]] = {}
    for some in chunked(ids):
        if side is INVESTORS:
            listed = select(t.INVESTOR.c.id).where(
                t.INVESTOR.c.id.in_(some), t.INVESTOR.c.kind.is_not(None)
            )
            known.update(connection.execute(listed).scalars())
        if decided.apart:
            names = select(side.owner, side.alias.c.key).where(side.owner.in_(some))
            for owner, key in connection.execute(names):
                keys.setdefault(owner, set()).add(key)
    return [
        suggestion
        for (left, right), suggestion in found.items()
        if not (left in known and right in known)
        and not any(
            (min(a, b), max(a, b)) in decided.apart
            for a in keys.get(left, ())
            for b in keys.get(right, ())
        )
    ]
