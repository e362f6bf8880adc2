"""The words of options → a filter, or one line that says what would be right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tracker.errors import BadValue
from tracker.query import RoundFilter, make_filter

TODAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, RoundFilter()),
        ({"since": "30d"}, RoundFilter(since=date(2026, 1, 2))),
        ({"since": "2025-12-31", "until": "7d"}, RoundFilter(since=date(2025, 12, 31), until=date(2026, 1, 25))),
        ({"stage": "시리즈 A"}, RoundFilter(stages=("series_a",))),
        ({"stage": ["seed", "Series B", "seed"]}, RoundFilter(stages=("seed", "series_b"))),
        ({"company": "㈜ 감자 마켓"}, RoundFilter(company="감자마켓")),
        ({"lead": "KB 인베스트먼트"}, RoundFilter(lead="kb인베스트먼트")),
        ({"min_amount": "50억"}, RoundFilter(min_amount=5_000_000_000, currency="KRW")),
        ({"min_amount": "$5M"}, RoundFilter(min_amount=5_000_000, currency="USD")),
        ({"max_amount": "5000000 USD"}, RoundFilter(max_amount=5_000_000, currency="USD")),
        ({"max_amount": "1,000", "currency": "eur"}, RoundFilter(max_amount=1000, currency="EUR")),
        ({"min_amount": 5, "currency": "KRW"}, RoundFilter(min_amount=5, currency="KRW")),
        ({"limit": 0}, RoundFilter(limit=None)),
    ],
)  # fmt: skip
def test_read(options: dict[str, Any], expected: RoundFilter) -> None:
    assert make_filter(**options, today=TODAY) == expected


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"since": "yesterday"}, "--since: not a date"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "--since is later"),
        ({"stage": "sereis_b"}, "did you mean series_b"),
        ({"stage": "투자"}, "known are angel"),
        ({"company": "  "}, "holds no name"),
        ({"min_amount": "5000000"}, "in which currency"),
        ({"min_amount": "많이"}, "not an amount"),
        ({"min_amount": "수십억원"}, "not an amount"),
        ({"min_amount": "50억", "currency": "USD"}, "is in KRW, not in USD"),
        ({"min_amount": "50억", "max_amount": "$5M"}, "is in USD, not in KRW"),
        ({"min_amount": "50억", "max_amount": "5억"}, "larger than"),
        ({"min_amount": "9" * 30, "currency": "KRW"}, "larger than any"),
        ({"currency": "WON"}, "not a currency code"),
        ({"sort": "colour"}, "choose from date"),
        ({"limit": -1}, "--limit -1"),
    ],
)
def test_refuse(options: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadValue, match=reason):
        make_filter(**options, today=TODAY)
