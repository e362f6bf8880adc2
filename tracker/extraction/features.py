"""Doc → the numbers the reader sees: what a token is like, never which name it is.

Names are delexicalised: a word outside the lexicon (learned from the corpora: words that many
writers use and that are seldom part of a name) is seen only by its script, length, ending and
place. That is what makes the roles of names never seen before readable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tracker.extraction.cues import cue_of
from tracker.extraction.tokenizer import CONVERSIONS, MENTIONS
from tracker.parsing.names import name_key
from tracker.parsing.stages import LETTERED
from tracker.records import Money

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from tracker.gazetteers import InvestorRow

COLUMNS = (
    "word",
    "shape",
    "suffix",
    "prefix",
    "known",
    "cue_right",
    "cue_left",
    "place",
    "inside",
    "repeat",
    "common",
    "ending",
)
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
_OPEN = {"(": ")", "[": "]", "「": "」", "<": ">", "《": "》", "{": "}", "『": "』"}
_MASK = (1 << 64) - 1


@lru_cache(maxsize=200_000)
def _id(column: str, value: str) -> int:
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
    ) -> None:
        self.words = frozenset(words)
        self.common = frozenset(common)
        self.known = dict(known or {})
        self.suffixes = frozenset(suffixes)
        self.prefixes = frozenset(prefixes)
        self._pieces: dict[str, NDArray[np.uint64]] = {}
        self._static: dict[str, tuple[int, int, int, int, int]] = {}

    def static(self, word: str) -> tuple[int, int, int, int, int]:
        """The five context-free columns of a token; cached."""
        found = self._static.get(word)
        if found is None:
            if len(self._static) > 300_000:  # bounded: newsletters never end
                self._static.clear()
            found = self._static[word] = self._make(word)
        return found

    def _make(self, word: str) -> tuple[int, int, int, int, int]:
        normal = normal_form(word)
        shape = shape_of(word)
        known = normal in self.words
        two, last = normal[-2:], normal[-1:]
        suffix = two if two in self.suffixes else last if last in self.suffixes else "?"
        begin = normal[:2] if len(normal) > 2 and normal[:2] in self.prefixes else "?"
        common = known or normal in self.common
        return (
            _id("word", normal if known else "?common" if common else "?" + shape[0]),
            _id("shape", shape),
            _id("suffix", suffix),
            _id("prefix", begin),
            _id("common", "yes" if common else "no"),
        )

    def pieces(self, word: str) -> NDArray[np.uint64]:
        """The ids of a word and of its character 2- to 4-grams; cached."""
        found = self._pieces.get(word)
        if found is None:
            if len(self._pieces) > 100_000:
                self._pieces.clear()
            marked = f"<{normal_form(word)[:24]}>"
            grams = {marked[i : i + n] for n in (2, 3, 4) for i in range(len(marked) - n + 1)}
            found = np.array([_id("gram", g) for g in {marked, *grams}], dtype=np.uint64)
            self._pieces[word] = found
        return found

    def to_dict(self) -> dict[str, Any]:
        """For serialisation."""
        return {
            "words": sorted(self.words),
            "suffixes": sorted(self.suffixes),
            "prefixes": sorted(self.prefixes),
            "common": sorted(self.common),
            "known": dict(sorted(self.known.items())),
        }


def learn_lexicon(
    docs: Iterable[tuple[str, Doc, set[int]]], given: Lexicon, least: int = 4
) -> Lexicon:
    """A lexicon from ``(writer, doc, indices of tokens inside names)``.

    A word enters when at least `least` briefs of two or more writers use it and fewer than a
    third of its uses lie inside names; an ending when it is as common, wherever it stands.
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
        if n >= least and len(writers[w]) > 1 and named[w] * 3 < n and not w.isdigit()
    ]
    return Lexicon(
        words,
        (s for s, n in suffixes.items() if n >= 2 * least),
        (p for p, n in prefixes.items() if n >= 2 * least),
        {
            *given.common,
            *(w for w, n in uses.items() if n > 1 and len(writers[w]) > 1 and named[w] * 3 < n),
        },
        given.known,
    )


def featurize(doc: Doc, lexicon: Lexicon) -> NDArray[np.uint64]:
    """An array of shape (tokens, `COLUMNS`) of 64-bit ids."""
    mentions = doc.user_data[MENTIONS]
    conversions = doc.user_data[CONVERSIONS]
    words = [t.text for t in doc]
    n = len(words)
    cues: list[str | None] = [None] * n
    static: list[tuple[int, int, int, int, int]] = []
    for i, word in enumerate(words):
        if i in mentions:
            static.append(_mention_columns(mentions[i]))
        elif i in conversions:
            static.append(_CONVERSION)
        else:
            static.append(lexicon.static(word))
            cues[i] = cue_of(word.lower())
    sentence, line, start = _places(words)
    right, left = _nearest_cues(cues, sentence)
    inside = _brackets(words)
    known = _known_names(words, lexicon.known)
    endings = _endings(words, sentence)
    counts = Counter(words)
    last_line = line[-1] if n else 0
    rows = []
    seen: set[str] = set()
    for i, word in enumerate(words):
        repeat = "1"
        if counts[word] > 1 and len(word) > 1:
            repeat = "later" if word not in seen else "again"
            seen.add(word)
        place = (
            f"{min(line[i], 2)}/{min(last_line, 2)}/{min(sentence[i], 3)}/{min(i - start[i], 3)}"
        )
        rows.append(
            (
                *static[i][:4],
                _id("known", known[i]),
                _id("right", right[i]),
                _id("left", left[i]),
                _id("place", place),
                _id("inside", inside[i]),
                _id("repeat", repeat),
                static[i][4],
                _id("ending", endings[i]),
            )
        )
    return np.array(rows, dtype=np.uint64).reshape(n, len(COLUMNS))


_GRADES = {"corporate": "house", "bank": "house"}
_LONGEST_NAME = 5
"""Tokens of the longest known name that is looked for."""


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


def _known_names(words: list[str], known: dict[str, str]) -> list[str]:
    """For each token: "-", or the grade of the longest known name it begins (B) or goes on (I)."""
    out = ["-"] * len(words)
    i = 0
    while i < len(words):
        joined = ""
        best = 0
        grade = ""
        for j in range(i, min(i + _LONGEST_NAME, len(words))):
            if words[j].isalnum():
                joined += words[j].casefold()
            elif j == i or words[j] not in "&-.'·":
                break
            if len(joined) > 1 and joined in known:
                best, grade = j + 1, known[joined]
        if best:
            out[i] = f"B-{grade}"
            out[i + 1 : best] = [f"I-{grade}"] * (best - i - 1)
            i = best
        else:
            i += 1
    return out


_CONVERSION = (
    _id("word", "<CONV>"),
    _id("shape", "<CONV>"),
    _id("suffix", "?"),
    _id("prefix", "?"),
    _id("common", "no"),
)


@lru_cache(maxsize=1024)
def _tagged(word: str, shape: str) -> tuple[int, int, int, int, int]:
    return (
        _id("word", word),
        _id("shape", shape),
        _id("suffix", "<M>"),
        _id("prefix", "<M>"),
        _id("common", "no"),
    )


_MIX = np.uint64(0x9E3779B97F4A7C15)
_SKIP = np.uint64(77)


def word_pieces(doc: Doc, ids: NDArray[np.uint64], lexicon: Lexicon) -> NDArray[np.uint64]:
    """Ids of the brief's pieces for telling its kind.

    Character n-grams of its words, pairs of words, and, apart, how each sentence ends and which
    cue comes first: a Korean sentence says what happened in its last word, an English one in
    its verb. Unlike the columns these see every word, names too.
    """
    words = [token.text for token in doc]
    parts = [lexicon.pieces(word) for word in words]
    for column in (ids[:, 0], ids[:, 3]):
        parts.append(column[:-1] * _MIX + column[1:])
        parts.append(column[:-2] * _MIX + column[2:] + _SKIP)
    parts.append(np.array(list(_sentence_pieces(words)), dtype=np.uint64))
    return np.unique(np.concatenate(parts))


def _sentence_pieces(words: list[str]) -> Iterator[int]:
    """Ids of the last one, two and three words of each sentence and of its first and last cue."""
    sentence, _, _ = _places(words)
    grouped: dict[int, list[str]] = {}
    for word, at in zip(words, sentence, strict=True):
        if any(c.isalnum() for c in word):
            grouped.setdefault(at, []).append(normal_form(word))
    last = max(grouped, default=0)
    for at, said in grouped.items():
        where = "only" if last == 0 else "first" if at == 0 else "last" if at == last else "mid"
        for n in (1, 2, 3):
            tail = " ".join(said[-n:])
            yield _id("tail", tail)
            yield _id(f"tail-{where}", tail)
        cues = [cue for cue in map(cue_of, said) if cue]
        if cues:
            yield _id(f"cues-{where}", f"{cues[0]}…{cues[-1]}")
            yield _id("cues", " ".join(dict.fromkeys(cues)))


def _endings(words: list[str], sentence: list[int]) -> list[str]:
    """For each token how many words its sentence still has (0 to 3), and whether it is the last."""
    out = [""] * len(words)
    final = sentence[-1] if words else 0
    left = 0
    for i in range(len(words) - 1, -1, -1):
        if i + 1 == len(words) or sentence[i] != sentence[i + 1]:
            left = 0
        out[i] = f"{min(left, 3)}{'z' if sentence[i] == final else ''}"
        left += any(c.isalnum() for c in words[i])
    return out


def _mention_columns(mention: object) -> tuple[int, int, int, int, int]:
    if isinstance(mention, Money):
        size = "vague" if mention.amount is None else str(len(str(mention.amount)))
        return _tagged(
            "<MONEY>", f"{mention.currency if mention.currency in ('KRW', 'USD') else 'XXX'}{size}"
        )
    stage = getattr(mention, "stage", None) or ""
    family = "letter" if stage in LETTERED else stage
    return _tagged("<STAGE>", family)


def _places(words: list[str]) -> tuple[list[int], list[int], list[int]]:
    """For each token: its sentence, its line, and where its line begins."""
    sentences, lines, starts = [], [], []
    s = ln = begin = 0
    for i, word in enumerate(words):
        sentences.append(s)
        lines.append(ln)
        starts.append(begin)
        if "\n" in word or "\r" in word:
            s, ln, begin = s + 1, ln + 1, i + 1
        elif word in (".", "!", "?", "…") and i + 1 < len(words):
            s += 1
    return sentences, lines, starts


def _bucket(distance: int) -> str:
    return "0" if distance <= 2 else "1" if distance <= 6 else "2" if distance <= 14 else "3"


def _nearest_cues(cues: list[str | None], sentence: list[int]) -> tuple[list[str], list[str]]:
    """The class and rough distance of the next cue on either side within the sentence."""
    n = len(cues)
    right, left = ["-"] * n, ["-"] * n
    at = -1
    for i in range(n):
        if at >= 0 and sentence[at] == sentence[i]:
            left[i] = f"{cues[at]}{_bucket(i - at)}"
        if cues[i]:
            at = i
    at = -1
    for i in range(n - 1, -1, -1):
        if at >= 0 and sentence[at] == sentence[i]:
            right[i] = f"{cues[at]}{_bucket(at - i)}"
        if cues[i]:
            at = i
    return right, left


def _brackets(words: list[str]) -> list[str]:
    """For each token: inside brackets, inside quotes, or neither."""
    out: list[str] = []
    closing: str | None = None
    depth = 0
    quote: str | None = None
    since = 0
    for i, word in enumerate(words):
        if word in ('"', "'"):
            quote = None if quote == word else word if quote is None else quote
            since = i
        elif word in _OPEN and closing is None:
            closing, depth = _OPEN[word], i
        if quote and i - since > 25:  # an apostrophe, not a quotation
            quote = None
        if closing and i - depth > 40:
            closing = None
        out.append(("b" + (closing or "")) if closing else "q" if quote else "-")
        if word == closing:
            closing = None
    return out
