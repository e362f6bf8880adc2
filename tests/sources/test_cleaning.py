"""Invisible and dangerous characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scaling import grows_linearly

from tracker.sources.cleaning import clean_line, clean_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\x1b[31mred\x1b[0m", "ared"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "alink"),
        ("a\x9b31mb", "ab"),
        ("가\u200b나\u200d다\ufeff\u2060", "가나다"),
        ("\u202eabc\u202c", "abc"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("a\x00b\x07c\x08", "abc"),
        ("a\u00a0b\u3000c\u3164", "a b c"),
        ("🏛\ufe0f 제목", "🏛 제목"),
        ("a\ud800b", "ab"),
        ("a\n\n\n\n\n\nb", "a\n\n\nb"),
        ("a  \n b\t", "a\n b"),
        (unicodedata.normalize("NFD", "퓨어스페이스"), "퓨어스페이스"),
    ],
)
def test_rows(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text())
def test_clean_text_is_stable_and_safe(raw: str) -> None:
    clean = clean_text(raw)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert all(
        char == "\n" or char == "\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
        for char in clean
    )


@pytest.mark.parametrize(
    "raw",
    ["a" + "\u0301" * 200_000, "\u0f71\u0f39" * 100_000, "\x1b]" * 200_000, "\x1b[" * 200_000],
)
def test_hostile_runs_are_linear(raw: str) -> None:
    assert grows_linearly(clean_text, raw)


def test_line() -> None:
    assert clean_line(" a\n b ") == "a b"
    assert clean_line("\u200b") is None
    assert clean_line(None) is None
    assert len(clean_line("x" * 9999) or "") == 300
