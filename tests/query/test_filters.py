"""The words of options → a filter, or one line that says what would be right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tracker.errors import BadValue
from tracker.query import RoundFilter, make_filter
from tracker.query.filters import Choice

TODAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, RoundFilter()),
        ({"since": "30d"}, RoundFilter(since=date(2026, 1, 2))),
        ({"since": "2025-12-31", "until": "7d"}, RoundFilter(since=date(2025, 12, 31), until=date(2026, 1, 25))),
        ({"stage": "시리즈 A"}, RoundFilter(stages=Choice(("series_a",)))),
        ({"stage": ["seed", "Series B", "seed"]}, RoundFilter(stages=Choice(("seed", "series_b")))),
        ({"company": "㈜ 감자 마켓"}, RoundFilter(companies=Choice(("감자마켓",)))),
        ({"lead": "KB 인베스트먼트"}, RoundFilter(leads=Choice(("kb인베스트먼트",)))),
        ({"min_amount": "50억"}, RoundFilter(min_amount=5_000_000_000, currencies=Choice(("KRW",)))),
        ({"min_amount": "$5M"}, RoundFilter(min_amount=5_000_000, currencies=Choice(("USD",)))),
        ({"max_amount": "5000000 USD"}, RoundFilter(max_amount=5_000_000, currencies=Choice(("USD",)))),
        ({"max_amount": "1,000", "currency": "eur"}, RoundFilter(max_amount=1000, currencies=Choice(("EUR",)))),
        ({"min_amount": 5, "currency": "KRW"}, RoundFilter(min_amount=5, currencies=Choice(("KRW",)))),
        ({"limit": 0}, RoundFilter(limit=None)),
        ({"stage": "!seed"}, RoundFilter(stages=Choice((), ("seed",)))),
        ({"stage": ["series_a,시리즈 B", "! seed"]}, RoundFilter(stages=Choice(("series_a", "series_b"), ("seed",)))),
        ({"sector": ["핀테크", "!AI"]}, RoundFilter(sectors=Choice(("fintech",), ("ai",)))),
        ({"investor": ["알토스", "!Pine, Capital"]}, RoundFilter(investors=Choice(("알토스",), ("pinecapital",)))),
        ({"currency": "usd,krw"}, RoundFilter(currencies=Choice(("USD", "KRW")))),
        ({"currency": "usd,krw", "min_amount": "$5M"}, RoundFilter(min_amount=5_000_000, currencies=Choice(("USD",)))),
        ({"currency": "!usd", "min_amount": "50억"}, RoundFilter(min_amount=5_000_000_000, currencies=Choice(("KRW",)))),
        ({"country": ["kr", "!US"]}, RoundFilter(countries=Choice(("KR",), ("US",)))),
        ({"min_confidence": "80%"}, RoundFilter(min_confidence=0.8)),
        ({"min_confidence": 0.8, "unreviewed": True}, RoundFilter(min_confidence=0.8, unreviewed=True)),
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
        ({"currency": "WON"}, "not a currency code; did you mean KRW?"),
        ({"currency": "원"}, "did you mean KRW?"),
        ({"currency": "KWR"}, "did you mean KRW"),
        ({"currency": "dollar"}, "did you mean USD"),
        ({"currency": "qqqq"}, "known are KRW"),
        ({"sort": "colour"}, "choose from date"),
        ({"limit": -1}, "--limit -1"),
        ({"sort": "dates"}, "did you mean date"),
        ({"stage": "!sereis_b"}, "did you mean series_b"),
        ({"sector": "fintec"}, "did you mean fintech"),
        ({"sector": "qqqq"}, "known are ai"),
        ({"sector": "!"}, "no such sector"),
        ({"investor": "!"}, "holds no name"),
        ({"country": "Korea"}, "two letters"),
        ({"min_confidence": "sure"}, "from 0 to 1"),
        ({"min_confidence": "nan"}, "from 0 to 1"),
        ({"min_confidence": "1.5"}, "from 0 to 1"),
        ({"currency": "!usd", "min_amount": "$5M"}, "none of the currencies"),
        ({"currency": ["usd", "eur"], "min_amount": "5000"}, "in which currency"),
        ({"stage": ["seed"] * 201}, "more than 200"),
    ],
)
def test_refuse(options: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadValue, match=reason):
        make_filter(**options, today=TODAY)
