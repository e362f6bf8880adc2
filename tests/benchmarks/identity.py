"""What it costs to find out who is who in one letter, in a full store and in an empty one.

    python tests/benchmarks/identity.py [--companies N] [--investors N] [--engine sqlite|postgresql]

The same letters of twelve briefs are filed into both by turns, each in a transaction that is
taken back, and the medians compared (bound: 2). A third of a letter's companies are stored, a
third are spelt almost like one that is, a third are new; most investors are stored. No statement
may read a large table from end to end.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from generator import fill
from questions import scans
from sqlalchemy import text
from store import databases

from tracker.filing import Letter, ReadLetter, file_letters
from tracker.identity import load_gazetteer
from tracker.records import (
    Brief,
    ExtractedBrief,
    ExtractedRound,
    InvestorMention,
    Issue,
    Span,
)
from tracker.store import IssueWriter, Store, open_store

MOST = 2.0
BRIEFS = 12
TIMES = 60


class _TakenBack(Exception):
    """Nothing of this is kept."""


def letters(store: Store, count: int) -> list[ReadLetter]:
    """Made-up letters about what the full store holds, and about what it does not."""
    dice = random.Random(5)
    with store.reading() as connection:

        def some(table: str, many: int) -> list[str]:
            last = connection.execute(text(f"select max(id) from {table}")).scalar_one()
            ids = ", ".join(str(dice.randint(1, last)) for _ in range(many))
            named = connection.execute(text(f"select name from {table} where id in ({ids})"))
            return list(named.scalars())

        companies = some("company", 2 * count * BRIEFS)
        investors = some("investor", 2 * count * BRIEFS)
    return [_letter(number, dice, companies, investors) for number in range(count)]


def _letter(
    number: int, dice: random.Random, companies: list[str], investors: list[str]
) -> ReadLetter:
    day = date(2026, 3, 2)
    parts = []
    for place in range(BRIEFS):
        company = dice.choice(companies)
        if place % 3 == 1:
            cut = dice.randrange(1, len(company))
            company = company[:cut] + company[cut - 1 :]
        elif place % 3 == 2:
            company = f"새{company}{number}{place}"
        backers = [dice.choice(investors) for _ in range(dice.choice((1, 2, 3)))]
        if dice.random() < 0.2:
            backers.append(f"{dice.choice(investors)}{number}")
        told = ExtractedRound(
            company=company,
            investors=tuple(InvestorMention(name, False, Span(0, 1)) for name in backers),
            amount=dice.randint(3, 300) * 100_000_000,
            currency="KRW",
            stage=dice.choice(("seed", "series_a", "series_b")),
            description=dice.choice(("신약 개발 기업", "게임 스튜디오", "물류 플랫폼", None)),
            spans={"company": Span(0, 1)},
        )
        parts.append((Brief(f"{company} {place}"), ExtractedBrief("funding", (told,))))
    issue = Issue("letter", f"{number}.txt", None, "레터", str(number), day)
    return ReadLetter(Letter(issue, f"benchmark-{number}", [b for b, _ in parts]), parts)


def seconds(store: Store, letter: ReadLetter) -> float:
    """File one letter, and take it back."""
    taken = 0.0
    try:
        with store.changing() as connection:
            started = time.perf_counter()
            file_letters(IssueWriter(connection), [letter], _PIPELINE, load_gazetteer())
            taken = time.perf_counter() - started
            raise _TakenBack
    except _TakenBack:
        return taken


_PIPELINE = {"name": "none", "version": "1"}


def measure(full: Store, empty: Store, times: int = TIMES) -> tuple[float, float]:
    """Median seconds for a letter in the full store and in the empty one."""
    read = letters(full, times)
    for letter in read[:5]:
        seconds(full, letter), seconds(empty, letter)
    ours, theirs = [], []
    for letter in read:
        ours.append(seconds(full, letter))
        theirs.append(seconds(empty, letter))
    return statistics.median(ours), statistics.median(theirs)


def scanned(full: Store) -> list[str]:
    """Large tables that filing a letter reads from end to end."""
    (letter,) = letters(full, 1)
    found: list[str] = []

    def work(connection: object) -> None:
        file_letters(IssueWriter(connection), [letter], _PIPELINE, load_gazetteer())  # type: ignore[arg-type]

    try:
        with full.changing() as connection:
            found = scans(connection, lambda: work(connection))
            raise _TakenBack
    except _TakenBack:
        return found


def main() -> int:
    """Run what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--investors", type=int, default=20_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append")
    given = parser.parse_args()
    good = True
    for engine in given.engine or ("sqlite", "postgresql"):
        with (
            databases(engine) as new,
            open_store(new()) as full,
            open_store(new()) as empty,
        ):
            fill(full, given.companies * 10 // 3, given.investors)
            ours, theirs = measure(full, empty)
            found = scanned(full)
            good = good and ours <= MOST * theirs and not found
            print(
                f"{engine}: {given.companies:,} companies, {given.investors:,} investors: "
                f"a letter of {BRIEFS} briefs {ours * 1000:.1f} ms, "
                f"in an empty store {theirs * 1000:.1f} ms: × {ours / theirs:.2f}"
                f"   {'; '.join(found)}"
            )
    print("every bound holds" if good else "NOT every bound holds")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
