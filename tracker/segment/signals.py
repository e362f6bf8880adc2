"""A piece of text in, whether it talks of money raised out.

Cheap on purpose: these decide what is worth extracting, extraction decides what it says.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.segment import vocabulary as words

_MAX_LOOK = 20_000
"""Characters that are looked at: a longer stretch is no news item."""
_CACHED = 1024
"""Texts whose verdict is kept; the stages ask about the same text two or three times."""
_MONEY = re.compile(
    r"(?<![\d,.])\d[\d,.]{0,20}\s?(?:[십백천]?\s?(?:조|억)|[십백천]?만\s?(?:\d{1,4}\s?)?(?:달러|원|유로|위안|엔|파운드|루피|불)|"
    r"(?:million|billion|mn|bn|mm|crore|lakh)\b|USD|EUR|KRW|달러)|"
    r"수[십백천]?\s?억|[$€£¥₩₹]\s?\d|\b(?:USD|EUR|KRW|JPY|INR|GBP|SGD|CNY|RMB|Rs\.?)\s?\d",
    re.I,
)
_STAGE = re.compile(
    r"시리즈\s?-?[A-J](?![A-Za-z])|프리\s?-?\s?(?:시리즈)?\s?-?[A-J](?![A-Za-z])|프리\s?-?(?:IPO|아이피오|시드)|시드|"
    r"엔젤\s?투자|브릿지|브리지|후속\s?투자|전환사채|벤처\s?대출|\bseries\s[A-J]\b|\bpre-?\s?(?:seed|series|A|IPO)\b|\bseed\b|"
    r"\bangel round|\bgrowth (?:round|equity|funding)|\bventure debt|\bSAFE\b|\bbridge (?:round|loan)|\bextension\b",
    re.I,
)
_DONE = re.compile(
    r"(?:유치|조달|확보|수혈|클로징|마무리|마감|완료|단행|집행|출자)(?:를|을|에)?\s?(?:했(?!던|을)|하며|하면서|하고|하여|해|한다|함|됐|완료|"
    r"마무리|마쳤|성공|확정|결정|참여|단행|$|[.,…·\"'’”)!])|투자(?:를|을)?\s?(?:했(?!던|을)|해|집행|단행|완료|$|[,…\"'’”)!])|"
    r"투자(?:금)?(?:를|을)?\s?(?:받았(?!던|을)|받아|받는다|유치(?!한\s|하려|를\s위)|이끌|받으며)|"
    r"(?:을|를|원|러|안|유로|투자|규모|가량|넘게)\s?(?:모았(?!던)|모아|받았(?!던)|받아|끌어|채웠|채워|넣었|넣고|담았|태웠|쥐었|챙겼|벌었|베팅|건넸|댔|쐈|보탰|더했|품었|얹)|"
    r"(?:리드|주도)(?:했|하고|로|하며|해)|이끌(?:었|고)|이끈|주머니|지갑|들어왔|들어갔|뭉칫돈|실탄|유치한\s?것으로|받은\s?것으로|조달한\s?것으로|"
    r"투자하기로|투자한다고|손에\s?(?:쥐|넣)|문을\s?닫았다|\b(?:rais(?:es?|ed)|secur(?:es?|ed)|clos(?:es|ed)|land(?:s|ed)|bag(?:s|ged)|"
    r"nab(?:s|bed)|scor(?:es|ed)|snag(?:s|ged)|pull(?:s|ed) in|pick(?:s|ed) up|hauls?|hauled|net(?:s|ted)|collect(?:s|ed)|"
    r"brought in|brings in|took in|takes in|received|receives|gets|got|grabs|grabbed|invest(?:s|ed)|led by|co-led|announced|"
    r"complet(?:es|ed)|attract(?:s|ed)|backed|banked|banks|lined up|locked up|banking|pockets?|pocketed|wins|won|injects|injected)\b",
    re.I | re.M,
)
_PAST = re.compile(
    r"(?:받은|유치한|조달한|모은|마친|투자한)\s(?!것으로)|\b(?:had|previously|which raised|that raised|last year)\b"
)
# A round told without a sum or a stage: only outright forms of the verb count.
_PLAIN = re.compile(
    r"투자(?:를|을)?\s?(?:유치|받)(?:에\s?성공)?(?:했(?!던|을)|았(?!던|을)|하며|하고|$|[.,…\"'’”)!])|투자\s?(?:참여|유치)\s?(?:$|[.,…\"'’”)!])|"
    r"에\s?(?:\d+곳\s)?투자(?:했(?!던|을)|한다고|하기로|를\s?단행|$|[.,…])|(?:신규|후속|전략적|추가|시드)\s?투자(?:를|을)?\s?(?:유치|받|단행|집행|진행했)|"
    r"\b(?:raises|raised|secures|secured|closes|closed)\b.{0,40}\b(?:funding|round|investment|capital)\b|\binvests in\b|\binvested in\b",
    re.I | re.M,
)
_FUNDING = re.compile(
    r"투자|유치|인수|합병|펀드|상장|공모|기업가치|지분|라운드|"
    r"\b(?:fund|funding|rais|invest|acqui|merge|ipo|valuation|round|stake|backed|buys|bought)",
    re.I,
)
_AMOUNT_DIGITS = re.compile(
    r"\d[\d,.]*(?=\s?(?:[십백천]?\s?(?:조|억|만)|million|billion|mn|bn|m\b|b\b|k\b|crore|lakh))|(?<=[$€£¥₩₹])\s?\d[\d,.]*",
    re.I,
)
_SENTENCE_END = re.compile(
    r"(?:[.!?…]|(?:니다|어요|아요|에요|예요|네요|대요|세요|해요|돼요|[이했됐았었한된인는]다|[셈뿐]다|죠))[\"'”’)\]」』】]*$"
)
_ABBREVIATION_END = re.compile(r"\b(?:Inc|Co|Ltd|Corp|vs|etc|U\.S|No|Vol)\.$", re.I)
# "03 · Commercial Real Estate Direct": a number and where it was read, above a headline.
_KICKER = re.compile(r"^\s*\d{1,2}\s*[·|/—–]\s*[^\n]{1,50}$")
_LETTERS = re.compile(r"[^\W_]", re.UNICODE)


def has_money(text: str) -> bool:
    """Whether a sum of money is named."""
    return _MONEY.search(text, 0, _MAX_LOOK) is not None


def has_stage(text: str) -> bool:
    """Whether an investment stage is named."""
    return _STAGE.search(text, 0, _MAX_LOOK) is not None


def is_stage_name(text: str) -> bool:
    """Whether it names an investment stage and nothing else: "Series A", "시드 투자"."""
    rest = _STAGE.sub("", text)
    return rest != text and not re.sub(
        r"(?i)투자|단계|라운드|이상|이하|rounds?|stage|deals?|\W", "", rest
    )


@lru_cache(maxsize=_CACHED)
def reports_funding(text: str) -> bool:
    """Whether it tells of money raised: sum or stage near a verb of getting it."""
    text = text[:_MAX_LOOK]
    money, stage = has_money(text), has_stage(text)
    if (money or stage) and _DONE.search(text):
        return True
    if money and stage:
        return _PAST.search(text) is None
    return _PLAIN.search(text) is not None


def is_relevant(text: str) -> bool:
    """Whether it touches on investment at all."""
    return _FUNDING.search(text, 0, _MAX_LOOK) is not None or has_money(text) or has_stage(text)


def amounts(text: str) -> frozenset[str]:
    """The digits of its sums, to see whether two texts tell of the same money."""
    found = (
        match.group().strip().replace(",", "").rstrip(".")
        for match in _AMOUNT_DIGITS.finditer(text)
    )
    return frozenset(found)


def is_sentence(text: str) -> bool:
    """Whether it ends as a sentence does; a headline does not."""
    end = text[-12:]
    return bool(_SENTENCE_END.search(end)) and not _ABBREVIATION_END.search(end)


def is_field(text: str) -> bool:
    """Whether it is a detail of the item above: "투자사: A, B"."""
    return words.FIELD_LABEL.match(text) is not None


def is_meagre(text: str) -> bool:
    """Too little for a news item: a name, a date, a kicker ("01 · TechCrunch")."""
    letters = len(_LETTERS.findall(text[:60]))
    if letters < 4:
        return True
    short = (len(text) <= 30 and "\n" not in text) or _KICKER.match(text) is not None
    telling = "," in text or "…" in text or is_relevant(text) or is_sentence(text) or ": " in text
    return short and not telling


@lru_cache(maxsize=_CACHED)
def is_unwanted(text: str) -> bool:
    """Ads, events, vacancies, footers: text that is no news whatever it names."""
    text = text[:_MAX_LOOK]
    first = text.split("\n", 1)[0]
    if words.OTHER_TAGS.match(first) or (first == text and words.MORE_LINE.match(text)):
        return True
    if len(text) <= 80 and words.FAREWELL.search(text) and not is_relevant(text):
        return True
    event = words.DATE_START.match(first) and words.EVENT_WORDS.search(text)
    return bool(event or words.FOOTER.search(text)) and not reports_funding(text)
