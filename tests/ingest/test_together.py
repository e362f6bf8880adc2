"""Several processes at once, and processes killed in the middle: the end is always the same."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Desk, Places
from worker import make

from tracker.errors import NoDatabase
from tracker.query.filters import RoundFilter
from tracker.query.listing import list_rounds
from tracker.store.upkeep import problems

WORKER = Path(__file__).with_name("worker.py")


def start(desk: Desk, first: int, last: int, batch: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WORKER), desk.db, str(first), str(last), str(batch)]
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )


def content(desk: Desk) -> dict[str, list[object]]:
    """All that is stored, without ids and without what depends on the clock."""
    with desk.open(read_only=True) as store, store.reading() as connection:
        rounds = [
            repr(row).split("company=", 1)[1] for row in list_rounds(connection, RoundFilter())
        ]
    queries = {
        "briefs": "select i.fingerprint, b.position, b.text from brief b join issue i on i.id = b.issue_id",
        "aliases": "select c.name, a.name, a.key, a.own from company_alias a join company c on c.id = a.company_id",
        "backers": "select i.name, a.name, a.key, a.own from investor_alias a join investor i on i.id = a.investor_id",
        "papers": "select name, key from newsletter",
        "spans": "select i.fingerprint, b.position, m.field, m.ordinal, m.start from mention m"
        " join report r on r.id = m.report_id join brief b on b.id = r.brief_id"
        " join issue i on i.id = b.issue_id",
        "places": "select p.name, p.lead, p.ordinal, p.position from participation p",
    }
    found: dict[str, list[object]] = {name: sorted(desk.rows(sql)) for name, sql in queries.items()}
    return {**found, "rounds": sorted(rounds)}


def check_together(places: Places, processes: int, letters: int) -> None:
    """Each takes two thirds of all letters, so that every letter is fought over."""
    desk = Desk(places.empty(), Path())
    width = letters * 2 // 3
    starts = [n * (letters - width) // (processes - 1) for n in range(processes)]
    running = [start(desk, first, first + width, 1 + 7 * (n % 3)) for n, first in enumerate(starts)]
    for process in running:
        out, err = process.communicate(timeout=300)
        assert (process.returncode, err) == (0, "")
        assert (out.count("new\n") + out.count("known\n"), "failed" in out) == (width, False)
    alone = make(places.desk().db, 0, letters)
    alone.ingest()
    assert content(desk) == content(alone)
    assert problems(desk.db) == []


def test_three_processes_at_once(places: Places) -> None:
    check_together(places, 3, 9)


@pytest.mark.long
def test_eight_processes_at_once(places: Places) -> None:
    check_together(places, 8, 120)


def check_kills(places: Places, kills: int, letters: int, seed: int) -> int:
    """Kill as often as that, then finish. Returns how many were killed at work."""
    dice = random.Random(seed)
    alone = make(places.desk().db, 0, letters)
    alone.ingest()
    expected = content(alone)
    desk = make(places.empty(), 0, letters)
    counts: list[tuple[int]] = []
    for _ in range(kills):
        with start(desk, 0, letters, 4) as process:
            assert process.stdout
            for _ in range(dice.randrange(letters)):
                process.stdout.readline()
            time.sleep(dice.uniform(0, 0.02))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        try:
            desk.open(read_only=True).close()
        except NoDatabase:
            continue  # killed before there was any
        assert problems(desk.db) == []
        # Whole issues only: each has its six briefs, five reports and their values.
        assert (
            desk.rows(
                "select i.id from issue i left join brief b on b.issue_id = i.id"
                " group by i.id having count(b.id) <> 6"
            )
            == []
        )
        assert desk.rows(
            "select count(*) from brief b left join report r on r.brief_id = b.id"
            " where b.kind = 'funding' and (r.id is null or r.round_id is null)"
        ) == [(0,)]
        counts += desk.rows("select count(*) from issue")
    desk.ingest()
    assert content(desk) == expected
    return sum(0 < count < letters for (count,) in counts)


def test_killed_at_three_moments(places: Places) -> None:
    assert check_kills(places, 3, 20, 1) >= 1


@pytest.mark.long
def test_killed_at_fifty_moments(places: Places) -> None:
    assert sum(check_kills(places, 5, 120, round_) for round_ in range(10)) >= 10
