"""A name's key → how it sounds, so that names that may be one can be looked up.

Hangul and Latin spellings of one name mostly sound alike here (카카오, kakao), and so do most
slips of the pen. A name that ends in a word of its trade (벤처스, Labs) sounds as it does
without. It is made for an index: names of one sound are candidates, no more.

    >>> sound("카카오") == sound("kakao")
    True
    >>> trade("알토스벤처스")
    ('알토스', 'ventures')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MAX_SOUND = 40
FEW = 4
"""So few consonants say too little by themselves: vowels count too."""

TRADES: dict[str, tuple[str, ...]] = {
    # What a house or a company may be called besides its name; spellings of one word together.
    "ventures": ("벤처스", "벤쳐스", "벤처즈", "벤처", "ventures", "venture"),
    "venture investment": ("벤처투자", "벤쳐투자", "창업투자", "창투", "ventureinvestment"),
    "investment": ("인베스트먼트", "인베스트먼츠", "인베스트", "investments", "investment", "invest"),
    "partners": ("파트너스", "파트너즈", "partners", "partner"),
    "capital": ("캐피탈", "캐피털", "캐피탈파트너스", "capital"),
    "asset management": ("자산운용", "에셋", "assetmanagement"),
    "holdings": ("홀딩스", "지주", "holdings", "holding"),
    "group": ("그룹", "group"),
    "labs": ("랩스", "랩", "연구소", "labs", "lab"),
    "technologies": ("테크놀로지스", "테크놀로지", "테크", "technologies", "technology", "tech"),
    "company": ("컴퍼니", "코퍼레이션", "company"),
    "korea": ("코리아", "한국법인", "korea"),
}  # fmt: skip
_TRADE = {word: trade for trade, words in TRADES.items() for word in words}
_LENGTHS = sorted({len(word) for word in _TRADE}, reverse=True)

_INITIALS = "KKNTTLMPPSS JJJKTPH"
_VOWELS = ("a", "e", "a", "e", "o", "e", "o", "e", "o", "a", "e", "e", "o", "o", "o", "e", "i",
           "o", "", "i", "i")  # fmt: skip
_FINALS = ("", "K", "K", "K", "N", "N", "N", "T", "L", "L", "L", "L", "L", "L", "L", "L", "M", "P",
           "P", "S", "S", "N", "J", "J", "K", "T", "P", "")  # fmt: skip
# Latin letters, the first that fits; what they sound like.
_LATIN = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("K", "tech(?=$)|ck|ch(?=[rl])|qu?|c(?![eiyh])|k|g(?![eiy])"),
            ("J", "ch|j|z|g(?=[eiy])"),
            ("S", "sh|th|s|c(?=[eiy])"),
            ("P", "ph|b|f|p|v"),
            ("T", "d|t"),
            ("KS", "x"),
            ("N", "ng(?![aeiouy])|n"),
            ("M", "m"),
            ("L", "l|r(?=[aeiouyr])"),
            ("H", "(?<![a-z])h|h(?=[aeiouy])"),
            ("e", "ai|ae|ei|ea|e(?!$)"),
            ("a", "a"),
            ("i", "ee|ie|i|y"),
            ("o", "oo|ou|o|u|w"),
        )
    )
)


def trade(key: str) -> tuple[str, str | None]:
    """A comparison key without the word of its trade at the end, and which trade that is."""
    for length in _LENGTHS:
        ending = key[-length:]
        if ending in _TRADE and len(key) - len(ending) >= (2 if ending.isascii() else 1):
            return key[: -len(ending)], _TRADE[ending]
    return key, None


def _heard(stem: str) -> list[str]:
    found: list[str] = []
    for part in re.findall(r"[a-z]+|[가-힣]|.", unicodedata.normalize("NFC", stem), re.DOTALL):
        if "가" <= part <= "힣":
            at = ord(part) - 0xAC00
            found += (_INITIALS[at // 588].strip(), _VOWELS[at % 588 // 28], _FINALS[at % 28])
        elif part.isascii() and part.isalpha():
            found += ("".join(m.lastgroup or "") for m in _LATIN.finditer(part))
        else:
            found.append(part)
    return list("".join(found))


@lru_cache(maxsize=65536)
def sound(key: str) -> str:
    """How a comparison key sounds; never empty for a key that is not."""
    signs = _heard(trade(key)[0])
    consonants = _joined(sign for sign in signs if sign not in "aeio")
    if len(consonants) < FEW:
        consonants = _joined(signs)
    return (consonants or key)[:MAX_SOUND]


def _joined(signs: Iterable[str]) -> str:
    """Without doubles."""
    joined = ""
    for sign in signs:
        if not joined.endswith(sign):
            joined += sign
    return joined
