"""The store's speed beside hand-written SQL in the same run: `make bench`.

    python tests/benchmarks/store.py [--rounds N] [--letters N] [--engine sqlite|postgresql]

Ratios, not seconds: what is asked through the program against the best SQL we know for the same
rows on the same database (bound: 3), and the rows a second of `tracker ingest` against those of
plain executemany or COPY of the same rows (bound: 0.5 for its writing, and for the whole chain with
all that is decided before; `bulk.py` says what either is). PostgreSQL is a cluster of its own in a
temporary folder.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bulk import measure
from generator import fill
from questions import questions, scans

from tracker.store import open_store

MOST, LEAST = 3.0, 0.5


def median_ms(work: Callable[[], object], times: int = 15) -> float:
    """The median of some runs, after one to warm up."""
    work()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def ask(engine: str, db: str, rounds: int) -> bool:
    """Fill the archive and ask it. Returns whether every bound holds."""
    started = time.perf_counter()
    with open_store(db) as store:
        fill(store, rounds)
    print(f"\n{engine}: {rounds:,} rounds made in {time.perf_counter() - started:.0f} s")
    good = True
    with open_store(db, read_only=True) as store, store.reading() as connection:
        for question in questions(connection):
            by_hand = question.by_hand(connection)
            rows = question.ask(connection)
            assert [row.id for row in rows] == [row[0] for row in by_hand()], question.name
            found = scans(connection, lambda q=question: q.ask(connection))
            ours = median_ms(lambda q=question: q.ask(connection))
            theirs = median_ms(by_hand)
            good = good and ours <= MOST * theirs and not found
            print(
                f"  {question.name:<30} {len(rows):>4} rows {ours:>9.2f} ms"
                f"   by hand {theirs:>9.2f} ms   × {ours / theirs:.2f}   {'; '.join(found)}"
            )
    return good


def write(engine: str, db: str, other: str, letters: int) -> bool:
    """Ingest letters, and the same rows the plain way. Returns whether both hold the bound."""
    result = measure(db, other, letters)
    early, late = result.memory
    print(f"\n{engine}: {result.rows:,} rows of {letters:,} letters; in rows a second:")
    plain = result.rows / result.plain
    for name, seconds, ratio in (
        ("writing", result.writing, result.writing_ratio),
        ("whole chain", result.ours, result.ratio),
    ):
        print(f"  {name:<12} {result.rows / seconds:>9,.0f}   plain {plain:>9,.0f}   × {ratio:.2f}")
    print(f"  memory {early:.0f} MB at a quarter of the way, {late:.0f} MB at the end")
    return min(result.writing_ratio, result.ratio) >= LEAST


@contextmanager
def databases(engine: str) -> Iterator[Callable[[], str]]:
    """Makes empty databases of an engine."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(prefix="tracker-bench-") as folder:
            names = (f"{folder}/{n}.sqlite3" for n in range(100))
            yield lambda: next(names)
        return
    from postgres_server import DURABLE, running

    with running(DURABLE) as server:
        yield lambda: server.url(server.create())


def main() -> int:
    """Run what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=1_000_000)
    parser.add_argument("--letters", type=int, default=3_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append")
    given = parser.parse_args()
    good = True
    for engine in given.engine or ("sqlite", "postgresql"):
        with databases(engine) as new:
            # Writing first: what memory it takes shows only before a million rounds were made.
            if given.letters:
                good = write(engine, new(), new(), given.letters) and good
            if given.rounds:
                good = ask(engine, new(), given.rounds) and good
    print("\nevery bound holds" if good else "\nNOT every bound holds")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
