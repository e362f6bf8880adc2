"""The export's speed and memory beside sqlite3 + csv.writer in the same run: `make bench`.

    python tests/benchmarks/export.py [--rounds N] [--db FILE]

Each way runs in a process of its own, on the same archive: `tracker export FILE` against one
hand-written SELECT that gives the very same cells, investors and sources joined (bounds: half
its rows a second, 300 MB). The CSV files must be the same, byte for byte. The other formats are
measured on a tenth of the rounds, without a bound.
"""

from __future__ import annotations

import argparse
import csv
import filecmp
import multiprocessing
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

LEAST, MOST_MB = 0.5, 300.0
AGAIN = 2
"""Each way is run so often, in turn; the best counts."""

SELECT = """
SELECT r.id, c.name AS company,
    (SELECT group_concat(name, '; ') FROM (
        SELECT i.name, min(p.position) AS place FROM participation p
        JOIN investor i ON i.id = p.investor_id
        WHERE p.round_id = r.id GROUP BY i.id ORDER BY place)) AS investors,
    (SELECT group_concat(name, '; ') FROM (
        SELECT i.name, min(p.position) AS place FROM participation p
        JOIN investor i ON i.id = p.investor_id
        WHERE p.round_id = r.id GROUP BY i.id HAVING max(p.lead) ORDER BY place)) AS lead_investors,
    r.amount, r.currency, r.stage, r.stage_raw,
    CASE WHEN r.extension THEN 'true' ELSE 'false' END AS extension,
    r.valuation, r.valuation_currency, r.total_raised, r.total_raised_currency,
    r.announced_on, r.confidence,
    (SELECT group_concat(told, '; ') FROM (
        SELECT n.name || ' ' || s.number || ' (' || s.issued_on || ')' AS told
        FROM report o JOIN brief b ON b.id = o.brief_id JOIN issue s ON s.id = b.issue_id
        JOIN newsletter n ON n.id = s.newsletter_id
        WHERE o.round_id = r.id ORDER BY s.issued_on, s.fingerprint, b.position)) AS sources
FROM round r JOIN company c ON c.id = r.company_id
ORDER BY r.announced_on DESC NULLS LAST, r.id DESC
"""


def by_hand(db: str, out: str) -> None:
    """The reference: one SELECT into the csv module."""
    connection = sqlite3.connect(db)
    with open(out, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        rows = connection.execute(SELECT)
        writer.writerow([column[0] for column in rows.description])
        writer.writerows(rows)


def by_tracker(db: str, out: str, *options: str) -> None:
    """What people run."""
    from tracker.cli import main

    assert main(["export", out, "--db", db, *options]) == 0


def measured(work: Callable[..., None], *given: str) -> tuple[float, float]:
    """Seconds and MB at most of `work`, with a process of its own."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(
        target=_child, args=(theirs, work, given)
    )
    process.start()
    theirs.close()
    seconds, megabytes = ours.recv()
    process.join()
    return seconds, megabytes


def _child(
    pipe: multiprocessing.connection.Connection, work: Callable[..., None], given: tuple[str, ...]
) -> None:
    started = time.perf_counter()
    work(*given)
    seconds = time.perf_counter() - started
    pipe.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


@contextmanager
def archive(db: str | None, rounds: int) -> Iterator[tuple[str, Path]]:
    """An archive, and a folder to write to."""
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as name:
        folder = Path(name)
        if db is None:
            from generator import fill

            from tracker.store import open_store

            db = str(folder / "archive.sqlite3")
            started = time.perf_counter()
            with open_store(db) as store:
                fill(store, rounds)
            print(f"{rounds:,} rounds made in {time.perf_counter() - started:.0f} s")
        yield db, folder


def main() -> int:
    """Run all. Returns 1 where a bound does not hold."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=1_000_000)
    parser.add_argument("--db", help="an archive that was made before")
    given = parser.parse_args()
    with archive(given.db, given.rounds) as (db, folder):
        rounds = sqlite3.connect(db).execute("SELECT count(*) FROM round").fetchone()[0]
        plain, ours = str(folder / "plain.csv"), str(folder / "ours.csv")
        theirs = [
            (measured(by_hand, db, plain), measured(by_tracker, db, ours)) for _ in range(AGAIN)
        ]
        hand = min(first[0] for first, _ in theirs)
        seconds = min(second[0] for _, second in theirs)
        memory = max(second[1] for _, second in theirs)
        same = filecmp.cmp(plain, ours, shallow=False)
        print(
            f"csv      {rounds:>9,} rounds: tracker export {rounds / seconds:,.0f} rows/s, "
            f"sqlite3 + csv.writer {rounds / hand:,.0f} rows/s: × {hand / seconds:.2f}; "
            f"at most {memory:.0f} MB; {'the same bytes' if same else 'NOT the same bytes'}"
        )
        few = str(rounds // 10)
        for name in ("jsonl", "parquet", "xlsx"):
            seconds_, megabytes = measured(
                by_tracker, db, str(folder / f"ours.{name}"), "--limit", few
            )
            print(
                f"{name:<8} {rounds // 10:>9,} rounds: {rounds / 10 / seconds_:,.0f} rows/s, "
                f"at most {megabytes:.0f} MB"
            )
    good = same and hand / seconds >= LEAST and memory <= MOST_MB
    print("every bound holds" if good else "NOT every bound holds")
    return 0 if good else 1


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    sys.exit(main())
