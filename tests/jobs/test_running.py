"""Runs with fetchers of the test's own: new once, failures apart, state with its letters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from conftest import Desk
from fetchers import Item, opener, unreachable

from tracker.errors import FetchFailed, StoreError
from tracker.fetch import FetchProblem
from tracker.jobs import is_due, preview_source, run_sources
from tracker.query.sources import source_statuses
from tracker.records import SourceResult, StoredSource
from tracker.store.sources import (
    add_source,
    find_source,
    list_sources,
    remove_source,
    save_state,
)


def letter(number: int, *briefs: str) -> str:
    told = briefs or (f"회사{number} | 시드 | {number + 1}억원 | 갑{number}",)
    return "\n\n".join((f"@ 레터 | {number} | 2026-01-{number % 27 + 1:02}", *told))


def add(desk: Desk, *names: str, **values: Any) -> None:
    row: dict[str, Any] = {
        "url": "/box", "kind": None, "newsletter": None, "every": timedelta(days=1),
        "password": None, "options": {},
    }  # fmt: skip
    with desk.open() as store, store.changing() as connection:
        for name in names:
            add_source(connection, name=name, **{**row, **values}, now=datetime.now(UTC))


def run(desk: Desk, boxes: Mapping[str, Sequence[Item]]) -> list[SourceResult]:
    with desk.open() as store:
        with store.reading() as connection:
            sources = list_sources(connection)
        return list(
            run_sources(store, sources, opener=opener(boxes), steps=desk.steps(),
                        gazetteer=desk.gazetteer)
        )  # fmt: skip


def source(desk: Desk, name: str) -> StoredSource:
    with desk.open(read_only=True) as store, store.reading() as connection:
        found = find_source(connection, name)
    assert found is not None
    return found


def numbers(results: list[SourceResult]) -> list[tuple[str, str, int, int, int]]:
    return [(r.source, r.status, r.new, r.known, r.failed) for r in results]


def test_new_once(desk: Desk) -> None:
    add(desk, "a", "b", newsletter="우리 레터")
    boxes = {"a": [letter(n) for n in range(5)], "b": [letter(n) for n in range(3, 7)]}
    assert numbers(run(desk, boxes)) == [("a", "ok", 5, 0, 0), ("b", "ok", 2, 2, 0)]
    assert numbers(run(desk, boxes)) == [("a", "ok", 0, 0, 0), ("b", "ok", 0, 0, 0)]
    boxes["a"].append(letter(9))
    assert numbers(run(desk, boxes)) == [("a", "ok", 1, 0, 0), ("b", "ok", 0, 0, 0)]
    assert desk.rows("select count(*) from issue") == [(8,)]
    assert desk.rows("select name from newsletter") == [("우리 레터",)]
    found = source(desk, "a")
    assert (found.state, found.error) == ({"at": 6}, None)
    assert found.last_run and found.last_success == found.last_run
    assert found.next_due == found.last_run + timedelta(days=1)
    assert not is_due(found, datetime.now(UTC))
    with desk.open(read_only=True) as store, store.reading() as connection:
        assert [(s.issues, s.rounds) for s in source_statuses(connection)] == [(6, 6), (2, 2)]


def test_one_failure_stops_nothing(desk: Desk) -> None:
    add(desk, "a", "b", "c", "d", "e")
    boxes: dict[str, list[Item]] = {
        "a": [unreachable("a")],
        "b": [letter(1), letter(2), unreachable("b"), letter(3)],
        "c": [letter(4), FetchProblem("c/7", "larger than 20 MB"), letter(5)],
        "d": [RuntimeError("password=geheim")],
        "e": [letter(6)],
    }
    results = run(desk, boxes)
    assert numbers(results) == [
        ("a", "failed", 0, 0, 0),
        ("b", "failed", 2, 0, 0),
        ("c", "failed", 2, 0, 1),
        ("d", "failed", 0, 0, 0),
        ("e", "ok", 1, 0, 0),
    ]
    assert [r.error for r in results] == [
        "no server answers there",
        "no server answers there",
        "c/7: larger than 20 MB",
        "cannot be fetched (RuntimeError)",
        None,
    ]
    a, b, c = (source(desk, name) for name in "abc")
    assert (a.state, b.state, c.state) == ({}, {"at": 2}, {"at": 3})
    assert a.last_success is None and a.last_error and is_due(a, datetime.now(UTC))
    assert c.last_success and c.last_error and not is_due(c, datetime.now(UTC))
    boxes["b"][2] = letter(7)
    boxes["a"] = [letter(8)]
    assert numbers(run(desk, boxes))[:2] == [("a", "ok", 1, 0, 0), ("b", "ok", 2, 0, 0)]
    assert source(desk, "a").error is None


def test_state_that_is_lost_on_the_way_is_kept(desk: Desk) -> None:
    """A source that cannot be reached does not forget what was seen of it."""
    add(desk, "a")
    boxes: dict[str, list[Item]] = {"a": [letter(1), letter(2)]}
    run(desk, boxes)
    boxes["a"].append(unreachable("a"))
    run(desk, boxes)
    assert source(desk, "a").state == {"at": 2}


def test_letter_that_breaks_a_stage_is_set_aside(desk: Desk) -> None:
    add(desk, "a")
    bad = letter(2, "broken | 시드")
    results = run(desk, {"a": [letter(1), bad, letter(3), ""]})
    assert numbers(results) == [("a", "failed", 2, 0, 2)]
    assert "ZeroDivisionError" in (results[0].error or "") or "empty" in (results[0].error or "")
    found = desk.rows("select name, failure, length from raw_issue where failure is not null")
    assert sorted(name for name, _, _ in found) == ["1.txt", "3.txt"]
    assert {n: size for n, _, size in found}["1.txt"] == len(bad.encode())
    assert numbers(run(desk, {"a": [letter(1), bad, letter(3), ""]})) == [("a", "ok", 0, 0, 0)]


def test_gone_source_is_paused(desk: Desk) -> None:
    add(desk, "a")
    results = run(desk, {"a": [FetchFailed("a", "gone (410)", gone=True)]})
    assert results[0].note and "paused" in results[0].note
    assert source(desk, "a").paused


def test_batches_are_bounded_and_each_saves_its_state(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is stored is exactly what the state covers, batch by batch."""
    monkeypatch.setattr("tracker.ingest.BATCH", 4)
    add(desk, "a")
    seen = []
    honest = save_state

    def spy(connection: Any, source_id: int, state: Mapping[str, Any], at: Any) -> None:
        honest(connection, source_id, state, at)
        count = connection.exec_driver_sql("select count(*) from issue").scalar()
        seen.append((state["at"], count))

    monkeypatch.setattr("tracker.jobs.running.save_state", spy)
    run(desk, {"a": [letter(n) for n in range(7)]})
    assert seen == [(2, 2), (4, 4), (6, 6), (7, 7)]


def test_state_and_letters_are_one_transaction(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add(desk, "a")

    def fail(*_: Any) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr("tracker.jobs.running.save_state", fail)
    with pytest.raises(StoreError):
        run(desk, {"a": [letter(1)]})
    assert desk.rows("select count(*) from issue") == [(0,)]
    assert desk.rows("select state from source") == [("{}",)]


def test_removed_source_leaves_its_letters(desk: Desk) -> None:
    add(desk, "a")
    run(desk, {"a": [letter(1), letter(2, "broken | 시드")]})
    with desk.open() as store, store.changing() as connection:
        found = find_source(connection, "a")
        assert found
        remove_source(connection, found.id)
    assert desk.rows("select count(*) from issue") == [(1,)]
    assert desk.rows("select count(*), count(source_id) from raw_issue") == [(2, 0)]
    assert desk.rows("select count(*), count(source_id) from issue_copy") == [(1, 0)]


def test_preview_writes_nothing(desk: Desk) -> None:
    add(desk, "a", newsletter="우리 레터")
    boxes: dict[str, list[Item]] = {"a": [letter(1)]}
    run(desk, boxes)
    boxes["a"] += [letter(2), letter(1), "", FetchProblem("a/9", "too large")]
    with desk.open(read_only=True) as store:
        rows = list(
            preview_source(store, source(desk, "a"), opener=opener(boxes), steps=desk.steps())
        )
    assert [(r.status, r.briefs, r.rounds) for r in rows] == [
        ("new", 1, 1), ("known", 0, 0), ("failed", 0, 0), ("failed", 0, 0),
    ]  # fmt: skip
    assert (rows[0].newsletter, str(rows[0].date)) == ("우리 레터", "2026-01-03")
    assert desk.rows("select count(*) from issue") == [(1,)]
    assert json.loads(desk.rows("select state from source")[0][0]) == {"at": 1}
