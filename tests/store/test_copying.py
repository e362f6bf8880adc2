"""Backup, restore and copy, from either engine into either engine."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ENGINES, Desk, Places, Templates
from sqlalchemy import Connection, select, update

from tracker.errors import NoDatabase, SchemaMismatch, StoreError
from tracker.store import open_store
from tracker.store import tables as t
from tracker.store.copying import backup, copy_rows, restore
from tracker.store.schema import VERSION_TABLE
from tracker.store.upkeep import problems

MakePlaces = Callable[[str], Places]


@pytest.fixture
def other(templates: Templates, tmp_path: Path) -> Iterator[MakePlaces]:
    """Databases of the engine one names."""
    made: list[Places] = []

    def make(engine: str) -> Places:
        folder = tmp_path / f"other{len(made)}"
        folder.mkdir()
        made.append(Places(engine, folder, templates))
        return made[-1]

    yield make
    for places in made:
        places.clear()


def content(db: str) -> dict[str, list[tuple[object, ...]]]:
    with open_store(db, read_only=True) as store, store.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by("id"))]
            for table in t.METADATA.sorted_tables
            if "id" in table.c
        }


def work_goes_on(desk: Desk) -> None:
    """Ids go on where they stood, and one merged away is never given again."""
    desk.ingest(desk.write("d.txt", "레터 | 4 | 2026-01-10", "자두 | 시드 | 3억원 | 갑"))
    assert desk.rows("select max(id) from round") == [(6,)]


def merge_one_away(desk: Desk) -> None:
    desk.ingest(desk.write("c.txt", "레터 | 3 | 2026-01-09", "수박 | 시드 | 3억원 | 갑"))
    desk.execute(
        "delete from mention where report_id = 6",
        "delete from participation where report_id = 6",
        "delete from report where id = 6",
        "delete from round where id = 5",
        "delete from company_alias where company_id = 5",
        "delete from company where id = 5",
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_copy(filled: Desk, other: MakePlaces, engine: str) -> None:
    merge_one_away(filled)
    target = Desk(other(engine).empty(), filled.folder)
    with filled.open(read_only=True) as old, target.open() as new:
        counts = copy_rows(old, new)
    assert (counts["round"], counts["report"], counts["brief"]) == (4, 5, 8)
    assert (counts["raw_issue"], counts["issue_copy"]) == (3, 3)
    assert counts["issue_key"] > 0
    assert content(target.db) == content(filled.db)
    assert problems(target.db) == []
    work_goes_on(target)


@pytest.mark.parametrize("engine", ENGINES)
def test_backup_and_restore(filled: Desk, other: MakePlaces, engine: str) -> None:
    file = filled.folder / "backup.sqlite3"
    backup(filled.db, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [p.name for p in filled.folder.iterdir() if p.name.startswith((".", "backup"))] == [
        "backup.sqlite3"
    ]
    target = other(engine).empty()
    before = file.read_bytes()
    restore(file, target)
    assert content(target) == content(filled.db) == content(str(file))
    assert file.read_bytes() == before
    with pytest.raises(StoreError, match="holds data already"):
        restore(file, target)
    with pytest.raises(StoreError, match="exists already"):
        backup(filled.db, file)


def test_backup_while_others_write(file_desk: Desk) -> None:
    file = file_desk.folder / "backup.sqlite3"
    writer = sqlite3.connect(file_desk.db, isolation_level=None)
    writer.execute("begin immediate")
    writer.execute("delete from mention")
    backup(file_desk.db, file)
    writer.close()
    assert content(str(file)) == content(file_desk.db)


def test_what_reads_back_differently_is_not_kept(
    filled: Desk, other: MakePlaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault on the way, of one cent in one row, is found; nothing is left in the target."""
    from tracker.store import copying

    target = Desk(other("sqlite").empty(), filled.folder)
    honest = copying._copy

    def faulty(old: Connection, new: Connection, table: t.Table) -> int:
        count = honest(old, new, table)
        if table is t.ROUND:
            row = t.ROUND.c.id == 2
            new.execute(update(t.ROUND).where(row).values(amount=t.ROUND.c.amount + 1))
        return count

    monkeypatch.setattr(copying, "_copy", faulty)
    with (
        filled.open(read_only=True) as old,
        target.open() as new,
        pytest.raises(StoreError, match="round reads back differently"),
    ):
        copy_rows(old, new)
    assert target.rows("select count(*) from company") == [(0,)]


def test_copy_refuses(filled: Desk, places: Places) -> None:
    with (
        filled.open(read_only=True) as old,
        filled.open() as new,
        pytest.raises(StoreError, match="holds data already"),
    ):
        copy_rows(old, new)
    with pytest.raises(NoDatabase):
        open_store(places.empty(), read_only=True)


def test_restore_refuses(file_desk: Desk, tmp_path: Path) -> None:
    target = str(tmp_path / "new.sqlite3")
    with pytest.raises(StoreError, match="no such backup"):
        restore(tmp_path / "none", target)
    junk = tmp_path / "junk"
    junk.write_bytes(b"PK\x03\x04" * 500)
    with pytest.raises(StoreError, match="junk: is not a database"):
        restore(junk, target)
    file_desk.execute(f"update {VERSION_TABLE} set version_num = '0999'")
    with pytest.raises(SchemaMismatch, match="knows only"):
        restore(file_desk.path, target)
    assert not Path(target).exists()
