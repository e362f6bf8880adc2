"""What a company is said to do → the broad trades it may be of.

Broad on purpose: the trades only have to tell apart two companies of one name. What could be
anybody's (AI, platform, data) is in none.
"""

from __future__ import annotations

import re

_TRADES: dict[str, str] = {
    "health": "바이오|신약|제약|의료|헬스|병원|진단|임상|세포|유전자|유전체|의약|치료|진료|건강|메디컬|수술|환자|간호|"
    r"\bbio|drug|health|medic|clinic|therap|diagnos|genom|pharma|patient|surg",
    "food": "푸드|식품|음식|외식|식자재|식재료|농업|농산|농가|축산|수산|양식|레스토랑|식당|밀키트|커피|베이커리|음료|주류|"
    r"food|restaurant|\bagri|farm|grocer|beverage|coffee|\bmeal",
    "finance": "핀테크|금융|결제|보험|송금|대출|증권|은행|자산 ?관리|가상 ?자산|블록체인|암호화폐|신용|"
    r"fintech|financ|payment|bank|insur|lending|crypto|blockchain|wealth|credit",
    "machines": "반도체|로봇|로보|드론|배터리|이차전지|2차전지|소재|부품|센서|우주|위성|발사체|자율 ?주행|전기차|모빌리티|"
    "제조|공장|양자|라이다|선박|항공|"
    r"chip|semiconduct|robot|drone|batter|satellite|rocket|aerospace|self-driving|autonomous|"
    r"electric vehicle|\bev\b|mobility|manufactur|quantum|lidar|sensor",
    "shop": "패션|뷰티|화장품|커머스|쇼핑|의류|리빙|가구|중고 ?거래|명품|반려|펫|유아|육아|"
    r"fashion|beauty|cosmetic|commerce|shopping|retail|apparel|furniture|\bpet\b|\bbaby",
    "media": "게임|콘텐츠|콘텐트|웹툰|웹소설|음악|엔터테인|영상|미디어|크리에이터|스포츠|팬덤|공연|"
    r"\bgam(?:e|ing)|content|music|media|entertain|webtoon|video|creator|sport",
    "learning": "교육|에듀|학습|학원|영어|과외|유치원|수학|"
    r"\bedu|edtech|tutor|school|student|language learning",
    "places": "부동산|건설|건축|인테리어|프롭테크|숙박|호텔|여행|공유 ?오피스|공간|주거|"
    r"real estate|construct|interior|proptech|travel|hotel|housing|coworking",
    "energy": "태양광|에너지|수소|탄소|기후|재활용|폐기물|풍력|전력|"
    r"energy|solar|hydrogen|carbon|climate|recycl|\bwind\b|nuclear|fusion",
    "transport": "물류|배송|화물|운송|택배|풀필먼트|"
    r"logistic|freight|delivery|shipping|fulfil",
    "office": "채용|인사|법률|리걸|세무|회계|전자 ?계약|협업|업무|"
    r"recruit|hiring|\bhr\b|legal|lawyer|\btax\b|account|payroll|workplace",
    "security": "보안|해킹|인증|암호화|" r"security|cyber|identity|fraud",
}
_TRADE = {name: re.compile(words, re.IGNORECASE) for name, words in _TRADES.items()}
_ANYBODY = re.compile(
    "기업|스타트업|플랫폼|서비스|개발사?|운영사?|전문|솔루션|기반|국내|업체|회사|브랜드|기술|데이터|인공지능|앱|"
    r"\b(?:company|startup|start-up|platform|service|services|software|app|maker|developer|provider|solution|"
    r"solutions|based|for|the|and|of|an?|ai|that|with|to|in|data)\b",
    re.IGNORECASE,
)


def trades(description: str) -> frozenset[str]:
    """The trades that a description speaks of; empty where it is nobody's in particular."""
    return frozenset(name for name, words in _TRADE.items() if words.search(description))


def grams(description: str) -> frozenset[str]:
    """What is left of a description to compare: pairs of Hangul syllables, Latin words."""
    bare = _ANYBODY.sub(" ", description.casefold())
    found = set(re.findall(r"[a-z]{3,}", bare))
    for word in re.findall(r"[가-힣]+", bare):
        found.update(word[at : at + 2] for at in range(len(word) - 1))
    return frozenset(found)
