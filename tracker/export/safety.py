"""Other people's text, made harmless for the place it goes to.

A newsletter is hostile input: it may carry terminal escapes, direction marks, or a cell that
a spreadsheet would run as a formula.
"""

from __future__ import annotations

import re

# Control characters (C0 without tab and line feed, DEL, C1), direction overrides, lone surrogates.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# What json.dumps leaves as it is, though a terminal would obey it.
_RAW_IN_JSON = re.compile(
    r"[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# What a spreadsheet takes for the beginning of a formula; some take the full-width signs too.
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n")
# Feeds for one reader carry a key in their address.
_SECRET = re.compile(
    r"([?&;][\w.-]*(?:token|key|secret|auth|pass|pwd|sig|session|credential)[\w.-]*=)[^&;\s#\"']+",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"([\\|`*_<>\[\]])")


def printable(text: str) -> str:
    """Without control characters and direction marks; tabs and line feeds stay."""
    return _CONTROL.sub("", text)


def without_secrets(text: str) -> str:
    """With *** where an address in it holds a key or a password."""
    return _SECRET.sub(r"\1***", text)


def plain_line(text: str) -> str:
    """`printable`, on one line."""
    return " ".join(printable(text).split())


def cell(text: str) -> str:
    """A spreadsheet's text cell: never a formula, no control characters; see `uncell`."""
    # Nothing that is printable to Python is of `_CONTROL`, and this is the faster question.
    bare = text if text.isprintable() else printable(text)
    first = bare[:1]
    if first == "'":
        first = bare.lstrip("'")[:1]
    return "'" + bare if first in _FORMULA else bare


def uncell(text: str) -> str:
    """What `cell` was given, but for control characters: an apostrophe that it set is taken off."""
    return text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in _FORMULA else text


def markdown_cell(text: str) -> str:
    """A cell of a Markdown table, as plain text."""
    return _MARKDOWN.sub(r"\\\1", plain_line(text))


def json_text(text: str) -> str:
    """JSON in which every character that a terminal might obey is written as an escape."""
    return _RAW_IN_JSON.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
