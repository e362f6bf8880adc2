"""What a person types → what a statement holds, and back."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.corrections.values import Wanted, field_name, in_words, read_leads, read_wanted
from tracker.errors import BadValue


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"amount": "65억"}, {"amount": [6_500_000_000, "KRW"]}),
        ({"amount": "7000000"}, {"amount": [7_000_000, "USD"]}),
        ({"total": "$5M"}, {"total_raised": [5_000_000, "USD"]}),
        ({"stage": "시리즈A 브릿지"}, {"stage": ["series_a", "시리즈A 브릿지"], "extension": True}),
        ({"stage": "seed", "extension": False}, {"stage": ["seed", "seed"], "extension": False}),
        ({"investors": "가벤처스*, 나 캐피탈; 가벤처스"},
         {"investors": [["가벤처스", True], ["나 캐피탈", False]]}),
        ({"date": "2026-01-31"}, {"announced_on": "2026-01-31"}),
        ({"date": "2026년 1월 31일"}, {"announced_on": "2026-01-31"}),
        ({"clear": ["valuation", "lead"]}, {"valuation": None, "investors": []}),
    ],
)  # fmt: skip
def test_read(wanted: dict[str, Any], said: dict[str, Any]) -> None:
    assert read_wanted(Wanted(**wanted), {"amount": "USD"}) == said


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"amount": "65억원어치"}, "--amount"),
        ({"valuation": "7000000"}, "in which currency"),
        ({"stage": "seris a"}, "did you mean"),
        ({"date": "yesterday"}, "--date"),
        ({"investors": " , "}, "--clear investors"),
        ({"company": "''"}, "holds no name"),
        ({"clear": ["company"]}, "a round has a company"),
        ({"clear": ["amont"]}, "did you mean amount"),
        ({"clear": ["amount"], "amount": "5억"}, "is given a value as well"),
    ],
)
def test_refuse(wanted: dict[str, Any], told: str) -> None:
    with pytest.raises(BadValue, match=told):
        read_wanted(Wanted(**wanted))


def test_leads_are_those_named() -> None:
    investors = [["가벤처스", True], ["나 캐피탈", False]]
    assert read_leads("나캐피탈, 다", investors) == [
        ["가벤처스", False],
        ["나 캐피탈", True],
        ["다", True],
    ]


@given(st.text(max_size=20))
def test_any_field_name_is_known_or_refused(text: str) -> None:
    with contextlib.suppress(BadValue):
        assert field_name(text)


def test_in_words() -> None:
    said = {"amount": [6_500_000_000, "KRW"], "stage": ["series_a", None], "extension": True,
            "investors": [["가", True], ["나", False]], "valuation": None}  # fmt: skip
    assert {name: in_words(name, one) for name, one in said.items()} == {
        "amount": "65억원",
        "stage": "Series A",
        "extension": "yes",
        "investors": "가*, 나",
        "valuation": "-",
    }
