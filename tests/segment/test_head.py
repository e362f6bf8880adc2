"""What a letter says of itself."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.records import Issue
from tracker.segment import read_head
from tracker.segment.mastheads import find_day, find_number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025. 12. 19. | Vol. 25-47", date(2025, 12, 19)),
        ("2026-01-16", date(2026, 1, 16)),
        ("2026.1.6", date(2026, 1, 6)),
        ("2026/10/02", date(2026, 10, 2)),
        ("2026년 10월 2일 금요일", date(2026, 10, 2)),
        ("Dec 19, 2025", date(2025, 12, 19)),
        ("Friday, December 19th, 2025", date(2025, 12, 19)),
        ("19 Dec 2025", date(2025, 12, 19)),
        ("25.12.19(금)", date(2025, 12, 19)),
        ("'25. 12. 19", date(2025, 12, 19)),
        ("20251219", date(2025, 12, 19)),
        ("2025. 13. 45.", None),
        ("11월 24일: 트렌드쇼", None),
        ("Vol. 25-47", None),
        ("3.12.19 버전", None),
        ("010-2025-12-19000", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert find_day(text) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Vol. 25-47", "25-47"),
        ("스타트업 레이더 Vol.38", "38"),
        ("VOLUME 7", "7"),
        ("제123호", "123"),
        ("숫자한줌 31호: 내림", "31"),
        ("Issue #64", "64"),
        ("ISSUE 12", "12"),
        ("위클리 모어 #64", "64"),
        ("No. 5", "5"),
        ("서른 번째, 30번째 편지", "30"),
        ("3호선 타고", None),
        ("🏛 Issue 1. 트럼프의 선언", None),
        ("#스타트업", None),
        ("No pain", None),
    ],
)
def test_numbers(text: str, number: str | None) -> None:
    assert find_number(text) == number


def head(text: str, **known: object) -> Issue:
    return read_head(Issue(text, **{"source": "a.txt", **known}))  # type: ignore[arg-type]


def test_the_letters_own_day_comes_first_then_metadata_then_the_file() -> None:
    text = "편지 | 2026. 10. 02.\n\n글."
    assert head(text, issued_on=date(2026, 10, 3), source="2020-01-01.txt").issued_on == date(
        2026, 10, 2
    )
    assert head("글.", issued_on=date(2026, 10, 3), source="2020-01-01.txt").issued_on == date(
        2026, 10, 3
    )
    assert head("글.", source="/x/letter_20201127.eml").issued_on == date(2020, 11, 27)
    assert head("글.", source="/2020-01-01/letter.txt").issued_on is None
    assert head("글.", source="call-010-20201399.txt").issued_on is None


def test_an_event_announced_on_top_is_not_the_letters_day() -> None:
    text = "[행사] 2026. 11. 20. 데모데이\n\n글."
    assert head(text, issued_on=date(2026, 10, 3)).issued_on == date(2026, 10, 3)


def test_days_in_sentences_do_not_count() -> None:
    assert head("가온은 2021년 3월 2일 세워져 시리즈A 30억원을 유치했다.\n\n글.").issued_on is None


@pytest.mark.parametrize(
    ("text", "known", "name", "number", "title"),
    [
        (
            "2022. 11. 04. | 스타트업 레이더 Vol. 38 | 📬구독하기 |",
            {},
            "스타트업 레이더",
            "38",
            "스타트업 레이더 Vol. 38",
        ),
        ("벤처 석간 | 2020년 11월 27일 금요일\n\n글이다.", {}, "벤처 석간", None, "벤처 석간"),
        (
            "THE LEDGER | Issue #19 | November 12, 2026",
            {},
            "THE LEDGER",
            "19",
            "THE LEDGER Issue #19",
        ),
        (
            "웹에서 보기 · 2023년 12월 18일 월요일",
            {"title": "[월요일의돈] 연말"},
            "월요일의돈",
            None,
            "[월요일의돈] 연말",
        ),
        (
            "글이다.",
            {"title": "빨래와 위성 — 위클리 모어 #64"},
            "위클리 모어",
            "64",
            "빨래와 위성 — 위클리 모어 #64",
        ),
        ("글이다.", {"newsletter": "숫자 9호: 잴 수 있는 것"}, "숫자", None, None),
        ("글이다.\n\n시들링 뉴스레터를 구독하고 싶다면", {}, "시들링", None, None),
        ("안녕하세요, 파운더스 노트입니다. 글이다.", {}, "파운더스 노트", None, None),
        ("글이다.\n\n월요일의돈 · money@example.invalid", {}, "월요일의돈", None, None),
        ("글이다.\n\n© 2026 Kettle News. All rights reserved", {}, "Kettle News", None, None),
        (
            "Hello.\n\nYou received this because you subscribed to The Ledger.",
            {},
            "The Ledger",
            None,
            None,
        ),
        ("글이다.", {"title": "[광고] 세금"}, None, None, "[광고] 세금"),
        ("# 느린 회사의 쓸모\n\n글이다.", {}, None, None, "느린 회사의 쓸모"),
    ],
)
def test_names_numbers_titles(
    text: str, known: dict[str, object], name: str | None, number: str | None, title: str | None
) -> None:
    issue = head(text, **known)
    assert (issue.newsletter, issue.number) == (name, number)
    if title is not None:
        assert issue.title == title


def test_text_is_unchanged() -> None:
    text = "2026. 10. 02. | 편지 Vol. 3\n\n글."
    assert head(text).text == text
