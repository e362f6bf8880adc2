"""A process of its own that runs the sources of a database with the stand-in stages: to be killed.

python runner.py DB ISSUES BATCH      three boxes of ISSUES letters together, some in two of them
"""

from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "ingest"), str(TESTS / "jobs")]

from conftest import NO_GAZETTEER, Desk  # noqa: E402 - see above
from fetchers import Item, opener  # noqa: E402
from worker import letters  # noqa: E402

from tracker.errors import AlreadyRunning  # noqa: E402
from tracker.jobs import run_sources  # noqa: E402
from tracker.store import Store  # noqa: E402
from tracker.store.run_lock import run_lock  # noqa: E402
from tracker.store.sources import list_sources  # noqa: E402

NAMES = ("folder", "mail", "web")


def boxes(issues: int) -> dict[str, list[Item]]:
    """What the sources hold: every letter once or twice, some of them unreadable."""
    made = ["\n\n".join((f"@ {head}", *briefs)) for head, *briefs in letters(0, issues).values()]
    found: dict[str, list[Item]] = {name: [] for name in NAMES}
    for number, text in enumerate(made):
        found[NAMES[number % 3]].append(text)
        if number % 4 == 0:
            # The same letter with what another way puts around it.
            found[NAMES[(number + 1) % 3]].append(f"{text}\n\n~#market 구독 로그인 지난 호 보기")
        if number % 29 == 7:
            found["mail"].append(f"@ 고장 | {number} | 2026-01-02\n\nbroken {number} | 시드")
    return found


def run(desk: Desk, store: Store, issues: int) -> int:
    """Run all sources, and print what becomes of every letter. Returns the number of lines."""
    lines = 0

    def say(line: str) -> None:
        nonlocal lines
        lines += 1
        print(line, flush=True)

    with store.reading() as connection:
        sources = list_sources(connection)
    for result in run_sources(
        store,
        sources,
        watch=lambda source, outcome: say(outcome.status),
        opener=opener(boxes(issues)),
        steps=desk.steps(),
        gazetteer=NO_GAZETTEER,
    ):
        say(result.source)
    return lines


if __name__ == "__main__":
    import tracker.ingest

    db, issues, batch = sys.argv[1:]
    tracker.ingest.BATCH = int(batch)
    try:
        with Desk(db, Path()).open() as store, run_lock(store):
            run(Desk(db, Path()), store, int(issues))
    except AlreadyRunning as error:
        sys.exit(f"busy: {error}")
