"""Names of companies and investors → one party each.

Two names are one party where they share a comparison key: their own, one learned from a
bracket ("라포랩스(Rapport Labs)"), or one the gazetteer lists. The name shown is chosen from
all the spellings seen, whatever the order in which they came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.identity.gazetteer import Gazetteer
from tracker.parsing.names import name_key
from tracker.records import Alias, Party

MAX_NAME = 200
"""Longer "names" are a slip of the extraction; they are cut so that no column bursts."""
MIN_ALIAS_KEY = 2
"""A learned alias of one character would tie strangers together."""

_HANGUL = re.compile(r"[가-힣]")


def _clean(name: str) -> str:
    return " ".join(name.split())[:MAX_NAME]


def company_party(name: str, alias: str | None = None) -> Party | None:
    """The company that a brief names, with the alias in brackets; None if nothing is left of it."""
    key = name_key(name)
    if not key:
        return None
    aliases = [Alias(key, _clean(name), own=True)]
    other = name_key(alias) if alias else ""
    if alias and len(other) >= MIN_ALIAS_KEY and other != key:
        aliases.append(Alias(other, _clean(alias), own=False))
    return Party(_clean(name), tuple(aliases))


def investor_party(name: str, gazetteer: Gazetteer) -> Party | None:
    """The investor that a brief names, with all its other names if the gazetteer knows it."""
    key = name_key(name)
    if not key:
        return None
    entry = gazetteer.find(name)
    if entry is None:
        return Party(_clean(name), (Alias(key, _clean(name), own=True),))
    aliases = (Alias(k, spelling, spelling == entry.name) for k, spelling in entry.names.items())
    return Party(entry.name, tuple(aliases), None, entry.kind, entry.country, canonical=True)


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
        aliases[alias.key] = alias if known is None else _better(known, alias)
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


def _better(a: Alias, b: Alias) -> Alias:
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
