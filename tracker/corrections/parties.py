"""What a person says of names: two are one, two are not, one answers to another name."""

from __future__ import annotations

from itertools import product

from tracker.corrections.correcting import Correction
from tracker.errors import BadValue, TrackerError
from tracker.parsing.names import name_key
from tracker.query.parties import Found, owners_of
from tracker.records import storable
from tracker.store.history import About
from tracker.store.reports import reports_of_companies
from tracker.store.statements import held, verdict

MAX_NAME = 200


def merge_parties(
    correction: Correction, kind: str, kept: Found, other: Found, *, named: bool = True
) -> bool:
    """Two parties are one. Returns whether that is news.

    `named`: by the first one's name; else the name to show is chosen as ever.
    """
    if kept.id == other.id:
        raise TrackerError(f"{kept.name} and {other.name} are one {kind} already ({kept.id})")
    about = About(kind, kept.id, kept.name, "merged with", None, f"{other.name} ({other.id})")
    correction.touch_parties(kind, kept.id, other.id)
    if kind == "company" and not kept.names.keys().isdisjoint(other.names):
        return _pair_reports(correction, kept, other, same=True, about=about)
    news = correction.decide(
        kind,
        (kept.key, kept.name),
        (other.key, other.name),
        same=True,
        about=about,
        shown=kept.name if named else None,
    )
    # Whoever merges two takes back that they were kept apart.
    for one, two in product(kept.names, other.names):
        known = held(correction.connection, verdict(kind, one, two))
        if known and not known["same"]:
            pair = (one, kept.names[one]), (two, other.names[two])
            news |= correction.decide(kind, *pair, same=True, about=about)
    return news


def keep_parties_apart(correction: Correction, kind: str, one: Found, other: Found) -> bool:
    """Two parties are two, however alike their names are."""
    about = About(kind, one.id, one.name, "kept apart from", None, f"{other.name} ({other.id})")
    correction.touch_parties(kind, one.id, other.id)
    if kind == "company" and not one.names.keys().isdisjoint(other.names):
        return _pair_reports(correction, one, other, same=False, about=about)
    pair = (one.key, one.name), (other.key, other.name)
    return correction.decide(kind, *pair, same=False, about=about)


def _pair_reports(
    correction: Correction, one: Found, other: Found, *, same: bool, about: About
) -> bool:
    """Two companies of one name are told apart by their reports."""
    refs = reports_of_companies(correction.connection, [one.id, other.id])
    mine = [ref for ref in refs if ref.company_id == one.id]
    theirs = [ref for ref in refs if ref.company_id == other.id]
    pairs = [(mine[0], ref) for ref in (*mine[1:], *theirs)] if same else product(mine, theirs)
    return (
        sum(
            correction.decide(
                "company", (a.key, a.company), (b.key, b.company), same=same, about=about
            )
            for a, b in pairs
        )
        > 0
    )


def add_alias(correction: Correction, kind: str, found: Found, alias: str) -> bool:
    """A party answers to another name. Returns whether that is news."""
    spelling = " ".join(storable(alias).split())[:MAX_NAME]
    key = name_key(spelling)
    if not key:
        raise BadValue(f"{alias!r}: holds no name")
    if key in found.names:
        return False
    others = [
        party for party in owners_of(correction.connection, kind, key) if party.id != found.id
    ]
    if others:
        other = others[0]
        raise TrackerError(
            f"{spelling} is {kind} {other.id} ({other.name}): to make them one, "
            f"tracker merge {kind} {found.id} {other.id}"
        )
    about = About(kind, found.id, found.name, "alias", None, spelling)
    correction.touch_parties(kind, found.id)
    pair = (found.key, found.names[found.key]), (key, spelling)
    return correction.decide(kind, *pair, same=True, about=about)


def split_party(correction: Correction, kind: str, found: Found, alias: str) -> str:
    """A name is not this party's. Returns its spelling."""
    key = name_key(storable(alias))
    if key not in found.names:
        names = sorted(found.names.values(), key=lambda name: (name != found.name, name))
        raise TrackerError(f"{found.name} is not called {alias!r}; it is called {', '.join(names)}")
    rest = [other for other in found.names if other != key]
    if not rest:
        raise TrackerError(f"{found.name} has no other name: nothing to split off")
    spelling = found.names[key]
    about = About(kind, found.id, found.name, "alias", spelling, None)
    correction.touch_parties(kind, found.id)
    for other in rest:
        pair = (key, spelling), (other, found.names[other])
        correction.decide(kind, *pair, same=False, about=about)
    return spelling
