"""Decoded text in; text that is safe to store and to print out.

Newlines become ``\\n``; terminal escapes, control and zero-width characters are gone; Hangul
is composed (NFC). Linear in the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

# Complete escape sequences go with their parameters; a stray ESC goes alone below.
# The OSC part is bounded so that many unclosed ones stay linear.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,512}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{0,4}[0-~]"
)
_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANK_FILLERS = re.compile("[\u115f\u1160\u3164\uffa0\u2800\u00a0\u2000-\u200a\u202f\u205f\u3000]")
# Marks that draw nothing: variation selectors and the joiner that preheaders are padded with.
_INVISIBLE_MARKS = re.compile("[\ufe00-\ufe0f\u034f\u180b-\u180f]")
_LONG_BLANK = re.compile(r"\n(?:[ \t]*\n){3,}")
_MAX_MARKS = 8


@lru_cache(maxsize=1)
def _dropped() -> re.Pattern[str]:
    """Control, format, surrogate and unassigned-forever characters, as one class."""
    kept = {"\n", "\t"}
    points = [
        point
        for point in range(sys.maxunicode + 1)
        if (point < 0x3000 or 0xD800 <= point <= 0xDFFF or 0xFE00 <= point < 0x20000
            or 0xE0000 <= point < 0xE1000 or point & 0xFFFE == 0xFFFE)
        and (unicodedata.category(chr(point)) in {"Cc", "Cf", "Cs"} or point & 0xFFFE == 0xFFFE)
        and chr(point) not in kept
    ]  # fmt: skip
    return _class(points)


@lru_cache(maxsize=1)
def _mark_runs() -> re.Pattern[str]:
    """A run of combining marks longer than any script writes."""
    points = [p for p in range(0x300, 0x20000) if unicodedata.combining(chr(p))]
    return re.compile(f"({_class(points).pattern}{{{_MAX_MARKS}}}){_class(points).pattern}+")


def _class(points: list[int]) -> re.Pattern[str]:
    ranges: list[tuple[int, int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1] = (ranges[-1][0], point)
        else:
            ranges.append((point, point))
    return re.compile("[" + "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in ranges) + "]")


def clean_text(text: str) -> str:
    """Return `text` without anything invisible or dangerous, its blank stretches shortened."""
    text = _ESCAPES.sub("", text)
    text = _NEWLINES.sub("\n", text)
    text = _dropped().sub("", text)
    text = _INVISIBLE_MARKS.sub("", text)
    text = _BLANK_FILLERS.sub(" ", text)
    if not unicodedata.is_normalized("NFC", text):
        # Ordering a run of combining marks is quadratic in its length, so runs are cut first.
        text = unicodedata.normalize("NFC", _mark_runs().sub(r"\1", text))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    text = _LONG_BLANK.sub("\n\n\n", text)
    return text.strip("\n")


def clean_line(text: str | None) -> str | None:
    """A title or name on one line, cleaned; None where nothing is left. At most 300 characters."""
    if text is None:
        return None
    line = " ".join(clean_text(text[:2000]).split())[:300]
    return line or None
