"""Names that stand near a round's investors but put no money in: sources, founders, owners, partners.

The reader takes some of them for investors. What the words right beside a name say of it is
plain grammar, so it is written here: "데이비드 실버가 설립한", "according to PANews", "the arm of
SoftBank Group", "제프 베이조스의 익스플로어 인베스트먼트". A name is dropped only if it is so beside every
one of its mentions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extraction.decode import Mention, Party

_BEHIND = re.compile(
    # Who reports it.
    r"\)?['\"]?(?:\s?에\s?(?:따르면|의하면)|(?:이|가|은|는)\s[^.\n,]{0,40}?(?:보도했|보도에|전했다|인용해)"
    r"|[,]?\s(?:reported|reports|first reported|has learned)\b"
    # Who founded the company, where they came from.
    r"|(?:\([^)]*\))?(?:이|가)\s(?:공동\s?)?(?:설립|창업|창립|세운)|\s?출신"
    # With whom it works.
    r"|(?:[·,/&]\s?[^\s·,]{1,15}){0,3}(?:와|과)(?:의)?\s(?:함께\s)?(?:협력|협업|계약|제휴|파트너십|"
    r"공동\s?(?:개발|연구)|손잡|손을|업무협약|MOU|(?:저작권\s|특허\s)?소송|분쟁|라이선스|경쟁)"
    r"|\s(?:alumni|alumnus|veterans?)\b)"
)
_BEFORE = re.compile(
    r"(?:\b(?:according to|reported by|(?:co-?)?founded by|started by|created by|(?:arm|unit|division|"
    r"subsidiary|affiliate|part) of|owned by|formerly (?:of|at)|alumni of|veterans? of|spun (?:out|off) (?:of|from)|"
    r"(?:citing|quoting|told|tells))\s(?:the\s)?|(?:CEO|대표|창업자|설립자)인\s)['\"]?$",
    re.IGNORECASE,
)
_OWNS = re.compile(r"(?:\([^)]*\))?(?:'s\s|의\s|\s?(?:산하|계열|자회사)(?:인|의)?\s)['\"]?")
_LOOK_BACK = 40
_NO_NAME = frozenset("ltd inc llc pvt corp limited partner partners co plc".split())


def without_bystanders(text: str, parties: Sequence[Party]) -> list[Party]:
    """The parties without those that the text places beside the round."""
    starts = {m.start for p in parties if p.part != "company" for m in p.mentions}
    return [
        party
        for party in parties
        if party.part == "company"
        or not (
            party.name.casefold().strip(".") in _NO_NAME
            or all(_beside(text, m, starts) for m in party.mentions)
        )
    ]


def _beside(text: str, mention: Mention, starts: set[int]) -> bool:
    if _BEHIND.match(text, mention.end):
        return True
    if _BEFORE.search(text[max(0, mention.start - _LOOK_BACK) : mention.start]):
        return True
    owns = _OWNS.match(text, mention.end)
    return owns is not None and owns.end() in starts
