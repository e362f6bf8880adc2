"""Names and rounds that may be one: not surely enough to unite them, enough to ask a person.

Names come as pairs that sound alike (`tracker.parsing.sound`); RapidFuzz says how alike they are
letter by letter. Names that differ in a number or in the word of their trade (한빛캐피탈,
한빛벤처스) are different houses, not slips of the pen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations
from math import inf

from rapidfuzz import fuzz

from tracker.identity.merging import day_of
from tracker.identity.rounds import NOTHING_SAID, WINDOW, days_apart, same_round, stages_agree
from tracker.identity.sums import near_sum, same_sum
from tracker.parsing.sound import trade
from tracker.records import Report, Suggestion, Verdicts

ALIKE = 80
"""Per cent: two spellings in one script that are less alike are not worth a question."""
BESIDE = 0.85
"""How alike a name is to itself with a word of its trade behind it."""
HEARD = 0.75
"""How alike two names of one sound in two scripts are."""
FAR_WINDOW = timedelta(days=90)
"""A round told again after more than 45 days may still be the same."""

_HANGUL = re.compile("[가-힣]")
_DIGITS = re.compile(r"\d+")


def alike(key: str, other: str) -> tuple[float, str] | None:
    """How alike two keys of one sound are (0-1), and why; None where they are not worth asking."""
    if key == other:
        return None
    (stem, of), (other_stem, other_of) = trade(key), trade(other)
    if of != other_of and of is not None and other_of is not None:
        return None
    if _DIGITS.findall(key) != _DIGITS.findall(other):
        return None
    if stem == other_stem:
        if of == other_of:
            return 0.95, "two spellings of one word of their trade"
        return BESIDE, f"the same name with and without “{of or other_of}”"
    if bool(_HANGUL.search(stem)) != bool(_HANGUL.search(other_stem)):
        return HEARD, "Hangul and Latin letters sound alike"
    ratio = fuzz.ratio(_letters(stem), _letters(other_stem))
    return (round(ratio / 100, 2), "spelt alike") if ratio >= ALIKE else None


def _letters(key: str) -> str:
    """Single letters: 벤처 and 벤쳐 differ in one of five, not in one of two."""
    return unicodedata.normalize("NFD", key)


def doubtful_rounds(
    rounds: Sequence[tuple[int, Sequence[Report]]], verdicts: Verdicts = NOTHING_SAID
) -> list[Suggestion]:
    """Pairs of one company's rounds (id, reports) that may be one."""
    found = []
    spans = {round_id: _span(reports) for round_id, reports in rounds}
    for (one, ours), (other, theirs) in combinations(rounds, 2):
        (first, last), (start, end) = spans[one], spans[other]
        if start - last > FAR_WINDOW.days or first - end > FAR_WINDOW.days:
            continue
        if _settled(ours, theirs, verdicts):
            continue
        best = max((_doubt(a, b) for a in ours for b in theirs), default=None)
        if best is not None and best[0]:
            left, right = sorted((one, other))
            found.append(Suggestion("round", left, right, *best))
    return found


def _span(reports: Sequence[Report]) -> tuple[float, float]:
    """From when to when a round was told of; always, where a report has no day."""
    days = [day.toordinal() for report in reports if (day := day_of(report))]
    return (min(days), max(days)) if len(days) == len(reports) else (-inf, inf)


def _settled(ours: Sequence[Report], theirs: Sequence[Report], verdicts: Verdicts) -> bool:
    """One brief told both, or a person keeps them apart: there is nothing to ask."""
    if {r.brief_id for r in ours} & {r.brief_id for r in theirs}:
        return True
    apart = verdicts.rounds.apart
    return bool(apart) and any(
        (min(a.key, b.key), max(a.key, b.key)) in apart for a in ours for b in theirs
    )


def _doubt(a: Report, b: Report) -> tuple[float, str]:
    """How likely two reports in two rounds are of one (0: not at all), and why."""
    days = days_apart(a, b)
    if days > FAR_WINDOW:
        return 0.0, ""
    if days > WINDOW:
        if a.stage and a.stage == b.stage and same_sum(a, b) and a.extension == b.extension:
            return 0.8, f"the same stage and sum, {days.days} days apart"
        return 0.0, ""
    if same_round(a, b):
        return 0.6, "they agree, but another report of either round does not"
    if same_sum(a, b):
        if a.stage != b.stage:
            return 0.7, "the same sum at another stage"
        return 0.6, "the same sum, one of them called an extension"
    if a.stage == b.stage and a.extension == b.extension:
        if a.total_raised is not None and a.total_raised == b.amount:
            return 0.7, "the sum of one is the total of the other"
        if b.total_raised is not None and b.total_raised == a.amount:
            return 0.7, "the sum of one is the total of the other"
        if a.stage:
            return 0.5, "the same stage, another sum"
    if near_sum(a, b) and stages_agree(a, b):
        return 0.5, "nearly the same sum"
    return 0.0, ""
