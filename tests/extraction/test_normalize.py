"""Normalising: one spelling for the pipeline, and the way back to the user's characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.normalize import normalize, original_span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("퓨어그린이 60억원", "퓨어그린이 60억원"),
        ("６０억원", "60억원"),
        ("‘가온’과 “나래”", "'가온'과 \"나래\""),
        ("가\u200b온랩", "가온랩"),
        ("가온\u00a0랩", "가온 랩"),
        ("가온ㆍ나래∙다솔", "가온·나래·다솔"),
        (unicodedata.normalize("NFD", "퓨어그린이 유치"), "퓨어그린이 유치"),
        ("Ｓｅｒｉｅｓ　Ａ", "Series A"),
        ("🚀 가온", "가온"),
        ("▲가온\n▲나래", "가온\n▲나래"),
        ("- $5M for 가온", "$5M for 가온"),
    ],
)
def test_one_spelling(text: str, expected: str) -> None:
    assert normalize(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    ["‘가온’이 ６０억원", unicodedata.normalize("NFD", "가온랩이 60억원"), "가\u200b온랩이 60억원"],
)
def test_spans_lead_back_to_the_characters_of_the_user(text: str) -> None:
    clean, offsets = normalize(text)
    start = clean.index("60억원")
    span = original_span(offsets, start, start + 4)
    assert normalize(text[span.start : span.end])[0] == "60억원"


@given(st.text(max_size=80))
def test_offsets_rise_and_cover_the_text(text: str) -> None:
    clean, offsets = normalize(text)
    assert len(offsets) == len(clean) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(text)
    for i in range(len(clean)):
        span = original_span(offsets, i, i + 1)
        assert 0 <= span.start < span.end <= len(text)


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)[0]
    assert normalize(once)[0] == once
