"""Investment stages: wording → the code that the field's databases use.

In: any text. Out: `StageMention` records in order of position. Codes and readings follow the
contract: a lettered stage is `series_x`, "프리A" is `pre_series_a`, seed+ and bridges carry
`extension`; a bare 후속 투자 names no stage.

    >>> [(m.stage, m.extension) for m in find_stages("프리 시리즈A 브릿지 투자")]
    [('pre_series_a', True)]
"""

from __future__ import annotations

import re

from tracker.records import StageMention

STAGES: tuple[str, ...] = (
    "angel",
    "pre_seed",
    "seed",
    *(f"{prefix}series_{letter}" for letter in "abcdefghij" for prefix in ("pre_", "")),
    "pre_ipo",
    "corporate_round",
    "convertible_note",
    "debt_financing",
    "equity_crowdfunding",
    "secondary_market",
    "private_equity",
)
"""Every code a round's `stage` may hold, earliest first."""

LETTERED = frozenset(s for s in STAGES if "series_" in s)

_PRE = r"(?P<pre>프리|프레|(?i:pre))[\s\-]?"
_SERIES = r"(?:시리즈|(?i:series))"
_EXT_KO = (
    r"브릿지|브리지|브릿쥐|익스텐션|확장|연장|추가\s?(?:투자|라운드|유치|클로징)|후속\s?클로징|세컨드?\s?클로징|"
    r"[2-9]차\s?클로징|bridge|extension"
)
_EXT_EN = r"bridge|extension|extended|second close|final close|top[\s-]?up|add[\s-]?on|plus"
_TAIL = rf"(?P<tail>(?:\s?[-–]?\s?(?:라운드\s?)?(?i:{_EXT_KO}|{_EXT_EN}))?)"
_HANGUL_LETTER = {"에이": "a", "비": "b", "씨": "c", "시": "c", "디": "d", "이": "e", "에프": "f"}

_STAGE = re.compile(
    rf"""
    (?:{_PRE})?(?<![A-Za-z가-힣0-9]){_SERIES}[\s\-–]?
        (?:(?P<letter>[A-Ja-j])(?![A-Za-z])(?:[\s\-]?(?P<number>[1-9])(?![\d억만천조,.]))?(?P<plus>\s?\+|\s?플러스(?!\s?[가-힣]))?
          |(?P<spelt>에이|비|씨|디|에프)(?=[\s,.)]|라운드|$)){_TAIL}
   |(?P<pre2>프리|프레|(?i:pre)[\s\-]?)[\s\-]?{_SERIES}[\s\-–]?
        (?P<letter2>[A-Ja-j])(?![A-Za-z])(?:[\s\-]?(?P<number2>[1-9])(?![\d억만천조,.]))?(?P<plus2>\s?\+)?(?P<tail2>(?:\s?(?i:{_EXT_KO}|{_EXT_EN}))?)
   |(?<![A-Za-z가-힣])(?P<pre3>프리|(?i:pre)[\s\-]?)[\s\-]?(?P<letter3>[A-J])(?![A-Za-z])(?P<tail3>(?:\s?(?i:{_EXT_KO}|{_EXT_EN}))?)
   |(?P<pre_seed>프리[\s\-]?시드|(?i:\bpre[\s\-]?seed\b))(?P<plus4>\s?\+)?(?P<tail4>(?:\s?(?:라운드\s?)?(?i:{_EXT_KO}|{_EXT_EN}))?)
   |(?P<seed>(?<![가-힣])시드(?=\s?(?:\(|…|엔|는|가|를|까지|이|고요|투자|라운드|단계|머니|펀딩|브릿지|브리지|유치|자금|\+|플러스|후속|추가|규모|로\s|로|에서|와|및|·|,|\)|$|\s))|(?i:\bseed\b(?!ed|ing|ling)))(?P<plus5>\s?\+|\s?plus)?(?P<tail5>(?:\s?(?:라운드\s?|round\s?|투자\s?)?(?i:{_EXT_KO}|{_EXT_EN}))?)
   |(?P<angel>(?<![가-힣])(?:엔젤|에인절)(?=\s?(?:투자(?!자|조합)|라운드|단계|펀딩))|(?i:\bangel\b(?=\s+(?:round|funding|investment|financing|capital|money))))
   |(?P<pre_ipo>(?:프리|프레|(?i:\bpre)|상장\s?전)[\s\-]?(?i:IPO|아이피오|지분\s?투자|투자\s?유치)(?![A-Za-z]))(?P<tail6>(?:\s?(?:라운드\s?)?(?:추가|브릿지))?)
   |(?<![A-Za-z가-힣])(?P<letter4>[A-J])(?P<plus6>\+)?[\s\-]?(?:라운드|(?i:round\b)(?<=[Rr]ound))(?<!A\ round)
   |(?P<corporate_round>전략적\s?(?:지분\s?)?투자(?!자)|전략적\s?투자자?\s?(?:\(SI\))?|(?<![A-Za-z])SI\s?(?:투자|\(전략적)|(?i:\bstrategic\s+(?:investment|funding|round|financing|capital|growth\s+investment|minority\s+investment|equity|backing|stake)))
   |(?P<convertible_note>컨버터블\s?노트|전환사채|상환전환사채|교환사채|(?<![A-Za-z])CB(?![A-Za-z])|조건부\s?(?:지분인수|지분전환)\w*|(?<![A-Za-z])SAFE(?![A-Za-z])|(?<![가-힣])세이프\s?(?:투자|방식|계약)|(?i:\bconvertible\s+(?:notes?|bonds?|debt|loans?|debentures?|preferred\s+notes?)))
   |(?P<debt_financing>벤처\s?(?:대출|뎁트?|데트)|(?:자산|매출채권|재고|장비)\s?담보\s?대출|대출\s?(?:방식|투자|펀딩|한도)?|벤처\s?뎁트|(?:신용|신디케이트)\s?대출|융자|부채\s?(?:조달|금융|성\s?자금)|차입|(?i:\b(?:venture\s+)?debt(?:\s+(?:financing|funding|facility|round))?\b|\b(?:credit|loan|debt|lending|warehouse)\s+facility\b|\bventure\s+loan\b|\bterm\s+loan\b|\bline\s+of\s+credit\b|\bcredit\s+line\b|\bloans?\b))
   |(?P<equity_crowdfunding>(?:증권형|지분형|주식형|투자형)?\s?크라우드\s?펀딩|(?i:\b(?:equity\s+)?crowd-?funding\b|\bcrowdcube\b|\bseedrs\b|\brepublic\s+campaign\b|\bwefunder\b|와디즈\s?투자))
   |(?P<secondary_market>구주(?=\s?(?:매입|인수|매각|거래|투자|를|와|\s|$|만))|(?i:\bsecondary\s+(?:sale|share|round|transaction|market|purchase|deal|investment|offering|tender)\w*|\bsecondary\b(?=\s+(?:of|from|led|at|shares))|\btender\s+offer\b))
   |(?P<private_equity>그로[스쓰]\s?(?:에쿼티|캐피[탈털]|투자|라운드|펀딩|단계)|(?i:\bgrowth[\s-]+(?:equity|round|funding|financing|capital|investment)\b|\bprivate\s+equity\b(?=\s+(?:investment|round|funding))))
    """,
    re.VERBOSE,
)
_KINDS = tuple(stage for stage in STAGES if stage not in LETTERED)
_CUE = re.compile(
    r"시리즈|시드|엔젤|에인절|프리|라운드|IPO|전략적|SI|전환사채|교환사채|CB|SAFE|세이프|조건부|대출|융자|차입|부채|뎁|"
    r"크라우드|구주|그로|상장|series|seed|angel|pre-|round|strategic|convertible|debt|loan|facility|credit|crowd|"
    r"secondary|tender|growth|private equity|시리즈",
    re.I,
)
# 시리즈A·B, 시리즈 A와 B, "Series A and B": the letter that follows belongs to the mention.
_JOINT = re.compile(
    r"\s?(?:[·/&,+]|와|과|및|and)\s?(?:시리즈|[Ss]eries)?\s?(?P<letter>[B-J])(?![A-Za-z0-9])"
)


def find_stages(text: str) -> list[StageMention]:
    """Every stage wording in `text`, in order, longest reading first."""
    if not _CUE.search(text):
        return []
    found = []
    for m in _STAGE.finditer(text):
        mention = _read(m, text)
        if mention is not None:
            found.append(mention)
    return found


def _read(m: re.Match[str], text: str) -> StageMention | None:
    g = m.groupdict()
    letter = g["letter"] or g["letter2"] or g["letter3"] or g["letter4"]
    if g["spelt"]:
        letter = _HANGUL_LETTER[g["spelt"]]
    tail = any(g[k] for k in ("tail", "tail2", "tail3", "tail4", "tail5", "tail6"))
    plus = any(g[k] for k in ("plus", "plus2", "plus4", "plus5", "plus6"))
    end = m.end()
    if letter:
        if letter.islower() and not g["spelt"] and re.match(r"\s?(?:of|the)\b", text[end:]):
            return None
        number = g["number"] or g["number2"]
        joint = _JOINT.match(text, end)
        if joint and not (g["pre"] or g["pre2"] or g["pre3"]):
            letter, end = max(letter.upper(), joint["letter"]), joint.end()
        before = bool(g["pre"] or g["pre2"] or g["pre3"])
        code = ("pre_" if before else "") + f"series_{letter.lower()}"
        second = bool(number and int(number) >= 2)
        return StageMention(code, tail or plus or second, m.start(), end)
    for kind in _KINDS:
        if g.get(kind):
            return StageMention(kind, tail or plus, m.start(), end)
    return None


_BARE = {
    # What only a reader of the sentence can know to be a stage: single letters and short words
    # that mean something else elsewhere ("B로 165억", "단계로는 엔젤", "takes a secondary").
    "시드": "seed",
    "seed": "seed",
    "엔젤": "angel",
    "에인절": "angel",
    "angel": "angel",
    "angels": "angel",
    "프리시드": "pre_seed",
    "si": "corporate_round",
    "전략적": "corporate_round",
    "전략": "corporate_round",
    "전략투자": "corporate_round",
    "strategic": "corporate_round",
    "secondary": "secondary_market",
    "secondaries": "secondary_market",
    "세컨더리": "secondary_market",
    "구주": "secondary_market",
    "convertible": "convertible_note",
    "bridge note": "convertible_note",
    "note": "convertible_note",
    "pe": "private_equity",
    "growth": "private_equity",
    "private equity": "private_equity",
    "그로쓰": "private_equity",
    "ecf": "equity_crowdfunding",
    "community": "equity_crowdfunding",
    "그로스": "private_equity",
    "대출": "debt_financing",
    "debt": "debt_financing",
    "facility": "debt_financing",
    "credit": "debt_financing",
    "크라우드펀딩": "equity_crowdfunding",
}
_BARE_LETTER = re.compile(
    r"(?P<pre>프리|pre)?-?(?P<letter>[A-J])(?P<number>\d)?(?P<plus>\+)?", re.IGNORECASE
)


def read_bare_stage(words: str) -> StageMention | None:
    """The stage that `words` are, when the sentence says that they are one: "A", "B2", "시드"."""
    bare = words.strip()
    if code := _BARE.get(bare.casefold()):
        return StageMention(code, False, 0, len(bare))
    if m := _BARE_LETTER.fullmatch(bare):
        code = ("pre_" if m["pre"] else "") + f"series_{m['letter'].lower()}"
        second = bool(m["plus"] or (m["number"] and int(m["number"]) > 1))
        return StageMention(code, second, 0, len(bare))
    found = find_stages(bare)
    return found[0] if found else None


_LABELS = {
    "angel": "Angel",
    "pre_seed": "Pre-seed",
    "seed": "Seed",
    "pre_ipo": "Pre-IPO",
    "corporate_round": "Strategic",
    "convertible_note": "Convertible",
    "debt_financing": "Debt",
    "equity_crowdfunding": "Crowdfunding",
    "secondary_market": "Secondary",
    "private_equity": "Growth equity",
}


def stage_label(code: str) -> str:
    """A stage code as people write it: ``pre_series_a`` → "Pre-Series A"."""
    if code in LETTERED:
        letter = code[-1].upper()
        return f"Pre-Series {letter}" if code.startswith("pre_") else f"Series {letter}"
    return _LABELS.get(code, code)


def parse_stage(text: str) -> StageMention | None:
    """The one stage that `text` names: a code, a label or any wording ("series a", "시드")."""
    bare = text.strip()
    code = bare.lower().replace(" ", "_").replace("-", "_")
    if code in STAGES:
        return StageMention(code, False, 0, len(bare))
    for known, label in _LABELS.items():
        if bare.casefold() == label.casefold():
            return StageMention(known, False, 0, len(bare))
    if short := read_bare_stage(bare):
        return short
    found = find_stages(bare)
    return found[0] if len(found) == 1 else None
