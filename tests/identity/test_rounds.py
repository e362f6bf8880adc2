"""Which reports are one round, and what the round then holds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.identity import merge_reports
from tracker.identity.rounds import same_round
from tracker.records import Report

DAY = date(2026, 1, 10)
EOK = 100_000_000


def report(id: int = 1, days: int = 0, **values: Any) -> Report:
    issued = DAY + timedelta(days=days)
    if "amount" in values:
        values.setdefault("currency", "KRW")
    base: dict[str, Any] = {
        "id": id,
        "brief_id": id,
        "round_id": None,
        "order": (issued.isoformat(), f"{id:04}", 0, 0),
        "issued_on": issued,
    }
    return Report(**(base | values))


A60 = {"stage": "series_a", "amount": 60 * EOK}
PAIRS: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    (A60, A60, True),
    (A60, {}, True),
    (A60, {"stage": "series_a"}, True),
    (A60, {"amount": 60 * EOK}, True),
    (A60, {"stage": "series_b", "amount": 60 * EOK}, False),
    (A60, {"stage": "pre_series_a"}, False),
    (A60, {"stage": "series_a", "amount": 65 * EOK}, True),
    (A60, {"stage": "series_a", "amount": 80 * EOK}, False),
    (A60, {"amount": 65 * EOK}, False),
    (A60, {"stage": "series_a", "amount": 60 * EOK, "currency": "USD"}, False),
    (A60, A60 | {"extension": True, "days": 14}, True),
    (A60, A60 | {"extension": True, "days": 15}, False),
    (A60, {"stage": "series_a", "amount": 62 * EOK, "extension": True}, False),
    (A60, {"stage": "series_a", "extension": True}, False),
    ({}, {"stage": "series_a", "extension": True}, True),
    (A60, {"stage": "corporate_round", "amount": 60 * EOK}, True),
    (A60, {"stage": "corporate_round"}, False),
    (A60, {"stage": "pre_series_b", "amount": 60 * EOK}, False),
    (A60, A60 | {"days": 45}, True),
    (A60, A60 | {"days": 46}, False),
    (A60, A60 | {"days": 60, "announced_on": DAY}, True),
    (A60, A60 | {"issued_on": None}, True),
    (A60, A60 | {"brief_id": 1}, False),
]


@pytest.mark.parametrize(("a", "b", "same"), PAIRS)
def test_same_round(a: dict[str, Any], b: dict[str, Any], same: bool) -> None:
    first, second = report(1, **a), report(2, **b)
    assert (same_round(first, second), same_round(second, first)) == (same, same)


def test_a_vague_report_ties_no_two_rounds_together() -> None:
    merged = merge_reports(
        [report(1), report(2, stage="series_a"), report(3, stage="series_b"), report(4)]
    )
    assert [m.reports for m in merged] == [(1, 2, 4), (3,)]


def test_a_report_joins_the_round_it_agrees_with() -> None:
    merged = merge_reports(
        [
            report(1, stage="seed", amount=5 * EOK),
            report(2, stage="series_a", amount=60 * EOK),
            report(3, amount=60 * EOK),
        ]
    )
    assert [m.reports for m in merged] == [(1,), (2, 3)]


def test_field_by_field_the_fullest_then_the_surest_then_the_earliest() -> None:
    (merged,) = merge_reports(
        [
            report(1, stage="series_a", amount=60 * EOK, confidence=0.8),
            report(2, days=1, stage="series_a", amount=65 * EOK, confidence=0.9),
            report(3, days=2, valuation=500 * EOK, valuation_currency="KRW", confidence=0.99),
            report(4, days=3, stage="series_a", amount=65 * EOK, confidence=0.9, stage_raw="후자"),
        ]
    )
    assert merged.reports == (1, 2, 3, 4)
    assert merged.values["amount"] == 65 * EOK
    assert merged.values["stage_raw"] is None, "of two equals the earlier speaks"
    assert (merged.values["valuation"], merged.values["valuation_currency"]) == (500 * EOK, "KRW")
    assert merged.values["confidence"] == 0.99


def test_extension_and_date() -> None:
    (merged,) = merge_reports([report(1, days=3, **A60), report(2, days=1, extension=True, **A60)])
    assert merged.values["extension"] is True
    assert merged.values["announced_on"] == DAY + timedelta(days=1)
    (stated,) = merge_reports([report(1), report(2, announced_on=DAY - timedelta(days=4))])
    assert stated.values["announced_on"] == DAY - timedelta(days=4)


def test_ids_stay_with_the_first_claimant() -> None:
    merged = merge_reports(
        [
            report(1, stage="series_a", round_id=8),
            report(2, stage="series_a", round_id=5),
            report(3, stage="series_b", round_id=8),
            report(4, stage="seed"),
        ]
    )
    assert [m.id for m in merged] == [5, 8, None]


values = st.fixed_dictionaries(
    {
        "days": st.integers(0, 90),
        "stage": st.sampled_from([None, "seed", "series_a"]),
        "extension": st.booleans(),
        "confidence": st.sampled_from([0.5, 0.9]),
    },
    optional={"amount": st.sampled_from([50 * EOK, 54 * EOK, 60 * EOK])},
)


@given(st.lists(values, max_size=8), st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(told: list[dict[str, Any]], dice: random.Random) -> None:
    reports = [report(i, **t) for i, t in enumerate(told)]
    shuffled = list(reports)
    dice.shuffle(shuffled)
    expected = merge_reports(reports)
    assert merge_reports(shuffled) == expected
    # Doing it again over its own result changes nothing.
    ids = {r: n for n, merged in enumerate(expected, 1) for r in merged.reports}
    again = merge_reports([replace(r, round_id=ids[r.id]) for r in shuffled])
    assert [(m.reports, m.values) for m in again] == [(m.reports, m.values) for m in expected]
    assert [m.id for m in again] == list(range(1, len(again) + 1))
