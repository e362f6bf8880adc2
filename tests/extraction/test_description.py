"""What a company is, in the words beside its name: hand-written rows in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.description import describe, find_description
from tracker.records import ExtractedRound, InvestorMention, Span

# The company stands in ⟨⟩; investors and sums in ‹› are spans that hold something else.
KO = [
    ("신선식품 유통기한 연장 솔루션 기업 ⟨퓨어스페이스⟩가 40억원을 받았다.", "신선식품 유통기한 연장 솔루션"),
    ("펫시터 중개 앱 ⟨멍보자⟩, 시드 투자 유치", "펫시터 중개 앱"),
    ("수술 로봇 스타트업 ⟨메스봇⟩이 시리즈B를 마쳤다.", "수술 로봇"),
    ("[단독] 전기차 폐배터리 재활용 업체 ⟨되살림⟩ 120억 유치", "전기차 폐배터리 재활용"),
    ("‹하늘벤처스›가 산업용 드론 개발사 ⟨창공⟩에 투자했다.", "산업용 드론 개발사"),
    ("‹하늘벤처스›는 산업용 드론 개발사 ⟨창공⟩에 투자했다.", "산업용 드론 개발사"),
    ("중소기업 급여 관리 SaaS ⟨월급봇⟩", "중소기업 급여 관리 SaaS"),
    ("세탁 대행 앱 '보송' 운영사 ⟨구김제로⟩, 30억 조달", "세탁 대행 앱 '보송' 운영사"),
    ("소상공인의 장부를 대신 써 주는 핀테크 기업 ⟨장부지기⟩가 밝혔다.", "장부를 대신 써 주는 핀테크"),
    ("난임 부부를 돕는 디지털 헬스 스타트업 ⟨아이봄⟩", "난임 부부를 돕는 디지털 헬스"),
    ("고체 전해질을 만드는 ⟨단단셀⟩이 80억원을 유치했다.", "고체 전해질"),
    ("심방세동 예측 소프트웨어를 개발하는 ⟨맥박연구소⟩는 12일", "심방세동 예측 소프트웨어"),
    ("무인 세탁소를 운영하는 ⟨거품상회⟩", "무인 세탁소"),
    ("이번 주 소식입니다. 해조류 포장재 기업 ⟨미역상자⟩!", "해조류 포장재"),
    ("드론 전문 기업 ⟨윙윙⟩에 돈이 몰렸다", "드론"),
    ("2차전지 소재 전문기업 ⟨양극산업⟩, 프리IPO", "2차전지 소재"),
    ("경북 포항의 심해 탐사 로봇 기업 ⟨해구⟩", "심해 탐사 로봇"),
    ("국내 로봇 기업 ⟨뚜벅이⟩에 첫 투자", "로봇"),
    ("미국 실리콘밸리 AI 코딩 비서 ⟨코더미⟩", "AI 코딩 비서"),
    ("서울에 본사를 둔 냉동 물류 플랫폼 ⟨꽁꽁⟩이", "냉동 물류 플랫폼"),
    ("돈이 돈다. 10억원을 댄 곳은 ‹가나다벤처스›. 양자암호 스타트업 ⟨키숨김⟩", "양자암호"),
    ("• 비건 화장품 브랜드 ⟨풀꽃⟩ 15억", "비건 화장품 브랜드"),
    ("게임 개발사 ⟨도트랜드⟩가", "게임 개발사"),
    ("반도체 검사 장비 기업 '⟨나노눈⟩'", "반도체 검사 장비"),
    ("위성 영상 분석 스타트업 〈⟨별눈⟩〉", "위성 영상 분석"),
    ("식품·음료 스마트팩토리 솔루션 ⟨팩토리하이⟩", "식품·음료 스마트팩토리 솔루션"),
    ("⟨한입랩⟩ 시드 유치\n맞춤 영양제 구독 서비스 한입랩은 3일", "맞춤 영양제 구독 서비스"),
    ("⟨골목지도⟩는 동네 상권 데이터를 분석하는 스타트업이다. 시드 5억.", "동네 상권 데이터를 분석하는"),
    ("'⟨약속해⟩'(대표 김아무개)는 병원 예약 관리 기업입니다.", "병원 예약 관리"),
    ("독일 배터리 교환소 운영사 ⟨아크⟩, 6000만 유로", "배터리 교환소 운영사"),
    ("풍력 터빈 점검 드론 업체 ⟨바람눈⟩은 올해", "풍력 터빈 점검 드론"),
    ("온라인 중고 명품 거래 플랫폼 ⟨진짜만⟩이", "온라인 중고 명품 거래 플랫폼"),
]  # fmt: skip
EN = [
    ("Berlin-based battery recycling startup ⟨Reloop⟩ raised €4m.", "battery recycling"),
    ("Payroll startup ⟨Wagelet⟩ raises $5M", "Payroll"),
    ("⟨Tallow⟩, a Berlin-based maker of heat-pump boards, raised €12 million", "maker of heat-pump boards"),
    ("⟨Ferry⟩, which offers bereavement admin help, has bagged £1.1m", "bereavement admin help"),
    ("⟨Tea Leaf⟩, a Pune-based tea-vending startup, has raised", "tea-vending"),
    ("‹Bosch Ventures› backs cement startup ⟨Klink⟩", "cement"),
    ("Money for Penang chip tester ⟨Silim⟩; more tomorrow", "chip tester"),
    ("Irish agri-biotech ⟨Clover⟩ has raised", "agri-biotech"),
    ("Cloud-cost optimiser ⟨Trim⟩ closed a $14 million round", "Cloud-cost optimiser"),
    ("⟨Tidy⟩, an app that pays people to sort their recycling, has raised £2m", "app that pays people to sort their recycling"),
    ("⟨Vine⟩ is a workflow platform for wineries. It raised", "workflow platform for wineries"),
    ("⟨Sabre⟩, which makes directed-energy systems to stop drones, has", "directed-energy systems to stop drones"),
    ("Stockholm-based mobility startup ⟨Rullar⟩", "mobility"),
    ("AI note-taker startup ⟨Murmur⟩ gets $15M", "AI note-taker"),
    ("The RNA editing company ⟨Aden⟩ won over investors", "RNA editing"),
    ("Vegan cheese maker ⟨Nutto⟩ melts hearts", "Vegan cheese maker"),
    ("Brazilian insurtech ⟨Segura⟩ took R$25 million", "insurtech"),
    ("⟨Hum⟩ (Lyon), a sleep-tech startup, has raised", "sleep-tech"),
    ("Three-year-old logistics robot company ⟨Cube⟩", "logistics robot"),
    ("⟨Parv⟩ scores €11M. Drone-swarm maker Parv is from Tallinn", "Drone-swarm maker"),
    ("⟨Orbis⟩ — a provider of lab consumables — said", "provider of lab consumables"),
    ("Pet DNA company ⟨Barko⟩ collars Series C", "Pet DNA"),
    ("UAE proptech ⟨Bayt⟩ secures AED 18M", "proptech"),
    ("‹Thomas Wolf› puts $2 million into open-source robotics firm ⟨Clank⟩", "open-source robotics"),
    ("HR software provider ⟨Jobby⟩ raises", "HR software provider"),
]  # fmt: skip
NONE = [
    "⟨퓨어스페이스⟩, 시리즈A 60억원 유치", "[투자] ⟨풀꽃⟩ 15억", "지난 12일 ⟨풀꽃⟩이 투자를 유치했다.",
    "‹하늘벤처스›가 ⟨풀꽃⟩에 10억원을 투자했다.", "국내 스타트업 ⟨풀꽃⟩이 돈을 받았다", "유망 기업 ⟨풀꽃⟩",
    "대전의 ⟨풀꽃⟩은 시드로 5억 원을 받았다", "세 회사 ‘새싹’, ⟨풀꽃⟩, 나무에 투자", "한편 ⟨풀꽃⟩은 매출을 늘렸다",
    "| ⟨풀꽃⟩ | 시리즈A | 60억원 |", "가나랩 5억 · ⟨풀꽃⟩ 8억", "'쓱봇' 운영사 ⟨풀꽃⟩", "이 회사 ⟨풀꽃⟩의 값은 얼마일까",
    "⟨Hatbox⟩ raises $1.5M from Precursor Ventures", "Dublin startup ⟨Hatbox⟩ raises €2m", "Investors put $5M into ⟨Hatbox⟩",
    "TERM SHEET | ⟨Hatbox⟩ | $5M | Series A", "⟨Hatbox⟩, a Sequoia portfolio company, raised", "Meanwhile ⟨Hatbox⟩ closed its B",
    "⟨Hatbox⟩, the Copenhagen firm, is", "Founded in 2019, ⟨Hatbox⟩ has 40 people", "Arch backs ⟨Hatbox⟩", "⟨Hatbox⟩ is a hit.",
    "⟨Hatbox⟩, a subsidiary of Acme software, raised", "Early-stage company ⟨Hatbox⟩ raised", "In London, ⟨Hatbox⟩ got £2m",
]  # fmt: skip


def read(marked: str) -> tuple[str, Span, list[Span]]:
    """The text without its marks, the company's span, and the spans of the rest."""
    text, spans, start = "", {"⟨": [], "‹": []}, 0
    opened = ""
    for char in marked:
        if char in spans:
            opened, start = char, len(text)
        elif char in "⟩›":
            spans[opened].append(Span(start, len(text)))
        else:
            text += char
    (company,) = spans["⟨"]
    return text, company, spans["‹"]


@pytest.mark.parametrize(("marked", "expected"), KO + EN)
def test_description(marked: str, expected: str) -> None:
    text, company, taken = read(marked)
    found = find_description(text, company, taken)
    assert found is not None
    assert text[found.start : found.end] == expected


@pytest.mark.parametrize("marked", NONE)
def test_no_description(marked: str) -> None:
    text, company, taken = read(marked)
    found = find_description(text, company, taken)
    assert (found and text[found.start : found.end]) is None


def test_a_round_carries_its_evidence() -> None:
    text, company, taken = read("‹하늘벤처스›가 산업용  드론 개발사 ⟨창공⟩에 투자했다.")
    told = ExtractedRound(
        "창공", (InvestorMention("하늘벤처스", False, taken[0]),), spans={"company": company}
    )
    described = describe(text, told)
    span = described.spans["description"]
    assert described.description == "산업용 드론 개발사"
    assert text[span.start : span.end] == "산업용  드론 개발사"
    assert describe(text, described) is described
    assert describe(text, ExtractedRound("창공")).description is None


_PIECES = [
    "기업 ",
    "AI ",
    "를 만드는 ",
    "startup ",
    ", a maker of ",
    "'",
    "\n",
    ". ",
    "가나다 ",
    "‘",
    "10억원 ",
    "(",
    "→",
    "은 ",
]


@given(st.lists(st.sampled_from(_PIECES)), st.lists(st.sampled_from(_PIECES)), st.text(max_size=8))
def test_any_text_at_all(before: list[str], after: list[str], name: str) -> None:
    left = "".join(before)
    text = left + name + "".join(after)
    company = Span(len(left), len(left) + len(name))
    found = find_description(text, company)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert found.end <= company.start or found.start >= company.end
        assert text[found.start : found.end].strip()
        assert "\n" not in text[found.start : found.end]
