"""Sectors: what a company does, in a text → the codes of a small written taxonomy.

    >>> find_sectors("신선식품 유통기한 연장 솔루션")
    ('food_agri',)
    >>> find_sectors("AI drug discovery platform")
    ('ai', 'bio_health')

The taxonomy is ``data/gazetteers/sectors.csv``: a code, a name in English and in Korean, and
keywords. A company may be in several sectors. Marks on a keyword:

    반도체      Hangul: anywhere, also within a compound (AI반도체)
    battery    Latin: a whole word, with or without a plural s
    =AI        a whole word, in Hangul text too (AI 신약, but not AIA)
    -펫푸드      never this sector, though another keyword of it stands in there
    금융?       only in a description: elsewhere in a brief it says nothing of the company
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from tracker.gazetteers import SectorRow, sector_rows
from tracker.parsing.names import name_key
from tracker.records import Span

BEFORE = 45
"""Characters before a company's name that may say what it does, where there is no description."""
AFTER = 60
"""And behind it."""
_NEXT_TO_IT = re.compile(r"\s?(?:[(（,:|/–—-]|은\s|는\s|\sis\s)\s?")
_ENDS = re.compile(r"[.!?]\s|[\n;▪▲•▶■→①-⑳]|\s[·|/]\s|\d[\d,.]*\s?(?:억|만|천|조)|[$€£¥₩]")
_LATIN = re.compile(r"[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector, as it is called."""

    code: str
    english: str
    korean: str


@dataclass(frozen=True, slots=True)
class _Keyword:
    text: str
    sector: int
    whole: bool
    mask: bool
    weak: bool


class Taxonomy:
    """The sectors with their keywords, ready to be looked for."""

    def __init__(self, rows: Iterable[SectorRow]) -> None:
        listed = list(rows)
        self.sectors = tuple(Sector(row.code, row.english, row.korean) for row in listed)
        self._keywords: dict[str, list[_Keyword]] = {}
        # How long the words are that begin with two letters; of those that may stand within one.
        self._lengths: dict[str, set[int]] = {}
        self._inner: dict[str, set[int]] = {}
        for place, row in enumerate(listed):
            for word in row.keywords:
                keyword = _keyword(word, place)
                self._keywords.setdefault(keyword.text, []).append(keyword)
                for lengths in (self._lengths, *(() if keyword.whole else (self._inner,))):
                    lengths.setdefault(keyword.text[:2], set()).add(len(keyword.text))

    def find(self, text: str, *, described: bool = True) -> tuple[str, ...]:
        """The sectors that `text` names, in the taxonomy's order.

        `described`: the text is about the company and nothing else, so weak words count.
        """
        text = text.casefold()
        spans: dict[int, list[tuple[int, int, bool]]] = {}
        lengths = self._lengths
        starts = [(at, pair) for at, pair in enumerate(map(add, text, text[1:])) if pair in lengths]
        for at, pair in starts:
            before = text[at - 1 : at]
            within = before.isascii() and before.isalnum()
            for length in (self._inner if within else lengths).get(pair, ()):
                for keyword in self._keywords.get(text[at : at + length], ()):
                    end = at + length
                    if (described or not keyword.weak) and _stands(text, at, end, keyword):
                        spans.setdefault(keyword.sector, []).append((at, end, keyword.mask))
        return tuple(
            self.sectors[place].code
            for place in sorted(spans)
            if any(not _masked(span, spans[place]) for span in spans[place] if not span[2])
        )


def _keyword(word: str, sector: int) -> _Keyword:
    mask, weak = word.startswith("-"), word.endswith("?")
    bare = word.removeprefix("-").removesuffix("?")
    latin = bare.isascii()
    return _Keyword(
        bare.removeprefix("=").casefold(), sector, bare.startswith("=") or latin, mask, weak
    )


def _stands(text: str, start: int, end: int, keyword: _Keyword) -> bool:
    if not keyword.whole:
        return True
    if (
        start
        and text[start - 1].isalnum()
        and not (keyword.text.isascii() and "가" <= text[start - 1] <= "힣")
    ):
        return False
    if text[end : end + 1] == "s" and keyword.text.isascii():
        end += 1
    following = text[end : end + 1]
    # Hangul behind a Latin word is a particle or another word of the compound: AI반도체.
    return not following.isalnum() or (keyword.text.isascii() and not _LATIN.match(following))


def _masked(span: tuple[int, int, bool], spans: Sequence[tuple[int, int, bool]]) -> bool:
    return any(mask and start < span[1] and span[0] < end for start, end, mask in spans)


@lru_cache(maxsize=1)
def load_taxonomy() -> Taxonomy:
    """The shipped taxonomy, read once."""
    return Taxonomy(sector_rows())


def find_sectors(text: str) -> tuple[str, ...]:
    """The sectors that a description names."""
    return load_taxonomy().find(text)


def company_sectors(
    text: str, company: Span | None, description: str | None, taken: Iterable[Span] = ()
) -> tuple[str, ...]:
    """The sectors of a company as one brief tells of it.

    They are read from the description; failing that, from the words next to the company's name
    at `company` and the name itself. `taken` are spans of `text` that are about something else
    (its investors, sums, the stage).
    """
    taxonomy = load_taxonomy()
    if description and (found := taxonomy.find(description)):
        return found
    if company is None:
        return ()
    return taxonomy.find(_nearby(text, company, taken), described=False)


def _nearby(text: str, company: Span, taken: Iterable[Span]) -> str:
    line = text.rfind("\n", 0, company.start) + 1
    start = max(line, company.start - BEFORE)
    stop = text.find("\n", company.end)
    end = min(len(text) if stop < 0 else stop, company.end + AFTER)
    chars = list(text[start:end])
    for span in taken:
        first, last = max(span.start, start), min(span.end, end)
        if first < last:
            chars[first - start : last - start] = "\x00" * (last - first)
    near = "".join(chars)
    before, name, after = (
        near[: company.start - start],
        text[company.start : company.end],
        near[company.end - start :],
    )
    breaks = list(_ENDS.finditer(before))
    before = before[breaks[-1].end() :] if breaks else before
    joined = _NEXT_TO_IT.match(after)
    after = after[joined.end() :] if joined else ""
    ended = _ENDS.search(after)
    return f"{before} {name} {after[: ended.start()] if ended else after}"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Comparison key of every code and name → the code."""
    found: dict[str, str] = {}
    for sector in load_taxonomy().sectors:
        names = (sector.code, sector.english, sector.korean, *re.split(r"·| and ", sector.korean))
        for name in names:
            found.setdefault(name_key(name), sector.code)
        for part in sector.english.split(" and "):
            found.setdefault(name_key(part), sector.code)
    return found


def parse_sector(text: str) -> str | None:
    """The sector that `text` names: its code or its name, or one keyword that is of it alone."""
    code = _names().get(name_key(text))
    if code is not None:
        return code
    found = find_sectors(text)
    return found[0] if len(found) == 1 else None


def near_sectors(text: str) -> list[str]:
    """Codes and names that resemble what someone typed."""
    near = difflib.get_close_matches(name_key(text), _names(), 3, 0.6)
    return list(dict.fromkeys(_names()[key] for key in near))


def sector_label(code: str, *, korean: bool = False) -> str:
    """A sector as people call it."""
    for sector in load_taxonomy().sectors:
        if sector.code == code:
            return sector.korean if korean else sector.english
    return code
