"""The taxonomy of sectors: a written set of descriptions, the rules of its keywords, its file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.gazetteers import SectorRow, sector_rows
from tracker.parsing.sectors import (
    Taxonomy,
    company_sectors,
    find_sectors,
    load_taxonomy,
    near_sectors,
    parse_sector,
    sector_label,
)
from tracker.records import Span

WRITTEN = [
    (line.split("\t")[1], frozenset(line.split("\t")[0].split(",")))
    for line in (Path(__file__).parent / "sectors.tsv").read_text(encoding="utf-8").splitlines()
]
"""Descriptions written for this test, with all their sectors."""
ACCURACY = 0.9


def test_written_descriptions() -> None:
    assert len(WRITTEN) >= 150
    codes = {sector.code for sector in load_taxonomy().sectors}
    assert codes == set().union(*(wanted for _, wanted in WRITTEN))
    wrong = [(t, sorted(w), find_sectors(t)) for t, w in WRITTEN if set(find_sectors(t)) != w]
    assert 1 - len(wrong) / len(WRITTEN) >= ACCURACY, wrong


def test_the_file_is_sound() -> None:
    rows = list(sector_rows())
    assert 25 <= len(rows) <= 40
    assert len({row.code for row in rows}) == len({row.korean for row in rows}) == len(rows)
    for row in rows:
        assert row.english and any("가" <= c <= "힣" for c in row.korean), row.code
        bare = [word.strip("-=?").casefold() for word in row.keywords]
        assert all(len(word) >= 2 for word in bare), row.code
        assert [w for w, n in Counter(bare).items() if n > 1] == [], row.code


MARKS = Taxonomy(
    [
        SectorRow("one", "One", "하나", ("반도체", "chip", "=AI", "-wood chip", "금융?")),
        SectorRow("two", "Two", "둘", ("로봇", "-챗봇")),
    ]
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("AI반도체", ("one",)), ("CHIPS", ("one",)), ("chipper", ()), ("microchip", ()), ("wood chip seller", ()),
        ("wood chip and chip", ("one",)), ("AI로", ("one",)), ("AIA", ()), ("생성AI", ("one",)), ("반도체 로봇", ("one", "two")),
        ("금융", ("one",)), ("", ()), ("x", ()),
    ],
)  # fmt: skip
def test_marks(text: str, codes: tuple[str, ...]) -> None:
    assert MARKS.find(text) == codes


def test_weak_words_count_in_descriptions_only() -> None:
    assert MARKS.find("금융 로봇", described=False) == ("two",)


@pytest.mark.parametrize(
    ("marked", "codes"),
    [
        ("⟨풀꽃⟩(커피 구독), 시드 5억", ("food_agri",)),
        ("⟨Kettle⟩ (insulin pumps; Leeds): £3m", ("bio_health",)),
        ("수중 청소 ⟨바다로봇⟩", ("robotics",)),
        ("⟨풀꽃⟩이 ‹반도체투자파트너스›에서 10억원을 받았다", ()),
        ("⟨풀꽃⟩은 받은 돈으로 채용과 마케팅에 나선다", ()),
        ("핀테크 두 곳. ⟨풀꽃⟩ 5억", ()),
        ("핀테크 ⟨장부⟩ 3억, ⟨풀꽃⟩ 5억", ()),
        ("⟨Hatbox⟩ raised a seed round to hire drone pilots", ()),
    ],
)
def test_next_to_the_name(marked: str, codes: tuple[str, ...]) -> None:
    text, places, start = "", {"⟨": [], "‹": []}, 0
    opened = ""
    for char in marked:
        if char in places:
            opened, start = char, len(text)
        elif char in "⟩›":
            places[opened].append(Span(start, len(text)))
        else:
            text += char
    found = company_sectors(text, places["⟨"][-1], None, places["‹"])
    assert set(found) >= set(codes) if codes else found == ()


def test_a_description_comes_first() -> None:
    text = "핀테크 풀꽃"
    assert company_sectors(text, Span(4, 6), "딸기 스마트팜") == ("food_agri",)
    assert company_sectors(text, Span(4, 6), "알 수 없는 것") == ("fintech",)
    assert company_sectors(text, None, None) == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ai", "ai"), ("AI", "ai"), ("fintech", "fintech"), ("핀테크", "fintech"), ("반도체", "semiconductors"),
        ("Biotech and pharma", "bio_health"), ("biotech", "bio_health"), ("바이오", "bio_health"), ("climate_energy", "climate_energy"),
        ("기후", "climate_energy"), ("Space", "space_defence"), ("로봇", "robotics"), ("세탁소", "home_living"), ("zzz", None), ("", None),
    ],
)  # fmt: skip
def test_what_people_type(typed: str, code: str | None) -> None:
    assert parse_sector(typed) == code


def test_suggestions_and_labels() -> None:
    assert near_sectors("fintec")[0] == "fintech"
    assert near_sectors("semiconductor") == ["semiconductors"]
    assert near_sectors("qqqqqq") == []
    assert (sector_label("ai"), sector_label("ai", korean=True)) == (
        "Artificial intelligence",
        "인공지능",
    )


@given(st.text())
def test_any_text_at_all(text: str) -> None:
    found = find_sectors(text)
    assert len(set(found)) == len(found)
    assert set(company_sectors(text, Span(0, min(1, len(text))), None)) >= set()
