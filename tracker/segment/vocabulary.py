"""The words that headings, tags and footers of newsletters are made of. Data, no logic."""

from __future__ import annotations

import re

# A heading announces news where at least half of its words are of these (see outline.py).
NEWS_WORDS = re.compile(
    r"투자(?:유치|소식|단신|뉴스|동향|현황|라운드|브리핑|판|와|&|/)?|유치|단신|브리핑|브리프|딜|펀딩|엑싯|인수|합병|"
    r"m&a|ipo|상장|vc|pe|돈|돈의|머니|자금|자금조달|라운드|벤처|벤처투자|창업|"
    r"fund(?:ing|ings|raising|raises?|s)?|deals?|rounds?|rais(?:ed|es|ing|e)|exits?|ventures?|capital|"
    r"briefs?|briefing|money|investments?|financings?|acquisitions?"
)
WEAK_NEWS_WORDS = re.compile(
    r"뉴스|소식|헤드라인|동향|이모저모|스타트업|업계|국내|국내뉴스|해외|해외뉴스|글로벌|속보|주요|성과|지표|출시|업데이트|거래|"
    r"정책|기타|밖의|투데이|news|headlines?|roundup|highlights|startups?|updates?|bites|digest|tech"
)
FILLER_WORDS = re.compile(
    r"이번|이번주|이|주|주의|주간|이주의|오늘의|오늘|어제의|이달의|월간|한|줄|한줄|한눈에|그|및|와|과|더|모음|정리|요약|리스트|포스팅|콘텐츠|시장|"
    r"the|this|that|last|week'?s?|weekly|day'?s?|daily|today'?s?|month'?s?|in|of|and|other|more|new|latest|top|big|who|what|"
    r"from|around|quick|short|seed|early|late|growth|stage|series|[a-j]|시드|시리즈[a-j]?|프리|초기|후기|\d+|&|vol|no"
)

NEWS_PHRASES = re.compile(
    r"이번\s?주\s?(?:의\s?)?(?:투자|돈|딜|펀딩)|투자\s?(?:소식|유치|단신|뉴스|브리핑|동향|현황|속보|라운드)|한\s?줄\s?(?:투자|뉴스|단신)|"
    r"(?:뉴스|투자|주간|데일리)\s?(?:브리핑|단신)|돈이?\s?(?:의\s행방|모인|몰린|어디로)|\bin brief\b|\bnews briefs?\b|"
    r"\b(?:funding|deals?|fundings|financings|fundraises?|raises)$|\bwho raised\b|\bmoney moves?\b|\bventure deals\b|"
    r"\bfunding (?:news|rounds?|roundup)\b|\bdeal (?:flow|sheet|table|list|roundup|watch)\b",
    re.I,
)
# Not news of companies at all: nothing below such a heading is a brief.
OTHER_PHRASES = re.compile(
    r"광고|협찬|스폰서드?|제휴\s?문의|파트너\s?콘텐츠|행사|이벤트|일정|캘린더|달력|데모데이\s?안내|채용|구인|자리\s?있|일자리|"
    r"사람을\s?찾|^인물$|^인사$|함께\s?일할|인재\s?영입\s?공고|강의|웨비나|세미나|교육|클래스|공지|알림|안내|알려\s?드립|구독|수신|목차|차례|"
    r"순서|이번\s?호에서는|피드백|설문|퀴즈|지원\s?사업|정부\s?과제|공고|모집|다음\s?주|다음\s?호|지난\s?호|지난\s?뉴스레터|"
    r"\bsponsor|\badvertis|\bpromot|\bpartner content|\bevents?\b|\bcalendar\b|\bjobs?\b|\bhiring\b|\bcareers?\b|\bopen roles\b|"
    r"\bwebinars?\b|\bsubscri|\bunsubscribe|\bin this issue\b|\binside this\b|\bcontents\b|\bfeedback\b|\bsurvey\b|\bquiz\b|"
    r"\barchives?\b|\bdates for|\bwhere to meet|\babout (?:us|this)\b|\bcontact\b|^people(?:\smoves?)?$|\bpoll\b|\bsave the date",
    re.I,
)
# Told at length: its sentences may report a round, but it is no list of news.
ARTICLE_PHRASES = re.compile(
    r"칼럼|사설|에디터|편집|인터뷰|이야기|깊이\s?읽기|인사이트|오피니언|기고|분석|해설|한마디|생각|코멘트|용어|사전|읽을거리|추천|"
    r"\bdeep dive\b|\bfeature\b|\bopinion\b|\binterview\b|\beditor|\bcolumn\b|\bessay\b|\bthoughts?\b|\bbig (?:idea|story|read)\b|"
    r"\banalysis\b|\bfrom the desk\b|\bnote from\b|\breading\b",
    re.I,
)

OTHER_TAGS = re.compile(
    r"^[\s*_]*[\[(<【〈「]?\s*(?:ad|ads|advertisement|sponsored|sponsor|promoted|promo|광고|협찬|유료광고|스폰서|제휴|행사|이벤트|"
    r"채용|구인|공지|알림|안내|모집|강의|교육|세미나|웨비나|event|events|job|jobs|hiring|webinar|notice|칼럼|편집자의?\s?말|설문|"
    r"구독|지원사업|공고)\s*(?:[\])>】〉」]|[—:：|]\s|\s[-–·]\s)",
    re.I,
)
FOOTER = re.compile(
    r"수신\s?거부|수신\s?동의|수신에\s?동의|구독\s?(?:취소|해지|신청|하기)|구독하기|뉴스레터를\s?(?:구독|추천|받)|웹에서\s?보기|"
    r"브라우저에서|친구에게\s?(?:보내|추천|공유)|답장|발송되었|본\s?메일은|이\s?메일은|발신\s?전용|저작권|무단\s?전재|문의\s?[:：]|"
    r"unsubscribe|opt.?out|you(?:'re| are) receiving|you received this|view (?:this email )?in (?:your )?browser|view online|"
    r"manage (?:your )?(?:preferences|subscription)|update (?:your )?preferences|forward(?:ed)? (?:this|to a friend)|"
    r"all rights reserved|copyright|©|ⓒ|privacy policy|share this|sign up here|subscribe",
    re.I,
)
FAREWELL = re.compile(
    r"감사합니다|고맙습니다|좋은\s(?:하루|한\s?주|주말|아침|저녁)|다음\s?(?:주|호|편지|레터)에|뵙겠|만나요|행복한|건강하|드림$|올림$|"
    r"thanks for reading|see you|until next|that's (?:all|it)|have a (?:great|good|nice)|good (?:morning|evening)|cheers",
    re.I,
)
MORE_LINE = re.compile(
    r"^[\s\[(<👉→▶►☞🔗»>·•\-]*(?:자세히|더\s?보기|더\s?읽기|더\s?알아보기|원문|기사|전문|바로\s?가기|링크|읽으러|보러\s?가기|신청하기|등록하기|"
    r"출처|관련\s?기사|source|sources|via|read more|read the|more here|learn more|full story|continue reading|link|"
    r"register|apply now|sign up)(?:\s?(?:보기|읽기|하기|기사|here|story|링크))?[\s\])>→▶►›»:：.]*(?:$|[:：]|\s?\|)|^\s*<?https?://\S+>?\s*$",
    re.I,
)
EVENT_WORDS = re.compile(
    r"토론회|세미나|웨비나|설명회|데모데이|모집|신청|등록|강연|특강|밋업|모임|컨퍼런스|콘퍼런스|포럼|접수|마감|워크숍|교육|네트워킹|"
    r"rsvp|register|webinar|meetup|summit|conference|demo day|workshop|office hours|deadline|apply",
    re.I,
)
DATE_START = re.compile(
    r"^(?:\d{1,2}\s?월\s?\d{1,2}\s?일|\d{1,2}\s?[/.]\s?\d{1,2}(?:\s?\(|\.?\s)|(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6},?\s|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2}\b)",
    re.I,
)
TABLE_HEADS = re.compile(
    r"^(?:회사|회사명|기업|기업명|스타트업|업체|업체명|서비스|이름|company|startup|name|금액|규모|투자\s?금액|투자금|투자\s?규모|유치\s?금액|"
    r"유치금|amount|size|raised|단계|라운드|시리즈|투자\s?단계|stage|round|series|투자사|투자자|투자\s?기관|투자\s?기업|주요\s?투자사|"
    r"참여\s?투자사|참여|리드|리드\s?투자사|investors?|lead(?:\s?investors?)?|led by|backers?|분야|업종|산업|사업|내용|sector|industry|"
    r"구분|유형|type|deal|비고|날짜|일자|발표일|date|국가|country|hq|누적|누적\s?투자|total|기업가치|valuation|what|who|설명|"
    r"한\s?줄\s?소개|소개|no\.?|#|번호|순위)(?:\s?[(\[].{0,20}[)\]])?$",
    re.I,
)
FIELD_LABEL = re.compile(
    r"^[\s•·▪◦‣\-–*✔✓]*(?:투자\s?금액|금액|규모|투자금|투자\s?규모|유치\s?금액|단계|라운드|투자\s?단계|시리즈|투자사|투자자|투자\s?기관|"
    r"주요\s?투자사|참여\s?투자사|참여사|리드|리드\s?투자사|분야|업종|사업|서비스|소개|내용|설명|누적|누적\s?투자금?|기업가치|용도|자금\s?용도|"
    r"투자\s?유치|포인트|한\s?줄\s?평|amount|size|round|stage|series|investors?|lead(?: investors?)?|led by|backers?|sector|"
    r"industry|what(?: it does)?|who|why|use of funds|valuation|total(?: raised)?|raised|location|hq|date)\s*[:：|]",
    re.I,
)
ANAPHORA = re.compile(
    r"^(?:이번\s?(?:투자|라운드|펀딩|자금|유치)|이로써|이를\s?통해|이\s?(?:회사|투자|라운드|자금)|해당\s?(?:투자|라운드)|투자금은|투자에는|"
    r"회사(?:는|측)|누적|여기에|이어|또한?\s|한편\s?이|함께\s?참여|the (?:round|company|startup|funding|investment|new|deal|proceeds)|"
    r"this (?:round|brings)|it (?:plans|will|has|was|brings)|its |they |participat|other investors|with the|proceeds)",
    re.I,
)
COMMONPLACE = re.compile(
    r"시리즈|투자|유치|규모|스타트|기업|회사|누적|프리|이번|서비스|플랫폼|라운드|펀딩|자금|금액|달러|시드|조달|주도|리드|참여|벤처|파트너|"
    r"인베스|캐피탈|솔루션|기술|개발|운영|대표|했습|있습|받았|series|raise|fund|round|million|billion|start|compan|led|invest|"
    r"venture|capital|partner|the|and|for|with|from|its|has|seed|new|platform",
)
