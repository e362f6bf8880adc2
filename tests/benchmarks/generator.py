"""A made-up archive of any size, skewed as the real world is: few investors are everywhere.

    python tests/benchmarks/generator.py DB [ROUNDS]

For 1,000,000 rounds: 300,000 companies, 30,000 investors, 2,000,000 participations, 1,200,000
briefs (some rounds are reported twice, some briefs tell none). The same size gives the same
archive, but for the moment of ingestion.
"""

from __future__ import annotations

import random
import sys
import zlib
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Any

from tracker.parsing.names import name_key
from tracker.parsing.sound import sound
from tracker.parsing.stages import STAGES
from tracker.store import Store, open_store
from tracker.store import tables as t
from tracker.store.letters import letters
from tracker.store.pending import Pending
from tracker.store.sectors import REPORT_SECTOR

SYLLABLES = (
    "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후"
    "강남당람망방상양장창강탄판한공농동롱몽봉송용종총콩통퐁홍국눈둘름문분순운준춘"
    "그느드르므브스으즈츠크트프흐기니디리미비시이지치키티피히달별빛새솔숲은참터힘"
)
SECTORS = [f"sector_{number}" for number in range(30)] + ["robotics", "quantum"]
ENDINGS = (
    "",
    "",
    "랩스",
    "테크",
    "바이오",
    "소프트",
    "에이아이",
    "모빌리티",
    "페이",
    "푸드",
    "로보틱스",
)
HOUSES = ("벤처스", "인베스트먼트", "캐피탈", "파트너스", "벤처투자", "자산운용")
LATIN = ("al", "ber", "co", "dra", "el", "fin", "gra", "hu", "in", "jo", "ka", "lu", "mo", "no",
         "or", "pa", "qui", "ro", "sa", "tri", "ul", "ve", "wa", "xa", "yo", "zen")  # fmt: skip
LATIN_ENDINGS = ("", " Labs", " AI", " Bio", " Robotics", " Health", "pay", "ly")
LATIN_HOUSES = (" Ventures", " Capital", " Partners", " Equity", " Growth")
FIRST, LAST = date(2012, 1, 2), date(2026, 6, 30)
PER_ISSUE = 12
CHUNK = 4000
"""Issues written in one transaction."""


@dataclass
class Archive:
    """What is made up: sizes, and the dice."""

    rounds: int
    investors: int = 0
    """Thirty for a thousand rounds, if not given."""
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    def __post_init__(self) -> None:
        self.companies = self.rounds * 3 // 10
        self.investors = self.investors or max(30, self.rounds * 3 // 100)
        self.again = self.rounds * 16 // 100
        self.silent = self.rounds * 6 // 100
        weights = (1 / (rank + 8) ** 0.85 for rank in range(self.investors))
        self._weights = list(accumulate(weights))
        self._keys: set[str] = set()
        self.told: dict[int, tuple[Any, ...]] = {}
        self.places: dict[int, int] = {}

    def name(self, endings: tuple[str, ...], latin_endings: tuple[str, ...], foreign: float) -> str:
        """A name that nobody has yet."""
        dice = self.dice
        parts = 2
        while True:
            if dice.random() < foreign:
                stem = "".join(dice.choice(LATIN) for _ in range(parts)).capitalize()
                name = stem + dice.choice(latin_endings)
            else:
                name = "".join(dice.choice(SYLLABLES) for _ in range(parts)) + dice.choice(endings)
            key = name_key(name)
            if key not in self._keys:
                self._keys.add(key)
                return name
            parts += dice.random() < 0.5

    def backers(self, count: int) -> list[int]:
        """Different investors, the well-known ones much more often."""
        found: dict[int, None] = {}
        while len(found) < min(count, self.investors):
            found[bisect(self._weights, self.dice.random() * self._weights[-1]) + 1] = None
        return list(found)

    def values(self, day: date) -> tuple[Any, ...]:
        """Amount, currency, … in the order of the tables."""
        dice = self.dice
        currency = dice.choices(("KRW", "USD", "JPY", "EUR", "SGD"), (78, 15, 3, 3, 1))[0]
        unit = {"KRW": 100_000_000, "JPY": 10_000_000}.get(currency, 100_000)
        amount = int(dice.lognormvariate(3.2, 1.2) * 10) // 10 * unit
        if dice.random() < 0.2:
            amount, currency = None, None
        rank = min(int(dice.lognormvariate(1.2, 0.5)), len(STAGES) - 1)
        stage = STAGES[rank] if dice.random() < 0.85 else None
        return (amount, currency, stage, stage, dice.random() < 0.04, None, None, None, None, day,
                None, round(dice.uniform(0.6, 1.0), 3))  # fmt: skip


def fill(store: Store, rounds: int, investors: int = 0) -> None:
    """Write an archive of this many rounds into an empty database."""
    made = Archive(rounds, investors)
    names = _parties(store, made)
    for chunk in _letters(made):
        with store.changing() as connection:
            pending = Pending(connection)
            for letter in chunk:
                _letter(pending, made, names, letter)
            pending.flush()
    store.tidy()


def _parties(store: Store, made: Archive) -> tuple[list[str], list[str]]:
    with store.changing() as connection:
        pending = Pending(connection)
        for number in range(60):
            pending.next_id(t.NEWSLETTER)
            pending.add(t.NEWSLETTER, number + 1, f"레터 {number}", f"레터{number}")
        companies = [made.name(ENDINGS, LATIN_ENDINGS, 0.3) for _ in range(made.companies)]
        for name in companies:
            row = pending.next_id(t.COMPANY)
            key = name_key(name)
            pending.add(t.COMPANY, row, name)
            pending.add(t.COMPANY_ALIAS, row, name, key, True, letters(key), sound(key))
        investors = [made.name(HOUSES, LATIN_HOUSES, 0.4) for _ in range(made.investors)]
        for name in investors:
            row = pending.next_id(t.INVESTOR)
            key = name_key(name)
            pending.add(t.INVESTOR, row, name, "vc", "KR" if row % 50 else "SG")
            pending.add(t.INVESTOR_ALIAS, row, name, key, True, letters(key), sound(key))
        pending.flush()
    return companies, investors


def _letters(made: Archive) -> Iterator[list[tuple[date, list[tuple[int, int]]]]]:
    """Letters by day: each brief as (round or 0, company). Rounds come up in their order."""
    dice, span = made.dice, (LAST - FIRST).days
    briefs: list[tuple[int, int]] = []
    recent: list[tuple[int, int]] = []
    chunk: list[tuple[date, list[tuple[int, int]]]] = []
    for number in range(1, made.rounds + 1):
        if number % 10 in (1, 4, 7):
            company = (number - 1) // 10 * 3 + (number % 10) // 3 + 1
        else:
            company = int(made.companies * dice.random() ** 1.7) + 1
        told = (number, min(company, made.companies))
        briefs.append(told)
        recent.append(told)
        if dice.random() < made.again / made.rounds:
            briefs.append(recent[max(0, len(recent) - dice.randint(2, 40))])
        if dice.random() < made.silent / made.rounds:
            briefs.append((0, 0))
        if len(recent) > 100:
            del recent[:50]
        if len(briefs) >= PER_ISSUE or number == made.rounds:
            day = FIRST + timedelta(days=int(span * (number / made.rounds) ** 0.6))
            unique = list({b: None for b in briefs if b[0]}) + [b for b in briefs if not b[0]]
            chunk.append((day, unique))
            briefs = []
            if len(chunk) >= CHUNK:
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def _letter(
    pending: Pending,
    made: Archive,
    names: tuple[list[str], list[str]],
    letter: tuple[date, list[tuple[int, int]]],
) -> None:
    day, briefs = letter
    issue = pending.next_id(t.ISSUE)
    now = datetime.now(UTC)
    text_z = zlib.compress(f"레터 {issue}".encode())
    pending.add(t.ISSUE, issue, 1 + issue % 60, f"{issue:064x}", None, str(issue), day,
                f"{issue}.txt", "text", now, "made-up", "1", text_z)  # fmt: skip
    start = 0
    for position, (number, company) in enumerate(briefs):
        brief = pending.next_id(t.BRIEF)
        if not number:
            text = "어느 기업이 신제품을 선보이며 시장에 진출했다. 업계는 관심을 보이고 있다."
            pending.add(t.BRIEF, brief, issue, position, start, start + len(text), text, "뉴스",
                        "corporate", 0.9, "ko", True)  # fmt: skip
            start += len(text) + 1
            continue
        name = names[0][company - 1]
        backers = made.backers(made.dice.choices((0, 1, 2, 3, 5), (14, 33, 28, 17, 8))[0])
        told = ", ".join(names[1][b - 1] for b in backers) or "비공개 투자자"
        text = (
            f"{name}: 생활을 바꾸는 서비스를 만드는 {name}이(가) {told}로부터 투자를 유치했습니다."
        )
        pending.add(t.BRIEF, brief, issue, position, start, start + len(text), text, "뉴스",
                    "funding", 0.9, "ko", True)  # fmt: skip
        start += len(text) + 1
        if number not in made.told:
            made.told[number] = made.values(day)
            pending.next_id(t.ROUND)
            pending.add(t.ROUND, number, company, *made.told[number])
        report = pending.next_id(t.REPORT)
        pending.add(t.REPORT, report, brief, 0, company, name, None, number, *made.told[number])
        lead = made.dice.random() < 0.5
        first = made.places.get(number, 0)
        made.places[number] = first + len(backers)
        for place, backer in enumerate(backers):
            pending.add(t.PARTICIPATION, report, number, backer, names[1][backer - 1],
                        lead and not place, place, first + place)  # fmt: skip
        pending.add(t.MENTION, report, "company", 0, 0, len(name))
        for sector in sorted({SECTORS[company % len(SECTORS)], SECTORS[company % 7]}):
            pending.add(REPORT_SECTOR, report, sector)


if __name__ == "__main__":
    with open_store(sys.argv[1]) as target:
        fill(target, int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
