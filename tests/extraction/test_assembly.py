"""From roles to records: the contract's rulings, each with a brief that a perfect reader has read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from marked_briefs import reader_of_marks

from tracker.records import ExtractedBrief

Read = Callable[..., ExtractedBrief]


@pytest.fixture(scope="module")
def read_as_marked() -> Read:
    return reader_of_marks()


def shown(brief: ExtractedBrief) -> list[str]:
    """Each round as one line: company | investors (* leads) | amount currency | stage(+)."""
    return [
        f"{r.company} | {', '.join(i.name + '*' * i.lead for i in r.investors)}"
        f" | {r.amount} {r.currency} | {r.stage}{'+' * r.extension}"
        for r in brief.rounds
    ]


@pytest.mark.parametrize(
    ("marked", "rounds"),
    [
        (
            "🚀 [[c:가온랩]]: 포장재 기업 가온랩이 [[i:나래벤처스]]로부터 [[a=6000000000 KRW:60억원]] 규모의 "
            "[[s=series_a:시리즈A]] 투자를 유치했습니다.",
            ["가온랩 | 나래벤처스 | 6000000000 KRW | series_a"],
        ),
        (
            "[[c:가온랩]](Gaon Lab)은 [[a=13000000 USD:1300만달러]](약 180억원)를 조달했다. "
            "[[l:나래벤처스]]가 이끌고 [[i:다솔캐피탈]]이 함께했다.",
            ["가온랩 | 나래벤처스*, 다솔캐피탈 | 13000000 USD | None"],
        ),
        (
            "▲[[c1:가온랩]] [[a1=1000000000 KRW:10억원]] ▲[[c2:다솔]] [[a2=2000000000 KRW:20억원]]"
            "([[s2=seed:시드]])",
            ["가온랩 |  | 1000000000 KRW | None", "다솔 |  | 2000000000 KRW | seed"],
        ),
        (
            "[[i1,2:나래벤처스]]가 [[c1:가온랩]], [[c2:다솔]] 두 곳에 각각 [[a1,2=1000000000 KRW:10억 원]]을 투자했다.",
            [
                "가온랩 | 나래벤처스 | 1000000000 KRW | None",
                "다솔 | 나래벤처스 | 1000000000 KRW | None",
            ],
        ),
        (
            "[[i1,2:나래벤처스]]가 [[c1:가온랩]]과 [[c2:다솔]]에 모두 30억원을 넣었다.",
            ["가온랩 | 나래벤처스 | None None | None", "다솔 | 나래벤처스 | None None | None"],
        ),
        (
            "[[c1:가온랩]]은 [[i1:나래벤처스]]에서 [[a1=3000000000 KRW:30억원]], "
            "[[c2:다솔]]은 [[i2:보람캐피탈]]에서 [[a2=2000000000 KRW:20억원]]을 유치했다.",
            [
                "가온랩 | 나래벤처스 | 3000000000 KRW | None",
                "다솔 | 보람캐피탈 | 2000000000 KRW | None",
            ],
        ),
        (
            "[[c1:Lumo]] lands [[a1=30000000 USD:$30M]], [[c2:Oxbo]] secures [[a2=18000000 USD:$18M]]",
            ["Lumo |  | 30000000 USD | None", "Oxbo |  | 18000000 USD | None"],
        ),
        (
            "[[c:Nimbly]] bags [[a=12500000 USD:$12.5M]] [[s+x=series_b:Series B extension]] led by [[l:Foo Capital]]",
            ["Nimbly | Foo Capital* | 12500000 USD | series_b+"],
        ),
        (
            "[[c:가온랩]] | [[s=series_a:A]] | [[a=6000000000 KRW:60억]] | [[i:나래벤처스]]",
            ["가온랩 | 나래벤처스 | 6000000000 KRW | series_a"],
        ),
    ],
)
def test_rounds(read_as_marked: Read, marked: str, rounds: list[str]) -> None:
    assert shown(read_as_marked(marked)) == rounds


def test_every_value_has_its_span(read_as_marked: Read) -> None:
    marked = (
        "‘[[c:가온랩]]’(Gaon Lab)이 [[l:나래벤처스]] 주도로 [[a=6000000000 KRW:６０억원]]의 [[s=series_a:시리즈A]]를 "
        "유치, 기업가치 [[v=50000000000 KRW:500억원]], 누적 [[t=9000000000 KRW:90억원]]"
    )
    brief = read_as_marked(marked)
    text = "‘가온랩’(Gaon Lab)이 나래벤처스 주도로 ６０억원의 시리즈A를 유치, 기업가치 500억원, 누적 90억원"
    (found,) = brief.rounds
    words = {name: text[s.start : s.end] for name, s in found.spans.items()}
    assert words == {
        "company": "가온랩",
        "company_alias": "Gaon Lab",
        "amount": "６０억원",
        "stage": "시리즈A",
        "valuation": "500억원",
        "total_raised": "90억원",
    }
    assert (found.valuation, found.total_raised) == (50_000_000_000, 9_000_000_000)
    assert [text[i.span.start : i.span.end] for i in found.investors] == ["나래벤처스"]


def test_no_round_where_the_kind_is_another(read_as_marked: Read) -> None:
    brief = read_as_marked("가온랩이 60억원 투자 유치를 추진 중이다.", "planned")
    assert brief.kind == "planned"
    assert brief.rounds == ()


def test_funding_without_a_company_is_not_a_round(read_as_marked: Read) -> None:
    brief = read_as_marked("한 스타트업이 60억원을 유치했다.", "funding")
    assert brief.kind != "funding"
    assert brief.rounds == ()


@pytest.mark.parametrize(
    ("text", "lang"), [("Acme가 투자를 유치했다", "ko"), ("Acme raises $5M", "en"), ("", "en")]
)
def test_language(read_as_marked: Read, text: str, lang: str) -> None:
    assert read_as_marked(text, "market").lang == lang
