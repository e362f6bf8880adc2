"""Names as they are; every sentence is our own."""

from __future__ import annotations

import pytest

from tracker.extraction.decode import Mention, Party
from tracker.extraction.tidying import tidy
from tracker.parsing.names import name_key

KNOWN = {"산은", "다솔씨", "한국도시사업자 조합"}


def party(text: str, name: str, part: str = "investor") -> Party:
    at = text.index(name)
    scores = {
        "company": float(part == "company"),
        "investor": float(part != "company"),
        "lead": 0.0,
    }
    return Party(name, name_key(name), part, 0.9, [Mention(at, at + len(name), 0, scores)])


@pytest.mark.parametrize(
    ("text", "read", "name"),
    [
        ("출판사 다솔과 웹툰사 미스터노을이 투자했다.", "웹툰사 미스터노을", "미스터노을"),
        ("변호사 노창민씨에게서 3억원을 받았다.", "노창민씨", "노창민"),
        ("메리 김 씨가 1억원을 냈다.", "메리 김 씨", "메리 김"),
        ("나래은행서 3억원 유치", "나래은행서", "나래은행"),
        ("산은도 참여했다.", "산은도", "산은"),
        # What only looks like a title, a particle or a descriptor stays.
        ("다솔씨가 3억원을 냈다.", "다솔씨", "다솔씨"),
        ("효성티앤씨가 3억원을 냈다.", "효성티앤씨", "효성티앤씨"),
        ("삼도가 3억원을 냈다.", "삼도", "삼도"),
        ("한국투자공사 창업펀드가 3억원을 냈다.", "한국투자공사 창업펀드", "한국투자공사 창업펀드"),
    ],
)
def test_investors(text: str, read: str, name: str) -> None:
    (found,) = tidy(text, [party(text, read)], KNOWN)
    assert found.name == name
    assert text[found.first.start : found.first.end] == name


@pytest.mark.parametrize(
    ("text", "read", "name"),
    [
        ("칩마을, 3곳서 20억 모아\n칩마을이 20억원을 조달했다.", "칩마을이", "칩마을"),
        ("폰트 스타트업 글자밭으로\n글자밭이 출자를 받았다.", "글자밭으로", "글자밭"),
        ("약쏙이를 만드는 곳이 돈을 받았다. 약쏙이가 웃는다.", "약쏙이", "약쏙이"),
        ("배송로가 3억원을 유치했다. 골목 배송을 맡는다.", "배송로", "배송로"),
        ("더고은이 3억원을 유치했다.", "더고은이", "더고은이"),
    ],
)
def test_companies(text: str, read: str, name: str) -> None:
    (found,) = tidy(text, [party(text, read, "company")], KNOWN)
    assert found.name == name


def test_the_companys_name_before_an_investor_is_not_the_investors() -> None:
    text = "초록지기 골프나래서 24억"
    parties = [party(text, "초록지기", "company"), party(text, "초록지기 골프나래")]
    assert [p.name for p in tidy(text, parties, KNOWN)] == ["초록지기", "골프나래"]


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        (
            "나래대기술지주, 가온랩에 투자\n나래대학교기술지주가 3억원을 넣었다.",
            ["나래대기술지주", "나래대학교기술지주"],
            ["나래대학교기술지주"],
        ),
        # Side by side they are two.
        (
            "나래대기술지주와 나래대학교기술지주가 3억원을 넣었다.",
            ["나래대기술지주", "나래대학교기술지주"],
            ["나래대기술지주", "나래대학교기술지주"],
        ),
        (
            "나래벤처스가 이끌었다.\n다래벤처스도 함께했다.",
            ["나래벤처스", "다래벤처스"],
            ["나래벤처스", "다래벤처스"],
        ),
    ],
)
def test_a_headlines_abbreviation(text: str, names: list[str], left: list[str]) -> None:
    found = tidy(text, [party(text, n) for n in names], KNOWN)
    assert [p.name for p in found] == left
