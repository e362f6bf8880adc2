"""Names that stand near a round's investors but put no money in: sources, founders, owners, partners.

The reader takes some of them for investors. What the words right beside a name say of it is
plain grammar, so it is written here: "데이비드 실버가 설립한", "according to PANews", "the arm of
SoftBank Group", "제프 베이조스의 익스플로어 인베스트먼트". A name is dropped only if it is so beside every
one of its mentions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tracker.extraction.decode import Mention, Party
from tracker.extraction.normalize import is_paper

_LISTED = r"(?:[·,]\s?[^\s·,.]{1,15}){0,4}"
"""Names that stand side by side behind the one that is looked at."""
_BEHIND = re.compile(
    # Who reports it.
    r"\)?['\"]?(?:\s?에\s?(?:따르면|의하면)|(?:이|가|은|는)\s[^.\n,]{0,40}?(?:보도했|보도에|전했다|인용해)"
    r"|[,]?\s(?:reported|reports|writes|first reported|has learned|has the (?:story|scoop))\b"
    # Who founded the company, where they came from.
    r"|(?:\([^)]*\))?(?:이|가)\s(?:공동\s?)?(?:설립|창업|창립|세운)|\s?출신"
    rf"|{_LISTED}(?:\s등)?(?:\s[^\s.,]{{1,10}}){{0,4}}\s출신"
    # Whose office they held; whose programme took the company in.
    r"|(?:\([^)]*\))?의\s전\s|\s(?:프로그램에\s)?(?:선정|선발)"
    rf"|{_LISTED}\s등\s(?:[^\s.]{{1,10}}\s){{0,5}}프로그램"
    # With whom it works.
    r"|(?:[·,/&]\s?[^\s·,]{1,15}){0,3}(?:와|과)(?:의)?\s(?:함께\s)?(?:협력|협업|계약|제휴|파트너십|"
    r"공동\s?(?:개발|연구)|손잡|손을|업무협약|MOU|(?:저작권\s|특허\s)?소송|분쟁|라이선스|경쟁)"
    r"|\s(?:alumni|alumnus|veterans?)\b)"
)
_OTHERS = r"(?:[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*(?:,| and| &)\s)*"
"""Names that stand side by side before the one that is looked at."""
_BEFORE = re.compile(
    r"(?:\b(?:according to|reported by|(?:co-?)?founded by|started by|created by|(?:arm|unit|division|"
    r"subsidiary|affiliate|part) of|owned by|formerly (?:of|at)|alumni of|veterans? of|spun (?:out|off) (?:of|from)|"
    r"(?:citing|quoting|told|tells))\s(?:the\s)?"
    # Who once worked there, whom it serves, where it goes.
    r"|(?-i:\bby (?:ex-|former )[\w'’ -]{2,30}|\bProf\.\s|"
    rf"\b(?:alumni|alumnus|in use at|customers like|beyond|competes with|expand(?:s|ing)? (?:to|into))\s{_OTHERS})"
    r"|(?:CEO|대표|창업자|설립자)인\s)['\"]?$",
    re.IGNORECASE,
)
_OWNS = re.compile(
    # "호반건설의 오픈이노베이션 법인 ○○", "신세계그룹 CVC ○○", "Grupo Bimbo's venture unit Eleva".
    r"(?:\([^)]*\))?(?:(?:'s|의)?\s(?:(?:CVC|AC|오픈이노베이션|법인|자회사|계열사|계열|산하|투자사|벤처펀드|벤처캐피탈|"
    r"투자전문|기업형|액셀러레이터|corporate|venture|capital|investment|arm|unit|fund|vehicle)\s){1,3}"
    r"|'s\s|의\s|\s?(?:산하|계열|자회사)(?:인|의)?\s)['\"]?"
)
_EARLIER = re.compile(
    r"^\W{0,3}(?:앞서|앞선|지난해|작년|재작년|20\d\d년)\s|^In 20\d\d\b|\bhad (?:led|backed|invested)\b|"
    r"\bwhich backed\b|\blast year\b|\bearlier\b|\bpreviously\b"
)
_NOW = re.compile(
    r"이번|후속|다시|재차|기존|잇달|연달|\balso\b|\bagain\b|\breturn|\bexisting\b|\bthis (?:time|round)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s|\n")
_PRINTED = re.compile(r"(?:^|\s)[-—|(]\s?$")
_LOOK_BACK = 40
_NO_NAME = frozenset(
    "ltd inc llc pvt corp limited partner partners co plc angel angels capital ventures fund funds director then "
    "investors backers companies 투자조합 창업펀드 특구펀드 펀드 조합 벤처캐피탈 벤처캐피털 액셀러레이터 투자사 투자자 "
    "사모펀드 엔젤 엔젤투자자 개인투자자 기관투자자 창경센터 운용사 대기업".split()
)
_NUMBERED = re.compile(r"제?\d+호")


def without_bystanders(text: str, parties: Sequence[Party]) -> list[Party]:
    """The parties without those that the text places beside the round."""
    starts = {m.start for p in parties if p.part != "company" for m in p.mentions}
    kept = [
        party
        for party in parties
        if party.part == "company"
        or not (
            party.name.casefold().strip(".") in _NO_NAME
            or _NUMBERED.fullmatch(party.name)
            or all(_beside(text, m, starts) for m in party.mentions)
        )
    ]
    return _of_this_round(text, kept)


def _of_this_round(text: str, parties: list[Party]) -> list[Party]:
    """Without who is only named in a later sentence on an earlier round, if somebody else is left."""
    breaks = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text) + 1]

    def earlier(mention: Mention) -> bool:
        start, end = next((a, b) for a, b in pairwise(breaks) if a <= mention.start < b)
        told = text[start:end]
        return start > 0 and bool(_EARLIER.search(told)) and not _NOW.search(told)

    past = [p for p in parties if p.part != "company" and all(map(earlier, p.mentions))]
    others = any(p.part != "company" and p not in past for p in parties)
    return [p for p in parties if p not in past] if others else parties


def _beside(text: str, mention: Mention, starts: set[int]) -> bool:
    if _BEHIND.match(text, mention.end):
        return True
    if _BEFORE.search(text[max(0, mention.start - _LOOK_BACK) : mention.start]):
        return True
    behind = text[mention.end : mention.end + 2].lstrip(")")
    if behind in ("", "\n") or behind.startswith("\n"):
        # Printed at the end of a headline: "… - 벤처저널".
        before = text[max(0, mention.start - 3) : mention.start]
        if _PRINTED.search(before) and is_paper(text[mention.start : mention.end]):
            return True
    owns = _OWNS.match(text, mention.end)
    return owns is not None and owns.end() in starts
