"""A line from the top of a letter in; the day, the number, the name it states out."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}
_MONTH = r"(?P<b>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAYS = (
    re.compile(
        r"(?<!\d)(?P<y>20\d\d)\s?(?:년|[./-])\s?(?P<m>\d{1,2})\s?(?:월|[./-])\s?(?P<d>\d{1,2})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)"),
    re.compile(rf"\b{_MONTH}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>20\d\d)\b", re.I),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s(?P<y>20\d\d)\b", re.I),
    re.compile(
        r"(?<![\d.])['’]?(?P<y>2\d)\s?[./]\s?(?P<m>\d{1,2})\s?[./]\s?(?P<d>\d{1,2})\.?\s?(?=\([월화수목금토일]\))"
    ),
    re.compile(r"(?<![\w.])['’](?P<y>2\d)\s?[./]\s?(?P<m>\d{1,2})\s?[./]\s?(?P<d>\d{1,2})(?!\d)"),
)
_NUMBERS = (
    re.compile(r"\bvol(?:ume)?\.?\s{0,2}(\d{1,5}(?:[-–./]\d{1,4})?)", re.I),
    re.compile(r"(?:제\s?|\b)(\d{1,5})\s?호(?![가-힣])"),
    re.compile(r"(?<!\w)#\s?(\d{1,5})(?![\d,.]\d)\b"),
    re.compile(r"\bissue\s?(?:no\.?\s?|number\s|#\s?)?(\d{1,5})\b(?!\.\s)", re.I),
    re.compile(r"\bno\.\s?(\d{1,5})\b", re.I),
    re.compile(r"\bedition\s?(?:no\.?\s?|#)?(\d{1,5})\b", re.I),
    re.compile(r"(\d{1,5})\s?번째\s?(?:편지|레터|뉴스레터|이야기|소식)"),
    re.compile(r"\b(?:ep|episode)\.?\s?(\d{1,5})\b", re.I),
)
_NAVIGATION = re.compile(
    r"구독|지난\s?호|다시\s?보기|웹에서|브라우저|보기$|공유|추천|로그인|홈$|문의|[월화수목금토일]요일(?![가-힣])|무료|호외|"
    r"\b(?:subscribe|view|browser|online|web|home|archive|share|forward|sign|read|unsubscribe|edition|current|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|am|pm)\b",
    re.I,
)
_NO_NAME = re.compile(
    r"(?:the\s)?(?:issue|edition|vol(?:ume)?|no|number|호|제|week|episode)\.?", re.I
)
_PART = re.compile(r"\s*[|·•]\s*|\s[—–-]\s")
_BRACKET_NAME = re.compile(r"^[\[【〈<『「]\s?([^\[\]【】〈〉<>『』「」]{2,24})\s?[\]】〉>』」]")
_TITLE_PART = re.compile(r"\s[—–|·•-]\s|\s?[:：]\s")
_TAG_NAMES = re.compile(
    r"^(?:광고|ad|단독|속보|공지|fwd?|re|투자|뉴스|test|인터뷰|특집|칼럼)$", re.I
)


def find_day(text: str) -> date | None:
    """The first full date in the text."""
    for pattern in _DAYS:
        for match in pattern.finditer(text[:300]):
            found = match.groupdict()
            year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
            month = _MONTHS[found["b"].lower()] if found.get("b") else int(found["m"])
            try:
                return date(year, month, int(found["d"]))
            except ValueError:
                continue
    return None


def find_number(text: str) -> str | None:
    """The issue's number as written: "25-47", "123"."""
    for pattern in _NUMBERS:
        match = pattern.search(text[:300])
        if match:
            return match.group(1)
    return None


def _without(text: str) -> str:
    """Text without date and number."""
    for pattern in (*_DAYS, *_NUMBERS):
        text = pattern.sub(" ", text)
    text = re.sub(
        r"\([월화수목금토일]\)|[월화수목금토일]요일(?![가-힣])|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?",
        " ",
        text,
        flags=re.I,
    )
    text = " ".join(re.sub(r"[\[\](){}●■▪]|^\s*일(?=\s|$)", " ", text).split())
    return re.sub(r"^[ .,\-–—|·:#'’]+|(?:[ ,\-–—|·:#'’]|(?<=[ \d])\.)+$", "", text)


def name_in_masthead(text: str) -> str | None:
    """The name beside a date or a number: "벤처 석간 | 2020년 11월 27일" → "벤처 석간"."""
    if find_day(text) is None and find_number(text) is None:
        return None
    parts = [part for part in _PART.split(text) if part.strip()]
    numbered = [part for part in parts if find_number(part)]
    for part in [*numbered, *parts]:
        name = _without(part)
        if _NO_NAME.fullmatch(name):
            continue
        if 2 <= len(name) <= 32 and not _NAVIGATION.search(name) and any(c.isalpha() for c in name):
            return name
    return None


def name_in_title(text: str, *, whole: bool = False) -> str | None:
    """The name in a title: in brackets before it, or beside the number.

    With `whole` the text is a name already, from which at most a number and a subtitle go.
    """
    bracket = _BRACKET_NAME.match(text)
    if bracket and not whole:
        name = _without(bracket.group(1))
        return name if name and not _TAG_NAMES.match(name) else None
    for part in _TITLE_PART.split(text):
        if find_number(part):
            name = _without(part)
            if 2 <= len(name) <= 40 and not _NO_NAME.fullmatch(name):
                return name
    return None
