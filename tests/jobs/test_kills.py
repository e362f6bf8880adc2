"""A run killed with -9 at any moment: the next one ends where an undisturbed one does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Desk, Places
from runner import NAMES, run

from tracker.errors import AlreadyRunning
from tracker.query.filters import RoundFilter
from tracker.query.listing import list_rounds
from tracker.store.run_lock import run_lock
from tracker.store.sources import add_source
from tracker.store.upkeep import problems

RUNNER = Path(__file__).with_name("runner.py")


def desk_with_sources(places: Places) -> Desk:
    desk = places.desk()
    with desk.open() as store, store.changing() as connection:
        for name in NAMES:
            add_source(
                connection, name=name, url=f"/{name}", kind=None, newsletter=None,
                every=timedelta(days=1), password=None, options={}, now=datetime.now(UTC),
            )  # fmt: skip
    return desk


def start(desk: Desk, issues: int, batch: int = 12) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(RUNNER), desk.db, str(issues), str(batch)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def finish(desk: Desk, issues: int) -> int:
    """Run to the end, in this process. Returns how many lines another one would have printed."""
    with desk.open() as store:
        # Right after a kill, a server may still hold the lock for a moment.
        until = time.monotonic() + 30
        while True:
            try:
                with run_lock(store):
                    return run(desk, store, issues)
            except AlreadyRunning:
                assert time.monotonic() < until
                time.sleep(0.05)


def content(desk: Desk) -> dict[str, list[object]]:
    """All that is stored, without ids and without what depends on the clock."""
    with desk.open(read_only=True) as store, store.reading() as connection:
        rounds = [repr(r).split("company=", 1)[1] for r in list_rounds(connection, RoundFilter())]
    queries = {
        "issues": "select fingerprint, title, number, issued_on, source, text_z from issue",
        "briefs": "select i.fingerprint, b.position, b.text, b.kind from brief b"
        " join issue i on i.id = b.issue_id",
        "reports": "select i.fingerprint, b.position, r.ordinal, r.company_name, r.amount"
        " from report r join brief b on b.id = r.brief_id join issue i on i.id = b.issue_id",
        "copies": "select i.fingerprint, c.fingerprint, c.origin, r.sha256, s.name from issue_copy c"
        " join issue i on i.id = c.issue_id join raw_issue r on r.id = c.raw_id"
        " join source s on s.id = c.source_id",
        "keys": "select k.key, i.fingerprint from issue_key k join issue i on i.id = k.issue_id",
        "raw": "select r.sha256, r.name, r.length, r.failure, r.data_z, s.name from raw_issue r"
        " join source s on s.id = r.source_id",
        "sources": "select name, state from source",
    }
    found: dict[str, list[object]] = {
        name: sorted(repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row))
                     for row in desk.rows(sql))
        for name, sql in queries.items()
    }  # fmt: skip
    return {**found, "rounds": sorted(rounds)}


def check_kills(places: Places, kills: int, issues: int, seed: int) -> int:
    """Kill so many runs of one database, then finish. Returns how many were killed at work."""
    dice = random.Random(seed)
    undisturbed = desk_with_sources(places)
    lines = finish(undisturbed, issues)
    expected = content(undisturbed)
    assert len(expected["issues"]) == issues
    assert len(expected["copies"]) > issues
    desk = desk_with_sources(places)
    at_work = 0
    for kill in range(kills):
        with start(desk, issues, batch=dice.choice((3, 12, 40))) as process:
            assert process.stdout
            # As a run goes on where the last one was killed, each is let live but a little.
            for _ in range(dice.randrange(1, max(2, 2 * lines // kills))):
                process.stdout.readline()
            time.sleep(dice.uniform(0, 0.02))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        assert problems(desk.db) == [] if kill % 5 == 0 else True
        [(count,)] = desk.rows("select count(*) from issue")
        at_work += 0 < count < issues
        # The state covers the letters that are in, and no others.
        assert desk.rows(
            "select i.id from issue i left join brief b on b.issue_id = i.id"
            " group by i.id having count(b.id) <> 6"
        ) == []  # fmt: skip
    finish(desk, issues)
    assert content(desk) == expected
    assert problems(desk.db) == []
    return at_work


def test_killed_at_three_moments(places: Places) -> None:
    assert check_kills(places, 3, 21, 5) >= 1


@pytest.mark.long
def test_killed_at_fifty_moments(places: Places) -> None:
    assert check_kills(places, 50, 200, 11) >= 20
