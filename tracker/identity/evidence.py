"""What speaks for and against two reports' being of one company, beside its name."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from tracker.identity.trades import grams, trades
from tracker.parsing.stages import LETTERED, STAGES
from tracker.records import Report

_HANGUL = re.compile("[가-힣]")
UNLIKE = 80
"""Per cent: aliases of one script that are less alike are different names."""
_STEPS = ("angel", "pre_seed", "seed", *(s for s in STAGES if s in LETTERED))
RUNG = {stage: rung for rung, stage in enumerate(_STEPS)}
"""The ladder that a company climbs, from angel to series J."""


@lru_cache(maxsize=8192)
def _read(description: str) -> tuple[frozenset[str], frozenset[str], bool]:
    return trades(description), grams(description), bool(_HANGUL.search(description))


def share_investor(a: Report, b: Report) -> bool:
    """Whether both name one investor."""
    theirs = {investor for investor, _ in b.investors}
    return any(investor in theirs for investor, _ in a.investors)


def other_trade(a: Report, b: Report) -> bool:
    """Whether the two say that they do quite different things."""
    return bool(a.description and b.description) and trades_differ(
        a.description or "", b.description or ""
    )


@lru_cache(maxsize=8192)
def trades_differ(one: str, other: str) -> bool:
    """Whether two descriptions are of different trades and have no word in common."""
    (trades_a, grams_a, _), (trades_b, grams_b, _) = _read(one), _read(other)
    return (
        bool(trades_a and trades_b)
        and trades_a.isdisjoint(trades_b)
        and grams_a.isdisjoint(grams_b)
    )


@lru_cache(maxsize=8192)
def words_differ(one: str, other: str) -> bool:
    """Whether two descriptions in one script have no word in common."""
    (_, grams_a, hangul_a), (_, grams_b, hangul_b) = _read(one), _read(other)
    return hangul_a == hangul_b and bool(grams_a and grams_b) and grams_a.isdisjoint(grams_b)


@lru_cache(maxsize=8192)
def aliases_differ(one: str, other: str) -> bool:
    """Whether two aliases (keys) of one script are different names."""
    if bool(_HANGUL.search(one)) != bool(_HANGUL.search(other)):
        return False
    if one in other or other in one:
        return False
    return fuzz.ratio(one, other) < UNLIKE
