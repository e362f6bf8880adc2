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
# Feeds for one reader carry a key in their address.
_SECRET = re.compile(
    r"([?&;][\w.-]*(?:token|key|secret|auth|pass|pwd|sig|session|credential)[\w.-]*=)[^&;\s#\"']+",
    re.IGNORECASE,
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
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
    """A spreadsheet's text cell: never a formula, no control characters."""
    # Judged before stripping: a carriage return in front makes a formula too.
    guard = "'" if text.startswith(_FORMULA) else ""
    bare = printable(text)
    return guard + bare if guard or not bare.startswith(_FORMULA) else "'" + bare


def markdown_cell(text: str) -> str:
    """A cell of a Markdown table, as plain text."""
    return _MARKDOWN.sub(r"\\\1", plain_line(text))


def json_text(text: str) -> str:
    """JSON in which every character that a terminal might obey is written as an escape."""
    return _RAW_IN_JSON.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
