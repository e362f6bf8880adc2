"""Doc → the numbers the reader sees: for each token what it is like and what stands around it.

What a token is like comes from the lexicon, which hides names; the rest is read off the brief.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tracker.extraction.cues import cue_of
from tracker.extraction.lexicon import Lexicon, feature_id, normal_form
from tracker.extraction.senses import TELLING
from tracker.extraction.tokenizer import CONVERSIONS, MENTIONS, WORDS
from tracker.parsing.stages import LETTERED
from tracker.records import Money

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

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
    "sense",
    "head",
)
_OPEN = {"(": ")", "[": "]", "「": "」", "<": ">", "《": "》", "{": "}", "『": "』"}
_LONGEST_NAME = 5
"""Tokens of the longest known name that is looked for."""


def featurize(doc: Doc, lexicon: Lexicon) -> NDArray[np.uint64]:
    """An array of shape (tokens, `COLUMNS`) of 64-bit ids."""
    mentions = doc.user_data[MENTIONS]
    conversions = doc.user_data[CONVERSIONS]
    words: list[str] = doc.user_data[WORDS]
    n = len(words)
    cues: list[str | None] = [None] * n
    static: list[tuple[int, ...]] = []
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
    known = known_names(words, lexicon.known)
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
                feature_id("known", known[i]),
                feature_id("right", right[i]),
                feature_id("left", left[i]),
                feature_id("place", place),
                feature_id("inside", inside[i]),
                feature_id("repeat", repeat),
                static[i][4],
                feature_id("ending", endings[i]),
                *static[i][5:],
            )
        )
    return np.array(rows, dtype=np.uint64).reshape(n, len(COLUMNS))


def known_names(words: list[str], known: dict[str, str]) -> list[str]:
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
    feature_id("word", "<CONV>"),
    feature_id("shape", "<CONV>"),
    feature_id("suffix", "?"),
    feature_id("prefix", "?"),
    feature_id("common", "no"),
    feature_id("sense", "<CONV>"),
    feature_id("head", "<CONV>"),
)


@lru_cache(maxsize=1024)
def _tagged(word: str, shape: str) -> tuple[int, ...]:
    return (
        feature_id("word", word),
        feature_id("shape", shape),
        feature_id("suffix", "<M>"),
        feature_id("prefix", "<M>"),
        feature_id("common", "no"),
        feature_id("sense", word),
        feature_id("head", word),
    )


_MIX = np.uint64(0x9E3779B97F4A7C15)
_SKIP = np.uint64(77)


def word_pieces(doc: Doc, ids: NDArray[np.uint64], lexicon: Lexicon) -> NDArray[np.uint64]:
    """Ids of the brief's pieces for telling its kind.

    Character n-grams of its words, pairs of words, and, apart, how each sentence ends and which
    cue comes first: a Korean sentence says what happened in its last word, an English one in
    its verb. Unlike the columns the endings see every word, names too.
    """
    mentions = doc.user_data[MENTIONS]
    # "60억 원" is "60억원": the spaces within a sum say nothing.
    words = [w.replace(" ", "") if i in mentions else w for i, w in enumerate(doc.user_data[WORDS])]
    parts = [lexicon.pieces(word) for word in words]
    for column in (ids[:, 0], ids[:, 3]):
        parts.append(column[:-1] * _MIX + column[1:])
        parts.append(column[:-2] * _MIX + column[2:] + _SKIP)
    sentence = _places(words)[0]
    parts.append(np.array(list(_sentence_pieces(words, sentence)), dtype=np.uint64))
    senses = ids[:, COLUMNS.index("sense")].tolist()
    parts.append(np.array(list(_sense_pieces(senses, sentence)), dtype=np.uint64))
    return np.unique(np.concatenate(parts))


_TELLING = frozenset(feature_id("sense", s) for s in (*TELLING, "<MONEY>", "<STAGE>"))
_MOST_SENSES = 12
"""Of a sentence whose order is looked at: a list of names and sums has no story."""
_WHOLE = (1 << 64) - 1


def _sense_pieces(senses: list[int], sentence: list[int]) -> Iterator[int]:
    """Ids of the ordered pairs of telling senses in each sentence, and of the last two."""
    grouped: dict[int, list[int]] = {}
    for sense, at in zip(senses, sentence, strict=True):
        if sense in _TELLING:
            grouped.setdefault(at, []).append(sense)
    last = sentence[-1] if sentence else 0
    for at, told in grouped.items():
        order = list(dict.fromkeys(told))[:_MOST_SENSES]
        where = 1 if at == last else 2
        for i, one in enumerate(order):
            yield (one * 3 + 1) & _WHOLE
            for other in order[i + 1 :]:
                yield (one * 31 + other * 17 + 5) & _WHOLE
        yield (told[-1] * 7 + where) & _WHOLE
        if len(told) > 1:
            yield (told[-1] * 13 + told[-2] * 11 + where) & _WHOLE


def _sentence_pieces(words: list[str], sentence: list[int]) -> Iterator[int]:
    """Ids of the last one, two and three words of each sentence and of its first and last cue."""
    grouped: dict[int, list[str]] = {}
    for word, at in zip(words, sentence, strict=True):
        if any(c.isalnum() for c in word):
            grouped.setdefault(at, []).append(normal_form(word))
    last = max(grouped, default=0)
    for at, said in grouped.items():
        where = "only" if last == 0 else "first" if at == 0 else "last" if at == last else "mid"
        for n in (1, 2, 3):
            tail = " ".join(said[-n:])
            yield feature_id("tail", tail)
            yield feature_id(f"tail-{where}", tail)
        cues = [cue for cue in map(cue_of, said) if cue]
        if cues:
            yield feature_id(f"cues-{where}", f"{cues[0]}…{cues[-1]}")
            yield feature_id("cues", " ".join(dict.fromkeys(cues)))


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


def _mention_columns(mention: object) -> tuple[int, ...]:
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
