"""What a word is about: stems, heads of compounds, inflections."""

from __future__ import annotations

import pytest

from tracker.extraction.senses import TELLING, UNKNOWN, Senses
from tracker.gazetteers import word_senses

SENSES = Senses(
    {
        "유치": "RAISE",
        "받": "RAISE",
        "받았": "RAISE",
        "하": "VERB",
        "기업": "COMPANY",
        "기업가치": "VALUE",
        "식품": "GOODS",
        "raise": "RAISE",
        "bag": "RAISE",
        "company": "COMPANY",
        "bought": "BUY",
    }
)


@pytest.mark.parametrize(
    ("word", "sense"),
    [
        ("유치", "RAISE"),
        ("유치했습니다", "RAISE"),
        ("받았다", "RAISE"),
        ("받", "RAISE"),
        ("하", "VERB"),
        ("하람", UNKNOWN),  # a single syllable begins many a name
        ("기업가치", "VALUE"),  # the longest stem
        ("기업들", "COMPANY"),
        ("식품나라", UNKNOWN),  # what begins with a noun may be a name
        ("raised", "RAISE"),
        ("raising", "RAISE"),
        ("bagged", "RAISE"),
        ("companies", "COMPANY"),
        ("bought", "BUY"),
        ("zebra", UNKNOWN),
        (".", UNKNOWN),
    ],
)
def test_sense_of_a_word(word: str, sense: str) -> None:
    assert SENSES.of(word) == sense


@pytest.mark.parametrize(
    ("word", "sense"),
    [("식품기업", "COMPANY"), ("기업", UNKNOWN), ("유치원", UNKNOWN), ("company", UNKNOWN)],
)
def test_head_of_a_compound(word: str, sense: str) -> None:
    assert SENSES.of_head(word) == sense


def test_the_written_lexicon() -> None:
    """One class a word (the file's first), every telling class in use, words a token can be."""
    senses = word_senses()
    assert len(senses) > 20_000
    assert set(TELLING) <= set(senses.values())
    assert all(word == word.lower() and " " not in word for word in senses)
    read = Senses(senses)
    for word, sense in (("유치했다", "RAISE"), ("인수했다", "BUY"), ("acquired", "BUY")):
        assert read.of(word) == sense
