"""Names of investors → one party each; which spelling of a name is shown.

Two names are one investor where they share a comparison key: their own, one learned from a
bracket ("알토스벤처스(Altos Ventures)"), one the gazetteer lists, or one that a person said. The
name shown is chosen from all the spellings seen, whatever the order in which they came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from tracker.identity.gazetteer import Gazetteer
from tracker.identity.keys import Ties
from tracker.parsing.names import name_key
from tracker.records import Alias, Decided, Party

NOTHING_DECIDED = Decided()
MAX_NAME = 200
"""Longer "names" are a slip of the extraction; they are cut so that no column bursts."""

_HANGUL = re.compile(r"[가-힣]")


def clean(name: str) -> str:
    """A name to show, on one line and not endless."""
    return " ".join(name.split())[:MAX_NAME]


def investor_party(
    name: str, gazetteer: Gazetteer, decided: Decided = NOTHING_DECIDED
) -> Party | None:
    """The investor that a brief names, with all its other names as far as they are known.

    They come from the gazetteer and from persons, whose word is the stronger. The same name gives
    the same party, whatever is stored.
    """
    key = name_key(name)
    if not key:
        return None
    if decided.same or decided.apart or decided.shown:
        return _decided_party(key, clean(name), gazetteer, decided)
    entry = gazetteer.find(name)
    if entry is None:
        return Party(clean(name), (Alias(key, clean(name), own=True),))
    aliases = (Alias(k, spelling, spelling == entry.name) for k, spelling in entry.names.items())
    return Party(entry.name, tuple(aliases), None, entry.kind, entry.country, canonical=True)


def _decided_party(key: str, name: str, gazetteer: Gazetteer, decided: Decided) -> Party:
    keys = _reach(key, gazetteer, decided)
    entries = {entry.name: entry for k in keys if (entry := gazetteer.entries.get(k))}
    ties = Ties(decided.apart)
    for one, other in sorted(pair for pair in decided.same if keys.issuperset(pair)):
        ties.tie(one, other)
    for entry in (entries[n] for n in sorted(entries)):
        for k in entry.names:
            ties.tie(name_key(entry.name), k)
    ours = ties.members(key)
    heads = [entries[n] for n in sorted(entries) if name_key(n) in ours]
    head = heads[0] if heads else None
    spellings = {key: name, **decided.spellings}
    for entry in entries.values():
        spellings |= entry.names
    aliases = tuple(
        Alias(k, spelt := spellings.get(k, k), spelt == head.name if head else k == key)
        for k in sorted(ours)
    )
    shown = shown_name(ours, decided)
    if head is None:
        return Party(shown or name, aliases, canonical=shown is not None)
    return Party(shown or head.name, aliases, None, head.kind, head.country, canonical=True)


def shown_name(keys: Iterable[str], decided: Decided) -> str | None:
    """The name that a person wants a party of these keys to go by, if any does."""
    if not decided.shown:
        return None
    return next((decided.shown[key] for key in sorted(keys) if key in decided.shown), None)


def _reach(key: str, gazetteer: Gazetteer, decided: Decided) -> set[str]:
    """All keys that gazetteer or persons may tie to `key`."""
    beside = _beside(decided.same)
    found, new = {key}, [key]
    while new:
        one = new.pop()
        entry = gazetteer.entries.get(one)
        near = {*beside.get(one, ()), *(entry.names if entry else ())} - found
        found |= near
        new += near
    return found


@lru_cache(maxsize=2)
def _beside(pairs: frozenset[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def settle(named: Party, stored: Sequence[Party]) -> Party:
    """Unite a named party with the stored ones that share a key with it.

    Returns `stored[0]` itself where nothing changes, and a party without id where none is
    stored yet. The lowest id stays; the others are named in `absorbs`.
    """
    if not stored:
        return named
    if len(stored) == 1 and _says_nothing_new(named, stored[0]):
        return stored[0]
    kept, *others = sorted(stored, key=lambda p: p.id or 0)
    aliases: dict[str, Alias] = {}
    for alias in (a for p in (kept, *others, named) for a in p.aliases):
        known = aliases.get(alias.key)
        aliases[alias.key] = alias if known is None else better_alias(known, alias)
    name = named.name if named.canonical else best_name(a.name for a in aliases.values() if a.own)
    united = replace(
        kept,
        name=name,
        aliases=tuple(aliases.values()),
        kind=named.kind or kept.kind,
        country=named.country or kept.country,
        absorbs=tuple(p.id for p in others if p.id is not None),
    )
    return kept if united == kept else united


def _says_nothing_new(named: Party, kept: Party) -> bool:
    """Whether uniting the two would leave `kept` as it is: what a large archive sees most."""
    return (
        all(alias in kept.aliases for alias in named.aliases)
        and (not named.canonical or named.name == kept.name)
        and named.kind in (None, kept.kind)
        and named.country in (None, kept.country)
    )


def better_alias(a: Alias, b: Alias) -> Alias:
    """Two spellings of one key → the one to keep."""
    # A spelling seen as the name itself beats one seen only in brackets.
    names = [x.name for x in (a, b) if x.own] or [a.name, b.name]
    return Alias(a.key, best_name(names), a.own or b.own)


def best_name(spellings: Iterable[str]) -> str:
    """The spelling to show, whatever the order in which they came.

    Hangul before Latin; Hangul written together before spaced ("KB인베스트먼트"), Latin spaced
    before together ("Altos Ventures"); then capitals before small letters.
    """

    def rank(name: str) -> tuple[bool, int, str]:
        hangul = bool(_HANGUL.search(name))
        spaces = name.count(" ")
        return (not hangul, spaces if hangul else -spaces, name)

    return min(spellings, key=rank)
