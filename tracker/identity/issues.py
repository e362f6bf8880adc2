"""Is this letter one that we have, in another form: by mail, by feed, as a page of an archive?

Compared is what the letters tell, their briefs, more than what stands around them: a site's
menus, a mail's footer, or the greeting that every issue repeats. A letter is the same as one in
the store if they are a few days apart at most, one's text holds most of the other's, and

  - every brief that it tells stands in the stored one: nothing would be lost by leaving it out;
  - or every brief of the stored one stands in it, and it tells little else (a site's list of old
    issues, taken for news);
  - or neither tells any brief, so that there is no news to lose;

and in briefs that both have, every figure is the same.

So a teaser that came first never keeps the whole letter out, and a corrected edition, with one
figure or name changed, is a letter of its own. A wrong No costs little (the rounds are united
all the same), a wrong Yes would lose news: in doubt it is No.

To be found at all, a letter has a few keys: hashes of some runs of its words, the same few wherever they stand.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from heapq import nsmallest

from tracker.parsing.visible import figures, visible_words

KEYS = 10
"""So many keys a letter; of two forms of one letter, about half are the same."""
ENOUGH = 2
"""Keys that two letters must share to be compared at all."""
_KEY_WORDS = 6
"""Words of a key: fewer, and it would be a phrase that all funding news use."""
_WORDS = 4
_SHORTEST = 5
"""Runs of words below which a letter says too little to be recognised by it."""
_APART = timedelta(days=3)
_WHOLE_BRIEF, _MOST, _HALF = 0.9, 0.6, 0.5


@dataclass(frozen=True)
class LetterText:
    """A letter as it is compared: its text, the texts of its briefs, and its day."""

    text: str
    briefs: Sequence[str]
    day: date | None = None

    @property
    def told(self) -> Sequence[str]:
        """What it tells: the briefs, or all of it where there are none."""
        return self.briefs or (self.text,)

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """By which the letter is found: positive numbers of 63 bits, at most `KEYS`."""
        # Of the whole text: which of it are briefs may be seen differently from form to form.
        runs = set(_runs(self.text, _KEY_WORDS))
        if len(runs) < _SHORTEST:
            return ()
        # A cheap hash chooses which; only those few get a good one.
        coded = [run.encode("utf-8", "replace") for run in runs]
        chosen = nsmallest(KEYS, zip(map(zlib.crc32, coded), runs, coded, strict=True))
        return tuple(_hash(run) for *_, run in chosen)

    @cached_property
    def told_runs(self) -> Sequence[tuple[set[str], set[str]]]:
        """The runs of words of each brief that has any, and its figures."""
        briefs = ((set(_runs(brief, _WORDS)), figures(brief)) for brief in self.told)
        return [(runs, said) for runs, said in briefs if runs]

    @cached_property
    def content(self) -> set[str]:
        """The runs of words of what it tells."""
        return set().union(*(runs for runs, _ in self.told_runs))

    @cached_property
    def whole(self) -> set[str]:
        """The runs of words of all of it."""
        return set(_runs(self.text, _WORDS))

    @cached_property
    def figures(self) -> set[str]:
        """The figures in all of it."""
        return figures(self.text)


def same_letter(new: LetterText, stored: LetterText) -> bool:
    """Whether `new` is the stored letter in another form."""
    if min(len(new.content), len(stored.content)) < _SHORTEST:
        return False
    if new.day and stored.day and abs(new.day - stored.day) > _APART:
        return False
    within, around = _part(new.whole, stored.whole), _part(stored.whole, new.whole)
    if max(within, around) < _MOST:
        return False
    if not new.briefs and not stored.briefs:
        return min(within, around) >= _HALF
    if not (_figures_agree(new, stored) and _figures_agree(stored, new)):
        return False
    if _all_stand_in(new, stored):
        return True
    return _part(new.content, stored.whole) >= _HALF and _all_stand_in(stored, new)


def _all_stand_in(some: LetterText, other: LetterText) -> bool:
    """Whether `other` holds all that `some` tells. Every brief counts: what most letters of a
    newsletter repeat must not outweigh the one piece of news in which they differ."""
    return all(_part(runs, other.whole) >= _WHOLE_BRIEF for runs, _ in some.told_runs)


def _figures_agree(some: LetterText, other: LetterText) -> bool:
    """Whether every brief of `some` that stands in `other` has the same figures there."""
    return all(
        said <= other.figures for runs, said in some.told_runs if _part(runs, other.whole) >= _MOST
    )


def _part(some: set[str], whole: set[str]) -> float:
    return len(some & whole) / len(some) if some else 0.0


def _runs(text: str, length: int) -> Iterable[str]:
    """Every run of so many words; none where there are fewer."""
    words = visible_words(text)
    return (" ".join(words[i : i + length]) for i in range(len(words) - length + 1))


def _hash(run: bytes) -> int:
    digest = hashlib.blake2b(run, digest_size=8).digest()
    return int.from_bytes(digest) >> 1
