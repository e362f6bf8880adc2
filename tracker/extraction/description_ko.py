"""Korean: the noun phrase right before a company's name, or "X는 … 스타트업이다".

In: the text before or after the name, without what holds something else. Out: where in it the
description stands.
"""

from __future__ import annotations

import re

from tracker.extraction import descriptors as d

_HANGUL = re.compile("[가-힣]")
_WORD = re.compile(r"\S+")
_BREAK = re.compile(
    r"[\n\r|;:!?…①-⑳▶►■●◆→←·•=#]|\.[”’]?(?=\s|$)|\.['\"]\s|,|\s[-–—/]\s|[)\]}】]\s*|[(\[{【]|—|\.\.\."
)


def before_ko(left: str) -> tuple[int, int] | None:
    """The noun phrase that ends right before the name."""
    bare = left.rstrip(d.QUOTES)
    if bare and bare == left and not left[-1].isspace():
        return None
    bare = bare.rstrip()
    begin = _clause_start(bare)
    words = [(m.start() + begin, m.end() + begin) for m in _WORD.finditer(bare[begin:])]
    if not words:
        return None
    end = _head_ko(bare, words)
    if end is None:
        return None
    return _phrase_ko(bare, words, end)


def _clause_start(left: str) -> int:
    """Where the clause begins: behind the last break that is not within quotes of a product."""
    begin = 0
    for m in _BREAK.finditer(left):
        if (
            m[0] == "·"
            and left[m.end() : m.end() + 1].strip()
            and left[m.start() - 1 : m.start()].strip()
        ):
            continue  # 식품·음료
        if m[0] == "," and left[m.end() : m.end() + 1].isdigit():
            continue
        begin = m.end()
    return begin


def _head_ko(left: str, words: list[tuple[int, int]]) -> int | None:
    """Where the description ends: at a sort of company or product, or at the object of a verb."""
    last = left[words[-1][0] : words[-1][1]].strip(d.QUOTES)
    for generic in d.GENERIC_KO:
        if last.endswith(generic):
            end = words[-1][1] - len(left[words[-1][0] : words[-1][1]]) + len(last) - len(generic)
            words_left = left[: max(end, words[-1][0])].rstrip()
            if last != generic:
                words_left = left[:end]
            words_left = re.sub(r"\s?(?:전문|분야|관련|개발|제조|운영)?$", _keep_deed, words_left)
            return len(words_left.rstrip())
    for head in d.HEADS_KO:
        if last == head or (last.endswith(head) and len(head) > 1 and _HANGUL.search(head)):
            return words[-1][0] + len(last)
    verb = re.search(rf"(\S+?)(?:을|를)\s(?:\S+\s)?(?:{d.MADE_KO})$", left)
    if verb and verb.start(1) >= words[0][0]:
        return verb.end(1)
    return None


def _keep_deed(m: re.Match[str]) -> str:
    """ "드론 전문 기업" is of drones; "게임 개발 기업" develops them."""
    return "" if m[0].strip() in ("전문", "분야", "관련") else m[0]


def _phrase_ko(left: str, words: list[tuple[int, int]], end: int) -> tuple[int, int] | None:
    words = [w for w in words if w[0] < end]
    chosen: list[tuple[int, int]] = []
    governed = False
    for start, stop in reversed(words):
        word = left[start : min(stop, end)].strip(d.QUOTES)
        if _stops_ko(word, governed, last=not chosen):
            break
        governed = governed or _adnominal(word)
        chosen.append((start, stop))
        if len(chosen) == 12:
            break
    chosen.reverse()
    while chosen and left[chosen[0][0] : chosen[0][1]].strip(d.QUOTES) in d.LEADING_KO:
        chosen.pop(0)
    # A phrase does not begin with a verb whose object was cut off.
    while chosen and _adnominal(left[chosen[0][0] : chosen[0][1]]) and len(chosen) < len(words):
        if left[chosen[0][0] : chosen[0][1]] in ("위한", "통한"):
            return None
        chosen.pop(0)
    if not chosen:
        return None
    start = chosen[0][0]
    while (
        left[start] in d.QUOTES
        and left[start + 1 : end].count(left[start]) % 2 == 0
        and start + 1 < end
    ):
        start += 1
    words_said = left[start:end].strip()
    if len(words_said) < 2 or words_said in d.LEADING_KO or words_said in d.GENERIC_KO:
        return None
    if not any(c.isalpha() for c in words_said) or d.SUM.search(words_said):
        return None
    # '택스로봇' 운영사: the product's name says no more than the company's.
    if " ".join(_QUOTED.sub(" ", words_said).split()) in d.BARE_KO:
        return None
    return start, end


_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|‘[^’]*’|“[^”]*”")


_OBJECTS = ("을", "를", "에서", "에게", "해", "하여", "으로", "고", "며", "도록")
_NOUNS = ("광고", "창고", "재고", "중고", "마을", "노을", "가을", "겨울")


def _stops_ko(word: str, governed: bool, *, last: bool) -> bool:
    """Whether the phrase cannot reach over `word`. `governed`: a verb before a noun was passed."""
    if word in d.STOP_KO or d.SUM.search(word) or not word or word.endswith(d.FOUNDED_KO):
        return True
    if last or word in d.NOUNS_IN_PARTICLE_KO or not _HANGUL.search(word):
        return False
    if word.endswith("은"):
        return word not in d.ADNOMINAL_EUN_KO
    if word.endswith("는"):
        return not _adnominal(word)
    if word.endswith(("이", "가", "의")) and len(word) > 1:
        return True
    if len(word) > 2 and word.endswith(_OBJECTS) and not word.endswith(_NOUNS):
        # An object or a place belongs to a verb that is still inside the phrase.
        return not governed
    return word.endswith(
        ("다", "다며", "습니다", "요", "까지", "부터", "에도", "에는", "에서는", "지만", "는데")
    )


_ADNOMINAL = re.compile(
    rf"\S*{d.ADNOMINAL_KO}$|\S*(?:한|된|던|할|될|인|위한|통한|쓴|간|온|준|낸|든)$"
)


def _adnominal(word: str) -> bool:
    return bool(_ADNOMINAL.match(word)) or word in d.ADNOMINAL_EUN_KO


_IS_A_KO = re.compile(
    r"(?:\([^)]{0,40}\))?(?:은|는)\s(?P<what>[^.,\n|]{2,80}?)\s?"
    r"(?:스타트업|전문기업|기업|업체|회사|개발사|운영사)(?:이다|다|입니다|예요|이에요)(?=[.\s]|$)"
)


def after_ko(right: str) -> tuple[int, int] | None:
    """ "X는 … 하는 스타트업이다"."""
    m = _IS_A_KO.match(right.lstrip(d.QUOTES))
    if m is None:
        return None
    shift = len(right) - len(right.lstrip(d.QUOTES))
    left = right[: m.end("what") + shift]
    words = [(w.start() + m.start("what") + shift, w.end() + m.start("what") + shift)
             for w in _WORD.finditer(m["what"])]  # fmt: skip
    return _phrase_ko(left, words, len(left))
