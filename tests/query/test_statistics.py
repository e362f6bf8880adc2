"""Counts and sums: undisclosed never zero, currencies never mixed, conversions dated."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from conftest import Desk, Places
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.query import make_filter
from tracker.query.statistics import Conversion, Tally, statistics
from tracker.rates import load_rates

RATES = """Date,USD,KRW,
2026-01-02,1.25,1500,
2026-01-05,1.20,1600,
"""
LETTER = (
    "레터 | 1 | 2026-01-02",
    "가나 | 시드 | 15억원 | 갑*, 을",
    "다라 | 시드 | $5M | 을",
    "마바 | 시드 | | 갑",
    "사아 | 시리즈A | 45억원 | 갑",
    "자차 | 시리즈A | 30억원 | ",
)


@pytest.fixture
def archive(desk: Desk) -> Desk:
    head, *briefs = LETTER
    desk.ingest(desk.write("a.txt", head, *briefs))
    # A Sunday: the rate of the Friday before counts.
    desk.ingest(desk.write("b.txt", "소식 | 2 | 2026-01-04", "카타 | 시리즈B | $8M | 병*"))
    desk.ingest(desk.write("c.txt", "소식 | 3 | 2025-12-01", "파하 | 시리즈B | $9M | 병*"))
    return desk


def ask(
    desk: Desk, by: str | None = None, into: Conversion | None = None, **options: Any
) -> list[Tally]:
    with desk.open(read_only=True) as store, store.reading() as connection:
        return statistics(connection, make_filter(**options), by, into)


def conversion(folder: Path, currency: str) -> Conversion:
    file = folder / "rates.csv"
    file.write_text(RATES, encoding="utf-8")
    return Conversion(load_rates(file), currency)


def test_all_together(archive: Desk) -> None:
    (tally,) = ask(archive)
    assert (tally.rounds, tally.undisclosed, tally.unconverted) == (7, 1, 0)
    won, dollars = tally.sums["KRW"], tally.sums["USD"]
    assert (len(won.amounts), won.total, won.median, won.largest) == (
        3,
        9 * 10**9,
        3 * 10**9,
        45 * 10**8,
    )
    assert (dollars.total, dollars.median, dollars.rates_to) == (22_000_000, 8_000_000, None)
    assert set(tally.sums) == {"KRW", "USD"}


def test_filters_count(archive: Desk) -> None:
    assert ask(archive, company="nobody") == []
    (tally,) = ask(archive, stage="seed", currency="!USD")
    assert (tally.rounds, tally.undisclosed) == (2, 1)


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("stage", [("seed", 3), ("series_a", 2), ("series_b", 2)]),
        ("month", [("2025-12", 1), ("2026-01", 6)]),
        ("quarter", [("2025-Q4", 1), ("2026-Q1", 6)]),
        ("investor", [("갑", 3), ("병", 2), ("을", 2), (None, 1)]),
        ("currency", [("KRW", 3), ("USD", 3), (None, 1)]),
        ("newsletter", [("레터", 5), ("소식", 2)]),
        ("sector", [(None, 7)]),
    ],
)
def test_groups(archive: Desk, by: str, groups: list[tuple[str | None, int]]) -> None:
    assert [(tally.key, tally.rounds) for tally in ask(archive, by)] == groups


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("investor", [("갑", 2), ("을", 2)]),
        ("newsletter", [("레터", 3)]),
        ("sector", [(None, 3)]),
        ("stage", [("seed", 3)]),
    ],
)
def test_groups_of_some(archive: Desk, by: str, groups: list[tuple[str | None, int]]) -> None:
    found = ask(archive, by, stage="seed", since="2026-01-01")
    assert [(tally.key, tally.rounds) for tally in found] == groups


def test_conversion_is_dated(archive: Desk, tmp_path: Path) -> None:
    (tally,) = ask(archive, into=conversion(tmp_path, "KRW"))
    assert list(tally.sums) == ["KRW"]
    sums = tally.sums["KRW"]
    # $5M and $8M at 1,500 / 1.25; what was told before the first rate is counted, not summed.
    assert sums.total == 9 * 10**9 + 13_000_000 * 1200
    assert (sums.rates_from, sums.rates_to) == (date(2026, 1, 2), date(2026, 1, 2))
    assert (tally.rounds, tally.undisclosed, tally.unconverted) == (7, 1, 1)
    assert sums.largest == 8_000_000 * 1200


def test_each_group_converts(archive: Desk, tmp_path: Path) -> None:
    tallies = ask(archive, "stage", conversion(tmp_path, "EUR"))
    assert [(t.key, t.sums["EUR"].total if t.sums else None) for t in tallies] == [
        ("seed", 1_000_000 + 4_000_000),
        ("series_a", 5_000_000),
        ("series_b", 6_400_000),
    ]


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.one_of(st.none(), st.integers(1, 10**15)), min_size=1, max_size=25))
def test_sums_are_those_of_python(places: Places, amounts: list[int | None]) -> None:
    desk = places.desk()
    briefs = [
        f"회사{n}가 | 시드 | {a}원 | 갑" if a else f"회사{n}가 | 시드 | | 갑"
        for n, a in enumerate(amounts)
    ]
    desk.ingest(desk.write("a.txt", "레터 | 1 | 2026-01-02", *briefs))
    (tally,) = ask(desk)
    known = [a for a in amounts if a]
    assert (tally.rounds, tally.undisclosed) == (len(amounts), len(amounts) - len(known))
    if known:
        sums = tally.sums["KRW"]
        assert (sums.total, sums.largest) == (sum(known), max(known))
        assert abs(sums.median - median(map(float, known))) <= 1 + 1e-9 * max(known)
    else:
        assert tally.sums == {}
    places.clear()
