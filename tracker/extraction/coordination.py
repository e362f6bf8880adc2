"""A known investor side by side with one that the reader found is one of them too.

"대상과 롯데벤처스가", "Foo Capital, Bar and Baz": what is joined plays one part. Only names that the
gazetteer knows are taken in, so that no ordinary word is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.extraction.decode import Mention, Party
from tracker.extraction.features import known_names
from tracker.extraction.reader import FEATURES
from tracker.extraction.tokenizer import TEXT, WORDS
from tracker.parsing.names import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

_JOINS = frozenset(", · & 와 과 및 and 、".split())
_TRUST = 0.5
"""As likely as not, for the confidence: grammar says so, the reader did not."""


def joined_investors(doc: Doc, parties: Sequence[Party]) -> list[Party]:
    """The known names beside investors that nobody has taken yet."""
    if not any(p.part != "company" for p in parties):
        return []
    words: list[str] = doc.user_data[WORDS]
    text: str = doc.user_data[TEXT]
    labels = known_names(words, doc.user_data[FEATURES][0].known)
    spans = [(m.start, m.end) for p in parties for m in p.mentions]
    starts = {m.start for p in parties if p.part != "company" for m in p.mentions}
    ends = {m.end for p in parties if p.part != "company" for m in p.mentions}
    keys = {p.key for p in parties}
    found: list[Party] = []
    for i, label in enumerate(labels):
        if not label.startswith("B-"):
            continue
        j = i + 1
        while j < len(labels) and labels[j].startswith("I-"):
            j += 1
        start, end = doc[i].idx, doc[j - 1].idx + len(words[j - 1])
        key = name_key(text[start:end])
        if key in keys or any(s < end and start < e for s, e in spans):
            continue
        after = j + 1 < len(words) and words[j] in _JOINS and doc[j + 1].idx in starts
        before = i > 1 and words[i - 1] in _JOINS and doc[i - 2].idx + len(words[i - 2]) in ends
        if after or before:
            scores = {"company": 0.0, "investor": _TRUST, "lead": 0.0}
            name = text[start:end]
            found.append(Party(name, key, "investor", _TRUST, [Mention(start, end, i, scores)]))
            keys.add(key)
            starts.add(start)
            ends.add(end)
    return found
