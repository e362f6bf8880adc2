"""Filters against a small database: which rounds, in which order, with what in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from conftest import Desk

from tracker.query import RoundFilter, make_filter
from tracker.query.evidence import count_rows, list_briefs, list_reports
from tracker.query.listing import count_rounds, get_round, list_rounds, wider
from tracker.records import RoundRow, Share


def ask(desk: Desk, **options: Any) -> list[RoundRow]:
    asked = make_filter(**options, today=date(2026, 1, 10))
    with desk.open(read_only=True) as store, store.reading() as connection:
        return list(list_rounds(connection, asked))


def test_a_row_holds_everything(filled: Desk) -> None:
    (row,) = ask(filled, company="감자")
    assert row.company == "감자마켓"
    assert (row.amount, row.currency, row.stage) == (6_000_000_000, "KRW", "series_a")
    assert (row.total_raised, row.total_raised_currency) == (10_000_000_000, "KRW")
    assert row.announced_on == date(2025, 12, 19)
    assert row.investors == (
        Share("알토스벤처스", lead=True),
        Share("바다캐피탈", lead=False),
        Share("들꽃인베스트", lead=False),
    )
    assert [(s.newsletter, s.issue, s.date) for s in row.sources] == [
        ("월요레터", "25-47", date(2025, 12, 19)),
        ("Daily Seed", "12", date(2026, 1, 5)),
    ]
    assert row.sources[1].brief.startswith("Gamja | Series A")


ALL = ["당근모터스", "Lemonade Labs", "토마토페이", "감자마켓"]


@pytest.mark.parametrize(
    ("options", "companies"),
    [
        ({}, ALL),
        ({"since": "2026-01-01"}, ["당근모터스", "Lemonade Labs"]),
        ({"since": "7d"}, ["당근모터스", "Lemonade Labs"]),
        ({"until": "2025-12-31"}, ["토마토페이", "감자마켓"]),
        ({"stage": ["seed", "series_b"]}, ["Lemonade Labs", "토마토페이"]),
        ({"company": "GAM JA"}, ["감자마켓"]),
        ({"company": "감자"}, ["감자마켓"]),
        ({"company": "lemonade"}, ["Lemonade Labs"]),
        ({"company": "%"}, []),
        ({"company": "a%a"}, []),
        ({"company": "'; DROP TABLE round; --"}, []),
        ({"investor": "altos"}, ["감자마켓"]),
        ({"investor": "알토스"}, ["감자마켓"]),
        ({"investor": "들꽃"}, ["감자마켓"]),
        ({"lead": "알토스"}, ["감자마켓"]),
        ({"lead": "들꽃"}, []),
        ({"min_amount": "10억"}, ["감자마켓"]),
        ({"max_amount": "10억"}, ["토마토페이"]),
        ({"min_amount": "60억", "max_amount": "60억"}, ["감자마켓"]),
        ({"min_amount": "$1M"}, ["Lemonade Labs"]),
        ({"currency": "USD"}, ["Lemonade Labs"]),
        ({"source": "daily"}, ["당근모터스", "Lemonade Labs", "감자마켓"]),
        ({"limit": 1}, ALL[:1]),
        ({"sort": "company"}, ["Lemonade Labs", "감자마켓", "당근모터스", "토마토페이"]),
        ({"sort": "amount"}, ["감자마켓", "토마토페이", "Lemonade Labs", "당근모터스"]),
        ({"sort": "stage"}, ["토마토페이", "감자마켓", "Lemonade Labs", "당근모터스"]),
    ],
)
def test_filters(filled: Desk, options: dict[str, Any], companies: list[str]) -> None:
    rows = ask(filled, **options)
    assert [row.company for row in rows] == companies
    asked = make_filter(**options, today=date(2026, 1, 10))
    with filled.open(read_only=True) as store, store.reading() as connection:
        if "limit" not in options:
            assert count_rounds(connection, asked) == len(rows)
        assert [get_round(connection, row.id) for row in rows] == rows
        assert get_round(connection, 10**6) is None


def test_pages_lose_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.query.listing.PAGE", 3)
    desk.write(
        "a.txt",
        "레터 | 1 | 2026-01-02",
        *(f"회사{i} | 시드 | {i + 1}억원 | 갑{i}" for i in range(10)),
    )
    desk.ingest()
    rows = ask(desk, sort="id")
    assert [(r.company, r.investors[0].name) for r in rows] == [
        (f"회사{i}", f"갑{i}") for i in range(10)
    ]


@pytest.mark.parametrize(
    ("options", "hints"),
    [
        ({"company": "감자", "stage": "seed"}, [("--stage", 1), ("--company", 1)]),
        ({"min_amount": "$1B"}, [("--min-amount", 4)]),
        ({"company": "감자", "currency": "USD"}, [("--company", 1), ("--currency", 1)]),
        ({"company": "nobody", "stage": "seed"}, [("--company", 1)]),
        ({"max_amount": "1원"}, [("--max-amount", 4)]),
    ],
)
def test_what_would_widen(
    filled: Desk, options: dict[str, Any], hints: list[tuple[str, int]]
) -> None:
    with filled.open(read_only=True) as store, store.reading() as connection:
        assert wider(connection, make_filter(**options)) == hints


def test_reports_carry_their_evidence(filled: Desk) -> None:
    (row,) = ask(filled, company="감자")
    with filled.open(read_only=True) as store, store.reading() as connection:
        first, second = list_reports(connection, row.id)
    said = {
        name: [first.source.brief[s.start : s.end] for s in spans]
        for name, spans in first.spans.items()
    }
    assert said == {
        "company": ["감자마켓"],
        "company_alias": ["Gamja"],
        "stage": ["시리즈A"],
        "amount": ["60억원"],
        "investors": ["알토스벤처스", "바다캐피탈"],
        "total_raised": ["누적 100억원"],
    }
    assert second.values["company"] == "Gamja"
    assert second.investors == (Share("Altos Ventures", False), Share("들꽃인베스트", False))


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        ({}, ["funding"] * 3 + ["funding", "funding", "planned", "partnership"]),
        ({"kinds": ("planned", "partnership")}, ["planned", "partnership"]),
        ({"since": date(2026, 1, 1)}, ["funding"] * 3),
        ({"issue": "25-47", "limit": 3}, ["funding", "funding", "planned"]),
        ({"issue": "a.txt", "kinds": ("planned",)}, ["planned"]),
        ({"issue": "daily  seed"}, ["funding"] * 3),
        ({"issue": "%"}, []),
    ],
)
def test_briefs(filled: Desk, options: dict[str, Any], kinds: list[str]) -> None:
    with filled.open(read_only=True) as store, store.reading() as connection:
        rows = list(list_briefs(connection, **options))
    assert [row.kind for row in rows] == kinds
    assert all(row.rounds == (row.kind == "funding") for row in rows)


def test_counts(filled: Desk) -> None:
    with filled.open(read_only=True) as store, store.reading() as connection:
        assert count_rows(connection) == {
            "newsletter": 2,
            "issue": 2,
            "brief": 7,
            "company": 4,
            "investor": 5,
            "round": 4,
            "report": 5,
        }
        assert count_rounds(connection, RoundFilter()) == 4
