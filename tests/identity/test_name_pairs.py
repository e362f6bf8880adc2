"""A written set of pairs of names: which are one, which a person is asked about, which are two."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tracker.identity import alike, company_keys, investor_party, load_gazetteer
from tracker.parsing.sound import sound, trade

ASKED = 0.90
"""Of the pairs that a person should be asked about, so many are."""
PAIRS = Path(__file__).with_name("name_pairs.txt")


def read_pairs() -> list[tuple[str, str, str, str]]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    pairs = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            kind, verdict, one, other = (part.strip() for part in line.split(" ; "))
            pairs.append((kind, verdict, one, other))
    return pairs


def judged(kind: str, one: str, other: str) -> str:
    """What the program does about two names."""
    if kind == "investor":
        parties = [investor_party(name, load_gazetteer()) for name in (one, other)]
        a, b = ({alias.key for alias in party.aliases} for party in parties if party)
        if all(party and party.canonical for party in parties):
            return "same" if a & b else "diff"
    else:
        a, b = (set(_company(name)) for name in (one, other))
    if a & b:
        return "same"
    heard = [(x, y) for x in a for y in b if sound(x) == sound(y)]
    return "ask" if any(alike(x, y) for x, y in heard) else "diff"


def _company(text: str) -> tuple[str, ...]:
    named = re.fullmatch(r"(.+)\((?!주\))([^)]+)\)", text)
    return company_keys(named[1], named[2]) if named else company_keys(text, None)


def test_written_pairs() -> None:
    pairs = read_pairs()
    assert len(pairs) == len(set(pairs)) >= 120
    asked = should = 0
    for kind, verdict, one, other in pairs:
        found, turned = judged(kind, one, other), judged(kind, other, one)
        assert found == turned, (kind, one, other)
        if verdict == "ask":
            should += 1
            asked += found == "ask"
            assert found != "same", f"{one} and {other} became one unasked"
        else:
            assert found == verdict, f"{kind}: {one} ; {other}: {found}, not {verdict}"
    assert asked / should >= ASKED, f"{asked} of {should}"


@pytest.mark.parametrize(
    ("one", "other"), [("카카오", "kakao"), ("퀼스톤", "quillstone"), ("업스테이지", "upstage")]
)
def test_names_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other) != sound("루미디엘")


@pytest.mark.parametrize("key", ["벤처스", "labs", "가", "1", "ㅋㅋ", "é", "日本", "a" * 500])
def test_every_key_has_a_sound(key: str) -> None:
    assert 0 < len(sound(key)) <= 40
    assert trade(key)[0]
