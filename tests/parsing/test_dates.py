"""Dates in news, seen from the day of the issue."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.errors import BadValue
from tracker.parsing.dates import find_date, parse_since

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "found", "words"),
    [
        ("유치했다고 1일 밝혔다", date(2026, 3, 1), "1일"),
        ("유치했다고 27일 밝혔다", date(2026, 2, 27), "27일"),
        ("2월 20일 라운드를 마쳤다", date(2026, 2, 20), "2월 20일"),
        ("2026년 2월 3일 발표", date(2026, 2, 3), "2026년 2월 3일"),
        ("2026. 2. 3. 발표", date(2026, 2, 3), "2026. 2. 3"),
        ("said on Feb. 17 that", date(2026, 2, 17), "Feb. 17"),
        ("on 17 February 2026", date(2026, 2, 17), "17 February 2026"),
        ("15일(현지시간) 보도", date(2026, 2, 15), "15일"),
    ],
)
def test_date(text: str, found: date, words: str) -> None:
    got = find_date(text, DAY)
    assert got is not None
    assert got[0] == found
    assert text[got[1].start : got[1].end] == words


@pytest.mark.parametrize(
    "text",
    [
        "지난 2024년 5월 3일 설립",
        "앞으로 3일 동안",
        "60억원",
        "30 days",
        "2월 31일",
        "오는 2026년 5월 1일",
    ],
)
def test_no_announcement_date(text: str) -> None:
    assert find_date(text, DAY) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("7d", date(2026, 2, 23)),
        ("4w", date(2026, 2, 2)),
        ("6m", date(2025, 9, 2)),
        ("1y", date(2025, 3, 2)),
        ("1M", date(2026, 2, 2)),
    ],
)
def test_since(text: str, expected: date) -> None:
    assert parse_since(text, DAY) == expected


def test_since_at_the_end_of_a_longer_month() -> None:
    assert parse_since("1m", date(2026, 3, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "7", "", "7h"])
def test_since_refuses(text: str) -> None:
    with pytest.raises(BadValue):
        parse_since(text, DAY)
