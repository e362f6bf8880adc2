"""Names beside a round that put no money in; every sentence is our own."""

from __future__ import annotations

import pytest

from tracker.extraction.bystanders import without_bystanders
from tracker.extraction.decode import Mention, Party
from tracker.parsing.names import name_key


def party(text: str, name: str, part: str = "investor") -> Party:
    at = text.index(name)
    scores = {"company": 0.0, "investor": 1.0, "lead": 0.0}
    return Party(name, name_key(name), part, 0.9, [Mention(at, at + len(name), 0, scores)])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("가온랩이 30억원을 유치했다고 새벽뉴스가 소식통을 인용해 보도했다.", "새벽뉴스"),
        ("테크데일리에 따르면 가온랩이 30억원을 유치했다.", "테크데일리"),
        ("한지우가 설립한 가온랩이 30억원을 유치했다.", "한지우"),
        ("한지우(Jiwoo Han)가 창업한 가온랩이 30억원을 유치했다.", "한지우"),
        ("가온랩이 30억원을 유치했다. 다온자동차와 협력해 개발한다.", "다온자동차"),
        (
            "가온랩이 30억원을 유치했다. 다솔연구소, 보람랩 등 주요 연구소 출신이 세웠다.",
            "다솔연구소",
        ),
        ("다솔컴퓨팅의 전 영업 책임자가 세운 가온랩이 30억원을 유치했다.", "다솔컴퓨팅"),
        ("가온랩은 다솔전자, 보람통신 등 대기업의 지원 프로그램에도 뽑혔다.", "다솔전자"),
        ("CEO인 한지우는 30억원을 유치했다고 했다.", "한지우"),
        ("Gaonlab raised $3M, according to The Ledger.", "Ledger"),
        ("Gaonlab, founded by Jiwoo Han, raised $3M.", "Jiwoo Han"),
        ("Foo Ventures Asia, the early-stage arm of Foo Group, led the round.", "Foo Group"),
        ("Gaonlab raised $3M from Foo Capital Pvt Ltd.", "Ltd"),
        ("가온랩이 벤처캐피탈에서 30억원을 유치했다.", "벤처캐피탈"),
        ("가온랩이 관광벤처 5호에서 30억원을 유치했다.", "5호"),
        ("가온랩, 30억원 유치 - 새벽인사이트\n나래벤처스가 냈다.", "새벽인사이트"),
        ("Gaonlab, now in use at Foo Harbour, raised $3M.", "Foo Harbour"),
        ("Gaonlab raised $3M to expand to Leeds and Bradford.", "Bradford"),
    ],
)
def test_a_bystander_is_dropped(text: str, name: str) -> None:
    assert without_bystanders(text, [party(text, name)]) == []


@pytest.mark.parametrize(
    ("text", "owner", "investor"),
    [
        ("가온랩에 한지우의 나래벤처스가 투자했다.", "한지우", "나래벤처스"),
        ("Gaonlab lands $3M led by Ann Lee's Smith Capital", "Ann Lee", "Smith Capital"),
        ("다솔그룹 CVC 나래벤처스가 가온랩에 투자했다.", "다솔그룹", "나래벤처스"),
        ("다솔건설의 오픈이노베이션 법인 나래벤처스가 투자했다.", "다솔건설", "나래벤처스"),
        ("Gaonlab raised $3M from Foo Group's venture unit Bar.", "Foo Group", "Bar"),
    ],
)
def test_of_an_owner_and_the_house_the_house_invests(text: str, owner: str, investor: str) -> None:
    kept = without_bystanders(text, [party(text, owner), party(text, investor)])
    assert [p.name for p in kept] == [investor]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("가온랩이 나래벤처스로부터 30억원을 유치했다.", "나래벤처스"),
        ("나래벤처스와 다라파트너스가 가온랩에 투자했다.", "나래벤처스"),
        ("Gaonlab raised $3M from Foo Capital and Bar Partners.", "Foo Capital"),
        ("나래벤처스와 한지우 전 다솔전자 대표가 가온랩에 투자했다.", "한지우"),
        ("나래벤처스, 다솔캐피탈 등이 가온랩에 투자했다. 다온대 출신이 세웠다.", "나래벤처스"),
    ],
)
def test_an_investor_stays(text: str, name: str) -> None:
    assert len(without_bystanders(text, [party(text, name)])) == 1


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "가온랩이 나래벤처스에서 9억원을 유치했다. 앞서 가온랩은 다솔캐피탈에서 시드를 받았다.",
            ["나래벤처스"],
        ),
        (
            "Gaonlab took $9M from 나래벤처스, up from a seed. In 2022 it took $1M from 다솔캐피탈.",
            ["나래벤처스"],
        ),
        # Who comes back takes part in this one.
        (
            "가온랩이 나래벤처스에서 9억원을 유치했다. 앞서 시드를 댄 다솔캐피탈도 이번에 또 냈다.",
            ["나래벤처스", "다솔캐피탈"],
        ),
        # The news itself may be of last year.
        (
            "지난해 다솔캐피탈과 나래벤처스가 가온랩에 9억원을 투자했다.",
            ["다솔캐피탈", "나래벤처스"],
        ),
    ],
)
def test_who_paid_for_an_earlier_round(text: str, left: list[str]) -> None:
    names = sorted(("나래벤처스", "다솔캐피탈"), key=text.index)
    assert [p.name for p in without_bystanders(text, [party(text, n) for n in names])] == left


def test_a_name_that_stands_elsewhere_as_investor_stays() -> None:
    text = "나래벤처스에 따르면 가온랩이 30억원을 유치했다. 나래벤처스가 이끌었다."
    found = party(text, "나래벤처스")
    second = text.rindex("나래벤처스")
    found.mentions.append(Mention(second, second + 5, 0, dict(found.first.scores)))
    assert without_bystanders(text, [found]) == [found]
