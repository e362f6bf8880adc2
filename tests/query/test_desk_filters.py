"""Sectors, countries, several values, negation, confidence, and what a person has looked at."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from conftest import Desk, Places

from tracker.query import make_filter
from tracker.query.grouping import GROUPS, of_each, sectors_of
from tracker.query.listing import count_rounds, list_rounds, wider
from tracker.query.sectors import count_sectors, renew_sectors

LETTERS = {
    "a.txt": (
        "월요레터 | 1 | 2026-01-05",
        "수중로봇 | 시드 | 5억원 | 알토스벤처스*",
        "두부공장 | 시리즈A | 50억원 | 알토스벤처스, Pine Capital*",
        "Quantum Loop | Series A | $5M | Pine Capital",
    ),
    "b.txt": (
        "Daily Seed | 2 | 2026-02-09",
        "두부공장 | 시리즈B | 150억원 | 바다캐피탈",
        "로봇핀테크 | | | ",
        "말없는회사 | 시드 | 3억원 | 개울벤처스",
    ),
}


@pytest.fixture
def archive(desk: Desk) -> Desk:
    for name, (head, *briefs) in LETTERS.items():
        desk.write(name, head, *briefs)
    desk.ingest()
    return desk


def companies(desk: Desk, **options: Any) -> list[str]:
    asked = make_filter(**options, sort="id", today=date(2026, 3, 1))
    with desk.open(read_only=True) as store, store.reading() as connection:
        rows = [row.company for row in list_rounds(connection, asked)]
        assert count_rounds(connection, asked) == len(rows)
    return rows


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"sector": "robotics"}, ["수중로봇", "로봇핀테크"]),
        ({"sector": "로봇"}, ["수중로봇", "로봇핀테크"]),
        ({"sector": ["robotics", "!fintech"]}, ["수중로봇"]),
        ({"sector": ["fintech", "quantum"]}, ["Quantum Loop", "로봇핀테크"]),
        ({"sector": "food_agri"}, ["두부공장", "두부공장"]),
        ({"sector": "!robotics,!food_agri"}, ["Quantum Loop", "말없는회사"]),
        ({"sector": "legal"}, []),
        ({"country": "KR"}, ["수중로봇", "두부공장"]),
        ({"country": "!KR", "stage": "series_a"}, ["Quantum Loop"]),
        ({"country": "DE"}, []),
        ({"stage": "!seed"}, ["두부공장", "Quantum Loop", "두부공장", "로봇핀테크"]),
        ({"stage": ["seed,series_b"]}, ["수중로봇", "두부공장", "말없는회사"]),
        ({"currency": "!KRW"}, ["Quantum Loop", "로봇핀테크"]),
        ({"investor": ["알토스", "바다"]}, ["수중로봇", "두부공장", "두부공장"]),
        ({"investor": ["알토스", "!pine"]}, ["수중로봇"]),
        ({"investor": "!알토스", "stage": "시드"}, ["말없는회사"]),
        ({"lead": "!알토스", "investor": "알토스"}, ["두부공장"]),
        ({"company": ["두부", "quantum"]}, ["두부공장", "Quantum Loop", "두부공장"]),
        ({"company": "!두부", "since": "2026-02-01"}, ["로봇핀테크", "말없는회사"]),
        ({"source": "!월요"}, ["두부공장", "로봇핀테크", "말없는회사"]),
        ({"min_confidence": 0.95}, []),
        ({"min_confidence": "90%"}, ["수중로봇", "두부공장", "Quantum Loop", "두부공장", "로봇핀테크", "말없는회사"]),
    ],
)  # fmt: skip
def test_filters(archive: Desk, options: dict[str, Any], expected: list[str]) -> None:
    assert sorted(companies(archive, **options)) == sorted(expected)


def test_sectors_do_not_depend_on_the_order_of_letters(places: Places) -> None:
    """Also when a company turns out to be one under two names."""
    letters = {
        "1.txt": ("갑 | 1 | 2026-01-01", "물결로봇 | 시드 | 5억원 | 을"),
        "2.txt": ("갑 | 2 | 2026-01-02", "Wave Quantum | 시리즈A | 9억원 | 을"),
        "3.txt": ("갑 | 3 | 2026-01-03", "물결로봇(Wave Quantum) | 시리즈B | 30억원 | 을"),
    }
    found = set()
    for order in permutations(letters):
        desk = places.desk()
        for name in order:
            head, *briefs = letters[name]
            desk.ingest(desk.write(name, head, *briefs))
        with desk.open(read_only=True) as store, store.reading() as connection:
            rows = list(list_rounds(connection, make_filter(sort="date")))
            told = sectors_of(connection, [row.id for row in rows])
            found.add(tuple((row.stage, tuple(sorted(told[row.id]))) for row in rows))
    assert found == {
        tuple((stage, ("quantum", "robotics")) for stage in ("series_b", "series_a", "seed"))
    }


def test_sectors_are_counted_and_renewed(archive: Desk) -> None:
    with archive.open() as store:
        with store.reading() as connection:
            before = count_sectors(connection)
        archive.execute(
            "delete from report_sector", "insert into report_sector values (1, 'legal')"
        )
        with store.changing() as connection:
            assert renew_sectors(connection) == 6
        with store.reading() as connection:
            assert count_sectors(connection) == before
    counted = {sector.code: sector.companies for sector in before}
    assert (counted["robotics"], counted["food_agri"], counted["legal"]) == (2, 1, 0)


def test_a_report_that_goes_takes_its_sectors_along(archive: Desk) -> None:
    if "://" in archive.db:
        archive.execute("delete from participation", "delete from mention", "delete from report")
        assert archive.rows("select count(*) from report_sector") == [(0,)]


def test_what_a_person_has_looked_at(archive: Desk) -> None:
    assert len(companies(archive, unreviewed=True)) == 6
    key = archive.rows(
        "select i.fingerprint, b.position, r.ordinal from report r join brief b on b.id = r.brief_id"
        " join issue i on i.id = b.issue_id where r.company_name = '수중로봇'"
    )[0]
    archive.execute(
        "create table if not exists report_mark (id integer, report_key text, mark text, who text,"
        " at timestamp)",
        f"insert into report_mark (id, report_key, mark, who, at) values (1, '{':'.join(map(str, key))}',"
        " 'accepted', 'me', '2026-01-01 00:00:00')",
    )
    assert sorted(companies(archive, unreviewed=True)) == [
        "Quantum Loop", "두부공장", "두부공장", "로봇핀테크", "말없는회사",
    ]  # fmt: skip


def test_what_would_widen(archive: Desk) -> None:
    asked = make_filter(sector="legal", country="KR", min_confidence=0.99)
    with archive.open(read_only=True) as store, store.reading() as connection:
        assert wider(connection, asked) == []
        asked = make_filter(sector="legal", stage="!seed")
        assert wider(connection, asked) == [("--sector", 4)]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("month", {"2026-01": 3, "2026-02": 3}),
        ("quarter", {"2026-Q1": 6}),
        ("stage", {"seed": 2, "series_a": 2, "series_b": 1, None: 1}),
        ("currency", {"KRW": 4, "USD": 1, None: 1}),
        ("sector", {"food_agri": 2, "robotics": 2, "fintech": 1, "quantum": 1, None: 1}),
        ("investor", {"Pine Capital": 2, "알토스벤처스": 2, "개울벤처스": 1, "바다캐피탈": 1, None: 1}),
        ("newsletter", {"Daily Seed": 3, "월요레터": 3}),
    ],
)  # fmt: skip
def test_groups(archive: Desk, by: str, groups: dict[str | None, int]) -> None:
    with archive.open(read_only=True) as store, store.reading() as connection:
        pairs = of_each(connection, by, list(list_rounds(connection, make_filter())))
    counted: dict[str | None, int] = {}
    for key, _ in pairs:
        counted[key] = counted.get(key, 0) + 1
    assert list(counted.items()) == list(groups.items())
    assert by in GROUPS
