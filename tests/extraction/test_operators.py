"""The company behind a service; every sentence is our own."""

from __future__ import annotations

import pytest

from tracker.extraction.decode import Mention, Party
from tracker.extraction.operators import to_operators
from tracker.parsing.names import name_key


def company(text: str, name: str) -> Party:
    at = text.index(name)
    scores = {"company": 1.0, "investor": 0.0, "lead": 0.0}
    return Party(name, name_key(name), "company", 0.9, [Mention(at, at + len(name), 0, scores)])


@pytest.mark.parametrize(
    ("text", "service", "operator"),
    [
        ("'모아핏' 운영사 핏랩스가 30억원을 유치했다.", "모아핏", "핏랩스"),
        ("운동 앱 '모아핏'을 운영하는 핏랩스가 30억원을 유치했다.", "모아핏", "핏랩스"),
        ("'모아핏'을 만든 게임사 핏랩스가 30억원을 유치했다.", "모아핏", "핏랩스"),
        ("챗봇 '모아봇'으로 이름난 핏랩스, 30억원 유치", "모아봇", "핏랩스"),
        ("Fit Labs, the operator of fitness app Moafit, raised $3M.", "Moafit", "Fit Labs"),
    ],
)
def test_the_operator_raised(text: str, service: str, operator: str) -> None:
    (found,) = to_operators(text, [company(text, service)])
    assert (found.name, found.part) == (operator, "company")
    assert text[found.first.start : found.first.end] == operator


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("핏랩스가 운영하는 '모아핏'이 인기다.", "핏랩스"),
        ("핏랩스, 30억원 유치", "핏랩스"),
        ("'모아핏' 운영사, 추가 투자 유치", "모아핏"),
        ("'모아핏'을 운영하는 스타트업", "모아핏"),
        ("Fit Labs, a maker of apps, raised $3M.", "Fit Labs"),
    ],
)
def test_without_a_named_operator_nothing_changes(text: str, name: str) -> None:
    (found,) = to_operators(text, [company(text, name)])
    assert found.name == name


def test_an_operator_that_was_found_too_stays_alone() -> None:
    text = "'모아핏' 운영사 핏랩스가 30억원을 유치했다."
    kept = to_operators(text, [company(text, "모아핏"), company(text, "핏랩스")])
    assert [p.name for p in kept] == ["핏랩스"]
