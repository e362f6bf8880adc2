"""One spelling of a text, with the way back: full-width forms, NFD Hangul, curly quotes, zero widths.

In: a text as it arrived. Out: the text as the pipeline reads it, and for each of its characters
the offset in the original, so that every span can be given in the characters the user has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from tracker.records import Span

_REPLACE = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "`": "'",
    "´": "'",
    "，": ",",
    "∙": "·",
    "•": "•",
    "‧": "·",
    "・": "·",
    "ㆍ": "·",
    "･": "·",
    "⋅": "·",
    "–": "-",
    "—": "—",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "〜": "~",
    "∼": "~",
    "～": "~",
    "…": "…",  # NFKC would make three dots of it, which end a sentence differently
    "‥": "…",
    "⋯": "…",
    "\t": "\t",
    # NFKC would make "① 원…" the sum of one won; a numbered item is an item.
    **{chr(code): "•" for code in range(ord("①"), ord("⑳") + 1)},
}
_DROP = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufe0f\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
# What needs no work: ASCII without controls, Hangul syllables, Hanja, and punctuation we keep.
_PLAIN = re.compile(
    r"[\t\n\x20-\x5f\x61-\x7e가-힣一-鿿·…•—€£¥₩₹°à-öø-ÿÀ-ÖØ-Þ☀-⟿■-◿\U0001f300-\U0001faff]*"
)


def normalize(text: str) -> tuple[str, Sequence[int]]:
    """The text as the pipeline reads it, and the original offset of each character (and the end)."""
    if _PLAIN.fullmatch(text):
        return _without_frame(text, range(len(text) + 1))
    out: list[str] = []
    offsets: list[int] = []
    i = 0
    while i < len(text):
        j = i + 1
        # A base with its combining marks (NFD Hangul: two or three jamo) is composed as one.
        while j < len(text) and (unicodedata.combining(text[j]) or "\u1160" <= text[j] <= "\u11ff"):
            j += 1
        piece = text[i:j]
        if not _DROP.match(piece):
            piece = _REPLACE.get(piece) or unicodedata.normalize("NFKC", piece)
            if piece == "\xa0" or (piece.isspace() and piece not in "\n\t"):
                piece = " "
            for char in piece:
                out.append(_REPLACE.get(char, char))
                offsets.append(i)
        i = j
    offsets.append(len(text))
    return _without_frame("".join(out), offsets)


# A rocket or bullet before the news says nothing of it. Signs that open a name, a sum or a tag stay.
_BULLET = re.compile(r"[^\w'\"(\[<「『《$€£¥₩₹#]+(?=\S)")


# Nor does the paper that printed it: " - 벤처저널", " (The Startup Herald)" at the very end.
_PAPER = (
    "뉴스|일보|경제|신문|투데이|타임[스즈]|저널|미디어|데일리|매거진|비즈|헤럴드|방송|통신|와이어|레터|인사이트|"
    "news|times|daily|post|wire|journal|today|herald|insider|crunch|beat|brief|weekly|review|"
    "gazette|tribune|ledger|chronicle|digest|magazine|reuters|bloomberg|forbes|fortune|cnbc|axios"
)
_SOURCE = re.compile(
    rf"\s+(?:[-—|]\s*|\((?:출처[: ]*)?)(?=[^\W\d])[^\d.,!?()|\n]{{0,24}}(?:{_PAPER})\)?\s*\Z", re.I
)
_LONGEST_SOURCE = 40
_NAMED_PAPER = re.compile(rf".*(?:{_PAPER})", re.IGNORECASE)


def is_paper(name: str) -> bool:
    """Whether a name ends as those of newspapers do."""
    return _NAMED_PAPER.fullmatch(name) is not None


def _without_frame(text: str, offsets: Sequence[int]) -> tuple[str, Sequence[int]]:
    """The news itself, without a bullet before it and the paper's name behind it."""
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    end = len(text)
    while True:
        source = _SOURCE.search(text, max(start, end - _LONGEST_SOURCE), end)
        if source is None or source.start() <= start:
            break
        end = source.start()
    return text[start:end], offsets[start : end + 1]


def original_span(offsets: Sequence[int], start: int, end: int) -> Span:
    """The span in the original text of ``normalised[start:end]``."""
    if start >= end:
        return Span(offsets[start], offsets[start])
    # The character after the last one read marks where that one ended in the original.
    last = end
    while last < len(offsets) - 1 and offsets[last] == offsets[end - 1]:
        last += 1
    return Span(offsets[start], offsets[last])
