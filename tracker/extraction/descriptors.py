"""The words by which a text says what a company is: tables for `tracker.extraction.description`.

Korean entries are word endings, English ones whole words in lower case.
"""

from __future__ import annotations

import re

QUOTES = "'\"‘’“”「」『』《》〈〉<>`*_"
SUM = re.compile(
    r"\d[\d,.]*\s?(?:조|억|만|천)|\d\S*(?:원|달러|유로|엔|弗|위안|루피)(?:을|를|의|으로)?$|[$€£¥₩]"
)
"""A sum of money, or the end of one: no part of a description."""

GENERIC_KO: tuple[str, ...] = (
    # Says that it is a company, and nothing else: left out of the description.
    "스타트업", "전문기업", "벤처기업", "강소기업", "중소기업", "중견기업", "사회적기업", "소셜벤처", "벤처", "기업", "업체", "회사",
)  # fmt: skip
HEADS_KO: tuple[str, ...] = (
    # Nouns that a description may end in and that stay in it.
    "개발사", "운영사", "제조사", "제작사", "공급사", "유통사", "서비스사", "기획사", "설계사", "설계업체", "게임사", "보험사", "카드사",
    "여행사", "운용사", "중개사", "출판사", "물류사", "통신사", "항공사", "해운사", "발전사", "제약사", "정비사", "팹리스", "파운드리",
    "플랫폼", "솔루션", "서비스", "소프트웨어", "시스템", "앱", "어플", "애플리케이션", "브랜드", "마켓", "마켓플레이스", "장터",
    "커머스", "쇼핑몰", "편집숍", "편집샵", "커뮤니티", "메신저", "툴", "협업툴", "엔진", "챗봇", "비서", "에이전트", "로봇", "드론",
    "스마트팜", "반도체", "배터리", "핀테크", "에듀테크", "프롭테크", "푸드테크", "애그테크", "펫테크", "바이오텍", "바이오테크",
    "헬스테크", "리걸테크", "인슈어테크", "인슈어테크사", "테크", "SaaS", "ERP", "CRM", "OTT", "게임", "스튜디오", "센서", "라이다",
    "칩", "위성", "발사체", "신약", "백신", "진단기기", "의료기기", "장비", "소재", "부품", "유니콘", "연구소", "제조업체", "생산업체",
    "양조장", "베이커리", "프랜차이즈", "체인", "구독", "렌털", "대여", "공유", "중개", "거래소", "은행", "증권사", "농장", "학원",
    "매칭", "예약", "배달", "정비", "디자인", "제조", "검사", "분석", "보안", "결제", "연구개발사", "치료제", "화장품", "인프라",
    "도구", "측정기", "기기", "식품", "음료", "맥주", "렌탈", "보험", "여행", "패션", "꽃집", "안경", "키오스크", "히트펌프", "추진기",
    "클라우드", "데이터센터", "인증", "교육", "콘텐츠", "웹툰", "물류", "충전", "재활용", "이어폰", "웨어러블", "인공지능", "AI",
)  # fmt: skip
MADE_KO = (
    "만드는|만들어온|만든|개발하는|개발한|개발해온|개발 중인|제조하는|생산하는|생산한|운영하는|운영해온|운영 중인|제공하는|"
    "서비스하는|공급하는|판매하는|연구하는|설계하는|선보인|출시한|내놓은|하는"
)
"""Verbs behind an object that is the description: "솔루션을 개발하는 X"."""
ADNOMINAL_KO = (
    r"(?:하|되|돕|드|있|없|주|파|잇|내|쓰|찾|막|받|보|짓|우|누|루|꾸|이|리|키|치|나|읽|듣|재|캐|굽|먹|시|입|신|기|르|부|모으|끄|여|푸|"
    r"씻|닦|걷|뛰|싣|담|떼|볶|빚|뽑|심|추|잡|집|찍|세|가르|않|볼|아|어|워|해|태|떠|짜|타|사|자)는"
)
"""A verb before its noun; any other word in -는 is the sentence's topic."""
ADNOMINAL_EUN_KO = frozenset(
    "많은 적은 작은 높은 낮은 좋은 같은 젊은 넓은 깊은 얇은 담은 받은 모은 찍은 넣은 입은 먹은 심은 뽑은 잡은 엮은 남은 죽은 얻은 묶은 "
    "붙은 맞은 늙은 낡은 밝은 굳은 묵은 썩은 짧은 얇은 잃은 않은 닮은 삶은 볶은".split()
)
NOUNS_IN_PARTICLE_KO = frozenset(
    # Nouns that end as if a subject or topic particle followed, or another that would end the phrase.
    "종이 먹이 아이 놀이 어린이 고양이 나들이 이야기 목걸이 손잡이 기저귀 미용이 명이 나이 사이 차이 높이 길이 깊이 넓이 무게 요가 작가 "
    "전문가 평가 원가 휴가 물가 주가 상가 국가 단가 농가 육가 가 증가 창작가 사진가 번역가 여가 은 금은 자본은 디스플레이 딜레이 "
    "플레이 게이 웨이 페이 릴레이 스프레이 트레이 바이 파이 와이파이 버섯종이 곰팡이 지렁이 떡볶이 튀김이 전이 심의 강의 회의 "
    "주의 상의 합의 유의 한의 문의 건의 사의 동의 의의 논의 임의 협의 편의 모의 수의 호의 예의 정의 창의".split()
)
STOP_KO = frozenset(
    # Time, occasion and rank: before the description, no part of it.
    "지난 최근 오는 이번 올해 지난해 작년 내년 오늘 어제 이날 당시 현재 이어 특히 또 또한 그리고 한편 먼저 다음은 다만 하지만 반면 "
    "이와 함께 같은 날 주인공은 투자 유치 소식 한편 시리즈 시드 총 약 약간 무려 모두 각각 역시 그중 이 그 저 이런 그런 등 및 외 "
    "단독 속보 인터뷰 종합 뉴스 투자유치 리드 주도 밝혔다 라는 이라는 출신 두 세 네 한 셋 둘".split()
)
FOUNDED_KO = (
    # Who made it, where it is, what it is known for: none of what it does.
    "둔", "본사", "출신", "밝힌", "알려진", "꼽히는", "불리는", "라는", "다는", "창업한", "설립한", "세운", "차린", "챙긴", "알린", "투자한", "인수한",
    "인정받은", "하나는", "뒤집은", "분사한", "졸업한", "선정된", "받은",
)  # fmt: skip
BARE_KO = frozenset(
    "서비스 플랫폼 솔루션 브랜드 앱 시스템 공유 구독 교육 인증 게임 분석 제조 검사 디자인 소재 부품 장비 인프라 벤처 테크 스튜디오 운영사 개발사 "
    "제조사 제작사 공급사 소프트웨어 커뮤니티 도구 기기 제품 회사 식품 음료 장터 엔진".split()
)
"""On their own they say nothing."""
LEADING_KO = frozenset(
    # Where from, how good, how old: dropped from the front.
    "국내 국내외 해외 글로벌 유망 유망한 초기 신생 대표 대형 소형 토종 국산 대표적 차세대 신흥 대표적인 1위 업계 최대 최초 최초의 "
    "세계 세계적 현지 서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 성남 판교 수원 용인 "
    "포항 창원 청주 천안 전주 춘천 구미 김해 강남 여의도 마포 성수 한국 미국 일본 중국 영국 독일 프랑스 인도 대만 싱가포르 홍콩 "
    "베트남 인도네시아 태국 말레이시아 필리핀 호주 캐나다 이스라엘 스웨덴 핀란드 노르웨이 덴마크 네덜란드 스위스 스페인 이탈리아 "
    "폴란드 브라질 멕시코 아르헨티나 칠레 우루과이 콜롬비아 에스토니아 아일랜드 포르투갈 벨기에 오스트리아 체코 터키 튀르키예 "
    "사우디 사우디아라비아 두바이 이집트 나이지리아 케냐 방글라데시 파키스탄 美 日 中 英 獨 佛 印 유럽 북미 동남아 실리콘밸리 런던 "
    "베를린 파리 도쿄 뉴욕 샌프란시스코 보스턴 벵갈루루 베이징 상하이 선전 뭄바이 "
    "주식회사 소재의 신사업 예비 로컬 지역 여성 청년 대학생 학생 토박이 대학 교내".split()
)

GENERIC_EN = frozenset(
    "startup startups start-up company firm business outfit scaleup scale-up venture group unicorn spinout "
    "spin-out spinoff spin-off player upstart newcomer concern enterprise co".split()
)
HEADS_EN = frozenset(
    "maker developer provider platform app marketplace brand studio operator retailer lender insurer "
    "manufacturer builder specialist tool service services software bank neobank biotech fintech insurtech edtech "
    "healthtech proptech agritech agtech medtech cleantech greentech climatetech foodtech femtech regtech legaltech "
    "hrtech wealthtech adtech martech pharma seller supplier carmaker chipmaker drugmaker designer optimiser "
    "optimizer bot network chain exchange broker tester financier distributor publisher brewer brewery bakery "
    "roaster restaurant carrier shipper recycler grower producer exporter installer factory lab labs clinic pharmacy "
    "agency assistant agent copilot engine browser wallet database robot drone sensor chip battery satellite rocket "
    "tracker scanner planner scheduler translator wearable game games community newsletter podcast aggregator "
    "reseller rental e-tailer etailer consultancy processor facilitator incubator logistics saas crm erp api "
    "infrastructure cloud farm school tutor university consultancy payments insurance security robotics".split()
)
SKIP_EN = frozenset(
    # Age, size and origin: dropped from the front.
    "early-stage young new local small fast-growing growing leading top profitable bootstrapped little-known "
    "stealth stealthy venture-backed vc-backed well-funded family-run family-owned homegrown home-grown global "
    "international four-year-old three-year-old two-year-old year-old based-in self-described so-called irish "
    "swiss french dutch greek czech danish swedish finnish polish spanish turkish british scottish welsh german "
    "estonian latvian lithuanian norwegian italian austrian belgian portuguese ukrainian romanian bulgarian "
    "hungarian american canadian mexican brazilian chilean colombian argentine indian pakistani bangladeshi "
    "chinese japanese korean taiwanese thai vietnamese indonesian malaysian singaporean filipino australian "
    "kiwi israeli egyptian saudi emirati nigerian kenyan ghanaian african european asian nordic baltic latam uk us "
    "parisian israeli tokyo london berlin paris stockholm seoul singapore mumbai delhi bengaluru bangalore pune "
    "hyderabad chennai jakarta manila bangkok hanoi penang shanghai beijing shenzhen osaka kyoto fukuoka taipei sydney "
    "melbourne auckland dubai riyadh cairo lagos nairobi accra cape town madrid barcelona lisbon porto milan rome "
    "munich hamburg cologne vienna zurich geneva basel amsterdam rotterdam eindhoven brussels ghent copenhagen oslo "
    "helsinki tallinn riga vilnius warsaw krakow prague budapest bucharest sofia athens istanbul dublin cork belfast "
    "edinburgh glasgow manchester bristol leeds cambridge oxford boston york brooklyn chicago austin seattle denver "
    "miami atlanta toronto montreal montréal vancouver mexico bogota lima santiago uae india china japan korea france "
    "germany spain italy sweden norway finland denmark ireland israel brazil chile colombia argentina peru nigeria "
    "kenya egypt ghana vietnam indonesia thailand malaysia philippines australia zealand canada kolhapur nagpur".split()
)
STOP_EN = frozenset(
    # Walking left from the name: words that a description does not reach over.
    "a an the in into on for to by from with at behind of and or but as is are was were be been has have had will "
    "would which that who whose this these those its their his her our your my says said say backs back backed bet "
    "bets leads led lead joins joined raises raised raise secures secured lands landed bags bagged gets got nets "
    "closes closed funds funded invests invested invest picks picked taps buys bought gives gave put puts pours poured "
    "pumps wins won hands writes scores via than then also plus not no why how when where after before over under "
    "meet meanwhile called named including alongside round seed series funding money today yesterday another "
    "values valued valuing boosts supports fuels hauls rescues helps deal week's day's here".split()
)
NOT_A_DESCRIPTION_EN = frozenset(
    "portfolio subsidiary arm alum alumni alumnus graduate customer investor investors fund funds founder founders "
    "ceo cofounder co-founder listed round raise deal hit year month week same first second only latest biggest "
    "largest rival rivals competitor successor sister parent backer backers former ex".split()
)
ACRONYMS_EN = frozenset(
    "AI SaaS HR EV IoT B2B B2C D2C DTC API 3D VR AR XR ML LLM GPU RNA DNA mRNA CRM ERP HVAC SME SMB POS IT PR RFID "
    "LNG UV MRI ESG NFT DeFi Web3 DevOps FinTech BNPL PV LED OLED SMS CO2 R&D E-commerce".split()
)
BARE_EN = frozenset(
    "app platform service tool brand studio network chain maker developer provider software operator lab labs agency "
    "exchange specialist services infrastructure engine builder designer seller supplier community farm clinic factory".split()
)
"""On their own they say nothing."""
