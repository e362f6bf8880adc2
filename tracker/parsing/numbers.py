"""Numbers as newspapers write them: patterns for `tracker.parsing.money`, and their exact values.

>>> korean_number("1조 2,000억")
Decimal('1200000000000')
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = r"(?:(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+)(?:\.\d+)?)"
_HANGUL_DIGIT = "일이삼사오육칠팔구"
_BIG = "조억만"
_SMALL = {"천": 1000, "백": 100, "십": 10}
BIGS = {"조": 10**12, "억": 10**8, "만": 10**4}
_TENS = rf"(?:{DIGITS}|[{_HANGUL_DIGIT}])?[ ]?[천백십]"
_GROUP = rf"(?:(?:{_TENS}[ ]?)+(?:{DIGITS}|[{_HANGUL_DIGIT}])?|{DIGITS}여?|[{_HANGUL_DIGIT}])"
# What follows the last big unit must be digits or 천/백/십: the 이 of "135억이" is a particle.
_JO, _EOK, _MAN = (rf"{_GROUP}[ ]?{unit}" for unit in _BIG)
KOREAN = (
    rf"(?:{_JO}(?:[ ]?{_EOK})?(?:[ ]?{_MAN})?|{_EOK}(?:[ ]?{_MAN})?|{_MAN})"
    rf"(?:(?:[ ]?{_TENS})+(?:{DIGITS})?|{DIGITS})?(?!\.?\d)|{_GROUP}"
)
SCALES = {
    "trillion": 10**12,
    "tn": 10**12,
    "t": 10**12,
    "billion": 10**9,
    "bln": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "million": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "mil": 10**6,
    "mm": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "thousand": 10**3,
    "k": 10**3,
    "crores": 10**7,
    "crore": 10**7,
    "cr": 10**7,
    "lakhs": 10**5,
    "lakh": 10**5,
    "lacs": 10**5,
    "lac": 10**5,
}
SCALE = "|".join(sorted(SCALES, key=len, reverse=True))


def _group_value(text: str) -> Decimal:
    """A group below a big unit: "1천200" → 1200, "삼십" → 30, "2.25" → 2.25."""
    total, rest = Decimal(0), re.sub(r"[,\s여]", "", text)
    for unit, factor in _SMALL.items():
        head, found, tail = rest.partition(unit)
        if found:
            total += (_plain(head) if head else 1) * factor
            rest = tail
    return total + (_plain(rest) if rest else 0)


def _plain(text: str) -> Decimal:
    if text in _HANGUL_DIGIT:
        return Decimal(_HANGUL_DIGIT.index(text) + 1)
    return Decimal(text)


def korean_number(text: str) -> Decimal:
    """The value of a Korean number word: "1조 2,000억" → 1200000000000."""
    total, start = Decimal(0), 0
    for i, char in enumerate(text):
        if char in BIGS:
            group = text[start:i].strip()
            total += (_group_value(group) if group else 1) * BIGS[char]
            start = i + 1
    rest = text[start:].strip()
    if not rest:
        return total
    # Spoken shorthand: "3억5천" is 350 million; 천 after 억 counts 만 unless digits follow it.
    factor = 10**4 if text[:start].endswith("억") and re.fullmatch(r"\d[천백]", rest) else 1
    return total + _group_value(rest) * factor


def english_number(text: str) -> Decimal:
    """ "2,5" with one or two decimals is continental; "1,250" is a thousands separator."""
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return Decimal(text.replace(",", "."))
    return Decimal(text.replace(",", ""))
