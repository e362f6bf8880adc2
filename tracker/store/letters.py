"""A comparison key in single letters: 감자 → ㄱㅏㅁㅈㅏ (Unicode's NFD).

Both engines index trigrams, and most Korean names have two or three syllables: too short for
that. In single letters, two syllables are four or more.
"""

from __future__ import annotations

import unicodedata


def letters(key: str) -> str:
    """The key in single letters."""
    return unicodedata.normalize("NFD", key)
