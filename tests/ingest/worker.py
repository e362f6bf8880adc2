"""A process of its own that ingests made-up letters: to be run beside others, or to be killed.

python worker.py DB FIRST LAST BATCH      letters FIRST … LAST-1, BATCH letters and briefs at a time
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from conftest import Desk

STAGES = ("시드", "시리즈A", "시리즈B", "")


def letters(first: int, last: int) -> dict[str, tuple[str, ...]]:
    """Letters that speak of the same few companies and investors, in different words."""
    found = {}
    for n in range(first, last):
        dice = random.Random(n)
        paper = dice.choice(("월요레터", "월요 레터", "Daily Seed"))
        day = f"2026-{1 + n % 12:02}-{1 + dice.randrange(28):02}"
        briefs = []
        for _ in range(5):
            company = dice.randrange(12)
            name = dice.choice(
                (f"회사{company}", f"Firm {company}", f"회사{company}(Firm {company})")
            )
            amount = dice.choice(("", "10억원", "60억원", "$5M"))
            backers = dice.sample(
                ("알토스", "Altos Ventures*", "바다캐피탈", "KB 인베스트먼트", "KB인베스트먼트*"), 2
            )
            briefs.append(f"{name} | {dice.choice(STAGES)} | {amount} | {', '.join(backers)}")
        found[f"{n}.txt"] = (f"{paper} | {n} | {day}", *briefs, "#planned 예정이다")
    return found


def make(db: str, first: int, last: int) -> Desk:
    """A desk with these letters on it."""
    desk = Desk(db, Path())
    for name, (head, *briefs) in letters(first, last).items():
        desk.write(name, head, *briefs)
    return desk


if __name__ == "__main__":
    import tracker.ingest
    from tracker.errors import TrackerError

    db, first, last, batch = sys.argv[1:]
    tracker.ingest.BATCH = int(batch)
    desk = make(db, int(first), int(last))
    import tracker.store.migrations  # so that what follows is work, not imports

    print("ready", flush=True)
    try:
        with desk.open() as store:
            for outcome in desk.outcomes(store):
                print(outcome.status, flush=True)
    except TrackerError as error:
        sys.exit(str(error))
