"""The closed vocabulary that the reader may see, the endings of names, and the known investors.

Names are delexicalised: a word outside the lexicon (learned from the corpora: words that many
writers use and that are seldom part of a name) is seen only by its script, length, ending and
place. That is what makes the roles of names never seen before readable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tracker.extraction.senses import UNKNOWN, Senses
from tracker.extraction.tokenizer import MENTIONS
from tracker.parsing.names import name_key

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from tracker.gazetteers import InvestorRow

_ALLOMORPHS = {
    "이": "가",
    "은": "는",
    "을": "를",
    "과": "와",
    "으로": "로",
    "으로부터": "로부터",
    "이나": "나",
    "이랑": "랑",
}
_MASK = (1 << 64) - 1
_GRADES = {"corporate": "house", "bank": "house"}


@lru_cache(maxsize=200_000)
def feature_id(column: str, value: str) -> int:
    """A stable 64-bit id (FNV-1a): Python's own hash differs from run to run."""
    h = 0xCBF29CE484222325
    for byte in f"{column}={value}".encode():
        h = ((h ^ byte) * 0x100000001B3) & _MASK
    return h


def normal_form(word: str) -> str:
    """A token as the lexicon knows it: lower case, one allomorph of each particle, no digits."""
    lower = word.lower()
    return _ALLOMORPHS.get(lower, lower)


def shape_of(word: str) -> str:
    """Script, capitals and length: "H3", "L+5", "CAPS3", "Mixed", "N4"."""
    first = word[0]
    length = min(len(word), 9)
    if "가" <= first <= "힣":
        return f"H{length}"
    if word.isdigit() or (first.isdigit() and not any(c.isalpha() for c in word)):
        return "YEAR" if len(word) == 4 and word.startswith(("19", "20")) else f"N{min(length, 4)}"
    if word[0].isalpha() or word[-1].isalpha():
        if not word.isascii() and "一" <= first <= "鿿":
            return f"HAN{min(length, 3)}"
        digits = "d" if any(c.isdigit() for c in word) else ""
        dots = "." if "." in word or "&" in word else ""
        if word.isupper():
            return f"CAPS{min(length, 6)}{digits}{dots}"
        if word.islower():
            return f"low{min(length, 4)}{digits}{dots}"
        if word[0].isupper() and word[1:].islower():
            return f"Title{min(length, 5)}{digits}{dots}"
        return f"Camel{digits}{dots}"
    if word.isspace():
        return "NL" if "\n" in word else "SP"
    return "P" + first if ord(first) < 0x2500 else "SYM"


class Lexicon:
    """The closed vocabulary that the reader may see, and the endings and beginnings of names."""

    def __init__(
        self,
        words: Iterable[str] = (),
        suffixes: Iterable[str] = (),
        prefixes: Iterable[str] = (),
        common: Iterable[str] = (),
        known: Mapping[str, str] | None = None,
        senses: Mapping[str, str] | None = None,
    ) -> None:
        self.words = frozenset(words)
        self.common = frozenset(common)
        self.known = dict(known or {})
        self.senses = Senses(senses or {})
        self.suffixes = frozenset(suffixes)
        self.prefixes = frozenset(prefixes)
        self._pieces: dict[str, NDArray[np.uint64]] = {}
        self._static: dict[str, tuple[int, ...]] = {}

    def static(self, word: str) -> tuple[int, ...]:
        """The context-free columns of a token; cached."""
        found = self._static.get(word)
        if found is None:
            if len(self._static) > 300_000:  # bounded: newsletters never end
                self._static.clear()
            found = self._static[word] = self._make(word)
        return found

    def _make(self, word: str) -> tuple[int, ...]:
        normal = normal_form(word)
        shape = shape_of(word)
        known = normal in self.words
        two, last = normal[-2:], normal[-1:]
        suffix = two if two in self.suffixes else last if last in self.suffixes else "?"
        begin = normal[:2] if len(normal) > 2 and normal[:2] in self.prefixes else "?"
        common = known or normal in self.common
        return (
            feature_id("word", normal if known else "?common" if common else "?" + shape[0]),
            feature_id("shape", shape),
            feature_id("suffix", suffix),
            feature_id("prefix", begin),
            feature_id("common", "yes" if common else "no"),
            feature_id("sense", self.senses.of(normal)),
            feature_id("head", self.senses.of_head(normal)),
        )

    def pieces(self, word: str) -> NDArray[np.uint64]:
        """The ids of a word and of its character 2- to 4-grams; of a name, only that it is one; cached."""
        found = self._pieces.get(word)
        if found is None:
            if len(self._pieces) > 100_000:
                self._pieces.clear()
            normal = normal_form(word)
            grams = {f"?{shape_of(word)[0]}"}
            if self._tells(normal):
                marked = f"<{normal[:24]}>"
                grams = {marked[i : i + n] for n in (2, 3, 4) for i in range(len(marked) - n + 1)}
                grams.add(marked)
            found = np.array([feature_id("gram", g) for g in grams], dtype=np.uint64)
            self._pieces[word] = found
        return found

    def _tells(self, normal: str) -> bool:
        """Whether a word may tell the kind: a name may not, however well known its bearer is."""
        return normal in self.words or _ordinary(normal, self)

    def to_dict(self) -> dict[str, Any]:
        """For serialisation."""
        return {
            "words": sorted(self.words),
            "suffixes": sorted(self.suffixes),
            "prefixes": sorted(self.prefixes),
            "common": sorted(self.common),
            "known": dict(sorted(self.known.items())),
            "senses": dict(sorted(self.senses.classes.items())),
        }


def learn_lexicon(
    docs: Iterable[tuple[str, Doc, set[int]]], given: Lexicon, least: int = 2
) -> Lexicon:
    """A lexicon from ``(writer, doc, indices of tokens inside names)``.

    A word enters when at least `least` briefs of two or more writers use it, fewer than a third
    of its uses lie inside names, and the written word lists know it (else it is the name of some
    well-known firm, which may raise money tomorrow); an ending when it is as common, wherever it stands.
    """
    uses: Counter[str] = Counter()
    named: Counter[str] = Counter()
    suffixes: Counter[str] = Counter()
    prefixes: Counter[str] = Counter()
    writers: dict[str, set[str]] = {}
    for writer, doc, inside in docs:
        seen: set[str] = set()
        for i, token in enumerate(doc):
            if i in doc.user_data[MENTIONS]:
                continue
            word = normal_form(token.text)
            named[word] += i in inside
            uses[word] += 1
            if word not in seen:
                seen.add(word)
                writers.setdefault(word, set()).add(writer)
                suffixes[word[-2:]] += 1
                suffixes[word[-1:]] += 1
                if len(word) > 2:
                    prefixes[word[:2]] += 1
    words = [
        w
        for w, n in uses.items()
        if n >= least
        and len(writers[w]) > 1
        and named[w] * 3 < n
        and not w.isdigit()
        and _ordinary(w, given)
    ]
    return Lexicon(
        words,
        (s for s, n in suffixes.items() if n >= 2 * least),
        (p for p, n in prefixes.items() if n >= 2 * least),
        {
            *given.common,
            *(w for w in words if uses[w] > 1),
        },
        given.known,
        given.senses.classes,
    )


def _ordinary(word: str, given: Lexicon) -> bool:
    """Whether the written lists know a word, or it is none: a mark, a single syllable."""
    return (
        len(word) == 1
        or not word.isalpha()
        or word in given.common
        or given.senses.of(word) != UNKNOWN
        or given.senses.of_head(word) != UNKNOWN
    )


def investor_grades(rows: Iterable[InvestorRow]) -> dict[str, str]:
    """Comparison key → grade of every spelling of a known investor.

    "fund": whose business it is; "house": a corporate or bank that also invests; "maybe": an
    ordinary word too.
    """
    grades: dict[str, str] = {}
    for row in rows:
        for name in (row.name, *row.aliases):
            grade = "maybe" if name in row.guarded else _GRADES.get(row.kind, "fund")
            grades.setdefault(name_key(name), grade)
    return grades
