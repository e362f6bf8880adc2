"""What a word is about, by class: raising, buying, planning, a role, a place, a drug, ….

A written lexicon of stems (data/gazetteers/senses_*.txt) tells the reader of words that its
corpora seldom or never use what a reader of newspapers knows of them. A Hangul stem of a
predicate matches every token that begins with it (유치 → 유치했습니다); a noun itself, with a
suffix of plain nouns (투자자들), and as the head of a compound (기업 → 식품기업): what only begins with
a noun may be a name (당근마켓). An English word matches with the common inflections. The longest
match wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

UNKNOWN = "-"
TELLING = (
    "RAISE INVEST LEAD JOIN BUY FUNDFORM SEEK FAIL LIST STOCK AWARD DEAL LAUNCH HIRE CUT RESULT "
    "LAW BUILD GROW USE SAY THINK VALUE MONEY ROUND INVESTOR COMPANY GOV PAST EVENT TIME"
).split()
"""The classes whose order within a sentence says what it tells."""
_NOUNS = frozenset(
    "MONEY ROUND INVESTOR COMPANY GOV EDU MEDIA ROLE PEOPLE PRODUCT TECH HEALTH SECTOR GOODS "
    "PLACE TIME PAST EVENT QUANT ABSTRACT".split()
)
_NOUN_ENDS = frozenset(
    "들 적 별 용 형 급 측 내 간 상 계 권 층 화 성 님 쪽 여 씩 째 경 말 초 발".split()
)
_LONGEST = 8
"""Syllables of the longest stem that is looked for."""
_SHORTEST = 2
"""And the fewest: a single syllable (이, 하, 대) is a word by itself, but begins many a name."""
_INFLECTIONS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly")


class Senses:
    """Word → class; see the module."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        self.classes = dict(classes)

    def of(self, word: str) -> str:
        """The class of a lower-case token by its stem, or `UNKNOWN`."""
        found = self.classes.get(word)
        if found is not None:
            return found
        if "가" <= word[0] <= "힣":
            for n in range(min(len(word) - 1, _LONGEST), _SHORTEST - 1, -1):
                found = self.classes.get(word[:n])
                if found is not None and (found not in _NOUNS or word[n:] in _NOUN_ENDS):
                    return found
            return UNKNOWN
        return next((c for s in _stems(word) if (c := self.classes.get(s))), UNKNOWN)

    def of_head(self, word: str) -> str:
        """The class of a Hangul compound's last part, or `UNKNOWN`."""
        if not "가" <= word[0] <= "힣":
            return UNKNOWN
        for at in range(max(1, len(word) - _LONGEST), len(word) - 1):
            found = self.classes.get(word[at:])
            if found is not None:
                return found
        return UNKNOWN


def _stems(word: str) -> Iterator[str]:
    for ending in _INFLECTIONS:
        stem = word.removesuffix(ending)
        if len(stem) < len(word) and len(stem) > 2:
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
            if stem[-1] == "i":
                yield stem[:-1] + "y"
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
