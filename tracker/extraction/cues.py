"""Words that say what happens to money, by class: data for `tracker.extraction.features`.

A cue is found by a token's whole lower-cased form (Latin) or by its first two syllables
(Hangul: 유치했습니다 → 유치). The classes tell the reader what stands further along in the
sentence than its window reaches; which role follows from them is learned, not written here.
"""

from __future__ import annotations

_BY_CLASS = {
    "raise": "유치 조달 확보 수혈 모았 모은 끌어 받았 받은 받아 받는 투자받 챙겼 챙긴 손에 채웠 따냈 거머 "
    "raise raises raised raising secures secured secure lands landed bags bagged nabs nabbed closes closed close "
    "banks banked scores scored snags snagged gets got receives received picks picked pulls pulled collects "
    "hauls attracts attracted completes completed announces announced wins grabs grabbed reels takes took finds",
    "invest": "투자 베팅 투입 단행 집행 쏟아 쏜다 쐈다 넣었 넣은 얹었 실탄 invests invested invest investing backs "
    "backed backing pours poured bets bet injects injected puts pumps plows investment investments funds funded",
    "lead": "주도 리드 이끌 이끈 이끄 앞장 총대 led leads leading lead co-led spearheaded headed anchored",
    "join": "참여 합류 동참 가세 함께 이름 뒤따 힘을 보탰 보탠 participation participated participating joined joining "
    "joins join including include included includes alongside with other participants investors backers",
    "from": "로부 에게 한테 from by",
    "acquire": "인수 합병 매각 사들 품에 acquires acquired acquisition acquire acquiring buys bought buyout merger "
    "merges merged takeover snaps sells sold sale",
    "fund": "펀드 결성 조합 모펀 자펀 출자 fund vehicle lp lps corpus",
    "plan": "추진 검토 예정 계획 협상 협의 목표 논의 타진 물색 착수 나선 노린 talks plans planning plan seeks "
    "seeking seek eyes eyeing looking mulls weighs considering considers aims target targets targeting expected may "
    "could exploring negotiating negotiations",
    "list": "상장 공모 예비 ipo listing listed nasdaq kosdaq 코스 나스 spac prices debut debuts files filed shares 주가",
    "value": "기업 가치 몸값 밸류 평가 valuation valued valuing value values worth 유니 unicorn post-money pre-money",
    "total": "누적 총액 지금 이로 이제 total date bringing brings totaling overall cumulative altogether",
    "deal": "계약 협약 선정 수상 지원 공급 선발 mou contract award awarded grant grants prize agreement partnership "
    "partners selected deal",
    "result": "매출 실적 영업 출시 채용 이익 흑자 적자 revenue revenues profit sales loss losses launches launched hires "
    "hired layoffs laid",
    "past": "지난 작년 앞서 이전 직전 과거 이미 previously earlier last ago prior previous already",
}  # fmt: skip

CUES: dict[str, str] = {word: name for name, words in _BY_CLASS.items() for word in words.split()}


def cue_of(lower: str) -> str | None:
    """The class of a lower-cased token, or None."""
    found = CUES.get(lower)
    if found is None and len(lower) > 2 and "가" <= lower[0] <= "힣":
        found = CUES.get(lower[:2])
    return found
