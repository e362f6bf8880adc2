"""Names of companies and investors: particles, legal forms, and the key they compare by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LEGAL_FORM = re.compile(
    r"(?:주식회사|유한회사|유한책임회사|농업회사법인|재단법인|사단법인|㈜|\(주\)|（주）|\(유\)|\(재\)"
    r"|\b(?:incorporated|inc|corporation|corp|limited|ltd|l\.?l\.?c|llp|co|gmbh|plc|pte|pvt|private limited|"
    r"s\.?a\.?s?|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|a\.?g|a/s|oy|ab|kk|k\.k)\b\.?)",
    re.IGNORECASE,
)
_NOISE = re.compile(r"[\s'\"‘’“”`´.,·•∙・ㆍ&\-–_/]+")
_QUOTES = "'\"‘’“”`´「」『』《》〈〉<>[]【】"
_STRAY = " \t\n,.;:·-–—|*#()"
_STRAY_END = " \t\n,;:·-–—|*#("
_LEGAL_EDGE = re.compile(
    rf"^(?:{LEGAL_FORM.pattern})\s*|(?:\s*,\s*|\s+|(?=[㈜(（가-힣]))(?:{LEGAL_FORM.pattern})$",
    re.IGNORECASE,
)

PARTICLES: tuple[str, ...] = (
    # What may stand behind a name in running Korean text, longest first.
    "이라는데요", "이었습니다", "이었어요", "였습니다", "였어요", "였대요", "였다고", "거든요", "한테서", "한테요", "이었대요", "였고", "이요", "이에요", "입니다", "이랍니다", "랍니다", "이라네요", "라네요", "이고요", "고요", "인데요", "예요",
    "이래요", "래요", "이었다", "이었고", "뿐만", "으로부터", "로부터", "에게서", "이라는", "이라고", "에서", "에게", "으로",
    "로서", "라고", "이나", "이란", "이며", "이고", "이자", "한테", "께서", "부터", "까지", "처럼", "보다", "마저", "조차", "이랑",
    "하고", "이다", "였다", "인데", "뿐", "엔", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "만", "로", "서", "랑",
    "나", "며",
)  # fmt: skip
OUTER: frozenset[str] = frozenset({"는", "도", "만", "의", "은"})
"""Particles that may follow another: 에서는, 로부터의, 서도, 라는."""
INNER: frozenset[str] = frozenset(
    {
        "에서",
        "서",
        "에",
        "에게",
        "로",
        "으로",
        "로부터",
        "으로부터",
        "에게서",
        "까지",
        "부터",
        "와",
        "과",
        "라",
        "이라",
    }
)
"""Particles that another may follow."""


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """The form two spellings of one name share: NFKC, case-folded, without legal form, quotes, space.

    The same rule as the contract's scorer, so that what counts as equal there is equal here.
    """
    text = unicodedata.normalize("NFKC", name)
    bare = _NOISE.sub("", LEGAL_FORM.sub(" ", text))
    return (bare or _NOISE.sub("", text)).casefold()


def trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Narrow ``text[start:end]`` to the bare name: no quotes, legal form or stray punctuation.

    Returns the new offsets; they are equal where nothing is left.
    """
    while start < end:
        before = (start, end)
        # Legal forms first: stripping would take the bracket off "(주)".
        edge = _LEGAL_EDGE.search(text[start:end])
        if edge and edge.end() - edge.start() < end - start:
            if edge.start() == 0:
                start += edge.end()
            else:
                end = start + edge.start()
        while start < end and (text[start] in _QUOTES or text[start] in _STRAY):
            start += 1
        while end > start and (text[end - 1] in _QUOTES or text[end - 1] in _STRAY_END):
            end -= 1
        if end > start and text[end - 1] == ")" and "(" not in text[start:end]:
            end -= 1
        if (start, end) == before:
            break
    return start, end
