"""Reviewed briefs as training data: in the contract's format, and true to their texts."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Desk
from persons import edit, round_of, say

from tracker.corrections.gold import LeftOut, gold_briefs
from tracker.corrections.rounds import accept_round, dismiss_round

pytestmark = [
    pytest.mark.usefixtures("known_investors"),
    # Nothing here is particular to an engine; what it builds on is tested on both.
    pytest.mark.parametrize("places", ["sqlite"], indirect=True),
]


def gold(desk: Desk) -> tuple[list[dict[str, Any]], dict[str, int]]:
    left_out = LeftOut()
    with desk.open(read_only=True) as store, store.reading() as connection:
        return list(gold_briefs(connection, left_out)), left_out.counts


def test_nothing_reviewed_is_nothing_written(filled: Desk) -> None:
    assert gold(filled) == ([], {})


def test_a_corrected_brief_has_what_its_text_says(filled: Desk) -> None:
    filled.ingest(
        filled.write("d", "레터 | 9 | 2026-02-02", "고구마 | 시드 | 5억원 | 가벤처스*, 나캐피탈 | 누적 9억원")
    )  # fmt: skip
    number = round_of(filled, "고구마").id
    edit(filled, number, amount="9억", clear=["total"], investors="나캐피탈*")
    ((brief,), left_out) = gold(filled)
    text = brief["text"]
    (record,) = brief["rounds"]
    spans = record.pop("spans")
    assert left_out == {}
    assert (brief["lang"], brief["kind"]) == ("ko", "funding")
    assert record == {
        "company": "고구마",
        "investors": [{"name": "나캐피탈", "lead": True}],
        "amount": 900_000_000,
        "currency": "KRW",
        "stage": "seed",
        "extension": False,
        "valuation": None,
        "valuation_currency": None,
        "total_raised": None,
        "total_raised_currency": None,
    }
    places = {"company": "고구마", "amount": "9억원", "stage": "시드"}
    assert {name: text[slice(*spans[name])] for name in places} == places
    assert [text[slice(*place)] for place in spans["investors"]] == ["나캐피탈"]
    assert set(spans) == {*places, "investors"}


def test_what_a_person_knows_from_elsewhere_is_no_example(filled: Desk) -> None:
    edit(filled, 2, amount="7억")
    edit(filled, round_of(filled, "Lemonade Labs").id, investors="Somebody Else")
    assert gold(filled) == ([], {"what a person said is not in the text": 2})


def test_a_brief_that_tells_no_round_has_its_kind(filled: Desk) -> None:
    say(filled, lambda c: dismiss_round(c, 2, "grant"))
    number = round_of(filled, "당근모터스").id
    say(filled, lambda c: dismiss_round(c, number))
    ((brief,), left_out) = gold(filled)
    assert (brief["kind"], brief["rounds"]) == ("grant", [])
    assert left_out == {"nobody said of what kind the brief is": 1}


def test_all_rounds_of_a_brief_are_reviewed_or_none(filled: Desk) -> None:
    filled.ingest(
        filled.write("d", "레터 | 9 | 2026-02-02", "고구마 | 시드 | 5억원 | 가벤처스 && 밤 | 시드 | 6억원 | 나")
    )  # fmt: skip
    sweet, nut = round_of(filled, "고구마").id, round_of(filled, "밤").id
    say(filled, lambda c: accept_round(c, sweet))
    assert gold(filled) == ([], {"another round of the brief is not reviewed": 1})
    say(filled, lambda c: accept_round(c, nut))
    ((brief,), _) = gold(filled)
    assert [record["company"] for record in brief["rounds"]] == ["고구마", "밤"]
