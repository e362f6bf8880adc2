"""Stage wordings, row by row: text → (code, extension)."""

from __future__ import annotations

import pytest

from tracker.parsing.stages import (
    STAGES,
    find_stages,
    parse_stage,
    read_bare_stage,
    stage_label,
)

ROWS = [
    ("시리즈A", "series_a", False),
    ("시리즈 A 투자", "series_a", False),
    ("시리즈-A", "series_a", False),
    ("시리즈B1", "series_b", False),
    ("시리즈A2", "series_a", True),
    ("시리즈A-2", "series_a", True),
    ("시리즈C+", "series_c", True),
    ("시리즈 A 브릿지", "series_a", True),
    ("시리즈B 브리지", "series_b", True),
    ("시리즈B 추가 투자", "series_b", True),
    ("시리즈B 후속 투자", "series_b", False),
    ("시리즈에이 투자", "series_a", False),
    ("프리 시리즈A", "pre_series_a", False),
    ("프리시리즈A 브릿지", "pre_series_a", True),
    ("프리A", "pre_series_a", False),
    ("프리-A", "pre_series_a", False),
    ("Pre-A", "pre_series_a", False),
    ("프리시리즈E", "pre_series_e", False),
    ("Pre-Series A round", "pre_series_a", False),
    ("시리즈A 100억", "series_a", False),
    ("C라운드", "series_c", False),
    ("시드 투자", "seed", False),
    ("시드투자", "seed", False),
    ("시드 브릿지", "seed", True),
    ("시드+ 라운드", "seed", True),
    ("프리시드", "pre_seed", False),
    ("프리 시드", "pre_seed", False),
    ("pre-seed round", "pre_seed", False),
    ("Seed+ ", "seed", True),
    ("seed extension", "seed", True),
    ("Series A", "series_a", False),
    ("Series-D", "series_d", False),
    ("series B-1", "series_b", False),
    ("Series B-2", "series_b", True),
    ("Series C extension", "series_c", True),
    ("엔젤투자", "angel", False),
    ("Angel funding", "angel", False),
    ("프리IPO", "pre_ipo", False),
    ("Pre-IPO round", "pre_ipo", False),
    ("상장 전 지분투자", "pre_ipo", False),
    ("전략적 투자", "corporate_round", False),
    ("strategic investment", "corporate_round", False),
    ("전환사채", "convertible_note", False),
    ("75억 CB 발행", "convertible_note", False),
    ("SAFE 투자", "convertible_note", False),
    ("convertible note", "convertible_note", False),
    ("벤처대출", "debt_financing", False),
    ("venture debt", "debt_financing", False),
    ("크라우드펀딩", "equity_crowdfunding", False),
    ("구주 매입", "secondary_market", False),
    ("secondary sale", "secondary_market", False),
    ("그로스 라운드", "private_equity", False),
    ("growth equity", "private_equity", False),
]


@pytest.mark.parametrize(("text", "stage", "extension"), ROWS)
def test_stage(text: str, stage: str, extension: bool) -> None:
    assert [(m.stage, m.extension) for m in find_stages(text)] == [(stage, extension)]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("시리즈A·B를 동시에", "series_b"),
        ("시리즈 A와 B", "series_b"),
        ("Series A and B", "series_b"),
    ],
)
def test_of_two_letters_the_later_counts(text: str, stage: str) -> None:
    assert [m.stage for m in find_stages(text)] == [stage]


@pytest.mark.parametrize(
    "text",
    [
        "시리즈 60억",
        "a series of talks",
        "후속 투자",
        "엔젤투자자",
        "angel investor",
        "A round of golf",
        "시드니",
        "",
    ],
)
def test_not_a_stage(text: str) -> None:
    assert find_stages(text) == []


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("A", "series_a"),
        ("B2", "series_b"),
        ("시드", "seed"),
        ("SI", "corporate_round"),
        ("엔젤", "angel"),
    ],
)
def test_short_words_that_a_sentence_makes_a_stage(words: str, stage: str) -> None:
    found = read_bare_stage(words)
    assert found is not None
    assert found.stage == stage


@pytest.mark.parametrize("code", STAGES)
def test_codes_and_labels_read_back(code: str) -> None:
    for text in (code, stage_label(code)):
        found = parse_stage(text)
        assert found is not None
        assert found.stage == code


def test_what_is_no_stage_is_none() -> None:
    assert parse_stage("serie z") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [("총 30억 시리즈B 브릿지 유치", "시리즈B 브릿지"), ("in Series A cash", "Series A")],
)
def test_span(text: str, words: str) -> None:
    found = find_stages(text)[0]
    assert text[found.start : found.end] == words
