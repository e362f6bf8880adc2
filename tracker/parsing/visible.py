"""What a reader sees of a letter: text in, its words out, the same for every copy of the letter.

Links, addresses and long random tokens are left out, and so are spacing and punctuation: they
differ from reader to reader and from mail to page.
"""

from __future__ import annotations

import re
import unicodedata

_LINKS = re.compile(r"(?:https?|ftp|mailto):[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+", re.I)
_ADDRESSES = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}")
# Unsubscribe codes and the like: long, and with digits among the letters.
_TOKENS = re.compile(r"[A-Za-z0-9_=-]{16,}")
_WORDS = re.compile(r"[^\W_]+")
_FIGURES = re.compile(r"\d+")


def _drop_token(match: re.Match[str]) -> str:
    token = match.group()
    return " " if any(char.isdigit() for char in token) and not token.isdigit() else token


def visible(text: str) -> str:
    """The text without what is meant for machines, in one case and one form of each letter."""
    text = _LINKS.sub(" ", text)
    if "@" in text:
        text = _ADDRESSES.sub(" ", text)
    text = _TOKENS.sub(_drop_token, text)
    return unicodedata.normalize("NFKC", text).casefold()


def visible_words(text: str) -> list[str]:
    """The words of `visible`, in their order: runs of letters and digits."""
    return _WORDS.findall(visible(text))


def figures(text: str) -> set[str]:
    """Every run of digits that a reader sees, thousands separators left out."""
    bare = re.sub(r"(?<=\d),(?=\d{3})", "", visible(text))
    return {found.lstrip("0") or "0" for found in _FIGURES.findall(bare)}
