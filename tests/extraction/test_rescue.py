"""Companies that the reader missed, or took for investors, among others that it found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from marked_briefs import reader_of_marks

from tracker.records import ExtractedBrief

Read = Callable[..., ExtractedBrief]


@pytest.fixture(scope="module")
def read_as_marked() -> Read:
    return reader_of_marks()


@pytest.mark.parametrize(
    ("marked", "companies"),
    [
        # Read as an investor, though it stands just as the company before it does.
        (
            "[[c:가온랩]]은 [[a=20000000000 KRW:200억원]], [[i:보람큐브]]는 90억원. 둘 다 시드다.",
            ["가온랩", "보람큐브"],
        ),
        (
            "포장재 [[c:가온랩]], [[s=series_b:시리즈B]] [[a=20000000000 KRW:200억]] / "
            "모발 재생 [[i:보람큐브]], 시리즈B 90억",
            ["가온랩", "보람큐브"],
        ),
        # Numbered items: "② 원…" is not two won.
        (
            "① [[c1:가온랩]] [[a1=1000000000 KRW:10억원]] ② [[c2:원더랩]] [[a2=2000000000 KRW:20억원]]",
            ["가온랩", "원더랩"],
        ),
    ],
)
def test_a_row_of_companies(read_as_marked: Read, marked: str, companies: list[str]) -> None:
    assert [r.company for r in read_as_marked(marked).rounds] == companies


@pytest.mark.parametrize(
    "marked",
    [
        # Who paid what is told of the one company.
        "[[c:가온랩]]은 [[a=3000000000 KRW:30억원]]을 유치했다. [[i:보람캐피탈]]이 20억원을 냈다.",
        "[[c:가온랩]] [[a=3000000000 KRW:30억원]] 유치. [[i:보람캐피탈]]과 [[i:나래벤처스]] 참여.",
        "[[c:Lumo]] raised [[a=30000000 USD:$30M]] at a $90 million valuation, [[i:Foo Capital]] said.",
    ],
)
def test_an_investor_stays_one(read_as_marked: Read, marked: str) -> None:
    (told,) = read_as_marked(marked).rounds
    assert told.company in ("가온랩", "Lumo")
    assert told.investors
