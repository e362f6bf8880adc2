"""The ordinary questions are answered from indexes: what EXPLAIN says, on both engines.

A small archive here, and a million rounds in the longer run; `make bench` takes the times.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ENGINES, Desk, Places, Templates
from sqlalchemy import select, text

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from generator import fill
from identity import scanned
from questions import questions, scans

from tracker.query import RoundFilter
from tracker.query.listing import count_rounds
from tracker.store import tables as t
from tracker.store.parties import COMPANIES, INVESTORS, Side
from tracker.store.search import owners

ROUNDS = {"sqlite": 20_000, "postgresql": 5_000}
"""PostgreSQL can be told to leave a table that is small enough to be read whole; SQLite cannot."""
# All on one worker, or each would make an archive of its own.
pytestmark = pytest.mark.xdist_group("archive")


@pytest.fixture(scope="module", params=ENGINES)
def archive(
    request: pytest.FixtureRequest, templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """An archive of some thousand rounds."""
    folder = tmp_path_factory.mktemp("archive")
    name = ""
    if request.param == "sqlite":
        desk = Desk(str(folder / "archive.sqlite3"), folder)
    else:
        name = templates.server.create()
        desk = Desk(templates.server.url(name), folder)
    with desk.open() as store:
        fill(store, ROUNDS[request.param])
    yield desk
    if name:
        templates.server.drop(name)


def test_archive_is_as_large_and_skewed_as_it_says(archive: Desk) -> None:
    counted = {
        name: archive.rows(f"select count(*) from {name}")[0][0]
        for name in ("round", "company", "investor", "participation", "brief")
    }
    rounds = ROUNDS["postgresql" if "://" in archive.db else "sqlite"]
    assert counted["round"] == rounds
    assert (counted["company"], counted["investor"]) == (rounds * 3 // 10, rounds * 3 // 100)
    assert 2 * rounds <= counted["participation"] <= 2.2 * rounds
    assert 1.15 * rounds <= counted["brief"] <= 1.3 * rounds
    shares = archive.rows(
        "select count(*) from participation group by investor_id order by count(*) desc"
    )
    # A smaller archive has fewer houses to be the well-known ones.
    share = 0.35 if rounds == ROUNDS["sqlite"] else 0.3
    assert sum(n for (n,) in shares[: counted["investor"] // 10]) > share * counted["participation"]
    assert archive.rows(
        "select count(*) from round where id not in (select round_id from report)"
    ) == [(0,)]


def check_questions(desk: Desk, *, small: bool) -> None:
    with desk.open(read_only=True) as store, store.reading() as connection:
        if small and "://" in desk.db:
            # A small table is read faster than its index: rightly so. Is there an index, though?
            connection.execute(text("set local enable_seqscan = off"))
        for question in questions(connection):
            rows = question.ask(connection)
            assert rows, question.name
            assert [row.id for row in rows] == [row[0] for row in question.by_hand(connection)()]
            assert (question.name, scans(connection, lambda q=question: q.ask(connection))) == (
                question.name,
                [],
            )


def test_no_question_scans_a_large_table(archive: Desk) -> None:
    check_questions(archive, small=True)


@pytest.mark.long
def test_no_question_scans_a_million_rounds(places: Places) -> None:
    desk = Desk(places.empty(), Path())
    with desk.open() as store:
        fill(store, 1_000_000)
    assert desk.rows(
        "select (select count(*) from round), (select count(*) from company),"
        " (select count(*) from investor)"
    ) == [(1_000_000, 300_000, 30_000)]
    check_questions(desk, small=False)


def test_the_check_finds_a_scan(archive: Desk) -> None:
    with archive.open(read_only=True) as store, store.reading() as connection:
        found = scans(
            connection,
            lambda: connection.execute(
                select(t.ROUND.c.id).where(t.ROUND.c.stage_raw == "x")
            ).all(),
        )
        assert len(found) == 1
        assert "round" in found[0].lower()
        assert scans(connection, lambda: count_rounds(connection, RoundFilter())) != []


PARTS = ("가", "나무", "벤처", "바이오", "달랩스", "각", "al", "e", "ventures", "labs", "zz", "%", "_",
         '"', 'a"b', "x/y", "' or 1=1", "*", "near(a b)", "\u202e", "é", "e\u0301")  # fmt: skip


@pytest.mark.parametrize("side", [COMPANIES, INVESTORS], ids=lambda side: side.table.name)
def test_a_part_finds_what_looking_at_every_name_finds(archive: Desk, side: Side) -> None:
    with archive.open(read_only=True) as store, store.reading() as connection:
        every = connection.execute(select(side.owner, side.alias.c.key)).all()
        for part in PARTS:
            found = owners(connection, side, part)
            ids = found if isinstance(found, list) else connection.execute(found).scalars().all()
            assert (part, set(ids)) == (part, {owner for owner, key in every if part in key})


def test_names_are_found_as_they_change(filled: Desk) -> None:
    """The index follows: a new alias, a company that is united with another."""

    def found(part: str) -> list[int]:
        with filled.open(read_only=True) as store, store.reading() as connection:
            ids = owners(connection, COMPANIES, part)
            assert isinstance(ids, list)
            return ids

    assert (found("토마토"), found("tomato")) == ([2], [])
    filled.ingest(filled.write("c.txt", "레터 | 3 | 2026-01-09", "Tomatopay | 시드 | 5억원 | 갑"))
    assert (found("토마토"), found("tomato")) == ([2], [5])
    filled.ingest(
        filled.write("d.txt", "레터 | 4 | 2026-01-10", "토마토페이(Tomatopay) | 시드 | 5억원 | 갑")
    )
    assert (found("토마토"), found("tomato"), found("matopa")) == ([2], [2], [2])
    if "://" not in filled.db:
        with filled.open() as store, store.changing() as connection:
            for side in (COMPANIES, INVESTORS):
                fts = f"{side.alias.name}_fts"
                connection.execute(text(f"insert into {fts}({fts}) values ('integrity-check')"))


def test_filing_a_letter_reads_no_large_table_from_end_to_end(archive: Desk) -> None:
    """Who is who is found through indexes, however many are stored."""
    with archive.open() as store:
        # Of so few investors PostgreSQL rightly reads all; `make bench` has twenty thousand.
        assert set(scanned(store)) <= {"Seq Scan on investor_alias"}
