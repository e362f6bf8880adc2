"""Sums of money in Korean and English text.

In: any text. Out: `Money` records with exact integers (whole currency units) and the
characters they were read from. All arithmetic is on `Decimal` and `int`, never on floats.

    >>> [(m.amount, m.currency) for m in find_money("1천200만달러(약 160억원)를 유치")]
    [(12000000, 'USD'), (16000000000, 'KRW')]
    >>> parse_money("$12.5M")
    Money(amount=12500000, currency='USD', start=0, end=6, qualifier='')
    >>> format_money(6000000000, "KRW")
    '60억원'
"""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from decimal import Decimal

from tracker.parsing.currencies import BY_COUNTRY, CODES, PREFIXES, SUFFIXES, SYMBOLS, WORDS
from tracker.parsing.numbers import (
    BIGS,
    DIGITS,
    KOREAN,
    SCALE,
    SCALES,
    english_number,
    korean_number,
)
from tracker.records import Money

MAX_AMOUNT = 10**18
"""Larger sums are misreadings; they would not fit a 64-bit column either."""


def _either(keys: dict[str, str], spaced: bool = False) -> str:
    ordered = sorted(keys, key=len, reverse=True)
    parts = [re.escape(k) for k in ordered]
    if spaced:  # "싱가포르 달러", "us  dollars"
        parts = [re.sub(r"\\ ", r"\\s+", p) for p in parts]
        parts = [
            re.sub(r"(?<=[가-힣])(달러|루피|프랑|크로나|크로네)$", r"\\s?\1", p) for p in parts
        ]
    return "|".join(parts)


_PREFIX = _either(PREFIXES)
_SUFFIX = _either(SUFFIXES, spaced=True)
_WORD = _either(WORDS, spaced=True)
_RANGE = r"(?:\s?[-–~∼〜]\s?|\s+to\s+|에서\s)"

_MONEY = re.compile(
    rf"""
    (?P<vague_ko>(?:수|몇)\s?[십백천]*\s?[만억조]+(?:\s?(?:{_SUFFIX}))?)(?:\s?대)?
    |(?:(?:(?<![A-Za-z])|(?<=[a-z])(?=\$))(?P<prefix>{_PREFIX})\s?|(?<![\d.,A-Za-z]))
     (?P<low>{DIGITS}\s?[천백십]?[조억만]*(?:\s?(?:{_SUFFIX}))?{_RANGE}(?:(?:{_PREFIX})\s?)?(?=\d))?
     (?:
        (?P<number>\d+,\d{{1,2}}(?!\d)|{DIGITS})\+?[\s-]?
        (?P<scale>(?i:{SCALE}))(?=[^A-Za-z]|(?i:{_WORD})(?![A-Za-z])|$)
        (?:\s?(?P<word_scaled>(?i:{_WORD})(?![A-Za-z])|[€£$](?!\d))|\s?(?P<suffix_scaled>{_SUFFIX}))?
       |(?P<ko>{KOREAN})
        (?P<open>\s?여)?
        (?:\s?(?P<suffix>{_SUFFIX})(?P<part>어치|대(?![표상한학회리])|씩)?
          |[\s-]?(?P<word>(?i:{_WORD})(?![A-Za-z])|[€£$](?!\d)))?
        (?P<part2>\s?대(?![가-힣])|여)?
     )
    """,
    re.VERBOSE,
)
_QUALIFIER = re.compile(
    r"(약|총|최대|최소|모두|무려|대략|approx\.?|approximately|about|around|over|more than|nearly|"
    r"almost|up to|at least|roughly|some|~)\s*$",
    re.I,
)
_LETTERS = frozenset({"N", "R", "SR", "Dh", "RM"})
_PARTICLE_END = re.compile(r"(?:[을를이가은는의에도만씩대]|으로|에서|어치|규모|짜리)")
# "30억 명", "3억 회", "5만 대": counted things, not money.
_COUNTED = re.compile(
    r"\s?(?:여\s?)?(?:(?:명|회|건|개|인|곳|톤|뷰|배|권|장|평|년|분|초|위|호|차|번|종|주|편|병|마리|그루|바이트)"
    r"(?=[이가은는을를의에도만로과와]?(?:[^가-힣]|$))|회원|다운로드|가구|시간|포기|번째|픽셀|토큰|파라미터|매개변수|유저|사용자|이용자|km|kg|㎡)"
)


def _currency(m: re.Match[str]) -> str | None:
    """The ISO code that the match names, or None where it names none."""
    after = m["suffix"] or m["suffix_scaled"]
    if after:
        return SUFFIXES[re.sub(r"\s", "", after)]
    word = m["word"] or m["word_scaled"]
    code = None
    if word:
        code = PREFIXES.get(word) or WORDS[re.sub(r"\s+", " ", word.lower())]
    if m["prefix"]:  # "$15.5M AUD" is Australian; "US$5 million dollars" is not two currencies
        first = PREFIXES[m["prefix"]]
        return code if code and first == "USD" else first
    return code


def _read(m: re.Match[str], text: str) -> Money | None:
    if m["vague_ko"]:
        tail = re.search(rf"(?:{_SUFFIX})$", m["vague_ko"])
        if not tail and not m["vague_ko"].endswith(("억", "조")):
            return None
        code = SUFFIXES[re.sub(r"\s", "", tail[0])] if tail else "KRW"
        return Money(None, code, m.start(), m.end())
    currency = _currency(m)
    end = m.end()
    if m["ko"] is not None:
        number = m["ko"]
        if m["prefix"] in _LETTERS:
            return None  # "N95", "R2": a lone letter needs a scale behind the number, "N4bn"
        if currency is None:
            # Headlines leave 원 out: "60억 시리즈A". Only 억 and 조 are money by themselves.
            if _inside_word(text, m.start("ko"), m.end("ko"), number):
                return None
            if not re.search("[억조]", number) or _COUNTED.match(text, m.end("ko")):
                return None
            currency = "KRW"
        elif m["suffix"] and not re.search(r"\d|[만억조]", number):
            return None  # "이 원", "구 엔": words, not sums
        if m["suffix"] in ("동", "불", "엔", "원") and re.match(
            r"[가-힣]{2}", text[m.end("suffix") :]
        ):
            rest = text[m.end("suffix") :]
            if m["suffix"] == "동" or (m["suffix"] != "원" and not _PARTICLE_END.match(rest)):
                return None if not re.search("[억조]", number) else _bare(m, number)
        if m["suffix"] == "원" and text[m.end("suffix") : m.end("suffix") + 1].isdigit():
            return None  # "3원4캐피탈": a name
        value = korean_number(number)
        end = m.end("ko") + len(number.rstrip()) - len(number) if not m["suffix"] else end
        end = m.end("suffix") if m["suffix"] else m.end("word") if m["word"] else end
    else:
        scale = SCALES[m["scale"].lower()]
        if currency is None:
            if scale not in (10**7, 10**5):  # "12 million users"; but crore and lakh are rupees
                return None
            if re.match(r"\s+(?:users|people|customers|downloads)", text[end:]):
                return None
            currency = "INR"
        value = english_number(m["number"]) * scale
    amount = int(value) if value == value.to_integral_value() else int(value.to_integral_value())
    start = m.start("prefix") if m["prefix"] else m.start("low") if m["low"] else _number_start(m)
    if not 0 < amount < MAX_AMOUNT:
        return None
    vague = bool(
        m["low"] or (m["part"] or "").startswith("대") or (m["part2"] or "").strip() == "대"
    )
    before = _QUALIFIER.search(text, max(0, start - 16), start)
    return Money(None if vague else amount, currency, start, end, before[1] if before else "")


def _inside_word(text: str, start: int, end: int, number: str) -> bool:
    """Whether numerals without a digit stand inside a word: the 이조 of 베이조스 is no sum."""
    if any(c.isdigit() for c in number):
        return False
    before, behind = text[start - 1 : start], text[end : end + 1]
    return "가" <= before <= "힣" or (
        "가" <= behind <= "힣" and not _PARTICLE_END.match(text[end:])
    )


def _bare(m: re.Match[str], number: str) -> Money | None:
    """A sum whose "unit" begins the next word: "380억 동원산업" is 38 billion won."""
    value, start = korean_number(number), _number_start(m)
    end = m.end("ko") + len(number.rstrip()) - len(number)
    return Money(int(value), "KRW", start, end) if 0 < value < MAX_AMOUNT else None


def _number_start(m: re.Match[str]) -> int:
    return m.start("ko") if m["ko"] is not None else m.start("number")


def find_money(text: str) -> list[Money]:
    """Every sum in `text`, in order; counts ("3만 명") and bare numbers are not sums."""
    found = []
    for m in _MONEY.finditer(text):
        money = _read(m, text)
        if money is not None:
            found.append(_at_home(money, text) if money.currency in BY_COUNTRY else money)
    if _WORDY.search(text):
        found += _spelt(text)
        found.sort(key=lambda money: money.start)
    return found


def _at_home(money: Money, text: str) -> Money:
    """Kroner, pesos, rupees and dirhams are those of the country that the text names."""
    if text[money.start : money.end].upper().startswith(money.currency):
        return money
    lower = text.lower()
    for country, code in BY_COUNTRY[money.currency].items():
        if country in lower:
            return replace(money, currency=code)
    return money


_NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(),
        1,
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a": 1, "half a": 0}
_WORDY = re.compile(r"\b(?:m|b|tr)illion\s", re.IGNORECASE)
_SPELT = re.compile(
    rf"\b(?P<number>half a|{'|'.join(w for w in _NUMBER_WORDS if w != 'half a')})\s(?P<scale>million|billion)"
    rf"\s(?P<word>{_WORD})\b",
    re.IGNORECASE,
)


def _spelt(text: str) -> list[Money]:
    """Sums written out: "five million dollars", "half a billion dollars"."""
    found = []
    for m in _SPELT.finditer(text):
        scale = SCALES[m["scale"].lower()]
        count = _NUMBER_WORDS[m["number"].lower()]
        currency = WORDS[re.sub(r"\s+", " ", m["word"].lower())]
        found.append(Money(count * scale or scale // 2, currency, m.start(), m.end()))
    return found


def parse_money(text: str) -> Money | None:
    """The one sum that `text` is ("50억", "$5M", "5000000 USD"), or None if it is not just that."""
    bare = text.strip()
    found = find_money(bare)
    if len(found) != 1 or found[0].amount is None:
        return None
    return found[0] if (found[0].start, found[0].end) == (0, len(bare)) else None


def conversion_follows(text: str, first: Money, second: Money) -> bool:
    """Whether `second` is `first` again in another currency: "1300만달러(약 180억원)"."""
    if first.currency == second.currency:
        return False
    return bool(_CONVERSION.fullmatch(text, first.end, second.start))


_ABOUT = (
    r"(?:or|한화(?:로)?|우리\s?돈(?:으로)?|원화|미화|약|approx\.?|approximately|around|about|roughly|nearly|"
    r"equivalent to|~|≈)"
)
# In brackets the second sum needs no word; after a bare comma it does ("3억원, 200만달러" is a list).
_CONVERSION = re.compile(
    rf"\s*(?:규모)?\s*(?:[(（\[=≈]\s*(?:{_ABOUT}\s*)*|[,/]?\s*(?:{_ABOUT}\s*)+)|,\s+(?:{_ABOUT}\s*)+",
    re.IGNORECASE,
)


def _trim(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def format_money(amount: int, currency: str) -> str:
    """A sum as people write it, without loss: 60억원, 1조 2,000억원, $12.5M, CHF 3M, ¥1,234,567."""
    if currency == "KRW":
        if amount >= 10_000 and amount % 10_000 == 0:
            parts: list[str] = []
            rest = amount
            for unit, size in BIGS.items():
                count, rest = divmod(rest, size)
                if count:
                    parts.append(f"{count:,}{unit}" if unit != "만" or parts else f"{count:,}만")
            return " ".join(parts) + "원"
        return f"{amount:,}원"
    symbol = SYMBOLS.get(currency, f"{currency} ")
    for letter, size in (("B", 10**9), ("M", 10**6), ("K", 10**3)):
        if amount >= size:
            short = Decimal(amount) / size
            if short == round(short, 3):
                return f"{symbol}{_trim(short)}{letter}"
            break
    return f"{symbol}{amount:,}"


def is_currency(code: str) -> bool:
    """Whether `code` is one of the ISO 4217 codes that the tracker knows."""
    return code.upper() in CODES


def near_currencies(text: str) -> list[str]:
    """Codes that may be meant: by a word or sign for the currency, or a slip of one letter."""
    from rapidfuzz.distance import OSA

    written = text.strip().lower()
    named = {key.lower(): code for key, code in {**PREFIXES, **SUFFIXES, **WORDS}.items()}
    if written in named:
        return [named[written]]
    slips = [code for code in sorted(CODES) if OSA.distance(written, code.lower()) == 1]
    if slips:
        # Two letters that changed places are the likeliest slip.
        return sorted(slips, key=lambda code: sorted(code.lower()) != sorted(written))[:3]
    near = difflib.get_close_matches(written, sorted(WORDS), 3, 0.6)
    return list(dict.fromkeys(WORDS[word] for word in near))
