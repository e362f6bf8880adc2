"""Tokens: the text is kept, sums and stages are one token, names end before their particles."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.tokenizer import CONVERSIONS, MENTIONS, BriefTokenizer

TOKENIZER = BriefTokenizer(spacy.blank("xx").vocab)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("가온랩이 나래벤처스로부터", "가온랩|이|나래벤처스|로부터"),
        ("60억 원 규모의 시리즈 A 투자", "60억 원|규모|의|시리즈 A|투자"),
        ("나래캐피탈등이 참여", "나래캐피탈|등|이|참여"),
        ("Nimbly.ai가 $12.5 million을", "Nimbly.ai|가|$12.5 million|을"),
        ("BOND-led", "BOND|-|led"),
        ("가온(Gaon)은", "가온|(|Gaon|)|은"),
        ("프리A 브릿지로", "프리A 브릿지|로"),
        ("AT&T와", "AT&T|와"),
        ("줄\n바꿈", "줄|\n|바꿈"),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert [t.text for t in TOKENIZER(text)] == tokens.split("|")


def test_a_sum_given_twice_is_marked_as_a_conversion() -> None:
    doc = TOKENIZER("25억위안(3억4200만달러, 약 4601억원)이")
    assert {doc[i].text for i in doc.user_data[CONVERSIONS]} == {"3억4200만달러", "4601억원"}
    assert [doc[i].text for i in doc.user_data[MENTIONS]] == ["25억위안"]


@given(st.text(max_size=200))
def test_the_text_is_kept(text: str) -> None:
    assert TOKENIZER(text).text == text


@given(
    st.text(alphabet=[chr(c) for c in range(ord("가"), ord("힣"), 37)], min_size=2, max_size=8),
    st.sampled_from(
        [
            "이",
            "가",
            "은",
            "는",
            "을",
            "를",
            "의",
            "에",
            "와",
            "과",
            "로부터",
            "에서",
            "에게",
            "으로부터",
        ]
    ),
)
def test_a_name_and_its_particle_part_on_a_token_boundary(name: str, particle: str) -> None:
    doc = TOKENIZER(f"{name}{particle} 투자")
    assert len(name) in {t.idx for t in doc}
