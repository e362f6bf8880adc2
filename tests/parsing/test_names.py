"""Names: the bare name in a stretch of text, and the key by which spellings compare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.parsing.names import name_key, trim_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("㈜가온랩", "가온랩"),
        ("(주)가온랩", "가온랩"),
        ("(주) 가온랩", "가온랩"),
        ("주식회사 가온랩", "가온랩"),
        ("가온랩 주식회사", "가온랩"),
        ("Nimbly, Inc.", "Nimbly"),
        ("Nimbly Ltd", "Nimbly"),
        ("Nimbly Pvt Ltd", "Nimbly"),
        ("'가온랩'", "가온랩"),
        ('"Nimbly"', "Nimbly"),
        ("「가온랩」", "가온랩"),
        ("가온랩,", "가온랩"),
        ('Ann "Bee" Cole', 'Ann "Bee" Cole'),
        ("가온(Gaon)", "가온(Gaon)"),
        ("  ", ""),
        ("㈜", "㈜"),
    ],
)
def test_trim(text: str, name: str) -> None:
    start, end = trim_name(text, 0, len(text))
    assert text[start:end] == name


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("KB 인베스트먼트", "KB인베스트먼트"),
        ("㈜가온랩", "가온랩"),
        ("NIMBLY", "Nimbly, Inc."),
        ("Foo & Bar", "Foo Bar"),
        ("Ｎｉｍｂｌｙ", "nimbly"),
        ("가온·랩", "가온랩"),
    ],
)
def test_spellings_of_one_name_share_a_key(a: str, b: str) -> None:
    assert name_key(a) == name_key(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("카카오벤처스", "카카오인베스트먼트"),
        ("두나무", "두나무앤파트너스"),
        ("Index Ventures", "Insight Partners"),
    ],
)
def test_different_names_keep_different_keys(a: str, b: str) -> None:
    assert name_key(a) != name_key(b)


@given(st.text(max_size=60))
def test_trim_stays_inside_and_settles(text: str) -> None:
    start, end = trim_name(text, 0, len(text))
    assert 0 <= start <= end <= len(text)
    assert trim_name(text, start, end) == (start, end)
